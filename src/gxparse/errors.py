"""What the library raises. Nothing else leaves it, whatever a source or a record holds.

A program that calls it with an argument of another kind, or puts into a cell what is no number, gets the ``TypeError``,
``ValueError`` or ``KeyError`` that Python has for such mistakes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gxparse.findings import Finding


# Where the Chinese sentences of a message end, and those in English begin. The last one may end in a command to run.
_BETWEEN = re.compile(r'(?<=。) |(?<=") (?=[A-Z])')
_CHINESE = re.compile("[\u4e00-\u9fff]")


class GxparseError(Exception):
    """The base of every error of the library.

    Most messages say the same in Chinese and behind it in English. Where one does not, either half is all of it.

    >>> error = GxparseError("没有这个文件。 There is no such file.")
    >>> error.message_zh, error.message_en
    ('没有这个文件。', 'There is no such file.')
    """

    @property
    def message_zh(self) -> str:
        """What the message says in Chinese."""
        return self._halves()[0]

    @property
    def message_en(self) -> str:
        """What the message says in English."""
        return self._halves()[1]

    def _halves(self) -> tuple[str, str]:
        message = str(self)
        zh, *en = _BETWEEN.split(message, maxsplit=1)
        if not en or not _CHINESE.search(zh):
            return message, message
        return zh, en[0]


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
