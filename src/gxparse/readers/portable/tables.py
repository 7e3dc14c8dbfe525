"""What a page shows as lines and tables: its characters, each in the cell of the grid that it stands in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import define

from gxparse.readers.limits import check
from gxparse.readers.portable.areas import Area, Leaf, around
from gxparse.readers.portable.glyphs import CLOSING, MOST_PAIRS, Glyph
from gxparse.readers.portable.grids import Grid
from gxparse.readers.portable.lines import Line, lines_of
from gxparse.readers.portable.words import words_of
from gxparse.readers.unreadable import MARK


@define
class Cell:
    """A cell of a table: its lines and its place, and the bounds of columns that it lies between."""

    lines: list[Line]
    area: Area
    row: int
    x0: float
    x1: float
    down: int
    text: str = ""
    is_joined: bool = False
    page: Leaf = Leaf()


@define
class Ruled:
    """A table as it stands on a page: the bounds of its columns, its rows of cells, and how many rows it has."""

    xs: list[float]
    rows: list[list[Cell]]
    area: Area
    page: Leaf = Leaf()


def taken_apart(
    glyphs: Sequence[Glyph], grids: Sequence[Grid], rules: Sequence[Area], specks: Sequence[Area] = ()
) -> tuple[list[Line], list[Ruled]]:
    """The lines and the tables of a page. A frame around text and tables is no table, nor is a row of prose in it."""
    grids = [each for each in grids if len(each.cells) > 1 and not _is_frame(each, grids)]
    check("页面上的文字和表格", "Characters and tables on a page", (len(glyphs) + len(specks)) * len(grids), MOST_PAIRS)
    inside: list[defaultdict[int, list[Glyph]]] = [defaultdict(list) for _ in grids]
    outside = []
    for word in words_of(glyphs, rules):
        place = around([glyph.area for glyph in word if glyph.text not in CLOSING] or [word[0].area])
        for each, cells in zip(grids, inside, strict=True):
            if (cell := each.cell_at(place)) is not None:
                _put(word, cell, each, cells)
                break
        else:
            outside += [glyph for glyph in word if glyph.text != MARK]
    for each, cells in zip(grids, inside, strict=True):
        _put_specks(specks, each, cells)
    lines = lines_of(outside)
    tables = []
    for each, cells in zip(grids, inside, strict=True):
        texts = [lines_of(cells[at]) for at in range(len(each.cells))]
        prose = {at for at in range(len(texts)) if each.cells[at][2] == len(each.xs) - 1 and _is_prose(texts[at])}
        for first, last in _parts(each, prose):
            part = _ruled(each, texts, first, last)
            if any(len(row) > 1 for row in part.rows) or (len(each.xs) > 2 and not prose):
                tables.append(part)
            else:
                prose.update(each.owners[row][0] for row in range(first, last))
        lines += [line for at in prose for line in texts[at]]
    return lines, tables


def _put(word: list[Glyph], cell: int, each: Grid, cells: defaultdict[int, list[Glyph]]) -> None:
    """Puts a word in its cell; figures painted by and by on both sides of a rule may be one number or several."""
    figures = [glyph for glyph in word if glyph.text not in CLOSING]
    if len(figures) > 1 and figures[0].order != figures[-1].order:
        touched = {at for glyph in figures if (at := each.cell_at(glyph.area)) is not None}
        if len(touched) > 1:
            for at in touched:
                cells[at] += [*word, *_blanks(figures)]
            return
    cells[cell] += word


def _put_specks(specks: Sequence[Area], each: Grid, cells: defaultdict[int, list[Glyph]]) -> None:
    """Puts marks for small shapes beside figures of cells: each may be a minus sign or a decimal point."""
    tried = 0
    for speck in specks:
        at = each.cell_at(speck)
        glyphs = cells[at] if at is not None and at in cells else []
        tried += len(glyphs)
        check("单元格中的小图形", "Small shapes in cells", tried, MOST_PAIRS)
        beside = next((glyph for glyph in glyphs if _is_beside(speck, glyph)), None)
        if beside is not None:
            place = speck[0], beside.place[1], speck[2], beside.place[3]
            glyphs.append(beside._replace(text=MARK, area=place, place=place))


def _is_beside(speck: Area, glyph: Glyph) -> bool:
    """Whether a small shape stands on the line of a figure, right before or behind it."""
    x, y = (speck[0] + speck[2]) / 2, (speck[1] + speck[3]) / 2
    x0, _, x1, _ = glyph.place
    is_on_line = glyph.base - _HIGHEST * glyph.size < y <= glyph.base
    is_outside = x < x0 + _RIM * glyph.width or x > x1 - _RIM * glyph.width
    is_near = speck[0] < x1 + _REACH * glyph.size and speck[2] > x0 - _REACH * glyph.size
    return glyph.text.isdecimal() and glyph.place == glyph.area and is_on_line and is_outside and is_near


# How far above its base line a figure reaches, how much of its width is its rim, and how far a sign is from it at most.
_HIGHEST, _RIM, _REACH = 0.6, 0.2, 0.4


def _blanks(figures: list[Glyph]) -> Iterator[Glyph]:
    """Blanks between the figures that were not painted together: such are no number."""
    for last, glyph in pairwise(figures):
        if last.order != glyph.order:
            yield last._replace(text=" ")


def _is_frame(outer: Grid, grids: Iterable[Grid]) -> bool:
    """Whether another table lies within one cell of it."""
    return any(
        inner is not outer
        and len(inner.xs) > 2
        and len(inner.ys) > 2
        and (corner := outer.cell_at((*inner.area[:2], *inner.area[:2]))) is not None
        and corner == outer.cell_at((*inner.area[2:], *inner.area[2:]))
        for inner in grids
    )


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether the text of a cell that is as wide as its table is a paragraph and no head or label."""
    text = "".join(line.text for line in lines)
    return "。" in text or (len(lines) > 1 and len(text) > _LONG)


