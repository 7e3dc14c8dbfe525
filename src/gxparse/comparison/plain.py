"""A comparison as plain dictionaries and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from gxparse.comparison.cells import Change, Reading, Uncompared
from gxparse.comparison.texts import Part, Passage, SectionText
from gxparse.errors import GxparseError
from gxparse.records import Report
from gxparse.serialise import finding_to_dict

if TYPE_CHECKING:
    from gxparse.comparison.years import YearDiff

__all__ = ["SCHEMA", "to_dict", "to_json"]

#: The layout of the dictionaries; a change that old readers cannot read gets a new number.
SCHEMA = "gxparse-diff/1"


def to_dict(diff: YearDiff, *, unchanged: bool = False) -> dict[str, Any]:
    """The comparison as nested dictionaries and lists."""
    plain: dict[str, Any] = {
        "schema": SCHEMA,
        "older": _report(diff.older),
        "newer": _report(diff.newer),
        "notes": [attrs.asdict(note) for note in diff.notes],
        "details": [attrs.asdict(detail) for detail in diff.details],
        "changes": list(map(_change, diff.changes)),
        "not_comparable": list(map(_uncompared, diff.not_comparable)),
        "texts": list(map(_section, diff.texts)),
        "findings": list(map(finding_to_dict, diff.findings)),
    }
    if unchanged:
        plain["unchanged"] = list(map(_change, diff.unchanged))
    return plain


def to_json(diff: YearDiff, *, unchanged: bool = False, indent: int | None = None) -> str:
    """The comparison as JSON."""
    try:
        return json.dumps(
            to_dict(diff, unchanged=unchanged), ensure_ascii=False, allow_nan=False, indent=indent, default=str
        )
    except ValueError as error:
        raise GxparseError(f"the comparison cannot be written as JSON: {error}") from None


def _report(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "agency": report.agency,
        "year": report.year,
        "form": None if report.form is None else report.form.value,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "path": change.path,
        "label": change.label,
        "before": change.before,
        "after": change.after,
        "difference": change.difference,
        "percent": change.percent,
        "older": _reading(change.older),
        "newer": _reading(change.newer),
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "paths": list(reading.paths),
        "standing": reading.standing.name.lower(),
        "unit": reading.unit,
        "raw": reading.raw,
    }


def _uncompared(cell: Uncompared) -> dict[str, Any]:
    return {
        "path": cell.path,
        "label": cell.label,
        "report": "newer" if cell.is_newer else "older",
        "value": cell.reading.value,
        "standing": cell.reading.standing.name.lower(),
        "unit": cell.reading.unit,
        "raw": cell.reading.raw,
        "reason_zh": cell.reason_zh,
        "reason_en": cell.reason_en,
    }


def _section(section: SectionText) -> dict[str, Any]:
    return {
        "section": section.name,
        **_sides(section),
        "similarity": section.similarity,
        "parts": [
            {**_sides(part), "similarity": part.similarity, "passages": list(map(_passage, part.passages))}
            for part in section.parts
        ],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        **_sides(passage),
        "copied": passage.is_copied,
        "pieces": [{"kind": piece.kind.value, "text": piece.text} for piece in passage.pieces],
    }


def _sides(text: SectionText | Part | Passage) -> dict[str, Any]:
    return {"before": text.before, "after": text.after, "changed": text.is_changed}
