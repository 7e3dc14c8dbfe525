"""A report as the rules see it: paths, labels, and what is known of each cell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gxparse.document import Location
from gxparse.errors import GxparseError
from gxparse.findings import Finding, Severity
from gxparse.records import Form, Source
from gxparse.rules.sheet import Sheet, Standing, above, common, label_of
from gxparse.rules.validation import validate
from gxparse.testing import holding, printed, zeros

ODD = st.text() | st.floats() | st.booleans() | st.lists(st.integers(), max_size=2) | st.just(object())
CELL = "requests.results.denied.state_secret.total"


def test_the_paths_above_a_cell_end_with_the_whole_report():
    assert above(CELL) == (
        CELL,
        "requests.results.denied.state_secret",
        "requests.results.denied",
        "requests.results",
        "requests",
        "",
    )
    assert above("") == ("",)


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["requests.results.granted", "requests.results.denied.repeated"], "requests.results"),
        (["requests.results.denied", "requests.results"], "requests.results"),
        (["requests.received"], "requests.received"),
        (["requests.received", "proceedings.reconsideration"], ""),
        (["requests.results.granted.total", "requests.received.total"], "requests"),
        ([], ""),
    ],
)
def test_what_paths_have_in_common(paths, expected):
    assert common(paths) == expected


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("requests", "三、收到和处理政府信息公开申请情况"),
        ("requests.received", "一、本年新收政府信息公开申请数量"),
        ("requests.received.total", "一、本年新收政府信息公开申请数量 · 总计"),
        ("requests.results.granted.other", "三、本年度办理结果 · （一）予以公开 · 其他"),
        ("disclosure.rules.in_force", "规章 · 现行有效件数"),
        ("title", None),
        ("", None),
    ],
)
def test_a_label_is_that_of_the_form(path, label):
    assert label_of(path) == label


def test_a_cell_has_what_is_printed_and_where():
    report = printed(zeros(), {"disclosure.fees.amount": "不详", CELL: " / "})
    cells = Sheet.of(report).cells
    amount, count = cells["disclosure.fees.amount"], cells[CELL]
    assert (amount.row, amount.column) == ("disclosure.fees", "amount")
    assert (amount.is_count, amount.value, amount.raw, amount.unit) == (False, None, "不详", "万元")
    assert (amount.location, amount.standing) == (Location(line=1), Standing.TEXT)
    assert (count.row, count.column) == ("requests.results.denied.state_secret", "total")
    assert (count.is_count, count.value, count.raw, count.unit) == (True, None, " / ", None)
    assert (count.location, count.standing) == (Location(line=2), Standing.NOT_APPLICABLE)


def test_a_cell_that_is_not_printed_has_no_place():
    cell = Sheet.of(zeros()).cells[CELL]
    assert (cell.value, cell.raw, cell.location, cell.standing) == (0, None, None, Standing.NUMBER)


@pytest.mark.parametrize(
    ("path", "value", "standing"),
    [
        (CELL, Decimal("1.5"), Standing.FRACTION),
        ("disclosure.fees.amount", Decimal("1.5"), Standing.NUMBER),
        ("disclosure.fees.amount", Decimal("NaN"), Standing.TEXT),
    ],
)
def test_a_decimal_is_the_number_of_an_amount(path, value, standing):
    assert Sheet.of(holding(zeros(), {path: value})).cells[path].standing is standing


@pytest.mark.parametrize(
    ("path", "raw", "standing"),
    [
        (CELL, "1.5", Standing.FRACTION),
        (CELL, "约1.5", Standing.TEXT),
        (CELL, "若干", Standing.TEXT),
        ("disclosure.fees.amount", "约1.5", Standing.TEXT),
        (CELL, "不涉及", Standing.NOT_APPLICABLE),
        (CELL, "&nbsp;", Standing.BLANK),
    ],
)
def test_what_is_printed_tells_what_is_known(path, raw, standing):
    assert Sheet.of(printed(zeros(), {path: raw})).cells[path].standing is standing


@pytest.mark.parametrize(
    ("code", "path", "severity", "explained"),
    [
        # Labels, columns, rows and pictures say why nothing is printed, texts and the like why it is no number.
        ("GX004", "requests.received", Severity.WARNING, {"requests.received.total"}),
        ("GX002", "requests", Severity.WARNING, {"requests.received.total", CELL}),
        ("GX202", CELL, Severity.ERROR, {CELL}),
        ("GX202", "requests.received.total", Severity.ERROR, set()),
        ("GX201", "requests", Severity.ERROR, set()),
        # Of the report as a whole only an error is reason enough.
        ("GX008", "", Severity.ERROR, {"requests.received.total"}),
        ("GX008", "", Severity.WARNING, set()),
        ("GX009", "", Severity.ERROR, set()),
    ],
)
def test_what_the_parser_has_said_explains_that_a_value_is_missing(code, path, severity, explained):
    report = printed(zeros().replace({"requests.received.total": None}), {CELL: "12 15"})
    report = evolve(report, findings=(Finding(code, path, "", "", severity=severity),))
    cells = Sheet.of(report).cells.values()
    assert {cell.path for cell in cells if cell.standing is Standing.EXPLAINED} == explained


def test_what_is_no_report_has_no_sheet():
    with pytest.raises(GxparseError, match="the report holds what no report can: year: "):
        Sheet.of(evolve(zeros(), year="2023"))


@pytest.mark.parametrize(
    ("value", "standing", "raw"),
    [
        ("5", Standing.TEXT, "'5' (str)"),
        ("", Standing.TEXT, "'' (str)"),
        (True, Standing.TEXT, "True (bool)"),
        (False, Standing.TEXT, "False (bool)"),
        (2.5, Standing.FRACTION, "2.5 (float)"),
        (2.0, Standing.FRACTION, "2.0 (float)"),
        (float("nan"), Standing.TEXT, "nan (float)"),
        (float("-inf"), Standing.TEXT, "-inf (float)"),
        ([5], Standing.TEXT, "[5] (list)"),
        (2j, Standing.TEXT, "2j (complex)"),
    ],
)
def test_what_no_count_can_be_is_said_by_the_rules(value, standing, raw):
    report = holding(zeros(), {CELL: value})
    cell = Sheet.of(report).cells[CELL]
    assert (cell.value, cell.raw, cell.standing) == (None, raw, standing)
    (finding,) = validate(report, select="GX2").findings
    assert (finding.code, finding.path) == ("GX205" if standing is Standing.FRACTION else "GX202", CELL)
    assert raw in finding.message_en


@pytest.mark.parametrize("value", ["5", True, 2.5, [5]])
def test_what_no_amount_can_be_is_no_number(value):
    amount = "disclosure.fees.amount"
    cell = Sheet.of(holding(zeros(), {amount: value})).cells[amount]
    assert (cell.value, cell.standing) == (None, Standing.TEXT)


@given(st.dictionaries(st.sampled_from([cell.path for cell in zeros().cells()]), ODD, min_size=1))
def test_whatever_stands_in_the_cells_a_report_can_be_checked(values):
    odd = holding(zeros(), values)
    odd = evolve(odd, year=2023, agency="青石镇")
    older = evolve(odd, year=2022)
    found = validate(odd, previous=older, parts=[odd, older])
    assert {finding.path for finding in found.findings if finding.code in ("GX202", "GX205")} == set(values)
    assert str(found)


@pytest.mark.parametrize("form", Form)
def test_the_rows_hold_every_cell_once(form):
    sheet = Sheet.of(zeros(form))
    assert [cell for row in sheet.rows.values() for cell in row] == list(sheet.cells.values())
    assert all(cell.row == path for path, row in sheet.rows.items() for cell in row)


def test_what_is_there_is_there_with_all_that_is_above_it():
    report = zeros().replace({cell.path: None for cell in zeros().cells()}).replace({CELL: 0})
    sheet = Sheet.of(report)
    assert [path for path in above(CELL)[1:] if not sheet.is_there(path)] == []
    for path in ("requests.received", "requests.results.not_provided", "disclosure", "proceedings"):
        assert not sheet.is_there(path)


def test_a_finding_stands_at_the_first_cell_below_its_path_that_has_a_place():
    lines = {"requests.received.total": 1, "requests.results.total.total": 2, "requests.results.total.other": 3}
    report = evolve(zeros(), sources={path: Source("0", Location(line=line)) for path, line in lines.items()})
    sheet = Sheet.of(report)
    for path, line in [("requests.results.total", 3), ("requests.results", 3), ("requests", 1)]:
        assert sheet.finding("GX201", path, ("中", "en")).location == Location(line=line)
    assert sheet.finding("GX201", "requests.results.total.total", ("中", "en")).location == Location(line=2)
    assert sheet.finding("GX201", "requests.carried_in.total", ("中", "en")).location is None
    assert sheet.finding("GX201", "proceedings", ("中", "en")).location is None


def test_a_finding_holds_what_it_is_given():
    numbers = {"found": 3}
    finding = Sheet.of(zeros()).finding("GX204", CELL, ("中", "en"), numbers=numbers, suggestion="0")
    assert finding == Finding(
        "GX204",
        CELL,
        "中",
        "en",
        label="三、本年度办理结果 · （三）不予公开 · 1.属于国家秘密 · 总计",
        numbers={"found": 3},
        suggestion="0",
    )
