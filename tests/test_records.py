"""The records: which cells a report has, in which order, and how one is looked up and replaced."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import IntEnum

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse import from_json, parse_text, records, to_json
from gxparse.document import Location
from gxparse.findings import Finding
from gxparse.records import (
    TABLES,
    Applicants,
    Disclosure,
    Form,
    OtherResults,
    OtherTable,
    Proceedings,
    Report,
    Requests,
    Source,
    labels_of,
)
from gxparse.testing import reports, zeros
from tests.layouts import LAYOUTS, distinct, sample

#: How many cells each table of a form has.
SIZES = {Form.F2021: (10, 175, 15), Form.F2019: (22, 161, 15)}
APPLICANTS = (
    "natural_person",
    "enterprise",
    "research_institution",
    "public_welfare_organization",
    "legal_service_agency",
    "other",
    "total",
)


def paths(form: Form) -> list[str]:
    return [cell.path for cell in Report.blank(form).cells()]


# ── Cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", Form)
def test_each_form_has_its_cells(form):
    found = paths(form)
    assert tuple(sum(path.startswith(f"{name}.") for path in found) for name in TABLES) == SIZES[form]
    assert len(set(found)) == len(found) == sum(SIZES[form])


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (
            Form.F2021,
            [
                *(f"disclosure.rules.{name}" for name in ("issued", "repealed", "in_force")),
                *(f"disclosure.normative_documents.{name}" for name in ("issued", "repealed", "in_force")),
                *(f"disclosure.{name}.decisions" for name in ("licensing", "penalties", "compulsion")),
                "disclosure.fees.amount",
            ],
        ),
        (
            Form.F2019,
            [
                *(f"disclosure.rules.{name}" for name in ("created", "newly_disclosed", "total_disclosed")),
                *(
                    f"disclosure.normative_documents.{name}"
                    for name in ("created", "newly_disclosed", "total_disclosed")
                ),
                *(
                    f"disclosure.{row}.{name}"
                    for row in ("licensing", "other_services", "penalties", "compulsion")
                    for name in ("items_last_year", "change", "decisions")
                ),
                *("disclosure.fees.items_last_year", "disclosure.fees.change"),
                *("disclosure.procurement.projects", "disclosure.procurement.amount"),
            ],
        ),
    ],
)
def test_the_cells_of_section_two_in_the_order_of_the_form(form, expected):
    assert paths(form)[: len(expected)] == expected


def test_the_cells_of_section_three_in_the_order_of_the_form():
    rows = [
        *("received", "carried_in", "results.granted", "results.partially_granted"),
        *(
            f"results.denied.{name}"
            for name in (
                *("state_secret", "prohibited_by_law", "endangers_security_or_stability", "third_party_rights"),
                *("internal_affairs", "process_information", "enforcement_files", "administrative_inquiry"),
            )
        ),
        *(f"results.not_provided.{name}" for name in ("not_held", "needs_creation", "still_unclear")),
        *(
            f"results.not_processed.{name}"
            for name in ("petition_or_complaint", "repeated", "publication", "excessive", "confirmation")
        ),
        *(f"results.other.{name}" for name in ("not_corrected_in_time", "fee_unpaid", "miscellaneous")),
        *("results.total", "carried_out"),
    ]
    assert paths(Form.F2021)[10:185] == [f"requests.{row}.{name}" for row in rows for name in APPLICANTS]
    old = [row for row in rows if not row.startswith("results.other")]
    old.insert(-2, "results.other.total")
    assert paths(Form.F2019)[22:183] == [f"requests.{row}.{name}" for row in old for name in APPLICANTS]


def test_the_cells_of_section_four_in_the_order_of_the_form():
    assert paths(Form.F2021)[-15:] == [
        f"proceedings.{case}.{outcome}"
        for case in ("reconsideration", "direct_litigation", "post_reconsideration_litigation")
        for outcome in ("upheld", "corrected", "other", "pending", "total")
    ]


@given(reports())
def test_each_cell_of_any_report_comes_once_with_its_value_and_its_source(report):
    cells = list(report.cells())
    assert len({cell.path for cell in cells}) == len(cells)
    for cell in cells:
        source = report.sources.get(cell.path)
        assert report.value(cell.path) == cell.value
        assert (cell.raw, cell.location) == ((source.raw, source.location) if source else (None, None))


def test_a_cell_says_what_the_form_prints_for_it():
    cells = {cell.path: cell for cell in Report.blank(Form.F2021).cells()}
    assert cells["disclosure.fees.amount"].label == "行政事业性收费 · 本年收费金额"
    assert cells["requests.received.total"].label == "一、本年新收政府信息公开申请数量 · 总计"
    assert cells["requests.results.denied.state_secret.enterprise"].label == (
        "三、本年度办理结果 · （三）不予公开 · 1.属于国家秘密 · 商业企业"
    )
    assert cells["proceedings.direct_litigation.pending"].label == "未经复议直接起诉 · 尚未审结"


def test_a_cell_of_money_has_the_unit_printed():
    parsed = parse_text(LAYOUTS["rows |"](distinct(sample("2021"))))
    units = {cell.path: cell.unit for cell in parsed.cells() if cell.unit}
    assert units == {"disclosure.fees.amount": "万元"}
    assert parsed.disclosure.fees.unit == "万元"


# ── Looking up and replacing ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path",
    [
        *(
            "disclosure",
            "disclosure.rules",
            "disclosure.rules.created",
            "disclosure.fees.unit",
            "requests.received",
        ),
        *("requests.received.total.total", "requests.results.other.total.total", "Requests.received.total", "title"),
    ],
)
def test_what_is_no_cell_has_no_value(path):
    report = Report.blank(Form.F2021)
    with pytest.raises(KeyError, match=path):
        report.value(path)
    with pytest.raises(KeyError, match=path):
        report.replace({path: 1})


@given(reports(), st.data())
def test_replacing_changes_the_cells_named_and_nothing_else(report, data):
    before = {cell.path: cell.value for cell in report.cells()}
    path = data.draw(st.sampled_from(sorted(before)))
    value = Decimal("7.5") if path.endswith(".amount") else 7
    changed = report.replace({path: value})
    assert {cell.path: cell.value for cell in changed.cells()} == {**before, path: value}
    assert {cell.path: cell.value for cell in report.cells()} == before
    assert changed.sources == {each: source for each, source in report.sources.items() if each != path}
    assert all(finding.path != path for finding in changed.findings)
    for name in ("title", "agency", "year", "form", "period", "preamble", "overview", "other_tables"):
        assert getattr(changed, name) == getattr(report, name)


def test_replacing_nothing_is_the_same_report():
    report = distinct(sample("2019"))
    assert report.replace({}) == report


def test_what_is_known_of_a_replaced_cell_no_longer_holds():
    place = Location(line=3)
    report = attrs.evolve(
        Report.blank(Form.F2021),
        sources={"requests.received.total": Source("约4", place), "requests.received.other": Source("0", place)},
        findings=(
            Finding("GX202", "requests.received.total", "不是数字", "not a number"),
            Finding("GX002", "requests.carried_in", "列数不符", "columns"),
        ),
    )
    changed = report.replace({"requests.received.total": 4})
    assert set(changed.sources) == {"requests.received.other"}
    assert [finding.path for finding in changed.findings] == ["requests.carried_in"]


TOTAL = "requests.received.total"
AMOUNT = "disclosure.fees.amount"


class Whole(IntEnum):
    """Not an int by its type, but a whole number, as those of numpy are."""

    SEVEN = 7


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        *((TOTAL, 5, 5), (TOTAL, -5, -5), (TOTAL, None, None), (TOTAL, Whole.SEVEN, 7)),
        *((AMOUNT, 5, Decimal(5)), (AMOUNT, Whole.SEVEN, Decimal(7)), (AMOUNT, None, None)),
        *((AMOUNT, Decimal("2.50"), Decimal("2.50")), (AMOUNT, Decimal("-1E+999"), Decimal("-1E+999"))),
        (AMOUNT, Decimal("1E-999"), Decimal("1E-999")),
    ],
)
def test_a_cell_takes_a_number_of_its_type(path, value, expected):
    report = Report.blank(Form.F2021).replace({path: value})
    assert report.value(path) == expected
    assert type(report.value(path)) is type(expected)
    assert from_json(to_json(report)) == report


@pytest.mark.parametrize("value", ["5", "3,000", "", True, False, 2.5, 2.0, Decimal(2), Decimal("2.5"), b"5", [5]])
def test_a_count_is_a_whole_number_and_nothing_else(value):
    with pytest.raises(TypeError, match=rf"^{TOTAL}: expected a whole number \(int\) or None, found .+ \(\w+\)$"):
        Report.blank(Form.F2021).replace({"requests.received.other": 1, TOTAL: value})


@pytest.mark.parametrize("value", ["5", "2.5", True, 2.5, float("nan"), b"5"])
def test_an_amount_is_no_float_and_no_text(value):
    with pytest.raises(
        TypeError, match=rf"^{AMOUNT}: expected an amount \(Decimal or int\) or None, found .+ \(\w+\)$"
    ):
        Report.blank(Form.F2021).replace({AMOUNT: value})


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+1000", "1E-1000"])
def test_an_amount_is_finite_and_can_be_read_back(text):
    with pytest.raises(
        ValueError, match=rf"^{AMOUNT}: expected an amount of money, found Decimal\('{re.escape(text)}'\)"
    ):
        Report.blank(Form.F2021).replace({AMOUNT: Decimal(text)})


@pytest.mark.parametrize("path", ["year", "title", "agency", "preamble.phone", "issued_on"])
def test_what_is_no_cell_but_a_field_is_changed_otherwise(path):
    name = path.partition(".")[0]
    with pytest.raises(KeyError, match=rf"not a cell of this report: {path}; .*attrs\.evolve\(report, {name}=…\)"):
        Report.blank(Form.F2021).replace({path: 2022})


@pytest.mark.parametrize("path", ["requests.recieved.total", "requests.received", "years", 5])
def test_there_is_no_advice_on_what_is_nothing(path):
    with pytest.raises(KeyError, match=f"not a cell of this report: {path}'$"):
        Report.blank(Form.F2021).replace({path: 5})


def test_a_report_is_shown_on_one_line():
    report = Report(agency="云岭县水务局", title="标题", year=2022, form=Form.F2021)
    assert str(report) == repr(report) == "<Report '云岭县水务局' 2022, form 2021: 0 of 200 cells filled, 0 findings>"
    finding = Finding("GX107", "", "旧", "old")
    other = attrs.evolve(zeros(Form.F2019), title="某报告", findings=(finding,))
    assert repr(other) == "<Report '某报告', form 2019: 198 of 198 cells filled, 1 finding>"
    assert repr(Report()) == "<Report 'unnamed': 0 of 200 cells filled, 0 findings>"


def test_a_report_is_shown_safely():
    assert len(repr(Report(title="长" * 10_000))) < 120
    assert "\x1b" not in repr(Report(title="\x1b[31m"))


# ── The classes ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [name for name, each in vars(records).items() if attrs.has(each)])
def test_every_record_is_frozen_and_slotted(name):
    record = getattr(records, name)
    assert "__dict__" not in dir(record)
    if all(attribute.default is not attrs.NOTHING for attribute in attrs.fields(record)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(record(), attrs.fields(record)[0].name, 1)


@given(reports())
def test_sources_and_findings_take_no_part_in_equality(report):
    bare = attrs.evolve(report, sources={}, findings=())
    assert bare == report
    assert report != attrs.evolve(report, title="另一份报告")


@pytest.mark.parametrize("form", Form)
def test_a_blank_form_is_blank_and_not_zero(form):
    blank = Report.blank(form)
    assert blank.form is form
    assert {cell.value for cell in blank.cells()} == {None}
    assert blank != zeros(form)
    assert {cell.value for cell in zeros(form).cells()} == {0}


def test_six_is_one_row_in_form_2019_and_three_in_form_2021():
    assert Report.blank(Form.F2019).requests.results.other == OtherResults(total=Applicants())
    assert Report.blank(Form.F2021).requests.results.other == OtherResults.of_form_2021()
    mixed = sample("mixed")
    assert len(list(mixed.cells())) == 200 - 3 * 7 + 7


def test_a_form_is_its_name():
    assert (Form.F2019, Form.F2021) == ("2019", "2021")
    assert Form("2021") is Form.F2021


@pytest.mark.parametrize("table", [Disclosure, Requests, Proceedings])
def test_a_path_without_a_label_is_none(table):
    with pytest.raises(KeyError):
        labels_of(table, "table.nowhere")


# ── Second tables ────────────────────────────────────────────────────────────────────────────────────────────────────

TABLE = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | {} | {} | {} |\n行政规范性文件 | 4 | 5 | 6 |\n"


def test_a_second_table_of_a_kind_is_kept_with_its_caption():
    text = (
        "二、主动公开政府信息情况\n\n"
        f"镇本级情况如下：\n\n{TABLE.format(1, 2, 3)}\n全镇情况如下：\n\n{TABLE.format(11, 12, 13)}"
    )
    report = parse_text(text)
    assert report.disclosure.rules.in_force == 3
    (other,) = report.other_tables
    assert isinstance(other, OtherTable)
    assert (other.caption, other.table.rules.in_force) == ("全镇情况如下：", 13)
    assert [(finding.code, finding.path, finding.label) for finding in report.findings] == [
        ("GX006", "disclosure", "全镇情况如下：")
    ]


def test_a_table_printed_twice_the_same_is_kept_too():
    report = parse_text(f"二、主动公开政府信息情况\n{TABLE.format(1, 2, 3)}\n{TABLE.format(1, 2, 3)}")
    assert report.disclosure.rules.in_force == 3
    assert [other.table for other in report.other_tables] == [report.disclosure]


def test_cells_of_a_second_table_are_none_of_the_report():
    report = parse_text(f"二、主动公开政府信息情况\n{TABLE.format(1, 2, 3)}\n{TABLE.format(11, 12, 13)}")
    assert [cell.value for cell in report.cells()][:6] == [1, 2, 3, 4, 5, 6]
    raws = {source.raw for path, source in report.sources.items() if path.startswith("disclosure.")}
    assert raws == {"1", "2", "3", "4", "5", "6"}


ROWS = "行政规范性文件 | 4 | 5 | 6 |\n"


@pytest.mark.parametrize(("second", "codes"), [(ROWS, ["GX004"]), (ROWS.replace("6", "7"), ["GX002"]), ("", [])])
def test_a_row_printed_twice_is_told(second, codes):
    report = parse_text(f"二、主动公开政府信息情况\n{TABLE.format(1, 2, 3)}{second}")
    assert [finding.code for finding in report.findings] == codes
    assert {finding.path for finding in report.findings} <= {"disclosure.normative_documents"}
    assert report.disclosure.normative_documents.in_force == (None if codes == ["GX002"] else 6)


def test_the_places_of_title_period_and_date_are_kept():
    report = parse_text(
        "青石镇人民政府2023年政府信息公开工作年度报告\n统计期限为2023年1月1日至2023年12月31日。\n"
        "一、总体情况\n甲。\n六、其他需要报告的事项\n乙。\n2024年1月20日\n"
    )
    lines = {path: source.location.line for path, source in report.sources.items()}
    assert lines == {"title": 1, "period": 2, "overview": 3, "other_matters": 5, "issued_on": 7}


@pytest.mark.parametrize(("year", "codes"), [(2023, []), (2022, ["GX110"])])
def test_heads_that_name_another_year_are_told(year, codes):
    table = TABLE.format(1, 2, 3).replace("本年制发", f"本年({year})制发")
    report = parse_text(f"青石镇人民政府2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{table}")
    assert [(finding.code, finding.path) for finding in report.findings] == [(code, "disclosure") for code in codes]
    assert (report.year, report.disclosure.rules.issued) == (2023, 1)
