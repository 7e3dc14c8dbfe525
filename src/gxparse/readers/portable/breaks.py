"""Tables over page breaks: the one on the next page that goes on, and the row that the break cut in two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from gxparse.readers.portable.tables import Cell, Ruled


def common_columns(above: list[float], below: list[float]) -> list[float] | None:
    """The bounds of the columns of two tables, if each bound of the one with fewer is one of the other's."""
    fewer, more = sorted((above, below), key=len)
    ends = abs(above[0] - below[0]) < _SHIFT and abs(above[-1] - below[-1]) < _SHIFT
    return more if ends and all(abs(x - more[_nearest(more, x)]) < _SHIFT for x in fewer) else None


# How far the columns of a table may be shifted on the next page.
_SHIFT = 4.0


def _nearest(positions: Sequence[float], position: float) -> int:
    after = bisect_left(positions, position)
    nearby = range(max(after - 1, 0), min(after + 1, len(positions)))
    return min(nearby, key=lambda at: abs(positions[at] - position))


def append(table: Ruled, below: Ruled, xs: list[float]) -> None:
    """Appends the rows of a table that goes on on the next page."""
    table.xs, table.page = xs, below.page
    rows = below.rows[_heads_again(table.rows, below.rows) :]
    begun: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(table.rows[:-1]):
        begun |= {columns(xs, cell): cell for cell in row if number + cell.down == len(table.rows)}
    for cell in list(rows[0]) if rows else ():
        # A blank cell under one that spans rows down to the end of the page is the rest of it.
        if not cell.text and (spanning := begun.get(columns(xs, cell))):
            spanning.down += cell.down
            rows[0].remove(cell)
    if rows and _is_rest(table.rows[-1], rows[0], xs):
        _put_together(table.rows[-1], rows.pop(0), xs)
    table.rows += rows


def columns(xs: Sequence[float], cell: Cell) -> tuple[int, int]:
    """Between which bounds of the columns of its table a cell stands."""
    return _nearest(xs, cell.x0), _nearest(xs, cell.x1)


def _heads_again(above: Sequence[Sequence[Cell]], below: Sequence[Sequence[Cell]]) -> int:
    """How many of the first rows of a table are printed again on the next page: heads, in which no number stands."""
    again = 0
    for first, second in zip(above[:_MOST_HEADS], below[:-1], strict=False):
        texts = [cell.text for cell in first]
        if texts != [cell.text for cell in second] or not any(texts) or any(map(_is_number, texts)):
            break
        again += 1
    return again


_MOST_HEADS = 4
_NUMBER = re.compile(r"[-+－＋]?[0-9０-９][0-9０-９.,，\s]*")


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _is_rest(row: Sequence[Cell], below: Sequence[Cell], xs: Sequence[float]) -> bool:
    """Whether a row behind a page break holds nothing but numbers without a label, under blank cells or numbers."""
    above = {columns(xs, cell): cell.text for cell in row}
    filled = [cell for cell in below if cell.text]
    under = [above.get(columns(xs, cell), "?") for cell in filled]
    return (
        bool(filled)
        and all(_is_number(cell.text) for cell in filled)
        and all(not text or _is_number(text) for text in under)
        and any(text and not _is_number(text) for text in above.values())
    )


def _put_together(row: Sequence[Cell], below: Sequence[Cell], xs: Sequence[float]) -> None:
    """Puts a row together that a page break cut in two; parts of a number stay two lines, which is no number."""
    above = {columns(xs, cell): cell for cell in row}
    for cell in below:
        if cell.text:
            upper = above[columns(xs, cell)]
            upper.text = f"{upper.text}\n{cell.text}".strip()
