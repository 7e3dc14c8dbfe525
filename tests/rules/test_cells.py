"""GX2: what stands in the cells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gxparse.document import Location
from gxparse.findings import Finding
from gxparse.records import FeeAmount, Form, Report
from gxparse.rules import validate
from gxparse.rules.sheet import Sheet, Standing
from gxparse.testing import holding, printed, reports, zeros

CELL = "requests.received.total"


def found(report, select="GX2"):
    return [(finding.code, finding.path) for finding in validate(report, select=select).findings]


def below(report, *prefixes):
    return [cell.path for cell in report.cells() if any(cell.path.startswith(f"{each}.") for each in prefixes)]


@pytest.mark.parametrize("form", Form)
def test_zeros_are_all_right(form):
    assert found(zeros(form)) == []


class TestOneCell:
    @pytest.mark.parametrize("raw", ["", " ", "\u3000", "\xa0", "&nbsp;", "<o:p></o:p>"])
    def test_blank(self, raw):
        assert found(printed(zeros(), {CELL: raw})) == [("GX201", CELL)]

    @pytest.mark.parametrize("raw", ["/", "-", "—", "——", "无", "不涉及", "不适用", "N/A"])
    def test_not_applicable(self, raw):
        (finding,) = validate(printed(zeros(), {CELL: raw}), select="GX2").findings
        assert (finding.code, finding.path) == ("GX203", CELL)
        assert f"“{raw}”" in finding.message_zh

    @pytest.mark.parametrize("raw", ["情况见附件", "12 15", "35²", "251000元", "x"])
    def test_not_a_number(self, raw):
        (finding,) = validate(printed(zeros(), {CELL: raw}), select="GX2").findings
        assert (finding.code, finding.path) == ("GX202", CELL)
        assert raw in finding.message_en

    @pytest.mark.parametrize("raw", ["1.5", "１．５", "3.25件", "0.5"])
    def test_fraction(self, raw):
        assert found(printed(zeros(), {CELL: raw})) == [("GX205", CELL)]

    def test_a_fraction_that_a_program_put_there(self):
        assert found(holding(zeros(), {CELL: Decimal("1.5")})) == [("GX205", CELL)]

    def test_an_amount_may_be_a_fraction(self):
        assert found(zeros().replace({"disclosure.fees.amount": Decimal("1.5")})) == []

    def test_an_amount_that_is_no_number(self):
        assert found(holding(zeros(), {"disclosure.fees.amount": Decimal("NaN")})) == [
            ("GX202", "disclosure.fees.amount")
        ]

    @pytest.mark.parametrize(
        ("path", "number", "expected"),
        [
            (CELL, -1, ["GX204"]),
            (CELL, 0, []),
            ("disclosure.fees.items_last_year", -2, ["GX204"]),
            ("disclosure.fees.change", -2, []),
            ("disclosure.licensing.change", -2, []),
            ("disclosure.procurement.amount", Decimal("-0.01"), ["GX204"]),
        ],
    )
    def test_negative(self, path, number, expected):
        assert [code for code, _ in found(zeros(Form.F2019).replace({path: number}))] == expected

    @pytest.mark.parametrize(("amount", "unit", "expected"), [("1", None, 1), ("1", "元", 0), ("0", None, 0)])
    def test_an_amount_needs_a_unit_unless_it_is_0(self, amount, unit, expected):
        report = zeros()
        report = evolve(report, disclosure=evolve(report.disclosure, fees=FeeAmount(Decimal(amount), unit)))
        assert found(report) == [("GX206", "disclosure.fees.amount")] * expected

    def test_the_place_and_the_label_are_those_of_the_cell(self):
        (finding,) = validate(printed(zeros(), {CELL: "/"}), select="GX2").findings
        assert finding.location == Location(line=1)
        assert finding.label == "一、本年新收政府信息公开申请数量 · 总计"

    def test_a_long_text_is_cut_in_the_message(self):
        (finding,) = validate(printed(zeros(), {CELL: "很长" * 100_000}), select="GX2").findings
        assert len(finding.message_zh) < 80

    @pytest.mark.parametrize("path", [CELL, "requests.received", "requests"])
    @pytest.mark.parametrize("code", ["GX002", "GX003", "GX202"])
    def test_a_text_that_the_parser_has_reported_is_not_reported_again(self, path, code):
        finding = Finding(code, path, "", "")
        report = evolve(printed(zeros(), {CELL: "12 15"}), findings=(finding,))
        assert validate(report, select="GX2").findings == ((finding,) if code == "GX202" else ())

    def test_a_fraction_that_the_parser_has_reported_is_not_reported_again(self):
        finding = Finding("GX205", CELL, "", "")
        report = evolve(printed(zeros(), {CELL: "1.5"}), findings=(finding,))
        assert validate(report, select="GX2").findings == (finding,)


class TestGaps:
    """Blanks that belong together make one finding."""

    def test_a_whole_row(self):
        report = printed(zeros(), dict.fromkeys(below(zeros(), "requests.carried_in"), ""))
        (finding,) = validate(report, select="GX2").findings
        assert (finding.code, finding.path) == ("GX201", "requests.carried_in")
        assert finding.numbers == {"cells": 7, "rows": 1}
        assert finding.location == Location(line=1)

    def test_a_part_of_a_row_names_its_columns(self):
        report = printed(zeros(), {"requests.carried_in.enterprise": "", "requests.carried_in.other": ""})
        (finding,) = validate(report, select="GX2").findings
        assert finding.path == "requests.carried_in"
        assert "2 格（商业企业、其他）" in finding.message_zh
        assert "2 cells (enterprise, other)" in finding.message_en

    def test_the_columns_of_organisations_alone_are_named_as_one(self):
        names = ("enterprise", "research_institution", "public_welfare_organization", "legal_service_agency", "other")
        blanks = {f"requests.carried_in.{name}": "" for name in names}
        (finding,) = validate(printed(zeros(), blanks), select="GX2").findings
        assert finding.message_zh.startswith("5 格（法人或其他组织各列）空白")
        assert finding.message_en.startswith("5 cells (all columns of organisations) are blank")

    @pytest.mark.parametrize(
        "path", ["requests.results.denied", "requests", "proceedings", "disclosure", "requests.results"]
    )
    def test_a_group_of_rows_or_a_table(self, path):
        report = printed(zeros(), dict.fromkeys(below(zeros(), path), ""))
        assert found(report) == [("GX201", path)]

    def test_a_row_of_one_cell_is_that_cell(self):
        assert found(printed(zeros(), {"disclosure.licensing.decisions": ""})) == [
            ("GX201", "disclosure.licensing.decisions")
        ]

    def test_rows_filled_in_their_last_column_only_are_one_finding(self):
        report = zeros(Form.F2019)
        blanks = [path for path in below(report, "requests") if path.rpartition(".")[2] != "total"]
        (finding,) = validate(printed(report, dict.fromkeys(blanks, "")), select="GX2").findings
        assert (finding.code, finding.path) == ("GX201", "requests")
        assert finding.numbers == {"cells": 138, "rows": 23}

    def test_a_few_gaps_are_named_one_by_one(self):
        cells = ["requests.received.other", "requests.results.granted.other", "requests.carried_out.other"]
        assert found(printed(zeros(), dict.fromkeys(cells, ""))) == [("GX201", path) for path in cells]

    def test_gaps_of_two_tables_are_never_one(self):
        report = printed(zeros(), dict.fromkeys(below(zeros(), "requests", "proceedings"), ""))
        assert found(report) == [("GX201", "requests"), ("GX201", "proceedings")]

    def test_a_few_gaps_in_each_of_two_tables_are_not_many_in_one(self):
        rows = ["requests.received", "requests.carried_in", "proceedings.reconsideration"]
        rows.append("proceedings.direct_litigation")
        assert found(printed(zeros(), dict.fromkeys(below(zeros(), *rows), ""))) == [("GX201", row) for row in rows]

    def test_blanks_and_tokens_are_told_apart(self):
        report = printed(zeros(), dict.fromkeys(below(zeros(), "requests.received"), "/"))
        report = printed(report, dict.fromkeys(below(zeros(), "proceedings.reconsideration"), ""))
        assert found(report) == [("GX203", "requests.received"), ("GX201", "proceedings.reconsideration")]

    def test_a_missing_row_is_not_blank_as_well(self):
        report = zeros().replace(dict.fromkeys(below(zeros(), "requests.received")))
        assert found(report) == []

    def test_a_missing_row_does_not_break_up_a_blank_table(self):
        report = printed(zeros(), dict.fromkeys(below(zeros(), "requests"), ""))
        report = report.replace(dict.fromkeys(below(zeros(), "requests.received")))
        assert found(report) == [("GX201", "requests")]

    def test_a_cell_without_value_in_a_report_that_a_program_made_is_blank(self):
        (finding,) = validate(zeros().replace({CELL: None}), select="GX2").findings
        assert (finding.code, finding.path) == ("GX201", CELL)
        assert finding.message_en.startswith("the cell is blank or not there")

    @given(st.sets(st.sampled_from(below(zeros(), "disclosure", "requests", "proceedings"))))
    def test_every_blank_cell_is_in_exactly_one_gap(self, blanks):
        findings = validate(printed(zeros(), dict.fromkeys(blanks, "")), select="GX201").findings
        assert sum(finding.numbers["cells"] for finding in findings) == len(blanks)
        assert all(any(finding.covers(path) for finding in findings) for path in blanks)


@given(reports())
def test_a_cell_has_one_standing_and_at_most_one_complaint_about_it(report):
    complaints = {
        Standing.TEXT: "GX202",
        Standing.BLANK: "GX201",
        Standing.NOT_APPLICABLE: "GX203",
        Standing.FRACTION: "GX205",
    }
    report = evolve(report, findings=())
    findings = validate(report, select="GX2").findings
    for cell in Sheet.of(report).cells.values():
        expected = complaints.get(cell.standing)
        assert expected is None or any(finding.code == expected and finding.covers(cell.path) for finding in findings)


def test_an_empty_report_has_no_cells_to_complain_of():
    assert found(Report()) == []
