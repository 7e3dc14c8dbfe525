"""Paragraphs and tables over all pages: lines that go on in the next one are joined again, as tables are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from attrs import define

from gxparse.document import Location, Paragraph, Table
from gxparse.readers import grid
from gxparse.readers.portable.areas import Area, around
from gxparse.readers.portable.breaks import append, columns, common_columns
from gxparse.readers.portable.columns import in_columns, rows_of
from gxparse.readers.portable.glyphs import CLOSING
from gxparse.readers.portable.grids import NEAR
from gxparse.readers.portable.lines import ALIKE, Line
from gxparse.readers.portable.sheets import Sheet
from gxparse.readers.portable.tables import Ruled


@define
class Unruled:
    """Lines that make a table without rules."""

    lines: list[Line]


def blocks_of(sheets: Sequence[Sheet]) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables: lines joined again that go on in the next one, and tables that do on the next page."""
    goes_on = _measured(sheets)
    paragraphs = tables = 0
    for item in _whole(sheets, goes_on):
        if isinstance(item, Ruled):
            tables += 1
            yield _table(item, tables)
        elif isinstance(item, Unruled):
            tables += 1
            yield _unruled(item, tables)
        else:
            paragraphs += 1
            yield Paragraph(_paragraph(item), Location(line=paragraphs, page=item[0].page.number, box=_area(item)))


def _items(sheet: Sheet) -> Iterator[Line | Ruled | Unruled]:
    """The lines and tables of a page from top to bottom, those lines together that make a table without rules."""
    for is_line, group in groupby(sheet.items(), lambda item: isinstance(item, Line)):
        items = list(group)
        lines = [item for item in items if isinstance(item, Line)] if is_line else []
        at = 0
        for first, last in in_columns(lines):
            yield from lines[at:first]
            yield Unruled(lines[first:last])
            at = last
        yield from lines[at:] if is_line else items


def _whole(sheets: Sequence[Sheet], goes_on: Callable[[Line, Line], bool]) -> Iterator[list[Line] | Ruled | Unruled]:
    """The lines of each paragraph, and each table as a whole."""
    waiting: list[Line] | Ruled | Unruled | None = None
    for sheet in sheets:
        for item in _items(sheet):
            if isinstance(item, Line):
                if isinstance(waiting, list) and goes_on(waiting[-1], item):
                    waiting.append(item)
                    continue
                item_or_lines: list[Line] | Ruled | Unruled = [item]
            else:
                if (
                    isinstance(waiting, Ruled)
                    and isinstance(item, Ruled)
                    and waiting.page < item.page
                    and (xs := common_columns(waiting.xs, item.xs))
                ):
                    append(waiting, item, xs)
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


def _measured(sheets: Sequence[Sheet]) -> Callable[[Line, Line], bool]:
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
        if isinstance(above, Line) and isinstance(below, Line) and below.area[3] - above.area[3] > above.size / 2
    ]
    pitch = median(pitches) if pitches else 0.0

    def goes_on(above: Line, below: Line) -> bool:
        size = max(above.size, below.size)
        if above.spread or below.spread or abs(above.size - below.size) > size * (1 - ALIKE):
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
_WORD = re.compile(rf"(?:[!-~]+|.)[{CLOSING}]*")


def _edge(positions: list[float]) -> float:
    """The first position that two lines share, nearly; the first one if none is shared."""
    positions.sort()
    return next((first for first, second in pairwise(positions) if second - first < NEAR), next(iter(positions), 0.0))


def _paragraph(lines: Sequence[Line]) -> str:
    """The text of the lines of a paragraph; words and figures of two lines are not run together."""
    text = ""
    for line in lines:
        text += " " if _LATIN.match(text[-1:]) and _LATIN.match(line.text) else ""
        text += line.text
    return text


_LATIN = re.compile(r"[0-9A-Za-z]")


def _area(lines: Sequence[Line]) -> Area:
    """The place of the lines of a paragraph that stand on its first page."""
    return lines[0].page.place(around([line.area for line in lines if line.page == lines[0].page]))


def _table(table: Ruled, number: int) -> Table:
    rows = []
    for row in table.rows:
        boxes = []
        for cell in row:
            first, last = columns(table.xs, cell)
            boxes.append(grid.Box(cell.text, last - first, cell.down, cell.page.number, cell.page.place(cell.area)))
        rows.append(boxes)
    return grid.table_of(rows, number)


def _unruled(table: Unruled, number: int) -> Table:
    page = table.lines[0].page
    return grid.table_of(
        [[grid.Box(text, 1, 1, page.number, page.place(area)) for text, area in row] for row in rows_of(table.lines)],
        number,
        with_spans=False,
    )
