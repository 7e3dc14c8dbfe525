"""How alike two Chinese texts are, by the runs of characters they share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from gxparse import normalise

__all__ = ["similarity"]

#: Longer texts are compared by their beginnings.
LIMIT = 100_000

# Long enough to hold more than one word, short enough to stand between two changed words.
_LENGTH = 3
# In words, numbers are told by the unit behind them: 三件 is one, 统一 holds none. Each run is looked at once only.
_WORDS = "〇○零一二三四五六七八九十百千万亿两"
_NUMBERS = re.compile(rf"[0-9]+(?:[.,][0-9]+)*|(?<![{_WORDS}])[{_WORDS}]++(?=[年月日件条次个份篇人期场])")
_SIGNS = re.compile(r"[\W_]+")


def similarity(one: str, other: str) -> float:
    """How much of two texts is the same: 1 for one text, 0 for texts that share nothing.

    It is the share of the runs of three characters that the texts have in common (Dice's coefficient over multisets),
    in whichever order they stand. White space and punctuation count for nothing, and a number is a number: a paragraph
    taken over with other figures and another year is a copy. The time grows with the length of the texts.

    >>> similarity("2022年主动公开信息1,205条。", "2023年，主动公开信息98条")
    1.0
    >>> similarity("加强组织领导", "回应群众关切")
    0.0
    """
    first, second = _runs(one), _runs(other)
    size = first.total() + second.total()
    return 2 * (first & second).total() / size if size else 1.0


def _runs(text: str) -> Counter[str]:
    """The runs of characters of a text, and how often each occurs; a shorter text is one run."""
    text = normalise.simplified(unicodedata.normalize("NFKC", text[:LIMIT]))
    folded = _SIGNS.sub("", _NUMBERS.sub("0", text))
    if len(folded) < _LENGTH:
        return Counter([folded] if folded else [])
    return Counter(folded[place : place + _LENGTH] for place in range(len(folded) - _LENGTH + 1))
