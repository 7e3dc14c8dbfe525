"""The sums that the form's tables must satisfy, and what the cells of a report make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from attrs import field, fields, frozen

from gxparse.records import Applicants, Outcomes
from gxparse.rules.sheet import Sheet, Standing

__all__ = ["Equation", "Side", "System", "Weighed", "equations", "weigh"]

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


@frozen(eq=False)
class System:
    """The equations of a report.

    Attributes:
        equations: the equations.
        places: for each cell the equations in which it stands, by their number, with 1 for the left side of an equation
            and -1 for the right.
    """

    equations: tuple[Equation, ...]
    places: Mapping[str, tuple[tuple[int, int], ...]] = field(init=False)

    @places.default
    def _places(self) -> dict[str, tuple[tuple[int, int], ...]]:
        places: dict[str, tuple[tuple[int, int], ...]] = {}
        for number, each in enumerate(self.equations):
            for sign, paths in ((1, each.left), (-1, each.right)):
                places.update({path: (*places.get(path, ()), (number, sign)) for path in paths})
        return places


@frozen
class Side:
    """What is known of one side of an equation.

    Attributes:
        known: the sum of the numbers that are known; cells that are blank count as 0.
        has_numbers: whether there is any number at all.
        blanks: the paths of the cells that are blank.
        gaps: the paths of the cells of which nothing is known, or nothing that could be read.
    """

    known: int
    has_numbers: bool
    blanks: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        """Whether ``known`` is the whole sum. Otherwise it is at least as much, for no cell is below 0."""
        return self.has_numbers and not self.gaps

    def may_equal(self, other: Side) -> bool:
        """Whether some value of the cells that are not known makes both sides equal."""
        if self.is_exact and other.is_exact:
            return self.known == other.known
        if self.is_exact:
            return self.known >= other.known
        return not other.is_exact or self.known <= other.known


@frozen
class Weighed:
    """An equation with what a report makes of its sides."""

    equation: Equation
    left: Side
    right: Side

    @property
    def holds(self) -> bool:
        """Whether the sides are equal, or may be as far as they are known."""
        return self.left.may_equal(self.right)

    @property
    def is_exact(self) -> bool:
        """Whether all that is needed to say so is known."""
        return self.left.is_exact and self.right.is_exact

    def cells(self) -> tuple[str, ...]:
        """The paths of the cells of both sides."""
        return self.equation.left + self.equation.right

    def gaps(self) -> tuple[str, ...]:
        """The paths of the cells of both sides of which nothing is known."""
        return self.left.gaps + self.right.gaps


def weigh(sheet: Sheet, equation: Equation, changes: Mapping[str, int] | None = None) -> Weighed:
    """What a report makes of an equation, if some of its cells had other values."""
    return Weighed(equation, _side(sheet, equation.left, changes or {}), _side(sheet, equation.right, changes or {}))


def _side(sheet: Sheet, paths: tuple[str, ...], changes: Mapping[str, int]) -> Side:
    """The sum of some cells of a report. A side on which no number at all is printed is not known."""
    numbers, blanks, gaps = [], [], []
    for path in paths:
        cell = sheet.cells.get(path)
        value = changes.get(path, cell.value if cell else None)
        if isinstance(value, int):
            numbers.append(value)
        elif cell is not None and cell.standing.counts_as_zero:
            blanks.append(path)
        else:
            gaps.append(path)
    return Side(sum(numbers), bool(numbers), tuple(blanks), tuple(gaps))


def equations(sheet: Sheet) -> System:
    """The equations of the three tables, for the rows that the report has."""
    return _equations(tuple(sheet.rows), three_rows_are_filled=_has_numbers(sheet, _three_rows(tuple(sheet.rows))))


def _three_rows(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The rows of （六）其他处理 in form 2021."""
    return tuple(row for row in rows if row.startswith(f"{_OTHER}.") and row != _OTHER_IN_ONE)


def _has_numbers(sheet: Sheet, rows: tuple[str, ...]) -> bool:
    return any(cell.standing is Standing.NUMBER for row in rows for cell in sheet.rows[row])


@lru_cache(maxsize=16)
def _equations(rows: tuple[str, ...], *, three_rows_are_filled: bool) -> System:
    three, in_one = _three_rows(rows), _OTHER_IN_ONE in rows
    # Where a report prints both, the one row is the sum of the three, and must not be counted again.
    other = three if three_rows_are_filled or not in_one else (_OTHER_IN_ONE,)
    results = tuple(
        row for row in rows if row.startswith("requests.results.") and not row.startswith((_TOTAL, f"{_OTHER}."))
    )
    return System(
        (
            *_columns_balance(),
            *_results_add_up((*results, *(other or (_OTHER,)))),
            *_row_adds_up("GX303", (row for row in rows if row.startswith("requests.")), _COLUMNS),
            *_row_adds_up("GX304", (row for row in rows if row.startswith("proceedings.")), _OUTCOMES),
        )
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
