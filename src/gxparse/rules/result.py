"""What the rules found in a report, to be read, counted and handed on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from gxparse._terminal import printable
from gxparse.errors import GxparseError
from gxparse.findings import Finding, Severity
from gxparse.messages import Language, counted, counts
from gxparse.records import Report
from gxparse.rules.listing import listed
from gxparse.serialise import finding_to_dict

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped]

__all__ = ["Validation"]


@frozen
class Validation:
    """What the rules found in a report, in the order of the report.

    ``str()`` of it is a list to read, in the language of the locale. In a notebook it shows itself as
    :meth:`to_html` does.

    Attributes:
        findings: the findings.
        report: the report they are about. It takes no part in ``==``.
    """

    findings: tuple[Finding, ...] = ()
    report: Report | None = field(default=None, eq=False, repr=False)

    @property
    def ok(self) -> bool:
        """Whether there is no finding of severity *error*."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, the gravest first."""
        return counts(self.findings)

    def to_text(self, language: str | None = None) -> str:
        """The findings as a list to read: the gravest first, each with its label, its place and its numbers.

        Args:
            language: ``"zh"`` or ``"en"``; that of the locale, if not given.

        Raises:
            GxparseError: there are no messages in this language.
        """
        chosen = Language.named(language)
        head = ""
        if self.report and (self.report.agency or self.report.year):
            head = f"{printable(' '.join(str(each) for each in (self.report.agency, self.report.year) if each))}: "
        summary = counted(self.counts, chosen) if self.findings else chosen.choose("没有发现问题", "no findings")
        return "\n".join([head + summary, *listed(self.findings, chosen)])

    def __str__(self) -> str:
        return self.to_text()

    def to_dict(self) -> dict[str, Any]:
        """Whether all is well, how much was found, and the findings, as plain dictionaries and lists.

        >>> Validation().to_dict()
        {'ok': True, 'counts': {'error': 0, 'warning': 0, 'info': 0}, 'findings': []}
        """
        return {
            "ok": self.ok,
            "counts": {severity.value: count for severity, count in self.counts.items()},
            "findings": [finding_to_dict(finding) for finding in self.findings],
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """The same as JSON. Amounts are strings.

        Args:
            indent: spaces a level; without it everything stands on one line.

        Raises:
            GxparseError: a finding, which no rule can have made, holds a number that JSON has no form for.
        """
        try:
            return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, indent=indent, default=str)
        except ValueError as error:
            raise GxparseError(f"the findings cannot be written as JSON: {error}") from None

    def to_frame(self) -> pyarrow.Table:
        """The findings as an Arrow table, a row each, which pandas and Polars read without copying.

        Raises:
            GxparseError: the extra ``frame`` is not installed, or a number is too large for a column.
        """
        try:
            from gxparse.rules.frame import frame  # noqa: PLC0415 - needs an extra
        except ImportError:
            raise GxparseError(
                '输出数据表需要另装组件，请运行：pip install "gxparse[frame]" '
                'Tables of data need an extra: pip install "gxparse[frame]"'
            ) from None
        return frame(self.findings, self.report)

    def to_html(self, language: str | None = None) -> str:
        """The check report: a page that stands by itself, with the report's tables and its wrong cells marked.

        Args:
            language: ``"zh"`` or ``"en"``; that of the locale, if not given.

        Raises:
            GxparseError: there are no messages in this language, or the report is not known.
        """
        from gxparse.rendering.checked import page  # noqa: PLC0415 - only for those who want a page

        if self.report is None:
            raise GxparseError("没有报告，无法输出页面。 There is no report to show the findings in.")
        return page(self.report, self.findings, Language.named(language))

    def _repr_html_(self) -> str | None:
        from gxparse.rendering.checked import fragment  # noqa: PLC0415 - only for notebooks

        return fragment(self.report, self.findings, Language.of_locale()) if self.report else None
