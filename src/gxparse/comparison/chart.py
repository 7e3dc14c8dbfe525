"""The changes that a reader looks at first, as a figure. Needs the extra ``plot``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import frozen

from gxparse._terminal import printable
from gxparse.comparison.wording import amount, heading, year_of
from gxparse.errors import ComparisonError
from gxparse.fonts import chinese_font
from gxparse.messages import Language
from gxparse.records import Applicants, Outcomes, Results, fields_of
from gxparse.rules.sheet import Cell, Sheet, Standing

if TYPE_CHECKING:
    from gxparse.comparison.years import YearDiff

__all__ = ["plot"]

_COLOURS = ("#9aa5b1", "#0b4f9e")
_UP, _DOWN, _QUIET = "#0b4f9e", "#94360a", "#5c6470"
_LONGEST_NAME = 40
_LONGEST_NUMBER = 15
# A bar gets no longer than this, whatever a record holds; the number beside it is the true one.
_LONGEST_BAR = 10**18
_NAMES_EN = {
    "natural_person": "natural persons",
    "enterprise": "enterprises",
    "research_institution": "research institutions",
    "public_welfare_organization": "public welfare organizations",
    "legal_service_agency": "legal service agencies",
    "other": "other",
    "granted": "granted",
    "partially_granted": "partially granted",
    "denied": "denied",
    "not_provided": "not provided",
    "not_processed": "not processed",
    "upheld": "upheld",
    "corrected": "corrected",
    "pending": "pending",
}


@frozen
class _Panel:
    """A part of the figure: its title, and for each bar its label and the cells whose sum it shows."""

    title: tuple[str, str]
    bars: tuple[tuple[tuple[str, str], tuple[str, ...]], ...]


def plot(diff: YearDiff, *, language: str = "zh") -> Any:
    """The comparison as a figure of four panels."""
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415
        from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415
    except ImportError:
        raise ComparisonError(
            '作图需要另装组件，请运行：pip install "gxparse[plot]" Plots need an extra: pip install "gxparse[plot]"'
        ) from None
    chosen, font = Language.named(language), chinese_font()
    figure = Figure(figsize=(11.7, 8.3), layout=ConstrainedLayoutEngine(h_pad=0.12, w_pad=0.15))
    agency = printable(diff.newer.agency or diff.older.agency or "")[:_LONGEST_NAME]
    title = f"{agency}\n{heading(diff.older, diff.newer, chosen)}".strip()
    figure.suptitle(title, fontproperties=font, fontsize=15, linespacing=1.4, parse_math=False)
    pen = _Pen(
        sheets=(Sheet.of(diff.older), Sheet.of(diff.newer)),
        years=(year_of(diff.older, chosen, is_newer=False), year_of(diff.newer, chosen, is_newer=True)),
        language=chosen,
        font=font,
    )
    for place, panel in enumerate(_panels(), 1):
        pen.draw(figure.add_subplot(2, 2, place), panel)
    handles, labels = figure.axes[0].get_legend_handles_labels()
    legend = figure.legend(handles, labels, loc="outside lower center", ncols=2, frameon=False)
    for text in legend.get_texts():
        text.set_fontproperties(font)
    return figure


def _panels() -> tuple[_Panel, ...]:
    return (
        _Panel(
            ("本年新收申请：按申请人", "Requests received, by applicant"),
            _bars(fields_of(Applicants)[:-1], lambda name: (f"requests.received.{name}",)),
        ),
        _Panel(
            ("申请办理结果", "Requests, by result"),
            _bars(fields_of(Results)[:-1], lambda name: (f"requests.results.{name}",)),
        ),
        _Panel(
            ("行政复议：按结果", "Reconsideration, by outcome"),
            _bars(fields_of(Outcomes)[:-1], lambda name: (f"proceedings.reconsideration.{name}",)),
        ),
        _Panel(
            ("行政诉讼：按结果", "Litigation, by outcome"),
            _bars(
                fields_of(Outcomes)[:-1],
                lambda name: tuple(
                    f"proceedings.{case}.{name}" for case in ("direct_litigation", "post_reconsideration_litigation")
                ),
            ),
        ),
    )


def _bars(fields: Iterable[Any], paths: Any) -> tuple[tuple[tuple[str, str], tuple[str, ...]], ...]:
    """A bar for each field, under the form's label without its explanation."""
    return tuple(((_short(field.metadata["label"]), _NAMES_EN[field.name]), paths(field.name)) for field in fields)


