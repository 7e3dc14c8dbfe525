"""A report as its page shows it: lines of text, and tables whose cells span columns and rows."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import TypeAlias

from attrs import frozen


@frozen
class Box:
    """A cell as the page shows it.

    Attributes:
        text: what is printed, with the cell's own line breaks.
        across: how many columns it spans.
        down: how many rows it spans.
        path: the cell of the report whose value it prints, ``""`` for a value of no cell, ``None`` for a label.
        narrow: whether its column is so narrow that the page prints its text downwards.
        continued: whether it is the blank rest, behind a page break, of a box that began before.
        gone: whether it is left out, as an extraction may lose it; where columns are told by position it is blank.
    """

    text: str
    across: int = 1
    down: int = 1
    path: str | None = None
    narrow: bool = False
    continued: bool = False
    gone: bool = False


Row: TypeAlias = tuple[Box, ...]


@frozen
class Grid:
    """A table: the boxes that begin in each row, as HTML has them; the first ``head`` rows are column heads."""

    name: str
    rows: tuple[Row, ...]
    width: int
    head: int


class Kind(Enum):
    """What a line of the text is."""

    TITLE = auto()
    HEADING = auto()
    SUBHEADING = auto()
    TEXT = auto()
    SIGNATURE = auto()


@frozen
class Line:
    """A paragraph of the text."""

    text: str
    kind: Kind = Kind.TEXT


Outline: TypeAlias = tuple[Line | Grid, ...]


@frozen
class Slot:
    """One place of the matrix that a grid covers: its box, and whether the box began in a column or row before."""

    box: Box
    from_left: bool = False
    from_above: bool = False


def matrix(grid: Grid) -> list[list[Slot]]:
    """The grid as rows of as many slots as there are columns; a row that lacks boxes ends early."""
    hanging: dict[int, tuple[Slot, int]] = {}
    rows = []
    for row in grid.rows:
        boxes, slots, column = list(row), [], 0
        while boxes or column in hanging:
            if column in hanging:
                slot, left = hanging.pop(column)
                slots.append(slot)
                if left > 1:
                    hanging[column] = slot, left - 1
                column += 1
                continue
            box = boxes.pop(0)
            for offset in range(box.across):
                slots.append(Slot(box, offset > 0, box.continued))
                if box.down > 1:
                    hanging[column + offset] = Slot(box, offset > 0, from_above=True), box.down - 1
            column += box.across
        for column in [each for each in hanging if each >= len(slots)]:
            slot, left = hanging.pop(column)
            if left > 1:
                hanging[column] = slot, left - 1
        rows.append(slots)
    return rows


def has_values(row: Iterable[Box]) -> bool:
    """Whether the row prints values, not heads alone."""
    return any(box.path is not None for box in row)


def own(row: Row) -> list[Box]:
    """The boxes that an extraction cell by cell gives for a row."""
    return [box for box in row if not box.continued and not box.gone]


def lacking(grid: Grid, row: Row) -> int:
    """How many cells fewer than columns the row has, because boxes span several."""
    return max(grid.width - sum(not box.continued for box in row), 0)


def one_line(text: str) -> str:
    """The text of a cell without its own line breaks."""
    return text.replace("\n", " ")
