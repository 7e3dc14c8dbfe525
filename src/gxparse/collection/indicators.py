"""Indicators: what a report's numbers say of an agency's practice, each the ratio of two sums of cells.

``INDICATORS`` is the one place where an indicator is defined; the documentation prints its formulas from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from gxparse.collection.addition import divisions
from gxparse.errors import GxparseError
from gxparse.records import Form, Report
from gxparse.rules.sheet import Sheet, Standing

__all__ = ["INDICATORS", "Indicator", "Ratio", "chosen", "ratios"]

_TOTAL = "requests.results.total.total"


@frozen
class Indicator:
    """A ratio of two sums of cells.

    Attributes:
        name: its name.
        zh: what it is called in Chinese.
        en: the same in English.
        numerator: the cells whose sum is divided. ``*`` stands for all rows of a group.
        denominator: the cells by whose sum it is divided.
    """

    name: str
    zh: str
    en: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that have all its cells."""
        return tuple(form for form in Form if self._is_in(Sheet.of(Report.blank(form))))

    @property
    def formula(self) -> str:
        """The formula, with the paths of the cells.

        >>> INDICATORS["carried_over_rate"].formula
        'requests.carried_out.total ÷ (requests.received.total + requests.carried_in.total)'
        """
        return f"{_sum(self.numerator)} ÷ {_sum(self.denominator)}"

    def _is_in(self, sheet: Sheet) -> bool:
        return all(cell in sheet.cells for path in self.numerator + self.denominator for cell in _expanded(path, sheet))


@frozen
class Ratio:
    """What an indicator comes to in one report.

    Attributes:
        indicator: which it is.
        numerator: the sum that is divided; ``None`` where it is not known.
        denominator: the sum by which it is divided; ``None`` where it is not known.
    """

    indicator: Indicator
    numerator: int | None
    denominator: int | None

    @property
    def value(self) -> Fraction | None:
        """The exact ratio; ``None`` where one of the sums is not known, or the denominator is 0."""
        if self.numerator is None or not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator)


def _share(name: str, zh: str, en: str, *results: str) -> Indicator:
    """A share of all results."""
    return Indicator(name, zh, en, tuple(f"requests.results.{row}.total" for row in results), (_TOTAL,))


_CONCLUDED = ("upheld", "corrected", "other")
_LITIGATION = ("direct_litigation", "post_reconsideration_litigation")


def _of(cases: Iterable[str], *outcomes: str) -> tuple[str, ...]:
    return tuple(f"proceedings.{case}.{outcome}" for case in cases for outcome in outcomes)


_INDICATORS = (
    _share("disclosure_rate", "公开率", "disclosure rate", "granted", "partially_granted"),
    _share("full_disclosure_rate", "全部公开率", "full disclosure rate", "granted"),
    _share("denied_share", "不予公开占比", "share denied", "denied.*"),
    _share("not_provided_share", "无法提供占比", "share not provided", "not_provided.*"),
    _share("not_held_share", "本机关不掌握占比", "share not held", "not_provided.not_held"),
    _share("not_processed_share", "不予处理占比", "share not processed", "not_processed.*"),
    _share("other_share", "其他处理占比", "share of other results", "other.*"),
    Indicator(
        *("carried_over_rate", "结转率", "carried-over rate"),
        ("requests.carried_out.total",),
        ("requests.received.total", "requests.carried_in.total"),
    ),
    Indicator(
        *("natural_person_share", "自然人申请占比", "share of natural persons"),
        ("requests.received.natural_person",),
        ("requests.received.total",),
    ),
    Indicator(
        *("reconsideration_correction_rate", "行政复议纠正率", "correction rate of reconsideration"),
        _of(["reconsideration"], "corrected"),
        _of(["reconsideration"], *_CONCLUDED),
    ),
    Indicator(
        *("litigation_correction_rate", "行政诉讼纠正率", "correction rate of litigation"),
        _of(_LITIGATION, "corrected"),
        _of(_LITIGATION, *_CONCLUDED),
    ),
    # Litigation after reconsideration goes on from a dispute that reconsideration has counted.
    Indicator(
        *("dispute_rate", "争议率", "disputes per request"),
        _of(["reconsideration", "direct_litigation"], "total"),
        ("requests.received.total",),
    ),
    Indicator(
        *("litigation_rate", "诉讼率", "litigation per request"),
        _of(_LITIGATION, "total"),
        ("requests.received.total",),
    ),
    Indicator(
        *("document_disclosure_rate", "新制作规范性文件公开率", "share of new normative documents disclosed"),
        ("disclosure.normative_documents.newly_disclosed",),
        ("disclosure.normative_documents.created",),
    ),
)

#: Every indicator by its name.
INDICATORS: Mapping[str, Indicator] = {indicator.name: indicator for indicator in _INDICATORS}


def chosen(names: Iterable[str] | None) -> tuple[Indicator, ...]:
    """The indicators of these names, or all.

    Raises:
        GxparseError: there is no indicator of one of the names.
    """
    wanted = tuple(INDICATORS) if names is None else (names,) if isinstance(names, str) else tuple(names)
    if unknown := [name for name in wanted if name not in INDICATORS]:
        known = ", ".join(INDICATORS)
        raise GxparseError(
            f"没有指标 {unknown[0]!r}，可用：{known}。 There is no indicator {unknown[0]!r}; there are {known}."
        )
    return tuple(INDICATORS[name] for name in wanted)


def ratios(report: Report, indicators: Iterable[Indicator]) -> tuple[Ratio, ...]:
    """What some indicators come to in a report."""
    sheet = Sheet.of(report)
    return tuple(
        Ratio(each, _known_sum(sheet, each.numerator), _known_sum(sheet, each.denominator)) for each in indicators
    )


def _known_sum(sheet: Sheet, paths: Iterable[str]) -> int | None:
    """The sum of some cells, of which blank ones count as 0; ``None`` where one is not known, or all are blank."""
    cells = [sheet.cells.get(cell) for path in paths for cell in _expanded(path, sheet)]
    numbers = [cell.value for cell in cells if cell and isinstance(cell.value, int)]
    known = all(cell and (isinstance(cell.value, int) or cell.standing.counts_as_zero) for cell in cells)
    return sum(numbers) if numbers and known else None


def _expanded(path: str, sheet: Sheet) -> tuple[str, ...]:
    """The cells that a path with ``*`` stands for, each quantity once: （六） has three rows, or one, or even both."""
    group, star, column = path.partition("*")
    if not star:
        return (path,)
    whole = f"{group}total{column}"
    divided = divisions(whole)
    if not divided:
        return tuple(row + column for row in sheet.rows if row.startswith(group))
    is_filled = any(path in sheet.cells and sheet.cells[path].standing is Standing.NUMBER for path in divided)
    return divided if is_filled or whole not in sheet.cells else (whole,)


def _sum(paths: tuple[str, ...]) -> str:
    return paths[0] if len(paths) == 1 else f"({' + '.join(paths)})"
