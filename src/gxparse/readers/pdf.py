"""PDF with text: what each page paints is put together again as paragraphs and ruled tables.

A PDF paints characters and lines at places and says nothing of words, rows or tables. So each page is read in these
steps: what is painted (:class:`_Painted`), the rules as grids of cells (:func:`_grids`), the characters in the cells
and outside of them as lines. Then, over all pages: page numbers and running heads are left out, lines become
paragraphs, and a table that goes on over a page break becomes one.

A scan has no text. A reader of another package can recognise it: those of the entry-point group ``gxparse.readers``
are asked before this one (see :mod:`gxparse.readers.formats`).
"""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from statistics import median
from time import monotonic
from typing import Any, NamedTuple, TypeAlias

from attrs import define
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTCurve, LTPage, LTRect
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from gxparse.document import Document, Location, Note, Paragraph, Table
from gxparse.errors import SourceError
from gxparse.readers import grid
from gxparse.readers.limits import (
    MAX_CELLS,
    MAX_OBJECTS,
    MAX_PAGES,
    MAX_RATIO,
    MAX_UNPACKED,
    SMALL_PART,
    check,
    exceeded,
)

#: Left, top, right and bottom, in points from the upper left corner of the page.
Area: TypeAlias = tuple[float, float, float, float]


def read(data: bytes) -> Document:
    """Reads a PDF.

    Raises:
        SourceError: it is encrypted, a scan, or beyond the limits.
    """
    _check_streams(data)
    with _quiet(), _opened(data) as pdf:
        painted = _Painted(pdf.rsrcmgr)
        sheets: list[_Sheet] = []
        slots = 0
        for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
            check("页", "Pages", number, MAX_PAGES)
            PDFPageInterpreter(pdf.rsrcmgr, painted).process_page(page)
            sheets.append(_sheet(Page(pdf, page, number), painted))
            slots += sheets[-1].slots
            check("表格的单元格", "Cells of tables", slots, MAX_CELLS)
    _check_text(sheets)
    notes = _without_furniture(sheets)
    return Document(tuple(_blocks(sheets)), tuple(notes))


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _opened(data: bytes) -> PDF:
    try:
        return PDF.open(io.BytesIO(data))
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect | PDFEncryptionError):
            raise SourceError("PDF 已加密，请先去除密码。 The PDF is encrypted: remove its password first.") from error
        raise


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing that pdfminer logs is printed on standard error where the program has set up no logging of its own."""
    nowhere = logging.NullHandler()
    logger = logging.getLogger("pdfminer")
    logger.addHandler(nowhere)
    try:
        yield
    finally:
        logger.removeHandler(nowhere)


def _check_streams(data: bytes) -> None:
    """Checks that the packed streams stay within the limits, before anything unpacks them as a whole."""
    total = 0
    for start in _STREAM.finditer(data):
        # The head of what zlib packs; streams that are packed in another way grow little.
        if data[start.end() : start.end() + 1] in _PACKED:
            packed, unpacked = _sizes(memoryview(data)[start.end() :], MAX_UNPACKED - total)
            total += unpacked
            check("解压后的字节", "Bytes when unpacked", total, MAX_UNPACKED)
            # Blank pictures are packed very small, and are never unpacked.
            if unpacked > SMALL_PART and b"/Image" not in data[max(0, start.start() - _DICTIONARY) : start.start()]:
                check("压缩率", "Times a stream grows when unpacked", unpacked // max(packed, 1), MAX_RATIO)


_STREAM = re.compile(rb"stream[\r\n]{1,2}")
_PACKED = [bytes([high << 4 | 8]) for high in range(8)]
_DICTIONARY = 500
_CHUNK = 65_536


def _sizes(stream: memoryview, most: int) -> tuple[int, int]:
    """How many bytes of a stream are packed, and how many they are when unpacked, up to a little more than ``most``."""
    inflater = zlib.decompressobj()
    packed = unpacked = 0
    waiting: bytes | memoryview = stream[:_CHUNK]
    try:
        while waiting and not inflater.eof and unpacked <= most:
            unpacked += len(inflater.decompress(waiting, 16 * _CHUNK))
            packed += len(waiting) - len(inflater.unconsumed_tail)
            waiting = inflater.unconsumed_tail or stream[packed : packed + _CHUNK]
    except zlib.error:
        pass
    return packed - len(inflater.unused_data), unpacked


def _check_text(sheets: Sequence[_Sheet]) -> None:
    """Checks that the pages hold text, and text that can be read."""
    shown = sum(sheet.shown for sheet in sheets)
    if shown < _FEWEST_CHARACTERS and (not shown or any(sheet.images for sheet in sheets)):
        raise SourceError(
            "这份 PDF 没有文字层，应是扫描件，请先做文字识别。 "
            "This PDF has no text layer; it is a scan: recognise its text first."
        )
    if sum(sheet.unknown for sheet in sheets) * 2 > shown:
        raise SourceError(
            "这份 PDF 的字体没有说明其字符，文字无法读取，请先做文字识别或改用原始文件。 "
            "The fonts of this PDF do not say what their characters are: recognise its text, or use the original file."
        )


_FEWEST_CHARACTERS = 50


# ── What a page paints ───────────────────────────────────────────────────────────────────────────────────────────────


class _Painted(PDFLayoutAnalyzer):
    """What a page paints, in one flat list; invisible text is left out, and objects are counted as they come."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.count = 0
        self.images = 0
        self.objects: list[Any] = []
        self.end = monotonic() + _MOST_SECONDS

    def _count(self, objects: int = 1) -> None:
        self.count += objects
        check("PDF 页面上的对象", "Objects on the pages of the PDF", self.count, MAX_OBJECTS)

    def _check_time(self) -> None:
        if monotonic() > self.end:
            raise exceeded("读取 PDF 所需的秒数", "Seconds to read the PDF", _MOST_SECONDS, _MOST_SECONDS)

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        self._check_time()
        super().begin_page(page, ctm)

    def set_ctm(self, ctm: Any) -> None:
        self._check_time()
        super().set_ctm(ctm)

    def render_string(self, textstate: Any, *rest: Any) -> None:
        before = len(self.cur_item)
        super().render_string(textstate, *rest)
        if textstate.render in _INVISIBLE:
            del self.cur_item._objs[before:]

    def render_char(self, *character: Any) -> float:
        self._count()
        return super().render_char(*character)

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:  # noqa: FBT001
        self._count(len(path))
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def begin_figure(self, *_: Any) -> None:
        self._check_time()
        self._count()

    def end_figure(self, _: str) -> None:
        pass

    def render_image(self, *_: Any) -> None:
        self.images += 1

    def receive_layout(self, ltpage: LTPage) -> None:
        self.objects = ltpage._objs


