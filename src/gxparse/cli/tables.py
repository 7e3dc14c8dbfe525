"""A report as tables to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs
import click
from attrs import frozen
from rich.box import SIMPLE_HEAD
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from gxparse._terminal import align, printable
from gxparse.cli.console import Language, is_terminal, say
from gxparse.messages import counted, counts
from gxparse.records import Disclosure, OtherTable, Proceedings, Report, Requests
from gxparse.rules.sheet import Cell, Sheet, label_of

__all__ = ["heading", "show"]

_NAMES = {Disclosure: "disclosure", Requests: "requests", Proceedings: "proceedings"}
_SHOWN_CHARACTERS = 20


@frozen
class Grid:
    """A table to be shown: its head and its rows, the first cell of each a label.

    The title is blank where the table is a further part of the one before.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def show(report: Report, language: Language) -> None:
    """Print who reports on what, and the tables; drawn at a terminal, else as bare aligned text."""
    for line in align([(name, printable(value)) for name, value in _particulars(report, language)]):
        say(line)
    console = Console(highlight=False) if is_terminal() else None
    for grid in _grids(report, language):
        if console:
            console.print(_drawn(grid))
        else:
            say(f"\n{grid.title}" if grid.title else "")
            for line in align([grid.head, *grid.rows], right=range(1, len(grid.head))):
                say(line)


def heading(text: str) -> str:
    """A title between the tables, that stands out at a terminal."""
    return click.style(text, bold=True) if is_terminal() else text


def _particulars(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    period = report.period
    known = (
        ("标题", "title", report.title),
        ("机关", "agency", report.agency),
        ("年度", "year", report.year),
        ("格式", "form", report.form),
        ("统计期限", "period", period and f"{period.start} – {period.end}"),
        ("发布日期", "issued on", report.issued_on),
        ("发布机关", "issued by", report.issued_by),
        ("读取", "reading", _reading(report, language)),
    )
    for zh, en, value in known:
        yield language.choose(zh, en), "–" if value is None else str(value)


def _reading(report: Report, language: Language) -> str:
    """What was found while reading."""
    if not report.findings:
        return language.choose("没有发现问题", "nothing found")
    return counted(counts(report.findings), language)


def _grids(report: Report, language: Language) -> Iterator[Grid]:
    yield from _grids_of(report, language, "")
    for other in report.other_tables:
        yield from _grids_of(_alone(other), language, other.caption or language.choose("另一张表", "another table"))


def _alone(other: OtherTable) -> Report:
    """A report that holds nothing but this table."""
    blank = Report()
    empty = {name: attrs.evolve(getattr(blank, name)) for name in _NAMES.values()}
    return attrs.evolve(blank, **{**empty, _NAMES[type(other.table)]: other.table})


def _grids_of(report: Report, language: Language, caption: str) -> Iterator[Grid]:
    """The tables of a report, each part with columns of its own in a grid of its own."""
    sheet = Sheet.of(report)
    shown = [row for row in sheet.rows if not caption or sheet.is_there(row)]
    titled: set[str] = set()
    by_columns = groupby(shown, key=lambda row: (row.partition(".")[0], *(cell.column for cell in sheet.rows[row])))
    for (table, *_), rows in by_columns:
        paths = list(rows)
        title = language.choose(label_of(table) or table, table)
        title = f"{title}（{printable(caption)}）" if caption else title
        yield Grid(
            title="" if table in titled else title,
            head=("", *(_name(cell.path, language) for cell in sheet.rows[paths[0]])),
            rows=tuple(_lines(sheet, paths, language)),
        )
        titled.add(table)


def _lines(sheet: Sheet, paths: Iterable[str], language: Language) -> Iterator[tuple[str, ...]]:
    """The rows, indented below the labels of their groups."""
    said: set[str] = set()
    for path in paths:
        parts = path.split(".")
        for depth in range(2, len(parts) + 1):
            group = ".".join(parts[:depth])
            # （六）其他处理 is a group of rows in form 2021, and a row of the same name in form 2019.
            doubled = group != path and _name(group, language) == _name(path, language)
            if group not in said and not doubled:
                said.add(group)
                cells = sheet.rows[path] if group == path else ()
                yield "  " * (depth - 2) + _name(group, language), *(_shown(cell) for cell in cells)


def _name(path: str, language: Language) -> str:
    return language.choose((label_of(path) or path).rpartition(" · ")[2], path.rpartition(".")[2])


def _shown(cell: Cell) -> str:
    """The value of a cell; where it has none, what is printed there."""
    if cell.value is not None:
        return f"{cell.value} {cell.unit}" if cell.unit else str(cell.value)
    text = printable((cell.raw or "")[: _SHOWN_CHARACTERS + 1]).strip()
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"


def _drawn(grid: Grid) -> Group:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, name in enumerate(grid.head):
        table.add_column(Text(name), justify="right" if place else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*(Text(cell, style="dim" if cell == "0" else "") for cell in row))
    return Group(Text(f"\n{grid.title}", style="bold"), table) if grid.title else Group(table)
