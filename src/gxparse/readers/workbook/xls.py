"""XLS: the sheets of a workbook, read from its records (MS-XLS), which tell how each cell is printed."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count, pairwise
from math import isfinite
from typing import Any, NamedTuple, TypeAlias

from attrs import define, field

from gxparse.errors import SourceError
from gxparse.readers import limits
from gxparse.readers.compound import Compound
from gxparse.readers.scripts import LOWERED_SIGNED, RAISED_SIGNED
from gxparse.readers.workbook.codes import BUILT_IN, EPOCH, EPOCH_1904, printed, printed_text
from gxparse.readers.workbook.looks import PLAIN, Look, unreadable
from gxparse.readers.workbook.sheet import Sheet


def sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook that are shown.

    Raises:
        SourceError: the workbook is encrypted.
        ValueError: it is damaged, or of no version from 5.0 to 2003.
    """
    compound = Compound.of(data)
    stream = compound.stream("Workbook") or compound.stream("Book")
    if stream is None or struct.unpack_from("<H", stream)[0] != _BOF:
        raise ValueError("no workbook is found in it")
    version = struct.unpack_from("<4xH", stream)[0]
    if version not in (_EXCEL_97, _EXCEL_5):
        raise ValueError(f"no version of XLS has the number {version:#06x}")
    return _Workbook(stream, None if version == _EXCEL_97 else _USUAL_CODEC).sheets()


# ── Records ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_EXCEL_97, _EXCEL_5 = 0x0600, 0x0500
_BOF, _EOF, _CONTINUE, _FILEPASS = 0x0809, 0x000A, 0x003C, 0x002F
_CODE_PAGE, _DATES, _FONT, _FORMAT, _XF, _SHEET, _STRINGS = 0x0042, 0x0022, 0x0031, 0x041E, 0x00E0, 0x0085, 0x00FC
_WINDOW, _ROW, _COLUMNS, _MERGED = 0x023E, 0x0208, 0x007D, 0x00E5
_LABEL, _RICH_LABEL, _SHARED_LABEL, _STRING = 0x0204, 0x00D6, 0x00FD, 0x0207
_NUMBER, _PACKED, _PACKED_ROW, _FORMULA, _BOOL_OR_ERROR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_CELLS = (_LABEL, _RICH_LABEL, _SHARED_LABEL, _NUMBER, _PACKED, _FORMULA, _BOOL_OR_ERROR)


class _Record(NamedTuple):
    """A record: its kind, and its bytes in the parts that they are stored in."""

    kind: int
    parts: Sequence[bytes]

    def unpack(self, form: str, at: int = 0) -> tuple[Any, ...]:
        """Numbers that begin at a byte of the first part."""
        return struct.unpack_from(f"<{form}", self.parts[0], at)


def _records(stream: bytes, counted: Iterator[int], at: int = 0) -> Iterator[_Record]:
    """The records from a place of the stream to the end of what begins there, without what is embedded in it."""
    depth = 0
    last: tuple[int, list[bytes]] | None = None
    while True:
        limits.check("记录", "Records", next(counted), limits.MAX_OBJECTS)
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _CONTINUE and last:
            last[1].append(body)
            continue
        if last and depth == 1:
            yield _Record(*last)
        depth += (kind == _BOF) - (kind == _EOF)
        last = kind, [body]
        if depth <= 0:
            return


