"""Truncates and changes every file of the corpus thousands of times and reads it: ``python -m fuzz.mutations``.

Each ends in a record or a :class:`~gxparse.errors.GxparseError`; anything else is printed with the seed that makes it
again. :mod:`fuzz.run` holds fewer inputs to more laws.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path
from random import Random

from attrs import frozen

import gxparse
from fuzz.targets import TARGETS, seeds, without_libreoffice


@frozen
class Outcome:
    """What came of the mutations of a file.

    Attributes:
        read: how many were read; the others were refused.
        slowest: the longest time that one took, in seconds of the processor.
        memory: the peak of the process, in MB.
        others: what was raised that is no ``GxparseError``.
    """

    name: str
    file: Path
    count: int
    read: int
    slowest: float
    memory: float
    others: tuple[str, ...]


def outcome(name: str, file: Path, count: int) -> Outcome:
    """Reads ``count`` mutations of a file: every other one of its bytes, the rest of what they hold."""
    data = file.read_bytes()
    read, slowest, others = 0, 0.0, []
    for number in range(count):
        chance = Random(f"{file.name} {number}")
        mutated = TARGETS[name].damaged(data, chance, of_content=bool(number % 2))
        begun = time.process_time()
        try:
            with without_libreoffice():
                gxparse.parse(mutated)
            read += 1
        except gxparse.GxparseError:
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            others.append(f"{name} {file.name}, mutation {number}: {error!r}")
        slowest = max(slowest, time.process_time() - begun)
    return Outcome(name, file, count, read, slowest, _peak(), tuple(others))


def _silence() -> None:
    """Extensions write of their panics to the standard error, whatever becomes of them."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def show(found: Iterable[Outcome]) -> int:
    """Prints a line for each format."""
    heads = ("files", "mutations", "read", "refused", "slowest", "memory", "raised")
    print(f"{'format':8}", *(f"{head:>9}" for head in heads))
    failed = 0
    for name, group in groupby(found, key=lambda each: each.name):
        files = list(group)
        count, read = sum(each.count for each in files), sum(each.read for each in files)
        others = [other for each in files for other in each.others]
        slowest, memory = max(each.slowest for each in files), max(each.memory for each in files)
        print(
            f"{name:8} {len(files):9} {count:9,} {read:9,} {count - read - len(others):9,} {slowest:7.2f} s "
            f"{memory:6.0f} MB {len(others):9}",
            flush=True,
        )
        print(*others, sep="\n", end="\n" if others else "")
        failed += len(others)
    return int(failed > 0)


def main() -> int:
    """Reads mutations of each file of the formats named."""
    ask = argparse.ArgumentParser(description="Truncate and change the files of the corpus, and read them.")
    ask.add_argument("formats", nargs="*", default=list(TARGETS), help="the formats (default: all)")
    ask.add_argument("--each", type=int, default=2000, help="how many mutations of each file (default: 2000)")
    ask.add_argument("--jobs", type=int, default=2, help="how many processes (default: 2)")
    options = ask.parse_args()
    files = [(name, file) for name in options.formats for file in seeds(name)]
    # A process for each file, so that its peak is that of this file.
    with ProcessPoolExecutor(options.jobs, max_tasks_per_child=1, initializer=_silence) as pool:
        waiting = [pool.submit(outcome, name, file, options.each) for name, file in files]
        return show(each.result() for each in waiting)


if __name__ == "__main__":
    sys.exit(main())
