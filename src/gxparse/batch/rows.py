"""A report as rows of a table, with the columns of :func:`gxparse.to_frame`, and what is found in it as others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from gxparse.collection.frame import wide_columns
from gxparse.findings import Finding
from gxparse.records import Report
from gxparse.rules.sheet import Cell, Sheet, Standing

__all__ = ["FAILED", "FINDINGS", "LONG", "Row", "findings", "long", "wide", "wide_head"]

Row: TypeAlias = tuple[str | int | Decimal | None, ...]

LONG = ("source", "agency", "year", "form", "path", "table", "row", "column", "label", "value", "unit", "flags")
FINDINGS = ("source", "agency", "year", "code", "severity", "path", "label", "place", "message_zh", "message_en")
FAILED = ("source", "error", "message")


def long(source: str, report: Report) -> Iterator[Row]:
    """A row for each cell."""
    for cell, printed in zip(Sheet.of(report).cells.values(), report.cells(), strict=True):
        table, _, below = cell.path.partition(".")
        row, _, column = below.rpartition(".")
        flags = " ".join(_flags(cell, report.findings)) or None
        of_the_cell = cell.path, table, row, column, printed.label, _number(cell), cell.unit, flags
        yield source, report.agency, report.year, report.form, *of_the_cell


def wide_head() -> tuple[str, ...]:
    """The columns of :func:`wide`."""
    return ("source", "agency", "year", "form", "flags", *_columns())


def wide(source: str, report: Report) -> Iterator[Row]:
    """One row: the cells of both forms, those that the report's form does not have blank."""
    sheet = Sheet.of(report)
    said = [(cell.path, ",".join(_flags(cell, report.findings))) for cell in sheet.cells.values()]
    flags = " ".join(f"{path}={codes}" for path, codes in said if codes) or None
    values: dict[str, str | int | Decimal | None] = {}
    for cell in sheet.cells.values():
        values[cell.path] = _number(cell)
        if not cell.is_count:
            values[_unit_of(cell.path)] = cell.unit
    yield source, report.agency, report.year, report.form, flags, *map(values.get, _columns())


def findings(source: str, report: Report) -> Iterator[Row]:
    """A row for each finding."""
    for each in report.findings:
        place = str(each.location) if each.location else None
        said = each.code, each.severity, each.path, each.label, place, each.message_zh, each.message_en
        yield source, report.agency, report.year, *said


def _number(cell: Cell) -> int | Decimal | None:
    """The number in a cell; what a program has put there and is none is left out, as the rules do."""
    return cell.value if cell.standing is Standing.NUMBER else None


def _flags(cell: Cell, said: Sequence[Finding]) -> Iterator[str]:
    if cell.standing is not Standing.NUMBER:
        yield cell.standing.name.lower()
    yield from dict.fromkeys(each.code for each in said if each.path and each.covers(cell.path))


def _columns() -> Iterator[str]:
    for path, kind in wide_columns().items():
        yield path
        if kind is not int:
            yield _unit_of(path)


def _unit_of(path: str) -> str:
    return f"{path.rpartition('.')[0]}.unit"
