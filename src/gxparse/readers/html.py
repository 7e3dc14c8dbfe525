"""Pages of portals, and what Word, LibreOffice and browsers save as HTML.

A page is walked once, without recursion, into a flat list of pieces: texts, rows and images. Then the report's part of
the page is found by its structure: the smallest element that holds the tables and nearly all of the prose. What is left
of its pieces becomes paragraphs and tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import NamedTuple, TypeAlias

from attrs import define, field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from gxparse.document import Document, Location, Note, Paragraph, Table
from gxparse.readers import limits
from gxparse.readers.grid import Box, table_of
from gxparse.readers.mhtml import html_of
from gxparse.readers.scripts import LOWERED, RAISED


def read(data: bytes) -> Document:
    """Reads a page.

    Raises:
        SourceError: its encoding is unknown, or it is beyond the limits.
    """
    html, notes = html_of(data)
    is_whole = html[-_TAIL:].rstrip().lower().endswith(b"</html>")
    if not is_whole and (cut := _CUT_NUMBER.search(html, max(0, len(html) - _TAIL))):
        html, notes = html[: cut.start() + 1] + "…".encode(), (*notes, _cut())
    tree = LexborHTMLParser(html)
    styled, around = _styled(tree, html)
    spans = _spans(tree)
    page = _Walk(spans, styled, around).over(tree)
    if styled and not _data_rows(page.pieces):
        # Scripts show what is hidden at first, as in tabs.
        shown = {node: tag for node, tag in styled.items() if tag != _HIDDEN}
        page = _Walk(spans, shown, around).over(tree)
    return _document(page, notes, _said_in_head(tree))


# A digit at the end of the page, behind which no block ends: the number may go on.
_CUT_NUMBER = re.compile(rb"[0-9](?:[\s,.]|</?(?:span|font|b|strong|em|i|u|o:p)\b[^<>]*>)*(?:<[^>]*)?$", re.IGNORECASE)
_TAIL = 4_000


def _cut() -> Note:
    return Note(
        "GX003",
        "网页在数字处结束，数字可能被截断，未采用。请重新保存网页。",
        "The page ends in a number that may be cut off; it is not used. Save the page again.",
    )


# ── Pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Text(NamedTuple):
    """A line of text, and whether nearly all of it is links."""

    text: str
    is_link: bool


class _Row(NamedTuple):
    """A row of the table with a number; tables that only lay out the page have no rows."""

    boxes: Sequence[Box]
    table: int
    is_link: bool


class _Image(NamedTuple):
    """An image that has a place of its own."""


_Piece: TypeAlias = _Text | _Row | _Image


@define
class _OpenTable:
    """A table that the walk is in: its number, the pieces before it and before its row, the cells of the row."""

    number: int
    start: int
    is_plain: bool
    row: int = 0
    ranges: int = 0
    cells: list[tuple[int, int, int]] = field(factory=list)


# ── The walk ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Elements whose content is not shown, or is no content. What is deleted does not count.
_LEFT_OUT = _words(
    "-comment script style template noscript select option datalist input button textarea iframe frameset svg "
    "xml head title del audio video canvas"
)
_BLOCKS = _words(
    "address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu ol p section summary ul"
)
_HIDDEN, _APART = "-hidden", "-apart"
_MARKED = _words("sup sub s strike pre nav")
_HANDLED = _BLOCKS | _MARKED | {"table", "tr", "td", "th", "br", "a", "img", _APART}

# Elements that change nothing about the text in them; what is made of these alone is read at once.
_BREAKING = _words("p div br")
_PLAIN = _BREAKING | {"span", "font", "b", "strong", "em", "i", "u", "big", "small", "o:p"}
_PLAIN_TABLE = _PLAIN | {"td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "col"}
_OFTEN_PLAIN = _words("tr p h1 h2 h3")
_CUT = "\x1f"

# A line break within a paragraph, unlike those of the source, which are blanks.
_BREAK = "\u2028"
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# Longer texts stand in no cell of a table: the table lays out the page.
_LONG_CELL = 800
_LONG_ROW = 200


class _Walk:
    """The walk over a page: ``pieces`` in order, and for each element the ``ranges`` of the pieces in it."""

    def __init__(
        self, spans: Mapping[int, tuple[int, int]], styled: Mapping[int, str], not_plain: Container[int]
    ) -> None:
        self.pieces: list[_Piece] = []
        self.ranges: list[tuple[int, int]] = []
        self.files: list[tuple[str, str]] = []
        self._spans = spans
        self._styled = styled
        self._not_plain = not_plain
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._tables: list[_OpenTable] = []
        self._count = self._cells = self._linked = 0
        self._marks: Counter[str] = Counter()
        self._image = False

    def over(self, tree: LexborHTMLParser) -> _Walk:
        """Walks over the body of a page, each element entered before its content and left behind it."""
        node = tree.body
        parts, styled = self._parts, self._styled
        while node is not None:
            tag = node.tag or ""
            if styled and node.mem_id in styled:
                tag = self._tag(node, tag)
            child = None
            if tag == "-text":
                parts.append(self._marked(node) if self._marks else node.text_content or "")
            elif tag not in _LEFT_OUT and tag != _HIDDEN:
                if tag in _OFTEN_PLAIN and self._take_plain(tag, node):
                    node = self._next(node)
                    continue
                child = node.first_child
                if tag in _HANDLED:
                    self._enter(tag, node)
                    if child is None:
                        self._leave(tag)
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
            tag = node.tag or ""
            if self._styled and node.mem_id in self._styled:
                tag = self._tag(node, tag)
            if tag in _HANDLED:
                self._leave(tag)
            following = node.next
        return following

    def _tag(self, node: LexborNode, tag: str) -> str:
        """What an element is by its style: an inline one that is shown as a block is a block."""
        style = self._styled[node.mem_id]
        return style if style == _HIDDEN or tag not in _HANDLED else tag

    def _take_plain(self, tag: str, node: LexborNode) -> bool:
        """Takes a row or a paragraph at once that is nothing but text, in cells or not, as most of them are."""
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
        is_plain = self._tables[-1].is_plain and not self._marks and not self._styled
        for cell in row.iter():
            first = cell.first_child
            if not is_plain or first is None or first.next is not None or (text := first.text_content) is None:
                text = self._plain_text(cell, within_plain=is_plain)
                if text is None or not (is_plain or cell.tag in ("td", "th")):
                    return None
            boxes.append(Box(_collapsed(text), *self._spans.get(cell.mem_id, _SINGLE)))
        return boxes

    def _plain_text(self, node: LexborNode, *, within_plain: bool) -> str | None:
        """The text of an element, if nothing in it breaks, marks or hides a part of it."""
        if self._marks or node.mem_id in self._not_plain:
            return None
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
        elif tag in ("td", "th") and self._tables:
            self._flush()
            self._tables[-1].cells.append((len(self.pieces), *self._spans.get(node.mem_id, _SINGLE)))
        elif tag == "tr" and self._tables:
            self._flush()
            table = self._tables[-1]
            table.row, table.ranges, table.cells = len(self.pieces), len(self.ranges), []
        elif tag == "table":
            self._flush()
            self._count += 1
            self._starts.append(len(self.pieces))
            self._tables.append(_OpenTable(self._count, len(self.pieces), _tags_in(node) <= _PLAIN_TABLE))
        elif tag == "br":
            self._parts.append(_BREAK)
        elif tag == "a":
            self._enter_link(node)
        elif tag == "img":
            self._image = self._image or _is_large(node.attributes)
        elif tag == _APART:
            self._parts.append(" ")
        elif tag in _MARKED:
            self._marks[tag] += 1

    def _leave(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._end_range()
        elif tag in ("td", "th"):
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
        elif tag == _APART:
            self._parts.append(" ")
        elif tag in _MARKED:
            self._marks -= Counter((tag,))

    def _enter_link(self, node: LexborNode) -> None:
        href = node.attributes.get("href")
        if href:
            self._marks["a"] = 1
            if _FILE.search(href):
                self.files.append((_BLANKS.sub(" ", node.text()).strip(), href))

    def _marked(self, node: LexborNode) -> str:
        """A text that is raised, struck out, a link or otherwise marked; what is struck out is no number."""
        text, marks = node.text_content or "", self._marks
        if "a" in marks or "nav" in marks:
            self._linked += len(text.strip())
        if "pre" in marks:
            text = text.replace("\n", _BREAK)
        if "sup" in marks or "sub" in marks:
            text = text.translate(RAISED if "sup" in marks else LOWERED)
        if ("s" in marks or "strike" in marks) and text.strip():
            text = f"~~{text}~~"
        return text

    def _flush(self) -> None:
        """Ends the paragraph: each of its lines is a text."""
        if self._parts:
            text = "".join(self._parts)
            self._parts.clear()
            if text := _collapsed(text):
                is_link = self._linked * _NEARLY_ALL[1] > len(text) * _NEARLY_ALL[0]
                self.pieces += [_Text(line, is_link) for part in text.split(_BREAK) if (line := part.strip())]
                self._linked, self._image = 0, False
        if self._image:
            self.pieces.append(_Image())
            self._image = False

    def _end_range(self) -> None:
        start = self._starts.pop()
        if len(self.pieces) - start > 1:
            self.ranges.append((start, len(self.pieces)))

    def _end_row(self, table: _OpenTable) -> None:
        """Makes a row of its cells, unless one holds a table, an image or a long text, and lays out the page."""
        found = self.pieces[table.row :]
        texts = [piece for piece in found if isinstance(piece, _Text)]
        if not table.cells or len(texts) < len(found):
            return
        ends = [start for start, _, _ in table.cells[1:]] + [len(self.pieces)]
        boxes = []
        for (start, across, down), end in zip(table.cells, ends, strict=True):
            lines = texts[start - table.row : end - table.row]
            boxes.append(Box("\n".join([line.text for line in lines]), across, down))
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
        self.pieces[start:] = [_Row(boxes, self._tables[-1].number, is_link)]
        return True

    def _end_table(self, table: _OpenTable) -> None:
        """Takes a table apart that has a single column: it lays out text."""
        rows = self.pieces[table.start :]
        if all(isinstance(row, _Row) and len(row.boxes) == 1 for row in rows):
            self.pieces[table.start :] = [line for row in rows if isinstance(row, _Row) for line in _lines(row)]


def _tags_in(node: LexborNode) -> set[str | None]:
    """The tags of all elements in an element, without its own."""
    return set([each.tag for each in node.traverse()][1:])


def _collapsed(text: str) -> str:
    """The text without blanks at its ends, white space of the source made single blanks."""
    if text.isalnum():
        return text
    text = text.strip()
    return _BLANKS.sub(" ", text) if "\n" in text or "  " in text or "\t" in text else text


_SINGLE = (1, 1)
# A text is links if more than this part of it is.
_NEARLY_ALL = 7, 10
_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|rtf|zip|rar)(?:[?#]|$)", re.IGNORECASE)


def _lines(row: _Row) -> list[_Text]:
    return [_Text(line, row.is_link) for box in row.boxes for line in box.text.split("\n") if line]


# ── What selectors find ──────────────────────────────────────────────────────────────────────────────────────────────

#: What a page says somewhere that styles some elements so, and what selects them.
_STYLES = {
    b"display": '[style*="display" i]',
    b"DISPLAY": '[style*="display" i]',
    b"visibility": '[style*="visibility" i]',
    b"line-through": '[style*="line-through" i]',
    b"vertical-align:su": '[style*="vertical-align:su" i]',
    b"vertical-align: su": '[style*="vertical-align: su" i]',
    b"hidden": "[hidden]",
}
#: What is told by a style, and the element that it is like.
_LIKE = (
    (re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE), _HIDDEN),
    (re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.IGNORECASE), "div"),
    (re.compile(r"display\s*:\s*inline-", re.IGNORECASE), _APART),
    (re.compile(r"line-through", re.IGNORECASE), "s"),
    (re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE), "sup"),
    (re.compile(r"vertical-align\s*:\s*sub", re.IGNORECASE), "sub"),
)


def _styled(tree: LexborHTMLParser, html: bytes) -> tuple[dict[int, str], set[int]]:
    """The elements that their style makes something else: hidden, a block, struck out, raised; and what holds them."""
    found: dict[int, str] = {}
    around: set[int] = set()
    for said, selector in _STYLES.items():
        for node in tree.css(selector) if said in html else ():
            attributes = node.attributes
            style = attributes.get("style") or ""
            like = _HIDDEN if "hidden" in attributes else next((tag for rule, tag in _LIKE if rule.search(style)), None)
            if like:
                found.setdefault(node.mem_id, like)
                holder: LexborNode | None = node
                while holder is not None and holder.mem_id not in around:
                    around.add(holder.mem_id)
                    holder = holder.parent
    return found, around


def _spans(tree: LexborHTMLParser) -> dict[int, tuple[int, int]]:
    """How many columns and rows the cells span that span more than one."""
    spanning = tree.css("td[colspan],td[rowspan],th[colspan],th[rowspan]")
    found = {}
    for node in spanning:
        attributes = node.attributes
        found[node.mem_id] = _number(attributes.get("colspan")), _number(attributes.get("rowspan"))
    return found


_NUMBER = re.compile(r"\s*\+?([0-9]{1,9})")


def _number(text: str | None, default: int = 1) -> int:
    match = _NUMBER.match(text or "")
    return int(match[1]) if match else default


_ICON = 100
_SIZE = re.compile(r"(?<![-\w])(?:width|height)\s*:\s*([0-9]+)(?:\.[0-9]+)?\s*px", re.IGNORECASE)


def _is_large(attributes: Mapping[str, str | None]) -> bool:
    """Whether an image may be that of a table: nothing says that it is small."""
    sizes = [_number(attributes.get(name), _ICON) for name in ("width", "height")]
    sizes += [int(size) for size in _SIZE.findall(attributes.get("style") or "")]
    return min(sizes) >= _ICON or "%" in (attributes.get("width") or "")


# ── The report's part of the page ────────────────────────────────────────────────────────────────────────────────────

# The report holds nearly all the prose of its page.
_SHARE = 0.9
# A shorter text is no title.
_TITLE = 8
# So many links one under the other are a menu or a table of contents.
_MENU = 3
# Pages with fewer tables of data may show a table as an image.
_TABLES = 3


def _document(page: _Walk, notes: Sequence[Note], in_head: Mapping[str, str]) -> Document:
    """The report's part of a page as a document."""
    pieces = page.pieces
    metadata, left_out = _said_above(pieces)
    data = [at for at in _data_rows(pieces) if at not in left_out]
    start, end = _own_part(page, data)
    kept = set(range(len(pieces))) - left_out
    files = () if data else page.files
    if data:
        top = _top(page, start, kept, in_head.get("title", ""))
        kept = {at for at in kept if top <= at < end} - _menus(pieces, start)
    else:
        linked = {text for text, _ in files}
        kept = {at for at in kept if not (isinstance(piece := pieces[at], _Text) and piece.text in linked)}
    kept -= {at for at, piece in enumerate(pieces) if isinstance(piece, _Image) and not start <= at < end}
    blocks: list[Paragraph | Table] = []
    images: list[Note] = []
    tables = 0
    few = len({row.table for at in data if isinstance(row := pieces[at], _Row)}) < _TABLES
    for number, group in groupby((at for at in range(len(pieces)) if at in kept), key=lambda at: _table(pieces[at])):
        found = [pieces[at] for at in group]
        rows = [piece for piece in found if isinstance(piece, _Row)]
        if number and any(len(row.boxes) > 1 for row in rows):
            tables += 1
            blocks.append(table_of([row.boxes for row in rows], tables))
            continue
        texts = [line for row in rows for line in _lines(row)] or found
        for piece in texts:
            line = len(blocks) - tables + 1
            if isinstance(piece, _Text):
                blocks.append(Paragraph(piece.text, Location(line)))
            elif few:
                images.append(_of_image(line))
    first = len(blocks) - tables + 1
    blocks += [Paragraph(f"附件：{text} {href}", Location(line)) for line, (text, href) in enumerate(files, first)]
    return Document(tuple(blocks), (*notes, *images), {**in_head, **metadata})


