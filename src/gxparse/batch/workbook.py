"""Rows of CSV as a workbook. Needs the extra ``xlsx``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import XlsxFileError  # type: ignore[import-untyped]

__all__ = ["MAX_ROWS", "write"]

#: The most rows of a sheet, its head included.
MAX_ROWS = 1_048_576
# A spreadsheet keeps no more of a number, and would show another one.
_DIGITS = 15


def write(head: Sequence[str], packed: Iterable[BinaryIO], output: Path) -> None:
    """Writes a workbook row by row; where a sheet is full, the rows go on on the next.

    Raises:
        OSError: it cannot be written.
    """
    rows = chain.from_iterable(csv.reader(io.TextIOWrapper(each, "utf-8", newline="")) for each in packed)
    try:
        with xlsxwriter.Workbook(str(output), {"constant_memory": True, "tmpdir": str(output.parent)}) as book:
            _fill(book, head, rows)
    except XlsxFileError as error:
        raise OSError(*error.args) from error


def _fill(book: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    are_numbers = [_is_number(name) for name in head]
    sheet = _sheet(book, head)
    line = 0
    for row in rows:
        line += 1
        if line == MAX_ROWS:
            sheet, line = _sheet(book, head), 1
        for column, (text, is_number) in enumerate(zip(row, are_numbers, strict=True)):
            if is_number and text and len(Decimal(text).as_tuple().digits) <= _DIGITS:
                sheet.write_number(line, column, float(text))
            elif text:
                sheet.write_string(line, column, text)


def _sheet(book: Any, head: Sequence[str]) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 1)
    for column, name in enumerate(head):
        sheet.write_string(0, column, name)
    return sheet


def _is_number(column: str) -> bool:
    return column in ("year", "value") or ("." in column and not column.endswith(".unit"))
