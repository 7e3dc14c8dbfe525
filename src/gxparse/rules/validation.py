"""``validate()``: all rules over one report, and what they found."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import attrs

from gxparse.errors import GxparseError
from gxparse.findings import CATALOGUE, Finding
from gxparse.records import Report, shown
from gxparse.rules import (
    cells,
    combinations,
    duties,
    forms,
    identity,
    narrative,
    parts,
    presence,
    previous,
    second_tables,
    sections,
    sums,
)
from gxparse.rules.result import Validation
from gxparse.rules.rule import Needs, Rule
from gxparse.rules.sheet import Sheet, above

__all__ = ["RULES", "Validation", "validate"]

#: Every rule that is in force, family by family.
RULES: tuple[Rule, ...] = (
    *presence.RULES,
    *forms.RULES,
    *sections.RULES,
    *identity.RULES,
    *cells.RULES,
    *sums.RULES,
    *second_tables.RULES,
    *combinations.RULES,
    *narrative.RULES,
    *duties.RULES,
    *previous.RULES,
    *parts.RULES,
)


def validate(
    report: Report,
    *,
    previous: Report | None = None,
    parts: Iterable[Report] | None = None,
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
) -> Validation:
    """Check a report against the rules of the form, and, if they are given, against other reports.

    >>> from gxparse.records import Applicants, Report, Requests
    >>> report = Report(requests=Requests(received=Applicants(5, 7, 0, 0, 0, 0, 11)))
    >>> for finding in validate(report, select="GX3").findings:
    ...     finding.code, finding.path, finding.message_en
    ('GX303', 'requests.received.total', 'expected 12 (= 5 + 7), found 11')

    Args:
        report: the report, parsed or built.
        previous: the same agency's report of the year before, for the rules of family GX5.
        parts: the reports of the subordinate units of which this one is the sum, for the rules of family GX6.
        select: codes of findings, or their beginnings such as ``"GX3"``; others are left out. All, if not given.
        ignore: codes of findings or their beginnings that are left out, also where ``select`` names them.

    Raises:
        GxparseError: ``select`` or ``ignore`` holds something with which no code begins, or a program built a report
            of something else than its fields are declared to hold.
        TypeError: an argument is of another type.
    """
    _check_is_report("report", report)
    if previous is not None:
        _check_is_report("previous", previous)
    if parts is not None:
        parts = _reports("parts", parts)
    wanted = ("",) if select is None else _beginnings(select)
    unwanted = _beginnings(ignore or ())

    def is_wanted(code: str) -> bool:
        return code.startswith(wanted) and not code.startswith(unwanted)

    sheet = Sheet.of(report)
    beside: dict[Needs, tuple[Any, ...]] = {Needs.NOTHING: ()}
    if previous is not None:
        beside[Needs.PREVIOUS] = (Sheet.of(previous),)
    if parts is not None:
        beside[Needs.PARTS] = ([Sheet.of(part) for part in parts],)
    found = list(report.findings)
    for rule in RULES:
        if rule.needs in beside and any(map(is_wanted, rule.codes)):
            found += rule.check(sheet, *beside[rule.needs])
    return Validation(tuple(_in_order(sheet, (each for each in found if is_wanted(each.code)))), report)


def _reports(name: str, given: Iterable[Report]) -> tuple[Report, ...]:
    """The reports of an argument that takes several."""
    if isinstance(given, Report | str) or not isinstance(given, Iterable):
        raise TypeError(f"{name}: expected several reports, such as a list of them, found {shown(given)}")
    reports = tuple(given)
    for place, each in enumerate(reports):
        _check_is_report(f"{name}[{place}]", each)
    return reports


def _check_is_report(name: str, given: object) -> None:
    if not isinstance(given, Report):
        raise TypeError(f"{name}: expected a Report, as gxparse.parse() gives it, found {shown(given)}")


def _beginnings(codes: str | Iterable[str]) -> tuple[str, ...]:
    """The codes and beginnings of codes that are asked for, each of them with a meaning."""
    beginnings = (codes,) if isinstance(codes, str) else tuple(codes)
    for beginning in beginnings:
        if not beginning or not any(code.startswith(beginning) for code in CATALOGUE):
            raise GxparseError(f"no code of a finding begins with {beginning!r}; there are {_families()}")
    return beginnings


def _families() -> str:
    """The codes that there are, the first and the last of each family."""
    families = (list(codes) for _, codes in groupby(CATALOGUE, key=lambda code: code[:3]))
    return ", ".join(f"{codes[0]}–{codes[-1]}" for codes in families)


# Where that stands which has no place in the report.
_BEFORE_ALL = -1


def _in_order(sheet: Sheet, findings: Iterable[Finding]) -> list[Finding]:
    """The findings by their place in the report, those about one place by their code."""
    parts = {name: place for place, name in enumerate(attrs.fields_dict(Report))}
    places: dict[str, int] = {}
    for place, path in enumerate(sheet.cells):
        for each in above(path):
            places.setdefault(each, place)

    def key(finding: Finding) -> tuple[int, int, str]:
        part = parts.get(finding.path.partition(".")[0], _BEFORE_ALL)
        return part, places.get(finding.path, _BEFORE_ALL), finding.code

    return sorted(findings, key=key)
