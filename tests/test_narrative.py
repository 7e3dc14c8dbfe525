"""The text of a report: title, agency and year, period, contacts, signature, sections and their parts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxparse import Report, parse_text
from gxparse.records import Period, Preamble, Subsection, TextSection
from tests.layouts import AGENCY, LAYOUTS, sample

TITLE = f"{AGENCY}2023年政府信息公开工作年度报告"


def report(opening: str = "", overview: str = "甲段。", closing: str = "本年未收取信息处理费。") -> Report:
    """A report of text alone."""
    parts = [opening, "一、总体情况", overview, "二、主动公开政府信息情况", "乙段。", "六、其他需要报告的事项", closing]
    return parse_text("\n".join(part for part in parts if part) + "\n")


# ── Title, agency, year ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "title",
    [
        "{agency}2023年政府信息公开工作年度报告",
        "{agency}2023年度政府信息公开工作年度报告",
        "{agency}2023年政府信息公开年报",
        "{agency}2023年政府信息公开工作报告",
        "{agency}2023年信息公开工作年度报告",
        "{agency} 2023 年政府信息公开工作年度报告",
        "{agency}２０２３年政府信息公开工作年度报告",
        "{agency}关于2023年政府信息公开工作的年度报告",
        "关于{agency}2023年政府信息公开工作的年度报告",
        "《{agency}2023年政府信息公开工作年度报告》",
        "2023年{agency}政府信息公开工作年度报告",
        "2023年度{agency}政府信息公开工作年度报告",
        "{agency}政府信息公开2023年度报告",
        "{agency}政府信息公开工作2023年年度报告",
        "{agency}政府信息公开工作年度报告（2023年）",
        "{agency}政府信息公开工作年度报告（2023年度）",
        "{agency}政府信息公开工作年度报告(2023)",
        "{agency}二〇二三年政府信息公开工作年度报告",
        "{agency}二○二三年政府信息公开工作年度报告",
        "{agency}二零二三年度政府信息公开工作年度报告",
        "{agency}二0二三年政府信息公开工作年度报告",
        "二〇二三年{agency}政府信息公开工作年度报告",
        "# {agency}2023年政府信息公开工作年度报告",
        "**{agency}2023年政府信息公开工作年度报告**",
    ],
)
@pytest.mark.parametrize("agency", [AGENCY, "云岭县水务局", "海晏市档案馆", "云岭经济开发区管委会", "青石镇"])
def test_the_year_may_stand_anywhere_in_the_title(title, agency):
    found = report(title.format(agency=agency))
    assert (found.agency, found.year) == (agency, 2023)
    assert found.preamble == Preamble()


def test_a_title_keeps_the_characters_it_is_printed_in():
    title = "雲嶺縣水務局2023年政府信息公開工作年度報告"
    found = report(title)
    assert (found.title, found.agency, found.year) == (title, "雲嶺縣水務局", 2023)


@pytest.mark.parametrize(
    "lines",
    [
        f"{AGENCY}\n2023年政府信息公开工作年度报告",
        f"{AGENCY}2023年\n政府信息公开工作年度报告",
        f"{AGENCY}2023年政府信息公开\n工作年度报告",
        f"{AGENCY}\n2023年政府信息公开\n工作年度报告",
        f"{AGENCY}\n政府信息公开工作年度报告\n（2023年）",
        "云岭县青石镇\n人民政府2023年政府信息公开\n工作年度报告",
    ],
)
def test_a_title_may_stand_on_up_to_three_lines(lines):
    found = report(lines)
    assert (found.agency, found.year) == (AGENCY, 2023)
    assert found.title == lines.replace("\n", "")
    assert found.preamble == Preamble()


def test_the_agency_may_stand_under_the_title():
    found = report(f"2023年政府信息公开工作年度报告\n{AGENCY}\n本报告由三部分组成。")
    assert (found.agency, found.year) == (AGENCY, 2023)
    assert found.preamble.paragraphs == ("本报告由三部分组成。",)


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("2023年政府信息公开工作年度报告", None, 2023),
        (f"{AGENCY}政府信息公开工作年度报告", AGENCY, None),
        ("政府信息公开工作年度报告", None, None),
        ("青石镇人民政府信息公开工作2023年度报告", "青石镇人民政府", 2023),
    ],
)
def test_what_the_title_does_not_say_is_not_made_up(title, agency, year):
    found = report(title)
    assert (found.title, found.agency, found.year) == (title, agency, year)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "现将2023年政府信息公开工作年度报告公布如下。",
        "根据《条例》要求，编制本年度报告。",
        "云岭县水务局2023年工作总结",
        "首页 > 政务公开 > 年报",
    ],
)
def test_a_report_without_title_has_none(text):
    found = report(text)
    assert (found.title, found.agency, found.year) == (None, None, None)


def test_lines_of_the_page_around_the_title_are_none_of_it():
    found = report(f"首页 > 政务公开\n{TITLE}\n来源：本站 字号：大 中 小")
    assert (found.title, found.agency) == (TITLE, AGENCY)
    assert found.preamble.paragraphs == ("首页 > 政务公开", "来源：本站 字号：大 中 小")


def test_a_line_above_the_title_that_names_no_organ_is_no_agency():
    found = report("打印本页\n2023年政府信息公开工作年度报告")
    assert (found.title, found.agency) == ("2023年政府信息公开工作年度报告", None)


def test_the_title_of_another_report_behind_the_sections_is_not_the_title():
    found = report(TITLE, closing="云岭县水务局2019年政府信息公开工作年度报告")
    assert (found.title, found.agency, found.year) == (TITLE, AGENCY, 2023)


@given(st.integers(2019, 2039), st.sampled_from(["{0}{1}年政府信息公开工作年度报告", "{1}年{0}政府信息公开年报"]))
def test_any_year_of_either_form(year, title):
    assert report(title.format(AGENCY, year)).year == year


def test_the_year_comes_from_the_period_or_the_heads_where_the_title_has_none():
    period = "统计期限为2022年1月1日至2022年12月31日。"
    heads = "信息内容 | 本年（2023）制发件数 | 本年(2023年)废止件数 | 现行有效件数 |\n规章 | 1 | 2 | 3 |"
    assert report(f"{AGENCY}政府信息公开工作年度报告\n{period}").year == 2022
    parsed = parse_text(f"一、总体情况\n甲段。\n二、主动公开政府信息情况\n{heads}\n")
    assert (parsed.year, parsed.disclosure.rules.in_force) == (2023, 3)


# ── Period ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("word", ["统计期限", "统计时限", "统计时间", "统计周期", "统计期"])
@pytest.mark.parametrize(
    "period",
    [
        "自2023年1月1日起至2023年12月31日止",
        "为2023年1月1日至12月31日",
        "：2023年1月1日—2023年12月31日",
        "从 2023 年 1 月 1 日到 2023 年 12 月 31 日",
        "自2023年01月01日始，至2023年12月31日止",
        "202311日至20231231日",
        "为２０２３年１月１日至１２月３１日",
    ],
)
def test_the_period_of_the_figures(word, period):
    found = report(f"{TITLE}\n所列数据的{word}{period}。")
    assert found.period == Period(date(2023, 1, 1), date(2023, 12, 31))


def test_a_period_may_be_shorter_than_a_year():
    found = report(f"{TITLE}\n本局组建于2023年，统计期限为2023年3月15日至2023年12月31日。")
    assert found.period == Period(date(2023, 3, 15), date(2023, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "统计期限为2023年全年",
        "统计期限自2023年12月31日至2023年1月1日",
        "统计期限自2023年2月30日至2023年12月31日",
        "2023年1月1日至2023年12月31日，共受理12件",
        "统计期限自202312日至20231130日",
    ],
)
def test_what_is_no_period_is_none(text):
    assert report(f"{TITLE}\n{text}。").period is None


def test_the_period_may_stand_in_the_overview():
    found = report(TITLE, overview="统计期限为2023年1月1日至2023年12月31日。")
    assert found.period == Period(date(2023, 1, 1), date(2023, 12, 31))


# ── Preamble ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系地址：云岭县青石镇溪口街12号；", {"address": "云岭县青石镇溪口街12号"}),
        ("（地址:溪口街12号，邮编:000456）", {"address": "溪口街12号", "postcode": "000456"}),
        ("邮政编码为000456。", {"postcode": "000456"}),
        ("邮编：00045612", {}),
        ("电话：0999-8123456", {"phone": "0999-8123456"}),
        ("联系电话（0999）8123456", {"phone": "(0999)8123456"}),
        ("联系方式：8123456-801", {"phone": "8123456-801"}),
        ("联系电话：０９９９－８１２３４５６", {"phone": "0999-8123456"}),
        ("传真：0999-8123457", {"fax": "0999-8123457"}),
        ("电子邮箱：zw_gk.1@qingshi-town.example.cn）", {"email": "zw_gk.1@qingshi-town.example.cn"}),
        ("E-mail：ＺＷ＠qingshi.example", {"email": "ZW@qingshi.example"}),
        ("网址：http://www.qingshi.example/zwgk，欢迎查阅", {"website": "http://www.qingshi.example/zwgk"}),
        ("见 www.qingshi.example。", {"website": "www.qingshi.example"}),
        ("本年接听电话咨询1204次。", {}),
        ("我们的地址很好找。", {}),
    ],
)
def test_contact_details(text, found):
    assert report(f"{TITLE}\n{text}").preamble == Preamble((text,), **found)


def test_contact_details_may_stand_on_several_lines_or_in_the_overview():
    found = report(f"{TITLE}\n地址：溪口街12号\n邮编：000456", overview="联系电话：0999-8123456。")
    assert found.preamble == Preamble(
        ("地址：溪口街12号", "邮编：000456"), address="溪口街12号", postcode="000456", phone="0999-8123456"
    )


def test_the_first_of_two_numbers_counts():
    found = report(f"{TITLE}\n电话：0999-8123456\n监督电话：0999-8120000")
    assert found.preamble.phone == "0999-8123456"


# ── Signature ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "day",
    [
        "2024年1月18日",
        "2024 年 1 月 18 日",
        "2024年01月18日",
        "２０２４年１月１８日",
        "（2024年1月18日）",
        "二〇二四年一月十八日",
        "二○二四年一月十八日",
        "二零二四年一月十八日",
    ],
)
def test_the_day_a_report_is_issued(day):
    signed = report(TITLE, closing=f"本年未收取信息处理费。\n{AGENCY}\n{day}")
    assert (signed.issued_by, signed.issued_on) == (AGENCY, date(2024, 1, 18))
    assert signed.other_matters == TextSection("六、其他需要报告的事项", ("本年未收取信息处理费。",))
    under_title = report(f"{TITLE}\n{day}")
    assert under_title.issued_on == date(2024, 1, 18)
    assert under_title.preamble == Preamble()


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 1, 1), "二〇二四年一月一日"),
        (date(2024, 10, 10), "二〇二四年十月十日"),
        (date(2024, 11, 20), "二〇二四年十一月二十日"),
        (date(2030, 12, 31), "二〇三〇年十二月三十一日"),
    ],
)
def test_days_in_chinese_numerals(day, written):
    assert report(TITLE, closing=written).issued_on == day


@given(st.dates(date(2019, 1, 1), date(2039, 12, 31)))
def test_any_day(day):
    assert report(TITLE, closing=f"{day.year}年{day.month}月{day.day}日").issued_on == day


@pytest.mark.parametrize("day", ["2024年2月30日", "2024年13月1日", "2024年1月18日起施行。", "1月18日", "2024年1月"])
def test_what_is_no_day_stays_text(day):
    found = report(TITLE, closing=day)
    assert (found.issued_on, found.issued_by) == (None, None)
    assert found.other_matters == TextSection("六、其他需要报告的事项", (day,))


def test_an_agency_alone_may_sign():
    assert report(TITLE, closing=f"无。\n{AGENCY}").issued_by == AGENCY


def test_a_day_in_the_middle_of_a_report_is_no_signature():
    assert report(TITLE, overview="甲段。\n2023年5月6日\n乙段。").issued_on is None


# ── Sections ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("（一）", "（二）"),
        ("(一)", "(二)"),
        ("㈠", "㈡"),
        ("1.", "2."),
        ("1．", "2．"),
        ("1、", "2、"),
        ("（1）", "（2）"),
        ("1)", "2)"),
        ("9.", "10."),
        ("（十）", "（十一）"),
    ],
)
def test_parts_of_a_section_in_any_numbering(one, two):
    text = f"引言。\n{one}主动公开\n甲段。\n乙段。\n{two}依申请公开\n丙段。"
    assert report(overview=text).overview == TextSection(
        "一、总体情况",
        ("引言。",),
        (Subsection(one, "主动公开", ("甲段。", "乙段。")), Subsection(two, "依申请公开", ("丙段。",))),
    )


def test_a_heading_and_its_text_in_one_paragraph():
    found = report(overview="（一）主动公开。发布信息96条。其中图解3条。\n（二）依申请公开情况良好，没有遗留")
    assert found.overview.subsections == (
        Subsection("（一）", "主动公开。", ("发布信息96条。其中图解3条。",)),
        Subsection("（二）", "依申请公开情况良好，没有遗留"),
    )


def test_a_long_paragraph_with_a_number_has_no_heading():
    text = "这一段文字很长，" * 8
    assert report(overview=f"（一）{text}").overview.subsections == (Subsection("（一）", "", (text,)),)


def test_another_numbering_inside_a_part_is_its_text():
    found = report(overview="（一）主动公开\n1.网站\n2.公开栏\n（二）依申请公开")
    assert found.overview.subsections == (
        Subsection("（一）", "主动公开", ("1.网站", "2.公开栏")),
        Subsection("（二）", "依申请公开"),
    )


@pytest.mark.parametrize("text", ["2023年发布信息96条。", "3.5万人次访问网站。", "一是加强培训。", "96条信息已发布。"])
def test_a_number_that_begins_a_sentence_is_no_numbering(text):
    assert report(overview=text).overview == TextSection("一、总体情况", (text,))


def test_a_section_printed_twice_keeps_the_text_of_both():
    parsed = parse_text("一、总体情况\n甲段。\n二、主动公开政府信息情况\n乙段。\n一、总体情况\n丙段。\n")
    assert parsed.overview.paragraphs == ("甲段。", "丙段。")


def test_sections_may_stand_in_another_order_or_be_missing():
    parsed = parse_text("六、其他需要报告的事项\n无。\n五、存在的主要问题及改进情况\n有。\n")
    assert (parsed.other_matters.paragraphs, parsed.problems.paragraphs) == (("无。",), ("有。",))
    assert (parsed.overview, parsed.requests_text) == (None, None)


def test_headings_without_number():
    parsed = parse_text("总体情况\n甲段。\n其他需要报告的事项\n无。\n")
    assert (parsed.overview, parsed.other_matters) == (
        TextSection("总体情况", ("甲段。",)),
        TextSection("其他需要报告的事项", ("无。",)),
    )


def test_prose_above_and_below_a_table_is_the_text_of_its_section():
    table = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 1 | 2 | 3 |"
    parsed = parse_text(
        f"一、总体情况\n二、主动公开政府信息情况\n上文。\n\n{table}\n\n下文共有三句话，说明数据来源。\n"
    )
    assert parsed.disclosure_text.paragraphs == ("上文。", "下文共有三句话，说明数据来源。")
    assert parsed.disclosure.rules.in_force == 3


def test_the_text_of_the_examples_comes_back():
    for layout in ("tab indented", "cell lines", "Markdown"):
        expected = sample("2021")
        found = parse_text(LAYOUTS[layout](expected))
        for name in ("title", "agency", "year", "period", "issued_on", "issued_by", "overview", "problems"):
            assert (name, getattr(found, name)) == (name, getattr(expected, name))
        assert found.preamble.paragraphs == expected.preamble.paragraphs
