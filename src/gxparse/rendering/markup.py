"""HTML, piece by piece; everything that a document says is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from gxparse._terminal import printable

__all__ = ["lines", "tag", "text"]


def text(said: str) -> str:
    r"""A text of a document for HTML, in an element or an attribute.

    Characters that cannot be seen, such as those that turn the direction of writing, are written out.

    >>> text('<b title="1">\u202e12')
    '&lt;b title=&quot;1&quot;&gt;\\u202e12'
    """
    return escape(printable(said))


def lines(said: str) -> str:
    """The same with line breaks kept."""
    return "<br>".join(map(text, said.split("\n")))


def tag(name: str, content: str, attributes: Mapping[str, str | int | bool | None] | None = None) -> str:
    """An element. An attribute that is ``None`` or ``False`` is left out, one that is ``True`` has no value.

    >>> tag("td", "1 &lt; 2", {"rowspan": 2, "hidden": True, "id": None})
    '<td rowspan="2" hidden>1 &lt; 2</td>'

    Args:
        name: its name.
        content: what is in it, as HTML.
        attributes: its attributes, with texts that are not escaped yet.
    """
    shown = "".join(
        f" {key}" if value is True else f' {key}="{text(str(value))}"'
        for key, value in (attributes or {}).items()
        if value is not None and value is not False
    )
    return f"<{name}{shown}>{content}</{name}>"
