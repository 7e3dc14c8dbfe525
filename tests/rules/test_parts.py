"""GX6: the report of the whole against those of its parts."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gxparse.findings import Severity
from gxparse.records import FeeAmount, Form, Report
from gxparse.rules import validate
from gxparse.testing import APPLICANTS, consistent_reports, holding, printed, reports, zeros

CELL = "requests.received.total"
NAMES = ("青石镇", "溪口乡", "学前街道")


def part(number=0, path=CELL, *, form=Form.F2021, agency=None):
    return evolve(zeros(form).replace({path: number}), year=2023, agency=agency)


def findings(report, parts, select="GX601"):
    return validate(report, parts=parts, select=select).findings


def found(report, parts, select="GX601"):
    return [(finding.code, finding.path) for finding in findings(report, parts, select)]


def only(report, parts, select="GX601"):
    (finding,) = findings(report, parts, select)
    return finding


def cells(row, *columns):
    return [f"{row}.{column}" for column in columns]


class TestSums:
    """GX601, cell by cell."""

    @pytest.mark.parametrize(("total", "right"), [(5, False), (6, True), (7, False)])
    def test_a_cell_is_the_sum(self, total, right):
        expected = [] if right else [("GX601", CELL)]
        assert found(part(total), [part(1), part(2), part(3)], "GX6") == expected

    def test_no_parts_are_no_sum(self):
        assert found(part(5), [], "GX6") == []

    def test_how_far_it_is_off_is_said(self):
        finding = only(part(11), [part(10), part(4)])
        assert finding.message_zh == "应为 14，实为 11，比 2 份下级报告之和少 3"
        assert finding.message_en == "expected 14, found 11, 3 too few for the sum over 2 parts"
        assert finding.numbers == {"expected": 14, "found": 11}
        assert finding.suggestion is None
        assert finding.severity is Severity.ERROR
        assert "比 2 份下级报告之和多 3" in only(part(17), [part(10), part(4)]).message_zh
        assert "3 too many for" in only(part(17), [part(10), part(4)]).message_en
        assert "之和少 1" in only(part(13), [part(10), part(4)]).message_zh

    def test_blanks_count_as_zero(self):
        blank = printed(part(), {CELL: ""})
        assert found(part(4), [part(4), blank], "GX6") == []
        assert found(blank, [part(0)], "GX6") == []
        finding = only(blank, [part(3), part(4)])
        assert "应为 7，实为 空白（按 0 计）" in finding.message_zh
        assert "found blank (counted as 0)" in finding.message_en

    @pytest.mark.parametrize(("total", "right"), [(3, True), (0, False)])
    def test_a_blank_of_a_part_counts_as_zero_only_where_its_row_adds_up(self, total, right):
        row = dict.fromkeys(cells("requests.received", "natural_person", "total"), 3)
        blank = printed(part(total), dict.fromkeys(cells("requests.received", *APPLICANTS), ""))
        assert found(part().replace(row), [blank]) == ([] if right else [("GX601", path) for path in row])

    @pytest.mark.parametrize(("total", "right"), [(6, False), (7, True), (99, True)])
    def test_of_an_unknown_part_the_sum_is_a_lower_bound(self, total, right):
        parts = [part(3), printed(part(), {CELL: "若干"}), part(4)]
        assert found(part(total), parts) == ([] if right else [("GX601", CELL)])

    def test_that_it_is_one_is_said(self):
        finding = only(part(3), [part(3), part(4), Report(year=2023)])
        assert finding.message_zh == "至少应为 7，实为 3，比 3 份下级报告之和少 4"
        assert finding.message_en == "expected at least 7, found 3, 4 too few for the sum over 3 parts"
        assert finding.suggestion is None

    def test_what_may_be_negative_has_no_lower_bound(self):
        path = "disclosure.licensing.change"
        known, unknown = part(5, path, form=Form.F2019), printed(part(form=Form.F2019), {path: "若干"})
        assert found(part(3, path, form=Form.F2019), [known, unknown]) == []
        assert found(part(3, path, form=Form.F2019), [known]) == [("GX601", path)]

    def test_a_cell_of_the_whole_that_is_not_known_is_none(self):
        assert found(printed(part(), {CELL: "若干"}), [part(4)]) == []
        assert found(Report(year=2023), [part(4)]) == []

    @pytest.mark.parametrize(
        ("unit", "amount", "paths"),
        [
            ("万元", "2.5", []),
            ("万元", "3", ["disclosure.fees.amount"]),
            ("元", "25000", []),
            (None, "3", []),
            ("元", "0", None),
        ],
    )
    def test_money_is_added_in_one_unit(self, unit, amount, paths):
        def with_fees(fees):
            return evolve(part(), disclosure=evolve(part().disclosure, fees=fees))

        parts = [with_fees(FeeAmount(Decimal(2), "万元")), with_fees(FeeAmount(Decimal(amount), unit))]
        if paths is None:
            assert found(with_fees(FeeAmount(Decimal(2), "万元")), parts, "GX6") == []
        else:
            whole = with_fees(FeeAmount(Decimal("4.5"), "万元"))
            assert [path for _, path in found(whole, parts)] == paths
            assert bool(found(whole, parts, "GX602")) == (unit != "万元")


class TestExplanations:
    """GX601: which part the odd value is in."""

    def parts(self, *numbers):
        return [part(number, agency=agency) for number, agency in zip(numbers, NAMES, strict=False)]

    def test_a_part_that_is_left_out(self):
        finding = only(part(15), self.parts(10, 4, 5))
        assert finding.message_zh.endswith("少 4；相差的恰为第 2 份下级报告（溪口乡）的数值，疑漏计")
        assert finding.message_en.endswith("; the difference is part 2 (溪口乡), which seems to be left out")
        assert finding.suggestion == f"{CELL}: 15 → 19; part 2 (溪口乡)"

    def test_a_part_that_is_counted_twice(self):
        finding = only(part(24), self.parts(10, 4, 5))
        assert finding.message_zh.endswith("多 5；多出的恰为第 3 份下级报告（学前街道）的数值，疑重复计入")
        assert finding.message_en.endswith("; the difference is part 3 (学前街道), which seems to be counted twice")
        assert finding.suggestion == f"{CELL}: 24 → 19; part 3 (学前街道)"

    def test_a_part_without_a_name_has_its_number(self):
        finding = only(part(15), [part(10), part(4), part(5)])
        assert "恰为第 2 份下级报告的数值" in finding.message_zh
        assert "the difference is part 2, which" in finding.message_en

    def test_digits_of_the_whole_that_changed_places(self):
        finding = only(part(231), self.parts(113, 100))
        assert finding.message_zh.endswith("；疑为相邻数字颠倒")
        assert finding.message_en.endswith("; two digits seem to be transposed")
        assert finding.suggestion == f"{CELL}: 231 → 213"
        assert only(part(2310), self.parts(1130, 1000)).suggestion == f"{CELL}: 2310 → 2130"

    @pytest.mark.parametrize(
        ("whole", "amounts", "suggestion"),
        [
            ("21.5", ("10", "2.5"), "21.5 → 12.5"),
            ("1.23", ("1", "0.32"), "1.23 → 1.32"),
            ("1.5", ("1.5", "0.5"), "1.5 → 2.0; part 2"),
            ("12.5", ("1", "0.25"), None),
        ],
    )
    def test_an_amount_of_money_is_explained_as_a_count_is(self, whole, amounts, suggestion):
        path = "disclosure.fees.amount"
        finding = only(part(Decimal(whole), path), [part(Decimal(amount), path) for amount in amounts])
        assert finding.suggestion == (suggestion and f"{path}: {suggestion}")
        assert ("漏计" in finding.message_zh) is (suggestion is not None and "part" in suggestion)

    def test_digits_of_a_part_that_changed_places(self):
        finding = only(part(136 + 100 + 1), self.parts(163, 100, 1))
        assert finding.message_zh.endswith("；如将第 1 份下级报告（青石镇）的 163 记作 136 即得此数，疑为相邻数字颠倒")
        assert finding.message_en.endswith(
            "; 163 of part 1 (青石镇) taken for 136 would give it; two digits seem to be transposed"
        )
        assert finding.suggestion == f"{CELL}: 237 → 264; part 1 (青石镇)"

    @pytest.mark.parametrize(("more", "numbers"), [(-4, (4, 4, 5)), (18, (13, 24, 100))])
    def test_two_parts_that_could_be_it_are_none(self, more, numbers):
        finding = only(part(sum(numbers) + more), self.parts(*numbers))
        assert "；" not in finding.message_zh.partition("之和")[2]
        assert finding.suggestion is None

    @pytest.mark.parametrize(
        ("whole", "numbers"),
        [(321, (113, 10)), (1203, (1032,)), (21, (102,)), (12, (111,)), (133, (113, 18)), (10, (-1,))],
    )
    def test_other_digits_are_no_explanation(self, whole, numbers):
        assert only(part(whole), self.parts(*numbers)).suggestion is None

    def test_the_correction_of_a_blank_says_so(self):
        finding = only(printed(part(), {CELL: ""}), self.parts(3, 0))
        assert finding.suggestion == f"{CELL}: blank → 3; part 1 (青石镇)"

    def test_what_is_a_lower_bound_is_not_explained(self):
        assert only(part(3), [*self.parts(3, 4), Report(year=2023)]).suggestion is None


class TestGroups:
    """GX601: cells that go wrong together."""

    def test_two_cells_of_a_row_are_two_findings(self):
        wrong = dict.fromkeys(cells("requests.received", "other", "total"), 1)
        assert [path for _, path in found(part().replace(wrong), [part()])] == list(wrong)

    def test_three_are_one_row(self):
        wrong = dict.fromkeys(cells("requests.received", "enterprise", "other", "total"), 1)
        finding = only(part().replace(wrong), [part(), part()])
        assert finding.path == "requests.received"
        assert finding.numbers == {"cells": 3, "rows": 1, **dict.fromkeys(wrong, 0)}
        assert finding.message_zh == (
            "3 格不等于 2 份下级报告之和；其中“一、本年新收政府信息公开申请数量 · 总计”应为 0，实为 1"
        )
        assert finding.message_en == (
            "3 cells are not the sum over 2 parts; requests.received.total: expected 0, found 1"
        )

    def test_five_rows_are_five_findings_and_six_one_table(self):
        rows = [
            "received",
            "carried_in",
            "carried_out",
            "results.granted",
            "results.total",
            "results.partially_granted",
        ]
        paths = [path for row in rows for path in cells(f"requests.{row}", "other")]
        assert len(found(part().replace(dict.fromkeys(paths[:5], 1)), [part()])) == 5
        finding = only(part().replace(dict.fromkeys(paths, 1)), [part()])
        assert finding.path == "requests"
        assert (finding.numbers["cells"], finding.numbers["rows"]) == (6, 6)
        assert finding.message_zh.startswith("6 行共 6 格不等于 1 份下级报告之和；其中“")
        assert finding.message_en.startswith("6 cells in 6 rows are not the sum over 1 part; requests.")

    @pytest.mark.parametrize(
        ("sign", "zh", "en"),
        [
            (-1, "相差的恰为第 2 份下级报告（溪口乡）的数值，疑漏计", "part 2 (溪口乡), which seems to be left out"),
            (
                1,
                "多出的恰为第 2 份下级报告（溪口乡）的数值，疑重复计入",
                "part 2 (溪口乡), which seems to be counted twice",
            ),
        ],
    )
    def test_a_part_that_a_whole_table_leaves_out_or_counts_twice(self, sign, zh, en):
        one = dict.fromkeys(cells("requests.received", "other", "total") + cells("requests.carried_out", "other"), 3)
        parts = [part(50, agency="青石镇"), evolve(part(agency="溪口乡").replace(one)), part(30, agency="学前街道")]
        whole = summed(parts).replace({path: summed(parts).value(path) + sign * 3 for path in one})
        finding = only(whole, parts)
        assert finding.path == "requests"
        assert finding.message_zh == f"2 行共 3 格不等于 3 份下级报告之和；{zh}"
        assert finding.message_en == f"3 cells in 2 rows are not the sum over 3 parts; the difference is {en}"

    def test_two_parts_that_could_be_it_are_not_named(self):
        one = dict.fromkeys(cells("requests.received", "total") + cells("requests.carried_out", "total"), 3)
        parts = [part().replace(one), part().replace(one)]
        assert [path for _, path in found(part().replace(one), parts)] == list(one)

    def test_a_part_with_more_than_what_differs_is_not_named(self):
        one = dict.fromkeys(cells("requests.received", "total") + cells("requests.carried_out", "total"), 3)
        more = part().replace({**one, "requests.carried_in.total": 3})
        whole = part().replace({"requests.carried_in.total": 3})
        assert [path for _, path in found(whole, [more])] == list(one)

    def test_a_part_of_the_agency_of_the_whole_may_be_no_part(self):
        one = dict.fromkeys(cells("requests.received", "total") + cells("requests.carried_out", "total"), 3)
        parts = [part(agency="青石镇").replace(one), part(agency="白塔区人民政府").replace(one)]
        whole = part(agency="白塔区").replace(one)
        finding = only(whole, parts)
        assert finding.message_zh.endswith(
            "相差的恰为第 2 份下级报告（白塔区人民政府）的数值，该报告与汇总报告为同一机关，疑重复列入"
        )
        assert finding.message_en.endswith(
            "the difference is part 2 (白塔区人民政府), of the same agency as the report of the whole, "
            "which seems to be listed twice"
        )
        assert finding.suggestion is None
        (finding,) = findings(whole.replace({"requests.carried_out.total": 6}), parts)
        assert finding.message_en.endswith("which seems to be listed twice")
        assert finding.suggestion is None

    @pytest.mark.parametrize(("number", "is_named"), [(1, True), (4, True), (5, False)])
    def test_the_one_part_of_the_agency_of_the_whole_that_could_be_it_is_named(self, number, is_named):
        agencies = ("青石镇", "澄江市白塔区", "白塔区人民政府")
        parts = [part(count, agency=agency) for count, agency in zip((9, number, 5), agencies, strict=True)]
        finding = only(part(14, agency="澄江市白塔区人民政府"), parts)
        assert finding.message_zh.endswith("疑重复列入") is is_named
        assert finding.suggestion is None

    def test_a_part_that_is_listed_twice_may_be_counted_twice_all_the_same(self):
        parts = [part(3, agency="青石镇"), part(5, agency="白塔区")]
        finding = only(part(13, agency="白塔区"), parts)
        assert finding.suggestion == f"{CELL}: 13 → 8; part 2 (白塔区)"
        one = dict.fromkeys(cells("requests.received", "total") + cells("requests.carried_out", "total"), 3)
        parts = [part(agency="青石镇"), part(agency="白塔区").replace(one)]
        finding = only(part(agency="白塔区").replace(dict.fromkeys(one, 6)), parts)
        assert finding.message_zh.endswith("多出的恰为第 2 份下级报告（白塔区）的数值，疑重复计入")
        assert finding.message_en.endswith("part 2 (白塔区), which seems to be counted twice")

    def test_of_two_that_could_be_counted_twice_none_is_named(self):
        one = dict.fromkeys(cells("requests.received", "total") + cells("requests.carried_out", "total"), 3)
        parts = [part(agency="青石镇").replace(one), part(agency="白塔区").replace(one)]
        found_there = findings(part(agency="白塔区").replace(dict.fromkeys(one, 9)), parts)
        assert [finding.path for finding in found_there] == list(one)

    def test_the_tables_are_told_apart(self):
        whole = part().replace({"proceedings.reconsideration.upheld": 1, "disclosure.rules.issued": 1})
        assert [path for _, path in found(whole, [part()])] == [
            "disclosure.rules.issued",
            "proceedings.reconsideration.upheld",
        ]


class TestReportsOfOneAgency:
    """GX601 and GX602: several parts of one agency, which are counted as ``aggregate`` counts them."""

    @pytest.mark.parametrize(("total", "right"), [(3, False), (7, True), (10, False)])
    def test_what_they_agree_on_is_counted_once(self, total, right):
        parts = [part(3, agency="青石镇"), part(4, agency="溪口乡"), part(3, agency="青石镇人民政府")]
        assert bool(found(part(total), parts)) is not right

    def test_a_blank_agrees_with_a_zero(self):
        parts = [part(agency="青石镇"), printed(part(agency="青石镇"), {CELL: ""})]
        assert found(part(1), parts) == [("GX601", CELL)]

    def test_one_that_is_counted_as_often_as_it_is_listed(self):
        finding = only(part(9), [part(3, agency="青石镇")] * 3)
        assert finding.message_zh == "应为 3，实为 9，比 1 份下级报告之和多 6"
        finding = only(part(6), [part(3, agency="青石镇")] * 3)
        assert finding.message_zh.endswith("多 3；多出的恰为第 1 份下级报告（青石镇）的数值，疑重复计入")

    @pytest.mark.parametrize(("total", "right"), [(3, False), (4, True), (99, True)])
    @pytest.mark.parametrize("agencies", [("青石镇", "青石镇", "溪口乡"), ("青石镇", "溪口乡", "青石镇")])
    def test_where_they_differ_the_sum_is_a_lower_bound(self, agencies, total, right):
        parts = [part(4 if agency == "溪口乡" else number, agency=agency) for number, agency in enumerate(agencies)]
        assert bool(found(part(total), parts)) is not right

    def test_how_many_cells_differ_is_said(self):
        parts = [part(3, agency="青石镇"), part(5, agency="青石镇").replace({"requests.carried_in.total": 1})]
        finding = only(part(9), parts, "GX6")
        assert finding.message_zh == (
            "第 2 份下级报告（青石镇）：与第 1 份下级报告（青石镇）为同一机关，数值只计一次，"
            "2 格不一致，这些单元格之和只作下限，请核对是否重复"
        )
        assert finding.message_en.endswith(
            "of the same agency as part 1 (青石镇); the two are counted once, and where they differ, in 2 cells, "
            "only a lower bound of the sum is known; please check that it is not there twice"
        )

    @pytest.mark.parametrize("place", [0, 1])
    def test_one_of_another_year_counts_for_nothing_beside_one_of_the_year(self, place):
        parts = [part(3, agency="青石镇"), evolve(part(9, agency="青石镇"), year=2022)][:: 1 if place else -1]
        assert found(part(3), parts) == []
        assert found(part(4), parts) == [("GX601", CELL)]
        finding = only(part(3), parts, "GX602")
        assert finding.numbers == {"part": place + 1}
        assert "未计入" in finding.message_zh
        assert "只计一次" not in finding.message_zh

    def test_two_of_another_year_leave_a_lower_bound(self):
        parts = [evolve(part(9, agency="青石镇"), year=2022)] * 2
        assert found(part(3), parts) == []
        assert {each.message_zh.partition("：")[2] for each in findings(part(3), parts, "GX602")} == {
            "是 2022 年度报告，汇总报告为 2023 年度，未计入"
        }

    def test_money_in_two_units(self):
        def with_fees(unit):
            return evolve(part(agency="青石镇"), disclosure=evolve(part().disclosure, fees=FeeAmount(Decimal(2), unit)))

        parts = [with_fees("万元"), with_fees("元")]
        assert found(with_fees("万元").replace({"disclosure.fees.amount": Decimal(3)}), parts) == []

    @pytest.mark.parametrize("precision", [3, 28])
    def test_money_is_added_exactly_whatever_the_decimal_context(self, precision):
        path = "disclosure.fees.amount"
        parts = [part(Decimal("123456.78"), path), part(Decimal("1E-25"), path)]
        with localcontext(prec=precision):
            assert found(part(Decimal("123456.7800000000000000000000001"), path), parts) == []
            assert found(part(Decimal("123456.78"), path), parts) == [("GX601", path)]
            tiny, one, three = (part(Decimal(number), path) for number in ("1E-999", "1", "3"))
            unknown = printed(part(), {path: "若干"})
            assert found(one, [tiny, three]) == []
            assert found(one, [tiny, three, unknown]) == []
            assert found(tiny, [three, unknown]) == []


class TestPartsThatCannotBeAdded:
    """GX602."""

    def test_another_year(self):
        other = evolve(part(9, agency="溪口乡"), year=2022)
        finding = only(part(5), [part(5), other], "GX6")
        assert (finding.code, finding.path, finding.severity) == ("GX602", "", Severity.INFO)
        assert finding.message_zh == "第 2 份下级报告（溪口乡）：是 2022 年度报告，汇总报告为 2023 年度，未计入"
        assert finding.message_en == "part 2 (溪口乡): it is for 2022, the whole for 2023; it is left out of the sums"
        assert finding.numbers == {"part": 2}

    def test_what_is_left_out_leaves_a_lower_bound(self):
        other = evolve(part(9), year=2022)
        assert found(part(4), [part(5), other]) == [("GX601", CELL)]
        assert found(part(14), [part(5), other]) == []

    @pytest.mark.parametrize(("year", "other"), [(None, 2022), (2023, None), (None, None), (2023, 2023)])
    def test_a_year_that_may_be_right(self, year, other):
        assert found(evolve(part(5), year=year), [evolve(part(5), year=other)], "GX6") == []

    def test_another_form(self):
        finding = only(part(5), [part(5, form=Form.F2019)], "GX6")
        assert finding.message_zh == (
            "第 1 份下级报告：采用 2019 年格式，汇总报告采用 2021 年格式，只计入两种格式共有的单元格；"
            "28 格没有可以相加的数值（不能确定，或金额单位不同），这些单元格之和只作下限"
        )
        assert finding.message_en == (
            "part 1: it uses form 2019, the whole form 2021; only the cells of both are added; "
            "28 cells without a value to add (not certain, or money in another unit), "
            "so that only a lower bound of the sum is known there"
        )

    def test_the_cells_of_both_forms_are_added(self):
        assert found(part(4), [part(5, form=Form.F2019)]) == [("GX601", CELL)]

    def test_a_form_that_may_be_right(self):
        assert found(part(5), [evolve(part(5), form=None)], "GX6") == []
        assert found(evolve(part(5), form=None), [part(5)], "GX6") == []

    def test_cells_without_a_value_are_counted(self):
        unknown = printed(part(), {CELL: "若干", "requests.received.other": "若干", "requests.carried_in.other": ""})
        finding = only(part(5), [part(5), unknown], "GX602")
        assert finding.message_zh == (
            "第 2 份下级报告：2 格没有可以相加的数值（不能确定，或金额单位不同），这些单元格之和只作下限"
        )
        assert finding.message_en == (
            "part 2: 2 cells without a value to add (not certain, or money in another unit), "
            "so that only a lower bound of the sum is known there"
        )

    def test_an_agency_that_is_there_already(self):
        parts = [part(agency="青石镇"), part(agency="溪口乡"), part(agency="青石镇人民政府"), part(agency="青石鎮")]
        said = findings(part(), parts, "GX6")
        assert [finding.numbers for finding in said] == [{"part": 3}, {"part": 4}]
        assert {finding.message_zh.partition("：")[2] for finding in said} == {
            "与第 1 份下级报告（青石镇）为同一机关，数值只计一次，请核对是否重复"
        }
        assert said[0].message_en.startswith("part 3 (青石镇人民政府): it is of the same agency as part 1 (青石镇); ")
        assert said[0].message_en.endswith("; the two are counted once; please check that it is not there twice")

    def test_the_agency_of_the_whole(self):
        finding = only(part(agency="白塔区"), [part(agency="白塔区人民政府")], "GX6")
        assert finding.message_zh == "第 1 份下级报告（白塔区人民政府）：与汇总报告为同一机关，请核对是否重复"
        assert finding.message_en == (
            "part 1 (白塔区人民政府): it is of the same agency as the report of the whole; "
            "please check that it is not there twice"
        )

    def test_the_agency_of_the_whole_may_have_a_shorter_name(self):
        finding = only(part(agency="澄江市白塔区人民政府"), [part(agency="白塔区政府")], "GX6")
        assert "与汇总报告为同一机关" in finding.message_zh

    @pytest.mark.parametrize("agency", [None, ""])
    def test_agencies_without_a_name_are_not_the_same(self, agency):
        assert found(part(agency=agency), [part(agency=agency), part(agency=agency)], "GX6") == []

    def test_all_that_is_to_be_said_of_a_part_is_said_at_once(self):
        finding = only(part(), [part(agency="溪口乡"), printed(part(agency="溪口乡"), {CELL: "若干"})], "GX602")
        assert finding.message_zh.count("；") == 1
        assert finding.message_en.count("; ") == 3


# ── Any reports ──────────────────────────────────────────────────────────────────────────────────────────────────────


def summed(parts):
    """The report of the whole, every cell the sum over the parts."""
    return evolve(
        parts[0].replace({cell.path: sum(each.value(cell.path) for each in parts) for cell in parts[0].cells()}),
        agency=None,
    )


families = st.lists(consistent_reports(), min_size=1, max_size=2).map(
    lambda drawn: [each for each in drawn if each.form is drawn[0].form]
)


@given(families)
def test_what_is_summed_up_has_no_findings(parts):
    assert found(summed(parts), parts, "GX6") == []


@given(families, st.data())
def test_one_cell_that_is_changed_is_found_at_its_place(parts, data):
    whole = summed(parts)
    path = data.draw(st.sampled_from([cell.path for cell in whole.cells()]))
    changed = whole.replace({path: whole.value(path) + data.draw(st.integers(1, 50))})
    assert found(changed, parts, "GX6") == [("GX601", path)]


@given(families, st.data())
def test_one_cell_of_a_part_that_is_changed_is_found_at_its_place(parts, data):
    place = data.draw(st.integers(0, len(parts) - 1))
    path = data.draw(st.sampled_from(cells("requests.results.granted", *APPLICANTS)))
    changed = [*parts]
    changed[place] = parts[place].replace({path: parts[place].value(path) + data.draw(st.integers(1, 50))})
    assert found(summed(parts), changed, "GX6") == [("GX601", path)]


@given(reports(), st.lists(reports(), max_size=2))
def test_any_reports_will_do(report, parts):
    for finding in findings(evolve(report, findings=()), parts, "GX6"):
        assert finding.message_zh
        assert finding.message_en


@pytest.mark.parametrize(
    "value",
    [Decimal("NaN"), Decimal("-Infinity"), Decimal("9E999999"), 10**5000, -(10**5000)],
    ids=["NaN", "infinity", "decimal", "many digits", "many digits below 0"],
)
def test_odd_numbers_are_no_numbers(value):
    odd = holding(part(), {CELL: value, "disclosure.fees.amount": value})
    assert found(odd, [part(3)]) == []
    assert [code for code, _ in found(part(3), [odd, odd], "GX6")] == ["GX602", "GX602"]
