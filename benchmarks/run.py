"""Measures gxparse and holds it to its limits: speed, memory, growth, hostile files, batches, what checks detect.

Usage: ``make bench``, or ``python benchmarks/run.py [--quick] [speed] [checks] [formats] [memory] [import] [growth]
[hostile] [batch] [detection]``.
It prints a table for each part and ends with status 1 if a limit is broken.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

# The folders of the repository are what is imported, not what stands beside this file.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks import batch, checks, detection, formats, growth, hostile, processes, speed  # noqa: E402
from benchmarks.outcome import Outcome  # noqa: E402

#: Each part, given whether the run is a quick one.
PARTS: dict[str, Callable[[bool], Outcome]] = {
    "speed": lambda quick: speed.measure(pairs=15 if quick else 60),
    "checks": lambda quick: checks.measure(pairs=15 if quick else 60),
    "formats": lambda quick: formats.measure(pairs=8 if quick else 30),
    "memory": lambda quick: processes.memory(),
    "import": lambda quick: processes.imports(pairs=7 if quick else 25),
    "growth": lambda quick: growth.measure(share=5 if quick else 1),
    "hostile": lambda quick: hostile.measure(),
    "batch": lambda quick: batch.measure(reports=1000 if quick else 10_000, pairs=3),
    "detection": lambda quick: detection.measure(reports=50 if quick else 1000),
}


def main() -> int:
    """Runs the parts asked for, and says what is wrong."""
    parser = argparse.ArgumentParser(description="Measure gxparse and hold it to its limits.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"one of {', '.join(PARTS)}; all if none is given")
    parser.add_argument("--quick", action="store_true", help="fewer runs and smaller texts")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")

    start = perf_counter()
    broken: list[str] = []
    for name in options.parts or PARTS:
        outcome = PARTS[name](options.quick)
        print(outcome, flush=True)
        broken += [f"{name}: {line}" for line in outcome.broken]
    print(f"{perf_counter() - start:.0f} s in all. ", end="")
    print("\n".join(["LIMITS BROKEN:", *broken]) if broken else "Every limit holds.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
