"""The layouts in which programs write the text of a report, by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from gxparse.rendering.cells import (
    cell_lines,
    cell_paragraphs,
    pipe_after_cell,
    pipe_before_row,
    piped_cells,
    tab_indented,
)
from gxparse.rendering.columns import aligned, boxed, narrow
from gxparse.rendering.markdown import markdown, markdown_by_row
from gxparse.rendering.outline import Grid, Kind, Line, Outline
from gxparse.rendering.rows import piped_rows, tabbed_rows

#: What writes an outline as text.
Style: TypeAlias = Callable[[Outline], str]


def plain(line: Line) -> str:
    """A line of the text as it is."""
    return line.text


def hashed(line: Line) -> str:
    """A line of the text in Markdown, headings marked."""
    return {Kind.TITLE: "# ", Kind.HEADING: "\n## ", Kind.SUBHEADING: "### "}.get(line.kind, "") + line.text + "\n"


def write(blocks: Outline, table: Callable[[Grid], str], line: Callable[[Line], str] = plain, gap: str = "\n") -> str:
    """An outline as text: its tables as ``table`` writes them, its lines as ``line`` does, ``gap`` between."""
    return gap.join(line(block) if isinstance(block, Line) else table(block) for block in blocks) + "\n"


#: The layouts that text extracted from reports comes in; what writes each of them says which program does so.
STYLES: Mapping[str, Style] = {
    "tab indented": partial(write, table=tab_indented),
    "tab indented, vertical heads": partial(write, table=partial(tab_indented, vertical=True)),
    "rows |": partial(write, table=partial(piped_rows, fillers=False)),
    "rows | |||": partial(write, table=piped_rows),
    "rows | ||||": partial(write, table=partial(piped_rows, spare=1)),
    "| rows |": partial(write, table=partial(piped_rows, leading=True, fillers=False)),
    "| rows | |||": partial(write, table=partial(piped_rows, leading=True)),
    "| rows | with trailing space": partial(write, table=partial(piped_rows, leading=True, trailing=True)),
    "cells |": partial(write, table=piped_cells),
    "| cells, | after each": partial(write, table=pipe_after_cell),
    "| before rows, padded": partial(write, table=partial(pipe_before_row, padded=True)),
    "| before rows": partial(write, table=partial(pipe_before_row, padded=False)),
    "cell paragraphs": partial(write, table=cell_paragraphs, gap="\n\n"),
    "cell paragraphs, padded": partial(write, table=partial(cell_paragraphs, padded=True), gap="\n\n"),
    "cell lines": partial(write, table=partial(cell_lines, filled=False)),
    "cell lines, filled": partial(write, table=partial(cell_lines, filled=True)),
    "tabs, spreadsheet": partial(write, table=partial(tabbed_rows, spreadsheet=True)),
    "tabs, browser": partial(write, table=partial(tabbed_rows, spreadsheet=False)),
    "aligned": partial(write, table=aligned),
    "aligned, wrapped": partial(write, table=partial(aligned, limits=narrow)),
    "aligned, wrapped, values between": partial(write, table=partial(aligned, limits=narrow, between=True)),
    "boxes": partial(write, table=partial(boxed, rules=False)),
    "boxes with rules": partial(write, table=partial(boxed, rules=True)),
    "Markdown": partial(write, table=markdown, line=hashed),
    "Markdown, compact": partial(write, table=partial(markdown, compact=True), line=hashed),
    "Markdown, a table a row": partial(write, table=markdown_by_row, line=hashed),
}

#: The styles in which nothing is lost: rows and blank cells can be told from what is written.
LOSSLESS = (
    "tab indented", "tab indented, vertical heads", "rows |", "| rows |", "tabs, spreadsheet", "tabs, browser", "boxes",
    "boxes with rules", "Markdown",
)  # fmt: skip
