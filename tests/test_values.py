"""A cell's number is the one printed, or none."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse.document import Location
from gxparse.grammar import Token
from gxparse.language import vocabulary
from gxparse.values import Reading, read, unit_in


def reading(text: str, kind: type = int, *, is_change: bool = False) -> Reading:
    """What a cell with this text says, in a column of counts, amounts or changes."""
    terminal = vocabulary().value(text)
    return read(Token(terminal or "REMARK", text, Location()), kind, is_change=is_change)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("+89", 89),
        ("-7", -7),
        ("－7", -7),
        ("—7", -7),
        ("＋５", 5),
        ("１２", 12),
        ("1,204", 1204),
        ("１，２０４", 1204),
        ("12,345,678", 12345678),
        ("0012", 12),
        ("3.0", 3),
        (" \u3000 12 \xa0", 12),
        ("\n12\n", 12),
        ("\ufeff12\u200b", 12),
        ("123456789012345", 123456789012345),
    ],
)
def test_a_bare_number_is_that_number(text, value):
    assert reading(text) == Reading(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", "0"), ("7730.28", "7730.28"), ("1,204.50", "1204.50"), ("７５．４５", "75.45"), ("-3.5", "-3.5")],
)
def test_an_amount_keeps_its_decimals(text, value):
    found = reading(text, Decimal)
    assert type(found.value) is Decimal
    assert (str(found.value), found.in_words) == (value, False)


@pytest.mark.parametrize("text", ["1.5", "0.50", "1,204.25", "１．５", "1.5件"])
def test_a_count_has_no_fraction(text):
    assert reading(text).value is None


@pytest.mark.parametrize(
    "text",
    [
        *("12 15", "1 204", "１ ２", "1\n2", "1\t2", "1\xa02", "1\u30002", "1\u200b2", "- 7"),
        *("35²", "35³", "35①", "⑤", "3⁵", "½", "Ⅳ", "五", "二十"),
        *("1,20", "12,04", "1,2345", ",123", "1,,234", "12.", ".5", "1.2.3", "1.204,50", "1'204"),
        *("--5", "+-5", "5-", "5+", "3/4", "3-5", "2~3", "1e3", "0x1", "12%", "(5)", "（5）", "5。", "5、", "5*"),
        *("约4", "4以上", "近百", "≈4", "4余", "12位", "A4", "O", "l2", "٣", "१"),
        *("1" * 16, "9" * 100, "1.1234567"),
    ],
)
def test_what_is_no_plain_number_is_not_read(text):
    for kind in (int, Decimal):
        assert reading(text, kind) == reading(text, kind, is_change=True) == Reading()


@pytest.mark.parametrize(
    "text",
    ["", " ", "\u3000", "\xa0", "&nbsp;", "&nbsp", "&#160;", "&NBSP;&nbsp;", "<o:p></o:p>", " &nbsp;\n", "\ufeff"],
)
def test_blank_is_blank_and_not_zero(text):
    assert (vocabulary().value(text), reading(text)) == ("BLANK", Reading())


@pytest.mark.parametrize(
    "text",
    [
        *("/", "／", "\\", "-", "—", "——", "－－", "N/A", "n/a", "NA"),
        *("无", "無", "暂无", "不涉及", "不適用", "无此项"),
        *("本单位未制作规章", "本局无行政处罚事项", "我街道不涉及"),
    ],
)
def test_not_applicable_is_not_zero(text):
    assert (vocabulary().value(text), reading(text)) == ("NOT_APPLICABLE", Reading())


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("201件", 201, "件"),
        ("201 件", 201, "件"),
        ("２０１件", 201, "件"),
        ("1,204項", 1204, "项"),
        ("3人次", 3, "人次"),
        ("22（其中修订16件）", 22, None),
        ("22件(其中修订16件)", 22, "件"),
        ("22（含延期）", 22, None),
    ],
)
def test_a_count_may_have_a_unit_or_a_note(text, value, unit):
    assert reading(text) == Reading(value, unit, in_words=True)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("251000元", "251000", "元"),
        ("42603.77万元", "42603.77", "万元"),
        ("42603.77 萬元", "42603.77", "万元"),
        ("1.2亿元", "1.2", "亿元"),
        ("12万元（含税）", "12", "万元"),
    ],
)
def test_an_amount_keeps_its_unit_and_is_not_converted(text, value, unit):
    assert reading(text, Decimal) == Reading(Decimal(value), unit, in_words=True)


@pytest.mark.parametrize(("text", "kind"), [("201件", Decimal), ("3项", Decimal), ("251000元", int), ("3万元", int)])
def test_counts_are_not_money(text, kind):
    assert reading(text, kind) == Reading()


@pytest.mark.parametrize("text", ["22（其中16（修订）件）", "22（16件，6件）", "（其中16件）22", "22件16", "2件3项"])
def test_two_numbers_are_none(text):
    assert reading(text) == Reading()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("增加2", 2),
        ("新增 2项", 2),
        ("增１２", 12),
        ("减3", -3),
        ("減少3項", -3),
        ("减少1,204", -1204),
        ("增加0", 0),
        ("减0", 0),
    ],
)
def test_a_change_may_be_in_words(text, value):
    assert reading(text, is_change=True) == Reading(value, in_words=True)
    assert reading(text) == Reading()


def test_a_change_in_words_is_read_in_the_column_of_changes_only():
    assert read(Token("INCREASE", "增加2", Location()), int) == Reading()


@pytest.mark.parametrize(
    "text", ["增-2", "减-3", "减+3", "增加2.5", "增减2", "减 少3", "增加", "减", "增加2减3", "持平"]
)
def test_a_change_that_contradicts_itself_is_not_read(text):
    assert reading(text, is_change=True) == Reading()


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.sampled_from(["{}", "{:,}", " {}\n", "\u3000{:+}"]))
def test_any_number_as_python_writes_it(number, layout):
    assert reading(layout.format(number)).value == number


@given(st.integers(0, 10**9))
def test_full_width_is_the_same_number(number):
    wide = f"{number:,}".translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert reading(wide).value == number


@given(st.text("0123456789０９+-－,，. 　²①件元增减（）()\n/", max_size=12))
def test_a_value_is_never_other_digits_than_those_printed(text):
    for is_change in (False, True):
        value = reading(text, is_change=is_change).value
        if value is not None:
            plain = text.translate({code + 0xFEE0: code for code in range(0x21, 0x7F)})
            first = re.search(r"[0-9,]+", plain)[0].replace(",", "")
            assert abs(value) == int(first)


@pytest.mark.parametrize(("length", "value"), [(240, 22), (241, None)])
def test_a_cell_that_is_read_is_no_longer_than_a_label(length, value):
    text = "22（" + "含" * (length - 4) + "）"
    assert (len(text), reading(text).value) == (length, value)
    assert read(Token("QUANTITY", text, Location()), int).value == value


def test_a_text_as_long_as_a_book_is_no_number():
    assert read(Token("NUMBER", "1" * 10_000, Location()), int) == Reading()


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"),
        ("采购总金额(萬 元)", "万元"),
        ("采购总金额（元）", "元"),
        ("采购总金额（亿元）", "亿元"),
        ("采购总金额", None),
        ("", None),
    ],
)
def test_the_unit_of_a_head(head, unit):
    assert unit_in(head) == unit
