"""Cells that cannot be read, and heads and labels that are damaged: no value is given to the column beside its own."""

from __future__ import annotations

import pytest
from attrs import evolve

import gxparse
from gxparse import Report, parse_text
from gxparse.document import Location
from gxparse.records import Source
from gxparse.rendering import render
from tests.layouts import Verdict, distinct, judge, sample

#: What is printed in a cell and reads like a label, like a part of one, or like its number.
TEXTS = ("①", "1、", "3.", "（一）", "3）", "一、", "二", "总计", "合计", "其他", "万元", "规章", "尚未审结")
#: Layouts whose rows are rows, spans filled with blank cells or not.
ROWS = ("Markdown", "tabs, spreadsheet", "rows |", "boxes")
CELLS = (
    "disclosure.rules.in_force",
    "requests.received.natural_person",
    "requests.received.other",
    "requests.results.granted.natural_person",
    "requests.results.granted.total",
    "requests.results.not_processed.repeated.total",
    "requests.results.total.total",
    "proceedings.reconsideration.upheld",
    "proceedings.post_reconsideration_litigation.total",
)
REPORT = distinct(sample("2021"))


def read_again(path: str, text: str, layout: str) -> tuple[Report, Verdict]:
    """A report with a text in one of its cells, written in a layout and read from it."""
    report = evolve(REPORT.replace({path: None}), sources={path: Source(text, Location())})
    parsed = parse_text(render(report, "text", style=layout))
    return parsed, judge({cell.path: cell.value for cell in report.cells()}, parsed)


@pytest.mark.parametrize("layout", ROWS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_that_reads_like_a_label_moves_no_other(text, layout):
    for path in CELLS:
        _, found = read_again(path, text, layout)
        assert (found.wrong, found.unexplained) == ((), ()), path


@pytest.mark.parametrize("layout", ["Markdown", "tabs, spreadsheet"])
@pytest.mark.parametrize("text", TEXTS)
def test_it_is_a_cell_of_its_row_that_cannot_be_read(text, layout):
    path = "requests.results.granted.total"
    parsed, found = read_again(path, text, layout)
    assert found.right == found.printed
    assert parsed.sources[path].raw == text
    assert [finding.code for finding in parsed.findings if finding.path == path] == ["GX202"]


# ── Section four ─────────────────────────────────────────────────────────────────────────────────────────────────────

OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
CASES = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
FIGURES = tuple(map(str, range(101, 116)))
PATHS = [cell.path for cell in REPORT.cells() if cell.path.startswith("proceedings.")]


def proceedings(table: str) -> Report:
    return parse_text(
        f"云岭县教育局2023年政府信息公开工作年度报告\n一、总体情况\n无。\n四、政府信息公开行政复议、行政诉讼情况\n{table}\n"
    )


def lines(*cells: str) -> str:
    """Each cell a paragraph."""
    return "\n\n".join((*CASES, *OUTCOMES * 3, *cells))


def rows(*cells: str) -> str:
    heads = "".join(f"| {' | '.join(row)} |\n" for row in ((CASES[0], *[""] * 4, *CASES[1:], *[""] * 7), OUTCOMES * 3))
    return f"{heads}| {' | '.join(cells)} |"


def figures(report: Report) -> list[object]:
    return [report.value(path) for path in PATHS]


@pytest.mark.parametrize("text", ["308²", "①", "约五", "见附件"])
def test_no_cell_is_dropped_to_make_the_count_of_figures_fit(text):
    report = proceedings(lines(text, *FIGURES[1:9], "1", "10", *FIGURES[10:]))
    assert figures(report) == [None] * 15
    assert all(any(finding.covers(path) for finding in report.findings) for path in PATHS)


@pytest.mark.parametrize("text", ["308²", "①", "注", "总计"])
def test_no_blank_cell_behind_a_row_of_figures_makes_up_for_the_first_one(text):
    assert figures(proceedings(rows(text, *FIGURES[1:], ""))) == [None] * 15


def test_a_label_before_the_figures_is_none_of_them():
    assert figures(proceedings(rows("数量", *FIGURES))) == list(map(int, FIGURES))
    assert figures(proceedings(rows("2021年", *FIGURES[:14], ""))) == [None] * 15


def test_a_row_of_five_figures_keeps_its_columns():
    heads = f"| 行政复议 | | | | |\n| {' | '.join(OUTCOMES)} |\n"
    assert figures(proceedings(f"{heads}| 1 | 2 | 3 | 4 | 10 |"))[:5] == [1, 2, 3, 4, 10]
    for row in ("| 总计 | | 2 | 3 | 4 |", "| ① | 1 | 2 | 3 | 4 | |"):
        assert figures(proceedings(heads + row)) == [None] * 15


# ── Heads and labels of section two ──────────────────────────────────────────────────────────────────────────────────


def disclosure(table: str) -> Report:
    return parse_text(
        f"云岭县教育局2020年政府信息公开工作年度报告\n一、总体情况\n无。\n二、主动公开政府信息情况\n{table}\n"
    )


def explained(report: Report, row: str) -> bool:
    paths = [cell.path for cell in report.cells() if cell.path.startswith(row)]
    return all(any(finding.covers(path) for finding in report.findings) for path in paths)


@pytest.mark.parametrize(
    "heads", ["|信息规容|上一年项目数的|本年增/减|处理决定数信|", "|信息内容|上一年项目数量|本年增/减|处理决定数量|"]
)
def test_the_first_head_of_a_row_of_damaged_ones_is_a_head(heads):
    fees = disclosure(f"{heads}\n|行政事行性收费|318|+320|").disclosure.fees
    assert isinstance(fees, gxparse.records.FeeItems)
    assert (fees.items_last_year, fees.change) == (318, 320)


@pytest.mark.parametrize(
    "heads",
    [
        "|信息内容|上一年|本年增/减|处理决定数量|",
        "|信息规容|上年数的|本年增/减|处理决定数量|",
        "| | |本年增/减|处理决定数量|",
        "信息规容\n上年数的\n本年增/减\n处理决定数量",
    ],
)
def test_no_value_is_taken_from_the_column_of_a_head_that_is_lost(heads):
    row = "|行政事业性收费|318|+320|" if "|" in heads else "行政事业性收费\n318\n+320"
    report = disclosure(f"{heads}\n{row}")
    assert not [cell for cell in report.cells() if cell.value is not None]
    assert explained(report, "disclosure.fees")


def test_heads_in_several_rows_stand_in_the_order_of_the_form():
    below = "| 制发件数 | | | |\n"
    report = disclosure(f"| 信息内容 | | 本年废止件数 | 现行有效件数 |\n{below}| 规章 | 1 | 2 | 3 |")
    assert not [cell for cell in report.cells() if cell.value is not None]
    assert explained(report, "disclosure.rules")


def test_two_rows_that_have_lost_characters_are_not_the_parts_of_one_label():
    heads = "| 息内容 | 本新制作数量 | 本年新公开数 | 对外公总数量 |"
    report = disclosure(f"{heads}\n| 规 | 382 | 327 | 467 |\n| 范性文件 | 371 | 357 | 471 |")
    assert not [cell for cell in report.cells() if cell.value is not None]
    assert explained(report, "disclosure.rules")
    assert explained(report, "disclosure.normative_documents")
