"""GX101 to GX104: the six sections, their headings, their order, their text."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given

from gxparse import from_json, parse, parse_text, render, to_json
from gxparse.document import Location
from gxparse.findings import Finding
from gxparse.records import Form, Preamble, Report, Source, Subsection, TextSection
from gxparse.rules import validate
from gxparse.rules.sections import about, bare, has_text, texts
from gxparse.rules.sheet import Sheet, label_of
from gxparse.testing import printed_reports, zeros
from tests.material import example

CODES = ["GX101", "GX102", "GX103", "GX104"]
HEADINGS = {
    "overview": "一、总体情况",
    "disclosure_text": "二、主动公开政府信息情况",
    "requests_text": "三、收到和处理政府信息公开申请情况",
    "proceedings_text": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other_matters": "六、其他需要报告的事项",
}
TEXT = example("txt").read_text("utf-8")
SOUND = evolve(zeros(), **{name: TextSection(heading, ("无。",)) for name, heading in HEADINGS.items()})


def found(report, select=CODES):
    return [(finding.code, finding.path) for finding in validate(report, select=select).findings]


def headed(**headings):
    """A report in which some headings are printed otherwise."""
    return evolve(SOUND, **{name: TextSection(heading, ("无。",)) for name, heading in headings.items()})


def test_the_headings_are_those_of_the_tables():
    for table in ("disclosure", "requests", "proceedings"):
        assert HEADINGS[f"{table}_text"] == label_of(table)


def test_a_report_as_it_should_be():
    assert found(SOUND) == []
    assert found(parse(example("txt"))) == []


@given(printed_reports())
def test_what_is_rendered_has_its_sections_in_order(report):
    again = parse_text(render(report))
    assert found(again, ["GX101", "GX102", "GX103"]) == []


class TestText:
    def test_every_paragraph_and_heading_of_a_part(self):
        part = Subsection("（一）", "主动公开", ("乙。",))
        report = Report(title="题", preamble=Preamble(("序。",)), overview=TextSection("一", ("甲。",), (part,)))
        assert list(texts(report)) == ["序。", "甲。", "主动公开", "乙。"]

    @pytest.mark.parametrize(
        ("report", "expected"),
        [
            (Report(), False),
            (Report(title="题", overview=TextSection("一、总体情况")), False),
            (Report(problems=TextSection("五", (" \n",))), False),
            (Report(problems=TextSection("五", (" ", "无"))), True),
            (Report(preamble=Preamble(("序。",))), True),
        ],
    )
    def test_a_heading_is_no_text(self, report, expected):
        assert has_text(report) is expected

    def test_one_spelling(self):
        assert bare(["信息 處理費：", "０元"]) == "信息处理费:。0元"

    def test_a_finding_about_a_section_holds_what_it_is_given(self):
        assert about(Sheet.of(SOUND), "GX404", "problems", ("中", "en"), {"found": 3}) == Finding(
            "GX404", "problems", "中", "en", label=HEADINGS["problems"], numbers={"found": 3}
        )


class TestMissing:
    @pytest.mark.parametrize("form", Form)
    def test_of_a_record_without_text_nothing_is_known(self, form):
        assert found(zeros(form)) == []
        assert found(Report.blank(form)) == []
        assert found(parse(example("txt")).replace({})) == []

    @pytest.mark.parametrize("name", ["overview", "problems", "other_matters"])
    def test_a_section_of_text(self, name):
        (finding,) = validate(evolve(SOUND, **{name: None}), select=CODES).findings
        assert (finding.code, finding.path, finding.numbers) == ("GX101", "", {"missing": 1})
        assert f"“{HEADINGS[name]}”" in finding.message_zh
        assert HEADINGS[name] in finding.message_en

    def test_all_are_named_in_one_finding(self):
        (finding,) = validate(evolve(SOUND, overview=None, problems=None), select="GX101").findings
        assert "：“一、总体情况”、“五、存在的主要问题及改进情况”；" in finding.message_zh
        assert ": 一、总体情况, 五、存在的主要问题及改进情况; " in finding.message_en
        assert finding.numbers == {"missing": 2}

    def test_the_section_of_a_table_is_there_with_its_table_unless_a_source_lacks_its_heading(self):
        built = evolve(SOUND, requests_text=None)
        assert found(built) == []
        assert found(evolve(built, sources={"requests.received.total": Source("0", Location())})) == [("GX101", "")]
        assert found(evolve(built, requests=Report().requests)) == [("GX101", "")]

    def test_a_title_or_a_heading_is_enough_to_ask_for_the_rest(self):
        assert found(Report(title="云岭县水务局2023年政府信息公开工作年度报告")) == [("GX101", "")]
        assert found(Report(preamble=Preamble(("序。",)))) == [("GX101", "")]
        assert validate(Report(overview=SOUND.overview), select="GX101").findings[0].numbers == {"missing": 5}

    def test_a_heading_that_a_text_does_not_have(self):
        report = parse_text(TEXT.replace("三、收到和处理政府信息公开申请情况\n", ""))
        assert found(report) == [("GX101", "")]


class TestMisnamed:
    @pytest.mark.parametrize(
        ("name", "heading"),
        [
            ("overview", "一、 总 体 情 况"),
            ("overview", "一.总体情况："),
            ("overview", "## 一、总体情况"),
            ("overview", "（一）总体情况"),
            ("overview", "1．总体情况"),
            ("overview", "一、總體情況"),
            ("overview", "一、总体的情况"),
            ("disclosure_text", "二、主动公开政府信息的情况"),
            ("requests_text", "3、收到及处理政府信息公开申请的情况"),
            ("proceedings_text", "四、政府信息公开行政复议和行政诉讼情况"),
            ("proceedings_text", "四、政府信息公开行政复议，行政诉讼情况"),
            ("problems", "五、存在主要问题与改进情况"),
            ("other_matters", "六、其它需要报告事项"),
        ],
    )
    def test_what_makes_no_difference(self, name, heading):
        assert found(headed(**{name: heading})) == []

    @pytest.mark.parametrize(
        ("name", "heading"),
        [
            ("overview", "一、基本情况"),
            ("overview", "一、"),
            ("overview", ""),
            ("problems", "五、存在问题和整改措施"),
            ("other_matters", "六、需要说明的其他事项"),
            ("proceedings_text", "四、行政复议、行政诉讼情况"),
        ],
    )
    def test_another_name(self, name, heading):
        (finding,) = validate(headed(**{name: heading}), select=CODES).findings
        assert (finding.code, finding.path, finding.label) == ("GX102", name, heading)
        assert f"“{HEADINGS[name]}”，实为“{heading}”" in finding.message_zh

    @pytest.mark.parametrize("number", ["二、", "三、", "（三）", "2.", "十一、", "七、", "9、", ""])
    def test_another_number_or_none(self, number):
        (finding,) = validate(headed(overview=f"{number}总体情况"), select=CODES).findings
        assert (finding.code, finding.path) == ("GX102", "overview")
        zh, en = ("序号不符", "another number") if number else ("没有序号", "no number")
        assert finding.message_zh == f"标题应为“一、总体情况”，实为“{number}总体情况”，{zh}"
        assert finding.message_en == f"expected the heading 一、总体情况, found “{number}总体情况” ({en})"

    def test_those_behind_a_missing_section_are_looked_at(self):
        report = evolve(headed(problems="五、问题"), overview=None)
        assert found(report) == [("GX101", ""), ("GX102", "problems")]

    def test_both(self):
        (finding,) = validate(headed(overview="二、概述"), select=CODES).findings
        assert finding.message_zh.endswith("，序号不符，名称不符")
        assert finding.message_en.endswith("(another number and another name)")

    def test_a_number_alone(self):
        (finding,) = validate(headed(overview="一、"), select=CODES).findings
        assert finding.message_zh == "标题应为“一、总体情况”，实为“一、”，没有名称"
        assert finding.message_en.endswith("found “一、” (no name)")

    def test_where_no_heading_has_a_number_an_extraction_has_lost_them(self):
        bare_headings = {name: heading[2:] for name, heading in HEADINGS.items()}
        assert found(headed(**bare_headings)) == []
        assert found(headed(**bare_headings | {"problems": "问题"})) == [("GX102", "problems")]

    def test_its_place_is_that_of_the_heading(self):
        report = parse_text(TEXT.replace("五、存在的主要问题及改进情况", "六、存在的问题及整改措施"))
        (finding,) = validate(report, select=CODES).findings
        line = TEXT.splitlines().index("五、存在的主要问题及改进情况") + 1
        assert (finding.location.line, finding.label) == (line, "六、存在的问题及整改措施")

    def test_a_heading_of_any_length_is_shown_short(self):
        (finding,) = validate(headed(overview="一、" + "总" * 9999), select=CODES).findings
        assert len(finding.message_zh) < 200
        assert len(finding.label) == 120


def sections(text):
    """The lines before the first section, and each section's."""
    parts = []
    for line in text.splitlines(keepends=True):
        if line.strip() in HEADINGS.values() or not parts:
            parts.append("")
        parts[-1] += line
    return parts


