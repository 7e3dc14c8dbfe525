"""Reports as one Arrow table, whose numbers pandas and polars take without copying. Needs the extra ``frame``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from attrs import define, field

from gxparse import arrow
from gxparse.errors import GxparseError
from gxparse.listed import each_report
from gxparse.records import TABLES, CellValue, Form, Report, walk
from gxparse.rules.sheet import Sheet, label_of

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

__all__ = ["to_frame", "wide_columns"]

#: An Arrow table; for type checkers it is any value, as pyarrow has no types of its own.
Table: TypeAlias = Any

# Rows that are gathered as Python values before they become Arrow's.
_ROWS_AT_ONCE = 65_536
_WIDE_ROWS_AT_ONCE = 1024


def to_frame(
    reports: Report | Iterable[Report], *, wide: bool = False, sources: Iterable[object] | None = None
) -> Table:
    """All cells of any number of reports as a ``pyarrow.Table``.

    The long table has a row for each cell of each report: ``agency``, ``year``, ``form``, ``path``, ``table``, ``row``,
    ``column``, ``label``, ``value``, ``unit`` and ``flags``. The wide one has a row for each report: ``agency``,
    ``year``, ``form``, ``flags``, and a column for each cell of either form, named by its path.

    A ``value`` is the very number of the record. Where it has none, or one that a 64-bit number cannot hold exactly,
    it is null, and ``flags`` says why. Flags are separated by blanks: what is known of a cell without a number
    (``blank``, ``not_applicable``, ``fraction``, ``text``, ``explained``, ``absent``, see
    ``gxparse.rules.sheet.Standing``; ``inexact``), and the codes of the report's findings about the cell, its row
    or its table.

    Args:
        reports: the reports; they may come from a generator, and are not kept.
        wide: a row for each report instead of a row for each cell.
        sources: a text for each report, such as the name of its file, for a first column ``source``.

    Raises:
        GxparseError: pyarrow is not installed; there is not one source for each report, or something is no report.
    """
    pyarrow = arrow.pyarrow()
    listed = _with_sources(reports, sources)
    if wide:
        table = _wide(pyarrow, listed)
    else:
        growing = _Long(pyarrow)
        for source, report in listed:
            growing.add(source, report)
        table = growing.table()
    return table.drop_columns(["source"]) if sources is None else table


def _with_sources(
    reports: Report | Iterable[Report], sources: Iterable[object] | None
) -> Iterator[tuple[str | None, Report]]:
    named = None if sources is None else iter(sources)
    end = object()
    for report in each_report(reports):
        source = None if named is None else next(named, end)
        if source is end:
            raise _uneven()
        yield None if source is None else str(source), report
    if named is not None and next(named, end) is not end:
        raise _uneven()


def _uneven() -> GxparseError:
    return GxparseError("来源与年报的数目不同。 There must be one source for each report.")


# ── What is known of a cell ──────────────────────────────────────────────────────────────────────────────────────────


class _Cell(NamedTuple):
    path: str
    label: str
    value: CellValue
    is_count: bool
    unit: str | None


def _cells(report: Report) -> list[_Cell]:
    """The cells of a report; a value that is none of its kind is left out, as the rules do."""
    cells = []
    for table in TABLES:
        for path, record, column in walk(getattr(report, table), table):
            value = getattr(record, column.name)
            is_count = column.metadata["type"] is int
            if isinstance(value, Decimal) and (is_count or not value.is_finite()):
                value = None
            cells.append(_Cell(path, column.metadata["label"], value, is_count, None if is_count else record.unit))
    return cells


def _flags(report: Report, cells: Sequence[_Cell], numbers: Sequence[float | None]) -> dict[str, str]:
    """The flags of the cells that have any, in their order, when these are the numbers that the table has for them."""
    flags: dict[str, list[str]] = {}
    gaps = [cell for cell, number in zip(cells, numbers, strict=True) if number is None]
    if gaps:
        known = Sheet.of(report).cells
        for cell in gaps:
            flags[cell.path] = [known[cell.path].standing.name.lower() if cell.value is None else "inexact"]
    for finding in report.findings:
        if finding.path:
            for cell in cells:
                if finding.covers(cell.path) and finding.code not in (said := flags.setdefault(cell.path, [])):
                    said.append(finding.code)
    return {cell.path: " ".join(flags[cell.path]) for cell in cells if cell.path in flags}


# ── Long ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

_OF_THE_REPORT = ("source", "agency", "form")
_OF_THE_PATH = ("path", "table", "row", "column", "label")


@define
class _Texts:
    """A column of texts of which each is kept once: the texts with their numbers, and the number of each row's text."""

    numbers: dict[str, int] = field(factory=dict)
    chunks: list[Any] = field(factory=list)

    def number(self, text: str | None) -> int | None:
        return None if text is None else self.numbers.setdefault(text, len(self.numbers))


