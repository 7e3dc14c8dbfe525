"""Who has filed a report and who has not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse import GxparseError, Report, missing
from gxparse.agencies import match
from gxparse.collection.filing import Status


def filed(*agencies, year=2023):
    return [Report(agency=agency, year=year) for agency in agencies]


def statuses(filing):
    return {entry.expected: str(entry.status) for entry in filing.entries}


def test_who_has_not_filed():
    given_ = filed("云岭县青石镇人民政府", "白塔区教育局")
    filing = missing(["青石镇", "学前街道", "白塔区教育局"], given_)
    assert statuses(filing) == {"青石镇": "filed", "学前街道": "missing", "白塔区教育局": "filed"}
    assert filing.missing == ("学前街道",)
    town, bureau = filing.filed
    assert (town.report, bureau.report) == tuple(given_)
    for entry in (town, bureau):
        why = match(entry.expected, entry.report.agency)
        assert (entry.reason_zh, entry.reason_en) == (why.reason_zh, why.reason_en)
    assert (filing.unexpected, filing.ambiguous, filing.other_years) == ((), (), ())


@pytest.mark.parametrize(
    ("expected", "agency"),
    [
        ("学前街道", "学前街道办事处"),
        ("学前街道办", "白塔区学前街道办事处"),
        ("洪泽区人民政府", "淮安市洪泽区人民政府"),
        ("青石鎮", "青石镇"),
    ],
)
def test_names_in_full_and_in_short(expected, agency):
    assert missing([expected], filed(agency)).missing == ()
    assert missing([agency], filed(expected)).missing == ()


def test_reports_that_nobody_expected():
    given_ = [*filed("大石人镇", "石人镇"), Report()]
    filing = missing("石人镇", given_)
    assert filing.unexpected == (given_[0], given_[2])


def test_a_name_that_several_reports_may_bear():
    given_ = filed("甲河市朝阳区人民政府", "乙河市朝阳区人民政府")
    (entry,) = missing(["朝阳区"], given_).ambiguous
    assert (entry.reports, entry.report) == (tuple(given_), None)
    assert "甲河市朝阳区人民政府" in entry.reason_en
    assert missing(["朝阳区"], given_).missing == ()


def test_a_report_that_several_names_may_claim():
    given_ = filed("朝阳区人民政府")
    filing = missing(["甲河市朝阳区", "乙河市朝阳区"], given_)
    assert statuses(filing) == {"甲河市朝阳区": "ambiguous", "乙河市朝阳区": "ambiguous"}
    assert "乙河市朝阳区" in filing.entries[0].reason_zh
    assert filing.entries[0].reports == tuple(given_)


def test_the_very_name_goes_before_one_that_only_matches():
    given_ = filed("朝阳区人民政府", "甲河市朝阳区人民政府")
    filing = missing(["甲河市朝阳区", "朝阳区"], given_)
    assert [entry.report for entry in filing.entries] == [given_[1], given_[0]]


def test_a_report_of_the_very_name_is_nobody_elses():
    filing = missing(["朝阳区人民政府", "甲河市朝阳区人民政府"], filed("朝阳区人民政府"))
    assert filing.missing == ("甲河市朝阳区人民政府",)


def test_two_spellings_of_one_name_and_two_reports_of_one_agency():
    given_ = filed("青石镇", "青石镇人民政府")
    filing = missing(["青石镇", "青石镇 人民政府", "青石镇"], given_)
    assert statuses(filing) == {"青石镇": "filed", "青石镇 人民政府": "filed"}
    assert [set(map(id, entry.reports)) for entry in filing.entries] == [set(map(id, given_))] * 2


def test_names_that_agree_among_each_other_are_of_one_agency():
    filing = missing(["青石镇人民政府"], filed("云岭县青石镇", "白河市云岭县青石镇"))
    assert len(filing.filed[0].reports) == 2


def test_reports_of_another_year_are_told_apart():
    old, dateless = Report(agency="青石镇", year=2022), Report(agency="学前街道", year=None)
    filing = missing(["青石镇", "学前街道"], [old, dateless], year=2023)
    assert filing.missing == ("青石镇",)
    assert filing.other_years == (old,)
    assert missing(["青石镇"], [old]).missing == ()


def test_str_is_a_list_to_read():
    filing = missing(
        ["青石镇", "学前街道"], [*filed("青石镇", "大石人镇"), Report(year=2020, agency="白塔区")], year=2023
    )
    same = match("青石镇", "青石镇")
    assert str(filing).splitlines() == [
        "未报送 missing: 1",
        "  学前街道  没有这一机关的报告  no report of this agency",
        "无法确定 ambiguous: 0",
        "已报送 filed: 1",
        f"  青石镇  {same.reason_zh}  {same.reason_en}",
        "清单以外 not expected: 1",
        "  大石人镇 2023",
        "其他年度 of another year: 1",
        "  白塔区 2020",
    ]


@pytest.mark.parametrize(("expected", "given_"), [([None], []), (["青石镇"], ["a text"]), ([5], [])])
def test_wrong_kinds_are_refused(expected, given_):
    with pytest.raises(GxparseError):
        missing(expected, given_)


_names = st.sampled_from(["", "青石镇", "青石镇人民政府", "云岭县青石镇", "白塔区青石镇", "学前街道", "镇"]) | st.text(
    max_size=5
)


@given(st.lists(_names, max_size=5), st.lists(st.none() | _names, max_size=5))
def test_each_report_is_somewhere(expected, agencies):
    given_ = filed(*agencies)
    filing = missing(expected, given_)
    placed = {id(report) for entry in filing.entries for report in entry.reports} | set(map(id, filing.unexpected))
    assert placed == set(map(id, given_))
    assert [entry.expected for entry in filing.entries] == list(dict.fromkeys(expected))
    assert all(bool(entry.reports) == (entry.status is not Status.MISSING) for entry in filing.entries)
    assert str(filing)
