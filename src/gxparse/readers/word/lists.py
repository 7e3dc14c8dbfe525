"""The automatic numbers of lists in ODT, which are not in the text of a file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from gxparse.readers.numerals import counted
from gxparse.readers.opendocument import count_of


class Numbers:
    """The automatic numbers of list items, which are not in the text of a file."""

    def __init__(self) -> None:
        self._styles: defaultdict[str, dict[int, dict[str, str]]] = defaultdict(dict)
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._named = ""
        self._lists: list[str] = []
        self._waiting: int | None = None

    def start(self, name: str, values: dict[str, str]) -> None:
        """A list, an item of one, or the style of one begins."""
        if name == "text:list-style":
            self._named = values.get("name", "")
        elif name == "text:list-level-style-number":
            self._styles[self._named][count_of(values, "level")] = values
        elif name == "text:list":
            style = values.get("style-name") or (self._lists[-1] if self._lists else "")
            if not self._lists and not {"continue-list", "continue-numbering"} & values.keys():
                self._counts[style].clear()
            self._lists.append(style)
        elif name == "text:list-item":
            self._waiting = count_of(values, "start-value") if "start-value" in values else 0

    def end(self, name: str) -> None:
        """A list or an item ends."""
        if name == "text:list":
            self._lists.pop()
        elif name == "text:list-item":
            self._waiting = None

    def of_paragraph(self) -> str:
        """The number of a paragraph that begins, if it is the first of an item."""
        if self._waiting is None or not self._lists:
            return ""
        style, level = self._lists[-1], len(self._lists)
        levels, counts = self._styles[style], self._counts[style]
        first = count_of(levels.get(level, {}), "start-value")
        counts[level] = self._waiting or counts.get(level, first - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        self._waiting = None
        return _label(levels, counts, level)


def numbered(number: str, *parts: str) -> str:
    """A text behind its automatic number, which is not to become part of a number in the text."""
    text = "".join(parts)
    first = text.lstrip()[:1]
    if not first or not number:
        return text
    return f"{number} {text}" if first.isdigit() or first in "+-.,．，" else number + text


def _label(levels: Mapping[int, Mapping[str, str]], counts: Mapping[int, int], level: int) -> str:
    """The number of an item as it is printed; nothing for a bullet."""
    if level not in levels:
        return ""
    values = levels[level]
    shown = range(level - count_of(values, "display-levels") + 1, level + 1)
    form = values.get("num-list-format") or (
        values.get("num-prefix", "") + ".".join(f"%{each}%" for each in shown) + values.get("num-suffix", "")
    )

    def numeral(match: re.Match[str]) -> str:
        at = int(match[1])
        return _numeral(counts.get(at, 1), levels.get(at, {}).get("num-format", ""))

    return _PLACE.sub(numeral, form) if values.get("num-format") else ""


_PLACE = re.compile(r"%(\d{1,2})%")


def _numeral(number: int, form: str) -> str:
    """A number in the numerals of a list.

    >>> [_numeral(12, form) for form in ("1", "一, 二, 三, ...", "①, ②, ③, ...", "a")]
    ['12', '十二', '⑫', 'l']
    """
    if form.startswith("一") and number < 100:
        return counted(number)
    for first, most in (("①", 20), ("㈠", 10), ("a", 26), ("A", 26)):
        if form.startswith(first) and number <= most:
            return chr(ord(first) + number - 1)
    return str(number)