@define
class _Long:
    """The long table as it grows. What all reports with the same cells share is made once."""

    pyarrow: Any
    texts: dict[str, _Texts] = field(init=False)
    years: list[Any] = field(factory=list)
    values: list[Any] = field(factory=list)
    _shapes: dict[tuple[tuple[str, str], ...], list[Any]] = field(factory=dict)
    _gathered: dict[str, list[Any]] = field(init=False)

    @texts.default
    def _columns(self) -> dict[str, _Texts]:
        return {name: _Texts() for name in (*_OF_THE_REPORT, *_OF_THE_PATH, "unit", "flags")}

    @_gathered.default
    def _nothing(self) -> dict[str, list[Any]]:
        return {"value": [], "unit": [], "flags": []}

    def add(self, source: str | None, report: Report) -> None:
        cells = _cells(report)
        for name, chunk in zip(_OF_THE_PATH, self._shape(cells), strict=True):
            self.texts[name].chunks.append(chunk)
        for name, text in zip(_OF_THE_REPORT, (source, report.agency, report.form), strict=True):
            self.texts[name].chunks.append(self._repeated(self.texts[name].number(arrow.text(text)), len(cells)))
        self.years.append(self._repeated(arrow.year(report.year), len(cells)))
        numbers = [arrow.number(cell.value) for cell in cells]
        flags = _flags(report, cells, numbers)
        self._gathered["value"] += numbers
        self._gathered["unit"] += [self.texts["unit"].number(arrow.text(cell.unit)) for cell in cells]
        self._gathered["flags"] += [self.texts["flags"].number(flags.get(cell.path)) for cell in cells]
        if len(self._gathered["value"]) >= _ROWS_AT_ONCE:
            self._gather()

    def table(self) -> Table:
        self._gather()
        arrays = {name: self._dictionary(column) for name, column in self.texts.items()}
        arrays["year"] = self.pyarrow.chunked_array(self.years, self.pyarrow.int32()).combine_chunks()
        arrays["value"] = self.pyarrow.chunked_array(self.values, self.pyarrow.float64()).combine_chunks()
        order = ("source", "agency", "year", "form", *_OF_THE_PATH, "value", "unit", "flags")
        return self.pyarrow.table({name: arrays[name] for name in order})

    def _gather(self) -> None:
        self.values.append(self.pyarrow.array(self._gathered["value"], self.pyarrow.float64()))
        for name in ("unit", "flags"):
            self.texts[name].chunks.append(self.pyarrow.array(self._gathered[name], self.pyarrow.int32()))
        self._gathered = self._nothing()

    def _shape(self, cells: Iterable[_Cell]) -> list[Any]:
        """What the table says of the paths of a report."""
        paths = tuple((cell.path, cell.label) for cell in cells)
        if paths not in self._shapes:
            columns = zip(*(_described(*path) for path in paths), strict=True)
            self._shapes[paths] = [
                self.pyarrow.array([self.texts[name].number(text) for text in column], self.pyarrow.int32())
                for name, column in zip(_OF_THE_PATH, columns, strict=True)
            ]
        return self._shapes[paths]

    def _repeated(self, number: int | None, times: int) -> Any:
        return self.pyarrow.repeat(self.pyarrow.scalar(number, self.pyarrow.int32()), times)

    def _dictionary(self, column: _Texts) -> Any:
        indices = self.pyarrow.chunked_array(column.chunks, self.pyarrow.int32()).combine_chunks()
        texts = self.pyarrow.array(list(column.numbers), self.pyarrow.string())
        return self.pyarrow.DictionaryArray.from_arrays(indices, texts)


def _described(path: str, label: str) -> tuple[str, ...]:
    """What the long table has of a path: itself, its table, row and column, and the labels of row and column."""
    table, _, below = path.partition(".")
    row, _, column = below.rpartition(".")
    return path, table, row, column, f"{label_of(f'{table}.{row}')} · {label}"


# ── Wide ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def wide_columns() -> Mapping[str, type]:
    """The columns of the wide table that hold cells, by path: those of both forms, in the forms' order.

    >>> list(wide_columns())[:4]
    ['disclosure.rules.issued', 'disclosure.rules.repealed', 'disclosure.rules.in_force', 'disclosure.rules.created']
    """
    rows: dict[str, dict[str, type]] = {}
    for form in (Form.F2021, Form.F2019):
        report = Report.blank(form)
        for table in TABLES:
            for path, _, column in walk(getattr(report, table), table):
                rows.setdefault(path.rpartition(".")[0], {})[path] = column.metadata["type"]
    return {path: kind for row in rows.values() for path, kind in row.items()}


def _wide(pyarrow: Any, reports: Iterable[tuple[str | None, Report]]) -> Table:
    schema = _wide_schema(pyarrow)
    batches = []
    rows: list[dict[str, Any]] = []
    for source, report in reports:
        rows.append({"source": arrow.text(source), **_wide_row(report)})
        if len(rows) >= _WIDE_ROWS_AT_ONCE:
            batches.append(pyarrow.RecordBatch.from_pylist(rows, schema))
            rows.clear()
    batches.append(pyarrow.RecordBatch.from_pylist(rows, schema))
    return pyarrow.Table.from_batches(batches, schema).combine_chunks()


def _wide_schema(pyarrow: Any) -> pa.Schema:
    texts = pyarrow.string()
    fields = [("source", texts), ("agency", texts), ("year", pyarrow.int32()), ("form", texts), ("flags", texts)]
    for path, kind in wide_columns().items():
        fields.append((path, pyarrow.int64() if kind is int else pyarrow.float64()))
        if kind is not int:
            fields.append((_unit_of(path), texts))
    return pyarrow.schema(fields)


def _unit_of(path: str) -> str:
    """The column with the unit of an amount."""
    return f"{path.rpartition('.')[0]}.unit"


def _wide_row(report: Report) -> dict[str, Any]:
    cells = _cells(report)
    row: dict[str, Any] = {"agency": arrow.text(report.agency), "year": arrow.year(report.year), "form": report.form}
    numbers = [arrow.integer(cell.value) if cell.is_count else arrow.number(cell.value) for cell in cells]
    for cell, number in zip(cells, numbers, strict=True):
        row[cell.path] = number
        if not cell.is_count:
            row[_unit_of(cell.path)] = arrow.text(cell.unit)
    flags = _flags(report, cells, numbers)
    row["flags"] = " ".join(f"{path}={said.replace(' ', ',')}" for path, said in flags.items()) or None
    return row
