"""How the time of a parse grows with its text, hostile texts above all.

Each case is parsed at sizes n, 2n, 4n and, where that is quick, 8n. The exponent is the slope of the line through the
logarithms of size and time: 1 is linear, 2 quadratic. Noise is kept down by taking processor time, not time on the
clock, of which the least of several runs counts; a case above the limit is measured again before it is called so.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import _lru_cache_wrapper
from itertools import islice, product
from math import log2
from time import process_time

from attrs import frozen

import gxparse
from benchmarks.outcome import Outcome
from benchmarks.pages import ROOT

#: The exponent of growth that no case may exceed.
LIMIT = 1.25

_REPEATS = 3
# A case above the limit is measured again, and the least of all runs of a size counts.
_SECOND_LOOKS = 2
# Seconds. A size is run again only while its runs took less than this, and 8n only if it should take less.
_ENOUGH = 0.4
# No size is tried that should take more seconds than this: what grows so fast has broken the limit already.
_TOO_LONG = 8.0


@frozen
class Case:
    """A kind of text that can be made of any size.

    Attributes:
        name: what it consists of.
        size: the smallest size measured, *n*; the largest is four or eight times that.
        write: the text of a size.
    """

    name: str
    size: int
    write: Callable[[int], str]


# ── Texts ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_EXAMPLE = (ROOT / "examples" / "yunling-water-2022.txt").read_text("utf-8")
_OPENING = (
    "青石镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n本年度按时公开各类信息。\n二、主动公开政府信息情况\n"
)
# A table that is begun and not ended: whatever follows may belong to it.
_OPEN_TABLE = f"{_OPENING}信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n1\n2\n行政规范性文件\n"
_LABEL = "行政规范性文件"
_HAN = [chr(code) for code in range(0x4E00, 0x9FA5)]


def _repeated(count: int) -> str:
    return _EXAMPLE * count


def _narrative(count: int) -> str:
    sentences = "".join(f"第{number}次公开信息{number}条，其中政策解读12条。\n" for number in range(count))
    return _EXAMPLE.replace("一、总体情况\n", f"一、总体情况\n{sentences}", 1)


def _long_line(count: int) -> str:
    """A line of so many bytes, each character three of them."""
    return f"{_OPENING}{'政府信息公开工作' * (count // 24)}\n"


def _damaged(count: int) -> str:
    """Labels with one wrong character, no two of them the same, each with values."""
    wrong = islice(product(_HAN, range(len(_LABEL))), count)
    labels = (f"{_LABEL[:at]}{character}{_LABEL[at + 1 :]}" for character, at in wrong)
    return _OPEN_TABLE + "".join(f"{label}\n{number % 9}\n0\n3\n" for number, label in enumerate(labels))


def _short_cells(count: int) -> str:
    return _OPEN_TABLE + "".join(f"甲{number}乙\n" for number in range(count))


def _numbers(count: int) -> str:
    return _OPEN_TABLE + "".join(f"{number}\n" for number in range(count))


def _tab_rows(count: int) -> str:
    return _OPENING + "".join(f"规章\t{number}\t2\t3\n" for number in range(count))


def _wide_row(count: int) -> str:
    return f"{_OPENING}规章\t" + "\t".join(map(str, range(count))) + "\n"


CASES = (
    Case("a report repeated", 10, _repeated),
    Case("narrative, lines", 4_000, _narrative),
    Case("pipes in a line", 250_000, lambda count: _OPENING + "|" * count),
    Case("pipes, a line each", 40_000, lambda count: _OPENING + "|\n" * count),
    Case("pipes and spaces", 125_000, lambda count: _OPENING + "| " * count),
    Case("a long line, bytes", 2_500_000, _long_line),
    Case("a line of one digit", 500_000, lambda count: _OPENING + "1" * count),
    Case("a line of blanks in pairs", 25_000, lambda count: _OPENING + "1  " * count),
    Case("section headings", 25_000, lambda count: _OPENING + "一、总体情况\n" * count),
    Case("titles", 5_000, lambda count: "青石镇人民政府2023年政府信息公开工作年度报告\n" * count + _OPENING),
    Case("unknown short cells", 25_000, _short_cells),
    Case("numbers after a label", 25_000, _numbers),
    Case("numbers in a row of tabs", 25_000, _wide_row),
    Case("rows of tabs", 4_000, _tab_rows),
    Case("tabs in a line", 50_000, lambda count: _OPENING + "\t" * count),
    Case("cells begun with a tab", 6_000, lambda count: _OPENING + "\t规章\n\t1\n" * (count // 2)),
    Case("lines of one cell", 25_000, lambda count: f"{_OPENING}\t规章\n" + "甲\n" * count),
    Case("rows aligned by spaces", 3_000, lambda count: _OPENING + "规章  1  2  3\n" * count),
    Case("numbers under aligned rows", 5_000, lambda count: f"{_OPENING}规章  1  2  3\n" + "1  2  3\n" * count),
    Case("lines under a cell before |", 25_000, lambda count: f"{_OPENING}规章 |\n1\n" + "2\n" * count),
    Case("rules of a box", 12_500, lambda count: f"{_OPENING}|规章|1|\n" + "+--+--+\n" * count),
    Case("damaged labels", 2_000, _damaged),
    Case("brackets in a line", 250_000, lambda count: f"{_OPEN_TABLE}{'(' * count}\n1\n2\n3\n"),
    Case("brackets, 100 a line", 4_000, lambda count: f"{_OPEN_TABLE}" + f"{'(' * 100}\n1\n" * count),
    Case("brackets nested, 50 deep", 2_000, lambda count: f"{_OPEN_TABLE}" + f"{'(' * 50}{')' * 50}\n1\n" * count),
    Case("quotation marks and tabs", 6_000, lambda count: _OPENING + '"\t规章\n' * count),
    Case("quoted cells in a row", 12_500, lambda count: _OPENING + '"甲\t' * count),
    Case("pages", 3_000, lambda count: _OPENING + "公开\n\n1\f" * count),
    Case("extraction marks cut off", 25_000, lambda count: _OPENING + "[bookmark: " * count),
    Case("contact details", 12_500, lambda count: _OPENING + "电话：0999-邮箱：a@地址：" * count),
    Case("white space, no width", 500_000, lambda count: _OPENING + "\u200b " * (count // 2)),
)


# ── Measuring ────────────────────────────────────────────────────────────────────────────────────────────────────────


def measure(share: int = 1) -> Outcome:
    """Measures every case, from a size that is this ``share`` of its own."""
    outcome = Outcome(
        f"GROWTH  of the time of a parse with the size of its text: exponent at most {LIMIT}",
        ("text", "n", "n: s", "2n: s", "4n: s", "8n: s", "exponent", ""),
    )
    gxparse.parse_text(_EXAMPLE)
    longest = 0.0, "", 0
    for case in CASES:
        size = max(case.size // share, 1)
        times = list(_times(case, size))
        for _ in range(_SECOND_LOOKS):
            if _exponent(times) > LIMIT:
                times = [min(pair) for pair in zip(times, _times(case, size), strict=False)]
        longest = max(longest, *((seconds, case.name, size << step) for step, seconds in enumerate(times)))
        exponent = _exponent(times)
        shown = [f"{seconds:.3f}" for seconds in times] + ["-"] * (4 - len(times))
        problem = f"the time grows with the power {exponent:.2f} of the size" if exponent > LIMIT else None
        outcome.add(case.name, f"{size:,}", *shown, f"{exponent:.2f}", problem=problem)
    seconds, name, size = longest
    outcome.notes.append(f"The longest parse took {seconds:.2f} s: {name}, {size:,}.")
    outcome.notes.append("Python's collector is off: it runs at sizes of its own, and would be taken for growth.")
    outcome.notes.append("Processor time, the least of several runs; the exponent is fitted to all sizes.")
    return outcome


def _times(case: Case, size: int) -> Iterator[float]:
    """The time of each size, as far as there is time."""
    before = last = 0.0
    for step in range(4):
        expected = last * last / before if before else 0.0
        if step and expected > (_TOO_LONG if step < 3 else _ENOUGH):
            return
        before, last = last, _least(case.write(size << step))
        yield last


def _least(text: str) -> float:
    """The least time of several runs."""
    least = total = 0.0
    for _ in range(_REPEATS):
        _forget()
        gc.disable()
        start = process_time()
        # To refuse a text takes its time as well.
        with suppress(gxparse.GxparseError):
            gxparse.parse_text(text)
        seconds = process_time() - start
        gc.enable()
        total += seconds
        least = min(least or seconds, seconds)
        if total > _ENOUGH:
            break
    return least


def _forget() -> None:
    """Empties the caches that are bounded: what a run before has left in them would speed small sizes up, not large."""
    gc.collect()
    for each in gc.get_objects():
        is_ours = isinstance(each, _lru_cache_wrapper) and str(each.__module__).startswith("gxparse")
        if is_ours and each.cache_parameters()["maxsize"]:
            each.cache_clear()


def _exponent(times: list[float]) -> float:
    """The slope of the line that fits the logarithms of sizes and times best; each size is twice the one before."""
    xs, ys = range(len(times)), [log2(seconds) for seconds in times]
    x, y = sum(xs) / len(times), sum(ys) / len(times)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
