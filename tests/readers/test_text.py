"""Text is read in lines and regions; every cell keeps its place, and what is left out is said."""

from __future__ import annotations

import re

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gxparse import SourceError, parse_text
from gxparse.document import Document, Paragraph, Table
from gxparse.readers import limits
from gxparse.readers.text import read
from gxparse.records import Report
from tests.layouts import FORMS, LAYOUTS, VARIANTS, distinct, sample

LINE_END = re.compile("\r\n|\r|\n")
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


def rows(document: Document) -> list[list[str]]:
    """The rows of all tables of a document."""
    return [
        [cell.text for cell in row.cells] for block in document.blocks if isinstance(block, Table) for row in block.rows
    ]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def notes(document: Document) -> list[tuple[str, int | None]]:
    return [(note.code, note.location.line if note.location else None) for note in document.notes]


def misplaced(text: str, report: Report) -> list[str]:
    """The cells whose text does not stand at the line and column of their location."""
    lines = LINE_END.split(text.removeprefix("\ufeff"))
    found = []
    for cell in report.cells():
        if cell.raw and cell.location:
            line, column = cell.location.line or 0, cell.location.column or 0
            there = "\n".join(lines[line - 1 :])[column - 1 :]
            if column > len(lines[line - 1]) or not there.startswith(cell.raw):
                found.append(f"{cell.path}: {cell.raw!r} at {cell.location}, where {there[:20]!r} stands")
    return found


# ── Places ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_value_stands_at_its_place(layout):
    report = distinct(sample("2021"))
    text = LAYOUTS[layout](report)
    parsed = parse_text(text)
    assert sum(cell.location is not None for cell in parsed.cells()) == 200
    assert misplaced(text, parsed) == []


@settings(max_examples=60, deadline=None, phases=PHASES)
@given(
    layout=st.sampled_from(sorted(LAYOUTS)),
    form=st.sampled_from(FORMS),
    variant=st.sampled_from(sorted(VARIANTS)),
    seed=st.integers(0, 10_000),
)
def test_each_value_stands_at_its_place_in_other_characters_too(layout, form, variant, seed):
    text = VARIANTS[variant](LAYOUTS[layout](distinct(sample(form), seed, blanks=0.2)))
    assert misplaced(text, parse_text(text)) == []


# Two rows of a table; what makes places hard to keep stands before or in the second.
HEAD = "二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t301\t302\t303\n"
LINES = {
    "a form feed": HEAD + "\f行政规范性文件\t304\t305\t306\n",
    "form feeds": HEAD.replace("\n", "\n\f", 2) + "行政规范性文件\t304\t305\t306\n",
    "a page number": HEAD + "- 3 -\n行政规范性文件\t304\t305\t306\n",
    "an extraction mark": HEAD + "[bookmark: _GoBack]行政规范性文件\t304\t305\t306\n",
    "white space around numbers": HEAD + "行政规范性文件\t 304\t\u3000\u3000305 \t\xa0306\n",
    "a quoted cell": HEAD + '"行政规范性文件"\t"304"\t"305"\t306\n',
    "a quoted cell of two lines": HEAD + '"行政规范\n性文件"\t304\t305\t306\n',
    "two quoted cells of two lines": HEAD + '"行政规范\n性文件"\t"304\n"\t305\t306\n',
    "wide characters": HEAD + "行政规范性文件（含𠮷字号）\t304\t305\t306\n",
}


@pytest.mark.parametrize("name", LINES)
def test_each_value_stands_at_its_place_behind(name):
    text = LINES[name]
    parsed = parse_text(text)
    assert parsed.value("disclosure.normative_documents.in_force") == 306
    assert misplaced(text, parsed) == []


