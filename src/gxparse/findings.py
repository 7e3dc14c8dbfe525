"""Findings: one class for all that is to be said about a report, whether met in parsing or in checking."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from gxparse.catalogue import CATALOGUE, Kind, Severity
from gxparse.document import Location

__all__ = ["CATALOGUE", "Finding", "Kind", "Severity"]


@frozen
class Finding:
    """One thing to be said about a report.

    Attributes:
        code: a code of :data:`gxparse.catalogue.CATALOGUE`, such as ``"GX302"``.
        path: a cell, the prefix of a row or table, a section, or ``""`` for the whole report.
        message_zh: what was expected, what was found, and what to do, in Chinese.
        message_en: the same in English.
        label: the label as printed, where there is one.
        location: the place in the source.
        numbers: the numbers the message speaks of, by name.
        suggestion: a correction that would settle it, where one is likely.
        severity: as the catalogue has it for the code, unless given.
    """

    code: str
    path: str
    message_zh: str
    message_en: str
    label: str | None = None
    location: Location | None = None
    numbers: dict[str, int | Decimal | None] = field(factory=dict, hash=False)
    suggestion: str | None = None
    severity: Severity = field()

    @severity.default
    def _of_the_code(self) -> Severity:
        return CATALOGUE[self.code].severity

    def covers(self, path: str) -> bool:
        """Whether the finding speaks of this cell: of itself, of a row or table above it, or of the report.

        >>> Finding("GX106", "disclosure.rules", "缺少一行", "a row is missing").covers("disclosure.rules.issued")
        True
        """
        return self.path in ("", path) or path.startswith(self.path + ".")

    def __str__(self) -> str:
        place = f" ({self.location})" if self.location else ""
        return f"{self.code} {self.severity} {self.path or 'report'}{place}: {self.message_zh} {self.message_en}"
