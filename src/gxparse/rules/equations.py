"""The sums that the form's tables must satisfy, and what the cells of a report make of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import fields, frozen

from gxparse.records import Applicants, Outcomes
from gxparse.rules.sheet import Sheet, Standing

__all__ = ["Equation", "Side", "equations", "weigh"]

_COLUMNS = tuple(attribute.name for attribute in fields(Applicants))
_OUTCOMES = tuple(attribute.name for attribute in fields(Outcomes))
_TOTAL = "requests.results.total"
_OTHER = "requests.results.other"
_OTHER_IN_ONE = f"{_OTHER}.total"


@frozen
class Equation:
    """Two groups of cells whose sums must be equal.

    Attributes:
        code: the code of the finding when they are not.
        path: the cell at which the finding stands.
        left: the paths of the cells on the one side.
        right: the paths of the cells on the other side.
    """

    code: str
    path: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@frozen
class Side:
    """What is known of one side of an equation.

    Attributes:
        known: the sum of the numbers that are known; cells that are blank count as 0.
        is_exact: whether that is the whole sum. Otherwise it is at least as much, for no cell is below 0.
        blanks: the paths of the cells that are blank.
    """

    known: int
    is_exact: bool
    blanks: tuple[str, ...]

    def may_equal(self, other: Side) -> bool:
        """Whether some value of the cells that are not known makes both sides equal."""
        if self.is_exact and other.is_exact:
            return self.known == other.known
        if self.is_exact:
            return self.known >= other.known
        return not other.is_exact or self.known <= other.known


def weigh(sheet: Sheet, paths: tuple[str, ...]) -> Side:
    """The sum of some cells of a report. A side on which no number at all is printed is not known."""
    known, numbers, gaps = 0, 0, False
    blanks = []
    for path in paths:
        cell = sheet.cells.get(path)
        if cell is not None and isinstance(cell.value, int):
            known += cell.value
            numbers += 1
        elif cell is not None and cell.standing.counts_as_zero:
            blanks.append(path)
        else:
            gaps = True
    return Side(known, numbers > 0 and not gaps, tuple(blanks))


def equations(sheet: Sheet) -> tuple[Equation, ...]:
    """The equations of the three tables, for the rows that the report has."""
    return _equations(tuple(sheet.rows), three_rows_are_filled=_has_numbers(sheet, _three_rows(tuple(sheet.rows))))


def _three_rows(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The rows of （六）其他处理 in form 2021."""
    return tuple(row for row in rows if row.startswith(f"{_OTHER}.") and row != _OTHER_IN_ONE)


def _has_numbers(sheet: Sheet, rows: tuple[str, ...]) -> bool:
    return any(cell.standing is Standing.NUMBER for row in rows for cell in sheet.rows[row])


@lru_cache(maxsize=16)
def _equations(rows: tuple[str, ...], *, three_rows_are_filled: bool) -> tuple[Equation, ...]:
    three, in_one = _three_rows(rows), _OTHER_IN_ONE in rows
    # Where a report prints both, the one row is the sum of the three, and must not be counted again.
    other = three if three_rows_are_filled or not in_one else (_OTHER_IN_ONE,)
    results = tuple(
        row for row in rows if row.startswith("requests.results.") and not row.startswith((_TOTAL, f"{_OTHER}."))
    )
    return (
        *_columns_balance(),
        *_results_add_up((*results, *(other or (_OTHER,)))),
        *_row_adds_up("GX303", (row for row in rows if row.startswith("requests.")), _COLUMNS),
        *_row_adds_up("GX304", (row for row in rows if row.startswith("proceedings.")), _OUTCOMES),
    )


def _columns_balance() -> Iterator[Equation]:
    """GX301: 第一项加第二项之和，等于第三项加第四项之和, as the form itself says above the table."""
    for column in _COLUMNS:
        came = f"requests.received.{column}", f"requests.carried_in.{column}"
        went = f"{_TOTAL}.{column}", f"requests.carried_out.{column}"
        yield Equation("GX301", f"{_TOTAL}.{column}", came, went)


def _results_add_up(results: tuple[str, ...]) -> Iterator[Equation]:
    """GX302: the results one by one are together the total of row （七）."""
    for column in _COLUMNS:
        total = f"{_TOTAL}.{column}"
        yield Equation("GX302", total, tuple(f"{row}.{column}" for row in results), (total,))


def _row_adds_up(code: str, rows: Iterator[str], columns: tuple[str, ...]) -> Iterator[Equation]:
    """GX303 and GX304: the columns of a row are together its last column, the total."""
    *parts, total = columns
    for row in rows:
        yield Equation(code, f"{row}.{total}", tuple(f"{row}.{part}" for part in parts), (f"{row}.{total}",))
