"""GX107 and GX108: the old form, and both forms in one report."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given

from gxparse.records import Applicants, Decisions, Form, OtherResults, Procurement
from gxparse.rules import validate
from gxparse.testing import consistent_reports, zeros


def found(report):
    return [(finding.code, finding.path) for finding in validate(report, select=["GX107", "GX108"]).findings]


@pytest.mark.parametrize(
    ("form", "year", "expected"),
    [
        (Form.F2019, 2020, []),
        (Form.F2019, 2021, [("GX107", "")]),
        (Form.F2019, 2024, [("GX107", "")]),
        (Form.F2019, None, []),
        (Form.F2021, 2021, []),
        (Form.F2021, 2020, []),
        (None, 2023, []),
    ],
)
def test_the_old_form_is_old_from_2021_on(form, year, expected):
    assert found(evolve(zeros(form or Form.F2021), form=form, year=year)) == expected


def test_the_finding_names_both_notices():
    (finding,) = validate(evolve(zeros(Form.F2019), year=2022), select="GX107").findings
    for message in (finding.message_zh, finding.message_en):
        assert "国办公开办函〔2021〕30号" in message
        assert "国办公开办函〔2019〕60号" in message
    assert finding.numbers == {"year": 2022}


@given(consistent_reports())
def test_one_form_is_not_mixed(report):
    assert found(report) == []


def with_other(report, other):
    results = evolve(report.requests.results, other=other)
    return evolve(report, requests=evolve(report.requests, results=results))


def test_form_2021_with_other_results_in_one_row_is_mixed():
    mixed = with_other(zeros(Form.F2021), OtherResults(total=Applicants(total=0)))
    assert found(mixed) == [("GX108", "requests.results.other.total")]


def test_form_2019_with_other_results_in_three_rows_is_mixed():
    three = zeros(Form.F2021).requests.results.other
    (finding,) = validate(with_other(zeros(Form.F2019), three), select="GX108").findings
    assert finding.path == "requests.results.other"
    assert "form 2021 (3): requests.results.other.not_corrected_in_time, " in finding.message_en
    assert "; 8 others are of form 2019; " in finding.message_en
    assert "、3.其他；另有 8 行为 2019 年格式" in finding.message_zh


def test_rows_of_section_two_may_be_of_another_form_than_the_rest():
    report = zeros(Form.F2019)
    mixed = evolve(report, disclosure=evolve(report.disclosure, licensing=Decisions(0), compulsion=Decisions(0)))
    assert found(mixed) == [("GX108", "disclosure")]


def test_a_row_of_which_nothing_is_known_tells_no_form():
    report = zeros(Form.F2021)
    unknown = evolve(report, disclosure=evolve(report.disclosure, procurement=Procurement()))
    assert found(with_other(unknown, OtherResults(*[Applicants(total=0)] * 3, total=Applicants()))) == []
