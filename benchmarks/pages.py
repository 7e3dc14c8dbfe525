"""The reports that are measured, each as extracted text and as the page of a portal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import escape
from io import StringIO
from pathlib import Path

import pandas as pd

import gxparse
from tests.layouts import FORMS, LAYOUTS, Box, Grid, Kind, Line, Outline, distinct, outline, sample

ROOT = Path(__file__).resolve().parents[1]


def texts() -> dict[str, Path]:
    """The whole reports at hand: the examples, and the reports of the corpus where it is beside the project."""
    corpus = Path(os.environ.get("GXPARSE_CORPUS") or ROOT.parent / "shared" / "corpus")
    files = [*sorted((ROOT / "examples").glob("*.txt")), *sorted((corpus / "seeds").glob("*.txt"))]
    return {file.stem: file for file in files}


def unseen(count: int) -> Iterator[tuple[str, str]]:
    """Reports that no one has parsed before: text and page, in every layout in turn, no two with the same numbers."""
    layouts = list(LAYOUTS.values())
    for number in range(count):
        report = distinct(sample(FORMS[number % len(FORMS)]), seed=number, start=1000 + 200 * number)
        yield layouts[number % len(layouts)](report), page(outline(report))


def page_of(text: str) -> str:
    """The page that shows the report of a text: its paragraphs, and its tables with the spans of the official form.

    Raises:
        AssertionError: ``pandas`` does not find in it the three tables and every number that the text yields.
    """
    report = gxparse.parse_text(text)
    html = page(outline(report))
    frames = pd.read_html(StringIO(html))
    shown = {str(value) for frame in frames for value in frame.to_numpy().ravel()}
    numbers = {float(value) for value in shown if value.lstrip("-+").replace(".", "", 1).isdecimal()}
    values = {float(cell.value) for cell in report.cells() if cell.value is not None}
    assert len(frames) == 3, len(frames)
    assert values <= numbers, values - numbers
    return html


def page(blocks: Outline) -> str:
    """An outline as HTML. Bare tags: what portals add, styles above all, would only make the page slower to read."""
    body = "\n".join(_line(block) if isinstance(block, Line) else _table(block) for block in blocks)
    return f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n'


def _line(line: Line) -> str:
    tag = {Kind.TITLE: "h1", Kind.HEADING: "h2", Kind.SUBHEADING: "h3"}.get(line.kind, "p")
    return f"<{tag}>{escape(line.text)}</{tag}>"


def _table(grid: Grid) -> str:
    rows = "\n".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in grid.rows)
    return f"<table>\n{rows}\n</table>"


def _cell(box: Box) -> str:
    across = f' colspan="{box.across}"' if box.across > 1 else ""
    down = f' rowspan="{box.down}"' if box.down > 1 else ""
    return f"<td{across}{down}>{escape(box.text)}</td>"
