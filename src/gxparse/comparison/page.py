"""A comparison as a page of HTML that stands by itself: the two reports side by side."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from attrs import frozen

from gxparse.comparison.cells import Change, Reading
from gxparse.comparison.style import STYLE
from gxparse.comparison.texts import TEXTS, Part, Passage, SectionText
from gxparse.comparison.wording import heading, kept, percent, said, shortened, signed, table_label, year_of
from gxparse.comparison.words import Kind
from gxparse.errors import GxparseError
from gxparse.messages import Language
from gxparse.own import DIFF_PAGE
from gxparse.records import TABLES, Report
from gxparse.rendering.form import grid
from gxparse.rendering.outline import Box, Grid, has_values

if TYPE_CHECKING:
    from gxparse.comparison.years import YearDiff

__all__ = ["to_html"]

# Where the table of a section stands: behind its text.
_TABLE_OF = {f"{table}_text": table for table in TABLES}
# The columns of labels in the table of requests, from the outside in.
_COLUMNS = {"requests": ("outer", "group", "row")}
_TAGS = {Kind.EQUAL: "", Kind.DELETED: "del", Kind.INSERTED: "ins"}


def to_html(diff: YearDiff, *, language: str = "zh") -> str:
    """The comparison as HTML."""
    try:
        return _Page.of(diff, Language.named(language)).html()
    except ValueError as error:
        # Python writes no integer of thousands of digits.
        raise GxparseError(f"the comparison cannot be written as HTML: {error}") from None


@frozen
class _Cell:
    """What a value's cell shows beside the value: how it changed, and of which kind the change is."""

    kind: str = ""
    sign: str = ""
    spoken: str = ""


