"""Tables as text, one row a line, with bars or tabs between the cells."""

from __future__ import annotations

from gxparse.rendering.outline import Grid, lacking, matrix, one_line, own


def piped_rows(
    grid: Grid, *, leading: bool = False, trailing: bool = False, fillers: bool = True, spare: int = 0
) -> str:
    """One row a line, ``|`` after each cell; what the row has fewer than columns as ``|||`` at its end."""
    lines = []
    for row in grid.rows:
        texts = [one_line(box.text) for box in own(row)]
        missing = lacking(grid, row) + spare if fillers else 0
        lines.append(
            ("| " if leading else "")
            + " | ".join(texts)
            + " |"
            + (" " + "|" * missing if missing else " " if trailing else "")
        )
    return "\n".join(lines)


def tabbed_rows(grid: Grid, *, spreadsheet: bool) -> str:
    """Tabs between cells: a spreadsheet has an empty cell where a box goes on, a browser has nothing there."""
    lines = []
    for row, slots in zip(grid.rows, matrix(grid), strict=True):
        if spreadsheet:
            texts = ["" if slot.from_left or slot.from_above else slot.box.text for slot in slots]
            texts = [f'"{text}"' if "\n" in text else text for text in texts]
            texts += [""] * (grid.width - len(texts))
        else:
            texts = [one_line(box.text) for box in own(row)]
        lines.append("\t".join(texts))
    return "\n".join(lines)
