"""Adding one cell of several reports: what each gives to the sum, and why some sums are not known."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from attrs import field, frozen

from gxparse import exact
from gxparse.comparison.quantities import CORRESPONDENCES
from gxparse.records import CellValue, Report
from gxparse.rules.sheet import Cell, Sheet, Standing

__all__ = ["Part", "Reason", "Share", "Total", "divisions", "total"]


@frozen
class Reason:
    """Why something could not be added, in Chinese and in English."""

    zh: str
    en: str


_NO_NUMBER = Reason(
    "没有可读的数值，合计因此空缺，请核对原报告", "no number can be read, so that the sum is empty; check the report"
)
_NO_CELL = Reason("所用格式没有此项，合计因此空缺", "its form does not have this, so that the sum is empty")
_CONTRADICTION = Reason(
    "同一机关的几份报告数值不一致，合计因此空缺，请确定以哪一份为准",
    "the reports of this agency contradict each other, so that the sum is empty; decide which of them holds",
)
_UNITS = Reason(
    "各报告的金额单位不同，不换算，合计因此空缺",
    "the amounts are in different units, which are never converted, so that the sum is empty",
)
_TOO_LONG = Reason(
    "数值过长，不能准确相加，合计因此空缺", "numbers too long to be added exactly, so that the sum is empty"
)


@frozen
class Share:
    """What one of the parts gives to a cell of the sum.

    Attributes:
        report: the part.
        value: what it gives. A blank cell, and one that is not applicable, gives 0; ``None`` where the number is not
            known, so that the sum is not known either.
        cell: the cell of the part; ``None`` where the part does not have it, or has it divided into several.
        reason: why the number is not known.
    """

    report: Report
    value: CellValue
    cell: Cell | None = None
    reason: Reason | None = None

    @property
    def is_number(self) -> bool:
        """Whether a number is printed, and not a blank that counts as 0."""
        return self.value is not None and (self.cell is None or self.cell.standing is Standing.NUMBER)

    @property
    def unit(self) -> str | None:
        """The unit of an amount."""
        return self.cell.unit if self.cell else None


@frozen
class Part:
    """The reports of one agency, of which there ought to be one: what they agree on is counted once."""

    reports: tuple[Report, ...]
    sheets: tuple[Sheet, ...] = field(init=False)

    @sheets.default
    def _all(self) -> tuple[Sheet, ...]:
        return tuple(map(Sheet.of, self.reports))

    def share(self, path: str, divided: Sequence[str] = ()) -> Share:
        """What the part gives to a cell.

        Args:
            path: the cell.
            divided: the cells into which the other form divides it.
        """
        first, *others = (_share(sheet, path, divided) for sheet in self.sheets)
        if any(_said(each) != _said(first) for each in others):
            return attrs.evolve(first, value=None, reason=_CONTRADICTION)
        return first


@frozen
class Total:
    """A cell of the sum: its value and unit; or why there is none, where not all parts left it blank."""

    value: CellValue = None
    unit: str | None = None
    reason: Reason | None = None


def total(shares: Sequence[Share]) -> Total:
    """The sum of what the parts give to a cell; of nothing but blanks it is blank.

    It has no reason of its own where a share has one.
    """
    units = {share.unit for share in shares if share.value}
    if len(units) > 1:
        return Total(reason=_UNITS)
    # Nothing is nothing in any unit.
    unit = units.pop() if units else next((share.unit for share in shares if share.unit), None)
    if any(share.value is None for share in shares) or not any(share.is_number for share in shares):
        return Total(unit=unit)
    found = exact.total(share.value for share in shares if share.value is not None and share.is_number)
    return Total(unit=unit, reason=_TOO_LONG) if found is None else Total(found, unit)


def divisions(path: str) -> tuple[str, ...]:
    """The cells into which the other form divides a cell.

    >>> len(divisions("requests.results.other.total.enterprise"))
    3
    """
    row, _, column = path.rpartition(".")
    for entry in CORRESPONDENCES:
        if entry.is_same and entry.form_2019 == (row,) and len(entry.form_2021) > 1:
            return tuple(f"{each}.{column}" for each in entry.form_2021)
    return ()


def _share(sheet: Sheet, path: str, divided: Sequence[str]) -> Share:
    cell = sheet.cells.get(path)
    if divided and not (cell and cell.standing is Standing.NUMBER) and sheet.cells.keys() >= set(divided):
        shares = [_share(sheet, each, ()) for each in divided]
        if any(share.is_number for share in shares):
            reason = next((share.reason for share in shares if share.reason), None)
            return Share(sheet.report, total(shares).value, None, reason)
    if cell is None:
        return Share(sheet.report, None, None, _NO_CELL)
    if cell.standing is Standing.NUMBER:
        return Share(sheet.report, cell.value, cell)
    if cell.standing.counts_as_zero:
        return Share(sheet.report, 0, cell)
    return Share(sheet.report, None, cell, _NO_NUMBER)


def _said(share: Share) -> tuple[CellValue, str | None]:
    """What two reports of one agency agree on, if they do."""
    return share.value, share.unit if share.value else None
