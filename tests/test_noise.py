"""Damaged reports in every layout: a value is the one printed in its cell, or it is ``None`` and a finding says why.

``python -m tests.noise`` prints how much comes back from each kind of damage.
"""

from __future__ import annotations

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from tests.layouts import FORMS, STYLES
from tests.noise import NOISES, STRENGTHS, applies, baseline, recovered, share, verdict

#: A seed says nothing by its size: there is nothing to shrink.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
BASELINE = baseline()
PAIRS = [(noise, layout) for noise in NOISES for layout in STYLES if applies(noise, layout)]


@pytest.mark.parametrize(("noise", "layout"), PAIRS)
def test_no_value_is_wrong_none_is_lost_in_silence_and_no_less_comes_back_than_before(noise: str, layout: str) -> None:
    found = recovered(noise, layout, seeds=(0,))
    assert [line for each in found for line in each.wrong] == []
    assert [line for each in found for line in each.unexplained] == []
    assert share(found) >= BASELINE[noise][layout], "python -m tests.noise shows what was lost"


@pytest.mark.parametrize("noise", NOISES)
def test_what_is_still_printed_comes_back(noise: str) -> None:
    floor = NOISES[noise].floor or 0
    assert {layout: came for layout, came in BASELINE[noise].items() if came < floor} == {}
    assert set(BASELINE[noise]) == {layout for layout in STYLES if applies(noise, layout)}


@settings(max_examples=500, deadline=None, phases=PHASES)
@given(
    pair=st.sampled_from(PAIRS),
    form=st.sampled_from(FORMS),
    seed=st.integers(1, 100_000),
    strength=st.sampled_from(STRENGTHS),
)
@example(("annotations", "boxes"), "2021", 5019, 1.0).via("the year of an explanation in several lines of a box")
@example(("label character lost", "aligned, wrapped, values between"), "2021", 281137, 3.0).via("the rows of （六）")
@example(("labels on two lines", "aligned"), "mixed", 585581, 3.0).via("a head put together of the parts of two")
@example(("row label cut by page", "cells |"), "2019", 746918, 5.0).via("values behind a bare number")
def test_no_other_damage_of_these_kinds_makes_a_value_wrong_however_strong(
    pair: tuple[str, str], form: str, seed: int, strength: float
) -> None:
    found = verdict(*pair, form, seed, strength=strength)
    assert found.wrong == ()
    assert found.unexplained == ()