# Longer than any report takes by far.
_MOST_SECONDS = 120
# The ways to render text that paint nothing; recognised text behind the picture of a page is such.
_INVISIBLE = (3, 7)


class _Leaf(NamedTuple):
    """The page that something stands on, and how it was turned to be read."""

    number: int = 0
    turn: int = 0

    def place(self, area: Area) -> Area:
        """The area as it is on the page before it was turned."""
        x0, top, x1, bottom = (round(float(each), 2) for each in _turned(area, -self.turn))
        return x0, top, x1, bottom


class _Glyph(NamedTuple):
    """A character, where it stands on the page, and where it would stand if its line ran from left to right."""

    text: str
    area: Area
    place: Area

    @property
    def size(self) -> float:
        """The size of its font."""
        return self.place[3] - self.place[1]

    @property
    def width(self) -> float:
        """How far its line goes on with it."""
        return self.place[2] - self.place[0]


@define
class _Line:
    """A line of text; ``spread`` says that it has gaps as between columns."""

    text: str
    area: Area
    spread: bool = False
    page: _Leaf = _Leaf()

    @property
    def size(self) -> float:
        """The size of its font."""
        return self.area[3] - self.area[1]


@define
class _Sheet:
    """A page: its lines outside tables, its tables, and what is to be known of its text as a whole."""

    page: _Leaf
    area: Area
    lines: list[_Line]
    tables: list[_Ruled]
    shown: int
    unknown: int
    images: int
    slots: int

    def items(self) -> list[_Line | _Ruled]:
        """Its lines and tables from top to bottom."""
        return sorted([*self.lines, *self.tables], key=lambda item: (item.area[1], item.area[0]))


def _sheet(page: Page, painted: _Painted) -> _Sheet:
    """A page, read out of what it paints; where its text runs upwards or downwards, the page is turned."""
    left, above, height = page.mediabox[0], page.mediabox[1], page.height

    def area(each: Any) -> Area:
        return each.x0 + left, above + height - each.y1, each.x1 + left, above + height - each.y0

    shapes = [(shape, area(shape)) for shape in painted.objects if isinstance(shape, LTCurve)]
    fills = [place for shape, place in shapes if shape.fill and not _is_white(shape.non_stroking_color)]
    chars = [
        (char, place, turn)
        for char in painted.objects
        if isinstance(char, LTChar) and (turn := _turn(char)) is not None and _holds(page.cropbox, place := area(char))
    ]
    found = [each for each in chars if not _is_white(each[0].graphicstate.ncolor)]
    if white := [each for each in chars if _is_white(each[0].graphicstate.ncolor)] if len(found) < len(chars) else []:
        check("白色文字", "White characters over backgrounds", len(white) * len(fills), MAX_OBJECTS)
        found += [each for each in white if any(_holds(fill, each[1]) for fill in fills)]
    turns = Counter(turn for _, _, turn in found)
    turn = turns.most_common(1)[0][0] if turns else 0
    glyphs = [_Glyph(_text(char), _turned(place, turn), _turned(place, own)) for char, place, own in found]
    rules = [_turned(rule, turn) for shape, place in shapes for rule in _rules(shape, place)]
    grids = _grids(rules)
    lines, tables = _taken_apart(glyphs, grids)
    leaf = _Leaf(page.page_number, turn)
    cells = [cell for table in tables for row in table.rows for cell in row]
    items: list[_Line | _Ruled | _Cell] = [*lines, *tables, *cells]
    for item in items:
        item.page = leaf
    unknown = sum(glyph.text == _UNKNOWN for glyph in glyphs)
    slots = sum(len(grid.xs) * len(grid.ys) for grid in grids)
    return _Sheet(leaf, _turned(page.bbox, turn), lines, tables, len(glyphs), unknown, painted.images, slots)


