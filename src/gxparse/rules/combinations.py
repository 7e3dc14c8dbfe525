"""GX305: numbers that are each possible, and together hardly so. They are for a second look, and no errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gxparse.findings import Finding
from gxparse.rules.quantities import Number, quantity
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Sheet, label_of

__all__ = ["RULES"]


def documents(sheet: Sheet) -> Iterator[Finding]:
    """Fewer documents in force than were issued this year; fewer disclosed in all than were newly disclosed."""
    for name in ("rules", "normative_documents"):
        path = f"disclosure.{name}"
        if (numbers := _numbers(sheet, path, "in_force", "issued")) and numbers["in_force"] < numbers["issued"]:
            zh, en = "现行有效件数少于本年制发件数", "fewer in force than issued this year"
            yield _unlikely(sheet, f"{path}.in_force", zh, en, numbers)
        numbers = _numbers(sheet, path, "total_disclosed", "newly_disclosed")
        if numbers and numbers["total_disclosed"] < numbers["newly_disclosed"]:
            zh, en = "对外公开总数量少于本年新公开数量", "fewer disclosed in all than newly disclosed"
            yield _unlikely(sheet, f"{path}.total_disclosed", zh, en, numbers)


def activities(sheet: Sheet) -> Iterator[Finding]:
    """Form 2019: more items given up than there were; decisions under no item at all."""
    for name in ("licensing", "other_services", "penalties", "compulsion", "fees"):
        path = f"disclosure.{name}"
        if not (numbers := _numbers(sheet, path, "items_last_year", "change")):
            continue
        items = sum(numbers.values())
        if items < 0:
            zh, en = "本年减少的项目多于上一年项目数量", "more items given up than there were last year"
            yield _unlikely(sheet, f"{path}.change", zh, en, numbers)
        elif items == 0 and (decided := _numbers(sheet, path, "decisions")) and decided["decisions"]:
            zh, en = "没有项目，却有处理决定", "decisions, though there is no item to decide on"
            yield _unlikely(sheet, f"{path}.decisions", zh, en, {**decided, **numbers})


def procurement(sheet: Sheet) -> Iterator[Finding]:
    """Form 2019: money spent on no project, or projects without money."""
    numbers = _numbers(sheet, "disclosure.procurement", "projects", "amount")
    if numbers is None or bool(numbers["projects"]) == bool(numbers["amount"]):
        return
    zh, en = (
        ("有采购项目，采购总金额却为 0", "projects, though the amount is 0")
        if numbers["projects"]
        else ("没有采购项目，却有采购总金额", "an amount, though there is no project")
    )
    yield _unlikely(sheet, "disclosure.procurement.amount", zh, en, numbers)


def _numbers(sheet: Sheet, row: str, *columns: str) -> dict[str, Number] | None:
    """The numbers of some cells of a row, if all of them have one; a blank may be forgotten, and no 0."""
    found = {column: quantity(sheet.cells.get(f"{row}.{column}")) for column in columns}
    known = {column: each.number for column, each in found.items() if each and not each.is_blank}
    return known if len(known) == len(columns) else None


def _unlikely(sheet: Sheet, path: str, zh: str, en: str, numbers: Mapping[str, Number]) -> Finding:
    row = path.rpartition(".")[0]
    labels = {name: (label_of(f"{row}.{name}") or name).rpartition(" · ")[2] for name in numbers}
    shown = "，".join(f"{labels[name]} {number}" for name, number in numbers.items())
    named = ", ".join(f"{name} {number}" for name, number in numbers.items())
    return sheet.finding("GX305", path, (f"{zh}（{shown}），请核对", f"{en} ({named}); please check"), numbers=numbers)


RULES = (
    Rule(documents, ("GX305",)),
    Rule(activities, ("GX305",)),
    Rule(procurement, ("GX305",)),
)
