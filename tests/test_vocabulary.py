"""How a text is told to be a word of the form: by its spelling, or, damaged, by its likeness and its number."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gxparse import grammar, normalise
from gxparse.language import vocabulary
from gxparse.vocabulary import SHARED, distance, spellings

LABELS = sorted(vocabulary()._spelled)


def names(text: str, family: str) -> set[str]:
    """The words of a table that a damaged label may be."""
    return {likeness.word.name for likeness in vocabulary().like(text, family)}


def name(text: str) -> str | None:
    word = vocabulary().label(text)
    return word.name if word else None


class TestSpellings:
    @pytest.mark.parametrize(
        ("pattern", "texts"),
        [
            ("规章", ["规章"]),
            ("(?:规章|文件)", ["文件", "规章"]),
            ("规章?", ["规", "规章"]),
            ("(?:行政)?许可", ["行政许可", "许可"]),
            (r"3\.其(?:他|它)", ["3.其他", "3.其它"]),
            (r"增(?:/|\\)?减", ["增/减", "增\\减", "增减"]),
            ("(?:一(?:二|三)?)?四", ["一三四", "一二四", "一四", "四"]),
            ("一|二三", ["一", "二三"]),
        ],
    )
    def test_every_text_of_a_pattern(self, pattern, texts):
        assert sorted(spellings(pattern)) == sorted(texts)

    @pytest.mark.parametrize("pattern", ["规章*", "规+", "规.", "[规章]", "规{2}", "(规章)", "^规", "规$"])
    def test_a_pattern_of_no_list_of_texts_is_refused(self, pattern):
        with pytest.raises(ValueError, match="not a list of spellings"):
            spellings(pattern)

    @pytest.mark.parametrize("pattern", ["(?:规章", "(?:(?:规)章"])
    def test_an_open_bracket_is_refused(self, pattern):
        with pytest.raises(ValueError, match="bracket"):
            spellings(pattern)

    @pytest.mark.parametrize("table", grammar.TABLES)
    def test_each_spelling_is_matched_by_its_terminal(self, table):
        for terminal in grammar.load(table).terminals:
            pattern = terminal.pattern.to_regexp()
            assert all(re.fullmatch(pattern, spelling) for spelling in spellings(pattern))

    @pytest.mark.parametrize("spelling", LABELS)
    def test_each_spelling_is_written_as_labels_are_compared(self, spelling):
        assert normalise.label(spelling) == spelling


class TestDistance:
    @pytest.mark.parametrize(
        ("one", "other", "steps"),
        [
            ("规章", "规章", 0),
            ("规章", "规", 1),
            ("规章", "规规章", 1),
            ("规章", "规定", 1),
            ("本年发件", "本年制发件数", 2),
            ("", "规章", 2),
            ("章规", "规章", 2),
        ],
    )
    def test_lost_added_and_changed_characters_count_one(self, one, other, steps):
        assert distance(one, other, 9) == distance(other, one, 9) == steps

    @given(st.text("规章制", max_size=8), st.text("规章制", max_size=8), st.integers(0, 8))
    def test_above_the_limit_it_is_any_number_above(self, one, other, limit):
        steps = distance(one, other, 99)
        found = distance(one, other, limit)
        assert found == steps if steps <= limit else found > limit

    @given(*[st.text("规章制", max_size=6)] * 3)
    def test_a_detour_is_never_shorter(self, one, other, third):
        assert distance(one, third, 99) <= distance(one, other, 99) + distance(other, third, 99)
        assert (distance(one, other, 99) == 0) is (one == other)


class TestLabel:
    @pytest.mark.parametrize("spelling", LABELS)
    def test_every_spelling_is_a_label_and_no_value(self, spelling):
        assert vocabulary().label(spelling) == vocabulary().spelled(spelling)
        assert vocabulary().value(spelling) is None

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("(二)部分公开", "PARTIALLY_GRANTED"),
            ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "PARTIALLY_GRANTED"),
            ("（二）部分公开（区分处理的）", "PARTIALLY_GRANTED"),
            ("部 分\n公 开", "PARTIALLY_GRANTED"),
            ("本年增/减（减用负值表示，如 -8）", "CHANGE"),
            ("本年（2023）制发件数", "ISSUED"),
            ("本年(2023年)制发件数", "ISSUED"),
            ("行政規範性文件", "NORMATIVE_DOCUMENTS"),
            ("1、属于国家秘密", "STATE_SECRET"),
            ("（1）属于国家秘密", "STATE_SECRET"),
            ("第二十条第（八）项", "ARTICLE"),
            ("总计", "TOTAL"),
            ("其它", "OTHER"),
        ],
    )
    def test_variants_of_a_label(self, text, word):
        assert name(text) == word

    @pytest.mark.parametrize(
        "text", ["", "规", "章", "规章制度", "关于规章的说明", "行政", "数量", "第二十一条", "规章0"]
    )
    def test_a_text_that_only_holds_a_label_is_none(self, text):
        assert name(text) is None

    def test_a_long_text_is_no_label(self):
        assert name("规章" + " " * 300) is None
        assert name("规章（" + "注" * 500 + "）") is None

    # Without what stands in the open bracket, nothing is left of the label but 四、, which may be a heading.
    @pytest.mark.parametrize("text", ["四、（转下年度继续办理", "一、（年新收政府信息公开申请数量", "二、(年结转"])
    def test_a_row_with_a_stray_bracket_is_no_section(self, text):
        assert name(text) not in {"OVERVIEW_HEADING", "DISCLOSURE_HEADING", "REQUESTS_HEADING", "PROCEEDINGS_HEADING"}

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("一、总体情况", "OVERVIEW_HEADING"),
            ("总体情况。", "OVERVIEW_HEADING"),
            ("一、2023年政府信息公开工作的总体情况", "OVERVIEW_HEADING"),
            ("## 二、主动公开政府信息情况", "DISCLOSURE_HEADING"),
            ("二、行政机关主动公开政府信息的情况", "DISCLOSURE_HEADING"),
            ("三、", "REQUESTS_HEADING"),
            ("三、政府信息公開申請情況", "REQUESTS_HEADING"),
            ("四、因政府信息公开工作被申请行政复议、提起行政诉讼的情况", "PROCEEDINGS_HEADING"),
            ("五、存在的问题和改进措施", "PROBLEMS_HEADING"),
            ("六、需要说明的其他事项", "OTHER_MATTERS_HEADING"),
        ],
    )
    def test_headings_with_their_variants(self, text, word):
        assert name(text) == word

    @given(st.text(max_size=40))
    @example("四、")
    def test_any_text_is_a_word_or_none(self, text):
        word = vocabulary().label(text)
        assert word is None or word.family in ("report", SHARED, *grammar.TABLES)


class TestLike:
    @pytest.mark.parametrize(
        ("text", "family", "word"),
        [
            ("3.危机“三安全一稳定”", "requests", "ENDANGERS_SECURITY_OR_STABILITY"),
            ("7.属于行政法案卷", "requests", "ENFORCEMENT_FILES"),
            ("属于行政法案卷", "requests", "ENFORCEMENT_FILES"),
            ("2.其他法律行政止公开", "requests", "PROHIBITED_BY_LAW"),
            ("行政事业型收费", "disclosure", "FEES"),
            ("本年发件数", "disclosure", "ISSUED"),
            ("未经复议直接起讼", "proceedings", "DIRECT_LITIGATION"),
        ],
    )
    def test_one_character_in_four_may_be_damaged(self, text, family, word):
        assert names(text, family) == {word}

    @pytest.mark.parametrize("text", ["规则", "行政确认", "行政检查", "属于其他", "自然", "企业家", "申请总量"])
    def test_more_damage_than_that_is_no_likeness(self, text):
        assert names(text, "disclosure") == names(text, "requests") == set()

    @pytest.mark.parametrize("number", ["1.", "2.", "4.", "8.", "三、", "（三）", "（一）", "13."])
    def test_a_number_of_another_row_is_no_likeness(self, number):
        assert names(f"{number}危机“三安全一稳定”", "requests") == set()

    def test_a_number_that_is_lost_does_not_matter(self):
        assert names("危机“三安全一稳定”", "requests") == {"ENDANGERS_SECURITY_OR_STABILITY"}

    def test_of_two_that_are_as_near_both_are_named(self):
        assert names("贰费金额", "disclosure") == {"FEES_AMOUNT"}
        assert names("采费金额", "disclosure") == {"FEES_AMOUNT", "PROCUREMENT_AMOUNT"}
        assert names("行政处可", "disclosure") == {"LICENSING", "PENALTIES"}

    def test_labels_of_other_tables_are_none(self):
        assert names("行政事业型收费", "requests") == set()
        assert names("重复审请", "disclosure") == set()

    def test_a_long_text_is_like_nothing(self):
        assert vocabulary().like("重复申请" * 40, "requests") == ()

    @given(st.sampled_from([spelling for spelling in LABELS if "(" not in spelling[1:]]), st.data())
    def test_what_it_names_is_near(self, spelling, data):
        at = data.draw(st.integers(0, len(spelling) - 1))
        text = spelling[:at] + data.draw(st.sampled_from("公政一3、龘")) + spelling[at + 1 :]
        numbering, body = normalise.split_numbering(normalise.without_notes(normalise.label(text)))
        for table in grammar.TABLES:
            for likeness in vocabulary().like(text, table):
                number, other = normalise.split_numbering(likeness.spelling)
                assert distance(body, other, 99) * 4 <= len(other)
                assert likeness.word.family == table
                assert not numbering or not number or numbering == number


class TestBeginnings:
    @pytest.mark.parametrize("text", ["本", "本年", "三、本", "(四)无", "四", "行政事业性收费", "1.本机关不"])
    def test_a_label_may_be_cut_anywhere(self, text):
        assert text in vocabulary().beginnings

    @pytest.mark.parametrize("text", ["", "年", "法提供", "规章制", "(四)无办"])
    def test_what_begins_no_label(self, text):
        assert text not in vocabulary().beginnings
