"""Pages of portals, and what Word, LibreOffice and browsers save as HTML.

A page is walked once, without recursion, into a flat list of pieces: texts, rows and images, as they are seen. Then the
report's part of the page is found by its structure: the smallest element that holds the tables and nearly all of the
prose. What is left of its pieces becomes paragraphs and tables.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from gxparse import own
from gxparse.document import Document, Note
from gxparse.readers.lines import is_number
from gxparse.readers.web.metadata import said_in_head
from gxparse.readers.web.mhtml import html_of
from gxparse.readers.web.part import TABLES, document_of
from gxparse.readers.web.pieces import Row, data_rows, table_of
from gxparse.readers.web.sizes import spans_of
from gxparse.readers.web.styles import styles_of
from gxparse.readers.web.walk import Walk


def read(data: bytes) -> Document:
    """Reads a page.

    Raises:
        SourceError: its encoding is unknown, or it is beyond the limits.
        NotAReportError: gxparse has written it for people to look at.
    """
    html, notes = html_of(data)
    tree = LexborHTMLParser(html)
    own.refuse_page(node.attributes.get("content") or "" for node in tree.css('meta[name="generator" i]'))
    styles, spans = styles_of(tree, html), spans_of(tree)
    page = Walk(spans, styles).over(tree)
    if styles.are_folded:
        page, unfolded = _unfolded(page, Walk(spans, styles.unfolded()), tree)
        notes += unfolded
    return document_of(page, notes, said_in_head(tree))


# ── Pages that scripts show more of ──────────────────────────────────────────────────────────────────────────────────


def _unfolded(page: Walk, whole: Walk, tree: LexborHTMLParser) -> tuple[Walk, tuple[Note, ...]]:
    """The page with its hidden tables, if no table of data is seen, or if they are others than those that are."""
    shown = _tables(page)
    if len(shown) >= TABLES:
        return page, ()
    found = _tables(whole.over(tree))
    if not data_rows(page.pieces):
        return whole, ()
    are_others = len(found) > len(shown) and len(set(found)) == len(found)
    return (whole, (_read_too(),)) if are_others else (page, ())


def _tables(page: Walk) -> list[tuple[str, ...]]:
    """The labels of each table of data with numbers."""
    labels: dict[int, list[str]] = {}
    with_numbers: set[int] = set()
    for at in data_rows(page.pieces):
        row = page.pieces[at]
        for box in row.boxes if isinstance(row, Row) else ():
            if is_number(box.text):
                with_numbers.add(table_of(row))
            else:
                labels.setdefault(table_of(row), []).append(box.text)
    return [tuple(found) for table, found in labels.items() if table in with_numbers]


def _read_too() -> Note:
    return Note(
        "GX009",
        "网页中有隐藏的表格（如选项卡），一并读取。请对照网页上看到的内容。",
        "Tables of this page are hidden at first, as in tabs; they are read too. Compare what the page shows.",
    )