@frozen
class _Page:
    diff: YearDiff
    language: Language
    years: tuple[str, str]
    older: Mapping[str, _Cell]
    newer: Mapping[str, _Cell]
    readings: tuple[Mapping[str, Reading], Mapping[str, Reading]]

    @classmethod
    def of(cls, diff: YearDiff, language: Language) -> _Page:
        older, newer = _marks(diff, language)
        single = [*diff.changes, *diff.unchanged]
        readings: tuple[dict[str, Reading], dict[str, Reading]] = ({}, {})
        for change in single:
            for side, reading in enumerate((change.older, change.newer)):
                if len(reading.paths) == 1:
                    readings[side][reading.paths[0]] = reading
        for cell in diff.not_comparable:
            readings[cell.is_newer][cell.path] = cell.reading
        years = year_of(diff.older, language, is_newer=False), year_of(diff.newer, language, is_newer=True)
        return cls(diff, language, years, older, newer, readings)

    def _say(self, zh: str, en: str) -> str:
        return escape(self.language.choose(zh, en))

    def html(self) -> str:
        title = escape(heading(self.diff.older, self.diff.newer, self.language))
        agencies = dict.fromkeys(each.agency for each in (self.diff.older, self.diff.newer) if each.agency)
        language = self.language.choose("zh-CN", "en")
        body = "\n".join(
            [
                f"<header>\n<h1>{title}</h1>",
                f'<p class="agency" lang="zh-CN">{escape(" → ".join(agencies))}</p>' if agencies else "",
                *self._notes(),
                "</header>\n<main>",
                *self._details(),
                *self._summary(),
                *self._sections(),
                *self._not_comparable(),
                *self._findings(),
                "</main>",
            ]
        )
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n{DIFF_PAGE}\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
        )

    # ── What is not in the report itself ─────────────────────────────────────────────────────────────────────────────

    def _notes(self) -> Iterator[str]:
        notes = [self._say(note.zh, note.en) for note in self.diff.notes]
        if self.diff.is_empty:
            notes.append(self._say("没有变化", "Nothing changed."))
        if notes:
            yield f'<ul class="notes">{"".join(f"<li>{note}</li>" for note in notes)}</ul>'
        yield (
            f'<p class="legend">{self._say("图例：", "Legend: ")}'
            f'<span class="up">+3</span> {self._say("增加", "more")} '
            f'<span class="down">−2</span> {self._say("减少", "less")} '
            f'<span class="other">≠</span> {self._say("有变化，但不能相减", "changed, but cannot be subtracted")} '
            f"Σ {self._say('与各行之和相比', 'compared as a sum')} "
            f'<span class="apart">†</span> {self._say("不可比", "not comparable")} '
            f"<del>{self._say('删去的文字', 'deleted')}</del> <ins>{self._say('新增的文字', 'inserted')}</ins> "
            f'<span class="copied">{self._copied()}</span></p>'
        )

    def _copied(self) -> str:
        return self._say("沿用上年", "copied")

    def _details(self) -> Iterator[str]:
        if self.diff.details:
            yield f"<section>\n<h2>{self._say('报告信息', 'About the report')}</h2>"
            rows = [
                (
                    self._say(each.label_zh, each.label_en),
                    f"<del>{escape(each.before)}</del>" if each.before else "—",
                    f"<ins>{escape(each.after)}</ins>" if each.after else "—",
                    self._say(each.remark_zh, each.remark_en),
                )
                for each in self.diff.details
            ]
            head = (self._say("项目", "item"), *map(escape, self.years), self._say("说明", "remark"))
            yield _list(head, rows, "details")
            yield "</section>"

    def _summary(self) -> Iterator[str]:
        """The changes as a list."""
        if not self.diff.changes:
            return
        yield f"<section>\n<h2>{self._say('数据变化一览', 'Changes at a glance')}</h2>"
        head = (
            self._say("项目", "item"),
            *map(escape, self.years),
            self._say("增减", "change"),
            self._say("增减比例", "per cent"),
        )
        for table, changes in self.diff.by_table().items():
            if changes:
                yield _list(head, map(self._row, changes), "changes", caption=escape(table_label(table)))
        yield "</section>"

    def _row(self, change: Change) -> tuple[str, ...]:
        cell = _mark(change, self.language)
        return (
            f'<span lang="zh-CN">{escape(change.label)}</span>',
            escape(said(change.older, self.language)),
            escape(said(change.newer, self.language)),
            f'<span class="{cell.kind}">{escape(cell.sign)}</span>',
            escape(percent(change)),
        )

    def _not_comparable(self) -> Iterator[str]:
        if not self.diff.not_comparable:
            return
        yield f"<section>\n<h2>{self._say('不可比的项目', 'Not comparable')}</h2>"
        rows = []
        for cell in self.diff.not_comparable:
            value = escape(said(cell.reading, self.language))
            both = ("", value) if cell.is_newer else (value, "")
            label = f'<span lang="zh-CN">{escape(cell.label)}</span>'
            rows.append((label, *both, self._say(cell.reason_zh, cell.reason_en)))
        head = (self._say("项目", "item"), *map(escape, self.years), self._say("原因", "reason"))
        yield _list(head, rows, "uncompared")
        yield "</section>"

    def _findings(self) -> Iterator[str]:
        if not self.diff.findings:
            return
        title = self._say("与上年报告的衔接", "Against last year's report")
        yield f"<section>\n<h2>{title}</h2>\n<ul>"
        for finding in self.diff.findings:
            label = f'<span lang="zh-CN">{escape(finding.label)}</span>: ' if finding.label else ""
            said_ = escape(self.language.message(finding))
            yield f'<li class="{finding.severity.value}"><code>{finding.code}</code> {label}{said_}</li>'
        yield "</ul>\n</section>"

    # ── The sections of the report ───────────────────────────────────────────────────────────────────────────────────

    def _sections(self) -> Iterator[str]:
        texts = {text.name: text for text in self.diff.texts}
        for name, form_heading in TEXTS.items():
            text, table = texts.get(name), _TABLE_OF.get(name)
            if text is None and table is None:
                continue
            yield f'<section lang="zh-CN">\n<h2>{self._heading(text, form_heading)}</h2>'
            if text is not None:
                yield from self._text(text)
            if table is not None:
                yield self._pair(table)
            yield "</section>"

    def _heading(self, text: SectionText | None, form_heading: str) -> str:
        if text is None:
            return escape(form_heading)
        named = text.after or text.before or form_heading
        return escape(named) + (self._kept(text) if text.passages else "")

    def _kept(self, text: SectionText | Part) -> str:
        if text.before is None:
            said_ = self._say("新增", "new")
        elif text.after is None:
            said_ = self._say("删去", "gone")
        else:
            said_ = self._say(f"相似度 {kept(text.similarity)}", f"{kept(text.similarity)} alike")
        return f' <small lang="{self.language.choose("zh-CN", "en")}">{said_}</small>'

    def _text(self, text: SectionText) -> Iterator[str]:
        for part in text.parts:
            if name := part.before if part.after is None else part.after:
                yield f"<h3>{escape(name)}{self._kept(part)}</h3>"
            for before, after in _beside(part.passages):
                yield self._passages(before, after)

    def _passages(self, before: Passage | None, after: Passage | None) -> str:
        """A paragraph of the older report, and one of the newer report beside it."""
        older = _shown(before, Kind.INSERTED) if before else ""
        newer = _shown(after, Kind.DELETED) if after else ""
        if after and after.is_copied:
            newer += f' <span class="copied">{self._copied()}</span>'
        same = " same" if before and before is after and not before.is_changed else ""
        return f'<div class="pair text{same}"><p>{older}</p><p>{newer}</p></div>'

    def _pair(self, table: str) -> str:
        tables = [self._table(report, table, side) for side, report in enumerate((self.diff.older, self.diff.newer))]
        return f'<div class="pair">\n{"".join(tables)}</div>'

    def _table(self, report: Report, table: str, side: int) -> str:
        shown: Grid = grid(getattr(report, table))
        marks = (self.older, self.newer)[side]
        head = True
        rows = []
        for row in shown.rows:
            head = head and not has_values(row)
            rows.append(f"<tr>{''.join(self._cell(box, marks, side, head=head) for box in row)}</tr>\n")
        caption = f"<caption>{escape(self.years[side])}</caption>"
        columns = "".join(f'<col class="{name}">' for name in _COLUMNS.get(table, ()))
        return f'<table class="form {table}">{caption}<colgroup>{columns}</colgroup>\n{"".join(rows)}</table>\n'

    def _cell(self, box: Box, marks: Mapping[str, _Cell], side: int, *, head: bool) -> str:
        spans = (f' colspan="{box.across}"' if box.across > 1 else "") + (
            f' rowspan="{box.down}"' if box.down > 1 else ""
        )
        if box.path is None:
            scope = "col" if head else "row"
            narrow = ' class="narrow"' if box.narrow else ""
            return f'<th scope="{scope}"{spans}{narrow}><span>{escape(box.text)}</span></th>'
        mark = marks.get(box.path, _Cell())
        reading = self.readings[side].get(box.path)
        text = box.text or (shortened(reading.raw) if reading and reading.raw else "")
        kind = f' class="{mark.kind}"' if mark.kind else ' class="nothing"' if text == "0" else ""
        sign = f'<span class="sign" title="{escape(mark.spoken)}">{escape(mark.sign)}</span>' if mark.sign else ""
        return f"<td{spans}{kind}>{escape(text)}{sign}</td>"


