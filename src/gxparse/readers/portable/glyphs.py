"""The characters of a page: their text and place, and which of them are seen."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pdfminer.layout import LTChar

from gxparse.readers.limits import check
from gxparse.readers.portable.areas import Area, holds, turned
from gxparse.readers.portable.painting import Cover, Painted, String
from gxparse.readers.unreadable import MARK


class Glyph(NamedTuple):
    """A character, where it stands on the page, and where it would stand if its line ran from left to right.

    ``base`` is the height of its base line there, ``order`` the number of the operator that paints it.
    """

    text: str
    area: Area
    place: Area
    base: float
    order: int
    is_seen: bool = True
    is_struck: bool = False

    @property
    def size(self) -> float:
        """The size of its font."""
        return self.place[3] - self.place[1]

    @property
    def width(self) -> float:
        """How far its line goes on with it."""
        return self.place[2] - self.place[0]


#: The text of a character that its font says nothing of, or of one of which only a part of its number is seen.
UNKNOWN = "\ufffd"
#: Marks that close a word.
CLOSING = "，。、；：！？）》”’"


def glyphs_of(painted: Painted, crop: Area, placed: Callable[[Area], Area]) -> tuple[list[Glyph], int]:
    """The characters that a page shows, and the turn of most of them, by which all are turned.

    Args:
        painted: what the page paints.
        crop: the part of the page that is seen.
        placed: gives the place on the page for an area that is counted from its lower left corner.
    """
    strings = _on_their_grounds(painted, placed)
    found = [
        (_text(char) if own is not None else MARK, placed(char.bbox), own or 0, _origin(char, placed), string)
        for string in strings
        for char in string.chars
        if (own := _turn(char)) is not None or _may_be_value(char)
    ]
    turns = Counter(own for text, _, own, _, _ in found if text != MARK)
    turn = turns.most_common(1)[0][0] if turns else 0
    clips = {string.clip: placed(string.clip) for string in strings}
    hidden = _hidden([(place, string.order) for _, place, _, _, string in found], painted.covers, placed)
    return [
        Glyph(
            text,
            turned(place, turn),
            turned(place, own),
            round(turned(origin, own)[1], 1),
            string.order,
            at not in hidden and holds(crop, place) and holds(clips[string.clip], place),
        )
        for at, (text, place, own, origin, string) in enumerate(found)
    ], turn


def _on_their_grounds(painted: Painted, placed: Callable[[Area], Area]) -> list[String]:
    """The strings that are seen on their grounds: white characters only where something is painted behind them."""
    white = [char for string in painted.strings if string.is_white for char in string.chars]
    if not white:
        return painted.strings
    fills = [placed(shape.curve.bbox) for shape in painted.shapes if shape.curve.fill and not shape.is_white]
    check("白色文字", "White characters over backgrounds", len(white) * len(fills), MOST_PAIRS)
    strings = []
    for string in painted.strings:
        if string.is_white:
            seen = [char for char in string.chars if any(holds(fill, placed(char.bbox)) for fill in fills)]
            string = string._replace(chars=seen)
        strings.append(string)
    return strings


#: How many pairs of things on a page are compared at most.
MOST_PAIRS = 3_000_000


def _hidden(places: Sequence[tuple[Area, int]], covers: Sequence[Cover], placed: Callable[[Area], Area]) -> set[int]:
    """Which of the things with these places and numbers in order lie under something that was painted later."""
    first = min((order for _, order in places), default=0)
    later = [cover for cover in covers if cover.order > first]
    if not later:
        return set()
    heights = sorted((place[1] + place[3], at) for at, (place, _) in enumerate(places))
    hidden: set[int] = set()
    tried = 0
    for cover in later:
        area = placed(cover.area)
        start, end = bisect_left(heights, (area[1] * 2, 0)), bisect_right(heights, (area[3] * 2, len(places)))
        tried += max(0, end - start)
        check("文字和背景", "Characters under backgrounds", tried, MOST_PAIRS)
        for _, at in heights[start:end]:
            place, order = places[at]
            rim = (place[3] - place[1]) / 4
            is_under = area[1] <= place[1] + rim and place[3] - rim <= area[3]
            if is_under and order < cover.order and holds(area, place):
                hidden.add(at)
    return hidden


def _turn(char: LTChar) -> int | None:
    """By how many quarters a character is turned to the left, -1 to 2; ``None`` if it is slanted, as on a stamp."""
    a, b, c, d, *_ = char.matrix
    if a * d > 0 and abs(b) < _SLANT * abs(a):
        return 0 if a > 0 else 2
    if b * c < 0 and max(abs(a), abs(d)) < _SLANT * abs(b):
        return 1 if b > 0 else -1
    return None


_SLANT = 0.1


def _may_be_value(char: LTChar) -> bool:
    """Whether a slanted character may be of a value; those of stamps are larger, or no figures."""
    return char.get_text().isdecimal() and char.size < _LARGE


_LARGE = 24.0


def _origin(char: LTChar, placed: Callable[[Area], Area]) -> Area:
    return placed((*char.matrix[4:], *char.matrix[4:]))


def _text(char: LTChar) -> str:
    """The text of a character; radicals that fonts give for the same characters are those characters."""
    text = char.get_text()
    if text.startswith("(cid:"):
        return UNKNOWN
    return unicodedata.normalize("NFKC", text.translate(_RADICALS)) if "\u2e80" <= text <= "\u2fdf" else text


# Those that NFKC does not know, or makes characters of another spelling.
_RADICALS = str.maketrans(
    "⼾⺠⻘⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⻄⺟⺒⻁⻡⻧⻪",
    "户民青见角贝车长门韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟西母巳虎首卤黾",
)