def _is_white(colour: Any) -> bool:
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    return not any(parts) if len(parts) == 4 else all(part >= _WHITE for part in parts)


_WHITE = 0.98


def _holds(outer: Area, inner: Area) -> bool:
    """Whether the middle of one area lies in the other."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _around(areas: Iterable[Area]) -> Area:
    """The area around areas."""
    x0, top, x1, bottom = zip(*areas, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _turn(char: LTChar) -> int | None:
    """By how many quarters a character is turned to the left, 0, 1 or -1; ``None`` if it is slanted, as on a stamp."""
    a, b, c, d, *_ = char.matrix
    if a > 0 and d > 0 and abs(b) < _SLANT * a:
        return 0
    if b * c < 0 and max(abs(a), abs(d)) < _SLANT * abs(b):
        return 1 if b > 0 else -1
    return None


_SLANT = 0.1


def _turned(area: Area, turn: int) -> Area:
    """The area if the page is turned so that text that is turned by ``turn`` runs from left to right."""
    x0, top, x1, bottom = area
    if turn > 0:
        return -bottom, x0, -top, x1
    return (top, -x1, bottom, -x0) if turn else area


_UNKNOWN = "\ufffd"


def _text(char: LTChar) -> str:
    """The text of a character; radicals that fonts give for the same characters are those characters."""
    text = char.get_text()
    if text.startswith("(cid:"):
        return _UNKNOWN
    return unicodedata.normalize("NFKC", text.translate(_RADICALS)) if "\u2e80" <= text <= "\u2fdf" else text


# Those that NFKC does not know, or makes characters of another spelling.
_RADICALS = str.maketrans(
    "⼾⺠⻘⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⻄⺟⺒⻁⻡⻧⻪",
    "户民青见角贝车长门韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟西母巳虎首卤黾",
)


# ── Rules and grids ──────────────────────────────────────────────────────────────────────────────────────────────────

# What is thinner is a rule; rules that are nearer are one.
_THIN = 3.0
_NEAR = 3.0


def _rules(shape: LTCurve, area: Area) -> Iterator[Area]:
    """The rules that a shape paints: a thin shape is one, the outline of others has some, a background has none."""
    x0, top, x1, bottom = area
    if bottom - top <= _THIN and x1 - x0 > _THIN:
        yield x0, (top + bottom) / 2, x1, (top + bottom) / 2
    elif x1 - x0 <= _THIN and bottom - top > _THIN:
        yield (x0 + x1) / 2, top, (x0 + x1) / 2, bottom
    elif shape.stroke and bottom - top > _THIN:
        right, down = x0 - shape.x0, bottom + shape.y0
        points = [(x + right, down - y) for x, y in shape.pts]
        for (x2, y2), (x3, y3) in pairwise([*points, points[0]] if isinstance(shape, LTRect) else points):
            if min(abs(x2 - x3), abs(y2 - y3)) < 0.5 < _THIN < max(abs(x2 - x3), abs(y2 - y3)):
                yield min(x2, x3), min(y2, y3), max(x2, x3), max(y2, y3)


class _Rule(NamedTuple):
    """A straight rule: where it is, from where to where it runs."""

    at: float
    start: float
    end: float


@define
class _Grid:
    """The bounds of the columns and rows of a ruled table, and its cells: row, column, how many of each it spans."""

    xs: list[float]
    ys: list[float]
    cells: list[tuple[int, int, int, int]]
    owners: list[list[int]]

    @property
    def area(self) -> Area:
        """The place of the whole."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_area(self, at: int) -> Area:
        """The place of a cell."""
        row, column, across, down = self.cells[at]
        return self.xs[column], self.ys[row], self.xs[column + across], self.ys[row + down]

    def cell_at(self, area: Area) -> int | None:
        """The cell that the middle of an area lies in."""
        if not _holds(self.area, area):
            return None
        column = bisect_right(self.xs, (area[0] + area[2]) / 2, 1, len(self.xs) - 1) - 1
        row = bisect_right(self.ys, (area[1] + area[3]) / 2, 1, len(self.ys) - 1) - 1
        return self.owners[row][column]


