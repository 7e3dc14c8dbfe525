"""How findings are put into words for people: languages, names of severities, places, and lists without repetition."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from gxparse.document import Location
from gxparse.errors import GxparseError
from gxparse.findings import Finding, Severity

__all__ = ["SEVERITIES", "Language", "alike", "counted", "counts", "place", "places"]


class Language(StrEnum):
    """The language of messages."""

    ZH = "zh"
    EN = "en"

    @classmethod
    def of_locale(cls) -> Language:
        """English where the locale asks for it, else Chinese: the reports are Chinese."""
        variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        # Windows sets no variable; its locale is called English_United States.
        name = next(filter(None, variables), None) or locale.getlocale()[0] or ""
        return cls.EN if name.lower().startswith("en") else cls.ZH

    @classmethod
    def named(cls, name: str | None) -> Language:
        """The language of a name, that of the locale without one.

        Raises:
            GxparseError: there are no messages in this language.
        """
        if name is None:
            return cls.of_locale()
        try:
            return cls(name)
        except ValueError:
            raise GxparseError(
                f"没有“{name}”这种语言，可用：zh、en。 There is no language {name!r}; there are 'zh' and 'en'."
            ) from None

    def choose(self, zh: str, en: str) -> str:
        """The text that is in this language."""
        return zh if self is Language.ZH else en

    def message(self, finding: Finding) -> str:
        """What a finding says, in this language."""
        return self.choose(finding.message_zh, finding.message_en)


#: The names of the severities, the gravest first.
SEVERITIES: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: ("错误", "error"),
    Severity.WARNING: ("警告", "warning"),
    Severity.INFO: ("提示", "note"),
}


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, the gravest first."""
    found = dict.fromkeys(Severity, 0)
    for finding in findings:
        found[finding.severity] += 1
    return found


def counted(found: Mapping[Severity, int], language: Language) -> str:
    """How many findings there are of each severity, in words.

    >>> counted({Severity.ERROR: 2, Severity.INFO: 1}, Language.EN)
    '2 errors, 0 warnings, 1 note'
    """
    numbers = [(found.get(severity, 0), *names) for severity, names in SEVERITIES.items()]
    return language.choose(
        "，".join(f"{number} 个{zh}" for number, zh, _ in numbers),
        ", ".join(f"{number} {en}{'' if number == 1 else 's'}" for number, _, en in numbers),
    )


def place(location: Location | None, language: Language) -> str:
    """A place in the source in words, the coarse part first; nothing where it is not known.

    >>> place(Location(table=2, row=4, line=51, column=3), Language.ZH)
    '表 2 第 4 行，文本第 51 行第 3 列'
    """
    if location is None:
        return ""
    if language is Language.EN:
        return str(location)
    grid = (
        ("第 {} 页", location.page),
        ("表 {}", location.table),
        ("第 {} 行", location.row),
        ("第 {} 格", location.cell),
    )
    text = ("文本第 {} 行", location.line), ("第 {} 列", location.column)
    coarse = " ".join(words.format(number) for words, number in grid if number)
    fine = "".join(words.format(number) for words, number in text if number)
    return "，".join(filter(None, (coarse, fine)))


def places(locations: Iterable[Location | None], language: Language) -> str:
    """Several places in words, and how many there are.

    >>> places([Location(page=1), Location(page=2), None], Language.EN)
    'page 1; page 2 (2 places)'
    """
    named = [each for location in locations if (each := place(location, language))]
    shown = language.choose("；", "; ").join(named[:_NAMED_PLACES] + ["…"] * (len(named) > _NAMED_PLACES))
    count = language.choose(f"（共 {len(named)} 处）", f" ({len(named)} places)") if len(named) > 1 else ""
    return shown + count


# More places than this are counted, not named.
_NAMED_PLACES = 6

_NUMBER = re.compile(r"\d+")


def alike(findings: Iterable[Finding]) -> list[tuple[Finding, ...]]:
    """Findings in groups of those that say the same, but for a number, of other places; each where its first one was.

    They are about the report as a whole, as page numbers are, of which there is one a page.

    >>> pages = [Finding("GX009", "", f"略去页码 {page}", "", location=Location(page=page)) for page in (1, 2)]
    >>> [len(group) for group in alike(pages)]
    [2]
    """
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        repeats = not finding.path and finding.location is not None
        said = finding.code, finding.severity, _NUMBER.sub("#", finding.message_zh)
        groups.setdefault(said if repeats else number, []).append(finding)
    return [tuple(group) for group in groups.values()]
