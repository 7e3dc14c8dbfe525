"""Tables whose cells span rows and columns: each cell is kept once, at the column of the page where it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
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
    """Rows of cells with the columns of each, spans counted: where nearly all have as many, the others are ragged.

    Where they have not, those are that have not as many as the heads above them, if it is known how far these span.
    """
    usual, times = Counter(widths).most_common(1)[0] if widths else (0, 0)
    if times >= _USUAL * len(widths):
        return tuple([Row(tuple(cells), width != usual) for cells, width in zip(rows, widths, strict=True)])
    found = []
    of_heads: int | None = None
    for cells, width in zip(rows, widths, strict=True):
        if with_spans and _is_of_heads(cells):
            of_heads = width
        found.append(Row(tuple(cells), of_heads is not None and width != of_heads))
    return tuple(found)


def _is_of_heads(cells: Sequence[Cell]) -> bool:
    """Whether a row holds several texts and no number."""
    texts = [text for text, _ in cells if text.strip()]
    return len(texts) > _HEADS and not any(map(is_number, texts))


_HEADS = 2
