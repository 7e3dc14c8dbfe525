"""Elements of the XML parts of a spreadsheet, one at a time, with their names without namespaces."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from gxparse.errors import SourceError

TRUE = ("1", "true", "on")
FALSE = ("0", "false", "off")


def elements(data: bytes, *names: str) -> Iterator[Element]:
    """The elements with one of these names, each emptied when the next is asked for.

    Raises:
        SourceError: the XML declares a document type, or is in another encoding than those that files are written in.
    """
    if b"<!DOCTYPE" in data or b"\0" in data[:200]:
        raise SourceError("文件中的 XML 不予读取。 The XML in the file is not read: it declares a document type.")
    for _, element in ElementTree.iterparse(io.BytesIO(data), ("end",)):  # noqa: S314
        if local(element) in names:
            yield element
            element.clear()


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def values(element: Element) -> dict[str, str]:
    """The attributes of an element by their names without namespaces."""
    return {name.rpartition("}")[2]: value for name, value in element.items()}
