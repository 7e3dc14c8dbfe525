"""A comparison as text, Markdown, HTML, JSON, a table and a figure."""

from __future__ import annotations

import builtins
import json
import re
import sys
from contextlib import suppress
from decimal import Decimal
from html.parser import HTMLParser

import matplotlib
import pytest
from attrs import evolve
from matplotlib.font_manager import findfont

from gxparse import fonts
from gxparse.comparison import chart, diff_years
from gxparse.comparison.style import STYLE
from gxparse.errors import GxparseError
from gxparse.records import Applicants, FeeAmount, Form, OtherResults, Preamble, Subsection, TextSection
from gxparse.testing import printed, zeros

OVERVIEW = TextSection(
    "一、总体情况",
    ("2022年，本镇主动公开各类政府信息共计120条，及时回应群众关切。",),
    (Subsection("（一）", "平台建设", ("网站栏目由专人维护，每季度检查一次。",)),),
)
NEWER_OVERVIEW = TextSection(
    "一、总体情况",
    ("2023年，本镇主动公开各类政府信息共计120条，及时回应群众关切。",),
    (
        Subsection("（一）", "平台建设", ("网站栏目由专人维护，每月检查一次。",)),
        Subsection("（二）", "队伍建设", ("新设专职岗位一个。",)),
    ),
)


def older():
    report = evolve(zeros(), agency="云岭县青石镇人民政府", year=2022, overview=OVERVIEW)
    report = evolve(report, disclosure=evolve(report.disclosure, fees=FeeAmount(Decimal("7.5"), "万元")))
    return printed(report.replace({"requests.received.total": 8}), {"proceedings.reconsideration.total": "/"})


def newer():
    report = evolve(zeros(), agency="青石镇人民政府", year=2023, overview=NEWER_OVERVIEW)
    report = evolve(report, disclosure=evolve(report.disclosure, fees=FeeAmount(Decimal(9), "万元")))
    return report.replace({"requests.received.total": 5, "requests.carried_in.total": 3})


def old_form():
    report = evolve(zeros(Form.F2019), agency="青石镇", year=2021)
    return report.replace({"requests.results.other.total.total": 1, "disclosure.rules.created": 4})


DIFF = diff_years(older(), newer())
ACROSS = diff_years(old_form(), evolve(older(), agency="青石镇"))
EMPTY = diff_years(older(), older(), force=True)


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def lines_of(text):
    return [re.sub(r" +", " ", line.strip()) for line in text.splitlines()]


def test_text():
    lines = lines_of(str(DIFF))
    assert lines[:2] == ["政府信息公开工作年度报告：2022 年与 2023 年对比", "云岭县青石镇人民政府 → 青石镇人民政府"]
    assert "机关名称 云岭县青石镇人民政府 → 青石镇人民政府 一个省略了所属行政区划" in lines
    assert "一、本年新收政府信息公开申请数量 · 总计 8 → 5 −3 −37.5%" in lines
    assert "二、上年结转政府信息公开申请数量 · 总计 0 → 3 +3" in lines
    assert "行政事业性收费 · 本年收费金额 7.5 万元 → 9 万元 +1.5 +20.0%" in lines
    assert "行政复议 · 总计 不适用“/” → 0" in lines
    assert "（二）队伍建设 新增" in lines
    assert any(line.startswith("GX501 ") for line in lines)
    assert not any("规章" in line for line in lines)


def test_text_in_english_and_with_what_did_not_change():
    lines = lines_of(DIFF.to_text(language="en", unchanged=True))
    assert "行政复议 · 总计 not applicable: “/” → 0" in lines
    assert "（二）队伍建设 new" in lines
    assert "规章 · 本年制发件数 0 → 0 0" in lines


def test_text_tells_what_cannot_be_compared():
    lines = lines_of(str(ACROSS))
    (reason,) = [at for at, line in enumerate(lines) if line.startswith("2019 年格式统计制作")]
    assert lines.index("旧 规章 · 本年新制作数量 4") > reason
    assert "报告格式 2019 → 2021" in lines


