"""How alike two texts are."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse.similarity import LIMIT, similarity

PARAGRAPH = (
    "2022年，我镇严格按照条例要求，围绕群众关心的事项，持续推进政务公开。全年通过网站主动公开信息1,205条，"
    "办理依申请公开三件，均按期答复。下一步将加强队伍建设，提高公开质量，定期组织业务培训。"
)
ANOTHER = (
    "本局今年首次设立开放日，邀请企业代表座谈，听取对审批流程的意见；公开栏目改版后按办事场景分类，"
    "新增图解和视频解读，访问人数有所增加。仍存在更新不及时、基层人手不足等问题。"
)
texts = st.text("政府信息公开工作年度报告2023年。，12件\n", max_size=60)


class TestFolding:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (PARAGRAPH, PARAGRAPH),
            (PARAGRAPH, PARAGRAPH.replace("2022", "2023").replace("1,205", "98").replace("三件", "十二件")),
            (PARAGRAPH, PARAGRAPH.replace("，", " ，\n").replace("。", "")),
            ("二〇二二年工作", "二○二三年工作"),
            ("二〇二二年工作", "2023年工作"),
            ("比例为12.5%", "比例为7%"),
            ("主動公開情況", "主动公开情况"),
            ("ＡＢＣ１２３", "ABC9"),
            ("", ""),
            ("，", "。"),
        ],
    )
    def test_signs_and_figures_do_not_count(self, one, other):
        assert similarity(one, other) == 1

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("统一部署工作", "统二部署工作"),
            ("第一时间公开", "第二时间公开"),
            ("公开", "公布"),
            ("公开", ""),
            ("甲", "乙"),
        ],
    )
    def test_what_only_looks_like_a_figure_counts(self, one, other):
        assert similarity(one, other) < 1


class TestDegrees:
    def test_other_words_for_other_things(self):
        assert similarity(PARAGRAPH, ANOTHER) < 0.1
        assert similarity("加强组织领导", "回应群众关切") == 0

    def test_a_sentence_more(self):
        more = PARAGRAPH + "同时完善信息发布审核机制。"
        assert 0.9 < similarity(PARAGRAPH, more) < 1

    def test_half_of_it(self):
        assert 0.4 < similarity(PARAGRAPH + ANOTHER, PARAGRAPH) < 0.8

    def test_the_order_of_paragraphs_hardly_matters(self):
        assert 0.95 < similarity(PARAGRAPH + ANOTHER, ANOTHER + PARAGRAPH) < 1

    def test_how_often_a_thing_is_said_matters(self):
        # 4 runs in all are 信息信 and 息信息, of which the one text has 2 and the other 4.
        assert similarity("信息信息", "信息信息信息") == pytest.approx(2 * 2 / (2 + 4))

    def test_three_characters_are_compared_at_a_time(self):
        assert similarity("政府信息", "政府公开") == 0
        assert similarity("政府信息", "政府信用") == pytest.approx(0.5)


@given(texts)
def test_a_text_is_like_itself(text):
    assert similarity(text, text) == 1


@given(texts, texts)
def test_likeness_is_a_share_and_goes_both_ways(one, other):
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, other) == similarity(other, one)


@given(st.text(), st.text())
def test_any_text_will_do(one, other):
    assert 0 <= similarity(one, other) <= 1


@pytest.mark.parametrize("unit", ["政府信息公开", "一", "1", "1,", "一件", " ", "。", "１"])
def test_the_time_grows_with_the_length_and_no_further(unit):
    text = unit * (LIMIT // len(unit))
    start = perf_counter()
    assert similarity(text, text) == 1
    assert perf_counter() - start < 5


def test_what_is_very_long_is_compared_by_its_beginning():
    assert similarity("信" * LIMIT, "信" * LIMIT + ANOTHER) == 1
    assert similarity("信" * LIMIT, "信" * (LIMIT - 1) + "访") < 1
