"""Indicators: each formula against numbers worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given

from gxparse.collection.indicators import INDICATORS, chosen, ratios
from gxparse.errors import GxparseError
from gxparse.records import Applicants, Form, OtherResults, Report
from gxparse.testing import printed, reports, zeros

TOTAL = "requests.results.total.total"


def ratio(report, name):
    (found,) = ratios(report, chosen([name]))
    return found.numerator, found.denominator, found.value


def results(**values):
    return {f"requests.results.{row.replace('__', '.')}.total": value for row, value in values.items()}


REPORT = zeros().replace(
    results(
        granted=40,
        partially_granted=10,
        denied__state_secret=3,
        denied__administrative_inquiry=2,
        not_provided__not_held=20,
        not_provided__still_unclear=5,
        not_processed__repeated=8,
        other__not_corrected_in_time=1,
        other__fee_unpaid=4,
        other__miscellaneous=7,
        total=100,
    )
    | {
        "requests.received.natural_person": 60,
        "requests.received.total": 90,
        "requests.carried_in.total": 30,
        "requests.carried_out.total": 20,
        "proceedings.reconsideration.upheld": 5,
        "proceedings.reconsideration.corrected": 2,
        "proceedings.reconsideration.other": 1,
        "proceedings.reconsideration.pending": 4,
        "proceedings.reconsideration.total": 12,
        "proceedings.direct_litigation.corrected": 1,
        "proceedings.direct_litigation.pending": 2,
        "proceedings.direct_litigation.total": 3,
        "proceedings.post_reconsideration_litigation.upheld": 6,
        "proceedings.post_reconsideration_litigation.other": 1,
        "proceedings.post_reconsideration_litigation.total": 7,
    }
)


@pytest.mark.parametrize(
    ("name", "numerator", "denominator"),
    [
        ("disclosure_rate", 50, 100),
        ("full_disclosure_rate", 40, 100),
        ("denied_share", 5, 100),
        ("not_provided_share", 25, 100),
        ("not_held_share", 20, 100),
        ("not_processed_share", 8, 100),
        ("other_share", 12, 100),
        ("carried_over_rate", 20, 120),
        ("natural_person_share", 60, 90),
        ("reconsideration_correction_rate", 2, 8),
        ("litigation_correction_rate", 1, 8),
        ("dispute_rate", 15, 90),
        ("litigation_rate", 10, 90),
    ],
)
def test_each_formula(name, numerator, denominator):
    assert ratio(REPORT, name) == (numerator, denominator, Fraction(numerator, denominator))


def test_new_documents_disclosed_are_of_form_2019():
    row = "disclosure.normative_documents"
    report = zeros(Form.F2019).replace({f"{row}.created": 4, f"{row}.newly_disclosed": 3})
    assert ratio(report, "document_disclosure_rate") == (3, 4, Fraction(3, 4))
    assert ratio(REPORT, "document_disclosure_rate") == (None, None, None)


def test_the_forms_of_an_indicator_are_those_that_have_its_cells():
    assert INDICATORS["document_disclosure_rate"].forms == (Form.F2019,)
    others = [each for each in INDICATORS.values() if each.name != "document_disclosure_rate"]
    assert all(each.forms == tuple(Form) for each in others)


def test_every_indicator_is_tested_named_and_has_a_formula():
    assert list(INDICATORS) == [each.name for each in INDICATORS.values()]
    assert all(each.zh and each.en and " ÷ " in each.formula for each in INDICATORS.values())
    assert INDICATORS["disclosure_rate"].formula == (
        "(requests.results.granted.total + requests.results.partially_granted.total) ÷ requests.results.total.total"
    )


def test_the_shares_of_all_results_are_together_one():
    names = ("disclosure_rate", "denied_share", "not_provided_share", "not_processed_share", "other_share")
    assert sum(ratio(REPORT, name)[2] for name in names) == 1


def test_nothing_is_divided_by_zero():
    assert ratio(zeros(), "disclosure_rate") == (0, 0, None)


def test_what_is_not_known_gives_no_ratio_and_keeps_the_other_side():
    assert ratio(REPORT.replace({TOTAL: None}), "disclosure_rate") == (50, None, None)
    assert ratio(REPORT.replace(results(granted=None)), "disclosure_rate") == (None, 100, None)


@pytest.mark.parametrize(("raw", "expected"), [("", 40), ("/", 40), ("三", None)])
def test_blanks_count_as_zero_beside_numbers(raw, expected):
    report = printed(REPORT, {"requests.results.partially_granted.total": raw})
    assert ratio(report, "disclosure_rate")[0] == expected


def test_of_blanks_alone_nothing_is_known():
    report = printed(REPORT, {TOTAL: ""})
    assert ratio(report, "disclosure_rate") == (50, None, None)


def with_other(report, other):
    outcome = evolve(report.requests.results, other=other)
    return evolve(report, requests=evolve(report.requests, results=outcome))


def three(total):
    return [Applicants(total=total)] * 3


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (OtherResults(total=Applicants(total=9)), 9),
        (OtherResults(*three(2), total=Applicants(total=9)), 6),
        (OtherResults(*three(None), total=Applicants(total=9)), 9),
        (OtherResults(*three(2)), 6),
        (OtherResults(*three(2)[:2]), None),
        (OtherResults(), None),
    ],
)
def test_other_results_are_counted_once(other, expected):
    assert ratio(with_other(REPORT, other), "other_share")[0] == expected


def test_an_unknown_name_is_refused():
    with pytest.raises(GxparseError, match="There is no indicator 'openness'; there are disclosure_rate, "):
        chosen(["openness"])
    assert chosen("disclosure_rate") == (INDICATORS["disclosure_rate"],)
    assert chosen(None) == tuple(INDICATORS.values())


@given(reports())
def test_no_report_is_too_odd(report):
    for found in ratios(report, chosen(None)):
        known = found.numerator is not None and bool(found.denominator)
        assert (found.value is not None) == known


def test_a_blank_form_has_no_indicators():
    assert {found.value for found in ratios(Report(), chosen(None))} == {None}
