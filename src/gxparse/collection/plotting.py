"""Series as a figure. Needs the extra ``plot``."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from gxparse.collection.directory import Directory
from gxparse.collection.indicators import Indicator, ratios
from gxparse.errors import GxparseError
from gxparse.fonts import chinese_font
from gxparse.messages import Language
from gxparse.records import Report

if TYPE_CHECKING:
    from gxparse.collection.series import Series

__all__ = ["plot"]

_PANELS_ACROSS = 2
_PANEL = (5.8, 3.6)
# The colours of Okabe and Ito, which can be told apart by people who are colour-blind, and by their markers.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#777777")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
_QUIET = "#5c6470"

#: What an indicator comes to, by year; not a number where it is not known.
_Course: TypeAlias = Mapping[int, float]


def plot(
    series: Series,
    indicators: Sequence[Indicator],
    *,
    agencies: Iterable[str] | None,
    kind: str,
    language: str | None,
) -> Any:
    """The figure of ``Series.plot``."""
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        raise GxparseError(
            '作图需要另装组件，请运行：pip install "gxparse[plot]" Plots need an extra: pip install "gxparse[plot]"'
        ) from None
    if kind not in _KINDS:
        raise GxparseError(
            f"没有 {kind!r} 这种图，可用：lines、bars。 There is no kind {kind!r}; there are lines and bars."
        )
    words, shown = Language.named(language), _shown(series, agencies)
    reports = _one_each(series, shown)
    years = sorted({year for _, year in reports})
    if not years or not indicators:
        raise GxparseError(
            "没有可画的数据。 There is nothing to draw: no indicator, or no report with agency and year."
        )
    font, rows = chinese_font(), math.ceil(len(indicators) / _PANELS_ACROSS)
    across = min(len(indicators), _PANELS_ACROSS)
    figure = Figure(figsize=(_PANEL[0] * across, _PANEL[1] * rows + 0.5))
    figure.set_layout_engine("constrained", h_pad=0.15, w_pad=0.12)
    for place, indicator in enumerate(indicators, 1):
        axes = figure.add_subplot(rows, across, place)
        courses = [_course(indicator, agency, reports, years) for agency in shown]
        _KINDS[kind](axes, courses, shown, years)
        _finish(axes, courses, years, font)
        if not _known(courses):
            axes.set_yticks([])
            said = words.choose("没有数据", "no data")
            axes.text(0.5, 0.5, said, transform=axes.transAxes, ha="center", fontproperties=font, color=_QUIET)
        axes.set_title(words.choose(indicator.zh, indicator.en), fontproperties=font, fontsize=13, loc="left")
    handles, labels = figure.axes[0].get_legend_handles_labels()
    legend = figure.legend(handles, labels, loc="outside lower center", ncols=min(len(shown), 3), frameon=False)
    for text in legend.get_texts():
        text.set_fontproperties(font)
    return figure


def _shown(series: Series, agencies: Iterable[str] | None) -> tuple[str, ...]:
    """The agencies to draw, each of which the series has."""
    if agencies is None:
        shown = series.agencies
    else:
        directory = Directory(series.agencies)
        names = (agencies,) if isinstance(agencies, str) else agencies
        shown = tuple(dict.fromkeys(_named(name, directory) for name in names))
    if len(shown) > len(_COLOURS):
        raise GxparseError(
            f"一张图最多画 {len(_COLOURS)} 个机关，现有 {len(shown)} 个；请用 agencies= 选定。 "
            f"A figure shows {len(_COLOURS)} agencies at most, not {len(shown)}; choose some with agencies=."
        )
    return shown


def _named(name: str, directory: Directory) -> str:
    """The one agency of the series that a name is of."""
    found = [name] if name in directory.names else [other for other, _ in directory.matching(name)]
    if len(found) == 1:
        return found[0]
    zh, en = f"找到 {len(found)} 个“{name}”的年报", f"{len(found)} agencies of the series may be {name!r}"
    raise GxparseError(f"{zh}，应恰有一个。 {en}; there must be just one.")


def _one_each(series: Series, agencies: Container[str]) -> dict[tuple[str, int], Report]:
    """The report of each agency and year; none where several contradict each other."""
    placed = {
        (report.agency, report.year): report
        for report in series.reports
        if report.agency is not None and report.year is not None and report.agency in agencies
    }
    for double in series.doubles:
        if not double.is_repetition:
            placed.pop((double.agency, double.year), None)
    return placed


def _course(
    indicator: Indicator, agency: str, reports: Mapping[tuple[str, int], Report], years: Sequence[int]
) -> _Course:
    """What an indicator comes to for an agency in each year from the first to the last."""
    course = dict.fromkeys(range(years[0], years[-1] + 1), math.nan)
    for year in years:
        if report := reports.get((agency, year)):
            (ratio,) = ratios(report, [indicator])
            course[year] = _percent(ratio.value)
    return course


def _known(courses: Iterable[_Course]) -> list[float]:
    return [value for course in courses for value in course.values() if not math.isnan(value)]


def _percent(value: Fraction | None) -> float:
    try:
        return math.nan if value is None else float(value * 100)
    except OverflowError:
        return math.nan


def _lines(axes: Any, courses: Sequence[_Course], agencies: Sequence[str], years: Sequence[int]) -> None:
    for course, agency, colour, marker in zip(courses, agencies, _COLOURS, _MARKERS, strict=False):
        axes.plot(list(course), list(course.values()), color=colour, marker=marker, label=agency, clip_on=False)
    axes.set_xlim(years[0] - 0.3, years[-1] + 0.3)


def _bars(axes: Any, courses: Sequence[_Course], agencies: Sequence[str], years: Sequence[int]) -> None:
    width = 0.8 / len(agencies)
    for place, (course, agency, colour) in enumerate(zip(courses, agencies, _COLOURS, strict=False)):
        places = [year + (place - (len(agencies) - 1) / 2) * width for year in course]
        axes.bar(places, list(course.values()), width=width * 0.9, color=colour, label=agency)
        for at, value in zip(places, course.values(), strict=True):
            if value == 0:
                # Without it, nothing would look like no report.
                axes.annotate("0", (at, 0), (0, 2), textcoords="offset points", ha="center", fontsize=8, color=colour)
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)


_KINDS: Mapping[str, Callable[[Any, Sequence[_Course], Sequence[str], Sequence[int]], None]] = {
    "lines": _lines,
    "bars": _bars,
}


def _finish(axes: Any, courses: Sequence[_Course], years: Sequence[int], font: Any) -> None:
    """Ticks and grid."""
    known = _known(courses)
    axes.set_ylim(min([0.0, *known]), max([*known, 1.0]) * 1.12)
    every = math.ceil((years[-1] - years[0] + 1) / 8)
    axes.set_xticks(range(years[0], years[-1] + 1, every))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}%")
    axes.grid(axis="y", color="#e3e6ea", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font)
