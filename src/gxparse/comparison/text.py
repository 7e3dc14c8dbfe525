"""A comparison as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gxparse._terminal import align, printable
from gxparse.comparison.cells import Change
from gxparse.comparison.texts import TEXTS, SectionText
from gxparse.comparison.wording import heading, kept, percent, said, signed, table_label
from gxparse.messages import Language

if TYPE_CHECKING:
    from gxparse.comparison.years import YearDiff

__all__ = ["to_text"]


def to_text(diff: YearDiff, *, language: str = "zh", unchanged: bool = False) -> str:
    """The comparison as text."""
    chosen = Language.named(language)
    blocks = [
        [heading(diff.older, diff.newer, chosen), *_agencies(diff)],
        [f"* {chosen.choose(note.zh, note.en)}" for note in diff.notes],
        _details(diff, chosen),
        *_tables(diff, chosen, unchanged=unchanged),
        _not_comparable(diff, chosen),
        _texts(diff, chosen),
        _findings(diff, chosen),
    ]
    if diff.is_empty:
        blocks.insert(2, [chosen.choose("没有变化", "nothing changed")])
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _agencies(diff: YearDiff) -> list[str]:
    names = dict.fromkeys(report.agency for report in (diff.older, diff.newer) if report.agency)
    return [printable(" → ".join(names))] if names else []


def _titled(title: str, rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    return [title, *(f"  {line}" for line in align(rows, right=right))] if rows else []


def _details(diff: YearDiff, language: Language) -> list[str]:
    rows = [
        (
            language.choose(detail.label_zh, detail.label_en),
            f"{printable(detail.before or '—')} → {printable(detail.after or '—')}",
            language.choose(detail.remark_zh, detail.remark_en),
        )
        for detail in diff.details
    ]
    return _titled(language.choose("报告信息", "About the report"), rows)


def _tables(diff: YearDiff, language: Language, *, unchanged: bool) -> Iterator[list[str]]:
    for table, changes in diff.by_table(unchanged=unchanged).items():
        yield _titled(table_label(table), [_row(change, language) for change in changes], right=(1, 3, 4, 5))


def _row(change: Change, language: Language) -> tuple[str, ...]:
    before, after = (printable(said(reading, language)) for reading in (change.older, change.newer))
    return change.label, before, "→", after, signed(change), percent(change)


def _not_comparable(diff: YearDiff, language: Language) -> list[str]:
    rows = [
        (
            language.choose("新", "newer") if cell.is_newer else language.choose("旧", "older"),
            cell.label,
            printable(said(cell.reading, language)),
            language.choose(cell.reason_zh, cell.reason_en),
        )
        for cell in diff.not_comparable
    ]
    return _titled(language.choose("不可比", "Not comparable"), rows, right=(2,))


def _texts(diff: YearDiff, language: Language) -> list[str]:
    rows = [row for text in diff.texts if text.is_changed for row in _section(text, language)]
    return _titled(language.choose("文字", "Texts"), rows, right=(1,))


def _section(text: SectionText, language: Language) -> Iterator[tuple[str, ...]]:
    copied = sum(passage.is_copied for passage in text.passages)
    yield (
        printable(text.after or text.before or TEXTS[text.name]),
        _kept(text.before, text.after, text.similarity, language),
        language.choose(f"沿用上年 {copied} 段", f"{copied} copied") if copied else "",
    )
    for part in text.parts:
        name = part.before if part.after is None else part.after
        if name and part.is_changed:
            yield f"  {printable(name)}", _kept(part.before, part.after, part.similarity, language)


def _kept(before: str | None, after: str | None, similarity: float, language: Language) -> str:
    if before is None:
        return language.choose("新增", "new")
    if after is None:
        return language.choose("删去", "gone")
    return language.choose(f"相似度 {kept(similarity)}", f"{kept(similarity)} alike")


def _findings(diff: YearDiff, language: Language) -> list[str]:
    rows = [(finding.code, finding.path, printable(language.message(finding))) for finding in diff.findings]
    return _titled(language.choose("与上年的衔接", "Against last year's report"), rows)
