"""What ``gxparse check`` compares a report with: the report of the year before, and those of the subordinate units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from attrs import field, frozen

from gxparse import agencies
from gxparse.cli.sources import Source, read, walk
from gxparse.errors import GxparseError, NotAReportError
from gxparse.records import Report

__all__ = ["Beside", "Named", "UnreadError", "named_reports"]


class UnreadError(Exception):
    """What is wrong with a file beside those that are checked.

    Attributes:
        name: the name of the file.
        error: why there is no report in it.
    """

    def __init__(self, name: str, error: GxparseError) -> None:
        super().__init__(name, error)
        self.name = name
        self.error = error


@frozen
class Named:
    """A report and the name of its file."""

    name: str
    report: Report


def named_reports(
    names: Iterable[str], leave_out: Iterable[str] = (), unread: list[UnreadError] | None = None
) -> tuple[Named, ...]:
    """The reports in files and folders; other files that only lie in a folder are passed over.

    Args:
        names: the files and folders.
        leave_out: files that are not wanted among them.
        unread: takes what is wrong with files that only lie in a folder and cannot be read.

    Raises:
        UnreadError: a file cannot be read, or one that is named is no report.
    """
    unwanted = {Path(name).resolve() for name in leave_out}
    found = []
    for source in walk(names):
        if Path(source.name).resolve() in unwanted:
            continue
        try:
            found.append(Named(source.name, read(source.name)))
        except NotAReportError as error:
            if not source.is_found:
                raise UnreadError(source.name, error) from None
        except GxparseError as error:
            if unread is None or not source.is_found:
                raise UnreadError(source.name, error) from None
            unread.append(UnreadError(source.name, error))
    return tuple(found)


@frozen
class Beside:
    """The reports beside those that are checked.

    Attributes:
        previous: those of the year before.
        is_given: whether ``previous`` is one report that was named, to be compared with whatever is checked.
        compares_years: whether those of the year before were asked for, even if there are none.
        parts: those of the subordinate units, if any were named.
        unread: what is wrong with files among those of the year before. Without one of them the others can be compared,
            but the sum of the parts cannot be checked without a part.
    """

    previous: tuple[Named, ...] = ()
    is_given: bool = False
    compares_years: bool = False
    parts: tuple[Named, ...] | None = None
    unread: tuple[UnreadError, ...] = ()
    _by_agency: dict[tuple[int, str], list[Named]] = field(init=False)

    @_by_agency.default
    def _indexed(self) -> dict[tuple[int, str], list[Named]]:
        index: dict[tuple[int, str], list[Named]] = defaultdict(list)
        for each in self.previous:
            if each.report.year is not None and each.report.agency:
                index[each.report.year, agencies.normalised(each.report.agency)].append(each)
        return index

    @classmethod
    def of(cls, previous: str | None, parts: Iterable[str], sources: Iterable[Source]) -> Beside:
        """The reports of these files and folders.

        Raises:
            UnreadError: one of them cannot be read.
        """
        parts = tuple(parts)
        unread: list[UnreadError] = []
        return cls(
            previous=named_reports([previous], unread=unread) if previous else (),
            is_given=previous is not None and not Path(previous).is_dir(),
            compares_years=previous is not None,
            parts=named_reports(parts, [source.name for source in sources]) if parts else None,
            unread=tuple(unread),
        )

    def previous_of(self, report: Report) -> tuple[Named, ...]:
        """The report of last year, or several of which nobody can say which it is, or none."""
        if self.is_given:
            return self.previous
        if report.year is None or not report.agency:
            return ()
        year = report.year - 1
        if same := self._by_agency.get((year, agencies.normalised(report.agency))):
            return tuple(same)
        return tuple(
            each
            for each in self.previous
            if each.report.year == year and agencies.match(report.agency, each.report.agency)
        )
