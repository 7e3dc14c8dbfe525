"""GX301 to GX304: the sums, and the correction of a single cell."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gxparse.findings import Finding
from gxparse.records import Form
from gxparse.rules import validate
from gxparse.testing import APPLICANTS, OUTCOMES, consistent_reports, printed, zeros


def found(report):
    return [(finding.code, finding.path) for finding in validate(report, select="GX30", ignore="GX305").findings]


def cells_of(form, *tables):
    return [cell.path for cell in zeros(form).cells() if cell.path.startswith(tables)]


class TestWhatIsRight:
    @given(consistent_reports())
    def test_a_consistent_report_has_no_findings_at_all(self, report):
        assert validate(report, ignore="GX305").findings == ()

    @given(consistent_reports(), st.data())
    def test_blanks_for_zeros_are_no_wrong_sums(self, report, data):
        zero_cells = [cell.path for cell in report.cells() if cell.value == 0]
        blanks = data.draw(st.lists(st.sampled_from(zero_cells or ["requests.received.total"]), unique=True))
        if zero_cells:
            report = printed(report, dict.fromkeys(blanks, data.draw(st.sampled_from(["", "/"]))))
        assert found(report) == []

    @given(consistent_reports(), st.data())
    def test_what_is_not_known_is_never_a_wrong_sum(self, report, data):
        hidden = data.draw(st.lists(st.sampled_from([cell.path for cell in report.cells()]), unique=True))
        assert found(report.replace(dict.fromkeys(hidden))) == []

    @given(consistent_reports())
    def test_nor_are_rows_of_totals_only(self, report):
        parts = [cell.path for cell in report.cells() if cell.path.endswith((*APPLICANTS, *OUTCOMES))]
        assert found(printed(report, dict.fromkeys(parts, ""))) == []


class TestWhatIsWrong:
    @given(consistent_reports(), st.data())
    def test_any_single_number_that_is_changed_is_noticed(self, report, data):
        path = data.draw(st.sampled_from(cells_of(report.form, "requests.", "proceedings.")))
        before = report.value(path)
        after = data.draw(st.integers(0, 500).filter(lambda number: number != before))
        changed = report.replace({path: after})
        assert found(changed)
        assert not validate(changed).ok

    @given(consistent_reports(), st.data())
    def test_in_the_table_of_requests_the_correction_is_found(self, report, data):
        path = data.draw(st.sampled_from(cells_of(report.form, "requests.")))
        before = report.value(path)
        after = data.draw(st.integers(0, 500).filter(lambda number: number != before))
        findings = validate(report.replace({path: after}), select="GX3", ignore="GX305").findings
        assert {finding.suggestion for finding in findings} == {f"{path}: {after} → {before}"}

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            (
                "requests.received.enterprise",
                [("GX303", "requests.received.total"), ("GX301", "requests.results.total.enterprise")],
            ),
            (
                "requests.results.not_processed.repeated.total",
                [("GX303", "requests.results.not_processed.repeated.total"), ("GX302", "requests.results.total.total")],
            ),
            (
                "requests.results.total.other",
                [
                    ("GX301", "requests.results.total.other"),
                    ("GX302", "requests.results.total.other"),
                    ("GX303", "requests.results.total.total"),
                ],
            ),
            ("proceedings.reconsideration.upheld", [("GX304", "proceedings.reconsideration.total")]),
            ("proceedings.direct_litigation.total", [("GX304", "proceedings.direct_litigation.total")]),
        ],
    )
    def test_the_findings_stand_at_the_totals(self, path, expected):
        assert found(zeros().replace({path: 3})) == expected

    def test_a_message_says_what_was_expected_and_what_was_found(self):
        parts = {"proceedings.reconsideration.upheld": 5, "proceedings.reconsideration.pending": 7}
        report = zeros().replace({**parts, "proceedings.reconsideration.total": 11})
        (finding,) = validate(report, select="GX304").findings
        assert finding.message_zh == "应为 12（= 5 + 7），实为 11"
        assert finding.message_en == "expected 12 (= 5 + 7), found 11"
        assert finding.label == "行政复议 · 总计"
        assert finding.numbers.items() >= {"expected": 12, "found": 11, **parts}.items()

    def test_a_balance_shows_both_sides(self):
        report = zeros().replace({"requests.received.other": 4, "requests.received.total": 4})
        finding, _ = validate(report, select="GX301").findings
        assert finding.message_zh.startswith("本年新收 + 上年结转 = 4 + 0 = 4，总计 + 结转下年度 = 0 + 0 = 0")

    def test_two_wrong_cells_that_have_no_sum_in_common_are_corrected_one_by_one(self):
        report = zeros().replace({"requests.received.enterprise": 2, "requests.results.granted.other": 3})
        findings = validate(report, select="GX3").findings
        assert {finding.suggestion for finding in findings} == {
            "requests.received.enterprise: 2 → 0",
            "requests.results.granted.other: 3 → 0",
        }

    def test_of_several_corrections_three_are_named(self):
        report = zeros().replace({"proceedings.reconsideration.upheld": 5, "proceedings.reconsideration.total": 7})
        (finding,) = validate(report, select="GX304").findings
        assert finding.suggestion == (
            "proceedings.reconsideration.total: 7 → 5 | proceedings.reconsideration.upheld: 5 → 7"
            " | proceedings.reconsideration.corrected: 0 → 2 | … +2"
        )

    def test_why_one_correction_is_preferred(self):
        values = {"upheld": 12, "pending": 20, "total": 23}
        report = zeros().replace({f"proceedings.reconsideration.{name}": number for name, number in values.items()})
        (finding,) = validate(report, select="GX3").findings
        assert finding.message_zh == (
            "应为 32（= 12 + 20），实为 23；更正建议按“相邻两位数字颠倒”推断，另有 2 种更正同样能使各式相等"
        )
        assert finding.message_en == (
            "expected 32 (= 12 + 20), found 23; the suggestion supposes that two digits were transposed; "
            "2 other corrections would do as well"
        )

    def test_others_that_were_not_counted(self):
        rows = {
            "received": (14, 16, 14, 11, 0, 0, 55),
            "results.granted": (0, 5, 7, 5, 2, 0, 0),
            "results.partially_granted": (9, 9, 9, 9, 0, 0, 36),
            "results.total": (14, 16, 14, 11, 0, 0, 55),
        }
        columns = (*APPLICANTS, "total")
        values = {
            f"requests.{row}.{column}": number
            for row, numbers in rows.items()
            for column, number in zip(columns, numbers, strict=True)
        }
        finding, *_ = validate(zeros().replace(values), select="GX303").findings
        assert finding.message_zh == (
            "应为 19（= 5 + 7 + 5 + 2），实为 0；更正建议按“整行错列”推断，另有其他更正同样能使各式相等"
        )
        assert finding.message_en == (
            "expected 19 (= 5 + 7 + 5 + 2), found 0; the suggestion supposes that the row was shifted by one column; "
            "other corrections would do as well"
        )

    def test_no_correction_is_below_0(self):
        # The two of granted.other stand in their column, so that only granted.natural_person is left, which is 0.
        rows = {"received": "other", "results.granted": "other", "results.partially_granted": "natural_person"}
        values = {f"requests.{row}.{name}": 2 for row, name in rows.items()}
        values |= dict.fromkeys(["requests.received.total", "requests.results.partially_granted.total"], 2)
        values |= dict.fromkeys(["requests.results.total.other", "requests.results.total.total"], 2)
        findings = validate(zeros().replace(values), select="GX3").findings
        assert [(finding.path, finding.suggestion) for finding in findings] == [
            ("requests.results.granted.total", None),
            ("requests.results.total.natural_person", None),
        ]


class TestGapsInSums:
    ROW = "proceedings.reconsideration"

    def row(self, raws, **numbers):
        report = zeros().replace({f"{self.ROW}.{name}": number for name, number in numbers.items()})
        return printed(report, {f"{self.ROW}.{name}": raw for name, raw in raws.items()})

    @pytest.mark.parametrize("raw", ["", "/", "无"])
    def test_a_blank_counts_as_0_and_the_finding_says_so(self, raw):
        (finding,) = validate(self.row({"pending": raw}, upheld=5, total=7), select="GX3").findings
        said = "expected 5, found 7 (blank, counted as 0: proceedings.reconsideration.pending)"
        assert finding.message_en.startswith(said)
        assert "空白按 0 计：行政复议 · 尚未审结" in finding.message_zh
        assert finding.numbers[f"{self.ROW}.pending"] is None

    def test_many_blanks_are_counted_not_named(self):
        report = zeros().replace({"requests.received.total": 2})
        report = printed(report, {f"requests.received.{name}": "" for name in APPLICANTS[1:]})
        finding, _ = validate(report, select="GX3").findings
        assert "(5 blank cells count as 0)" in finding.message_en

    @pytest.mark.parametrize("total", [0, 7])
    def test_blanks_alone_make_no_sum(self, total):
        assert found(self.row(dict.fromkeys(OUTCOMES, ""), total=total)) == []

    def test_a_blank_total_is_no_wrong_total(self):
        assert found(self.row({"total": ""}, upheld=5)) == []

    @pytest.mark.parametrize(("total", "expected"), [(4, 1), (5, 0), (9, 0)])
    def test_a_part_that_cannot_be_read_is_some_number(self, total, expected):
        report = self.row({"pending": "若干"}, upheld=5, total=total)
        assert found(report) == [("GX304", f"{self.ROW}.total")] * expected

    def test_such_a_sum_is_a_least_sum_and_has_no_correction(self):
        (finding,) = validate(self.row({"pending": "若干"}, upheld=5, total=4), select="GX3").findings
        assert finding.message_en == "expected at least 5, found 4"
        assert finding.suggestion is None

    def test_a_missing_row_may_hold_the_difference(self):
        filled = zeros().replace({f"requests.{row}.total": 2 for row in ("received", "results.total")})
        filled = filled.replace({f"requests.{row}.other": 2 for row in ("received", "results.total")})
        assert [code for code, _ in found(filled)] == ["GX302", "GX302"]
        hidden = [cell.path for cell in filled.cells() if cell.path.startswith("requests.results.granted.")]
        assert found(filled.replace(dict.fromkeys(hidden))) == []

    def test_a_blank_may_be_the_wrong_cell(self):
        report = zeros().replace({"requests.received.total": 2, "requests.results.total.enterprise": 2})
        report = report.replace({"requests.results.total.total": 2, "requests.results.granted.enterprise": 2})
        report = report.replace({"requests.results.granted.total": 2})
        report = printed(report, {"requests.received.enterprise": ""})
        findings = validate(report, select="GX3").findings
        assert {finding.suggestion for finding in findings} == {"requests.received.enterprise: blank → 2"}

    def test_a_sum_that_may_hold_vouches_for_none_of_its_cells(self):
        values = {
            f"requests.results.{row}.{name}": 5 for row in ("granted", "total") for name in ("enterprise", "total")
        }
        values |= {"requests.received.enterprise": 2, "requests.carried_in.total": 5}
        report = printed(zeros().replace(values), {"requests.carried_in.enterprise": "若干"})
        (finding,) = validate(report, select="GX3").findings
        assert (finding.path, finding.suggestion) == (
            "requests.received.total",
            "requests.received.enterprise: 2 → 0, requests.carried_in.enterprise: unreadable → 5",
        )

    def test_what_cannot_be_read_follows_from_what_is_corrected(self):
        report = printed(zeros().replace({"requests.received.total": 3}), {"requests.carried_in.total": "若干"})
        findings = validate(report, select="GX3").findings
        said = "requests.received.total: 3 → 0, requests.carried_in.total: unreadable → 0"
        assert [(finding.code, finding.suggestion) for finding in findings] == [("GX303", said), ("GX301", said)]


class TestOtherResults:
    """（六）其他处理 is three rows in form 2021, one in form 2019, and some reports print both."""

    def both(self, three, one):
        report = zeros(Form.F2021)
        total = zeros(Form.F2019).requests.results.other.total
        other = evolve(report.requests.results.other, total=total)
        results = evolve(report.requests.results, other=other)
        report = evolve(report, requests=evolve(report.requests, results=results))
        values = {"requests.results.other.fee_unpaid": three, "requests.results.other.total": one}
        values |= {"requests.received": 3, "requests.results.total": 3}
        return report.replace({f"{row}.{column}": n for row, n in values.items() for column in ("other", "total")})

    def test_the_three_rows_are_taken_where_both_are_printed(self):
        assert found(self.both(three=3, one=3)) == []
        assert [code for code, _ in found(self.both(three=2, one=3))] == ["GX302", "GX302"]

    def test_the_one_row_is_taken_where_the_three_are_blank(self):
        report = self.both(three=0, one=3)
        three = [cell.path for cell in report.cells() if "other.fee" in cell.path or "other.not" in cell.path]
        three += [cell.path for cell in report.cells() if "other.misc" in cell.path]
        assert found(printed(report, dict.fromkeys(three, ""))) == []

    def test_without_any_of_them_the_results_are_not_known(self):
        report = self.both(three=3, one=3)
        results = evolve(report.requests.results, other=type(report.requests.results.other)())
        assert found(evolve(report, requests=evolve(report.requests, results=results))) == []


def test_what_the_parser_could_not_assign_takes_part_in_no_sum():
    report = zeros().replace({f"{TestGapsInSums.ROW}.upheld": None, f"{TestGapsInSums.ROW}.total": 4})
    report = evolve(report, findings=(Finding("GX002", f"{TestGapsInSums.ROW}.upheld", "", ""),))
    assert found(report) == []
