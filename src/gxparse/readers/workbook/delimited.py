"""Text with a sign between its cells: CSV, and its like with semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import pairwise

from gxparse.document import Location, Note
from gxparse.readers.lines import cut_off
from gxparse.readers.workbook.sheet import Sheet

# The comma comes last, because it also stands in numbers.
_SIGNS = "\t;,"
_SAMPLE = 20_000
# Spreadsheet programs take the sign from such a first line.
_NAMED = re.compile(r'\ufeff?"?sep=(.)"?(?:\r\n?|\n)', re.IGNORECASE)


def delimiter_of(text: str, *, columns: int = 2) -> str | None:
    r"""The sign between the cells of a text, nothing where it is no table.

    It is the one by which most lines have as many cells as a line beside them, but no fewer than ``columns``.

    >>> delimiter_of("名称;甲;乙\n规章;1,5;2,5\n"), delimiter_of("一、总体情况\n本年收到 1,234 件。\n")
    (';', None)
    """
    if named := _NAMED.match(text):
        return named[1]
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    found = {sign: _regular(sample, sign, columns) for sign in _SIGNS if sign in sample}
    best = max(found, key=lambda sign: found[sign], default=None)
    return best if best and found[best] > 1 / 2 else None


def names_its_delimiter(text: str) -> bool:
    """Whether the first line of a text says what stands between cells."""
    return bool(_NAMED.match(text))


def _regular(text: str, sign: str, columns: int) -> float:
    """The part of the lines that are as wide as one beside them; quotation marks count where they are in pairs."""
    try:
        lines = list(_lines(text, sign))
    except csv.Error:
        lines = [line.split(sign) for line in text.splitlines() if line.strip()]
    widths = [0, *(len(cells) for cells in lines if cells), 0]
    like = [before >= columns and before == after for before, after in pairwise(widths)]
    return sum(above or below for above, below in pairwise(like)) / max(len(widths) - 2, 1)


def sheet_of(text: str) -> tuple[Sheet, tuple[Note, ...]]:
    """The sheet of a text, and what is to be said of a number at its end."""
    sheet = Sheet(1)
    sign = delimiter_of(text) or ","
    named = _NAMED.match(text)
    notes: tuple[Note, ...] = ()
    row = 0
    cells: list[str] = []
    for row, cells in enumerate(_lines(text[named.end() :] if named else text, sign), 2 if named else 1):
        for column, cell in enumerate(cells, 1):
            sheet.put(row, column, cell)
    if cells and cells[-1][-1:].isdecimal() and text[-1:].isdecimal():
        sheet.rows[row][len(cells)] = f"{cells[-1]}…"
        notes = (cut_off(Location(None, None, 1, row, len(cells))),)
    return sheet, notes


def _lines(text: str, sign: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=sign, strict=True)
