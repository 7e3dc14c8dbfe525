"""Who has filed a report and who has not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from attrs import frozen

from gxparse._terminal import align, printable
from gxparse.agencies import Match, match, normalised
from gxparse.collection.directory import Directory
from gxparse.errors import GxparseError
from gxparse.listed import listed
from gxparse.records import Report

__all__ = ["Entry", "Filing", "Status", "missing"]


class Status(StrEnum):
    """Whether an agency has filed."""

    FILED = "filed"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    """There are reports that may be the agency's, and may be another's."""


_STATUSES = {
    Status.MISSING: ("未报送", "missing"),
    Status.AMBIGUOUS: ("无法确定", "ambiguous"),
    Status.FILED: ("已报送", "filed"),
}


@frozen
class Entry:
    """An agency that is expected to file.

    Attributes:
        expected: its name, as it was given.
        status: whether it has filed.
        reports: its reports; of an ambiguous entry, those that may be its own.
        reason_zh: why these reports are taken for its own, or why that cannot be told, in Chinese.
        reason_en: the same in English.
    """

    expected: str
    status: Status
    reports: tuple[Report, ...] = ()
    reason_zh: str = "没有这一机关的报告"
    reason_en: str = "no report of this agency"

    @property
    def report(self) -> Report | None:
        """The agency's report, the first of several; ``None`` where it is not known to have filed."""
        return self.reports[0] if self.status is Status.FILED else None


@frozen
class Filing:
    """Who has filed: an entry for each agency expected, in the order given, and the reports that nobody expected.

    Attributes:
        entries: the agencies expected.
        unexpected: the reports of other agencies, and those that name none.
        other_years: the reports of another year than asked for.
    """

    entries: tuple[Entry, ...]
    unexpected: tuple[Report, ...] = ()
    other_years: tuple[Report, ...] = ()

    def _with(self, status: Status) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.status is status)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the agencies that have not filed."""
        return tuple(entry.expected for entry in self._with(Status.MISSING))

    @property
    def filed(self) -> tuple[Entry, ...]:
        """The agencies that have filed."""
        return self._with(Status.FILED)

    @property
    def ambiguous(self) -> tuple[Entry, ...]:
        """The agencies of which it cannot be told."""
        return self._with(Status.AMBIGUOUS)

    def __str__(self) -> str:
        lines: list[str] = []
        for status, (zh, en) in _STATUSES.items():
            entries = self._with(status)
            lines.append(f"{zh} {en}: {len(entries)}")
            lines += align([("  " + printable(each.expected), each.reason_zh, each.reason_en) for each in entries])
        lines += _listed("清单以外 not expected", self.unexpected)
        lines += _listed("其他年度 of another year", self.other_years)
        return "\n".join(lines)


def _listed(head: str, reports: Sequence[Report]) -> list[str]:
    names = (f"  {printable(report.agency or '?')} {report.year or ''}".rstrip() for report in reports)
    return [f"{head}: {len(reports)}", *names] if reports else []


def missing(expected: Iterable[str], reports: Report | Iterable[Report], *, year: int | None = None) -> Filing:
    """Who of the agencies expected has not filed a report.

    A report is an agency's if it names the agency so, in full or in short, with or without the divisions that it lies
    in (see ``gxparse.agencies.match``). One that bears the very name goes before one that only matches it.

    >>> filing = missing(["青石镇", "学前街道"], [Report(agency="云岭县青石镇人民政府")])
    >>> filing.missing, filing.filed[0].report.agency
    (('学前街道',), '云岭县青石镇人民政府')

    Args:
        expected: the names of the agencies.
        reports: the reports that have come in.
        year: the year the reports have to be for; of any year, if not given. A report without a year is let pass.

    Raises:
        GxparseError: a name is no text, or something is no report.
    """
    names = tuple(dict.fromkeys([expected] if isinstance(expected, str) else expected))
    given = listed(reports)
    for name in names:
        if not isinstance(name, str):
            raise GxparseError(
                f"不是机关名称：{type(name).__name__}。 Not the name of an agency: {type(name).__name__}."
            )
    of_year: list[Report] = []
    others: list[Report] = []
    for report in given:
        (of_year if year is None or report.year in (year, None) else others).append(report)
    by_agency: dict[str, list[Report]] = defaultdict(list)
    for report in of_year:
        by_agency[report.agency or ""].append(report)
    claims = _claims(names, tuple(name for name in by_agency if name))
    claimed = {name for found in claims.values() for name in found}
    return Filing(
        tuple(_entry(name, claims, by_agency) for name in names),
        tuple(report for report in of_year if report.agency not in claimed),
        tuple(others),
    )


def _claims(expected: Sequence[str], agencies: Sequence[str]) -> dict[str, dict[str, Match]]:
    """For each agency expected, the names in reports that may be its own; the very name alone, where there is one."""
    directory = Directory((*expected, *agencies))
    matches = {
        name: {other: why for other, why in ((name, match(name, name)), *directory.matching(name)) if why}
        for name in expected
    }
    known = set(agencies)
    claims: dict[str, dict[str, Match]] = {}
    taken: set[str] = set()
    for name in expected:
        exact = {other: why for other, why in matches[name].items() if other in known and _is_very(name, other)}
        if exact:
            claims[name] = exact
            taken |= exact.keys()
    for name in expected:
        if name not in claims:
            claims[name] = {other: why for other, why in matches[name].items() if other in known - taken}
    return claims


def _is_very(name: str, other: str) -> bool:
    return normalised(name) == normalised(other)


def _entry(name: str, claims: Mapping[str, Mapping[str, Match]], by_agency: Mapping[str, Sequence[Report]]) -> Entry:
    found = claims[name]
    if not found:
        return Entry(name, Status.MISSING)
    reports = tuple(report for agency in found for report in by_agency[agency])
    if len({normalised(agency) for agency in found}) > 1 and not _agree(tuple(found)):
        listed = "、".join(found), ", ".join(found)
        return Entry(
            name, Status.AMBIGUOUS, reports, f"可能是其中之一：{listed[0]}", f"it may be any of these: {listed[1]}"
        )
    rivals = [other for other, theirs in claims.items() if not _is_very(other, name) and theirs.keys() & found.keys()]
    if rivals:
        return Entry(
            name,
            Status.AMBIGUOUS,
            reports,
            f"{'、'.join(found)} 也可能是 {'、'.join(rivals)}",
            f"{', '.join(found)} may also be {', '.join(rivals)}",
        )
    why = next(iter(found.values()))
    return Entry(name, Status.FILED, reports, why.reason_zh, why.reason_en)


def _agree(agencies: Sequence[str]) -> bool:
    """Whether all of the names may be of one agency."""
    return all(match(one, other) for place, one in enumerate(agencies) for other in agencies[:place])
