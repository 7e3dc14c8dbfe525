"""Each layout by itself: which lines are cells, which cells are blank, where a row ends."""

from __future__ import annotations

import itertools

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


def test_whether_the_rows_of_a_table_begin_with_a_bar_is_told_by_its_own_rows():
    one = "| 规章 | 0 | 1 |\n" * 5
    other = "维持 | 纠正 | 总计 |\n" * 2 + " | 2 | 3 |\n"
    found = [[cell.text for cell in block.rows[-1].cells] for block in read(f"{one}四、其他\n{other}").blocks[::2]]
    assert found == [["规章", "0", "1"], ["", "2", "3"]]


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


@pytest.mark.parametrize("rest", [".35", "．35", ",204"])
def test_a_number_broken_before_its_separator_is_not_the_number_above(rest):
    (first, *_) = rows(f"规章        12           328\n{rest}\n")
    assert first == ["规章", "12", f"328\n{rest}"]


def test_numbers_broken_one_after_another_are_all_unsure():
    assert rows("规章        12           3\n28      7     4\n5\n")[0] == ["规章", "12", "3\n28", "7", "4\n5"]
    assert rows("规章        12           3\n28      7     4\n        9\n")[0] == ["规章", "12", "3\n28", "7\n9", "4"]


ISSUED, REPEALED, IN_FORCE = "本年\n制发件数", "本年\n废止件数", "现行\n有效件数"


@pytest.mark.parametrize(
    ("lines", "heads"),
    [
        (
            """\
            信息内容  本年      本年废止件数  现行有效件数
                      制发件数""",
            ["信息内容", ISSUED, "本年废止件数", "现行有效件数"],
        ),
        (
            """\
            信息内容  本年制发件数  本年      现行有效件数
                                    废止件数""",
            ["信息内容", "本年制发件数", REPEALED, "现行有效件数"],
        ),
        (
            """\
            信息内容  本年制发件数    本年    现行有效件数
                                    废止件数""",
            ["信息内容", "本年制发件数", REPEALED, "现行有效件数"],
        ),
        (
            """\
            信息内容  本年      本年      现行
                      制发件数  废止件数  有效件数""",
            ["信息内容", ISSUED, REPEALED, IN_FORCE],
        ),
        (
            """\
                                    本年
            信息内容  本年制发件数            现行有效件数
                                    废止件数""",
            ["信息内容", "本年制发件数", REPEALED, "现行有效件数"],
        ),
        (
            """\
                      本年                    现行
            信息内容            本年废止件数
                      制发件数                有效件数""",
            ["信息内容", ISSUED, "本年废止件数", IN_FORCE],
        ),
        (
            """\
            信息内容  本年      本年废止件数  现行有效件数
                      制发
                      件数""",
            ["信息内容", "本年\n制发\n件数", "本年废止件数", "现行有效件数"],
        ),
    ],
)
def test_heads_wrapped_beside_others_are_one_row(lines, heads):
    title, found, row = rows(f"第二十条  第一项\n{lines}\n            规章           409         500         399\n")
    assert (title, found, row) == (["第二十条", "第一项"], heads, ["规章", "409", "500", "399"])
    # Each stands where it begins.
    places = next(row for block in read(lines).blocks if isinstance(block, Table) for row in block.rows).cells
    assert [lines.split("\n")[cell.location.line - 1][cell.location.column - 1 :][:2] for cell in places] == [
        head[:2] for head in heads
    ]


@pytest.mark.parametrize(
    "lines",
    [
        # A label of a row, and the title of the block above it.
        "  信息内容  本年制发件数  本年废止件数\n  规章",
        "            第二十条第一项\n  信息内容  本年制发件数  本年废止件数",
        # A row without figures, and one with them.
        "  规章      无此项  无此项  无此项\n  规范文件  无此项  无此项  无此项",
        "  规章      无此项  无此项  无此项\n            无此项  无此项",
        "  信息内容  本年制发  本年废止\n            409",
        "  办理结果  予以公开  22（修订16件）  约3件\n            不予公开  44（修订2件）   约5件",
        "  规章      /      /     /\n                   /",
        "  信息内容  本年制发件数  本年废止件数  现行有效件数\n  规章      没有制定规章",
        # Words under two heads, under none, and one line further down.
        "  信息内容  本年  本年废止  现行有效\n               件数件数",
        "  信息内容  本年              本年废止  现行有效\n                    件数",
        "  信息内容  本年制发文件的数量  本年废止\n            件数      数量",
        "  信息内容  本年  本年废止  现行有效\n\n            制发",
        "  信息内容  本年    本年废止  现行有效\n            制发件数件数  的件数",
        # What stands above in no column, and under which another row begins.
        "                    本年\n  信息内容  发布        现行有效  的件数\n  行政规章  四百零九件      无",
        # A sentence.
        "  信息内容  本年  本年废止  现行有效\n            制发件数是指本年度内依照职权制定并且发布的规章总数，含修订",
    ],
)
def test_other_lines_are_no_rest_of_heads(lines):
    texts = [text.split() for text in lines.split("\n")]
    found = [cell for row in rows(lines + "\n") for cell in row]
    assert all("\n" not in cell for cell in found), found
    assert all(cell in itertools.chain(*texts) for cell in found)


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
