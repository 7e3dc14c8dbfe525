"""A report in the official form with what was found in it: who reports, the list of findings, text and tables."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from gxparse.findings import Finding
from gxparse.messages import Language, counted, counts
from gxparse.records import SECTIONS, Report
from gxparse.rendering.anchors import REPORT, Anchors, Spot
from gxparse.rendering.form import outline
from gxparse.rendering.markup import lines, tag, text
from gxparse.rendering.notes import Notes
from gxparse.rendering.outline import Box, Grid, Kind, Line, has_values
from gxparse.rules.sheet import label_of

__all__ = ["CHINESE", "FILES", "Checked", "name_of"]

#: What the reports are written in.
CHINESE = "zh-CN"
#: The id of the table of all files, where there are several.
FILES = "files"


def name_of(report: Report) -> str:
    """The title of a report, or what is known of it."""
    if report.title:
        return report.title
    year = "" if report.year is None else f"{report.year}年"
    return f"{report.agency or ''}{year}政府信息公开工作年度报告"


@frozen
class Checked:
    """A report with its findings, about to be written.

    Attributes:
        report: the report.
        findings: what was found in it.
        language: the language of the messages.
        prefix: what the ids of this report begin with.
        level: the level of its first heading.
        name: the name of its file, where there are several.
    """

    report: Report
    findings: tuple[Finding, ...]
    language: Language
    prefix: str = ""
    level: int = 1
    name: str = ""
    anchors: Anchors = field(init=False)
    notes: Notes = field(init=False)

    @anchors.default
    def _of_the_form(self) -> Anchors:
        return Anchors(outline(self.report))

    @notes.default
    def _listed(self) -> Notes:
        return Notes.of(self.findings, self.anchors, self.language, self.prefix, self.level + 1)

    def html(self, element: str) -> str:
        """All of it: who reports on what, what was found, and the report itself."""
        attributes: dict[str, str | int | bool | None] = {"class": "checked"}
        attributes["aria-labelledby"] = f"{self.prefix}title"
        return tag(element, self._header() + tag("div", self.notes.html() + self._article()), attributes)

    def _header(self) -> str:
        title = tag("span", text(name_of(self.report)), {"lang": CHINESE})
        kind = self.language.choose("核对结果", "Check report")
        attributes = {"id": f"{self.prefix}title"}
        heading = tag(f"h{self.level}", tag("small", kind) + title + self.notes.signs(REPORT), attributes)
        anchor = {"tabindex": "-1", **self.notes.attributes(REPORT), "class": None}
        summary = tag("p", counted(counts(self.findings), self.language), {"class": "summary"})
        back = tag("a", self.language.choose("↑ 全部文件", "↑ all files"), {"href": f"#{FILES}", "class": "back"})
        return tag("header", heading + self._particulars() + summary + (back if self.name else ""), anchor)

    def _particulars(self) -> str:
        report = self.report
        known = (
            (("文件", "file"), self.name),
            (("机关", "agency"), report.agency),
            (("年度", "year"), report.year),
            (("格式", "form"), report.form),
        )
        shown = (
            f"<dt>{self.language.choose(*names)}</dt>{tag('dd', text(str(value)), {'lang': CHINESE})}"
            for names, value in known
            if value or value == 0
        )
        return tag("dl", "".join(shown))

    def _article(self) -> str:
        sections = iter(SECTIONS)
        others = dict.fromkeys(self.anchors.opening()[:1], "preamble")
        others |= dict.fromkeys(self.anchors.closing()[:1], "signature")
        tables = dict(self.anchors.tables)
        blocks = []
        for block in self.anchors.outline:
            if isinstance(block, Grid):
                # Findings point into the first table of a kind, and into no other behind it.
                blocks.append(self._table(block, tables.pop(block.name, None)))
            else:
                anchor = next(sections) if block.kind is Kind.HEADING else others.pop(block, None)
                blocks.append(self._line(block, anchor))
        label = self.language.choose("报告", "The report")
        return tag("article", "\n".join(blocks), {"lang": CHINESE, "aria-label": label})

    def _line(self, line: Line, anchor: str | None) -> str:
        below = {Kind.TITLE: 1, Kind.HEADING: 2, Kind.SUBHEADING: 3}.get(line.kind)
        name = f"h{min(self.level + below, 6)}" if below else "p"
        attributes = self.notes.attributes(anchor) if anchor else {}
        attributes["class"] = f"{line.kind.name.lower()} {attributes.get('class', '')}".strip()
        return tag(name, lines(line.text) + (self.notes.signs(anchor) if anchor else ""), attributes)

    # ── The tables ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, grid: Grid, named: Mapping[Spot, str] | None) -> str:
        """A table, its boxes marked where they have an anchor."""
        signs, attributes = "", {}
        if named is not None:
            signs, attributes = self.notes.signs(grid.name), self.notes.attributes(grid.name)
        # Where nothing is said of the table, the heading above it is title enough for those who see it.
        caption = tag("caption", text(label_of(grid.name) or "") + signs, {"class": "unseen", **attributes})
        columns = tag("colgroup", "<col>" * grid.width)
        rows = []
        for number, row in enumerate(grid.rows):
            is_head = not has_values(row)
            anchors = [(named or {}).get((number, place)) for place in range(len(row))]
            boxes = (self._box(box, anchor, is_head=is_head) for box, anchor in zip(row, anchors, strict=True))
            rows.append(tag("tr", "".join(boxes)))
        head = _heads(grid)
        parts = (("thead", rows[:head]), ("tbody", rows[head:]))
        body = "".join(tag(name, "\n".join(each)) for name, each in parts if each)
        scroll = {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label_of(grid.name)}
        return tag("div", tag("table", caption + columns + body, {"class": grid.name}), scroll)

    def _box(self, box: Box, anchor: str | None, *, is_head: bool) -> str:
        attributes: dict[str, str | int | bool | None] = {
            "colspan": box.across if box.across > 1 else None,
            "rowspan": box.down if box.down > 1 else None,
        }
        if box.path is None:
            is_group = (box.across if is_head else box.down) > 1
            attributes["scope"] = ("col" if is_head else "row") + ("group" if is_group else "")
        signs = ""
        if anchor:
            attributes |= self.notes.attributes(anchor)
            signs = self.notes.signs(anchor)
        return tag("td" if box.path is not None else "th", lines(box.text) + signs, attributes)


def _heads(grid: Grid) -> int:
    """How many rows are heads of the whole table; none, where there are heads between its values too."""
    first = next((number for number, row in enumerate(grid.rows) if has_values(row)), 0)
    return first if all(map(has_values, grid.rows[first:])) else 0
