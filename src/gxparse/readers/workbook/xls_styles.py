"""How the cells of an XLS workbook are printed: its fonts, formats, colours and styles (MS-XLS)."""

from __future__ import annotations

from typing import NamedTuple

from attrs import define, field

from gxparse.readers.colours import WHITE, is_white
from gxparse.readers.scripts import LOWERED_SIGNED, RAISED_SIGNED
from gxparse.readers.workbook import xls_records as of
from gxparse.readers.workbook.codes import BUILT_IN
from gxparse.readers.workbook.looks import PLAIN, Look, Style
from gxparse.readers.workbook.xls_records import Marked, Record


class _Font(NamedTuple):
    """What a font says: whether it raises or lowers text, strikes it out, its colour and its character set."""

    escapement: int
    is_struck: bool
    colour: int
    charset: int


class _XF(NamedTuple):
    """What a style says: its font and format, whether the text fills its cell, the pattern of its ground and colour."""

    font: int
    code: int
    fills: bool
    pattern: int
    ground: int


@define
class Styles:
    """The styles of a workbook. Before Excel 97 its texts have a ``codec``, that of the page it names."""

    codec: str | None
    codes: dict[int, str] = field(factory=lambda: dict(BUILT_IN))
    palette: list[str] = field(factory=list)
    fonts: list[_Font] = field(factory=list)
    styles: list[_XF] = field(factory=list)

    def take(self, record: Record) -> None:
        """Takes what a record says of styles."""
        if record.kind == of.CODE_PAGE and self.codec:
            self.codec = _CODE_PAGES.get(record.unpack("H")[0], CHINESE)
        elif record.kind == of.PALETTE:
            self.palette = [record.unpack("3s", 2 + 4 * at)[0].hex() for at in range(record.unpack("H")[0])]
        elif record.kind == of.FONT:
            _, flags, colour, _, escapement, _, _, charset = record.unpack("5H3B")
            self.fonts.append(_Font(escapement, bool(flags & 0x08), colour, charset))
        elif record.kind == of.FORMAT:
            code = record.coded(2, self.codec, length_width=1) if self.codec else record.text(2)
            self.codes[record.unpack("H")[0]] = code[0]
        elif record.kind == of.XF:
            self.styles.append(self._xf(record))

    def _xf(self, record: Record) -> _XF:
        font, code, alignment = record.unpack("HH2xB")
        if self.codec:
            filling = record.unpack("8xI")[0]
            return _XF(font, code, alignment & 7 == _FILLED, filling >> 16 & 0x3F, filling & 0x7F)
        pattern, filling = record.unpack("14xIH")
        return _XF(font, code, alignment & 7 == _FILLED, pattern >> 26, filling & 0x7F)

    def style(self, number: int) -> Style:
        """A style by its number; one that is not there has no code."""
        if number >= len(self.styles):
            return Style(None, PLAIN)
        xf = self.styles[number]
        ground = WHITE if not xf.pattern else self._colour(xf.ground) if xf.pattern == _SOLID else None
        return Style(self.codes.get(xf.code), self.look(xf.font), ground or "", xf.fills)

    def look(self, number: int) -> Look:
        """How a font sets text."""
        font = self._font(number)
        return Look(_SHIFTS.get(font.escapement), font.is_struck, self._colour(font.colour)) if font else PLAIN

    def text(self, record: Record, at: int, style: int) -> Marked:
        """The text that begins at a byte of a record, before Excel 97 in the characters of the font of its cell."""
        if not self.codec:
            return record.text(at)
        font = self._font(self.styles[style].font) if style < len(self.styles) else None
        return record.coded(at, _CHARSETS.get(font.charset, self.codec) if font else self.codec)

    def _font(self, number: int) -> _Font | None:
        """A font by its number; no font has the number 4."""
        at = number - (number > _NO_FONT)
        return self.fonts[at] if at < len(self.fonts) and number != _NO_FONT else None

    def _colour(self, number: int) -> str | None:
        """A colour by its number: of the palette, whose first colours have two numbers, or of the system."""
        at = number if number < _PALETTE else number - _PALETTE
        if at < len(self.palette):
            return WHITE if is_white(self.palette[at]) else self.palette[at]
        if number == _AUTOMATIC:
            return None
        return WHITE if at == _SECOND or number == _GROUND_OF_WINDOW else str(at)

    # ── Conditional formats ──────────────────────────────────────────────────────────────────────────────────────────

    def changes(self, condition: Record) -> bool:
        """Whether what depends on a condition prints other text than that of the cell, or lets it not be seen."""
        flags = condition.unpack("6xI")[0]
        if flags & _HAS_NUMBER or not flags & _HAS_FONT:
            return bool(flags & _HAS_NUMBER)
        marks, escapement, colour, keeps_marks, keeps_escapement = condition.unpack("I2xH4xi4xII", _MARKS)
        is_struck = bool(marks & ~keeps_marks & _STRUCK)
        is_shifted = bool(escapement and not keeps_escapement)
        return is_struck or is_shifted or (colour >= 0 and self._colour(colour) in self._grounds(condition, flags))

    def _grounds(self, condition: Record, flags: int) -> set[str | None]:
        """The colours of the ground under a condition."""
        if not flags & _HAS_PATTERN:
            return {WHITE}
        behind = _END_OF_FONT + 8 * bool(flags & _HAS_ALIGNMENT) + 8 * bool(flags & _HAS_BORDER)
        colours = condition.unpack("2xH", behind)[0]
        return {self._colour(colours & 0x7F), self._colour(colours >> 7 & 0x7F)}


#: The characters that a file without another code page has.
CHINESE = "gb18030"
_CODE_PAGES = {932: "cp932", 949: "cp949", 950: "cp950", 1252: "cp1252"}
_CHARSETS = {128: "cp932", 129: "cp949", 134: CHINESE, 136: "cp950"}

_SHIFTS = {1: RAISED_SIGNED, 2: LOWERED_SIGNED}
_NO_FONT = 4
_FILLED, _SOLID = 4, 1
_PALETTE, _SECOND, _GROUND_OF_WINDOW, _AUTOMATIC = 8, 1, 65, 0x7FFF

# The parts of a condition: which there are, and where those stand that are read.
_HAS_NUMBER, _HAS_FONT, _HAS_ALIGNMENT, _HAS_BORDER, _HAS_PATTERN = (1 << bit for bit in range(25, 30))
_MARKS, _END_OF_FONT, _STRUCK = 80, 130, 0x80
