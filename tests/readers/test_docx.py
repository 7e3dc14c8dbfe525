"""Word files: what the page shows is read, what it does not show is not, and no number is made up."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gxparse import parse, parse_text
from gxparse.document import Document, Paragraph, Table
from gxparse.errors import GxparseError, SourceError
from gxparse.readers import limits
from gxparse.readers.docx import read
from tests.layouts import FORMS, LAYOUTS, Box, Grid, Line, Outline, distinct, judge, matrix, outline, sample

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
OOXML = "http://schemas.openxmlformats.org"
NAMESPACES = (
    " ".join(
        f'xmlns:{prefix}="{OOXML}/{path}"'
        for prefix, path in {
            "w": "wordprocessingml/2006/main",
            "wp": "drawingml/2006/wordprocessingDrawing",
            "a": "drawingml/2006/main",
            "pic": "drawingml/2006/picture",
            "m": "officeDocument/2006/math",
            "mc": "markup-compatibility/2006",
            "r": "officeDocument/2006/relationships",
        }.items()
    )
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)

# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def package(parts: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return data.getvalue()


def relations(**targets: str) -> str:
    found = "".join(
        f'<Relationship Id="{kind}" Type="{OOXML}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{OOXML}/package/2006/relationships">{found}</Relationships>'


def word(body: str, numbering: str = "", styles: str = "", head: str = "") -> bytes:
    """A Word file of the parts that say something."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": relations(styles="styles.xml", numbering="/word/numbering.xml"),
        "word/document.xml": f"{head}<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
    }
    return package(parts)


def strict(data: bytes) -> bytes:
    """A file in the namespaces of Strict OOXML."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    usual = re.compile(rf"{OOXML}/(wordprocessingml|drawingml|officeDocument)/2006/")
    return package({name: usual.sub(r"http://purl.oclc.org/ooxml/\1/", part) for name, part in parts.items()})


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{t(text)}</w:r>"


def p(text: str = "", properties: str = "") -> str:
    """A paragraph of a text, or of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{text if text.startswith('<') else r(text)}</w:p>"


