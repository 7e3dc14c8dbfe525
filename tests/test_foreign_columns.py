"""Columns that the form does not have, such as 备注 or 序号: no value slides into the column beside its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from attrs import evolve

import gxparse
from benchmarks.pages import page
from tests.layouts import STYLES, Box, Grid, Outline, Row, Verdict, distinct, has_values, judge, outline, sample
from tests.test_misplaced_cells import WRITERS as PAGES


def _encoded(style: Callable[[Outline], str], blocks: Outline) -> bytes:
    return style(blocks).encode()


WRITERS: dict[str, Callable[[Outline], bytes]] = {
    **PAGES,
    # A table a row is written with the values in the order of the form, whatever stands among them.
    **{name: partial(_encoded, style) for name, style in STYLES.items() if name != "Markdown, a table a row"},
}
CELL_A_LINE = {
    *("cells |", "| cells, | after each", "| before rows", "| before rows, padded"),
    *("cell paragraphs", "cell paragraphs, padded", "cell lines", "cell lines, filled"),
}
#: The heads of such columns, and what stands under them.
COLUMNS = {"备注": "", "说明": "无", "备 注": "0", "序号": "1", "上年数": "77", "小计": "77", "件数": "77"}


#: Such heads may be pieces of those of the form, where heads are wrapped.
LIKE_THOSE_OF_THE_FORM = ("小计", "件数")


def with_column(grid: Grid, head: str, value: str, *, at_end: bool) -> Grid:
    """The table with one column more, behind its values or before them."""
    rows: list[Row] = []
    for number, row in enumerate(grid.rows):
        is_of_values = has_values(row)
        first = next((at for at, box in enumerate(row) if box.path is not None), len(row)) if is_of_values else 0
        heads_here = number == 0 or (grid.name == "disclosure" and row[0].text == "信息内容")
        if not is_of_values and not heads_here:
            rows.append(row)
            continue
        down = grid.head if number == 0 and grid.name != "disclosure" else 1
        added = Box(value) if is_of_values else Box(head, down=down)
        place = len(row) if at_end else first if is_of_values else (grid.name != "proceedings")
        rows.append((*row[:place], added, *row[place:]))
    return evolve(grid, rows=tuple(rows), width=grid.width + 1)


def verdict(table: str, head: str, blank: str, writer: str, *, at_end: bool) -> Verdict:
    """What becomes of a report one of whose tables has such a column, and a blank cell in a column of its own."""
    report = distinct(sample("2021"))
    report = report.replace({cell.path: None for cell in report.cells() if cell.path.endswith(blank)})
    blocks = tuple(
        with_column(block, head, COLUMNS[head], at_end=at_end)
        if isinstance(block, Grid) and block.name == table
        else block
        for block in outline(report)
    )
    return judge({cell.path: cell.value for cell in report.cells()}, gxparse.parse(WRITERS[writer](blocks)))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("head", [head for head in COLUMNS if head not in LIKE_THOSE_OF_THE_FORM])
@pytest.mark.parametrize(
    ("table", "blank"),
    [
        ("disclosure", "rules.issued"),
        ("disclosure", "rules.in_force"),
        ("requests", ".natural_person"),
        ("requests", ".total"),
        ("requests", "received.total"),
        ("proceedings", "reconsideration.upheld"),
        ("proceedings", "post_reconsideration_litigation.total"),
    ],
)
def test_no_value_slides_into_the_column_beside_its_own(table, head, blank, writer):
    # Where each cell is a line of its own, nothing tells a head before those of section four from a line of text.
    is_before_table = table == "proceedings" and writer in CELL_A_LINE
    for at_end in (True,) if is_before_table else (True, False):
        found = verdict(table, head, blank, writer, at_end=at_end)
        assert (found.wrong, found.unexplained) == ((), ()), at_end


@pytest.mark.parametrize("writer", ["rows |", "| rows |", "tab indented", "tabs, browser", "boxes", "Markdown"])
@pytest.mark.parametrize("head", LIKE_THOSE_OF_THE_FORM)
def test_where_rows_are_lines_a_head_like_one_of_the_form_moves_no_value(head, writer):
    for table, blank in (("requests", ".natural_person"), ("disclosure", "rules.issued")):
        found = verdict(table, head, blank, writer, at_end=True)
        assert (found.wrong, found.unexplained) == ((), ()), table


def test_a_unit_between_heads_and_rows_is_no_head():
    report = distinct(sample("2021"))
    text = STYLES["cell lines"](outline(report))
    first = text.index("一、本年新收")
    found = gxparse.parse((text[:first] + "单位：件\n" + text[first:]).encode())
    verdict = judge({cell.path: cell.value for cell in report.cells()}, found)
    assert (
        verdict.right == judge({cell.path: cell.value for cell in report.cells()}, gxparse.parse(text.encode())).right
    )


@pytest.mark.parametrize("writer", ["html", "docx"])
@pytest.mark.parametrize("table", ["requests", "proceedings"])
def test_on_a_page_the_values_beside_such_a_column_are_read(table, writer):
    found = verdict(table, "说明", "received.total", writer, at_end=True)
    assert found.right == found.printed


def exchanged(blocks: Outline, change: Callable[[Grid], Grid]) -> bytes:
    return page(tuple(change(block) if isinstance(block, Grid) else block for block in blocks)).encode()


def test_a_total_printed_first_on_a_page_is_not_taken_for_the_natural_persons():
    def total_first(grid: Grid) -> Grid:
        if grid.name != "requests":
            return grid
        first, second, third, *values = grid.rows
        moved = [(*row[:-7], row[-1], *row[-7:-1]) for row in values]
        return evolve(grid, rows=(first, (second[-1], *second[:-1]), third, *moved))

    report = distinct(sample("2021"))
    found = judge(
        {cell.path: cell.value for cell in report.cells()}, gxparse.parse(exchanged(outline(report), total_first))
    )
    assert (found.wrong, found.unexplained) == ((), ())


def test_litigation_before_reconsideration_is_not_taken_for_it():
    def litigation_first(grid: Grid) -> Grid:
        if grid.name != "proceedings":
            return grid
        first, second, third, values = grid.rows
        rows = ((first[1], first[0]), (*second[5:], *second[:5]), third, (*values[5:], *values[:5]))
        return evolve(grid, rows=rows)

    report = distinct(sample("2021"))
    parsed = gxparse.parse(exchanged(outline(report), litigation_first))
    found = judge({cell.path: cell.value for cell in report.cells()}, parsed)
    assert (found.wrong, found.unexplained) == ((), ())


@pytest.mark.parametrize("span", ["across", "down"])
@pytest.mark.parametrize("table", ["requests", "proceedings"])
def test_a_value_that_spans_more_than_its_cell_moves_no_other(table, span):
    def spanning(grid: Grid) -> Grid:
        if grid.name != table:
            return grid
        at = next(number for number, row in enumerate(grid.rows) if has_values(row))
        spans = ("received.natural_person", "reconsideration.upheld")
        row = tuple(evolve(box, **{span: 2}) if box.path and box.path.endswith(spans) else box for box in grid.rows[at])
        return evolve(grid, rows=(*grid.rows[:at], row, *grid.rows[at + 1 :]))

    report = distinct(sample("2021"))
    parsed = gxparse.parse(exchanged(outline(report), spanning))
    wrong = judge({cell.path: cell.value for cell in report.cells()}, parsed).wrong
    assert [each for each in wrong if "received." not in each] == []
