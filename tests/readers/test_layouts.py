"""Each layout by itself: which lines are cells, which cells are blank, where a row ends."""

from __future__ import annotations

import pytest

from gxparse.document import Paragraph, Table
from gxparse.readers import layouts
from gxparse.readers.text import read


def rows(text: str) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells]
        for block in read(text).blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


def cells(text: str) -> list[str]:
    """The cells of a layout that marks no rows."""
    blocks = read(text).blocks
    assert all(isinstance(block, Paragraph) for block in blocks)
    return [block.text for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("line", "layout"),
    [
        ("\t规章", layouts.indented),
        ("规章\t0\t1", layouts.tabbed),
        ("\t0\t1", layouts.tabbed),
        ("规章 | 0 | 1 |", layouts.in_bars),
        ("│规章│0│", layouts.in_bars),
        ("+----+---+", layouts.in_bars),
        ("规章    0    1", layouts.aligned),
        ("规章    12", layouts.aligned),
        ("规章", layouts.loose),
        ("本年共发布信息 12 条。", layouts.loose),
        ("", layouts.loose),
        ("  ", layouts.loose),
        ("- 5 -", layouts.loose),
    ],
)
def test_the_layout_of_a_line(line, layout):
    assert layouts.kind(line) is layout


# ── Bars ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章 | 0 | 1 |\n", [["规章", "0", "1"]]),
        ("规章 | 0 | 1\n许可 | 2 | 3\n", [["规章", "0", "1"], ["许可", "2", "3"]]),
        ("规章 | | 1 |\n", [["规章", "", "1"]]),
        ("规章|0|1|||\n", [["规章", "0", "1"]]),
        ("规章 | 0 | 1 | |||\n", [["规章", "0", "1"]]),
        ("| 规章 | 0 | 1 |\n| 许可 |  | 3 |\n", [["规章", "0", "1"], ["许可", "", "3"]]),
        ("│ 规章 ┃ 0 │ 1 ¦\n", [["规章", "0", "1"]]),
        ("| 规章 | 0 |\n|---|:-:|\n| 许可 | 1 |\n", [["规章", "0"], ["许可", "1"]]),
        ("+--+--+\n|规章|0|\n+--+--+\n|许可|1|\n+--+--+\n", [["规章", "0"], ["许可", "1"]]),
        ("+--+--+\n|行政|0|\n|许可| |\n+--+--+\n|规章|1|\n+--+--+\n", [["行政\n许可", "0"], ["规章", "1"]]),
        ("规章 |\u3000| 1 |\n", [["规章", "", "1"]]),
    ],
)
def test_one_row_a_line_between_bars(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章 |\n0 |\n1 |\n许可 |\n2 |\n", ["规章", "0", "1", "许可", "2"]),
        ("规章 |\n0 |\n1 |\n|||\n许可 |\n2 |\n", ["规章", "0", "1", "许可", "2"]),
        ("规章|\n0|\n|\n1|\n许可|\n2|\n", ["规章", "0", "", "1", "许可", "2"]),
        ("| 规章\n|\n0\n|\n1\n|\n||\n| 许可\n|\n2\n|\n", ["规章", "0", "1", "许可", "2"]),
        ("|\n规章 |\n0 |\n1 |\n|\n许可 |\n2 |\n3 |\n", ["规章", "0", "1", "许可", "2", "3"]),
    ],
)
def test_one_cell_a_line_each_with_its_bar(text, expected):
    assert cells(text) == expected


def test_a_number_broken_before_its_bar_is_not_two_cells_nor_one_number():
    assert cells("规章 |\n12\n15 |\n0 |\n许可 |\n1 |\n") == ["规章", "12\n15", "0", "许可", "1"]


def test_a_paragraph_between_two_tables_in_bars_is_none_of_them():
    document = read(f"规章 | 0 | 1 |\n\n{'这一段说明规章制发的情况，' * 6}不是单元格。\n\n许可 | 2 | 3 |\n")
    blocks = [type(block) for block in document.blocks if getattr(block, "text", "表格")]
    assert blocks == [Table, Paragraph, Table]


