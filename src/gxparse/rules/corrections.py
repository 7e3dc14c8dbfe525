"""The likely correction: the smallest set of cells whose change settles the sums that fail, and breaks none.

Every cell stands in one to three equations. A wrong number makes all of them fail, and all by as much; from that follow
its place and its value. The steps are: one cell; two cells; the cells of one row. Sums that have nothing to do with one
another are settled one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from attrs import evolve, field, frozen

from gxparse.rules.equations import Equation, System, Weighed, weigh
from gxparse.rules.sheet import Sheet
from gxparse.rules.slips import Change, Slip, slip_of

__all__ = ["Proposal", "proposals"]

# Equations are known by their number in the system.
_Group: TypeAlias = frozenset[int]

# Two cells stand in no more than five equations and a row in no more than fifteen. Where more fail nothing is said.
_MOST_OF_TWO_CELLS = 5
_MOST_OF_A_ROW = 15


@frozen
class Proposal:
    """What may be wrong where sums fail.

    Attributes:
        corrections: the smallest sets of changes that settle the sums, all of the same slip; totals come first.
        slip: the slip that would explain them.
        others: how many sets as small would settle the sums as well, but are less likely; ``None`` if there are some
            that were not counted.
    """

    corrections: tuple[tuple[Change, ...], ...]
    slip: Slip
    others: int | None

    @classmethod
    def of(cls, sheet: Sheet, fitting: Iterable[Mapping[str, int]], *, are_all: bool) -> Proposal:
        """The likeliest of sets of changes, which may not be all that there are."""
        order = {path: place for place, path in enumerate(sheet.cells)}
        sets = sorted(
            (sorted(changes.items(), key=lambda item: order[item[0]]) for changes in fitting),
            key=lambda items: (not items[-1][0].endswith(".total"), [order[path] for path, _ in items]),
        )
        found: dict[Slip, list[tuple[Change, ...]]] = {}
        for items in sets:
            changes = tuple(Change(sheet.cells[path], after) for path, after in items)
            found.setdefault(slip_of(sheet, changes), []).append(changes)
        likeliest = next(slip for slip in Slip if slip in found)
        return cls(tuple(found[likeliest]), likeliest, len(sets) - len(found[likeliest]) if are_all else None)


@frozen
class _Candidate:
    """Changes that could be a correction.

    Attributes:
        changes: the changes.
        settled: the failing equations in which the cells stand.
        is_divisible: whether some of the changes might as well stand in another row.
    """

    changes: Mapping[str, int]
    settled: _Group
    is_divisible: bool = False


def proposals(sheet: Sheet, system: System, weighed: Sequence[Weighed]) -> Mapping[Equation, Proposal]:
    """For each equation that fails, what would settle it and those that fail with it, where anything small does."""
    sums = _Sums(sheet, system, weighed)
    left = _union(group for group in sums.groups(sums.failing, ()) if len(group) <= _MOST_OF_A_ROW)
    found: dict[Equation, Proposal] = {}
    for step in (sums.of_one_cell, sums.of_two_cells, sums.of_one_row):
        candidates = list(step(left))
        for group in sums.groups(left, candidates):
            tried = [(sums.completed(each.changes), each) for each in candidates if each.settled == group]
            if fitting := [(changes, each) for changes, each in tried if changes]:
                are_all = not any(each.is_divisible for _, each in fitting)
                proposal = Proposal.of(sheet, [changes for changes, _ in fitting], are_all=are_all)
                # Of changes that may stand in several rows only a slip of the whole row says in which.
                if are_all or proposal.slip is Slip.SHIFTED:
                    found.update((system.equations[number], proposal) for number in group)
                left -= group
    return found


def _union(groups: Iterable[_Group]) -> _Group:
    return frozenset().union(*groups)


@frozen
class _Sums:
    """The equations of a report with what it makes of them."""

    sheet: Sheet
    system: System
    weighed: Sequence[Weighed]
    failing: _Group = field(init=False)
    sound: _Group = field(init=False)

    @failing.default
    def _failing(self) -> _Group:
        return frozenset(number for number, each in enumerate(self.weighed) if not each.holds)

    @sound.default
    def _sound(self) -> _Group:
        return frozenset(number for number, each in enumerate(self.weighed) if each.is_exact and each.holds)

    # ── The steps ────────────────────────────────────────────────────────────────────────────────────────────────────

    def of_one_cell(self, left: _Group) -> Iterator[_Candidate]:
        """The cells that must all their equations grow or shrink by as much."""
        for path in self._cells_of(left):
            if growth := self._growth(path):
                yield self._candidate({path: growth})

    def of_two_cells(self, left: _Group) -> Iterator[_Candidate]:
        """Two cells that have an equation in common, or two that have none."""
        groups = [group for group in self.groups(left, ()) if len(group) <= _MOST_OF_TWO_CELLS]
        yield from self._of_two_in_one_equation(_union(groups))
        for group in groups:
            for one, other in combinations(self.of_one_cell(group), 2):
                if one.settled | other.settled == group:
                    yield _Candidate({**one.changes, **other.changes}, group)

    def _of_two_in_one_equation(self, left: _Group) -> Iterator[_Candidate]:
        """Two cells of which each settles its other equations, and that settle the one they share together."""
        halves: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
        for path in self._cells_of(left):
            for number, sign in self.system.places[path]:
                if growth := self._growth(path, but=number):
                    halves[number].append((sign * growth, path, growth))
        for number, all_halves in halves.items():
            missing = self._missing(number)
            seen: dict[int, list[tuple[str, int]]] = defaultdict(list)
            for share, path, growth in all_halves:
                for other, its_growth in seen.get(missing - share, ()):
                    yield self._candidate({other: its_growth, path: growth})
                seen[share].append((path, growth))

    def of_one_row(self, left: _Group) -> Iterator[_Candidate]:
        """The cells of a row of the table of requests, each changed as its column asks for."""
        if not left:
            return
        for number, each in enumerate(self.weighed):
            if each.equation.code == "GX303":
                row = (path for path in each.cells() if path in self.sheet.cells)
                growths = {path: growth for path in row if (growth := self._growth(path, but=number))}
                if growths:
                    yield evolve(self._candidate(growths), is_divisible=self._is_divisible(number, growths))

    def _is_divisible(self, number: int, growths: Mapping[str, int]) -> bool:
        """Whether some changes of a row leave its sum as it is, and would do as well in another row."""
        signed = {path: dict(self.system.places[path])[number] * growth for path, growth in growths.items()}
        for size in range(2, len(growths)):
            for some in combinations(growths, size):
                if sum(signed[path] for path in some) == 0 and self._fit_elsewhere(number, some):
                    return True
        return False

    def _fit_elsewhere(self, number: int, paths: Iterable[str]) -> bool:
        """Whether cells of another row, whose sum holds, could be changed instead of these."""
        columns = [path.rpartition(".")[2] for path in paths]
        rows = (
            (other, self.weighed[other].equation.path.rpartition(".")[0])
            for other in self.sound
            if other != number and self.weighed[other].equation.code == "GX303"
        )
        return any(all(self._growth(f"{row}.{column}", but=other) for column in columns) for other, row in rows)

    # ── What the equations say ───────────────────────────────────────────────────────────────────────────────────────

    def groups(self, left: _Group, candidates: Iterable[_Candidate]) -> list[_Group]:
        """The failing equations in groups that share no cell that may be wrong, and no candidate."""
        around = (frozenset(number for number, _ in self.system.places[path]) for path in self._cells_of(left))
        links = {left & numbers for numbers in around if numbers.isdisjoint(self.sound)}
        links |= {each.settled for each in candidates if each.settled <= left}
        groups = [frozenset({number}) for number in left]
        for link in links:
            touched = [group for group in groups if group & link]
            if len(touched) > 1:
                groups = [*(group for group in groups if group not in touched), _union(touched)]
        return groups

    def completed(self, changes: Mapping[str, int]) -> Mapping[str, int] | None:
        """The changes with what then follows for cells that cannot be read, if the equations hold with them."""
        missing: dict[int, int] = {}
        for path, after in changes.items():
            for number, sign in self.system.places[path]:
                growth = sign * (after - self._counted(path))
                missing[number] = missing.get(number, self._missing(number)) - growth
        open_ones = [number for number in missing if not self.weighed[number].is_exact]
        if any(still for number, still in missing.items() if self.weighed[number].is_exact):
            return None
        if not all(weigh(self.sheet, self.system.equations[number], changes).holds for number in open_ones):
            return None
        following: dict[str, int] = {}
        for path in {gap for number in open_ones for gap in self.weighed[number].gaps()}:
            numbers = self._following(path, changes)
            if len(numbers) > 1:
                return None
            cell = self.sheet.cells.get(path)
            if numbers and cell is not None and cell.raw is not None:
                following[path] = numbers.pop()
        return {**changes, **following}

    def _following(self, path: str, changes: Mapping[str, int]) -> set[int]:
        """The numbers that the equations leave for a cell that cannot be read, if others are changed."""
        numbers = set()
        for number, sign in self.system.places[path]:
            each = weigh(self.sheet, self.system.equations[number], changes)
            own, other = (each.left, each.right) if sign == 1 else (each.right, each.left)
            if other.is_exact and own.gaps == (path,):
                numbers.add(other.known - own.known)
        return numbers

    def _cells_of(self, left: _Group) -> dict[str, None]:
        """The cells of some equations, each once."""
        return {path: None for number in left for path in self.weighed[number].cells() if path in self.sheet.cells}

    def _candidate(self, growths: Mapping[str, int]) -> _Candidate:
        around = frozenset(number for path in growths for number, _ in self.system.places[path])
        return _Candidate(
            {path: self._counted(path) + growth for path, growth in growths.items()}, self.failing & around
        )

    def _growth(self, path: str, but: int | None = None) -> int | None:
        """By how much a cell must grow for all its equations, but for one, to hold, if they agree on that."""
        agreed = None
        for number, sign in self.system.places[path]:
            if number != but and self._leaves_a_number(number, sign):
                growth = sign * self._missing(number)
                if agreed not in (None, growth):
                    return None
                agreed = growth
        return None if agreed is None or self._counted(path) + agreed < 0 else agreed

    def _leaves_a_number(self, number: int, sign: int) -> bool:
        """Whether an equation tells what a cell of one of its sides must hold."""
        left, right = self.weighed[number].left, self.weighed[number].right
        own, other = (left, right) if sign == 1 else (right, left)
        return other.is_exact and not own.gaps

    def _missing(self, number: int) -> int:
        """By how much the left side of an equation must grow for it to hold."""
        return self.weighed[number].right.known - self.weighed[number].left.known

    def _counted(self, path: str) -> int:
        value = self.sheet.cells[path].value
        return value if isinstance(value, int) else 0
