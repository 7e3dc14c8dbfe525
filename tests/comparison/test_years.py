"""Two reports of one agency, compared."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import gxparse
from gxparse.comparison import Detail, diff_years
from gxparse.errors import ComparisonError, GxparseError
from gxparse.records import Form, Preamble, TextSection
from gxparse.testing import reports, zeros

CORPUS = Path(os.environ.get("GXPARSE_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")


def report(year, agency="云岭县青石镇人民政府", form=Form.F2021):
    return evolve(zeros(form), agency=agency, year=year)


def said(diff):
    return [note.en for note in diff.notes]


# ── What is compared ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_consecutive_years_of_one_agency_need_no_note():
    older, newer = report(2022), report(2023)
    diff = diff_years(older, newer)
    assert (diff.older, diff.newer, diff.notes, diff.is_empty) == (older, newer, (), True)


def test_reports_in_the_wrong_order_are_swapped():
    older, newer = report(2022), report(2023).replace({"requests.received.total": 4})
    diff = diff_years(newer, older)
    assert (diff.older, diff.newer) == (older, newer)
    assert said(diff) == ["the reports were swapped: 2022 is the older, 2023 the newer"]
    assert diff.notes[0].zh == "两份报告的先后顺序已对调：2022 年在前，2023 年在后"
    assert [change.difference for change in diff.changes] == [4]
    assert diff.findings == diff_years(older, newer).findings


@pytest.mark.parametrize("wrong", [None, "2023.pdf"])
def test_what_is_no_report_is_refused(wrong):
    with pytest.raises(GxparseError, match="Expected a report, found"):
        diff_years(report(2022), wrong)
    with pytest.raises(GxparseError, match="Expected a report, found"):
        diff_years(wrong, report(2022), force=True)


def test_one_year_twice_is_refused_unless_forced():
    with pytest.raises(ComparisonError, match="Both reports are on 2023"):
        diff_years(report(2023), report(2023))
    diff = diff_years(report(2023), report(2023), force=True)
    assert diff.is_empty
    assert "not of consecutive years" in said(diff)[0]


def test_other_agencies_are_refused_unless_forced():
    other = report(2023, "白塔区教育局")
    with pytest.raises(ComparisonError, match=r"云岭县青石镇人民政府.*白塔区教育局"):
        diff_years(report(2022), other)
    diff = diff_years(report(2022), other, force=True)
    assert said(diff) == ["the reports are of different agencies"]
    assert diff.findings == ()
    assert [(detail.path, detail.remark_en) for detail in diff.details] == [("agency", "")]


def test_an_agency_with_and_without_its_county_is_one():
    diff = diff_years(report(2022), report(2023, "青石镇人民政府"))
    assert diff.details == (
        Detail(
            "agency",
            "机关名称",
            "agency",
            "云岭县青石镇人民政府",
            "青石镇人民政府",
            "一个省略了所属行政区划",
            "one leaves out the divisions above",
        ),
    )


@pytest.mark.parametrize("agencies", [(None, "青石镇"), ("青石镇", None), (None, None), ("", "青石镇")])
def test_an_agency_that_is_not_known_is_no_other(agencies):
    diff = diff_years(report(2022, agencies[0]), report(2023, agencies[1]))
    assert said(diff) == ["a report does not name its agency: whether both are of one agency is not known"]


@pytest.mark.parametrize("years", [(None, 2023), (2023, None), (None, None)])
def test_a_year_that_is_not_known_keeps_the_order(years):
    older, newer = map(report, years)
    diff = diff_years(older, newer)
    assert (diff.older, diff.newer, diff.findings) == (older, newer, ())
    assert said(diff)[0].startswith("a report does not state its year")


def test_years_with_a_gap_are_compared_but_not_checked():
    broken = report(2024).replace({"requests.carried_in.total": 4})
    diff = diff_years(report(2021), broken)
    assert diff.findings == ()
    assert "not of consecutive years" in said(diff)[0]


def test_what_must_agree_with_last_year_is_checked():
    broken = report(2023).replace({"requests.carried_in.total": 4})
    assert "GX501" in {finding.code for finding in diff_years(report(2022), broken).findings}


def test_findings_of_other_families_are_not_those_of_the_comparison():
    older, newer = report(2022), report(2023).replace({"requests.received.total": -4})
    assert {finding.code[:3] for finding in diff_years(older, newer).findings} <= {"GX5"}


def test_contacts_and_the_form():
    older = evolve(report(2020, form=Form.F2019), preamble=Preamble((), phone="0999-8123456", fax="0999-8123457"))
    newer = evolve(report(2021), preamble=Preamble((), phone="0999-8123459", email="xxgk@example.org"))
    diff = diff_years(older, newer)
    assert [(detail.path, detail.before, detail.after) for detail in diff.details] == [
        ("form", "2019", "2021"),
        ("preamble.phone", "0999-8123456", "0999-8123459"),
        ("preamble.fax", "0999-8123457", None),
        ("preamble.email", None, "xxgk@example.org"),
    ]
    assert "different forms" in said(diff)[-1]


def test_a_text_alone_is_a_change():
    newer = evolve(report(2023), overview=TextSection("一、总体情况", ("新的一段。",)))
    assert not diff_years(report(2022), newer).is_empty


def test_changes_by_table():
    values = {"proceedings.reconsideration.total": 1, "disclosure.rules.issued": 2, "requests.received.other": 3}
    diff = diff_years(report(2022), report(2023).replace(values))
    assert {table: [change.path for change in changes] for table, changes in diff.by_table().items()} == {
        "disclosure": ["disclosure.rules.issued"],
        "requests": ["requests.received.other"],
        "proceedings": ["proceedings.reconsideration.total"],
    }
    everything = [change.path for changes in diff.by_table(unchanged=True).values() for change in changes]
    assert everything == [cell.path for cell in report(2023).cells()]
    assert [change.path for change in diff.in_order()] == everything
    assert len(diff.unchanged) == 197


# ── Any report ───────────────────────────────────────────────────────────────────────────────────────────────────────


@given(reports())
def test_a_report_does_not_differ_from_itself(any_report):
    diff = diff_years(any_report, any_report, force=True)
    assert diff.is_empty
    assert (diff.changes, diff.details, diff.not_comparable, diff.findings) == ((), (), (), ())
    assert not any(text.is_changed for text in diff.texts)


@given(reports(), reports(), st.booleans())
def test_nothing_but_errors_of_the_library_is_raised(one, other, force):
    try:
        diff = diff_years(one, other, force=force)
        assert str(diff)
        assert diff.to_html()
        assert diff.to_markdown(unchanged=True)
        assert diff.to_json(unchanged=True)
        assert diff.to_frame().num_rows == len(diff.in_order()) + len(diff.not_comparable)
    except GxparseError:
        assert not force


# ── Real reports ─────────────────────────────────────────────────────────────────────────────────────────────────────

# Read off the pages of both reports.
HONGZE = {
    "disclosure.normative_documents.issued": (0, 3, 3),
    "disclosure.normative_documents.repealed": (5, 0, -5),
    "disclosure.normative_documents.in_force": (5, 8, 3),
    "disclosure.licensing.decisions": (550, 9487, 8937),
    "disclosure.penalties.decisions": (4119, 2776, -1343),
    "disclosure.compulsion.decisions": (195, 84, -111),
    "disclosure.fees.amount": (Decimal("7730.28"), Decimal(7545), Decimal("-185.28")),
    "requests.received": (21, 95, 74),
    "requests.results.granted": (0, 50, 50),
    "requests.results.partially_granted": (4, 9, 5),
    "requests.results.denied.state_secret": (1, 0, -1),
    "requests.results.denied.endangers_security_or_stability": (0, 1, 1),
    "requests.results.not_provided.not_held": (10, 31, 21),
    "requests.results.not_provided.needs_creation": (3, 1, -2),
    "requests.results.total": (21, 95, 74),
    "proceedings.reconsideration.upheld": (10, 1, -9),
    "proceedings.reconsideration.total": (0, 2, 2),
    "proceedings.direct_litigation.upheld": (0, 1, 1),
    "proceedings.direct_litigation.total": (0, 1, 1),
    "proceedings.post_reconsideration_litigation.upheld": (5, 2, -3),
    "proceedings.post_reconsideration_litigation.other": (0, 1, 1),
    "proceedings.post_reconsideration_litigation.total": (0, 3, 3),
}


def hongze(year):
    file = CORPUS / "pdf" / f"hongze-{year}.pdf"
    return gxparse.parse(file) if file.exists() else pytest.skip("the corpus is not here; see tests/test_corpus.py")


def test_hongze_2023_and_2024():
    diff = diff_years(hongze(2024), hongze(2023))
    expected = {}
    for path, numbers in HONGZE.items():
        # All requests were made by natural persons.
        columns = (".natural_person", ".total") if path.startswith("requests") else ("",)
        expected |= {f"{path}{column}": numbers for column in columns}
    found = {change.path: (change.before, change.after, change.difference) for change in diff.changes}
    assert found == expected
    assert list(found) == list(expected)
    percent = {change.path: change.percent for change in diff.changes}
    assert percent["disclosure.licensing.decisions"] == Decimal("1624.9")
    assert percent["disclosure.fees.amount"] == Decimal("-2.4")
    assert percent["requests.results.granted.total"] is None
    assert [(detail.path, detail.before, detail.after) for detail in diff.details] == [
        ("agency", "洪泽区人民政府", "淮安市洪泽区人民政府"),
        ("preamble.phone", "0517-87222589", "0517-87290606"),
        ("preamble.email", "hzzwgk@126.com", None),
    ]
    assert [text.name for text in diff.texts if any(passage.is_copied for passage in text.passages)] == [
        "other_matters"
    ]
    assert said(diff) == ["the reports were swapped: 2023 is the older, 2024 the newer"]