def _short(label: str) -> str:
    """The label without its number and its explanation.

    >>> _short("（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    '部分公开'
    """
    return label.removeprefix(label[: label.find("）") + 1] if label.startswith("（") else "").partition("（")[0]


def _value(sheet: Sheet, paths: Iterable[str]) -> int | None:
    """The sum of some cells, of rows of requests that of their totals; not known unless each of them is."""
    values = [cell.value for path in paths for cell in _cells(sheet, path)]
    counts = [value for value in values if isinstance(value, int)]
    return sum(counts) if counts and len(counts) == len(values) else None


def _cells(sheet: Sheet, path: str) -> list[Cell]:
    """The cell, or the totals of the row or of the rows of the group: （六） has three rows, or one, or even both."""
    if path in sheet.cells:
        return [sheet.cells[path]]
    rows = [row for row in sheet.rows if row == path or row.startswith(path + ".")]
    whole = f"{path}.total"
    if whole in rows and len(rows) > 1:
        parts = [row for row in rows if row != whole]
        rows = parts if any(sheet.cells[f"{row}.total"].standing is Standing.NUMBER for row in parts) else [whole]
    return [sheet.cells[f"{row}.total"] for row in rows]


def _number(value: int) -> str:
    """A number as the figure has room for."""
    text = amount(value)
    return text if len(text) <= _LONGEST_NUMBER else f"{Decimal(value):.2e}"


def _length(value: int | None) -> int:
    """How long the bar of a value is."""
    return max(-_LONGEST_BAR, min(value or 0, _LONGEST_BAR))


@frozen
class _Pen:
    """What draws the panels."""

    sheets: tuple[Sheet, Sheet]
    years: tuple[str, str]
    language: Language
    font: Any

    def draw(self, axes: Any, panel: _Panel) -> None:
        values = [[_value(sheet, paths) for _, paths in panel.bars] for sheet in self.sheets]
        for side, numbers in enumerate(values):
            self._bars(axes, numbers, side)
        for place, (before, after) in enumerate(zip(*values, strict=True)):
            if before is not None and after is not None and before != after:
                self._sign(axes, place, after - before)
        self._frame(axes, panel, [_length(value) for side in values for value in side])

    def _bars(self, axes: Any, values: Sequence[int | None], side: int) -> None:
        places = [place + (side - 0.5) * 0.36 for place in range(len(values))]
        lengths = list(map(_length, values))
        axes.barh(places, lengths, height=0.34, color=_COLOURS[side], label=self.years[side])
        for place, value, length in zip(places, values, lengths, strict=True):
            axes.annotate(
                self.language.choose("不明", "unknown") if value is None else _number(value),
                (max(length, 0), place),
                (4, 0),
                textcoords="offset points",
                va="center",
                fontproperties=self.font,
                fontsize=9,
                color=_QUIET,
            )

    def _sign(self, axes: Any, place: int, difference: int) -> None:
        """The difference, at the right edge of the panel."""
        axes.annotate(
            f"{'+' if difference > 0 else '−'}{_number(abs(difference))}",
            (1, place),
            (-4, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            va="center",
            fontproperties=self.font,
            fontsize=11,
            color=_UP if difference > 0 else _DOWN,
        )

    def _frame(self, axes: Any, panel: _Panel, lengths: Sequence[int]) -> None:
        labels = [self.language.choose(*label) for label, _ in panel.bars]
        axes.set_yticks(range(len(labels)), labels, fontproperties=self.font, fontsize=10)
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.set_xlim(min(0, *lengths) * 1.05, (max(map(abs, lengths)) or 1) * 1.35)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_title(self.language.choose(*panel.title), fontproperties=self.font, fontsize=12, loc="left")
        axes.spines[["top", "right"]].set_visible(False)
        for tick in axes.get_xticklabels():
            tick.set_fontproperties(self.font)
