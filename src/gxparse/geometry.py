"""Where the columns of a printed table stand, told by all of its rows and by their heads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from attrs import frozen

from gxparse.columns import extent, foreign_heads, in_form, is_on_page, leading_blanks, settled
from gxparse.grammar import BLANKS, Token
from gxparse.printed import PrintedRow, PrintedTable
from gxparse.records import Applicants, fields_of


@frozen
class Geometry:
    """Where the columns of a table stand, in those of its source that are grids, and whether spans are filled.

    Attributes:
        starts: the column with which those of values begin.
        extents: those in which the first and the last value of all but a few rows stand, on a page.
        fillers: whether blank cells stand for the spans of labels.
        uneven: those of a page whose rows have not the cells of their columns, so that none of these can be blank.
    """

    starts: Mapping[int, int]
    extents: Mapping[int, tuple[int, int]]
    fillers: bool
    uneven: AbstractSet[int] = frozenset()

    @classmethod
    def of(cls, table: PrintedTable, by_applicant: Sequence[PrintedRow]) -> Geometry:
        """That of a table, of which ``by_applicant`` are the rows with a column for each kind of applicant."""
        if not by_applicant:
            return cls(_starts_of_heads(table.rows.values()), {}, _has_fillers(table))
        count = len(fields_of(Applicants))
        starts, extents = _starts(by_applicant, count), _extents(by_applicant, count)
        return cls(starts, extents, _has_fillers(table), _uneven(by_applicant, count))

    def settled(self, cells: tuple[Token, ...], count: int, record: type) -> tuple[Token, ...]:
        """The cells of a row's columns, as far as that is certain: see :func:`gxparse.columns.settled`."""
        table = cells[0].location.table or 0 if cells else 0
        start = self.starts.get(table)
        if record is Applicants:
            found = settled(cells, count, start, fillers=self.fillers)
            if table in self.uneven and any(cell.type in BLANKS for cell in found):
                return ()
            return found if self._is_in_line(found, self.extents.get(table)) else ()
        return settled(cells, count, fillers=self.fillers) or settled(cells, count, start)

    @staticmethod
    def _is_in_line(cells: tuple[Token, ...], usual: tuple[int, int] | None) -> bool:
        """Whether cells of a page stand under those of other rows; a row whose group has no label is further left."""
        if not cells or usual is None or not is_on_page(cells[0]):
            return True
        first, last = extent(cells)
        return last - first == usual[1] - usual[0] and first <= usual[0]


# The rows of section three whose label spans all the columns of labels.
_WIDEST = ("requests.received", "requests.carried_in", "requests.carried_out")


def _has_fillers(table: PrintedTable) -> bool:
    """Whether blank cells stand for the spans of labels: they do for all of the widest labels, or for none."""
    rows = [table.rows[path] for path in _WIDEST if path in table.rows and table.rows[path].is_filled]
    return all(row.cells[0].type == "BLANK" or row.cells[0].location.cell is not None for row in rows)


# A table whose rows are nearly all of one length is a grid: its columns stand under each other.
_GRID = 0.8
_ROWS_OF_A_GRID = 3


def _starts(rows: Iterable[PrintedRow], count: int) -> Mapping[int, int]:
    """For each table of the source that is a grid, the cell of a row with which its columns begin.

    In the grid of a page they begin where those of nearly all rows do. In a text, whose cells are counted, a row may
    have lost blank cells in front, so that all rows must agree unless they are all of one length; and rows may all have
    a cell too many, so that they must stand under their heads.
    """
    lengths: defaultdict[int, Counter[int]] = defaultdict(Counter)
    starts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    in_text: dict[int, Sequence[Token]] = {}
    behind: dict[int, int] = {}
    for row in rows:
        if not row.cells or row.cells[0].location.cell is None:
            continue
        table = row.cells[0].location.table or 0
        lengths[table][row.cells[-1].location.cell or 0] += 1
        behind[table] = min(behind.get(table, len(row.cells)), leading_blanks(row.cells[::-1]))
        if row.cells[0].location.line is not None:
            in_text[table] = row.columns
        if row.is_filled and (cells := settled(row.cells, count)):
            starts[table][cells[0].location.cell or 0] += 1
    found = {}
    for table, counted in starts.items():
        start, ends = _usual(counted), lengths[table]
        if ends.total() < _ROWS_OF_A_GRID or not _is_common(ends):
            continue
        is_sure = _is_common(counted) if table not in in_text or len(ends) == 1 else len(counted) == 1
        if is_sure and (table not in in_text or _is_under(in_text[table], start, _usual(ends), behind[table])):
            found[table] = start
    return found


