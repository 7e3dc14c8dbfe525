"""No pattern of the grammars takes time that grows faster than the text: measured on every terminal.

For every part of a pattern that may be repeated, a text is made that begins as the pattern demands, repeats the part,
and ends in what the pattern refuses; besides, every character of the pattern repeated. The time to refuse it is taken
for two lengths, one eight times the other.
"""

from __future__ import annotations

import re
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from functools import cache
from time import process_time
from typing import Any

import pytest

from gxparse import grammar, normalise
from gxparse.vocabulary import _PASSAGES

_REFUSED = "\x01"
_SHORT, _TIMES = 2_000, 8
# A linear pattern takes 8 times as long for 8 times the text, a quadratic one 64 times.
_MOST = 24
# What takes less is not measured well, and does no harm at any length that a file may have.
_HARMLESS = 0.002
_LONG = 0.05


@cache
def _patterns() -> dict[str, tuple[str, int]]:
    """Each terminal with its pattern and the length of the longest text it is tried on."""
    longest = {name: length for name, (length, *_) in _PASSAGES.items()}
    return {
        f"{name}: {terminal.name}": (terminal.pattern.to_regexp(), longest.get(terminal.name, _limit(name)))
        for name in ("report", "cells", *grammar.TABLES)
        for terminal in grammar.load(name).terminals
        if terminal.pattern is not None
    }


def _limit(name: str) -> int:
    """Headings and cells are looked at only up to the length of a label."""
    return 2 * normalise.LABEL_LIMIT


def _character(items: list[tuple[Any, Any]]) -> str:
    """A character of a set, or one that is none of those that are left out."""
    if items[0][0] is parser.NEGATE:
        return "甲"
    kind, value = items[0]
    return chr(value if kind is parser.LITERAL else value[0] if kind is parser.RANGE else ord("1"))


def _walk(parts: Any, before: str = "") -> Iterator[tuple[str, str, str]]:
    """Every way through a pattern: what is repeated, as what stands before it and one time of it, and a text of all."""
    text = before
    for kind, value in parts:
        if kind in (parser.LITERAL, parser.NOT_LITERAL):
            text += chr(value) if kind is parser.LITERAL else "甲"
        elif kind is parser.ANY:
            text += "甲"
        elif kind is parser.IN:
            text += _character(value)
        elif kind is parser.BRANCH:
            ways = [_end(way, text) for way in value[1]]
            for way in value[1]:
                yield from _walk(way, text)
            text = ways[0]
        elif kind is parser.SUBPATTERN:
            yield from _walk(value[3], text)
            text = _end(value[3], text)
        elif kind in (parser.MAX_REPEAT, parser.MIN_REPEAT):
            least, most, body = value
            once = _end(body, "")
            if most > 1:
                yield text, once, text
            yield from _walk(body, text)
            text += once * max(1, least)
    yield text, "", text


def _end(parts: Any, before: str) -> str:
    """A text that a way through a pattern matches."""
    return [text for _, _, text in _walk(parts, before)][-1]


def _attacks(pattern: str, length: int) -> Iterator[str]:
    """Texts of about this length that begin like a match and end in none."""
    parts = list(_walk(parser.parse(pattern)))
    pumps = {(start, body) for start, body, _ in parts if body}
    pumps |= {("", character) for _, _, text in parts for character in text}
    pumps |= {("", text) for _, _, text in parts if text}
    for start, body in sorted(pumps):
        yield start + body * max(1, (length - len(start)) // len(body)) + _REFUSED


def _seconds(pattern: re.Pattern[str], text: str, length: int) -> float:
    """The least time of three to look for the pattern in a text, and to match all of it, up to its limit."""

    def once() -> float:
        start = process_time()
        pattern.search(text[:length])
        pattern.fullmatch(text[:length])
        return process_time() - start

    return min(once() for _ in range(3))


def slowest(source: str, limit: int) -> tuple[float, float, str]:
    """The most by which any text takes longer when it is eight times as long, its seconds, and how it begins."""
    pattern = re.compile(source)
    worst = 0.0, 0.0, ""
    for short, long in zip(_attacks(source, _SHORT), _attacks(source, _SHORT * _TIMES), strict=True):
        seconds = _seconds(pattern, long, limit)
        if seconds > _HARMLESS:
            worst = max(worst, (seconds / max(_seconds(pattern, short, limit), 1e-6), seconds, long[:60]))
    return worst


def is_slow(times: float, seconds: float) -> bool:
    """Whether the time grows too fast; or is too long, where the length is limited and cannot grow."""
    return times > _MOST or seconds > _LONG


@pytest.mark.parametrize("name", _patterns())
def test_no_terminal_backtracks(name: str) -> None:
    times, seconds, text = slowest(*_patterns()[name])
    assert not is_slow(times, seconds), f"{seconds:.3f} s, {times:.0f} times as long for eight times the text: {text}…"


@pytest.mark.parametrize(("source", "limit"), [("[0-9]*x", 10**9), ("(a+)+b", 22)])
def test_patterns_that_backtrack_are_found(source: str, limit: int) -> None:
    assert is_slow(*slowest(source, limit)[:2])
