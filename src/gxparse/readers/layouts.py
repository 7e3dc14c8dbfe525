"""The layouts of extracted text: each a function from the lines of a region to its blocks.

Where a layout marks rows, it yields tables; where each cell stands on a line of its own, paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias
from unicodedata import east_asian_width

from attrs import define

from gxparse.document import Cell, Location, Paragraph, Row, Table


@define
class Line:
    """A line of the text without its end, and its number from 1."""

    text: str
    number: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands on it."""
        return not self.text.strip()


Block: TypeAlias = Paragraph | Table

#: A layout reads the lines of a region; the number is that of the first table in it.
Layout: TypeAlias = Callable[[Sequence[Line], int], Iterable[Block]]

_BARS = str.maketrans("│┃║｜¦", "|||||")
_BAR = re.compile("[|│┃║｜¦]")
_RULE = re.compile(r"[\s|+:\-=─━═┼├┤┌┬┐└┴┘╔╦╗╠╬╣╚╩╝┝┿┥╞╪╡]+")
_RULE_LINE = re.compile(r"[-=─━═]{2}")
_GAP = re.compile(r"[ \u00a0\u3000]{2,}")
_NUMBER = re.compile(r"[\u200b-\u200f\ufeff]*[-+－＋]?[0-9０-９][0-9０-９,.，．]*[\u200b-\u200f\ufeff]*")


def kind(line: str) -> Layout:
    """The layout that a line by itself shows."""
    if "\t" in line and "|" not in line:
        return indented if line.startswith("\t") and "\t" not in line[1:] else tabbed
    if _BAR.search(line) or (_RULE_LINE.search(line) and _is_rule(line)):
        return in_bars
    if _GAP.search(line):
        parts = _GAP.split(line.strip())
        if len(parts) > 2 or (len(parts) == 2 and (is_number(parts[1]) or max(map(len, parts)) <= _COLUMN)):
            return aligned
    return loose


# The longest text that a column of an aligned table holds on a line.
_COLUMN = 30


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line) and _RULE_LINE.search(line) and line.strip(" -=─━═"))


# ── Tabs and spaces ──────────────────────────────────────────────────────────────────────────────────────────────────


