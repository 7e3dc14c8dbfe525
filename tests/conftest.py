"""How Hypothesis runs: as much as a quick test bears, or as much as is asked for."""

from __future__ import annotations

import os
import sys

import pytest
from hypothesis import HealthCheck, Phase, settings

# The first report that needs the words of the form builds the grammars, which takes longer than any other by far.
settings.register_profile("quick", deadline=None)
settings.register_profile("deep", deadline=None, max_examples=int(os.environ.get("GXPARSE_EXAMPLES", "1000")))
# For `make mutants`: the same examples each time, and no search for the smallest that fails.
settings.register_profile(
    "mutants",
    deadline=None,
    max_examples=8,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
settings.load_profile(os.environ.get("GXPARSE_PROFILE", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one example come before those of many, which matters where the first that fails ends the run."""
    if os.environ.get("GXPARSE_PROFILE") == "mutants":
        items.sort(key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """For `make mutants`: what a rule has worked out in one test is worked out again in the next."""
    if os.environ.get("GXPARSE_PROFILE") == "mutants":
        modules = [module for name, module in sys.modules.items() if name.startswith("gxparse.rules.")]
        for each in (value for module in modules for value in vars(module).values()):
            if hasattr(each, "cache_clear"):
                each.cache_clear()
