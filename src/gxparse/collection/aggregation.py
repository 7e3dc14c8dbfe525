"""The sum of reports: what an office that collects the reports of its subordinates puts together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, date
from typing import Any, TypeVar

import attrs
from attrs import field, frozen

from gxparse.agencies import normalised
from gxparse.collection.addition import Part, Reason, Share, Total, divisions, total
from gxparse.collection.directory import Directory
from gxparse.comparison.wording import amount
from gxparse.document import Location
from gxparse.errors import GxparseError
from gxparse.findings import Finding
from gxparse.listed import listed
from gxparse.records import (
    TABLES,
    Applicants,
    FeeAmount,
    Form,
    OtherResults,
    Period,
    Procurement,
    Report,
    Source,
    with_values,
)
from gxparse.rules.sheet import Sheet, above, label_of

__all__ = ["Aggregate", "LeftOut", "aggregate"]

T = TypeVar("T")


@frozen
class LeftOut:
    """What could not be added, or was added with a doubt.

    Attributes:
        path: a cell, or the row or table no cell of which could be added; empty where it is about the whole part.
        report: the part; ``None`` where it is about all of them.
        reason: why.
    """

    path: str
    report: Report | None
    reason: Reason


@frozen
class Aggregate(Report):
    """A report that is the sum of others. It can be used wherever a report can.

    Attributes:
        provenance: what each part gave to each cell, by the path of the cell.
        left_out: what could not be added, and why. Each is a finding (GX602) of the report too.
    """

    provenance: Mapping[str, tuple[Share, ...]] = field(factory=dict, eq=False, repr=False)
    left_out: tuple[LeftOut, ...] = field(default=(), eq=False, repr=False)


def aggregate(
    reports: Report | Iterable[Report],
    *,
    form: Form | str | None = None,
    agency: str | None = None,
    year: int | None = None,
) -> Aggregate:
    """The sum of reports, cell by cell, as a report.

    A cell that is blank or not applicable counts as 0, as it does in the sums of a single table; where all parts leave
    it so, it is blank in the sum. Where the number of a part is not known (it cannot be read, the part's form does not
    have it, amounts are in different units, two reports of one agency contradict each other), the sum is ``None``: the
    sum of the rest would look like the whole. ``left_out`` and ``findings`` say which and why.

    >>> parts = [Report().replace({"requests.received.total": number}) for number in (3, 4)]
    >>> total = aggregate(parts, agency="云岭县人民政府")
    >>> total.requests.received.total, [share.value for share in total.provenance["requests.received.total"]]
    (7, [3, 4])

    Args:
        reports: the reports of the subordinate units.
        form: the form of the sum. If not given, it is the form of most parts, with the rows that the parts have.
        agency: the agency whose report the sum is.
        year: the year. If not given, it is that of most parts. Parts of other years are left out and reported.

    Raises:
        GxparseError: there is no such form, or something is no report.
    """
    given = listed(reports)
    if year is None:
        years = [part.year for part in given if part.year is not None]
        year = _most(years, sorted(set(years), reverse=True))
    parts, doubts = _parts(given, year)
    if form is None:
        chosen = _most([part.reports[0].form for part in parts], (Form.F2021, Form.F2019))
        blank = _with_rows_of(parts, chosen)
    else:
        chosen = _form(form)
        blank = Report.blank(chosen)
    paths = list(Sheet.of(blank).cells)
    provenance = {path: tuple(part.share(path, _divided(path, paths)) for part in parts) for path in paths}
    totals = {path: total(shares) for path, shares in provenance.items()}
    left_out = (*doubts, *_left_out(parts, provenance, totals))
    sums = {path: each.value for path, each in totals.items()}
    filled = attrs.evolve(blank, **{name: with_values(getattr(blank, name), name, sums) for name in TABLES})
    filled = _with_units(filled, totals)
    return Aggregate(
        **{name: getattr(filled, name) for name in TABLES},
        agency=agency,
        year=year,
        form=chosen,
        period=Period(date(year, 1, 1), date(year, 12, 31)) if year and MINYEAR <= year <= MAXYEAR else None,
        sources=_printed(provenance),
        findings=tuple(map(_finding, left_out)),
        provenance=provenance,
        left_out=left_out,
    )


def _form(form: Form | str) -> Form:
    try:
        return Form(str(form))
    except ValueError:
        raise GxparseError(f"没有 {form!r} 这种格式。 There is no form {form!r}; there are 2019 and 2021.") from None


def _most(found: Iterable[T | None], order: Sequence[T]) -> T | None:
    """What occurs most often; of what occurs equally often, what comes first in the order."""
    counts = Counter(found)
    return max((each for each in order if counts[each]), key=lambda each: counts[each], default=None)


# ── The parts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _parts(given: Iterable[Report], year: int | None) -> tuple[list[Part], tuple[LeftOut, ...]]:
    """The parts that are added, and what is to be said of reports as a whole."""
    doubts: list[LeftOut] = []
    groups: list[list[Report]] = []
    by_name: dict[str, list[Report]] = {}
    for report in given:
        if report.year is not None and report.year != year:
            own, whole = amount(report.year), amount(year)
            reason = Reason(f"是 {own} 年度报告，不计入 {whole} 年度", f"for {own}, left out of {whole}")
            doubts.append(LeftOut("", report, reason))
            continue
        if report.other_tables:
            doubts.append(LeftOut("", report, _OTHER_TABLES))
        name = normalised(report.agency or "")
        if name and name in by_name:
            by_name[name].append(report)
            doubts.append(LeftOut("", report, _AGAIN))
            continue
        groups.append([report])
        by_name[name] = groups[-1]
    doubts += _alike([group[0] for group in groups])
    return [Part(tuple(group)) for group in groups], tuple(doubts)


_AGAIN = Reason(
    "同一机关的另一份报告，各数只计一次", "another report of the same agency, whose numbers are counted once"
)
_OTHER_TABLES = Reason(
    "另有同类表格（如本级、全区各一张），只计第一张", "holds further tables of the same kind; only the first is added"
)


def _alike(reports: Iterable[Report]) -> Iterator[LeftOut]:
    """Parts that may be of one agency, going by their names: each of them is added."""
    named = {report.agency: report for report in reports if report.agency}
    directory = Directory(named)
    noted: set[frozenset[str]] = set()
    for name, report in named.items():
        for other, match in directory.matching(name):
            if frozenset((name, other)) not in noted:
                noted.add(frozenset((name, other)))
                zh = f"与“{other}”可能是同一机关（{match.reason_zh}），两份都已计入，请核对"
                en = f"maybe the same agency as {other} ({match.reason_en}); both are added, please check"
                yield LeftOut("", report, Reason(zh, en))


# ── The rows of the sum ──────────────────────────────────────────────────────────────────────────────────────────────

_ONE = frozenset({"total"})
_THREE = frozenset(attrs.fields_dict(OtherResults)) - _ONE


def _with_rows_of(parts: Sequence[Part], form: Form | None) -> Report:
    """A blank report with the rows that most parts have."""
    report = Report.blank(form) if form else Report()
    if not parts:
        return report
    reports = [part.reports[0] for part in parts]
    rows: dict[str, Any] = {}
    for name in attrs.fields_dict(type(report.disclosure)):
        kinds = [type(getattr(each.disclosure, name)) for each in reports]
        kind = _most(kinds, [type(getattr(report.disclosure, name)), *dict.fromkeys(kinds)])
        rows[name] = None if kind in (None, type(None)) else kind()
    other = OtherResults(**{name: Applicants() for name in _rows_of_other(reports)})
    requests = attrs.evolve(report.requests, results=attrs.evolve(report.requests.results, other=other))
    return attrs.evolve(report, disclosure=attrs.evolve(report.disclosure, **rows), requests=requests)


def _rows_of_other(reports: Iterable[Report]) -> frozenset[str]:
    """The rows of （六）其他处理 that the reports have; one row, where some have but that."""
    found = {
        frozenset(name for name in (*_ONE, *_THREE) if getattr(report.requests.results.other, name) is not None)
        for report in reports
    }
    if len(found) == 1:
        return found.pop()
    return _THREE if all(rows >= _THREE for rows in found) else _ONE


def _divided(path: str, paths: Iterable[str]) -> tuple[str, ...]:
    """The cells that together are this one in the other form, unless the sum has them itself."""
    divided = divisions(path)
    return divided if divided and not set(divided) & set(paths) else ()


# ── What comes of it ─────────────────────────────────────────────────────────────────────────────────────────────────


def _with_units(report: Report, totals: Mapping[str, Total]) -> Report:
    """The report with the units that the parts print for the amounts, or without any."""
    rows = {}
    for name in ("fees", "procurement"):
        row = getattr(report.disclosure, name)
        if isinstance(row, FeeAmount | Procurement):
            rows[name] = attrs.evolve(row, unit=totals[f"disclosure.{name}.amount"].unit)
    # mypy takes the name of the field for any of them.
    return attrs.evolve(report, disclosure=attrs.evolve(report.disclosure, **rows))  # type: ignore[arg-type]


def _printed(provenance: Mapping[str, Sequence[Share]]) -> dict[str, Source]:
    """What stands in the cells that no part has a number for: blank, or the word of the first part that has one."""
    printed = {}
    for path, shares in provenance.items():
        raws = [share.cell.raw for share in shares if share.cell and share.cell.raw is not None and not share.is_number]
        if shares and len(raws) == len(shares) and all(share.value is not None for share in shares):
            printed[path] = Source(next(filter(str.strip, raws), ""), Location())
    return printed


def _left_out(
    parts: Sequence[Part], provenance: Mapping[str, Sequence[Share]], totals: Mapping[str, Total]
) -> Iterator[LeftOut]:
    """The cells without a sum, by part and reason; whole rows and tables are named as such."""
    unknown: dict[tuple[int | None, Reason], list[str]] = defaultdict(list)
    for path, shares in provenance.items():
        for place, share in enumerate(shares):
            if share.reason:
                unknown[place, share.reason].append(path)
        if reason := totals[path].reason:
            unknown[None, reason].append(path)
    sizes = _sizes(provenance)
    for (number, why), paths in unknown.items():
        missing = _sizes(paths)
        whole = {each for each, size in missing.items() if size == sizes[each] > 1}
        shown = (next((each for each in reversed(above(path)) if each in whole), path) for path in paths)
        for path in dict.fromkeys(shown):
            yield LeftOut(path, None if number is None else parts[number].reports[0], why)


def _sizes(paths: Iterable[str]) -> Counter[str]:
    """How many of the cells there are below each row and table."""
    return Counter(each for path in paths for each in above(path))


def _finding(left_out: LeftOut) -> Finding:
    report, reason = left_out.report, left_out.reason
    agency = (
        ("", "") if report is None else (f"{report.agency or '未署名的下级报告'}：", f"{report.agency or 'a part'}: ")
    )
    return Finding("GX602", left_out.path, agency[0] + reason.zh, agency[1] + reason.en, label=label_of(left_out.path))
