"""Reports as dictionaries and JSON, and back; and what is no report stays none."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gxparse.document import Location
from gxparse.errors import GxparseError, SourceError
from gxparse.findings import CATALOGUE, Finding
from gxparse.records import Form, OtherTable, Period, Proceedings, Report
from gxparse.serialise import SCHEMA, finding_to_dict, from_dict, from_json, to_dict, to_json
from gxparse.testing import findings, printed, reports, zeros


class TestRoundTrip:
    @given(reports())
    def test_json_keeps_all_of_a_report(self, report):
        again = from_json(to_json(report))
        assert again == report
        assert again.sources == report.sources
        assert again.findings == report.findings

    @given(reports())
    def test_a_dictionary_keeps_all_of_a_report(self, report):
        again = from_dict(to_dict(report))
        assert (again, again.sources, again.findings) == (report, report.sources, report.findings)

    @given(reports())
    def test_every_record_comes_back_as_the_class_it_was(self, report):
        again = from_json(to_json(report))
        assert [type(getattr(again.disclosure, name)) for name in ("rules", "licensing", "fees")] == [
            type(getattr(report.disclosure, name)) for name in ("rules", "licensing", "fees")
        ]
        assert [type(cell.value) for cell in again.cells()] == [type(cell.value) for cell in report.cells()]

    @given(findings())
    def test_a_finding_stands_in_the_report_as_it_stands_alone(self, finding):
        assert to_dict(Report(findings=(finding,)))["findings"] == [finding_to_dict(finding)]

    def test_the_table_of_another_scope_keeps_its_kind(self):
        report = Report(other_tables=(OtherTable("全区", Proceedings()),))
        assert from_json(to_json(report)).other_tables == report.other_tables


class TestLayout:
    @given(reports())
    def test_the_dictionary_nests_as_the_paths_do(self, report):
        plain = to_dict(report)
        for cell in report.cells():
            node: Any = plain
            for name in cell.path.split("."):
                node = node[name]
            assert node == cell.value

    def test_values_are_plain(self):
        report = evolve(
            zeros(Form.F2019),
            issued_on=date(2021, 1, 31),
            period=Period(date(2020, 1, 1), date(2020, 12, 31)),
        ).replace({"disclosure.procurement.amount": Decimal("12.50")})
        plain = to_dict(report)
        assert plain["schema"] == SCHEMA
        assert plain["form"] == "2019"
        assert type(plain["form"]) is str
        assert plain["issued_on"] == "2021-01-31"
        assert plain["period"] == {"start": "2020-01-01", "end": "2020-12-31"}
        assert plain["disclosure"]["procurement"] == {"projects": 0, "amount": Decimal("12.50"), "unit": "万元"}
        assert plain["preamble"]["paragraphs"] == []

    def test_json_writes_amounts_as_strings_and_chinese_as_it_is(self):
        report = evolve(zeros(), agency="石人镇").replace({"disclosure.fees.amount": Decimal("0.10")})
        text = to_json(report)
        assert '"amount": "0.10"' in text
        assert '"石人镇"' in text

    def test_sources_and_findings_stand_apart(self):
        finding = Finding("GX302", "requests.results.total.total", "应为 1", "expected 1", numbers={"expected": 1})
        report = evolve(printed(Report(), {"requests.received.total": "/"}), findings=(finding,))
        plain = to_dict(report)
        assert plain["sources"]["requests.received.total"]["raw"] == "/"
        assert plain["findings"][0]["numbers"] == {"expected": 1}
        assert plain["requests"]["received"]["total"] is None

    def test_indentation_changes_nothing_but_the_look(self):
        assert json.loads(to_json(zeros(), indent=2)) == json.loads(to_json(zeros()))
        assert "\n" not in to_json(zeros())

    def test_keys_that_are_left_out_have_the_defaults(self):
        assert from_dict({"schema": SCHEMA}) == Report()
        assert from_dict({"schema": SCHEMA, "disclosure": {"rules": {"created": 1}}}).disclosure.rules.created == 1

    def test_a_finding_without_a_severity_has_that_of_its_code(self):
        plain = {"code": "GX302", "path": "", "message_zh": "", "message_en": ""}
        (finding,) = from_dict({"schema": SCHEMA, "findings": [plain]}).findings
        assert finding.severity is CATALOGUE["GX302"].severity


class TestWhatIsNoReport:
    @pytest.mark.parametrize(
        ("plain", "said"),
        [
            ({"year": True}, "$.year: expected a whole number, found True (bool)"),
            ({"year": "2023"}, "$.year: expected a whole number, found '2023' (str)"),
            (
                {"requests": {"received": {"total": 3.0}}},
                "$.requests.received.total: expected a whole number, found 3.0",
            ),
            (
                {"requests": {"received": {"totl": 3}}},
                "$.requests.received: expected no other keys, found the keys 'totl'",
            ),
            ({"requests": None}, "$.requests: expected an object, found null"),
            ({"agencies": "x"}, "$: expected no other keys, found the keys 'agencies'"),
            ({3: "x"}, "$: expected texts as keys, found an object with the keys 3 (int)"),
            ({"disclosure": {"rules": {3: "x"}}}, "$.disclosure.rules: expected the keys issued"),
            ({"preamble": {None: "x"}}, "$.preamble: expected texts as keys, found an object with the keys null"),
            ({"disclosure": {"rules": {"issued": 1, "created": 1}}}, "$.disclosure.rules: expected the keys issued"),
            ({"disclosure": {"rules": [1]}}, "$.disclosure.rules: expected an object"),
            ({"disclosure": {"fees": {"amount": 1.5}}}, "$.disclosure.fees.amount: expected an amount as a string"),
            ({"disclosure": {"fees": {"amount": "1_0"}}}, "expected an amount as a string of digits, found '1_0'"),
            ({"disclosure": {"fees": {"amount": "NaN"}}}, "expected an amount as a string of digits, found 'NaN'"),
            ({"disclosure": {"fees": {"amount": "1E999999999"}}}, "expected an amount as a string of digits"),
            ({"disclosure": {"fees": {"amount": Decimal("Infinity")}}}, "expected an amount as a string of digits"),
            ({"form": 2021}, "$.form: expected one of 2019, 2021, found 2021 (int)"),
            ({"form": []}, "$.form: expected one of 2019, 2021"),
            ({"issued_on": "20240131"}, "$.issued_on: expected a date such as '2024-01-31', found '20240131'"),
            ({"issued_on": "2024-02-30"}, "$.issued_on: expected a date"),
            ({"overview": {"paragraphs": []}}, "$.overview.heading: the key 'heading' is missing"),
            ({"overview": {"heading": "", "paragraphs": "ab"}}, "$.overview.paragraphs: expected a list, found 'ab'"),
            ({"sources": [1]}, "$.sources: expected an object"),
            ({"sources": {"a": {"raw": 1, "location": {}}}}, "$.sources['a'].raw: expected a text, found 1 (int)"),
            (
                {"sources": {"a": {"raw": "", "location": {"box": [0, 0, 1, float("nan")]}}}},
                "$.sources['a'].location.box: expected four finite numbers",
            ),
            ({"findings": {"code": "GX301"}}, "$.findings: expected a list"),
            (
                {"findings": [{"code": "GX999", "path": "", "message_zh": "", "message_en": ""}]},
                "$.findings[0]: 'GX999' is unknown",
            ),
            ({"other_tables": [{"caption": None, "table": {"rows": 1}}]}, "$.other_tables[0].table: expected the keys"),
        ],
    )
    def test_the_message_names_the_place_and_the_reason(self, plain, said):
        with pytest.raises(SourceError) as raised:
            from_dict({"schema": SCHEMA, **plain})
        assert said in str(raised.value)

    @pytest.mark.parametrize(
        ("plain", "said"),
        [
            ({}, "found no schema"),
            ({"schema": "gxparse/2"}, "found the schema 'gxparse/2'"),
            ({"schema": 1}, "found the schema 1 (int)"),
            ([], "expected an object, found a value of type list"),
            (None, "expected an object, found null"),
        ],
    )
    def test_another_schema_is_refused(self, plain, said):
        with pytest.raises(SourceError, match="not a report") as raised:
            from_dict(plain)
        assert said in str(raised.value)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "not JSON"),
            ("{", "not JSON"),
            ("[" * 100_000, "nested too deeply"),
            ('{"a":' * 100_000, "nested too deeply"),
            ('{"schema": NaN}', "NaN is not a number"),
            ("9" * 5000, "not JSON"),
            ('{"year": 1, "year": 2}', "the key 'year' occurs twice"),
            ('{"a": {"b": 1, "c": 2, "b": 3}}', "the key 'b' occurs twice"),
        ],
    )
    def test_json_that_is_broken_or_hostile_is_refused(self, text, said):
        with pytest.raises(SourceError) as raised:
            from_json(text)
        assert said in str(raised.value)

    def test_a_message_stays_short_whatever_is_wrong(self):
        sources = {f"path {number}": "x" * 10_000 for number in range(10_000)}
        with pytest.raises(SourceError) as raised:
            from_dict({"schema": SCHEMA, "sources": sources, "y" * 10_000: 1})
        assert len(str(raised.value)) < 3000
        assert "and 9991 more" in str(raised.value)

    def test_what_no_parser_makes_is_an_error_of_the_library(self):
        box = (0.0, 0.0, float("nan"), 1.0)
        report = evolve(printed(Report(), {"requests.received.total": ""}))
        (source,) = report.sources.values()
        report = evolve(report, sources={"requests.received.total": source._replace(location=Location(box=box))})
        with pytest.raises(GxparseError, match="cannot be written"):
            to_json(report)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


class TestNoOtherException:
    @given(_json)
    def test_of_any_json(self, value):
        with pytest.raises(SourceError):
            from_json(json.dumps(value))

    @given(reports(), _json, st.data())
    def test_of_a_report_with_one_value_exchanged(self, report, value, data):
        plain = to_dict(report)
        node: Any = plain
        while isinstance(node, dict) and node:
            key = data.draw(st.sampled_from(sorted(node)))
            parent, node = node, node[key]
        parent[key] = value
        with suppress(SourceError):
            assert isinstance(from_dict(plain), Report)