def test_a_cell_that_begins_with_a_line_break_is_placed_where_its_text_is():
    text = (
        "二、主动公开政府信息情况\n\t信息内容\n\t本年制发件数\n\t本年废止件数\n\t现行有效件数\n\n"
        "\t规章\n\t301\n\t302\n\t\n303\n\n"
    )
    parsed = parse_text(text)
    assert parsed.disclosure.rules.in_force == 303
    assert misplaced(text, parsed) == []


def test_places_are_numbered_from_one():
    (table,) = read("规章\t0\t1\n许可\t\t2\n").blocks
    assert isinstance(table, Table)
    places = [
        [(p.table, p.row, p.cell, p.line, p.column) for p in (c.location for c in row.cells)] for row in table.rows
    ]
    assert places == [
        [(1, 1, 1, 1, 1), (1, 1, 2, 1, 4), (1, 1, 3, 1, 6)],
        [(1, 2, 1, 2, 1), (1, 2, 2, 2, 4), (1, 2, 3, 2, 5)],
    ]


def test_tables_are_numbered_through_the_document():
    document = read("规章\t0\t1\n\n这是一段话。\n\n许可\t3\t2\n\n又一段话。\n| 处罚 | 1 |\n")
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [table.rows[0].cells[0].location.table for table in tables] == [1, 2, 3]


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b"])
def test_lines_end_in_any_way(end):
    document = read(f"甲段落。{end}乙段落。{end}")
    assert paragraphs(document) == ["甲段落。", "乙段落。"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_report_is_the_same_with_other_line_ends(layout, end):
    text = LAYOUTS[layout](distinct(sample("2019"), blanks=0.1))
    assert parse_text(text.replace("\n", end)) == parse_text(text)


def test_a_byte_order_mark_is_no_text():
    assert paragraphs(read("\ufeff甲段落。\n")) == ["甲段落。"]
    assert read("\ufeff甲段落。\n").blocks[0].location.column == 1


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n", "\ufeff", "\f\f"])
def test_nothing_is_an_empty_document(text):
    assert "".join(read(text).texts()).strip() == ""


# ── What is left out, and said ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    [
        "- 5 -",
        "— 1 —",
        "－12－",
        "--3--",
        "第 3 页",
        "第3页 共 5 页",
        "第3页，共5页",
        "Page 3 of 12",
        "page 2",
        "  - 5 -  ",
    ],
)
def test_a_page_number_is_left_out_and_said(line):
    document = read(f"规章 | 0 | 0 |\n{line}\n许可 | 1 | 2 |\n")
    assert rows(document) == [["规章", "0", "0"], ["许可", "1", "2"]]
    assert notes(document) == [("GX009", 2)]


@pytest.mark.parametrize("line", ["5", "-5", "- 5", "5 -", "-", "- 5 - 6 -", "第3条", "-1234-", "第 3 页 规章"])
def test_a_value_is_no_page_number(line):
    document = read(f"规章\n{line}\n许可\n2\n")
    assert paragraphs(document) == ["规章", line, "许可", "2"]
    assert notes(document) == []


def test_a_bare_number_that_ends_a_page_is_its_number():
    document = read("甲段落。\n\n12\n\f乙段落。\n\n13\n")
    assert paragraphs(document) == ["甲段落。", "乙段落。"]
    assert [code for code, _ in notes(document)] == ["GX009", "GX009"]


def test_a_bare_number_right_under_another_cell_is_a_cell():
    assert paragraphs(read("规章\n0\n12\n\f许可\n3\n")) == ["规章", "0", "12", "许可", "3"]


@pytest.mark.parametrize("mark", ["[bookmark: _GoBack]", "[bookmark：OLE_LINK1]", "[书签:_GoBack]", "[BOOKMARK: a b]"])
@pytest.mark.parametrize("place", ["{}规章 | 0 | 0 |\n", "规章{} | 0 | 0 |\n", "规章 | 0{} | 0 |\n"])
def test_an_extraction_mark_is_left_out_and_said(mark, place):
    document = read(place.format(mark))
    assert rows(document) == [["规章", "0", "0"]]
    assert notes(document) == [("GX009", 1)]


