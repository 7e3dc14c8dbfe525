"""What a fresh process pays: memory, import, and the grammars on first use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles

from benchmarks.outcome import Outcome
from benchmarks.pages import texts

#: The peak of a process that imports the library and parses one report.
MEGABYTES = 60
#: How often the import of its dependencies alone the import of the library may take.
IMPORT = 1.5

# A process takes over the peak of the one that starts it, so that Linux is asked for the peak of its memory alone.
_PEAK = """
import json, pathlib, re, resource, sys
sys.modules["interegular"] = None
import gxparse
gxparse.parse(sys.argv[1]) if sys.argv[1] else None
status = pathlib.Path("/proc/self/status")
if status.exists():
    peak = int(re.search(r"VmHWM:\\s*(\\d+) kB", status.read_text())[1]) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps(peak / 1e6))
"""

# Lark takes interegular along where tests have it installed. The library does not depend on it.
_IMPORT = """
import json, sys
from time import perf_counter
sys.modules["interegular"] = None
start = perf_counter()
import {modules}
print(json.dumps(perf_counter() - start))
"""

# The grammars built by the import, after a first and after a second report, and the seconds each of the two takes.
_FIRST_USE = """
import json, sys
from time import perf_counter
sys.modules["interegular"] = None
import lark
built = []
build = lark.Lark.__init__
def counted(self, *args, **options):
    built.append(self)
    build(self, *args, **options)
lark.Lark.__init__ = counted
import gxparse
counts, times = [len(built)], []
for _ in range(2):
    start = perf_counter()
    gxparse.parse(sys.argv[1])
    times.append(perf_counter() - start)
    counts.append(len(built))
print(json.dumps((counts, times)))
"""


def memory() -> Outcome:
    """The peak of a process for each report; the one for which it is highest counts."""
    outcome = Outcome(
        f"MEMORY  peak of a fresh process that parses one report: below {MEGABYTES} MB",
        ("report", "peak MB", ""),
    )
    outcome.add("(import alone)", f"{_run(_PEAK, ''):.1f}")
    for name, file in texts().items():
        peak = _run(_PEAK, file)
        outcome.add(name, f"{peak:.1f}", problem=f"takes {peak:.1f} MB" if peak >= MEGABYTES else None)
    return outcome


def imports(pairs: int) -> Outcome:
    """The time of the import statement, in pairs of fresh processes, and of the first report."""
    ours, theirs = "gxparse", "lark, attrs, cattrs"
    outcome = Outcome(
        f"IMPORT  in fresh processes, {pairs} pairs: ratio of medians below {IMPORT}",
        ("", "median ms", "quartiles", ""),
    )
    times: dict[str, list[float]] = {ours: [], theirs: []}
    for number in range(pairs + 1):
        for modules in (ours, theirs) if number % 2 else (theirs, ours):
            seconds = _run(_IMPORT.format(modules=modules))
            if number:
                # The first pair only warms the caches of the disk.
                times[modules].append(seconds)
    for modules, measured in times.items():
        low, middle, high = (seconds * 1000 for seconds in quantiles(measured, n=4))
        outcome.add(f"import {modules}", f"{middle:.1f}", f"{low:.1f}-{high:.1f}")
    ratio = median(times[ours]) / median(times[theirs])
    outcome.add("ratio", f"{ratio:.2f}", "", problem=f"is {ratio:.2f}" if ratio >= IMPORT else None)

    [at_import, first, second], [cold, warm] = _run(_FIRST_USE, next(iter(texts().values())))
    outcome.add("first report, grammars built", f"{cold * 1000:.1f}", "")
    outcome.add("the same report again", f"{warm * 1000:.1f}", "")
    built = f"{at_import} by the import, {first - at_import} by the first report, {second - first} by the second"
    once = at_import == 0 < first == second
    outcome.add("grammars built", f"{second:.0f}", built, problem=None if once else f"not once, on first use: {built}")
    return outcome


def _run(code: str, *arguments: str | Path) -> float | list[list[float]]:
    """What a fresh interpreter prints as JSON."""
    command = [sys.executable, "-I", "-c", code, *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout)
