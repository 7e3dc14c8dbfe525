"""A document → a report: the stages one after another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gxparse import language, lexer, narrative, tables
from gxparse.document import Document
from gxparse.errors import NotAReportError
from gxparse.findings import Finding
from gxparse.grammar import TABLES, Token
from gxparse.printed import Fragment, PrintedTable, row_paths
from gxparse.printed import tables as printed_tables
from gxparse.records import OtherTable, Report, Source
from gxparse.transformer import Passage, Section

_FEWEST_HEADINGS = 2
# The first year whose reports have the tables of today.
_FIRST_YEAR = 2019


def report(document: Document) -> Report:
    """Parses a document.

    Raises:
        NotAReportError: it has fewer than two of the six headings and no row of any of the tables.
    """
    sections = language.sections(lexer.tokens(document, language.vocabulary()))
    findings = [
        Finding(note.code, "", note.message_zh, note.message_en, location=note.location) for note in document.notes
    ]
    printed = _printed(sections, findings)
    headings = {section.heading.type for section in sections if section.heading}
    if len(headings) < _FEWEST_HEADINGS and not any(printed.values()):
        raise NotAReportError(_what_it_is(sections))
    statistics = _statistics(printed, findings)
    text, places = _text(sections, printed, document.metadata.get("title", ""), findings)
    if not any(printed.values()) and (text["year"] or _FIRST_YEAR) < _FIRST_YEAR:
        raise NotAReportError(_what_it_is(sections))
    statistics["sources"] |= places
    return Report(**text, **statistics, findings=tuple(findings), metadata=document.metadata)


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _printed(sections: Sequence[Section], findings: list[Finding]) -> dict[str, list[PrintedTable]]:
    fragments: dict[str, list[Fragment]] = {name: [] for name in TABLES}
    for section in sections:
        caption: str | None = None
        for passage in section.passages:
            name = passage.token.type.lower()
            if name not in fragments:
                caption = passage.token.text.strip()
                continue
            own = section.heading is None or section.heading.type == f"{passage.token.type}_HEADING"
            items = language.items(passage.token)
            fragments[name].append(Fragment(items, caption, passage.token.location, own))
    printed = {name: printed_tables(name, fragments[name], findings) for name in TABLES}
    findings += [_unreadable(section) for section in sections if _has_lost_table(section, printed)]
    return printed


def _has_lost_table(section: Section, printed: dict[str, list[PrintedTable]]) -> bool:
    """Whether what is left of rows stands in the text of a section, and rows of its table are not there."""
    name = section.heading.type.removesuffix("_HEADING").lower() if section.heading else ""
    if name not in TABLES:
        return False
    filled = {path for table in printed[name] for path, row in table.rows.items() if row.is_filled}
    if filled >= set(row_paths(name).values()):
        return False
    return any(_REST_OF_ROW.fullmatch(passage.token.text.strip()) for passage in narrative.paragraphs(section))


# A short line that ends in figures and is no sentence.
_REST_OF_ROW = re.compile(r"[^。；;]{0,240}[0-9０-９]")


def _unreadable(section: Section) -> Finding:
    heading = section.heading
    name = heading.type.removesuffix("_HEADING").lower() if heading else ""
    return Finding(
        "GX003",
        name,
        "本节有的行以数字结尾，但表中缺行：提取文本时单元格的界限已丢失。请改用原始文件。",
        "Lines of this section end in figures, and rows of its table are not there: the bounds of cells were lost "
        "when the text was extracted. Use the original file.",
        label=heading.text.strip() if heading else None,
        location=heading.location if heading else None,
    )


def _statistics(printed: dict[str, list[PrintedTable]], findings: list[Finding]) -> dict[str, Any]:
    """The fields of the report that the tables fill."""
    form = tables.form_of(printed)
    found: dict[str, Any] = {"form": form}
    sources: dict[str, Source] = {}
    others: list[OtherTable] = []
    for name in TABLES:
        filled = tables.fill(printed[name][0], form) if printed[name] else tables.Filled()
        found[name] = tables.table(name, filled, form)
        sources |= filled.sources
        findings += filled.findings
        for other in printed[name][1:]:
            others.append(OtherTable(other.caption, tables.table(name, tables.fill(other, form), form)))
            findings.append(_second(name, other))
    return {**found, "sources": sources, "other_tables": tuple(others)}


def _second(name: str, table: PrintedTable) -> Finding:
    caption = f"“{table.caption[:40]}”" if table.caption else ""
    return Finding(
        "GX006",
        name,
        f"同类表格出现第二张{caption}，另存于 other_tables，未并入第一张。",
        "A second table of this kind is kept in other_tables; the first one holds.",
        label=table.caption,
        location=table.location,
    )


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(
    sections: Sequence[Section], printed: dict[str, list[PrintedTable]], page_title: str, findings: list[Finding]
) -> tuple[dict[str, Any], dict[str, Source]]:
    """The fields of the report that its text fills, and what is printed for them, headings in the order of the source.

    Where the report has no title, the title of its page may be one.
    """
    opening, *rest = sections
    title = narrative.title(opening)
    of_the_page = None if title else narrative.title_in(page_title)
    signature = narrative.signature(rest, list(narrative.paragraphs(opening)))
    taken = {id(passage) for found in (title, signature) if found for passage in found.passages}

    def left(section: Section) -> list[Passage]:
        return [passage for passage in narrative.paragraphs(section) if id(passage) not in taken]

    details = [detail for section in sections for passage in section.passages for detail in passage.details]
    said = next((detail for detail in details if narrative.period((detail,))), None)
    period = narrative.period((said,)) if said else None
    heads = [head.text for table in printed["disclosure"] for row in table.rows.values() for head in row.columns]
    year_of_heads = narrative.year_in_heads(heads)
    year = (
        (title.year if title else None)
        or (period.end.year if period else None)
        or year_of_heads
        or (of_the_page.year if of_the_page else None)
    )
    if year_of_heads and year_of_heads != year:
        findings.append(_other_year(year, year_of_heads))
    places = _headings(rest)
    if title:
        places["title"] = Source(title.text, title.passages[0].token.location)
    if said:
        places["period"] = Source(said.text, said.location)
    if signature.issued_on:
        places["issued_on"] = _source(signature.passages[-1].token)
    title = title or of_the_page
    found: dict[str, Any] = {
        "title": title.text if title else None,
        "agency": title.agency if title else None,
        "year": year,
        "period": period,
        "issued_on": signature.issued_on,
        "issued_by": signature.issued_by,
        "preamble": narrative.preamble(left(opening), left(rest[0]) if rest else ()),
    }
    for heading, name in narrative.TEXT_FIELDS.items():
        same = [section for section in rest if section.heading and section.heading.type == heading]
        if same and same[0].heading:
            passages = [passage for section in same for passage in left(section)]
            found[name] = narrative.text_section(same[0].heading, passages)
    return found, places


def _headings(sections: Sequence[Section]) -> dict[str, Source]:
    """The first heading of each section, in the order of the source."""
    found: dict[str, Source] = {}
    for section in sections:
        if section.heading:
            found.setdefault(narrative.TEXT_FIELDS[section.heading.type], _source(section.heading))
    return found


def _source(token: Token) -> Source:
    return Source(token.text.strip(), token.location)


def _other_year(year: int | None, year_of_heads: int) -> Finding:
    return Finding(
        "GX110",
        "disclosure",
        f"报告年度为 {year}，表头却写 {year_of_heads} 年；请核对表格是否为本年度的表格。",
        f"The report is for {year}, and heads of columns name {year_of_heads}; check that the table is of that year.",
        numbers={"year": year, "found": year_of_heads},
    )


_SHOWN = 5
_LIKE_A_TITLE = re.compile(r"信息公开[^。]{0,20}(?:报告|年报)")


def _what_it_is(sections: Sequence[Section]) -> str:
    passages = [passage for section in sections for passage in section.passages]
    text = "".join(passage.token.text for passage in passages)
    titles = [passage for passage in passages if _LIKE_A_TITLE.search(passage.token.text)]
    attached = [
        text.removeprefix("附件：") for passage in passages if (text := passage.token.text).startswith("附件：")
    ]
    if not text.strip():
        zh, en = "没有文字", "there is no text in it"
    elif titles and attached:
        names = "；".join(attached[:_SHOWN])
        zh, en = f"像是只附有报告文件的网页，附件：{names}", f"it only links the report as an attachment: {names}"
    elif len(titles) > 2:
        zh, en = f"像是目录页，列有 {len(titles)} 个报告标题", f"it looks like a list of {len(titles)} reports"
    elif titles and any(word in text for word in ("附件", "下载", ".doc", ".pdf", ".wps", ".xls")):
        zh, en = "像是只附有报告文件的网页", "it looks like a page that only links the report as an attachment"
    elif titles:
        zh = "有年度报告的标题，但没有2019年以来格式的章节和表格，可能是2018年及以前的报告"
        en = "it has the title of a report, but none of the sections and tables in use since 2019"
    else:
        zh = "六个章节标题不足两个，也没有任何表格的行"
        en = "fewer than two of the six section headings, and no row of any of the tables"
    return f"不是政府信息公开工作年度报告：{zh}。 This is no annual report on open government information: {en}."
