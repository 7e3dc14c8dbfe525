"""GX701 to GX704: the date, the fees, the contact details, what a people's government reports beside."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from gxparse import parse
from gxparse.document import Location
from gxparse.findings import Severity
from gxparse.records import Form, Preamble, Report, Source, Subsection, TextSection
from gxparse.rules import validate
from gxparse.testing import zeros
from tests.material import EXAMPLES

CODES = ["GX701", "GX702", "GX703", "GX704"]
WARNING, INFO = Severity.WARNING, Severity.INFO
SOUND = evolve(
    zeros(),
    agency="云岭县水务局",
    year=2023,
    issued_on=date(2024, 1, 20),
    preamble=Preamble(("联系电话：0999-8123456。",), phone="0999-8123456"),
    overview=TextSection("一、总体情况", ("全年发布信息12条。",)),
    other_matters=TextSection("六、其他需要报告的事项", ("本年度未收取信息处理费。",)),
)


def found(report, select=CODES):
    return [(finding.code, finding.path) for finding in validate(report, select=select).findings]


def only(report):
    (finding,) = validate(report, select=CODES).findings
    return finding


def test_reports_as_they_should_be():
    assert found(SOUND) == []
    for name in ("haiyan-archives-2023", "qingshi-town-2020", "xinqiao-street-2024", "yunling-water-2022"):
        assert found(parse(EXAMPLES / f"{name}.txt")) == []


@pytest.mark.parametrize("form", Form)
def test_of_a_record_without_text_nothing_is_known(form):
    assert found(evolve(zeros(form), agency="云岭县人民政府", year=2023)) == []
    assert found(evolve(Report.blank(form), title="云岭县人民政府2023年政府信息公开工作年度报告")) == []


class TestLate:
    @pytest.mark.parametrize(
        ("agency", "last", "severity"),
        [
            ("云岭县人民政府", date(2024, 3, 31), WARNING),
            ("云岭县人民政府办公室", date(2024, 3, 31), WARNING),
            ("云岭县水务局", date(2024, 1, 31), WARNING),
            ("青石镇", date(2024, 1, 31), INFO),
            ("新桥街道办事处", date(2024, 1, 31), INFO),
            ("澄江经济开发区管理委员会", date(2024, 1, 31), INFO),
            ("云岭县应急管理局（地震局）", date(2024, 1, 31), WARNING),
            (None, date(2024, 3, 31), INFO),
        ],
    )
    def test_the_last_day_of_each_kind(self, agency, last, severity):
        report = evolve(SOUND, agency=agency)
        assert found(evolve(report, issued_on=last), "GX701") == []
        (finding,) = validate(evolve(report, issued_on=date.fromordinal(last.toordinal() + 1)), select="GX701").findings
        assert (finding.path, finding.severity, finding.numbers) == ("issued_on", severity, {"days": 1})
        assert f"{last} 前" in finding.message_zh
        assert f"{last}: 1 day late" in finding.message_en

    def test_the_signature_tells_the_kind_where_the_title_does_not(self):
        report = evolve(SOUND, agency=None, issued_by="云岭县政府办公室", issued_on=date(2024, 2, 5))
        assert found(report, "GX701") == []
        assert found(evolve(report, issued_by="云岭县水务局"), "GX701") == [("GX701", "issued_on")]
        assert found(evolve(report, agency="云岭县水务局"), "GX701") == [("GX701", "issued_on")]

    @pytest.mark.parametrize(
        "changes",
        [
            {"year": None},
            {"issued_on": None},
            {"issued_on": date(2023, 2, 20)},
            {"issued_on": date(2025, 2, 20)},
            {"metadata": {"published_on": "2024-05-01"}},
        ],
    )
    def test_a_wrong_year_or_none_is_not_late(self, changes):
        assert found(evolve(SOUND, **changes)) == []

    @pytest.mark.parametrize(
        "written",
        ["2024-02-05", "2024-02-05 09:30:00", " 2024年2月5日", "2024/2/5", "２０２４年２月５日", "2024 年 2 月 5 日"],
    )
    def test_the_date_of_the_page_where_the_report_has_none(self, written):
        finding = only(evolve(SOUND, issued_on=None, metadata={"published_on": written}))
        assert (finding.code, finding.severity) == ("GX701", INFO)
        assert finding.message_zh.startswith("网页所载发布日期为 2024-02-05；")
        assert finding.message_en.startswith("dated by its page 2024-02-05; ")

    @pytest.mark.parametrize("written", ["", "2024-01-31", "2024-02-30", "2024-13-05", "20240205", "二月", "0000-1-1"])
    def test_a_date_of_the_page_that_is_none_or_in_time(self, written):
        assert found(evolve(SOUND, issued_on=None, metadata={"published_on": written})) == []

    def test_the_words_and_the_place(self):
        place = Location(line=7)
        report = evolve(SOUND, issued_on=date(2024, 2, 20), sources={"issued_on": Source("2024年2月20日", place)})
        finding = only(report)
        assert finding.location == place
        assert finding.message_zh == (
            "发布日期为 2024-02-20；县级以上人民政府部门应在 2024-01-31 前发布上一年度报告，逾期 20 天"
        )
        assert finding.message_en == (
            "issued 2024-02-20; departments at county level and above must issue it by 2024-01-31: 20 days late"
        )


def saying(text, name="other_matters"):
    """The report with this text in a section, and nothing on fees elsewhere."""
    sections = {"other_matters": TextSection("六、其他需要报告的事项", ("无。",)), name: TextSection("某", (text,))}
    return evolve(SOUND, **sections)


class TestFees:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("本年度未收取信息处理费。", "other_matters"),
            ("依申请公开信息處理費 0 元。", "other_matters"),
            ("没有收费。", "other_matters"),
            ("未发生任何费用。", "other_matters"),
            ("未收取申请人的任何费。", "other_matters"),
            ("全年信息处理费0元。", "problems"),
            ("对依申请公开未收取检索、复制等费用。", "overview"),
            ("政府信息公开收费0元。", "requests_text"),
            ("收费情况：申请均为免费。", "overview"),
        ],
    )
    def test_said_in_some_way(self, text, name):
        assert found(saying(text, name)) == []

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("无其他需要报告的事项。", "other_matters"),
            ("行政事业性收费目录已公布。", "other_matters"),
            ("主动公开信息96条，含行政事业性收费。申请12件。", "overview"),
            ("公布停车收费标准。", "overview"),
            ("收取意见12条，费时两周。", "other_matters"),
        ],
    )
    def test_not_said(self, text, name):
        finding = only(saying(text, name))
        assert (finding.code, finding.path, finding.severity) == ("GX702", "other_matters", WARNING)
        assert "未收取信息处理费" in finding.message_zh
        assert "信息处理费" in finding.message_en

    def test_form_2019_does_not_ask(self):
        assert found(evolve(saying("无。"), form=Form.F2019)) == []
        assert found(evolve(saying("无。"), form=None)) == []

    def test_a_report_without_section_six_does_not_say_it_either(self):
        assert found(evolve(SOUND, other_matters=None)) == [("GX702", "other_matters")]

    def test_its_place_is_section_six(self):
        place = Location(line=99)
        report = evolve(saying("无。"), sources={"other_matters": Source("六、其他需要报告的事项", place)})
        assert (only(report).location, only(report).label) == (place, "某")


class TestContact:
    @pytest.mark.parametrize("name", ["address", "phone", "fax", "email"])
    def test_one_way_to_ask_is_enough(self, name):
        assert found(evolve(SOUND, preamble=Preamble(("序。",), **{name: "x"}))) == []

    @pytest.mark.parametrize("preamble", [Preamble(), Preamble(("序。",), website="www.a.cn", postcode="000456")])
    def test_none(self, preamble):
        finding = only(evolve(SOUND, preamble=preamble))
        assert (finding.code, finding.path, finding.severity) == ("GX703", "preamble", INFO)
        assert finding.message_en.endswith("; its preamble should name address, postcode and telephone")

    @pytest.mark.parametrize(
        "text",
        ["联系电话：0999-8123456。", "地址：云岭县溪口街12号", "邮箱 gongkai@yunling.example", "传真：0999-8123457"],
    )
    def test_it_may_stand_elsewhere(self, text):
        part = Subsection("（一）", "", (text,))
        report = evolve(SOUND, preamble=Preamble(), problems=TextSection("五、存在的主要问题及改进情况", (), (part,)))
        assert found(report) == []

    @pytest.mark.parametrize("text", ["全年接听电话咨询1204次。", "网址：www.yunling.example", "邮编：000456"])
    def test_what_is_no_way_to_ask(self, text):
        report = evolve(SOUND, preamble=Preamble(), problems=TextSection("五、存在的主要问题及改进情况", (text,)))
        assert found(report) == [("GX703", "preamble")]


class TestReview:
    @pytest.mark.parametrize("agency", ["云岭县人民政府", "云岭县人民政府办公室", "青石镇人民政府", "青石乡"])
    def test_a_people_s_government_tells_of_all_three(self, agency):
        finding = only(evolve(SOUND, agency=agency))
        assert (finding.code, finding.path, finding.severity) == ("GX704", "problems", INFO)
        assert finding.message_zh.endswith("：工作考核、社会评议、责任追究")
        assert finding.message_en.endswith(": work assessment, public review, accountability")
        assert "must also tell of" in finding.message_en

    @pytest.mark.parametrize("agency", ["云岭县水务局", "新桥街道办事处", None])
    def test_others_need_not(self, agency):
        assert found(evolve(SOUND, agency=agency)) == []

    @pytest.mark.parametrize(
        ("text", "lacking"),
        [
            ("纳入年度考核。开展社会评议。未发生责任追究。", []),
            ("纳入考核，接受评议，没有追究任何人的责任。", []),
            ("考核、評議、追责。", []),
            ("考核与评议，全年无问责情形。", []),
            ("纳入年度考核。", ["社会评议", "责任追究"]),
            ("接受评议。", ["工作考核", "责任追究"]),
            ("未发生追责。", ["工作考核", "社会评议"]),
            ("评议，问责，追究。", ["工作考核"]),
            ("考核，评议，追究原因。", ["责任追究"]),
            ("考核，评议，追究原因。责任到人。", ["责任追究"]),
        ],
    )
    def test_each_is_looked_for_in_the_whole_text(self, text, lacking):
        report = evolve(SOUND, agency="青石镇", overview=TextSection("一、总体情况", (text,)))
        findings = validate(report, select="GX704").findings
        assert [finding.message_zh.rpartition("：")[2] for finding in findings] == (
            ["、".join(lacking)] if lacking else []
        )
