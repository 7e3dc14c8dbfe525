"""GX305: what a report without certain numbers says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gxparse.records import Form
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
