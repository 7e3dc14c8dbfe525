"""The check report: a report in the official form with what was found in it, as a page that stands by itself.

It loads nothing and runs no script. Each finding is a link to its cell, and each sign in a cell a link back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from attrs import frozen

from gxparse.findings import Finding, Severity
from gxparse.messages import SEVERITIES, Language, counted, counts
from gxparse.own import CHECK_PAGE as GENERATOR
from gxparse.records import Report
from gxparse.rendering.anchors import REPORT
from gxparse.rendering.checked_report import CHINESE, FILES, Checked, name_of
from gxparse.rendering.checked_style import PAGE_STYLE, STYLE
from gxparse.rendering.markup import tag, text

__all__ = ["GENERATOR", "Entry", "fragment", "page", "pages"]

# Nothing is loaded, and nothing runs, even if something slipped through that should have been escaped.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_fragments = count(1)


@frozen
class Entry:
    """A file that was checked: its name, and the report in it with its findings, or why there is none."""

    name: str
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    problem: str | None = None


def page(report: Report, findings: Iterable[Finding], language: Language) -> str:
    """The check report of one report."""
    body = Checked(report, tuple(findings), language).html("main")
    return _page(_title(report, language), body, language)


def pages(entries: Sequence[Entry], language: Language) -> str:
    """The check reports of several files in one page, behind a table of them all.

    Where nothing was found there is nothing to point at: such a report stands in the table only.
    """
    title = language.choose(f"核对结果：{len(entries)} 个文件", f"Check report: {_many(len(entries), 'file')}")
    head = tag("h1", text(title)) + tag("p", counted(counts(each for e in entries for each in e.findings), language))
    shown = [
        Checked(entry.report, entry.findings, language, f"r{number}-", 2, entry.name).html("section")
        for number, entry in enumerate(entries, 1)
        if entry.report and entry.findings
    ]
    index = tag("nav", _index(entries, language), {"id": FILES, "aria-label": language.choose("文件", "Files")})
    return _page(title, tag("main", tag("header", head) + index + "".join(shown)), language)


def fragment(report: Report, findings: Iterable[Finding], language: Language) -> str:
    """The check report of one report as a part of another page, such as a notebook.

    Its ids are not those of any other fragment of this process.
    """
    body = Checked(report, tuple(findings), language, f"gxparse{next(_fragments)}-", 2).html("section")
    return f"<style>{STYLE}</style>{tag('div', body, {'class': 'gxparse', 'lang': _lang(language)})}"


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _page(title: str, body: str, language: Language) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{_lang(language)}">\n<head>\n<meta charset="utf-8">\n{GENERATOR}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>{PAGE_STYLE}{STYLE}</style>\n</head>\n"
        f'<body class="gxparse">\n{body}\n</body>\n</html>\n'
    )


def _lang(language: Language) -> str:
    return CHINESE if language is Language.ZH else "en"


def _many(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _title(report: Report, language: Language) -> str:
    return f"{language.choose('核对结果', 'Check report')} · {name_of(report)}"


def _index(entries: Sequence[Entry], language: Language) -> str:
    """A table of all files: which report each holds and how much was found in it."""
    names = [
        language.choose(*each)
        for each in (("文件", "file"), ("机关", "agency"), ("年度", "year"), *SEVERITIES.values())
    ]
    head = tag("tr", "".join(tag("th", name, {"scope": "col"}) for name in names))
    rows = "".join(tag("tr", _index_row(entry, number)) for number, entry in enumerate(entries, 1))
    return tag("table", f"<thead>{head}</thead><tbody>{rows}</tbody>", {"class": "index"})


def _index_row(entry: Entry, number: int) -> str:
    name = text(entry.name)
    if entry.report and entry.findings:
        name = tag("a", name, {"href": f"#r{number}-{REPORT}"})
    first = tag("th", name, {"scope": "row"})
    if entry.report is None:
        return first + tag("td", text(entry.problem or ""), {"colspan": 5, "class": "problem"})
    known = [text(str(each or "–")) for each in (entry.report.agency, entry.report.year)]
    cells = "".join(tag("td", each, {"lang": CHINESE}) for each in known)
    found = counts(entry.findings)
    return first + cells + "".join(_index_count(found[severity], severity) for severity in SEVERITIES)


def _index_count(number: int, severity: Severity) -> str:
    return tag("td", str(number), {"class": f"number {severity.value}" if number else "number"})
