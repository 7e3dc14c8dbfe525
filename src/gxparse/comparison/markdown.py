"""A comparison in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from gxparse.comparison.texts import TEXTS, Passage, SectionText
from gxparse.comparison.wording import heading, kept, percent, said, signed, table_label, year_of
from gxparse.comparison.words import Kind
from gxparse.messages import Language

if TYPE_CHECKING:
    from gxparse.comparison.years import YearDiff

__all__ = ["to_markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$#])")
# What would begin a list or a rule.
_LIST = re.compile(r"^\s*(?:\d+(?=[.)])|(?=[-+=]))")
_AROUND = {Kind.EQUAL: ("", ""), Kind.DELETED: ("<del>", "</del>"), Kind.INSERTED: ("<ins>", "</ins>")}


def to_markdown(diff: YearDiff, *, language: str = "zh", unchanged: bool = False) -> str:
    """The comparison in Markdown; what was deleted and inserted is marked with ``<del>`` and ``<ins>``."""
    chosen = Language.named(language)
    blocks = [
        f"# {_text(heading(diff.older, diff.newer, chosen))}",
        "\n".join(f"- {_text(chosen.choose(note.zh, note.en))}" for note in diff.notes),
        chosen.choose("没有变化", "Nothing changed.") if diff.is_empty else "",
        *_details(diff, chosen),
        *_tables(diff, chosen, unchanged=unchanged),
        *_not_comparable(diff, chosen),
        *_texts(diff, chosen),
        *_findings(diff, chosen),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _text(text: str) -> str:
    """Text that means itself: on one line, its marks escaped."""
    return _marked_off(" ".join(text.split()))


def _marked_off(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    rules = ["---:" if place in right else "---" for place in range(len(head))]
    lines = ["| " + " | ".join(row) + " |" for row in (head, rules, *(tuple(map(_text, row)) for row in rows))]
    return "\n".join(lines)


def _years(diff: YearDiff, language: Language) -> tuple[str, str]:
    return year_of(diff.older, language, is_newer=False), year_of(diff.newer, language, is_newer=True)


def _details(diff: YearDiff, language: Language) -> Iterator[str]:
    if diff.details:
        yield language.choose("## 报告信息", "## About the report")
        rows = [
            (
                language.choose(detail.label_zh, detail.label_en),
                detail.before or "—",
                detail.after or "—",
                language.choose(detail.remark_zh, detail.remark_en),
            )
            for detail in diff.details
        ]
        yield _table((" ", *_years(diff, language), " "), rows)


def _tables(diff: YearDiff, language: Language, *, unchanged: bool) -> Iterator[str]:
    head = (
        language.choose("项目", "item"),
        *_years(diff, language),
        language.choose("增减", "change"),
        language.choose("增减比例", "per cent"),
    )
    for table, changes in diff.by_table(unchanged=unchanged).items():
        if changes:
            yield f"## {_text(table_label(table))}"
            rows = [
                (
                    change.label,
                    said(change.older, language),
                    said(change.newer, language),
                    signed(change),
                    percent(change),
                )
                for change in changes
            ]
            yield _table(head, rows, right=(1, 2, 3, 4))


def _not_comparable(diff: YearDiff, language: Language) -> Iterator[str]:
    if diff.not_comparable:
        yield language.choose("## 不可比", "## Not comparable")
        head = (
            language.choose("项目", "item"),
            *_years(diff, language),
            language.choose("原因", "reason"),
        )
        rows = []
        for cell in diff.not_comparable:
            value = said(cell.reading, language)
            both = ("", value) if cell.is_newer else (value, "")
            rows.append((cell.label, *both, language.choose(cell.reason_zh, cell.reason_en)))
        yield _table(head, rows, right=(1, 2))


def _texts(diff: YearDiff, language: Language) -> Iterator[str]:
    changed = [text for text in diff.texts if text.is_changed]
    if changed:
        yield language.choose("## 文字", "## Texts")
    for text in changed:
        yield f"### {_text(text.after or text.before or TEXTS[text.name])}"
        yield from _section(text, language)


def _section(text: SectionText, language: Language) -> Iterator[str]:
    yield language.choose(f"相似度 {kept(text.similarity)}", f"{kept(text.similarity)} alike")
    for part in text.parts:
        name = part.before if part.after is None else part.after
        if name:
            gone = language.choose("（删去）", " (gone)") if part.after is None else ""
            new = language.choose("（新增）", " (new)") if part.before is None else ""
            yield f"#### {_text(name)}{gone}{new}"
        for passage in part.passages:
            yield _passage(passage, language)


def _passage(passage: Passage, language: Language) -> str:
    marked = "".join(_marked_off(piece.text).join(_AROUND[piece.kind]) for piece in passage.pieces).strip()
    marked = _LIST.sub(r"\g<0>\\", marked)
    return f"{marked} *{language.choose('〔沿用上年〕', '(copied)')}*" if passage.is_copied else marked


def _findings(diff: YearDiff, language: Language) -> Iterator[str]:
    if diff.findings:
        yield language.choose("## 与上年的衔接", "## Against last year's report")
        yield "\n".join(
            f"- {finding.code} {_text(finding.path)} {_text(language.message(finding))}" for finding in diff.findings
        )
