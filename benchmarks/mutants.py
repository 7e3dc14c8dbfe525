"""How many mutants the tests kill: ``make mutants``.

A mutant is a module with one small change: ``<`` for ``<=``, ``None`` for an argument. A test that fails kills it; one
that survives shows what no test looks at. The modules and the tests are those that ``[tool.mutmut]`` in
``pyproject.toml`` names. mutmut passes by every function with a decorator, so that no property and nothing with a
cache would be changed; this does so with its operators, and sums up.
"""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import libcst as cst
from attrs import frozen
from mutmut.configuration import config
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import get_ignored_lines

#: Which share of the mutants the tests have to kill.
DEMANDED = 0.9
PROCESSES = int(os.environ.get("GXPARSE_PROCESSES", "2"))
#: A mutant that takes so long does not end.
SECONDS = 300


@frozen
class Mutant:
    """A module with one change.

    Attributes:
        path: the module.
        code: what it is changed to.
        change: the lines that differ.
    """

    path: Path
    code: str
    change: str


class Decorated(MutationVisitor):
    """Finds the changes of the functions with decorators."""

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        return not passed_by(node) and super()._skip_node_and_children(node)


def passed_by(node: cst.CSTNode | None) -> bool:
    """Whether a node is a function that mutmut leaves as it is."""
    if not isinstance(node, cst.FunctionDef):
        return False
    names = [decorator.decorator for decorator in node.decorators]
    alone = len(names) == 1 and isinstance(names[0], cst.Name) and names[0].value in {"classmethod", "staticmethod"}
    return bool(names) and not alone


def decorated(path: Path) -> Iterator[Mutant]:
    """The mutants of a module that mutmut does not make."""
    source = path.read_text("utf-8")
    wrapper = cst.MetadataWrapper(cst.parse_module(source))
    visitor = Decorated(mutation_operators, get_ignored_lines(str(path), source, wrapper))
    wrapper.visit(visitor)
    for mutation in visitor.mutations:
        if passed_by(mutation.contained_by_top_level_function):
            code = wrapper.module.deep_replace(mutation.original_node, mutation.mutated_node).code
            lines = difflib.unified_diff(source.splitlines(), code.splitlines(), lineterm="", n=0)
            yield Mutant(path, code, "\n".join(line for line in lines if not line.startswith(("---", "+++"))))


def survivors(mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """The mutants that no test kills, each tried in a copy of the repository."""
    copies: SimpleQueue[Path] = SimpleQueue()

    def lives(mutant: Mutant) -> bool:
        copy = copies.get()
        (copy / mutant.path).write_text(mutant.code, "utf-8")
        try:
            return run_tests(copy, mutant.path) == 0
        finally:
            shutil.copy(mutant.path, copy / mutant.path)
            copies.put(copy)

    mutants = list(mutants)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(PROCESSES) as pool:
        for number in range(PROCESSES):
            copies.put(copied(Path(folder) / str(number)))
        yield from (mutant for mutant, alive in zip(mutants, pool.map(lives, mutants), strict=True) if alive)


def copied(folder: Path) -> Path:
    """A copy of what the tests need."""
    for name in (*config().source_paths, *config().also_copy):
        if name.is_dir():
            shutil.copytree(name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif name.is_file():
            shutil.copy(name, folder / name)
    return folder


def run_tests(folder: Path, mutated: Path) -> int:
    """How the tests of a module end, without their output; ``tests/conftest.py`` chooses them by its name."""
    tests = config().pytest_add_cli_args_test_selection
    options = ["-x", "-q", *config().pytest_add_cli_args]
    environment = {**os.environ, "PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1"}
    environment["MUTANT_UNDER_TEST"] = ".".join(mutated.with_suffix("").parts)
    command = [sys.executable, "-m", "pytest", *options, *tests]
    try:
        ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return -1
    return ended.returncode


def mutmut(*arguments: str) -> list[str]:
    """What mutmut prints."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def main() -> int:
    """Runs the mutants of the decorated functions, and prints the survivors of these and of mutmut's run."""
    results = dict(line.strip().rsplit(": ", 1) for line in mutmut("results", "--all", "true") if ": " in line)
    alive = [name for name, status in results.items() if status not in {"killed", "timeout"}]
    for name in alive:
        print(f"── {name}: {results[name]}", *mutmut("show", name)[1:], sep="\n")
    mutants = [
        mutant
        for path in sorted(Path("src").rglob("*.py"))
        if config().should_mutate(path)
        for mutant in decorated(path)
    ]
    others = list(survivors(mutants))
    for mutant in others:
        print(f"── {mutant.path}: survived", mutant.change, sep="\n")
    count = len(results) + len(mutants)
    killed = count - len(alive) - len(others)
    print(f"{killed} of {count} mutants killed: {killed / count:.1%}")
    return int(killed < DEMANDED * count)


if __name__ == "__main__":
    sys.exit(main())
