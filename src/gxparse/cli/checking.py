"""What ``gxparse check`` does with one file, and what it says of them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from gxparse import agencies
from gxparse.cli.beside import Beside, Named
from gxparse.cli.console import said
from gxparse.cli.sources import Source, read
from gxparse.cli.status import ExitStatus
from gxparse.errors import GxparseError, NotAReportError
from gxparse.messages import Language, counted, counts
from gxparse.records import Report
from gxparse.rendering.checked import Entry
from gxparse.rules import Validation, validate

__all__ = ["Checked", "check", "repeated", "status", "summary"]

# More than this are not named one by one.
_NAMED = 5


@frozen
class Checked:
    """A file with the report in it and what is to be said of it; or with what is wrong with the file.

    Attributes:
        source: the file.
        report: the report, if there is one.
        validation: what the rules found.
        problem: why there is no report.
        is_skipped: whether the file is something else than a report, and only lies in a folder with reports.
        previous: the file of last year's report that it was compared with.
        note: why it was not compared with last year's, in Chinese and in English, though it was asked for.
    """

    source: Source
    report: Report | None = None
    validation: Validation = Validation()
    problem: GxparseError | None = None
    is_skipped: bool = False
    previous: str | None = None
    note: tuple[str, str] | None = None

    @property
    def status(self) -> ExitStatus:
        """With what a check of this file alone would end."""
        if self.problem is not None:
            return ExitStatus.CLEAN if self.is_skipped else ExitStatus.UNREADABLE
        if self.note is not None:
            return ExitStatus.UNREADABLE
        return ExitStatus.CLEAN if self.validation.ok else ExitStatus.FINDINGS

    def as_dict(self) -> dict[str, Any]:
        """The file for ``--format json``."""
        report, validation = self.report, self.validation.to_dict()
        return {
            "file": self.source.name,
            "agency": report and report.agency,
            "year": report and report.year,
            "form": report and report.form,
            "ok": self.report is not None and self.validation.ok,
            "problem": None if self.problem is None else str(self.problem),
            "previous": self.previous,
            "previous_problem": self.note and "。 ".join(self.note) + ".",
            "counts": validation["counts"],
            "findings": validation["findings"],
        }

    def as_entry(self, language: Language) -> Entry:
        """The file for ``--format html``."""
        problem = None if self.problem is None else said(self.problem, language)
        return Entry(self.source.name, self.report, self.validation.findings, problem)

    def problems(self, language: Language) -> tuple[str, ...]:
        """Why there is no report, or it is not compared as asked for."""
        problem = () if self.problem is None else (said(self.problem, language),)
        return problem if self.note is None else (*problem, language.choose(*self.note))


def check(source: Source, select: Sequence[str], ignore: Sequence[str], beside: Beside) -> Checked:
    """Read and validate a file; whatever is wrong with it becomes part of the result."""
    try:
        report = read(source.name)
        candidates = beside.previous_of(report)
        previous = candidates[0] if len(candidates) == 1 else None
        validation = validate(
            report,
            previous=previous.report if previous else None,
            parts=None if beside.parts is None else [part.report for part in beside.parts],
            select=select or None,
            ignore=ignore,
        )
        note = _note(candidates) if beside.compares_years and previous is None else None
        return Checked(source, report, validation, previous=previous.name if previous else None, note=note)
    except NotAReportError as error:
        return Checked(source, problem=error, is_skipped=source.is_found)
    except GxparseError as error:
        return Checked(source, problem=error)


def _note(candidates: Sequence[Named]) -> tuple[str, str]:
    """Why a report was not compared with last year's."""
    if not candidates:
        return "没有找到同一机关上一年度的报告，未作跨年核对", "no report of this agency for the year before was found"
    names = [candidate.name for candidate in candidates]
    return (
        f"同一机关上一年度的报告有 {len(names)} 份（{'、'.join(names)}），未作跨年核对",
        f"{len(names)} reports may be that of the year before ({', '.join(names)}); it was compared with none",
    )


def status(checked: Iterable[Checked]) -> ExitStatus:
    """With what a check of these files ends."""
    return max((each.status for each in checked), default=ExitStatus.CLEAN)


def repeated(checked: Iterable[Checked], language: Language) -> str | None:
    """Which reports are of one agency and year, if any are: copies, or one of them is of another year or agency."""
    files: dict[tuple[str, int], list[Checked]] = defaultdict(list)
    for each in checked:
        if each.report and each.report.agency and each.report.year is not None:
            files[agencies.normalised(each.report.agency), each.report.year].append(each)
    several = [
        f"{same[0].report and same[0].report.agency} {year} ({', '.join(each.source.name for each in same)})"
        for (_, year), same in files.items()
        if len(same) > 1
    ]
    if not several:
        return None
    named = "; ".join(several[:_NAMED]) + (f"; … ({len(several)})" if len(several) > _NAMED else "")
    return language.choose(f"同一机关同一年度有多份报告：{named}", f"several reports of one agency and year: {named}")


def summary(checked: Sequence[Checked], language: Language) -> str:
    """How many files were checked, and how much was found."""
    found = counted(counts(finding for each in checked for finding in each.validation.findings), language)
    reports = sum(each.report is not None for each in checked)
    skipped = sum(each.is_skipped for each in checked)
    unread = len(checked) - reports - skipped
    zh = [f"{reports} 份报告：{found}"]
    en = [f"{_many(reports, 'report')}: {found}"]
    if skipped:
        zh.append(f"{skipped} 个文件不是年度报告，已略过")
        en.append(f"{_many(skipped, 'other file')} skipped")
    if unread:
        zh.append(f"{unread} 个文件无法读取")
        en.append(f"{_many(unread, 'file')} could not be read")
    return language.choose("；".join(zh), "; ".join(en))


def _many(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
