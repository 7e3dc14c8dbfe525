"""GX401 to GX408: what the text says of numbers, against the tables."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import gxparse
from gxparse.findings import Severity
from gxparse.records import SECTIONS, Applicants, Form, OtherTable, Requests, Subsection, TextSection
from gxparse.rules import validate
from gxparse.rules.narrative.kinds import KINDS, Topic
from gxparse.rules.narrative.numerals import COUNT, counted, number
from gxparse.rules.narrative.scope import Scope
from gxparse.rules.narrative.statements import statements
from gxparse.rules.sheet import common
from gxparse.testing import consistent_reports, printed, reports, zeros
from tests.test_corpus import CORPUS

ZEROS = evolve(zeros(), year=2023, agency="青石镇林业站")


def with_text(*paragraphs, report=ZEROS, section="overview"):
    return evolve(report, **{section: TextSection("标题", paragraphs)})


def said(*paragraphs, **options):
    """What is understood: the kind, the number and, unless it is surely of the whole, how surely."""
    return [
        (each.kind, each.number) if each.scope is Scope.SAME else (each.kind, each.number, each.scope.name)
        for each in statements(with_text(*paragraphs, **options))
    ]


def found(report):
    return [(each.code, each.severity.value, each.path) for each in validate(report, select="GX4").findings]


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12件", 12),
        ("1,234件", 1234),
        ("1,234,567件", 1_234_567),
        ("0件", 0),
        ("零件", 0),
        ("两件", 2),
        ("十件", 10),
        ("十二件", 12),
        ("二十件", 20),
        ("一百零三件", 103),
        ("二千三百零五件", 2305),
        ("一千二百一十件", 1210),
        ("九千九百九十九件", 9999),
        ("为0。", 0),
        ("为零", 0),
    ],
)
def test_numbers_that_are_read(text, expected):
    (match,) = COUNT.finditer(text)
    assert counted(match) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1.2万件",
        "12万件",
        "约100件",
        "近百件",
        "十余件",
        "100余件",
        "100多件",
        "几十件",
        "数十件",
        "超过100件",
        "2-3件",
        "2至3件",
        "2、3件",
        "1,23件",
        "第1、2件",
        "12|15件",
        "5件次",
        "12件套",
        "一件事",
        "100件以上",
        "30件左右",
        "第三件",
        "每件",
        "为10",
        "10。",
        "2023年",
    ],
)
def test_numbers_that_are_not_exact_are_none(text):
    assert list(COUNT.finditer(text)) == []


@pytest.mark.parametrize(
    "words",
    [
        "二〇二",
        "百",
        "百十",
        "十百",
        "三百千",
        "三百五千",
        "三百五百",
        "一百十",
        "一二",
        "十十",
        "二十百",
        "一百五",
        "三千二",
    ],
)
def test_words_that_are_no_count(words):
    assert number(words) is None


@pytest.mark.parametrize(
    "text", ["收到政府信息公开申请１２件。", "收到政府信息公开申请 12 件。", "收到政府\n信息公開申請12件。"]
)
def test_width_script_and_white_space_make_no_difference(text):
    assert said(text) == [("received", 12)]


def test_white_space_within_a_number_leaves_it_unread():
    assert said("收到政府信息公开申请1 2件。") == []
    assert said("收到政府信息公开申请1", "2件。") == []
    assert said(ABOUT + "共1 2件，办结16件。") == [("handled", 16)]


# ── What is understood ───────────────────────────────────────────────────────────────────────────────────────────────

ABOUT = "依申请公开方面，"
CASES = "因政府信息公开引发"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年共收到政府信息公开申请35件。", [("received", 35)]),
        ("2023年，我局接到公民、法人和其他组织提出的政府信息公开申请共计35宗。", [("received", 35)]),
        ("本年度收到35件政府信息公开申请。", [("received", 35)]),
        ("政府信息公开申请共收到35件。", [("received", 35)]),
        ("收到政府信息公开申请：35件。", [("received", 35)]),
        (ABOUT + "本级办结16件。", [("handled", 16, "DOUBTFUL")]),
        ("青石镇林业站收到依申请公开35件。", [("received", 35)]),
        ("2023年以来收到政府信息依申请公开35件。", [("received", 35)]),
        (ABOUT + "收到35件。", [("received", 35)]),
        ("新收政府信息公开申请数量33件，上年结转2件。", [("newly_received", 33), ("carried_in", 2)]),
        ("全年受理政府信息公开申请35件。", [("accepted", 35)]),
        ("全年收到政府信息公开申请35件，全部办结。", [("received", 35)]),
        ("收到政府信息公开申请35件，较上年增加3件，办结34件。", [("received", 35), ("handled", 34)]),
        ("办理政府信息公开申请34件。", [("handled", 34)]),
        (ABOUT + "按期答复了34件。", [("handled", 34)]),
        (ABOUT + "上年度结转2件，结转下年度继续办理3件。", [("carried_in", 2), ("carried_out", 3)]),
        (ABOUT + "2022年结转2件，结转至2024年3件。", [("carried_in", 2), ("carried_out", 3)]),
        (ABOUT + "予以公开4件、部分公开3件、不予公开0件。", [("granted", 4), ("partially_granted", 3), ("denied", 0)]),
        (ABOUT + "无法提供4件，不予处理3件。", [("not_provided", 4), ("not_processed", 3)]),
        (ABOUT + "其他处理1件。", [("other_results", 1)]),
        (ABOUT + "予以公开及部分公开7件。", [("granted_or_partially", 7)]),
        (ABOUT + "予以公开2件，属于国家秘密1件，无法提供10件。", [("granted", 2), ("not_provided", 10)]),
        (ABOUT + "自然人申请4件，法人或其他组织申请3件。", [("natural_person", 4), ("organisations", 3)]),
        (ABOUT + "商业企业4件，企业3件。", [("enterprise", 4), ("companies", 3)]),
        (ABOUT + "科研机构2件，社会公益组织1件。", [("research_institution", 2), ("public_welfare_organization", 1)]),
        (CASES + "行政复议3件，其中维持2件、纠正1件。", [
            ("reconsideration", 3),
            ("upheld.RECONSIDERATION", 2),
            ("corrected.RECONSIDERATION", 1),
        ]),
        (CASES + "行政诉讼案件3件，结果维持2件，尚未审结1件。", [
            ("litigation", 3),
            ("upheld.LITIGATION", 2),
            ("pending.LITIGATION", 1),
        ]),
        (CASES + "行政复议、行政诉讼0件。", [("proceedings", 0)]),
        (CASES + "行政复议和行政诉讼共5件。", [("proceedings", 5)]),
        ("因信息公开被申请行政复议2件，被提起行政诉讼1件。", [("reconsideration", 2), ("litigation", 1)]),
        ("制发行政规范性文件5件，废止2件，现行有效8件。", [
            ("issued.NORMATIVE", 5),
            ("repealed.NORMATIVE", 2),
            ("in_force.NORMATIVE", 8),
        ]),
        ("制定规章1部，现行有效规章3部。", [("issued.RULES", 1), ("in_force.RULES", 3)]),
        ("制发规章、行政规范性文件0件。", [("issued.BOTH", 0)]),
        ("制发规章、行政规范性文件均为0件。", [("issued.BOTH", 0)]),
        (ABOUT + "12件予以公开、3件部分公开、1件被不予公开，其余2件结转下年度。", [
            ("granted", 12),
            ("partially_granted", 3),
            ("denied", 1),
            ("carried_out", 2),
        ]),
        (CASES + "行政复议3件，其中2件被维持，1件纠正；行政诉讼1件，1件尚未审结。", [
            ("reconsideration", 3),
            ("upheld.RECONSIDERATION", 2),
            ("corrected.RECONSIDERATION", 1),
            ("litigation", 1),
            ("pending.LITIGATION", 1),
        ]),
        (ABOUT + "同意全部公开3件、同意部分公开2件。", [("granted", 3), ("partially_granted", 2)]),
        (ABOUT + "申请人包括自然人3件。", [("natural_person", 3)]),
        (ABOUT + "收到35件申请，答复了33件申请。", [("received", 35), ("handled", 33)]),
        ("收到政府信息公开申请数量为0。", [("received", 0)]),
        ("没有一件政府信息公开申请。", [("received", 0)]),
        ("印发文件3个，收到政府信息公开申请35件。", [("received", 35)]),
        ("制发规范性文件5件，废止2件。", [("issued.NORMATIVE", 5, "DOUBTFUL"), ("repealed.NORMATIVE", 2, "DOUBTFUL")]),
        ("对申请行政复议的，维持2件。", [("upheld.RECONSIDERATION", 2, "DOUBTFUL")]),
        ("收到政府信息公开申请35件。收到政府信息公开申请36件。", [("received", 35), ("received", 36)]),
        ("作出行政许可决定9件，行政处罚决定8件，实施行政强制7件。", [
            ("licensing", 9),
            ("penalties", 8),
            ("compulsion", 7),
        ]),
        ("行政处罚、行政强制0项。", [("penalties_and_compulsion", 0)]),
    ],
)  # fmt: skip
def test_what_is_understood(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("本年度未收到政府信息公开申请。", "received"),
        ("我局没有收到公民、法人或其他组织要求公开政府信息的申请，", "received"),
        ("未收到公民、法人和其他组织提出的政府信息公开申请。", "received"),
        ("全年无政府信息公开申请", "received"),
        ("2023年没有接到依申请公开政府信息。", "received"),
        ("无结转下年度办理的政府信息公开申请。", "carried_out"),
        ("无上年结转的政府信息公开申请。", "carried_in"),
        ("未发生因政府信息公开申请行政复议、提起行政诉讼的情况。", "proceedings"),
        ("没有因政府信息公开引起的行政复议案件。", "reconsideration"),
        ("未因信息公开被提起行政诉讼。", "litigation"),
        ("未制发行政规范性文件。", "issued.NORMATIVE"),
        ("没有制定规章和行政规范性文件。", "issued.BOTH"),
    ],
)
def test_that_there_was_none(text, kind):
    assert said(text) == [(kind, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "未收到政府信息公开申请人的投诉。",
        "对未收到政府信息公开申请的单位加强指导。",
        "如未收到政府信息公开申请，应写明。",
        "区政府办未收到政府信息公开申请。",
        "区政府办没有一件政府信息公开申请。",
        "2022年未收到政府信息公开申请。",
        "是否有无政府信息公开申请。",
        "未收到法人和其他组织提出的政府信息公开申请。",
        "未收到公民提出的政府信息公开申请。",
        "未发生行政复议、行政诉讼。",
        "各科室未收到政府信息公开申请。",
        "收到政府信息公开申请35件，其中无上年结转的，",
    ],
)
def test_that_there_was_none_is_not_said(text):
    assert [each for each in said(text) if each[1] == 0] == []


# ── What is of something else ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "主动公开政府信息120件。",
        "收到群众来信35件，答复35件。",
        "全年收到政府信息公开申请很多，收到留言30件，答复30件。",
        "办理建议提案12件，予以公开12件。",
        "收到许可申请35件。",
        "收到申请35件。",
        "收到政府信息公开申请35次公告。",
        "收到政府信息公开申请35件次。",
        "收到政府信息公开申请35件文书。",
        "收到政府信息公开申请35部。",
        "收到政府信息公开申请百十件。",
        "因政府信息公开引发行政复议3条。",
        "因政府信息公开引发行政复议、行政诉讼均为1件。",
        "张某等人提出政府信息公开申请12件。",
        "普法宣讲行政复议案件50件，行政诉讼案件20件。",
        "解读规范性文件5件，报备规范性文件3件。",
        "制发公文9件，其中主动公开4件，依申请公开3件，不予公开2件。",
        "自然人30件，维持2件，废止3件。",
        f"某{'全年' * 40}收到政府信息公开申请35件。",
        "因政府信息公开引发行政复议、行政诉讼各1件。",
        ABOUT + "公民、法人和其他组织共3件。",
        "12件予以公开，1件被维持。",
        ABOUT + "12件不予公开决定被撤销。",
        ABOUT + "涉及土地的12件予以公开。",
        ABOUT + "收到35件申请材料。",
        ABOUT + "接听热线后，答复35件。",
        ABOUT + "1件被申请人为区政府。",
    ],
)
def test_what_is_not_understood(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2022年收到政府信息公开申请30件。",
        "去年收到政府信息公开申请30件。",
        "上半年，收到政府信息公开申请30件。",
        "1至9月，收到政府信息公开申请30件。",
        "自2008年以来，累计收到政府信息公开申请30件。",
        "近三年来收到政府信息公开申请30件。",
        "通过网络收到政府信息公开申请30件。",
        "当面受理政府信息公开申请30件。",
        "转办并办理政府信息公开申请30件。",
        "不予受理政府信息公开申请30件。",
        "指导办理政府信息公开申请30件。",
        "2021年至2023年，收到政府信息公开申请30件。",
        "2021-2023年，收到政府信息公开申请30件。",
        "县司法局办理行政复议案件50件。",
        "信用网站公示行政处罚决定12件。",
        "公示行政处罚决定12件。",
    ],
)
def test_what_is_of_another_year_or_a_part_is_no_finding(text):
    assert {each[2:] for each in said(text)} == {("OTHER",)}
    assert found(with_text(text)) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("收到政府信息公开申请35件，其中办结7件。", ("handled", 7, "OTHER")),
        ("收到政府信息公开申请35件，受理33件。", ("accepted", 33, "OTHER")),
        ("收到政府信息公开申请35件，受理政府信息公开申请33件。", ("accepted", 33, "OTHER")),
        ("收到政府信息公开申请35件，予以公开9件，自然人8件。", ("natural_person", 8, "OTHER")),
        ("收到政府信息公开申请35件，自然人8件，予以公开9件。", ("granted", 9, "DOUBTFUL")),
        ("收到政府信息公开申请35件，自然人8件；予以公开9件。", ("granted", 9)),
        ("收到政府信息公开申请35件，自然人8件，其中予以公开7件，部分公开8件。", ("partially_granted", 8, "OTHER")),
        ("收到政府信息公开申请35件，自然人8件，其中予以公开9件。", ("granted", 9, "DOUBTFUL")),
        ("收到政府信息公开申请35件，上年结转5件，其中予以公开5件。", ("granted", 5, "OTHER")),
        ("收到政府信息公开申请35件，上年结转5件，其中予以公开6件。", ("granted", 6)),
        ("收到政府信息公开申请35件，上年结转5件，予以公开5件。", ("granted", 5)),
        ("收到政府信息公开申请35件，征地类申请20件中，17件予以公开。", ("granted", 17, "OTHER")),
        ("收到政府信息公开申请35件，征地类申请20件。其中，17件予以公开。", ("granted", 17)),
        ("收到政府信息公开申请35件，较上年增加20件，其中17件予以公开。", ("granted", 17)),
        ("收到政府信息公开申请35件，其中自然人8件。", ("natural_person", 8)),
        ("收到政府信息公开申请35件。上年结转5件，予以公开3件。", ("granted", 3, "DOUBTFUL")),
        ("收到政府信息公开申请35件；收到17件。", ("received", 17, "OTHER")),
        ("收到政府信息公开申请35件，其他5件，办结政府信息公开申请33件，其中予以公开3件。", ("granted", 3)),
        ("收到政府信息公开申请35件，按时答复30件，延期答复5件。", ("handled", 30, "OTHER")),
        ("收到政府信息公开申请35件，按时答复30件，其中延期答复5件。", ("handled", 30)),
        ("收到政府信息公开申请35件，答复30件，延期答复5件。", ("handled", 30)),
    ],
)
def test_parts_of_what_was_said_before(text, part):
    assert said(text)[0] == ("received", 35)
    assert said(text)[-1] == part


def test_what_stands_in_brackets_does_not_change_of_whom_the_talk_is():
    assert said("收到政府信息公开申请35件（上年结转2件），其中自然人8件。")[-1] == ("natural_person", 8)


@pytest.mark.parametrize(
    "text",
    [
        "区政府办收到政府信息公开申请17件。",
        "区政府办公室认真履职。全年收到政府信息公开申请17件。",
        "本级收到政府信息公开申请17件。",
        "各部门收到政府信息公开申请17件。",
        "全区收到政府信息公开申请17件。",
        "我县收到政府信息公开申请17件。",
        "所属单位收到政府信息公开申请17件。",
        "累计收到政府信息公开申请17件。",
        "收到政府信息公开申请17件（不含各镇）。",
        "2022年有所进步。收到政府信息公开申请17件。",
        "目前，收到政府信息公开申请17件。",
        "土地类申请中，收到政府信息公开申请17件。",
        "某某收到政府信息公开申请17件。",
        "收到政府信息公开申请17条。",
        "政府信息公开申请17件。",
    ],
)
def test_where_the_scope_is_in_doubt_it_is_a_warning(text):
    assert [each[1:] for each in said(text)] == [(17, "DOUBTFUL")]
    assert found(with_text(text)) == [("GX401", "warning", "requests.received.total")]


@pytest.mark.parametrize(
    "text",
    [
        "截至12月31日，收到政府信息公开申请17件。",
        "2023年1月1日至2023年12月31日，收到政府信息公开申请17件。",
        "与2022年相比，工作更实，收到政府信息公开申请17件。",
        "全年累计收到政府信息公开申请17件。",
        "今年以来，收到政府信息公开申请17件。",
        "本局收到政府信息公开申请17件，主动公开信息300条。",
    ],
)
def test_words_that_leave_the_scope_as_it_is(text):
    assert said(text) == [("received", 17)]
    assert found(with_text(text)) == [("GX401", "error", "requests.received.total")]


def test_what_goes_on_has_the_scope_of_what_it_goes_on_from():
    assert said("区政府办收到政府信息公开申请17件。办结16件。")[1] == ("handled", 16, "DOUBTFUL")
    assert said("2022年收到政府信息公开申请17件。办结16件。")[1] == ("handled", 16, "OTHER")


def test_without_a_year_a_year_in_the_text_leaves_doubt():
    text = "2023年收到政府信息公开申请17件。"
    assert said(text, report=evolve(ZEROS, year=None)) == [("received", 17, "DOUBTFUL")]
    assert said(text, report=evolve(ZEROS, year=2024)) == [("received", 17, "OTHER")]


@pytest.mark.parametrize(
    ("agency", "scope"),
    [
        ("青石镇林业站", ()),
        ("青石镇人民政府", ("DOUBTFUL",)),
        ("云岭县人民政府办公室", ("DOUBTFUL",)),
        ("云岭县府办", ("DOUBTFUL",)),
        (None, ("DOUBTFUL",)),
    ],
)
def test_the_agency_may_name_itself_unless_it_may_stand_for_its_office(agency, scope):
    text = f"{agency or '青石镇林业站'}收到政府信息公开申请17件。"
    assert said(text, report=evolve(ZEROS, agency=agency)) == [("received", 17, *scope)]


@pytest.mark.parametrize(
    ("agency", "text", "expected"),
    [
        ("海晏市档案馆", ABOUT + "海晏市档案馆共办结16件。", ("handled", 16)),
        ("海晏市档案馆", ABOUT + "海晏市档案馆收到自然人4件。", ("natural_person", 4)),
        ("云岭县水务局", ABOUT + "云岭县水务局共办结16件。", ("handled", 16)),
        ("青石镇林业站", ABOUT + "青石镇林业站共办结16件。", ("handled", 16)),
        ("海晏市东区办事处", "海晏市东区办事处认真履职。全年收到政府信息公开申请17件。", ("received", 17)),
    ],
)
def test_the_name_of_the_agency_leaves_no_doubt_wherever_it_stands(agency, text, expected):
    assert said(text, report=evolve(ZEROS, agency=agency)) == [expected]


# ── Sections and headings ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_looked_at(section):
    (finding,) = validate(with_text("收到政府信息公开申请17件。", section=section), select="GX4").findings
    assert SECTIONS[section] in finding.message_zh
    assert f"({section})" in finding.message_en


def test_headings_say_what_is_spoken_of_and_may_be_sentences():
    heading = Subsection("（一）", "依申请公开情况", ("全年共收到17件。",))
    sentence = Subsection("（二）", "收到政府信息公开申请18件。", ())
    report = evolve(ZEROS, overview=TextSection("标题", (), (heading, sentence)))
    assert [(each.kind, each.number) for each in statements(report)] == [("received", 17), ("received", 18)]


def test_section_three_is_about_requests_and_section_four_about_cases_that_arise_from_them():
    assert said("共收到申请17件。") == []
    assert said("共收到申请17件。", section="requests_text") == [("received", 17)]
    assert said("行政复议17件。") == []
    assert said("行政复议17件。", section="proceedings_text") == [("reconsideration", 17)]
    assert said("印发的文件中，不予公开2件。", section="requests_text") == []
    assert said("行政复议17件，其中信息公开类5件。", section="proceedings_text")[0][2:] == ("OTHER",)
    assert said("行政复议17件，其中维持5件。", section="proceedings_text")[0] == ("reconsideration", 17)
    assert said("行政复议17件，其中3件被维持。", section="proceedings_text")[1] == ("upheld.RECONSIDERATION", 3)
    assert said("行政复议9件，环保类6件，其中3件被维持。", section="proceedings_text") == [("reconsideration", 9)]
    assert said("收到政府信息公开申请1件，行政复议17件。")[1] == ("reconsideration", 17, "DOUBTFUL")


def test_lines_that_break_within_a_sentence_are_one():
    assert said("区政府办代表区政府", "收到政府信息公开申请17件。") == [("received", 17, "DOUBTFUL")]
    assert said("区里很重视。", "收到政府信息公开申请17件。") == [("received", 17)]
    assert said("区政府办很重视。 ", "收到政府信息公开申请17件。") == [("received", 17)]
    for stop in ("", "。"):
        assert said("全年收到政府信息", f"公开申请17件{stop}") == [("received", 17)]


def test_what_is_longer_than_any_report_is_not_read_to_its_end():
    count, filler = "收到政府信息公开申请17件。", f"{'甲' * 9_999}。"
    assert said(*[filler] * 9, count) == [("received", 17)]
    assert said(*[filler] * 10, count) == []
    assert said("1件。" * 1_999 + count) == [("received", 17)]
    assert said("1件。" * 2_000 + count) == []


# ── Against the tables ───────────────────────────────────────────────────────────────────────────────────────────────


def filled(**values):
    names = {"done": "results.total", "granted": "results.granted", "partly": "results.partially_granted"}
    return ZEROS.replace({f"requests.{names.get(name, name)}.total": value for name, value in values.items()})


class TestReadings:
    REPORT = filled(received=713, carried_in=36, done=740, carried_out=9, granted=30, partly=4)

    @pytest.mark.parametrize(
        "text",
        [
            "收到政府信息公开申请713件。",
            "收到政府信息公开申请749件（含上年结转36件）。",
            "受理政府信息公开申请749件。",
            "受理政府信息公开申请740件。",
            "办结政府信息公开申请740件。",
            "办理政府信息公开申请713件。",
            "答复政府信息公开申请34件。",
            ABOUT + "结转9件。",
            ABOUT + "结转36件。",
            ABOUT + "予以公开34件。",
            ABOUT + "予以公开30件，部分公开4件。",
        ],
    )
    def test_any_sensible_reading_will_do(self, text):
        assert said(text)
        assert found(with_text(text, report=self.REPORT)) == []

    @pytest.mark.parametrize(
        ("text", "code", "path"),
        [
            ("收到政府信息公开申请740件。", "GX401", "received.total"),
            ("新收政府信息公开申请749件。", "GX401", "received.total"),
            ("办结政府信息公开申请36件。", "GX402", "results.total.total"),
            (ABOUT + "结转10件。", "GX403", "carried_out.total"),
            (ABOUT + "上年结转9件。", "GX403", "carried_in.total"),
            (ABOUT + "予以公开4件。", "GX404", "results.granted.total"),
            (ABOUT + "部分公开34件。", "GX404", "results.partially_granted.total"),
            (ABOUT + "不予公开1件。", "GX404", "results.denied"),
        ],
    )
    def test_any_other_number_is_an_error(self, text, code, path):
        assert found(with_text(text, report=self.REPORT)) == [(code, "error", f"requests.{path}")]

    def test_a_cell_that_is_not_known_says_nothing(self):
        text = "收到政府信息公开申请740件。"
        assert found(with_text(text, report=self.REPORT.replace({"requests.received.total": None}))) == []
        blank = printed(
            self.REPORT, {"requests.results.granted.total": "", "requests.results.partially_granted.total": ""}
        )
        assert found(with_text(ABOUT + "予以公开及部分公开7件。", report=blank)) == []
        unread = printed(self.REPORT, {"requests.carried_in.total": "若干"})
        assert found(with_text(text, report=unread)) == []

    def test_a_blank_counts_as_0_beside_a_number(self):
        blank = printed(self.REPORT, {"requests.carried_in.total": ""})
        assert len(found(with_text("收到政府信息公开申请740件。", report=blank))) == 1
        assert found(with_text("收到政府信息公开申请713件。", report=blank)) == []

    def test_a_second_table_leaves_doubt_and_has_readings_too(self):
        other = OtherTable("全区", Requests(received=Applicants(total=900), carried_in=Applicants(total=1)))
        report = evolve(self.REPORT, other_tables=(other,))
        for number_, expected in ((900, 0), (901, 0), (902, 1)):
            severities = [each[1] for each in found(with_text(f"收到政府信息公开申请{number_}件。", report=report))]
            assert severities == ["warning"] * expected

    def test_a_second_table_that_is_not_known_has_none(self):
        report = evolve(self.REPORT, other_tables=(OtherTable(None, Requests(carried_in=Applicants(total=5))),))
        assert len(found(with_text("收到政府信息公开申请5件。", report=report))) == 1

    def test_form_2019(self):
        report = evolve(zeros(Form.F2019), year=2020)
        report = report.replace({"disclosure.normative_documents.created": 5, "disclosure.licensing.decisions": 8})
        assert found(with_text("制发行政规范性文件5件，废止2件。作出行政许可决定8件。", report=report)) == []
        assert found(with_text("制发行政规范性文件4件。", report=report)) == [
            ("GX407", "error", "disclosure.normative_documents.created")
        ]


class TestFindings:
    def test_what_it_says(self):
        report = printed(filled(carried_in=2), {"requests.received.enterprise": "0"}).replace(
            {"requests.received.total": 30}
        )
        (finding,) = validate(with_text("全年共收到政府信息公开申请35件。", report=report), select="GX4").findings
        assert (finding.code, finding.severity, finding.path) == ("GX401", Severity.ERROR, "requests.received.total")
        assert finding.numbers == {"text": 35, "table": 30}
        assert finding.label == "一、本年新收政府信息公开申请数量 · 总计"
        assert finding.message_zh == (
            "“一、总体情况”写“全年共收到政府信息公开申请35件”，即 35；"
            "表中“一、本年新收政府信息公开申请数量 · 总计”为 30 或 32。请核对两处"
        )
        assert finding.message_en == (
            "the text (overview) says 35 (“全年共收到政府信息公开申请35件”), the table has 30 or 32; check both"
        )

    def test_no_more_than_two_numbers_of_the_table_are_named(self):
        report = filled(received=30, carried_in=2, done=31, carried_out=1)
        (finding,) = validate(with_text("受理政府信息公开申请35件。", report=report), select="GX4").findings
        assert "总计”为 30 或 32。请核对两处" in finding.message_zh
        assert finding.message_en.endswith("the table has 30 or 32; check both")

    def test_the_columns_of_organisations_are_named_together(self):
        report = with_text(ABOUT + "法人或其他组织申请5件。", report=filled(received=30))
        (finding,) = validate(report, select="GX4").findings
        assert "表中“一、本年新收政府信息公开申请数量 · 法人或其他组织”为 0。" in finding.message_zh

    def test_that_there_was_none_is_quoted_as_well(self):
        (finding,) = validate(
            with_text("本年度未收到政府信息公开申请。", report=filled(received=5)), select="GX4"
        ).findings
        assert "“一、总体情况”写“本年度未收到政府信息公开申请”，即 0；" in finding.message_zh

    def test_a_quote_begins_with_a_word(self):
        text = ABOUT + "予以公开30件、部分公开5件。"
        (finding,) = validate(with_text(text, report=filled(granted=30, partly=4)), select="GX4").findings
        assert "写“部分公开5件”，即 5；" in finding.message_zh

    def test_a_warning_says_what_may_be_the_reason(self):
        (finding,) = validate(with_text("区政府办收到政府信息公开申请35件。"), select="GX4").findings
        assert finding.message_zh.endswith("请核对两处；如正文只说一部分，请写明全部是多少")
        assert finding.message_en.endswith("check both, and give the number of the whole if the text is of a part")

    def test_a_long_quote_is_cut(self):
        text = f"全年{'依法依规' * 12}收到政府信息公开申请35件。"
        (finding,) = validate(with_text(text), select="GX4").findings
        quote = finding.message_zh.split("写“")[1].split("”")[0]
        assert quote == f"…{text[-41:-1]}"

    def test_one_of_40_characters_is_not(self):
        text = f"收到公民、法人或者其他组织提出的政府信息公开申请{'0' * 13}35件。"
        (finding,) = validate(with_text(text), select="GX4").findings
        assert len(text) - 1 == 40
        assert f"写“{text[:-1]}”" in finding.message_zh

    def test_two_cells_are_named_and_more_by_their_group(self):
        text = ABOUT + "予以公开及部分公开7件，不予公开9件，无法提供8件。"
        both, more, three = validate(with_text(text), select="GX4").findings
        assert "（一）予以公开 · 总计 + " in both.message_zh
        assert "“三、本年度办理结果 · （三）不予公开”为 0" in more.message_zh
        assert "“三、本年度办理结果 · （四）无法提供”为 0" in three.message_zh

    def test_the_place_is_that_of_the_cell(self):
        report = printed(ZEROS, {"requests.received.total": "0"})
        report = evolve(report, requests=ZEROS.requests)
        (finding,) = validate(with_text("收到政府信息公开申请35件。", report=report), select="GX4").findings
        assert finding.location == report.sources["requests.received.total"].location

    def test_the_same_number_twice_is_one_finding_and_two_numbers_are_two(self):
        once = "收到政府信息公开申请35件。"
        report = evolve(with_text(once, once), problems=TextSection("标题", (once,)))
        assert found(report) == [("GX401", "error", "requests.received.total")]
        report = evolve(report, problems=TextSection("标题", ("收到政府信息公开申请36件。",)))
        assert found(report) == [("GX401", "error", "requests.received.total")] * 2

    def test_the_first_of_several_places_is_quoted(self):
        (finding,) = validate(
            with_text("全年收到政府信息公开申请35件。", "共收到政府信息公开申请35件。"), select="GX4"
        ).findings
        assert "全年" in finding.message_zh

    def test_a_part_is_not_held_against_a_text_that_gives_the_whole(self):
        part = "区政府办收到政府信息公开申请17件。"
        report = filled(received=95)
        assert len(found(with_text(part, report=report))) == 1
        assert found(with_text(part, "收到政府信息公开申请95件。", report=report)) == []
        assert found(with_text(part, "各部门收到政府信息公开申请78件。", report=report)) == []
        assert found(with_text(part, "各部门收到政府信息公开申请77件。", report=report)) == [
            ("GX401", "warning", "requests.received.total")
        ]
        assert found(with_text(part, "收到政府信息公开申请96件。", report=report)) == [
            ("GX401", "error", "requests.received.total")
        ]

    def test_the_largest_of_the_parts_is_named(self):
        (finding,) = validate(
            with_text("区政府办收到政府信息公开申请17件，全区共受理申请90件。", report=filled(received=95)),
            select="GX4",
        ).findings
        assert finding.numbers == {"text": 90, "table": 95}

    @pytest.mark.parametrize("text", ["制发规范性文件5件。", "公开规章5件。"])
    def test_documents_that_may_be_others_are_a_warning(self, text):
        assert [severity for _, severity, _ in found(with_text(text))] == ["warning"]

    def test_litigation_is_either_case_or_both(self):
        report = ZEROS.replace(
            {"proceedings.direct_litigation.total": 2, "proceedings.post_reconsideration_litigation.total": 3}
        )
        for number_, expected in ((2, 0), (3, 0), (5, 0), (4, 1)):
            assert len(found(with_text(f"{CASES}行政诉讼{number_}件。", report=report))) == expected


# ── Reports that state their own numbers ─────────────────────────────────────────────────────────────────────────────

SENTENCES = {
    "newly_received": ["新收政府信息公开申请{}件。", "本年新收依申请公开{}件。"],
    "received": ["全年共收到政府信息公开申请{}件。", "收到{}件政府信息公开申请。", ABOUT + "共收到{}件，均已登记。"],
    "requests": ["政府信息公开申请{}件。"],
    "accepted": ["本年度受理政府信息公开申请{}宗。", ABOUT + "受理申请共计{}件。"],
    "handled": ["办结政府信息公开申请{}件。", ABOUT + "按时答复{}件。", ABOUT + "已办理完毕{}件。"],
    "carried_in": [ABOUT + "上年结转{}件。", "上年度结转政府信息公开申请{}件。"],
    "carried_out": [ABOUT + "结转下年度继续办理{}件。", "结转下一年度政府信息公开申请{}件。"],
    "carried": [ABOUT + "结转{}件。"],
    "granted_or_partially": [ABOUT + "予以公开和部分公开共{}件。"],
    "granted": [ABOUT + "予以公开{}件。"],
    "partially_granted": [ABOUT + "部分公开的{}件。"],
    "denied": [ABOUT + "不予公开{}件。"],
    "not_provided": [ABOUT + "无法提供{}件。"],
    "not_processed": [ABOUT + "不予处理{}件。"],
    "other_results": [ABOUT + "其他处理{}件。"],
    "natural_person": [ABOUT + "自然人申请{}件。", "自然人提出政府信息公开申请{}件。"],
    "organisations": [ABOUT + "法人或其他组织申请{}件。", ABOUT + "法人{}件。"],
    "enterprise": [ABOUT + "商业企业{}件。"],
    "companies": [ABOUT + "企业{}件。"],
    "research_institution": [ABOUT + "科研机构{}件。"],
    "public_welfare_organization": [ABOUT + "社会公益组织{}件。"],
    "legal_service_agency": [ABOUT + "法律服务机构{}件。"],
    "proceedings": [CASES + "行政复议、行政诉讼共{}件。"],
    "reconsideration": [CASES + "行政复议{}件。", "因政府信息公开被申请行政复议{}起。"],
    "litigation": [CASES + "行政诉讼案件{}件。"],
    "direct_litigation": [CASES + "未经复议直接起诉{}件。"],
    "post_reconsideration_litigation": [CASES + "复议后起诉{}件。"],
    **{
        f"{outcome}.{topic}": [f"{CASES}{case}数件，{word}{{}}件。"]
        for outcome, word in (("upheld", "结果维持"), ("corrected", "结果纠正"), ("pending", "尚未审结"))
        for topic, case in (("RECONSIDERATION", "行政复议"), ("LITIGATION", "行政诉讼"))
    },
    **{
        f"{name}.{topic}": [f"{verb}{noun}{{}}件。"]
        for name, verb in (("issued", "制发"), ("published", "公开"), ("repealed", "废止"), ("in_force", "现行有效"))
        for topic, noun in (("RULES", "规章"), ("NORMATIVE", "行政规范性文件"), ("BOTH", "规章、行政规范性文件"))
    },
    "licensing": ["作出行政许可决定{}件。"],
    "penalties": ["作出行政处罚{}件。"],
    "compulsion": ["行政强制处理决定{}件。"],
    "penalties_and_compulsion": ["行政处罚和行政强制共{}件。"],
}


def test_there_is_a_sentence_of_every_kind():
    assert set(SENTENCES) == set(KINDS)
    for kind, sentences in SENTENCES.items():
        for sentence in sentences:
            assert [each[:2] for each in said(sentence.format(7))] == [(kind, 7)], sentence


def in_words(value):
    """A number below 10,000 as Chinese writes it."""
    figures, text = "零一二三四五六七八九", ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = value // place % 10
        if figure:
            text += figures[figure] + name
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零") or "零"


@given(st.integers(0, 9999))
def test_numbers_in_words(value):
    assert number(in_words(value)) == value


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
WRITINGS = (str, "{:,}".format, in_words, lambda value: str(value).translate(FULL_WIDTH))


def readings(report, kind):
    """The readings of a kind in a report, with what its tables have."""
    cells = {cell.path: cell.value for cell in report.cells()}
    return {reading: sum(cells[path] for path in reading) for reading in kind.readings if cells.keys() >= set(reading)}


@given(consistent_reports(), st.randoms(use_true_random=False))
def test_a_report_that_states_its_own_numbers_has_no_finding(report, random):
    text = []
    for name, sentences in SENTENCES.items():
        if sums := readings(report, KINDS[name]):
            value = random.choice(list(sums.values()))
            written = random.choice(WRITINGS)(value) if value < 10_000 else str(value)
            text.append(random.choice(sentences).format(written))
    random.shuffle(text)
    assert found(with_text(*text, report=report)) == []


@given(consistent_reports(), st.sampled_from(sorted(SENTENCES)), st.data())
def test_one_number_that_is_changed_is_one_finding(report, name, data):
    if sums := readings(report, KINDS[name]):
        wrong = max(sums.values()) + data.draw(st.integers(1, 9))
        sentence = data.draw(st.sampled_from(SENTENCES[name])).format(wrong)
        (finding,) = validate(with_text(sentence, report=report), select="GX4").findings
        assert (finding.code, finding.path) == (KINDS[name].code, common(next(iter(sums))))
        assert finding.numbers == {"text": wrong, "table": next(iter(sums.values()))}
        doubtful = not KINDS[name].is_official or (
            "." in name and KINDS[name].topic in (Topic.RECONSIDERATION, Topic.LITIGATION)
        )
        assert finding.severity is (Severity.WARNING if doubtful else Severity.ERROR)


# ── Fees ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class TestFees:
    REPORT = filled(received=5, done=5)

    @pytest.mark.parametrize(
        "texts",
        [
            ("收取信息处理费0元。", "未收取信息处理费。", "本年度无信息处理费情况。"),
            ("收取信息处理费0元。", "没有产生政府信息公开信息处理费，"),
            ("信息处理费：无。", "未收取信息处理费。"),
            ("收取信息处理费1,200元。", "信息处理费收取总额为1200.00元。", "政府信息公开信息处理费共计0.12万元。"),
            ("收取信息处理费0元。", "减免信息处理费30元。", "退还信息处理费30元。", "免收信息处理费30元。"),
            ("收取信息处理费30元。", "2022年未收取信息处理费。"),
            ("收取信息处理费30元。", "区政府办未收取信息处理费。"),
            ("收取信息处理费30元。", "制定信息处理费管理办法。", "未达到收取信息处理费的标准。"),
            ("收取信息处理费零元。", "未收取信息处理费。"),
            ("收取信息处理费30元（不含各镇）。", "未收取信息处理费。"),
        ],
    )  # fmt: skip
    def test_what_agrees(self, texts):
        assert found(with_text(*texts, report=self.REPORT)) == []

    def test_amounts_that_contradict_each_other(self):
        report = with_text("收取信息处理费30元。", report=self.REPORT)
        report = evolve(report, other_matters=TextSection("标题", ("未收取信息处理费。", "未收取信息处理费。")))
        (finding,) = validate(report, select="GX4").findings
        assert (finding.code, finding.path, finding.severity) == ("GX408", "other_matters", Severity.WARNING)
        assert finding.numbers == {"before": Decimal(30), "here": Decimal(0)}
        assert finding.message_zh == (
            "“六、其他需要报告的事项”写信息处理费 0 元（“未收取信息处理费”），"
            "前面“一、总体情况”写 30 元（“信息处理费30元”）。请核对"
        )
        assert finding.message_en == (
            "the text (other_matters) says that the fee is 0 yuan (“未收取信息处理费”), "
            "but the text (overview) says 30 yuan before (“信息处理费30元”); please check"
        )

    def test_of_a_long_text_the_end_is_quoted(self):
        text = "没有因依申请公开政府信息公开向申请人收取、收到、征收任何政府信息公开信息处理费用的情况。"
        (finding,) = validate(with_text("收取信息处理费30元。", text, report=self.REPORT), select="GX4").findings
        assert f"0 元（“{text[-41:-1]}”）" in finding.message_zh

    def test_units_are_compared(self):
        assert len(found(with_text("收取信息处理费30元。", "信息处理费30万元。", report=self.REPORT))) == 1

    def test_a_fee_without_a_request(self):
        text = "收取信息处理费30元。"
        (finding,) = validate(with_text(text, section="other_matters"), select="GX4").findings
        assert (finding.code, finding.path) == ("GX408", "other_matters")
        assert finding.numbers == {"fee": Decimal(30), "requests": 0}
        assert found(with_text(text, report=filled(carried_in=1))) == []
        assert found(with_text(text, report=ZEROS.replace({"requests.received.total": None}))) == []
        assert found(with_text("收取信息处理费0元。")) == []


# ── Anything ─────────────────────────────────────────────────────────────────────────────────────────────────────────

FRAGMENTS = (
    *(
        "收到",
        "受理",
        "政府信息公开申请",
        "未",
        "无",
        "12件",
        "两件",
        "，",
        "。",
        "(",
        ")",
        "其中",
        "2022年",
        "区政府办",
    ),
    *("复议", "诉讼", "维持", "规章", "制发", "信息处理费", "3元", "各", "结转", "予以公开", "自然人", "0。"),
)


@given(reports(), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_nothing_raises(report, text):
    section = TextSection("标题", (text,))
    validate(evolve(report, **dict.fromkeys(SECTIONS, section)), select="GX4")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1",
            "1件",
            "未",
            "无有",
            "申请",
            "政府信息公开申请",
            "公开",
            "十",
            "(",
            "，",
            "1,",
            "未收取",
            "无因",
            " ",
            "1 ",
            "的",
            "共",
        ),
        *(
            "予以公开1件",
            "收到1件申请",
            "未收到政府信息公开申请",
            "行政复议、",
            "1月1日",
            "信息处理费",
            "收取信息处理费1元",
            "结转",
        ),
    ],
)
def test_long_texts_take_no_long_time(text):
    report = with_text(text * 100_000)
    before = time.process_time()
    validate(report, select="GX4")
    assert time.process_time() - before < 2


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")
@pytest.mark.parametrize("folder", ["seeds", "layouts", "pdf"])
def test_real_reports_have_no_errors(folder):
    files = [path for path in sorted((CORPUS / folder).iterdir()) if path.is_file()]
    assert files
    for path in files:
        assert validate(gxparse.parse(path), select="GX4").ok, path.name
