"""A document becomes tokens: labels put together, damaged ones recognised by their neighbours, remarks told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse import lexer, parse_text
from gxparse.grammar import Token
from gxparse.language import vocabulary
from gxparse.readers.text import read

HEADS = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
SHORT = {"NUMBER": "#", "QUANTITY": "#", "BLANK": "_", "NOT_APPLICABLE": "/", "REMARK": "?", "LOST": "!"}


def tokens(text: str) -> list[Token]:
    return list(lexer.tokens(read(text), vocabulary()))


def cells(text: str) -> list[Token]:
    """The cells of the tables of a text, those behind a label one by one."""
    return [cell for token in tokens(text) for part in token.parts for cell in part.parts or (part,)]


def words(text: str) -> str:
    """The cells of the tables of a text: labels by their terminals, values by a sign for each kind."""
    parts = cells(text)
    return " ".join(SHORT.get(part.type, part.type) for part in parts)


def types(text: str) -> list[str]:
    return [token.type for token in tokens(text)]


# ── Tables and paragraphs ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_cells_of_a_table_are_one_token():
    (heading, table, paragraph) = tokens(f"二、主动公开政府信息情况\n{HEADS}规章 | 1 | 2 | 3 |\n\n以上是全部数据。\n")
    assert (heading.type, table.type, paragraph.type) == ("DISCLOSURE_HEADING", "DISCLOSURE", "TEXT")
    *_, label, values = table.parts
    assert (label.text, values.type, [part.text for part in values.parts]) == ("规章", "CELLS", ["1", "2", "3"])
    assert table.location == table.parts[0].location


def test_each_table_is_a_token_of_its_own():
    text = f"{HEADS}规章 | 1 | 2 | 3 |\n二、上年结转 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n结果维持 | 结果纠正 |\n1 | 2 |\n"
    assert types(text) == ["DISCLOSURE", "REQUESTS", "PROCEEDINGS"]


@pytest.mark.parametrize(
    "text",
    [
        "本年度清理规章、行政规范性文件共12件。\n",
        "规章\n行政许可\n行政处罚\n以上三项均无变化。\n",
        "行政复议\n行政诉讼\n",
        "总计\n其他\n12\n",
        "12\n\n0\n",
    ],
)
def test_a_mention_of_a_table_is_no_table(text):
    assert not any(token.parts for token in tokens(text))


def test_a_number_begins_a_numbered_paragraph():
    text = "（一）主动公开。\n1.网站\n2、公开栏\n发布信息12条。\n2023年工作平稳。\n"
    assert types(text) == ["NUMBERED", "NUMBERED", "NUMBERED", "TEXT", "TEXT"]


def test_what_is_found_in_a_paragraph_stands_behind_it():
    found = tokens("（地址：溪口街12号，邮编：000456）\n")
    assert [(token.type, token.text) for token in found[1:]] == [
        ("ADDRESS", "地址:溪口街12号"),
        ("POSTCODE", "邮编:000456"),
    ]


# ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("规章 | 1 | 2 | 3 |", "RULES # # #"),
        ("规章 | 1件 |  | / |", "RULES # _ /"),
        ("规章 | 1 | 约4 | 429² |", "RULES # ? ?"),
        ("规章 | 详见附件 | 2 | 3 |", "RULES ? # #"),
        ("规章 | 本单位无规章 | 2 | 3 |", "RULES / # #"),
        ("| | 规章 | 1 | 2 | 3 |", "RULES # # #"),
        ("1 | 2 | 3 |", "! # # #"),
        ("| | 2 | 3 |", "! _ # #"),
        ("其他对外管理服务事项 | 行政检查 | 1 | 2 | 3 |", "OTHER_SERVICES ? # # #"),
        ("行政确认 | 1 | 2 | 3 |", "UNKNOWN # # #"),
    ],
)
def test_the_cells_of_a_row(row, expected):
    lead = "| " if row.startswith("|") else ""
    text = f"{lead}信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n{lead}行政许可 | 7 |\n{row}\n"
    assert words(text) == f"INFORMATION ISSUED REPEALED IN_FORCE LICENSING # {expected}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("规章 12 13 14", "RULES # # #"),
        ("规章121314", "RULES ?"),
        ("规章 12 13²", "UNKNOWN"),
        ("规章 1 2", "RULES # #"),
    ],
)
def test_a_label_and_its_numbers_on_one_line(line, expected):
    assert words(f"信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n{line}\n行政许可\n5\n") == (
        f"INFORMATION ISSUED REPEALED IN_FORCE {expected} LICENSING #"
    )


@pytest.mark.parametrize("text", ["约4", "429²", "38 5", "440余"])
def test_a_number_that_cannot_be_read_is_still_a_cell(text):
    assert words(f"规章\n{text}\n2\n3\n行政规范性文件\n4\n5\n6\n") == "RULES ? # # NORMATIVE_DOCUMENTS # # #"


# ── Labels cut into pieces ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "（四）无法提供\n1.本机关不掌握相关政府信息\n0\n1\n",
        "（四）无\n法提供\n1.本机关不掌握相关政府信息\n0\n1\n",
        "（\n四\n）\n无法\n提\n供\n1.本机关不掌握\n相关政府信息\n0\n1\n",
        "（四）无 | 法提供 | 1.本机关不掌握相关政府信息 | 0 | 1 |\n",
        "（四）无法 | 提供 | 1.本机关不 | 掌握相关 | 政府信息 | 0 | 1 |\n",
        "\t（四）无\n法提供\n\t1.本机关不掌握\n相关政府信息\n\t0\n\t1\n\n",
        "（四）无法提供\t1.本机关不掌握相关\t0\t1\n\t政府信息\t\t\n",
    ],
)
def test_a_label_that_is_cut_is_put_together(text):
    assert words(text) == "NOT_PROVIDED NOT_HELD # #"


def test_the_characters_of_a_merged_cell_are_put_together():
    assert words("三 | 、 | 本 | 年 | 度 | 办理结果 | （一）予以公开 | 1 | 2 |\n") == "RESULTS GRANTED # #"


def test_a_label_may_stand_above_and_below_its_values():
    text = (
        "2.没有现成信息需要另行制作    1    2    3    4    5    6    7\n"
        "3.补正后申请内容仍\n"
        "                              8    9    10   11   12   13   14\n"
        "不明确\n"
    )
    assert words(text) == "NEEDS_CREATION # # # # # # # STILL_UNCLEAR # # # # # # #"


@pytest.mark.parametrize("cut", range(1, 17))
def test_a_head_may_be_cut_anywhere(cut):
    label = "二、上年结转政府信息公开申请数量"
    one, other = label[:cut], label[cut:]
    text = f"{one}\n{other}\n1\n2\n3\n4\n5\n6\n7\n" if other else f"{one}\n1\n2\n3\n4\n5\n6\n7\n"
    assert words(text) == "CARRIED_IN # # # # # # #"


def test_labels_that_follow_one_another_stay_apart():
    heads = "自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计\n"
    assert words(heads) == (
        "NATURAL_PERSON ENTERPRISE RESEARCH_INSTITUTION PUBLIC_WELFARE_ORGANIZATION LEGAL_SERVICE_AGENCY OTHER TOTAL"
    )


def test_a_bare_heading_is_a_heading_where_no_label_goes_on():
    assert types("三、\n本年度共收到申请2件。\n四、\n无。\n") == [
        *("REQUESTS_HEADING", "TEXT", "PROCEEDINGS_HEADING", "TEXT"),
    ]


def test_the_row_four_is_not_section_four():
    text = "四、结转下年度继续办理 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |\n四、政府信息公开行政复议、行政诉讼情况\n"
    assert types(text) == ["REQUESTS", "PROCEEDINGS_HEADING"]


# ── Damaged labels ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("above", "damaged", "below", "word"),
    [
        ("1.属于国家秘密", "2.其他法律行政止公开", "3.危及“三安全一稳定”", "PROHIBITED_BY_LAW"),
        (
            "2.其他法律行政法规禁止公开",
            "3.危机“三安全一稳定”",
            "4.保护第三方合法权益",
            "ENDANGERS_SECURITY_OR_STABILITY",
        ),
        ("6.属于四类过程性信息", "属于行政法案卷", "8.属于行政查询事项", "ENFORCEMENT_FILES"),
        ("1.信访举报投诉类申请", "2.重复审请", "3.要求提供公开出版物", "REPEATED"),
        ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公申请数量", "（一）予以公开", "CARRIED_IN"),
    ],
)
def test_a_damaged_label_is_recognised_between_its_neighbours(above, damaged, below, word):
    parts = words(f"{above} | 1 | 2 |\n{damaged} | 3 | 4 |\n{below} | 5 | 6 |\n").split()
    assert (parts[3], parts[4:6]) == (word, ["#", "#"])
    one_neighbour = words(f"{above} | 1 | 2 |\n{damaged} | 3 | 4 |\n").split()
    assert one_neighbour[3] == word


@pytest.mark.parametrize(
    ("above", "damaged", "below"),
    [
        # Its place is above the row that stands above it, or below the one that stands below.
        ("3.危及“三安全一稳定”", "2.其他法律行政止公开", "4.保护第三方合法权益"),
        ("1.属于国家秘密", "属于行政法案卷", "2.其他法律行政法规禁止公开"),
        # Its number is that of another row.
        ("2.其他法律行政法规禁止公开", "4.危机“三安全一稳定”", "5.属于三类内部事务信息"),
        # It has too little left.
        ("1.信访举报投诉类申请", "2.重审请", "3.要求提供公开出版物"),
    ],
)
def test_a_damaged_label_out_of_its_place_stays_unknown(above, damaged, below):
    parts = words(f"{above} | 1 | 2 |\n{damaged} | 3 | 4 |\n{below} | 5 | 6 |\n").split()
    assert parts[3] == "UNKNOWN"


def test_a_damaged_label_without_a_table_around_is_text():
    assert types("3.危机“三安全一稳定”\n") == ["NUMBERED"]


def test_a_damaged_head_is_recognised_between_the_heads():
    text = "信息内容 | 本年发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 1 | 2 | 3 |\n"
    assert words(text) == "INFORMATION ISSUED REPEALED IN_FORCE RULES # # #"


def test_of_two_likely_words_none_is_taken():
    text = "信息内容 | 本年处理决定数量 |\n行政许可 | 1 |\n行政处可 | 2 |\n行政强制 | 3 |\n"
    assert "PENALTIES" in words(text)
    # Above 行政许可 it might be that, or 行政处罚 printed before it.
    text = "信息内容 | 本年处理决定数量 |\n行政处可 | 2 |\n"
    assert words(text) == "INFORMATION DECISIONS UNKNOWN #"


# ── 其他 and 总计 ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("other", ["其他", "其它", "3.其他", "3、其它"])
@pytest.mark.parametrize("total", ["总计", "合计", "（七）总计", "办理结果合计"])
def test_other_and_total_are_rows_below_the_rows_of_their_group(other, total):
    text = (
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 1 | 2 |\n"
        f"{other} | 3 | 4 |\n{total} | 5 | 6 |\n四、结转下年度继续办理 | 7 | 8 |\n"
    )
    assert words(text) == "FEE_UNPAID # # MISCELLANEOUS # # RESULTS_TOTAL # # CARRIED_OUT # #"


def test_other_and_total_are_heads_elsewhere():
    assert words("法律服务机构 | 其他 | 总计 |\n一、本年新收 | 1 | 2 | 3 |\n") == (
        "LEGAL_SERVICE_AGENCY OTHER TOTAL RECEIVED # # #"
    )
    assert words("结果维持 | 结果纠正 | 其他 | 未审结 | 合计 |\n1 | 2 | 3 | 4 | 5 |\n") == (
        "UPHELD CORRECTED OTHER PENDING TOTAL ! # # # # #"
    )


def test_the_total_in_form_2019_stands_right_below_the_row_six():
    assert words("（六）其他处理 | 1 | 2 |\n总计 | 3 | 4 |\n") == "OTHER_TOTAL # # RESULTS_TOTAL # #"


# ── Nothing is lost ──────────────────────────────────────────────────────────────────────────────────────────────────


@given(
    st.lists(st.integers(0, 999), min_size=3, max_size=3),
    st.sampled_from(["规章", "行政规范性文件", "规草", "行政确认"]),
)
def test_every_number_of_a_row_is_a_token_once(numbers, label):
    row = " | ".join([label, *map(str, numbers)])
    text = f"{HEADS}行政规范性文件 | 1001 | 1002 | 1003 |\n{row} |\n行政许可 | 1004 |\n"
    printed = [cell.text for cell in cells(text) if cell.type == "NUMBER"]
    assert printed == ["1001", "1002", "1003", *map(str, numbers), "1004"]


def test_a_label_of_another_table_in_a_row_takes_no_values_in_silence():
    text = (
        "三、收到和处理政府信息公开申请情况\n"
        "本年新 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
        "二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n"
    )
    report = parse_text(text)
    assert report.requests.carried_in.total == 2
    assert report.requests.received.total == 1 or any(
        finding.covers("requests.received.total") for finding in report.findings
    )


# ── Rows between the halves of a label ───────────────────────────────────────────────────────────────────────────────

APPLICANTS = "自然人 | 法人或其他组织 | 总计 |\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"


def row(label: str, first: int) -> str:
    return f"{label}{' | ' * bool(label)}" + " | ".join(str(first + i) for i in range(7)) + " |\n"


@pytest.mark.parametrize("between", range(5))
def test_a_row_without_label_between_the_halves_of_another_is_nobodys(between):
    rows = ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "（二）部分公开", "（一）予以公开"][:between]
    text = (
        f"三、收到和处理政府信息公开申请情况\n{APPLICANTS}"
        + row("三、本 | （一）予以公开", 30)
        + "".join(row(label, 100 + 10 * at) for at, label in enumerate(reversed(rows[:3]), 1))
        + "3.危及“三安全一稳定” |\n"
        + row("| 900", 901).replace("|  | ", "| ")
        + "年度办理结果 |\n"
        + row("（七）总计", 70)
    )
    report = parse_text(text)
    shown = {cell.value for cell in report.cells()}
    assert not shown & set(range(900, 910))
    assert any(finding.code == "GX003" for finding in report.findings)


def test_numbers_behind_a_label_on_its_line_stand_at_their_own_places():
    text = f"{HEADS.replace(' | ', chr(10)).replace(' |', '')}规章 15 26 37\n三、收到和处理政府信息公开申请情况\n"
    found = {cell.raw: cell.location for cell in parse_text(text).cells() if cell.value is not None}
    assert {raw: (where.line, where.column) for raw, where in found.items()} == {
        "15": (5, 4),
        "26": (5, 7),
        "37": (5, 10),
    }
