"""What the tables say, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterator

from gxparse.records import OtherTable, walk
from gxparse.rules.narrative.kinds import Reading
from gxparse.rules.sheet import Sheet

__all__ = ["in_other_tables", "total"]


def total(sheet: Sheet, paths: Reading) -> int | None:
    """The sum of some cells, those that are blank counted as 0; nothing where one is not known, or all are blank."""
    cells = [sheet.cells[path] for path in paths if path in sheet.cells]
    numbers = [cell.value for cell in cells if isinstance(cell.value, int)]
    blanks = sum(cell.standing.counts_as_zero for cell in cells)
    return sum(numbers) if numbers and len(numbers) + blanks == len(paths) else None


def in_other_tables(sheet: Sheet, paths: Reading) -> Iterator[int]:
    """The sums of the same cells in a second table of the kind."""
    for other in sheet.report.other_tables:
        values = _values(other)
        numbers = [number for path in paths if isinstance(number := values.get(path), int)]
        if len(numbers) == len(paths):
            yield sum(numbers)


def _values(other: OtherTable) -> dict[str, object]:
    return {path: getattr(record, attribute.name) for path, record, attribute in walk(other.table, other.name)}
