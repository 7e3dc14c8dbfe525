"""Reports as one table, long and wide."""

from __future__ import annotations

import sys
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gxparse
from gxparse import Form, GxparseError, Report, to_frame
from gxparse.collection.frame import wide_columns
from gxparse.findings import Finding
from gxparse.records import FeeAmount
from gxparse.testing import holding, printed, printed_reports, reports, zeros

pa = pytest.importorskip("pyarrow")

LONG = ["agency", "year", "form", "path", "table", "row", "column", "label", "value", "unit", "flags"]
TOTAL = "requests.received.total"


def rows_of(report, **options):
    return {row["path"]: row for row in to_frame(report, **options).to_pylist()}


def with_fees(value, unit="万元"):
    report = zeros(Form.F2021)
    return attrs.evolve(report, disclosure=attrs.evolve(report.disclosure, fees=FeeAmount(value, unit)))


def test_a_row_says_which_cell_it_is_and_what_it_holds():
    report = attrs.evolve(
        zeros().replace({"requests.results.denied.state_secret.other": 7}), agency="青石镇", year=2023
    )
    table = to_frame(report)
    assert table.column_names == LONG
    assert rows_of(report)["requests.results.denied.state_secret.other"] == {
        "agency": "青石镇",
        "year": 2023,
        "form": "2021",
        "path": "requests.results.denied.state_secret.other",
        "table": "requests",
        "row": "results.denied.state_secret",
        "column": "other",
        "label": "三、本年度办理结果 · （三）不予公开 · 1.属于国家秘密 · 其他",
        "value": 7.0,
        "unit": None,
        "flags": None,
    }


@pytest.mark.parametrize("form", Form)
def test_the_long_table_has_the_cells_of_the_report_in_their_order(form):
    report = with_fees(Decimal("12.30")) if form is Form.F2021 else zeros(form)
    rows = to_frame(report).to_pylist()
    cells = list(report.cells())
    assert [(row["path"], row["label"], row["unit"]) for row in rows] == [(c.path, c.label, c.unit) for c in cells]
    assert [Decimal(repr(row["value"])) for row in rows] == [cell.value for cell in cells]


def test_reports_follow_each_other_whatever_their_form():
    several = [zeros(Form.F2021), zeros(Form.F2019), zeros(Form.F2021)]
    paths = to_frame(iter(several))["path"].to_pylist()
    assert paths == [cell.path for report in several for cell in report.cells()]


def test_more_rows_than_are_gathered_at_once_stay_in_order(monkeypatch):
    monkeypatch.setattr("gxparse.collection.frame._ROWS_AT_ONCE", 250)
    monkeypatch.setattr("gxparse.collection.frame._WIDE_ROWS_AT_ONCE", 2)
    several = [zeros().replace({TOTAL: number}) for number in range(5)]
    long = to_frame(several)
    assert [row["value"] for row in long.to_pylist() if row["path"] == TOTAL] == [0, 1, 2, 3, 4]
    assert long["value"].num_chunks == 1
    assert to_frame(several, wide=True)[TOTAL].to_pylist() == [0, 1, 2, 3, 4]


def test_no_report_gives_the_same_columns():
    assert to_frame([]).schema == to_frame(zeros()).schema
    assert to_frame([], wide=True).schema == to_frame(zeros(), wide=True).schema
    assert to_frame([]).num_rows == to_frame([], wide=True).num_rows == 0


def test_flags_say_why_there_is_no_number():
    raws = {"requests.received.enterprise": " ", "requests.received.other": "/", TOTAL: "三五"}
    report = printed(zeros(), raws).replace({"requests.carried_in.total": None})
    report = attrs.evolve(
        report,
        findings=(
            Finding("GX202", TOTAL, "", ""),
            Finding("GX001", "requests.received", "", ""),
            Finding("GX007", "", "", ""),
        ),
    )
    rows = rows_of(report)
    flags = {path: row["flags"] for path, row in rows.items() if row["flags"]}
    assert flags.pop("requests.received.enterprise") == "blank GX001"
    assert flags.pop("requests.received.other") == "not_applicable GX001"
    assert flags.pop(TOTAL) == "explained GX202 GX001"
    assert flags.pop("requests.carried_in.total") == "absent"
    assert set(flags.values()) == {"GX001"}
    assert all(path.startswith("requests.received.") for path in flags)
    (wide,) = to_frame(report, wide=True)["flags"].to_pylist()
    assert "requests.received.other=not_applicable,GX001 " in wide
    assert wide.endswith("requests.carried_in.total=absent") or "requests.carried_in.total=absent " in wide


@pytest.mark.parametrize(
    ("value", "held"),
    [(2**53, True), (2**53 + 1, False), (-(2**53), True), (10**400, False), (2**63 - 1, False)],
)
def test_a_count_that_a_float_does_not_hold_is_no_number(value, held):
    row = rows_of(zeros().replace({TOTAL: value}))[TOTAL]
    assert row["value"] == (value if held else None)
    assert row["flags"] == (None if held else "inexact")


@pytest.mark.parametrize(
    ("value", "held"), [(2**63 - 1, True), (2**63, False), (-(2**63), True), (-(2**63) - 1, False)]
)
def test_the_wide_table_holds_counts_of_64_bits(value, held):
    (row,) = to_frame(zeros().replace({TOTAL: value}), wide=True).to_pylist()
    assert row[TOTAL] == (value if held else None)
    assert row["flags"] == (None if held else f"{TOTAL}=inexact")


