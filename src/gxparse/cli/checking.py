"""What ``gxparse check`` does with one file, and what it says of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from gxparse.cli.console import Language
from gxparse.cli.sources import Source, read
from gxparse.cli.status import ExitStatus
from gxparse.errors import GxparseError, NotAReportError
from gxparse.findings import Severity
from gxparse.records import Report
from gxparse.rules import Validation, validate
from gxparse.serialise import finding_to_dict

__all__ = ["Checked", "check", "status", "summary"]


@frozen
class Checked:
    """A file with the report in it and what is to be said of it; or with what is wrong with the file.

    Attributes:
        source: the file.
        report: the report, if there is one.
        validation: what the rules found.
        problem: why there is no report.
        is_skipped: whether the file is something else than a report, and only lies in a folder with reports.
    """

    source: Source
    report: Report | None = None
    validation: Validation = Validation()
    problem: str | None = None
    is_skipped: bool = False

    @property
    def status(self) -> ExitStatus:
        """With what a check of this file alone would end."""
        if self.problem is not None:
            return ExitStatus.CLEAN if self.is_skipped else ExitStatus.UNREADABLE
        return ExitStatus.CLEAN if self.validation.ok else ExitStatus.FINDINGS

    def as_dict(self) -> dict[str, Any]:
        """The file for ``--format json``."""
        report = self.report
        return {
            "file": self.source.name,
            "agency": report and report.agency,
            "year": report and report.year,
            "form": report and report.form,
            "ok": self.report is not None and self.validation.ok,
            "problem": self.problem,
            "findings": [finding_to_dict(finding) for finding in self.validation.findings],
        }


def check(source: Source, select: Sequence[str], ignore: Sequence[str]) -> Checked:
    """Read and validate a file; whatever is wrong with it becomes part of the result."""
    try:
        report = read(source.name)
        return Checked(source, report, validate(report, select=select or None, ignore=ignore))
    except NotAReportError as error:
        return Checked(source, problem=str(error), is_skipped=source.is_found)
    except GxparseError as error:
        return Checked(source, problem=str(error))


def status(checked: Iterable[Checked]) -> ExitStatus:
    """With what a check of these files ends."""
    return max((each.status for each in checked), default=ExitStatus.CLEAN)


def summary(checked: Sequence[Checked], language: Language) -> str:
    """How many files were checked, and how much was found."""
    counts = Counter(finding.severity for each in checked for finding in each.validation.findings)
    errors, warnings, notes = (counts[severity] for severity in Severity)
    reports = sum(each.report is not None for each in checked)
    skipped = sum(each.is_skipped for each in checked)
    unread = len(checked) - reports - skipped
    zh = [f"{reports} 份报告：{errors} 个错误，{warnings} 个警告，{notes} 个提示"]
    en = [f"{_many(reports, 'report')}: {_many(errors, 'error')}, {_many(warnings, 'warning')}, {_many(notes, 'note')}"]
    if skipped:
        zh.append(f"{skipped} 个文件不是年度报告，已略过")
        en.append(f"{_many(skipped, 'other file')} skipped")
    if unread:
        zh.append(f"{unread} 个文件无法读取")
        en.append(f"{_many(unread, 'file')} could not be read")
    return language.choose("；".join(zh), "; ".join(en))


def _many(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
