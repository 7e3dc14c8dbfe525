"""The texts of two reports beside each other."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given

from gxparse.comparison.texts import TEXTS, compare_texts
from gxparse.records import Preamble, Report, Subsection, TextSection
from gxparse.testing import reports

LONG = "2022年，本镇主动公开各类政府信息共计120条，及时回应群众关切。"
NEXT = LONG.replace("2022", "2023")
OTHER = "全年组织业务培训三次，参加人员覆盖全部科室与村级站点。"
PLATFORM = "网站栏目由专人负责维护，内容更新由办公室统一审核发布。"


def section(*paragraphs, parts=()):
    subsections = tuple(Subsection(number, heading, tuple(texts)) for number, heading, *texts in parts)
    return TextSection("一、总体情况", paragraphs, subsections)


def only(before, after):
    (found,) = compare_texts(Report(overview=before), Report(overview=after))
    return found


def pairs(before, after):
    return [(passage.before, passage.after) for passage in only(section(*before), section(*after)).passages]


def test_a_text_that_is_the_same_has_no_changes():
    found = only(section(LONG), section(LONG))
    assert (found.name, found.similarity, found.is_changed) == ("overview", 1.0, False)
    assert not any(part.is_changed for part in found.parts)


def test_sections_that_are_in_neither_report_are_left_out():
    assert compare_texts(Report(), Report()) == ()


@pytest.mark.parametrize(("before", "after"), [(None, section(LONG)), (section(LONG), None)])
def test_a_section_that_only_one_report_has(before, after):
    found = only(before, after)
    assert (found.before, found.after) == (before and before.heading, after and after.heading)
    assert (found.similarity, found.is_changed) == (0.0, True)
    (passage,) = found.passages
    assert (passage.before, passage.after) == (before and LONG, after and LONG)


def test_a_section_without_text_is_not_the_same_as_none():
    assert only(None, section()).is_changed


def test_another_heading_is_a_change():
    assert only(section(LONG), evolve(section(LONG), heading="一、概述")).is_changed


def test_what_stands_before_the_first_section_is_compared():
    before, after = (Report(preamble=Preamble((text,))) for text in (LONG, NEXT))
    (found,) = compare_texts(before, after)
    assert (found.name, found.before, found.is_changed) == ("preamble", "", True)


def test_every_text_of_a_report_is_compared():
    everything = {name: section(LONG) for name in TEXTS if name != "preamble"}
    found = compare_texts(Report(preamble=Preamble((LONG,))), Report(**everything))
    assert [text.name for text in found] == list(TEXTS)


def test_paragraphs_go_with_the_same_then_with_those_that_are_alike():
    assert pairs((LONG, OTHER), (PLATFORM, NEXT, OTHER)) == [(None, PLATFORM), (LONG, NEXT), (OTHER, OTHER)]
    assert pairs((LONG, PLATFORM, OTHER), (NEXT,)) == [(LONG, NEXT), (PLATFORM, None), (OTHER, None)]
    assert pairs((LONG,), (OTHER,)) == [(LONG, None), (None, OTHER)]


def test_paragraphs_are_paired_so_that_they_are_as_alike_as_can_be():
    half = LONG[:16]
    assert pairs((half, LONG), (NEXT,)) == [(half, None), (LONG, NEXT)]
    assert pairs((LONG,), (half, NEXT)) == [(None, half), (LONG, NEXT)]


def test_many_paragraphs_are_not_tried_against_each_other():
    before, after = ([f"{LONG}{side}{number}" for number in range(21)] for side in "甲乙")
    found = pairs(before, after)
    assert len(found) == 42
    assert all(one is None or other is None for one, other in found)
    assert len(pairs(before[:20], after[:20])) == 20


@pytest.mark.parametrize(
    ("before", "after", "is_copied"),
    [
        (LONG, LONG, True),
        (LONG, NEXT, True),
        (LONG, LONG.replace("，", "， "), True),
        (LONG, LONG.replace("120", "121"), False),
        (LONG, None, False),
        (None, LONG, False),
        ("一二三四五六七八九十甲乙丙丁", "一二三四五六七八九十甲乙丙丁", False),
        ("一二三四五六七八九十甲乙丙丁戊", "一二三四五六七八九十甲乙丙丁戊", True),
    ],
)
def test_copied_paragraphs(before, after, is_copied):
    found = only(section(*filter(None, [before])), section(*filter(None, [after])))
    assert [passage.is_copied for passage in found.passages] == [is_copied]


def test_a_paragraph_copied_from_another_section_is_copied():
    found = compare_texts(Report(problems=section(LONG)), Report(overview=section(NEXT)))
    assert [(text.name, passage.is_copied) for text in found for passage in text.passages] == [
        ("overview", True),
        ("problems", False),
    ]


def headings(before, after):
    return [(part.before, part.after) for part in only(section(parts=before), section(parts=after)).parts]


def test_subsections_go_by_their_headings_whatever_the_order():
    before = [("（一）", "主动公开。", LONG), ("（二）", "监督保障", OTHER)]
    after = [("（一）", "监督保障", LONG), ("（二）", "2023年主动公开", OTHER)]
    assert headings(before, after) == [
        ("（二）监督保障", "（一）监督保障"),
        ("（一）主动公开。", "（二）2023年主动公开"),
    ]


def test_subsections_of_other_headings_go_by_their_contents():
    before = [("（一）", "甲", LONG), ("（二）", "乙", PLATFORM)]
    after = [("（一）", "丙", PLATFORM), ("（二）", "丁", NEXT)]
    assert headings(before, after) == [("（二）乙", "（一）丙"), ("（一）甲", "（二）丁")]


def test_subsections_that_are_gone_stand_where_they_stood():
    before = [("（一）", "甲", LONG), ("（二）", "乙", OTHER), ("（三）", "丙", "别的")]
    after = [("（一）", "乙", OTHER), ("（二）", "丁", PLATFORM)]
    assert headings(before, after) == [
        ("（一）甲", None),
        ("（二）乙", "（一）乙"),
        (None, "（二）丁"),
        ("（三）丙", None),
    ]


def test_a_new_subsection_is_all_new():
    (part,) = only(section(), section(parts=[("（一）", "甲", LONG)])).parts
    assert (part.before, part.after, part.similarity, part.is_changed) == (None, "（一）甲", 0.0, True)


def test_subsections_of_the_same_heading_go_in_order():
    parts = [("（一）", "甲", LONG), ("（二）", "甲", OTHER)]
    assert headings(parts, parts) == [("（一）甲", "（一）甲"), ("（二）甲", "（二）甲")]


def test_numbered_paragraphs_go_by_their_contents():
    assert headings([("1.", "", LONG), ("2.", "", OTHER)], [("1.", "", OTHER)]) == [("1.", None), ("2.", "1.")]


@given(reports(), reports())
def test_no_paragraph_is_dropped_and_none_comes_twice(older, newer):
    found = compare_texts(older, newer)
    for side, report in (("before", older), ("after", newer)):
        said = [getattr(passage, side) for text in found for passage in text.passages]
        texts = [report.preamble.paragraphs]
        for name in list(TEXTS)[1:]:
            if (text := getattr(report, name)) is not None:
                texts += [text.paragraphs, *(part.paragraphs for part in text.subsections)]
        assert sorted(each for each in said if each is not None) == sorted(each for text in texts for each in text)
    assert all(0 <= text.similarity <= 1 for text in found)
