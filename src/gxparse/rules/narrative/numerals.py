"""Counts as sentences write them: 12件, 1,234件, 十二件, 两件."""

from __future__ import annotations

import re
from math import inf

__all__ = ["COUNT", "counted", "number"]

_WORDS = "零〇一二两三四五六七八九十百千"
_FIGURES = {**{word: value for value, word in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}

#: A whole number and the measure word behind it, in squeezed text. What is rounded (约100件, 1.2万件), part of a
#: range (2-3件) or has white space within (which :mod:`~gxparse.rules.narrative.texts` marks ``|``) is none.
COUNT = re.compile(
    rf"(?=[0-9{_WORDS}])"
    r"(?<![0-9.|~/\-约近超逾过])(?<![0-9],)(?<![0-9][至到、])"
    r"(?:(?:(?P<digits>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})"
    rf"|(?<![{_WORDS}万亿第每几数])(?P<words>[{_WORDS}]{{1,9}}))"
    r"(?P<unit>[件宗份起例部个项条次篇期人家])(?!次|事|套|以上|以内|左右|[余多])"
    r"|(?P<nil>[0零])(?=[,。;)]|$))"
)


def counted(match: re.Match[str]) -> int | None:
    """The number of a match of :data:`COUNT`."""
    if match["digits"]:
        return int(match["digits"].replace(",", ""))
    return number(match["words"]) if match["words"] else 0


def number(words: str) -> int | None:
    """A number below 10,000 that is written in words, if it is written as one counts.

    A figure right behind 百 or 千, as in 一百五, may be one of tens or hundreds, and leaves the number open.

    >>> number("十二"), number("一百零三"), number("两"), number("二〇二"), number("百十"), number("一百五")
    (12, 103, 2, None, None, None)
    """
    total, figure, place = 0, None, inf
    for word in words:
        if value := _PLACES.get(word):
            # Only 十 at the very beginning does without a figure.
            if value >= place or (figure is None and (word != "十" or place < inf)):
                return None
            total += (1 if figure is None else figure) * value
            place, figure = value, None
        elif figure:
            return None
        else:
            figure = _FIGURES[word]
    if figure and 10 < place < inf and words[-2] not in "零〇":
        return None
    return total + (figure or 0)
