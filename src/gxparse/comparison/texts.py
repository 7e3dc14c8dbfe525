"""The texts of two reports beside each other: section by section, paragraph by paragraph."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import frozen

from gxparse.comparison.words import Piece, matches, pieces
from gxparse.normalise import squeeze
from gxparse.records import SECTIONS, Report, Subsection, TextSection
from gxparse.similarity import similarity

__all__ = ["TEXTS", "Part", "Passage", "SectionText", "compare_texts"]

_T = TypeVar("_T")
_Pair = tuple[_T | None, _T | None]

#: The sections that have a text, in the order of the report, with the heading of the form.
TEXTS = {"preamble": "报告开头", **SECTIONS}

# Texts less alike than this are two texts.
_ALIKE = 0.3
# So many are tried against each other at most, and by so much of their beginnings.
_TRIED = 400
_BEGINNING = 2_000
# Shorter paragraphs are phrases that every report has.
_COPIED_FROM = 15
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_NOT_OF_A_HEADING = re.compile(r"[\W_]+|(?:19|20)\d\d年度?")


@frozen
class Passage:
    """A paragraph of the older report, and what stands for it in the newer one; either may be missing.

    Attributes:
        before: the older paragraph.
        after: the newer paragraph.
        pieces: what stayed, what was deleted and what was inserted.
        is_copied: whether the older report has the newer paragraph word for word, but for the year.
    """

    before: str | None
    after: str | None
    pieces: tuple[Piece, ...]
    is_copied: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether anything is different."""
        return self.before != self.after


