"""How the text of a cell is set: what is raised, lowered, struck out or not seen is no number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gxparse.readers.colours import WHITE
from gxparse.readers.unreadable import MARK, readable


class Look(NamedTuple):
    """How text is set; ``shift`` is for :meth:`str.translate`, a colour is given where it may be that of a ground."""

    shift: Mapping[int, int] | None = None
    struck: bool = False
    colour: str | None = None

    def shown(self, text: str, ground: str = WHITE) -> str:
        """The text with marks of how it is set: raised figures, what is struck out or not seen are no number."""
        if self.shift:
            text = text.translate(self.shift)
        if self.colour == ground:
            text = unsure(text)
        return f"~~{text}~~" if self.struck and text.strip() else text


PLAIN = Look()


class Style(NamedTuple):
    """How a cell is printed: its format code, nothing where that is not known, how its text is set, and its ground.

    ``fills`` says that its text is repeated as long as there is room.
    """

    code: str | None
    look: Look
    ground: str = WHITE
    fills: bool = False

    def shown(self, text: str, look: Look | None = None) -> str:
        """A text as it is set, by itself or by its cell."""
        text = (look or self.look).shown(text, self.ground)
        return unsure(text) if self.fills else text


def unreadable(text: str) -> str:
    """What stands for a cell whose print is not known: it shows what is stored, but is no number."""
    return f"?{text.strip()}"


def unsure(text: str) -> str:
    """A text that may be printed otherwise, or not at all: it is not to be read, unless it is a label.

    >>> [unsure(text) for text in ("12", "", "规章")]
    ['?12', '', '规章']
    """
    return unreadable(text) if text.strip() and MARK in readable(f"{text}{MARK}") else text
