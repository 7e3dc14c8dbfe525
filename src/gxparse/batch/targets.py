"""The formats of a batch: how the reports of a chunk are packed, and how what is packed becomes one file.

Packing is the work of many processes, putting together that of one, which holds no more than a few chunks at a time.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeAlias

import attrs
from attrs import frozen

from gxparse.batch import rows
from gxparse.batch.harmless import storable
from gxparse.batch.text import BYTE_ORDER_MARK, csv_of
from gxparse.errors import RenderError
from gxparse.records import Report
from gxparse.serialise import to_json

__all__ = ["FORMATS", "Named", "Target", "target_of"]

Named: TypeAlias = tuple[str, Report]

# A group of rows of Parquet; smaller ones are slow to read.
_ROWS_AT_ONCE = 100_000


class Target(Protocol):
    """A format to write."""

    def pack(self, reports: Sequence[Named]) -> bytes:
        """What a chunk keeps of its reports, each with the name of its source."""

    def merge(self, packed: Iterator[BinaryIO], output: Path) -> None:
        """Writes a file of all that is packed, in this order."""


@frozen
class Lines:
    """JSON Lines: what :func:`gxparse.to_json` writes, with the name of the source in ``metadata``."""

    def pack(self, reports: Sequence[Named]) -> bytes:
        """A line for each report."""
        return "".join(f"{to_json(_with_source(*each))}\n" for each in reports).encode("utf-8", "backslashreplace")

    def merge(self, packed: Iterator[BinaryIO], output: Path) -> None:
        """The lines of all."""
        _concatenated(b"", packed, output)


@frozen
class Csv:
    """CSV, with a row for each cell, or if ``is_wide`` for each report."""

    is_wide: bool

    def pack(self, reports: Sequence[Named]) -> bytes:
        """The rows, without a head."""
        write = rows.wide if self.is_wide else rows.long
        return csv_of(row for each in reports for row in write(*each))

    def merge(self, packed: Iterator[BinaryIO], output: Path) -> None:
        """The head, and the rows of all."""
        write_csv(rows.wide_head() if self.is_wide else rows.LONG, packed, output)


@frozen
class Workbook(Csv):
    """A workbook for Excel, with the cells of the CSV: texts as texts, numbers as numbers where Excel can hold them."""

    def merge(self, packed: Iterator[BinaryIO], output: Path) -> None:
        """The rows of all, on as many sheets as they need."""
        from gxparse.batch.workbook import write  # noqa: PLC0415 - it needs an extra

        write(rows.wide_head() if self.is_wide else rows.LONG, packed, output)


@frozen
class Parquet:
    """Parquet, the table that :func:`gxparse.to_frame` makes."""

    is_wide: bool

    def pack(self, reports: Sequence[Named]) -> bytes:
        """The table of these reports, in the format in which Arrow keeps it."""
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415

        table = self._table(reports)
        stream = BytesIO()
        with pa.ipc.new_stream(stream, table.schema) as writer:
            writer.write_table(table)
        return stream.getvalue()

    def merge(self, packed: Iterator[BinaryIO], output: Path) -> None:
        """The tables of all, one below the other, in groups of many rows."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415

        with pq.ParquetWriter(output, self._table(()).schema) as writer:
            tables: list[Any] = []
            for each in packed:
                tables.append(pa.ipc.open_stream(each.read()).read_all())
                if sum(table.num_rows for table in tables) >= _ROWS_AT_ONCE:
                    writer.write_table(pa.concat_tables(tables))
                    tables.clear()
            if tables:
                writer.write_table(pa.concat_tables(tables))

    def _table(self, reports: Sequence[Named]) -> Any:
        from gxparse.collection.frame import to_frame  # noqa: PLC0415

        return to_frame([report for _, report in reports], wide=self.is_wide, sources=[name for name, _ in reports])


@frozen
class _Format:
    """A format by its suffix: what writes it, the package it needs and the extra that has it, and its usual layout."""

    make: Callable[[bool], Target]
    package: str | None = None
    extra: str | None = None
    is_wide: bool = False


#: The formats by the suffixes of their files.
FORMATS = {
    ".parquet": _Format(Parquet, "pyarrow", "frame"),
    ".csv": _Format(Csv),
    ".jsonl": _Format(lambda _wide: Lines()),
    ".xlsx": _Format(Workbook, "xlsxwriter", "xlsx", is_wide=True),
}


def target_of(output: Path, *, is_wide: bool | None = None) -> Target:
    """The format that the name of a file asks for.

    Raises:
        RenderError: the suffix is none of the known, or the format needs an extra that is not installed.
    """
    known = FORMATS.get(output.suffix.lower())
    if known is None:
        names = ", ".join(FORMATS)
        raise RenderError(f"{output}：文件名须以 {names} 之一结尾。 {output}: the name must end in one of {names}.")
    if known.package and find_spec(known.package) is None:
        raise RenderError(
            f'写 {output.suffix} 文件需要安装：pip install "gxparse[{known.extra}]"。 '
            f'To write {output.suffix} files: pip install "gxparse[{known.extra}]".'
        )
    return known.make(known.is_wide if is_wide is None else is_wide)


def write_csv(head: Sequence[str], packed: Iterable[BinaryIO], output: Path) -> None:
    """A file of CSV of a head and of rows that are packed already."""
    _concatenated(BYTE_ORDER_MARK + csv_of([tuple(head)]), packed, output)


def _concatenated(first: bytes, packed: Iterable[BinaryIO], output: Path) -> None:
    with output.open("wb") as file:
        file.write(first)
        for each in packed:
            shutil.copyfileobj(each, file)


def _with_source(source: str, report: Report) -> Report:
    return attrs.evolve(report, metadata={**report.metadata, "source": storable(source)})
