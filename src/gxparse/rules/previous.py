"""GX5: the report of last year. What is carried over and what is in force goes on from it; the text does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
from attrs import frozen

from gxparse import agencies
from gxparse.findings import Finding, Severity
from gxparse.records import SECTIONS, Activity, DisclosedDocuments, FeeItems, IssuedDocuments, TextSection
from gxparse.rules.equations import equations, weigh
from gxparse.rules.quantities import Quantity, quantity, sure_quantity
from gxparse.rules.rule import Needs, Rule
from gxparse.rules.sections import section_texts
from gxparse.rules.sheet import Cell, Sheet
from gxparse.similarity import similarity

__all__ = ["RULES"]

_CARRIED_IN = "requests.carried_in"
_CARRIED_OUT = "requests.carried_out"

# From how many times as much on a number is far from that of last year, and how great the greater must be: from 1 to
# 10 is nothing. No more of them are named than one looks at.
_LEAP = 10
_GREAT = 100
_NAMED_LEAPS = 5

# From where on a text is a copy, and how long it must be: that there is nothing to report is said in the same words.
_COPY = 0.9
_LONG = 100


# ── What is carried over ─────────────────────────────────────────────────────────────────────────────────────────────


def carried_over(sheet: Sheet, previous: Sheet) -> Iterator[Finding]:
    """GX501: in each column of table three, row 二 is what row 四 was in the report of last year."""
    differing: dict[str, tuple[Quantity, Quantity]] = {}
    for cell in sheet.rows.get(_CARRIED_IN, ()):
        found, expected = quantity(cell), sure_quantity(previous, f"{_CARRIED_OUT}.{cell.column}")
        if found and expected and found.number != expected.number:
            differing[cell.path] = (found, expected)
    settles = bool(differing) and _settles(sheet, {path: int(each.number) for path, (_, each) in differing.items()})
    for path, (found, expected) in differing.items():
        before = "blank" if found.is_blank else found.number
        blank_zh, blank_en = ("为空白，按 0 计", ", blank, counted as 0") if expected.is_blank else ("", "")
        finding = sheet.finding(
            "GX501",
            path,
            (
                f"应为 {expected.number}（上年报告的结转下年度继续办理{blank_zh}），实为 {found.zh}，请核对两年的报告",
                f"expected {expected.number} (carried out in the report of last year{blank_en}), found {found.en}; "
                "please check both reports",
            ),
            numbers={"expected": expected.number, "found": found.number},
            suggestion=f"{path}: {before} → {expected.number}" if settles else None,
        )
        yield _as_grave_as_sure(finding, sheet, previous)


def _settles(sheet: Sheet, changes: Mapping[str, int]) -> bool:
    """Whether the cells can have these values without a sum failing that holds now."""
    return all(weigh(sheet, each, changes).holds or not weigh(sheet, each).holds for each in equations(sheet).equations)


# ── Stocks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen
class _Term:
    """What is added to a stock, or taken from it where ``sign`` is −, with its names."""

    quantity: Quantity | None
    zh: str
    en: str
    sign: str = "+"


def stocks(sheet: Sheet, previous: Sheet) -> Iterator[Finding]:
    """GX502: what is in force, disclosed or listed in all goes on from last year. Two forms cannot be compared."""
    for name in attrs.fields_dict(type(sheet.report.disclosure)):
        row = getattr(sheet.report.disclosure, name)
        if type(row) is type(getattr(previous.report.disclosure, name)):
            path = f"disclosure.{name}"
            if isinstance(row, IssuedDocuments):
                yield from _in_force(sheet, previous, path)
            elif isinstance(row, DisclosedDocuments):
                yield from _disclosed(sheet, previous, path)
            elif isinstance(row, Activity | FeeItems):
                yield from _items(sheet, previous, path)


def _in_force(sheet: Sheet, previous: Sheet, path: str) -> Iterator[Finding]:
    """Form 2021: documents in force."""
    yield from _goes_on(
        *(sheet, previous, f"{path}.in_force"),
        _Term(_at(previous, path, "in_force"), "上年现行有效", "in force last year"),
        _Term(_at(sheet, path, "issued"), "本年制发", "issued"),
        _Term(_at(sheet, path, "repealed"), "本年废止", "repealed", "−"),
    )


def _disclosed(sheet: Sheet, previous: Sheet, path: str) -> Iterator[Finding]:
    """Form 2019: documents disclosed. The form has no column for those repealed, so that fewer may be right."""
    yield from _goes_on(
        *(sheet, previous, f"{path}.total_disclosed"),
        _Term(_at(previous, path, "total_disclosed"), "上年对外公开总数量", "disclosed in all last year"),
        _Term(_at(sheet, path, "newly_disclosed"), "本年新公开", "newly disclosed"),
        fewer_may_be_right=True,
    )


def _items(sheet: Sheet, previous: Sheet, path: str) -> Iterator[Finding]:
    """Form 2019: the items that there were last year."""
    yield from _goes_on(
        *(sheet, previous, f"{path}.items_last_year"),
        _Term(_at(previous, path, "items_last_year"), "上年报告的上一年项目数量", "items of the year before"),
        _Term(_at(previous, path, "change"), "上年报告的本年增/减", "change of last year"),
    )


def _goes_on(
    sheet: Sheet, previous: Sheet, path: str, *terms: _Term, fewer_may_be_right: bool = False
) -> Iterator[Finding]:
    found = quantity(sheet.cells.get(path))
    known = [(term, term.quantity) for term in terms if term.quantity]
    if not found or len(known) < len(terms):
        return
    expected = sum(each.number if term.sign == "+" else -each.number for term, each in known)
    if found.number == expected:
        return
    zh = " ".join(f"{term.sign} {term.zh} {each.zh}" for term, each in known).removeprefix("+ ")
    en = " ".join(f"{term.sign} {term.en} {each.en}" for term, each in known).removeprefix("+ ")
    finding = sheet.finding(
        "GX502",
        path,
        (
            f"应为 {expected}（= {zh}），实为 {found.zh}，请核对两年的报告",
            f"expected {expected} (= {en}), found {found.en}; please check both reports",
        ),
        numbers={
            "expected": expected,
            "found": found.number,
            **{term.en.replace(" ", "_"): each.number for term, each in known},
        },
    )
    if known[0][1].is_blank or (fewer_may_be_right and found.number < expected):
        finding = attrs.evolve(finding, severity=Severity.WARNING)
    yield _as_grave_as_sure(finding, sheet, previous)


def _at(sheet: Sheet, row: str, column: str) -> Quantity | None:
    return quantity(sheet.cells.get(f"{row}.{column}"))


# ── Leaps ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def leaps(sheet: Sheet, previous: Sheet) -> Iterator[Finding]:
    """GX503: numbers of another order of magnitude than last year, totals before what they consist of."""
    leaping = {
        path: (cell, last)
        for path, cell in sheet.cells.items()
        if (last := previous.cells.get(path)) and _is_leap(cell, last)
    }

    def total(path: str) -> str:
        return f"{sheet.cells[path].row}.total"

    chosen = [path for path in leaping if total(path) == path or total(path) not in leaping]
    chosen.sort(key=lambda path: total(path) != path and total(path) in sheet.cells)
    for path in chosen[:_NAMED_LEAPS]:
        now, then = (cell.value for cell in leaping[path])
        yield sheet.finding(
            "GX503",
            path,
            (
                f"本年 {now}，上年 {then}，相差 {_LEAP} 倍以上，请核对数值和单位",
                f"{now} this year, {then} last year, {_LEAP} times apart or more; please check number and unit",
            ),
            numbers={"found": now, "last_year": then},
        )


def _is_leap(cell: Cell, last: Cell) -> bool:
    now, then = quantity(cell), quantity(last)
    if not now or not then or cell.unit != last.unit:
        return False
    smaller, greater = sorted((now.number, then.number))
    return smaller > 0 and greater >= _GREAT and greater >= _LEAP * smaller


# ── Text, agency and year ────────────────────────────────────────────────────────────────────────────────────────────


def copied(sheet: Sheet, previous: Sheet) -> Iterator[Finding]:
    """GX504: the text of a section taken over from last year (article 50 wants it to report on this one)."""
    for name in SECTIONS:
        section: TextSection | None = getattr(sheet.report, name)
        text, last = ("\n".join(section_texts(each)) for each in (section, getattr(previous.report, name)))
        if section is None or min(len(text), len(last)) < _LONG or (alike := similarity(text, last)) < _COPY:
            continue
        percent = round(100 * alike)
        yield Finding(
            "GX504",
            name,
            f"文字与上年报告的相似度为 {percent}%（数字不计），请写明本年的情况",
            f"{percent} % of the text is that of last year's report, numbers aside; please report on this year",
            label=section.heading,
            numbers={"percent": percent},
        )


def another_agency(sheet: Sheet, previous: Sheet) -> Iterator[Finding]:
    """GX505: the report of last year is of another agency, as far as names tell."""
    agency, last = sheet.report.agency, previous.report.agency
    if not _may_be_of_one_agency(sheet, previous):
        yield Finding(
            "GX505",
            "",
            f"上年报告的机关是“{last}”，本年报告的是“{agency}”，请核对是否为同一机关；结转和存量的差异只作警告",
            f"last year's report is of “{last}”, this one of “{agency}”; please check that they are one agency; "
            "what does not go on from it is a warning only",
        )


def another_year(sheet: Sheet, previous: Sheet) -> Iterator[Finding]:
    """GX505: the report given as last year's is not of the year before."""
    if not _may_follow(sheet, previous):
        year, last = sheet.report.year, previous.report.year
        yield Finding(
            "GX505",
            "",
            f"作为上年报告的是 {last} 年度报告，本年报告为 {year} 年度，不是相邻的年度；结转和存量的差异只作警告",
            f"the report given as last year's is for {last}, this one for {year}, which is not the year after; "
            "what does not go on from it is a warning only",
            numbers={"year": year, "last_year": last},
        )


