"""A text into a report, against ``pandas.read_html`` that merely finds the tables of the same report as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import StringIO
from statistics import median, quantiles
from time import perf_counter

import pandas as pd

import gxparse
from benchmarks.outcome import Outcome
from benchmarks.pages import page_of, texts, unseen

#: A report takes less time than this many times what its tables take as HTML.
LIMIT = 1.0


def measure(pairs: int) -> Outcome:
    """Times each report in pairs, one run of each, the order turned round from pair to pair."""
    outcome = Outcome(
        f"SPEED  parse_text(text) against pandas.read_html(html), {pairs} pairs: median of their ratios below {LIMIT}",
        ("report", "gxparse ms", "pandas ms", "ratio", "quartiles", ""),
    )
    written = {name: file.read_text("utf-8-sig") for name, file in texts().items()}
    for name, text in written.items():
        html = page_of(text)
        _add(outcome, name, _paired((text, html) for _ in range(pairs)))
    _add(outcome, "never seen before", _paired(unseen(pairs)))
    outcome.notes += [
        "The page is bare HTML of the report's paragraphs and tables, spans as in the official form.",
        "'never seen before': every pair takes another layout and other numbers, which no cache knows.",
    ]
    return outcome


def _paired(reports: Iterable[tuple[str, str]]) -> list[tuple[float, float]]:
    """The seconds that each report takes as text and as HTML."""
    found = []
    for number, (text, html) in enumerate(reports):
        if not number:
            # What is built on first use is built by then.
            _seconds(gxparse.parse_text, text)
            _seconds(pd.read_html, StringIO(html))
        if number % 2:
            theirs, ours = _seconds(pd.read_html, StringIO(html)), _seconds(gxparse.parse_text, text)
        else:
            ours, theirs = _seconds(gxparse.parse_text, text), _seconds(pd.read_html, StringIO(html))
        found.append((ours, theirs))
    return found


def _seconds(function: Callable[..., object], argument: object) -> float:
    start = perf_counter()
    function(argument)
    return perf_counter() - start


def _add(outcome: Outcome, name: str, pairs: list[tuple[float, float]]) -> None:
    ours, theirs = (median(times) for times in zip(*pairs, strict=True))
    low, ratio, high = quantiles((one / other for one, other in pairs), n=4)
    outcome.add(
        name,
        f"{ours * 1000:.2f}",
        f"{theirs * 1000:.2f}",
        f"{ratio:.2f}",
        f"{low:.2f}-{high:.2f}",
        problem=f"takes {ratio:.2f} of the time of pandas" if ratio >= LIMIT else None,
    )
