"""A comparison as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from gxparse._terminal import align, printable
from gxparse.comparison.cells import Change
from gxparse.comparison.texts import TEXTS, SectionText
from gxparse.comparison.wording import heading, kept, percent, said, signed, table_label
from gxparse.messages import Language
from gxparse.rules.sheet import label_of

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
        _no_change(diff, chosen),
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
        rows = [
            row
            for _, cells in groupby(changes, lambda change: _row_of(change.path))
            for row in _rows(list(cells), diff, language)
        ]
        yield _titled(table_label(table), rows, right=(1, 3, 4, 5))


def _rows(changes: Sequence[Change], diff: YearDiff, language: Language) -> Iterator[tuple[str, ...]]:
    """The changes of a row: one line if all its cells say the same, such as nothing before and 0 now, else one each."""
    first, *others = (_row(change, language) for change in changes)
    row = _row_of(changes[0].path)
    is_whole = others and not any(_row_of(change.path) == row for change in diff.unchanged)
    if is_whole and not any(first[4:]) and all(each[1:] == first[1:] for each in others):
        cells = language.choose(f"（{len(changes)} 格）", f" ({len(changes)} cells)")
        yield f"{label_of(row) or row}{cells}", *first[1:]
    else:
        yield from (first, *others)


def _row_of(path: str) -> str:
    return path.rpartition(".")[0]


def _row(change: Change, language: Language) -> tuple[str, ...]:
    before, after = (printable(said(reading, language)) for reading in (change.older, change.newer))
    return change.label, before, "→", after, signed(change), percent(change)


def _no_change(diff: YearDiff, language: Language) -> list[str]:
    if diff.changes or diff.is_empty:
        return []
    if diff.not_comparable:
        return [language.choose("可比的数据都没有变化", "no number that can be compared changed")]
    return [language.choose("数据没有变化", "no number changed")]


def _not_comparable(diff: YearDiff, language: Language) -> list[str]:
    """The cells under the reasons why they cannot be compared, each said once."""
    reasons: dict[str, list[tuple[str, ...]]] = {}
    for cell in diff.not_comparable:
        which = language.choose("新", "newer") if cell.is_newer else language.choose("旧", "older")
        row = which, cell.label, printable(said(cell.reading, language))
        reasons.setdefault(language.choose(cell.reason_zh, cell.reason_en), []).append(row)
    if not reasons:
        return []
    blocks = [[f"  {line}" for line in _titled(reason, rows, right=(2,))] for reason, rows in reasons.items()]
    return [language.choose("不可比", "Not comparable"), *(line for block in blocks for line in block)]


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