def test_other_brackets_stay():
    assert paragraphs(read("国办〔2021〕30号[注1]。\n")) == ["国办〔2021〕30号[注1]。"]


# ── Ends ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["规章 | 0 | 12", "规章\n0\n12", "规章\t0\t12", "\t规章\n\t0\n\t12", "规章  0  1,2"])
def test_a_number_in_which_a_text_breaks_off_is_not_read(text):
    document = read(text)
    assert list(document.texts())[-1] not in ("12", "1,2")
    assert [code for code, _ in notes(document)] == ["GX003"]
    assert list(read(f"{text}\n").texts())[-1] in ("12", "1,2")
    assert notes(read(f"{text}\n")) == []


@pytest.mark.parametrize("text", ["规章 | 0 | 12 |", "规章\n0\n0\n", "本年无收费。"])
def test_what_cannot_go_on_is_read(text):
    assert notes(read(text)) == []


# ── Regions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_table_may_be_in_a_layout_of_its_own():
    text = (
        "二、主动公开政府信息情况\n规章 | 1 | 2 | 3 |\n许可 | 4 |\n\n"
        "三、收到和处理政府信息公开申请情况\n新收\t5\t6\n结转\t7\t8\n\n"
        "四、行政复议情况\n\n维持    9    10\n\n总计    11    12\n"
    )
    document = read(text)
    assert rows(document) == [
        *(["规章", "1", "2", "3"], ["许可", "4"], ["新收", "5", "6"], ["结转", "7", "8"]),
        *(["维持", "9", "10"], ["总计", "11", "12"]),
    ]
    headings = [text for text in paragraphs(document) if text]
    assert headings == ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、行政复议情况"]


@settings(max_examples=150, deadline=None)
@given(st.text("规章许可01 \t|\n\r\f\"'-+—", max_size=80))
def test_no_character_that_is_no_white_space_or_frame_is_lost(text):
    def kept(texts: str) -> str:
        return re.sub(r"[^规章许可01]", "", texts)

    assert kept("".join(read(text + "\n").texts())) == kept(text) or read(text + "\n").notes


# ── A mark or a form feed before a cell, and a second damage ─────────────────────────────────────────────────────────

MOVING = ("[bookmark: _GoBack_abcdefghijk]", "某某某某某某某某某某某某\f")


@pytest.mark.parametrize("mark", MOVING)
def test_half_a_number_is_not_read_where_the_line_was_moved(mark):
    text = (
        "二、主动公开政府信息情况\n信息内容            本年制发件数   本年废止件数   现行有效件数\n"
        f"{mark}规章                  12           0            0\n                      34\n"
        "行政规范性文件        3            1            12\n"
    )
    report = parse_text(text)
    assert report.disclosure.rules.issued is None
    assert any(finding.covers("disclosure.rules.issued") for finding in report.findings)


@pytest.mark.parametrize("mark", ["", "\f", "[bookmark: _GoBack]"])
def test_a_bar_that_may_begin_a_row_is_no_blank_cell(mark):
    heads = "|\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n"
    text = f"二、主动公开政府信息情况\n{heads}|\n规章 |\n{mark}|\n6 |\n7 |\n|\n行政规范性文件 |\n3 |\n1 |\n12 |\n"
    report = parse_text(text)
    assert set(attrs.astuple(report.disclosure.rules)) == {None}
    assert any(finding.covers("disclosure.rules") for finding in report.findings)
    assert report.disclosure.normative_documents.in_force == 12


def test_a_page_number_beside_a_mark_is_left_out():
    text = LINES["an extraction mark"].replace("规范", "规范\n[bookmark: _GoBack]- 3 -\n")
    assert [note.code for note in read(text).notes] == ["GX009", "GX009", "GX009"]
    assert "- 3 -" not in [cell for row in rows(read(text)) for cell in row]


