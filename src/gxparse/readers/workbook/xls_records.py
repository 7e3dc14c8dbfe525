"""The records that the stream of an XLS workbook consists of (MS-XLS), and the texts in them."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from attrs import define

from gxparse.readers import limits

BOF, EOF, CONTINUE, FILE_PASS, RECKONED = 0x0809, 0x000A, 0x003C, 0x002F, 0x01C1
CODE_PAGE, DATES, SHEET, STRINGS = 0x0042, 0x0022, 0x0085, 0x00FC
PALETTE, FONT, FORMAT, XF = 0x0092, 0x0031, 0x041E, 0x00E0
WINDOW, ROW, COLUMNS, MERGED = 0x023E, 0x0208, 0x007D, 0x00E5
CONDITIONS, CONDITION, LATER_CONDITIONS = 0x01B0, 0x01B1, 0x0879
LABEL, RICH_LABEL, SHARED_LABEL, STRING = 0x0204, 0x00D6, 0x00FD, 0x0207
NUMBER, PACKED, PACKED_ROW, FORMULA, BOOL_OR_ERROR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
#: Those that hold one cell.
CELLS = (LABEL, RICH_LABEL, SHARED_LABEL, NUMBER, PACKED, FORMULA, BOOL_OR_ERROR)

#: A text, and from which of its units of UTF-16 on which font it is set in.
Marked: TypeAlias = tuple[str, Sequence[tuple[int, int]]]


class Record(NamedTuple):
    """A record: its kind, and its bytes in the parts that they are stored in."""

    kind: int
    parts: Sequence[bytes]

    def unpack(self, form: str, at: int = 0) -> tuple[Any, ...]:
        """Numbers that begin at a byte of the first part."""
        return struct.unpack_from(f"<{form}", self.parts[0], at)

    def text(self, at: int) -> Marked:
        """The text that begins at a byte."""
        return next(self.texts(at, 1))

    def texts(self, at: int, count: int) -> Iterator[Marked]:
        """The texts that begin at a byte and follow one another."""
        found = _Bytes(self.parts, at=at)
        return (found.text() for _ in range(count))

    def coded(self, at: int, codec: str, length_width: int = 2) -> Marked:
        """The text that begins at a byte, before Excel 97: so many bytes, and from which on which font they are in."""
        found = _Bytes(self.parts, at=at)
        data = found.take(int.from_bytes(found.take(length_width), "little"))
        runs = found.take(found.take(1)[0] * 2) if self.kind == RICH_LABEL else b""
        starts = [len(data[:start].decode(codec, "replace").encode("utf-16-le")) // 2 for start in runs[::2]]
        return data.decode(codec, "replace"), list(zip(starts, runs[1::2], strict=True))


def records(stream: bytes, counted: Iterator[int], at: int = 0) -> Iterator[Record]:
    """The records from a place of the stream to the end of what begins there, without what is embedded in it."""
    depth = 0
    last: tuple[int, list[bytes]] | None = None
    while True:
        limits.check("记录", "Records", next(counted), limits.MAX_OBJECTS)
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == CONTINUE and last:
            last[1].append(body)
            continue
        if last and depth == 1:
            yield Record(*last)
        depth += (kind == BOF) - (kind == EOF)
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
        found: list[bytes] = []
        while count:
            self._turn()
            found.append(self.parts[self.part][self.at : self.at + count])
            self.at += len(found[-1])
            count -= len(found[-1])
        return b"".join(found)

    def text(self) -> Marked:
        """A text as Excel keeps it from 97 on."""
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


def areas(record: Record, at: int) -> Iterator[tuple[int, int, int, int]]:
    """The areas that are listed from a byte on: the first row and column of each and the last ones, from 1."""
    for number in range(record.unpack("H", at)[0]):
        row, last_row, column, last_column = record.unpack("4H", at + 2 + 8 * number)
        yield row + 1, column + 1, last_row + 1, last_column + 1
