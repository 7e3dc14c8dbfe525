"""The parts of a Word file and their XML: finding elements, and reading the values of properties."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from gxparse.errors import SourceError
from gxparse.readers.limits import MAX_TAGS, check

#: An element of lxml, which has no types.
Element: TypeAlias = Any

# ── The package ──────────────────────────────────────────────────────────────────────────────────────────────────────

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_ROOT = 8192  # The namespaces are declared in the first element.


def part_of(packed: zipfile.ZipFile, part: str | None) -> Element | None:
    """The root of a part of the package, ``None`` where it has no such part; Strict namespaces are made the usual."""
    if part is None or part not in packed.NameToInfo:
        return None
    data = packed.read(part)
    check("XML 标记", "Tags of XML", data.count(b"<"), MAX_TAGS)
    if _STRICT.search(data, 0, _ROOT):
        data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data[:_ROOT]) + data[_ROOT:]
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        # An entity would be text that is not there.
        raise SourceError("文件含有文档类型声明，不予读取。 The file declares a document type and is not read.")
    return root


def related(packed: zipfile.ZipFile, part: str, kind: str) -> str | None:
    """The name of the part of the package that is related to another part in some way."""
    folder, name = posixpath.split(part)
    relations = part_of(packed, posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in relations if relations is not None else ():
        if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
    return None


# ── The elements ─────────────────────────────────────────────────────────────────────────────────────────────────────

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def named(*names: str) -> frozenset[str]:
    """The names of elements of Word with its namespace."""
    return frozenset(W + name for name in names)


VAL = f"{W}val"
#: What switches a property off.
OFF = frozenset({"0", "false", "off", "none", "baseline"})


def child_of(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, or the child of that child."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(W + name), None)
    return element


def has(element: Element | None, *path: str) -> bool:
    """Whether an element has such a child."""
    return child_of(element, *path) is not None


def is_on(element: Element | None, *path: str) -> bool:
    """Whether a property that is on or off is there and on."""
    return (value_of(element, *path) or ("on" if has(element, *path) else "off")) not in OFF


def value_of(element: Element | None, *path: str) -> str | None:
    """The value of a property; ``None`` where it is not there."""
    found = child_of(element, *path)
    return None if found is None else found.get(VAL, "")


def number_in(text: str | None, default: int = 0) -> int:
    """A whole number as XML has it, ``default`` where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < _DIGITS else default


_DIGITS = 10
