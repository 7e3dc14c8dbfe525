"""Lines: the characters that stand on one level, with white space where there are gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from attrs import define

from gxparse.readers.portable.areas import Area, Leaf, around
from gxparse.readers.portable.glyphs import Glyph


class Part(NamedTuple):
    """What stands between two gaps of a line."""

    text: str
    area: Area


@define
class Line:
    """A line of text and its parts; ``spread`` says that it has gaps as between columns."""

    text: str
    area: Area
    spread: bool = False
    parts: Sequence[Part] = ()
    page: Leaf = Leaf()

    @property
    def size(self) -> float:
        """The size of its font."""
        return self.area[3] - self.area[1]


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines of text that characters make up; those that are turned make up lines of their own."""
    upright: list[Glyph] = []
    turned: list[Glyph] = []
    for glyph in glyphs:
        (upright if glyph.place == glyph.area else turned).append(glyph)
    return [line for part in (upright, turned) for row in _levels(part) if (line := _line(row)) is not None]


def _levels(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """The characters that stand on one level, from top to bottom."""
    level: list[Glyph] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda each: each.place[1] + each.place[3]):
        y = (glyph.place[1] + glyph.place[3]) / 2
        if level and y - middle > max(size, glyph.size) / 2:
            yield level
            level = []
        if not level:
            middle, size = y, glyph.size
        level.append(glyph)
    if level:
        yield level


# What stands on either side of text that is struck through.
_STRUCK = "~~"
# The least gap between two words, between what may be two columns, and what are; how far apart the same character is
# printed to look bold.
_GAP, _PART_GAP, _COLUMN_GAP, _BOLD = 0.3, 1.0, 2.0, 0.3


def _line(glyphs: list[Glyph]) -> Line | None:
    """The line that the characters of one level make up, with white space where there are gaps."""
    text, spread, in_parts = "", False, False
    starts: list[tuple[int, float, float]] = []
    last: Glyph | None = None
    is_struck = False
    for glyph in sorted(glyphs, key=lambda each: each.place[0]):
        if last is not None and glyph.text == last.text and glyph.place[0] - last.place[0] < _BOLD * last.width:
            continue
        if glyph.text.isspace():
            text += " "
            continue
        if last is not None:
            gap = glyph.place[0] - last.place[2]
            is_blank = text.endswith(" ")
            text += " " if _is_apart(last, glyph, gap) and not is_blank else ""
            spread = spread or gap > _COLUMN_GAP * glyph.size
            # What is no more than a blank that is painted parts two words.
            if gap > (_PART_GAP if is_blank else _GAP) * glyph.size:
                starts.append((len(text), last.area[2], glyph.area[0]))
            in_parts = in_parts or gap > _PART_GAP * glyph.size
        if glyph.is_struck != is_struck:
            text += _STRUCK
            is_struck = glyph.is_struck
        text += glyph.text
        last = glyph
    if last is None:
        return None
    text += _STRUCK if is_struck else ""
    shown = [glyph.area for glyph in glyphs if not glyph.text.isspace()]
    area = around(shown)
    return Line(text.strip(), area, spread, _parts(text, area, starts if in_parts else ()))


def _parts(text: str, area: Area, starts: Sequence[tuple[int, float, float]]) -> list[Part]:
    """The parts of a line; ``starts`` has for each gap where it is in the text, where it begins, and where it ends."""
    bounds = [(0, 0.0, area[0]), *starts, (len(text), area[2], 0.0)]
    return [
        Part(text[start:end].strip(), (x0, area[1], x1, area[3])) for (start, _, x0), (end, x1, _) in pairwise(bounds)
    ]


def _is_apart(last: Glyph, glyph: Glyph, gap: float) -> bool:
    """Whether white space stands between two characters, or figures that are no parts of one number."""
    if gap > _GAP * glyph.size:
        return True
    if not (last.text.isdecimal() and glyph.text.isdecimal()):
        return False
    # A figure above another one, or a small or raised one beside it, is none of its number.
    is_alike = ALIKE < glyph.size / last.size < 1 / ALIKE
    return gap < -_BOLD * glyph.width or not is_alike or abs(glyph.base - last.base) > _RAISED * glyph.size


#: How much smaller text may be than the text beside it that it belongs to.
ALIKE = 0.8
# How far the base lines of figures of one number are apart at most, in the size of their font.
_RAISED = 0.1
