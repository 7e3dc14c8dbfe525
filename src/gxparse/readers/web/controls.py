"""The controls of a page, and what else it shows that is no text."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from gxparse.readers.unreadable import MARK

#: Elements that show something, and whose content is not it.
SHOWING = frozenset(
    (
        *("input", "select", "textarea", "button", "progress", "meter"),
        *("svg", "math", "canvas", "object", "embed", "applet", "video", "audio", "iframe"),
    )
)
_WRITTEN = frozenset(("text", "number", "tel", "search"))


def shown(node: LexborNode) -> str:
    """What a control shows as text, kept apart from the text around it; the mark where that cannot be told."""
    tag, attributes = node.tag, node.attributes
    text: str | None = None
    if tag == "input":
        kind = (attributes.get("type") or "text").strip().lower()
        if kind == "hidden":
            return ""
        text = attributes.get("value") if kind in _WRITTEN else None
    elif tag == "textarea":
        text = node.text()
    elif tag == "select":
        chosen = node.css("option[selected]")
        text = chosen[0].text() if len(chosen) == 1 else None
    return f" {text} " if text and text.strip() else MARK
