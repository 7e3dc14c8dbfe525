"""What each finding says: its words in both languages, its numbers, its label, its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from gxparse.document import Location
from gxparse.records import Applicants, Decisions, FeeAmount, Form, OtherResults, Report, Source
from gxparse.rules import validate
from gxparse.testing import holding, printed, zeros

CELL = "requests.received.total"
CASE = "proceedings.reconsideration"


def below(report, prefix):
    return [cell.path for cell in report.cells() if cell.path.startswith(f"{prefix}.")]


def said(report, select):
    return [(finding.message_zh, finding.message_en) for finding in validate(report, select=select).findings]


def only(report, select):
    (finding,) = validate(report, select=select).findings
    return finding


class TestPresence:
    def test_a_table(self):
        finding = validate(Report(), select="GX105").findings[1]
        assert finding.message_zh == "缺少“三、收到和处理政府信息公开申请情况”的表格，应按规定格式填报"
        assert finding.message_en == "the table of requests is missing; the form demands it"
        assert finding.label == "三、收到和处理政府信息公开申请情况"

    def test_a_row(self):
        report = zeros().replace(dict.fromkeys(below(zeros(), "requests.received")))
        assert said(report, "GX106") == [
            (
                "缺少“一、本年新收政府信息公开申请数量”一行，应按规定格式填报，没有的填 0",
                "the row is missing; the form demands it, with 0 where there is nothing to report",
            )
        ]


class TestForms:
    def test_the_old_form(self):
        assert said(evolve(zeros(Form.F2019), year=2021), "GX107") == [
            (
                "2021 年度报告仍用旧格式（国办公开办函〔2019〕60号）；"
                "2021 年度起应使用新格式（国办公开办函〔2021〕30号）",
                "the report for 2021 uses the form of 2019 (国办公开办函〔2019〕60号); "
                "reports for 2021 and later use that of 2021 (国办公开办函〔2021〕30号)",
            )
        ]

    def test_both_forms_the_one_with_fewer_rows_first(self):
        report = zeros(Form.F2019)
        disclosure = evolve(report.disclosure, licensing=Decisions(0), compulsion=Decisions(0))
        finding = only(evolve(report, disclosure=disclosure), "GX108")
        assert finding.message_zh == (
            "以下 2 行为 2021 年格式：行政许可、行政强制；另有 7 行为 2019 年格式。应统一使用一种格式"
        )
        assert finding.message_en == (
            "rows of form 2021 (2): disclosure.licensing, disclosure.compulsion; "
            "7 others are of form 2019; use one form"
        )
        assert finding.label == "二、主动公开政府信息情况"

    def test_a_row_is_named_without_its_group(self):
        report = zeros()
        other = OtherResults(total=Applicants(total=0))
        requests = evolve(report.requests, results=evolve(report.requests.results, other=other))
        finding = only(evolve(report, requests=requests), "GX108")
        assert finding.message_zh == (
            "以下 1 行为 2019 年格式：（六）其他处理（一行）；另有 6 行为 2021 年格式。应统一使用一种格式"
        )
        assert finding.message_en == (
            "rows of form 2019 (1): requests.results.other.total; 6 others are of form 2021; use one form"
        )


class TestCells:
    def test_a_blank_cell(self):
        finding = only(printed(zeros(), {CELL: ""}), "GX201")
        assert finding.message_zh == "此格空白；没有的应填 0"
        assert finding.message_en == "the cell is blank; write 0 where there is nothing to report"
        assert finding.numbers == {"cells": 1, "rows": 1}
        assert finding.location == Location(line=1)

    def test_a_part_of_a_row_of_which_some_is_not_there(self):
        report = printed(zeros(), {"requests.carried_in.enterprise": ""}).replace({"requests.carried_in.other": None})
        assert said(report, "GX201") == [
            (
                "2 格（商业企业、其他）空白或缺失；没有的应填 0",
                "2 cells (enterprise, other) are blank or not there; write 0 where there is nothing to report",
            )
        ]

    def test_the_columns_of_a_row_within_a_group(self):
        blanks = [f"requests.results.granted.{name}" for name in ("enterprise", "other")]
        assert only(printed(zeros(), dict.fromkeys(blanks, "")), "GX201").message_zh == (
            "2 格（商业企业、其他）空白；没有的应填 0"
        )

    def test_the_same_columns_of_many_rows(self):
        blanks = [path for path in below(zeros(), "requests") if path.endswith((".other", ".total"))]
        finding = only(printed(zeros(), dict.fromkeys(blanks, "")), "GX201")
        assert finding.message_zh == "25 行共 50 格（其他、总计）空白；没有的应填 0"
        assert finding.message_en == (
            "50 cells in 25 rows (other, total) are blank; write 0 where there is nothing to report"
        )

    @pytest.mark.parametrize(
        ("but_for", "zh", "en"),
        [
            ("total", "6 格（自然人、法人或其他组织各列）", "6 cells (natural_person, all columns of organisations)"),
            (
                "other",
                "6 格（自然人、商业企业、科研机构、社会公益组织、法律服务机构、总计）",
                "6 cells (natural_person, enterprise, research_institution, public_welfare_organization, "
                "legal_service_agency, total)",
            ),
            ("natural_person", "6 格（法人或其他组织各列、总计）", "6 cells (all columns of organisations, total)"),
        ],
    )
    def test_the_columns_of_organisations_are_named_as_one(self, but_for, zh, en):
        blanks = [path for path in below(zeros(), "requests.received") if not path.endswith(but_for)]
        assert said(printed(zeros(), dict.fromkeys(blanks, "")), "GX201") == [
            (f"{zh}空白；没有的应填 0", f"{en} are blank; write 0 where there is nothing to report")
        ]

    def test_a_group_of_rows(self):
        report = printed(zeros(), dict.fromkeys(below(zeros(), "requests.results.denied"), ""))
        assert said(report, "GX201") == [
            (
                "8 行共 56 格空白；没有的应填 0",
                "56 cells in 8 rows are blank; write 0 where there is nothing to report",
            )
        ]

    def test_two_rows_that_are_all_there_is_of_a_group(self):
        report = printed(zeros(), dict.fromkeys(below(zeros(), "requests.results.not_provided"), ""))
        missing = below(zeros(), "requests.results.not_provided.not_held")
        report = evolve(report, sources={path: each for path, each in report.sources.items() if path not in missing})
        assert said(report, "GX201") == [
            (
                "2 行共 14 格空白；没有的应填 0",
                "14 cells in 2 rows are blank; write 0 where there is nothing to report",
            )
        ]

    def test_what_stands_for_not_applicable_is_named_once_each(self):
        raws = {"requests.received.enterprise": "无", "requests.received.other": "/", "requests.received.total": "无"}
        finding = only(printed(zeros(), raws), "GX203")
        assert finding.message_zh == "3 格（商业企业、其他、总计）填写“无”、“/”；没有的应填 0"
        assert finding.message_en == (
            "3 cells (enterprise, other, total) are filled with “无”, “/”; write 0 where there is nothing to report"
        )
        assert finding.numbers == {"cells": 3, "rows": 1}

    @pytest.mark.parametrize(
        ("raw", "shown"),
        [
            ("见 \n 附件", "见 附件"),
            ("长" * 40, "长" * 40),
            ("长" * 41, "长" * 40 + "…"),
            ("见附件" + " " * 160 + "（共三页）", "见附件 （共三页）"),
        ],
    )
    def test_a_text(self, raw, shown):
        assert said(printed(zeros(), {CELL: raw}), "GX202") == [
            (f"“{shown}”不能读作数字，应填数字", f"“{shown}” cannot be read as a number; a number is expected")
        ]

    def test_a_value_that_is_no_number(self):
        finding = only(holding(zeros(), {"disclosure.fees.amount": Decimal("NaN")}), "GX202")
        assert finding.message_zh == "“NaN”不能读作数字，应填数字"
        assert finding.label == "行政事业性收费 · 本年收费金额"

    def test_a_negative_number(self):
        finding = only(zeros().replace({CELL: -2}), "GX204")
        assert finding.message_zh == "不能为负数，实为 -2"
        assert finding.message_en == "expected no negative number, found -2"
        assert finding.numbers == {"found": -2}

    def test_a_fraction(self):
        finding = only(printed(zeros(), {CELL: "1.5"}), "GX205")
        assert finding.message_zh == "件数应为整数，实为 1.5"
        assert finding.message_en == "expected a whole number, found 1.5"
        assert finding.location == Location(line=1)

    def test_an_amount_without_a_unit(self):
        report = zeros()
        report = evolve(report, disclosure=evolve(report.disclosure, fees=FeeAmount(Decimal("3.5"), None)))
        finding = only(report, "GX206")
        assert finding.message_zh == "金额 3.5 没有注明单位（元、万元）"
        assert finding.message_en == "the amount 3.5 has no unit (元 or 万元)"
        assert finding.numbers == {"found": Decimal("3.5")}


class TestSums:
    def test_a_sum_shows_its_parts(self):
        report = zeros().replace({f"{CASE}.upheld": 5, f"{CASE}.corrected": 7, f"{CASE}.total": 11})
        finding = only(report, "GX304")
        assert finding.message_zh == "应为 12（= 5 + 7），实为 11"
        assert finding.message_en == "expected 12 (= 5 + 7), found 11"
        assert finding.numbers == {
            "expected": 12,
            "found": 11,
            f"{CASE}.upheld": 5,
            f"{CASE}.corrected": 7,
            f"{CASE}.other": 0,
            f"{CASE}.pending": 0,
            f"{CASE}.total": 11,
        }

    def test_a_sum_of_which_a_part_is_not_known(self):
        report = zeros().replace({f"{CASE}.upheld": 5, f"{CASE}.corrected": 2, f"{CASE}.total": 4})
        assert said(printed(report, {f"{CASE}.other": "", f"{CASE}.pending": "若干"}), "GX304") == [
            (
                "至少应为 7（= 5 + 2），实为 4（空白按 0 计：行政复议 · 其他结果）",
                "expected at least 7 (= 5 + 2), found 4 (blank, counted as 0: proceedings.reconsideration.other)",
            )
        ]

    def test_three_blanks_are_named(self):
        report = zeros().replace({f"{CASE}.upheld": 5, f"{CASE}.total": 7})
        blanks = [f"{CASE}.corrected", f"{CASE}.other", f"{CASE}.pending"]
        assert said(printed(report, dict.fromkeys(blanks, "")), "GX304") == [
            (
                "应为 5，实为 7（空白按 0 计：行政复议 · 结果纠正、行政复议 · 其他结果、行政复议 · 尚未审结）"
                "；更正建议按“漏填数字”推断，另有 2 种更正同样能使各式相等",
                f"expected 5, found 7 (blank, counted as 0: {', '.join(blanks)})"
                "; the suggestion supposes that a number was left out; 2 other corrections would do as well",
            )
        ]

    def test_four_blanks_are_counted(self):
        report = zeros().replace({"requests.received.natural_person": 5, CELL: 7})
        names = ("enterprise", "research_institution", "legal_service_agency", "other")
        report = printed(report, {f"requests.received.{name}": "" for name in names})
        assert said(report, "GX303") == [
            ("应为 5，实为 7（4 个空白格按 0 计）", "expected 5, found 7 (4 blank cells count as 0)")
        ]

    def test_a_balance_of_which_something_is_not_known(self):
        report = zeros().replace({"requests.received.other": 4})
        report = printed(report, {"requests.carried_in.other": "若干", "requests.carried_out.other": ""})
        finding = only(report, "GX301")
        assert finding.message_zh == (
            "本年新收 + 上年结转 = 4 + ? = 4，总计 + 结转下年度 = 0 + ? = 0，两者应相等"
            "（空白按 0 计：四、结转下年度继续办理 · 其他）"
        )
        assert finding.message_en == (
            "received + carried in = 4 + ? = 4, results total + carried out = 0 + ? = 0; they must be equal"
            " (blank, counted as 0: requests.carried_out.other)"
        )
        assert finding.numbers["requests.carried_in.other"] is None


class TestUnlikelyCombinations:
    @pytest.mark.parametrize(
        ("form", "values", "zh", "en"),
        [
            (
                Form.F2021,
                {"disclosure.rules.issued": 3, "disclosure.rules.in_force": 2},
                "现行有效件数少于本年制发件数（现行有效件数 2，本年制发件数 3），请核对",
                "fewer in force than issued this year (in_force 2, issued 3); please check",
            ),
            (
                Form.F2019,
                {"disclosure.rules.newly_disclosed": 3, "disclosure.rules.total_disclosed": 2},
                "对外公开总数量少于本年新公开数量（对外公开总数量 2，本年新公开数量 3），请核对",
                "fewer disclosed in all than newly disclosed (total_disclosed 2, newly_disclosed 3); please check",
            ),
            (
                Form.F2019,
                {"disclosure.fees.items_last_year": 3, "disclosure.fees.change": -4},
                "本年减少的项目多于上一年项目数量（上一年项目数量 3，本年增/减 -4），请核对",
                "more items given up than there were last year (items_last_year 3, change -4); please check",
            ),
            (
                Form.F2019,
                {
                    "disclosure.penalties.items_last_year": 3,
                    "disclosure.penalties.change": -3,
                    "disclosure.penalties.decisions": 9,
                },
                "没有项目，却有处理决定（本年处理决定数量 9，上一年项目数量 3，本年增/减 -3），请核对",
                "decisions, though there is no item to decide on (decisions 9, items_last_year 3, change -3); "
                "please check",
            ),
            (
                Form.F2019,
                {"disclosure.procurement.projects": 3},
                "有采购项目，采购总金额却为 0（采购项目数量 3，采购总金额 0），请核对",
                "projects, though the amount is 0 (projects 3, amount 0); please check",
            ),
            (
                Form.F2019,
                {"disclosure.procurement.amount": Decimal("1.5")},
                "没有采购项目，却有采购总金额（采购项目数量 0，采购总金额 1.5），请核对",
                "an amount, though there is no project (projects 0, amount 1.5); please check",
            ),
        ],
    )
    def test_the_numbers_are_named(self, form, values, zh, en):
        finding = only(zeros(form).replace(values), "GX305")
        assert (finding.message_zh, finding.message_en) == (zh, en)
        numbers = zh[zh.index("（") + 1 : zh.index("）")].split("，")
        assert list(map(str, finding.numbers.values())) == [each.rpartition(" ")[2] for each in numbers]
        assert all(f"{name} {number}" in en for name, number in finding.numbers.items())


class TestPlaces:
    """A finding stands at its cell; one about a row or a table at the first of its cells that has a place."""

    def places(self, report, select):
        return [finding.location for finding in validate(report, select=select).findings]

    def test_a_row_stands_at_its_first_cell_that_has_a_place(self):
        report = printed(zeros(), dict.fromkeys(below(zeros(), "requests.carried_in"), ""))
        sources = {f"requests.carried_in.{name}": Source("", Location(line=9)) for name in ("other", "total")}
        report = evolve(report, sources={CELL: Source("0", Location(line=5)), **sources})
        report = report.replace({"requests.carried_in.enterprise": 0})
        assert self.places(report, "GX201") == [Location(line=9)]

    def test_a_report_that_a_program_made_has_no_places(self):
        assert self.places(zeros().replace({CELL: -2}), "GX204") == [None]