@pytest.mark.parametrize(("language", "said"), [("zh", "没有变化"), ("en", "othing changed")])
def test_nothing_changed(language, said):
    for text in (
        EMPTY.to_text(language=language),
        EMPTY.to_markdown(language=language),
        EMPTY.to_html(language=language),
    ):
        assert said in text
    assert said not in DIFF.to_text(language=language)


def test_control_characters_do_not_reach_a_terminal():
    report = evolve(newer(), agency="青石镇\x1b[31m", year=2024)
    assert "\x1b" not in str(diff_years(newer(), report, force=True))


@pytest.mark.parametrize("show", ["to_text", "to_markdown", "to_html", "plot"])
def test_an_unknown_language(show):
    with pytest.raises(GxparseError, match="no language 'fr'"):
        getattr(DIFF, show)(language="fr")


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_markdown():
    text = DIFF.to_markdown()
    assert "| 一、本年新收政府信息公开申请数量 · 总计 | 8 | 5 | −3 | −37.5% |" in text
    assert "网站栏目由专人维护，每<del>季度</del><ins>月</ins>检查一次。" in text
    assert "<del>2022</del><ins>2023</ins>年，" in text
    assert "及时回应群众关切。 *〔沿用上年〕*" in text
    assert "#### （二）队伍建设（新增）" in text
    assert "规章" not in text
    assert "规章" in DIFF.to_markdown(unchanged=True)


def test_markdown_across_the_forms():
    text = ACROSS.to_markdown(language="en")
    assert "| 规章 · 本年新制作数量 | 4 |  | form 2019 counts what was drawn up" in text
    assert "| 规章 · 本年制发件数 |  | 0 | form 2019 counts what was drawn up" in text


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("a|b*c_d`e", r"a\|b\*c\_d\`e"),
        ("<b>[x](y)", r"\<b\>\[x\](y)"),
        ("1. 全年工作", r"<ins>1. 全年工作</ins>"),
    ],
)
def test_markdown_of_texts_means_itself(paragraph, expected):
    report = evolve(newer(), overview=TextSection("一、总体情况", (paragraph,)))
    assert expected in diff_years(evolve(older(), overview=None), report).to_markdown()


