"""The characters of a page in the groups that belong together: a number is one, whatever parts it on the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from gxparse.readers.limits import check
from gxparse.readers.portable.areas import Area
from gxparse.readers.portable.glyphs import CLOSING, UNKNOWN, Glyph


def words_of(glyphs: Iterable[Glyph], rules: Iterable[Area]) -> Iterator[list[Glyph]]:
    """What is seen: each character by itself, but figures side by side together, for no rule cuts a number.

    Nor does one part a mark that closes a word from the word. Characters that a rule strikes through are marked.
    """
    strokes = sorted((top, x0, x1) for x0, top, x1, bottom in rules if x1 - x0 > bottom - top)
    for word in _together(glyphs):
        if seen := _seen(word):
            yield _struck(seen, strokes) if strokes else seen


def _together(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """The characters in their groups, in whichever order they were painted."""
    word: list[Glyph] = []
    end = 0.0
    for glyph in sorted(glyphs, key=lambda each: (each.base, each.place[0])):
        if word:
            last = word[-1]
            goes_on = glyph.text in CLOSING or (glyph.text.isdecimal() and last.text.isdecimal())
            is_beside = glyph.base == last.base and glyph.place[0] - end < _TIGHT * glyph.size
            if not (goes_on and is_beside and len(word) < _LONGEST):
                yield word
                word = []
        end = max(end, glyph.place[2]) if word else glyph.place[2]
        word.append(glyph)
    if word:
        yield word


_TIGHT = 0.1
# No number has so many figures; all those of a word are compared with one another.
_LONGEST = 100


def _seen(word: list[Glyph]) -> list[Glyph]:
    """What is seen of a word: a number of which a part is hidden, with nothing painted in its place, is unknown."""
    seen = [glyph for glyph in word if glyph.is_seen]
    if not seen or len(seen) == len(word):
        return seen
    middles = [(glyph, (glyph.place[0] + glyph.place[2]) / 2) for glyph in word if not glyph.is_seen]
    cut = [glyph for glyph, x in middles if not any(each.place[0] <= x <= each.place[2] for each in seen)]
    return seen + [glyph._replace(text=UNKNOWN) for glyph in cut if glyph.text.isdecimal()]


def _struck(word: list[Glyph], strokes: Sequence[tuple[float, float, float]]) -> list[Glyph]:
    """The characters, those marked that a stroke runs through at half the height of figures."""
    first = word[0]
    start = bisect_left(strokes, (first.base - _HIGHEST * first.size,))
    end = bisect_right(strokes, (first.base - _LOWEST * first.size,), start)
    if start == end or first.place != first.area:
        return word
    check("文字和线条", "Strokes through characters", end - start, _MOST_STROKES)
    return [glyph._replace(is_struck=_runs_through(strokes[start:end], glyph)) for glyph in word]


# Between which parts of the size of a font above its base line a stroke runs through figures.
_LOWEST, _HIGHEST = 0.15, 0.55
_MOST_STROKES = 1_000


def _runs_through(strokes: Sequence[tuple[float, float, float]], glyph: Glyph) -> bool:
    x = (glyph.place[0] + glyph.place[2]) / 2
    return any(x0 <= x <= x1 for _, x0, x1 in strokes)
