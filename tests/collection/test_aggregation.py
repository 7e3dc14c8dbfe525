"""The sum of reports: every cell by hand, what is left out, and what the rules say of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse import Form, GxparseError, Report, aggregate, from_json, render, to_json, validate
from gxparse.document import Location
from gxparse.findings import Severity
from gxparse.records import Applicants, FeeAmount, OtherResults, OtherTable, Proceedings, Procurement
from gxparse.testing import consistent_reports, printed, printed_reports, reports, zeros

RECEIVED = "requests.received.total"
OTHER = "requests.results.other"
THREE = [f"{OTHER}.{row}" for row in ("not_corrected_in_time", "fee_unpaid", "miscellaneous")]
FEES = "disclosure.fees.amount"
TOWNS = ("青石镇", "学前街道", "白塔区教育局")


def part(number, year=2023, form=Form.F2021, **values):
    filled = zeros(form).replace({path.replace("__", "."): value for path, value in values.items()})
    return attrs.evolve(filled, agency=TOWNS[number], year=year)


def with_fees(report, amount, unit):
    return attrs.evolve(report, disclosure=attrs.evolve(report.disclosure, fees=FeeAmount(amount, unit)))


def in_one_row(report, total):
    other = OtherResults(total=Applicants(*[0] * 6, total))
    results = attrs.evolve(report.requests.results, other=other)
    return attrs.evolve(report, requests=attrs.evolve(report.requests, results=results))


def values(report):
    return {cell.path: (cell.value, cell.unit) for cell in report.cells()}


def the_rules_say(total, parts):
    return [finding.path for finding in validate(total, parts=parts).findings if finding.code == "GX601"]


def said(report):
    return [(finding.path, finding.message_en) for finding in report.findings]


@pytest.mark.parametrize("form", Form)
def test_each_cell_is_the_sum(form):
    paths = [cell.path for cell in zeros(form).cells()]
    parts = [
        attrs.evolve(zeros(form).replace({path: place * factor for place, path in enumerate(paths)}), agency=agency)
        for factor, agency in zip((1, 10, -3), TOWNS, strict=True)
    ]
    total = aggregate(parts)
    assert {path: value for path, (value, _) in values(total).items()} == {
        path: place * 8 for place, path in enumerate(paths)
    }
    assert total.form is form
    assert said(total) == []


@given(reports() | printed_reports())
def test_one_report_is_its_own_sum(report):
    total = aggregate([report])
    assert values(total) == values(report)
    assert (total.form, total.year) == (report.form, report.year)


@given(st.lists(consistent_reports(), min_size=1, max_size=4))
def test_the_rules_find_nothing_in_the_sum_of_consistent_reports(parts):
    found = validate(aggregate(parts), parts=parts).findings
    assert [str(finding) for finding in found if finding.severity is Severity.ERROR] == []


@given(st.lists(reports(), max_size=4), st.none() | st.sampled_from(Form), st.none() | st.integers(2018, 2024))
def test_no_report_is_too_odd(parts, form, year):
    parts = [attrs.evolve(report, agency=f"青石{number}镇") for number, report in enumerate(parts)]
    total = aggregate(parts, form=form, year=year)
    assert the_rules_say(total, parts) == []
    assert render(total, "text")
    for path, shares in total.provenance.items():
        if total.value(path) is not None:
            assert Fraction(total.value(path)) == sum(Fraction(share.value) for share in shares)


@given(st.lists(st.tuples(reports(), st.sampled_from(TOWNS)), max_size=4), st.none() | st.integers(2018, 2024))
def test_the_rules_count_several_reports_of_one_agency_alike(named, year):
    parts = [attrs.evolve(report, agency=agency) for report, agency in named]
    assert the_rules_say(aggregate(parts, year=year), parts) == []


@given(consistent_reports(), consistent_reports(), st.permutations([0, 0, 1, 2]), st.data())
def test_the_rules_find_a_wrong_sum_beside_several_reports_of_one_agency(one, other, order, data):
    other = attrs.evolve(other, year=one.year, agency="学前街道")
    wrong_year = attrs.evolve(other, year=one.year - 1, agency="青石镇")
    parts = [(attrs.evolve(one, agency="青石镇"), other, wrong_year)[place] for place in order]
    total = aggregate(parts, year=one.year)
    # （六）其他处理 may be one row of the sum and three of a part: the rule knows no sum there.
    shared = set.intersection(*({cell.path for cell in each.cells()} for each in (one, other)))
    path = data.draw(st.sampled_from([each.path for each in total.cells() if each.path in shared]))
    changed = total.replace({path: total.value(path) + 1})
    assert the_rules_say(changed, parts) == [path]


def test_where_each_number_comes_from():
    parts = [part(0, requests__received__total=3), part(1, requests__received__total=4)]
    total = aggregate(parts, agency="云岭县人民政府")
    assert [(share.report.agency, share.value) for share in total.provenance[RECEIVED]] == [
        ("青石镇", 3),
        ("学前街道", 4),
    ]
    assert all(share.cell.path == RECEIVED and share.is_number for share in total.provenance[RECEIVED])
    assert list(total.provenance) == [cell.path for cell in total.cells()]
    assert (total.agency, total.year, str(total.period.start), str(total.period.end)) == (
        *("云岭县人民政府", 2023),
        *("2023-01-01", "2023-12-31"),
    )


def test_the_sum_can_be_used_as_a_report():
    total = aggregate([part(0), part(1)])
    assert isinstance(total, Report)
    assert from_json(to_json(total)).requests == total.requests
    assert total.replace({RECEIVED: 5}).requests.received.total == 5


# ── Cells without a number ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("raw", ["", " ", "/", "无"])
def test_blank_and_not_applicable_count_as_zero(raw):
    total = aggregate([printed(part(0), {RECEIVED: raw}), part(1, requests__received__total=4)])
    assert total.value(RECEIVED) == 4
    assert [(share.value, share.is_number) for share in total.provenance[RECEIVED]] == [(0, False), (4, True)]
    assert said(total) == []


def test_what_is_blank_everywhere_is_blank_in_the_sum():
    total = aggregate([printed(part(0), {RECEIVED: " "}), printed(part(1), {RECEIVED: "无"})])
    assert total.value(RECEIVED) is None
    assert total.sources[RECEIVED] == ("无", Location())
    assert list(total.sources) == [RECEIVED]
    assert said(total) == []
    assert aggregate([printed(part(0), {RECEIVED: ""})]).sources[RECEIVED].raw == ""


def test_a_number_that_is_not_known_leaves_the_sum_open():
    total = aggregate([printed(part(0), {RECEIVED: "三"}), part(1, requests__received__total=4)])
    assert total.value(RECEIVED) is None
    assert RECEIVED not in total.sources
    assert said(total) == [
        (RECEIVED, "青石镇: no number can be read, so that the sum is empty; check the report"),
    ]
    (left_out,) = total.left_out
    assert (left_out.path, left_out.report.agency) == (RECEIVED, "青石镇")
    assert total.findings[0].code == "GX602"
    assert "本年新收" in total.findings[0].label


def test_rows_and_tables_are_named_as_a_whole():
    total = aggregate([part(0), attrs.evolve(part(1), proceedings=Proceedings())])
    assert [path for path, _ in said(total)] == ["proceedings"]
    row = {f"requests.received.{column}": None for column in attrs.fields_dict(Applicants)}
    total = aggregate([part(0), part(1).replace(row).replace({"requests.carried_in.other": None})])
    assert [path for path, _ in said(total)] == ["requests.received", "requests.carried_in.other"]
    assert [path for path, _ in said(aggregate([part(0), Report()]))] == [""]


def test_no_reports_give_a_blank_one():
    total = aggregate([])
    assert {value for value, _ in values(total).values()} == {None}
    assert (total.year, total.form, total.period, total.findings) == (None, None, None, ())


# ── Amounts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([("0.1", "万元"), ("0.2", "万元")], (Decimal("0.3"), "万元")),
        ([("1", "元"), ("2", "元")], (Decimal(3), "元")),
        ([("1", None), ("2", None)], (Decimal(3), None)),
        ([("0", "元"), ("2", "万元")], (Decimal(2), "万元")),
        ([("2", "万元"), ("0", None)], (Decimal(2), "万元")),
        ([("0", None), ("0", "元")], (Decimal(0), "元")),
        ([("1", "元"), ("2", "万元")], (None, None)),
        ([("1", None), ("2", "万元")], (None, None)),
        ([("1E+500", "元"), ("1", "元")], (None, "元")),
    ],
)
def test_amounts_are_added_exactly_and_in_one_unit(amounts, expected):
    parts = [with_fees(part(number), Decimal(text), unit) for number, (text, unit) in enumerate(amounts)]
    total = aggregate(parts)
    assert values(total)[FEES] == expected
    assert [path for path, _ in said(total)] == ([FEES] if expected[0] is None else [])


def test_amounts_in_several_units_say_so():
    total = aggregate([with_fees(part(0), Decimal(1), "元"), with_fees(part(1), Decimal(1), "万元")])
    assert said(total)[0][1].startswith("the amounts are in different units")
    assert total.left_out[0].report is None


def test_the_unit_of_procurement():
    row = Procurement(1, Decimal(5), "元")
    parts = [part(number, form=Form.F2019) for number in (0, 1)]
    parts = [attrs.evolve(each, disclosure=attrs.evolve(each.disclosure, procurement=row)) for each in parts]
    assert aggregate(parts).disclosure.procurement == Procurement(2, Decimal(10), "元")


# ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_of_most_parts():
    both = [part(0), part(1), part(2, form=Form.F2019)]
    assert aggregate(both).form is Form.F2021
    assert aggregate([both[0], both[2]]).form is Form.F2021
    assert aggregate([both[0], both[2], both[2]]).form is Form.F2021
    assert aggregate([both[0], *(part(number, form=Form.F2019) for number in (1, 2))]).form is Form.F2019


def test_what_both_forms_have_is_added_and_the_rest_is_left_open():
    old = part(0, form=Form.F2019, requests__received__total=2, disclosure__licensing__decisions=3)
    new = part(1, requests__received__total=5, disclosure__licensing__decisions=4, disclosure__rules__issued=6)
    total = aggregate([old, new])
    assert (total.value(RECEIVED), total.value("disclosure.licensing.decisions")) == (7, 7)
    assert total.value("disclosure.rules.issued") is None
    assert ("disclosure.rules", "青石镇: its form does not have this, so that the sum is empty") in said(total)
    assert not total.disclosure.procurement


def test_three_rows_and_one_of_other_results_are_added_in_one():
    old = part(0, form=Form.F2019, **{f"{OTHER}.total.total": 2})
    new = part(1).replace({f"{row}.total": number for number, row in enumerate(THREE, 1)})
    total = aggregate([old, new])
    assert total.requests.results.other == OtherResults(total=Applicants(*[0] * 6, 8))
    shares = total.provenance[f"{OTHER}.total.total"]
    assert [(share.value, share.cell is None) for share in shares] == [(2, False), (6, True)]


def test_of_three_rows_one_of_which_is_not_known_there_is_no_sum():
    old = part(0, form=Form.F2019)
    new = printed(part(1), {f"{THREE[1]}.total": "?"})
    assert aggregate([old, new]).value(f"{OTHER}.total.total") is None


def test_one_row_that_is_blank_beside_three_that_are_filled():
    both = in_one_row(part(0), None)
    other = attrs.evolve(both.requests.results.other, **{row: Applicants(*[1] * 7) for row in ("fee_unpaid",)})
    other = attrs.evolve(other, not_corrected_in_time=Applicants(*[0] * 7), miscellaneous=Applicants(*[2] * 7))
    results = attrs.evolve(both.requests.results, other=other)
    both = attrs.evolve(both, requests=attrs.evolve(both.requests, results=results))
    both = printed(both, {f"{OTHER}.total.total": ""})
    assert aggregate([both]).value(f"{OTHER}.total.total") is None
    assert aggregate([both, in_one_row(part(1), 4)]).value(f"{OTHER}.total.total") == 7
    assert aggregate([both, part(1)]).value(f"{THREE[1]}.total") == 1


@pytest.mark.parametrize("form", ["2019", Form.F2019, "2021", 2021])
def test_the_form_that_is_asked_for_has_just_its_rows(form):
    total = aggregate([part(0), in_one_row(part(1), 3)], form=form)
    assert total.form is Form(str(form))
    assert [cell.path for cell in total.cells()] == [cell.path for cell in Report.blank(total.form).cells()]
    if total.form is Form.F2021:
        assert said(total) == [(OTHER, "学前街道: its form does not have this, so that the sum is empty")]
    else:
        assert total.value(f"{OTHER}.total.total") == 3


def test_there_is_no_other_form():
    with pytest.raises(GxparseError, match="There is no form '2020'"):
        aggregate([], form="2020")


# ── Years and agencies ───────────────────────────────────────────────────────────────────────────────────────────────


def test_parts_of_another_year_are_left_out():
    parts = [part(0, requests__received__total=1), part(1, year=2022, requests__received__total=2), part(2)]
    total = aggregate(parts)
    assert (total.year, total.value(RECEIVED)) == (2023, 1)
    assert said(total) == [("", "学前街道: for 2022, left out of 2023")]
    assert aggregate(parts, year=2022).value(RECEIVED) == 2
    assert aggregate(parts[:2]).year == 2023


def test_a_part_without_a_year_is_added():
    total = aggregate([part(0, requests__received__total=1), part(1, year=None, requests__received__total=2)])
    assert (total.year, total.value(RECEIVED)) == (2023, 3)


def test_two_reports_of_one_agency_are_counted_once():
    again = attrs.evolve(part(0, requests__received__total=3), agency="青石镇人民政府")
    total = aggregate([part(0, requests__received__total=3), part(1, requests__received__total=4), again])
    assert total.value(RECEIVED) == 7
    assert said(total) == [("", "青石镇人民政府: another report of the same agency, whose numbers are counted once")]


def test_two_reports_of_one_agency_that_differ_leave_the_sum_open():
    parts = [part(0, requests__received__total=3), part(0, requests__received__total=5), part(1)]
    total = aggregate(parts)
    assert total.value(RECEIVED) is None
    assert total.value("requests.carried_in.total") == 0
    assert [path for path, _ in said(total)] == ["", RECEIVED]
    assert said(total)[1][1].startswith("青石镇: the reports of this agency contradict each other")


def test_two_reports_of_one_agency_in_different_units():
    parts = [with_fees(part(0), Decimal(1), unit) for unit in ("元", "万元")]
    assert aggregate(parts).value(FEES) is None


def test_parts_that_may_be_of_one_agency_are_both_added_and_named_once():
    other = attrs.evolve(part(0, requests__received__total=4), agency="云岭县青石镇")
    total = aggregate([part(0, requests__received__total=3), other])
    assert total.value(RECEIVED) == 7
    ((path, message),) = said(total)
    assert path == ""
    assert message.startswith("青石镇: maybe the same agency as 云岭县青石镇 (")
    assert message.endswith("both are added, please check")


def test_parts_without_an_agency_are_each_added():
    nameless = [attrs.evolve(part(0, requests__received__total=3), agency=agency) for agency in (None, None, "", " ")]
    assert aggregate(nameless).value(RECEIVED) == 12


def test_further_tables_are_not_added_and_named():
    second = OtherTable("全区", zeros().requests)
    total = aggregate([attrs.evolve(part(0), other_tables=(second,)), part(1)])
    assert said(total) == [("", "青石镇: holds further tables of the same kind; only the first is added")]
    assert total.other_tables == ()


@pytest.mark.parametrize("year", [0, 10_000, -5, pytest.param(10**5000, id="many digits")])
def test_a_year_that_no_calendar_has(year):
    assert aggregate([part(0, year=year)]).period is None
    assert [path for path, _ in said(aggregate([part(0), part(1, year=year)], year=2023))] == [""]


def test_what_is_no_report_is_refused():
    with pytest.raises(GxparseError, match="Expected a report, found NoneType"):
        aggregate([None])
