"""A folder of reports as one table: two processes against one, the memory of the one that starts them, a killed run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import sleep

from benchmarks.outcome import Outcome
from gxparse.batch import Batch
from tests.layouts import FORMS, LAYOUTS, distinct, sample

#: How many times as fast two processes are as one, at least.
FASTER = 1.7
#: How many times as much memory the process that starts the others may take for ten times as many reports.
GROWTH = 1.1

# What a batch takes: seconds, seconds of the processor in all processes, and the peak of this process in MB.
_BATCH = """
import json, os, pathlib, re, resource, sys, time
from gxparse.batch import Batch, Tally
folder, output, jobs = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
if __name__ == "__main__":
    start = time.perf_counter()
    batch = Batch(folder, output)
    with batch.begun():
        tally = sum(batch.read(jobs), Tally())
        batch.collect()
    seconds = time.perf_counter() - start
    spent = os.times()
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        peak = int(re.search(r"VmHWM:\\s*(\\d+) kB", status.read_text())[1]) * 1024
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps((tally.reports, seconds, sum(spent[:4]), peak / 1e6)))
"""


def measure(reports: int, pairs: int) -> Outcome:
    """Measures a folder of so many reports, each pair of runs a share of it, and kills a run of a tenth of them."""
    outcome = Outcome(
        f"BATCH  of {reports:,} reports to CSV, {pairs} pairs: two processes {FASTER} times one; memory {GROWTH}",
        ("", "wall s", "processor s", "parent MB", ""),
    )
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        large, small = root / "large", root / "small"
        shares = [_written(large / str(number), range(number, reports, pairs)) for number in range(pairs)]
        _written(small, range(reports // 10))
        _speed(outcome, shares, root, reports)
        _memory(outcome, small, large, root)
        _killed(outcome, small, root)
    outcome.notes.append("Runs in turn. The parent is the process that starts the others and joins their parts.")
    cores = os.cpu_count() or 1
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    if cores < 2 or load > cores:
        outcome.notes.append(f"{cores} cores, load {load:.1f}: where other work takes a core, two processes share one.")
    return outcome


def _speed(outcome: Outcome, shares: list[Path], root: Path, reports: int) -> None:
    runs: dict[int, list[list[float]]] = {1: [], 2: []}
    for number, folder in enumerate(shares):
        for jobs in (1, 2) if number % 2 else (2, 1):
            runs[jobs].append(_run(folder, root / "share.csv", jobs))
    for jobs, each in runs.items():
        read, wall, processor, _ = (sum(column) for column in zip(*each, strict=True))
        problem = None if read == reports else f"read {read:.0f} reports"
        name = "two processes" if jobs > 1 else "one process"
        outcome.add(name, f"{wall:.1f}", f"{processor:.1f}", f"{max(peak for *_, peak in each):.1f}", problem=problem)
    ratio = median(one[1] / two[1] for one, two in zip(runs[1], runs[2], strict=True))
    problem = f"{ratio:.2f} times as fast, below {FASTER}" if ratio < FASTER else None
    outcome.add("median of ratios", f"{ratio:.2f}", "", "", problem=problem)


def _memory(outcome: Outcome, small: Path, large: Path, root: Path) -> None:
    peaks = []
    for folder in (small, large):
        read, wall, processor, peak = _run(folder, root / f"{folder.name}.csv", 2)
        outcome.add(f"{read:,.0f} reports", f"{wall:.1f}", f"{processor:.1f}", f"{peak:.1f}")
        peaks.append(peak)
    growth = peaks[1] / peaks[0]
    problem = f"grows to {growth:.2f} times for ten times as many" if growth > GROWTH else None
    outcome.add("growth", "", "", f"{growth:.2f}", problem=problem)


def _killed(outcome: Outcome, folder: Path, root: Path) -> None:
    """A run killed with a third and with two thirds of the shards there, and gone on with, against the whole one."""
    whole, output = root / f"{folder.name}.csv", root / "killed.csv"
    parts = output.with_suffix(".parts")
    shards = sum(1 for _ in Batch(folder, output).chunks())
    for share in (1, 2):
        run = subprocess.Popen(_command(folder, output, 2), stdout=subprocess.DEVNULL, start_new_session=True)
        while run.poll() is None and len(list(parts.glob("*.shard"))) < max(1, shards * share // 3):
            sleep(0.01)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    kept = len(list(parts.glob("*.shard")))
    _, wall, processor, peak = _run(folder, output, 2)
    same = _digest(output) == _digest(whole)
    problem = None if same and kept else "the table is another one" if kept else "nothing was kept"
    name = f"killed twice, {kept} of {shards} shards kept"
    outcome.add(name, f"{wall:.1f}", f"{processor:.1f}", f"{peak:.1f}", problem=problem)


def _written(folder: Path, numbers: range) -> Path:
    """A folder of reports, no two alike, in all layouts of text."""
    layouts = list(LAYOUTS.values())
    for number in numbers:
        file = folder / f"{number // 500:03}" / f"{number:05}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        report = distinct(sample(FORMS[number % len(FORMS)]), seed=number, start=1000 + 200 * number)
        file.write_text(layouts[number % len(layouts)](report), "utf-8")
    return folder


def _run(folder: Path, output: Path, jobs: int) -> list[float]:
    done = subprocess.run(_command(folder, output, jobs), check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return json.loads(done.stdout)


def _command(folder: Path, output: Path, jobs: int) -> list[str]:
    return [sys.executable, "-I", "-c", _BATCH, *map(str, (folder, output, jobs))]


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
