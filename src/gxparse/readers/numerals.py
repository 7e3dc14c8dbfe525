"""The numerals of lists that Chinese writes in words."""

from __future__ import annotations

_FIGURES = "〇一二三四五六七八九"


def counted(number: int) -> str:
    """A number as Chinese counts: 十, 十一, 二十; beyond 99 figure by figure.

    >>> counted(7), counted(10), counted(25)
    ('七', '十', '二十五')
    """
    tens, ones = divmod(number, 10)
    if not 0 < tens < 10:
        return figure_by_figure(number)
    return (_FIGURES[tens] if tens > 1 else "") + "十" + (_FIGURES[ones] if ones else "")


def figure_by_figure(number: int) -> str:
    """A number with a word for each figure.

    >>> figure_by_figure(2023)
    '二〇二三'
    """
    return str(number).translate(str.maketrans("0123456789", _FIGURES))
