"""Automatic numbers of a Word file: those that a page shows and the text does not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from attrs import define, evolve, field, frozen

from gxparse.readers.numerals import counted, figure_by_figure
from gxparse.readers.word.styles import Styles
from gxparse.readers.word.xml import Element, W, child_of, has, is_on, number_in, value_of


def _series(signs: str) -> Callable[[int], str]:
    """Numbers written as the signs of a series, and in figures beyond it."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


#: How numbers are written, by the names of OOXML; all others are written in figures.
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _series("abcdefghijklmnopqrstuvwxyz"),
    "upperLetter": _series("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerRoman": _series("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"),
    "upperRoman": _series("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"),
    "decimalEnclosedCircle": _series("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _series("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": _series("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _series("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "ideographEnclosedCircle": _series("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _series("甲乙丙丁戊己庚辛壬癸"),
    "chineseLegalSimplified": _series("壹贰叁肆伍陆柒捌玖拾"),
    "ideographDigital": figure_by_figure,
    "japaneseDigitalTenThousand": figure_by_figure,
    "taiwaneseDigital": figure_by_figure,
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "japaneseCounting": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
}


class Number(NamedTuple):
    """The number before a paragraph, and whether nothing parts it, or a bullet, from the text."""

    text: str = ""
    touches: bool = False


@frozen
class _Level:
    """A level of a list: what its numbers begin with, how they are written, and below which level they begin anew."""

    start: int
    written: Callable[[int], str]
    text: str
    restart: int
    style: str | None
    in_figures: bool
    touches: bool

    @classmethod
    def of(cls, element: Element | None, at: int) -> _Level:
        """A level as ``numbering.xml`` describes it."""
        kind = value_of(element, "numFmt") or "decimal"
        text = "" if is_on(element, "rPr", "vanish") else (value_of(element, "lvlText") or "")[:_LONGEST]
        return cls(
            start=number_in(value_of(element, "start")),
            written=_FORMATS.get(kind, str),
            text="" if kind == "bullet" else text,
            restart=number_in(value_of(element, "lvlRestart"), at),
            style=value_of(element, "pStyle"),
            in_figures=is_on(element, "isLgl"),
            touches=bool(text) and value_of(element, "suff") == "nothing",
        )


_LONGEST = 60  # of the text of a level
_LEVELS = 9


@frozen
class _List:
    """A list that paragraphs belong to: the numbering it counts by, its levels, and those that it begins anew."""

    counter: str
    levels: tuple[_Level, ...]
    begun_anew: tuple[int, ...]


@define
class Numbering:
    """The lists of the document, and how far each of them has counted."""

    styles: Styles
    abstract: Mapping[str, Element]
    concrete: Mapping[str, Element]
    _lists: dict[str, _List | None] = field(factory=dict)
    _counts: dict[str, list[int | None]] = field(factory=dict)
    _styled: dict[str | None, tuple[str | None, str | None, str | None]] = field(factory=dict)

    @classmethod
    def of(cls, root: Element | None, styles: Styles) -> Numbering:
        """The lists of the part that describes them."""
        abstract = root.iterchildren(f"{W}abstractNum") if root is not None else ()
        concrete = root.iterchildren(f"{W}num") if root is not None else ()
        return cls(
            styles,
            {each.get(f"{W}abstractNumId", ""): each for each in abstract},
            {each.get(f"{W}numId", ""): each for each in concrete},
        )

    def number_of(self, paragraph: Element) -> Number:
        """The number before a paragraph, nothing if it has none; to be asked once for each, in their order."""
        if not self.concrete:
            return Number()
        properties = child_of(paragraph, "pPr")
        name, at = self._place(properties)
        found = self._list(name) if name else None
        if found is None or not 0 <= at < _LEVELS or _is_taken_away(properties):
            return Number()
        return Number(self._next(found, at), found.levels[at].touches)

    def _next(self, found: _List, at: int) -> str:
        """Counts one further in a level of a list."""
        counts = self._counts[found.counter]
        count, levels = counts[at], found.levels
        counts[at] = levels[at].start if count is None else count + 1
        for lower in range(at + 1, _LEVELS):
            if at < levels[lower].restart:
                counts[lower] = None

        def written(mark: re.Match[str]) -> str:
            level, count = levels[int(mark[1]) - 1], counts[int(mark[1]) - 1]
            return (str if levels[at].in_figures else level.written)(level.start if count is None else count)

        return _MARK.sub(written, levels[at].text)

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """The list of a paragraph and its level there, by its own properties or by its style."""
        own = child_of(properties, "numPr")
        name, level = value_of(own, "numId"), value_of(own, "ilvl")
        if name is None:
            name, styled, style = self._of_style(value_of(properties, "pStyle") or self.styles.default)
            found = self._list(name) if name else None
            if level is None and found is not None:
                linked = [at for at, each in enumerate(found.levels) if each.style == style]
                level = str(linked[0]) if linked else styled
        return name, number_in(level)

    def _of_style(self, style: str | None) -> tuple[str | None, str | None, str | None]:
        """The list and the level that a style gives to its paragraphs, and the style that says so."""
        if style not in self._styled:
            listed = ((each, child_of(each, "pPr", "numPr")) for each in self.styles.chain(style))
            self._styled[style] = next(
                (
                    (value_of(own, "numId"), value_of(own, "ilvl"), each.get(f"{W}styleId"))
                    for each, own in listed
                    if has(own, "numId")
                ),
                (None, None, None),
            )
        return self._styled[style]

    def _list(self, name: str) -> _List | None:
        """A list by its number; the first time, the levels that it overrides begin anew."""
        if name not in self._lists:
            self._lists[name] = found = self._described(name)
            if found is not None:
                counts = self._counts.setdefault(found.counter, [None] * _LEVELS)
                for at in found.begun_anew:
                    counts[at] = None
        return self._lists[name]

    def _described(self, name: str) -> _List | None:
        """A list as ``numbering.xml`` describes it."""
        concrete = self.concrete.get(name)
        counter = value_of(concrete, "abstractNumId") or ""
        if (link := value_of(self.abstract.get(counter), "numStyleLink")) is not None:
            counter = value_of(self.concrete.get(self._of_style(link)[0] or ""), "abstractNumId") or ""
        abstract = self.abstract.get(counter)
        if concrete is None or abstract is None:
            return None
        levels = _by_level(abstract, "lvl")
        overrides = _by_level(concrete, "lvlOverride")
        found, begun_anew = [], []
        for at in range(_LEVELS):
            override = overrides.get(at)
            level = _Level.of(child_of(override, "lvl") if has(override, "lvl") else levels.get(at), at)
            if (start := value_of(override, "startOverride")) is not None:
                level = evolve(level, start=number_in(start))
                begun_anew.append(at)
            found.append(level)
        return _List(counter, tuple(found), tuple(begun_anew))


_MARK = re.compile(r"%([1-9])")


def _by_level(element: Element, name: str) -> dict[int, Element]:
    return {number_in(each.get(f"{W}ilvl")): each for each in element.iterchildren(W + name)}


def _is_taken_away(properties: Element | None) -> bool:
    """Whether the end of a paragraph is deleted or hidden, so that the paragraph is none of its own."""
    mark = child_of(properties, "rPr")
    return has(mark, "del") or has(mark, "moveFrom") or is_on(mark, "vanish")
