"""Which of the cells of a row stand in the columns of the form: by their number, their places and the heads above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gxparse.grammar import BLANKS, Token, is_filled
from gxparse.language import vocabulary

#: The kinds of case of section four, the outcomes of each, and the values of them all.
CASES, OUTCOMES = 3, 5
ALL_OUTCOMES = CASES * OUTCOMES
#: The heads of the outcomes.
OUTCOME_HEADS = frozenset({"UPHELD", "CORRECTED", "OTHER_OUTCOME", "OTHER", "PENDING", "TOTAL"})
#: Heads that are none of the form.
UNKNOWN = frozenset({"REMARK", "UNKNOWN"})


def has_all_outcomes(heads: Sequence[Token]) -> bool:
    """Whether there is a head for each outcome of each kind of case."""
    return sum(head.type in OUTCOME_HEADS for head in heads) == ALL_OUTCOMES


def has_foreign_case(heads: Sequence[Token]) -> bool:
    """Whether in a text a head that the form does not have stands in a row with 行政复议 and 行政诉讼."""
    rows: dict[tuple[int | None, int | None], set[str]] = {}
    for head in heads:
        if head.location.line is not None and head.location.row is not None and not _is_left(head, "proceedings"):
            rows.setdefault(row_of(head), set()).add(head.type)
    return any(kinds >= {"RECONSIDERATION", "LITIGATION"} and kinds & UNKNOWN for kinds in rows.values())


def stand_under(cells: Sequence[Token], heads: Sequence[Token]) -> bool:
    """Whether the cells of section four stand in the columns of its outcomes, where a page shows all of these."""
    columns = {head.location.cell for head in heads if head.type in OUTCOME_HEADS}
    if not is_on_page(cells[0]) or not has_all_outcomes(heads) or len(columns) < len(cells):
        return True
    return columns == {cell.location.cell for cell in cells}


def is_on_page(cell: Token) -> bool:
    """Whether the place of a cell is the column of a page, and not the number of the cell in a line of text."""
    return cell.location.line is None and cell.location.cell is not None


def row_of(head: Token) -> tuple[int | None, int | None]:
    """The table and the row that a head stands in."""
    return head.location.table, head.location.row


def foreign_heads(heads: Sequence[Token]) -> Sequence[Token]:
    """The heads of columns that the form does not have, such as 备注, given that all that it has are among them.

    They are not known, and stand beside others: in the same row, or all of them in lines of their own.
    """
    unknown = [head for head in heads if head.type in UNKNOWN]
    known = {row_of(head) for head in heads if head.type not in UNKNOWN} if unknown else set()
    return [head for head in unknown if row_of(head) in known]


def in_form(cells: tuple[Token, ...], foreign: Sequence[Token], count: int, family: str) -> tuple[Token, ...]:
    """The cells of a row without those in columns that the form does not have.

    In a text nobody can say which of the cells stands in such a column: then no blank cell is a filler, and of a row
    that has no more cells than the form none is certain. But heads are wrapped there, so that what may be left of one
    of the form is none of those for certain; nor is it where nothing tells the rows of heads.
    """
    if not foreign or not cells:
        return cells
    if is_on_page(cells[0]):
        columns = {head.location.cell for head in foreign if head.location.table == cells[0].location.table}
        return tuple(cell for cell in cells if cell.location.cell not in columns) if len(cells) > count else cells
    is_sure = not all(_is_left(head, family) for head in foreign)
    if len(cells) <= count:
        return () if is_sure else cells
    return without_fillers(cells) if is_sure or any(head.location.row for head in foreign) else cells


def _is_left(head: Token, family: str) -> bool:
    """Whether a head that is not known may be what is left of one of the form, or a note below the heads."""
    return head.type in UNKNOWN and (
        _NOTE.search(head.text) is not None or vocabulary().is_left_of_head(head.text, family)
    )


# 单位：件, 注：…, 第3页, - 3 -
_NOTE = re.compile(r"[:：]|[0-9０-９]")


def without_fillers(cells: Iterable[Token]) -> tuple[Token, ...]:
    """The cells, of which no blank one may be taken for the filler of a span."""
    return tuple(Token("GAP", cell.text, cell.location) if cell.type == "BLANK" else cell for cell in cells)


def settled(
    cells: tuple[Token, ...], count: int, start: int | None = None, *, fillers: bool = True
) -> tuple[Token, ...]:
    """The cells of the ``count`` columns of a row, if it is certain which cells they are; else none.

    A layout may fill the span of a label with blank cells before the first column, and that of the row behind the
    last one. The cells are certain if there is one way only to take such fillers away.

    Args:
        cells: the cells behind the row's label.
        count: the number of columns.
        start: the cell of the row with which the columns of its table begin, where that is known.
        fillers: whether blank cells may stand for the span of a label.
    """
    most = len(cells) - count
    leading = leading_blanks(cells)
    trailing = leading_blanks(reversed(cells))
    if leading == len(cells) and most >= 0:
        return cells[:count]
    first, last = max(0, most - trailing), min(most, leading)
    if start is not None and (leading or trailing) and cells[0].location.cell is not None:
        at = next((i for i, cell in enumerate(cells) if cell.location.cell == start), -1)
        first, last = (at, at) if first <= at <= last else (0, -1)
    if first != last or (first and not fillers):
        return ()
    found = cells[first : first + count]
    if most and start is None and any(cell.type in BLANKS for cell in found) and is_filled(found):
        return ()
    return found if _has_sure_ends(found) else ()


def leading_blanks(cells: Iterable[Token]) -> int:
    """The number of blank cells before the first one that is none."""
    blanks = 0
    for cell in cells:
        if cell.type != "BLANK":
            break
        blanks += 1
    return blanks


def _has_sure_ends(cells: tuple[Token, ...]) -> bool:
    """Whether the first and the last cell of a row are none of the blank fillers of a layout.

    Where no row is marked, or the row is shorter than the others, a row that lost a cell and has a filler looks like
    a whole row with a blank cell.
    """
    if "GAP" in (cells[0].type, cells[-1].type):
        return False
    if cells[0].location.cell is not None:
        return True
    return cells[-1].type != "BLANK" and (cells[0].type != "BLANK" or cells[0].location.table is not None)


def extent(cells: Sequence[Token]) -> tuple[int, int]:
    """The columns of the page in which the first and the last of the cells begin."""
    return cells[0].location.cell or 0, cells[-1].location.cell or 0