# ── Tabs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章\t0\t1\n", [["规章", "0", "1"]]),
        ("规章\t\t1\n许可\t2\t3\n处罚\t4\t5\n", [["规章", "", "1"], ["许可", "2", "3"], ["处罚", "4", "5"]]),
        ('规章\t"1\n2"\t3\n', [["规章", "1\n2", "3"]]),
        ('"行政\n许可"\t4\t5\n', [["行政\n许可", "4", "5"]]),
        ('"危及""三安全一稳定"""\t4\t5\n', [['危及"三安全一稳定"', "4", "5"]]),
        ('"规章"\t0\t"1"\n', [["规章", "0", "1"]]),
    ],
)
def test_tabs_between_cells(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\t规章\n\t0\n\t1\n\n\t许可\n\t2\n\n", [["规章", "0", "1"], ["许可", "2"]]),
        ("\t规章\n\t\n\t1\n\n", [["规章", "", "1"]]),
        ("\t行政\n许可\n\t0\n\n", [["行政\n许可", "0"]]),
        ("\t规章\n\t12\n15\n\t1\n\n", [["规章", "12\n15", "1"]]),
        ("\t规章\n\t0\n\t1", [["规章", "0", "1"]]),
    ],
)
def test_one_cell_a_line_that_begins_with_a_tab(text, expected):
    # The last line has no end: a bare zero or one digit may be cut off, and is marked.
    found = rows(text)
    found[-1][-1] = found[-1][-1].rstrip("…")
    assert found == expected


def test_words_under_an_indented_number_are_a_paragraph():
    document = read("\t规章\n\t0\n正文。\n")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["正文。"]
    assert rows("\t规章\n\t0\n正文。\n") == [["规章", "0"]]


# ── White space ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章        0       1\n", [["规章", "0", "1"]]),
        ("    规章        0       1   \n", [["规章", "0", "1"]]),
        ("规章\u3000\u30000\u3000\u30001\n", [["规章", "0", "1"]]),
        ("规章\xa0\xa00\xa0\xa01\n", [["规章", "0", "1"]]),
    ],
)
def test_columns_apart_by_white_space(text, expected):
    assert rows(text) == expected


def test_a_number_right_under_a_number_may_be_the_rest_of_it():
    (first, *_) = rows("规章        12      1\n            15\n")
    assert first == ["规章", "12\n15", "1"]


def test_a_number_under_another_column_is_not():
    (first, *_) = rows("规章        12             1\n    许可                7\n")
    assert first == ["规章", "12", "1"]


# ── No delimiter ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章\n0\n1\n许可\n2\n", ["规章", "0", "1", "许可", "2"]),
        ("规章\n0\n\n1\n许可\n2\n", ["规章", "0", "", "1", "许可", "2"]),
        ("规章\n0\n1\n\n许可\n2\n3\n\n", ["规章", "0", "1", "许可", "2", "3"]),
        ("规章\n\n0\n\n1\n\n许可\n\n2\n", ["规章", "0", "1", "许可", "2"]),
        ("规章\n\n0\n\n  \n\n1\n\n许可\n\n2\n", ["规章", "0", "", "1", "许可", "2"]),
        (" 规章 \n\n 0 \n\n   \n\n 1 \n", ["规章", "0", "", "1"]),
    ],
)
def test_one_cell_a_line_or_a_paragraph(text, expected):
    assert cells(text) == expected


def test_marks_of_markdown_headings_are_no_text():
    assert cells("# 甲\n\n## 一、总体情况\n\n正文。\n") == ["甲", "一、总体情况", "正文。"]


@pytest.mark.parametrize(("text", "is_number"), [("0", True), (" 1,204.5 ", True), ("-３", True), ("1件", False)])
def test_what_is_nothing_but_a_number(text, is_number):
    assert layouts.is_number(text) is is_number


@pytest.mark.parametrize(
    ("cell", "line", "more"),
    [("行政", "许可", True), ("12", "15", True), ("12", "正文。", False), ("规章", "0", True)],
)
def test_words_do_not_go_on_a_number(cell, line, more):
    assert layouts.goes_on(cell, line) is more
