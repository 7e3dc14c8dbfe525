"""What a page is made of once it is walked: texts, rows and images, in their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from gxparse.readers.grid import Box
from gxparse.readers.unreadable import MARK


class Text(NamedTuple):
    """A line of text, and whether nearly all of it is links."""

    text: str
    is_link: bool


class Row(NamedTuple):
    """A row of the table with a number; tables that only lay out the page have no rows."""

    boxes: Sequence[Box]
    table: int
    is_link: bool


class Image(NamedTuple):
    """An image that has a place of its own."""


Piece: TypeAlias = Text | Row | Image

# A line break within a paragraph, unlike those of the source, which are blanks.
BREAK = "\u2028"
BLANKS = re.compile(r"[ \t\n\r\f]+")


def collapsed(text: str) -> str:
    """The text without blanks at its ends, white space of the source made single blanks."""
    if text.isalnum():
        return text
    text = text.strip()
    return BLANKS.sub(" ", text) if "\n" in text or "  " in text or "\t" in text else text


def lines_of(row: Row) -> list[Text]:
    """The texts in a row, where it lays out the page."""
    return [Text(line, row.is_link) for box in row.boxes for line in box.text.split("\n") if line and line != MARK]


def table_of(piece: Piece) -> int:
    """The number of the table that a piece is a row of, or 0."""
    return piece.table if isinstance(piece, Row) else 0


def data_rows(pieces: Sequence[Piece]) -> list[int]:
    """The rows of the tables that hold data: more than one row of more than one cell, and not of links."""
    rows = {
        at: piece.table
        for at, piece in enumerate(pieces)
        if isinstance(piece, Row) and len(piece.boxes) > 1 and not piece.is_link
    }
    sizes = Counter(rows.values())
    return [at for at, table in rows.items() if sizes[table] > 1]
