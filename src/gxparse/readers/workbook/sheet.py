"""A sheet, whatever format it came in, and its rows as tables and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby
from typing import TypeAlias

from attrs import define, field

from gxparse.document import Cell, Document, Location, Paragraph, Row, Table
from gxparse.readers import limits
from gxparse.readers.lines import is_number
from gxparse.readers.workbook.looks import unreadable, unsure

#: A row and a column, and the last row and column, from 1.
Area: TypeAlias = tuple[int, int, int, int]


def column_of(letters: str) -> int:
    """A column by its letters.

    >>> column_of("AB")
    28
    """
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


@define
class Sheet:
    """The cells of a sheet by row and column, each from 1; of merged cells only the first, and how far it spans."""

    number: int
    rows: dict[int, dict[int, str]] = field(factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(factory=dict)
    covered: set[tuple[int, int]] = field(factory=set)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: set[int] = field(factory=set)
    cells: int = 0
    cells_merged: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Keeps the text of a cell, if there is any; two texts in one place are not to be read."""
        if text := text.strip():
            known = self.rows.setdefault(row, {})
            known[column] = unreadable(f"{known[column]} {text}") if column in known else text
            self.cells += 1
            limits.check("单元格", "Cells of all tables", self.cells, limits.MAX_CELLS)

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Takes cells for one, which begins at the first of them."""
        last_row, last_column = min(last_row, row + limits.MAX_SPAN), min(last_column, column + limits.MAX_COLUMNS)
        self.merged[row, column] = last_row, last_column
        self.cells_merged += (last_row - row + 1) * (last_column - column + 1)
        limits.check("单元格", "Cells of all tables", self.cells_merged, limits.MAX_CELLS)
        self.covered |= {(r, c) for r in range(row, last_row + 1) for c in range(column, last_column + 1)}
        self.covered.discard((row, column))

    def make_unsure(self, areas: Iterable[Area], tried: Iterator[int]) -> None:
        """Makes the cells of areas unreadable, as where a condition changes their print; ``tried`` counts the rows."""
        for top, left, bottom, right in areas:
            for row in range(top, bottom + 1) if bottom - top < len(self.rows) else self.rows:
                limits.check("条件格式", "Rows under conditional formats", next(tried), limits.MAX_CELLS)
                cells = self.rows.get(row, {}) if top <= row <= bottom else {}
                for column in cells:
                    if left <= column <= right:
                        cells[column] = unsure(cells[column])

    def end(self, row: int, column: int) -> int:
        """The last column of a cell."""
        return self.merged.get((row, column), (row, column))[1]

    def is_across(self, row: int, column: int, last: int) -> bool:
        """Whether a cell is merged with all cells of its row up to the last."""
        return column < last <= self.end(row, column)


_Columns: TypeAlias = Mapping[int, Sequence[int]]


# ── Rows, tables and paragraphs ──────────────────────────────────────────────────────────────────────────────────────


def document_of(sheets: Iterable[Sheet]) -> Document:
    """The document of the sheets, each of which is a table in its places."""
    blocks: list[Paragraph | Table] = []
    given = 0
    for sheet in sheets:
        for block in _blocks(sheet):
            given += 1 if isinstance(block, Paragraph) else sum(len(row.cells) for row in block.rows)
            limits.check("单元格", "Cells of all tables", given, limits.MAX_CELLS)
            blocks.append(block)
    return Document(tuple(blocks))


def _blocks(sheet: Sheet) -> Iterator[Paragraph | Table]:
    """The rows of a sheet as tables, and as paragraphs those that are none."""
    filled = {row: columns for row in sorted(sheet.rows) if (columns := _filled(sheet, row))}
    for _, group in groupby(enumerate(filled), lambda entry: entry[1] - entry[0]):
        for part in _parts(sheet, [row for _, row in group], filled):
            yield from _part(sheet, part, filled)


def _filled(sheet: Sheet, row: int) -> list[int]:
    """The columns of the cells with text that a row shows."""
    if row in sheet.hidden_rows:
        return []
    columns = [
        each for each in sheet.rows[row] if each not in sheet.hidden_columns and (row, each) not in sheet.covered
    ]
    limits.check("列", "Columns", max(columns, default=0), limits.MAX_COLUMNS)
    return sorted(columns)


def _parts(sheet: Sheet, rows: Sequence[int], filled: _Columns) -> Iterator[Sequence[int]]:
    """Rows that stand one below the other, parted where another table begins.

    The columns of a table all have heads: a row that has a cell in between them is of another table, which begins
    behind the last row that has numbers, or with the last text that stands by itself.
    """
    columns: set[int] = set()
    values: set[int] = set()
    start = 0
    cut: int | None = None
    for at, row in enumerate(rows):
        if cut is not None and _are_between(filled[row], columns, values):
            yield rows[start:cut]
            columns, values = set().union(*(filled[each] for each in rows[cut:at])), set()
            start, cut = cut, None
        numbers = [column for column in filled[row] if is_number(sheet.rows[row][column])]
        if numbers:
            cut = at + 1
        elif len(filled[row]) == 1 and len(columns) > 1:
            cut = at
        columns.update(filled[row])
        values.update(numbers)
    yield rows[start:]


def _are_between(found: Iterable[int], columns: Set[int], values: Set[int]) -> bool:
    """Whether a cell stands between the columns of a table, right of its labels."""
    first = min(values) if values else sorted(columns)[1]
    return any(first < each < max(columns) for each in found if each not in columns)


def _part(sheet: Sheet, rows: Sequence[int], filled: _Columns) -> Iterator[Paragraph | Table]:
    """A table and its paragraphs: texts that stand alone above it, are long, or span the whole row."""
    used = sorted({column for row in rows for column in filled[row]})
    edges = _edges(sheet, rows, filled)
    last = max(edges.values())
    table: list[Row] = []
    for row in rows:
        lone = filled[row][0] if len(filled[row]) == 1 else 0
        if not lone or (table and not sheet.is_across(row, lone, last) and len(sheet.rows[row][lone]) <= _LONG):
            columns = [each for each in used if each <= edges[row] and (row, each) not in sheet.covered]
            table.append(Row(tuple(_cell_at(sheet, row, column) for column in columns)))
            continue
        if table:
            yield Table(tuple(table))
            table = []
        yield Paragraph(*_cell_at(sheet, row, lone))
    if table:
        yield Table(tuple(table))


def _edges(sheet: Sheet, rows: Sequence[int], filled: _Columns) -> dict[int, int]:
    """The last column of each row's table, as far as rows between two lone texts are surely of one table.

    Where tables of different widths stand one below the other, no blank cell right of the narrower one is taken for
    one of its own, such as one that was merged or hidden.
    """
    ends = {row: max(sheet.end(row, column) for column in filled[row]) for row in rows}
    found = dict.fromkeys(rows, max(ends.values()))
    for is_lone, group in groupby(rows, lambda row: len(filled[row]) == 1):
        if not is_lone:
            stretch = list(group)
            found |= dict.fromkeys(stretch, max(ends[row] for row in stretch))
    return found


def _cell_at(sheet: Sheet, row: int, column: int) -> Cell:
    return Cell(sheet.rows[row].get(column, ""), Location(None, None, sheet.number, row, column))


# A text by itself that is longer than this is a paragraph, and no label whose values are blank.
_LONG = 60