def _table(piece: _Piece) -> int:
    return piece.table if isinstance(piece, _Row) else 0


def _data_rows(pieces: Sequence[_Piece]) -> list[int]:
    """The rows of the tables that hold data: more than one row of more than one cell, and not of links."""
    rows = {
        at: piece.table
        for at, piece in enumerate(pieces)
        if isinstance(piece, _Row) and len(piece.boxes) > 1 and not piece.is_link
    }
    sizes = Counter(rows.values())
    return [at for at, table in rows.items() if sizes[table] > 1]


def _own_part(page: _Walk, data: Sequence[int]) -> tuple[int, int]:
    """The first piece of the smallest element that holds the tables of data and nearly all prose, and the end of it."""
    prose = [0, *accumulate(map(_prose, page.pieces))]
    fitting = [
        (start, end)
        for start, end in page.ranges
        if (not data or (start <= data[0] and data[-1] < end)) and prose[end] - prose[start] >= _SHARE * prose[-1]
    ]
    whole = 0, len(page.pieces)
    return min(fitting, key=lambda part: part[1] - part[0], default=whole) if prose[-1] else whole


def _prose(piece: _Piece) -> int:
    """The length of a text with whole sentences, which the lines of menus and of the feet of pages have not."""
    return len(piece.text) if isinstance(piece, _Text) and not piece.is_link and "。" in piece.text else 0


