"""A plugin of pytest for :mod:`fuzz.properties`: the properties in another order each time, until the time is up.

It takes the seed of the round and the end of the time from the environment, and leaves what was tried in a file.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Generator
from pathlib import Path
from random import Random

import pytest

_SEED = int(os.environ.get("GXPARSE_ROUND", "0"))
_END = float(os.environ.get("GXPARSE_UNTIL", "inf"))
_EXAMPLES = re.compile(r"(\d+) passing\b")


class _Tried:
    properties = 0
    examples = 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shuffles the tests, so that those that come last are not always the same."""
    Random(_SEED).shuffle(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, object, object]:
    """Counts the examples of a test, and stops behind it when the time is up."""
    report = yield
    if call.when == "call":
        _Tried.properties += 1
        said = str(getattr(item, "hypothesis_statistics", ""))
        _Tried.examples += sum(map(int, _EXAMPLES.findall(said)))
    if call.when == "teardown" and time.time() > _END:
        item.session.shouldstop = "the time is up"
    return report


def pytest_sessionfinish() -> None:
    """Leaves the figures."""
    if target := os.environ.get("GXPARSE_TRIED"):
        Path(target).write_text(json.dumps({"properties": _Tried.properties, "examples": _Tried.examples}), "utf-8")
