"""What styles declare of the few properties that tell whether and where a text is seen, each in one form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from selectolax.lexbor import LexborNode

#: How much a declaration counts: important, inline, ids, classes, tags of its selector, its place.
Weight: TypeAlias = tuple[bool, bool, int, int, int, int]
Declared: TypeAlias = tuple[str, str]
BY_ATTRIBUTE: Weight = (False, False, 0, 0, 0, -1)
INLINE_WEIGHT: Weight = (False, True, 0, 0, 0, 0)

DISPLAY = "display"
_PROPERTY = re.compile(
    r"(?:^|[;\s])(?:-(?:webkit|moz|ms|o)-)?"
    r"(display|visibility|content-visibility|text-decoration(?:-line)?|vertical-align|font(?:-size)?|opacity|content"
    r"|position|top|bottom|left|text-indent|clip(?:-path)?|float|order|flex-(?:direction|flow)|direction|unicode-bidi"
    r"|transform|filter|color|background(?:-color)?|mso-text-raise|mso-hide|(?:margin|padding)(?:-left|-right)?)"
    r"\s*:\s*([^;]*)"
)
_NAMES = {
    "text-decoration-line": "text-decoration",
    "background-color": "background",
    "flex-flow": "flex-direction",
    "clip-path": "clip",
}
#: What counts only beside another property.
BESIDE = {"color": ("background",), "position": ("top", "bottom")}

COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)


def declared(style: str, weight: Weight) -> Iterator[tuple[Weight, Declared]]:
    """The properties in a style that matter, each with its weight."""
    for name, value in _PROPERTY.findall(COMMENT.sub("", style).lower()):
        value, _, important = value.partition("!")
        weighed = (important.strip() == "important", *weight[1:])
        for each in _in_one_form(_NAMES.get(name, name), value.strip()):
            yield weighed, each


def _in_one_form(name: str, value: str) -> Iterator[Declared]:
    """A property by the names of those it stands for."""
    if name == "font":
        yield "font-size", "0" if _FONT_OF_NOTHING.search(value) else "medium"
    elif name == "mso-hide":
        yield "mso-hide", value
    elif name in ("margin", "padding"):
        sides = value.split()
        if sides:
            yield f"{name}-right", sides[1] if len(sides) > 1 else sides[0]
            yield f"{name}-left", sides[3] if len(sides) > 3 else sides[1] if len(sides) > 1 else sides[0]
    else:
        yield name, value


_FONT_OF_NOTHING = re.compile(r"(?:^|\s)(?:0+\.?0*|\.0+)(?:[a-z]+|%)?(?=[\s/])")


class Cascade:
    """For each element what is declared of it, and of each property what counts most."""

    def __init__(self) -> None:
        self._nodes: dict[int, LexborNode] = {}
        self._declared: defaultdict[int, dict[str, tuple[Weight, str]]] = defaultdict(dict)
        self._maybe: defaultdict[int, list[Declared]] = defaultdict(list)

    def declare(self, node: LexborNode, weight: Weight, declared: Iterable[Declared]) -> None:
        """Declares what holds of an element."""
        self._nodes[node.mem_id] = node
        properties = self._declared[node.mem_id]
        for name, value in declared:
            if name not in properties or properties[name][0] <= weight:
                properties[name] = weight, value

    def may_be(self, node: LexborNode, declared: Iterable[Declared]) -> None:
        """Declares what may hold of an element, or not."""
        self._nodes[node.mem_id] = node
        self._maybe[node.mem_id] += declared

    def found(self) -> Iterator[tuple[LexborNode, Mapping[str, str], list[Declared]]]:
        """The elements, what is declared of each, and what may be."""
        for node_id, node in self._nodes.items():
            properties = self._declared.get(node_id, {})
            yield node, {name: value for name, (_, value) in properties.items()}, self._maybe.get(node_id, [])


# ── Values ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_ZERO = re.compile(r"0*\.?0*(?:[a-z]+|%)?")
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))([a-z]*|%)")
_PIXELS = {"pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "pc": 16.0, "cm": 37.8, "mm": 3.78, "in": 96.0, "vw": 12.0}
#: So far to the left or top no one sees a text.
FAR = -100
_APART = 4
_NOTHING_BEFORE_FIGURES = frozenset("•●○■□◆◇▪▫►▶▸›»>|│：: \t\u3000\xa0\u200b")
_STRINGS = re.compile(r"\s*(?:\"[^\"]*\"|'[^']*'|\s)*\s*")
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?")


def is_zero(value: str | None) -> bool:
    """Whether a length or number is nothing."""
    return bool(value and _ZERO.fullmatch(value) and "0" in value)


def pixels(value: str) -> float:
    """About how long a length is, 0 where it is none."""
    length = _LENGTH.fullmatch(value)
    return float(length[1]) * _PIXELS.get(length[2], 1) if length else 0


def is_raised(value: str) -> bool:
    """Whether a ``vertical-align`` or ``top`` moves a text off its line."""
    return value in ("top", "text-top") or pixels(value) != 0


def is_far(value: str) -> bool:
    """Whether a place is so far to the left or top that no one sees it."""
    return pixels(value) <= FAR


def is_apart(value: str) -> bool:
    """Whether a margin is as wide as a blank."""
    return pixels(value) > _APART


def adds(content: str) -> bool:
    """Whether a ``content`` may belong to the number it stands at: all but blanks and ornaments."""
    if content in ("", "none", "normal", "initial", "inherit"):
        return False
    text = _ESCAPE.sub(lambda code: chr(min(int(code[1], 16), 0x10FFFF)), content)
    return not (_STRINGS.fullmatch(text) and set(text) - set("\"'") <= _NOTHING_BEFORE_FIGURES | {"\n"})


# ── Colours ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})(?![0-9a-z])")
_RGB = re.compile(r"rgba?\(([^()]*)\)")
_NEARLY_WHITE = 0xF0
_WHITES = re.compile(r"\b(?:white|snow|ivory|whitesmoke|ghostwhite|floralwhite|mintcream|azure)\b")
_NOTHING = re.compile(r"(?:none|transparent|inherit|initial|unset)\b(?!.*(?:url|#|rgb))")


def _channels(value: str) -> list[float]:
    """Red, green and blue of a colour from 0 to 255, and how much it covers where that is said."""
    if code := _HEX.search(value):
        digits = code[1] if len(code[1]) > 4 else "".join(2 * digit for digit in code[1])
        return [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
    if code := _RGB.search(value):
        numbers = re.findall(r"[\d.]+%?", code[1])
        scaled = [float(each.rstrip("%").strip(".") or 0) * (2.55 if each.endswith("%") else 1) for each in numbers]
        return scaled[:3] + [255 * each for each in scaled[3:4]]
    return []


def is_white(value: str) -> bool:
    """Whether a colour is white or nearly so."""
    channels = _channels(value)[:3]
    return min(channels) >= _NEARLY_WHITE if channels else bool(_WHITES.search(value))


def is_clear(value: str) -> bool:
    """Whether a colour lets through what is behind it."""
    return value == "transparent" or _channels(value)[3:] == [0]


def is_background(value: str) -> bool:
    """Whether a background hides what is behind it."""
    return bool(value) and not is_clear(value) and not _NOTHING.match(value)


# ── What tells ───────────────────────────────────────────────────────────────────────────────────────────────────────

_STILL = re.compile(r"(?:translate\w*\([0px, ]*\)|rotate\w*\(0(?:deg)?\)|scale\(1\)|\s)+")
_HIDING = re.compile(r"none|hidden|collapse|block|flex|grid|list-item|table\b|inline-|var\(")
_TELLING: Mapping[str, Callable[[str], object]] = {
    DISPLAY: _HIDING.search,
    "visibility": _HIDING.search,
    "content-visibility": _HIDING.search,
    "text-decoration": re.compile("line-through").search,
    "vertical-align": lambda value: value in ("super", "sub") or is_raised(value),
    "font-size": is_zero,
    "opacity": lambda value: is_zero(value) or "var(" in value,
    "content": adds,
    "position": re.compile("absolute|fixed|relative").search,
    "left": is_far,
    "text-indent": is_far,
    "clip": lambda value: value not in ("auto", "none"),
    "float": re.compile("left|right|inline").match,
    "order": lambda value: not is_zero(value),
    "flex-direction": re.compile("reverse").search,
    "direction": re.compile("rtl").match,
    "unicode-bidi": re.compile("override").search,
    "transform": lambda value: value not in ("", "none") and not _STILL.fullmatch(value),
    "filter": re.compile(r"(?<![\w:.])opacity\(").search,
    "color": lambda value: is_white(value) or is_clear(value),
    "mso-text-raise": lambda value: pixels(value) != 0,
    "mso-hide": re.compile("all").match,
    **dict.fromkeys(("margin-left", "margin-right"), lambda value: is_apart(value) or is_far(value)),
    **dict.fromkeys(("padding-left", "padding-right"), is_apart),
}


def tells(name: str, value: str) -> bool:
    """Whether a declaration may change what is read."""
    test = _TELLING.get(name)
    return bool(test and test(value))
