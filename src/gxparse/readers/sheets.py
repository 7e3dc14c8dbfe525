"""Spreadsheets that hold the tables of a report: XLSX, XLS, ODS and CSV.

A cell is given as it is printed, which is not always what is stored: 0.5 may be printed as 50%, 1 or nothing at all.
What is printed raised, struck out or in a way that is not known comes out as text that is no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from gxparse import decoding, own
from gxparse.document import Document
from gxparse.readers import limits
from gxparse.readers.packed import unpacked
from gxparse.readers.workbook import delimited, ods, xls, xlsx
from gxparse.readers.workbook.sheet import Sheet, document_of


def read(data: bytes) -> Document:
    """Reads a spreadsheet; each of its sheets is a table of the document.

    Raises:
        SourceError: it is damaged, encrypted or too large, or what reads it is not installed.
        NotAReportError: it is a table that gxparse has written.
    """
    limits.check("文件字节", "Bytes of the file", len(data), limits.MAX_BYTES)
    if data.startswith(b"PK"):
        with unpacked(data) as packed:
            return document_of(_others((ods if "content.xml" in packed.namelist() else xlsx).sheets(packed)))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return document_of(_others(xls.sheets(data)))
    text, notes = decoding.decode(data)
    sheet, cut = delimited.sheet_of(text)
    return evolve(document_of(_others([sheet])), notes=notes + cut)


def _others(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """The sheets, if gxparse has written none of them."""
    for sheet in sheets:
        own.refuse_table(sheet.rows.get(1, {}).values())
        yield sheet
