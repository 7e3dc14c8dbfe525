"""Cells of two reports beside each other."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gxparse.comparison import diff_years
from gxparse.comparison.cells import compare_cells
from gxparse.document import Location
from gxparse.findings import Finding
from gxparse.records import Activity, Applicants, FeeAmount, Form, OtherResults, Report, Source
from gxparse.rules.sheet import Sheet, Standing
from gxparse.testing import consistent_reports, printed, reports, zeros

CELL = "requests.received.total"
FEES = "disclosure.fees.amount"
OTHER = "requests.results.other"
THREE = ("not_corrected_in_time", "fee_unpaid", "miscellaneous")


def compared(older, newer):
    return compare_cells(Sheet.of(older), Sheet.of(newer))


def change_of(path, older, newer):
    changes, _ = compared(older, newer)
    return next(change for change in changes if change.path == path)


def with_fees(amount, unit):
    report = zeros()
    return evolve(report, disclosure=evolve(report.disclosure, fees=FeeAmount(amount, unit)))


@pytest.mark.parametrize(
    ("before", "after", "unit"),
    [
        ((5, "元"), (0, "万元"), "元"),
        ((0, "元"), (5, "万元"), "万元"),
        ((0, "元"), (0, "万元"), "万元"),
        ((5, "元"), (0, None), "元"),
        ((0, "元"), (0, None), "元"),
    ],
)
def test_a_difference_has_the_unit_of_the_amount_that_is_not_zero(before, after, unit):
    older, newer = (with_fees(Decimal(number), of) for number, of in (before, after))
    change = change_of(FEES, older, newer)
    assert (change.difference, change.unit) == (after[0] - before[0], unit)


@pytest.mark.parametrize("precision", [3, 28])
def test_amounts_are_subtracted_exactly_whatever_the_decimal_context(precision):
    with localcontext(prec=precision):
        change = change_of(FEES, with_fees(Decimal("12345.67"), "元"), with_fees(Decimal("12345.68"), "元"))
    assert change.difference == Decimal("0.01")


@pytest.mark.parametrize(("other", "changed"), [("若干", False), ("几件", True)])
def test_what_is_no_number_is_the_same_if_the_same_is_printed(other, changed):
    findings = (Finding("GX202", CELL, "", ""),)
    for said in ((), findings):
        one, two = (evolve(printed(zeros(), {CELL: raw}), findings=said) for raw in ("若干", other))
        assert change_of(CELL, one, two).is_changed is changed


@pytest.mark.parametrize(
    ("before", "after", "difference", "percent"),
    [
        (2, 3, 1, "50.0"),
        (3, 2, -1, "-33.3"),
        (3, 0, -3, "-100.0"),
        (0, 3, 3, None),
        (-2, 3, 5, None),
        (8000, 8004, 4, "0.1"),  # 0.05 is rounded away from zero
        (8000, 7996, -4, "-0.1"),
        (3, 3, 0, "0.0"),
        (100_000, 99_999, -1, "0.0"),
    ],
)
def test_difference_and_percentage(before, after, difference, percent):
    change = change_of(CELL, zeros().replace({CELL: before}), zeros().replace({CELL: after}))
    assert (change.before, change.after, change.difference) == (before, after, difference)
    assert str(change.percent) == str(percent)
    assert change.is_changed is (before != after)
    assert change.label == "一、本年新收政府信息公开申请数量 · 总计"
    assert (change.table, change.unit) == ("requests", None)


@pytest.mark.parametrize(("before", "after"), [(None, 3), (3, None), (None, None)])
def test_what_is_not_known_is_not_subtracted(before, after):
    change = change_of(CELL, zeros().replace({CELL: before}), zeros().replace({CELL: after}))
    assert (change.before, change.after, change.difference, change.percent) == (before, after, None, None)
    assert change.is_changed is (before != after)
    assert change.newer.standing is (Standing.ABSENT if after is None else Standing.NUMBER)


@pytest.mark.parametrize(
    ("before", "after", "is_changed"),
    [
        ("", "", False),
        ("", "/", True),
        ("/", "无", False),
        ("", "若干", True),
        ("若干", " 若干 ", False),
        ("若干", "许多", True),
        ("1.5", "2.5", True),
        ("1.5", "1.5", False),
    ],
)
def test_blank_not_applicable_and_unreadable_are_three_statements(before, after, is_changed):
    change = change_of(CELL, printed(zeros(), {CELL: before}), printed(zeros(), {CELL: after}))
    assert change.is_changed is is_changed
    assert change.difference is None
    assert change.older.raw == before
    assert change.newer.raw == after.strip()


def test_blank_is_not_zero():
    change = change_of(CELL, printed(zeros(), {CELL: ""}), zeros())
    assert change.is_changed
    assert (change.before, change.older.standing, change.after) == (None, Standing.BLANK, 0)


@pytest.mark.parametrize(
    ("before", "after", "is_changed", "difference"),
    [
        ((5, "万元"), (7, "万元"), True, 2),
        ((5, "万元"), (5, "万元"), False, 0),
        ((5, "万元"), (50000, "元"), True, None),
        ((5, "万元"), (5, "元"), True, None),
        ((5, None), (5, "万元"), True, None),
        ((0, None), (5, "万元"), True, 5),
        ((5, "元"), (0, "万元"), True, -5),
        ((0, "元"), (0, "万元"), False, 0),
    ],
)
def test_amounts_are_subtracted_in_one_unit_only(before, after, is_changed, difference):
    older, newer = (with_fees(Decimal(value), unit) for value, unit in (before, after))
    change = change_of(FEES, older, newer)
    assert change.is_changed is is_changed
    assert change.difference == difference


def test_the_unit_of_a_difference():
    assert change_of(FEES, with_fees(Decimal(5), "元"), with_fees(None, None)).unit == "元"
    assert change_of(FEES, with_fees(Decimal(0), "元"), with_fees(Decimal(5), "万元")).unit == "万元"


def test_amounts_are_exact():
    change = change_of(
        FEES, with_fees(Decimal("0.1"), "元"), with_fees(Decimal("10000000000000000000000000000.3"), "元")
    )
    assert change.difference == Decimal("10000000000000000000000000000.2")


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+999999")])
def test_what_no_parser_makes_is_never_subtracted(value):
    older, newer = with_fees(Decimal(1), "元"), with_fees(value, "元")
    assert change_of(FEES, older, newer).difference is None
    assert change_of(FEES, newer, older).percent is None
    assert not change_of(FEES, newer, newer).is_changed


# ── Across the forms ─────────────────────────────────────────────────────────────────────────────────────────────────


def in_three(values, column="total"):
    return zeros().replace({f"{OTHER}.{row}.{column}": value for row, value in zip(THREE, values, strict=True)})


def in_one(value, column="total"):
    return zeros(Form.F2019).replace({f"{OTHER}.total.{column}": value})


@pytest.mark.parametrize("column", ["natural_person", "total"])
def test_one_row_is_compared_with_the_sum_of_three(column):
    older, newer = in_one(4, column), in_three((1, 2, 3), column)
    forwards = change_of(f"{OTHER}.total.{column}", older, newer)
    assert (forwards.before, forwards.after, forwards.difference) == (4, 6, 2)
    assert forwards.newer.paths == tuple(f"{OTHER}.{row}.{column}" for row in THREE)
    assert forwards.older.paths == (f"{OTHER}.total.{column}",)
    backwards = change_of(f"{OTHER}.total.{column}", newer, older)
    assert (backwards.before, backwards.after, backwards.difference) == (6, 4, -2)


@pytest.mark.parametrize("unknown", [0, 1, 2])
def test_a_sum_of_which_a_part_is_unknown_is_unknown(unknown):
    values = [1, 2, 3]
    values[unknown] = None
    change = change_of(f"{OTHER}.total.total", in_one(4), in_three(values))
    assert (change.after, change.difference, change.newer.standing) == (None, None, Standing.ABSENT)


def test_reports_that_both_have_one_row_or_three_are_compared_row_by_row():
    changes, rest = compared(in_three((1, 2, 3)), in_three((1, 2, 4)))
    assert [change.path for change in changes if change.is_changed] == [f"{OTHER}.miscellaneous.total"]
    assert rest == ()
    assert change_of(f"{OTHER}.total.total", in_one(4), in_one(5)).difference == 1


def with_other(report, other):
    results = evolve(report.requests.results, other=other)
    return evolve(report, requests=evolve(report.requests, results=results))


def test_a_report_with_one_row_and_three_is_not_summed():
    row = Applicants(total=1)
    both = with_other(zeros(), OtherResults(row, row, row, row))
    changes, rest = compared(both, zeros())
    assert f"{OTHER}.total.total" not in {change.path for change in changes}
    (cell,) = [cell for cell in rest if cell.path == f"{OTHER}.total.total"]
    assert not cell.is_newer
    assert cell.reason_en == "only one of the reports has this cell"
    _, rest = compared(zeros(Form.F2019), both)
    assert f"{OTHER}.fee_unpaid.total" in {cell.path for cell in rest}


def test_across_the_forms_only_the_same_quantities_are_compared():
    changes, rest = compared(zeros(Form.F2019), zeros(Form.F2021))
    assert [change.path for change in changes if change.path.startswith("disclosure")] == [
        "disclosure.licensing.decisions",
        "disclosure.penalties.decisions",
        "disclosure.compulsion.decisions",
    ]
    assert {cell.path for cell in rest if cell.is_newer} == {
        f"disclosure.{row}.{column}"
        for row in ("rules", "normative_documents")
        for column in ("issued", "repealed", "in_force")
    } | {"disclosure.fees.amount"}
    reasons = {cell.path: cell.reason_en for cell in rest}
    assert "in force may be undisclosed" in reasons["disclosure.rules.in_force"]
    assert "form 2021 has no row for procurement" in reasons["disclosure.procurement.projects"]


def test_a_row_that_a_report_of_the_same_form_lacks_is_said_to_be_lacking():
    report = zeros(Form.F2019)
    without = evolve(report, disclosure=evolve(report.disclosure, procurement=None))
    _, rest = compared(report, without)
    assert [(cell.path, cell.is_newer, cell.reason_en) for cell in rest] == [
        ("disclosure.procurement.projects", False, "only one of the reports has this cell"),
        ("disclosure.procurement.amount", False, "only one of the reports has this cell"),
    ]


def test_a_row_of_the_old_form_in_a_report_of_the_new_one():
    report = zeros()
    mixed = evolve(report, disclosure=evolve(report.disclosure, licensing=Activity(1, 2, 3)))
    assert change_of("disclosure.licensing.decisions", report, mixed).difference == 3


@given(reports(), reports())
def test_no_cell_is_dropped_and_none_comes_twice(older, newer):
    changes, rest = compared(older, newer)
    for is_newer, report in ((False, older), (True, newer)):
        readings = [change.newer if is_newer else change.older for change in changes]
        said = [path for reading in readings for path in reading.paths]
        said += [cell.path for cell in rest if cell.is_newer is is_newer]
        assert sorted(said) == sorted(cell.path for cell in report.cells())


@given(st.data(), consistent_reports())
def test_reports_of_one_form_are_wholly_compared(data, older):
    newer = data.draw(consistent_reports().filter(lambda report: report.form is older.form))
    changes, rest = compared(older, newer)
    assert rest == ()
    assert [change.path for change in changes] == [cell.path for cell in older.cells()]
    assert all(change.after - change.before == change.difference for change in changes)


def test_what_a_source_prints_is_kept():
    report = evolve(zeros(), sources={CELL: Source("０", Location())})
    assert change_of(CELL, report, zeros()).older.raw == "０"
    assert not change_of(CELL, report, zeros()).is_changed


def test_a_blank_form_changes_to_numbers_without_difference():
    diff = diff_years(Report.blank(Form.F2021), zeros())
    assert len(diff.changes) == 200
    assert {change.difference for change in diff.changes} == {None}
