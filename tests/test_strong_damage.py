"""Damage that nearly every row has, or that leaves two readings: no value is given to a cell that may not be its."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from attrs import evolve

import gxparse
from gxparse import parse_text
from tests.layouts import STYLES, Box, Grid, Outline, Row, Verdict, distinct, has_values, judge, outline, sample
from tests.noise import Chance, blanks_added
from tests.test_misplaced_cells import WRITERS, with_a_cell_less, with_a_cell_more, with_fillers

SHARES = (0.3, 0.6, 0.9, 1.0)


def shown_in(blocks: Outline) -> set[str | None]:
    """The paths of the values that the tables of an outline hold."""
    return {
        box.path for block in blocks if isinstance(block, Grid) for row in block.rows for box in row if not box.gone
    }


def verdict_on(blocks: Outline, text: str | bytes, form: str, seed: int) -> Verdict:
    """What comes of the values that are still there."""
    report = distinct(sample(form), seed, 0.15)
    paths = shown_in(blocks)
    expected = {cell.path: cell.value if cell.path in paths else None for cell in report.cells()}
    return judge(expected, parse_text(text) if isinstance(text, str) else gxparse.parse(text))


# ── A cell too many or too few in every row ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("layout", STYLES)
def test_blank_cells_added_to_every_row_of_a_text_move_no_value(layout):
    for seed in range(6):
        chance = Chance(f"{layout} {seed}")
        chance.strength = 10
        form = ("2021", "2019", "mixed")[seed % 3]
        blocks = blanks_added(outline(distinct(sample(form), seed, 0.15)), chance)
        found = verdict_on(blocks, STYLES[layout](blocks), form, seed)
        assert (found.wrong, found.unexplained) == ((), ()), seed


def damaged(grid: Grid, change: Callable[[Row, Random], Row], chance: Random, share: float, *, filled: bool) -> Grid:
    """The table with a share of its rows changed; blank cells stand for spans where it is ``filled``."""
    rows = map(with_fillers, grid.rows) if filled else grid.rows
    several = [sum(box.path is not None for box in row) > 1 for row in grid.rows]
    return evolve(
        grid,
        rows=tuple(
            change(row, chance) if has_several and chance.random() < share else row
            for row, has_several in zip(rows, several, strict=True)
        ),
    )


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("change", [with_a_cell_more, with_a_cell_less])
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("filled", [False, True], ids=["spans", "fillers"])
def test_rows_of_a_page_that_are_all_too_long_or_too_short_move_no_value(writer, change, share, filled):
    for seed in range(6):
        form = ("2021", "2019")[seed % 2]
        chance = Random(f"{form} {seed} {share}")
        blocks = tuple(
            damaged(block, change, chance, share, filled=filled) if isinstance(block, Grid) else block
            for block in outline(distinct(sample(form), seed, 0.15))
        )
        found = verdict_on(blocks, WRITERS[writer](blocks), form, seed)
        assert (found.wrong, found.unexplained) == ((), ()), seed


# ── The first row of （六） ──────────────────────────────────────────────────────────────────────────────────────────


def without_labels(grid: Grid, count: int) -> Grid:
    """Section three without the labels of the first rows of （六）."""
    first = next(at for at, row in enumerate(grid.rows) if any(box.text.startswith("（六）") for box in row))
    rows = list(grid.rows)
    for at in range(first, first + count):
        names = [number for number, box in enumerate(rows[at]) if box.path is None]
        rows[at] = tuple(evolve(box, text="") if number == names[-1] else box for number, box in enumerate(rows[at]))
    return evolve(grid, rows=tuple(rows))


@pytest.mark.parametrize("layout", [layout for layout in STYLES if layout != "Markdown, a table a row"])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_values_of_the_first_row_of_a_group_are_not_those_of_the_group(layout, count):
    blocks = tuple(
        without_labels(block, count) if isinstance(block, Grid) and block.name == "requests" else block
        for block in outline(distinct(sample("2021"), 0, 0.0))
    )
    report = distinct(sample("2021"), 0, 0.0)
    found = judge({cell.path: cell.value for cell in report.cells()}, parse_text(STYLES[layout](blocks)))
    assert (found.wrong, found.unexplained) == ((), ())


# ── Labels that are cut ──────────────────────────────────────────────────────────────────────────────────────────────


def relabelled(form: str, labels: dict[str, tuple[str, ...]]) -> Outline:
    """A report with the labels of some rows in other words, each word a line of its own."""

    def changed(row: Row) -> Row:
        return tuple(evolve(box, text="\n".join(labels[box.text])) if box.text in labels else box for box in row)

    return tuple(
        evolve(block, rows=tuple(map(changed, block.rows))) if isinstance(block, Grid) else block
        for block in outline(distinct(sample(form), 0, 0.0))
    )


CUT = {
    "the next label goes on the one before": {
        "第二十条第（一）项": ("第二条第（一）项",),
        "信息内容": ("息内容",),
        "本年新制作数量": ("本年新作数量",),
        "对外公开总数量": ("外公开总数量",),
        "规章": ("规",),
        "规范性文件": ("范性文件",),
    },
    "a part that a later label lacks": {
        "行政规范性文件": ("行政", "规范性文件"),
        "行政许可": ("行政", "许可"),
        "行政强制": ("行政", "强制"),
    },
    "a bare number": {"一、本年新收政府信息公开申请数量": ("一、",)},
}


@pytest.mark.parametrize("labels", CUT.values(), ids=CUT)
@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("layout", STYLES)
def test_a_label_in_pieces_takes_the_values_of_no_other_row(layout, form, labels):
    values = {cell.path: cell.value for cell in distinct(sample(form), 0, 0.0).cells()}
    found = judge(values, parse_text(STYLES[layout](relabelled(form, labels))))
    assert (found.wrong, found.unexplained) == ((), ())


def test_a_mark_ends_before_another_begins():
    def marked(row: Row) -> Row:
        is_marked = row[0].text in ("行政处罚", "行政强制")
        return tuple(evolve(box, text=f"[bookmark: _GoBack]{box.text}") for box in row) if is_marked else row

    report = distinct(sample("2021"), 0, 0.0)
    blocks = tuple(
        evolve(block, rows=tuple(map(marked, block.rows))) if isinstance(block, Grid) else block
        for block in outline(report)
    )
    found = judge({cell.path: cell.value for cell in report.cells()}, parse_text(STYLES["aligned, wrapped"](blocks)))
    assert (found.wrong, found.unexplained) == ((), ())


# ── Columns before the labels and behind the values ──────────────────────────────────────────────────────────────────

LOOSE = [layout for layout in STYLES if layout.startswith(("cell", "| cells", "| before"))]


def numbered(grid: Grid) -> Grid:
    """The table with a column 序号 before its labels."""
    rows: list[Row] = []
    count = 0
    for at, row in enumerate(grid.rows):
        if has_values(row):
            count += 1
            rows.append((Box(str(count)), *row))
        elif grid.name == "disclosure":
            rows.append((evolve(row[0], across=row[0].across + 1),) if len(row) == 1 else (Box("序号"), *row))
        else:
            rows.append((Box("序号", down=grid.head), *row) if not at else row)
    return evolve(grid, rows=tuple(rows), width=grid.width + 1)


def with_a_last_column(grid: Grid) -> Grid:
    """The table with a blank column behind the values."""
    return evolve(grid, rows=tuple((*row, Box("")) for row in grid.rows), width=grid.width + 1)


def in_tables(report: gxparse.Report, change: Callable[[Grid], Grid], *names: str) -> Outline:
    """The outline of a report with some of its tables changed."""
    return tuple(
        change(block) if isinstance(block, Grid) and block.name in names else block for block in outline(report)
    )


@pytest.mark.parametrize("layout", LOOSE)
def test_the_number_of_the_next_row_is_no_value(layout):
    for seed in range(6):
        report = distinct(sample(("2021", "2019")[seed % 2]), seed, 0.2)
        text = STYLES[layout](in_tables(report, numbered, "disclosure", "requests"))
        found = judge({cell.path: cell.value for cell in report.cells()}, parse_text(text))
        assert (found.wrong, found.unexplained) == ((), ()), seed


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_on_a_page_numbers_before_the_labels_take_nothing_from_the_rows(writer, form):
    report = distinct(sample(form), 0, 0.0)
    shown = WRITERS[writer](in_tables(report, numbered, "disclosure", "requests"))
    found = judge({cell.path: cell.value for cell in report.cells()}, gxparse.parse(shown))
    assert found.right == found.printed


@pytest.mark.parametrize("layout", ["Markdown", "tabs, spreadsheet"])
def test_a_blank_last_column_takes_little_from_a_text(layout):
    report = distinct(sample("2021"), 1, 0.25)
    text = STYLES[layout](in_tables(report, with_a_last_column, "disclosure", "requests", "proceedings"))
    found = judge({cell.path: cell.value for cell in report.cells()}, parse_text(text))
    assert (found.wrong, found.unexplained) == ((), ())
    assert found.right >= 0.9 * found.printed


def without_group_spans(grid: Grid) -> Grid:
    """The table with the labels of groups in one row each."""
    rows = [tuple(evolve(box, down=1) if box.text.startswith("（") else box for box in row) for row in grid.rows]
    return evolve(grid, rows=tuple(rows))


@pytest.mark.parametrize("writer", WRITERS)
def test_rows_without_the_span_of_their_group_are_read_whatever_is_blank(writer):
    report = distinct(sample("2021"), 1, 0.0)
    totals = [cell.path for cell in report.cells() if cell.path.startswith("requests") and cell.path.endswith(".total")]
    report = report.replace(dict.fromkeys(totals))
    found = judge(
        {cell.path: cell.value for cell in report.cells()},
        gxparse.parse(WRITERS[writer](in_tables(report, without_group_spans, "requests"))),
    )
    assert found.wrong == ()
    assert found.right == found.printed
