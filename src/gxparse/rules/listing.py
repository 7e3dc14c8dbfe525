"""Findings as a list to read: the gravest first, each with the printed label, what is wrong, what to do, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gxparse._terminal import printable, width
from gxparse.catalogue import CATALOGUE
from gxparse.findings import Finding
from gxparse.messages import SEVERITIES, Language, alike, places

__all__ = ["listed"]

_COLUMNS = 100
_INDENT = " " * 9


def listed(findings: Iterable[Finding], language: Language) -> Iterator[str]:
    """The lines of the list, without a summary."""
    findings = tuple(findings)
    for severity, names in SEVERITIES.items():
        chosen = [finding for finding in findings if finding.severity is severity]
        if chosen:
            yield from ("", language.choose(*names))
        for group in alike(chosen):
            yield from _lines(group, language)


def _lines(group: tuple[Finding, ...], language: Language) -> Iterator[str]:
    """The lines on which a finding is shown, or several that are alike."""
    first = group[0]
    yield f"  {first.code}  {printable(_subject(first, language))}"
    said = [language.message(first)]
    if first.suggestion:
        said.append(f"→ {first.suggestion}")
    said.append(_where(group, language))
    for text in said:
        for line in _folded(printable(text), _COLUMNS - len(_INDENT)):
            yield _INDENT + line


def _subject(finding: Finding, language: Language) -> str:
    """The printed label of the row and the column, or else what kind of finding it is."""
    kind = CATALOGUE.get(finding.code)
    return finding.label or (language.choose(kind.title_zh, kind.title_en) if kind else "")


def _where(group: tuple[Finding, ...], language: Language) -> str:
    """The path, and the place or places in the source."""
    path = group[0].path
    where = places((finding.location for finding in group), language)
    return f"{path} ({where})" if path and where else path or where


# A word is what stands between blanks; Chinese can be broken behind any character.
_WORD = re.compile(r" +|[!-~]+|.")


def _folded(text: str, columns: int) -> Iterator[str]:
    """The text in lines of a number of columns; a word that is longer is not cut."""
    line, used = "", 0
    for word in _WORD.findall(text):
        needed = width(word)
        if line and used + needed > columns and not word.isspace() and word not in "，。；：、）”":
            yield line.rstrip()
            line, used = "", 0
        if line or not word.isspace():
            line, used = line + word, used + needed
    if line:
        yield line.rstrip()