@frozen
class Part:
    """A subsection, or the paragraphs before the first one, which have no heading.

    Attributes:
        before: the heading in the older report, with its number; ``None`` if the part is new.
        after: the heading in the newer report; ``None`` if the part is gone.
        similarity: how alike the paragraphs are, from 0 to 1.
        passages: the paragraphs.
    """

    before: str | None
    after: str | None
    similarity: float
    passages: tuple[Passage, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything is different."""
        return self.before != self.after or any(passage.is_changed for passage in self.passages)


@frozen
class SectionText:
    """The text of a section.

    Attributes:
        name: the section, as a field of the report.
        before: its heading in the older report; ``None`` if it is not there.
        after: its heading in the newer report; ``None`` if it is not there.
        similarity: how alike the texts are, from 0 to 1.
        parts: the paragraphs before the first subsection, if there are any, and the subsections.
    """

    name: str
    before: str | None
    after: str | None
    similarity: float
    parts: tuple[Part, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything is different."""
        return self.before != self.after or any(part.is_changed for part in self.parts)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The paragraphs of all parts."""
        return tuple(passage for part in self.parts for passage in part.passages)


def compare_texts(older: Report, newer: Report) -> tuple[SectionText, ...]:
    """The text of each section that either report has."""
    known = frozenset(map(_said, _paragraphs(older)))
    both = ((name, _text(older, name), _text(newer, name)) for name in TEXTS)
    return tuple(_section(name, before, after, known) for name, before, after in both if before or after)


def _text(report: Report, name: str) -> TextSection | None:
    if name == "preamble":
        return TextSection("", report.preamble.paragraphs) if report.preamble.paragraphs else None
    section: TextSection | None = getattr(report, name)
    return section


def _paragraphs(report: Report) -> Iterator[str]:
    for name in TEXTS:
        if (text := _text(report, name)) is not None:
            yield from _all(text)


def _all(text: TextSection | None) -> Iterator[str]:
    if text is not None:
        yield from text.paragraphs
        for part in text.subsections:
            yield from part.paragraphs


def _said(paragraph: str) -> str:
    """What a paragraph says whatever the year."""
    return _YEAR.sub("", squeeze(paragraph))


def _section(name: str, before: TextSection | None, after: TextSection | None, known: frozenset[str]) -> SectionText:
    parts = []
    one, other = (() if text is None else text.paragraphs for text in (before, after))
    if one or other:
        parts.append(Part("", "", _likeness(one, other), _passages(one, other, known)))
    for older, newer in _subsections(before.subsections if before else (), after.subsections if after else ()):
        one, other = (() if part is None else part.paragraphs for part in (older, newer))
        likeness = _likeness(one, other) if older and newer else 0.0
        parts.append(Part(_heading(older), _heading(newer), likeness, _passages(one, other, known)))
    return SectionText(
        name=name,
        before=None if before is None else before.heading,
        after=None if after is None else after.heading,
        similarity=_likeness(_all(before), _all(after)) if before and after else 0.0,
        parts=tuple(parts),
    )


def _heading(part: Subsection | None) -> str | None:
    return None if part is None else part.number + part.heading


def _likeness(before: Iterable[str], after: Iterable[str]) -> float:
    return similarity("\n".join(before), "\n".join(after))


# ── Which belongs to which ───────────────────────────────────────────────────────────────────────────────────────────


def _passages(before: Sequence[str], after: Sequence[str], known: frozenset[str]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            before=one,
            after=other,
            pieces=pieces(one or "", other or ""),
            is_copied=other is not None and len(said := _said(other)) >= _COPIED_FROM and said in known,
        )
        for one, other in _paired(before, after)
    )


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[_Pair[str]]:
    """The paragraphs in their order: those that are the same, between them those that are alike, and the others."""
    i = j = 0
    for start, other, size in (*matches(before, after), (len(before), len(after), 0)):
        yield from _alike(before[i:start], after[j:other])
        yield from zip(before[start : start + size], after[other : other + size], strict=True)
        i, j = start + size, other + size


def _alike(before: Sequence[str], after: Sequence[str]) -> Iterator[_Pair[str]]:
    """Paragraphs paired without crossing, so that they are as alike as can be in all."""
    if len(before) * len(after) > _TRIED:
        yield from ((one, None) for one in before)
        yield from ((None, other) for other in after)
        return
    scores = _scores(before, after, lambda paragraph: paragraph)
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], scores[i][j] + best[i + 1][j + 1])
    i = j = 0
    while i < len(before) or j < len(after):
        if i < len(before) and j < len(after) and scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            yield before[i], after[j]
            i, j = i + 1, j + 1
        elif i < len(before) and (j == len(after) or best[i][j] == best[i + 1][j]):
            yield before[i], None
            i += 1
        else:
            yield None, after[j]
            j += 1


def _scores(before: Sequence[_T], after: Sequence[_T], text: Callable[[_T], str]) -> list[list[float]]:
    """How alike each is to each; 0 for those that are not."""
    ones, others = ([text(each)[:_BEGINNING] for each in side] for side in (before, after))
    likeness = [[similarity(one, other) for other in others] for one in ones]
    return [[score if score >= _ALIKE else 0.0 for score in row] for row in likeness]


def _subsections(before: Sequence[Subsection], after: Sequence[Subsection]) -> Iterator[_Pair[Subsection]]:
    """The subsections of both in the order of the newer report, those that are gone where they stood before.

    They belong together by their headings, whatever the order; those whose headings tell nothing, by what they say.
    """
    partners = dict(_by_heading(before, after))
    free = [j for j in range(len(after)) if j not in partners]
    partners |= _by_content(before, _without(before, partners), after, free)
    gone = deque(_without(before, partners))
    for j, part in enumerate(after):
        i = partners.get(j)
        while gone and i is not None and gone[0] < i:
            yield before[gone.popleft()], None
        yield (None if i is None else before[i]), part
    yield from ((before[i], None) for i in gone)


def _without(before: Sequence[Subsection], partners: Mapping[int, int]) -> list[int]:
    """The older subsections without a partner."""
    taken = set(partners.values())
    return [i for i in range(len(before)) if i not in taken]


def _by_heading(before: Sequence[Subsection], after: Sequence[Subsection]) -> Iterator[tuple[int, int]]:
    places: dict[str, deque[int]] = {}
    for i, part in enumerate(before):
        if key := _NOT_OF_A_HEADING.sub("", part.heading):
            places.setdefault(key, deque()).append(i)
    for j, part in enumerate(after):
        if found := places.get(_NOT_OF_A_HEADING.sub("", part.heading)):
            yield j, found.popleft()


def _by_content(
    before: Sequence[Subsection], left: Sequence[int], after: Sequence[Subsection], free: Sequence[int]
) -> dict[int, int]:
    """The most alike first."""
    if len(left) * len(free) > _TRIED:
        return {}
    scores = _scores([before[i] for i in left], [after[j] for j in free], _whole)
    ranked = sorted(
        ((scores[a][b], -b, -a) for a in range(len(left)) for b in range(len(free)) if scores[a][b]), reverse=True
    )
    partners: dict[int, int] = {}
    for _, b, a in ranked:
        if free[-b] not in partners and left[-a] not in partners.values():
            partners[free[-b]] = left[-a]
    return partners


def _whole(part: Subsection) -> str:
    return "\n".join((part.heading, *part.paragraphs))
