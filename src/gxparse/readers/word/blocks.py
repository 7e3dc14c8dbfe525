"""Paragraphs and tables within tables, as the files of word processors have them, made the blocks of a document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from attrs import define, field

from gxparse.document import Document, Location, Paragraph, Table
from gxparse.readers.grid import Box, table_of
from gxparse.readers.unreadable import MARK, readable


@define
class BlockCell:
    """A cell while it is read: the texts of its paragraphs and the tables within it."""

    across: int = 1
    down: int = 1
    blocks: list[str | list[BlockRow]] = field(factory=list)

    def box(self) -> Box:
        """The cell as one of a table of data: its paragraphs are the lines of its text."""
        text = "\n".join(block for block in self.blocks if isinstance(block, str)).strip()
        return Box(readable(text), self.across, self.down)


BlockRow = list[BlockCell]
Block = str | list[BlockRow]


def document_of(blocks: Sequence[Block], *, with_spans: bool = True) -> Document:
    """The document of these blocks. Rows that hold tables are layout: what is in their cells is given in order.

    ``with_spans`` says whether the format tells how far a cell spans.
    """
    found: list[Paragraph | Table] = []
    waiting = list(reversed(blocks))
    paragraphs = tables = 0
    while waiting:
        block = waiting.pop()
        if isinstance(block, str):
            if (text := readable(block.strip())).strip(MARK):
                paragraphs += 1
                found.append(Paragraph(text, Location(line=paragraphs)))
            continue
        is_layout, rows = _first_stretch(block)
        if block[len(rows) :]:
            waiting.append(block[len(rows) :])
        if is_layout:
            waiting += [inner for row in reversed(rows) for cell in reversed(row) for inner in reversed(cell.blocks)]
        elif any(rows):
            tables += 1
            found.append(table_of([[cell.box() for cell in row] for row in rows], tables, with_spans=with_spans))
    return Document(tuple(found))


def _first_stretch(rows: list[BlockRow]) -> tuple[bool, list[BlockRow]]:
    """The first rows that are all layout or all data, and whether they are layout."""
    for is_layout, group in groupby(rows, lambda row: any(not isinstance(each, str) for c in row for each in c.blocks)):
        return is_layout, list(group)
    return False, []
