"""What the formats of OpenDocument have in common: how often a thing stands, and what is above or below the line."""

from __future__ import annotations

from collections.abc import Mapping

from gxparse.readers.scripts import LOWERED_SIGNED, RAISED_SIGNED


def count_of(values: Mapping[str, str], name: str) -> int:
    """An attribute that counts, such as ``number-columns-repeated``; 1 where it is not there."""
    given = values.get(name, "")
    return max(1, int(given)) if given.isdecimal() and len(given) < 10 else 1


def shift_of(values: Mapping[str, str]) -> Mapping[int, int] | None:
    """The figures of text whose properties put it above or below the line, for :meth:`str.translate`."""
    position = values.get("text-position", "0").split()[0]
    if position in ("0", "0%"):
        return None
    return LOWERED_SIGNED if position.startswith(("sub", "-")) else RAISED_SIGNED
