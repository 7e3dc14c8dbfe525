"""GX305: numbers that are each possible, and together hardly so. They are for a second look, and no errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gxparse.findings import Finding
from gxparse.records import Activity, CellValue, DisclosedDocuments, FeeItems, IssuedDocuments
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Sheet

__all__ = ["RULES"]


def documents(sheet: Sheet) -> Iterator[Finding]:
    """Fewer documents in force than were issued this year; fewer disclosed in all than were newly disclosed."""
    for name in ("rules", "normative_documents"):
        row = getattr(sheet.report.disclosure, name)
        if isinstance(row, IssuedDocuments):
            part, whole = "issued", "in_force"
            zh, en = "现行有效件数少于本年制发件数", "fewer in force than issued this year"
        elif isinstance(row, DisclosedDocuments):
            part, whole = "newly_disclosed", "total_disclosed"
            zh, en = "对外公开总数量少于本年新公开数量", "fewer disclosed in all than newly disclosed"
        more, fewer = getattr(row, part), getattr(row, whole)
        if more is not None and fewer is not None and fewer < more:
            path = f"disclosure.{name}.{whole}"
            yield _unlikely(sheet, path, zh, en, {whole: fewer, part: more})


def activities(sheet: Sheet) -> Iterator[Finding]:
    """Form 2019: more items given up than there were; decisions under no item at all."""
    for name in ("licensing", "other_services", "penalties", "compulsion", "fees"):
        row = getattr(sheet.report.disclosure, name)
        if not isinstance(row, Activity | FeeItems) or row.items_last_year is None or row.change is None:
            continue
        path = f"disclosure.{name}"
        items = row.items_last_year + row.change
        numbers = {"items_last_year": row.items_last_year, "change": row.change}
        if items < 0:
            zh, en = "本年减少的项目多于上一年项目数量", "more items given up than there were last year"
            yield _unlikely(sheet, f"{path}.change", zh, en, numbers)
        elif items == 0 and isinstance(row, Activity) and row.decisions:
            zh, en = "没有项目，却有处理决定", "decisions, though there is no item to decide on"
            yield _unlikely(sheet, f"{path}.decisions", zh, en, {"decisions": row.decisions, **numbers})


def procurement(sheet: Sheet) -> Iterator[Finding]:
    """Form 2019: money spent on no project, or projects without money."""
    row = sheet.report.disclosure.procurement
    if row is None or row.projects is None or row.amount is None or bool(row.projects) == bool(row.amount):
        return
    numbers: dict[str, CellValue] = {"projects": row.projects, "amount": row.amount}
    zh, en = (
        ("有采购项目，采购总金额却为 0", "projects, though the amount is 0")
        if row.projects
        else ("没有采购项目，却有采购总金额", "an amount, though there is no project")
    )
    yield _unlikely(sheet, "disclosure.procurement.amount", zh, en, numbers)


def _unlikely(sheet: Sheet, path: str, zh: str, en: str, numbers: Mapping[str, CellValue]) -> Finding:
    named = ", ".join(f"{name} {number}" for name, number in numbers.items())
    bare = "，".join(str(number) for number in numbers.values())
    return sheet.finding("GX305", path, (f"{zh}（{bare}），请核对", f"{en} ({named}); please check"), numbers=numbers)


RULES = (
    Rule(documents, ("GX305",)),
    Rule(activities, ("GX305",)),
    Rule(procurement, ("GX305",)),
)
