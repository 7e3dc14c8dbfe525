"""Tables as text, one cell a line or paragraph, as the text of Word files and of web pages has them."""

from __future__ import annotations

import re

from gxparse.rendering.outline import Grid, lacking, matrix, own


def stacked(text: str) -> str:
    """A narrow cell's text, its characters one below the other, the number of an item before the first."""
    number, rest = re.fullmatch(r"(（.）|[一二三四]、)?(.*)", text, re.DOTALL).groups(default="")  # type: ignore[union-attr]
    return "\n".join([number, *rest] if number else rest)


def tab_indented(grid: Grid, *, vertical: bool = False) -> str:
    """Each cell on a line that begins with a tab, rows ended by a blank line; a cell's own line breaks without tab."""
    lines: list[str] = []
    for slots in matrix(grid):
        for slot in slots:
            if not slot.from_left and not slot.box.gone:
                text = "" if slot.from_above else slot.box.text
                lines.append("\t" + (stacked(text) if vertical and slot.box.narrow else text))
        lines.append("")
    return "\n".join([*lines, ""])


def piped_cells(grid: Grid) -> str:
    """One cell a line, each ending in ``|``; lines of ``|`` only where a row has fewer cells than columns."""
    lines: list[str] = []
    for row in grid.rows:
        lines += [f"{box.text} |" for box in own(row)]
        if missing := lacking(grid, row):
            lines.append("|" * missing)
    return "\n".join(lines)


def pipe_after_cell(grid: Grid) -> str:
    """``|`` alone on the line after each cell, and before the first of a row."""
    lines: list[str] = []
    for row in grid.rows:
        for number, box in enumerate(own(row)):
            lines += [box.text if number else f"| {box.text}", "|"]
        if missing := lacking(grid, row):
            lines.append("|" * missing)
    return "\n".join(lines)


def pipe_before_row(grid: Grid, *, padded: bool) -> str:
    """``|`` on a line before each row, cells a line each: padded with blanks or not."""
    lines: list[str] = []
    for row in grid.rows:
        cells = [f" {box.text}  | " if padded else f"{box.text} |" for box in own(row)]
        if missing := lacking(grid, row):
            cells[-1] = cells[-1].rstrip() + " " + "|" * missing
        lines += ["| " if padded else "|", *cells]
    return "\n".join(lines)


def cell_paragraphs(grid: Grid, *, padded: bool = False) -> str:
    """One cell a paragraph, blank lines between; a blank cell is a paragraph of white space."""
    texts = (box.text for row in grid.rows for box in own(row))
    paragraphs = (line for text in texts for line in (text or "  ").split("\n"))
    return "\n\n".join(f" {line} " if padded else line for line in paragraphs)


def cell_lines(grid: Grid, *, filled: bool) -> str:
    """One cell a line, empty cells as empty lines, also where a box from above goes on; ``filled``: in each column."""
    lines: list[str] = []
    for slots in matrix(grid):
        shown = (slot for slot in slots if (filled or not slot.from_left) and not slot.box.gone)
        lines += ["" if slot.from_left or slot.from_above else slot.box.text for slot in shown]
    return "\n".join(lines)
