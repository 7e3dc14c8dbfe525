"""GX5: a report against that of last year."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import gxparse
from gxparse.findings import Severity
from gxparse.records import FeeAmount, Form, Report, Subsection, TextSection
from gxparse.rules import validate
from gxparse.testing import APPLICANTS, consistent_reports, holding, printed, reports, zeros
from tests.test_corpus import CORPUS

COLUMNS = [*APPLICANTS, "total"]


def of(year, form=Form.F2021):
    return evolve(zeros(form), year=year)


def findings(report, previous, select="GX5"):
    return validate(report, previous=previous, select=select).findings


def found(report, previous, select="GX5"):
    return [(finding.code, finding.path) for finding in findings(report, previous, select)]


def only(report, previous, select="GX5"):
    (finding,) = findings(report, previous, select)
    return finding


class TestCarriedOver:
    """GX501."""

    IN, OUT = "requests.carried_in", "requests.carried_out"

    @pytest.mark.parametrize("column", COLUMNS)
    def test_each_column_goes_on(self, column):
        finding = only(of(2023), of(2022).replace({f"{self.OUT}.{column}": 2}), "GX501")
        assert finding.path == f"{self.IN}.{column}"
        assert finding.numbers == {"expected": 2, "found": 0}
        assert finding.severity is Severity.ERROR

    def test_what_goes_on_is_no_finding(self):
        number = {f"{self.OUT}.total": 2}, {f"{self.IN}.total": 2}
        assert found(of(2023).replace(number[1]), of(2022).replace(number[0])) == []

    def test_what_is_carried_out_this_year_was_not_last_year(self):
        assert found(of(2023).replace({f"{self.OUT}.total": 2}), of(2022)) == []

    def test_both_numbers_are_named(self):
        report, previous = of(2023).replace({f"{self.IN}.total": 3}), of(2022).replace({f"{self.OUT}.total": 5})
        finding = only(report, previous)
        assert finding.message_zh == "应为 5（上年报告的结转下年度继续办理），实为 3，请核对两年的报告"
        assert finding.message_en == (
            "expected 5 (carried out in the report of last year), found 3; please check both reports"
        )

    def test_a_blank_counts_as_zero_and_is_named(self):
        cell = f"{self.IN}.total"
        finding = only(printed(of(2023), {cell: ""}), of(2022).replace({f"{self.OUT}.total": 5}), "GX501")
        assert "实为 空白（按 0 计）" in finding.message_zh
        assert "found blank (counted as 0);" in finding.message_en
        previous = printed(of(2022), {f"{self.OUT}.total": "/"})
        finding = only(of(2023).replace({cell: 1}), previous, "GX501")
        assert "应为 0（上年报告的结转下年度继续办理为空白，按 0 计），实为 1" in finding.message_zh
        assert "expected 0 (carried out in the report of last year, blank, counted as 0), found 1" in finding.message_en
        assert found(of(2023), previous) == []

    @pytest.mark.parametrize(("total", "paths"), [(2, []), (0, ["natural_person", "total"])])
    def test_a_blank_counts_as_zero_only_where_its_row_adds_up(self, total, paths):
        blanks = {f"{self.OUT}.{column}": "" for column in APPLICANTS}
        previous = printed(of(2022).replace({f"{self.OUT}.total": total}), blanks)
        report = of(2023).replace({f"{self.IN}.natural_person": 2, f"{self.IN}.total": 2})
        assert found(report, previous, "GX501") == [("GX501", f"{self.IN}.{column}") for column in paths]

    @pytest.mark.parametrize("raw", ["", "若干"])
    def test_a_total_that_is_left_out_is_not_zero(self, raw):
        previous = printed(of(2022).replace({f"{self.OUT}.other": 2}), {f"{self.OUT}.total": raw})
        report = of(2023).replace({f"{self.IN}.other": 2, f"{self.IN}.total": 2})
        assert found(report, previous, "GX501") == []

    @pytest.mark.parametrize("raw", ["若干", "1.5"])
    def test_what_is_not_known_differs_from_nothing(self, raw):
        unread = printed(of(2022), {f"{self.OUT}.total": raw})
        assert found(of(2023).replace({f"{self.IN}.total": 5}), unread, "GX501") == []
        assert found(printed(of(2023), {f"{self.IN}.total": raw}), of(2022).replace({f"{self.OUT}.total": 5})) == []
        assert found(of(2023).replace({f"{self.IN}.total": 5}), Report(year=2022), "GX501") == []

    def test_a_report_without_the_row_goes_on_from_nothing(self):
        report = evolve(of(2023), requests=evolve(zeros().requests, carried_in=None))
        assert found(report, of(2022).replace({f"{self.OUT}.total": 5})) == []

    def test_forms_are_no_bar(self):
        previous = of(2020, Form.F2019).replace({f"{self.OUT}.total": 5})
        assert found(of(2021), previous) == [("GX501", f"{self.IN}.total")]

    def test_a_correction_is_offered_where_all_sums_still_hold(self):
        out = {f"{self.OUT}.{column}": 2 for column in ("other", "total")}
        into = {f"{self.IN}.{column}": 3 for column in ("other", "total")}
        dealt_with = {
            f"requests.results.{row}.{column}": 2 for row in ("granted", "total") for column in ("other", "total")
        }
        wrong = findings(of(2023).replace(into | dealt_with), of(2022).replace(out), "GX501")
        assert [each.suggestion for each in wrong] == [
            "requests.carried_in.other: 3 → 2",
            "requests.carried_in.total: 3 → 2",
        ]

    def test_no_correction_is_offered_that_breaks_a_sum(self):
        same = {f"{self.IN}.other": 3, f"{self.IN}.total": 3}
        dealt_with = {
            f"requests.results.{row}.{column}": 3 for row in ("granted", "total") for column in ("other", "total")
        }
        assert {each.suggestion for each in findings(of(2023).replace(same | dealt_with), of(2022), "GX501")} == {None}

    def test_the_correction_of_a_blank_says_so(self):
        blank = printed(of(2023), {f"{self.IN}.total": ""})
        values = {"requests.carried_in.other": 2, "requests.carried_out.total": 2, "requests.carried_out.other": 2}
        previous = of(2022).replace({f"{self.OUT}.total": 2, f"{self.OUT}.other": 2})
        assert only(blank.replace(values), previous, "GX501").suggestion == "requests.carried_in.total: blank → 2"


class TestStocks:
    """GX502."""

    @pytest.mark.parametrize("row", ["disclosure.rules", "disclosure.normative_documents"])
    @pytest.mark.parametrize(("in_force", "right"), [(11, False), (12, True), (13, False)])
    def test_documents_in_force(self, row, in_force, right):
        previous = of(2022).replace({f"{row}.in_force": 10, f"{row}.issued": 7, f"{row}.repealed": 5})
        report = of(2023).replace({f"{row}.in_force": in_force, f"{row}.issued": 3, f"{row}.repealed": 1})
        assert found(report, previous) == ([] if right else [("GX502", f"{row}.in_force")])

    def test_the_sum_is_shown(self):
        row = "disclosure.rules"
        report = of(2023).replace({f"{row}.in_force": 11, f"{row}.issued": 3, f"{row}.repealed": 1})
        finding = only(report, of(2022).replace({f"{row}.in_force": 10}))
        assert finding.message_zh == (
            "应为 12（= 上年现行有效 10 + 本年制发 3 − 本年废止 1），实为 11，请核对两年的报告"
        )
        assert finding.message_en == (
            "expected 12 (= in force last year 10 + issued 3 − repealed 1), found 11; please check both reports"
        )
        assert finding.numbers == {"expected": 12, "found": 11, "in_force_last_year": 10, "issued": 3, "repealed": 1}
        assert finding.severity is Severity.ERROR

    def test_the_sum_of_documents_disclosed_is_shown(self):
        row = "disclosure.normative_documents"
        report = of(2020, Form.F2019).replace({f"{row}.total_disclosed": 13, f"{row}.newly_disclosed": 2})
        finding = only(report, of(2019, Form.F2019).replace({f"{row}.total_disclosed": 10}))
        assert finding.message_zh == ("应为 12（= 上年对外公开总数量 10 + 本年新公开 2），实为 13，请核对两年的报告")
        assert finding.message_en == (
            "expected 12 (= disclosed in all last year 10 + newly disclosed 2), found 13; please check both reports"
        )
        assert finding.numbers == {
            "expected": 12,
            "found": 13,
            "disclosed_in_all_last_year": 10,
            "newly_disclosed": 2,
        }

    def test_the_sum_of_items_is_shown(self):
        row = "disclosure.licensing"
        previous = of(2019, Form.F2019).replace({f"{row}.items_last_year": 10, f"{row}.change": -3})
        finding = only(of(2020, Form.F2019).replace({f"{row}.items_last_year": 9}), previous)
        assert finding.message_zh == (
            "应为 7（= 上年报告的上一年项目数量 10 + 上年报告的本年增/减 -3），实为 9，请核对两年的报告"
        )
        assert finding.message_en == (
            "expected 7 (= items of the year before 10 + change of last year -3), found 9; please check both reports"
        )
        assert finding.numbers == {
            "expected": 7,
            "found": 9,
            "items_of_the_year_before": 10,
            "change_of_last_year": -3,
        }

    @pytest.mark.parametrize(("column", "severity"), [("in_force", Severity.WARNING), ("issued", Severity.ERROR)])
    def test_a_stock_that_was_blank_last_year_may_have_been_forgotten(self, column, severity):
        previous = printed(of(2022), {f"disclosure.rules.{column}": ""})
        finding = only(of(2023).replace({"disclosure.rules.in_force": 9}), previous)
        assert (finding.code, finding.severity) == ("GX502", severity)

    @pytest.mark.parametrize("cell", ["in_force", "issued", "repealed"])
    def test_blanks_count_as_zero_and_the_unknown_for_nothing(self, cell):
        path = f"disclosure.rules.{cell}"
        previous = of(2022).replace({"disclosure.rules.in_force": 4})
        report = of(2023).replace({"disclosure.rules.in_force": 9})
        assert "空白（按 0 计）" in only(printed(report, {path: ""}), previous).message_zh
        assert found(printed(report, {path: "见附件"}), previous) == []
        assert found(report.replace({path: None}), previous) == []

    @pytest.mark.parametrize(
        ("total", "severity"), [(12, None), (13, Severity.ERROR), (11, Severity.WARNING), (0, Severity.WARNING)]
    )
    def test_documents_disclosed(self, total, severity):
        row = "disclosure.normative_documents"
        previous = of(2019, Form.F2019).replace({f"{row}.total_disclosed": 10, f"{row}.newly_disclosed": 9})
        report = of(2020, Form.F2019).replace({f"{row}.total_disclosed": total, f"{row}.newly_disclosed": 2})
        assert [(each.path, each.severity) for each in findings(report, previous)] == (
            [(f"{row}.total_disclosed", severity)] if severity else []
        )

    @pytest.mark.parametrize("name", ["licensing", "other_services", "penalties", "compulsion", "fees"])
    @pytest.mark.parametrize(
        ("items", "change", "now", "right"), [(10, -3, 7, True), (10, -3, 10, False), (4, 2, 6, True)]
    )
    def test_items(self, name, items, change, now, right):
        row = f"disclosure.{name}"
        previous = of(2019, Form.F2019).replace({f"{row}.items_last_year": items, f"{row}.change": change})
        report = of(2020, Form.F2019).replace({f"{row}.items_last_year": now})
        assert found(report, previous) == ([] if right else [("GX502", f"{row}.items_last_year")])

    def test_two_forms_cannot_be_compared(self):
        previous = of(2020, Form.F2019)
        previous = previous.replace({cell.path: 7 for cell in previous.cells() if cell.path.startswith("disclosure")})
        assert found(of(2021), previous) == []
        assert found(evolve(previous, year=2021), of(2020), "GX502") == []


class TestLeaps:
    """GX503."""

    CELL = "disclosure.licensing.decisions"

    @pytest.mark.parametrize(
        ("last", "now", "leaps"),
        [
            (10, 100, True),
            (100, 10, True),
            (11, 100, False),
            (1, 10, False),
            (9, 99, False),
            (1, 100, True),
            (100, 999, False),
            (100, 1000, True),
            (0, 1000, False),
            (-1, 1000, False),
            (None, 1000, False),
        ],
    )
    def test_a_leap_is_tenfold_and_great(self, last, now, leaps):
        expected = [("GX503", self.CELL)] if leaps else []
        assert found(of(2023).replace({self.CELL: now}), of(2022).replace({self.CELL: last})) == expected

    def test_both_numbers_are_named(self):
        finding = only(of(2023).replace({self.CELL: 300}), of(2022).replace({self.CELL: 3}))
        assert finding.message_zh == "本年 300，上年 3，相差 10 倍以上，请核对数值和单位"
        assert finding.message_en == "300 this year, 3 last year, 10 times apart or more; please check number and unit"
        assert finding.numbers == {"found": 300, "last_year": 3}
        assert finding.severity is Severity.INFO

    def test_the_total_speaks_for_its_row(self):
        row = "requests.received"
        now, last = {f"{row}.other": 200, f"{row}.total": 200}, {f"{row}.other": 2, f"{row}.total": 2}
        assert found(of(2023).replace(now), of(2022).replace(last)) == [("GX503", f"{row}.total")]
        assert found(of(2023).replace({f"{row}.other": 200}), of(2022).replace(last)) == [("GX503", f"{row}.other")]

    def test_no_more_than_five_the_totals_first(self):
        details = [f"requests.received.{column}" for column in APPLICANTS[:4]]
        totals = [f"requests.{row}.total" for row in ("results.granted", "results.total", "carried_in", "carried_out")]
        now, last = (dict.fromkeys([*details, *totals], number) for number in (500, 5))
        assert [path for _, path in found(of(2023).replace(now), of(2022).replace(last), "GX503")] == [
            details[0],
            "requests.carried_in.total",
            "requests.results.granted.total",
            "requests.results.total.total",
            "requests.carried_out.total",
        ]

    @pytest.mark.parametrize(("unit", "leaps"), [("万元", True), ("元", False), (None, False)])
    def test_amounts_are_compared_in_one_unit(self, unit, leaps):
        report, previous = of(2023), of(2022)
        report = evolve(report, disclosure=evolve(report.disclosure, fees=FeeAmount(Decimal(35000), "万元")))
        previous = evolve(previous, disclosure=evolve(previous.disclosure, fees=FeeAmount(Decimal("3.5"), unit)))
        assert found(report, previous) == ([("GX503", "disclosure.fees.amount")] if leaps else [])


TEXT = "本年度坚持公开为常态，完善制度，规范流程，加强培训，回应群众关切。" * 4


class TestCopies:
    """GX504."""

    @pytest.mark.parametrize(
        "name", ["overview", "disclosure_text", "requests_text", "proceedings_text", "problems", "other_matters"]
    )
    def test_each_section_may_be_a_copy(self, name):
        report = evolve(of(2023), **{name: TextSection("某标题", (f"2023年{TEXT}",))})
        finding = only(report, evolve(of(2022), **{name: TextSection("标题", (f"2022年{TEXT}",))}))
        assert (finding.code, finding.path, finding.label) == ("GX504", name, "某标题")
        assert finding.numbers == {"percent": 100}
        assert finding.message_zh == "文字与上年报告的相似度为 100%（数字不计），请写明本年的情况"
        assert finding.message_en == (
            "100 % of the text is that of last year's report, numbers aside; please report on this year"
        )

    def test_the_text_of_subsections_is_text(self):
        parts = (Subsection("（一）", "制度", (TEXT[:50],)), Subsection("（二）", "培训", (TEXT[50:],)))
        section = TextSection("一、总体情况", (), parts)
        assert found(evolve(of(2023), overview=section), evolve(of(2022), overview=section)) == [("GX504", "overview")]
        other = TextSection("一、总体情况", (), (Subsection("（一）", TEXT, ()),))
        assert len(found(evolve(of(2023), overview=other), evolve(of(2022), overview=other))) == 1

    @pytest.mark.parametrize(("length", "is_copy"), [(99, False), (100, True)])
    def test_what_is_short_may_be_the_same(self, length, is_copy):
        long, short = TextSection("", (TEXT + TEXT,)), TextSection("", ((TEXT + TEXT)[:length],))
        assert bool(found(evolve(of(2023), problems=short), evolve(of(2022), problems=short))) is is_copy
        assert found(evolve(of(2023), problems=short), evolve(of(2022), problems=long)) == []

    @pytest.mark.parametrize(("same", "percent"), [(92, 90), (91, None)])
    def test_nine_tenths_are_a_copy(self, same, percent):
        copy, original = TextSection("", ("甲" * same + "乙" * (102 - same),)), TextSection("", ("甲" * 102,))
        wrong = findings(evolve(of(2023), overview=copy), evolve(of(2022), overview=original))
        assert [finding.numbers for finding in wrong] == ([{"percent": percent}] if percent else [])

    def test_other_paragraphs_make_no_other_text(self):
        one, many = TextSection("", (TEXT,)), TextSection("", tuple(TEXT.split("，")))
        assert only(evolve(of(2023), overview=many), evolve(of(2022), overview=one)).numbers == {"percent": 100}

    def test_what_is_partly_new_is_no_copy(self):
        new = "新设开放日，邀请企业座谈，听取对审批流程的意见建议，公开栏目按办事场景分类。"
        report = evolve(of(2023), overview=TextSection("", (TEXT + new,)))
        assert found(report, evolve(of(2022), overview=TextSection("", (TEXT,)))) == []

    def test_a_section_that_is_missing_is_no_copy(self):
        assert found(of(2023), evolve(of(2022), overview=TextSection("", (TEXT,)))) == []
        assert found(evolve(of(2023), overview=TextSection("", (TEXT,))), of(2022)) == []


class TestAgencyAndYear:
    """GX505."""

    def test_another_agency(self):
        finding = only(evolve(of(2023), agency="白塔区教育局"), evolve(of(2022), agency="青石区教育局"))
        assert (finding.code, finding.path, finding.severity) == ("GX505", "", Severity.INFO)
        assert finding.message_zh == (
            "上年报告的机关是“青石区教育局”，本年报告的是“白塔区教育局”，请核对是否为同一机关；结转和存量的差异只作警告"
        )
        assert finding.message_en == (
            "last year's report is of “青石区教育局”, this one of “白塔区教育局”; please check that they are one agency"
            "; what does not go on from it is a warning only"
        )

    @pytest.mark.parametrize("agency", ["澄江市白塔区教育局", "教育局", "白塔区教育局", None, ""])
    def test_another_name_of_the_agency(self, agency):
        assert found(evolve(of(2023), agency="白塔区教育局"), evolve(of(2022), agency=agency)) == []
        assert found(evolve(of(2023), agency=agency), evolve(of(2022), agency="白塔区教育局")) == []

    @pytest.mark.parametrize(
        ("year", "last", "right"),
        [
            (2023, 2022, True),
            (2023, 2023, False),
            (2023, 2024, False),
            (2023, 2021, False),
            (None, 2022, True),
            (2023, None, True),
            (None, None, True),
        ],
    )
    def test_the_year_before(self, year, last, right):
        assert found(of(year), of(last)) == ([] if right else [("GX505", "")])

    def test_both_years_are_named(self):
        finding = only(of(2023), of(2021))
        assert finding.numbers == {"year": 2023, "last_year": 2021}
        assert "作为上年报告的是 2021 年度报告，本年报告为 2023 年度" in finding.message_zh
        assert "is for 2021, this one for 2023, " in finding.message_en
        assert finding.severity is Severity.INFO

    def test_what_does_not_go_on_from_another_year_is_no_error(self):
        values = {"requests.carried_out.total": 3, "disclosure.rules.in_force": 3}
        assert [(each.code, each.severity) for each in findings(of(2023), of(2021).replace(values))] == [
            ("GX505", Severity.INFO),
            ("GX502", Severity.WARNING),
            ("GX501", Severity.WARNING),
        ]

    @pytest.mark.parametrize(
        ("other", "severity"), [({"year": 2021}, "warning"), ({"agency": "溪口乡"}, "warning"), ({}, "error")]
    )
    def test_of_another_report_no_correction_is_made(self, other, severity):
        values = {
            f"requests.{row}.{column}": 2 for row in ("carried_in", "carried_out") for column in ("other", "total")
        }
        report = evolve(of(2023).replace(values), agency="青石镇")
        last = evolve(of(2022), agency="青石镇").replace(values)
        report = report.replace({"requests.carried_in.total": 3})
        (finding,) = findings(report, evolve(last, **other), "GX501")
        assert finding.severity == severity
        assert finding.suggestion == ("requests.carried_in.total: 3 → 2" if severity == "error" else None)


# ── Any report ───────────────────────────────────────────────────────────────────────────────────────────────────────


def gone_on(report, older):
    """The older report, so changed that the other goes on from it, each being sound in itself or not."""
    values = {f"requests.carried_out.{column}": report.value(f"requests.carried_in.{column}") for column in COLUMNS}
    for cell in older.cells():
        row, _, column = cell.path.rpartition(".")
        if column == "in_force":
            values[cell.path] = (
                report.value(cell.path) + report.value(f"{row}.repealed") - report.value(f"{row}.issued")
            )
    return evolve(older.replace(values), year=report.year - 1)


@st.composite
def pairs(draw):
    report, older = draw(consistent_reports()), draw(consistent_reports())
    if older.form is not report.form:
        older = report
    stocks = [cell.path for cell in report.cells() if cell.path.startswith("disclosure") and report.form is Form.F2021]
    return (report := report.replace({path: draw(st.integers(5, 40)) for path in stocks})), gone_on(report, older)


@given(pairs())
def test_what_goes_on_has_no_error(pair):
    assert validate(pair[0], previous=pair[1], select="GX5").ok


@given(pairs(), st.sampled_from(COLUMNS), st.integers(1, 9))
def test_one_number_that_does_not_go_on_is_found_at_its_place(pair, column, more):
    report, previous = pair
    path = f"requests.carried_out.{column}"
    changed = previous.replace({path: previous.value(path) + more})
    assert found(report, changed, ["GX501", "GX502"]) == [("GX501", f"requests.carried_in.{column}")]


@given(reports(), reports())
def test_any_two_reports_will_do(report, previous):
    for finding in findings(evolve(report, findings=()), previous):
        assert finding.message_zh
        assert finding.message_en


@pytest.mark.parametrize(
    "value",
    [Decimal("NaN"), Decimal("Infinity"), Decimal("9E999999"), 10**5000, -(10**5000)],
    ids=["NaN", "infinity", "decimal", "many digits", "many digits below 0"],
)
def test_odd_numbers_are_no_numbers(value):
    cells = ["requests.carried_in.total", "requests.carried_out.total", "disclosure.rules.in_force"]
    odd = holding(of(2023), dict.fromkeys([*cells, "disclosure.fees.amount"], value))
    assert found(odd, of(2022)) == found(of(2023), evolve(odd, year=2022)) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")
def test_two_reports_that_were_published():
    older, newer = (gxparse.parse(CORPUS / "pdf" / f"hongze-{year}.pdf") for year in (2023, 2024))
    assert validate(newer, previous=older).ok
    assert {code for code, _ in found(newer, older)} <= {"GX503"}
