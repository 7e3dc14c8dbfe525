"""A report as a Word file, laid out as official documents are (GB/T 9704-2012), ready to publish."""

from __future__ import annotations

import io
import itertools

import docx as word
from attrs import frozen
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from gxparse.errors import RenderError
from gxparse.rendering.outline import Box, Grid, Kind, Line, Outline, has_values

# ── What the standard asks for ───────────────────────────────────────────────────────────────────────────────────────


@frozen
class _Look:
    """The look of a paragraph: its style's name, its font, sizes in points, the indent of its first line in characters.

    ``level`` is that of a heading in the outline of the file, ``right`` the indent on the right, in characters.
    """

    style: str
    font: str
    size: float = 16
    line: float = 28
    indent: int = 2
    right: int = 0
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    below: float = 0
    level: int | None = None


_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_LOOKS = {
    Kind.TITLE: _Look("Title", "方正小标宋简体", 22, 36, 0, align=_CENTRE, below=20),
    Kind.HEADING: _Look("Heading 1", "黑体", level=0),
    Kind.SUBHEADING: _Look("Heading 2", "楷体_GB2312", level=1),
    Kind.TEXT: _Look("Normal", "仿宋_GB2312"),
    Kind.SIGNATURE: _Look("Signature", "仿宋_GB2312", indent=0, right=2, align=_RIGHT),
}
_CELL = _Look("Cell", "宋体", 10.5, 14, 0, align=_CENTRE)
_FOOT = _Look("Footer", "宋体", 14, 16, 0)
_LATIN = "Times New Roman"
# In centimetres: A4, and the columns of each table, which fill the width of its text.
_PAGE = {"page_width": 21, "page_height": 29.7, "footer_distance": 2.3}
_MARGINS = {"top_margin": 3.7, "bottom_margin": 3.5, "left_margin": 2.8, "right_margin": 2.6}
_WIDTHS = {
    "disclosure": (5.4, 3.4, 3.4, 3.4),
    "requests": (1.2, 2.2, 4.3, *(1.1,) * 6, 1.3),
    "proceedings": (1.04,) * 15,
}

# The least height of a row.
_HEIGHT = 0.65

# ── The file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def docx(blocks: Outline) -> bytes:
    """An outline as a Word file.

    Raises:
        RenderError: a text holds a character that no Word file can hold.
    """
    document = word.Document()
    for name, size in (_PAGE | _MARGINS).items():
        setattr(document.sections[0], name, Cm(size))
    for language in document.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qn("w:eastAsia"), "zh-CN")
    for look in (*_LOOKS.values(), _CELL, _FOOT):
        _set_style(document, look)
    _number_pages(document)
    try:
        for block in blocks:
            if isinstance(block, Line):
                document.add_paragraph(block.text, _LOOKS[block.kind].style)
            else:
                _add_table(document, block)
        _set_off_signature(document)
        document.core_properties.title = next((block.text for block in blocks if isinstance(block, Line)), "")[
            :_LONGEST
        ]
    except ValueError as error:
        raise RenderError(
            "报告中有控制字符等 Word 文件不能保存的字符，请先删去。 "
            "The report holds characters that no Word file can hold, such as control characters: remove them first."
        ) from error
    document.core_properties.author = document.core_properties.comments = ""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


# The longest title that the properties of a file take.
_LONGEST = 255


def _set_style(document: Document, look: _Look) -> None:
    """Gives the file the style of a look, in place of what the empty file of python-docx has by that name."""
    known = {style.name: style for style in document.styles}
    style = known.get(look.style) or document.styles.add_style(look.style, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{look.style} is no style of paragraphs")
    for properties in style.element.xpath("w:pPr | w:rPr"):
        style.element.remove(properties)
    style.font.name, style.font.size = _LATIN, Pt(look.size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), look.font)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(look.below)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    form.first_line_indent, form.alignment = Pt(look.indent * look.size), look.align
    form.right_indent = Pt(look.right * look.size)
    if look.level is not None:
        form.keep_with_next = True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.level))
        style.element.get_or_add_pPr().append(level)


def _set_off_signature(document: Document) -> None:
    """Sets the signature a line below the text, on no page without text."""
    for before, paragraph in itertools.pairwise(document.paragraphs):
        if _is_signature(paragraph):
            before.paragraph_format.keep_with_next = True
            if not _is_signature(before):
                paragraph.paragraph_format.space_before = Pt(_LOOKS[Kind.SIGNATURE].line)


def _is_signature(paragraph: Paragraph) -> bool:
    return paragraph.style is not None and paragraph.style.name == _LOOKS[Kind.SIGNATURE].style


def _number_pages(document: Document) -> None:
    """Puts the number of each page between dashes on its outer side, a character from the edge of the text."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align in ((section.footer, _RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.style, paragraph.alignment = _FOOT.style, align
        form = paragraph.paragraph_format
        form.left_indent = form.right_indent = Pt(_FOOT.size)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), "PAGE")
        paragraph.add_run("— ")
        paragraph._p.append(number)
        paragraph.add_run(" —")


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _add_table(document: Document, grid: Grid) -> None:
    """Adds a table with the merged cells of the form; its heads stand again on each page it goes on to."""
    table = document.add_table(len(grid.rows), grid.width, "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    cells = [list(row.cells) for row in table.rows]
    # Before any are merged: merging adds up the widths.
    for at, width in enumerate(_WIDTHS[grid.name]):
        table.columns[at].width = Cm(width)
        for line in cells:
            line[at].width = Cm(width)
    taken: set[tuple[int, int]] = set()
    for row, boxes in enumerate(grid.rows):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            cell = cells[row][column].merge(cells[row + box.down - 1][column + box.across - 1])
            _fill(cell, box, is_head=not has_values(boxes))
            taken |= {(r, c) for r in range(row, row + box.down) for c in range(column, column + box.across)}
    _mark_rows(table, grid.head if grid.name != "disclosure" else 0)


def _fill(cell: _Cell, box: Box, *, is_head: bool) -> None:
    cell.text = box.text
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for paragraph in cell.paragraphs:
        paragraph.style = _CELL.style
        paragraph.paragraph_format.keep_with_next = is_head


def _mark_rows(table: Table, heads: int) -> None:
    """Keeps each row on one page and in the eye, and repeats the heads on the next page."""
    for number, row in enumerate(table.rows):
        row.height = Cm(_HEIGHT)
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", *["w:tblHeader"] * (number < heads)):
            properties.append(OxmlElement(name))
