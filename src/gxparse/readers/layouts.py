"""The layouts of extracted text: each a function from the lines of a region to its blocks.

Where a layout marks rows, it yields tables; where each cell stands on a line of its own, paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias
from unicodedata import east_asian_width

from gxparse.document import Paragraph, Table
from gxparse.readers.bars import BARS, in_bars, is_rule
from gxparse.readers.lines import NUMBER, Line, LooseCell, LooseRow, cell_at, is_number, paragraph_of, table_of, trusted

Block: TypeAlias = Paragraph | Table

#: A layout reads the lines of a region; the number is that of the first table in it.
Layout: TypeAlias = Callable[[Sequence[Line], int], Iterable[Block]]

_BAR = re.compile(f"[{BARS}]")
_DELIMITER = re.compile(f"[{BARS}\\-=─━═ \u00a0\u3000]")
_GAP = re.compile(r"[ \u00a0\u3000]{2,}")


def kind(line: str) -> Layout:
    """The layout that a line by itself shows."""
    if "\t" in line and "|" not in line:
        return tabbed if line.rfind("\t") else indented
    if not line or not _DELIMITER.search(line):
        return loose
    if _BAR.search(line) or is_rule(line):
        return in_bars
    if _GAP.search(line):
        parts = _GAP.split(line.strip())
        if len(parts) > 2 or (len(parts) == 2 and (is_number(parts[1]) or max(map(len, parts)) <= _COLUMN)):
            return aligned
    return loose


# The longest text that a column of an aligned table holds on a line.
_COLUMN = 30

# ── Tabs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def tabbed(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """One row a line, a tab between cells."""
    rows = [list(_between_tabs(line)) for line in lines]
    yield table_of(trusted([(row, len(row)) for row in rows], filled=False), table)


def _between_tabs(line: Line) -> Iterator[LooseCell]:
    at = 0
    for text in line.text.rstrip(_SPACES).split("\t"):
        # A spreadsheet puts a cell in quotation marks that has line breaks.
        if len(text) > 1 and text.startswith('"') and text.endswith('"'):
            yield cell_at(line, text[1:-1].replace('""', '"'), at + 1)
        else:
            yield cell_at(line, text, at)
        at += len(text) + 1


_SPACES = " \u00a0\u3000"


def indented(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """One cell a line, each line begun with a tab; a blank line ends a row; a cell's own line breaks have no tab."""
    rows: list[LooseRow] = [[]]
    for tab, group in groupby(lines, key=lambda line: line.text.startswith("\t")):
        if tab:
            rows[-1] += [
                (text, line.number, 2)
                if (text := line.text[1:]).isalnum() and not line.moved
                else cell_at(line, text, 1)
                for line in group
            ]
            continue
        rest = list(group)
        words = [line for line in rest if not line.is_blank]
        if words and rows[-1]:
            rows[-1].append(_lengthened(rows[-1].pop(), words))
        if len(words) < len(rest) and rows[-1]:
            rows.append([])
    yield table_of((row for row in rows if row), table)


def _lengthened(cell: LooseCell, lines: Sequence[Line]) -> LooseCell:
    """A cell with the lines below that belong to it; a blank cell stands where its first words are."""
    text, number, column = cell
    if not text.strip():
        _, number, column = cell_at(lines[0], lines[0].text, 0)
    return "\n".join((text, *(line.text for line in lines))), number, column


def goes_on(cell: str, line: str) -> bool:
    """Whether a line without a tab can be more of the cell above it: words do not go on a number."""
    return not is_number(cell) or is_number(line)


# ── Columns ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def aligned(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """One row a line, the columns set apart by white space.

    Numbers right under a number may be the rest of it, broken over two lines: then the number above is not certain.
    """
    rows: list[LooseRow] = []
    above: Line | None = None
    for line in lines:
        parts = _between_gaps(line)
        row = [cell_at(line, text, at) for text, at in parts]
        (first, at), *_ = parts
        if above and line.number == above.number + 1 and NUMBER.fullmatch(first):
            last, number, column = rows[-1][-1]
            if at == 0 and NUMBER.fullmatch(last):
                # A line broken within a number goes on at the head of the next one.
                rows[-1][-1:] = [(f"{last}\n{first}", number, column), *row[1:]]
                continue
            _void(rows[-1], above, line)
        rows.append(row)
        above = line
    yield table_of(rows, table)


def _between_gaps(line: Line) -> list[tuple[str, int]]:
    """The texts between gaps, each with its first character."""
    parts: list[tuple[str, int]] = []
    text = line.text.rstrip(_SPACES)
    start = len(text) - len(text.lstrip())
    for gap in _GAP.finditer(text, start):
        parts.append((text[start : gap.start()], start))
        start = gap.end()
    return [*parts, (text[start:], start)]


def _void(upper: LooseRow, above: Line, below: Line) -> None:
    """Adds to each number what stands right under it."""
    lower = list(_spans(below))
    ends = [end for _, _, end in lower]
    for cell, (text, start, end) in enumerate(_spans(above)):
        under = bisect_right(ends, start)
        if cell < len(upper) and under < len(lower) and lower[under][1] < end and NUMBER.fullmatch(text):
            _, number, column = upper[cell]
            upper[cell] = (f"{text}\n{lower[under][0]}", number, column)


def _spans(line: Line) -> Iterator[tuple[str, int, int]]:
    """The texts between gaps, and where each begins and ends on the page, wide characters counted twice."""
    at = width = 0
    for text, start in _between_gaps(line):
        width += _width(line.text[at:start])
        yield text, width, width + _width(text)
        width += _width(text)
        at = start + len(text)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


# ── No delimiter ─────────────────────────────────────────────────────────────────────────────────────────────────────

_SHORT = 40


def loose(lines: Sequence[Line], table: int) -> Iterator[Block]:
    """Paragraphs, or one cell a line: with blank lines between them, or with blank lines as the blank cells."""
    filled = [at for at, line in enumerate(lines) if not line.is_blank]
    blank_cells = _blank_cells(lines, filled)
    for at in sorted([*filled, *blank_cells]) if blank_cells else filled:
        line = lines[at]
        yield paragraph_of(line)


def _blank_cells(lines: Sequence[Line], filled: Sequence[int]) -> set[int]:
    """Which of the blank lines are blank cells."""
    short = [len(lines[at].text) <= _SHORT for at in filled]
    pairs = [pair for pair, *both in zip(pairwise(filled), short, short[1:], strict=False) if all(both)]
    adjoining = sum([other - one == 1 for one, other in pairs])
    if adjoining * 2 > len(pairs):
        # One cell a line. Blank lines that only part rows never stand right before a number.
        apart = [(one, other) for one, other in pairs if other - one > 1]
        if any(is_number(lines[other].text) for _, other in apart):
            return {at for one, other in apart for at in range(one + 1, other)}
        return set()
    # Blank lines part the cells. A blank cell is a line of white space between two of them.
    return {at for one, other in pairs for at in range(one + 2, other - 1) if lines[at].text and not lines[at - 1].text}
