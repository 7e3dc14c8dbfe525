"""The layouts of extracted text: each a function from the lines of a region to its blocks.

Where a layout marks rows, it yields tables; where each cell stands on a line of its own, paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from attrs import frozen

from gxparse.document import Cell, Location, Paragraph, Row, Table


@frozen
class Line:
    """A line of the text without its end, and its number from 1."""

    text: str
    number: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands on it."""
        return not self.text.strip()


Block: TypeAlias = Paragraph | Table
Layout: TypeAlias = Callable[[Sequence[Line]], Iterable[Block]]

_BARS = str.maketrans("│┃║｜¦", "|||||")
_RULE = re.compile(r"[\s|+:\-=─━═┼├┤┌┬┐└┴┘╔╦╗╠╬╣╚╩╝┝┿┥╞╪╡]+")
_RULE_LINE = re.compile(r"[-=─━═]{2}")
_GAP = re.compile(r"[ \u00a0\u3000]{2,}")
_NUMBER = re.compile(r"[+-]?[0-9０-９][0-9０-９,.]*")


def kind(line: str) -> Layout:
    """The layout that a line by itself shows."""
    if "|" in line or any(bar in line for bar in "│┃║｜¦") or _is_rule(line):
        return in_bars
    if "\t" in line:
        return indented if line.startswith("\t") and "\t" not in line[1:] else tabbed
    stripped = line.strip()
    if "  " in stripped or _GAP.search(stripped):
        parts = _GAP.split(stripped)
        if len(parts) > 2 or all(len(part) <= _COLUMN for part in parts):
            return aligned
    return loose


# The longest text that a column of an aligned table holds on a line.
_COLUMN = 30


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line) and _RULE_LINE.search(line) and line.strip(" -=─━═"))


# ── Tabs and spaces ──────────────────────────────────────────────────────────────────────────────────────────────────


def tabbed(lines: Sequence[Line]) -> Iterator[Block]:
    """One row a line, a tab between cells."""
    yield Table(tuple(Row(_cells(line, re.compile("\t"))) for line in lines))


def aligned(lines: Sequence[Line]) -> Iterator[Block]:
    """One row a line, the columns set apart by white space."""
    yield Table(tuple(Row(_cells(line, _GAP)) for line in lines))


def _cells(line: Line, separator: re.Pattern[str]) -> tuple[Cell, ...]:
    text = line.text.rstrip() if separator is not _GAP else line.text.strip()
    start = len(line.text) - len(line.text.lstrip()) if separator is _GAP else 0
    cells = []
    at = 0
    for gap in (*separator.finditer(text), None):
        end = gap.start() if gap else len(text)
        cells.append(Cell(text[at:end], Location(line=line.number, column=start + at + 1)))
        at = gap.end() if gap else end
    return tuple(cells)


def indented(lines: Sequence[Line]) -> Iterator[Block]:
    """One cell a line, each line begun with a tab; a blank line ends a row; a cell's own line breaks have no tab."""
    rows: list[Row] = []
    cells: list[Cell] = []
    for line in lines:
        if line.text.startswith("\t"):
            cells.append(Cell(line.text[1:], Location(line=line.number, column=2)))
        elif line.is_blank:
            if cells:
                rows.append(Row(tuple(cells)))
            cells = []
        elif cells:
            last = cells.pop()
            cells.append(Cell(f"{last.text}\n{line.text}", last.location))
    if cells:
        rows.append(Row(tuple(cells)))
    yield Table(tuple(rows))


def goes_on(cell: str, line: str) -> bool:
    """Whether a line without a tab can be more of the cell above it: words do not go on a number."""
    return not _NUMBER.fullmatch(cell.strip()) or bool(_NUMBER.fullmatch(line.strip()))


# ── Bars ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def in_bars(lines: Sequence[Line]) -> Iterator[Block]:
    """Cells set apart by bars: one row a line, or one cell a line."""
    lines = [Line(line.text.translate(_BARS), line.number) for line in lines]
    filled = [sum(bool(part.strip()) for part in line.text.split("|")) for line in lines if "|" in line.text]
    if sum(cells > 1 for cells in filled) * 5 > sum(cells > 0 for cells in filled):
        yield from _rows_in_bars(lines)
    else:
        yield from _cells_in_bars(lines)


def _rows_in_bars(lines: Sequence[Line]) -> Iterator[Block]:
    """One row a line, wrapped or not; rules between the rows may mark which lines are one row."""
    ruled = sum(_is_rule(line.text) and not line.text.strip().startswith("|") for line in lines) > 2
    rows: list[Row] = []
    wrapped: list[Row] = []
    for line in _whole_lines(lines):
        if isinstance(line, Paragraph):
            rows += _unwrapped(wrapped)
            if rows:
                yield Table(tuple(rows))
            yield line
            rows, wrapped = [], []
        elif line and ruled:
            wrapped.append(line)
        elif line:
            rows.append(line)
        else:
            rows += _unwrapped(wrapped)
            wrapped = []
    rows += _unwrapped(wrapped)
    if rows:
        yield Table(tuple(rows))


