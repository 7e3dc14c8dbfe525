"""Tries the properties of the tests with other examples for a given time: ``python -m fuzz.properties --seconds 300``.

Every test that Hypothesis feeds is run, round after round, each round with another seed, and with ``GXPARSE_EXAMPLES``
examples where the test does not say how many. The exit status is 1 if one fails; what pytest printed of it is shown,
and the seed with which it comes again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from attrs import frozen

ROOT = Path(__file__).parents[1]
# What pytest ends with: all passed, and stopped before its end.
_PASSED, _STOPPED = 0, 2


@frozen
class Round:
    """A run over the properties."""

    seed: int
    properties: int
    examples: int
    failure: str


def main() -> int:
    """Runs rounds until the time is up or a property does not hold."""
    ask = argparse.ArgumentParser(description="Try the properties of the tests with other examples.")
    ask.add_argument("--seconds", type=float, default=300, help="how long it takes, about (default: 300)")
    ask.add_argument("--jobs", type=int, default=2, help="how many rounds run at once (default: 2)")
    ask.add_argument("--seed", type=int, help="of the first round (default: another one each time)")
    ask.add_argument("tests", nargs="*", default=["tests"], help="files or folders of tests (default: all)")
    options = ask.parse_args()
    end = time.time() + options.seconds
    first = Random().randrange(10**6) if options.seed is None else options.seed

    def rounds(job: int) -> list[Round]:
        found: list[Round] = []
        while time.time() < end and not (found and found[-1].failure):
            found.append(run(first + job + options.jobs * len(found), end, options.tests))
        return found

    with ThreadPoolExecutor(options.jobs) as pool:
        done = [each for several in pool.map(rounds, range(options.jobs)) for each in several]
    failed = [each for each in done if each.failure]
    for each in failed:
        print(f"{each.failure}\n\nAgain: python -m fuzz.properties --jobs 1 --seed {each.seed}\n")
    print(
        f"Properties: {sum(each.examples for each in done):,} examples in {len(done)} rounds over at most "
        f"{max(each.properties for each in done)} tests, seeds from {first}; {len(failed)} rounds failed."
    )
    return 1 if failed else 0


def run(seed: int, end: float, tests: list[str]) -> Round:
    """One round."""
    with TemporaryDirectory() as folder:
        tried = Path(folder) / "tried.json"
        more = {"GXPARSE_ROUND": str(seed), "GXPARSE_UNTIL": str(end), "GXPARSE_TRIED": str(tried)}
        environment = {"GXPARSE_EXAMPLES": "200"} | os.environ | {"GXPARSE_PROFILE": "deep"} | more
        command = [
            *(sys.executable, "-m", "pytest", "-p", "fuzz.rounds", "-m", "hypothesis", f"--hypothesis-seed={seed}"),
            *("-q", "-x", "-p", "no:cacheprovider", *tests),
        ]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
        figures = json.loads(tried.read_text("utf-8")) if tried.exists() else {"properties": 0, "examples": 0}
    is_well = done.returncode == _PASSED or (done.returncode == _STOPPED and "the time is up" in done.stdout)
    failure = "" if is_well else (done.stdout + done.stderr).partition("Hypothesis Statistics")[0]
    return Round(seed, figures["properties"], figures["examples"], failure)


if __name__ == "__main__":
    sys.exit(main())
