"""Word files (DOCX, DOCM, also in Strict OOXML), read from their XML.

The package is opened by :mod:`zipfile` and its XML is walked as it stands: this also reads what python-docx refuses
(Strict files, files with macros, relationships that lead nowhere), and no relationship to the outside is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from itertools import chain, islice

from attrs import define, field

from gxparse.document import Cell, Document, Location, Note, Paragraph, Table
from gxparse.errors import SourceError
from gxparse.readers.colours import WHITE
from gxparse.readers.grid import rows_of
from gxparse.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_NESTING, check
from gxparse.readers.packed import unpacked
from gxparse.readers.unreadable import MARK, readable
from gxparse.readers.word.numbering import Number, Numbering
from gxparse.readers.word.styles import Styles, fill_of
from gxparse.readers.word.xml import (
    MATH,
    VAL,
    Element,
    W,
    child_of,
    has,
    is_on,
    named,
    number_in,
    part_of,
    related,
    value_of,
)


def read(data: bytes) -> Document:
    """Reads a Word file.

    Raises:
        SourceError: it is damaged, encrypted, beyond the limits, or holds no text.
    """
    with unpacked(data) as packed:
        main = related(packed, "", "officeDocument") or "word/document.xml"
        body = part_of(packed, main)
        styles = Styles.of(part_of(packed, related(packed, main, "styles")), body)
        numbering = Numbering.of(part_of(packed, related(packed, main, "numbering")), styles)
    reading = _Reading(styles, numbering)
    reading.read(body)
    if not reading.blocks:
        raise SourceError(
            "文件中没有文字，可能是扫描图片，请先做文字识别。 "
            "The file holds no text; if it is a scan, recognise it first."
        )
    notes = reading.pictures if reading.tables < _TABLES_OF_A_REPORT else []
    return Document(tuple(reading.blocks), (*notes, *_of_inserted_files(body)))


def _of_inserted_files(body: Element | None) -> Iterator[Note]:
    """Says that a part of the document is a file of another format within it."""
    if body is not None and next(body.iter(*_INSERTED), None) is not None:
        yield Note(
            "GX003",
            "文档的一部分是插入的其他文件，没有读出。请用 Word 打开后重新保存。",
            "A part of the document is another file inserted into it, which is not read. Open it in Word, and save it.",
        )


# ── The elements ─────────────────────────────────────────────────────────────────────────────────────────────────────

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_PARAGRAPH, _RUN, _TEXT, _TABLE, _ROW, _CELL = (f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc"))
_FIELD, _SYMBOL, _TEXT_BOX = (f"{W}{name}" for name in ("fldChar", "sym", "txbxContent"))
_CELL_PROPERTIES = f"{W}tcPr"
_BLOCKS = frozenset({_PARAGRAPH, _TABLE})
_INSERTED = named("altChunk", "subDoc")
# Beside runs, what cannot be told as text: formulas, and text whose characters run the other way.
_RUNS = frozenset({_RUN, f"{MATH}oMath", f"{W}bdo"})
_SHAPES = named("drawing", "pict", "object")
_SIGNS = {
    f"{W}{name}": sign
    for name, sign in zip(("tab", "ptab", "br", "cr", "noBreakHyphen", "pgNum"), f"\t\t\n\n-{MARK}", strict=True)
}
_IN_RUN = frozenset({_TEXT, _FIELD, _SYMBOL, *_SIGNS, *_SHAPES})
# What is no text of the page: properties, what a tracked change took away, the reading printed above a word.
_LEFT_OUT = named("pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr") | named(
    "del", "moveFrom", "rt"
)


def _within(element: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """The nearest elements of some names below an element, in their order; of alternatives only the first counts.

    Everything else is looked through: content controls, links, insertions, smart tags, results of fields.
    """
    stack = [iter(element)]
    while stack:
        for child in stack[-1]:
            tag = child.tag
            if tag == _ROW and (has(child, "trPr", "del") or is_on(child, "trPr", "hidden")):
                continue
            if tag in wanted:
                yield child
            elif tag not in _LEFT_OUT:
                stack.append(iter(child[:1] if tag == _ALTERNATIVES else child))
                check("嵌套层数", "Levels of nesting", len(stack), MAX_NESTING)
                break
        else:
            stack.pop()


# ── Paragraphs and tables ────────────────────────────────────────────────────────────────────────────────────────────

_TABLES_OF_A_REPORT = 3


@define
class _Reading:
    """A document while it is read: its blocks, how many tables they are, the notes on large pictures."""

    styles: Styles
    numbering: Numbering
    blocks: list[Paragraph | Table] = field(factory=list)
    pictures: list[Note] = field(factory=list)
    tables: int = 0
    cells: int = 0
    lines: int = 0

    def read(self, body: Element | None) -> None:
        """Reads the paragraphs and tables in their order; what is in a frame or a text box comes in its place."""
        open_frames = [_within(body if body is not None else (), _BLOCKS)]
        while open_frames:
            check("嵌套层数", "Levels of nesting", len(open_frames), MAX_NESTING)
            block = next(open_frames[-1], None)
            if block is None:
                open_frames.pop()
            elif block.tag == _PARAGRAPH:
                open_frames.append(self._paragraph(block))
            elif _is_frame(block):
                open_frames.append(_within(block, _BLOCKS))
            else:
                self._table(block)

    def _paragraph(self, paragraph: Element) -> Iterator[Element]:
        """Adds the lines of a paragraph outside the tables, and gives the blocks of its text boxes."""
        self.lines += 1
        text, shapes = self._text(paragraph, WHITE)
        number = self.numbering.number_of(paragraph).text
        place = Location(self.lines)
        lines = [line.strip() for line in _numbered(readable(text), number).split("\n")]
        self.blocks += [Paragraph(line, place) for line in lines if line.strip(MARK)]
        self.pictures += [_picture_note(place) for shape in shapes if _is_large_picture(shape)]
        return chain.from_iterable([_within(box, _BLOCKS) for box in _boxes(shapes)])

    def _table(self, table: Element) -> None:
        """Adds a table. A cell is placed at the column of the grid where it begins; what a span covers is no cell."""
        rows = []
        widths = []
        merged: Set[int] = frozenset()
        ground = fill_of(child_of(table, "tblPr", "shd")) or WHITE
        for number, row in enumerate(_within(table, frozenset({_ROW})), 1):
            cells, width, merged = self._row(row, number, merged, ground)
            if cells:
                rows.append(cells)
                widths.append(width)
                self.cells += len(cells)
                check("表格单元格", "Cells of tables", self.cells, MAX_CELLS)
        if rows:
            self.tables += 1
            self.blocks.append(Table(rows_of(rows, widths)))

    def _row(self, row: Element, number: int, above: Set[int], ground: str) -> tuple[list[Cell], int, Set[int]]:
        """The cells of a row, its columns, and at which of them cells begin that may go on below."""
        cells: list[Cell] = []
        merged: set[int] = set()
        ground = fill_of(child_of(row, "tblPrEx", "shd")) or ground
        column = 1 + min(number_in(value_of(row, "trPr", "gridBefore")), MAX_COLUMNS)
        for cell in _within(row, frozenset({_CELL})):
            properties = next(cell.iterchildren(_CELL_PROPERTIES), ())
            spans = {each.tag: each.get(VAL, "") for each in properties}
            if f"{W}cellDel" in spans:
                continue
            down, across = spans.get(f"{W}vMerge"), spans.get(f"{W}hMerge")
            if down is not None:
                merged.add(column)
            goes_on = down is not None and down != "restart" and column in above
            if not goes_on and (across is None or across == "restart"):
                cells.append(Cell(self._cell(cell, ground), Location(None, None, self.tables + 1, number, column)))
            column += max(1, min(number_in(spans.get(f"{W}gridSpan"), 1), MAX_COLUMNS))
        return cells, column - 1, merged

    def _cell(self, cell: Element, ground: str) -> str:
        """The text of a cell, its paragraphs on lines of their own; its text boxes behind."""
        texts = []
        ground = fill_of(child_of(cell, "tcPr", "shd")) or ground
        waiting = [_within(cell, frozenset({_PARAGRAPH}))]
        while waiting:
            paragraph = next(waiting[-1], None)
            if paragraph is None:
                waiting.pop()
                continue
            text, shapes = self._text(paragraph, ground)
            texts.append(_in_cell(readable(text), self.numbering.number_of(paragraph)))
            if shapes:
                check("嵌套层数", "Levels of nesting", len(waiting), MAX_NESTING)
                waiting.append(chain.from_iterable([_within(box, frozenset({_PARAGRAPH})) for box in _boxes(shapes)]))
        return "\n".join(texts).strip()

    def _text(self, paragraph: Element, ground: str) -> tuple[str, list[Element]]:
        """The text of a paragraph, and its pictures and text boxes."""
        base = self.styles.base_of(paragraph, ground)
        parts: list[str] = []
        shapes: list[Element] = []
        fields: list[bool] = []  # For each field that is open, whether its result is yet to come.
        for run in _within(paragraph, _RUNS):
            if run.tag != _RUN:
                parts.append(MARK)
                continue
            for element in _within(run, _IN_RUN):
                tag = element.tag
                if tag == _FIELD:
                    parts += _follow(fields, element.get(f"{W}fldCharType"))
                    continue
                if tag in _SHAPES:
                    shapes.append(element)
                    text = MARK if _is_in_line(element) else ""
                else:
                    text = element.text or "" if tag == _TEXT else _SIGNS.get(tag) or _symbol(element)
                if True not in fields:
                    parts.append(self.styles.shown(text, run, base))
        return "".join(parts), shapes


# In a cell, a number that the list adds would make another number of figures behind it: 1. before 5 is not 1.5, and
# 1 before 件 is not 1件. It is put before labels only.
_FIGURE = re.compile(r"\d")
_ENDS_IN_FIGURE = re.compile(r"[\d,，\s]$")


def _in_cell(text: str, number: Number) -> str:
    """A text in a cell with the number that the list gives it; figures that nothing parts from it are not known."""
    if _FIGURE.search(text):
        return readable(f"{MARK}{text}") if number.touches else text
    return text if _ENDS_IN_FIGURE.search(number.text) else _numbered(text, number.text)


def _numbered(text: str, number: str) -> str:
    """A text behind its automatic number, kept apart where the two would make one; without words it has none."""
    text = text.lstrip()
    if not number or not any(map(str.isalpha, text)):
        return text
    return f"{number} {text}" if number[-1].isalnum() or _FIGURE.match(text) else f"{number}{text}"


def _symbol(symbol: Element) -> str:
    """A character of a font of symbols, kept as it is: a number beside it is not to be read without it."""
    code = symbol.get(f"{W}char", "")
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else MARK


def _follow(fields: list[bool], mark: str | None) -> Iterator[str]:
    """Follows the marks of a field: its instruction stands behind ``begin``, its result behind ``separate``.

    Word shows something for a field without a result too, such as a figure in a circle: a mark stands for it.
    """
    if mark == "begin":
        fields.append(True)
    elif fields and mark == "separate":
        fields[-1] = False
    elif fields and mark == "end" and fields.pop() and True not in fields:
        yield MARK


def _is_frame(table: Element) -> bool:
    """Whether a table only lays out the page: it has a single cell, or holds a table that has more."""
    # A value that is pasted from a spreadsheet is a table of one cell within its cell.
    return _is_lone(table) or not all(map(_is_lone, table.iterdescendants(_TABLE)))


def _is_lone(table: Element) -> bool:
    return len(list(islice(table.iterdescendants(_CELL), 2))) < 2


# ── Pictures and text boxes ──────────────────────────────────────────────────────────────────────────────────────────

# A picture of a table is about as wide as the page's text; in points.
_WIDE = 280
_HIGH = 45
_EMU = 12_700
_SIZE = re.compile(r"(width|height):([0-9.]{1,9})(pt|in|cm|mm|px)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}


def _is_in_line(shape: Element) -> bool:
    """Whether a picture or an object stands in the line like a letter, and does not float beside the text."""
    if next(_boxes((shape,)), None) is not None or next(shape.iterdescendants("{*}anchor"), None) is not None:
        return False
    return not any("absolute" in each.get("style", "") for each in shape.iterdescendants("{*}shape"))


def _boxes(shapes: Iterable[Element]) -> Iterator[Element]:
    return chain.from_iterable(_within(shape, frozenset({_TEXT_BOX})) for shape in shapes)


def _is_large_picture(shape: Element) -> bool:
    if next(shape.iterdescendants("{*}blip", "{*}imagedata"), None) is None:
        return False
    width, height = _size(shape)
    return width >= _WIDE and height >= _HIGH


def _size(shape: Element) -> tuple[float, float]:
    """The width and the height of a picture, in points."""
    for extent in shape.iterdescendants("{*}extent"):
        return number_in(extent.get("cx")) / _EMU, number_in(extent.get("cy")) / _EMU
    for each in shape.iterdescendants("{*}shape"):
        sizes = {name: float(size) * _POINTS[unit] for name, size, unit in _SIZE.findall(each.get("style", ""))}
        return sizes.get("width", 0), sizes.get("height", 0)
    return 0, 0


def _picture_note(place: Location) -> Note:
    return Note(
        "GX008",
        "此处是一幅大图；如果图中是表格，其中的数值无法读取。请改用表格为文字的文件。",
        "A large picture stands here; if it shows a table, its values cannot be read. Use a file with text.",
        place,
    )
