"""XLS: the sheets of a workbook, read from its records (MS-XLS), which tell how each cell is printed.

What is wrong with a cell costs that cell: its number, its style or its text is not to be read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import count, pairwise
from math import isfinite
from typing import NamedTuple, TypeAlias

from attrs import define, field

from gxparse.errors import SourceError
from gxparse.readers import limits
from gxparse.readers.compound import Compound
from gxparse.readers.workbook import xls_records as of
from gxparse.readers.workbook.codes import EPOCH, EPOCH_1904, printed, printed_text
from gxparse.readers.workbook.looks import unreadable
from gxparse.readers.workbook.sheet import Area, Sheet
from gxparse.readers.workbook.xls_records import Marked, Record, areas, records
from gxparse.readers.workbook.xls_styles import CHINESE, Styles

_EXCEL_97, _EXCEL_5 = 0x0600, 0x0500


def sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook that are shown.

    Raises:
        SourceError: the workbook is encrypted.
        ValueError: it is damaged, or of no version from 5.0 to 2003.
    """
    compound = Compound.of(data)
    stream = compound.stream("Workbook") or compound.stream("Book")
    if stream is None or struct.unpack_from("<H", stream)[0] != of.BOF:
        raise ValueError("no workbook is found in it")
    version = struct.unpack_from("<4xH", stream)[0]
    if version not in (_EXCEL_97, _EXCEL_5):
        raise ValueError(f"no version of XLS has the number {version:#06x}")
    return _Workbook(stream, Styles(None if version == _EXCEL_97 else CHINESE)).sheets()


# What is stored in a cell; nothing while the text that its formula yields is to come.
_Value: TypeAlias = float | Marked | None


class _Cell(NamedTuple):
    """A cell: its row and column from 0, its style, and its value."""

    row: int
    column: int
    style: int
    value: _Value