def _whole_lines(lines: Sequence[Line]) -> Iterator[Row | Paragraph | None]:
    """Each line as a row, ``None`` for a rule; a line that its table leaves open at the end goes on in the next one."""
    barred = [line.text.strip() for line in lines if "|" in line.text and not _is_rule(line.text)]
    closed = sum(text.endswith("|") for text in barred) * 2 > len(barred)
    opened = sum(text.startswith("|") for text in barred) * 2 > len(barred)
    waiting: list[Line] = []
    for line in lines:
        text = line.text.strip()
        rule = _is_rule(line.text)
        if waiting and (rule or (opened and text.startswith("|")) or len(waiting) == _WRAPPED):
            yield Row(tuple(_parted(waiting)))
            waiting = []
        if rule:
            yield None
        elif "|" not in text and not waiting:
            if text:
                yield Paragraph(text, Location(line=line.number, column=line.text.index(text) + 1))
        elif text:
            waiting.append(line)
            if text.endswith("|") or not closed:
                yield Row(tuple(_parted(waiting)))
                waiting = []
    if waiting:
        yield Row(tuple(_parted(waiting)))


# The most lines that one row is wrapped over.
_WRAPPED = 8


def _unwrapped(lines: Sequence[Row]) -> list[Row]:
    """The lines between two rules as the one row they are, if each line after the first leaves cells blank."""
    if len(lines) < 2 or len({len(row.cells) for row in lines}) > 1:
        return list(lines)
    if any(all(cell.text.strip() for cell in row.cells) for row in lines[1:]):
        return list(lines)
    columns = zip(*(row.cells for row in lines), strict=True)
    return [Row(tuple(Cell("\n".join(cell.text for cell in column).strip(), column[0].location) for column in columns))]


def _parted(lines: Sequence[Line]) -> Iterator[Cell]:
    """The cells between bars. A run of bars fills a span and holds no cell; a bar of its own ends a blank cell."""
    pending: list[str] = []
    where: Location | None = None
    seen_bar = False
    for line in lines:
        for part in re.finditer(r"\|+|[^|]+", line.text):
            if not part[0].startswith("|"):
                if part[0].strip():
                    indent = len(part[0]) - len(part[0].lstrip())
                    where = where or Location(line=line.number, column=part.start() + indent + 1)
                    pending.append(part[0].strip())
                continue
            if where:
                yield Cell("\n".join(pending), where)
            elif seen_bar and len(part[0]) == 1:
                yield Cell("", Location(line=line.number, column=part.start() + 1))
            pending, where, seen_bar = [], None, True
    if where:
        yield Cell("\n".join(pending), where)


def _cells_in_bars(lines: Sequence[Line]) -> Iterator[Block]:
    """One cell a line, its bar on the same line or on the next. Nothing marks the rows: each cell is a paragraph."""
    first = next((line.text.strip() for line in lines if not line.is_blank), "")
    opened = first.startswith("|")
    after_bar = False
    for line in lines:
        fresh_line = True
        for part in re.finditer(r"\|+|[^|]+", line.text):
            if not part[0].startswith("|"):
                if part[0].strip():
                    indent = len(part[0]) - len(part[0].lstrip())
                    yield Paragraph(part[0].strip(), Location(line=line.number, column=part.start() + indent + 1))
                    after_bar = fresh_line = False
                continue
            opens_row = opened and fresh_line
            if after_bar and len(part[0]) == 1 and not opens_row:
                yield Paragraph("", Location(line=line.number, column=part.start() + 1))
            after_bar, fresh_line = True, False


# ── No delimiter ─────────────────────────────────────────────────────────────────────────────────────────────────────

_SHORT = 40


def loose(lines: Sequence[Line]) -> Iterator[Block]:
    """Paragraphs, or one cell a line: with blank lines between them, or with blank lines as the blank cells."""
    cells = _blank_cells(lines)
    for at, line in enumerate(lines):
        if not line.is_blank or at in cells:
            indent = len(line.text) - len(line.text.lstrip()) if not line.is_blank else 0
            yield Paragraph(line.text.strip(), Location(line=line.number, column=indent + 1))


def _blank_cells(lines: Sequence[Line]) -> set[int]:
    """Which of the blank lines are blank cells."""
    filled = [at for at, line in enumerate(lines) if not line.is_blank]
    pairs = [
        (one, other)
        for one, other in zip(filled, filled[1:], strict=False)
        if len(lines[one].text) <= _SHORT and len(lines[other].text) <= _SHORT
    ]
    adjoining = sum(other - one == 1 for one, other in pairs)
    if adjoining * 2 > len(pairs):
        # One cell a line. Blank lines that only part rows never stand right before a number.
        apart = [(one, other) for one, other in pairs if other - one > 1]
        if any(_NUMBER.fullmatch(lines[other].text.strip()) for _, other in apart):
            return {at for one, other in apart for at in range(one + 1, other)}
        return set()
    # Blank lines part the cells. A blank cell is a line of white space between two of them.
    return {
        at for one, other in pairs for at in range(one + 2, other - 1) if lines[at].text and not lines[at - 1].text
    }
