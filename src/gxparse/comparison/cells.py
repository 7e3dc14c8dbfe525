"""The cells of two reports beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, Overflow

from attrs import frozen

from gxparse import exact
from gxparse.comparison.quantities import CORRESPONDENCES, correspondence, official_order
from gxparse.records import CellValue
from gxparse.rules.sheet import Cell, Sheet, Standing, label_of

__all__ = ["Change", "Reading", "Uncompared", "compare_cells"]


@frozen
class Reading:
    """What one report says of a quantity.

    Attributes:
        paths: the cell that holds it, or the cells whose sum it is.
        value: the number; ``None`` where it is not known.
        standing: what is known of it: a number, or why there is none.
        unit: the unit of an amount.
        raw: what the source prints, of a single cell.
    """

    paths: tuple[str, ...]
    value: CellValue
    standing: Standing
    unit: str | None = None
    raw: str | None = None

    @classmethod
    def of(cls, cell: Cell) -> Reading:
        """What a cell says. A value that is no number is none: a program can build such a record."""
        value = cell.value if cell.standing is Standing.NUMBER else None
        raw = cell.raw.strip() if cell.raw is not None else None
        return cls((cell.path,), value, cell.standing, cell.unit if value is not None else None, raw)

    @classmethod
    def sum_of(cls, cells: Sequence[Cell]) -> Reading:
        """What cells say together; unless each holds a number, the sum is not known."""
        readings = [cls.of(cell) for cell in cells]
        paths = tuple(cell.path for cell in cells)
        standing = next((each.standing for each in readings if each.value is None), Standing.NUMBER)
        value = sum(int(each.value or 0) for each in readings) if standing is Standing.NUMBER else None
        return cls(paths, value, standing)

    @property
    def said(self) -> tuple[object, ...]:
        """A number and its unit, a text, or that there is neither; two readings are the same by it."""
        if self.standing is Standing.NUMBER:
            return self.value, self.unit if self.value else None
        return (self.standing,) if self.standing.counts_as_zero else (None, self.raw)


@frozen
class Change:
    """A quantity in the older and in the newer report.

    Attributes:
        path: its path, in the newer report where the forms differ.
        label: the form's label.
        older: what the older report says.
        newer: what the newer report says.
        difference: the newer value less the older one; ``None`` if either is not known or the units differ.
        percent: the difference in per cent of the older value, rounded half up to one decimal place; ``None`` if there
            is no difference to speak of, or the older value is not positive.
    """

    path: str
    label: str
    older: Reading
    newer: Reading
    difference: CellValue = None
    percent: Decimal | None = None

    @property
    def before(self) -> CellValue:
        """The older value."""
        return self.older.value

    @property
    def after(self) -> CellValue:
        """The newer value."""
        return self.newer.value

    @property
    def unit(self) -> str | None:
        """The unit of the difference, of amounts. Nothing is nothing in any unit."""
        sides = (self.newer, self.older)
        return next((side.unit for side in sides if side.value), None) or self.newer.unit or self.older.unit

    @property
    def table(self) -> str:
        """The table it stands in."""
        return self.path.partition(".")[0]

    @property
    def is_changed(self) -> bool:
        """Whether the two reports say something different."""
        return self.older.said != self.newer.said


@frozen
class Uncompared:
    """A cell that only one of the reports has, or whose like in the other is not the same quantity.

    Attributes:
        label: the form's label.
        reading: what the report says.
        is_newer: whether it is of the newer report.
        reason_zh: why it cannot be compared, in Chinese.
        reason_en: why, in English.
    """

    label: str
    reading: Reading
    is_newer: bool
    reason_zh: str
    reason_en: str

    @property
    def path(self) -> str:
        """The path of the cell."""
        return self.reading.paths[0]


def compare_cells(older: Sheet, newer: Sheet) -> tuple[tuple[Change, ...], tuple[Uncompared, ...]]:
    """Every cell of both reports once, in the order of the form: compared, or with the reason why it cannot be."""
    shared = older.cells.keys() & newer.cells.keys()
    changes = [_change(path, Reading.of(older.cells[path]), Reading.of(newer.cells[path])) for path in shared]
    changes += _changes_of_split_rows(older, newer)
    done = [{path for change in changes for path in reading(change).paths} for reading in (_older, _newer)]
    is_one_form = older.report.form is newer.report.form
    rest = [
        _uncompared(cell, is_newer=is_newer, is_one_form=is_one_form)
        for is_newer, sheet in ((False, older), (True, newer))
        for cell in sheet.cells.values()
        if cell.path not in done[is_newer]
    ]
    order = official_order()
    return (
        tuple(sorted(changes, key=lambda change: order[change.path])),
        tuple(sorted(rest, key=lambda each: (order[each.path], each.is_newer))),
    )


def _older(change: Change) -> Reading:
    return change.older


def _newer(change: Change) -> Reading:
    return change.newer


def _changes_of_split_rows(older: Sheet, newer: Sheet) -> Iterator[Change]:
    """What is one row in one of the forms and several in the other."""
    for entry in CORRESPONDENCES:
        if not entry.is_same or entry.form_2019 == entry.form_2021:
            continue
        for before, after in ((entry.form_2019, entry.form_2021), (entry.form_2021, entry.form_2019)):
            if _has_only(older, before, after) and _has_only(newer, after, before):
                yield from _sums(_columns(older, before), _columns(newer, after))


def _has_only(sheet: Sheet, rows: Iterable[str], others: Iterable[str]) -> bool:
    return sheet.rows.keys() >= set(rows) and sheet.rows.keys().isdisjoint(others)


def _columns(sheet: Sheet, rows: Iterable[str]) -> Iterator[tuple[Cell, ...]]:
    return zip(*(sheet.rows[row] for row in rows), strict=True)


def _sums(older: Iterable[tuple[Cell, ...]], newer: Iterable[tuple[Cell, ...]]) -> Iterator[Change]:
    for before, after in zip(older, newer, strict=True):
        whole = before[0] if len(before) == 1 else after[0]
        yield _change(whole.path, _reading(before), _reading(after))


def _reading(cells: tuple[Cell, ...]) -> Reading:
    return Reading.of(cells[0]) if len(cells) == 1 else Reading.sum_of(cells)


def _change(path: str, older: Reading, newer: Reading) -> Change:
    difference = _difference(older, newer)
    return Change(path, label_of(path) or path, older, newer, difference, _percent(older.value, difference))


_ROUNDED = Context(prec=60, traps=[InvalidOperation, Overflow])


def _difference(older: Reading, newer: Reading) -> CellValue:
    before, after = older.value, newer.value
    if before is None or after is None or (before and after and older.unit != newer.unit):
        return None
    return exact.difference(after, before)


def _percent(before: CellValue, difference: CellValue) -> Decimal | None:
    if before is None or difference is None or before <= 0:
        return None
    try:
        share = _ROUNDED.divide(_ROUNDED.multiply(Decimal(difference), Decimal(100)), Decimal(before))
        # A little less is 0.0, not -0.0.
        return _ROUNDED.plus(share.quantize(Decimal("0.1"), ROUND_HALF_UP, _ROUNDED))
    except ArithmeticError:
        return None


def _uncompared(cell: Cell, *, is_newer: bool, is_one_form: bool) -> Uncompared:
    entry = correspondence(cell.path)
    reason = ("只有一份报告的表中有这一格", "only one of the reports has this cell")
    if entry is not None and not entry.is_same and not is_one_form:
        reason = entry.reason_zh, entry.reason_en
    return Uncompared(label_of(cell.path) or cell.path, Reading.of(cell), is_newer, *reason)
