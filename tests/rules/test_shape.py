"""Records that a program built of something else than they are declared to hold."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from attrs import evolve
from hypothesis import given

from gxparse.document import Location
from gxparse.errors import GxparseError
from gxparse.findings import Finding
from gxparse.records import (
    Disclosure,
    Form,
    OtherTable,
    Outcomes,
    Period,
    Preamble,
    Requests,
    Results,
    Source,
    Subsection,
    TextSection,
)
from gxparse.rules import shape
from gxparse.rules.validation import validate
from gxparse.testing import holding, reports, zeros

FINDING = Finding("GX107", "", "旧", "old")
SECTION = TextSection("一、总体情况", ("甲",), (Subsection("（一）", "乙", ("丙",)),))


@given(reports())
def test_any_report_that_is_one_will_do(report):
    shape.require(report)


@pytest.mark.parametrize("form", Form)
def test_a_row_may_be_missing(form):
    report = zeros(form)
    assert validate(evolve(report, requests=evolve(report.requests, received=None, results=None))).findings


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"title": 5}, "title: expected str or None, found 5 (int)"),
        ({"year": "2023"}, "year: expected int or None, found '2023' (str)"),
        ({"form": "2021"}, "form: expected Form or None, found '2021' (str)"),
        ({"issued_on": "2024-01-31"}, "issued_on: expected date or None, found '2024-01-31' (str)"),
        ({"issued_on": datetime(2024, 1, 31)}, "issued_on: expected date or None, found datetime."),  # noqa: DTZ001
        ({"period": Period(date(2023, 1, 1), None)}, "period.end: expected date, found None (NoneType)"),
        ({"preamble": None}, "preamble: expected Preamble, found None (NoneType)"),
        ({"preamble": Preamble("甲")}, "preamble.paragraphs: expected tuple, found '甲' (str)"),
        ({"preamble": Preamble(phone=8123456)}, "preamble.phone: expected str or None, found 8123456 (int)"),
        ({"overview": "甲"}, "overview: expected TextSection or None, found '甲' (str)"),
        ({"overview": evolve(SECTION, heading=None)}, "overview.heading: expected str, found None (NoneType)"),
        ({"overview": evolve(SECTION, paragraphs=["甲"])}, "overview.paragraphs: expected tuple, found ['甲'] (list)"),
        ({"problems": evolve(SECTION, paragraphs=("甲", 5))}, "problems.paragraphs[1]: expected str, found 5 (int)"),
        (
            {"problems": evolve(SECTION, subsections=(Subsection("（一）", "乙", (None,)),))},
            "problems.subsections[0].paragraphs[0]: expected str, found None (NoneType)",
        ),
        ({"requests": None}, "requests: expected Requests, found None (NoneType)"),
        ({"requests": Disclosure()}, "requests: expected Requests, found "),
        ({"requests": Requests(received=5)}, "requests.received: expected Applicants or None, found 5 (int)"),
        ({"requests": Requests(received=Outcomes())}, "requests.received: expected Applicants or None, found "),
        (
            {"requests": Requests(results=Results(denied=0))},
            "requests.results.denied: expected Denied or None, found 0",
        ),
        (
            {"disclosure": Disclosure(rules=0)},
            "disclosure.rules: expected IssuedDocuments or DisclosedDocuments or None, found 0 (int)",
        ),
        ({"other_tables": (5,)}, "other_tables[0]: expected OtherTable, found 5 (int)"),
        (
            {"other_tables": (OtherTable(None, Requests(received=5)),)},
            "other_tables[0].table.received: expected Applicants or None, found 5 (int)",
        ),
        ({"sources": None}, "sources: expected Mapping, found None (NoneType)"),
        ({"sources": {5: Source("/", Location())}}, "sources: expected texts as keys, found 5 (int)"),
        ({"sources": {"title": "甲"}}, "sources['title']: expected Source, found '甲' (str)"),
        ({"sources": {"title": Source(5, Location())}}, "sources['title'].raw: expected str, found 5 (int)"),
        ({"sources": {"title": Source("5", 3)}}, "sources['title'].location: expected Location, found 3 (int)"),
        ({"findings": [FINDING]}, "findings: expected tuple, found ["),
        ({"findings": ("GX107",)}, "findings[0]: expected Finding, found 'GX107' (str)"),
        ({"findings": (evolve(FINDING, path=None),)}, "findings[0].path: expected str, found None (NoneType)"),
        ({"findings": (evolve(FINDING, severity="error"),)}, "findings[0].severity: expected Severity, found 'error'"),
        ({"findings": (evolve(FINDING, numbers={"a": "5"}),)}, "findings[0].numbers['a']: expected int or Decimal or "),
        ({"metadata": {"published_on": None}}, "metadata['published_on']: expected str, found None (NoneType)"),
        ({"agency": Source("甲", Location())}, "agency: expected str or None, found Source("),
    ],
)
def test_what_a_record_cannot_hold_is_named(changed, expected):
    odd = evolve(zeros(), **changed)
    for reports_given in ({}, {"previous": odd}, {"parts": [odd]}):
        with pytest.raises(GxparseError, match=f"^the report holds what no report can: {re.escape(expected)}"):
            validate(zeros() if reports_given else odd, **reports_given)


def test_parts_may_be_any_iterable():
    parts = [evolve(zeros(), agency=agency, year=2023) for agency in ("青石镇", "溪口乡")]
    whole = evolve(zeros(), agency="云岭县", year=2023).replace({"requests.received.total": 1})
    given_once = validate(whole, parts=(part for part in parts), select="GX6")
    assert given_once == validate(whole, parts=parts, select="GX6")
    assert given_once.findings


def test_what_a_cell_cannot_hold_is_a_finding_and_no_error():
    path = "requests.received.other"
    (finding,) = validate(holding(zeros(), {path: "x"}), select="GX202").findings
    assert (finding.path, finding.message_zh) == (path, "“'x' (str)”不能读作数字，应填数字")
