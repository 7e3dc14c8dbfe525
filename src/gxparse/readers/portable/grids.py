"""The rules that a page shows, and the grids of cells that they make."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from attrs import define
from pdfminer.layout import LTCurve, LTRect

from gxparse.readers.limits import MAX_CELLS, check
from gxparse.readers.portable.areas import Area, holds

# What is thinner is a rule; rules that are nearer are one.
THIN = 3.0
NEAR = 3.0


def rules_of(shape: LTCurve, area: Area) -> Iterator[Area]:
    """The rules that a shape paints: a thin shape is one, the outline of others has some, a background has none."""
    x0, top, x1, bottom = area
    if bottom - top <= THIN and x1 - x0 > THIN:
        yield x0, (top + bottom) / 2, x1, (top + bottom) / 2
    elif x1 - x0 <= THIN and bottom - top > THIN:
        yield (x0 + x1) / 2, top, (x0 + x1) / 2, bottom
    elif shape.stroke and bottom - top > THIN:
        right, down = x0 - shape.x0, bottom + shape.y0
        points = [(x + right, down - y) for x, y in shape.pts]
        for (x2, y2), (x3, y3) in pairwise([*points, points[0]] if isinstance(shape, LTRect) else points):
            if min(abs(x2 - x3), abs(y2 - y3)) < 0.5 < THIN < max(abs(x2 - x3), abs(y2 - y3)):
                yield min(x2, x3), min(y2, y3), max(x2, x3), max(y2, y3)


class Rule(NamedTuple):
    """A straight rule: where it is, from where to where it runs."""

    at: float
    start: float
    end: float


@define
class Grid:
    """The bounds of the columns and rows of a ruled table, and its cells: row, column, how many of each it spans."""

    xs: list[float]
    ys: list[float]
    cells: list[tuple[int, int, int, int]]
    owners: list[list[int]]

    @property
    def area(self) -> Area:
        """The place of the whole."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_area(self, at: int) -> Area:
        """The place of a cell."""
        row, column, across, down = self.cells[at]
        return self.xs[column], self.ys[row], self.xs[column + across], self.ys[row + down]

    def cell_at(self, area: Area) -> int | None:
        """The cell that the middle of an area lies in."""
        if not holds(self.area, area):
            return None
        column = bisect_right(self.xs, (area[0] + area[2]) / 2, 1, len(self.xs) - 1) - 1
        row = bisect_right(self.ys, (area[1] + area[3]) / 2, 1, len(self.ys) - 1) - 1
        return self.owners[row][column]


def grids_of(rules: Iterable[Area]) -> list[Grid]:
    """The grids that the rules of a page make, the smallest first."""
    rules = list(rules)
    across = _joined([Rule(top, x0, x1) for x0, top, x1, bottom in rules if x1 - x0 > bottom - top])
    down = _joined([Rule(x0, top, bottom) for x0, top, x1, bottom in rules if x1 - x0 <= bottom - top])
    grids = []
    for group_across, group_down in _connected(across, down):
        xs = _bounds(group_down, group_across)
        ys = _bounds(group_across, group_down)
        if len(xs) > 1 and len(ys) > 1:
            grids.append(_grid(xs, ys, group_across, group_down))
    check("页面上的表格", "Tables on a page", len(grids), _MOST_GRIDS)
    return sorted(grids, key=lambda each: (each.xs[-1] - each.xs[0]) * (each.ys[-1] - each.ys[0]))


