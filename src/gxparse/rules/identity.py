"""GX1, identity: whose report it is and for which year, wherever a report says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gxparse import narrative
from gxparse.findings import Finding
from gxparse.records import CellValue, Report
from gxparse.rules.rule import Rule
from gxparse.rules.sections import about, bare, has_text
from gxparse.rules.sheet import Sheet

__all__ = ["RULES"]


_EXAMPLE = "某某局2023年政府信息公开工作年度报告"


def untitled(sheet: Sheet) -> Iterator[Finding]:
    """GX109: no title, or one that names no year or no agency. Of a record without any text nothing is known."""
    report = sheet.report
    if lacking := list(_lacking(report)):
        zh, en = "和".join(each for each, _ in lacking), " and no ".join(each for _, each in lacking)
        subject_zh, subject_en = ("标题", "the title") if report.title else ("报告", "the report")
        message = (
            f"{subject_zh}没有{zh}；标题应写明机关名称和年度，如“{_EXAMPLE}”",
            f"{subject_en} has no {en}; a title should name the agency and the year, such as “{_EXAMPLE}”",
        )
        yield about(sheet, "GX109", "title", message)


def _lacking(report: Report) -> Iterator[tuple[str, str]]:
    """What the title lacks. The agency may stand on the line below it; an unusual title may name anything."""
    if not report.title:
        if has_text(report):
            yield "标题", "title"
    elif title := narrative.title_in(report.title):
        if title.year is None:
            yield "年份", "year"
        if title.agency is None and report.agency is None:
            yield "机关名称", "agency"


def other_year(sheet: Sheet) -> Iterator[Finding]:
    """GX110: another year than that of the report in its title, its period, its preamble or the title of its page."""
    year = sheet.report.year
    if year is None:
        return
    for path, zh, en, found in _years(sheet.report):
        if found != year:
            yield about(
                sheet,
                "GX110",
                path,
                (
                    f"报告年度为 {year}，{zh}却为 {found} 年；各处年份应一致，请核对",
                    f"the report is for {year}, and {en} names {found}; the years must agree, please check",
                ),
                numbers={"year": year, "found": found},
            )


def other_date(sheet: Sheet) -> Iterator[Finding]:
    """GX110: an issue date before the year of the report is over, or after the year that follows it (article 49)."""
    year, issued_on = sheet.report.year, sheet.report.issued_on
    if year is None or issued_on is None:
        return
    numbers: dict[str, CellValue] = {"year": year, "found": issued_on.year}
    if (issued_on.year, issued_on.month, issued_on.day) < (year, 12, 31):
        yield about(
            sheet,
            "GX110",
            "issued_on",
            (
                f"{year} 年度报告的落款日期为 {issued_on}，该年度尚未结束；应为 {year + 1} 年的日期，请核对年份",
                f"the report for {year} is dated {issued_on}, before that year was over; expected a date in {year + 1}",
            ),
            numbers=numbers,
        )
    elif issued_on.year > year + 1:
        yield about(
            sheet,
            "GX110",
            "issued_on",
            (
                f"{year} 年度报告的落款日期为 {issued_on}，晚于次年；请核对年份，如无误则属逾期发布",
                f"the report for {year} is dated {issued_on}, not in the year after it; check the year, or it is late",
            ),
            numbers=numbers,
        )


def broken_period(sheet: Sheet) -> Iterator[Finding]:
    """GX111: a period that is not one year from 1 January to 31 December (article 49 speaks of the past year)."""
    period = sheet.report.period
    if period is None:
        return
    year = period.end.year
    if (period.start, period.end) != (date(year, 1, 1), date(year, 12, 31)):
        yield about(
            sheet,
            "GX111",
            "period",
            (
                f"统计期限为 {period.start} 至 {period.end}，应为全年（1 月 1 日至 12 月 31 日）；机关年中设立的除外",
                f"the period is {period.start} to {period.end}; expected 1 January to 31 December, unless the agency "
                "was set up in the course of the year",
            ),
        )


def _years(report: Report) -> Iterator[tuple[str, str, str, int]]:
    """Each place of a report that names its year beyond doubt: its path, its name in both languages, the year."""
    titles = report.title, report.metadata.get("title")
    title, page = (narrative.title_in(text) if text else None for text in titles)
    if title and title.year is not None:
        yield "title", "标题", "the title", title.year
    if report.period is not None:
        yield "period", "统计期限", "the period of the figures", report.period.end.year
    if match := _COMPILED.search(_TITLE_OF_ANOTHER.sub("《》", bare(report.preamble.paragraphs))):
        yield "preamble", "开头所说的年度报告", "the preamble", int(match[1])
    if page and page.year is not None and not (title and title.year == page.year):
        yield "title", "网页标题", "the title of the page", page.year


# Notices that are named may be those of another year.
_TITLE_OF_ANOTHER = re.compile("《[^《》]{0,120}》")
# 现公布云岭县水务局2023年政府信息公开工作年度报告
_COMPILED = re.compile(
    r'(?:公布|发布|编制|制作|形成|撰写)了?[^,。;:"《》()0-9]{0,40}'
    r"([0-9]{4})年度?(?:政府)?信息公开(?:工作)?(?:年度)?(?:报告|年报)"
)


RULES = (
    Rule(untitled, ("GX109",)),
    Rule(other_year, ("GX110",)),
    Rule(other_date, ("GX110",)),
    Rule(broken_period, ("GX111",)),
)