def _top(page: _Walk, start: int, kept: Container[int], title: str) -> int:
    """Where the report's part begins: its title stands in it, or above it in the next element that holds more text."""

    def texts(first: int, end: int) -> list[str]:
        lines = [page.pieces[at] for at in range(first, end) if at in kept]
        return [line.text for line in lines if isinstance(line, _Text) and not line.is_link]

    if any(len(text) >= _TITLE and text in title for text in texts(start, start + _MENU)):
        return start
    around = sorted((above for above, end in page.ranges if above < start < end), reverse=True)
    return next((above for above in around if texts(above, start)), 0)


def _menus(pieces: Sequence[_Piece], start: int) -> set[int]:
    """The links above the report, and those within it that stand one under the other."""
    found: set[int] = set()
    for is_link, group in groupby(
        enumerate(pieces), key=lambda each: not isinstance(each[1], _Image) and each[1].is_link
    ):
        run = [at for at, _ in group]
        if is_link:
            found.update(run if len(run) >= _MENU else [at for at in run if at < start])
    return found


def _of_image(line: int) -> Note:
    return Note(
        "GX008",
        "此处是图片，其中若有表格，其数值没有读出。请对照原文，或取得可编辑的文件。",
        "An image stands here. If it shows a table, its values are not read: compare the source, or get it as text.",
        Location(line),
    )


