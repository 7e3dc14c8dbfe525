"""Spans are resolved to columns: each cell once, where it begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gxparse.document import Table
from gxparse.readers.grid import Box, table_of
from gxparse.readers.limits import MAX_COLUMNS


def places(table: Table) -> list[list[tuple[str, int | None, int | None]]]:
    return [[(cell.text, cell.location.row, cell.location.cell) for cell in row.cells] for row in table.rows]


def test_a_cell_beside_what_spans_from_above_begins_behind_it():
    rows = [
        [Box("甲", 2, 3), Box("乙"), Box("丙", 1, 2)],
        [Box("丁")],
        [Box("戊"), Box("己")],
        [Box("庚"), Box("辛", 3)],
    ]
    assert places(table_of(rows, 1)) == [
        [("甲", 1, 1), ("乙", 1, 3), ("丙", 1, 4)],
        [("丁", 2, 3)],
        [("戊", 3, 3), ("己", 3, 4)],
        [("庚", 4, 1), ("辛", 4, 2)],
    ]


def test_a_row_that_is_covered_from_above_has_no_cells_and_counts():
    rows = [[Box("甲", 1, 2), Box("乙", 1, 2)], [], [Box("丙"), Box("")]]
    assert places(table_of(rows, 1)) == [[("甲", 1, 1), ("乙", 1, 2)], [("丙", 3, 1), ("", 3, 2)]]


def test_a_place_names_table_page_and_box():
    (row,) = table_of([[Box("甲", page=2, box=(1.0, 2.0, 3.0, 4.0))]], 7).rows
    where = row.cells[0].location
    assert (where.table, where.page, where.box) == (7, 2, (1.0, 2.0, 3.0, 4.0))


def test_enormous_spans_are_cut():
    rows = [[Box("甲", 100_000_000, 100_000_000), Box("乙")], [Box("丙")]]
    assert places(table_of(rows, 1)) == [
        [("甲", 1, 1), ("乙", 1, MAX_COLUMNS + 1)],
        [("丙", 2, MAX_COLUMNS + 1)],
    ]


@given(
    st.lists(st.lists(st.builds(Box, st.just("甲"), st.integers(-1, 4), st.integers(-1, 4)), max_size=5), max_size=8)
)
def test_no_place_is_given_twice(rows):
    found = [(row, column) for line in places(table_of(rows, 1)) for _, row, column in line]
    assert len(found) == len(set(found)) == sum(map(len, rows))
