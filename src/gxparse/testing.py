"""Reports for the tests of programs that use gxparse: fixed ones, and strategies of Hypothesis for random ones.

It needs the extra ``testing``.

==========================  =================================================================================
``zeros(form)``             the official form with 0 in every cell
``printed(report, raws)``   the report, with what a source prints for some cells, and no value there
``holding(report, cells)``  the report with these values in its cells, also such as no cell should hold
``reports()``               any report: both forms, mixtures, blanks, odd numbers, texts, sources, findings
``printed_reports()``       a report that a source can print, so that parsing what is rendered gives it back
``consistent_reports()``    a report as it should be: one form, every cell filled, every sum right
``disclosures()``           section two, each row of either form
``requests()``              section three, （六）其他处理 in three rows, in one, in both or in none
``proceedings()``           section four
``findings()``              a finding of any code
==========================  =================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import attrs
from hypothesis import strategies as st

from gxparse.document import Location
from gxparse.findings import CATALOGUE, Finding, Severity
from gxparse.records import (
    TABLES,
    Activity,
    Applicants,
    CellValue,
    Decisions,
    DisclosedDocuments,
    Disclosure,
    FeeAmount,
    FeeItems,
    Form,
    IssuedDocuments,
    OtherResults,
    OtherTable,
    Outcomes,
    Period,
    Preamble,
    Proceedings,
    Procurement,
    Report,
    Requests,
    Results,
    Source,
    Subsection,
    TextSection,
    walk,
    with_values,
)

#: What :func:`printed_reports` makes: reports of each form, and of form 2021 with （六） as one row.
FORMS = ("2021", "2019", "mixed")

# ── Fixed reports ────────────────────────────────────────────────────────────────────────────────────────────────────


def zeros(form: Form = Form.F2021) -> Report:
    """The official form with 0 in every cell: nothing to report, and nothing to find."""
    blank = Report.blank(form)
    report = blank.replace({cell.path: 0 for cell in blank.cells()})
    fees = report.disclosure.fees
    if isinstance(fees, FeeAmount):
        disclosure = attrs.evolve(report.disclosure, fees=FeeAmount(Decimal(0), "万元"))
    else:
        disclosure = attrs.evolve(report.disclosure, procurement=Procurement(0, Decimal(0), "万元"))
    return attrs.evolve(report, disclosure=disclosure)


def printed(report: Report, raws: Mapping[str, str]) -> Report:
    """The report with these texts printed in some cells, each on a line of its own, and no value in them."""
    report = report.replace(dict.fromkeys(raws))
    sources = {path: Source(raw, Location(line=line)) for line, (path, raw) in enumerate(raws.items(), 1)}
    return attrs.evolve(report, sources={**report.sources, **sources})


def holding(report: Report, cells: Mapping[str, Any]) -> Report:
    """The report with these values in some cells, whatever they are: as a program can build it, though no parser."""
    return attrs.evolve(report, **{name: with_values(getattr(report, name), name, cells) for name in TABLES})


# ── Cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_raws = (
    st.sampled_from(["", " ", "&nbsp;", "0", "/", "—", "无", "不涉及", "1.5", "本单位未制作规章", "251000元"]) | _texts
)
_counts = st.none() | st.integers(-3, 12) | st.integers(-(10**15), 10**15)
_amounts = st.none() | st.decimals(-1000, 10**12, allow_nan=False, allow_infinity=False)
_units = st.none() | st.sampled_from(["元", "万元"])


def _paths(table: Any, name: str) -> list[tuple[str, type]]:
    return [(path, attribute.metadata["type"]) for path, _, attribute in walk(table, name)]


@st.composite
def _with_some_values(draw: st.DrawFn, table: Any, name: str) -> Any:
    """A table in which some cells have values; most stay blank, as large inputs shrink badly."""
    cells = dict(_paths(table, name))
    chosen = draw(st.lists(st.sampled_from(sorted(cells)), unique=True, max_size=12))
    values = {path: draw(_counts if cells[path] is int else _amounts) for path in chosen}
    return with_values(table, name, values)


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_activities = st.sampled_from([Decisions(), Activity()])
_documents = st.sampled_from([IssuedDocuments(), DisclosedDocuments()])


@st.composite
def disclosures(draw: st.DrawFn) -> Disclosure:
    """Section two; each row is of either form, whatever the others are."""
    fees = st.builds(FeeAmount, st.none(), _units) | st.just(FeeItems())
    table = draw(
        st.builds(
            Disclosure,
            rules=_documents,
            normative_documents=_documents,
            licensing=_activities,
            other_services=st.sampled_from([None, Activity()]),
            penalties=_activities,
            compulsion=_activities,
            fees=fees,
            procurement=st.none() | st.builds(Procurement, st.none(), st.none(), _units),
        )
    )
    filled: Disclosure = draw(_with_some_values(table, "disclosure"))
    return filled


@st.composite
def requests(draw: st.DrawFn) -> Requests:
    """Section three; the rows of （六）其他处理 are those of form 2021, that of form 2019, both or none."""
    row = st.sampled_from([None, Applicants()])
    other = draw(st.builds(OtherResults, row, row, row, row))
    filled: Requests = draw(_with_some_values(Requests(results=Results(other=other)), "requests"))
    return filled


def proceedings() -> st.SearchStrategy[Proceedings]:
    """Section four."""
    return _with_some_values(Proceedings(), "proceedings")


# ── Findings and texts ───────────────────────────────────────────────────────────────────────────────────────────────

_places = st.none() | st.integers(1, 9)
_coordinates = st.floats(0, 900, allow_nan=False)
_boxes = st.none() | st.tuples(_coordinates, _coordinates, _coordinates, _coordinates)
_locations = st.builds(Location, _places, _places, _places, _places, _places, _places, _boxes)
_all_paths = [path for form in Form for name in TABLES for path, _ in _paths(getattr(Report.blank(form), name), name)]


def findings() -> st.SearchStrategy[Finding]:
    """A finding of any code about any cell, row or table, or the report."""
    numbers = st.dictionaries(_texts, _counts | _amounts, max_size=3)
    return st.builds(
        Finding,
        code=st.sampled_from(sorted(CATALOGUE)),
        path=st.sampled_from(["", "requests", "disclosure.rules", "overview", *_all_paths[::7]]),
        message_zh=_texts,
        message_en=_texts,
        label=st.none() | _texts,
        location=st.none() | _locations,
        numbers=numbers,
        suggestion=st.none() | _texts,
        severity=st.sampled_from(Severity),
    )


_paragraphs = st.lists(_texts, max_size=2).map(tuple)
_sections = st.none() | st.builds(
    TextSection,
    _texts,
    _paragraphs,
    st.lists(st.builds(Subsection, _texts, _texts, _paragraphs), max_size=2).map(tuple),
)
_maybe = st.none() | _texts
_preambles = st.builds(Preamble, _paragraphs, _maybe, _maybe, _maybe, _maybe, _maybe, _maybe)


def reports() -> st.SearchStrategy[Report]:
    """Any report at all, also such as no parser would make."""
    tables = disclosures() | requests() | proceedings()
    return st.builds(
        Report,
        title=_maybe,
        agency=_maybe,
        year=st.none() | st.integers(2008, 2030),
        form=st.none() | st.sampled_from(Form),
        period=st.none() | st.builds(Period, st.dates(), st.dates()),
        issued_on=st.none() | st.dates(),
        issued_by=_maybe,
        preamble=_preambles,
        overview=_sections,
        disclosure_text=_sections,
        disclosure=disclosures(),
        requests_text=_sections,
        requests=requests(),
        proceedings_text=_sections,
        proceedings=proceedings(),
        problems=_sections,
        other_matters=_sections,
        other_tables=st.lists(st.builds(OtherTable, _maybe, tables), max_size=1).map(tuple),
        sources=st.dictionaries(st.sampled_from(_all_paths), st.builds(Source, _raws, _locations), max_size=12),
        findings=st.lists(findings(), max_size=2).map(tuple),
    )


# ── Reports as they should be ────────────────────────────────────────────────────────────────────────────────────────

#: The columns that add up to the last one.
APPLICANTS = [attribute.name for attribute in attrs.fields(Applicants)][:-1]
OUTCOMES = [attribute.name for attribute in attrs.fields(Outcomes)][:-1]
_TOTAL = "requests.results.total"


@st.composite
def consistent_reports(draw: st.DrawFn, forms: st.SearchStrategy[Form] | None = None) -> Report:
    """A report of one form in which every cell is filled and everything adds up.

    Args:
        draw: given by hypothesis.
        forms: of which form it may be; of either, unless given.
    """
    form = draw(st.sampled_from(Form) if forms is None else forms)
    report = zeros(form)
    rows = list(dict.fromkeys(cell.path.rpartition(".")[0] for cell in report.cells()))
    values: dict[str, CellValue] = {}
    results = [row for row in rows if row.startswith("requests.results.") and row != _TOTAL]
    for column in APPLICANTS:
        parts = draw(_numbers(len(results)))
        values.update({f"{row}.{column}": part for row, part in zip(results, parts, strict=True)})
        values[f"{_TOTAL}.{column}"] = sum(parts)
        carried_out = draw(st.integers(0, 9))
        carried_in = draw(st.integers(0, sum(parts) + carried_out))
        values[f"requests.carried_out.{column}"] = carried_out
        values[f"requests.carried_in.{column}"] = carried_in
        values[f"requests.received.{column}"] = sum(parts) + carried_out - carried_in
    for row in rows:
        if row.startswith("proceedings."):
            values.update({f"{row}.{name}": part for name, part in zip(OUTCOMES, draw(_numbers(4)), strict=True)})
            values[f"{row}.total"] = sum(_number(values, f"{row}.{name}") for name in OUTCOMES)
        elif row.startswith("requests."):
            values[f"{row}.total"] = sum(_number(values, f"{row}.{name}") for name in APPLICANTS)
    return attrs.evolve(report.replace(values), year=2020 if form is Form.F2019 else 2023)


def _numbers(count: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, 30), min_size=count, max_size=count)


def _number(values: Mapping[str, CellValue], path: str) -> int:
    return int(values[path] or 0)


# ── Reports as they are printed ──────────────────────────────────────────────────────────────────────────────────────

_PLACES = ("云岭县", "青石镇", "白塔区", "洪泽县", "呼兰区", "东风自治县", "𤧛河镇", "䢺水区", "阿鲁科尔沁旗")
_ORGANS = (
    "人民政府",
    "人民政府办公室",
    "教育局",
    "发展和改革局",
    "市场监督管理局",
    "街道办事处",
    "管理委员会",
    "财政厅",
    "档案馆",
)
_TITLES = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开年度报告",
    "{agency}{year}年政府信息公开工作报告",
    "{agency}{year}年信息公开年报",
    "{year}年{agency}政府信息公开工作年度报告",
    "{agency}政府信息公开工作年度报告（{year}年度）",
)
_CONTACTS = {
    "address": ("地址", ("云岭县青石镇溪口街12号", "白塔区学前路甲3号附2楼")),
    "postcode": ("邮编", ("012345", "999001")),
    "phone": ("电话", ("0999-8123456", "0999-8123456-8")),
    "fax": ("传真", ("0999-8123457",)),
    "email": ("电子邮箱", ("xxgk@example.org",)),
    "website": ("网址", ("https://www.example.org/",)),
}
_TOKENS = ("/", "—", "-", "无", "不涉及", "本单位未制作规章")
_SENTENCES = (
    "全年主动公开政府信息{0}条，其中通过网站公开{1}条，占{2}.{3}%。",
    "共收到申请{0}件，较上年增加{1}件；结转{2}件，答复{3}件。",
    "组织培训{0}次，参训{1}人次，投入经费{2}.{3}万元。",
    "对{0}份文件作了解读，阅读量{1}次，回应关切{2}次。",
    "截至年底，{0}个村（社区）设公开栏{1}处，全年更换{2}期。",
)
_RARE = "龘㐂𠮷囍鎏·℃％§※→①⑳㈱Ⅻ“”‘’《》〔〕—…、é®½²📄"


@st.composite
def printed_reports(draw: st.DrawFn, forms: st.SearchStrategy[str] | None = None) -> Report:
    """A report that a source can print: what it says is in its text or in its tables, so that parsing gives it back.

    The numbers are distinct, so that one in the wrong place is seen; some cells are blank or hold a token.

    Args:
        draw: given by hypothesis.
        forms: of ``"2021"``, ``"2019"`` and ``"mixed"`` (form 2021 with （六） as one row), those it may be of.
    """
    form = draw(st.sampled_from(FORMS) if forms is None else forms)
    year = draw(st.integers(2019, 2027))
    agency = draw(_agencies)
    title = draw(st.sampled_from(_TITLES)).format(agency=agency, year=year)
    period = Period(date(year, 1, 1), date(year, 12, 31))
    signed = draw(st.booleans())
    return attrs.evolve(
        draw(_filled(blank(form))),
        title=title,
        agency=agency,
        year=year,
        period=period,
        issued_by=agency if signed else None,
        issued_on=date(year + 1, draw(st.integers(1, 4)), draw(st.integers(1, 28))) if signed else None,
        preamble=draw(_printed_preambles(period)),
        overview=draw(_printed_sections("一、总体情况")),
        disclosure_text=draw(_printed_sections("二、主动公开政府信息情况")),
        requests_text=draw(_printed_sections("三、收到和处理政府信息公开申请情况")),
        proceedings_text=draw(_printed_sections("四、政府信息公开行政复议、行政诉讼情况")),
        problems=draw(_printed_sections("五、存在的主要问题及改进情况")),
        other_matters=draw(_printed_sections("六、其他需要报告的事项")),
    )


_agencies = st.builds(
    lambda places, organ: "".join(places) + organ,
    st.lists(st.sampled_from(_PLACES), min_size=1, max_size=2, unique=True),
    st.sampled_from(_ORGANS),
)


def blank(form: str) -> Report:
    """The blank form that one of :data:`FORMS` names."""
    report = Report.blank(Form.F2019 if form == "2019" else Form.F2021)
    if form != "mixed":
        return report
    results = attrs.evolve(report.requests.results, other=OtherResults(total=Applicants()))
    return attrs.evolve(report, requests=attrs.evolve(report.requests, results=results))


@st.composite
def _filled(draw: st.DrawFn, report: Report) -> Report:
    """The report with another number in every cell, but for some that are blank or hold a token."""
    cells = {cell.path: cell for cell in report.cells()}
    numbers = list(range(start := draw(st.integers(0, 10**12)), start + len(cells)))
    Random(draw(st.integers(0, 99))).shuffle(numbers)  # noqa: S311
    values: dict[str, CellValue] = dict(zip(cells, numbers, strict=True))
    for path in cells:
        if path.endswith(".change"):
            values[path] = draw(st.integers(-99, 99))
        elif path.endswith(".amount"):
            values[path] = draw(st.decimals(0, 10**9, places=2))
    without = st.lists(st.sampled_from(sorted(cells)), unique=True, max_size=40)
    tokens = draw(st.dictionaries(st.sampled_from(sorted(cells)), st.sampled_from(_TOKENS), max_size=5))
    report = report.replace(values | dict.fromkeys(draw(without)) | dict.fromkeys(tokens))
    report = _with_units(report, draw(st.sampled_from(("万元", "元"))))
    return attrs.evolve(report, sources={path: Source(token, Location()) for path, token in tokens.items()})


def _with_units(report: Report, unit: str) -> Report:
    """The report with a unit for each amount that it has."""
    table = report.disclosure
    for name in ("fees", "procurement"):
        row = getattr(table, name)
        if isinstance(row, FeeAmount | Procurement) and row.amount is not None:
            # mypy takes the name of the field for any of them.
            table = attrs.evolve(table, **{name: attrs.evolve(row, unit=unit)})  # type: ignore[arg-type]
    return attrs.evolve(report, disclosure=table)


@st.composite
def _paragraph(draw: st.DrawFn) -> str:
    """A paragraph with numbers and now and then a rare character in it."""
    sentences = draw(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=3))
    numbers = st.integers(0, 9999)
    said = "".join(sentence.format(*(draw(numbers) for _ in range(4))) for sentence in sentences)
    rare = draw(st.text(st.sampled_from(_RARE), max_size=3))
    return f"本年度{rare}{said}"


@st.composite
def _printed_sections(draw: st.DrawFn, heading: str) -> TextSection:
    paragraphs = draw(st.lists(_paragraph(), max_size=2))
    parts = [
        Subsection(f"（{number}）", draw(st.sampled_from(_HEADINGS)), tuple(draw(st.lists(_paragraph(), max_size=2))))
        for number in "一二三四"[: draw(st.integers(0, 3))]
    ]
    return TextSection(heading, tuple(paragraphs), tuple(parts))


_HEADINGS = ("主动公开工作", "平台建设", "监督保障", "2023年重点工作推进")


@st.composite
def _printed_preambles(draw: st.DrawFn, period: Period) -> Preamble:
    """What stands before the first section: the period, and some ways to ask."""
    days = [f"{day.year}年{day.month}月{day.day}日" for day in (period.start, period.end)]
    said = f"本报告所列数据的统计期限自{days[0]}起至{days[1]}止。"
    chosen = draw(st.lists(st.sampled_from(sorted(_CONTACTS)), unique=True))
    contacts = {name: draw(st.sampled_from(_CONTACTS[name][1])) for name in chosen}
    if contacts:
        listed = "，".join(f"{_CONTACTS[name][0]}：{text}" for name, text in contacts.items())
        said += f"如有疑问，请与我们联系（{listed}）。"
    return Preamble((said,), **contacts)