def tc(text: str = "", properties: str = "") -> str:
    """A cell of a text, or of paragraphs and tables."""
    inner = text if text.startswith(("<w:p", "<w:tbl", "<w:sdt")) else p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    inner = "".join(each if each.startswith("<") else tc(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def list_of(number: int, *levels: tuple[str, str], more: str = "") -> str:
    """The description of a list: how the numbers of each level are written, and the text around them."""
    described = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{described}</w:abstractNum>'


def num(number: int, abstract: int | None = None, override: str = "") -> str:
    abstract = number if abstract is None else abstract
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


# ── What is read ─────────────────────────────────────────────────────────────────────────────────────────────────────


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def places(document: Document) -> list[list[tuple[str, int | None, int | None]]]:
    """Each cell of the first table with the row and the column it stands at."""
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [[(cell.text, cell.location.row, cell.location.cell) for cell in row.cells] for row in table.rows]


def text_of(content: str, **parts: str) -> str:
    """The text of a cell that holds a paragraph of some content."""
    return tables(read(word(tbl(tr(tc(p(content)), "end")), **parts)))[0][0][0]


# ── Whole reports ────────────────────────────────────────────────────────────────────────────────────────────────────


def as_xml(blocks: Outline) -> bytes:
    """An outline as a Word file whose cells are merged as Word merges them."""
    return word("".join(p(block.text) if isinstance(block, Line) else _grid(block) for block in blocks))


def _grid(grid: Grid) -> str:
    rows = []
    for slots in matrix(grid):
        cells = []
        for slot in (each for each in slots if not each.from_left):
            merge = GOES_ON if slot.from_above else RESTART if slot.box.down > 1 else ""
            properties = f'<w:gridSpan w:val="{slot.box.across}"/>{merge}'
            cells.append(tc("" if slot.from_above else slot.box.text, properties))
        rows.append(tr(*cells))
    return tbl(*rows)


def as_python_docx(blocks: Outline) -> bytes:
    """An outline as python-docx writes it."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, Line):
            document.add_paragraph(block.text)
            continue
        slots = matrix(block)
        table = document.add_table(len(slots), block.width)
        for number, row in enumerate(slots):
            for column, slot in enumerate(row):
                if slot.from_left or slot.from_above:
                    continue
                cell, box = table.cell(number, column), slot.box
                cell.text = box.text
                if box.across > 1 or box.down > 1:
                    cell.merge(table.cell(number + box.down - 1, column + box.across - 1))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def as_lists(blocks: Outline) -> bytes:
    """An outline whose labels and headings get their numbers from lists; each value stands in a list too."""
    kinds = {"一、": "chineseCounting", "（一）": "chineseCountingThousand", "1.": "decimal"}
    texts = {"一、": "%1、", "（一）": "（%1）", "1.": "%1."}
    order = "一二三四五六七八九"
    described, concrete = [], []

    def properties(mark: str, start: int) -> str:
        number = len(described) + 1
        described.append(list_of(number, (kinds[mark], texts[mark])))
        override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        concrete.append(num(number, override=override))
        return listed(number)

    def paragraph(text: str) -> str:
        for mark, pattern in {"一、": r"([一-九])、", "（一）": r"（([一-九])）", "1.": r"(\d)\."}.items():
            if match := re.match(pattern, text):
                start = int(match[1]) if mark == "1." else order.index(match[1]) + 1
                return p(text[match.end() :], properties(mark, start))
        return p(text, properties("1.", 7) if re.fullmatch(r"[\d.+-]+|", text) else "")

    def cell(of: Box, above: bool) -> str:
        merge = GOES_ON if above else RESTART if of.down > 1 else ""
        return tc(paragraph("" if above else of.text), f'<w:gridSpan w:val="{of.across}"/>{merge}')

    body = ""
    for block in blocks:
        if isinstance(block, Line):
            body += paragraph(block.text)
        else:
            body += tbl(
                *(
                    tr(*(cell(slot.box, slot.from_above) for slot in slots if not slot.from_left))
                    for slots in matrix(block)
                )
            )
    return word(body, numbering="".join(described + concrete))


WRITERS: dict[str, Callable[[Outline], bytes]] = {
    "XML": as_xml,
    "Strict OOXML": lambda blocks: strict(as_xml(blocks)),
    "python-docx": as_python_docx,
    "automatic numbers": as_lists,
}


@pytest.mark.parametrize(
    ("writer", "form"),
    [(writer, form) for writer in WRITERS for form in FORMS if writer != "python-docx" or form == "2019"],
)
def test_a_whole_report_comes_back(writer, form):
    report = distinct(sample(form), seed=5)
    parsed = parse(WRITERS[writer](outline(report)))
    expected = {cell.path: cell.value for cell in report.cells()}
    assert {cell.path: cell.value for cell in parsed.cells()} == expected
    assert parsed == parse_text(next(iter(LAYOUTS.values()))(report))
    assert parsed.findings == ()


@settings(max_examples=15, deadline=None, phases=PHASES)
@given(form=st.sampled_from(FORMS), writer=st.sampled_from(["XML", "automatic numbers"]), seed=st.integers(0, 10_000))
def test_reports_with_blank_cells_get_no_wrong_number(form, writer, seed):
    report = distinct(sample(form), seed, blanks=0.3)
    verdict = judge({cell.path: cell.value for cell in report.cells()}, parse(WRITERS[writer](outline(report))))
    assert (verdict.wrong, verdict.unexplained, verdict.right) == ((), (), verdict.printed)


@pytest.mark.parametrize("writer", ["XML", "python-docx"])
def test_each_value_stands_at_its_place(writer):
    data = WRITERS[writer](outline(distinct(sample("2021"))))
    # python-docx asks for a content type of each part.
    if writer == "XML":
        data = with_content_types(data)
    written = docx.Document(io.BytesIO(data)).tables
    cells = list(parse(data).cells())
    for cell in cells:
        place = cell.location
        assert place
        there = written[(place.table or 0) - 1].rows[(place.row or 0) - 1]._tr.tc_at_grid_offset((place.cell or 0) - 1)
        assert (cell.path, "".join(each.text for each in there.p_lst)) == (cell.path, cell.raw)
    assert len(cells) == 200


def with_content_types(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts: dict[str, str | bytes] = {name: packed.read(name) for name in packed.namelist()}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{kind}+xml"/>'
        for name, kind in {"document": "document.main", "styles": "styles", "numbering": "numbering"}.items()
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    parts["[Content_Types].xml"] = f'<Types xmlns="{OOXML}/package/2006/content-types">{default}{types}</Types>'
    return package(parts)


def test_each_paragraph_has_its_number():
    document = docx.Document()
    texts = ["青石镇", "", "一、总体情况", "甲\n乙"]
    for text in texts:
        document.add_paragraph(text)
    data = io.BytesIO()
    document.save(data)
    found = [
        (block.text, block.location.line) for block in read(data.getvalue()).blocks if isinstance(block, Paragraph)
    ]
    assert found == [("青石镇", 1), ("一、总体情况", 3), ("甲", 4), ("乙", 4)]


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText>=SUM(LEFT)</w:instrText></w:r>"
CONTENT = {
    "runs": (r("1") + r("2"), "12"),
    "a link": (f'<w:hyperlink r:id="x">{r("12")}</w:hyperlink>', "12"),
    "a content control": (f"<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>{r('12')}</w:sdtContent></w:sdt>", "12"),
    "a smart tag": (f"<w:smartTag>{r('1')}<w:smartTag>{r('2')}</w:smartTag></w:smartTag>", "12"),
    "a field": (f'<w:fldSimple w:instr="=1+2">{r("12")}</w:fldSimple>', "12"),
    "a complex field": (BEGIN + CODE + SEPARATE + r("12") + END + r("件"), "12件"),
    "a field without result": (BEGIN + CODE + END + r("12"), "\ufffc12"),
    "a field without result beside a word": (BEGIN + CODE + END + r("规章"), "规章"),
    "a page number": (r("12") + "<w:r><w:pgNum/></w:r>", "12\ufffc"),
    "a field in a field's instruction": (
        BEGIN + BEGIN + CODE + SEPARATE + r("9") + END + SEPARATE + r("12") + END,
        "12",
    ),
    "a field that never ends": (r("12") + BEGIN + CODE + SEPARATE + r("3"), "123"),
    "an insertion": (f"<w:ins>{r('12')}</w:ins>", "12"),
    "a deletion": (f"{r('12')}<w:del><w:r><w:delText>3</w:delText></w:r></w:del>", "12"),
    "a deletion that keeps its text": (f"{r('12')}<w:del>{r('3')}</w:del>", "12"),
    "a deletion in an insertion": (f"<w:ins>{r('12')}<w:del>{r('3')}</w:del></w:ins>", "12"),
    "what was moved away": (f"{r('12')}<w:moveFrom>{r('3')}</w:moveFrom>", "12"),
    "what was moved here": (f"<w:moveTo>{r('12')}</w:moveTo>", "12"),
    "a tab": (f"<w:r>{t('12')}<w:tab/>{t('3')}</w:r>", "12\t3"),
    "a line break": (f"<w:r>{t('12')}<w:br/>{t('3')}<w:cr/>{t('4')}</w:r>", "12\n3\n4"),
    "a hyphen that does not break": (f"<w:r><w:noBreakHyphen/>{t('3')}</w:r>", "-3"),
    "a hyphen that does not show": (f"<w:r>{t('1')}<w:softHyphen/>{t('2')}</w:r>", "12"),
    "hidden text": (r("12") + r("3", "<w:vanish/>"), "12"),
    "hidden text between paragraphs": (r("12") + r("3", "<w:specVanish/>"), "12"),
    "text that is not hidden": (r("12") + r("3", '<w:vanish w:val="0"/>'), "123"),
    "a superscript": (r("12") + r("3", '<w:vertAlign w:val="superscript"/>'), "12³"),
    "a subscript": (r("12") + r("3", '<w:vertAlign w:val="subscript"/>'), "12₃"),
    "no superscript": (r("12") + r("3", '<w:vertAlign w:val="baseline"/>'), "123"),
    "struck text": (r("12", "<w:strike/>") + r("3"), "~~12~~3"),
    "text not struck": (r("12", '<w:strike w:val="false"/>') + r("3"), "123"),
    "raised text": (r("12") + r("3", '<w:position w:val="6"/>'), "12³"),
    "lowered text": (r("12") + r("3", '<w:position w:val="-6"/>'), "12₃"),
    "text on the line": (r("12") + r("3", '<w:position w:val="0"/>'), "123"),
    "text that runs the other way": (f'{r("12")}<w:bdo w:val="rtl">{r("34")}</w:bdo>', "12\ufffc"),
    "two lines in one": (r("12") + r("34", '<w:eastAsianLayout w:combine="1"/>'), "1234\ufffc"),
    "text that is turned": (r("12", '<w:eastAsianLayout w:vert="1"/>'), "12"),
    "a font of symbols": (r("12") + r("3", '<w:rFonts w:ascii="Wingdings 2"/>'), "12\ufffc"),
    "a font": (r("12", '<w:rFonts w:ascii="宋体"/>') + r("3", '<w:rFonts w:ascii="Webdings"/>'), "12\ufffc"),
    "white text": (r("12") + r("3", '<w:color w:val="FFFFFE"/>') + r("4", '<w:color w:val="000000"/>'), "123\ufffc4"),
    "white text on a dark ground": (
        r("12", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000080"/>')
        + r("3", '<w:color w:val="FFFFFF"/><w:shd w:val="solid" w:color="000080"/>')
        + r("4", '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>'),
        "1234",
    ),
    "white text on a white ground": (
        r("12", '<w:color w:val="ffffff"/><w:shd w:val="clear" w:fill="auto"/>'),
        "12\ufffc",
    ),
    "red text on a red ground": (
        r("12", '<w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="ff0000"/>'),
        "12\ufffc",
    ),
    "a symbol": (r("12") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "12\uf0fc"),
    "a symbol that is none": (r("12") + '<w:r><w:sym w:char="zz"/></w:r>', "12\ufffc"),
    "a formula": (r("12") + "<m:oMath><m:r><m:t>3</m:t></m:r></m:oMath>", "12\ufffc"),
    "a comment and a footnote": (
        '<w:commentRangeStart w:id="1"/>'
        + r("12")
        + '<w:r><w:commentReference w:id="1"/><w:footnoteReference w:id="2"/></w:r>',
        "12",
    ),
    "reading aids": (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('shi')}</w:rt><w:rubyBase>{r('石')}</w:rubyBase></w:ruby></w:r>",
        "石",
    ),
    "alternatives": (
        f"<mc:AlternateContent><mc:Choice>{r('12')}</mc:Choice><mc:Fallback>{r('34')}</mc:Fallback></mc:AlternateContent>",
        "12",
    ),
    "the last alternative": (
        f"<mc:AlternateContent><mc:Fallback>{r('34')}</mc:Fallback></mc:AlternateContent>",
        "34",
    ),
    "a comment in the XML": ("<w:r><w:t>1<!-- 9 -->2</w:t></w:r>", "12"),
}


@pytest.mark.parametrize("name", CONTENT)
def test_the_text_is_what_the_page_shows(name):
    content, expected = CONTENT[name]
    assert text_of(content) == expected


STYLES = (
    '<w:style w:type="character" w:styleId="hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="based"><w:basedOn w:val="hidden"/></w:style>'
    '<w:style w:type="character" w:styleId="raised"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
)


@pytest.mark.parametrize(
    ("style", "expected"), [("hidden", "12"), ("based", "12"), ("raised", "12³"), ("loop", "123"), ("none", "123")]
)
def test_a_style_hides_or_raises_text(style, expected):
    assert text_of(r("12") + r("3", f'<w:rStyle w:val="{style}"/>'), styles=STYLES) == expected


def test_a_style_is_overruled_by_the_run():
    assert text_of(r("3", '<w:rStyle w:val="hidden"/><w:vanish w:val="off"/>'), styles=STYLES) == "3"


@pytest.mark.parametrize("way", ["style", "based", "default", "defaults"])
@pytest.mark.parametrize(
    ("look", "plain", "expected"),
    [
        ("<w:vanish/>", '<w:vanish w:val="0"/>', ""),
        ("<w:strike/>", '<w:strike w:val="0"/>', "~~35~~"),
        ("<w:dstrike/>", '<w:dstrike w:val="0"/>', "~~35~~"),
        ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="baseline"/>', "³⁵"),
        ('<w:position w:val="4"/>', '<w:position w:val="0"/>', "³⁵"),
        ('<w:rFonts w:ascii="Symbol"/>', '<w:rFonts w:ascii="宋体"/>', "\ufffc"),
        ('<w:color w:val="FFFFFF"/>', '<w:color w:val="auto"/>', "35\ufffc"),
    ],
)
def test_a_paragraph_is_set_as_its_style_says_unless_its_text_says_otherwise(way, look, plain, expected):
    looks = f"<w:rPr>{look}</w:rPr>"
    more = style("base", looks) + style("sub", '<w:basedOn w:val="base"/>')
    styles = {
        "style": more,
        "based": more,
        "default": style("normal", looks, ' w:default="1"'),
        "defaults": f"<w:docDefaults><w:rPrDefault>{looks}</w:rPrDefault></w:docDefaults>",
    }[way]
    styled = {"style": '<w:pStyle w:val="base"/>', "based": '<w:pStyle w:val="sub"/>'}.get(way, "")
    off = f'<w:style w:type="character" w:styleId="off"><w:rPr>{plain}</w:rPr></w:style>'
    cells = [tc(p(r("35", more), styled)) for more in ("", plain, '<w:rStyle w:val="off"/>')]
    found = tables(read(word(tbl(tr("甲", *cells)), styles=styles + off)))[0][0][1:]
    # What is off in the style of the characters leaves on what is on in that of the paragraph, where both are switches.
    is_switch = look in ("<w:vanish/>", "<w:strike/>")
    assert found == [expected, "35", expected if is_switch else "35"]


def test_text_that_two_styles_hide_is_shown():
    styles = STYLES + style("gone", "<w:rPr><w:vanish/></w:rPr>")
    cells = [tc(p(r("35", more), '<w:pStyle w:val="gone"/>')) for more in ("", '<w:rStyle w:val="hidden"/>')]
    assert tables(read(word(tbl(tr(*cells)), styles=styles))) == [[["", "35"]]]


@pytest.mark.parametrize("where", ["table", "row", "cell", "paragraph", "style", "nowhere"])
def test_white_text_is_seen_where_anything_around_it_is_dark(where):
    def dark(place: str) -> str:
        return '<w:shd w:val="clear" w:fill="1F3864"/>' if where == place else ""

    white = p(r("12", '<w:color w:val="FFFFFF"/>'), f'<w:pStyle w:val="head"/>{dark("paragraph")}')
    table = tbl(tr("甲", tc(white, dark("cell")))).replace("<w:tblPr/>", f"<w:tblPr>{dark('table')}</w:tblPr>")
    table = table.replace("<w:trPr>", f"<w:tblPrEx>{dark('row')}</w:tblPrEx><w:trPr>")
    found = tables(read(word(table, styles=style("head", f"<w:pPr>{dark('style')}</w:pPr>"))))
    assert found == [[["甲", "12\ufffc" if where == "nowhere" else "12"]]]


def test_lines_of_a_cell_are_kept_apart():
    found = tables(read(word(tbl(tr(tc(p("12") + p() + p("15")), tc(p() + p("3") + p()))))))
    assert found == [[["12\n\n15", "3"]]]


def test_headers_and_other_parts_are_not_read():
    data = word(p("正文"))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts: dict[str, str | bytes] = {name: packed.read(name) for name in packed.namelist()}
    for name in ("header1", "footer1", "footnotes", "comments"):
        parts[f"word/{name}.xml"] = f"<w:hdr {NAMESPACES}>{p('9')}</w:hdr>"
    assert paragraphs(read(package(parts))) == ["正文"]


def test_blocks_come_in_their_order():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('丙')}{tbl(tr('3', '4'))}</w:sdtContent></w:sdt>"
    document = read(word(p("甲") + tbl(tr("1", "2")) + p("乙") + control + p("丁")))
    shown = [block.text if isinstance(block, Paragraph) else block.rows[0].cells[0].text for block in document.blocks]
    assert shown == ["甲", "1", "乙", "丙", "3", "丁"]


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_cell_is_given_once_where_it_begins():
    rows = [
        tr(tc("甲", '<w:gridSpan w:val="2"/>' + RESTART), tc("乙", '<w:gridSpan w:val="3"/>')),
        tr(tc("", '<w:gridSpan w:val="2"/>' + GOES_ON), "1", "2", "3"),
        tr(tc("", '<w:gridSpan w:val="2"/><w:vMerge w:val="continue"/>')),
        tr(tc("丙", RESTART), "", "4"),
    ]
    assert places(read(word(tbl(*rows)))) == [
        [("甲", 1, 1), ("乙", 1, 3)],
        [("1", 2, 3), ("2", 2, 4), ("3", 2, 5)],
        [("丙", 4, 1), ("", 4, 2), ("4", 4, 3)],
    ]


def test_a_cell_that_goes_on_below_nothing_is_a_cell():
    # So it is where a table is broken in two.
    assert places(read(word(tbl(tr(tc("", GOES_ON), "1"), tr(tc("9", GOES_ON), "2"))))) == [
        [("", 1, 1), ("1", 1, 2)],
        [("2", 2, 2)],
    ]


def test_cells_left_out_before_a_row_move_it_to_the_right():
    row = tr("1", "2", properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>')
    assert places(read(word(tbl(tr("甲", "乙", "丙", "丁", "戊"), row))))[1] == [("1", 2, 3), ("2", 2, 4)]


def test_cells_merged_in_the_old_way_are_one():
    cells = tc("甲", '<w:hMerge w:val="restart"/>'), tc("9", "<w:hMerge/>"), tc("1")
    assert places(read(word(tbl(tr(*cells))))) == [[("甲", 1, 1), ("1", 1, 3)]]


def test_deleted_rows_and_cells_are_gone_and_inserted_ones_are_there():
    rows = [
        tr("甲", tc("9", '<w:cellDel w:id="1"/>'), "1"),
        tr("9", "9", properties='<w:del w:id="2"/>'),
        tr("乙", tc("2", '<w:cellIns w:id="3"/>'), properties='<w:ins w:id="4"/>'),
    ]
    assert places(read(word(tbl(*rows)))) == [[("甲", 1, 1), ("1", 1, 2)], [("乙", 2, 1), ("2", 2, 2)]]


def test_hidden_rows_are_left_out():
    hidden = [tr("乙", "9", properties=f"<w:hidden{value}/>") for value in ("", ' w:val="0"')]
    assert tables(read(word(tbl(tr("甲", "1"), *hidden)))) == [[["甲", "1"], ["乙", "9"]]]


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_rows_and_cells_in_content_controls_are_read():
    rows = control(tr("甲", control(tc("1"))) + control(tr("乙", tc(control(p("2"))))))
    assert tables(read(word(tbl(rows)))) == [[["甲", "1"], ["乙", "2"]]]


def test_a_table_broken_in_two_is_two_tables():
    document = read(word(tbl(tr("甲", "1")) + tbl(tr("乙", "2"))))
    numbers = [block.rows[0].cells[0].location.table for block in document.blocks if isinstance(block, Table)]
    assert (tables(document), numbers) == ([[["甲", "1"]], [["乙", "2"]]], [1, 2])


def test_a_table_around_tables_lays_out_the_page():
    inner = tbl(tr("规章", "1"))
    outer = tbl(tr(tc(p("左")), tc(p("上") + inner + p("下"))), tr("9", "", properties="<w:del/>"))
    document = read(word(outer))
    assert (paragraphs(document), tables(document)) == (["左", "上", "下"], [[["规章", "1"]]])
    assert places(document) == [[("规章", 1, 1), ("1", 1, 2)]]


def test_a_value_in_a_table_of_its_own_is_the_text_of_its_cell():
    assert tables(read(word(tbl(tr("规章", tc(tbl(tr("12")) + p())))))) == [[["规章", "12"]]]


def test_a_table_of_one_cell_is_a_frame():
    assert paragraphs(read(word(tbl(tr(tc(p("一、总体情况") + p("全镇")))) + p("二")))) == [
        "一、总体情况",
        "全镇",
        "二",
    ]


# ── Text boxes and pictures ──────────────────────────────────────────────────────────────────────────────────────────


def box(content: str) -> str:
    """A text box as Word writes it: twice, for new and for old programs."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><a:graphic>{inner}</a:graphic></wp:anchor>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_where_it_is_anchored():
    document = read(word(p(r("标题") + box(p("框") + tbl(tr("规章", "1")) + p(box(p("内"))))) + p("后")))
    assert (paragraphs(document), tables(document)) == (["标题", "框", "内", "后"], [[["规章", "1"]]])


def test_a_text_box_in_a_cell_is_its_last_line():
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('3')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert text_of(r("12") + old) == "12\n3"
    assert text_of(r("12") + box(p(r("3") + box(p("4"))))) == "12\n3\n4"


def picture(width: int, height: int) -> str:
    """A picture of a size in points."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width * 12700}" cy="{height * 12700}"/><a:graphic><a:graphicData>'
        '<pic:pic><a:blip r:embed="x"/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def old_picture(style: str) -> str:
    return f'<w:r><w:object><v:shape style="{style}"><v:imagedata r:id="x"/></v:shape></w:object></w:r>'


@pytest.mark.parametrize(
    ("content", "noted"),
    [
        (picture(415, 300), True),
        (picture(415, 20), False),
        (picture(100, 100), False),
        (old_picture("width:415pt;height:10cm;visibility:visible"), True),
        (old_picture("width:20pt;height:20pt"), False),
        (old_picture("position:absolute"), False),
        (box(p("框")), False),
    ],
)
def test_a_large_picture_may_be_a_table(content, noted):
    notes = read(word(p("二、") + p(content) + p("三、"))).notes
    assert [(note.code, note.location and note.location.line) for note in notes] == ([("GX008", 2)] if noted else [])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (r("1") + picture(8, 8) + r("5"), "1\ufffc5"),
        (r("1") + old_picture("width:8pt;height:8pt"), "1\ufffc"),
        (picture(8, 8), "\ufffc"),
        (picture(8, 8) + r("规章"), "规章"),
        (r("1") + picture(8, 8).replace("inline", "anchor") + r("5"), "15"),
        (r("1") + old_picture("position:absolute") + r("5"), "15"),
        (r("1") + box(p("框")), "1\n框"),
    ],
)
def test_a_picture_in_the_line_may_be_a_figure_of_a_number(content, expected):
    assert text_of(content) == expected


def test_a_picture_is_no_text_of_a_paragraph():
    assert paragraphs(read(word(p(picture(8, 8)) + p(picture(8, 8) + r("总体"))))) == ["总体"]


@pytest.mark.parametrize("inserted", ['<w:altChunk r:id="x"/>', p('<w:subDoc r:id="x"/>')])
def test_a_file_within_the_file_is_told(inserted):
    assert [note.code for note in read(word(p("一、") + inserted)).notes] == ["GX003"]


def test_a_file_that_inserts_itself_is_read_once():
    parts = {
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": relations(aFChunk="document.xml"),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{p('甲')}"
        '<w:altChunk r:id="aFChunk"/></w:body></w:document>',
    }
    document = read(package(parts))
    assert (paragraphs(document), [note.code for note in document.notes]) == (["甲"], ["GX003"])


def test_pictures_beside_all_the_tables_are_no_tables():
    table = tbl(tr("规章", "1"))
    assert [len(read(word(p(picture(415, 300)) + table * count)).notes) for count in (2, 3)] == [1, 0]


# ── Automatic numbers ────────────────────────────────────────────────────────────────────────────────────────────────


def numbered(*items: tuple[int, int] | None, numbering: str, styles: str = "") -> list[str]:
    """What paragraphs begin with that belong to a list and a level, or to none."""
    body = "".join(p("甲", listed(*item) if item else "") for item in items)
    return [text.removesuffix("甲") for text in paragraphs(read(word(body, numbering=numbering, styles=styles)))]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("decimal", "第%1条", ["第1条 ", "第2条 ", "第3条 "]),
        ("decimal", "%1", ["1 ", "2 ", "3 "]),
        ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
        ("japaneseCounting", "%1、", ["一、", "二、", "三、"]),
        ("ideographDigital", "%1、", ["一、", "二、", "三、"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "叁、"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "丙、"]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("upperLetter", "%1)", ["A)", "B)", "C)"]),
        ("decimalEnclosedCircle", "%1", ["① ", "② ", "③ "]),
        ("decimalEnclosedCircleChinese", "%1", ["① ", "② ", "③ "]),
        ("decimalZero", "%1.", ["01.", "02.", "03."]),
        ("none", "附", ["附 ", "附 ", "附 "]),
        ("bullet", "●", ["", "", ""]),
        ("unheardOf", "%1.", ["1.", "2.", "3."]),
    ],
)
def test_numbers_are_written_as_the_list_says(kind, text, expected):
    found = numbered((1, 0), (1, 0), (1, 0), numbering=list_of(1, (kind, text)) + num(1))
    assert found == expected


@pytest.mark.parametrize(
    ("kind", "start", "expected"),
    [
        ("chineseCounting", 10, "十、"),
        ("chineseCounting", 11, "十一、"),
        ("chineseCounting", 20, "二十、"),
        ("chineseCounting", 99, "九十九、"),
        ("ideographDigital", 10, "一〇、"),
        ("decimalEnclosedCircle", 20, "⑳、"),
        ("decimalEnclosedCircle", 21, "21、"),
        ("lowerLetter", 0, "0、"),
        ("decimal", 999_999_999, "999999999、"),
    ],
)
def test_numbers_far_on_are_written_too(kind, start, expected):
    numbering = list_of(1, (kind, "%1、")).replace('w:start w:val="1"', f'w:start w:val="{start}"') + num(1)
    assert numbered((1, 0), numbering=numbering) == [expected]


LEVELS = list_of(1, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%1.%2.%3."))


def test_a_level_begins_anew_below_each_number_of_a_higher_one():
    items = (1, 0), (1, 1), (1, 1), (1, 0), (1, 1), None, (1, 1), (1, 2)
    expected = ["一、", "（一）", "（二）", "二、", "（一）", "", "（二）", "二.二.1."]
    assert numbered(*items, numbering=LEVELS + num(1)) == expected


def test_a_level_above_that_was_not_used_counts_as_its_first():
    assert numbered((1, 2), numbering=LEVELS + num(1)) == ["一.一.1."]


def test_legal_numbers_are_in_figures():
    levels = LEVELS.replace('<w:lvlText w:val="%1.', '<w:isLgl/><w:lvlText w:val="%1.')
    assert numbered((1, 2), numbering=levels + num(1)) == ["1.1.1."]


def test_a_level_that_never_begins_anew_goes_on():
    levels = LEVELS.replace('<w:lvlText w:val="（%2）"/>', '<w:lvlRestart w:val="0"/><w:lvlText w:val="（%2）"/>')
    found = numbered((1, 0), (1, 1), (1, 0), (1, 1), numbering=levels + num(1))
    assert found == ["一、", "（一）", "二、", "（二）"]


def test_lists_of_one_description_count_together_unless_they_begin_anew():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = list_of(1, ("decimal", "%1.")) + num(1) + num(2, 1) + num(3, 1, override)
    found = numbered((1, 0), (2, 0), (1, 0), (3, 0), (3, 0), (1, 0), numbering=numbering)
    assert found == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_a_level_can_be_described_anew():
    level = '<w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl>'
    numbering = list_of(1, ("decimal", "%1.")) + num(2, 1, f'<w:lvlOverride w:ilvl="0">{level}</w:lvlOverride>')
    assert numbered((2, 0), (2, 0), numbering=numbering) == ["(5)", "(6)"]


@pytest.mark.parametrize("item", [(0, 0), (9, 0), (1, 12)])
def test_a_list_that_is_none_gives_no_number(item):
    assert numbered(item, numbering=list_of(1, ("decimal", "%1.")) + num(1)) == [""]


def style(name: str, properties: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{name}"{more}>{properties}</w:style>'


def test_a_style_numbers_its_paragraphs():
    styles = (
        style("h1", f"<w:pPr>{listed(1)}</w:pPr>")
        + style("h2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("based", '<w:basedOn w:val="h2"/>')
    )
    levels = LEVELS.replace('<w:lvlText w:val="（', '<w:pStyle w:val="h2"/><w:lvlText w:val="（')
    used = [f'<w:pStyle w:val="{name}"/>' for name in ("h1", "h2", "based", "h1")]
    used += [used[0] + '<w:numPr><w:numId w:val="0"/></w:numPr>', used[0] + '<w:numPr><w:ilvl w:val="1"/></w:numPr>']
    found = paragraphs(read(word("".join(p("甲", each) for each in used), numbering=levels + num(1), styles=styles)))
    assert found == ["一、甲", "（一）甲", "（二）甲", "二、甲", "甲", "（一）甲"]


def test_the_style_of_paragraphs_without_style_numbers_them():
    styles = style("normal", f"<w:pPr>{listed(1)}</w:pPr>", ' w:default="1"')
    assert numbered(None, None, numbering=LEVELS + num(1), styles=styles) == ["一、", "二、"]


def test_a_list_can_be_described_by_a_style():
    styles = style("chapters", f"<w:pPr>{listed(1)}</w:pPr>")
    linked = list_of(2, more='<w:numStyleLink w:val="chapters"/>')
    assert numbered((2, 0), (2, 0), numbering=LEVELS + linked + num(1) + num(2), styles=styles) == ["一、", "二、"]


SELF = {
    "a style based on itself": (list_of(1, ("decimal", "%1.")), style("a", '<w:basedOn w:val="a"/>')),
    "styles based on each other": (
        list_of(1, ("decimal", "%1.")),
        style("a", '<w:basedOn w:val="b"/>') + style("b", '<w:basedOn w:val="a"/>'),
    ),
    "a list described by its own style": (
        list_of(1, more='<w:numStyleLink w:val="a"/>'),
        style("a", f"<w:pPr>{listed(1)}</w:pPr>"),
    ),
    "lists described by each other's styles": (
        list_of(1, more='<w:numStyleLink w:val="b"/>') + list_of(2, more='<w:numStyleLink w:val="a"/>') + num(2),
        style("a", f"<w:pPr>{listed(1)}</w:pPr>") + style("b", f"<w:pPr>{listed(2)}</w:pPr>"),
    ),
}


@pytest.mark.parametrize("name", SELF)
def test_styles_and_lists_that_refer_to_themselves_come_to_an_end(name):
    numbering, styles = SELF[name]
    body = p("甲", '<w:pStyle w:val="a"/>') + tbl(tr("规章", tc(p(r("3"), '<w:pStyle w:val="a"/>')), "5"))
    document = read(word(body, numbering=numbering + num(1), styles=styles))
    assert paragraphs(document) == ["甲"]
    assert tables(document) == [[["规章", "3", "5"]]]


def test_deleted_and_hidden_paragraphs_are_not_counted():
    gone = [f"<w:rPr>{mark}</w:rPr>" for mark in ("<w:del/>", "<w:moveFrom/>", "<w:vanish/>")]
    body = p("甲", listed(1)) + "".join(p("<w:del/>", listed(1) + each) for each in gone) + p("乙", listed(1))
    assert paragraphs(read(word(body, numbering=LEVELS + num(1)))) == ["一、甲", "二、乙"]


def test_an_empty_paragraph_of_a_list_is_counted_and_not_given():
    body = p("甲", listed(1)) + p("", listed(1)) + p("乙", listed(1))
    assert paragraphs(read(word(body, numbering=LEVELS + num(1)))) == ["一、甲", "三、乙"]


def test_a_number_does_not_run_into_the_figures_behind_it():
    numbering = list_of(1, ("decimal", "%1.")) + num(1)
    assert paragraphs(read(word(p("2023年，全镇……", listed(1)), numbering=numbering))) == ["1. 2023年，全镇……"]


@pytest.mark.parametrize("mark", ["%1.", "%1", "%1,", "-%1", "%1 ", "（%1）", "第%1项"])
@pytest.mark.parametrize("value", ["3", "", "0", "/", "5件", "１２", "+3", "增加2", "-"])
def test_a_list_makes_no_figures_in_a_cell(mark, value):
    numbering = list_of(1, ("decimal", mark)) + num(1)
    cells = tr(*(tc(p(value, listed(1))) for _ in range(3)))
    assert tables(read(word(tbl(cells), numbering=numbering))) == [[[value] * 3]]


@pytest.mark.parametrize(
    ("kind", "mark", "text", "expected"),
    [("decimal", "%1", "12", "\ufffc12"), ("bullet", "-", "12", "\ufffc12"), ("decimal", "%1、", "规章2", "规章2")],
)
def test_a_number_that_touches_figures_leaves_them_unknown(kind, mark, text, expected):
    numbering = list_of(1, (kind, mark)).replace("<w:lvlText", '<w:suff w:val="nothing"/><w:lvlText') + num(1)
    assert tables(read(word(tbl(tr("甲", tc(p(text, listed(1))))), numbering=numbering))) == [[["甲", expected]]]


@pytest.mark.parametrize("unit", ["件", "万元", "项"])
@pytest.mark.parametrize("mark", ["%1", "%1,", "%1 ", "1.%1"])
def test_a_list_makes_no_quantity_of_a_unit(mark, unit):
    assert tables(
        read(word(tbl(tr(tc(p(unit, listed(1))), "")), numbering=list_of(1, ("decimal", mark)) + num(1)))
    ) == [[[unit, ""]]]


def test_labels_in_cells_have_their_numbers():
    numbering = LEVELS + list_of(2, ("decimal", "%1.")) + num(1) + num(2)
    rows = [
        tr(tc(p("予以公开", listed(1, 1))), tc("", RESTART), "1"),
        tr(tc(p("属于国家秘密", listed(2))), tc(p("9", listed(2)), GOES_ON), "2"),
        tr(tc(p("其他", listed(2))), "3", "4"),
    ]
    found = tables(read(word(tbl(*rows), numbering=numbering)))
    assert [row[0] for row in found[0]] == ["（一）予以公开", "1.属于国家秘密", "2.其他"]


# ── What is refused, and what is not ─────────────────────────────────────────────────────────────────────────────────


def test_a_file_without_text_may_be_a_scan():
    with pytest.raises(SourceError, match="扫描"):
        read(word(p(picture(415, 600))))


def test_a_file_without_a_document_has_no_text():
    with pytest.raises(SourceError, match="no text"):
        read(package({"word/document.xml": f"<w:document {NAMESPACES}/>"}))


def test_without_relationships_the_document_is_where_it_usually_is():
    assert paragraphs(read(package({"word/document.xml": f"<w:document {NAMESPACES}>{p('甲')}</w:document>"}))) == [
        "甲"
    ]


def test_the_document_is_where_the_package_says():
    main = f"<w:document {NAMESPACES}>{p('甲')}</w:document>"
    data = package({"_rels/.rels": relations(officeDocument="/word/document2.xml"), "word/document2.xml": main})
    assert paragraphs(read(data)) == ["甲"]


def test_nothing_outside_the_file_is_looked_for(tmp_path):
    numbering = f"<w:numbering {NAMESPACES}>{LEVELS}{num(1)}</w:numbering>"
    outside = tmp_path / "outside.xml"
    outside.write_text(numbering, "utf-8")
    inside = relations(numbering="numbering.xml")
    cases = {
        inside: "一、甲",
        inside.replace("/></", ' TargetMode="External"/></'): "甲",
        relations(numbering=outside.as_uri()): "甲",
        relations(numbering=f"../..{outside}"): "甲",
    }
    main = f"<w:document {NAMESPACES}>{p('甲', listed(1))}</w:document>"
    for relation, expected in cases.items():
        parts = {"word/document.xml": main, "word/_rels/document.xml.rels": relation, "word/numbering.xml": numbering}
        assert paragraphs(read(package(dict(parts)))) == [expected]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE w:document [<!ENTITY x "9">]>',
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w:document [<!ENTITY y "9999999999"><!ENTITY x "&y;&y;&y;&y;">]>',
    ],
)
def test_entities_are_refused(declaration):
    with pytest.raises(SourceError, match="document type"):
        parse(word(p("1&x;2"), head=declaration))


def nested(inner: str, before: str, after: str) -> str:
    return before * (limits.MAX_NESTING + 20) + inner + after * (limits.MAX_NESTING + 20)


BOXES = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
HOSTILE = {
    "content controls in each other": nested(p("甲"), "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    "insertions in each other": f"<w:p>{nested(r('甲'), '<w:ins>', '</w:ins>')}</w:p>",
    "tables in each other": nested(p("甲"), "<w:tbl><w:tr><w:tc/><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "text boxes in each other": nested(p("甲"), *BOXES),
    "text boxes in a cell": tbl(tr(tc(nested(p("甲"), *BOXES)), "1")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_deep_nesting_is_refused(name):
    with pytest.raises(SourceError, match=r"Levels of nesting|depth"):
        parse(word(HOSTILE[name]))


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr("gxparse.readers.docx.MAX_CELLS", 9)
    assert len(tables(read(word(tbl(tr("1", "2", "3")) * 3)))) == 3
    with pytest.raises(SourceError, match="Cells of tables: 11"):
        read(word(tbl(tr("1", "2", "3")) * 3 + tbl(tr("4", "5"))))


def test_too_much_xml_is_refused(monkeypatch):
    data = word(p("甲") * 10)
    assert len(paragraphs(read(data))) == 10
    monkeypatch.setattr("gxparse.readers.word.xml.MAX_TAGS", 99)
    with pytest.raises(SourceError, match=r"Tags of XML: 10\d, the limit is 99"):
        read(data)


def test_a_part_that_unpacks_to_too_much_is_refused():
    with pytest.raises(SourceError, match="Times a part grows"):
        parse(word(p("甲") + "<w:p/>" * 500_000))


@pytest.mark.parametrize("span", ["999999999", "-3", "zz", "", "0", "9" * 5000])
def test_spans_beyond_measure_do_no_harm(span):
    row = tr(tc("甲", f'<w:gridSpan w:val="{span}"/>'), "1", properties=f'<w:gridBefore w:val="{span}"/>')
    ((first, second),) = places(read(word(tbl(row))))
    assert (first[0], second[0]) == ("甲", "1")
    assert (first[2] or 0) < (second[2] or 0) <= 2 * limits.MAX_COLUMNS + 1


SMALL = word(
    p("青石镇人民政府2023年政府信息公开工作年度报告")
    + p("主动公开政府信息情况", listed(1))
    + tbl(tr("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), tr("规章", "301", "302", "303")),
    numbering=LEVELS + num(1),
)


@settings(max_examples=150, deadline=None, phases=PHASES)
@given(at=st.integers(0, len(SMALL) - 1), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_file_raises_nothing_else(at, bit, cut):
    damaged = SMALL[:at] if cut else SMALL[:at] + bytes([SMALL[at] ^ 1 << bit]) + SMALL[at + 1 :]
    try:
        report = parse(damaged)
    except GxparseError:
        return
    assert {cell.value for cell in report.cells()} <= {None, 301, 302, 303}


PARTS = ("word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels")


@settings(max_examples=150, deadline=None, phases=PHASES)
@given(name=st.sampled_from(PARTS), where=st.floats(0, 1, exclude_max=True), put=st.binary(max_size=3))
def test_damaged_xml_raises_nothing_else(name, where, put):
    with zipfile.ZipFile(io.BytesIO(SMALL)) as packed:
        parts = {each: packed.read(each) for each in packed.namelist()}
    at = int(where * len(parts[name]))
    parts[name] = parts[name][:at] + put + parts[name][at + 1 :]
    try:
        parse(package(dict(parts)))
    except GxparseError:
        return
