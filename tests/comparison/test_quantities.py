"""Which cells of the two forms are the same quantity."""

from __future__ import annotations

import pytest

from gxparse.comparison.quantities import CORRESPONDENCES, correspondence, official_order
from gxparse.records import Form, Report
from gxparse.rules.sheet import above, label_of


def paths_of(form):
    return [cell.path for cell in Report.blank(form).cells()]


def test_every_cell_of_either_form_is_in_the_table():
    assert [path for form in Form for path in paths_of(form) if correspondence(path) is None] == []


def test_what_the_table_names_is_in_the_form():
    for entry in CORRESPONDENCES:
        for form, named in ((Form.F2019, entry.form_2019), (Form.F2021, entry.form_2021)):
            known = {each for path in paths_of(form) for each in above(path)}
            assert set(named) <= known
            assert all(label_of(path) for path in named)


def test_each_entry_gives_its_reason_in_both_languages():
    assert all(entry.reason_zh and entry.reason_en for entry in CORRESPONDENCES)


def test_a_cell_that_both_forms_have_under_one_path_is_the_same_quantity():
    shared = set(paths_of(Form.F2019)) & set(paths_of(Form.F2021))
    assert [path for path in sorted(shared) if not correspondence(path).is_same] == []


@pytest.mark.parametrize(
    ("path", "is_same"),
    [
        ("disclosure.licensing.decisions", True),
        ("disclosure.licensing.change", False),
        ("disclosure.normative_documents.created", False),
        ("disclosure.normative_documents.issued", False),
        ("disclosure.normative_documents.in_force", False),
        ("disclosure.rules.total_disclosed", False),
        ("disclosure.fees.items_last_year", False),
        ("disclosure.fees.amount", False),
        ("disclosure.procurement.amount", False),
        ("requests.results.other.total.enterprise", True),
        ("requests.results.other.fee_unpaid.total", True),
        ("requests.results.total.total", True),
        ("proceedings.reconsideration.upheld", True),
    ],
)
def test_what_is_the_same(path, is_same):
    assert correspondence(path).is_same is is_same


def test_the_closest_entry_holds():
    assert correspondence("requests.results.other.total.total").form_2021[0].endswith("not_corrected_in_time")
    assert correspondence("requests.results.granted.total").form_2021 == ("requests",)


def test_a_path_of_no_form_has_no_entry():
    assert correspondence("overview") is None


@pytest.mark.parametrize("form", list(Form))
def test_the_order_of_both_forms_is_that_of_each(form):
    order = official_order()
    places = [order[path] for path in paths_of(form)]
    assert places == sorted(places)
    assert len(set(order.values())) == len(order)
