"""Text for a terminal: aligned for characters that are two columns wide, and free of control characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

__all__ = ["align", "pad", "printable", "width"]

_ZERO_WIDTH = ("Mn", "Me", "Cf")
_DOUBLE_WIDTH = ("W", "F")


def width(text: str) -> int:
    """The number of columns that a text takes in a terminal.

    >>> width("第3行")
    5
    """
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _DOUBLE_WIDTH else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """The text filled up with blanks to a number of columns, on its left side if it is to stand on the right."""
    blanks = " " * (columns - width(text))
    return blanks + text if right else text + blanks


def align(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> list[str]:
    """Rows of cells as lines whose columns stand below each other.

    >>> for line in align([["规章", "1"], ["normative", "12"]], right={1}):
    ...     print(line)
    规章        1
    normative  12

    Args:
        rows: the cells of each row; rows may be of different length.
        right: the columns, counted from 0, whose texts stand on the right.
    """
    count = max(map(len, rows), default=0)
    columns = [max(width(row[i]) for row in rows if i < len(row)) for i in range(count)]
    return ["  ".join(pad(cell, columns[i], right=i in right) for i, cell in enumerate(row)).rstrip() for row in rows]


def printable(text: str) -> str:
    r"""The text on one line, with white space as blanks and control characters written out.

    Texts of a report come from anywhere: they may hold what moves the cursor or colours the screen.

    >>> printable("本单位\n无\x1b[31m")
    '本单位 无\\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escaped(character) for character in text)


def _escaped(character: str) -> str:
    return " " if character.isspace() else character.encode("unicode_escape").decode("ascii")
