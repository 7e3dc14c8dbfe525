"""Fuzzes every target for a given time and prints what came of it.

``make fuzz SECONDS=600``, or ``python -m fuzz.run [--seconds 600] [--jobs 2] [--keep] [target …]``. The exit status is
1 if a law is broken; the input is then kept in ``fuzz/found``, and the command is printed that reads it again.

What is found is kept from run to run in ``fuzz/found/corpus``, which is no part of the repository; ``--keep`` adds what
reaches new branches to ``fuzz/corpus``, which is, as long as that stays small.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from attrs import define, field

from fuzz.laws import SECONDS
from fuzz.targets import CORPUS, TARGETS

ROOT = Path(__file__).parents[1]
FOUND = Path(__file__).parent / "found"
# A reader that does not come back is ended by libFuzzer; the laws hold the others to their time.
_HANGS = 6 * SECONDS
_MEGABYTES = 2500
_LONGEST = 400_000
# What starting takes: the instruments, the seeds, and reading what earlier runs found.
_START = 60
_LARGEST_CORPUS = 900_000


@define
class Outcome:
    """What came of fuzzing a target."""

    target: str
    seconds: float = 0.0
    executions: int = 0
    edges: int = 0
    features: int = 0
    new: int = 0
    crashes: list[Path] = field(factory=list)
    trouble: str = ""

    def read(self, log: str) -> None:
        """Takes the figures from what libFuzzer has written."""
        for line in _LINE.finditer(log):
            self.executions = max(self.executions, int(line["runs"]))
            self.edges = max(self.edges, int(line["edges"] or 0))
            self.features = max(self.features, int(line["features"] or 0))
        self.new = len(re.findall(r"^#\d+\s+NEW\b", log, re.MULTILINE))


_LINE = re.compile(r"^#(?P<runs>\d+)\s+\w+\s+(?:cov: (?P<edges>\d+) )?(?:ft: (?P<features>\d+) )?", re.MULTILINE)


def main() -> int:
    """Runs the targets, a few at a time."""
    ask = argparse.ArgumentParser(description="Fuzz the readers and parse_text.")
    ask.add_argument("targets", nargs="*", metavar="target", help=f"of {', '.join(TARGETS)} (default: all)")
    ask.add_argument("--seconds", type=int, default=600, help="how long all of it takes, about (default: 600)")
    ask.add_argument("--jobs", type=int, default=2, help="how many targets run at once (default: 2)")
    ask.add_argument("--seed", type=int, default=0, help="of libFuzzer (default: another one each time)")
    ask.add_argument("--keep", action="store_true", help="add what reaches new branches to fuzz/corpus")
    options = ask.parse_args()
    if unknown := set(options.targets) - set(TARGETS):
        ask.error(f"no such target: {', '.join(sorted(unknown))}")

    names = options.targets or list(TARGETS)
    shares = {name: TARGETS[name].share / sum(TARGETS[each].share for each in names) for name in names}
    longest = sorted(names, key=lambda name: -shares[name])
    with ThreadPoolExecutor(options.jobs) as pool:
        each = options.seconds * min(options.jobs, len(names))
        outcomes = list(pool.map(lambda name: fuzz(name, each * shares[name], options.seed), longest))
    print(table(outcomes))
    for line in crashes(outcomes):
        print(line)
    print(unforeseen(names))
    if options.keep:
        for name in names:
            keep(name)
    return 1 if any(outcome.crashes or outcome.trouble for outcome in outcomes) else 0


# ── Running a target ─────────────────────────────────────────────────────────────────────────────────────────────────


def fuzz(name: str, seconds: float, seed: int) -> Outcome:
    """Fuzzes a target; after a crash it goes on until its time is up or ten inputs have been found."""
    outcome, end = Outcome(name), time.monotonic() + seconds
    begun = time.monotonic()
    while (left := end - time.monotonic()) > 0 and len(outcome.crashes) < _CRASHES:
        run = Outcome(name)
        _run(run, max(1, int(left)), seed)
        outcome.executions += run.executions
        outcome.edges, outcome.features = max(outcome.edges, run.edges), max(outcome.features, run.features)
        outcome.new += run.new
        outcome.crashes += run.crashes
        outcome.trouble = run.trouble
        seed += bool(seed)
        if run.trouble:
            break
    outcome.seconds = time.monotonic() - begun
    return outcome


_CRASHES = 10


def _run(outcome: Outcome, seconds: int, seed: int) -> None:
    name = outcome.target
    corpus, kept = FOUND / "corpus" / name, FOUND / name
    corpus.mkdir(parents=True, exist_ok=True)
    kept.mkdir(parents=True, exist_ok=True)
    before = set(kept.iterdir())
    command = [
        *(sys.executable, "-m", "fuzz.guided", name, f"-max_total_time={seconds}", f"-timeout={_HANGS}"),
        *(f"-rss_limit_mb={_MEGABYTES}", f"-max_len={_LONGEST}", f"-artifact_prefix={kept}/", f"-seed={seed}"),
        *("-cross_over=0", "-verbosity=1", str(corpus), str(CORPUS / name)),
    ]
    environment = os.environ | {"GXPARSE_UNFORESEEN": str(FOUND / "unforeseen" / name), "PYTHONWARNINGS": "ignore"}
    log = FOUND / f"{name}.log"
    with log.open("wb") as file:
        limit = seconds + _START + 2 * _HANGS
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=environment, stdout=file, stderr=file, check=False, timeout=limit
            )
            status: int | None = done.returncode
        except subprocess.TimeoutExpired:
            status = None
    outcome.read(log.read_text("utf-8", "replace"))
    outcome.crashes = sorted(file for file in kept.iterdir() if file not in before and not file.suffix)
    for file in outcome.crashes:
        shutil.copy(log, file.with_suffix(".log"))
    if status != 0 and not outcome.crashes:
        outcome.trouble = f"it ended with status {status}: see {log.relative_to(ROOT)}"


# ── What is printed ──────────────────────────────────────────────────────────────────────────────────────────────────


def table(outcomes: Sequence[Outcome]) -> str:
    """The figures of every target, as a table of Markdown."""
    lines = [
        f"Fuzzed on {datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}:",
        "",
        "| target | seconds | executions | executions/s | edges | features | new units | crashes |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for each in sorted(outcomes, key=lambda outcome: list(TARGETS).index(outcome.target)):
        rate = each.executions / max(each.seconds, 1)
        lines.append(
            f"| {each.target} | {each.seconds:.0f} | {each.executions:,} | {rate:.1f} | {each.edges:,} "
            f"| {each.features:,} | {each.new:,} | {len(each.crashes)} |"
        )
    executions, crashed = sum(each.executions for each in outcomes), sum(len(each.crashes) for each in outcomes)
    lines.append(f"| all | | {executions:,} | | | | {sum(each.new for each in outcomes):,} | {crashed} |")
    return "\n".join(lines)


def crashes(outcomes: Iterable[Outcome]) -> Iterable[str]:
    """What was broken, and how to see it again."""
    for outcome in outcomes:
        if outcome.trouble:
            yield f"\n{outcome.target}: {outcome.trouble}"
        for file in outcome.crashes:
            said = _BREACH.findall(file.with_suffix(".log").read_text("utf-8", "replace"))
            yield f"\n{outcome.target}: {said[-1] if said else file.name.partition('-')[0]}"
            yield f"  python -m fuzz.targets {outcome.target} {file.relative_to(ROOT)}"


_BREACH = re.compile(r"^(?:fuzz\.laws\.)?Breach: (.*)$", re.MULTILINE)


def unforeseen(names: Iterable[str]) -> str:
    """The kinds of errors that were refused without being foreseen; they are no breach, but may hide one."""
    found = [(name, file) for name in names for file in sorted((FOUND / "unforeseen" / name).glob("*.kind"))]
    lines = [f"  {name}: {file.read_text('utf-8').strip()} ({file.with_suffix('').name})" for name, file in found]
    return "\n".join([f"\nRefused for reasons not foreseen, in this run and before: {len(found)}", *lines])


# ── The corpus ───────────────────────────────────────────────────────────────────────────────────────────────────────


def keep(name: str) -> None:
    """Adds the inputs that reach new branches to the corpus of the repository, the smallest first."""
    folder = FOUND / "merged" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "fuzz.guided", name, "-merge=1", str(folder), str(CORPUS / name)]
    subprocess.run([*command, str(FOUND / "corpus" / name)], cwd=ROOT, check=True, capture_output=True)
    known = {file.read_bytes() for file in (CORPUS / name).iterdir()}
    size = sum(file.stat().st_size for file in CORPUS.glob("*/*"))
    share = _LARGEST_CORPUS / len(TARGETS)
    own = sum(map(len, known))
    for file in sorted(folder.iterdir(), key=lambda file: file.stat().st_size):
        data = file.read_bytes()
        if data not in known and size + len(data) <= _LARGEST_CORPUS and own + len(data) <= share:
            (CORPUS / name / file.name[:12]).write_bytes(data)
            size, own = size + len(data), own + len(data)


if __name__ == "__main__":
    sys.exit(main())
