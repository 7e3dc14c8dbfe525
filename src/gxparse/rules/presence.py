"""GX1, presence: the tables and rows that the form demands and the report does not have."""

from __future__ import annotations

from collections.abc import Iterator

from gxparse.findings import Finding
from gxparse.records import TABLES, Form
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Sheet, label_of

__all__ = ["RULES"]

# Rows that a report need not have a record of, though the form demands them.
_ROWS_OF_2019 = ("disclosure.other_services", "disclosure.procurement")
_OTHER_RESULTS = "requests.results.other"


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
    """GX106: a row of which nothing is known, in a table that is there."""
    there = {table for table in TABLES if sheet.is_there(table)}
    for path in (*_without_record(sheet), *sheet.rows):
        if path.partition(".")[0] in there and not sheet.is_there(path):
            yield sheet.finding(
                "GX106",
                path,
                (
                    f"缺少“{label_of(path)}”一行，应按规定格式填报，没有的填 0",
                    "the row is missing; the form demands it, with 0 where there is nothing to report",
                ),
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
