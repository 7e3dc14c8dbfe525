"""Strategies give the reports that they are said to give, and Hypothesis has nothing to say against their use."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxparse import Form, Report, from_json, to_json, validate
from gxparse.records import FORM_OF_ROW, Applicants
from gxparse.testing import FORMS, consistent_reports, printed_reports


def drawn(strategy: st.SearchStrategy[Report]) -> list[Report]:
    """Some examples of a strategy; a warning about it is an error."""
    found: list[Report] = []

    @settings(max_examples=5, database=None)
    @given(strategy)
    def draw(report: Report) -> None:
        found.append(report)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw()
    return found


@pytest.mark.parametrize("form", Form)
def test_consistent_reports_are_of_the_forms_asked_for(form: Form) -> None:
    assert {report.form for report in drawn(consistent_reports(st.just(form)))} == {form}


@pytest.mark.parametrize("form", FORMS)
def test_printed_reports_are_of_the_forms_asked_for(form: str) -> None:
    for report in drawn(printed_reports(st.just(form))):
        assert report.form is (Form.F2019 if form == "2019" else Form.F2021)
        assert isinstance(report.requests.results.other.total, Applicants) is (form != "2021")
        assert FORM_OF_ROW[type(report.disclosure.rules)] is report.form


@pytest.mark.parametrize("strategy", [consistent_reports, printed_reports])
def test_reports_are_of_any_form_unless_asked_for(strategy: Callable[[], st.SearchStrategy[Report]]) -> None:
    found: set[Form | None] = set()

    @settings(max_examples=40, database=None, derandomize=True)
    @given(strategy())
    def draw(report: Report) -> None:
        found.add(report.form)

    draw()
    assert found == set(Form)


@given(consistent_reports())
def test_a_consistent_report_has_no_errors_and_no_blank_cell(report: Report) -> None:
    assert validate(report).ok
    assert not [cell.path for cell in report.cells() if cell.value is None]


@given(printed_reports())
def test_a_printed_report_comes_back_from_json(report: Report) -> None:
    assert from_json(to_json(report)) == report
    assert report.sources == from_json(to_json(report)).sources


@given(printed_reports())
def test_the_numbers_of_a_printed_report_are_distinct(report: Report) -> None:
    numbers = [
        cell.value
        for cell in report.cells()
        if cell.value is not None and not cell.path.endswith((".change", ".amount"))
    ]
    assert len(set(numbers)) == len(numbers) > 100