def _grids(rules: Iterable[Area]) -> list[_Grid]:
    """The grids that the rules of a page make, the smallest first."""
    rules = list(rules)
    across = _joined([_Rule(top, x0, x1) for x0, top, x1, bottom in rules if x1 - x0 > bottom - top])
    down = _joined([_Rule(x0, top, bottom) for x0, top, x1, bottom in rules if x1 - x0 <= bottom - top])
    grids = []
    for group_across, group_down in _connected(across, down):
        xs = _bounds(group_down, group_across)
        ys = _bounds(group_across, group_down)
        if len(xs) > 1 and len(ys) > 1:
            grids.append(_grid(xs, ys, group_across, group_down))
    check("页面上的表格", "Tables on a page", len(grids), _MOST_GRIDS)
    return sorted(grids, key=lambda each: (each.xs[-1] - each.xs[0]) * (each.ys[-1] - each.ys[0]))


_MOST_GRIDS = 500


def _joined(rules: Sequence[_Rule]) -> list[_Rule]:
    """The rules, those of nearly one position made one position, and those that touch made one rule."""
    found: list[_Rule] = []
    group: list[_Rule] = []
    last = 0.0
    for rule in [*sorted(rules), _Rule(float("inf"), 0, 0)]:
        if group and rule.at - last > _NEAR:
            at = (group[0].at + last) / 2
            group.sort(key=lambda each: each.start)
            start, end = group[0][1:]
            for _, next_start, next_end in group[1:]:
                if next_start > end + _NEAR:
                    found.append(_Rule(at, start, end))
                    start = next_start
                    end = next_end
                end = max(end, next_end)
            found.append(_Rule(at, start, end))
            group = []
        group.append(rule)
        last = rule.at
    return found


def _connected(across: Sequence[_Rule], down: Sequence[_Rule]) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
    """The rules in groups of those that meet."""
    meets: dict[_Rule, list[int]] = {}
    tried = 0
    positions = [rule.at for rule in down]
    for rule in across:
        nearby = range(bisect_left(positions, rule.start - _NEAR), bisect_right(positions, rule.end + _NEAR))
        tried += len(nearby)
        check("页面上表格线的交点", "Crossings of rules on a page", tried, MAX_CELLS)
        meets[rule] = [at for at in nearby if down[at].start - _NEAR <= rule.at <= down[at].end + _NEAR]
    by_down: defaultdict[int, list[_Rule]] = defaultdict(list)
    for rule, others in meets.items():
        for at in others:
            by_down[at].append(rule)
    alone = [rule for at, rule in enumerate(down) if at not in by_down]
    seen: set[_Rule] = set()
    for first in across:
        waiting, group, met = [first], set[_Rule](), set[int]()
        while waiting:
            rule = waiting.pop()
            if rule in seen:
                continue
            seen.add(rule)
            group.add(rule)
            for at in meets[rule]:
                if at not in met:
                    met.add(at)
                    waiting += by_down[at]
        if met:
            yield sorted(group), sorted({down[at] for at in met} | _beside([down[at] for at in met], alone))


def _beside(rules: Sequence[_Rule], alone: Iterable[_Rule]) -> set[_Rule]:
    """The rules that run just along a table and meet none of it: beside a cell that begins and ends on other pages."""
    first, last = min(rule.start for rule in rules), max(rule.end for rule in rules)
    return {rule for rule in alone if abs(rule.start - first) < _NEAR and abs(rule.end - last) < _NEAR}


def _bounds(rules: Sequence[_Rule], others: Sequence[_Rule]) -> list[float]:
    """The positions of the rules, and those where the rules across them go on to an open side of the table."""
    positions = sorted({rule.at for rule in rules})
    first, last = min(rule.start for rule in others), max(rule.end for rule in others)
    before = [first] if positions[0] - first > _OPEN else []
    return before + positions + ([last] if last - positions[-1] > _OPEN else [])


_OPEN = 6.0


def _grid(xs: list[float], ys: list[float], across: Iterable[_Rule], down: Iterable[_Rule]) -> _Grid:
    """The grid with these bounds; slots that no rule parts are one cell."""
    rows, columns = len(ys) - 1, len(xs) - 1
    below = _walls(across, ys, xs)
    right = _walls(down, xs, ys)
    owners = [[-1] * columns for _ in range(rows)]
    cells: list[tuple[int, int, int, int]] = []
    for row in range(rows):
        for column in range(columns):
            if owners[row][column] >= 0:
                continue
            end = column + 1
            while end < columns and owners[row][end] < 0 and row not in right[end]:
                end += 1
            bottom = row + 1
            while (
                bottom < rows
                and not any(each in below[bottom] for each in range(column, end))
                and not any(bottom in right[each] for each in range(column + 1, end))
            ):
                bottom += 1
            for each in range(row, bottom):
                owners[each][column:end] = [len(cells)] * (end - column)
            cells.append((row, column, end - column, bottom - row))
    return _Grid(xs, ys, cells, owners)


