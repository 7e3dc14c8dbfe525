"""Reports are written in the official form, and what is written is parsed back as it was."""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from decimal import Decimal
from itertools import product

import attrs
import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import gxparse
from gxparse import Form, RenderError, Report, render
from gxparse.records import (
    Activity,
    Applicants,
    DisclosedDocuments,
    FeeItems,
    OtherTable,
    Preamble,
    Procurement,
    TextSection,
    fields_of,
)
from gxparse.rendering import LOSSLESS, STYLES
from gxparse.rendering.form import outline
from gxparse.rendering.outline import Grid
from gxparse.testing import printed_reports, reports
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


#: For each row of section two, the class of it that form 2021 does not have.
OF_FORM_2019 = {
    "rules": DisclosedDocuments,
    "normative_documents": DisclosedDocuments,
    "licensing": Activity,
    "other_services": Activity,
    "penalties": Activity,
    "compulsion": Activity,
    "fees": FeeItems,
    "procurement": Procurement,
}


def with_rows_of_2019(report: Report, names: list[str]) -> Report:
    """The report with other rows in its section two: those of form 2019, with the same numbers or others."""
    numbers = {cell.path: cell.value for cell in report.cells()}
    rows = {}
    for number, name in enumerate(names):
        columns = fields_of(OF_FORM_2019[name])
        values = {column.name: 7001 + 10 * number + place for place, column in enumerate(columns)}
        known = {column.name: numbers.get(f"disclosure.{name}.{column.name}") for column in columns}
        rows[name] = OF_FORM_2019[name](**values | {column: value for column, value in known.items() if value})
        if name == "procurement":
            rows[name] = Procurement(7091, Decimal("7092.5"), "万元")
    return attrs.evolve(report, disclosure=attrs.evolve(report.disclosure, **rows))


@pytest.mark.parametrize("name", OF_FORM_2019)
@pytest.mark.parametrize("read", [*LOSSLESS, "html", "docx"])
def test_a_row_of_another_form_stands_under_its_own_heads(read, name):
    report = with_rows_of_2019(distinct(sample("2021")), [name])
    again = READ[read](report) if read in READ else gxparse.parse_text(render(report, style=read))
    assert again == report


def test_rows_of_several_columns_are_never_written_under_the_heads_of_others():
    report = with_rows_of_2019(distinct(sample("2021")), ["penalties"])
    table = next(block for block in outline(report) if isinstance(block, Grid))
    texts = [[box.text for box in row] for row in table.rows]
    at = texts.index(["第二十条第（六）项"])
    assert [row[:2] for row in texts[at + 1 : at + 5]] == [
        ["信息内容", "上一年项目数量"],
        ["行政处罚", "7001"],
        ["信息内容", "本年处理决定数量"],
        ["行政强制", str(report.disclosure.compulsion.decisions)],
    ]


@given(
    report=printed_reports(st.sampled_from(["2021", "mixed"])),
    names=st.lists(st.sampled_from(sorted(OF_FORM_2019)), unique=True),
)
@settings(max_examples=max(20, settings().max_examples // 5))
def test_what_mixes_the_rows_of_both_forms_is_parsed_back_or_found(report, names):
    report = with_rows_of_2019(report, names)
    expected = {cell.path: cell.value for cell in report.cells()}
    for again in (READ["html"](report), gxparse.parse_text(render(report, style="rows |"))):
        verdict = judge(expected, again)
        assert (verdict.wrong, verdict.unexplained) == ((), ())


def test_every_number_of_a_record_is_written():
    """Also where a record has both what form 2019 and what form 2021 prints for （六）其他处理."""
    report = distinct(sample("2021"))
    both = attrs.evolve(report.requests.results.other, total=Applicants(9001, 9002, 9003, 9004, 9005, 9006, 9007))
    results = attrs.evolve(report.requests.results, other=both)
    report = attrs.evolve(report, requests=attrs.evolve(report.requests, results=results))
    boxes = [box for block in outline(report) if isinstance(block, Grid) for row in block.rows for box in row]
    assert sorted(box.path for box in boxes if box.path) == sorted(cell.path for cell in report.cells())
    verdict = judge({cell.path: cell.value for cell in report.cells()}, READ["html"](report))
    assert (verdict.wrong, verdict.unexplained) == ((), ())
    table = next(block for block in outline(report) if isinstance(block, Grid) and block.name == "requests")
    assert sum(box.across * box.down for row in table.rows for box in row) == table.width * len(table.rows)


@given(report=reports())
@settings(max_examples=max(20, settings().max_examples // 5))
def test_any_record_is_written_or_refused(report):
    """Whatever a record holds, it is written in every style, or what no file can hold is named."""
    for style in STYLES:
        assert isinstance(render(report, style=style), str)
    assert isinstance(render(report, "html"), str)
    blocks = outline(attrs.evolve(report, other_tables=()))
    boxes = [box for block in blocks if isinstance(block, Grid) for row in block.rows for box in row]
    assert {box.path for box in boxes if box.path} == {cell.path for cell in report.cells()}


@given(report=reports())
@settings(max_examples=max(3, settings().max_examples // 50))
def test_any_record_is_written_as_a_word_file_or_refused(report):
    with suppress(RenderError):
        assert render(report, "docx").startswith(b"PK")


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


def test_the_pages_of_a_word_file_are_numbered_and_its_text_is_chinese():
    document = docx.Document(io.BytesIO(render(sample("2021"), "docx")))
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph._p.xpath("w:fldSimple/@w:instr") == ["PAGE"]
        assert [run.text for run in paragraph.runs] == ["— ", " —"]
        assert paragraph.alignment.name.lower() == side
    assert document.settings.odd_and_even_pages_header_footer
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:eastAsia") == ["zh-CN"]


def test_the_signature_of_a_word_file_stands_below_its_text_on_the_same_page():
    document = docx.Document(io.BytesIO(render(sample("2021"), "docx")))
    *_, text, agency, day = document.paragraphs
    assert [each.paragraph_format.keep_with_next for each in (text, agency, day)] == [True, True, None]
    assert agency.paragraph_format.space_before.pt == agency.style.paragraph_format.line_spacing.pt == 28
    assert day.paragraph_format.space_before is None
    assert agency.style.paragraph_format.right_indent.pt == 32


def test_a_merged_cell_of_a_word_file_is_as_wide_as_its_columns():
    document = docx.Document(io.BytesIO(render(sample("2021"), "docx")))
    for table in document.tables:
        columns = [column.width for column in table.columns]
        for row in table._tbl.tr_lst:
            at = 0
            for cell in row.tc_lst:
                assert abs(cell.width - sum(columns[at : at + cell.grid_span])) < 1000 * cell.grid_span
                at += cell.grid_span
            assert at == len(columns)


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
