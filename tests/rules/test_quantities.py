"""What a cell counts for where reports are compared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gxparse.rules.quantities import Quantity, quantity, sure_quantity
from gxparse.rules.sheet import Sheet
from gxparse.testing import holding, printed, zeros

ROW = "requests.carried_out"
CELL = f"{ROW}.other"
NOTHING = Quantity(0, is_blank=True)


def counts(values, raws, path=CELL):
    return sure_quantity(Sheet.of(printed(zeros().replace(values), raws)), path)


@pytest.mark.parametrize(
    ("values", "raws", "expected"),
    [
        ({}, {CELL: ""}, NOTHING),
        ({}, {CELL: "/"}, NOTHING),
        ({f"{ROW}.total": 2}, {CELL: ""}, None),
        ({f"{ROW}.total": 2, f"{ROW}.enterprise": 2}, {CELL: ""}, NOTHING),
        ({f"{ROW}.total": 2, f"{ROW}.enterprise": 3}, {CELL: ""}, None),
        ({}, {CELL: "", f"{ROW}.total": ""}, NOTHING),
        ({f"{ROW}.enterprise": 2}, {CELL: "", f"{ROW}.total": ""}, None),
        ({}, {CELL: "", f"{ROW}.total": "若干"}, None),
        ({}, {CELL: "", f"{ROW}.enterprise": "若干"}, NOTHING),
        ({f"{ROW}.total": 2}, {CELL: "", f"{ROW}.enterprise": "若干"}, None),
        ({f"{ROW}.total": 2, CELL: 3}, {}, Quantity(3)),
        ({}, {CELL: "若干"}, None),
    ],
)
def test_a_blank_is_zero_where_its_row_adds_up(values, raws, expected):
    assert counts(values, raws) == expected


def test_a_blank_in_a_row_without_a_total_is_zero():
    assert (
        counts({"disclosure.rules.in_force": 4}, {"disclosure.rules.issued": ""}, "disclosure.rules.issued") == NOTHING
    )


def test_a_cell_that_the_form_does_not_have_counts_for_nothing():
    assert counts({}, {}, "disclosure.procurement.amount") is None
    assert quantity(None) is None


@pytest.mark.parametrize(
    ("value", "counted"), [(10**18 - 1, True), (10**18, False), (1 - 10**18, True), (-(10**18), False)]
)
def test_what_no_report_counts_as_far_as_is_no_number(value, counted):
    assert counts({CELL: value}, {}) == (Quantity(value) if counted else None)


@pytest.mark.parametrize(("path", "value"), [(CELL, "1.5"), ("disclosure.fees.amount", "NaN")])
def test_what_no_such_cell_can_hold_is_no_number(path, value):
    assert quantity(Sheet.of(holding(zeros(), {path: Decimal(value)})).cells[path]) is None


def test_an_amount_is_a_number():
    path = "disclosure.fees.amount"
    assert counts({path: Decimal("1.50")}, {}, path) == Quantity(Decimal("1.50"))


def test_a_blank_is_said_to_be_one():
    assert (NOTHING.zh, NOTHING.en) == ("空白（按 0 计）", "blank (counted as 0)")
    assert (Quantity(3).zh, Quantity(Decimal("2.5")).en) == ("3", "2.5")