def _walls(rules: Iterable[_Rule], positions: Sequence[float], slots: Sequence[float]) -> list[set[int]]:
    """For each position the slots along which a rule runs there."""
    index = {position: at for at, position in enumerate(positions)}
    walls: list[set[int]] = [set() for _ in positions]
    middles = [(first + last) / 2 for first, last in pairwise(slots)]
    for rule in rules:
        walls[index[rule.at]].update(range(bisect_left(middles, rule.start), bisect_right(middles, rule.end)))
    return walls


# ── Lines and tables of a page ───────────────────────────────────────────────────────────────────────────────────────


@define
class _Cell:
    """A cell of a table: its lines and its place, and the bounds of columns that it lies between."""

    lines: list[_Line]
    area: Area
    row: int
    x0: float
    x1: float
    down: int
    text: str = ""
    page: _Leaf = _Leaf()


@define
class _Ruled:
    """A table as it stands on a page: the bounds of its columns, its rows of cells, and how many rows it has."""

    xs: list[float]
    rows: list[list[_Cell]]
    area: Area
    page: _Leaf = _Leaf()


def _taken_apart(glyphs: Sequence[_Glyph], grids: Sequence[_Grid]) -> tuple[list[_Line], list[_Ruled]]:
    """The lines and the tables of a page. A frame around text and tables is no table, nor is a row of prose in it."""
    grids = [each for each in grids if len(each.cells) > 1 and not _is_frame(each, grids)]
    check("页面上的文字和表格", "Characters and tables on a page", len(glyphs) * len(grids), MAX_OBJECTS)
    inside: list[defaultdict[int, list[_Glyph]]] = [defaultdict(list) for _ in grids]
    outside = []
    for word in _words(glyphs):
        place = _around([glyph.area for glyph in word if glyph.text not in _CLOSING] or [word[0].area])
        for each, cells in zip(grids, inside, strict=True):
            if (cell := each.cell_at(place)) is not None:
                cells[cell] += word
                break
        else:
            outside += word
    lines = _lines(outside)
    tables = []
    for each, cells in zip(grids, inside, strict=True):
        texts = [_lines(cells[at]) for at in range(len(each.cells))]
        prose = {at for at in range(len(texts)) if each.cells[at][2] == len(each.xs) - 1 and _is_prose(texts[at])}
        for first, last in _parts(each, prose):
            part = _ruled(each, texts, first, last)
            if any(len(row) > 1 for row in part.rows) or (len(each.xs) > 2 and not prose):
                tables.append(part)
            else:
                prose.update(each.owners[row][0] for row in range(first, last))
        lines += [line for at in prose for line in texts[at]]
    return lines, tables


def _words(glyphs: Iterable[_Glyph]) -> Iterator[list[_Glyph]]:
    """Each character by itself, but figures painted right one behind the other together: no rule cuts a number.

    Nor does one part a mark that closes a word from the word.
    """
    word: list[_Glyph] = []
    for glyph in glyphs:
        if word and not (
            ((glyph.text.isdecimal() and word[-1].text.isdecimal()) or glyph.text in _CLOSING)
            and abs(glyph.place[0] - word[-1].place[2]) < _TIGHT * glyph.size
            and abs(glyph.place[3] - word[-1].place[3]) < _TIGHT * glyph.size
        ):
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


_TIGHT = 0.1
_CLOSING = "，。、；：！？）》”’"


def _is_frame(outer: _Grid, grids: Iterable[_Grid]) -> bool:
    """Whether another table lies within one cell of it."""
    return any(
        inner is not outer
        and len(inner.xs) > 2
        and len(inner.ys) > 2
        and (corner := outer.cell_at((*inner.area[:2], *inner.area[:2]))) is not None
        and corner == outer.cell_at((*inner.area[2:], *inner.area[2:]))
        for inner in grids
    )


def _is_prose(lines: Sequence[_Line]) -> bool:
    """Whether the text of a cell that is as wide as its table is a paragraph and no head or label."""
    text = "".join(line.text for line in lines)
    return "。" in text or (len(lines) > 1 and len(text) > _LONG)


_LONG = 80


def _parts(each: _Grid, prose: set[int]) -> Iterator[tuple[int, int]]:
    """The rows between the rows of prose, as first and last."""
    first = 0
    for row in range(len(each.ys)):
        if row == len(each.ys) - 1 or each.owners[row][0] in prose:
            if row > first:
                yield first, row
            first = row + 1


def _ruled(each: _Grid, texts: Sequence[list[_Line]], first: int, last: int) -> _Ruled:
    """The table that some rows of a grid make."""
    rows: list[list[_Cell]] = [[] for _ in range(first, last)]
    for at, (row, column, across, down) in enumerate(each.cells):
        if first <= row < last:
            x0, x1 = each.xs[column], each.xs[column + across]
            rows[row - first].append(_Cell(texts[at], each.cell_area(at), row - first, x0, x1, down))
    _set_texts(rows)
    return _Ruled(each.xs, rows, (each.xs[0], each.ys[first], each.xs[-1], each.ys[last]))


