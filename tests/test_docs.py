"""What the documentation names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(?P<file>tests/[\w/]+\.py)(?:::(?P<name>\w+))?`")
PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if NAMED.search(page.read_text("utf-8"))]


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_is_named_exists(page: Path) -> None:
    named = list(NAMED.finditer(page.read_text("utf-8")))
    gone = [each[0] for each in named if not (ROOT / each["file"]).exists()]
    gone += [each[0] for each in named if each["name"] and each["name"] not in functions_of(each["file"])]
    assert not gone
