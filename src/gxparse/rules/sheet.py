"""A report as the rules see it: every cell of the form with what is known of it, worked out once for all rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from itertools import takewhile
from math import isfinite

import attrs
from attrs import field, frozen

from gxparse import normalise
from gxparse.document import Location
from gxparse.findings import Finding, Severity
from gxparse.language import vocabulary
from gxparse.records import TABLES, CellValue, Report, labels_of, shown, walk
from gxparse.rules import shape

__all__ = ["Cell", "Sheet", "Standing", "above", "common", "label_of"]

_FRACTION = re.compile(r"\.[0-9]")


class Standing(Enum):
    """What is known of a cell."""

    NUMBER = auto()
    """It has a value."""
    BLANK = auto()
    """It is printed, and nothing stands in it."""
    NOT_APPLICABLE = auto()
    """It holds ``/``, ``无``, ``不涉及`` or the like."""
    FRACTION = auto()
    """It is a count, and holds a number that is not whole."""
    TEXT = auto()
    """It holds something that is no number."""
    EXPLAINED = auto()
    """It has no value, and the parser has said why."""
    ABSENT = auto()
    """It has no value, and nothing is known of it."""

    @property
    def counts_as_zero(self) -> bool:
        """Whether an office that leaves a cell like this has nothing to report."""
        return self in (Standing.BLANK, Standing.NOT_APPLICABLE)


# Which findings of the parser explain that a cell has no value. What it says of labels, columns, rows and pictures
# does so where nothing is printed; what it says of units, encodings and page numbers never does.
_EXPLAINED_BY = {
    Standing.ABSENT: frozenset({"GX001", "GX002", "GX003", "GX004", "GX008"}),
    Standing.TEXT: frozenset({"GX002", "GX003", "GX202"}),
    Standing.FRACTION: frozenset({"GX002", "GX003", "GX205"}),
}


@frozen
class Cell:
    """A cell of the form.

    Attributes:
        path: its path.
        row: the path of its row.
        column: the name of its column, the last part of the path.
        is_count: whether it holds a count; otherwise it holds an amount of money.
        value: its value.
        raw: what the source prints, where the report was parsed and the cell is printed; or what a program put there
            that no cell can hold.
        unit: the unit printed for an amount.
        location: where it stands in the source.
        standing: what is known of it.
    """

    path: str
    row: str
    column: str
    is_count: bool
    value: CellValue
    raw: str | None
    unit: str | None
    location: Location | None
    standing: Standing


@frozen
class Sheet:
    """The cells of a report by path, and by row, in the form's order."""

    report: Report
    cells: Mapping[str, Cell]
    rows: Mapping[str, tuple[Cell, ...]] = field(init=False)
    _there: frozenset[str] = field(init=False)

    @rows.default
    def _by_row(self) -> dict[str, tuple[Cell, ...]]:
        rows: dict[str, list[Cell]] = {}
        for cell in self.cells.values():
            rows.setdefault(cell.row, []).append(cell)
        return {path: tuple(cells) for path, cells in rows.items()}

    @_there.default
    def _known(self) -> frozenset[str]:
        return frozenset(
            each
            for row, cells in self.rows.items()
            if any(cell.standing is not Standing.ABSENT for cell in cells)
            for each in above(row)
        )

    @classmethod
    def of(cls, report: Report) -> Sheet:
        """The sheet of a report.

        Raises:
            GxparseError: a program built the report, and of something else than its fields are declared to hold.
        """
        shape.require(report)
        explained = {standing: _explained(report.findings, codes) for standing, codes in _EXPLAINED_BY.items()}
        cells = {}
        for table in TABLES:
            for path, record, attribute in walk(getattr(report, table), table):
                value = getattr(record, attribute.name)
                source = report.sources.get(path)
                is_count = attribute.metadata["type"] is int
                raw = source.raw if source else None
                if value is None or type(value) in _CELL_TYPES:
                    standing = _standing(value, raw, is_count=is_count)
                else:
                    standing = _standing_of_no_number(value, is_count=is_count)
                    value, raw = None, shown(value)
                if (paths := explained.get(standing)) and not paths.isdisjoint(above(path)):
                    standing = Standing.EXPLAINED
                cells[path] = Cell(
                    path=path,
                    row=path.rpartition(".")[0],
                    column=attribute.name,
                    is_count=is_count,
                    value=value,
                    raw=raw,
                    unit=None if is_count else record.unit,
                    location=source.location if source else None,
                    standing=standing,
                )
        return cls(report, cells)

    def is_there(self, path: str) -> bool:
        """Whether anything is known of a row, a group of rows or a table."""
        return path in self._there

    def finding(
        self,
        code: str,
        path: str,
        message: tuple[str, str],
        *,
        numbers: Mapping[str, CellValue] | None = None,
        suggestion: str | None = None,
    ) -> Finding:
        """A finding about a cell, a row or a table, with its label and its place.

        Args:
            code: its code.
            path: what it is about.
            message: its message in Chinese and in English.
            numbers: the numbers of the message.
            suggestion: a correction that would settle it.
        """
        return Finding(
            code=code,
            path=path,
            message_zh=message[0],
            message_en=message[1],
            label=label_of(path),
            location=self._location(path),
            numbers=dict(numbers or {}),
            suggestion=suggestion,
        )

    def _location(self, path: str) -> Location | None:
        """Where a cell stands, or the first cell of a row or table."""
        if cell := self.cells.get(path):
            return cell.location
        below = (cell.location for cell in self.cells.values() if cell.path.startswith(path + "."))
        return next((location for location in below if location), None)