def _set_texts(rows: Iterable[Iterable[_Cell]]) -> None:
    """Sets the texts of cells; a number that is wrapped because its cell is too narrow for it is one number."""
    filled = [cell for row in rows for cell in row if cell.lines]
    left = min((line.area[0] - cell.area[0] for cell in filled for line in cell.lines), default=0.0)
    right = min((cell.area[2] - line.area[2] for cell in filled for line in cell.lines), default=0.0)
    margins = min(max(left, 0), _MARGIN) + min(max(right, 0), _MARGIN)
    for cell in filled:
        between = "" if _is_wrapped_number(cell, cell.area[2] - cell.area[0] - margins) else "\n"
        cell.text = between.join(line.text for line in cell.lines)


# The widest margin of a cell on either side, a little more than that of Word.
_MARGIN = 6.0
_FIGURES = re.compile(r"[0-9]+")
# How far the lines of one number are apart at most, in the size of its font.
_PITCH = 1.7


def _is_wrapped_number(cell: _Cell, room: float) -> bool:
    """Whether each line of figures but the last, shorter one is so full that not one more figure has room in it."""
    lines = cell.lines
    if len(lines) < 2 or not all(_FIGURES.fullmatch(line.text) for line in lines):
        return False
    if len(lines[-1].text) >= len(lines[0].text) or len({len(line.text) for line in lines[:-1]}) > 1:
        return False
    if any(below.area[1] - above.area[1] > _PITCH * above.size for above, below in pairwise(lines)):
        return False
    width = lines[0].area[2] - lines[0].area[0]
    return len(lines[0].text) > 1 and width + width / len(lines[0].text) > room


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lines(glyphs: Iterable[_Glyph]) -> list[_Line]:
    """The lines of text that characters make up; those that are turned make up lines of their own."""
    upright: list[_Glyph] = []
    turned: list[_Glyph] = []
    for glyph in glyphs:
        (upright if glyph.place == glyph.area else turned).append(glyph)
    return [line for part in (upright, turned) for row in _levels(part) if (line := _line(row)) is not None]


def _levels(glyphs: list[_Glyph]) -> Iterator[list[_Glyph]]:
    """The characters that stand on one level, from top to bottom."""
    level: list[_Glyph] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda each: each.place[1] + each.place[3]):
        y = (glyph.place[1] + glyph.place[3]) / 2
        if level and y - middle > max(size, glyph.size) / 2:
            yield level
            level = []
        if not level:
            middle, size = y, glyph.size
        level.append(glyph)
    if level:
        yield level


# The least gap between two words, and between two columns; how far apart the same character is printed to look bold.
_GAP, _COLUMN_GAP, _BOLD = 0.3, 2.0, 0.3


def _line(glyphs: list[_Glyph]) -> _Line | None:
    """The line that the characters of one level make up, with white space where there are gaps."""
    text, spread = "", False
    last: _Glyph | None = None
    for glyph in sorted(glyphs, key=lambda each: each.place[0]):
        if last is not None and glyph.text == last.text and glyph.place[0] - last.place[0] < _BOLD * last.width:
            continue
        if glyph.text.isspace():
            text += " "
            continue
        if last is not None:
            gap = glyph.place[0] - last.place[2]
            text += " " if _is_apart(last, glyph, gap) and not text.endswith(" ") else ""
            spread = spread or gap > _COLUMN_GAP * glyph.size
        text += glyph.text
        last = glyph
    if last is None:
        return None
    shown = [glyph.area for glyph in glyphs if not glyph.text.isspace()]
    return _Line(text.strip(), _around(shown), spread)


def _is_apart(last: _Glyph, glyph: _Glyph, gap: float) -> bool:
    """Whether white space stands between two characters, or figures that are no parts of one number."""
    if gap > _GAP * glyph.size:
        return True
    if not (last.text.isdecimal() and glyph.text.isdecimal()):
        return False
    # A figure above another one, or a small one beside it, is none of its number.
    return gap < -_BOLD * glyph.width or not _ALIKE < glyph.size / last.size < 1 / _ALIKE


_ALIKE = 0.8


# ── Page numbers and running heads ───────────────────────────────────────────────────────────────────────────────────

_PAGE_NUMBER = re.compile(
    r"[-—–－·]{1,2}[0-9]{1,3}[-—–－·]{1,2}|第?[0-9]{1,3}页?[/，,]?共?[0-9]{1,3}页|第[0-9]{1,3}页|[0-9]{1,3}/[0-9]{1,3}"
    r"|page[0-9]{1,3}(?:of[0-9]{1,3})?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[0-9]{1,3}")
# The part of a page at its head and its foot that running heads stand in.
_EDGE = 0.12