def test_an_unchanged_paragraph_begins_no_list():
    for paragraph, expected in (
        ("1. 全年工作", "1\\. 全年工作"),
        ("- 全年工作", "\\- 全年工作"),
        ("# 全年", "\\# 全年"),
    ):
        section = TextSection("一、总体情况", (paragraph, "甲"))
        one, other = evolve(older(), overview=section), evolve(newer(), overview=evolve(section, heading="一、概述"))
        assert f"\n{expected}\n" in diff_years(one, other).to_markdown()


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Page(HTMLParser):
    """Whether every tag that is opened is closed, and what the page would load."""

    def __init__(self, text):
        super().__init__()
        self.open, self.loaded, self.tags = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "col"):
            self.open.append(tag)
        self.loaded += [value for name, value in attributes if name in ("src", "href")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("diff", [DIFF, ACROSS, EMPTY])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_whole_and_stands_by_itself(diff, language):
    page = Page(diff.to_html(language=language))
    assert (page.open, page.loaded) == ([], [])
    assert page.tags[0] == ("html", {"lang": {"zh": "zh-CN", "en": "en"}[language]})
    assert not re.search(r"url\(|@import", STYLE)
    assert "size: A4" in STYLE


def test_the_page_shows_both_reports_in_the_official_form():
    text = DIFF.to_html()
    assert text.count('<table class="form requests">') == 2
    assert text.count("<caption>2022 年</caption>") == 3
    assert '<td class="before">8</td>' in text
    assert '<td class="down">5<span class="sign" title="−37.5%">−3</span></td>' in text
    assert '<td class="up">3<span class="sign" title="">+3</span></td>' in text
    assert '<td class="other">0<span class="sign" title="有变化，但不能相减">≠</span></td>' in text
    assert '<td class="before">/</td>' in text
    assert '<th scope="row" colspan="3"><span>一、本年新收政府信息公开申请数量</span></th>' in text
    assert '<th scope="col" rowspan="2" class="narrow"><span>自然人</span></th>' in text


def test_the_page_shows_what_changed_in_the_texts():
    text = DIFF.to_html()
    assert (
        "<p>网站栏目由专人维护，每<del>季度</del>检查一次。</p><p>网站栏目由专人维护，每<ins>月</ins>检查一次。</p>"
        in text
    )
    assert '及时回应群众关切。 <span class="copied">沿用上年</span></p>' in text
    assert '<h3>（二）队伍建设 <small lang="zh-CN">新增</small></h3>' in text
    assert "<p></p><p><ins>新设专职岗位一个。</ins></p>" in text


def test_what_was_rewritten_stands_beside_what_it_was():
    texts = [(("甲乙丙丁戊己庚辛", "留下的一段文字"), ("子丑寅卯辰巳午未", "留下的一段文字", "天地玄黄宇宙洪荒"))]
    for before, after in texts:
        one = evolve(older(), overview=TextSection("一、总体情况", before))
        other = evolve(newer(), overview=TextSection("一、总体情况", after))
        text = diff_years(one, other).to_html()
    assert "<p><del>甲乙丙丁戊己庚辛</del></p><p><ins>子丑寅卯辰巳午未</ins></p>" in text
    assert '<div class="pair text same"><p>留下的一段文字</p><p>留下的一段文字</p></div>' in text
    assert "<p></p><p><ins>天地玄黄宇宙洪荒</ins></p>" in text


def test_the_page_across_the_forms():
    text = ACROSS.to_html()
    assert '<td class="apart">4<span class="sign" title="2019 年格式统计制作' in text
    assert '<td class="before">1</td>' in text
    assert '<td class="down">0<span class="sign" title="−100.0%">Σ−1</span></td><td' not in text
    assert text.count('<span class="sign" title="−100.0%">Σ−1</span>') == 1
    assert "form 2021 has no row for procurement" in ACROSS.to_html(language="en")


def test_everything_in_the_page_is_escaped():
    evil = "<script>alert(1)</script>&"
    report = evolve(
        printed(newer(), {"requests.received.other": evil, "disclosure.fees.amount": evil}),
        agency=evil,
        title=evil,
        year=2024,
        preamble=Preamble((evil,), phone=evil, email=evil),
        overview=TextSection(evil, (evil,), (Subsection(evil, evil, (evil,)),)),
    )
    fees = evolve(report.disclosure, fees=FeeAmount(Decimal(3), evil))
    for one, other in ((newer(), report), (newer(), evolve(report, disclosure=fees))):
        for first, second in ((one, other), (evolve(other, year=2020), one)):
            text = diff_years(first, second, force=True).to_html()
            assert "<script" not in text
            assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in text


# ── JSON and tables ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_json():
    plain = json.loads(DIFF.to_json())
    assert plain["schema"] == "gxparse-diff/1"
    assert plain["older"] == {"title": None, "agency": "云岭县青石镇人民政府", "year": 2022, "form": "2021"}
    changes = {change["path"]: change for change in plain["changes"]}
    assert changes["requests.received.total"] == {
        "path": "requests.received.total",
        "label": "一、本年新收政府信息公开申请数量 · 总计",
        "before": 8,
        "after": 5,
        "difference": -3,
        "percent": "-37.5",
        "older": {"paths": ["requests.received.total"], "standing": "number", "unit": None, "raw": None},
        "newer": {"paths": ["requests.received.total"], "standing": "number", "unit": None, "raw": None},
    }
    assert changes["disclosure.fees.amount"]["difference"] == "1.5"
    assert changes["proceedings.reconsideration.total"]["older"]["standing"] == "not_applicable"
    assert "unchanged" not in plain
    assert len(json.loads(DIFF.to_json(unchanged=True))["unchanged"]) == 196
    (text,) = plain["texts"]
    assert (text["section"], text["changed"], len(text["parts"])) == ("overview", True, 3)
    assert text["parts"][0]["passages"][0]["copied"] is True
    assert text["parts"][1]["passages"][0]["pieces"][1] == {"kind": "deleted", "text": "季度"}


def test_the_dictionary_has_plain_numbers_and_the_json_its_indent():
    plain = DIFF.to_dict(unchanged=True)
    assert plain["changes"][0]["difference"] == Decimal("1.5")
    assert json.loads(DIFF.to_json(indent=2)) == json.loads(DIFF.to_json())
    assert "\n  " in DIFF.to_json(indent=2)


def test_json_of_what_cannot_be_compared():
    (cell,) = [each for each in ACROSS.to_dict()["not_comparable"] if each["path"] == "disclosure.rules.created"]
    assert (cell["report"], cell["value"], cell["standing"]) == ("older", 4, "number")
    assert "制作不等于制发" in cell["reason_zh"]


def test_a_table():
    rows = {row["path"]: row for row in DIFF.to_frame().to_pylist()}
    assert list(rows) == [cell.path for cell in newer().cells()]
    row = rows["requests.received.total"]
    assert (row["before"], row["after"], row["difference"], row["percent"]) == (8, 5, -3, -37.5)
    assert (row["is_comparable"], row["is_changed"], row["is_exact"], row["table"]) == (True, True, True, "requests")
    assert rows["disclosure.fees.amount"]["before_unit"] == "万元"
    assert rows["proceedings.reconsideration.total"]["before_standing"] == "not_applicable"
    across = {row["path"]: row for row in ACROSS.to_frame().to_pylist()}
    assert (across["disclosure.rules.created"]["before"], across["disclosure.rules.created"]["after"]) == (4, None)
    assert across["disclosure.rules.created"]["is_comparable"] is False
    assert across["disclosure.rules.issued"]["after"] == 0


@pytest.mark.parametrize("value", [2**53 + 1, 10**400])
def test_a_number_that_no_float_holds_is_left_out_of_the_table(value):
    diff = diff_years(older(), newer().replace({"requests.received.total": value}))
    row = next(row for row in diff.to_frame().to_pylist() if row["path"] == "requests.received.total")
    assert (row["before"], row["after"], row["is_exact"]) == (8, None, False)


def test_half_a_character_is_escaped_in_the_table():
    report = newer()
    report = evolve(report, disclosure=evolve(report.disclosure, fees=FeeAmount(Decimal(3), "\ud800")))
    units = diff_years(older(), report).to_frame()["after_unit"].to_pylist()
    assert "\\ud800" in units


def without(monkeypatch, package):
    """As if the package were not installed."""
    real = builtins.__import__

    def refuse(name, *rest):
        if name.partition(".")[0] == package:
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.parametrize(
    ("package", "extra", "show"), [("pyarrow", "frame", "to_frame"), ("matplotlib", "plot", "plot")]
)
def test_an_extra_that_is_not_installed_is_named(monkeypatch, package, extra, show):
    without(monkeypatch, package)
    with pytest.raises(GxparseError, match=rf"gxparse\[{extra}\]"):
        getattr(DIFF, show)()


# ── The figure ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def font():
    try:
        return fonts.chinese_font()
    except GxparseError:
        pytest.skip("there is no font with Chinese characters: apt install fonts-noto-cjk")


def texts_of(axes):
    return [text.get_text() for text in axes.texts]


def test_the_figure_shows_what_a_reader_looks_at_first(font, tmp_path):
    values = {
        "requests.received.enterprise": 4,
        "requests.results.denied.state_secret.total": 2,
        "requests.results.denied.internal_affairs.total": 1,
        "proceedings.direct_litigation.corrected": 2,
        "proceedings.post_reconsideration_litigation.corrected": 3,
    }
    figure = diff_years(older(), newer().replace(values)).plot()
    applicants, results, reconsideration, litigation = figure.axes
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "本年新收申请：按申请人",
        "申请办理结果",
        "行政复议：按结果",
        "行政诉讼：按结果",
    ]
    assert [label.get_text() for label in applicants.get_yticklabels()][:2] == ["自然人", "商业企业"]
    assert [label.get_text() for label in results.get_yticklabels()] == [
        "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理",
    ]  # fmt: skip
    assert [bar.get_width() for bar in applicants.containers[1]] == [0, 4, 0, 0, 0, 0]
    assert [bar.get_width() for bar in results.containers[1]] == [0, 0, 3, 0, 0, 0]
    assert [bar.get_width() for bar in litigation.containers[1]] == [0, 5, 0, 0]
    assert texts_of(litigation)[-1] == "+5"
    assert texts_of(reconsideration) == ["0"] * 8
    file = tmp_path / "figure.png"
    figure.savefig(file)
    assert file.stat().st_size > 10_000


