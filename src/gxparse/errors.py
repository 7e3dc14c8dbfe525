"""What the library raises. Nothing else leaves it, whatever the input."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gxparse.findings import Finding


class GxparseError(Exception):
    """The base of every error of the library."""


class SourceError(GxparseError):
    """The source cannot be read: an unknown format, encrypted, too large, or an extra is not installed."""


class NotAReportError(GxparseError):
    """The source can be read, but it is no annual report on open government information.

    The message says what it looks like instead, where that can be told.
    """


class RenderError(GxparseError):
    """A report cannot be written as asked: an unknown format or style, or an extra is not installed."""


class ComparisonError(GxparseError):
    """Reports cannot be compared or shown as asked: of one year or of different agencies, or an extra is missing."""


class FindingsError(GxparseError):
    """Raised by ``strict=True`` when a finding of severity *error* exists.

    Attributes:
        findings: those findings, in the order of the report.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        first = "\n".join(f"  {finding}" for finding in findings[:5])
        more = f"\n  … and {len(findings) - 5} more" if len(findings) > 5 else ""
        super().__init__(f"{len(findings)} finding(s) of severity error:\n{first}{more}")

    def __reduce__(self) -> tuple[type[FindingsError], tuple[tuple[Finding, ...]]]:
        return FindingsError, (self.findings,)
