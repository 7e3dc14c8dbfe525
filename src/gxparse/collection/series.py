"""Reports of any number of agencies and years, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR
from typing import Any

import attrs
from attrs import frozen

from gxparse import arrow
from gxparse.collection.directory import Alias, aliases
from gxparse.collection.frame import to_frame
from gxparse.collection.indicators import Ratio, chosen, ratios
from gxparse.errors import GxparseError
from gxparse.listed import listed
from gxparse.records import Report

__all__ = ["Double", "Gap", "Series", "series"]


@frozen
class Gap:
    """A year for which there is no report of an agency."""

    agency: str
    year: int


@frozen
class Double:
    """Several reports of one agency for one year.

    Attributes:
        agency: the agency.
        year: the year.
        reports: its reports.
    """

    agency: str
    year: int
    reports: tuple[Report, ...]

    @property
    def is_repetition(self) -> bool:
        """Whether their tables say the same, so that it does not matter which is taken."""
        first, *others = ((report.disclosure, report.requests, report.proceedings) for report in self.reports)
        return all(each == first for each in others)


@frozen
class Series:
    """Reports ordered by agency and year.

    Attributes:
        reports: the reports. Each has the fullest name that its agency has in any of them.
        gaps: the years without a report, agency by agency.
        doubles: the years with several.
        aliases: the names that were taken for a fuller one, and why.
        ambiguous: names that may be short for several others, each followed by those; they are left as they are.
    """

    reports: tuple[Report, ...]
    gaps: tuple[Gap, ...] = ()
    doubles: tuple[Double, ...] = ()
    aliases: tuple[Alias, ...] = ()
    ambiguous: tuple[tuple[str, ...], ...] = ()

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies, each once."""
        return tuple(dict.fromkeys(report.agency for report in self.reports if report.agency))

    @property
    def years(self) -> tuple[int, ...]:
        """The years for which there are reports, in order."""
        return tuple(sorted({report.year for report in self.reports if report.year and _is_of_a_year(report)}))

    @property
    def unplaced(self) -> tuple[Report, ...]:
        """The reports that do not say of which agency or year they are, or of a year that no calendar has.

        They stand last and in no gap or double.
        """
        return tuple(report for report in self.reports if not _is_placed(report))

    def to_frame(self, *, wide: bool = False) -> Any:
        """All cells as a ``pyarrow.Table``, see :func:`gxparse.to_frame`."""
        return to_frame(self.reports, wide=wide)

    def indicators(self, names: Iterable[str] | None = None) -> Iterator[tuple[Report, tuple[Ratio, ...]]]:
        """Each report with what the indicators come to in it.

        Args:
            names: names of ``gxparse.collection.INDICATORS``; all of them, if not given.

        Raises:
            GxparseError: there is no indicator of one of the names.
        """
        wanted = chosen(names)
        return ((report, ratios(report, wanted)) for report in self.reports)

    def indicators_to_frame(self, names: Iterable[str] | None = None) -> Any:
        """The indicators as a ``pyarrow.Table``, a row for each indicator of each report.

        Its columns are ``agency``, ``year``, ``form``, ``indicator``, ``label_zh``, ``label_en``, ``numerator``,
        ``denominator`` and ``value``, which is null where one of the two is not known or the denominator is 0.

        Raises:
            GxparseError: pyarrow is not installed, or there is no indicator of one of the names.
        """
        return _indicator_table(arrow.pyarrow(), self.indicators(names))

    def plot(
        self,
        indicators: Iterable[str] = ("disclosure_rate", "not_held_share", "denied_share", "carried_over_rate"),
        *,
        agencies: Iterable[str] | None = None,
        kind: str = "lines",
        language: str | None = None,
    ) -> Any:
        """The course of some indicators over the years, a panel for each.

        A year without a report, or for which an indicator is not known, leaves its line open. Of a year with reports
        that contradict each other nothing is drawn.

        Args:
            indicators: names of ``gxparse.collection.INDICATORS``.
            agencies: the agencies to show; all, if not given.
            kind: ``"lines"`` or ``"bars"``.
            language: ``"zh"`` or ``"en"``; that of the locale, if not given.

        Returns:
            A figure of its own, which ``savefig()`` writes; nothing of matplotlib's global state is touched.

        Raises:
            GxparseError: matplotlib is not installed, no font has Chinese characters, or there is no such indicator,
                agency, kind or language.
        """
        from gxparse.collection.plotting import plot  # noqa: PLC0415

        return plot(self, chosen(indicators), agencies=agencies, kind=kind, language=language)

    def __str__(self) -> str:
        years = f"{self.years[0]}–{self.years[-1]}" if self.years else "–"
        lines = [
            f"{len(self.reports)} 份年报 reports, {len(self.agencies)} 个机关 agencies, {years}",
            *(f"缺 missing: {gap.agency} {gap.year}" for gap in self.gaps),
            *(f"重复 several: {double.agency} {double.year} ×{len(double.reports)}" for double in self.doubles),
            *(f"同一机关 one agency: {each.name} = {each.agency} ({each.match.reason_zh})" for each in self.aliases),
            *(f"无法确定 ambiguous: {each[0]} = {' / '.join(each[1:])}?" for each in self.ambiguous),
        ]
        if self.unplaced:
            lines.append(f"没有机关或年度 without agency or year: {len(self.unplaced)}")
        return "\n".join(lines)