_MOST_GRIDS = 500


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, those of nearly one position made one position, and those that touch made one rule."""
    found: list[Rule] = []
    group: list[Rule] = []
    last = 0.0
    for rule in [*sorted(rules), Rule(float("inf"), 0, 0)]:
        if group and rule.at - last > NEAR:
            at = (group[0].at + last) / 2
            group.sort(key=lambda each: each.start)
            start, end = group[0][1:]
            for _, next_start, next_end in group[1:]:
                if next_start > end + NEAR:
                    found.append(Rule(at, start, end))
                    start = next_start
                    end = next_end
                end = max(end, next_end)
            found.append(Rule(at, start, end))
            group = []
        group.append(rule)
        last = rule.at
    return found


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules in groups of those that meet."""
    meets: dict[Rule, list[int]] = {}
    tried = 0
    positions = [rule.at for rule in down]
    for rule in across:
        nearby = range(bisect_left(positions, rule.start - NEAR), bisect_right(positions, rule.end + NEAR))
        tried += len(nearby)
        check("页面上表格线的交点", "Crossings of rules on a page", tried, MAX_CELLS)
        meets[rule] = [at for at in nearby if down[at].start - NEAR <= rule.at <= down[at].end + NEAR]
    by_down: defaultdict[int, list[Rule]] = defaultdict(list)
    for rule, others in meets.items():
        for at in others:
            by_down[at].append(rule)
    alone = [rule for at, rule in enumerate(down) if at not in by_down]
    seen: set[Rule] = set()
    for first in across:
        waiting, group, met = [first], set[Rule](), set[int]()
        while waiting:
            rule = waiting.pop()
            if rule in seen:
                continue
            seen.add(rule)
            group.add(rule)
            for at in meets[rule]:
                if at not in met:
                    met.add(at)
                    waiting += by_down[at]
        if met:
            yield sorted(group), sorted({down[at] for at in met} | _beside([down[at] for at in met], alone))


def _beside(rules: Sequence[Rule], alone: Iterable[Rule]) -> set[Rule]:
    """The rules that run just along a table and meet none of it: beside a cell that begins and ends on other pages."""
    first, last = min(rule.start for rule in rules), max(rule.end for rule in rules)
    return {rule for rule in alone if abs(rule.start - first) < NEAR and abs(rule.end - last) < NEAR}


def _bounds(rules: Sequence[Rule], others: Sequence[Rule]) -> list[float]:
    """The positions of the rules, and those where the rules across them go on to an open side of the table."""
    positions = sorted({rule.at for rule in rules})
    first, last = min(rule.start for rule in others), max(rule.end for rule in others)
    before = [first] if positions[0] - first > _OPEN else []
    return before + positions + ([last] if last - positions[-1] > _OPEN else [])


_OPEN = 6.0


def _grid(xs: list[float], ys: list[float], across: Iterable[Rule], down: Iterable[Rule]) -> Grid:
    """The grid with these bounds; slots that no rule parts are one cell."""
    rows, columns = len(ys) - 1, len(xs) - 1
    below = _walls(across, ys, xs)
    right = _walls(down, xs, ys)
    owners = [[-1] * columns for _ in range(rows)]
    cells: list[tuple[int, int, int, int]] = []
    for row in range(rows):
        for column in range(columns):
            if owners[row][column] >= 0:
                continue
            end = column + 1
            while end < columns and owners[row][end] < 0 and row not in right[end]:
                end += 1
            bottom = row + 1
            while (
                bottom < rows
                and not any(each in below[bottom] for each in range(column, end))
                and not any(bottom in right[each] for each in range(column + 1, end))
            ):
                bottom += 1
            for each in range(row, bottom):
                owners[each][column:end] = [len(cells)] * (end - column)
            cells.append((row, column, end - column, bottom - row))
    return Grid(xs, ys, cells, owners)


def _walls(rules: Iterable[Rule], positions: Sequence[float], slots: Sequence[float]) -> list[set[int]]:
    """For each position the slots along which a rule runs there."""
    index = {position: at for at, position in enumerate(positions)}
    walls: list[set[int]] = [set() for _ in positions]
    middles = [(first + last) / 2 for first, last in pairwise(slots)]
    for rule in rules:
        walls[index[rule.at]].update(range(bisect_left(middles, rule.start), bisect_right(middles, rule.end)))
    return walls