# ── What the page says about the report ──────────────────────────────────────────────────────────────────────────────

_LABELS = {
    "index_number": "索引号 信息索引号 信息索引",
    "publisher": "发布机构 发布单位 发布机关 发文机关 发文机构 公开机构 公开机关 公开主体 信息来源 文章来源 来源",
    "published_on": "公开日期 发文日期 发布日期 发布时间 公开时间 成文日期 生成日期 发文时间 日期",
    "document_number": "文号 发文字号 文件编号 公文编号",
    "title": "名称 标题 信息名称 文件名称 公文名称",
}
_KEYS = {label: key for key, labels in _LABELS.items() for label in labels.split()}
_IN_HEAD = {"pubdate": "published_on", "contentsource": "publisher", "articletitle": "title"}
_NAMES = "|".join(r"\s*".join(name) for name in sorted(_KEYS, key=len, reverse=True))
_NAME = re.compile(rf"[【\[]?\s*({_NAMES})\s*[】\]]?\s*[：:]?")
_SAID = re.compile(
    rf"(?<![\w】])[【\[]?({_NAMES})\s*[】\]]?\s*[：:][^\S{_BREAK}]*"
    rf"(.*?)(?=\s{{2,}}|\s*[|｜]|\s+[^\s：:0-9]{{2,8}}\s*[：:]|\s*[【\[]?(?:{_NAMES})\s*[】\]]?\s*[：:]|$)"
)
_LONGEST_SAID = 200
_MOST_ROWS = 12


