"""Reports are written in the official form, and what is written is parsed back as it was."""

from __future__ import annotations

import io
import sys
from itertools import product

import attrs
import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from selectolax.lexbor import LexborHTMLParser

import gxparse
from gxparse import Form, RenderError, Report, render
from gxparse.records import Applicants, OtherTable, Preamble, TextSection, fields_of
from gxparse.rendering import LOSSLESS, STYLES
from gxparse.rendering.form import outline
from gxparse.rendering.outline import Grid
from gxparse.testing import printed_reports
from tests.layouts import FORMS, distinct, judge, sample

READ = {
    "markdown": lambda report: gxparse.parse_text(render(report, "markdown")),
    "html": lambda report: gxparse.parse(render(report, "html").encode()),
    "docx": lambda report: gxparse.parse(render(report, "docx")),
}

# ── The round trip ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("style", LOSSLESS)
@given(report=printed_reports())
@settings(max_examples=max(10, settings().max_examples // 10))
def test_what_is_written_as_text_is_parsed_back(style, report):
    again = gxparse.parse_text(render(report, style=style))
    assert again == report
    tokens = {path: source.raw for path, source in report.sources.items()}
    assert {path: again.sources[path].raw for path in tokens} == tokens


@pytest.mark.parametrize("format", ["markdown", "html"])
@given(report=printed_reports())
@settings(max_examples=max(20, settings().max_examples // 5))
def test_what_is_written_in_markdown_and_html_is_parsed_back(format, report):
    assert READ[format](report) == report


@given(report=printed_reports())
@settings(max_examples=max(5, settings().max_examples // 20))
def test_what_is_written_as_a_word_file_is_parsed_back(report):
    assert READ["docx"](report) == report


@pytest.mark.parametrize(("style", "form"), list(product(STYLES, FORMS)))
def test_no_style_yields_a_wrong_number(style, form):
    report = distinct(sample(form), seed=3, blanks=0.3)
    verdict = judge({cell.path: cell.value for cell in report.cells()}, gxparse.parse_text(render(report, style=style)))
    assert (verdict.wrong, verdict.unexplained) == ((), ())


@pytest.mark.parametrize("format", READ)
def test_a_second_table_is_written_under_its_caption(format):
    report = distinct(sample("2021"))
    other = OtherTable("全镇汇总如下：", distinct(sample("2021"), seed=1).requests)
    text = attrs.evolve(report.requests_text, paragraphs=("全年收到申请 3 件。", "全镇汇总如下："))
    report = attrs.evolve(report, other_tables=(other,), requests_text=text)
    assert READ[format](report) == report


# ── The form ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", Form)
def test_a_blank_form_has_every_cell_and_every_label(form):
    blank = Report.blank(form)
    grids = [block for block in outline(blank) if isinstance(block, Grid)]
    boxes = [box for grid in grids for row in grid.rows for box in row]
    assert [box.path for box in boxes if box.path] == [cell.path for cell in blank.cells()]
    assert not any(box.text for box in boxes if box.path)
    again = READ["html"](blank)
    assert {cell.path: cell.value for cell in again.cells()} == {cell.path: None for cell in blank.cells()}
    assert [section.heading for section in (again.overview, again.problems, again.other_matters)] == [
        "一、总体情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_each_table_is_a_full_rectangle():
    for form in FORMS:
        for grid in (block for block in outline(sample(form)) if isinstance(block, Grid)):
            covered = sum(box.across * box.down for row in grid.rows for box in row)
            assert covered == grid.width * len(grid.rows), grid.name


def test_a_record_without_texts_tells_title_period_and_contacts():
    report = attrs.evolve(
        Report.blank(Form.F2021),
        agency="云岭县教育局",
        year=2023,
        period=sample("2021").period,
        preamble=Preamble(phone="0999-8123456", email="xxgk@example.org"),
    )
    again = gxparse.parse_text(render(report))
    assert (again.title, again.agency, again.year) == (
        "云岭县教育局2023年政府信息公开工作年度报告",
        "云岭县教育局",
        2023,
    )
    assert again.period == report.period
    assert (again.preamble.phone, again.preamble.email) == ("0999-8123456", "xxgk@example.org")


def test_an_amount_has_the_unit_that_the_head_names():
    blank = Report.blank(Form.F2021)
    assert "本年收费金额（单位：万元）" in render(blank)
    filled = blank.replace({"disclosure.fees.amount": 3})
    assert (filled.disclosure.fees.unit, READ["html"](filled).disclosure.fees.unit) == ("万元", "万元")
    in_yuan = attrs.evolve(
        filled, disclosure=attrs.evolve(filled.disclosure, fees=attrs.evolve(filled.disclosure.fees, unit="元"))
    )
    assert "本年收费金额（单位：元）" in render(in_yuan)
    assert READ["html"](in_yuan).disclosure.fees.unit == "元"


def test_a_subsection_without_heading_begins_with_its_text():
    long = "本镇全年" + "认真" * 30 + "公开。"
    overview = TextSection("一、总体情况", (), (gxparse.records.Subsection("（一）", "", (long,)),))
    report = attrs.evolve(sample("2021"), overview=overview)
    assert READ["html"](report).overview == overview


# ── Formats ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_html_is_a_page_with_the_text_escaped():
    report = attrs.evolve(sample("2021"), overview=TextSection("一、总体情况", ("甲<b>乙</b>&amp;丙。",)))
    page = render(report, "html")
    tree = LexborHTMLParser(page)
    assert "甲&lt;b&gt;乙&lt;/b&gt;&amp;amp;丙。" in page
    assert tree.css_first("title").text() == tree.css_first("h1").text() == report.title
    assert len(tree.css("table")) == 3
    assert [len(tree.css("td"))] == [200]
    assert [node.text() for node in tree.css("p.signature")] == ["云岭县青石镇人民政府", "2024年1月18日"]


def test_a_word_file_is_laid_out_as_an_official_document():
    document = docx.Document(io.BytesIO(render(distinct(sample("2021")), "docx")))
    section = document.sections[0]
    assert [round(length.cm, 1) for length in (section.page_width, section.page_height, section.left_margin)] == [
        21.0,
        29.7,
        2.8,
    ]
    assert [paragraph.style.name for paragraph in document.paragraphs[:3]] == ["Title", "Normal", "Heading 1"]
    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Heading 2", "Normal", "Cell")
    }
    assert fonts == {
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "Normal": "仿宋_GB2312",
        "Cell": "宋体",
    }
    disclosure, requests, proceedings = document.tables
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in requests.rows]
    assert heads == [True] * 3 + [False] * 25
    assert requests.cell(3, 0)._tc is requests.cell(3, 2)._tc
    assert requests.cell(5, 0)._tc is requests.cell(25, 0)._tc
    assert len(proceedings.columns) == 15
    assert disclosure.cell(0, 0).text == "第二十条第（一）项"
    assert document.core_properties.title == "云岭县青石镇人民政府2023年政府信息公开工作年度报告"


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_format_or_style_is_named():
    with pytest.raises(RenderError, match="the formats are text, markdown, html, docx"):
        render(sample("2021"), "pdf")
    with pytest.raises(RenderError, match="There is no style 'rows'"):
        render(sample("2021"), style="rows")


def test_a_style_is_one_of_text():
    with pytest.raises(RenderError, match="style"):
        render(sample("2021"), "html", style="rows |")


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\ud800"])
def test_characters_that_no_word_file_holds_are_refused(character):
    with pytest.raises(RenderError, match="control characters"):
        render(attrs.evolve(sample("2021"), title=f"甲{character}"), "docx")


def test_the_extra_for_word_files_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "gxparse.rendering.docx", None)
    with pytest.raises(RenderError, match=r'pip install "gxparse\[docx\]"'):
        render(sample("2021"), "docx")


def test_every_label_of_the_records_is_printed():
    text = render(sample("2021"))
    for column in fields_of(Applicants):
        assert column.metadata["label"] in text
