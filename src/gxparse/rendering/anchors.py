"""Where on the page of a report stands what a finding speaks of: a cell, the label of a row, a table, a section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import field, frozen

from gxparse.records import SECTIONS, TABLE_CLASSES, labels_of
from gxparse.rendering.outline import Box, Grid, Kind, Line, Outline

__all__ = ["REPORT", "Anchors", "Spot"]

#: The anchor of what is said of the report as a whole.
REPORT = "report"

# What of a report is no section is said of its opening lines or of its last ones.
_LINES = {"preamble": Kind.TEXT, "period": Kind.TEXT, "issued_by": Kind.SIGNATURE, "issued_on": Kind.SIGNATURE}
_KINDS = {Kind.TEXT: "preamble", Kind.SIGNATURE: "signature"}

#: A box of a table: the number of its row and its number in the row.
Spot: TypeAlias = tuple[int, int]


@frozen
class Anchors:
    """The places of an outline that findings can point at, each under the path of what stands there.

    Attributes:
        outline: the report as it stands on the page.
        tables: for each of the three tables, the anchor of each box that has one.
    """

    outline: Outline
    tables: Mapping[str, Mapping[Spot, str]] = field(init=False)
    _anchor_of: Mapping[str, str] = field(init=False)

    @tables.default
    def _of_boxes(self) -> dict[str, dict[Spot, str]]:
        return {grid.name: _named(grid) for grid in self.grids()}

    @_anchor_of.default
    def _of_paths(self) -> dict[str, str]:
        found = {name: name for name in (*SECTIONS, REPORT)}
        lines = {block.kind for block in self.opening() + self.closing()}
        found.update({name: _KINDS[kind] for name, kind in _LINES.items() if kind in lines})
        for grid in self.grids():
            named = self.tables[grid.name]
            found[grid.name] = grid.name
            found.update({path: named[spot] for path, spot in _spots(grid).items()})
        return found

    def grids(self) -> tuple[Grid, ...]:
        """The three tables of the form, without others of their kinds behind them."""
        first: dict[str, Grid] = {}
        for block in self.outline:
            if isinstance(block, Grid):
                first.setdefault(block.name, block)
        return tuple(first.values())

    def opening(self) -> tuple[Line, ...]:
        """The lines between the title and the first heading."""
        first = next((at for at, block in enumerate(self.outline) if _is(block, Kind.HEADING)), len(self.outline))
        return tuple(block for block in self.outline[:first] if isinstance(block, Line) and block.kind is Kind.TEXT)

    def closing(self) -> tuple[Line, ...]:
        """The lines with the agency and the date at the end."""
        return tuple(block for block in self.outline if isinstance(block, Line) and block.kind is Kind.SIGNATURE)

    def of(self, path: str) -> str:
        """The anchor of a path, or the nearest of those above it.

        >>> Anchors(()).of("requests.received.total")
        'report'
        """
        while path:
            if path in self._anchor_of:
                return self._anchor_of[path]
            path = path.rpartition(".")[0]
        return REPORT


def _is(block: Line | Grid, kind: Kind) -> bool:
    return isinstance(block, Line) and block.kind is kind


def _named(grid: Grid) -> dict[Spot, str]:
    """The boxes that are told apart; of several paths with one box, the first names it."""
    named: dict[Spot, str] = {}
    for path, spot in _spots(grid).items():
        named.setdefault(spot, path)
    return named


def _spots(grid: Grid) -> dict[str, Spot]:
    """The box of each cell, and the box with the label of each row and group of rows, by their paths."""
    cells = {
        box.path: (number, place) for number, row in enumerate(grid.rows) for place, box in enumerate(row) if box.path
    }
    labels: dict[str, Spot] = {}
    for path, (number, _) in cells.items():
        for above in _above(path):
            if above not in labels and (spot := _label(grid, number, above)):
                labels[above] = spot
    return {**labels, **cells}


def _above(path: str) -> Iterable[str]:
    """The rows and groups of rows that a cell belongs to, from the outside in."""
    parts = path.split(".")
    return [".".join(parts[:depth]) for depth in range(2, len(parts))]


def _label(grid: Grid, number: int, path: str) -> Spot | None:
    """The box that prints the label of a row whose first cell is in the row of boxes of this number."""
    label = labels_of(TABLE_CLASSES[grid.name], path)[-1]
    beside = [((number, place), box) for place, box in enumerate(grid.rows[number]) if box.path is None]
    anywhere = [((at, place), box) for at, row in enumerate(grid.rows) for place, box in enumerate(row)]
    for spot, box in (*beside, *anywhere):
        if _says(box, label):
            return spot
    return beside[-1][0] if beside else None


def _says(box: Box, label: str) -> bool:
    return box.path is None and box.text == label