def _mark(change: Change, language: Language) -> _Cell:
    """How a change is shown at the newer value."""
    if change.difference is None:
        return _Cell("other", "≠", language.choose("有变化，但不能相减", "changed, but cannot be subtracted"))
    kind = "up" if change.difference > 0 else "down"
    return _Cell(kind, signed(change), percent(change))


def _marks(diff: YearDiff, language: Language) -> tuple[dict[str, _Cell], dict[str, _Cell]]:
    """How the cells of both reports are shown, by their paths."""
    older: dict[str, _Cell] = {}
    newer: dict[str, _Cell] = {}
    for change in diff.changes:
        mark = _mark(change, language)
        first, *others = change.newer.paths
        summed = "Σ" if others else ""
        newer[first] = _Cell(mark.kind, summed + mark.sign, mark.spoken)
        newer |= {path: _Cell(mark.kind) for path in others}
        older |= {path: _Cell("before") for path in change.older.paths}
    for cell in diff.not_comparable:
        side = newer if cell.is_newer else older
        side[cell.path] = _Cell("apart", "†", language.choose(cell.reason_zh, cell.reason_en))
    return older, newer


def _beside(passages: Iterable[Passage]) -> Iterator[tuple[Passage | None, Passage | None]]:
    """The passages as rows: what was deleted stands beside what was inserted after it."""
    gone: deque[Passage] = deque()
    for passage in passages:
        if passage.after is None:
            gone.append(passage)
        elif passage.before is None:
            yield (gone.popleft() if gone else None), passage
        else:
            yield from ((each, None) for each in gone)
            gone.clear()
            yield passage, passage
    yield from ((each, None) for each in gone)


def _shown(passage: Passage, without: Kind) -> str:
    """The paragraph as one of the reports has it."""
    return "".join(
        f"<{tag}>{escape(piece.text)}</{tag}>" if (tag := _TAGS[piece.kind]) else escape(piece.text)
        for piece in passage.pieces
        if piece.kind is not without
    )


def _list(head: Sequence[str], rows: Iterable[Sequence[str]], name: str, *, caption: str = "") -> str:
    """A plain table; its texts are HTML already."""
    heads = "".join(f'<th scope="col">{each}</th>' for each in head)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{each}</td>" for each in rest)}</tr>\n'
        for first, *rest in rows
    )
    title = f'<caption lang="zh-CN">{caption}</caption>' if caption else ""
    return f'<table class="list {name}">{title}\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>'
