"""What changed between two texts, in runs of characters; no dictionary of words is needed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from attrs import frozen

__all__ = ["Kind", "Piece", "matches", "pieces"]


class Kind(StrEnum):
    """What became of a piece of text."""

    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"


@frozen
class Piece:
    """A run of characters that both texts have, or one of them."""

    kind: Kind
    text: str


# A number with its separators, a word of another script, or else a single character: what a reader sees as one.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*[%％‰]?|[A-Za-z]+|\s+|.", re.DOTALL)
_PUNCTUATION = re.compile(r"[，。；：、！？,;:!?（）()《》“”\s]")
# Fewer characters than this that stay between two changes are no sign that anything stayed.
_SHORTEST_KEPT = 3
# Two texts of which less than this stays are two texts.
_LEAST_KEPT = 0.3

# Two stretches are compared throughout if that takes at most so many steps a token.
_BOUND = 2_000
# Longer ones are cut at what occurs once in both; what is left after so many cuts counts as replaced.
_CUTS = 8


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one, cut into what stayed, what was deleted and what was inserted.

    >>> [(str(piece.kind), piece.text) for piece in pieces("收到申请21件，已办结。", "收到申请95件，已办结。")]
    [('equal', '收到申请'), ('deleted', '21'), ('inserted', '95'), ('equal', '件，已办结。')]
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    kept = _kept(old, new, matches(old, new))
    if sum(len("".join(old[i : i + size])) for i, _, size in kept) < _LEAST_KEPT * min(len(before), len(after)):
        kept = []
    return tuple(_pieces(old, new, kept))


def _pieces(old: Sequence[str], new: Sequence[str], kept: Sequence[tuple[int, int, int]]) -> Iterator[Piece]:
    i = j = 0
    for start, other, size in (*kept, (len(old), len(new), 0)):
        for kind, text in (
            (Kind.DELETED, old[i:start]),
            (Kind.INSERTED, new[j:other]),
            (Kind.EQUAL, old[start : start + size]),
        ):
            if text:
                yield Piece(kind, "".join(text))
        i, j = start + size, other + size


def _kept(old: Sequence[str], new: Sequence[str], found: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The stretches found, without crumbs between two changes: a text in crumbs cannot be read."""
    kept = []
    for i, j, size in found:
        text = "".join(old[i : i + size])
        at_an_end = (i == 0 and j == 0) or (i + size == len(old) and j + size == len(new))
        if at_an_end or len(text) >= _SHORTEST_KEPT or _PUNCTUATION.search(text):
            kept.append((i, j, size))
    return kept


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """What two sequences have in common, in order: where it begins in either, and how long it is.

    The time it takes grows with the length of the sequences, not with its square.

    >>> matches("甲乙丙丁", "甲丙丁戊")
    [(0, 0, 1), (2, 1, 2)]
    """
    found: list[tuple[int, int, int]] = []
    todo = [(0, len(old), 0, len(new), _CUTS)]
    while todo:
        i, i_end, j, j_end, cuts = todo.pop()
        start, at = i, j
        while i < i_end and j < j_end and old[i] == new[j]:
            i, j = i + 1, j + 1
        found.append((start, at, i - start))
        end = i_end
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
        found.append((i_end, j_end, end - i_end))
        if _is_cheap(old[i:i_end], new[j:j_end]):
            matcher = SequenceMatcher(None, old[i:i_end], new[j:j_end], autojunk=False)
            found += [(i + block.a, j + block.b, block.size) for block in matcher.get_matching_blocks()]
        elif cuts:
            anchors = _anchors(old, range(i, i_end), new, range(j, j_end))
            ends = [(i - 1, j - 1), *anchors, (i_end, j_end)]
            found += [(one, other, 1) for one, other in anchors]
            if anchors:
                todo += [(a + 1, c, b + 1, d, cuts - 1) for (a, b), (c, d) in pairwise(ends)]
    return _joined(sorted(block for block in found if block[2]))


def _is_cheap(old: Sequence[Hashable], new: Sequence[Hashable]) -> bool:
    """Whether two stretches can be compared throughout.

    To find the longest run in common, each pair of equal tokens is looked at, and there are at most as many such runs
    as there are tokens in the shorter stretch.
    """
    counts = Counter(new)
    equal = sum(counts[token] for token in old)
    return equal * min(len(old), len(new)) <= _BOUND * (len(old) + len(new))


def _joined(blocks: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The blocks, those that touch each other made into one."""
    joined: list[tuple[int, int, int]] = []
    for i, j, size in blocks:
        if joined and (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]) == (i, j):
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined


def _anchors(
    old: Sequence[Hashable], old_places: range, new: Sequence[Hashable], new_places: range
) -> list[tuple[int, int]]:
    """The most of what occurs once in either stretch that has the same order in both."""
    counts, others = (Counter(side[at] for at in places) for side, places in ((old, old_places), (new, new_places)))
    where = {new[at]: at for at in new_places}
    found = [(at, where[old[at]]) for at in old_places if counts[old[at]] == 1 and others.get(old[at]) == 1]
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (_, at) in enumerate(found):
        length = bisect_left(tails, at)
        before.append(last[length - 1] if length else -1)
        tails[length : length + 1] = [at]
        last[length : length + 1] = [place]
    chain = []
    place = last[-1] if last else -1
    while place >= 0:
        chain.append(found[place])
        place = before[place]
    return chain[::-1]
