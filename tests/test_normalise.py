"""Labels are brought to one spelling, numbers hardly at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse import normalise
from gxparse.records import Form, Report, labels_of
from tests.layouts import VARIANTS

FORMS_LABELS = sorted(
    {
        part
        for form in Form
        for cell in Report.blank(form).cells()
        for part in labels_of(type(getattr(Report(), cell.path.split(".", maxsplit=1)[0])), cell.path)
    }
)


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("规 章", "规章"),
        ("规\n\u3000章\xa0", "规章"),
        ("**规章**", "规章"),
        ("### 规章", "规章"),
        ("規章", "规章"),
        ("行政規範性文件", "行政规范性文件"),
        ("本年增／減", "本年增/减"),
        ("３．危及“三安全一稳定”", '3.危及"三安全一稳定"'),
        ("3、危及「三安全一稳定」", '3.危及"三安全一稳定"'),
        ("（3）危及‘三安全一稳定’", '3.危及"三安全一稳定"'),
        ("3）危及三安全一稳定", "3.危及三安全一稳定"),
        ("㈢不予公开", "(三)不予公开"),
        ("（ 三 ）、不予公开", "(三)不予公开"),
        ("一．本年新收", "一、本年新收"),
        ("一，本年新收", "一、本年新收"),
        ("本\u200b年\ufeff新\u00ad收", "本年新收"),
        ("", ""),
    ],
)
def test_one_spelling_for_a_label(text, spelling):
    assert normalise.label(text) == spelling


@pytest.mark.parametrize("label", FORMS_LABELS)
def test_every_label_of_the_form_is_found_in_other_characters(label):
    spelling = normalise.label(label)
    for change in VARIANTS.values():
        assert normalise.label(change(label)) == spelling
    assert normalise.label("\u3000".join(label)) == spelling
    assert normalise.label("\n".join(label)) == spelling


@given(st.text(max_size=30))
def test_a_spelling_is_its_own_spelling(text):
    # What is left when a numbering is taken away may be another: (1)1.规章.
    once = normalise.label(text)
    assert "".join(once.split()) == once


@pytest.mark.parametrize(
    ("text", "numbering", "rest"),
    [
        ("(三)不予公开", "(三)", "不予公开"),
        ("(三)、不予公开", "(三)", "不予公开"),
        ("三、本年度", "三、", "本年度"),
        ("三.本年度", "三、", "本年度"),
        ("十二、附件", "十二、", "附件"),
        ("3.其他", "3.", "其他"),
        ("3、其他", "3.", "其他"),
        ("(3)其他", "3.", "其他"),
        ("3)其他", "3.", "其他"),
        ("12.其他", "12.", "其他"),
        ("3.5", "", "3.5"),
        ("2023年", "", "2023年"),
        ("三类内部事务信息", "", "三类内部事务信息"),
        ("一是加强", "", "一是加强"),
        ("(单位:万元)", "", "(单位:万元)"),
        ("", "", ""),
    ],
)
def test_numbering_is_split_from_what_it_numbers(text, numbering, rest):
    assert normalise.split_numbering(text) == (numbering, rest)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("(二)部分公开(区分处理的,只计这一情形)", "(二)部分公开"),
        ("本年增/减(减用负值表示,如-8)", "本年增/减"),
        ("本年制发件数(含修订(不含废止))", "本年制发件数"),
        ("规章[注1]", "规章"),
        ("规章", "规章"),
    ],
)
def test_explanations_in_brackets_are_left_out(text, bare):
    assert normalise.without_notes(text) == bare


@pytest.mark.parametrize("text", ["四、(结转下年度继续办理", "一、(本年新收", "1.(属于国家秘密"])
def test_a_stray_bracket_does_not_swallow_the_whole_label(text):
    assert normalise.without_notes(text) not in ("四、", "一、", "1.", "")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (" 12\n", "12"),
        ("１２", "12"),
        ("－１，２０４．５", "-1,204.5"),
        ("—7", "-7"),
        ("12 15", "12 15"),
        ("12\u300015", "12 15"),
        ("12\n15", "12\n15"),
        ("35²", "35²"),
        ("35①", "35①"),
        ("Ⅳ", "Ⅳ"),
        ("&nbsp;", ""),
        ("<o:p></o:p>", ""),
    ],
)
def test_numbers_are_folded_no_further_than_signs_and_ends(text, folded):
    assert normalise.fold_number(text) == folded


@given(st.text(max_size=20))
def test_squeezing_and_simplifying_keep_one_character_for_one(text):
    squeezed = normalise.squeeze(text)
    assert len(normalise.simplified(squeezed)) == len(squeezed)
    assert normalise.squeeze(squeezed) == squeezed
    assert not any(character.isspace() for character in squeezed)


def test_the_two_scripts_are_listed_side_by_side():
    assert len(normalise._TRADITIONAL) == len(normalise._SIMPLIFIED)
    assert normalise.simplified(normalise._TRADITIONAL) == normalise._SIMPLIFIED
    assert normalise.simplified(normalise._SIMPLIFIED) == normalise._SIMPLIFIED


@given(st.text(st.sampled_from([*normalise._SPELLING_OF_SIGN, *"规章 a'\"-"])))
def test_each_sign_is_made_half_width_once(text):
    assert normalise.squeeze(text) == "".join(
        normalise._SPELLING_OF_SIGN.get(character, character) for character in text.replace(" ", "")
    )
