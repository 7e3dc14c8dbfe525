"""The narrative of a report in the spelling in which it is searched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from gxparse import normalise
from gxparse.records import SECTIONS, Report, TextSection

__all__ = ["SAYS_A_NUMBER", "Passage", "passages"]

# Texts beyond these lengths are no narrative that a person wrote.
_LONGEST_PASSAGE = 10_000
_LONGEST_TEXT = 100_000

#: What a passage holds, as it is printed, that says a number or that there was nothing.
SAYS_A_NUMBER = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千]\s*[件宗份起例部个项条元萬万]|[未无無没沒零0０]")
_BROKEN_NUMBER = re.compile(r"(?<=[0-9０-９.,，])[\s\u200b-\u200f\ufeff]+(?=[0-9０-９])")
_STOPS = ("。", "!", "?", "！", "？", ";", "；", ":", "：")


@frozen
class Passage:
    """Some text of a section, without white space, half-width and Simplified, and the heading that it stands under."""

    section: str
    heading: str
    text: str


def passages(report: Report, wanted: re.Pattern[str]) -> Iterator[Passage]:
    """The passages that hold, as they are printed, what is wanted."""
    left = _LONGEST_TEXT
    for name in SECTIONS:
        section: TextSection | None = getattr(report, name)
        if section is None:
            continue
        for heading, paragraphs in _parts(section):
            for text in _joined(paragraphs):
                text = text[: min(left, _LONGEST_PASSAGE)]
                left -= len(text)
                if wanted.search(text):
                    yield Passage(name, _spelt(heading[: normalise.LABEL_LIMIT]), _spelt(text))


def _parts(section: TextSection) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The headings of a section, each with its text. A sentence may stand in the place of a heading."""
    yield "", section.paragraphs
    for part in section.subsections:
        yield "", (part.heading,)
        yield part.heading, part.paragraphs


def _joined(paragraphs: tuple[str, ...]) -> Iterator[str]:
    """The paragraphs, lines that break within a sentence put together: its beginning may say whom it speaks of."""
    lines: list[str] = []
    for paragraph in paragraphs:
        lines.append(paragraph)
        if paragraph.rstrip().endswith(_STOPS):
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)


def _spelt(text: str) -> str:
    # White space within a number leaves it unreadable: 12 15 is not 1215.
    return normalise.simplified(normalise.squeeze(_BROKEN_NUMBER.sub("|", text)))
