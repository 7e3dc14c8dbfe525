"""What the formats of OpenDocument have in common: how often a thing stands, and what is above or below the line."""

from __future__ import annotations

from collections.abc import Mapping

from gxparse.readers.colours import WHITE, is_white
from gxparse.readers.scripts import LOWERED_SIGNED, RAISED_SIGNED


def count_of(values: Mapping[str, str], name: str) -> int:
    """An attribute that counts, such as ``number-columns-repeated``; 1 where it is not there."""
    given = values.get(name, "")
    return max(1, int(given)) if given.isdecimal() and len(given) < 10 else 1


def colour_of(given: str) -> str | None:
    """A colour, nearly white being white; nothing where there is none.

    >>> colour_of("#FFFFFE"), colour_of("#ff0000"), colour_of("transparent")
    ('#ffffff', '#ff0000', None)
    """
    given = given.lower()
    if not given.startswith("#"):
        return None
    return WHITE if is_white(given) else given


def shift_of(values: Mapping[str, str]) -> Mapping[int, int] | None:
    """The figures of text whose properties put it above or below the line, for :meth:`str.translate`."""
    position = values.get("text-position", "0").split()[0]
    if position in ("0", "0%"):
        return None
    return LOWERED_SIGNED if position.startswith(("sub", "-")) else RAISED_SIGNED
