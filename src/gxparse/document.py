"""A source as its reader hands it over: paragraphs and tables, with the place of each.

A document knows nothing about the meaning of its text. Where a source marks no rows, because
each cell stands on a line of its own, its cells are paragraphs. What a report has hundreds of
is a named tuple, which is made in half the time of an attrs record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from attrs import field, frozen

__all__ = ["Cell", "Document", "Location", "Note", "Paragraph", "Row", "Table"]


class Location(NamedTuple):
    """A place in a source. Every number counts from 1; what a format does not have is ``None``.

    Attributes:
        line: the line of the text.
        column: the column of the text, in code points.
        table: the table of the document.
        row: the row of the table.
        cell: the cell of the row.
        page: the page.
        box: left, top, right and bottom on the page, in points.
    """

    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    def __str__(self) -> str:
        """The place in words, the coarse part first.

        >>> str(Location(line=12, column=3))
        'line 12, column 3'
        """
        named = ("page", self.page), ("table", self.table), ("row", self.row), ("cell", self.cell)
        lines = ("line", self.line), ("column", self.column)
        return ", ".join(f"{name} {number}" for name, number in (*named, *lines) if number)


class Paragraph(NamedTuple):
    """A paragraph, or a cell of a table whose rows the source does not mark. A blank text is a blank cell."""

    text: str
    location: Location


class Cell(NamedTuple):
    """A cell of a row; blank cells have a blank text."""

    text: str
    location: Location


class Row(NamedTuple):
    """The cells of one row, in the order of the page.

    Attributes:
        cells: the cells, blank ones too.
        is_ragged: whether nearly all rows of its table are of another length, so that it has too many or too few cells.
    """

    cells: tuple[Cell, ...]
    is_ragged: bool = False


@frozen
class Table:
    """The rows of a table whose rows the source marks."""

    rows: tuple[Row, ...]


@frozen
class Note:
    """What a reader has to say of its reading: a finding's code, its words and its place."""

    code: str
    message_zh: str
    message_en: str
    location: Location | None = None


@frozen
class Document:
    """The blocks of a source in the order of the page, and what its reader has to say of them.

    Attributes:
        blocks: the paragraphs and tables.
        notes: what the reader has to say.
        metadata: what a page says about the report beside it: ``index_number`` (索引号), ``publisher`` (发布机构),
            ``published_on`` (发文日期, as written), ``document_number`` (文号), ``title`` (名称).
    """

    blocks: tuple[Paragraph | Table, ...]
    notes: tuple[Note, ...] = ()
    metadata: Mapping[str, str] = field(factory=dict)

    def texts(self) -> Iterator[str]:
        """Every text of the document, paragraphs and cells alike."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                for row in block.rows:
                    for cell in row.cells:
                        yield cell.text
