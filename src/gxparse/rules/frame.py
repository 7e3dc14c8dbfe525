"""Findings as an Arrow table. It needs the extra ``frame``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from gxparse.document import Location
from gxparse.errors import GxparseError
from gxparse.findings import Finding
from gxparse.records import Report

__all__ = ["frame"]

_PLACES = ("page", "table", "row", "cell", "line", "column")
_TEXTS = ("code", "severity", "path", "label", "message_zh", "message_en", "suggestion", "numbers")
_SCHEMA = pa.schema(
    [
        ("agency", pa.string()),
        ("year", pa.int64()),
        *((name, pa.string()) for name in _TEXTS),
        *((name, pa.int64()) for name in _PLACES),
    ]
)


def frame(findings: Iterable[Finding], report: Report | None) -> Any:
    """The findings, a row each, with the agency and the year of their report.

    ``numbers`` is JSON, as the numbers are others for each code.
    """
    agency, year = (report.agency, report.year) if report else (None, None)
    rows = [_row(finding, agency, year) for finding in findings]
    try:
        return pa.Table.from_pylist(rows, schema=_SCHEMA)
    except (OverflowError, pa.ArrowException) as error:
        raise GxparseError(f"the findings cannot be put into a table: {error}") from None


def _row(finding: Finding, agency: str | None, year: int | None) -> dict[str, Any]:
    location = finding.location or Location()
    return {
        "agency": _text(agency),
        "year": year,
        "code": finding.code,
        "severity": finding.severity.value,
        "path": _text(finding.path),
        "label": _text(finding.label),
        "message_zh": _text(finding.message_zh),
        "message_en": _text(finding.message_en),
        "suggestion": _text(finding.suggestion),
        "numbers": _text(json.dumps(finding.numbers, ensure_ascii=False, default=str)),
        **{name: getattr(location, name) for name in _PLACES},
    }


def _text(text: str | None) -> str | None:
    """The text without half a character, of which Arrow has none."""
    return None if text is None else text.encode(errors="backslashreplace").decode()