@pytest.mark.parametrize(
    ("end", "is_cut"),
    [
        ("1", True),
        ("共 12", True),
        ("、1,2", True),
        ("A12", False),
        ("3件", False),
        ("x,5", True),
        ("12,", True),
        (",", False),
    ],
)
def test_a_text_that_ends_in_a_number_may_be_cut_off(end, is_cut):
    assert ([code for code, _ in notes(read(f"一、总体情况\n{end}"))] == ["GX003"]) is is_cut
    assert notes(read(f"一、总体情况\n{end}\n")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [("一、总体情况\n" * 60, "Lines"), ("规章 | 1 | 2 | 3 |\n" * 20, "Cells of all tables")],
)
def test_a_text_with_too_many_lines_or_cells_is_refused(text, said, monkeypatch):
    monkeypatch.setattr(limits, "MAX_CELLS", 50)
    with pytest.raises(SourceError, match=said):
        read(text)


@pytest.mark.parametrize(
    "cell",
    ["1" * 1_000_000, "12 " * 300_000, f"1{' ' * 1_000_000}2", "12件" * 300_000, f"12（{'注' * 1_000_000}）"],
    ids=["figures", "numbers", "spaces", "quantities", "note"],
)
def test_megabytes_in_a_cell_are_no_number_and_leave_the_others(cell):
    head = "青石镇人民政府2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
    head += "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
    report = parse_text(f"{head}规章 | {cell} | 2 | 3 |\n行政规范性文件 | 4 | {cell} | 6 |\n")
    rules, documents = report.disclosure.rules, report.disclosure.normative_documents
    assert (rules.issued, rules.repealed, rules.in_force) == (None, 2, 3)
    assert (documents.issued, documents.repealed, documents.in_force) == (4, None, 6)
    for path in ("disclosure.rules.issued", "disclosure.normative_documents.repealed"):
        assert any(finding.covers(path) for finding in report.findings)


ISSUED = ("本年制发件数", "本年废止件数", "现行有效件数")
CREATED = ("本年新制作数量", "本年新公开数量", "对外公开总数量")


@settings(max_examples=150, deadline=None, phases=PHASES)
@given(data=st.data())
@pytest.mark.parametrize("titles", [ISSUED, CREATED])
@pytest.mark.parametrize("height", ["top", "middle"])
def test_heads_wrapped_in_aligned_text_keep_their_columns(titles, height, data):
    """However many of the heads are wrapped, and wherever: no column has the values of another."""
    cuts = [data.draw(st.none() | st.integers(1, len(title) - 1)) for title in titles]
    gap = data.draw(st.integers(2, 8))
    lines = ["", "", ""]
    first, middle, last = (0, 0, 1) if height == "top" else (0, 1, 2)
    column = 12
    for title, cut in (("信息内容", None), *zip(titles, cuts, strict=True)):
        parts = {middle: title} if cut is None else {first: title[:cut], last: title[cut:]}
        for line, part in parts.items():
            lines[line] = padded(lines[line], column) + part
        column += 2 * max(map(len, parts.values())) + gap
    text = "\n".join(line for line in lines if line)
    values = "".join(f"{value:>{16 + gap}}" for value in (409, 500, 399))
    report = parse_text(
        f"青石镇人民政府2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（一）项\n{text}\n"
        f"            规章{values}\n三、收到和处理政府信息公开申请情况\n"
    )
    rules = attrs.astuple(report.disclosure.rules)
    assert all(value in (None, printed) for value, printed in zip(rules, (409, 500, 399), strict=True))
    assert rules == (409, 500, 399) or any(finding.covers("disclosure.rules.repealed") for finding in report.findings)


def padded(line: str, column: int) -> str:
    """A line with spaces up to a column of the page, on which a character of these heads takes two."""
    return line + " " * (column - sum(1 if character == " " else 2 for character in line))