def _said_in_head(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[name][content]"):
        attributes = node.attributes
        key = _IN_HEAD.get((attributes.get("name") or "").strip().lower())
        if key and (value := (attributes.get("content") or "").strip()):
            found.setdefault(key, value)
    title = tree.css_first("title")
    if "title" not in found and title is not None and (text := _SITE.split(_collapsed(title.text()))[0]):
        found["title"] = text
    return found


# What sets the name of the site apart from the title of the page.
_SITE = re.compile(r"\s*[_|｜]|\s+[-–—]+\s|[-–—]{2}")


def _said_above(pieces: Sequence[_Piece]) -> tuple[dict[str, str], set[int]]:
    """What tables and lines above the report say about it, and which pieces say nothing else."""
    metadata: dict[str, str] = {}
    left_out: set[int] = set()
    lines: dict[int, str] = {}
    for number, group in groupby(enumerate(pieces), key=lambda each: _table(each[1])):
        found = dict(group)
        rows = [[box.text for box in piece.boxes] for piece in found.values() if isinstance(piece, _Row)]
        said = [each for row in rows for each in _said(row)] if len(rows) <= _MOST_ROWS else []
        if len({key for _, key, _ in said}) > 1:
            metadata = {key: value for _, key, value in reversed(said) if value} | metadata
            left_out.update(found)
        elif number and sum(len(row) > 1 for row in rows) > 1:
            break
        texts = {at: piece.text for at, piece in found.items() if isinstance(piece, _Text)}
        lines |= texts
        if any(len(text) > _LONGEST_SAID for text in texts.values()):
            break
    places, texts_above = list(lines), list(lines.values())
    said = list(_said(texts_above))
    several = len({key for _, key, _ in said}) > 1
    for at, key, value in said:
        if value and (several or "：" in texts_above[at] or ":" in texts_above[at]):
            metadata.setdefault(key, value)
        if several and (name := _NAME.match(texts_above[at])):
            alone = name.end() == len(texts_above[at]) and value
            left_out.update(places[at : at + 1 + bool(alone)])
    return metadata, left_out


def _said(texts: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """What the texts say: the number of the text, the key and its value, which may be the next text."""
    for at, text in enumerate(texts):
        if len(text) > _LONGEST_SAID:
            continue
        if name := _NAME.fullmatch(text):
            following = texts[at + 1] if at + 1 < len(texts) else ""
            yield at, _key(name[1]), "" if _NAME.fullmatch(following) else following
        else:
            for match in _SAID.finditer(text):
                yield at, _key(match[1]), match[2].strip()


def _key(name: str) -> str:
    return _KEYS["".join(name.split())]