_LONG = 80


def _parts(each: Grid, prose: set[int]) -> Iterator[tuple[int, int]]:
    """The rows between the rows of prose, as first and last."""
    first = 0
    for row in range(len(each.ys)):
        if row == len(each.ys) - 1 or each.owners[row][0] in prose:
            if row > first:
                yield first, row
            first = row + 1


def _ruled(each: Grid, texts: Sequence[list[Line]], first: int, last: int) -> Ruled:
    """The table that some rows of a grid make."""
    rows: list[list[Cell]] = [[] for _ in range(first, last)]
    for at, (row, column, across, down) in enumerate(each.cells):
        if first <= row < last:
            x0, x1 = each.xs[column], each.xs[column + across]
            rows[row - first].append(Cell(texts[at], each.cell_area(at), row - first, x0, x1, down))
    _set_texts(rows)
    return Ruled(each.xs, rows, (each.xs[0], each.ys[first], each.xs[-1], each.ys[last]))


def _set_texts(rows: Iterable[Iterable[Cell]]) -> None:
    """Sets the texts of cells; a number that is wrapped because its cell is too narrow for it is one number."""
    filled = [cell for row in rows for cell in row if cell.lines]
    left = min((line.area[0] - cell.area[0] for cell in filled for line in cell.lines), default=0.0)
    right = min((cell.area[2] - line.area[2] for cell in filled for line in cell.lines), default=0.0)
    margins = min(max(left, 0), _MARGIN) + min(max(right, 0), _MARGIN)
    for cell in filled:
        cell.is_joined = _is_wrapped_number(cell, cell.area[2] - cell.area[0] - margins)
        cell.text = ("" if cell.is_joined else "\n").join(line.text for line in cell.lines)


# The widest margin of a cell on either side, a little more than that of Word.
_MARGIN = 6.0
_FIGURES = re.compile(r"[0-9]+")
# How far the lines of one number are apart at most, in the size of its font.
_PITCH = 1.7


def _is_wrapped_number(cell: Cell, room: float) -> bool:
    """Whether each line of figures but the last, shorter one is so full that not one more figure has room in it."""
    lines = cell.lines
    if len(lines) < 2 or not all(_FIGURES.fullmatch(line.text) for line in lines):
        return False
    if len(lines[-1].text) >= len(lines[0].text) or len({len(line.text) for line in lines[:-1]}) > 1:
        return False
    if any(below.area[1] - above.area[1] > _PITCH * above.size for above, below in pairwise(lines)):
        return False
    width = lines[0].area[2] - lines[0].area[0]
    return len(lines[0].text) > 1 and width + width / len(lines[0].text) > room
