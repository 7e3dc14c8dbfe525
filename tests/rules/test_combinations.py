"""GX305: numbers that are each possible, and together hardly so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gxparse.records import Form, Report
from gxparse.rules import validate
from gxparse.testing import holding, printed, zeros

UNLIKELY = {
    Form.F2021: {"disclosure.rules.in_force": 1, "disclosure.rules.issued": 2},
    Form.F2019: {
        "disclosure.normative_documents.total_disclosed": 1,
        "disclosure.normative_documents.newly_disclosed": 2,
        "disclosure.penalties.items_last_year": 1,
        "disclosure.penalties.change": -1,
        "disclosure.penalties.decisions": 4,
        "disclosure.fees.items_last_year": 1,
        "disclosure.fees.change": -2,
        "disclosure.procurement.projects": 1,
        "disclosure.procurement.amount": Decimal(0),
    },
}
CELLS = [(form, path) for form, values in UNLIKELY.items() for path in values]


def rows(report):
    return [finding.path.rpartition(".")[0] for finding in validate(report, select="GX305").findings]


@pytest.mark.parametrize(("form", "path"), CELLS)
@pytest.mark.parametrize("value", [None, Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")])
def test_nothing_is_said_of_a_cell_that_has_no_number(form, path, value):
    report = zeros(form).replace(UNLIKELY[form])
    row = path.rpartition(".")[0]
    assert row in rows(report)
    assert row not in rows(holding(report, {path: value}))


@pytest.mark.parametrize(("form", "path"), CELLS)
def test_a_blank_may_be_forgotten_and_no_0(form, path):
    assert path.rpartition(".")[0] not in rows(printed(zeros(form).replace(UNLIKELY[form]), {path: ""}))


class TestUnlikelyCombinations:
    """GX305: for information only."""

    def found(self, form, values):
        findings = validate(zeros(form).replace(values), select="GX305").findings
        assert all(finding.severity == "info" for finding in findings)
        return [finding.path for finding in findings]

    @pytest.mark.parametrize("row", ["disclosure.rules", "disclosure.normative_documents"])
    def test_documents(self, row):
        assert self.found(Form.F2021, {f"{row}.issued": 3, f"{row}.in_force": 2}) == [f"{row}.in_force"]
        assert self.found(Form.F2021, {f"{row}.issued": 3, f"{row}.in_force": 3}) == []
        assert self.found(Form.F2021, {f"{row}.issued": 3, f"{row}.in_force": None}) == []
        assert self.found(Form.F2019, {f"{row}.newly_disclosed": 3, f"{row}.total_disclosed": 2}) == [
            f"{row}.total_disclosed"
        ]
        assert self.found(Form.F2019, {f"{row}.newly_disclosed": 3, f"{row}.total_disclosed": 3}) == []

    @pytest.mark.parametrize("row", ["licensing", "other_services", "penalties", "compulsion", "fees"])
    def test_items(self, row):
        row = f"disclosure.{row}"
        assert self.found(Form.F2019, {f"{row}.items_last_year": 3, f"{row}.change": -4}) == [f"{row}.change"]
        assert self.found(Form.F2019, {f"{row}.items_last_year": 3, f"{row}.change": -3}) == []
        assert self.found(Form.F2019, {f"{row}.items_last_year": None, f"{row}.change": -3}) == []

    def test_a_row_that_is_not_known_keeps_no_other_from_being_looked_at(self):
        values = {"disclosure.licensing.change": None, "disclosure.penalties.change": None}
        values |= {"disclosure.fees.change": -1, "disclosure.compulsion.change": -1}
        assert self.found(Form.F2019, values) == ["disclosure.compulsion.change", "disclosure.fees.change"]

    def test_decisions_without_items(self):
        row = "disclosure.penalties"
        assert self.found(Form.F2019, {f"{row}.decisions": 3}) == [f"{row}.decisions"]
        assert self.found(Form.F2019, {f"{row}.decisions": 3, f"{row}.change": 1}) == []

    @pytest.mark.parametrize(("projects", "amount", "expected"), [(1, "0", 1), (0, "1", 1), (1, "1", 0), (0, "0", 0)])
    def test_procurement(self, projects, amount, expected):
        values = {"disclosure.procurement.projects": projects, "disclosure.procurement.amount": Decimal(amount)}
        assert self.found(Form.F2019, values) == ["disclosure.procurement.amount"] * expected

    @pytest.mark.parametrize("values", [{"projects": None, "amount": Decimal(1)}, {"projects": 1, "amount": None}])
    def test_procurement_of_which_one_number_is_not_known(self, values):
        assert self.found(Form.F2019, {f"disclosure.procurement.{name}": n for name, n in values.items()}) == []

    def test_no_other_report_is_unlikely(self):
        assert validate(Report(), select="GX305").findings == ()