def tabbed(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """One row a line, a tab between cells."""
    rows = [[(_unquoted(text), line, column) for text, line, column in _split(line, _TAB, 0)] for line in lines]
    yield _table(_trusted([(row, len(row)) for row in rows], filled=False), table)


def aligned(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """One row a line, the columns set apart by white space.

    Numbers right under a number may be the rest of it, broken over two lines: then the number above is not certain.
    """
    rows: list[_Row] = []
    above: Line | None = None
    for line in lines:
        row = _split(line, _GAP, len(line.text) - len(line.text.lstrip()))
        if above and line.number == above.number + 1 and _NUMBER.fullmatch(row[0][0]):
            last, *where = rows[-1][-1]
            if row[0][2] == 1 and _NUMBER.fullmatch(last):
                # A line broken within a number goes on at the head of the next one.
                rows[-1][-1:] = [(f"{last}\n{row[0][0]}", where[0], where[1]), *row[1:]]
                continue
            _void(rows[-1], above, row, line)
        rows.append(row)
        above = line
    yield _table(rows, table)


def _void(upper: _Row, above: Line, lower: _Row, below: Line) -> None:
    """Adds to each number what stands right under it."""
    for at, (text, line, column) in enumerate(upper):
        place = _span(above, text, column)
        under = [rest for rest, _, start in lower if _meet(place, _span(below, rest, start))]
        if under and _NUMBER.fullmatch(text):
            upper[at] = (f"{text}\n{under[0]}", line, column)


def is_number(text: str) -> bool:
    """Whether nothing but a number stands in a text."""
    return bool(_NUMBER.fullmatch(text.strip()))


def _span(line: Line, text: str, column: int) -> tuple[int, int]:
    """Where a cell begins and ends on the page, wide characters counted twice."""
    start = _width(line.text[: column - 1])
    return start, start + _width(text)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _unquoted(text: str) -> str:
    """A cell that a spreadsheet put in quotation marks, as it does where the cell has line breaks."""
    if len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return text[1:-1].replace('""', '"')
    return text


_TAB = re.compile("\t")

# A cell before its table is known: its text, line and column.
_Cell: TypeAlias = tuple[str, int, int]
_Row: TypeAlias = list[_Cell]


def _split(line: Line, separator: re.Pattern[str], start: int) -> _Row:
    cells: _Row = []
    text = line.text.rstrip(" \u00a0\u3000")
    for gap in separator.finditer(text, start):
        cells.append((text[start : gap.start()], line.number, _start(text, start, gap.start())))
        start = gap.end()
    return [*cells, (text[start:], line.number, _start(text, start))]


def _start(text: str, at: int, end: int | None = None) -> int:
    """The column of the first character from a place on that is no white space; that of the place if there is none."""
    rest = text[at:end]
    return at + 1 + (len(rest) - len(rest.lstrip()) if rest.strip() else 0)


def _table(rows: Iterable[_Row], table: int) -> Table:
    return Table(
        tuple(
            Row(
                tuple(
                    Cell(text, Location(line, column, table, row, cell))
                    for cell, (text, line, column) in enumerate(cells, 1)
                )
            )
            for row, cells in enumerate(rows, 1)
        )
    )


def indented(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """One cell a line, each line begun with a tab; a blank line ends a row; a cell's own line breaks have no tab."""
    rows: list[Row] = []
    cells: list[Cell] = []
    for tab, group in groupby(lines, key=lambda line: line.text.startswith("\t")):
        if tab:
            for line in group:
                text = line.text[1:]
                column = _start(line.text, 1) if text[:1].isspace() else 2
                cells.append(Cell(text, Location(line.number, column, table, len(rows) + 1, len(cells) + 1)))
            continue
        rest = list(group)
        words = [line for line in rest if not line.is_blank]
        if words and cells:
            cells.append(_lengthened(cells.pop(), words))
        if len(words) < len(rest) and cells:
            rows.append(Row(tuple(cells)))
            cells = []
    if cells:
        rows.append(Row(tuple(cells)))
    yield Table(tuple(rows))


def _lengthened(cell: Cell, lines: Sequence[Line]) -> Cell:
    """A cell with the lines below that belong to it; a blank cell stands where its first words are."""
    where = cell.location
    if not cell.text.strip():
        where = Location(lines[0].number, _start(lines[0].text, 0), where.table, where.row, where.cell)
    return Cell("\n".join((cell.text, *(line.text for line in lines))), where)


def goes_on(cell: str, line: str) -> bool:
    """Whether a line without a tab can be more of the cell above it: words do not go on a number."""
    return not is_number(cell) or is_number(line)


def _trusted(rows: Sequence[tuple[_Row, int]], *, filled: bool) -> Iterator[_Row]:
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


# ── Bars ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def in_bars(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """Cells set apart by bars: one row a line, or one cell a line."""
    lines = [Line(line.text.translate(_BARS), line.number) for line in lines]
    filled = [sum(bool(part.strip()) for part in line.text.split("|")) for line in lines if "|" in line.text]
    if sum(cells > 1 for cells in filled) * 5 > sum(cells > 0 for cells in filled):
        return _rows_in_bars(lines, table)
    return _cells_in_bars(lines, table)


def _rows_in_bars(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """One row a line, wrapped or not; rules between the rows may mark which lines are one row."""
    filled = any("||" in line.text for line in lines)
    ruled = sum(_is_rule(line.text) and not line.text.strip().startswith("|") for line in lines) > 2
    for is_paragraph, group in groupby(_whole_lines(lines), key=lambda line: isinstance(line, Paragraph)):
        if is_paragraph:
            yield from (line for line in group if isinstance(line, Paragraph))
            continue
        rows = [line for line in group if not isinstance(line, Paragraph)]
        kept = iter(_trusted([row for row in rows if row is not None] or [([], 0)], filled=filled))
        parts = [list(part) for is_rule, part in groupby(rows, key=lambda row: row is None) if not is_rule]
        cells = [[next(kept) for _ in part] for part in parts]
        whole = [row for part in cells for row in (_unwrapped(part) if ruled else part)]
        if whole:
            yield _table(whole, table)
            table += 1


def _whole_lines(lines: Sequence[Line]) -> Iterator[tuple[_Row, int] | Paragraph | None]:
    """Each line as a row, ``None`` for a rule; a line that its table leaves open at the end goes on in the next one."""
    barred = [line.text.strip() for line in lines if "|" in line.text and not _is_rule(line.text)]
    closed = sum(text.endswith("|") for text in barred) * 2 > len(barred)
    opened = sum(text.startswith("|") for text in barred) * 2 > len(barred)
    waiting: list[Line] = []
    for line in lines:
        text = line.text.strip()
        rule = _is_rule(line.text)
        if waiting and (rule or (opened and text.startswith("|")) or len(waiting) == _WRAPPED):
            yield _parted(waiting, opened=opened)
            waiting = []
        if rule:
            yield None
        elif "|" not in text and not waiting:
            if text:
                yield Paragraph(text, Location(line=line.number, column=line.text.index(text) + 1))
        elif text:
            waiting.append(line)
            if text.endswith("|") or not closed:
                yield _parted(waiting, opened=opened)
                waiting = []
    if waiting:
        yield _parted(waiting, opened=opened)


# The most lines that one row is wrapped over.
_WRAPPED = 8


def _unwrapped(lines: Sequence[_Row]) -> Sequence[_Row]:
    """The lines between two rules as the one row they are, if each line after the first leaves cells blank."""
    if len(lines) < 2 or len({len(row) for row in lines}) > 1 or any(all(cell[0] for cell in row) for row in lines[1:]):
        return lines
    columns = zip(*lines, strict=True)
    return [[("\n".join(text for text, _, _ in column if text), *column[0][1:]) for column in columns]]


def _parted(lines: Sequence[Line], *, opened: bool) -> tuple[_Row, int]:
    """The cells between bars, and the number of bars.

    A run of bars fills a span and holds no cell; a bar of its own ends a blank cell. ``opened`` says that each row
    of the table begins with a bar, which then ends no cell.
    """
    cells: _Row = []
    pending: list[str] = []
    line_number = column = bars = 0
    for line in lines:
        for part in _PARTS.finditer(line.text):
            if part[0][0] != "|":
                if text := part[0].strip():
                    if not pending:
                        line_number, column = line.number, part.start() + part[0].index(text) + 1
                    pending.append(text)
                continue
            if pending:
                cells.append(("\n".join(pending), line_number, column))
            elif len(part[0]) == 1 and (bars or not opened):
                cells.append(("", line.number, part.start() + 1))
            pending = []
            bars += len(part[0])
    if pending:
        cells.append(("\n".join(pending), line_number, column))
    return cells, bars


_PARTS = re.compile(r"\|+|[^|]+")


def _cells_in_bars(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """One cell a line, its bar on the same line or on the next. Nothing marks the rows: each cell is a paragraph.

    A line of one bar is a blank cell. Where rows begin with a bar at the head of a line, the last of such lines begins
    a row; before a number it may also be a blank cell, and is one of no table for certain.
    """
    first = next((line.text for line in lines if not line.is_blank), "")
    opened = first.startswith("|")
    closed = False
    blank: Paragraph | None = None
    for part, where in _whole_numbers(_bar_parts(lines, table)):
        if part == "|":
            if blank:
                yield blank
            blank = None
            if closed and opened and where.column == 1:
                blank = Paragraph("", Location(where.line, where.column))
            elif closed:
                yield Paragraph("", where)
            closed = True
        elif part.startswith("|"):
            closed = True
        else:
            if blank and _NUMBER.fullmatch(part):
                yield blank
            yield Paragraph(part, where)
            closed, blank = False, None


def _bar_parts(lines: Sequence[Line], table: int) -> Iterator[tuple[str, Location]]:
    """The texts and the runs of bars; of a line's bars, only one that has the line to itself is a single bar."""
    for line in lines:
        alone = line.text.strip() == "|"
        for part in _PARTS.finditer(line.text):
            text = part[0].strip()
            if text:
                where = Location(line.number, part.start() + part[0].index(text) + 1, table)
                yield ("||" if text == "|" and not alone else text), where


def _whole_numbers(parts: Iterable[tuple[str, Location]]) -> Iterator[tuple[str, Location]]:
    """The parts, a number put together with what follows it before the bar that ends its cell."""
    number: tuple[str, Location] | None = None
    for text, where in parts:
        if number and not text.startswith("|"):
            number = (f"{number[0]}\n{text}", number[1])
            continue
        if number:
            yield number
            number = None
            if text == "|":
                text = "||"
        if _NUMBER.fullmatch(text):
            number = (text, where)
        else:
            yield text, where
    if number:
        yield number


# ── No delimiter ─────────────────────────────────────────────────────────────────────────────────────────────────────

_SHORT = 40
_MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6} +")


def loose(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """Paragraphs, or one cell a line: with blank lines between them, or with blank lines as the blank cells."""
    cells = _blank_cells(lines)
    for at, line in enumerate(lines):
        if not line.is_blank or at in cells:
            text = _MARKDOWN_HEADING.sub("", line.text).strip()
            yield Paragraph(text, Location(line.number, line.text.index(text) + 1))


def _blank_cells(lines: Sequence[Line]) -> set[int]:
    """Which of the blank lines are blank cells."""
    filled = [at for at, line in enumerate(lines) if not line.is_blank]
    pairs = [
        (one, other)
        for one, other in pairwise(filled)
        if len(lines[one].text) <= _SHORT and len(lines[other].text) <= _SHORT
    ]
    adjoining = sum(other - one == 1 for one, other in pairs)
    if adjoining * 2 > len(pairs):
        # One cell a line. Blank lines that only part rows never stand right before a number.
        apart = [(one, other) for one, other in pairs if other - one > 1]
        if any(is_number(lines[other].text) for _, other in apart):
            return {at for one, other in apart for at in range(one + 1, other)}
        return set()
    # Blank lines part the cells. A blank cell is a line of white space between two of them.
    return {at for one, other in pairs for at in range(one + 2, other - 1) if lines[at].text and not lines[at - 1].text}
