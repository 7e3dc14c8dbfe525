"""The likely correction: the one cell whose change settles the sums that fail, and breaks none that hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from gxparse.rules.equations import Equation, Side
from gxparse.rules.sheet import Sheet

__all__ = ["Weighed", "corrections"]


@frozen
class Weighed:
    """An equation with what a report makes of its sides."""

    equation: Equation
    left: Side
    right: Side

    @property
    def holds(self) -> bool:
        """Whether the sides are equal, or may be as far as they are known."""
        return self.left.may_equal(self.right)

    @property
    def is_exact(self) -> bool:
        """Whether all that is needed to say so is known."""
        return self.left.is_exact and self.right.is_exact

    def cells(self) -> Iterator[str]:
        """The paths of the cells of both sides."""
        yield from self.equation.left
        yield from self.equation.right

    def missing_in(self, path: str) -> int | None:
        """By how much a cell must grow for the sides to be equal, if that can be told."""
        if not self.is_exact:
            return None
        difference = self.right.known - self.left.known
        return difference if path in self.equation.left else -difference


def corrections(sheet: Sheet, weighed: Iterable[Weighed]) -> Mapping[Equation, str]:
    """For each equation that fails, the correction that settles it, where there is exactly one of a single cell.

    A wrong cell of the table of requests stands where a row and a column fail to add up, so that its place and its
    value follow. In a row of the table of proceedings every cell is in one sum only, and no correction is unique.
    """
    weighed = tuple(weighed)
    sound = {path for each in weighed if each.holds and each.is_exact for path in each.cells()}
    failing = [each for each in weighed if not each.holds]
    suspects = {each.equation: frozenset(each.cells()) - sound for each in failing}
    found = {}
    for group in _connected(failing, suspects):
        shared = frozenset.intersection(*(suspects[each.equation] for each in group))
        fitting = [text for path in sorted(shared) if (text := _correction(sheet, path, group))]
        if len(fitting) == 1:
            found.update(dict.fromkeys((each.equation for each in group), fitting[0]))
    return found


def _connected(failing: list[Weighed], suspects: Mapping[Equation, frozenset[str]]) -> list[list[Weighed]]:
    """The failing equations in groups that have no suspect in common with one another."""
    groups: list[list[Weighed]] = []
    for each in failing:
        touched = [
            group for group in groups if any(suspects[each.equation] & suspects[other.equation] for other in group)
        ]
        groups = [group for group in groups if group not in touched]
        groups.append([each, *(other for group in touched for other in group)])
    return groups


def _correction(sheet: Sheet, path: str, group: list[Weighed]) -> str | None:
    """The change of one cell that settles every equation of a group, or ``None``."""
    needed = {each.missing_in(path) for each in group}
    cell = sheet.cells.get(path)
    if cell is None or len(needed) != 1 or (difference := needed.pop()) is None:
        return None
    before = cell.value or 0
    after = before + difference
    return f"{path}: {'blank' if cell.value is None else before} → {after}" if after >= 0 else None
