"""GX109 to GX111: the title, the years, the period."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gxparse import parse, parse_text
from gxparse.records import Form, Period, Preamble, Report, TextSection
from gxparse.rules import validate
from gxparse.testing import printed_reports, zeros
from tests.material import example

CODES = ["GX109", "GX110", "GX111"]
AGENCY = "云岭县水务局"
TITLE = f"{AGENCY}2023年政府信息公开工作年度报告"
TEXT = TextSection("一、总体情况", ("全年发布信息12条。",))
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
SOUND = evolve(zeros(), title=TITLE, agency=AGENCY, year=2023, period=YEAR, issued_on=date(2024, 1, 20), overview=TEXT)


def found(report):
    return [(finding.code, finding.path) for finding in validate(report, select=CODES).findings]


def only(report):
    (finding,) = validate(report, select=CODES).findings
    return finding


def test_a_report_as_it_should_be():
    assert found(SOUND) == []
    assert found(parse(example("txt"))) == []
    assert found(parse(example("html"))) == []


@given(printed_reports())
def test_reports_that_agree_with_themselves(report):
    assert found(report) == []


class TestTitle:
    @pytest.mark.parametrize("form", Form)
    def test_of_a_record_without_text_nothing_is_known(self, form):
        assert found(evolve(zeros(form), year=2023)) == []
        assert found(Report.blank(form)) == []

    @pytest.mark.parametrize("title", [None, ""])
    def test_none_at_all(self, title):
        finding = only(evolve(SOUND, title=title))
        assert (finding.code, finding.path) == ("GX109", "title")
        assert finding.message_zh.startswith("报告没有标题；")
        assert finding.message_en.startswith("the report has no title; a title should name the agency and the year, ")

    @pytest.mark.parametrize(
        ("title", "agency", "zh", "en"),
        [
            (f"{AGENCY}政府信息公开工作年度报告", AGENCY, "年份", "year"),
            ("2023年政府信息公开工作年度报告", None, "机关名称", "agency"),
            ("政府信息公开工作年度报告", None, "年份和机关名称", "year and no agency"),
        ],
    )
    def test_what_it_does_not_name(self, title, agency, zh, en):
        finding = only(evolve(SOUND, title=title, agency=agency))
        assert (finding.code, finding.path) == ("GX109", "title")
        assert finding.message_zh.startswith(f"标题没有{zh}；")
        assert finding.message_en.startswith(f"the title has no {en}; ")

    def test_the_agency_may_stand_below(self):
        assert found(evolve(SOUND, title="2023年政府信息公开工作年度报告")) == []

    def test_the_agency_may_stand_in_the_title_alone(self):
        assert found(evolve(SOUND, agency=None)) == []

    @pytest.mark.parametrize("title", ["年终总结", " ", "a report"])
    def test_of_a_title_that_is_none_of_the_form_nothing_is_said(self, title):
        assert found(evolve(SOUND, title=title)) == []

    def test_also_without_text(self):
        assert found(Report(title="政府信息公开工作年度报告")) == [("GX109", "title")]


class TestYears:
    @pytest.mark.parametrize(
        ("changes", "path", "year"),
        [
            ({"title": f"{AGENCY}2022年政府信息公开工作年度报告"}, "title", 2022),
            ({"title": f"{AGENCY}二〇二二年政府信息公开工作年度报告"}, "title", 2022),
            ({"period": Period(date(2022, 1, 1), date(2022, 12, 31))}, "period", 2022),
            ({"period": Period(date(2024, 1, 1), date(2024, 12, 31))}, "period", 2024),
            ({"metadata": {"title": f"{AGENCY}2022年政府信息公开工作年度报告"}}, "title", 2022),
            ({"preamble": Preamble(("现公布2022年政府信息公开工作年度报告。",))}, "preamble", 2022),
            ({"preamble": Preamble((f"{AGENCY}编制了本局 2022 年度信息公開年報。",))}, "preamble", 2022),
        ],
    )
    def test_another_year_in_some_place(self, changes, path, year):
        finding = only(evolve(SOUND, **changes))
        assert (finding.code, finding.path, finding.numbers) == ("GX110", path, {"year": 2023, "found": year})
        assert "2023" in finding.message_zh
        assert str(year) in finding.message_zh

    @pytest.mark.parametrize(
        "changes",
        [
            {"metadata": {"title": "政府信息公开年报", "published_on": "2030-01-01"}},
            {"metadata": {"title": TITLE}},
            {"preamble": Preamble(("按照《关于编制2022年政府信息公开工作年度报告的通知》，",))},
            {"preamble": Preamble(("本局编制《计划》和2022年政府信息公开工作年度报告。",))},
            {"preamble": Preamble(("2022年，本局编制规划。2022年政府信息公开工作年度报告已公布。",))},
            {"preamble": Preamble(("本报告由本局编制", "2022年政府信息公开工作年度报告见附件"))},
            {"preamble": Preamble(("现公布本局2023年政府信息公开工作年度报告。",))},
            {"overview": TextSection("一、总体情况", ("发布2022年政府信息公开工作年度报告。",))},
        ],
    )
    def test_what_is_not_sure_to_be_the_year_of_the_report(self, changes):
        assert found(evolve(SOUND, **changes)) == []

    def test_of_a_report_without_a_year_nothing_is_said(self):
        assert found(evolve(SOUND, year=None)) == []

    def test_in_a_text_the_title_is_believed(self):
        text = example("txt").read_text("utf-8")
        other = text.replace("自2023年1月1日起至2023年12月31日", "自2022年1月1日起至2022年12月31日")
        assert found(parse_text(other)) == [("GX110", "period")]


class TestDate:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2023, 1, 20), [("GX110", "issued_on")]),
            (date(2023, 12, 30), [("GX110", "issued_on")]),
            (date(2023, 12, 31), []),
            (date(2024, 1, 1), []),
            (date(2024, 12, 31), []),
            (date(2025, 1, 1), [("GX110", "issued_on")]),
            (date(2018, 12, 31), [("GX110", "issued_on")]),
        ],
    )
    def test_it_is_issued_in_the_year_after(self, day, expected):
        assert found(evolve(SOUND, issued_on=day)) == expected

    def test_the_words(self):
        early, late = (only(evolve(SOUND, issued_on=day)) for day in (date(2023, 1, 20), date(2025, 1, 20)))
        assert early.message_zh.startswith("2023 年度报告的落款日期为 2023-01-20，该年度尚未结束；应为 2024 年的日期")
        assert early.message_en.endswith("is dated 2023-01-20, before that year was over; expected a date in 2024")
        assert early.numbers == {"year": 2023, "found": 2023}
        assert "2025-01-20，晚于次年；" in late.message_zh
        assert "not in the year after it" in late.message_en
        assert late.numbers == {"year": 2023, "found": 2025}

    @pytest.mark.parametrize("changes", [{"year": None}, {"issued_on": None}])
    def test_without_a_year_or_a_date(self, changes):
        assert found(evolve(SOUND, **changes)) == []

    @given(st.integers(-(10**12), 10**12), st.dates(), st.dates(), st.dates())
    def test_any_dates_can_be_judged(self, year, issued_on, one, other):
        validate(evolve(SOUND, year=year, issued_on=issued_on, period=Period(one, other)))


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"title": TITLE.replace("2023", "2022")}, "标题", "the title"),
        ({"period": Period(date(2022, 1, 1), date(2022, 12, 31))}, "统计期限", "the period of the figures"),
        ({"preamble": Preamble(("现公布本局2022年度信息公开年报。",))}, "开头所说的年度报告", "the preamble"),
        ({"metadata": {"title": TITLE.replace("2023", "2022")}}, "网页标题", "the title of the page"),
    ],
)
def test_the_place_of_another_year_is_named(changes, zh, en):
    finding = only(evolve(SOUND, **changes))
    assert finding.message_zh == f"报告年度为 2023，{zh}却为 2022 年；各处年份应一致，请核对"
    assert finding.message_en == f"the report is for 2023, and {en} names 2022; the years must agree, please check"


def test_the_title_of_the_page_is_not_named_again():
    title = f"{AGENCY}2022年政府信息公开工作年度报告"
    report = evolve(SOUND, title=title, metadata={"title": title})
    (finding,) = validate(report, select="GX110").findings
    assert "，标题却为 2022 年" in finding.message_zh
    (_, page) = validate(evolve(report, metadata={"title": title.replace("2022", "2021")}), select="GX110").findings
    assert "，网页标题却为 2021 年" in page.message_zh


class TestPeriod:
    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            (date(2023, 1, 1), date(2023, 12, 31), []),
            (date(2023, 1, 2), date(2023, 12, 31), [("GX111", "period")]),
            (date(2023, 1, 1), date(2023, 12, 30), [("GX111", "period")]),
            (date(2022, 1, 1), date(2023, 12, 31), [("GX111", "period")]),
            (date(2023, 3, 15), date(2023, 12, 31), [("GX111", "period")]),
        ],
    )
    def test_it_is_one_whole_year(self, start, end, expected):
        assert found(evolve(SOUND, period=Period(start, end))) == expected

    def test_also_where_the_year_is_not_known(self):
        assert found(evolve(SOUND, year=None, period=Period(date(2023, 1, 1), date(2023, 6, 30)))) == [
            ("GX111", "period")
        ]

    def test_the_words(self):
        finding = only(evolve(SOUND, period=Period(date(2023, 3, 15), date(2023, 12, 31))))
        assert finding.message_zh.startswith("统计期限为 2023-03-15 至 2023-12-31，应为全年")
        assert finding.message_en.startswith(
            "the period is 2023-03-15 to 2023-12-31; expected 1 January to 31 December"
        )

    def test_there_may_be_none(self):
        assert found(evolve(SOUND, period=None)) == []
