"""GX1, presence: the tables and rows that the form demands and the report does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gxparse.findings import Finding
from gxparse.records import TABLES, Form
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Sheet, common, label_of

__all__ = ["RULES"]

# Rows that a report need not have a record of, though the form demands them.
_ROWS_OF_2019 = ("disclosure.other_services", "disclosure.procurement")
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
    demanded = (*(_ROWS_OF_2019 if sheet.report.form is Form.F2019 else ()), _OTHER_RESULTS)
    for path in demanded:
        if not any(row == path or row.startswith(path + ".") for row in sheet.rows):
            yield path


RULES = (
    Rule(tables, ("GX105",)),
    Rule(rows, ("GX106",)),
)
