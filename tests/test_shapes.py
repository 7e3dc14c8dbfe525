"""Tables of other shapes than the form's, as offices make them: spans undone, columns and rows too many or too few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

import gxparse
from tests.layouts import FORMS, Box, Grid, Row, Verdict, distinct, has_values, judge, outline, sample
from tests.test_foreign_columns import WRITERS


def _each_row(grid: Grid, change: Callable[[Row], Row]) -> Grid:
    return evolve(grid, rows=tuple(change(row) for row in grid.rows))


def spans_undone(grid: Grid) -> Grid:
    """A label that spans columns stands in the first of them."""

    def undone(row: Row) -> Row:
        return tuple(each for box in row for each in (evolve(box, across=1), *[Box("")] * (box.across - 1)))

    return _each_row(grid, undone)


def spans_repeated(grid: Grid) -> Grid:
    """A label that spans columns stands in each of them."""

    def repeated(row: Row) -> Row:
        return tuple(evolve(box, across=1) for box in row for _ in range(1 if box.path else box.across))

    return _each_row(grid, repeated)


def column_behind(grid: Grid) -> Grid:
    """A blank column without a head behind the values."""
    wider = evolve(grid, width=grid.width + 1)
    return _each_row(wider, lambda row: (*row, Box("")) if has_values(row) else row)


def column_before(grid: Grid) -> Grid:
    """A blank column without a head before the labels."""
    wider = evolve(grid, width=grid.width + 1)
    return _each_row(wider, lambda row: (Box(""), *row) if has_values(row) else row)


def _without(grid: Grid, head: str, name: str) -> Grid:
    def left(row: Row) -> Row:
        return tuple(box for box in row if box.text != head and not (box.path or "").endswith(f".{name}"))

    return _each_row(grid, left) if grid.name == "requests" else grid


def column_missing(grid: Grid) -> Grid:
    """No column for one kind of organisation."""
    return _without(grid, "科研机构", "research_institution")


def last_column_missing(grid: Grid) -> Grid:
    """No column for the total of all applicants, and no row for that of （六）."""
    return _without(grid, "总计", "total")


def row_of_its_own(grid: Grid) -> Grid:
    """A row that the form does not have, behind the first one."""
    first = next(at for at, row in enumerate(grid.rows) if has_values(row))
    count = sum(box.path is not None for box in grid.rows[first])
    added = (Box("其中：网上申请"), *(Box(str(700 + at)) for at in range(count)))
    return (
        grid
        if grid.name == "proceedings"
        else evolve(grid, rows=(*grid.rows[: first + 1], added, *grid.rows[first + 1 :]))
    )


def notes(grid: Grid) -> Grid:
    """The unit above the table, and a note below it."""
    above, below = (Box(text, across=grid.width) for text in ("单位：件", "注：以上数据均为本年度数据"))
    return evolve(grid, rows=((above,), *grid.rows, (below,)))


SHAPES = (
    *(spans_undone, spans_repeated, column_behind, column_before),
    *(column_missing, last_column_missing, row_of_its_own, notes),
)


def verdict(shape: Callable[[Grid], Grid], table: str | None, writer: str, form: str, blanks: float) -> Verdict:
    """What becomes of a report of which one table, or each, has another shape."""
    report = distinct(sample(form), seed=7, blanks=blanks)
    blocks = tuple(
        shape(block) if isinstance(block, Grid) and table in (None, block.name) else block for block in outline(report)
    )
    printed = {box.path for block in blocks if isinstance(block, Grid) for row in block.rows for box in row}
    values = {cell.path: cell.value if cell.path in printed else None for cell in report.cells()}
    return judge(values, gxparse.parse(WRITERS[writer](blocks)))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_no_value_is_wrong_nor_lost_in_silence(shape, writer):
    for form in FORMS:
        for table, blanks in ((None, 0), (None, 0.5), ("requests", 0.2), ("disclosure", 0.2), ("proceedings", 0.2)):
            found = verdict(shape, table, writer, form, blanks)
            assert (found.wrong, found.unexplained) == ((), ()), (form, table, blanks)


@pytest.mark.parametrize("writer", ["html", "docx", "rows |", "boxes"])
@pytest.mark.parametrize("shape", [spans_undone, row_of_its_own, notes])
def test_what_is_whole_is_read(shape, writer):
    for form in FORMS:
        found = verdict(shape, None, writer, form, 0)
        assert found.right == found.printed