@define
class _Workbook:
    """A workbook: what its cells refer to, and whether its formulas were reckoned by the program that wrote it."""

    stream: bytes
    styles: Styles
    epoch: datetime = EPOCH
    strings: list[Marked] = field(factory=list)
    is_reckoned: bool = False
    cells: int = 0

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that are shown."""
        shown: dict[int, None] = {}
        counted = count(1)
        for record in records(self.stream, counted):
            if record.kind == of.FILE_PASS:
                raise SourceError("文件已加密，请先去除密码。 The file is encrypted: remove its password first.")
            if record.kind == of.DATES and record.unpack("H")[0]:
                self.epoch = EPOCH_1904
            elif record.kind == of.RECKONED:
                self.is_reckoned = True
            elif record.kind == of.STRINGS:
                self.strings = list(record.texts(8, record.unpack("4xI")[0]))
            elif record.kind == of.SHEET:
                offset, state, kind = record.unpack("IBB")
                if not state & 3 and not kind:
                    shown[offset] = None
            else:
                self.styles.take(record)
        for number, offset in enumerate(shown, 1):
            yield self._sheet(Sheet(number), records(self.stream, counted, offset))

    def _sheet(self, sheet: Sheet, found: Iterator[Record]) -> Sheet:
        shows_zeros = True
        cells: list[_Cell] = []
        conditional: list[Area] = []
        unsure: list[Area] = []
        for record in found:
            if record.kind == of.WINDOW:
                shows_zeros = bool(record.unpack("H")[0] & 0x10)
            elif record.kind == of.MERGED:
                for area in areas(record, 0):
                    sheet.merge(*area)
            elif record.kind == of.CONDITIONS:
                conditional = list(areas(record, 12))
            elif record.kind == of.CONDITION and self.styles.changes(record):
                unsure += conditional
            elif record.kind == of.LATER_CONDITIONS:
                unsure += areas(record, 24)
            elif record.kind == of.STRING and cells and cells[-1].value is None:
                cells[-1] = cells[-1]._replace(value=self.styles.text(record, 0, cells[-1].style))
            else:
                _hide(record, sheet)
                cells += self._cells(record)
        for cell in cells:
            if cell.value != 0 or shows_zeros:
                sheet.put(cell.row + 1, cell.column + 1, self._shown(cell))
        sheet.make_unsure(unsure, count(1))
        return sheet

    def _cells(self, record: Record) -> Iterator[_Cell]:
        """The cells of a record."""
        if record.kind == of.PACKED_ROW:
            row, first = record.unpack("HH")
            found = [record.unpack("HI", 4 + 6 * at) for at in range((len(record.parts[0]) - 6) // 6)]
            self.cells += len(found)
            yield from (_Cell(row, first + at, style, _unpacked(packed)) for at, (style, packed) in enumerate(found))
        elif record.kind in of.CELLS:
            row, column, style = record.unpack("HHH")
            self.cells += 1
            yield _Cell(row, column, style, self._value(record, style))
        limits.check("单元格", "Cells of all tables", self.cells, limits.MAX_CELLS)

    def _value(self, record: Record, style: int) -> _Value:
        if record.kind in (of.LABEL, of.RICH_LABEL):
            return self.styles.text(record, 6, style)
        if record.kind == of.SHARED_LABEL:
            at = record.unpack("6xI")[0]
            return self.strings[at] if at < len(self.strings) else _not_read()
        if record.kind == of.PACKED:
            return _unpacked(record.unpack("6xI")[0])
        if record.kind == of.BOOL_OR_ERROR:
            return _bool_or_error(*record.unpack("6xBB"))
        return self._result(record) if record.kind == of.FORMULA else float(record.unpack("6xd")[0])

    def _result(self, record: Record) -> _Value:
        """What a formula yielded, as far as it is not reckoned anew when the workbook is opened."""
        kind, value, mark, flags = record.unpack("6xBxB3xHH")
        number = float(record.unpack("6xd")[0]) if mark != _IS_NO_NUMBER else None
        if flags & _RECKONED_ANEW or (number is None and kind == _IS_EMPTY and not self.is_reckoned):
            return _not_read("" if number is None else f"{number:.15g}")
        if number is not None or kind == _IS_TEXT:
            return number
        return ("", ()) if kind == _IS_EMPTY else _bool_or_error(value, kind == _IS_ERROR)

    def _shown(self, cell: _Cell) -> str:
        """What is stored in a cell as its style prints it."""
        style = self.styles.style(cell.style)
        if isinstance(cell.value, float):
            if not isfinite(cell.value):
                return unreadable(str(cell.value))
            return style.shown(printed(Decimal(repr(cell.value)), style.code, self.epoch))
        text, runs = cell.value or _not_read()
        units = text.encode("utf-16-le")
        starts = [0, *(2 * start for start, _ in runs), len(units)]
        if style.code is None or starts != sorted(starts):
            return unreadable(text)
        looks = [style.look, *(self.styles.look(font) for _, font in runs)]
        parts = (units[start:end].decode("utf-16-le", "replace") for start, end in pairwise(starts))
        return printed_text("".join(map(style.shown, parts, looks)), style.code)


def _hide(record: Record, sheet: Sheet) -> None:
    """Hides a row or columns that are not shown or have no size."""
    if record.kind == of.ROW:
        row, height, flags = record.unpack("H4xH4xI")
        if flags & 0x20 or not height:
            sheet.hidden_rows.add(row + 1)
    elif record.kind == of.COLUMNS:
        first, last, width, _, flags = record.unpack("5H")
        if flags & 1 or not width:
            sheet.hidden_columns |= set(range(first + 1, min(last + 1, limits.MAX_COLUMNS) + 1))


def _unpacked(packed: int) -> float:
    """A number that is kept in four bytes: a whole number or the half of a float, perhaps a hundred times as large."""
    if packed & 2:
        value = float((packed >> 2) - ((packed >> 31) << 30))
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))[0])
    return value / 100 if packed & 1 else value


_IS_NO_NUMBER, _RECKONED_ANEW = 0xFFFF, 3
_IS_TEXT, _IS_ERROR, _IS_EMPTY = 0, 2, 3
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def _bool_or_error(value: int, is_error: int) -> Marked:
    return (_ERRORS.get(value, unreadable(str(value))) if is_error else "TRUE" if value else "FALSE"), ()


def _not_read(text: str = "") -> Marked:
    return unreadable(text), ()
