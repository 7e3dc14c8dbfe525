"""Tables whose cells span rows and columns: each cell is kept once, at the column of the page where it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from gxparse.document import Cell, Location, Row, Table
from gxparse.readers.limits import MAX_COLUMNS, MAX_SPAN
from gxparse.readers.lines import is_number


class Box(NamedTuple):
    """A cell as a format describes it: its text, and how many columns and rows it spans."""

    text: str
    across: int = 1
    down: int = 1
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


def table_of(rows: Iterable[Sequence[Box]], number: int, *, with_spans: bool = True) -> Table:
    """The table whose rows hold these boxes; ``number`` is that of the table in the document.

    A place names the row of the table and the column of the page, both from 1. Spans are cut to the limits, and rows
    that only hold what spans down from above are left out. ``with_spans`` says whether the format tells how far cells
    span.

    >>> table = table_of([[Box("规章", 1, 2), Box("1")], [Box("2")]], 1)
    >>> [[(cell.text, cell.location.row, cell.location.cell) for cell in row.cells] for row in table.rows]
    [[('规章', 1, 1), ('1', 1, 2)], [('2', 2, 2)]]
    """
    found: list[Sequence[Cell]] = []
    widths: list[int] = []
    below: dict[int, int] = {}
    for at, boxes in enumerate(rows, 1):
        cells: list[Cell] = []
        spanned, below = below, {column: left - 1 for column, left in below.items() if left > 1}
        column = 1
        for text, across, down, page, box in boxes:
            while column in spanned:
                column += 1
            cells.append(_new(Cell, (text, _new(Location, (None, None, number, at, column, page, box)))))
            across = 1 if across <= 1 else min(across, MAX_COLUMNS)
            if down > 1:
                below |= dict.fromkeys(range(column, column + across), min(down, MAX_SPAN) - 1)
            column += across
        if cells:
            found.append(cells)
            widths.append(max(column - 1, *spanned) if spanned else column - 1)
    return Table(rows_of(found, widths, with_spans=with_spans))


# A report has hundreds of cells: the named tuples are made as the tuples they are.
_new = tuple.__new__


# A table of which this part of the rows has one width has no other rows but by mistake.
_USUAL = Fraction(2, 3)


def rows_of(rows: Sequence[Sequence[Cell]], widths: Sequence[int], *, with_spans: bool = True) -> tuple[Row, ...]:
    """Rows of cells with the columns of each, spans counted.

    Where nearly all rows have as many columns, the others are ragged. Where they have not, and the format says how far
    cells span, those are that have not the columns of the heads above them.
    """
    usual, times = Counter(widths).most_common(1)[0] if widths else (0, 0)
    lines = [_Line(cells, width) for cells, width in zip(rows, widths, strict=True)]
    if times >= _USUAL * len(widths):
        return tuple([Row(tuple(line.cells), line.width != usual) for line in lines])
    if not with_spans:
        return tuple([Row(tuple(line.cells)) for line in lines])
    starts = [at for at, line in enumerate(lines) if at and line.is_of_heads]
    blocks = [lines[begin:end] for begin, end in pairwise([0, *starts, len(lines)])]
    return tuple([row for block in blocks for row in _under_heads(block)])


class _Line(NamedTuple):
    """The cells of a row, and the columns that it goes over."""

    cells: Sequence[Cell]
    width: int

    @property
    def texts(self) -> list[str]:
        """What stands in its cells that are not blank."""
        return [text for text, _ in self.cells if text.strip()]

    @property
    def is_of_heads(self) -> bool:
        """Whether it holds several texts and no number."""
        return len(self.texts) > _HEADS and not any(map(is_number, self.texts))

    def is_ragged(self, width: int) -> bool:
        """Whether cells are missing in a row of a table, or one too many may have moved others to the right."""
        if self.width <= width:
            return self.width < width
        filled = "".join("x" if text.strip() else " " for text, _ in self.cells)
        return " " in filled.strip() or filled.endswith("x")


# Rows of heads have more texts than these; those of section two have not more than four.
_HEADS, _HEADS_OF_SECTION_TWO = 2, 4


def _under_heads(block: Sequence[_Line]) -> Iterator[Row]:
    """The rows from a row of heads to the next, of which those are ragged that have not its columns.

    Below the many heads of sections three and four, those have the columns of the table that most rows have.
    """
    heads, *below = block
    if not heads.is_of_heads:
        yield from [Row(tuple(line.cells)) for line in block]
        return
    width = heads.width
    counted = Counter(line.width for line in below if line.texts)
    if counted and len(heads.texts) > _HEADS_OF_SECTION_TWO:
        usual, times = counted.most_common(1)[0]
        width = usual if times * 2 > counted.total() else width
    yield from [Row(tuple(line.cells), line.is_ragged(width)) for line in block]
