"""The list of what was found in a report, each entry a link to the cell it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from attrs import field, frozen

from gxparse.catalogue import CATALOGUE
from gxparse.findings import Finding, Severity
from gxparse.messages import SEVERITIES, Language, alike, places
from gxparse.records import TABLES
from gxparse.rendering.anchors import Anchors
from gxparse.rendering.markup import tag, text
from gxparse.rules.sheet import label_of

__all__ = ["Note", "Notes"]

_SIGNS = {Severity.ERROR: "×", Severity.WARNING: "!", Severity.INFO: "i"}
_PATH = re.compile(rf"(?:{'|'.join(TABLES)})(?:\.[a-z_0-9]+)+")


@frozen
class Note:
    """An entry of the list: findings that are alike, the number they are shown under, and where they point at."""

    findings: tuple[Finding, ...]
    number: int
    anchor: str

    @property
    def first(self) -> Finding:
        """The finding that stands for all."""
        return self.findings[0]

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return self.first.severity

    @property
    def sign(self) -> str:
        """What it is told by where colours are not seen."""
        return f"{_SIGNS[self.severity]}{self.number}"


@frozen
class Notes:
    """The list of a report, the gravest first, in one language.

    Attributes:
        notes: its entries.
        anchors: what they can point at.
        language: the language of the messages.
        prefix: what the ids of this report begin with.
        level: the level of the list's heading.
    """

    notes: tuple[Note, ...]
    anchors: Anchors
    language: Language
    prefix: str = ""
    level: int = 2
    at: Mapping[str, tuple[Note, ...]] = field(init=False)

    @at.default
    def _by_anchor(self) -> dict[str, tuple[Note, ...]]:
        by_anchor = sorted(self.notes, key=lambda note: note.anchor)
        return {anchor: tuple(notes) for anchor, notes in groupby(by_anchor, key=lambda note: note.anchor)}

    @classmethod
    def of(
        cls, findings: Iterable[Finding], anchors: Anchors, language: Language, prefix: str = "", level: int = 2
    ) -> Notes:
        """The list of these findings, numbered from 1."""
        gravest_first = sorted(findings, key=lambda finding: list(SEVERITIES).index(finding.severity))
        notes = tuple(
            Note(group, number, anchors.of(group[0].path)) for number, group in enumerate(alike(gravest_first), 1)
        )
        return cls(notes, anchors, language, prefix, level)

    # ── In the report ────────────────────────────────────────────────────────────────────────────────────────────────

    def attributes(self, anchor: str) -> dict[str, str]:
        """What the element that an anchor stands for has, so that it is found, looked at and explained."""
        found = {"id": self.prefix + anchor}
        notes = self.at.get(anchor)
        if not notes:
            return found
        return {
            **found,
            "tabindex": "-1",
            "class": min((note.severity for note in notes), key=list(SEVERITIES).index).value,
            "title": "; ".join(self._said(note) for note in notes),
            "aria-describedby": " ".join(f"{self.prefix}m{note.number}" for note in notes),
        }

    def signs(self, anchor: str) -> str:
        """The signs of what is said of an anchor, each a link back to the list."""
        return "".join(self._sign(note) for note in self.at.get(anchor, ()))

    def _sign(self, note: Note) -> str:
        attributes = {
            "class": f"sign {note.severity.value}",
            "href": f"#{self.prefix}f{note.number}",
            "lang": _LANG[self.language],
            "title": self._said(note),
            "aria-label": self._said(note),
        }
        return tag("a", text(note.sign), attributes)

    def _said(self, note: Note) -> str:
        suggestion = f" → {note.first.suggestion}" if note.first.suggestion else ""
        name = self.language.choose(*SEVERITIES[note.severity])
        return f"{name} {note.number}, {note.first.code}: {self.language.message(note.first)}{suggestion}"

    # ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def html(self) -> str:
        """The list with its heading, and boxes to hide a severity, which need no script."""
        heading = tag(f"h{self.level}", self.language.choose("发现的问题", "Findings"), {"id": f"{self.prefix}list"})
        if not self.notes:
            nothing = tag("p", self.language.choose("没有发现问题。", "Nothing was found."))
            return self._section(heading + nothing)
        by_severity = groupby(self.notes, key=lambda note: note.severity)
        groups = [(severity, tuple(notes)) for severity, notes in by_severity]
        boxes = "".join(self._box(severity) for severity, _ in groups) if len(groups) > 1 else ""
        return self._section(heading + boxes + "".join(self._group(*group) for group in groups))

    def _section(self, content: str) -> str:
        return tag("section", content, {"class": "findings", "aria-labelledby": f"{self.prefix}list"})

    def _box(self, severity: Severity) -> str:
        """A box to tick; what it hides are its later siblings of the severity's class."""
        name = f"{self.prefix}show-{severity.value}"
        shown = self.language.choose(f"显示{SEVERITIES[severity][0]}", f"Show {SEVERITIES[severity][1]}s")
        box = f'<input type="checkbox" id="{text(name)}" class="show-{severity.value}" checked>'
        return box + tag("label", shown, {"for": name, "class": "filter"})

    def _group(self, severity: Severity, notes: tuple[Note, ...]) -> str:
        zh, en = SEVERITIES[severity]
        name = self.language.choose(zh, f"{en}s".capitalize())
        heading = tag(f"h{self.level + 1}", f"{name} <small>{sum(len(note.findings) for note in notes)}</small>")
        items = "".join(map(self._item, notes))
        return tag("div", f'{heading}<ul role="list">{items}</ul>', {"class": f"group {severity.value}"})

    def _item(self, note: Note) -> str:
        first = note.first
        kind = CATALOGUE.get(first.code)
        title = self.language.choose(kind.title_zh, kind.title_en) if kind else ""
        label = first.label or _label(first.path)
        subject = tag("span", text(label or title), {"class": "subject", "lang": _LANG[Language.ZH] if label else None})
        sign = tag("span", text(note.sign), {"class": f"sign {note.severity.value}", "aria-hidden": "true"})
        link = tag("a", f"{sign} {subject}", {"href": f"#{self.prefix}{note.anchor}"})
        said = tag("p", text(self.language.message(first)), {"id": f"{self.prefix}m{note.number}"})
        if first.suggestion:
            advice = self.language.choose("建议：", "Suggestion: ")
            said += tag("p", advice + self._linked(first.suggestion), {"class": "suggestion"})
        where = " · ".join(
            filter(None, (f"{first.code} {title}", places((each.location for each in note.findings), self.language)))
        )
        said += tag("p", text(where), {"class": "where"})
        return tag("li", link + said, {"id": f"{self.prefix}f{note.number}", "tabindex": "-1"})

    def _linked(self, said: str) -> str:
        """A text with the paths in it turned into links that read as the printed labels."""
        pieces, end = [], 0
        for match in _PATH.finditer(said):
            if label := _label(match[0]):
                href = f"#{self.prefix}{self.anchors.of(match[0])}"
                link = tag("a", text(label), {"href": href, "lang": _LANG[Language.ZH]})
                pieces += [text(said[end : match.start()]), link]
                end = match.end()
        return "".join([*pieces, text(said[end:])])


_LANG = {Language.ZH: "zh-CN", Language.EN: "en"}


def _label(path: str) -> str | None:
    """The printed label of a path in a text, if it is one of the form."""
    try:
        return label_of(path)
    except KeyError:
        return None
