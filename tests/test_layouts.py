"""Reports in every layout of extracted text: each value comes back in its own cell, or a finding says why not."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gxparse import parse_text
from gxparse.records import Form, Report
from tests.layouts import AGENCY, FORMS, LAYOUTS, LOSSY, VARIANTS, distinct, judge, sample

#: A seed says nothing by its size: there is nothing to shrink.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
SEEDS = st.integers(0, 10_000)
#: Where the numbers of a report begin: with zero, with three digits, with five.
STARTS = st.sampled_from((0, 301, 12_001))


def values(report: Report) -> dict[str, object]:
    """Every cell of a report and its value."""
    return {cell.path: cell.value for cell in report.cells()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cell_comes_back(layout: str, form: str) -> None:
    report = distinct(sample(form))
    parsed = parse_text(LAYOUTS[layout](report))
    assert judge(values(report), parsed).wrong == ()
    assert values(parsed) == values(report)
    assert (parsed.form, parsed.year, parsed.agency) == (report.form, report.year, AGENCY)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_around_the_tables_comes_back(layout: str) -> None:
    report = distinct(sample("2021"))
    parsed = parse_text(LAYOUTS[layout](report))
    assert parsed.title == report.title
    assert parsed.period == report.period
    assert parsed.issued_on == report.issued_on
    assert parsed.issued_by == report.issued_by
    assert parsed.overview == report.overview
    assert parsed.problems == report.problems
    assert parsed.other_matters == report.other_matters


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_characters_make_no_difference(layout: str, variant: str) -> None:
    for form in FORMS:
        report = distinct(sample(form), seed=1)
        parsed = parse_text(VARIANTS[variant](LAYOUTS[layout](report)))
        assert judge(values(report), parsed).wrong == ()
        assert values(parsed) == values(report), form
        assert parsed.form == (Form.F2019 if form == "2019" else Form.F2021)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=12, deadline=None, phases=PHASES)
@given(form=st.sampled_from(FORMS), seed=SEEDS, start=STARTS, blanks=st.sampled_from((0.02, 0.15, 0.5, 0.9, 1.0)))
def test_blank_cells_stay_blank(layout: str, form: str, seed: int, start: int, blanks: float) -> None:
    report = distinct(sample(form), seed, blanks, start)
    verdict = judge(values(report), parse_text(LAYOUTS[layout](report)))
    assert verdict.wrong == ()
    assert verdict.unexplained == ()


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=6, deadline=None, phases=PHASES)
@given(form=st.sampled_from(FORMS), seed=SEEDS, start=STARTS)
def test_any_numbers_come_back(layout: str, form: str, seed: int, start: int) -> None:
    report = distinct(sample(form), seed, start=start)
    assert values(parse_text(LAYOUTS[layout](report))) == values(report)


@pytest.mark.parametrize("layout", LOSSY)
@settings(max_examples=20, deadline=None, phases=PHASES)
@given(form=st.sampled_from(FORMS), seed=SEEDS, start=STARTS, blanks=st.sampled_from((0.0, 0.1, 0.5)))
def test_what_is_lost_is_not_guessed(layout: str, form: str, seed: int, start: int, blanks: float) -> None:
    report = distinct(sample(form), seed, blanks, start)
    verdict = judge(values(report), parse_text(LOSSY[layout](report)))
    assert verdict.wrong == ()
    assert verdict.unexplained == ()


@pytest.mark.parametrize("layout", LOSSY)
@settings(max_examples=20, deadline=None, phases=PHASES)
@given(form=st.sampled_from(FORMS), numbers=st.lists(st.integers(0, 3), min_size=200, max_size=200))
def test_numbers_that_recur_are_not_guessed(layout: str, form: str, numbers: list[int]) -> None:
    blank = sample(form)
    counts = {cell.path: cell.value or number for cell, number in zip(blank.cells(), numbers, strict=False)}
    report = blank.replace({path: number for path, number in counts.items() if not path.endswith(".amount")})
    verdict = judge(values(report), parse_text(LOSSY[layout](report)))
    assert verdict.wrong == ()
    assert verdict.unexplained == ()


@pytest.mark.parametrize(
    ("label", "row", "said"),
    [
        ("规章", "disclosure.rules", "432 482 323"),
        ("（一）予以公开", "requests.results.granted", "494 411 327 333 418 413 318"),
    ],
)
def test_the_values_of_a_row_without_its_label_are_named_and_not_used(label: str, row: str, said: str) -> None:
    report = distinct(sample("2021"))
    parsed = parse_text(LAYOUTS["rows |"](report).replace(f"{label} |", " |", 1))
    assert {path for path, value in values(report).items() if parsed.value(path) != value} == {
        path for path in values(report) if path.startswith(f"{row}.")
    }
    (finding,) = parsed.findings
    assert (finding.code, finding.path) == ("GX003", row.partition(".")[0])
    assert f"“{said}”" in finding.message_zh
    assert repr(said) in finding.message_en