class TestOrder:
    def test_the_source_tells(self):
        opening, one, two, three, four, five, six = sections(TEXT)
        report = parse_text("".join((opening, one, two, four, three, five, six)))
        (finding,) = validate(report, select=CODES).findings
        assert (finding.code, finding.path, finding.label) == ("GX103", "requests_text", HEADINGS["requests_text"])
        assert "实际顺序为一、二、四、三、五、六；" in finding.message_zh
        assert "in the order 一、二、四、三、五、六;" in finding.message_en
        assert str(finding.location).startswith("line ")
        assert found(from_json(to_json(report))) == [("GX103", "requests_text")]

    def test_a_section_may_be_missing_and_a_heading_may_be_printed_twice(self):
        opening, one, two, three, four, five, six = sections(TEXT)
        assert found(parse_text("".join((opening, one, two, three, five, six)))) == [("GX101", "")]
        report = parse_text("".join((opening, one, two, one, three, four, five, six)))
        assert found(report) == []

    def test_the_last_may_not_come_first(self):
        opening, *rest, six = sections(TEXT)
        assert found(parse_text("".join((opening, six, *rest)))) == [("GX103", "overview")]

    def test_a_record_that_was_built_has_no_order(self):
        assert found(SOUND, ["GX103"]) == []

    def test_a_place_of_a_heading_without_its_section_does_no_harm(self):
        places = {name: Source(HEADINGS[name], Location(line=1)) for name in ("problems", "overview")}
        (finding,) = validate(Report(sources=places), select="GX103").findings
        assert (finding.path, finding.label) == ("overview", None)


