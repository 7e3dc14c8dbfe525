"""DOC and WPS, the files of Word 97–2003.

They are read by office-oxide, whose tables are right where the file is of a plain kind; what it is not sure to read
right is made ODT by LibreOffice, if that is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import groupby
from typing import Any

from gxparse.document import Document
from gxparse.errors import SourceError
from gxparse.readers import limits, odt
from gxparse.readers.compound import Compound
from gxparse.readers.scripts import LOWERED_SIGNED, RAISED_SIGNED
from gxparse.readers.word.blocks import Block, BlockCell, document_of
from gxparse.readers.word.libreoffice import converted


def read(data: bytes) -> Document:
    """Reads a file of Word 97–2003 or of WPS: by office-oxide if that is sure to read it right, else by LibreOffice.

    Raises:
        SourceError: it is damaged or encrypted, or what reads it is not installed.
    """
    limits.check("文件字节", "Bytes of the file", len(data), limits.MAX_BYTES)
    if _is_encrypted(data):
        raise SourceError("文件已加密，请先去除密码。 The file is encrypted: remove its password first.")
    reason = _doubt(data)
    if not reason:
        try:
            return document_of(_oxide(data), with_spans=False)
        except _DoubtError as doubt:
            reason = str(doubt)
    return odt.read(converted(data, "doc", reason))


class _DoubtError(Exception):
    """Why what office-oxide gives is not used."""


_OLD, _COMPLEX, _ENCRYPTED = 0x00C1, 0x0004, 0x0100
# What paragraphs are marked with (sprmPFInTable, sprmPItap): they are in a table; in a table within a table.
_IN_TABLE = b"\x16\x24\x01"
_IN_INNER_TABLE = re.compile(rb"\x49\x66[\x02-\xff]\x00\x00\x00")
# A picture beside a figure, or alone in a cell, in the text of the file.
_PICTURE_AS_FIGURE = re.compile(rb"[0-9]\0\x01\0|\x01\0[0-9]\0|\x07\0\x01\0\x07\0")


def _head(data: bytes) -> tuple[int, int]:
    """The version and the flags of a Word file, zeros if they are not found.

    They begin the stream of the text; in a damaged file, some sector.
    """
    try:
        heads = [Compound.of(data).stream("WordDocument") or b""]
    except ValueError:
        heads = [data[start : start + 12] for start in range(512, len(data), 512)]
    for head in heads:
        if head[:2] in (b"\xec\xa5", b"\xdc\xa5") and len(head) >= 12:
            return int.from_bytes(head[2:4], "little"), int.from_bytes(head[10:12], "little")
    return 0, 0


def _is_encrypted(data: bytes) -> bool:
    return bool(_head(data)[1] & _ENCRYPTED)


def _doubt(data: bytes) -> str:
    """Why office-oxide may not read a file right: it flattens tables within tables."""
    version, flags = _head(data)
    if version < _OLD:
        return "not a file of Word 97–2003"
    if flags & _COMPLEX:
        return "saved in pieces"
    return "a table within a table" if _IN_INNER_TABLE.search(data) else ""


def _oxide(data: bytes) -> list[Block]:
    """The blocks that office-oxide finds; it begins a table anew where the shape of the rows changes."""
    try:
        oxide = import_module("office_oxide")
    except ImportError as error:
        raise _DoubtError('pip install "gxparse[doc]"') from error
    try:
        found = oxide.Document.from_bytes(data, "doc").to_ir()
    except oxide.OfficeOxideError as error:
        raise _DoubtError(str(error)) from error
    if found["metadata"].get("text_truncated"):
        raise _DoubtError("cut off")
    elements = [each for section in found["sections"] for each in section["elements"]]
    if any(each["type"] == "image" for each in elements) and _PICTURE_AS_FIGURE.search(data):
        raise _DoubtError("a picture may be a figure of a number")
    blocks: list[Block] = []
    for section in found["sections"]:
        blocks += _joined(_elements(section["elements"]))
    if _IN_TABLE in data and not any(isinstance(block, list) for block in blocks):
        raise _DoubtError("its tables are not found")
    return blocks


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks, tables put together that stand right behind each other: Word parts two tables by a paragraph."""
    for is_table, group in groupby(blocks, lambda block: isinstance(block, list)):
        if is_table:
            yield [row for table in group if isinstance(table, list) for row in table]
        else:
            yield from group


def _elements(elements: Iterable[dict[str, Any]]) -> Iterator[Block]:
    for element in elements:
        kind = element["type"]
        if kind in ("paragraph", "heading"):
            yield "".join(map(_inline, element["content"]))
        elif kind == "table":
            yield [[_oxide_cell(cell) for cell in row["cells"]] for row in element["rows"]]
        elif kind == "text_box":
            yield from _elements(element["content"])
        elif kind == "list":
            if element.get("ordered"):
                raise _DoubtError("automatic numbers")
            for item in element["items"]:
                yield from _elements(item["content"])
                yield from _elements([item["nested"]] if item.get("nested") else [])


def _oxide_cell(cell: dict[str, Any]) -> BlockCell:
    """A cell; which columns and rows it spans is not told reliably, so that each counts as one."""
    blocks = list(_elements(cell["content"]))
    if any(isinstance(block, list) for block in blocks):
        raise _DoubtError("a table within a table")
    return BlockCell(blocks=blocks)


def _inline(part: dict[str, Any]) -> str:
    text: str = "\n" if part["type"] == "line_break" else part.get("text") or ""
    if aligned := part.get("vertical_align"):
        text = text.translate(RAISED_SIGNED if aligned == "superscript" else LOWERED_SIGNED)
    return f"~~{text}~~" if part.get("strikethrough") and text.strip() else text