@pytest.mark.parametrize("text", ["12.30", "0.1", "1E+3", "-0.00001", "123456789.123456"])
def test_amounts_are_the_very_numbers(text):
    row = rows_of(with_fees(Decimal(text)))["disclosure.fees.amount"]
    assert Decimal(repr(row["value"])) == Decimal(text)
    assert (row["unit"], row["flags"]) == ("万元", None)
    (wide,) = to_frame(with_fees(Decimal(text), "元"), wide=True).to_pylist()
    assert (wide["disclosure.fees.amount"], wide["disclosure.fees.unit"]) == (row["value"], "元")


@pytest.mark.parametrize("text", ["0.12345678901234567890", "1E+400", "9007199254740993.1"])
def test_amounts_that_a_float_does_not_hold_are_no_numbers(text):
    row = rows_of(with_fees(Decimal(text)))["disclosure.fees.amount"]
    assert (row["value"], row["flags"]) == (None, "inexact")


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity"])
def test_what_is_no_number_is_flagged(text):
    assert rows_of(with_fees(Decimal(text)))["disclosure.fees.amount"]["value"] is None
    assert rows_of(with_fees(Decimal(text)))["disclosure.fees.amount"]["flags"] == "text"
    fraction = holding(zeros(), {TOTAL: Decimal("1.5")})
    assert rows_of(fraction)[TOTAL]["flags"] == "fraction"
    assert to_frame(fraction, wide=True)[TOTAL].to_pylist() == [None]


def test_the_wide_table_has_a_column_for_each_cell_of_either_form():
    paths = {cell.path for form in Form for cell in Report.blank(form).cells()}
    assert set(wide_columns()) == paths
    table = to_frame([zeros(Form.F2021), zeros(Form.F2019)], wide=True)
    assert table.num_rows == 2
    assert table.column_names[:4] == ["agency", "year", "form", "flags"]
    assert table["disclosure.rules.issued"].to_pylist() == [0, None]
    assert table["disclosure.procurement.unit"].to_pylist() == [None, "万元"]
    assert table.schema.field(TOTAL).type == pa.int64()


def test_the_columns_of_a_row_of_either_form_stand_together():
    columns = list(wide_columns())
    assert columns.index("disclosure.rules.created") == columns.index("disclosure.rules.in_force") + 1
    assert columns.index("disclosure.licensing.items_last_year") < columns.index("requests.received.natural_person")


def test_a_source_for_each_report():
    table = to_frame([zeros(), zeros(Form.F2019)], sources=["a.docx", "b.pdf"])
    assert table.column_names == ["source", *LONG]
    assert table["source"].to_pylist() == ["a.docx"] * 200 + ["b.pdf"] * 198
    assert to_frame(zeros(), wide=True, sources=["a"])["source"].to_pylist() == ["a"]


@pytest.mark.parametrize("sources", [[], ["a", "b"]])
def test_there_must_be_as_many_sources_as_reports(sources):
    with pytest.raises(GxparseError, match="one source for each report"):
        to_frame(zeros(), sources=sources)


@pytest.mark.parametrize("wrong", [["a text"], [None], 5, [zeros(), 5]])
def test_what_is_no_report_is_refused(wrong):
    with pytest.raises(GxparseError, match="Expected a report, found"):
        to_frame(wrong)


def test_half_a_character_and_a_year_out_of_range_do_no_harm():
    report = attrs.evolve(zeros(), agency="青石\ud800镇", year=10**30)
    row = rows_of(report)[TOTAL]
    assert (row["agency"], row["year"]) == (r"青石\ud800镇", None)
    assert to_frame(report, wide=True)["year"].to_pylist() == [None]


def test_without_pyarrow_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(GxparseError, match=r'pip install "gxparse\[frame\]"'):
        to_frame(zeros())


def test_pandas_takes_the_numbers_without_copying():
    pandas = pytest.importorskip("pandas")
    table = to_frame([zeros()] * 3)
    taken = table.to_pandas(types_mapper=pandas.ArrowDtype)["value"]
    assert pa.chunked_array(taken.array.__arrow_array__()).chunk(0).buffers()[1].address == address(table)


def test_polars_takes_the_numbers_without_copying():
    polars = pytest.importorskip("polars")
    table = to_frame([zeros()] * 3)
    frame = polars.from_arrow(table)
    assert frame["value"].to_arrow().buffers()[1].address == address(table)
    assert frame.columns == LONG


def address(table):
    return table["value"].chunk(0).buffers()[1].address


@given(st.lists(reports() | printed_reports(), max_size=3))
def test_no_report_is_too_odd(several):
    rows = to_frame(several).to_pylist()
    cells = [cell for report in several for cell in report.cells()]
    assert len(rows) == len(cells)
    for row, cell in zip(rows, cells, strict=True):
        if row["value"] is None:
            assert row["flags"]
        else:
            assert Decimal(repr(row["value"])) == cell.value
    assert to_frame(several, wide=True).num_rows == len(several)


def test_the_names_of_the_package():
    assert gxparse.to_frame is to_frame