class TestEmpty:
    @pytest.mark.parametrize("name", ["overview", "problems", "other_matters"])
    @pytest.mark.parametrize("section", [(), (" ", "\n"), ("",)])
    def test_a_heading_with_nothing_below(self, name, section):
        (finding,) = validate(evolve(SOUND, **{name: TextSection(HEADINGS[name], section)}), select=CODES).findings
        assert (finding.code, finding.path, finding.label) == ("GX104", name, HEADINGS[name])

    @pytest.mark.parametrize("part", [Subsection("（一）", "主动公开"), Subsection("（一）", "", ("无。",))])
    def test_a_part_is_text(self, part):
        assert found(evolve(SOUND, overview=TextSection(HEADINGS["overview"], (), (part,)))) == []

    @pytest.mark.parametrize("name", ["disclosure_text", "requests_text", "proceedings_text"])
    def test_the_others_have_their_tables(self, name):
        assert found(evolve(SOUND, **{name: TextSection(HEADINGS[name])})) == []

    def test_in_a_text(self):
        report = parse_text(TEXT.replace("本年度收取信息处理费0元。没有其他需要报告的事项。\n", ""))
        (finding,) = validate(report, select=CODES).findings
        assert (finding.code, finding.path) == ("GX104", "other_matters")
        assert finding.location.line == TEXT.splitlines().index("六、其他需要报告的事项") + 1
