"""How a comparison is put into words, for every way of showing it."""

from __future__ import annotations

from decimal import Decimal

from gxparse.comparison.cells import Change, Reading
from gxparse.messages import Language
from gxparse.records import CellValue, Report
from gxparse.rules.sheet import Standing, label_of

__all__ = ["amount", "heading", "kept", "percent", "said", "shortened", "signed", "table_label", "year_of"]

_SAID = {
    Standing.NUMBER: ("", ""),
    Standing.BLANK: ("空白", "blank"),
    Standing.NOT_APPLICABLE: ("不适用", "not applicable"),
    Standing.FRACTION: ("不是整数", "not whole"),
    Standing.TEXT: ("不是数字", "no number"),
    Standing.EXPLAINED: ("无法读取", "unreadable"),
    Standing.ABSENT: ("缺失", "missing"),
}
_RAW_LIMIT = 12


def year_of(report: Report, language: Language, *, is_newer: bool) -> str:
    """The year of a report, or which of the two it is."""
    if report.year is not None:
        return language.choose(f"{amount(report.year)} 年", amount(report.year))
    return language.choose("新报告", "newer report") if is_newer else language.choose("旧报告", "older report")


def heading(older: Report, newer: Report, language: Language) -> str:
    """What is compared with what."""
    years = year_of(older, language, is_newer=False), year_of(newer, language, is_newer=True)
    return language.choose(
        f"政府信息公开工作年度报告：{years[0]}与{years[1]}对比".replace("年与", "年与 "),
        f"Annual reports on open government information: {years[0]} and {years[1]}",
    )


def amount(value: CellValue) -> str:
    """A number as the form prints it. Python writes decimals of any length, but no integer of thousands of digits."""
    return str(value) if value is None else f"{Decimal(value):f}"


def said(reading: Reading, language: Language, *, unit: bool = True) -> str:
    """What a report says of a quantity: the number, or why there is none."""
    if reading.value is not None:
        number = amount(reading.value).replace("-", "−")
        return f"{number} {reading.unit}" if unit and reading.unit else number
    zh, en = _SAID[reading.standing]
    if reading.raw:
        raw = shortened(reading.raw)
        return language.choose(f"{zh}“{raw}”", f"{en}: “{raw}”")
    return language.choose(zh, en)


def shortened(raw: str) -> str:
    """What a source prints, short enough for a cell."""
    return raw if len(raw) <= _RAW_LIMIT else raw[:_RAW_LIMIT] + "…"


def signed(change: Change) -> str:
    """The difference with its sign; nothing, if it is not known.

    >>> number = Reading(("requests.received.total",), 3, Standing.NUMBER)
    >>> signed(Change("requests.received.total", "", number, number, -2))
    '−2'
    """
    return "" if change.difference is None else _with_sign(change.difference)


def percent(change: Change) -> str:
    """The difference in per cent, with its sign; nothing, where it is undefined."""
    return "" if change.percent is None else f"{_with_sign(change.percent)}%"


def _with_sign(value: int | Decimal) -> str:
    size = -value if value < 0 else value
    return ("+" if value > 0 else "−" if value < 0 else "") + amount(size)


def kept(similarity: float) -> str:
    """A likeness in per cent; only what is all the same is 100 %."""
    return f"{int(similarity * 100)}%"


def table_label(table: str) -> str:
    """The form's heading of a table."""
    return label_of(table) or table