def test_the_figure_tells_what_is_not_known(font):
    report = printed(newer(), {"requests.results.granted.total": "/"})
    figure = diff_years(older(), report).plot()
    assert texts_of(figure.axes[1])[6] == "不明"
    assert "不明" not in texts_of(figure.axes[0])
    english = diff_years(older(), report).plot(language="en")
    assert texts_of(english.axes[1])[6] == "unknown"


def test_a_fall_is_signed(font):
    figure = diff_years(older().replace({"proceedings.reconsideration.upheld": 7}), newer()).plot()
    assert texts_of(figure.axes[2])[-1] == "−7"


def test_the_figure_compares_the_forms(font):
    figure = ACROSS.plot()
    assert [bar.get_width() for bar in figure.axes[1].containers[0]] == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(("three", "width"), [(1, 3), (None, 2)])
def test_other_results_in_one_row_and_in_three_are_drawn_once(font, three, width):
    rows = [Applicants(*[three] * 7) for _ in range(3)]
    other = OtherResults(*rows, total=Applicants(*[2] * 7))
    report = newer()
    report = evolve(report, requests=evolve(report.requests, results=evolve(report.requests.results, other=other)))
    figure = diff_years(older(), report).plot()
    assert [bar.get_width() for bar in figure.axes[1].containers[1]][-1] == width


