"""GX7: the duties under articles 49 and 50 of the Regulations, and under form 2021."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import attrs
from attrs import frozen

from gxparse import normalise
from gxparse.agencies import AgencyKind, kind_of
from gxparse.findings import Finding, Severity
from gxparse.language import vocabulary
from gxparse.records import Form, Report
from gxparse.rules.rule import Rule
from gxparse.rules.sections import about, bare, has_text, section_texts, texts
from gxparse.rules.sheet import Sheet

__all__ = ["RULES"]


# ── Dates ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@frozen
class _Term:
    """The last day for a kind of agency, in the year after that of the report, and how grave it is to miss it."""

    month: int
    day: int
    severity: Severity
    zh: str
    en: str


_TERMS: Mapping[AgencyKind, _Term] = {
    AgencyKind.GOVERNMENT: _Term(
        3,
        31,
        Severity.WARNING,
        "县级以上人民政府应在",
        "people's governments at county level and above must issue it by",
    ),
    AgencyKind.DEPARTMENT: _Term(
        1, 31, Severity.WARNING, "县级以上人民政府部门应在", "departments at county level and above must issue it by"
    ),
    AgencyKind.TOWNSHIP: _Term(1, 31, Severity.INFO, "乡镇按惯例在", "towns and townships, by practice, issue it by"),
    AgencyKind.STREET: _Term(1, 31, Severity.INFO, "街道按惯例在", "street offices, by practice, issue it by"),
    AgencyKind.ZONE: _Term(
        1, 31, Severity.INFO, "开发区等管理机构按惯例在", "committees of development zones, by practice, issue it by"
    ),
    # Of whatever kind it is, it has none later than this.
    AgencyKind.UNKNOWN: _Term(3, 31, Severity.INFO, "各类机关最迟应在", "whatever agency it is must issue it by"),
}


def late(sheet: Sheet) -> Iterator[Finding]:
    """GX701: issued after 31 January, by people's governments at county level and above after 31 March (article 49).

    A date of any other year than the next is rather a wrong year, see GX110. The date a page gives may be that of a
    move to another site; it is used where the report has none, and then said as information.
    """
    report = sheet.report
    issued_on = report.issued_on or _published_on(report)
    if issued_on is None or report.year is None or issued_on.year != report.year + 1:
        return
    term = _TERMS[_kind(report)]
    last = date(issued_on.year, term.month, term.day)
    if issued_on > last:
        name_zh, name_en = ("发布日期", "issued") if report.issued_on else ("网页所载发布日期", "dated by its page")
        days = (issued_on - last).days
        finding = about(
            sheet,
            "GX701",
            "issued_on",
            (
                f"{name_zh}为 {issued_on}；{term.zh} {last} 前发布上一年度报告，逾期 {days} 天",
                f"{name_en} {issued_on}; {term.en} {last}: {days} day{'s' if days > 1 else ''} late",
            ),
            numbers={"days": days},
        )
        yield attrs.evolve(finding, severity=term.severity if report.issued_on else Severity.INFO)


def _kind(report: Report) -> AgencyKind:
    """The kind of agency that the title names or, where that does not tell, the signature."""
    kinds = map(kind_of, (report.agency, report.issued_by))
    return next((kind for kind in kinds if kind is not AgencyKind.UNKNOWN), AgencyKind.UNKNOWN)


_DATE = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})(?![0-9])")
_LONGEST_DATE = 40


def _published_on(report: Report) -> date | None:
    """The day on which a page says that the report was published."""
    match = _DATE.match(normalise.fold_number(report.metadata.get("published_on", "")[:_LONGEST_DATE]))
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


# ── What the text must speak of ──────────────────────────────────────────────────────────────────────────────────────


def no_fees(sheet: Sheet) -> Iterator[Finding]:
    """GX702: form 2021, and no word on information-processing fees (信息处理费), which section six must state.

    Where they are not named, any fee that section six speaks of is taken for them, and elsewhere one for requests.
    """
    report = sheet.report
    if report.form is not Form.F2021 or not has_text(report) or any("处理费" in text for text in texts(report)):
        return
    if not _FEES.search(bare(texts(report))) and not _CHARGED.search(bare(section_texts(report.other_matters))):
        yield about(
            sheet,
            "GX702",
            "other_matters",
            (
                "第六部分没有说明收取信息处理费的情况；没有收取的，应写明“本年度未收取信息处理费”",
                "section six does not state the information-processing fees charged (信息处理费); "
                "where there were none, say so",
            ),
        )


# The fees of table two are others.
_CHARGED = re.compile(r"(?<!事业性)收费|收取[^,。;]{0,10}费|费用")
_FEES = re.compile(
    rf"处理费|(?:申请|信息公开)[^。;]{{0,20}}(?:{_CHARGED.pattern})|(?:{_CHARGED.pattern})[^。;]{{0,12}}(?:申请|信息公开)"
)


def no_contact(sheet: Sheet) -> Iterator[Finding]:
    """GX703: no address, telephone or mail to turn to, neither in the preamble nor anywhere else in the text."""
    report = sheet.report
    preamble = report.preamble
    if not has_text(report) or any((preamble.address, preamble.phone, preamble.fax, preamble.email)):
        return
    if not any(name in _CONTACTS for text in texts(report) for name, _ in vocabulary().passages_in(text)):
        yield about(
            sheet,
            "GX703",
            "preamble",
            (
                "报告没有联系方式；开头应写明联系地址、邮编和电话",
                "the report gives no contact details; its preamble should name address, postcode and telephone",
            ),
        )


_CONTACTS = frozenset({"ADDRESS", "PHONE", "FAX", "EMAIL"})

_OF_A_GOVERNMENT = {
    ("工作考核", "work assessment"): re.compile("考核"),
    ("社会评议", "public review"): re.compile("[评評][议議]"),
    ("责任追究", "accountability"): re.compile("责任追究|追究[^。]{0,8}责任|追责|问责"),
}


def no_review(sheet: Sheet) -> Iterator[Finding]:
    """GX704: the report of a people's government that does not tell of assessment, review and accountability.

    Article 50, item 4, demands it of people's governments at all levels.
    """
    report = sheet.report
    if _kind(report) not in (AgencyKind.GOVERNMENT, AgencyKind.TOWNSHIP) or not has_text(report):
        return
    said = bare(texts(report))
    lacking = [names for names, pattern in _OF_A_GOVERNMENT.items() if not pattern.search(said)]
    if lacking:
        zh, en = "、".join(each for each, _ in lacking), ", ".join(each for _, each in lacking)
        yield about(
            sheet,
            "GX704",
            "problems",
            (
                f"各级人民政府的报告还应说明工作考核、社会评议和责任追究结果情况，文中没有：{zh}",
                "the report of a people's government must also tell of work assessment, public review and "
                f"accountability; not in its text: {en}",
            ),
        )


RULES = (
    Rule(late, ("GX701",)),
    Rule(no_fees, ("GX702",)),
    Rule(no_contact, ("GX703",)),
    Rule(no_review, ("GX704",)),
)
