"""GX105 and GX106: what is missing, and what only looks so."""

from __future__ import annotations

import pytest
from attrs import evolve

from gxparse.document import Location
from gxparse.findings import Finding
from gxparse.records import Disclosure, Form, OtherResults, Report, Source
from gxparse.rules import validate
from gxparse.testing import zeros


def missing(report):
    return [(finding.code, finding.path) for finding in validate(report, select=["GX105", "GX106"]).findings]


def without(report, prefix):
    """The report with every cell below a path blank, and nothing said of it."""
    return report.replace({cell.path: None for cell in report.cells() if cell.path.startswith(prefix + ".")})


@pytest.mark.parametrize("form", Form)
def test_a_report_that_is_filled_misses_nothing(form):
    assert missing(zeros(form)) == []


def test_every_table_of_an_empty_report_is_missing():
    assert missing(Report()) == [("GX105", "disclosure"), ("GX105", "requests"), ("GX105", "proceedings")]


def test_a_table_is_there_with_one_value_in_it():
    report = Report().replace({"proceedings.reconsideration.total": 0})
    assert missing(report) == [
        ("GX105", "disclosure"),
        ("GX105", "requests"),
        ("GX106", "proceedings.direct_litigation"),
        ("GX106", "proceedings.post_reconsideration_litigation"),
    ]


@pytest.mark.parametrize(
    "row",
    ["requests.received", "requests.results.denied.state_secret", "disclosure.rules", "proceedings.reconsideration"],
)
def test_a_row_without_values_is_missing(row):
    assert missing(without(zeros(), row)) == [("GX106", row)]


def test_a_row_with_one_value_is_there():
    assert missing(without(zeros(), "requests.received").replace({"requests.received.other": 0})) == []


def test_a_row_that_is_printed_blank_is_there():
    report = without(zeros(), "requests.received")
    report = evolve(report, sources={"requests.received.total": Source("", Location(line=1))})
    assert missing(report) == []


@pytest.mark.parametrize("path", ["requests.received", "requests.received.total", "requests"])
@pytest.mark.parametrize("code", ["GX001", "GX002", "GX003", "GX004", "GX008"])
def test_a_row_is_not_missed_where_the_parser_has_said_why(code, path):
    finding = Finding(code, path, "", "")
    assert missing(evolve(without(zeros(), "requests.received"), findings=(finding,))) == []


@pytest.mark.parametrize(("code", "path"), [("GX007", ""), ("GX009", ""), ("GX009", "requests"), ("GX004", "")])
def test_what_the_parser_says_of_other_things_excuses_nothing(code, path):
    finding = Finding(code, path, "", "")
    assert missing(evolve(without(zeros(), "requests.received"), findings=(finding,))) == [
        ("GX106", "requests.received")
    ]


def test_a_table_that_is_an_image_is_not_missed_as_well():
    finding = Finding("GX008", "", "", "")
    assert missing(evolve(without(zeros(), "requests"), findings=(finding,))) == []


def test_a_row_without_a_record_is_missing():
    report = zeros()
    report = evolve(report, requests=evolve(report.requests, carried_in=None))
    assert missing(report) == [("GX106", "requests.carried_in")]


@pytest.mark.parametrize("name", ["other_services", "procurement"])
def test_a_row_of_form_2019_without_a_record_is_missing(name):
    report = zeros(Form.F2019)
    report = evolve(report, disclosure=evolve(report.disclosure, **{name: None}))
    assert missing(report) == [("GX106", f"disclosure.{name}")]


@pytest.mark.parametrize("name", ["other_services", "procurement"])
def test_a_row_of_form_2019_of_which_nothing_is_known_is_missing_once(name):
    assert missing(without(zeros(Form.F2019), f"disclosure.{name}")) == [("GX106", f"disclosure.{name}")]


def test_the_rows_of_a_missing_table_are_not_missed_as_well():
    report = evolve(zeros(Form.F2019), disclosure=Disclosure(other_services=None, procurement=None))
    assert missing(report) == [("GX105", "disclosure")]


def test_each_row_of_other_results_of_which_nothing_is_known_is_missing():
    assert missing(without(zeros(), "requests.results.other")) == [
        ("GX106", f"requests.results.other.{name}") for name in ("not_corrected_in_time", "fee_unpaid", "miscellaneous")
    ]


def test_other_results_may_be_one_row_or_three_but_not_none():
    report = zeros(Form.F2021)
    results = report.requests.results
    in_one = zeros(Form.F2019).requests.results.other
    for other, expected in (
        (in_one, []),
        (results.other, []),
        (OtherResults(), [("GX106", "requests.results.other")]),
    ):
        changed = evolve(report, requests=evolve(report.requests, results=evolve(results, other=other)))
        assert missing(changed) == expected


def test_a_finding_names_the_row_as_the_form_does():
    (finding,) = validate(without(zeros(), "requests.results.granted"), select="GX106").findings
    assert finding.label == "三、本年度办理结果 · （一）予以公开"
    assert "（一）予以公开" in finding.message_zh


class TestGaps:
    """Rows that are missing on end are one gap if they are more than three."""

    ROWS = ("received", "carried_in", "results.granted", "results.partially_granted")

    def test_three_are_named_one_by_one(self):
        report = zeros()
        for row in self.ROWS[:3]:
            report = without(report, f"requests.{row}")
        assert missing(report) == [("GX106", f"requests.{row}") for row in self.ROWS[:3]]

    def test_four_are_one(self):
        report = zeros()
        for row in self.ROWS:
            report = without(report, f"requests.{row}")
        (finding,) = validate(report, select="GX106").findings
        assert (finding.path, finding.numbers) == ("requests", {"rows": 4})
        assert finding.message_zh.startswith(
            "缺少“一、本年新收政府信息公开申请数量”至“三、本年度办理结果 · （二）部分公开"
        )
        assert "”共 4 行，" in finding.message_zh
        assert finding.message_en.startswith(
            "4 rows are missing, requests.received to requests.results.partially_granted;"
        )

    def test_a_row_between_parts_them(self):
        report = without(zeros(), "requests.results.denied")
        report = report.replace({"requests.results.denied.third_party_rights.total": 0})
        findings = validate(report, select="GX106").findings
        assert [(finding.path, finding.numbers.get("rows")) for finding in findings] == [
            ("requests.results.denied.state_secret", None),
            ("requests.results.denied", 4),
            ("requests.results.denied.prohibited_by_law", None),
            ("requests.results.denied.endangers_security_or_stability", None),
        ]

    def test_tables_are_apart(self):
        report = without(without(zeros(), "disclosure.compulsion"), "disclosure.fees")
        report = without(without(report, "requests.received"), "requests.carried_in")
        assert [path for _, path in missing(report)] == [
            "disclosure.compulsion",
            "disclosure.fees",
            "requests.received",
            "requests.carried_in",
        ]