def test_the_figure_leaves_matplotlib_alone(font, monkeypatch):
    # As if it could not be imported.
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    before = matplotlib.rcParams.copy()
    DIFF.plot()
    assert matplotlib.rcParams.copy() == before


def test_odd_reports_can_be_drawn(font, tmp_path):
    odd = newer().replace({"requests.received.total": 10**400, "requests.received.other": -(10**400)})
    diff_years(older(), evolve(odd, agency="$x_{$"), force=True).plot().savefig(tmp_path / "odd.svg")


@pytest.mark.parametrize("number", [10**5000, -(10**5000)], ids=["many digits", "many digits below 0"])
def test_numbers_of_any_length_are_written_or_refused(font, number):
    odd = evolve(newer().replace({"requests.received.total": number}), year=abs(number))
    diff = diff_years(odd, older(), force=True)
    assert diff.notes[0].en == f"the reports were swapped: 2022 is the older, {abs(Decimal(number)):f} the newer"
    digits = f"{abs(Decimal(number)):f}"
    for shown in (diff.to_text(), diff.to_markdown()):
        assert digits in shown
    assert diff.plot()
    with pytest.raises(GxparseError, match="cannot be written as JSON"):
        diff.to_json()
    with suppress(GxparseError):
        assert diff.to_html()


def test_without_a_chinese_font_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(fonts, "_name", lambda: None)
    with pytest.raises(GxparseError, match="fonts-noto-cjk"):
        DIFF.plot()


def test_only_a_font_with_the_characters_is_taken(font):
    assert fonts._has_the_characters(findfont(font))
    assert not fonts._has_the_characters(findfont("DejaVu Sans"))
    assert not fonts._has_the_characters(__file__)


def test_labels_without_numbers_and_explanations():
    assert chart._short("（六）其他处理") == "其他处理"
    assert chart._short("自然人") == "自然人"
