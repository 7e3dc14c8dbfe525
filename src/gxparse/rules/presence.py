"""GX1, presence: the tables and rows that the form demands and the report does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from gxparse.findings import Finding
from gxparse.records import TABLES, Form, Report
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Sheet, common, label_of

__all__ = ["RULES"]

_OTHER_RESULTS = "requests.results.other"
# More missing rows on end than these are said in one finding.
_SINGLY = 3


def tables(sheet: Sheet) -> Iterator[Finding]:
    """GX105: a table of which nothing is known."""
    for table in TABLES:
        if not sheet.is_there(table):
            yield sheet.finding(
                "GX105",
                table,
                (
                    f"缺少“{label_of(table)}”的表格，应按规定格式填报",
                    f"the table of {table} is missing; the form demands it",
                ),
            )


def rows(sheet: Sheet) -> Iterator[Finding]:
    """GX106: a row of which nothing is known, in a table that is there; many on end, as in a text cut off, are one."""
    there = {table for table in TABLES if sheet.is_there(table)}

    def gap(path: str) -> str | None:
        table = path.partition(".")[0]
        return table if table in there and not sheet.is_there(path) else None

    for path in filter(gap, _without_record(sheet)):
        yield _missing(sheet, path)
    for table, run in groupby(sheet.rows, key=gap):
        paths = list(run)
        if table and len(paths) > _SINGLY:
            yield _all_missing(sheet, paths)
        elif table:
            yield from (_missing(sheet, path) for path in paths)


def _missing(sheet: Sheet, path: str) -> Finding:
    return sheet.finding(
        "GX106",
        path,
        (
            f"缺少“{label_of(path)}”一行，应按规定格式填报，没有的填 0",
            "the row is missing; the form demands it, with 0 where there is nothing to report",
        ),
    )


def _all_missing(sheet: Sheet, paths: Sequence[str]) -> Finding:
    first, last = paths[0], paths[-1]
    return sheet.finding(
        "GX106",
        common(paths),
        (
            f"缺少“{label_of(first)}”至“{label_of(last)}”共 {len(paths)} 行，应按规定格式填报，没有的填 0",
            f"{len(paths)} rows are missing, {first} to {last}; the form demands them, with 0 where there is nothing "
            "to report",
        ),
        numbers={"rows": len(paths)},
    )


def _without_record(sheet: Sheet) -> Iterator[str]:
    """The rows of the report's form for which the report has not even a blank record."""
    for path in _demanded(sheet.report.form or Form.F2021):
        if path not in sheet.rows and not any(row.startswith(f"{path}.") for row in sheet.rows):
            yield path


@cache
def _demanded(form: Form) -> tuple[str, ...]:
    """The rows that the form demands; （六） may be one row or three."""
    rows = Sheet.of(Report.blank(form)).rows
    return (*(path for path in rows if not path.startswith(_OTHER_RESULTS)), _OTHER_RESULTS)


RULES = (
    Rule(tables, ("GX105",)),
    Rule(rows, ("GX106",)),
)