@define
class _Bytes:
    """The bytes of a record, read one after the other."""

    parts: Sequence[bytes]
    part: int = 0
    at: int = 0

    def take(self, count: int) -> bytes:
        """Bytes, which may stand in several parts."""
        found = b""
        while len(found) < count:
            self._turn()
            piece = self.parts[self.part][self.at : self.at + count - len(found)]
            self.at += len(piece)
            found += piece
        return found

    def text(self) -> _Marked:
        """A text, and from where on which font it is set in."""
        length, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & 0x08 else 0
        beside = struct.unpack("<I", self.take(4))[0] if flags & 0x04 else 0
        text = self._characters(length, is_wide=bool(flags & 1))
        fonts = [struct.unpack("<HH", self.take(4)) for _ in range(runs)]
        self.take(beside)
        return text, fonts

    def _characters(self, count: int, *, is_wide: bool) -> str:
        """Characters. Where they go on in another part, that says anew how they are kept."""
        found = []
        while count:
            if self._turn():
                is_wide = bool(self.take(1)[0] & 1)
            width = 2 if is_wide else 1
            here = min(count, (len(self.parts[self.part]) - self.at) // width)
            if not here:
                raise ValueError("a text is cut off")
            data = self.take(here * width)
            found.append(data if is_wide else data.decode("latin-1").encode("utf-16-le"))
            count -= here
        return b"".join(found).decode("utf-16-le", "replace")

    def _turn(self) -> bool:
        """Goes on to the next part where this one is at its end."""
        if is_over := self.at >= len(self.parts[self.part]):
            self.part, self.at = self.part + 1, 0
        return is_over


def _coded(record: _Record, at: int, codec: str, length_width: int) -> _Marked:
    """A text before Excel 97: so many bytes of a code page, and from which byte on which font they are set in."""
    found = _Bytes(record.parts, at=at)
    coded = found.take(int.from_bytes(found.take(length_width), "little"))
    runs = found.take(found.take(1)[0] * 2) if record.kind == _RICH_LABEL else b""
    starts = [len(coded[:start].decode(codec, "replace").encode("utf-16-le")) // 2 for start in runs[::2]]
    return coded.decode(codec, "replace"), list(zip(starts, runs[1::2], strict=True))


_USUAL_CODEC = "gb18030"


def _codec(code_page: int) -> str:
    try:
        return codecs.lookup(f"cp{code_page}").name
    except LookupError:
        return _USUAL_CODEC


# ── The workbook ─────────────────────────────────────────────────────────────────────────────────────────────────────

_Marked: TypeAlias = tuple[str, Sequence[tuple[int, ...]]]
_SHIFTS = {1: RAISED_SIGNED, 2: LOWERED_SIGNED}


@define
class _Workbook:
    """A workbook: what its cells refer to. Before Excel 97 its texts are kept in the code page that it names."""

    stream: bytes
    codec: str | None
    epoch: datetime = EPOCH
    codes: dict[int, str] = field(factory=lambda: dict(BUILT_IN))
    fonts: list[Look] = field(factory=list)
    styles: list[tuple[int, ...]] = field(factory=list)
    strings: list[_Marked] = field(factory=list)

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that are shown."""
        shown: list[int] = []
        counted = count(1)
        for record in _records(self.stream, counted):
            if record.kind == _FILEPASS:
                raise SourceError("文件已加密，请先去除密码。 The file is encrypted: remove its password first.")
            if record.kind == _CODE_PAGE and self.codec:
                self.codec = _codec(record.unpack("H")[0])
            elif record.kind == _DATES and record.unpack("H")[0]:
                self.epoch = EPOCH_1904
            elif record.kind == _FONT:
                _, flags, _, _, escapement = record.unpack("5H")
                self.fonts.append(Look(_SHIFTS.get(escapement), bool(flags & 0x08)))
            elif record.kind == _FORMAT:
                self.codes[record.unpack("H")[0]] = self._text(record, 2, length_width=1)[0]
            elif record.kind == _XF:
                self.styles.append(record.unpack("HH"))
            elif record.kind == _STRINGS:
                found = _Bytes(record.parts, at=8)
                self.strings = [found.text() for _ in range(record.unpack("4xI")[0])]
            elif record.kind == _SHEET:
                offset, state, kind = record.unpack("IBB")
                if not state & 3 and not kind:
                    shown.append(offset)
        for number, offset in enumerate(shown, 1):
            yield self._sheet(Sheet(number), _records(self.stream, counted, offset))

    def _sheet(self, sheet: Sheet, records: Iterator[_Record]) -> Sheet:
        shows_zeros = True
        cells: list[tuple[int, int, int, float | _Marked]] = []
        for record in records:
            if record.kind == _WINDOW:
                shows_zeros = bool(record.unpack("H")[0] & 0x10)
            elif record.kind == _ROW and record.unpack("12xI")[0] & 0x20:
                sheet.hidden_rows.add(record.unpack("H")[0] + 1)
            elif record.kind == _COLUMNS:
                first, last, width, _, flags = record.unpack("5H")
                if flags & 1 or not width:
                    sheet.hidden_columns |= set(range(first + 1, last + 2))
            elif record.kind == _MERGED:
                for at in range(record.unpack("H")[0]):
                    row, last_row, column, last_column = record.unpack("4H", 2 + 8 * at)
                    sheet.merge(row + 1, column + 1, last_row + 1, last_column + 1)
            elif record.kind == _STRING and cells:
                cells[-1] = *cells[-1][:3], self._text(record, 0)
            else:
                cells += self._cells(record)
        for row, column, style, value in cells:
            if value or shows_zeros:
                sheet.put(row + 1, column + 1, self._shown(value, style))
        return sheet

    def _cells(self, record: _Record) -> Iterator[tuple[int, int, int, float | _Marked]]:
        """The cells of a record: their rows, columns, styles and values."""
        if record.kind == _PACKED_ROW:
            row, first = record.unpack("HH")
            for at in range((len(record.parts[0]) - 6) // 6):
                style, packed = record.unpack("HI", 4 + 6 * at)
                yield row, first + at, style, _unpacked(packed)
        elif record.kind in _CELLS:
            row, column, style = record.unpack("HHH")
            yield row, column, style, self._value(record)

    def _value(self, record: _Record) -> float | _Marked:
        """What is stored in a cell; of a formula, what it yielded, which if it is a text stands in the next record."""
        if record.kind in (_LABEL, _RICH_LABEL):
            return self._text(record, 6)
        if record.kind == _SHARED_LABEL:
            at = record.unpack("6xI")[0]
            return self.strings[at] if at < len(self.strings) else (unreadable(""), ())
        if record.kind == _PACKED:
            return _unpacked(record.unpack("6xI")[0])
        if record.kind == _BOOL_OR_ERROR:
            return _bool_or_error(*record.unpack("6xBB"))
        result = record.parts[0][6:14]
        if record.kind == _NUMBER or result[6:] != b"\xff\xff":
            return float(record.unpack("6xd")[0])
        return _bool_or_error(result[2], result[0] == _IS_ERROR) if result[0] in (1, _IS_ERROR) else ("", ())

    def _text(self, record: _Record, at: int, length_width: int = 2) -> _Marked:
        """The text that begins at a byte of a record; its length is kept in so many bytes before Excel 97."""
        if self.codec:
            return _coded(record, at, self.codec, length_width)
        return _Bytes(record.parts, at=at).text()

    def _shown(self, value: float | _Marked, number: int) -> str:
        """What is stored in a cell as its style prints it."""
        font, code = self.styles[number] if number < len(self.styles) else (0, -1)
        form, look = self.codes.get(code), self._look(font)
        if isinstance(value, float):
            if not isfinite(value):
                return unreadable(str(value))
            return look.shown(printed(Decimal(repr(value)), form, self.epoch))
        text, runs = value
        if form is None:
            return unreadable(text)
        units = text.encode("utf-16-le")
        starts = [(0, look), *((2 * start, self._look(font)) for start, font in runs), (len(units), look)]
        found = [each.shown(units[at:end].decode("utf-16-le", "replace")) for (at, each), (end, _) in pairwise(starts)]
        return printed_text("".join(found), form)

    def _look(self, font: int) -> Look:
        """How a font sets text; no font has the number 4."""
        at = font - (font > 4)
        return self.fonts[at] if at < len(self.fonts) else PLAIN


def _unpacked(packed: int) -> float:
    """A number that is kept in four bytes: a whole number or the half of a float, perhaps a hundred times as large."""
    if packed & 2:
        value = float((packed >> 2) - ((packed >> 31) << 30))
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))[0])
    return value / 100 if packed & 1 else value


_IS_ERROR = 2
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def _bool_or_error(value: int, is_error: int) -> _Marked:
    return (_ERRORS.get(value, unreadable(str(value))) if is_error else "TRUE" if value else "FALSE"), ()
