"""What a measurement comes to: a table to print, and the limits that it breaks."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field


@define
class Outcome:
    """A part of the benchmark.

    Attributes:
        title: what is measured, and against which limit.
        heads: the heads of the columns.
        rows: the table, text by text.
        notes: what is to be said below the table.
        broken: the limits that do not hold.
    """

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(factory=list)
    notes: list[str] = field(factory=list)
    broken: list[str] = field(factory=list)

    def add(self, *cells: str, problem: str | None = None) -> None:
        """Adds a row; with a problem it breaks a limit, and its last cell says FAILED."""
        self.rows.append((*cells, "FAILED" if problem else "ok"))
        if problem:
            self.broken.append(f"{cells[0]}: {problem}")

    def __str__(self) -> str:
        table = [self.heads, *self.rows]
        widths = [max(len(row[column]) for row in table) for column in range(len(self.heads))]
        lines = [self.title, "", _row(self.heads, widths), "  ".join("-" * width for width in widths)]
        lines += [_row(row, widths) for row in self.rows]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes), ""])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """A row: the first cell begins at the left, the others end at the right."""
    first, *rest = (pair for pair in zip(cells, widths, strict=True))
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]).rstrip()
