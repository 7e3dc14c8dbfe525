"""The layouts of extracted text: each a function from the lines of a region to its blocks.

Where a layout marks rows, it yields tables; where each cell stands on a line of its own, paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple, TypeAlias
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
    Heads wrapped over several lines are whole again.
    """
    rows: list[LooseRow] = []
    above: Line | None = None
    for group in _groups(lines):
        if len(group) > 1:
            rows.append(_row_of(group))
            above = None
            continue
        (line,) = group
        parts = _between_gaps(line)
        row = [cell_at(line, text, at) for text, at in parts]
        (first, at), *_ = parts
        if above and line.number == above.number + 1 and NUMBER.fullmatch(first):
            last, number, column = rows[-1][-1]
            if at == 0 and NUMBER.fullmatch(last):
                # A line broken within a number goes on at the head of the next one.
                row[0] = f"{last}\n{first}", number, column
                row = rows.pop()[:-1] + row
            else:
                _void(rows[-1], above, line)
        rows.append(row)
        above = line
    yield table_of(rows, table)


def _groups(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines, those together over which a row of heads is wrapped."""
    heads = {found.start: found for at in range(len(lines)) if len(found := wrapped(lines, at)) > 1}
    at = 0
    while at < len(lines):
        end = heads[at].stop if at in heads else at + 1
        yield lines[at:end]
        at = end


def wrapped(lines: Sequence[Line], at: int) -> range:
    """The lines over which the heads are wrapped that stand on a line with others, which are not.

    The others may stand at half the height: then the line lacks the heads that begin above it and go on below it.
    """
    own, below = _words(lines, at), _words(lines, at + 1)
    if len(own) < 2 or not below:
        return range(at, at + 1)
    above = _words(lines, at - 1)
    if len(above) == len(own) and all(part.over(above) for part in own):
        # Where every text goes on another, they may as well be two rows of words.
        return range(at, at + 1)
    first = end = at
    if above and all(part.start > own[0].end and not part.over(own) and part.over(below) for part in above):
        first -= 1
        own = sorted([*own, *above], key=lambda part: part.start)
    while below and _go_on(below, own):
        end += 1
        below = _words(lines, end + 1)
    return range(first, end + 1) if end > at else range(at, at + 1)


class _Part(NamedTuple):
    """A text between gaps: where it begins in its line, and where it begins and ends on the page."""

    text: str
    at: int
    start: int
    end: int

    def over(self, others: Sequence[_Part]) -> list[int]:
        """Which of the others stand above or below it."""
        return [i for i, other in enumerate(others) if other.start < self.end and self.start < other.end]

    def is_right_under(self, other: _Part) -> bool:
        """Whether half of the narrower of the two, or more, stands under the other."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return 2 * shared >= min(self.end - self.start, other.end - other.start)


def _words(lines: Sequence[Line], at: int) -> Sequence[_Part]:
    """The texts of a line, if there is one and all of them are words."""
    return _words_in(lines[at].text) if 0 <= at < len(lines) and len(lines[at].text) <= _WIDEST else ()


@lru_cache(maxsize=512)
def _words_in(text: str) -> Sequence[_Part]:
    if not text.strip() or text.rstrip(_SPACES)[-1].isdigit():
        return ()
    parts = list(_spans(Line(text, 1)))
    return parts if all(len(part.text) <= _COLUMN and _WORD.match(part.text) for part in parts) else ()


# The longest line of a table.
_WIDEST = 400
# No figures, with a unit or a note or without, nor the number of an item: 12件, 约3, 22（修订16件）, 1.属于国家秘密.
_WORD = re.compile(r"(?!.?\d)(?:.*[^\W\d_]{2}|\D*[^\W\d_]\D*$)")


def _go_on(parts: Sequence[_Part], heads: Sequence[_Part]) -> bool:
    """Whether the texts of a line go on some of the heads: a row begins in the first column, and may say the same."""
    under = [part.over(heads) for part in parts]
    columns = {each[0] for each in under if len(each) == 1}
    # Labels, which are wrapped as well, stand in two columns or three.
    most = len(heads) - (1 if len(heads) > _LABELS else 2)
    if 0 in columns or not len(parts) == len(columns) <= most:
        return False
    return all(
        part.is_right_under(heads[column]) and part.text != heads[column].text
        for part, (column, *_) in zip(parts, under, strict=True)
    )


_LABELS = 3


def _row_of(lines: Sequence[Line]) -> LooseRow:
    """The cells of a row that is wrapped over several lines."""
    columns: list[list[tuple[_Part, Line]]] = []
    for line in lines:
        for part in _spans(line):
            if under := part.over([column[0][0] for column in columns]):
                columns[under[0]].append((part, line))
            else:
                columns.append([(part, line)])
    row: LooseRow = []
    for column in sorted(columns, key=lambda each: each[0][0].start):
        (first, line), *_ = column
        _, number, place = cell_at(line, first.text, first.at)
        row.append(("\n".join(part.text for part, _ in column), number, place))
    return row


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
    """Adds to each number of the last line of a row what stands right under it."""
    lower = list(_spans(below))
    ends = [part.end for part in lower]
    parts = list(_spans(above))
    for cell, part in enumerate(parts, len(upper) - len(parts)):
        under = bisect_right(ends, part.start)
        if under < len(lower) and lower[under].start < part.end and NUMBER.fullmatch(part.text):
            text, number, column = upper[cell]
            upper[cell] = (f"{text}\n{lower[under].text}", number, column)


def _spans(line: Line) -> Iterator[_Part]:
    """The texts between gaps, wide characters counted twice."""
    at = width = 0
    for text, start in _between_gaps(line):
        width += _width(line.text[at:start])
        yield _Part(text, start, width, width + _width(text))
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
