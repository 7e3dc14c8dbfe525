"""Arithmetic with the numbers of reports that is exact, or not done at all, whatever the caller's decimal context."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from functools import reduce
from typing import TypeAlias

__all__ = ["Number", "difference", "total"]

Number: TypeAlias = int | Decimal

# No record that a parser makes holds numbers so long that this would round them.
_EXACT = Context(prec=400, traps=[Inexact, InvalidOperation, Overflow])


def total(numbers: Iterable[Number]) -> Number | None:
    """The sum of some numbers, which is an integer if they are; ``None`` where it is too long.

    >>> total([Decimal("0.1"), Decimal("1E+30"), 2]), total([Decimal("1E+500"), 1])
    (Decimal('1000000000000000000000000000002.1'), None)
    """
    others = iter(numbers)
    try:
        return reduce(_added, others, next(others, 0))
    except ArithmeticError:
        return None


def difference(one: Number, other: Number) -> Number | None:
    """The first number less the second; ``None`` where it is too long.

    >>> difference(5, 7), difference(Decimal("0.10"), 1)
    (-2, Decimal('-0.90'))
    """
    if isinstance(one, int) and isinstance(other, int):
        return one - other
    try:
        return _EXACT.subtract(Decimal(one), Decimal(other))
    except ArithmeticError:
        return None


def _added(one: Number, other: Number) -> Number:
    if isinstance(one, int) and isinstance(other, int):
        return one + other
    return _EXACT.add(Decimal(one), Decimal(other))
