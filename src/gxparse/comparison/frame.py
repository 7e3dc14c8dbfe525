"""A comparison as an Arrow table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gxparse import arrow
from gxparse.comparison.cells import Change, Reading, Uncompared
from gxparse.comparison.quantities import official_order
from gxparse.records import CellValue

if TYPE_CHECKING:
    from gxparse.comparison.years import YearDiff

__all__ = ["to_frame"]

_NUMBERS = ("before", "after", "difference", "percent")
_TEXTS = ("table", "path", "label", "before_standing", "after_standing", "before_unit", "after_unit", "reason")
_FLAGS = ("is_comparable", "is_changed", "is_exact")


def to_frame(diff: YearDiff) -> Any:
    """Every cell of both reports as a row, in the order of the form."""
    pyarrow = arrow.pyarrow()
    order = official_order()
    rows = [*map(_compared, diff.in_order()), *map(_uncompared, diff.not_comparable)]
    rows.sort(key=lambda row: order[row["path"]])
    types = dict.fromkeys(_NUMBERS, pyarrow.float64()) | dict.fromkeys(_FLAGS, pyarrow.bool_())
    columns = (*_TEXTS[:3], *_NUMBERS, *_FLAGS, *_TEXTS[3:])
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in columns])
    return pyarrow.Table.from_pylist(rows, schema)


def _compared(change: Change) -> dict[str, Any]:
    return {
        **_row(change.path, change.label, change.older, change.newer),
        **_numbers(before=change.before, after=change.after, difference=change.difference, percent=change.percent),
        "is_comparable": True,
        "is_changed": change.is_changed,
        "reason": None,
    }


def _uncompared(cell: Uncompared) -> dict[str, Any]:
    older, newer = (None, cell.reading) if cell.is_newer else (cell.reading, None)
    return {
        **_row(cell.path, cell.label, older, newer),
        **_numbers(before=older.value if older else None, after=newer.value if newer else None),
        "is_comparable": False,
        "is_changed": None,
        "reason": cell.reason_en,
    }


def _row(path: str, label: str, older: Reading | None, newer: Reading | None) -> dict[str, Any]:
    return {
        "table": path.partition(".")[0],
        "path": path,
        "label": label,
        "before_standing": older and older.standing.name.lower(),
        "after_standing": newer and newer.standing.name.lower(),
        "before_unit": older and arrow.text(older.unit),
        "after_unit": newer and arrow.text(newer.unit),
    }


def _numbers(**values: CellValue) -> Mapping[str, float | bool | None]:
    """The numbers as floats; one that no float holds is left out, and ``is_exact`` says so."""
    floats = {name: arrow.number(value) for name, value in values.items()}
    return {**floats, "is_exact": all((floats[name] is None) == (value is None) for name, value in values.items())}
