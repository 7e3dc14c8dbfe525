"""Tables without rules: lines whose parts stand in columns, as rows with a blank cell where a column has no number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from gxparse.readers.lines import is_number
from gxparse.readers.portable.areas import Area
from gxparse.readers.portable.lines import Line, Part

# How far the lines of one number are apart at most, in the size of its font.
_PITCH = 2.0


def in_columns(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The stretches of lines that make tables, as first and last: they have several parts, and numbers among them."""
    for is_row, group in groupby(range(len(lines)), lambda at: len(lines[at].parts) > 1 or _is_rest(lines, at)):
        stretch = list(group)
        if is_row and any(_is_row(lines[at]) for at in stretch) and not _is_fused([lines[at] for at in stretch]):
            yield stretch[0], stretch[-1] + 1


def _is_fused(lines: Sequence[Line]) -> bool:
    """Whether the heads right above numbers stand so near each other that one is above several columns."""
    for head, row in pairwise(lines):
        if head.parts and not _is_row(head) and _is_row(row):
            numbers = _columns(part.area for line in lines for part in line.parts if is_number(part.text))
            columns = numbers if is_number(row.parts[0].text) else [row.parts[0].area, *numbers]
            if any(sum(_meet(part.area, column) for column in columns) > 1 for part in head.parts):
                return True
    return False


def _is_rest(lines: Sequence[Line], at: int) -> bool:
    """Whether a number by itself right under a row may be the rest of a number of it."""
    above, line = lines[at - 1] if at else None, lines[at]
    return (
        above is not None
        and is_number(line.text)
        and _is_row(above)
        and above.page == line.page
        and line.area[3] - above.area[3] < _PITCH * line.size
    )


def _is_row(line: Line) -> bool:
    """Whether a line has parts, and numbers among them."""
    return len(line.parts) > 1 and any(is_number(part.text) for part in line.parts[1:])


def rows_of(lines: Sequence[Line]) -> Iterator[list[Part]]:
    """The rows that lines make: cells of neighbouring rows with numbers stand in the same columns."""
    for with_numbers, group in groupby(lines, lambda line: _is_row(line) or is_number(line.text)):
        rows = [list(line.parts) for line in group]
        yield from _filled(rows) if with_numbers else rows


def _filled(rows: list[list[Part]]) -> list[list[Part]]:
    """Rows with a blank where one has nothing in a column, and no number in which one goes on in the next row."""
    columns = _columns(part.area for row in rows for part in row if is_number(part.text))
    for above, below in pairwise(rows):
        if is_number(below[0].text):
            # Numbers right under a number may be the rest of it.
            for at, part in enumerate(above):
                rest = [each.text for each in below if is_number(each.text) and _meet(part.area, each.area)]
                if rest and is_number(part.text):
                    above[at] = Part("\n".join((part.text, *rest)), part.area)
    return [_with_blanks(row, columns) for row in rows]


def _with_blanks(row: list[Part], columns: Sequence[Area]) -> list[Part]:
    blanks = [Part("", column) for column in columns if not any(_meet(part.area, column) for part in row)]
    # A label is wider than another, or begins more to the left; what is blank before it is none of its values.
    first = row[0].area[0]
    return sorted(
        [*row, *(blank for blank in blanks if is_number(row[0].text) or blank.area[0] > first)],
        key=lambda part: part.area[0],
    )


def _columns(areas: Iterable[Area]) -> list[Area]:
    """Areas put together where they stand above one another."""
    found: list[Area] = []
    for area in sorted(areas):
        if found and area[0] < found[-1][2]:
            last = found[-1]
            found[-1] = last[0], min(last[1], area[1]), max(last[2], area[2]), max(last[3], area[3])
        else:
            found.append(area)
    return found


def _meet(one: Area, other: Area) -> bool:
    """Whether one area stands above or below the other."""
    return one[0] < other[2] and other[0] < one[2]
