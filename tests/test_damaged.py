"""Files of every format, truncated and with bytes changed: refused or read, and lawful either way.

The files are the corpus of the fuzzer, which holds what it once broke the library with; the laws are those that it
holds every input to.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.laws import Laws
from fuzz.targets import TARGETS, laws, seeds, without_libreoffice
from gxparse import from_json, parse_text, to_json, validate
from gxparse.records import Applicants

SEEDS = [(name, file) for name in TARGETS for file in seeds(name)]

laws_of = cache(laws)


def checked(found: Laws, data: bytes) -> None:
    with without_libreoffice():
        found.check(data)


@pytest.mark.parametrize(("name", "file"), SEEDS, ids=lambda each: getattr(each, "name", each))
def test_every_seed_is_lawful(name: str, file: Path) -> None:
    checked(laws_of(name), file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=max(10, settings().max_examples // 10), deadline=None)
@given(seed=st.integers(0, 10**9))
def test_truncated_and_changed_bytes_are_lawful(name: str, seed: int) -> None:
    chance = Random(seed)
    data = chance.choice(seeds(name)).read_bytes()
    checked(laws_of(name), TARGETS[name].damaged(data, chance, of_content=False))


@pytest.mark.parametrize("name", [name for name in TARGETS if TARGETS[name].mutator])
@settings(max_examples=max(10, settings().max_examples // 10), deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_file_of_which_the_content_is_changed_is_lawful(name: str, seed: int) -> None:
    chance = Random(seed)
    data = chance.choice(seeds(name)).read_bytes()
    checked(laws_of(name), TARGETS[name].damaged(data, chance, of_content=True))


def test_of_a_table_cut_to_its_last_rows_every_cell_is_there() -> None:
    text = "三、收到和处理政府信息公开申请情况\n（七）总计 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |\n"
    report = parse_text(text)
    assert report.requests.results.granted == report.requests.results.partially_granted == Applicants()
    assert from_json(to_json(report)) == report
    assert not validate(report).ok