def _without_furniture(sheets: Sequence[_Sheet]) -> list[Note]:
    """Takes page numbers and running heads away from the pages, and says so."""
    counted = Counter(key for sheet in sheets for key in {_running(line, sheet) for line in sheet.lines} if key)
    repeated = {key for key, count in counted.items() if count >= max(2, _MOST_PAGES * len(sheets))}
    notes = []
    for sheet in sheets:
        gone: set[int] = set()
        for items in (sheet.items(), sheet.items()[::-1]):
            for item in items:
                if not isinstance(item, _Line) or not (said := _furniture(item, sheet, repeated)):
                    break
                if id(item) not in gone:
                    notes.append(
                        Note("GX009", *said, Location(page=sheet.page.number, box=sheet.page.place(item.area)))
                    )
                gone.add(id(item))
        sheet.lines = [line for line in sheet.lines if id(line) not in gone]
    return notes


_MOST_PAGES = 0.4


def _furniture(line: _Line, sheet: _Sheet, repeated: set[tuple[str, int]]) -> tuple[str, str] | None:
    """What to say of a line that is a page number or a running head."""
    text = "".join(line.text.split())
    is_number = _PAGE_NUMBER.fullmatch(text) or (
        _BARE_NUMBER.fullmatch(text)
        and _running(line, sheet)
        and (text == str(sheet.page.number) or _running(line, sheet) in repeated)
    )
    if is_number:
        return f"已略去页码“{text}”。", f"Left out: the page number {text!r}."
    if _running(line, sheet) in repeated:
        return f"已略去页眉页脚“{line.text}”。", f"Left out: the running head {line.text!r}."
    return None


def _running(line: _Line, sheet: _Sheet) -> tuple[str, int] | None:
    """What is the same of a running head on every page: its text but for the figures, and its height."""
    _, top, _, bottom = sheet.area
    part = ((line.area[1] + line.area[3]) / 2 - top) / (bottom - top)
    if _EDGE < part < 1 - _EDGE:
        return None
    return re.sub(r"[0-9]+", "#", "".join(line.text.split())), round(part * 100)


# ── Paragraphs and tables over all pages ─────────────────────────────────────────────────────────────────────────────


def _blocks(sheets: Sequence[_Sheet]) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables: lines joined again that go on in the next one, and tables that do on the next page."""
    goes_on = _measured(sheets)
    paragraphs = tables = 0
    for item in _whole(sheets, goes_on):
        if isinstance(item, _Ruled):
            tables += 1
            yield _table(item, tables)
        else:
            paragraphs += 1
            yield Paragraph(_paragraph(item), Location(line=paragraphs, page=item[0].page.number, box=_area(item)))


def _whole(sheets: Sequence[_Sheet], goes_on: Callable[[_Line, _Line], bool]) -> Iterator[list[_Line] | _Ruled]:
    """The lines of each paragraph, and each table as a whole."""
    waiting: list[_Line] | _Ruled | None = None
    for sheet in sheets:
        for item in sheet.items():
            if isinstance(item, _Line):
                if isinstance(waiting, list) and goes_on(waiting[-1], item):
                    waiting.append(item)
                    continue
                item_or_lines: list[_Line] | _Ruled = [item]
            else:
                if isinstance(waiting, _Ruled) and waiting.page < item.page and (xs := _common(waiting.xs, item.xs)):
                    _append(waiting, item, xs)
                    continue
                item_or_lines = item
            if waiting is not None:
                yield waiting
            waiting = item_or_lines
    if waiting is not None:
        yield waiting


# A paragraph that begins with one of these is none that goes on.
_NUMBERING = re.compile(
    r"[（(][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|[0-9]{1,2}[、.．](?![0-9])|第[一二三四五六七八九十]{1,3}[章节条]"
)


def _measured(sheets: Sequence[_Sheet]) -> Callable[[_Line, _Line], bool]:
    """What tells whether a line goes on in the next: by the margins and the distance of lines that the pages have."""
    lines = [line for sheet in sheets for line in sheet.lines]
    left = _edge([line.area[0] for line in lines])
    # Where no line is full, the right margin is about as wide as the left one.
    margin = max((sheet.area[0] + sheet.area[2] - left for sheet in sheets), default=0.0)
    right = max(-_edge([-line.area[2] for line in lines]), margin - _MARGINS)
    pitches = [
        below.area[3] - above.area[3]
        for sheet in sheets
        for above, below in pairwise(sheet.items())
        if isinstance(above, _Line) and isinstance(below, _Line) and below.area[3] - above.area[3] > above.size / 2
    ]
    pitch = median(pitches) if pitches else 0.0

    def goes_on(above: _Line, below: _Line) -> bool:
        size = max(above.size, below.size)
        if above.spread or below.spread or abs(above.size - below.size) > size * (1 - _ALIKE):
            return False
        if above.page == below.page and below.area[3] - above.area[3] > pitch * _LOOSE:
            return False
        # A line also ends early where the word that begins the next one has no more room on it.
        word = _WORD.match(below.text)
        needed = max(_RAGGED, sum(_HALF if each < "\x7f" else 1 for each in word[0]) if word else 0)
        return (
            above.area[2] > right - needed * size and below.area[0] < left + size and not _NUMBERING.match(below.text)
        )

    return goes_on


# How much narrower the right margin may be than the left one; how much farther apart than usual two paragraphs are;
# how many characters a full line may fall short; the width of a Latin character.
_MARGINS, _LOOSE, _RAGGED, _HALF = 40.0, 1.3, 1.8, 0.5
_WORD = re.compile(rf"(?:[!-~]+|.)[{_CLOSING}]*")


def _edge(positions: list[float]) -> float:
    """The first position that two lines share, nearly; the first one if none is shared."""
    positions.sort()
    return next((first for first, second in pairwise(positions) if second - first < _NEAR), next(iter(positions), 0.0))


def _paragraph(lines: Sequence[_Line]) -> str:
    """The text of the lines of a paragraph; words and figures of two lines are not run together."""
    text = ""
    for line in lines:
        text += " " if _LATIN.match(text[-1:]) and _LATIN.match(line.text) else ""
        text += line.text
    return text


_LATIN = re.compile(r"[0-9A-Za-z]")


def _area(lines: Sequence[_Line]) -> Area:
    """The place of the lines of a paragraph that stand on its first page."""
    return lines[0].page.place(_around([line.area for line in lines if line.page == lines[0].page]))


# ── Tables over page breaks ──────────────────────────────────────────────────────────────────────────────────────────


def _common(above: list[float], below: list[float]) -> list[float] | None:
    """The bounds of the columns of two tables, if each bound of the one with fewer is one of the other's."""
    fewer, more = sorted((above, below), key=len)
    ends = abs(above[0] - below[0]) < _SHIFT and abs(above[-1] - below[-1]) < _SHIFT
    return more if ends and all(abs(x - more[_nearest(more, x)]) < _SHIFT for x in fewer) else None


