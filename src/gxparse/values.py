"""The number in a cell: the one that is printed, or none."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gxparse import normalise
from gxparse.grammar import Token
from gxparse.records import CellValue

_MONEY = re.compile(r"(?:亿|万)?元")
_DIGITS = re.compile(r"[+-]?[0-9,]+(?:\.[0-9]+)?")
_NOTE = re.compile(r"\(.*\)$")


class Reading(NamedTuple):
    """What a cell says.

    Attributes:
        value: the number, ``None`` where the cell is blank or cannot be read.
        unit: the unit printed in the cell.
        in_words: whether more than the bare number is printed.
    """

    value: CellValue = None
    unit: str | None = None
    in_words: bool = False


_NOTHING = Reading()


def read(cell: Token, kind: type, *, is_change: bool = False) -> Reading:
    """Reads the cell of a column.

    Args:
        cell: the cell, its type one of the terminals that ``cells`` names in the grammar.
        kind: ``int`` for a count, ``Decimal`` for an amount of money.
        is_change: whether the column is 本年增/减, in which reports write 增加2 and 减3.
    """
    type, text = cell.type, cell.text
    if type not in _WITH_NUMBER or len(text) > _LONGEST:
        return _NOTHING
    if kind is int and text.isdigit() and text.isascii():
        # Nearly every cell; no two need be alike, so that remembering them is of no use.
        return _new(Reading, (int(text), None, False))
    return _read(type, text, kind, is_change=is_change)


_new = tuple.__new__
_WITH_NUMBER = frozenset({"NUMBER", "QUANTITY", "INCREASE", "DECREASE"})
_LONGEST = 240


@lru_cache(maxsize=4096)
def _read(terminal: str, text: str, kind: type, *, is_change: bool) -> Reading:
    text = normalise.fold_number(text)
    if terminal == "NUMBER":
        return Reading(_number(text, kind))
    if terminal == "QUANTITY":
        return _quantity(text, kind)
    return _change(text, terminal) if is_change else _NOTHING


def _number(digits: str, kind: type) -> CellValue:
    return _amount(digits) if kind is Decimal else _count(digits)


def _amount(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _count(digits: str) -> int | None:
    number = _amount(digits)
    return int(number) if number == number.to_integral_value() else None


def _quantity(text: str, kind: type) -> Reading:
    digits = _DIGITS.match(text)
    if digits is None:
        return _NOTHING
    unit = _NOTE.sub("", text[digits.end() :]).strip() or None
    if unit and bool(_MONEY.fullmatch(unit)) is not (kind is Decimal):
        return _NOTHING
    return Reading(_number(digits[0], kind), unit, in_words=True)


def _change(text: str, direction: str) -> Reading:
    digits = _DIGITS.search(text)
    if digits is None or digits[0].startswith(("+", "-")):
        return _NOTHING
    number = _count(digits[0])
    if number is None:
        return _NOTHING
    return Reading(-number if direction == "DECREASE" else number, in_words=True)


def unit_in(head: str) -> str | None:
    """The unit of money that the head of a column names.

    >>> unit_in("本年收费金额（单位：万元）")
    '万元'
    """
    match = _MONEY.search(normalise.simplified(normalise.squeeze(head)))
    return match[0] if match else None
