"""What a cell counts for where the cells of several reports are compared."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from gxparse.rules.sheet import Cell, Sheet, Standing

__all__ = ["Number", "Quantity", "quantity", "sure_quantity"]

Number: TypeAlias = int | Decimal

# No report counts as far as this; decimals that differ by more cannot be added exactly.
_LIMIT = 10**18


@frozen
class Quantity:
    """What a cell counts for: its number, or 0 where it is blank."""

    number: Number
    is_blank: bool = False

    @property
    def zh(self) -> str:
        """The number as a message has it, in Chinese."""
        return "空白（按 0 计）" if self.is_blank else str(self.number)

    @property
    def en(self) -> str:
        """The same in English."""
        return "blank (counted as 0)" if self.is_blank else str(self.number)


def quantity(cell: Cell | None) -> Quantity | None:
    """What a cell counts for, or ``None`` where that is not known or the report has no such cell.

    A blank counts as 0, as it does in the sums within a report.
    """
    if cell is None:
        return None
    if cell.standing.counts_as_zero:
        return Quantity(0, is_blank=True)
    if cell.standing is not Standing.NUMBER or cell.value is None:
        return None
    return Quantity(cell.value) if -_LIMIT < cell.value < _LIMIT else None


def sure_quantity(sheet: Sheet, path: str) -> Quantity | None:
    """What a cell counts for in a report by which another one is measured.

    A blank is no 0 there if the total of its row shows that something belongs in it: many an office fills in the totals
    only, or everything but them.
    """
    found = quantity(sheet.cells.get(path))
    return None if found and found.is_blank and not _adds_up(sheet, path.rpartition(".")[0]) else found


def _adds_up(sheet: Sheet, row: str) -> bool:
    """Whether a row has no total, or one that is the sum of its other cells, the blanks counted as 0."""
    *parts, total = map(quantity, sheet.rows[row])
    if f"{row}.total" not in sheet.cells:
        return True
    return total is not None and total.number == sum(each.number for each in parts if each)