def series(reports: Report | Iterable[Report], *, years: Iterable[int] | None = None) -> Series:
    """Reports of any number of agencies and years, ordered, with what is missing and what is there twice.

    >>> found = series([Report(agency="青石镇", year=year) for year in (2019, 2022, 2020)])
    >>> [gap.year for gap in found.gaps]
    [2021]

    Args:
        reports: the reports, in any order.
        years: the years for which each agency ought to have a report; those from its first to its last, if not given.

    Raises:
        GxparseError: something is no report, or a year no number.
    """
    given = listed(reports)
    known, ambiguous = aliases(report.agency for report in given if report.agency)
    named = [attrs.evolve(each, agency=known[each.agency].agency) if each.agency in known else each for each in given]
    placed: dict[str, dict[int, list[Report]]] = defaultdict(lambda: defaultdict(list))
    for report in named:
        if _is_placed(report):
            placed[report.agency or ""][report.year or 0].append(report)
    expected = None if years is None else _expected(years)
    return Series(
        tuple(sorted(named, key=_order)),
        tuple(Gap(agency, year) for agency in sorted(placed) for year in _gaps(sorted(placed[agency]), expected)),
        tuple(
            Double(agency, year, tuple(found))
            for agency in sorted(placed)
            for year, found in sorted(placed[agency].items())
            if len(found) > 1
        ),
        tuple(known[name] for name in sorted(known)),
        ambiguous,
    )


def _order(report: Report) -> tuple[bool, str, int]:
    return not _is_placed(report), report.agency or "", report.year or 0


def _is_of_a_year(report: Report) -> bool:
    return report.year is not None and MINYEAR <= report.year <= MAXYEAR


def _is_placed(report: Report) -> bool:
    """Whether it is known where in the series a report belongs."""
    return bool(report.agency) and _is_of_a_year(report)


def _expected(years: Iterable[int]) -> list[int]:
    found = list(years)
    for year in found:
        if not isinstance(year, int):
            raise GxparseError(f"年度应为整数，实为 {year!r}。 A year must be an integer, not {year!r}.")
    return sorted(set(found))


def _gaps(there: Sequence[int], expected: Sequence[int] | None) -> Iterator[int]:
    years = range(there[0], there[-1] + 1) if expected is None else expected
    return (year for year in years if year not in there)


def _indicator_table(pyarrow: Any, found: Iterable[tuple[Report, Sequence[Ratio]]]) -> Any:
    rows = [
        (
            arrow.text(report.agency),
            arrow.year(report.year),
            report.form,
            ratio.indicator.name,
            ratio.indicator.zh,
            ratio.indicator.en,
            arrow.integer(ratio.numerator),
            arrow.integer(ratio.denominator),
            arrow.ratio(ratio.value),
        )
        for report, several in found
        for ratio in several
    ]
    whole, real, words = pyarrow.int64(), pyarrow.float64(), pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    texts = dict.fromkeys(("form", "indicator", "label_zh", "label_en"), words)
    kinds = {"agency": words, "year": pyarrow.int32(), **texts, "numerator": whole, "denominator": whole, "value": real}
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    arrays = [pyarrow.array(list(column), kind) for column, kind in zip(columns, kinds.values(), strict=True)]
    return pyarrow.table(arrays, names=list(kinds))
