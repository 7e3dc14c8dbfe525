"""GX2: what stands in the cells. Blanks that belong together make one finding, however many they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import frozen

from gxparse.findings import Finding
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Cell, Sheet, Standing, above, common, label_of

__all__ = ["RULES"]

# The only column that counts a difference.
_SIGNED_COLUMN = "change"
# The columns of a request by an organisation. Where all of them are blank they are named as the form's head names them.
_ORGANISATIONS = ("enterprise", "research_institution", "public_welfare_organization", "legal_service_agency", "other")
# More gaps of one shape in a table than this are said in one finding.
_SINGLY = 3
_SHOWN_CHARACTERS = 40


def blank(sheet: Sheet) -> Iterator[Finding]:
    """GX201: a cell in which nothing stands, or that its row does not have. The form wants a 0 in it."""
    chosen = [
        cell
        for cell in sheet.cells.values()
        if cell.standing in (Standing.BLANK, Standing.ABSENT) and sheet.is_there(cell.row)
    ]
    for gap in _gaps(sheet, chosen):
        zh, en = gap.extent()
        printed = all(cell.standing is Standing.BLANK for cell in gap.cells)
        said_zh, said_en = ("空白", "blank") if printed else ("空白或缺失", "blank or not there")
        yield sheet.finding(
            "GX201",
            gap.path,
            (f"{zh}{said_zh}；没有的应填 0", f"{en} {said_en}; write 0 where there is nothing to report"),
            numbers=gap.numbers(),
        )


def not_applicable(sheet: Sheet) -> Iterator[Finding]:
    """GX203: ``/``, ``无``, ``不涉及`` or the like instead of a number."""
    chosen = [cell for cell in sheet.cells.values() if cell.standing is Standing.NOT_APPLICABLE]
    for gap in _gaps(sheet, chosen):
        zh, en = gap.extent()
        tokens = list(dict.fromkeys(f"“{_shown(cell)}”" for cell in gap.cells))
        yield sheet.finding(
            "GX203",
            gap.path,
            (
                f"{zh}填写{'、'.join(tokens)}；没有的应填 0",
                f"{en} filled with {', '.join(tokens)}; write 0 where there is nothing to report",
            ),
            numbers=gap.numbers(),
        )


def not_a_number(sheet: Sheet) -> Iterator[Finding]:
    """GX202: a text that cannot be read as a number."""
    for cell in sheet.cells.values():
        if cell.standing is Standing.TEXT:
            yield sheet.finding(
                "GX202",
                cell.path,
                (
                    f"“{_shown(cell)}”不能读作数字，应填数字",
                    f"“{_shown(cell)}” cannot be read as a number; a number is expected",
                ),
            )


def negative(sheet: Sheet) -> Iterator[Finding]:
    """GX204: a negative count or amount. Only the column 本年增/减 may be negative."""
    for cell in sheet.cells.values():
        if (
            cell.standing is Standing.NUMBER
            and cell.value is not None
            and cell.value < 0
            and cell.column != _SIGNED_COLUMN
        ):
            yield sheet.finding(
                "GX204",
                cell.path,
                (f"不能为负数，实为 {cell.value}", f"expected no negative number, found {cell.value}"),
                numbers={"found": cell.value},
            )


def fraction(sheet: Sheet) -> Iterator[Finding]:
    """GX205: a count that is not a whole number."""
    for cell in sheet.cells.values():
        if cell.standing is Standing.FRACTION:
            yield sheet.finding(
                "GX205",
                cell.path,
                (f"件数应为整数，实为 {_shown(cell)}", f"expected a whole number, found {_shown(cell)}"),
            )


def without_unit(sheet: Sheet) -> Iterator[Finding]:
    """GX206: an amount of money that names no unit; 0 needs none."""
    for cell in sheet.cells.values():
        if cell.standing is Standing.NUMBER and not cell.is_count and cell.value and not cell.unit:
            yield sheet.finding(
                "GX206",
                cell.path,
                (f"金额 {cell.value} 没有注明单位（元、万元）", f"the amount {cell.value} has no unit (元 or 万元)"),
                numbers={"found": cell.value},
            )


def _shown(cell: Cell) -> str:
    """What is printed in a cell, short enough for a message."""
    text = str(cell.value) if cell.raw is None else " ".join(cell.raw.split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"


# ── Gaps ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen
class _Gap:
    """Cells that lack a number and are spoken of together: a cell, parts of a row, rows, a whole table.

    Attributes:
        path: the cell, or the row, group of rows or table that all the cells are in.
        cells: the cells, in the form's order.
        columns: the columns they are in, unless everything at ``path`` is one gap.
    """

    path: str
    cells: tuple[Cell, ...]
    columns: tuple[str, ...] = ()

    def extent(self) -> tuple[str, str]:
        """How far the gap goes, in Chinese and English, as the subject of a sentence."""
        count, rows = self.numbers().values()
        if count == 1:
            return "此格", "the cell is"
        named = list(self._named_columns())
        labels, names = "、".join(zh for zh, _ in named), ", ".join(en for _, en in named)
        zh = f"{f'{rows} 行共 ' if rows > 1 else ''}{count} 格{f'（{labels}）' if labels else ''}"
        en = f"{count} cells{f' in {rows} rows' if rows > 1 else ''}{f' ({names})' if names else ''} are"
        return zh, en

    def _named_columns(self) -> Iterator[tuple[str, str]]:
        """The names of the columns in Chinese and English; those of organisations have one together."""
        together = set(_ORGANISATIONS) <= set(self.columns)
        first_of_column = {cell.column: cell.path for cell in reversed(self.cells)}
        for column in self.columns:
            if not together or column not in _ORGANISATIONS:
                yield _last_label(first_of_column[column]), column
            elif column == _ORGANISATIONS[0]:
                yield "法人或其他组织各列", "all columns of organisations"

    def numbers(self) -> dict[str, int]:
        return {"cells": len(self.cells), "rows": len({cell.row for cell in self.cells})}


def _last_label(path: str) -> str:
    return (label_of(path) or path).rpartition(" · ")[2]


def _gaps(sheet: Sheet, chosen: Sequence[Cell]) -> Iterator[_Gap]:
    """The chosen cells in as few gaps as still name their place exactly; rows that are missing do not count.

    Rows, groups of rows and tables that are chosen as a whole make one gap, and so do the chosen cells of one row.
    Many gaps of one shape in one table (every row filled in its last column only, say) become one.
    """
    by_shape: dict[tuple[str, tuple[str, ...]], list[_Gap]] = {}
    for gap in _single_gaps(sheet, chosen):
        by_shape.setdefault((gap.path.partition(".")[0], gap.columns), []).append(gap)
    for (_, columns), gaps in by_shape.items():
        if len(gaps) <= _SINGLY:
            yield from gaps
        else:
            cells = tuple(cell for gap in gaps for cell in gap.cells)
            yield _Gap(common(gap.path for gap in gaps), cells, columns)


def _single_gaps(sheet: Sheet, chosen: Sequence[Cell]) -> Iterator[_Gap]:
    """Each wholly chosen row, group or table, and the chosen cells of each other row."""
    if not chosen:
        return
    there = Counter(each for cell in sheet.cells.values() if sheet.is_there(cell.row) for each in above(cell.path))
    taken = Counter(each for cell in chosen for each in above(cell.path))
    whole = {path for path, count in taken.items() if path and count == there[path]}

    def place(cell: Cell) -> str:
        wholly = [each for each in above(cell.row) if each in whole]
        return wholly[-1] if wholly else cell.row

    for path, group in groupby(chosen, key=place):
        cells = tuple(group)
        yield _Gap(
            path=cells[0].path if len(cells) == 1 else path,
            cells=cells,
            columns=() if path in whole else tuple(cell.column for cell in cells),
        )


RULES = (
    Rule(blank, ("GX201",)),
    Rule(not_a_number, ("GX202",)),
    Rule(not_applicable, ("GX203",)),
    Rule(negative, ("GX204",)),
    Rule(fraction, ("GX205",)),
    Rule(without_unit, ("GX206",)),
)
