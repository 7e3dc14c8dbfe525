"""The JSON Schema of a report: as the records are, and of use to those who have no Python."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

import gxparse
from gxparse.document import Location
from gxparse.findings import Finding
from gxparse.records import Applicants, Form, OtherTable, Period, Proceedings, Report, Source, Subsection, TextSection
from gxparse.testing import reports, zeros

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "docs" / "report.schema.json"
SCHEMA = gxparse.json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

FULL = attrs.evolve(
    zeros(Form.F2019),
    title="青石镇人民政府2020年政府信息公开工作年度报告",
    year=2020,
    period=Period(date(2020, 1, 1), date(2020, 12, 31)),
    overview=TextSection("一、总体情况", ("段落。",), (Subsection("（一）", "主动公开", ()),)),
    other_tables=(OtherTable("全镇", Proceedings()),),
    sources={"disclosure.fees.change": Source("/", Location(page=1, box=(0.0, 1.5, 2.0, 3.0)))},
    findings=(Finding("GX302", "requests", "合计", "sum", numbers={"found": 1, "paid": Decimal("0.10"), "x": None}),),
    metadata={"publisher": "青石镇人民政府"},
)


def plain(report: Report = FULL) -> dict:
    return json.loads(gxparse.to_json(report))


def test_it_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_published_schema_is_that_of_the_records():
    written = json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"
    assert PUBLISHED.read_text("utf-8") == written, "write it anew: python -m gxparse.schema > docs/report.schema.json"


def test_every_definition_is_used():
    text = json.dumps(SCHEMA)
    assert [name for name in SCHEMA["$defs"] if f'"#/$defs/{name}"' not in text] == []


def test_a_full_report_is_valid():
    VALIDATOR.validate(plain())


@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*.txt")), ids=lambda file: file.stem)
def test_the_examples_are_valid(file: Path):
    VALIDATOR.validate(plain(gxparse.parse(file)))


@given(reports())
def test_every_report_is_valid(report):
    VALIDATOR.validate(plain(report))


def test_the_labels_of_the_form_are_titles():
    applicants = SCHEMA["$defs"]["Applicants"]["properties"]
    assert [each["title"] for each in applicants.values()] == [
        each.metadata["label"] for each in attrs.fields(Applicants)
    ]


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("schema", "gxparse/2"),
        ("form", "2020"),
        ("year", "2020"),
        ("year", 2020.5),
        ("title", 1),
        ("period.start", "2020年1月1日"),
        ("period.start", "2020-01-01 "),
        ("period", {"start": "2020-01-01"}),
        ("disclosure.procurement.amount", 0.1),
        ("disclosure.procurement.amount", "1,000"),
        ("disclosure.procurement.amount", "1.0元"),
        ("disclosure.procurement.amount", "NaN"),
        ("disclosure.rules", {"issued": 1}),
        ("disclosure.rules", {"issued": 1, "repealed": 0, "in_force": 1, "created": 0}),
        ("requests.received.total", "5"),
        ("requests.received.total", 5.5),
        ("requests.received.total", True),
        ("requests.received", None),
        ("requests.results.other", {}),
        ("proceedings", []),
        ("overview.paragraphs", "段落。"),
        ("overview.subsections", [None]),
        ("other_tables", [{"caption": None, "table": {}}]),
        ("sources", {"disclosure.fees.change": "/"}),
        ("findings", [{}]),
        ("metadata", {"publisher": None}),
    ],
)
def test_what_is_no_report_is_refused(path, wrong):
    changed = deepcopy(plain())
    *above, last = path.split(".")
    node = changed
    for name in above:
        node = node[name]
    assert node[last] != wrong
    node[last] = wrong
    assert not VALIDATOR.is_valid(changed)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("box", [0.0, 1.0, 2.0]),
        ("box", [0.0, 1.0, 2.0, 3.0, 4.0]),
        ("box", ["0", 1.0, 2.0, 3.0]),
        ("page", "1"),
        ("sheet", 1),
    ],
)
def test_a_wrong_place_is_refused(name, wrong):
    changed = plain()
    changed["sources"]["disclosure.fees.change"]["location"][name] = wrong
    assert not VALIDATOR.is_valid(changed)


@pytest.mark.parametrize("numbers", [{"found": 0.5}, {"found": "many"}, ["found"]])
def test_wrong_numbers_of_a_finding_are_refused(numbers):
    changed = plain()
    changed["findings"][0]["numbers"] = numbers
    assert not VALIDATOR.is_valid(changed)


@pytest.mark.parametrize("record", ["", "preamble", "requests.received", "proceedings.reconsideration", "overview"])
def test_a_key_less_or_more_is_refused(record):
    for change in (lambda node: node.pop(next(iter(node))), lambda node: node.update(unknown=1)):
        changed = plain()
        node = changed
        for name in filter(None, record.split(".")):
            node = node[name]
        change(node)
        assert not VALIDATOR.is_valid(changed)
