"""GX1, sections: the six sections that a report consists of, their headings, their order and their text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from gxparse import normalise
from gxparse.findings import Finding
from gxparse.records import SECTIONS, CellValue, Report, TextSection
from gxparse.rules.rule import Rule
from gxparse.rules.sheet import Sheet

__all__ = ["RULES", "about", "bare", "has_text", "section_texts", "texts"]

_TABLE_OF = {"disclosure_text": "disclosure", "requests_text": "requests", "proceedings_text": "proceedings"}
_NUMBERS = "一二三四五六"


# ── The text of a report ─────────────────────────────────────────────────────────────────────────────────────────────


def texts(report: Report) -> Iterator[str]:
    """Every paragraph of a report's text: the preamble's and the sections', without the title and the headings."""
    yield from report.preamble.paragraphs
    for section in _sections(report).values():
        yield from section_texts(section)


def section_texts(section: TextSection | None) -> Iterator[str]:
    """Every paragraph of a section's text, without its heading; none where there is no section."""
    if section is not None:
        yield from section.paragraphs
        for part in section.subsections:
            yield part.heading
            yield from part.paragraphs


def has_text(report: Report) -> bool:
    """Whether anything of a report's text is known; a program may have made it of numbers alone."""
    return any(map(str.strip, texts(report)))


def bare(paragraphs: Iterable[str]) -> str:
    """Paragraphs in one spelling, without white space; where one ends, so does a sentence."""
    return "。".join(normalise.simplified(normalise.squeeze(each)) for each in paragraphs)


def about(
    sheet: Sheet, code: str, path: str, message: tuple[str, str], numbers: Mapping[str, CellValue] | None = None
) -> Finding:
    """A finding about the title, a section or the like, with its place and, for a section, its heading as printed.

    Args:
        sheet: the report's sheet.
        code: its code.
        path: the field of the report that it is about.
        message: its message in Chinese and in English.
        numbers: the numbers of the message.
    """
    section, source = getattr(sheet.report, path), sheet.report.sources.get(path)
    return Finding(
        code,
        path,
        *message,
        label=_shown(section) if isinstance(section, TextSection) else None,
        location=source.location if source else None,
        numbers=dict(numbers or {}),
    )


# ── The sections ─────────────────────────────────────────────────────────────────────────────────────────────────────


def missing(sheet: Sheet) -> Iterator[Finding]:
    """GX101: sections without a heading (Regulations, article 50). Of a record without any text nothing is known."""
    report = sheet.report
    there = _sections(report)
    if not there and not report.title and not has_text(report):
        return
    # Only a report that was parsed can lack the heading of a table that it has.
    absent = [
        heading
        for name, heading in SECTIONS.items()
        if name not in there and (report.sources or name not in _TABLE_OF or not sheet.is_there(_TABLE_OF[name]))
    ]
    if absent:
        zh, en = "、".join(f"“{heading}”" for heading in absent), ", ".join(absent)
        yield Finding(
            "GX101",
            "",
            f"年度报告应有六个部分，缺少以下部分的标题：{zh}；请补上，没有需要报告的内容也应写明",
            f"a report has six sections; these headings are missing: {en}; add them, also where there is nothing to "
            "report",
            numbers={"missing": len(absent)},
        )


def misnamed(sheet: Sheet) -> Iterator[Finding]:
    """GX102: a heading with another number or another name than the form's.

    White space, punctuation, 的 and words such as 和 may differ; so may the style of the numbers, and where no heading
    has a number, an extraction has lost them.
    """
    there = _sections(sheet.report)
    printed = {name: _parts(section.heading) for name, section in there.items()}
    are_numbered = any(number for number, _ in printed.values())
    for (name, heading), number in zip(SECTIONS.items(), _NUMBERS, strict=True):
        if name not in printed:
            continue
        own_number, own_name = printed[name]
        differences = []
        if are_numbered and own_number != number:
            differences.append(("序号不符", "another number") if own_number else ("没有序号", "no number"))
        if own_name != _parts(heading)[1]:
            differences.append(("名称不符", "another name") if own_name else ("没有名称", "no name"))
        if differences:
            zh, en = "，".join(each for each, _ in differences), " and ".join(each for _, each in differences)
            found = _shown(there[name])
            yield about(
                sheet,
                "GX102",
                name,
                (
                    f"标题应为“{heading}”，实为“{found}”，{zh}",
                    f"expected the heading {heading}, found “{found}” ({en})",
                ),
            )


def out_of_order(sheet: Sheet) -> Iterator[Finding]:
    """GX103: sections in another order than the form's. Only the source of a report that was parsed tells their order.

    Attributes of a record have no order of their own; its ``sources`` have the headings in that of the source.
    """
    order = list(SECTIONS)
    printed = [order.index(name) for name in sheet.report.sources if name in SECTIONS]
    place = next((after for before, after in pairwise(printed) if after < before), None)
    if place is not None:
        found = "、".join(_NUMBERS[each] for each in printed)
        yield about(
            sheet,
            "GX103",
            order[place],
            (
                f"各部分应按一至六的顺序排列，实际顺序为{found}；请调整",
                f"the sections stand in the order {found}; put them in that of the form, 一 to 六",
            ),
        )


def empty(sheet: Sheet) -> Iterator[Finding]:
    """GX104: a section of text with a heading and nothing below it. The others have their tables, see GX105."""
    for name, section in _sections(sheet.report).items():
        if name not in _TABLE_OF and not any(map(str.strip, section_texts(section))):
            yield about(
                sheet,
                "GX104",
                name,
                (
                    "本部分只有标题，没有内容；没有需要报告的，也应写明",
                    "the section has a heading and no text; where there is nothing to report, say so",
                ),
            )


def _sections(report: Report) -> dict[str, TextSection]:
    """The sections that a report has, in the form's order."""
    return {name: section for name in SECTIONS if (section := getattr(report, name)) is not None}


_NUMBERING = re.compile(rf"\(?([{_NUMBERS}七八九十1-9]{{1,3}})[)、.]+")
_CHINESE = dict(zip("123456", _NUMBERS, strict=True))
# What makes no difference between two names: signs, words that join, a usual misspelling.
_INDIFFERENT = re.compile(r"[\W_]|[的和及与]")


@lru_cache(maxsize=256)
def _parts(heading: str) -> tuple[str, str]:
    """The number of a heading, as a Chinese one, and its name without what makes no difference.

    >>> _parts("4．政府信息公开行政复议和行政诉讼的情况")
    ('四', '政府信息公开行政复议行政诉讼情况')
    """
    label = normalise.label(heading[: 2 * normalise.LABEL_LIMIT])
    found = _NUMBERING.match(label)
    number, name = (found[1], label[found.end() :]) if found else ("", label)
    return _CHINESE.get(number, number), _INDIFFERENT.sub("", name).replace("其它", "其他")


def _shown(section: TextSection) -> str:
    return section.heading.strip()[: normalise.LABEL_LIMIT]


RULES = (
    Rule(missing, ("GX101",)),
    Rule(misnamed, ("GX102",)),
    Rule(out_of_order, ("GX103",)),
    Rule(empty, ("GX104",)),
)
