"""A line of a text, and the rows and tables made of the cells in lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TypeAlias

from attrs import define

from gxparse.document import Cell, Location, Note, Paragraph, Row, Table


@define
class Line:
    """A line of the text without its end, and its number from 1.

    ``moved`` says where the text stood before something was taken out of it or lines were put together: each entry
    is a character of the text with the line and column it stood at; those behind it follow.
    """

    text: str
    number: int
    moved: tuple[tuple[int, int, int], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands on it."""
        return not self.text or self.text.isspace()

    def place(self, at: int) -> tuple[int, int]:
        """The line and the column, from 1, of the character with the index ``at``."""
        if not self.moved:
            return self.number, at + 1
        start, line, column = self.moved[bisect_right(self.moved, at, key=itemgetter(0)) - 1]
        return line, column + at - start


#: A cell before its table is known: its text, line and column.
LooseCell: TypeAlias = tuple[str, int, int]
LooseRow: TypeAlias = list[LooseCell]


def cell_at(line: Line, text: str, at: int) -> LooseCell:
    """A cell of a line that begins with the character ``at``; it is placed where its text is, blanks left out."""
    if text[:1].isspace() and (words := text.lstrip()):
        at += len(text) - len(words)
    number, column = line.place(at)
    return text, number, column


def paragraph_of(line: Line) -> Paragraph:
    """A line as a paragraph, without the mark that Markdown sets before a heading."""
    mark = _MARKDOWN_HEADING.match(line.text) if "#" in line.text else None
    start = mark.end() if mark else 0
    text, number, column = cell_at(line, line.text[start:], start)
    return Paragraph(text.strip(), Location(number, column))


_MARKDOWN_HEADING = re.compile(r" {0,3}#{1,6} +")


def table_of(rows: Iterable[LooseRow], number: int) -> Table:
    """The table with a number of the document that has the rows."""
    return Table(tuple([Row(tuple(_placed(cells, number, row))) for row, cells in enumerate(rows, 1)]))


def _placed(cells: LooseRow, table: int, row: int) -> list[Cell]:
    # A report has hundreds of cells: the named tuples are made as the tuples they are.
    return [
        _new(Cell, (text, _new(Location, (line, column, table, row, cell, None, None))))
        for cell, (text, line, column) in enumerate(cells, 1)
    ]


_new = tuple.__new__


def trusted(rows: Sequence[tuple[LooseRow, int]], *, filled: bool) -> Iterator[LooseRow]:
    """The rows, without blank cells where a row has not the width of its table.

    Blank cells fill the span of a label up to the width of the table. In a row that lost a cell, none of them is to be
    taken for that cell. Where nothing shows that spans are ``filled``, the rows must be nearly all of one width.
    """
    widths = Counter(width for _, width in rows)
    usual, count = widths.most_common(1)[0]
    uniform = filled or count >= _UNIFORM * widths.total()
    if filled:
        usual = max(widths)
    for row, width in rows:
        yield [cell for cell in row if cell[0].strip()] or row[:1] if uniform and width != usual else row


_UNIFORM = 0.75

NUMBER = re.compile(r"[\u200b-\u200f\ufeff]*[-+－＋]?[,.，．]?[0-9０-９][0-9０-９,.，．]*[\u200b-\u200f\ufeff]*")


def is_number(text: str) -> bool:
    """Whether nothing but a number stands in a text."""
    return bool(NUMBER.fullmatch(text.strip()))


def cut_off(where: Location) -> Note:
    """What is to be said of a text that ends in a number."""
    return Note(
        "GX003",
        "文本在数字处结束，数字可能被截断，未采用。请补全文本。",
        "The text ends in a number that may be cut off; it is not used. Complete the text.",
        where,
    )
