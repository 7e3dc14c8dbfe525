"""gxparse reads the annual reports on open government information of Chinese administrative organs.

It turns them into typed, checked records. What cannot be read with certainty is ``None`` with a finding.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gxparse.api import parse, parse_text
    from gxparse.collection import Aggregate, Series, aggregate, missing, to_frame
    from gxparse.collection.series import series
    from gxparse.comparison import YearDiff, diff_years
    from gxparse.errors import ComparisonError, FindingsError, GxparseError, NotAReportError, RenderError, SourceError
    from gxparse.findings import Finding, Severity
    from gxparse.many import parse_many
    from gxparse.records import Form, Report
    from gxparse.rendering import render
    from gxparse.rules import Validation, validate
    from gxparse.schema import json_schema
    from gxparse.serialise import from_dict, from_json, to_dict, to_json

__all__ = [
    "Aggregate",
    "ComparisonError",
    "Finding",
    "FindingsError",
    "Form",
    "GxparseError",
    "NotAReportError",
    "RenderError",
    "Report",
    "Series",
    "Severity",
    "SourceError",
    "Validation",
    "YearDiff",
    "__version__",
    "aggregate",
    "diff_years",
    "from_dict",
    "from_json",
    "json_schema",
    "missing",
    "parse",
    "parse_many",
    "parse_text",
    "render",
    "series",
    "to_dict",
    "to_frame",
    "to_json",
    "validate",
]

# Each is loaded when first asked for, so that a program pays for what it uses.
_LATER = {
    "Aggregate": "gxparse.collection",
    "ComparisonError": "gxparse.errors",
    "Finding": "gxparse.findings",
    "FindingsError": "gxparse.errors",
    "Form": "gxparse.records",
    "GxparseError": "gxparse.errors",
    "NotAReportError": "gxparse.errors",
    "RenderError": "gxparse.errors",
    "Report": "gxparse.records",
    "Series": "gxparse.collection",
    "Severity": "gxparse.findings",
    "SourceError": "gxparse.errors",
    "Validation": "gxparse.rules",
    "YearDiff": "gxparse.comparison",
    "diff_years": "gxparse.comparison",
    "aggregate": "gxparse.collection",
    "missing": "gxparse.collection",
    "series": "gxparse.collection",
    "to_frame": "gxparse.collection",
    "validate": "gxparse.rules",
    "render": "gxparse.rendering",
    "from_dict": "gxparse.serialise",
    "from_json": "gxparse.serialise",
    "parse": "gxparse.api",
    "parse_text": "gxparse.api",
    "parse_many": "gxparse.many",
    "json_schema": "gxparse.schema",
    "to_dict": "gxparse.serialise",
    "to_json": "gxparse.serialise",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("gxparse")
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'gxparse' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
