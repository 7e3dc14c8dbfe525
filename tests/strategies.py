"""Reports for tests: fixed ones to start from, and strategies of hypothesis for random ones.

==========================  =================================================================================
``zeros(form)``             the official form with 0 in every cell
``printed(report, raws)``   the report, with what a source prints for some cells, and no value there
``reports()``               any report: both forms, mixtures, blanks, odd numbers, texts, sources, findings
``consistent_reports()``    a report as it should be: one form, every cell filled, every sum right
``disclosures()``           section two, each row of either form
``requests()``              section three, （六）其他处理 in three rows, in one, in both or in none
``proceedings()``           section four
``findings()``              a finding of any code
==========================  =================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import settings
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

# The first report that needs the words of the form builds the grammars, which takes longer than any other by far.
settings.register_profile("gxparse", deadline=None)
settings.load_profile("gxparse")

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
    form = draw(forms or st.sampled_from(Form))
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
    number = values[path]
    assert isinstance(number, int)
    return number
