"""What changed between two texts."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse.comparison.words import Kind, matches, pieces

MARKS = {Kind.EQUAL: "{}", Kind.DELETED: "[-{}-]", Kind.INSERTED: "[+{}+]"}


def marked(before, after):
    return "".join(MARKS[piece.kind].format(piece.text) for piece in pieces(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("收到申请。", "收到申请。", "收到申请。"),
        ("收到申请21件。", "收到申请95件。", "收到申请[-21-][+95+]件。"),
        ("占比12.5%左右", "占比2.5%左右", "占比[-12.5%-][+2.5%+]左右"),
        ("访问1,205次，咨询3次", "访问1,305次，咨询3次", "访问[-1,205-][+1,305+]次，咨询3次"),
        ("使用OFD格式文件", "使用PDF格式文件", "使用[-OFD-][+PDF+]格式文件"),
        ("加强公开平台建设。", "加强平台建设。", "加强[-公开-]平台建设。"),
        ("加强平台建设。", "加强公开平台建设。", "加强[+公开+]平台建设。"),
        ("", "新增一段", "[+新增一段+]"),
        ("删去一段", "", "[-删去一段-]"),
        ("甲乙丙丁", "戊己庚辛", "[-甲乙丙丁-][+戊己庚辛+]"),
    ],
)
def test_runs_of_characters(before, after, expected):
    assert marked(before, after) == expected


def test_a_crumb_between_two_changes_is_no_sign_that_it_stayed():
    assert marked("我们完善了制度建设，全年如此", "我们健全的了机制，全年如此") == (
        "我们[-完善了制度建设-][+健全的了机制+]，全年如此"
    )


def test_what_stays_at_an_end_is_kept_however_short():
    assert marked("甲一二乙丙丁", "甲六七乙丙丁") == "甲[-一二-][+六七+]乙丙丁"
    assert marked("甲乙丙丁一二戊", "甲乙丙丁六七戊") == "甲乙丙丁[-一二-][+六七+]戊"


def test_punctuation_between_two_changes_stays():
    assert marked("全年无事，申请甲件，答复乙件。", "全年有事，申请丙件，答复丁件。") == (
        "全年[-无-][+有+]事，申请[-甲-][+丙+]件，答复[-乙-][+丁+]件。"
    )


def test_texts_that_share_crumbs_only_are_two_texts():
    assert marked("甲，乙丙丁戊己庚辛", "子，丑寅卯辰巳午未") == "[-甲，乙丙丁戊己庚辛-][+子，丑寅卯辰巳午未+]"


TEXTS = st.text("甲乙丙，。1 aA", max_size=30) | st.text(max_size=12)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before, after):
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind is not Kind.INSERTED) == before
    assert "".join(piece.text for piece in found if piece.kind is not Kind.DELETED) == after
    assert all(piece.text for piece in found)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert {piece.kind for piece in pieces(text, text)} <= {Kind.EQUAL}


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_matches_are_true_and_in_order(old, new):
    found = matches(old, new)
    assert all(old[i : i + size] == new[j : j + size] for i, j, size in found)
    assert all(size > 0 for _, _, size in found)
    for (i, j, size), (k, m, _) in pairwise(found):
        assert i + size <= k
        assert j + size <= m
        assert (i + size, j + size) != (k, m)


def test_long_sequences_are_cut_at_what_occurs_once():
    old = [*range(1000), -1, *range(2000, 3000)]
    new = [*range(500, 1000), -2, *range(1900, 3000), 5]
    assert matches(old, new) == [(500, 0, 500), (1001, 601, 1000)]


def test_long_sequences_in_another_order_keep_the_most():
    old = [0, *range(1, 1000), *range(1000, 1400), 0]
    new = [-1, *range(1000, 1400), *range(1, 1000), -1]
    assert matches(old, new) == [(1, 401, 999)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("甲" * 40_000, "乙甲" * 20_000),
        ("甲乙" * 20_000, "乙甲丙" * 15_000),
        ("".join(map(chr, range(0x4E00, 0x9F00))), "".join(map(chr, range(0x9F00, 0x4E00, -1)))),
        (
            "".join(random.Random(1).choices("甲乙丙丁戊己庚辛，", k=40_000)),
            "".join(random.Random(2).choices("甲乙丙丁戊己庚辛，", k=40_000)),
        ),
        (
            "".join(f"{chr(0x4E00 + n)}{'甲' * 200}" for n in range(200)),
            "".join(f"{chr(0x4E00 + n)}{'甲乙' * 100}" for n in range(200)),
        ),
    ],
    ids=["one character", "two characters", "backwards", "random", "many blocks"],
)
def test_long_texts_take_no_time_to_speak_of(before, after):
    start = time.process_time()
    pieces(before, after)
    assert time.process_time() - start < 10
