"""The check of a report against its parse: ``validate(report)`` is the cheaper one."""

from __future__ import annotations

from statistics import median
from time import process_time

import gxparse
from benchmarks.outcome import Outcome
from benchmarks.pages import texts
from gxparse.testing import FORMS, blank

#: A check takes less time than this many times what the parse takes.
LIMIT = 1.0


def measure(pairs: int) -> Outcome:
    """Times the parse of each report at hand and its check, by turns."""
    outcome = Outcome(
        f"CHECKS  validate(report) against parse_text(text), {pairs} pairs: median of their ratios below {LIMIT}",
        ("report", "parse ms", "validate ms", "ratio", ""),
    )
    written = {name: file.read_text("utf-8-sig") for name, file in texts().items()}
    written |= {f"all numbers wrong, {form}": _wrong(form) for form in FORMS}
    for name, text in written.items():
        parses, checks = zip(*(_pair(text) for _ in range(pairs + 1)), strict=True)
        # The first pair builds what is built on first use.
        ratio = median(check / parse for parse, check in zip(parses[1:], checks[1:], strict=True))
        outcome.add(
            name,
            f"{median(parses[1:]) * 1000:.2f}",
            f"{median(checks[1:]) * 1000:.2f}",
            f"{ratio:.2f}",
            problem=f"the check takes {ratio:.2f} times what the parse takes" if ratio >= LIMIT else None,
        )
    return outcome


def _wrong(form: str) -> str:
    """A report in which no sum holds."""
    report = blank(form)
    return gxparse.render(report.replace({cell.path: 7 + at for at, cell in enumerate(report.cells())}))


def _pair(text: str) -> tuple[float, float]:
    start = process_time()
    report = gxparse.parse_text(text)
    parsed = process_time()
    gxparse.validate(report)
    return parsed - start, process_time() - parsed
