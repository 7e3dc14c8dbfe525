"""A report as the official form has it: the lines of its text, and its tables with their merged cells.

The forms are those of 国办公开办函〔2019〕60号 and 〔2021〕30号. The labels are those of the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import attrs

from gxparse.records import (
    SECTIONS,
    Applicants,
    CellValue,
    Disclosure,
    IssuedDocuments,
    OtherResults,
    Outcomes,
    Preamble,
    Proceedings,
    Report,
    Requests,
    Results,
    Source,
    TextSection,
    fields_of,
)
from gxparse.rendering.outline import Box, Grid, Kind, Line, Outline, Row


def outline(report: Report) -> Outline:
    """The report as it stands on the page.

    What the form requires is there also where the record has nothing to put in: a title, the six headings, the tables.
    """
    return (
        *_opening(report),
        *_section(report.overview, SECTIONS["overview"]),
        *_with_tables(report, report.disclosure_text, "disclosure"),
        *_with_tables(report, report.requests_text, "requests"),
        *_with_tables(report, report.proceedings_text, "proceedings"),
        *_section(report.problems, SECTIONS["problems"]),
        *_section(report.other_matters, SECTIONS["other_matters"]),
        *_signature(report),
    )


# ── The text ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _opening(report: Report) -> Iterator[Line]:
    title = report.title
    if title is None and report.agency and report.year:
        title = f"{report.agency}{report.year}年政府信息公开工作年度报告"
    if title:
        yield Line(title, Kind.TITLE)
    yield from map(Line, report.preamble.paragraphs)
    if not report.preamble.paragraphs and (said := _period(report) + _contacts(report.preamble)):
        yield Line(said)


def _period(report: Report) -> str:
    """The sentence that tells the period of the figures."""
    if report.period is None:
        return ""
    return f"本报告所列数据的统计期限自{_date(report.period.start)}起至{_date(report.period.end)}止。"


def _contacts(preamble: Preamble) -> str:
    """The sentence that tells whom to ask."""
    names = {
        "address": "地址", "postcode": "邮编", "phone": "电话", "fax": "传真", "email": "电子邮箱", "website": "网址",
    }  # fmt: skip
    said = [f"{label}：{value}" for name, label in names.items() if (value := getattr(preamble, name))]
    return f"如对本报告有疑问，请与我们联系（{'，'.join(said)}）。" if said else ""


def _section(text: TextSection | None, heading: str) -> Iterator[Line]:
    yield Line(text.heading if text else heading, Kind.HEADING)
    if text is None:
        return
    yield from map(Line, text.paragraphs)
    for part in text.subsections:
        first, *rest = (part.heading, *part.paragraphs) if part.heading else part.paragraphs or ("",)
        yield Line(part.number + first, Kind.SUBHEADING if part.heading else Kind.TEXT)
        yield from map(Line, rest)


def _with_tables(report: Report, text: TextSection | None, name: str) -> Iterator[Line | Grid]:
    """A section with its table, and behind it the other tables of its kind, each under its caption."""
    table = getattr(report, name)
    others = [other for other in report.other_tables if type(other.table) is type(table)]
    captions = [other.caption for other in others]
    for line in _section(text, _label(Report, name)):
        if line.kind is not Kind.HEADING and line.text in captions:
            captions.remove(line.text)
        else:
            yield line
    yield _with_tokens(grid(table), report.sources)
    for other in others:
        if other.caption:
            yield Line(other.caption)
        yield grid(other.table)


def _with_tokens(table: Grid, sources: Mapping[str, Source]) -> Grid:
    """The table with what its source prints where it has no number, such as a dash or a word."""

    def shown(box: Box) -> Box:
        source = sources.get(box.path or "")
        return attrs.evolve(box, text=source.raw.strip()) if source and not box.text else box

    return attrs.evolve(table, rows=tuple(tuple(map(shown, row)) for row in table.rows))


def _signature(report: Report) -> Iterator[Line]:
    if report.issued_by:
        yield Line(report.issued_by, Kind.SIGNATURE)
    if report.issued_on:
        yield Line(_date(report.issued_on), Kind.SIGNATURE)


def _date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# ── The tables ───────────────────────────────────────────────────────────────────────────────────────────────────────

#: The blocks of the table of section two: the item of article 20, and the rows that stand under it.
BLOCKS = (
    ("一", ("rules", "normative_documents")),
    ("五", ("licensing", "other_services")),
    ("六", ("penalties", "compulsion")),
    ("八", ("fees",)),
    ("九", ("procurement",)),
)
BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def grid(table: Disclosure | Requests | Proceedings) -> Grid:
    """A table of the form, with the values of its record."""
    if isinstance(table, Disclosure):
        return _disclosure(table)
    return _requests(table) if isinstance(table, Requests) else _proceedings(table)


def _disclosure(table: Disclosure) -> Grid:
    form_2021 = isinstance(table.rules, IssuedDocuments)
    rows: list[Row] = []
    for item, names in BLOCKS:
        records = {name: record for name in names if (record := getattr(table, name)) is not None}
        if not records:
            continue
        rows.append((Box(f"第二十条第（{item}）项", across=4),))
        headed: type | None = None
        for name, record in records.items():
            if type(record) is not headed:
                # In a mixture of the forms, the rows of a block may have other columns than the first.
                rows.append(_over((Box("信息内容"), *_heads(record)), 4))
                headed = type(record)
            # 行政规范性文件 is what form 2021 calls it.
            title = "规范性文件" if name == "normative_documents" and not form_2021 else _label(Disclosure, name)
            rows.append(_over((Box(title), *_values(record, f"disclosure.{name}")), 4))
    return Grid("disclosure", tuple(rows), 4, 2)


def _heads(record: object) -> Iterator[Box]:
    """The heads of a row's columns; that of amounts names their unit, the form's own where there is no amount."""
    for column in fields_of(type(record)):
        head = column.metadata["label"]
        if column.metadata["type"] is Decimal:
            unit = getattr(record, "unit", None)
            if unit is None and getattr(record, column.name) is None:
                unit = column.metadata["unit"]
            head += f"（单位：{unit}）" if unit else ""
        yield Box(head)


def _requests(table: Requests) -> Grid:
    heads = [Box(column.metadata["label"]) for column in fields_of(Applicants)]
    person, *organizations, total = heads
    organizations[-1] = attrs.evolve(organizations[-1], narrow=True)
    rows: list[Row] = [
        (Box(BALANCE, 3, 3), Box("申请人情况", 7)),
        (Box(person.text, down=2, narrow=True), Box("法人或其他组织", 5), Box(total.text, down=2, narrow=True)),
        tuple(organizations),
    ]

    def lone(name: str) -> Row:
        return Box(_label(Requests, name), 3), *_values(getattr(table, name), f"requests.{name}")

    results = list(_results(table.results))
    results[0] = Box(_label(Requests, "results"), down=len(results), narrow=True), *results[0]
    return Grid("requests", (*rows, lone("received"), lone("carried_in"), *results, lone("carried_out")), 10, 3)


def _results(results: Results) -> Iterator[Row]:
    """The rows of 三、本年度办理结果, without its own label; the label of a group stands before its first row."""
    for group in fields_of(Results):
        record, path = getattr(results, group.name), f"requests.results.{group.name}"
        if isinstance(record, Applicants):
            yield Box(group.metadata["label"], 2), *_values(record, path)
            continue
        children = [each for each in fields_of(type(record)) if getattr(record, each.name) is not None]
        if isinstance(record, OtherResults) and record.total is not None:
            yield Box(group.metadata["label"], 2), *_values(record.total, f"{path}.total")
            children = [each for each in children if each.name != "total"]
        first: Row = (Box(group.metadata["label"], down=len(children)),)
        for child in children:
            yield (
                *first,
                Box(child.metadata["label"]),
                *_values(getattr(record, child.name), f"{path}.{child.name}"),
            )
            first = ()


def _proceedings(table: Proceedings) -> Grid:
    heads = tuple(Box(column.metadata["label"], narrow=True) for column in fields_of(Outcomes))
    titles = {case.name: case.metadata["label"] for case in fields_of(Proceedings)}
    rows: tuple[Row, ...] = (
        (Box(titles["reconsideration"], 5), Box("行政诉讼", 10)),
        (
            *(attrs.evolve(head, down=2) for head in heads),
            Box(titles["direct_litigation"], 5),
            Box(titles["post_reconsideration_litigation"], 5),
        ),
        heads * 2,
        tuple(box for case in titles for box in _values(getattr(table, case), f"proceedings.{case}")),
    )
    return Grid("proceedings", rows, 15, 3)


def _label(record: type, name: str) -> str:
    """The label the form prints for a field."""
    found: str = attrs.fields_dict(record)[name].metadata["label"]
    return found


def _values(record: object, path: str) -> Iterator[Box]:
    """The boxes of a row's values."""
    for column in fields_of(type(record)):
        below = f"{path}.{column.name}"
        yield Box(printed(below, getattr(record, column.name)), path=below)


def printed(path: str, value: CellValue) -> str:
    """A value as the form prints it: nothing for blank, a plus sign for a change upwards.

    >>> printed("disclosure.fees.change", 3), printed("requests.received.total", None)
    ('+3', '')
    """
    if value is None:
        return ""
    # Python writes no integer of more than some thousand digits, and any decimal.
    number = Decimal(value)
    return f"{number:+f}" if path.endswith(".change") and number > 0 else f"{number:f}"


def _over(boxes: Iterable[Box], width: int) -> Row:
    """The boxes of a row, the last of them widened so that the row has the width given."""
    *rest, last = boxes
    return (*rest, attrs.evolve(last, across=width - sum(box.across for box in rest)))
