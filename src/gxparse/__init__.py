"""gxparse reads the annual reports on open government information of Chinese administrative organs.

It turns them into typed, checked records. What cannot be read with certainty is ``None`` with a finding.
"""

from __future__ import annotations

from gxparse.api import parse, parse_text
from gxparse.errors import FindingsError, GxparseError, NotAReportError, SourceError
from gxparse.findings import Finding, Severity
from gxparse.records import Form, Report

__all__ = [
    "Finding",
    "FindingsError",
    "Form",
    "GxparseError",
    "NotAReportError",
    "Report",
    "Severity",
    "SourceError",
    "parse",
    "parse_text",
]
