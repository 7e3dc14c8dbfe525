"""Format codes of spreadsheets: what a number or a text is printed as (ECMA-376, part 1, 18.8.31).

A code that is not understood prints nothing that could be taken for a number.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from attrs import frozen

from gxparse.readers.workbook.looks import unreadable

EPOCH, EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001

#: The codes that files need not spell out, by their numbers.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: r'"¥"#,##0;"¥"\-#,##0',
    6: r'"¥"#,##0;[Red]"¥"\-#,##0',
    7: r'"¥"#,##0.00;"¥"\-#,##0.00',
    8: r'"¥"#,##0.00;[Red]"¥"\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    37: r"#,##0_);\(#,##0\)",
    38: r"#,##0_);[Red]\(#,##0\)",
    39: r"#,##0.00_);\(#,##0.00\)",
    40: r"#,##0.00_);[Red]\(#,##0.00\)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("¥"* #,##0_);_("¥"* \(#,##0\);_("¥"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("¥"* #,##0.00_);_("¥"* \(#,##0.00\);_("¥"* "-"??_);_(@_)',
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)], "yyyy/m/d"),
}


def printed(number: Decimal, code: str | None, epoch: datetime = EPOCH) -> str:
    """A number as its code prints it; a date as text, so that it is no number.

    >>> [printed(Decimal("0.126"), code) for code in ("General", "0.00", "0%", '0"件"', "[=0]0;0.0", "yyyy/m/d;@")]
    ['0.126', '0.13', '13%', '0件', '0.1', '3:01']
    >>> printed(Decimal(3), "[DBNum1]General")
    '?3'
    """
    if code == "General":
        return _plain(number)
    number = Decimal(f"{number:.15g}")
    sections = _sections(code) if code is not None else None
    chosen = _chosen(number, sections) if sections else None
    if chosen is None:
        return unreadable(_plain(number))
    if any(kind == "date" for kind, _ in chosen.tokens):
        return _moment(number, epoch)
    text = _in_section(abs(number), chosen.tokens)
    if text is None:
        return unreadable(_plain(number))
    # What is rounded to nothing has no sign.
    is_negative = number < 0 and chosen.signed and text != _in_section(Decimal(), chosen.tokens)
    return f"-{text}" if is_negative else text


def printed_text(text: str, code: str | None) -> str:
    """A text as its code prints it: the fourth section is for texts, or else the last if it names them.

    >>> [printed_text("甲", code) for code in ("0", "@", "0;;;", '0;-0;0;"附"@')]
    ['甲', '甲', '', '附甲']
    """
    sections = _sections(code) if code not in (None, "General") else None
    if sections is None:
        return text
    if len(sections) < _SECTIONS and not sections[-1].is_text:
        return text
    found = [text if kind == "sign" else _literal(kind, token) for kind, token in sections[-1].tokens]
    return unreadable(text) if None in found else _joined(found)


def _plain(number: Decimal) -> str:
    """A number in digits, to the 15 places that spreadsheets keep.

    >>> _plain(Decimal("1E+20")), _plain(Decimal("0.30000000000000004")), _plain(Decimal("5.0"))
    ('100000000000000000000', '0.3', '5')
    """
    text = f"{Decimal(f'{number:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# ── Dates ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _moment(number: Decimal, epoch: datetime) -> str:
    """The date that a number stands for; what is less than a day is a time."""
    try:
        when = epoch + timedelta(seconds=round(float(number) * 86_400))
    except OverflowError:
        return unreadable(_plain(number))
    return f"{when.hour}:{when:%M}" if 0 <= number < 1 else _dated(when)


def _dated(value: datetime) -> str:
    """A date as text, so that it is no number; with the time only where it has one."""
    text = f"{value.year}年{value.month}月{value.day}日"
    return f"{text} {value:%H:%M}" if value.hour or value.minute else text


# ── Sections ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_SECTIONS = 4
_Token: TypeAlias = tuple[str, str]

# Letters that have no meaning here are not understood, nor is "!", which some editions take for a mark of quotation.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式|G/標準)|(?P<exponent>E[+-])|(?P<date>AM/PM|A/P|上午/下午|[ymdhsegb]+)|(?P<digit>[0#?])"
    r"|(?P<mark>[.,%/])|(?P<sign>@)|(?P<end>;)|(?P<other>[^a-z!\x22\\_*\[])",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|[<>=])\s*([+-]?[0-9]+(?:\.[0-9]+)?)")
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
# Figures in white, the second of the colours that have numbers, may not be seen.
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|yellow|color\s*(?!0*2\s*$)[0-9]+", re.IGNORECASE)
# The sign of a currency and a locale; one with more digits than these may ask for other figures.
_LOCALE = re.compile(r"\$([^-]*)(?:-(?:0?[01]?[0-9a-f]{1,6}|[a-z]{2}-[a-z]{2}))?", re.IGNORECASE)
# The date or the time as the system writes it, whatever else the code says.
_OF_SYSTEM = re.compile(r"\$[^-]*-F[48]00", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)


@frozen
class _Section:
    """A section of a code: its parts, and the condition under which it prints a number."""

    tokens: tuple[_Token, ...]
    condition: tuple[str, Decimal] | None = None

    @property
    def is_text(self) -> bool:
        return any(kind == "sign" for kind, _ in self.tokens)

    def holds(self, number: Decimal) -> bool:
        return self.condition is None or _HOLDS[self.condition[0]](number, self.condition[1])


class _Chosen(NamedTuple):
    """The parts of the section that prints a number, and whether it has the number's sign put before it."""

    tokens: tuple[_Token, ...]
    signed: bool


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...] | None:
    """The sections of a code, nothing where one has something that is not understood."""
    found: list[list[_Token]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    at = 0
    while at < len(code):
        match = _TOKEN.match(code, at)
        if match is None:
            return None
        at, kind = match.end(), str(match.lastgroup)
        token = match[kind]
        if kind == "end":
            found.append([])
            conditions.append(None)
        elif kind == "bracket" and (condition := _CONDITION.fullmatch(token)):
            conditions[-1] = condition[1], Decimal(condition[2])
        else:
            found[-1].append(_bracket(token) if kind == "bracket" else (kind, token))
    if len(found) > _SECTIONS:
        return None
    return tuple(_Section(tuple(tokens), each) for tokens, each in zip(found, conditions, strict=True))


def _bracket(token: str) -> _Token:
    if _COLOUR.fullmatch(token):
        return "quoted", ""
    if _OF_SYSTEM.fullmatch(token):
        return "date", token
    if locale := _LOCALE.fullmatch(token):
        return "quoted", locale[1]
    return ("date" if _ELAPSED.fullmatch(token) else "unknown"), token


def _chosen(number: Decimal, sections: Sequence[_Section]) -> _Chosen | None:
    """The section for a number. What stands under a condition, a negative number is not printed in for sure."""
    numeric = sections[: _SECTIONS - 1]
    if len(numeric) == len(sections) > 1 and sections[-1].is_text:
        numeric = sections[:-1]
    if not any(section.condition for section in numeric):
        at = (0 if number > 0 else 1 if number < 0 else 2) if len(numeric) > 1 else 0
        return _Chosen(numeric[at if at < len(numeric) else 0].tokens, len(numeric) == 1)
    if number < 0 or not all(section.condition for section in numeric[:-1]):
        return None
    return next((_Chosen(section.tokens, signed=False) for section in numeric if section.holds(number)), None)


# ── Numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _in_section(number: Decimal, tokens: Sequence[_Token]) -> str | None:
    """A number without its sign as a section prints it; nothing where that is not understood."""
    kinds = [kind for kind, _ in tokens]
    if "sign" in kinds:
        return _plain(number)  # A section for texts.
    if "general" in kinds:
        found = [_plain(number) if kind == "general" else _literal(kind, token) for kind, token in tokens]
    elif "exponent" in kinds:
        found = _with_exponent(number, tokens, kinds.index("exponent"))
    elif ("mark", "/") in tokens and "digit" in kinds:
        found = [_fraction(number, tokens)]
    else:
        found = _decimal(number, tokens)
    return None if None in found else _joined(found)


def _joined(found: Iterable[str | None]) -> str:
    return "".join(each for each in found if each is not None).strip()


def _literal(kind: str, token: str) -> str | None:
    """What a part prints that prints the same for every number; nothing where it is none of these."""
    if kind in ("quoted", "escaped"):
        return token
    if kind == "space" or (kind == "fill" and token.isspace()):
        return " " if kind == "space" else ""
    return token if kind == "other" and not token.isdecimal() else None


def _decimal(number: Decimal, tokens: Sequence[_Token]) -> list[str | None]:
    """A number in the digits of a section, each of which stands in its place among the other parts."""
    places = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    point = next((at for at, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    whole, part = [at for at in places if at < point], [at for at in places if at > point]
    commas = [at for at, token in enumerate(tokens) if token == ("mark", ",")]
    inner = [at for at in commas if whole and whole[0] < at < whole[-1]]
    behind = [at for at in commas if places and at not in inner and tokens[at - 1] in (*_DIGITS, ("mark", ","))]
    is_known = len(inner) + len(behind) == len(commas) and not any(part and part[0] < at < part[-1] for at in commas)
    if not is_known or tokens.count(("mark", ".")) > 1:
        return [None]
    number = number.scaleb(2 * tokens.count(("mark", "%")) - 3 * len(behind))
    if number.adjusted() + len(part) > _LONGEST:
        return [None]
    digits, _, decimals = f"{number.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP):f}".partition(".")
    shown = _whole(digits.lstrip("0"), [tokens[at][1] for at in whole], grouped=bool(inner))
    found: dict[int, str | None] = dict(zip(whole, shown, strict=True))
    found |= zip(part, _part(decimals, [tokens[at][1] for at in part]), strict=True)
    if places and not whole:
        found[point] = f"{digits.lstrip('0')}."
    for at, token in enumerate(tokens):
        if at not in found:
            found[at] = {",": "", "%": "%", ".": "."}.get(token[1]) if token[0] == "mark" else _literal(*token)
    if places and not any((found[at] or "").strip() for at in part):
        found[point] = (found.get(point) or "").removesuffix(".")
    return [found[at] for at in range(len(tokens))]


_LONGEST = 20
_DIGITS = tuple(("digit", sign) for sign in "0#?")
_PAD = {"0": "0", "#": "", "?": " "}


def _whole(digits: str, places: Sequence[str], *, grouped: bool) -> Iterable[str]:
    """The digits before the point for each of their places; those that are too many stand at the first."""
    padded = [_PAD[place] for place in places[: max(0, len(places) - len(digits))]]
    first = padded.index("0") if "0" in padded else len(padded)
    # Behind a place that prints a nought all do.
    figures = padded[:first] + ["0"] * (len(padded) - first) + list(digits)
    shown = [
        f"{figure}," if grouped and left and left % 3 == 0 and figure.isdecimal() else figure
        for left, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True)
    ]
    surplus = len(shown) - len(places)
    return ["".join(shown[: surplus + 1]), *shown[surplus + 1 :]] if places else []


def _part(digits: str, places: Sequence[str]) -> list[str]:
    """The digits behind the point for each of their places."""
    shown = list(digits)
    for at in range(len(places) - 1, -1, -1):
        if shown[at] != "0" or places[at] == "0":
            break
        shown[at] = _PAD[places[at]]
    return shown


def _with_exponent(number: Decimal, tokens: Sequence[_Token], at: int) -> list[str | None]:
    """A number with its exponent, which is a multiple of the places before the point."""
    mantissa = tokens[:at]
    point = mantissa.index(("mark", ".")) if ("mark", ".") in mantissa else at
    step = max(1, sum(kind == "digit" for kind, _ in mantissa[:point]))
    decimals = sum(kind == "digit" for kind, _ in mantissa[point:])
    if step + decimals > _LONGEST:
        return [None]
    exponent = number.adjusted() // step * step if number else 0
    if number.scaleb(-exponent).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) >= 10**step:
        exponent += step
    sign = "-" if exponent < 0 else tokens[at][1][1].replace("-", "")
    return [
        *_decimal(number.scaleb(-exponent), mantissa),
        f"E{sign}",
        *_decimal(Decimal(abs(exponent)), tokens[at + 1 :]),
    ]


_FRACTION = re.compile(r"([0#?]+ +)?([0#?]+)/([0#?]+|[1-9][0-9]*)")


def _fraction(number: Decimal, tokens: Sequence[_Token]) -> str | None:
    """A number as a whole and a fraction, whose denominator has as many digits as its places or is given."""
    if any(kind not in ("digit", "mark", "other", "space") for kind, _ in tokens):
        return None
    form = _FRACTION.fullmatch("".join(" " if kind == "space" else token for kind, token in tokens).strip())
    if form is None:
        return None
    whole = int(number) if form[1] else 0
    rest = Fraction(number) - whole
    if form[3][0] in _PAD:
        found = rest.limit_denominator(10 ** len(form[3]) - 1)
        upper, lower = found.numerator, found.denominator
    else:
        lower = int(form[3])
        upper = int(rest * lower + Fraction(1, 2))
    if form[1] and upper == lower:
        whole, upper = whole + 1, 0
    if form[1] and not upper:
        return str(whole)
    return f"{whole} {upper}/{lower}" if whole else f"{upper}/{lower}"
