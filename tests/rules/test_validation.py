"""``validate()`` as a whole: what it chooses, in which order, and how it reads."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given

from gxparse._terminal import width
from gxparse.errors import GxparseError
from gxparse.findings import Finding, Severity
from gxparse.records import Form, Report
from gxparse.rules import Validation, validate
from gxparse.testing import printed, reports, zeros


@pytest.fixture
def report():
    """A report with findings of several families."""
    report = evolve(zeros(Form.F2019), year=2022, findings=(Finding("GX009", "", "略去页码", "page number left out"),))
    report = report.replace({"requests.received.total": 3, "disclosure.rules.newly_disclosed": 2})
    return printed(report, {"proceedings.direct_litigation.total": "/"})


def codes(validation):
    return [finding.code for finding in validation.findings]


class TestSelection:
    def test_all_rules_unless_something_is_chosen(self, report):
        assert codes(validate(report)) == ["GX009", "GX107", "GX305", "GX303", "GX301", "GX203"]

    @pytest.mark.parametrize(
        ("select", "ignore", "expected"),
        [
            (["GX3"], None, ["GX305", "GX303", "GX301"]),
            ("GX3", None, ["GX305", "GX303", "GX301"]),
            (("GX301", "GX107"), None, ["GX107", "GX301"]),
            (["GX"], ["GX3", "GX203"], ["GX009", "GX107"]),
            (None, "GX3", ["GX009", "GX107", "GX203"]),
            (["GX3"], ["GX305"], ["GX303", "GX301"]),
            (["GX3"], ["GX"], []),
            ([], None, []),
            (None, [], ["GX009", "GX107", "GX305", "GX303", "GX301", "GX203"]),
        ],
    )
    def test_by_code_and_by_family(self, report, select, ignore, expected):
        assert codes(validate(report, select=select, ignore=ignore)) == expected

    def test_any_iterable_will_do(self, report):
        assert codes(validate(report, select=(code for code in ["GX107"]))) == ["GX107"]

    @pytest.mark.parametrize("beginning", ["GX9", "X", "", "gx3", "GX3011"])
    @pytest.mark.parametrize("option", ["select", "ignore"])
    def test_a_beginning_that_no_code_has_is_an_error(self, report, option, beginning):
        with pytest.raises(
            GxparseError,
            match=r"no code of a finding begins with .*; there are GX001–GX009, GX101–GX111, .*, GX701–GX704$",
        ):
            validate(report, **{option: [beginning]})

    def test_findings_of_the_parser_pass_through_whatever_their_code(self):
        finding = Finding("GX999", "", "将来", "from the future", severity=Severity.ERROR)
        assert finding in validate(Report(findings=(finding,))).findings


class TestResult:
    def test_ok_means_no_error(self, report):
        assert validate(zeros()).ok
        assert not validate(report).ok
        assert validate(report, ignore="GX30").ok
        assert not validate(Report()).ok

    def test_findings_stand_in_the_order_of_the_report(self, report):
        assert [finding.path for finding in validate(report).findings] == [
            "",
            "",
            "disclosure.rules.total_disclosed",
            "requests.received.total",
            "requests.results.total.total",
            "proceedings.direct_litigation.total",
        ]

    def test_what_is_said_of_a_section_stands_where_the_section_does(self):
        sections = ("title", "overview", "problems", "other_matters")
        notes = [Finding("GX009", path, "", "") for path in (*reversed(sections), "")]
        report = evolve(zeros(), findings=tuple(notes)).replace({"requests.received.total": -1})
        assert [finding.path for finding in validate(report, ignore="GX3").findings] == [
            "",
            "title",
            "overview",
            "requests.received.total",
            "problems",
            "other_matters",
        ]

    @given(reports())
    def test_any_report_can_be_checked_and_the_result_be_read(self, report):
        validation = validate(report)
        assert set(report.findings) <= set(validation.findings)
        assert str(validation)
        assert all(
            finding.message_zh and finding.message_en for finding in validate(evolve(report, findings=())).findings
        )

    @given(reports())
    def test_checking_changes_nothing_and_depends_on_nothing_else(self, report):
        assert validate(report) == validate(report)


class TestReading:
    def test_nothing_found(self):
        assert str(Validation()) == "没有发现问题 no findings"

    def test_the_gravest_come_first(self, report):
        lines = str(validate(report)).splitlines()
        assert lines[0] == "2 错误 errors, 2 警告 warnings, 2 提示 notes"
        heads = [line for line in lines if line and not line.startswith(" ")]
        assert heads[1:] == ["错误 error", "警告 warning", "提示 note"]

    def test_messages_stand_below_each_other_whatever_their_width(self, report):
        lines = str(validate(report, select="GX30", ignore="GX305")).splitlines()
        messages = [line for line in lines if "实为" in line or "本年新收" in line or "expected" in line]
        starts = {
            width(line[: min(line.find(each) for each in ("应", "本年", "expected") if each in line)])
            for line in messages
        }
        assert len(starts) == 1

    def test_the_suggestion_is_shown(self, report):
        assert "→ requests.received.total: 3 → 0" in str(validate(report))

    def test_what_stands_in_a_cell_cannot_command_the_terminal(self):
        text = str(validate(printed(zeros(), {"requests.received.total": "\x1b[2J\x07"})))
        assert "\x1b" not in text
        assert "\\x1b[2J\\x07" in text
