"""The text of a report: its title, agency and year, the preamble, the sections, the signature."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from attrs import frozen

from gxparse import normalise
from gxparse.document import Location
from gxparse.grammar import Token
from gxparse.language import vocabulary
from gxparse.records import Period, Preamble, Subsection, TextSection
from gxparse.transformer import Passage, Section

#: The field of the report that holds the text under each heading.
TEXT_FIELDS: Mapping[str, str] = {
    "OVERVIEW_HEADING": "overview",
    "DISCLOSURE_HEADING": "disclosure_text",
    "REQUESTS_HEADING": "requests_text",
    "PROCEEDINGS_HEADING": "proceedings_text",
    "PROBLEMS_HEADING": "problems",
    "OTHER_MATTERS_HEADING": "other_matters",
}

_TITLE_LINES = 3
_REPORT = re.compile("[报報]")
_TITLE_WITHIN = 60


@frozen
class Title:
    """The title of a report and what it names; ``passages`` are the lines it stands on."""

    text: str
    agency: str | None
    year: int | None
    passages: tuple[Passage, ...]


@frozen
class Signature:
    """Who issued the report and when; ``passages`` are the lines this stands on."""

    issued_by: str | None = None
    issued_on: date | None = None
    passages: tuple[Passage, ...] = ()


def paragraphs(section: Section) -> Iterator[Passage]:
    """The passages of a section that are no table."""
    return (passage for passage in section.passages if not passage.token.parts)


# ── Title ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def title(opening: Section) -> Title | None:
    """The title before the first section: on one line or up to three, the agency on a line of its own or missing."""
    lines = list(paragraphs(opening))[:_TITLE_WITHIN]
    texts = [_title_text(line.token.text) for line in lines]
    candidates = [
        candidate
        for at in range(len(lines))
        for end in range(at + 1, min(at + _TITLE_LINES, len(lines)) + 1)
        if (candidate := _title(lines[at:end], texts[at:end]))
    ]
    if not candidates:
        return None
    best = max(candidates, key=lambda found: (_is_name(found.agency), found.year is not None, -len(found.passages)))
    if best.agency is None:
        at = lines.index(best.passages[-1])
        below = lines[at + 1] if at + 1 < len(lines) else None
        if below and (name := _detail(below, "AGENCY")):
            return Title(best.text, name, best.year, (*best.passages, below))
    return best


def title_in(text: str) -> Title | None:
    """The title that a line by itself is, if it is one."""
    return title(Section(None, (Passage(Token("TEXT", text, Location())),)))


def _is_name(agency: str | None) -> bool:
    """Whether it names one organ, and is no word for a kind of organs."""
    return agency is not None and _KIND.fullmatch(agency) is None


_KIND = re.compile(r"(?:[镇乡区县市省])?(?:人民)?政府|(?:街道)?办事处|(?:政府)?办公室|(?:管理)?委员会|[厅局处署办]")


def _title_text(line: str) -> str:
    """A line as a part of a title, without white space and marks; of one that is too long, enough to tell."""
    return _TITLE_MARKS.sub("", normalise.closed(line[: 4 * _LONGEST_TITLE]))


def _title(lines: Sequence[Passage], texts: Sequence[str]) -> Title | None:
    text = "".join(texts)
    if len(text) > _LONGEST_TITLE or not _REPORT.search(text):
        return None
    match = vocabulary().passages["TITLE"].match(normalise.simplified(normalise.squeeze(text)))
    if match is None:
        return None
    year = next((match[name] for name in ("year", "year_behind", "year_last") if match[name]), None)
    before, between = (text[slice(*match.span(name))] for name in ("before", "between"))
    agency = _agency(before, between)
    # A line of its own above the title must be an agency's name, and no line of the page's own.
    if len(lines) > 1 and agency == texts[0] and not _detail(lines[0], "AGENCY"):
        return None
    return Title(text, agency, _number(year) if year else None, tuple(lines))


_LONGEST_TITLE = 100
_TITLE_MARKS = re.compile(r"^(?:[#*《]|【[^】]{0,12}】)+|[*》]+$")
_TRIMMED = re.compile(r"^(?:关于|關於)|(?:关于|關於|的|:|：)$")


def _agency(before: str, between: str) -> str | None:
    name = _TRIMMED.sub("", before + between)
    if name.endswith("人民"):
        name += "政府"
    return name or None


def _detail(passage: Passage, type: str) -> str | None:
    return next((detail.text for detail in passage.details if detail.type == type), None)


# ── Dates and years ──────────────────────────────────────────────────────────────────────────────────────────────────

_CHINESE_DIGITS = {**{digit: at for at, digit in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "O": 0}


def _number(text: str) -> int:
    """A number of a date: 2021, 二〇二一, 三十一.

    >>> _number("二〇二一"), _number("三十一"), _number("十"), _number("2021")
    (2021, 31, 10, 2021)
    """
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, ones = text.split("十", 1)
        return 10 * (_number(tens) if tens else 1) + (_number(ones) if ones else 0)
    return int("".join(str(_CHINESE_DIGITS.get(digit, digit)) for digit in text))


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(_number(year), _number(month), _number(day))
    except ValueError:
        return None


def period(details: Iterable[Token]) -> Period | None:
    """The period the figures are for, as the first paragraph that names one has it."""
    for detail in details:
        if detail.type != "PERIOD":
            continue
        match = vocabulary().passages["PERIOD"].search(normalise.simplified(detail.text))
        if match is None:
            continue
        for first, last in (("from", "to"), ("since", "until")):
            if match[f"{first}_year"]:
                start = _date(*(match[f"{first}_{part}"] for part in ("year", "month", "day")))
                end_year = match[f"{last}_year"] or match[f"{first}_year"]
                end = _date(end_year, match[f"{last}_month"], match[f"{last}_day"])
                if start and end and start <= end:
                    return Period(start, end)
    return None


def year_in_heads(texts: Iterable[str]) -> int | None:
    """The year that heads of columns name: 本年(2023)制发件数."""
    pattern = vocabulary().passages["YEAR_IN_HEAD"]
    years = {int(match["head_year"]) for text in texts if (match := pattern.search(normalise.label(text)))}
    return years.pop() if len(years) == 1 else None


# ── Preamble and signature ───────────────────────────────────────────────────────────────────────────────────────────

_CONTACTS = ("address", "postcode", "phone", "fax", "email", "website")


def preamble(passages: Iterable[Passage], elsewhere: Iterable[Passage]) -> Preamble:
    """The preamble; contact details that it does not give are looked for elsewhere."""
    own = tuple(passages)
    found: dict[str, str] = {}
    for passage in (*own, *elsewhere):
        for detail in passage.details:
            name = detail.type.lower()
            if name in _CONTACTS and name not in found:
                match = vocabulary().passages[detail.type].search(normalise.simplified(detail.text))
                if match:
                    found[name] = detail.text[slice(*match.span(name))]
    return Preamble(paragraphs=tuple(passage.token.text.strip() for passage in own), **found)


def signature(sections: Sequence[Section], opening: Sequence[Passage]) -> Signature:
    """The date a report is issued and who issues it: at its end, or under its title."""
    closing = list(paragraphs(sections[-1])) if sections else []
    for lines in (closing, list(opening)):
        for at in range(len(lines) - 1, -1, -1):
            if (written := _detail(lines[at], "DATE")) and (issued_on := _written_date(written)):
                above = lines[at - 1] if at else None
                if lines is closing and above and (name := _detail(above, "AGENCY")):
                    return Signature(name, issued_on, (above, lines[at]))
                return Signature(None, issued_on, (lines[at],))
    if closing and len(closing) > 1 and (name := _detail(closing[-1], "AGENCY")):
        return Signature(name, None, (closing[-1],))
    return Signature()


def _written_date(text: str) -> date | None:
    match = vocabulary().passages["DATE"].match(normalise.simplified(text))
    return _date(match["written_year"], match["written_month"], match["written_day"]) if match else None


# ── Sections ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def text_section(heading: Token, passages: Iterable[Passage]) -> TextSection:
    """A section's text; its subsections are the paragraphs numbered in the way of the first numbered one."""
    before: list[str] = []
    parts: list[tuple[str, str, list[str]]] = []
    style: str | None = None
    for passage in passages:
        text = passage.token.text.strip()
        number, rest = _numbering(text) if passage.token.type == "NUMBERED" else ("", text)
        if number and style is None:
            style = _style(number)
        if number and _style(number) == style:
            head, body = _run_in(rest)
            parts.append((number, head, [body] if body else []))
        elif parts:
            parts[-1][2].append(text)
        else:
            before.append(text)
    subsections = tuple(Subsection(number, head, tuple(body)) for number, head, body in parts)
    return TextSection(heading.text.strip(), tuple(before), subsections)


_PRINTED_NUMBER = re.compile(
    r"\s*(?:[（(]\s*(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})\s*[)）]|[㈠-㈩]"
    r"|[一二三四五六七八九十]{1,3}\s*[、.．,，:：]|[0-9０-９]{1,2}\s*[、.．)）])[、.．]?\s*"
)


def _numbering(text: str) -> tuple[str, str]:
    match = _PRINTED_NUMBER.match(text)
    return (match[0].strip(), text[match.end() :]) if match else ("", text)


def _style(number: str) -> str:
    """The way of numbering: the number with its digits taken out."""
    return re.sub(r"[一二三四五六七八九十0-9\s]+", "#", unicodedata.normalize("NFKC", number))


_HEADING = 40


def _run_in(text: str) -> tuple[str, str]:
    """A heading, and the text that goes on in the same paragraph."""
    text = text.strip()
    head, stop, body = text.partition("。")
    if len(head) <= _HEADING and body.strip():
        return head + stop, body.strip()
    return (text, "") if len(text) <= _HEADING else ("", text)
