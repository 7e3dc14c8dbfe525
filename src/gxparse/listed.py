"""Reports as they are given to a function: one, or any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gxparse.errors import GxparseError
from gxparse.records import Report

__all__ = ["each_report", "listed"]


def each_report(reports: Report | Iterable[Report]) -> Iterator[Report]:
    """The reports, one after the other.

    Raises:
        GxparseError: something is no report.
    """
    if isinstance(reports, Report):
        yield reports
        return
    try:
        given = iter(reports)
    except TypeError:
        raise _not_a_report(reports) from None
    for report in given:
        if not isinstance(report, Report):
            raise _not_a_report(report)
        yield report


def listed(reports: Report | Iterable[Report]) -> list[Report]:
    """The reports as a list.

    Raises:
        GxparseError: something is no report.
    """
    return list(each_report(reports))


def _not_a_report(found: object) -> GxparseError:
    kind = type(found).__name__
    return GxparseError(f"应为年报，实为 {kind}。 Expected a report, found {kind}.")
