"""A row with a cell too many or too few among rows that are whole: no value may be given to the column beside it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from attrs import evolve

import gxparse
from benchmarks.pages import page
from tests.layouts import Box, Grid, Outline, Row, distinct, judge, outline, sample
from tests.readers.test_docx import as_xml

WRITERS: dict[str, Callable[[Outline], bytes]] = {"html": lambda blocks: page(blocks).encode(), "docx": as_xml}
DAMAGED = 3


def with_a_cell_more(row: Row, chance: Random) -> Row:
    """The row with a blank cell somewhere among or around its values."""
    first = next(at for at, box in enumerate(row) if box.path is not None)
    at = chance.randint(first, len(row))
    return (*row[:at], Box(""), *row[at:])


def with_a_cell_less(row: Row, chance: Random) -> Row:
    """The row without one of its values."""
    at = chance.choice([at for at, box in enumerate(row) if box.path is not None])
    return (*row[:at], *row[at + 1 :])


def with_fillers(row: Row) -> Row:
    """The row with blank cells where its cells span columns."""
    return tuple(part for box in row for part in (evolve(box, across=1), *[Box("", down=box.down)] * (box.across - 1)))


def damaged(grid: Grid, change: Callable[[Row, Random], Row], chance: Random, *, filled: bool) -> Grid:
    """The table with some rows changed; blank cells stand for spans where it is ``filled``."""
    rows = list(map(with_fillers, grid.rows)) if filled else list(grid.rows)
    of_values = [at for at, row in enumerate(rows) if sum(box.path is not None for box in row) > 1]
    for at in chance.sample(of_values, min(DAMAGED, len(of_values) // 2 or 1)):
        rows[at] = change(rows[at], chance)
    return evolve(grid, rows=tuple(rows))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("change", [with_a_cell_more, with_a_cell_less])
@pytest.mark.parametrize("form", ["2021", "2019"])
@pytest.mark.parametrize("filled", [False, True], ids=["spans", "fillers"])
def test_no_value_is_given_to_the_column_beside_its_own(writer, change, form, filled):
    right = printed = 0
    for seed in range(12):
        chance = Random(f"{form} {seed}")
        report = distinct(sample(form), seed=seed, blanks=0.25)
        shown = tuple(
            damaged(block, change, chance, filled=filled) if isinstance(block, Grid) else block
            for block in outline(report)
        )
        paths = {box.path for block in shown if isinstance(block, Grid) for row in block.rows for box in row}
        expected = {cell.path: cell.value if cell.path in paths else None for cell in report.cells()}
        verdict = judge(expected, gxparse.parse(WRITERS[writer](shown)))
        assert (verdict.wrong, verdict.unexplained) == ((), ()), seed
        right, printed = right + verdict.right, printed + verdict.printed
    assert right > RECOVERED * printed


# Whole rows are not to be given up with the damaged ones: these are up to a quarter of the values.
RECOVERED = 0.6