# How far the columns of a table may be shifted on the next page.
_SHIFT = 4.0


def _nearest(positions: Sequence[float], position: float) -> int:
    after = bisect_left(positions, position)
    nearby = range(max(after - 1, 0), min(after + 1, len(positions)))
    return min(nearby, key=lambda at: abs(positions[at] - position))


def _append(table: _Ruled, below: _Ruled, xs: list[float]) -> None:
    """Appends the rows of a table that goes on on the next page."""
    table.xs, table.page = xs, below.page
    rows = below.rows[_heads_again(table.rows, below.rows) :]
    begun: dict[tuple[int, int], _Cell] = {}
    for number, row in enumerate(table.rows[:-1]):
        begun |= {_columns(xs, cell): cell for cell in row if number + cell.down == len(table.rows)}
    for cell in list(rows[0]) if rows else ():
        # A blank cell under one that spans rows down to the end of the page is the rest of it.
        if not cell.text and (spanning := begun.get(_columns(xs, cell))):
            spanning.down += cell.down
            rows[0].remove(cell)
    if rows and _is_rest(table.rows[-1], rows[0], xs):
        _put_together(table.rows[-1], rows.pop(0), xs)
    table.rows += rows


def _columns(xs: Sequence[float], cell: _Cell) -> tuple[int, int]:
    return _nearest(xs, cell.x0), _nearest(xs, cell.x1)


def _heads_again(above: Sequence[Sequence[_Cell]], below: Sequence[Sequence[_Cell]]) -> int:
    """How many of the first rows of a table are printed again on the next page: heads, in which no number stands."""
    again = 0
    for first, second in zip(above[:_MOST_HEADS], below[:-1], strict=False):
        texts = [cell.text for cell in first]
        if texts != [cell.text for cell in second] or not any(texts) or any(map(_is_number, texts)):
            break
        again += 1
    return again


_MOST_HEADS = 4
_NUMBER = re.compile(r"[-+－＋]?[0-9０-９][0-9０-９.,，\s]*")


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _is_rest(row: Sequence[_Cell], below: Sequence[_Cell], xs: Sequence[float]) -> bool:
    """Whether a row behind a page break holds nothing but numbers without a label, under blank cells or numbers."""
    above = {_columns(xs, cell): cell.text for cell in row}
    filled = [cell for cell in below if cell.text]
    under = [above.get(_columns(xs, cell), "?") for cell in filled]
    return (
        bool(filled)
        and all(_is_number(cell.text) for cell in filled)
        and all(not text or _is_number(text) for text in under)
        and any(text and not _is_number(text) for text in above.values())
    )


def _put_together(row: Sequence[_Cell], below: Sequence[_Cell], xs: Sequence[float]) -> None:
    """Puts a row together that a page break cut in two; parts of a number stay two lines, which is no number."""
    above = {_columns(xs, cell): cell for cell in row}
    for cell in below:
        if cell.text:
            upper = above[_columns(xs, cell)]
            upper.text = f"{upper.text}\n{cell.text}".strip()


def _table(table: _Ruled, number: int) -> Table:
    rows = []
    for row in table.rows:
        boxes = []
        for cell in row:
            first, last = _columns(table.xs, cell)
            boxes.append(grid.Box(cell.text, last - first, cell.down, cell.page.number, cell.page.place(cell.area)))
        rows.append(boxes)
    return grid.table_of(rows, number)
