"""The heads of columns: in another order nothing is assigned; one that the form does not have is spoken of."""

from __future__ import annotations

from itertools import combinations

import pytest

from gxparse import Report, parse_text
from tests.layouts import LAYOUTS, distinct, sample

REPORT = distinct(sample("2021"))
TEXT = LAYOUTS["rows |"](REPORT)
VALUES = {cell.path: cell.value for cell in REPORT.cells()}
APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结")


def changed(one: str, other: str, count: int = -1) -> Report:
    """The report with two heads exchanged, or with one replaced where the other is not there."""
    return parse_text(TEXT.replace(one, "\0", count).replace(other, one, count).replace("\0", other, count))


def missing(report: Report, table: str) -> set[str]:
    """The values of a table that are not there; those that are must be the printed ones."""
    wrong = {cell.path for cell in report.cells() if cell.value not in (None, VALUES[cell.path])}
    assert wrong == set()
    return {cell.path for cell in report.cells() if cell.path.startswith(table) and cell.value is None}


@pytest.mark.parametrize(("one", "other"), list(combinations(APPLICANTS[1:], 2)))
def test_applicants_in_another_order_are_not_assigned(one, other):
    report = changed(one, other)
    assert len(missing(report, "requests")) == 175
    assert any(finding.code == "GX002" and "another order" in finding.message_en for finding in report.findings)


@pytest.mark.parametrize("head", APPLICANTS[1:])
def test_nor_where_the_other_organisations_are_not_the_last(head):
    line = next(line for line in TEXT.splitlines() if head in line)
    assert line.count("其他") == 1
    turned = line.replace("其他", "\0").replace(head, "其他").replace("\0", head)
    report = parse_text(TEXT.replace(line, turned))
    assert len(missing(report, "requests")) == 175
    assert any(finding.code == "GX002" and "another order" in finding.message_en for finding in report.findings)


@pytest.mark.parametrize(("one", "other"), list(combinations(OUTCOMES, 2)))
@pytest.mark.parametrize("count", [1, -1])
def test_outcomes_in_another_order_are_not_assigned(one, other, count):
    report = changed(one, other, count)
    assert len(missing(report, "proceedings")) == 15


def test_cases_in_another_order_are_not_assigned():
    assert len(missing(changed("未经复议直接起诉", "复议后起诉"), "proceedings")) == 15


def test_the_total_of_the_applicants_may_be_printed_first():
    report = parse_text(TEXT.replace("自然人 | 法人或其他组织 | 总计", "总计 | 自然人 | 法人或其他组织"))
    assert missing(report, "") == set()


@pytest.mark.parametrize(
    ("head", "other", "path"),
    [
        ("商业企业", "外国企业", "requests"),
        ("自然人", "香蕉", "requests"),
        ("尚未审结", "驳回", "proceedings"),
        ("本年处理决定数量", "上年处理决定数量", "disclosure.licensing"),
        ("本年制发件数", "本年参会人数", "disclosure.rules"),
        ("本年收费金额（单位：万元）", "本年收费人数", "disclosure.fees"),
    ],
)
def test_a_head_that_the_form_does_not_have_is_spoken_of(head, other, path):
    assert head in TEXT
    report = changed(head, other)
    said = [finding for finding in report.findings if finding.code == "GX001" and finding.path == path]
    assert said
    assert all(finding.label == other for finding in said)
    assert missing(report, "") == set()
