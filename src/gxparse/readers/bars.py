"""Text in which bars set the cells apart: one row a line, as in Markdown and in boxes, or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TypeAlias

from gxparse.document import Location, Paragraph, Table
from gxparse.readers.lines import NUMBER, Line, LooseRow, paragraph_of, table_of, trusted

#: The bars of any kind; all but the first are read as that one.
BARS = "|│┃║｜¦"
_ODD_BAR = re.compile(f"[{BARS[1:]}]")
_EVEN = str.maketrans(BARS, "|" * len(BARS))

_RULE = re.compile(r"[\s|+:\-=─━═┼├┤┌┬┐└┴┘╔╦╗╠╬╣╚╩╝┝┿┥╞╪╡]+")
_RULE_LINE = re.compile(r"[-=─━═]{2}")
_FILLED = re.compile(r"[^|\s]")
_TWICE_FILLED = re.compile(r"[^|\s][^|]*\|[|\s]*[^|\s]")


def is_rule(line: str) -> bool:
    """Whether a line is drawn between rows, with a corner or a bar in it; a line of dashes alone may mean nil."""
    return bool(_RULE.fullmatch(line) and _RULE_LINE.search(line) and line.strip(" -=─━═"))


def in_bars(lines: Sequence[Line], table: int) -> Iterator[Paragraph | Table]:
    """Cells set apart by bars: one row a line, or one cell a line."""
    lines = [
        Line(line.text.translate(_EVEN), line.number, line.moved) if _ODD_BAR.search(line.text) else line
        for line in lines
    ]
    filled = [line.text for line in lines if "|" in line.text and _FILLED.search(line.text)]
    if sum(1 for text in filled if _TWICE_FILLED.search(text)) * 5 > len(filled):
        return _rows(lines, table)
    return _cells(lines, table)


# ── One row a line ───────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(lines: Sequence[Line], table: int) -> Iterator[Paragraph | Table]:
    """One row a line, wrapped or not; rules between the rows may mark which lines are one row."""
    filled = any("||" in line.text for line in lines)
    rules = [is_rule(line.text) for line in lines]
    ruled = sum(1 for line, rule in zip(lines, rules, strict=True) if rule and line.text.lstrip()[0] != "|") > 2
    for is_paragraph, group in groupby(_whole_lines(lines, rules), key=lambda line: isinstance(line, Paragraph)):
        if is_paragraph:
            yield from (line for line in group if isinstance(line, Paragraph))
            continue
        rows = [line for line in group if not isinstance(line, Paragraph)]
        kept = trusted([row for row in rows if row is not None] or [([], 0)], filled=filled)
        parts = [list(part) for ruled_off, part in groupby(rows, key=lambda row: row is None) if not ruled_off]
        cells = [list(islice(kept, len(part))) for part in parts]
        whole = [row for part in cells for row in (_unwrapped(part) if ruled else part)]
        if whole:
            yield table_of(whole, table)
            table += 1


def _whole_lines(lines: Sequence[Line], rules: Sequence[bool]) -> Iterator[tuple[LooseRow, int] | Paragraph | None]:
    """Each line as a row, ``None`` for a rule; a line that its table leaves open at the end goes on in the next one."""
    texts = [line.text.strip() for line in lines]
    barred = [text for text, rule in zip(texts, rules, strict=True) if "|" in text and not rule]
    closed = sum(text.endswith("|") for text in barred) * 2 > len(barred)
    waiting: list[Line] = []
    for line, text, rule, opened in zip(lines, texts, rules, _opened(texts, rules), strict=True):
        if waiting and (rule or (opened and text.startswith("|")) or len(waiting) == _WRAPPED):
            yield _parted(waiting, opened=opened)
            waiting = []
        if rule:
            yield None
        elif "|" not in text and not waiting:
            if text:
                yield paragraph_of(line)
        elif text:
            waiting.append(line)
            if text.endswith("|") or not closed:
                yield _parted(waiting, opened=opened)
                waiting = []
    if waiting:
        yield _parted(waiting, opened=opened)


def _opened(texts: Sequence[str], rules: Sequence[bool]) -> Iterator[bool]:
    """For each line, whether the rows of its table begin with a bar; of a few lines, as those of the whole text do."""

    def begin(part: Iterable[str]) -> bool:
        barred = [text for text in part if "|" in text]
        return sum(text.startswith("|") for text in barred) * 2 > len(barred)

    drawn = ["" if rule else text for text, rule in zip(texts, rules, strict=True)]
    of_text = begin(drawn)
    for _, group in groupby(drawn, key=lambda text: "|" in text or not text):
        part = list(group)
        yield from [begin(part) if sum("|" in text for text in part) >= _ROWS_OF_A_TABLE else of_text] * len(part)


_ROWS_OF_A_TABLE = 3
# The most lines that one row is wrapped over.
_WRAPPED = 8


def _unwrapped(lines: Sequence[LooseRow]) -> Sequence[LooseRow]:
    """The lines between two rules as the one row they are, if each line after the first leaves cells blank."""
    if len(lines) < 2 or len({len(row) for row in lines}) > 1 or any(all(cell[0] for cell in row) for row in lines[1:]):
        return lines
    columns = zip(*lines, strict=True)
    return [[("\n".join(text for text, _, _ in column if text), *column[0][1:]) for column in columns]]


def _parted(lines: Sequence[Line], *, opened: bool) -> tuple[LooseRow, int]:
    """The cells between bars, and the number of bars.

    A run of bars fills a span and holds no cell; a bar of its own ends a blank cell. ``opened`` says that each row
    of the table begins with a bar, which then ends no cell.
    """
    cells: LooseRow = []
    pending: list[str] = []
    where = (0, 0)
    bars = 0
    for line in lines:
        at = 0
        parts = line.text.split("|")
        last = len(parts) - 1
        for i, part in enumerate(parts):
            if text := part.strip():
                if not pending:
                    where = line.place(at + part.index(text))
                pending.append(text)
            at += len(part) + 1
            if i == last:
                break
            if pending:
                cells.append(("\n".join(pending), *where))
                pending = []
            elif (part or not i) and (parts[i + 1] or i + 1 == last) and (bars or not opened):
                cells.append(("", *line.place(at - 1)))
            bars += 1
    if pending:
        cells.append(("\n".join(pending), *where))
    return cells, bars


# ── One cell a line ──────────────────────────────────────────────────────────────────────────────────────────────────

# A run of bars, or a text between bars.
_PARTS = re.compile(r"\|+|[^|\s](?:[^|]*[^|\s])?")
# A bar and the first cell of a row on one line.
_BEGUN = re.compile(r"\| *[^|\s]")


def _cells(lines: Sequence[Line], table: int) -> Iterator[Paragraph]:
    """One cell a line, its bar on the same line or on the next. Nothing marks the rows: each cell is a paragraph.

    A line of one bar is a blank cell. Where rows begin with a bar, and their first cells are not on its line, the last
    of several such lines begins a row; before a number it may also be a blank cell, and is one of no table for certain.
    """
    first = next((line.text for line in lines if not line.is_blank), "")
    opened = first.startswith("|") and sum(1 for line in lines if _BEGUN.match(line.text)) < 2
    closed = False
    blank: Paragraph | None = None
    for part, at, line, column in _whole_numbers(_bar_parts(lines)):
        if part == "|":
            if blank:
                yield blank
            blank = None
            if closed and opened and at == 0:
                blank = Paragraph("", Location(line, column))
            elif closed:
                yield Paragraph("", Location(line, column, table))
            closed = True
        elif part[0] == "|":
            closed = True
        else:
            if blank and NUMBER.fullmatch(part):
                yield blank
            yield Paragraph(part, Location(line, column, table))
            closed, blank = False, None


# A text or a run of bars: where it begins in its line, and the line and column of the source.
_Part: TypeAlias = tuple[str, int, int, int]


def _bar_parts(lines: Sequence[Line]) -> Iterator[_Part]:
    """The texts and the runs of bars; a single bar is the first of a line that has no text."""
    for line in lines:
        may_be_cell = not line.text.strip("| \u00a0\u3000")
        for part in _PARTS.finditer(line.text):
            text = part[0]
            yield ("||" if text == "|" and not may_be_cell else text), part.start(), *line.place(part.start())
            may_be_cell = False


def _whole_numbers(parts: Iterable[_Part]) -> Iterator[_Part]:
    """The parts, a number put together with what follows it before the bar that ends its cell."""
    number: _Part | None = None
    for part in parts:
        text = part[0]
        if number and text[0] != "|":
            number = (f"{number[0]}\n{text}", number[1], number[2], number[3])
            continue
        if number:
            yield number
            number = None
            if text == "|":
                part = ("||", part[1], part[2], part[3])
        if NUMBER.fullmatch(text):
            number = part
        else:
            yield part
    if number:
        yield number
