"""The walk over a page: once, without recursion, into a flat list of texts, rows and images as they are seen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from attrs import define, field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gxparse.readers import limits
from gxparse.readers.grid import Box
from gxparse.readers.lines import is_number
from gxparse.readers.scripts import LOWERED, RAISED
from gxparse.readers.unreadable import MARK, readable
from gxparse.readers.web.controls import SHOWING, shown
from gxparse.readers.web.pieces import BLANKS, BREAK, Image, Piece, Row, Text, collapsed, lines_of
from gxparse.readers.web.sizes import SINGLE, is_large, is_speck
from gxparse.readers.web.styles import ADDED, APART, BEFORE, BEHIND, DOUBTFUL, UNSEEN, VEILED, Styles

# ── What elements are ────────────────────────────────────────────────────────────────────────────────────────────────


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Elements whose content is not shown, or is no content; the reading above a word; what is deleted does not count.
_LEFT_OUT = _words(
    "-comment script style template noscript noframes noembed option datalist frameset xml head title del rt rp rtc"
)
_NO_TEXT = _LEFT_OUT | SHOWING
_BLOCKS = _words(
    "address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu ol p section summary ul"
)
_CELLS = ("td", "th")
_MARKED = _words("sup sub s strike pre nav") | {DOUBTFUL}
_HANDLED = _BLOCKS | _MARKED | {"table", "tr", "td", "th", "br", "a", "img", APART}

# Elements that change nothing about the text in them; what is made of these alone is read at once.
_BREAKING = _words("p div br")
_PLAIN = _BREAKING | {"span", "font", "b", "strong", "em", "i", "u", "big", "small", "o:p"}
_PLAIN_TABLE = _PLAIN | {"td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "col"}
_OFTEN_PLAIN = _words("tr p h1 h2 h3")
_CUT = "\x1f"

# Longer texts stand in no cell of a table: the table lays out the page.
_LONG_CELL = 800
_LONG_ROW = 200


# ── The walk ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@define
class _OpenTable:
    """A table that the walk is in: its number, the pieces before it and before its row, the cells of the row."""

    node: LexborNode
    number: int
    start: int
    is_plain: bool
    row: int = 0
    ranges: int = 0
    cells: list[tuple[int, int, int]] = field(factory=list)
    _holds_numbers: bool | None = None

    def holds_numbers(self) -> bool:
        """Whether a number stands alone in a cell of the table: it does not only lay out the page."""
        if self._holds_numbers is None:
            sections = [child for child in self.node.iter() if child.tag in ("tbody", "thead", "tfoot")]
            cells = (cell for section in sections for row in section.iter() for cell in row.iter())
            self._holds_numbers = any(is_number(cell.text()) for cell in cells)
        return self._holds_numbers


class Walk:
    """The walk over a page: ``pieces`` in order, and for each element the ``ranges`` of the pieces in it."""

    def __init__(self, spans: Mapping[int, tuple[int, int]], styles: Styles) -> None:
        self.pieces: list[Piece] = []
        self.ranges: list[tuple[int, int]] = []
        self.files: list[tuple[str, str]] = []
        self._spans = spans
        self._likes = styles.likes
        self._not_plain = styles.around
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._tables: list[_OpenTable] = []
        self._count = self._cells = self._linked = 0
        self._marks: Counter[str] = Counter()
        self._image = False

    def over(self, tree: LexborHTMLParser) -> Walk:
        """Walks over the body of a page, each element entered before its content and left behind it."""
        node = tree.body
        parts, likes = self._parts, self._likes
        while node is not None:
            tag = node.tag or ""
            like = likes.get(node.mem_id) if likes else None
            child = None
            if like and like in UNSEEN and not (like == VEILED and tag in _CELLS):
                pass
            elif tag == "-text":
                parts.append(self._marked(node, like) if self._marks or like else node.text_content or "")
            elif tag in _NO_TEXT:
                if tag in SHOWING:
                    self._show_file(node)
                    parts.append(shown(node) if self._tables else MARK)
            else:
                if tag in _OFTEN_PLAIN and self._take_plain(tag, node):
                    node = self._next(node)
                    continue
                child = node.first_child if like != VEILED else None
                self._enter_styled(tag, like, node)
                if child is None:
                    self._leave_styled(tag, like)
            node = child or self._next(node)
        self._flush()
        return self

    def _next(self, node: LexborNode) -> LexborNode | None:
        """The node behind this one and its content; the elements that end before it are left."""
        following = node.next
        while following is None:
            parent = node.parent
            if parent is None or parent.tag == "body":
                return None
            node = parent
            self._leave_styled(node.tag, self._likes.get(node.mem_id) if self._likes else None)
            following = node.next
        return following

    def _enter_styled(self, tag: str, like: str | None, node: LexborNode) -> None:
        """Enters an element for what it is, and then for what its style makes of it."""
        if tag in _HANDLED:
            self._enter(tag, node)
        if like:
            self._enter(like, node)

    def _leave_styled(self, tag: str | None, like: str | None) -> None:
        if like:
            self._leave(like)
        if tag in _HANDLED:
            self._leave(tag)

    def _take_plain(self, tag: str, node: LexborNode) -> bool:
        """Takes a row or a paragraph at once that is nothing but text, in cells or not, as most of them are."""
        if self._marks or node.mem_id in self._not_plain:
            return False
        if tag != "tr":
            text = self._plain_text(node, within_plain=False)
            if text is None:
                return False
            self._flush()
            self._parts.append(text)
            self._flush()
        elif self._tables:
            boxes = self._plain_cells(node)
            if boxes is None:
                return False
            self._flush()
            return self._add_row(boxes, len(self.pieces), is_link=False)
        return True

    def _plain_cells(self, row: LexborNode) -> list[Box] | None:
        boxes = []
        is_plain = self._tables[-1].is_plain
        for cell in row.iter():
            first = cell.first_child
            if not is_plain or first is None or first.next is not None or (text := first.text_content) is None:
                text = self._plain_text(cell, within_plain=is_plain)
                if text is None or not (is_plain or cell.tag in _CELLS):
                    return None
            boxes.append(Box(collapsed(text), *self._spans.get(cell.mem_id, SINGLE)))
        return boxes

    def _plain_text(self, node: LexborNode, *, within_plain: bool) -> str | None:
        """The text of an element, if nothing in it breaks, marks or hides a part of it."""
        first = node.first_child
        if first is None:
            return ""
        if first.tag == "-text" and first.next is None:
            return first.text_content
        if not (within_plain or _tags_in(node) <= _PLAIN):
            return None
        text = node.text(separator=_CUT)
        if _CUT in text:
            parts = text.split(_CUT)
            if sum([not part.isspace() for part in parts]) > 1 and not _tags_in(node).isdisjoint(_BREAKING):
                return None
            text = "".join(parts)
        return text

    def _enter(self, tag: str, node: LexborNode) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._starts.append(len(self.pieces))
        elif tag in _CELLS and self._tables:
            self._flush()
            self._tables[-1].cells.append((len(self.pieces), *self._spans.get(node.mem_id, SINGLE)))
        elif tag == "tr" and self._tables:
            self._flush()
            table = self._tables[-1]
            table.row, table.ranges, table.cells = len(self.pieces), len(self.ranges), []
        elif tag == "table":
            self._flush()
            self._count += 1
            self._starts.append(len(self.pieces))
            self._tables.append(_OpenTable(node, self._count, len(self.pieces), _tags_in(node) <= _PLAIN_TABLE))
        elif tag == "br":
            self._parts.append(BREAK)
        elif tag == "a":
            self._enter_link(node)
        elif tag == "img":
            self._show_image(node.attributes)
        elif tag in (APART, BEFORE):
            self._parts.append(" ")
        elif tag == ADDED:
            self._parts.append(MARK)
        elif tag in _MARKED:
            self._marks[tag] += 1

    def _leave(self, tag: str | None) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._end_range()
        elif tag in _CELLS:
            self._flush()
        elif tag == "tr" and self._tables:
            self._flush()
            self._end_row(self._tables[-1])
        elif tag == "table":
            self._flush()
            self._end_table(self._tables.pop())
            self._end_range()
        elif tag == "a":
            self._marks.pop("a", None)
        elif tag in (APART, BEHIND):
            self._parts.append(" ")
        elif tag in _MARKED:
            self._marks -= Counter((tag,))

    def _enter_link(self, node: LexborNode) -> None:
        href = node.attributes.get("href")
        if href:
            self._marks["a"] = 1
            text = BLANKS.sub(" ", node.text()).strip()
            if _FILE.search(href) or _ATTACHED.search(text):
                self.files.append((text, href))

    def _show_file(self, node: LexborNode) -> None:
        """Keeps the place of a file that the page shows in a frame of its own."""
        attributes = node.attributes
        place = attributes.get("src") or attributes.get("data") or ""
        if _FILE.search(place):
            self.files.append((attributes.get("title") or "", place))

    def _show_image(self, attributes: Mapping[str, str | None]) -> None:
        if not is_speck(attributes):
            self._parts.append(MARK)
            self._image = self._image or is_large(attributes)

    def _marked(self, node: LexborNode, like: str | None) -> str:
        """A text that is raised, struck out, a link or otherwise marked; no number if struck out or doubtful."""
        text, marks = node.text_content or "", self._marks
        if "a" in marks or "nav" in marks:
            self._linked += len(text.strip())
        if "pre" in marks:
            text = text.replace("\n", BREAK)
        if "sup" in marks or "sub" in marks:
            text = text.translate(RAISED if "sup" in marks else LOWERED)
        if ("s" in marks or "strike" in marks) and text.strip():
            text = f"~~{text}~~"
        if (DOUBTFUL in marks or like == DOUBTFUL) and text.strip():
            text = f"{MARK}{text}{MARK}"
        return text

    def _flush(self) -> None:
        """Ends the paragraph: each of its lines is a text."""
        if self._parts:
            text = "".join(self._parts)
            self._parts.clear()
            if text := collapsed(text):
                is_link = self._linked * _NEARLY_ALL[1] > len(text) * _NEARLY_ALL[0]
                lines = [line for part in text.split(BREAK) if (line := part.strip())]
                if MARK in text:
                    lines = self._readable(lines)
                if lines:
                    self.pieces += [Text(line, is_link) for line in lines]
                    self._linked, self._image = 0, False
        if self._image:
            self.pieces.append(Image())
            self._image = False

    def _readable(self, lines: Sequence[str]) -> list[str]:
        """The lines of a paragraph with the marks that matter; only in a cell one may be all there is."""
        lines = [readable(line) for line in lines]
        in_cell = bool(self._tables and self._tables[-1].cells)
        is_empty = all(line == MARK for line in lines)
        return lines if in_cell and not (is_empty and self._image) else [line for line in lines if line != MARK]

    def _end_range(self) -> None:
        start = self._starts.pop()
        if len(self.pieces) - start > 1:
            self.ranges.append((start, len(self.pieces)))

    def _end_row(self, table: _OpenTable) -> None:
        """Makes a row of its cells, unless one holds a table or a long text, and lays out the page.

        So does a row with an image, unless numbers stand in its table: then the image may be one.
        """
        found = self.pieces[table.row :]
        texts = [piece for piece in found if isinstance(piece, Text)]
        if not table.cells or any(isinstance(piece, Row) for piece in found):
            return
        if len(texts) < len(found) and not (len(table.cells) > 1 and table.holds_numbers()):
            return
        lines = [piece.text if isinstance(piece, Text) else MARK for piece in found]
        ends = [start for start, _, _ in table.cells[1:]] + [len(self.pieces)]
        boxes = []
        for (start, across, down), end in zip(table.cells, ends, strict=True):
            text = "\n".join(lines[start - table.row : end - table.row])
            boxes.append(Box(readable(text), across, down))
        texts = [text for text in texts if text.text != MARK]
        is_link = bool(texts) and all(text.is_link for text in texts)
        if self._add_row(boxes, table.row, is_link=is_link):
            del self.ranges[table.ranges :]

    def _add_row(self, boxes: Sequence[Box], start: int, *, is_link: bool) -> bool:
        """Puts a row in the place of the pieces from ``start`` on, unless a cell is too long for a table of data."""
        self._cells += len(boxes)
        limits.check("单元格", "Cells", self._cells, limits.MAX_CELLS)
        longest = _LONG_CELL if len(boxes) > 1 else _LONG_ROW
        if not boxes or max([len(box.text) for box in boxes]) > longest:
            return False
        self.pieces[start:] = [Row(boxes, self._tables[-1].number, is_link)]
        return True

    def _end_table(self, table: _OpenTable) -> None:
        """Takes a table apart that has a single column: it lays out text."""
        rows = self.pieces[table.start :]
        if all(isinstance(row, Row) and len(row.boxes) == 1 for row in rows):
            self.pieces[table.start :] = [line for row in rows if isinstance(row, Row) for line in lines_of(row)]


def _tags_in(node: LexborNode) -> set[str | None]:
    """The tags of all elements in an element, without its own."""
    return set([each.tag for each in node.traverse()][1:])


# A text is links if more than this part of it is.
_NEARLY_ALL = 7, 10
# What a link says of the file that it leads to, whatever its address.
_ATTACHED = re.compile("附件|下载(?:报告|年报|文件|全文)")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|rtf|zip|rar)(?:[?#]|$)", re.IGNORECASE)
