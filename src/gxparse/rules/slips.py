"""How numbers come to be wrong: what makes one of several corrections likelier than the others."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from gxparse.rules.sheet import Cell, Sheet, Standing

__all__ = ["Change", "Slip", "slip_of"]


class Slip(Enum):
    """A kind of slip, in Chinese and in English; the likelier ones come first."""

    BLANK = ("漏填数字", "a number was left out")
    EXCHANGED = ("两格数字互换", "the numbers of two cells were exchanged")
    TRANSPOSED = ("相邻两位数字颠倒", "two digits were transposed")
    SHIFTED = ("整行错列", "the row was shifted by one column")
    OTHER = ("其他", "other")


_READ = frozenset({Standing.NUMBER, Standing.BLANK, Standing.NOT_APPLICABLE})


@frozen
class Change:
    """What one cell should hold instead."""

    cell: Cell
    after: int

    @property
    def before(self) -> int:
        """What it counts as now; a cell without a number counts as 0."""
        return _counted(self.cell)

    def __str__(self) -> str:
        if isinstance(self.cell.value, int):
            held = str(self.cell.value)
        else:
            held = "blank" if self.cell.standing.counts_as_zero else "unreadable"
        return f"{self.cell.path}: {held} → {self.after}"


def _counted(cell: Cell) -> int:
    return cell.value if isinstance(cell.value, int) else 0


def slip_of(sheet: Sheet, changes: tuple[Change, ...]) -> Slip:
    """The slip that would explain why some cells hold what they hold; those that cannot be read hold nothing."""
    changes = tuple(change for change in changes if change.cell.standing in _READ)
    if len(changes) == 1:
        return _slip_of_one(*changes)
    if len(changes) == 2 and changes[0].after == changes[1].before and changes[1].after == changes[0].before:
        return Slip.EXCHANGED
    return Slip.SHIFTED if _is_shifted(sheet, changes) else Slip.OTHER


def _slip_of_one(change: Change) -> Slip:
    if change.cell.standing is not Standing.NUMBER:
        return Slip.BLANK
    return Slip.TRANSPOSED if _are_transposed(str(change.before), str(change.after)) else Slip.OTHER


def _are_transposed(before: str, after: str) -> bool:
    """Whether two digits that stand side by side, and nothing else, changed places."""
    return any(
        f"{before[:place]}{before[place + 1]}{before[place]}{before[place + 2 :]}" == after
        for place in range(len(before) - 1)
    )


def _is_shifted(sheet: Sheet, changes: tuple[Change, ...]) -> bool:
    """Whether the numbers of a row, with or without its last, stand one column to the right or left of their own."""
    rows = {change.cell.row for change in changes}
    if len(rows) != 1:
        return False
    row = sheet.rows[rows.pop()]
    should = {change.cell.path: change.after for change in changes}
    before = [_counted(cell) for cell in row]
    after = [should.get(cell.path, _counted(cell)) for cell in row]
    if after[-1] == before[-1]:
        del before[-1], after[-1]
    return after[1:] == before[:-1] or after[:-1] == before[1:]
