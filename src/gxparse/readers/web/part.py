"""The report's part of a page: the smallest element with the tables and nearly all prose, as paragraphs and tables."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import accumulate, groupby

from gxparse.document import Document, Location, Note, Paragraph, Table
from gxparse.readers import grid
from gxparse.readers.lines import is_number
from gxparse.readers.unreadable import MARK
from gxparse.readers.web.metadata import said_above
from gxparse.readers.web.pieces import Image, Piece, Row, Text, data_rows, lines_of, table_of
from gxparse.readers.web.walk import Walk

# The report holds nearly all the prose of its page.
_SHARE = 0.9
# A shorter text is no title.
_TITLE = 8
# So many links one under the other are a menu or a table of contents.
_MENU = 3
#: Pages with fewer tables of data may show a table as an image.
TABLES = 3


def document_of(page: Walk, notes: Sequence[Note], in_head: Mapping[str, str]) -> Document:
    """The report's part of a page as a document."""
    pieces = page.pieces
    metadata, left_out = said_above(pieces)
    data = [at for at in data_rows(pieces) if at not in left_out]
    start, end = _own_part(page, data)
    kept = set(range(len(pieces))) - left_out
    files = () if data else page.files
    if data:
        top = _top(page, start, kept, in_head.get("title", ""))
        kept = {at for at in kept if top <= at < end} - _menus(pieces, start)
    else:
        linked = {text for text, _ in files}
        kept = {at for at in kept if not (isinstance(piece := pieces[at], Text) and piece.text in linked)}
    kept -= {at for at, piece in enumerate(pieces) if isinstance(piece, Image) and not start <= at < end}
    few = len({table_of(pieces[at]) for at in data}) < TABLES
    blocks, found = _blocks({at: pieces[at] for at in sorted(kept)}, few_tables=few)
    line = sum(isinstance(block, Paragraph) for block in blocks) + 1
    blocks += [Paragraph(f"附件：{text} {href}", Location(at)) for at, (text, href) in enumerate(files, line)]
    return Document(tuple(blocks), (*notes, *found), {**in_head, **metadata})


def _blocks(pieces: Mapping[int, Piece], *, few_tables: bool) -> tuple[list[Paragraph | Table], list[Note]]:
    """The pieces by their places as paragraphs and tables, and what is to be said of them."""
    blocks: list[Paragraph | Table] = []
    notes: list[Note] = []
    tables = 0
    for number, group in groupby(pieces.items(), key=lambda each: table_of(each[1])):
        found = dict(group)
        rows = [piece for piece in found.values() if isinstance(piece, Row)]
        if number and any(len(row.boxes) > 1 for row in rows):
            tables += 1
            blocks.append(grid.table_of([row.boxes for row in rows], tables))
            continue
        for at, piece in enumerate(line for row in rows for line in lines_of(row)) if rows else found.items():
            place = Location(len(blocks) - tables + 1)
            if isinstance(piece, Text) and piece.text != MARK:
                blocks.append(Paragraph(piece.text, place))
                if is_number(piece.text) and table_of(pieces.get(at + 1, piece)):
                    notes.append(_outside(piece.text, place))
            elif few_tables and isinstance(piece, Image):
                notes.append(_of_image(place))
    return blocks, notes


def _own_part(page: Walk, data: Sequence[int]) -> tuple[int, int]:
    """The first piece of the smallest element that holds the tables of data and nearly all prose, and the end of it."""
    prose = [0, *accumulate(map(_prose, page.pieces))]
    fitting = [
        (start, end)
        for start, end in page.ranges
        if (not data or (start <= data[0] and data[-1] < end)) and prose[end] - prose[start] >= _SHARE * prose[-1]
    ]
    whole = 0, len(page.pieces)
    return min(fitting, key=lambda part: part[1] - part[0], default=whole) if prose[-1] else whole


def _prose(piece: Piece) -> int:
    """The length of a text with whole sentences, which the lines of menus and of the feet of pages have not."""
    return len(piece.text) if isinstance(piece, Text) and not piece.is_link and "。" in piece.text else 0


def _top(page: Walk, start: int, kept: Container[int], title: str) -> int:
    """Where the report's part begins: its title stands in it, or above it in the next element that holds more text."""

    def texts(first: int, end: int) -> list[str]:
        lines = [page.pieces[at] for at in range(first, end) if at in kept]
        return [line.text for line in lines if isinstance(line, Text) and not line.is_link]

    if any(len(text) >= _TITLE and text in title for text in texts(start, start + _MENU)):
        return start
    around = sorted((above for above, end in page.ranges if above < start < end), reverse=True)
    return next((above for above in around if texts(above, start)), 0)


def _menus(pieces: Sequence[Piece], start: int) -> set[int]:
    """The links above the report, and those within it that stand one under the other."""
    found: set[int] = set()
    for is_link, group in groupby(
        enumerate(pieces), key=lambda each: not isinstance(each[1], Image) and each[1].is_link
    ):
        run = [at for at, _ in group]
        if is_link:
            found.update(run if len(run) >= _MENU else [at for at in run if at < start])
    return found


def _of_image(place: Location) -> Note:
    return Note(
        "GX008",
        "此处是图片，其中若有表格，其数值没有读出。请对照原文，或取得可编辑的文件。",
        "An image stands here. If it shows a table, its values are not read: compare the source, or get it as text.",
        place,
    )


def _outside(text: str, place: Location) -> Note:
    """What a parser does with the text of a table that stands in no cell: it puts it before the table."""
    return Note(
        "GX003",
        f"数字“{text[:_SHOWN]}”紧接在表格之前，不在单元格内：网页的标签有误，表中可能缺少它。请对照原文。",
        f"The number {text[:_SHOWN]!r} stands before a table and in no cell of it, as where tags are broken: a "
        "cell may lack it. Compare the source.",
        place,
    )


_SHOWN = 40
