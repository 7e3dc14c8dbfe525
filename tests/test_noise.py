"""Damaged reports in every layout: a value is the one printed in its cell, or it is ``None`` and a finding says why.

``python -m tests.noise`` prints how much comes back from each kind of damage.
"""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.layouts import FORMS, STYLES, Verdict
from tests.noise import NOISES, applies, recovered, share, verdict

#: A seed says nothing by its size: there is nothing to shrink.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
PAIRS = [(noise, layout) for noise in NOISES for layout in STYLES if applies(noise, layout)]


@pytest.fixture(scope="module")
def verdicts() -> dict[tuple[str, str], list[Verdict]]:
    """What the tests of this module have seen, so that no report is parsed twice."""
    return {}


@pytest.mark.parametrize(("noise", "layout"), PAIRS)
def test_no_value_is_wrong_and_none_is_lost_in_silence(
    noise: str, layout: str, verdicts: dict[tuple[str, str], list[Verdict]]
) -> None:
    verdicts[noise, layout] = recovered(noise, layout, seeds=(0,))
    assert [line for each in verdicts[noise, layout] for line in each.wrong] == []
    assert [line for each in verdicts[noise, layout] for line in each.unexplained] == []


@pytest.mark.parametrize(("noise", "layout"), [pair for pair in PAIRS if NOISES[pair[0]].floor is not None])
def test_what_is_still_printed_comes_back(
    noise: str, layout: str, verdicts: dict[tuple[str, str], list[Verdict]]
) -> None:
    found = verdicts.get((noise, layout)) or recovered(noise, layout, seeds=(0,))
    assert share(found) >= (NOISES[noise].floor or 0)


@settings(max_examples=150, deadline=None, phases=PHASES)
@given(pair=st.sampled_from(PAIRS), form=st.sampled_from(FORMS), seed=st.integers(1, 100_000))
def test_no_other_damage_of_these_kinds_makes_a_value_wrong(pair: tuple[str, str], form: str, seed: int) -> None:
    found = verdict(*pair, form, seed)
    assert found.wrong == ()
    assert found.unexplained == ()
