"""``validate()`` as a whole: what it chooses, in which order, and how it reads."""

from __future__ import annotations

import json
import math
import sys
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given

from gxparse._terminal import width
from gxparse.document import Location
from gxparse.errors import GxparseError
from gxparse.findings import CATALOGUE, Finding, Severity
from gxparse.messages import alike
from gxparse.records import Form, Report
from gxparse.rules import Validation, validate
from gxparse.serialise import finding_to_dict
from gxparse.testing import printed, reports, zeros


@pytest.fixture
def report():
    """A report with findings of several families."""
    report = evolve(zeros(Form.F2019), year=2022, findings=(Finding("GX009", "", "略去页码", "page number left out"),))
    report = report.replace({"requests.received.total": 3, "disclosure.rules.newly_disclosed": 2})
    return printed(report, {"proceedings.direct_litigation.total": "/"})


# The codes of these findings, whatever other rules there are.
CODES = ["GX009", "GX107", "GX203", "GX301", "GX303", "GX305"]


def codes(validation):
    return [finding.code for finding in validation.findings if finding.code in CODES]


class TestArguments:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (
                {"report": "x.docx"},
                r"report: expected a Report, as gxparse\.parse\(\) gives it, found 'x\.docx' \(str\)",
            ),
            ({"report": None}, r"report: expected a Report, .*, found None \(NoneType\)"),
            ({"previous": "x"}, r"previous: expected a Report, .*, found 'x' \(str\)"),
            (
                {"parts": Report()},
                r"parts: expected several reports, such as a list of them, found <Report .* \(Report\)",
            ),
            ({"parts": "x.docx"}, r"parts: expected several reports, .*, found 'x\.docx' \(str\)"),
            ({"parts": 5}, r"parts: expected several reports, .*, found 5 \(int\)"),
            ({"parts": [Report(), "x"]}, r"parts\[1\]: expected a Report, .*, found 'x' \(str\)"),
        ],
    )
    def test_what_is_no_report_is_named(self, arguments, message):
        with pytest.raises(TypeError, match=f"^{message}$"):
            validate(**{"report": zeros(), **arguments})

    def test_it_is_checked_against_the_other_reports_that_are_given(self):
        cell = "requests.carried_in.total"
        report = evolve(zeros(), year=2023).replace({cell: 3})
        previous = evolve(zeros(), year=2022).replace({"requests.carried_out.total": 4})
        parts = [evolve(zeros(), year=2023, agency=agency) for agency in ("青石镇", "溪口乡")]

        def against(**others):
            return [(each.code, each.path) for each in validate(report, select=["GX5", "GX6"], **others).findings]

        assert against() == []
        assert against(previous=previous) == [("GX501", cell)]
        assert against(parts=parts) == [("GX601", cell)]
        assert against(previous=previous, parts=(part for part in parts)) == [("GX501", cell), ("GX601", cell)]


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
        families = [[code for code in CATALOGUE if code.startswith(f"GX{number}")] for number in range(8)]
        there_are = ", ".join(f"{family[0]}–{family[-1]}" for family in families)
        with pytest.raises(
            GxparseError, match=f"^no code of a finding begins with '{beginning}'; there are {there_are}$"
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
        assert [finding.path for finding in validate(report, select=CODES).findings] == [
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
        assert [finding.path for finding in validate(report, select=["GX009", "GX204"]).findings] == [
            "",
            "title",
            "overview",
            "requests.received.total",
            "problems",
            "other_matters",
        ]

    def test_what_is_said_of_a_cell_that_the_form_does_not_have_stands_before_its_table(self):
        paths = ("disclosure", "disclosure.rules", "disclosure.rules.in_force")
        report = evolve(zeros(Form.F2019), findings=tuple(Finding("GX002", path, "", "") for path in paths))
        assert [finding.path for finding in validate(report, select="GX002").findings] == [
            "disclosure.rules.in_force",
            "disclosure",
            "disclosure.rules",
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
        assert Validation().to_text("zh") == "没有发现问题"
        assert Validation((), Report(agency="石人镇", year=2023)).to_text("en") == "石人镇 2023: no findings"

    def test_str_is_in_the_language_of_the_locale(self, monkeypatch):
        for variable, expected in (("en_US.UTF-8", "no findings"), ("zh_CN.UTF-8", "没有发现问题")):
            monkeypatch.setenv("LC_ALL", variable)
            assert str(Validation()) == expected

    def test_an_unknown_language(self):
        with pytest.raises(GxparseError, match=r"没有“fr”这种语言.* 'zh' and 'en'"):
            Validation().to_text("fr")

    def test_the_gravest_come_first(self, report):
        lines = validate(report, select=CODES).to_text("en").splitlines()
        assert lines[0] == "2022: 2 errors, 2 warnings, 2 notes"
        assert [line for line in lines if line and not line.startswith(" ")][1:] == ["error", "warning", "note"]

    def test_a_finding_has_its_label_its_numbers_its_correction_and_its_place(self):
        finding = Finding(
            *("GX303", "requests.received.total", "应为 0，实为 3", "expected 0, found 3"),
            label="一、本年新收政府信息公开申请数量 · 总计",
            location=Location(table=2, row=4, line=7, column=3),
            suggestion="requests.received.total: 3 → 0",
        )
        assert Validation((finding,)).to_text("zh").splitlines()[2:] == [
            "错误",
            "  GX303  一、本年新收政府信息公开申请数量 · 总计",
            "         应为 0，实为 3",
            "         → requests.received.total: 3 → 0",
            "         requests.received.total (表 2 第 4 行，文本第 7 行第 3 列)",
        ]
        assert Validation((finding,)).to_text("en").splitlines()[-1] == (
            "         requests.received.total (table 2, row 4, line 7, column 3)"
        )

    def test_without_a_label_the_kind_is_named(self):
        text = Validation((Finding("GX007", "", "编码", "encoding"),)).to_text("en")
        assert text.splitlines()[-2:] == ["  GX007  encoding guessed", "         encoding"]

    def test_long_messages_are_broken_between_words_and_below_each_other(self):
        said = "普通话" * 40 + "，" + "words and " * 20 + "x" * 120
        (_, *lines) = Validation((Finding("GX007", "", said, said),)).to_text("zh").splitlines()[3:]
        assert all(line.startswith(" " * 9) for line in lines)
        assert all(width(line) <= 102 for line in lines if "x" * 120 not in line)
        assert "".join("".join(lines).split()) == "".join(said.split())

    def test_what_is_said_of_each_page_is_said_once(self):
        notes = [
            Finding("GX009", "", f"略去页码“-{page}-”", f"left out: {page}", location=Location(page=page))
            for page in range(1, 10)
        ]
        other = Finding("GX009", "", "补入附件", "taken in", location=Location(page=3))
        text = Validation((*notes[:5], other, *notes[5:])).to_text("zh")
        assert text.splitlines()[3:] == [
            "  GX009  读取时略去、拼接或补入的内容",
            "         略去页码“-1-”",
            "         第 1 页；第 2 页；第 3 页；第 4 页；第 5 页；第 6 页；…（共 9 处）",
            "  GX009  读取时略去、拼接或补入的内容",
            "         补入附件",
            "         第 3 页",
        ]

    def test_what_is_said_of_cells_is_never_put_together(self):
        paths = ("requests.received.total", "requests.received.total", "requests.received.other")
        notes = [Finding("GX005", path, "带单位 1", "unit 1", location=Location(line=1)) for path in paths]
        assert len(alike(notes)) == 3
        assert len(alike([Finding("GX009", "", "略去 1", ""), Finding("GX009", "", "略去 2", "")])) == 2

    def test_what_stands_in_a_cell_cannot_command_the_terminal(self):
        text = str(validate(printed(zeros(), {"requests.received.total": "\x1b[2J\x07"})))
        assert "\x1b" not in text
        assert "\\x1b[2J\\x07" in text


class TestHandingOn:
    def test_counts(self, report):
        counts = validate(report, select=CODES).counts
        assert list(counts.items()) == [(Severity.ERROR, 2), (Severity.WARNING, 2), (Severity.INFO, 2)]
        assert Validation().counts == dict.fromkeys(Severity, 0)

    def test_a_dictionary(self, report):
        validation = validate(report, select=CODES)
        plain = validation.to_dict()
        assert (plain["ok"], plain["counts"]) == (False, {"error": 2, "warning": 2, "info": 2})
        assert plain["findings"] == [finding_to_dict(finding) for finding in validation.findings]

    def test_json_is_the_dictionary(self, report):
        validation = validate(report)
        assert json.loads(validation.to_json(indent=2)) == json.loads(json.dumps(validation.to_dict(), default=str))
        assert "\n" not in validation.to_json()
        assert '\n  "ok": false,\n' in validation.to_json(indent=2)
        assert "实为" in validation.to_json()

    def test_json_has_no_form_for_what_no_rule_gives(self):
        finding = Finding("GX202", "", "", "", location=Location(box=(math.inf, 0, 0, 0)))
        with pytest.raises(GxparseError, match="cannot be written as JSON"):
            Validation((finding,)).to_json()

    def test_there_is_no_page_of_a_report_that_is_not_known(self):
        with pytest.raises(
            GxparseError, match=r"^没有报告，无法输出页面。 There is no report to show the findings in\.$"
        ):
            Validation().to_html()

    def test_the_report_takes_no_part_in_comparison(self, report):
        assert validate(report).report is report
        assert Validation((), report) == Validation()
        assert "report" not in repr(Validation((), report))

    @given(reports())
    def test_any_result_can_be_handed_on(self, report):
        validation = validate(report)
        json.loads(validation.to_json())
        assert validation.to_text("en")
        assert validation.to_text("zh")


class TestFrame:
    @pytest.fixture(autouse=True)
    def _arrow(self):
        pytest.importorskip("pyarrow")

    def test_a_row_for_each_finding(self, report):
        validation = validate(evolve(report, agency="石人镇"), select=CODES)
        rows = validation.to_frame().to_pylist()
        assert [row["code"] for row in rows] == codes(validation)
        finding = validation.findings[3]
        same = ("code", "path", "label", "message_zh", "message_en", "suggestion")
        places = dict.fromkeys(("page", "table", "row", "cell", "line", "column"))
        assert rows[3] == {
            "agency": "石人镇",
            "year": 2022,
            "severity": "error",
            **{name: getattr(finding, name) for name in same},
            "numbers": json.dumps(finding.numbers),
            **places,
        }
        assert finding.suggestion == "requests.received.total: 3 → 0"
        assert {name: rows[-1][name] for name in places} == {**places, "line": 1}

    def test_numbers_keep_their_names(self):
        (row,) = Validation((Finding("GX009", "", "", "", numbers={"页码": 3}),)).to_frame().to_pylist()
        assert row["numbers"] == '{"页码": 3}'

    def test_nothing_found_has_the_same_columns(self, report):
        frame = Validation().to_frame()
        assert frame.num_rows == 0
        assert frame.schema == validate(report).to_frame().schema

    def test_half_a_character_and_a_number_that_is_too_large(self):
        frame = Validation((Finding("GX202", "", "\ud800", "", numbers={"a": Decimal("NaN")}),)).to_frame()
        assert (frame["message_zh"][0].as_py(), frame["numbers"][0].as_py()) == ("\\ud800", '{"a": "NaN"}')
        with pytest.raises(GxparseError, match="cannot be put into a table"):
            Validation((Finding("GX202", "", "", ""),), Report(year=10**30)).to_frame()

    def test_without_the_extra_it_says_what_to_install(self, monkeypatch):
        monkeypatch.delitem(sys.modules, "gxparse.rules.frame", raising=False)
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(GxparseError) as caught:
            Validation().to_frame()
        assert str(caught.value) == (
            '输出数据表需要另装组件，请运行：pip install "gxparse[frame]" '
            'Tables of data need an extra: pip install "gxparse[frame]"'
        )