def _may_be_of_one_agency(sheet: Sheet, previous: Sheet) -> bool:
    """Whether two reports are of one agency, as far as both names are known."""
    agency, last = sheet.report.agency, previous.report.agency
    return not agency or not last or agencies.match(agency, last) is not None


def _may_follow(sheet: Sheet, previous: Sheet) -> bool:
    """Whether a report is of the year after the other, as far as both years are known."""
    year, last = sheet.report.year, previous.report.year
    return year is None or last is None or year == last + 1


def _as_grave_as_sure(finding: Finding, sheet: Sheet, previous: Sheet) -> Finding:
    """No error is made, and no correction, of a report that seems not to be that of last year."""
    if _may_follow(sheet, previous) and _may_be_of_one_agency(sheet, previous):
        return finding
    return attrs.evolve(finding, severity=Severity.WARNING, suggestion=None)


RULES = (
    Rule(carried_over, ("GX501",), Needs.PREVIOUS),
    Rule(stocks, ("GX502",), Needs.PREVIOUS),
    Rule(leaps, ("GX503",), Needs.PREVIOUS),
    Rule(copied, ("GX504",), Needs.PREVIOUS),
    Rule(another_agency, ("GX505",), Needs.PREVIOUS),
    Rule(another_year, ("GX505",), Needs.PREVIOUS),
)
