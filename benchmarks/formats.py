"""A file into a report, against what a user would otherwise do to get merely its tables, on the same file."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter

import docx
import pandas as pd
import pdfplumber
from attrs import frozen

import gxparse
from benchmarks.outcome import Outcome
from benchmarks.pages import ROOT, page
from tests.layouts import distinct, outline, sample

EXAMPLE = "haiyan-archives-2023"


def measure(pairs: int) -> Outcome:
    """Times each file in pairs, one run of each, the order turned round from pair to pair."""
    outcome = Outcome(
        f"FORMATS  parse(file) against what merely finds its tables, {pairs} pairs: median of their ratios",
        ("file", "against", "gxparse ms", "other ms", "ratio", "quartiles", "limit", ""),
    )
    # What pdfminer has to say of the fonts of browsers is not measured.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    bare = page(outline(distinct(sample("2021")))).encode()
    portal, word, pdf = ((ROOT / "examples" / f"{EXAMPLE}.{suffix}").read_bytes() for suffix in ("html", "docx", "pdf"))
    pandas = Rival("pandas.read_html", _by_pandas)
    _add(outcome, "HTML, bare", bare, pandas, pairs)
    _add(outcome, "HTML of a portal", portal, pandas, pairs)
    _add(outcome, "DOCX", word, Rival("python-docx, row.cells", _by_python_docx), pairs)
    _add(outcome, "PDF", pdf, Rival("pdfplumber, extract_tables", _by_pdfplumber, 1.15), pairs)
    return outcome


def _by_pandas(data: bytes) -> object:
    return pd.read_html(io.BytesIO(data), encoding="utf-8")


def _by_python_docx(data: bytes) -> object:
    document = docx.Document(io.BytesIO(data))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def _by_pdfplumber(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [each.extract_tables() for each in pdf.pages]


@frozen
class Rival:
    """What a user would otherwise do, and how many times its time ours may take."""

    name: str
    tables: Callable[[bytes], object]
    limit: float = 1.0


def _add(outcome: Outcome, name: str, data: bytes, rival: Rival, pairs: int) -> None:
    _seconds(gxparse.parse, data)
    _seconds(rival.tables, data)
    times = []
    for number in range(pairs):
        if number % 2:
            theirs, ours = _seconds(rival.tables, data), _seconds(gxparse.parse, data)
        else:
            ours, theirs = _seconds(gxparse.parse, data), _seconds(rival.tables, data)
        times.append((ours, theirs))
    ours, theirs = (median(each) for each in zip(*times, strict=True))
    low, ratio, high = quantiles((one / another for one, another in times), n=4)
    outcome.add(
        name,
        rival.name,
        f"{ours * 1000:.1f}",
        f"{theirs * 1000:.1f}",
        f"{ratio:.2f}",
        f"{low:.2f}-{high:.2f}",
        f"{rival.limit:.2f}",
        problem=f"takes {ratio:.2f} of the time, the limit is {rival.limit:.2f}" if ratio >= rival.limit else None,
    )


def _seconds(function: Callable[[bytes], object], data: bytes) -> float:
    start = perf_counter()
    function(data)
    return perf_counter() - start
