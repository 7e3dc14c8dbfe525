"""Two reports of one agency, compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from gxparse.agencies import match
from gxparse.comparison.cells import Change, Uncompared, compare_cells
from gxparse.comparison.details import Detail, compare_details
from gxparse.comparison.quantities import official_order
from gxparse.comparison.texts import SectionText, compare_texts
from gxparse.comparison.wording import amount
from gxparse.errors import ComparisonError
from gxparse.findings import Finding
from gxparse.listed import listed
from gxparse.records import TABLES, Report
from gxparse.rules import validate
from gxparse.rules.sheet import Sheet

if TYPE_CHECKING:
    import matplotlib.figure
    from pyarrow import Table  # type: ignore[import-untyped]

__all__ = ["Note", "YearDiff", "diff_years"]


@frozen
class Note:
    """Something to know about a comparison, in Chinese and English."""

    zh: str
    en: str


@frozen
class YearDiff:
    """What changed from one report to another.

    ``str()`` of it is a list to read, in Chinese.

    Attributes:
        older: the older report.
        newer: the newer report.
        notes: what to know about the comparison.
        details: what changed about the report itself: the agency's name, whom to ask, the form.
        changes: the quantities that changed, in the order of the form.
        unchanged: the quantities that did not.
        not_comparable: the cells of either report that the other has no like of, with the reason.
        texts: the text of each section, changed or not.
        findings: what the rules of family GX5 find in the newer report; only if it is of the next year.
    """

    older: Report = field(repr=False)
    newer: Report = field(repr=False)
    notes: tuple[Note, ...] = ()
    details: tuple[Detail, ...] = ()
    changes: tuple[Change, ...] = ()
    unchanged: tuple[Change, ...] = ()
    not_comparable: tuple[Uncompared, ...] = ()
    texts: tuple[SectionText, ...] = field(default=(), repr=False)
    findings: tuple[Finding, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no quantity changed, no text, and nothing about the report itself."""
        return not (self.changes or self.details or any(text.is_changed for text in self.texts))

    def by_table(self, *, unchanged: bool = False) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each of the three tables, in the order of the form.

        Args:
            unchanged: with the quantities that did not change.
        """
        found = self.in_order() if unchanged else self.changes
        return {table: tuple(change for change in found if change.table == table) for table in TABLES}

    def in_order(self) -> tuple[Change, ...]:
        """Every quantity that was compared, changed or not, in the order of the form."""
        order = official_order()
        return tuple(sorted(chain(self.changes, self.unchanged), key=lambda change: order[change.path]))

    def to_dict(self, *, unchanged: bool = False) -> dict[str, Any]:
        """The comparison as nested dictionaries and lists.

        Args:
            unchanged: with the quantities that did not change.
        """
        from gxparse.comparison.plain import to_dict  # noqa: PLC0415

        return to_dict(self, unchanged=unchanged)

    def to_json(self, *, unchanged: bool = False, indent: int | None = None) -> str:
        """The comparison as JSON; amounts and percentages are strings, so that nothing rounds them.

        Args:
            unchanged: with the quantities that did not change.
            indent: spaces a level; without it everything stands on one line.
        """
        from gxparse.comparison.plain import to_json  # noqa: PLC0415

        return to_json(self, unchanged=unchanged, indent=indent)

    def to_frame(self) -> Table:
        """Every cell as a row of a table of pyarrow: compared or not, changed or not. Needs the extra ``frame``.

        Raises:
            GxparseError: the extra is not installed.
        """
        from gxparse.comparison.frame import to_frame  # noqa: PLC0415

        return to_frame(self)

    def to_html(self, *, language: str = "zh") -> str:
        """The two reports side by side as a page of HTML that stands by itself.

        Args:
            language: ``"zh"`` or ``"en"``. The labels of the form are Chinese in both.
        """
        from gxparse.comparison.page import to_html  # noqa: PLC0415

        return to_html(self, language=language)

    def to_markdown(self, *, language: str = "zh", unchanged: bool = False) -> str:
        """The comparison in Markdown.

        Args:
            language: ``"zh"`` or ``"en"``.
            unchanged: with the quantities that did not change.
        """
        from gxparse.comparison.markdown import to_markdown  # noqa: PLC0415

        return to_markdown(self, language=language, unchanged=unchanged)

    def to_text(self, *, language: str = "zh", unchanged: bool = False) -> str:
        """The comparison as text for a terminal.

        Args:
            language: ``"zh"`` or ``"en"``.
            unchanged: with the quantities that did not change.
        """
        from gxparse.comparison.text import to_text  # noqa: PLC0415

        return to_text(self, language=language, unchanged=unchanged)

    def __str__(self) -> str:
        return self.to_text()

    def plot(self, *, language: str = "zh") -> matplotlib.figure.Figure:
        """What a reader looks at first: requests by applicant and by result, proceedings by outcome.

        Needs the extra ``plot`` and a font with Chinese characters. The figure belongs to no window and leaves the
        settings of matplotlib alone: save it with ``figure.savefig("changes.png")``.

        Args:
            language: ``"zh"`` or ``"en"``.

        Raises:
            GxparseError: the extra is not installed, or there is no such font.
        """
        from gxparse.comparison.chart import plot  # noqa: PLC0415

        figure: matplotlib.figure.Figure = plot(self, language=language)
        return figure


def diff_years(older: Report, newer: Report, *, force: bool = False) -> YearDiff:
    """What changed from one year's report of an agency to another's.

    Reports given in the wrong order are swapped, and a note says so.

    >>> from gxparse.testing import zeros
    >>> from attrs import evolve
    >>> older, newer = evolve(zeros(), year=2022), evolve(zeros(), year=2023)
    >>> diff = diff_years(older, newer.replace({"requests.received.total": 3}))
    >>> [(change.path, change.before, change.after, change.difference) for change in diff.changes]
    [('requests.received.total', 0, 3, 3)]

    Args:
        older: the report of the earlier year.
        newer: the report of the later year.
        force: compare them even if they are of one year or of different agencies.

    Raises:
        ComparisonError: the reports are of one year, or of agencies that are not the same.
        GxparseError: something is no report.
    """
    older, newer = listed([older, newer])
    if not force:
        _refuse(older, newer)
    notes = list(_notes(older, newer))
    if older.year is not None and newer.year is not None and older.year > newer.year:
        notes.insert(
            0,
            Note(
                f"两份报告的先后顺序已对调：{amount(newer.year)} 年在前，{amount(older.year)} 年在后",
                f"the reports were swapped: {amount(newer.year)} is the older, {amount(older.year)} the newer",
            ),
        )
        older, newer = newer, older
    compared, not_comparable = compare_cells(Sheet.of(older), Sheet.of(newer))
    return YearDiff(
        older=older,
        newer=newer,
        notes=tuple(notes),
        details=compare_details(older, newer),
        changes=tuple(change for change in compared if change.is_changed),
        unchanged=tuple(change for change in compared if not change.is_changed),
        not_comparable=not_comparable,
        texts=compare_texts(older, newer),
        findings=_findings(older, newer),
    )


def _refuse(older: Report, newer: Report) -> None:
    if older.year is not None and older.year == newer.year:
        raise ComparisonError(
            f"两份报告都是 {amount(older.year)} 年的；如确要比较，请用 force=True（命令行 --force）。 "
            f"Both reports are on {amount(older.year)}; to compare them all the same, use force=True (--force)."
        )
    if _are_others(older, newer):
        raise ComparisonError(
            f"两份报告不是同一机关的：“{older.agency}”与“{newer.agency}”；"
            "如确要比较，请用 force=True（命令行 --force）。 "
            f"The reports are of different agencies, {older.agency!r} and {newer.agency!r}; "
            "to compare them all the same, use force=True (--force)."
        )


def _are_others(older: Report, newer: Report) -> bool:
    """Whether both reports name their agency, and it is not the same."""
    return bool(older.agency and newer.agency and match(older.agency, newer.agency) is None)


def _follow(older: Report, newer: Report) -> bool:
    return older.year is not None and newer.year is not None and newer.year - older.year == 1


def _notes(older: Report, newer: Report) -> Iterator[Note]:
    if not (older.agency and newer.agency):
        yield Note(
            "有报告没有写明机关名称，无法确认是否为同一机关",
            "a report does not name its agency: whether both are of one agency is not known",
        )
    elif _are_others(older, newer):
        yield Note("两份报告不是同一机关的", "the reports are of different agencies")
    if older.year is None or newer.year is None:
        yield Note(
            "有报告没有写明年度，按给出的先后顺序比较，未核对与上年的衔接",
            "a report does not state its year: they are compared in the order given, and what must agree with "
            "last year's report was not checked",
        )
    elif abs(newer.year - older.year) != 1:
        yield Note(
            "两份报告不是相邻年度的，未核对与上年的衔接",
            "the reports are not of consecutive years: what must agree with last year's report was not checked",
        )
    if older.form != newer.form:
        yield Note(
            "两份报告的格式不同，含义不同的项目不作比较，列在“不可比”之下",
            "the reports are on different forms: what does not mean the same is not compared, and listed apart",
        )


def _findings(older: Report, newer: Report) -> tuple[Finding, ...]:
    """What must agree with the report of last year, and does not."""
    if not _follow(older, newer) or _are_others(older, newer):
        return ()
    found = validate(newer, previous=older, select="GX5").findings
    # What the parser or an earlier check said of the report is not said of this pair.
    return tuple(finding for finding in found if finding not in newer.findings)
