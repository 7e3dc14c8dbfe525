"""GX6: the reports of the subordinate units. Each cell of the whole is the sum over the parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import field, frozen

from gxparse import agencies, exact
from gxparse.findings import Finding
from gxparse.records import TABLES
from gxparse.rules.quantities import Number, Quantity, quantity, sure_quantity
from gxparse.rules.rule import Needs, Rule
from gxparse.rules.sheet import Cell, Sheet, label_of

__all__ = ["RULES"]

# The only column that may be negative: what is known of a sum is no lower bound there.
_SIGNED_COLUMN = "change"
# More cells of a row, and more rows of a table, than this are said in one finding.
_CELLS_SINGLY = 2
_ROWS_SINGLY = 5


@frozen
class _Part:
    """A part of the whole.

    Attributes:
        number: its place in the list.
        sheet: its sheet.
        whole: that of the whole.
        agency: its agency, in one spelling; empty where it names none.
        twin: the first part of this agency and the year of the whole, if it stands before this one.
        is_of_the_whole: whether its agency is that of the whole.
        is_of_another_year: whether it is for another year than the whole.
    """

    number: int
    sheet: Sheet
    whole: Sheet
    agency: str
    twin: _Part | None
    is_of_the_whole: bool
    is_of_another_year: bool = field(init=False)

    @is_of_another_year.default
    def _years_differ(self) -> bool:
        year, other = self.whole.report.year, self.sheet.report.year
        return year is not None and other is not None and year != other

    @property
    def zh(self) -> str:
        agency = self.sheet.report.agency
        return f"第 {self.number} 份下级报告{f'（{agency}）' if agency else ''}"

    @property
    def en(self) -> str:
        agency = self.sheet.report.agency
        return f"part {self.number}{f' ({agency})' if agency else ''}"

    @property
    def same(self) -> tuple[str, str] | None:
        """What is of the same agency and there before it; the whole is there before all parts."""
        if self.twin is not None:
            return self.twin.zh, self.twin.en
        return ("汇总报告", "the report of the whole") if self.is_of_the_whole else None

    def value(self, cell: Cell) -> Number | None:
        """What the part adds to a cell of the whole, if that is known. Money in another unit cannot be added."""
        own = self.sheet.cells.get(cell.path)
        if own is None or self.is_of_another_year:
            return None
        counts = sure_quantity(self.sheet, cell.path)
        if counts is None or (counts.number and own.unit != cell.unit):
            return None
        return counts.number


def _parts(whole: Sheet, sheets: Sequence[Sheet]) -> list[_Part]:
    first: dict[str, _Part] = {}
    parts = []
    for number, sheet in enumerate(sheets, 1):
        name = sheet.report.agency or ""
        agency = agencies.normalised(name)
        is_of_the_whole = agencies.match(whole.report.agency, name) is not None
        part = _Part(number, sheet, whole, agency, first.get(agency), is_of_the_whole)
        if agency and not part.is_of_another_year:
            first.setdefault(agency, part)
        parts.append(part)
    return parts


def _by_agency(parts: Iterable[_Part]) -> list[list[_Part]]:
    """The parts of each agency, of which there ought to be one; those of another year, only if it has no others."""
    groups: dict[str | int, list[_Part]] = {}
    for part in parts:
        groups.setdefault(part.agency or part.number, []).append(part)
    return [[part for part in group if not part.is_of_another_year] or group for group in groups.values()]


def _agreed(group: Iterable[_Part], cell: Cell) -> Number | None:
    """What the parts of one agency add to a cell of the whole: once, what they agree on."""
    values = {part.value(cell) for part in group}
    return values.pop() if len(values) == 1 else None


# ── Sums ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen
class _Sum:
    """A cell of the whole beside the sum over the parts, as far as that is known.

    Attributes:
        cell: the cell.
        found: what it counts for.
        values: what the part or parts of each agency add to it.
        known: the sum of what is known.
        missing: how much the whole lacks; below 0 where it has too much.
    """

    cell: Cell
    found: Quantity
    values: tuple[Number | None, ...]
    known: Number
    missing: Number

    @classmethod
    def of(cls, cell: Cell, groups: Iterable[Iterable[_Part]]) -> _Sum | None:
        """The cell beside the sum, unless the cell is not known or the numbers are too long to be added exactly."""
        if (found := quantity(cell)) is None:
            return None
        values = tuple(_agreed(group, cell) for group in groups)
        known = exact.total(value for value in values if value is not None)
        missing = None if known is None else exact.difference(known, found.number)
        return None if known is None or missing is None else cls(cell, found, values, known, missing)

    @property
    def is_exact(self) -> bool:
        return None not in self.values

    @property
    def holds(self) -> bool:
        """Whether the cell is the sum, or may be as far as the parts are known."""
        if self.is_exact:
            return not self.missing
        return self.cell.column == _SIGNED_COLUMN or self.missing <= 0

    def said(self) -> tuple[str, str]:
        """What was expected and what was found."""
        zh, en = ("应为", "expected") if self.is_exact else ("至少应为", "expected at least")
        return f"{zh} {self.known}，实为 {self.found.zh}", f"{en} {self.known}, found {self.found.en}"


def not_the_sum(sheet: Sheet, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """GX601: cells that are not the sum over the parts; a table from which one part is missing is said to be so."""
    if not sheets:
        return
    groups = _by_agency(_parts(sheet, sheets))
    parts = [group[0] for group in groups]
    sums = [each for cell in sheet.cells.values() if (each := _Sum.of(cell, groups))]
    for table in TABLES:
        chosen = [each for each in sums if each.cell.path.startswith(f"{table}.")]
        wrong = [each for each in chosen if not each.holds]
        rows = [list(row) for _, row in groupby(wrong, key=lambda each: each.cell.row)]
        if (counted := _counted_wrongly(chosen, wrong, parts)) is not None:
            yield _of_cells(sheet, table, wrong, counted)
        elif len(rows) > _ROWS_SINGLY:
            yield _of_cells(sheet, table, wrong)
        else:
            for row in rows:
                yield from _of_row(sheet, row, parts)


def _of_row(sheet: Sheet, row: Sequence[_Sum], parts: Sequence[_Part]) -> Iterator[Finding]:
    if len(row) > _CELLS_SINGLY:
        yield _of_cells(sheet, row[0].cell.row, row)
    else:
        yield from (_of_cell(sheet, each, parts) for each in row)


def _of_cells(sheet: Sheet, path: str, wrong: Sequence[_Sum], why: tuple[str, str] | None = None) -> Finding:
    """What is said of many cells of one row or table at once. ``numbers`` has what is expected in each of them."""
    rows, parts, last = len({each.cell.row for each in wrong}), len(wrong[0].values), wrong[-1]
    said_zh, said_en = last.said()
    zh, en = why or (f"其中“{label_of(last.cell.path)}”{said_zh}", f"{last.cell.path}: {said_en}")
    in_zh, in_en = (f"{rows} 行共 ", f" in {rows} rows") if rows > 1 else ("", "")
    return sheet.finding(
        "GX601",
        path,
        (
            f"{in_zh}{len(wrong)} 格不等于 {parts} 份下级报告之和；{zh}",
            f"{len(wrong)} cells{in_en} are not the sum over {_many(parts, 'part')}; {en}",
        ),
        numbers={"cells": len(wrong), "rows": rows, **{each.cell.path: each.known for each in wrong}},
    )


def _of_cell(sheet: Sheet, wrong: _Sum, parts: Sequence[_Part]) -> Finding:
    zh, en = wrong.said()
    missing = wrong.missing
    by_zh, by_en = ("少", "too few") if missing > 0 else ("多", "too many")
    why = _explanation(wrong, parts)
    before = "blank" if wrong.found.is_blank else wrong.found.number
    return sheet.finding(
        "GX601",
        wrong.cell.path,
        (
            f"{zh}，比 {len(parts)} 份下级报告之和{by_zh} {abs(missing)}{f'；{why[0]}' if why else ''}",
            f"{en}, {abs(missing)} {by_en} for the sum over {_many(len(parts), 'part')}{f'; {why[1]}' if why else ''}",
        ),
        numbers={"expected": wrong.known, "found": wrong.found.number},
        suggestion=f"{wrong.cell.path}: {before} → {wrong.known}{why[2]}" if why and why[2] is not None else None,
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


# ── Explanations ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _counted_wrongly(sums: Sequence[_Sum], wrong: Sequence[_Sum], parts: Sequence[_Part]) -> tuple[str, str] | None:
    """The one part that a whole table leaves out or counts twice, cell for cell."""
    if len({each.cell.row for each in wrong}) < 2 or not all(each.is_exact for each in sums):
        return None
    missing = [each.missing for each in sums]
    found = [
        (part, sign)
        for place, part in enumerate(parts)
        for sign in (1, -1)
        if missing == [sign * (each.values[place] or 0) for each in sums]
    ]
    found = [(part, sign) for part, sign in found if sign == 1 and part.same] or found
    return _counted(*found[0]) if len(found) == 1 else None


def _counted(part: _Part, missing: Number) -> tuple[str, str]:
    if missing < 0:
        return f"多出的恰为{part.zh}的数值，疑重复计入", f"the difference is {part.en}, which seems to be counted twice"
    if part.same:
        return (
            f"相差的恰为{part.zh}的数值，该报告与{part.same[0]}为同一机关，疑重复列入",
            f"the difference is {part.en}, of the same agency as {part.same[1]}, which seems to be listed twice",
        )
    return f"相差的恰为{part.zh}的数值，疑漏计", f"the difference is {part.en}, which seems to be left out"


def _explanation(wrong: _Sum, parts: Sequence[_Part]) -> tuple[str, str, str | None] | None:
    """What may have gone wrong with a cell, if just one thing may: in Chinese, in English, behind a suggestion.

    Where the list of parts is wrong the cell needs no correction.
    """
    if not wrong.is_exact:
        return None
    if _turned(wrong.found.number, wrong.known):
        return "疑为相邻数字颠倒", "two digits seem to be transposed", ""
    pairs = [(part, value) for part, value in zip(parts, wrong.values, strict=True) if value]
    if counted := [part for part, value in pairs if value == abs(wrong.missing)]:
        if wrong.missing > 0 and (listed := [part for part in counted if part.same]):
            return (*_counted(listed[0], wrong.missing), None) if len(listed) == 1 else None
        return _named(counted, [_counted(part, wrong.missing) for part in counted])
    turned = [(part, value) for part, value in pairs if _turned(value, value - wrong.missing)]
    said = [
        (
            f"如将{part.zh}的 {value} 记作 {value - wrong.missing} 即得此数，疑为相邻数字颠倒",
            f"{value} of {part.en} taken for {value - wrong.missing} would give it; two digits seem to be transposed",
        )
        for part, value in turned
    ]
    return _named([part for part, _ in turned], said)


def _named(parts: Sequence[_Part], said: Sequence[tuple[str, str]]) -> tuple[str, str, str] | None:
    return (*said[0], f"; {parts[0].en}") if len(parts) == 1 else None


def _turned(one: Number, other: Number) -> bool:
    """Whether two different numbers differ by two neighbouring digits that have changed places."""
    first, second = str(one), str(other)
    turned = (
        first[:place] + first[place : place + 2][::-1] + first[place + 2 :]
        for place in range(len(first))
        if first[place : place + 2].isdigit()
    )
    return second in turned


# ── Parts that cannot be added ───────────────────────────────────────────────────────────────────────────────────────


def not_addable(sheet: Sheet, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """GX602: parts of another year or form, with cells that have no value, or of an agency that is there already."""
    for part in _parts(sheet, sheets):
        if reasons := list(_reasons(part)):
            zh, en = "；".join(each for each, _ in reasons), "; ".join(each for _, each in reasons)
            yield Finding(
                "GX602",
                "",
                f"{part.zh}：{zh}",
                f"{part.en}: {en}",
                numbers={"part": part.number},
            )


def _reasons(part: _Part) -> Iterator[tuple[str, str]]:
    own, whole = part.sheet.report, part.whole.report
    if part.is_of_another_year:
        yield (
            f"是 {own.year} 年度报告，汇总报告为 {whole.year} 年度，未计入",
            f"it is for {own.year}, the whole for {whole.year}; it is left out of the sums",
        )
    else:
        yield from _gaps(part)
    if part.same:
        once = _counted_once(part)
        yield (
            f"与{part.same[0]}为同一机关，{once[0]}请核对是否重复",
            f"it is of the same agency as {part.same[1]}; {once[1]}please check that it is not there twice",
        )


def _counted_once(part: _Part) -> tuple[str, str]:
    """What becomes of the second report of an agency in the sums."""
    if part.twin is None or part.is_of_another_year:
        return "", ""
    if odd := sum(part.value(cell) != part.twin.value(cell) for cell in part.whole.cells.values()):
        return (
            f"数值只计一次，{odd} 格不一致，这些单元格之和只作下限，",
            f"the two are counted once, and where they differ, in {_many(odd, 'cell')}, "
            "only a lower bound of the sum is known; ",
        )
    return "数值只计一次，", "the two are counted once; "


def _gaps(part: _Part) -> Iterator[tuple[str, str]]:
    own, whole = part.sheet.report, part.whole.report
    if own.form and whole.form and own.form is not whole.form:
        yield (
            f"采用 {own.form} 年格式，汇总报告采用 {whole.form} 年格式，只计入两种格式共有的单元格",
            f"it uses form {own.form}, the whole form {whole.form}; only the cells of both are added",
        )
    if gaps := sum(part.value(cell) is None for cell in part.whole.cells.values()):
        yield (
            f"{gaps} 格没有可以相加的数值（不能确定，或金额单位不同），这些单元格之和只作下限",
            f"{_many(gaps, 'cell')} without a value to add (not certain, or money in another unit), "
            "so that only a lower bound of the sum is known there",
        )


RULES = (
    Rule(not_the_sum, ("GX601",), Needs.PARTS),
    Rule(not_addable, ("GX602",), Needs.PARTS),
)
