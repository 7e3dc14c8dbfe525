"""Text of a cell that is no number, though its figures might be: raised, lowered, struck out, or not to be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Look(NamedTuple):
    """How text is set; ``shift`` is for :meth:`str.translate`."""

    shift: Mapping[int, int] | None = None
    struck: bool = False

    def shown(self, text: str) -> str:
        """The text with marks of how it is set: neither raised figures nor what is struck out is a number."""
        if self.shift:
            text = text.translate(self.shift)
        return f"~~{text}~~" if self.struck and text.strip() else text


PLAIN = Look()


def unreadable(text: str) -> str:
    """What stands for a cell whose print is not known: it shows what is stored, but is no number."""
    return f"?{text.strip()}"
