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


# These tests are of every rule.
_OF_ALL = ("test_messages", "test_validation")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """For `make mutants`: a mutant is tried by the tests of its own module, if it has any, quick ones first."""
    if os.environ.get("GXPARSE_PROFILE") != "mutants":
        return
    names = [f"test_{name}" for name in os.environ.get("MUTANT_UNDER_TEST", "").split(".")]
    if any(item.path.stem in names for item in items):
        items[:] = [item for item in items if item.path.stem in (*names, *_OF_ALL)]
    items.sort(key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """For `make mutants`: what a rule has worked out in one test is worked out again in the next."""
    if os.environ.get("GXPARSE_PROFILE") == "mutants":
        modules = [module for name, module in sys.modules.items() if name.startswith("gxparse.rules.")]
        for each in (value for module in modules for value in vars(module).values()):
            if hasattr(each, "cache_clear"):
                each.cache_clear()