@cache
def above(path: str) -> tuple[str, ...]:
    """The path of a cell or row and the paths above it, up to the whole report.

    >>> above("requests.received.total")
    ('requests.received.total', 'requests.received', 'requests', '')
    """
    return (path, *above(path.rpartition(".")[0])) if path else ("",)


def common(paths: Iterable[str]) -> str:
    """The path that all of the paths are at or below.

    >>> common(["requests.results.granted", "requests.results.denied.repeated"])
    'requests.results'
    """
    levels = zip(*(path.split(".") for path in paths), strict=False)
    return ".".join(level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels))


@cache
def label_of(path: str) -> str | None:
    """The form's label of a table, a row or a cell.

    >>> label_of("requests.received.total")
    '一、本年新收政府信息公开申请数量 · 总计'
    """
    table, _, below = path.partition(".")
    if table not in TABLES:
        return None
    attribute = getattr(attrs.fields(Report), table)
    return " · ".join(labels_of(attribute.default.factory, path)) if below else attribute.metadata["label"]


def _explained(findings: Iterable[Finding], codes: frozenset[str]) -> frozenset[str]:
    """The paths below which the parser has said why values are missing.

    Only an error is reason enough to hold all of a report's gaps for explained.
    """
    return frozenset(
        finding.path
        for finding in findings
        if finding.code in codes and (finding.path or finding.severity is Severity.ERROR)
    )


# By their exact type: to Python a bool is an int.
_CELL_TYPES = (int, Decimal)


def _standing_of_no_number(value: object, *, is_count: bool) -> Standing:
    """What is known of a cell in which a program put a text, say, or a float."""
    return Standing.FRACTION if is_count and isinstance(value, float) and isfinite(value) else Standing.TEXT


def _standing(value: CellValue, raw: str | None, *, is_count: bool) -> Standing:
    if isinstance(value, Decimal):
        # Only a report that a program built can hold such values: NaN, or a fraction where a count belongs.
        return Standing.FRACTION if is_count else Standing.NUMBER if value.is_finite() else Standing.TEXT
    if value is not None:
        return Standing.NUMBER
    if raw is None:
        return Standing.ABSENT
    folded = normalise.fold_number(raw)
    if not folded:
        return Standing.BLANK
    word = vocabulary().value(raw)
    if word == "NOT_APPLICABLE":
        return Standing.NOT_APPLICABLE
    return Standing.FRACTION if is_count and word is not None and _FRACTION.search(folded) else Standing.TEXT
