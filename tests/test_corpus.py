"""Real reports and layouts whose cells are known: the corpus beside the project, or where ``GXPARSE_CORPUS`` says."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gxparse import parse, parse_text, validate
from gxparse.findings import Severity
from gxparse.records import Report

CORPUS = Path(os.environ.get("GXPARSE_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")
#: The folders of texts, how many documents each holds, and how many cells of these are known.
FOLDERS = {"seeds": (5, 994), "distinct": (21, 1230), "layouts": (27, 423)}


def documents(*folders: str) -> list[str]:
    """The names of the truths of some folders, as far as the corpus is there."""
    return [
        f"{folder}/{path.stem}" for folder in folders for path in sorted((CORPUS / folder / "truth").glob("*.json"))
    ]


@cache
def truth(document: str) -> dict[str, Any]:
    """What is known of a document."""
    folder, name = document.split("/")
    known: dict[str, Any] = json.loads((CORPUS / folder / "truth" / f"{name}.json").read_text("utf-8"))
    return known


def file(document: str) -> Path:
    """The file of a document."""
    return CORPUS / Path(document).parent / truth(document)["file"]


@cache
def parsed(document: str) -> Report:
    """The report that is made of a document."""
    return parse(file(document))


def below(path: str, prefixes: list[str]) -> bool:
    """Whether a cell is, or belongs to, one of the rows named."""
    return any(prefix in ("*", path) or path.startswith(f"{prefix}.") for prefix in prefixes)


def test_the_corpus_is_there():
    if not CORPUS.is_dir():
        reason = f"no corpus at {CORPUS}: set GXPARSE_CORPUS to its folder"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with_texts = {path.parent.name for path in CORPUS.glob("*/*.txt")}
    assert with_texts == set(FOLDERS)


# An empty corpus, or one cut short, passes no test.
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_corpus_is_whole(folder):
    if not CORPUS.is_dir():
        pytest.skip("no corpus")
    found = documents(folder)
    assert (len(found), sum(len(truth(document)["cells"]) for document in found)) == FOLDERS[folder]


@pytest.mark.parametrize("document", documents(*FOLDERS))
def test_every_cell_is_as_printed(document):
    known = truth(document)["cells"]
    found = {cell.path: cell.value for cell in parsed(document).cells()}
    # A blank that is printed in a row of the other form is no cell of this one.
    wrong = {
        path: (want, found.get(path))
        for path, want in known.items()
        if found.get(path) != (None if want is None else Decimal(str(want)))
    }
    assert wrong == {}


@pytest.mark.parametrize("document", documents(*FOLDERS))
def test_no_cell_has_a_value_that_is_not_printed(document):
    known, either = truth(document)["cells"], truth(document).get("either", {})
    invented = {
        cell.path: cell.value
        for cell in parsed(document).cells()
        if cell.value is not None
        and cell.path not in known
        and not (cell.path in either and cell.value == Decimal(str(either[cell.path])))
    }
    assert invented == {}


AMBIGUOUS = [document for document in documents(*FOLDERS) if truth(document).get("ambiguous")]


@pytest.mark.parametrize("document", AMBIGUOUS)
def test_what_cannot_be_assigned_is_left_open_and_said(document):
    report, rows = parsed(document), truth(document)["ambiguous"]
    known, either = truth(document)["cells"], truth(document).get("either", {})
    cells = [cell for cell in report.cells() if below(cell.path, rows) and cell.path not in {**known, **either}]
    assert [cell.path for cell in cells if cell.value is not None] == []
    for row in rows:
        assert any(finding.covers(row) or finding.path.startswith(row) or row == "*" for finding in report.findings)


@pytest.mark.parametrize("document", documents(*FOLDERS))
def test_form_year_and_agency_are_right(document):
    known, report = truth(document), parsed(document)
    for name in ("form", "year", "agency"):
        if known.get(name) is not None or name == "agency":
            assert (name, getattr(report, name)) == (name, known.get(name))


@pytest.mark.parametrize("document", documents(*FOLDERS))
def test_units_are_as_printed(document):
    units = {cell.path: cell.unit for cell in parsed(document).cells() if cell.path in truth(document)["cells"]}
    for path, unit in truth(document).get("units", {}).items():
        if path.endswith(".amount"):
            assert (path, units[path]) == (path, unit)


@pytest.mark.parametrize("document", documents(*FOLDERS))
def test_what_the_source_prints_stands_at_the_place_named(document):
    lines = file(document).read_text("utf-8").split("\n")
    for cell in parsed(document).cells():
        if cell.location and cell.raw:
            assert cell.location.line
            assert cell.location.column
            line = lines[cell.location.line - 1]
            assert (cell.path, line[cell.location.column - 1 :][: len(cell.raw)]) == (cell.path, cell.raw)


@pytest.mark.parametrize("document", documents(*FOLDERS))
def test_the_text_of_a_file_is_read_as_the_file_is(document):
    assert parse_text(file(document).read_text("utf-8")) == parsed(document)


@pytest.mark.parametrize("document", documents(*FOLDERS))
def test_validation_has_something_to_say_of_any_document(document):
    result = validate(parsed(document))
    assert result.ok is not any(finding.severity is Severity.ERROR for finding in result.findings)


@pytest.mark.parametrize("document", documents("seeds"))
def test_whole_reports_have_no_errors(document):
    report = parsed(document)
    errors = [
        finding for finding in (*report.findings, *validate(report).findings) if finding.severity is Severity.ERROR
    ]
    assert errors == []