def _is_under(heads: Sequence[Token], start: int, end: int, behind: int) -> bool:
    """Whether the first and the last column of section three stand under their heads, as far as these are there.

    ``behind`` are the cells that are blank at the end of every row: they may be columns without a head.
    """
    places = {"NATURAL_PERSON": range(start, start + 1), "TOTAL": range(end - behind, end + 1)}
    return all(head.location.cell in places[head.type] for head in heads if head.type in places)


def _starts_of_heads(rows: Iterable[PrintedRow]) -> Mapping[int, int]:
    """For each table of the source whose rows all end under its last head, the column of the first heads of all."""
    ends: defaultdict[int, list[int]] = defaultdict(list)
    starts: defaultdict[int, set[int]] = defaultdict(set)
    last: defaultdict[int, int] = defaultdict(int)
    for row in rows:
        if row.cells and row.columns and (end := row.cells[-1].location.cell):
            table = row.cells[0].location.table or 0
            ends[table].append(end)
            starts[table].add(row.columns[0].location.cell or 0)
            last[table] = max(last[table], row.columns[-1].location.cell or 0)
    return {
        table: next(iter(starts[table]))
        for table, found in ends.items()
        if len(found) >= _ROWS_OF_A_GRID and set(found) == {last[table]} and len(starts[table]) == 1
    }


def _extents(rows: Iterable[PrintedRow], count: int) -> Mapping[int, tuple[int, int]]:
    """For each table of a page, the columns of the first and the last of ``count`` cells in all but a few rows."""
    found: defaultdict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    for row in rows:
        if len(row.cells) == count and is_on_page(row.cells[0]):
            found[row.cells[0].location.table or 0][extent(row.cells)] += 1
    return {
        table: columns
        for table, counted in found.items()
        for columns, times in counted.most_common(1)
        if times >= _ALL_BUT_A_FEW * counted.total() and counted.total() >= _ROWS_OF_A_GRID
    }


def _uneven(rows: Iterable[PrintedRow], count: int) -> AbstractSet[int]:
    """The tables of a page in which cells may be missing or too many in most of the rows that are not ragged."""
    tables: defaultdict[int, list[PrintedRow]] = defaultdict(list)
    for row in rows:
        if row.is_filled and is_on_page(row.cells[0]) and all(cell.type != "GAP" for cell in row.cells):
            tables[row.cells[0].location.table or 0].append(row)
    return {
        table
        for table, found in tables.items()
        if len(found) >= _ROWS_OF_A_GRID and not _end_under_total(found) and not _are_even(found, count)
    }


def _end_under_total(rows: Iterable[PrintedRow]) -> bool:
    """Whether all rows end in the column of the head 总计, however many blank cells fill the spans of their labels."""
    ends = {row.cells[-1].location.cell for row in rows}
    totals = {
        head.location.cell if head.location.table == row.cells[0].location.table else None
        for row in rows
        for head in row.columns
        if head.type == "TOTAL"
    }
    return len(ends) == 1 and ends == totals


def _are_even(rows: Iterable[PrintedRow], count: int) -> bool:
    """Whether most rows have the cells of their columns, and around these no more than all rows have blank there."""
    cells = [in_form(row.cells, foreign_heads(row.columns), count, "requests") for row in rows]
    length, times = Counter(map(len, cells)).most_common(1)[0]
    around = min(map(leading_blanks, cells)) + min(leading_blanks(each[::-1]) for each in cells)
    return times >= _MOST * len(cells) and 0 <= length - count <= around


# Behind most labels of section three, those of the third column, no blank cell stands for a span.
_MOST = 0.6

# Where the cells of a file are counted, more rows than these begin further right: those with the label of a group.
_ALL_BUT_A_FEW = 0.85


def _usual(found: Counter[int]) -> int:
    """The one that is there most often."""
    return found.most_common(1)[0][0]


def _is_common(found: Counter[int]) -> bool:
    """Whether nearly all are the same."""
    return found.most_common(1)[0][1] >= _GRID * found.total()
