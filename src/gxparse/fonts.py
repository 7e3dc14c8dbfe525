"""A font with Chinese characters, found among those that matplotlib knows."""

from __future__ import annotations

from functools import cache
from typing import Any

from gxparse.errors import GxparseError

__all__ = ["chinese_font"]

# Simplified characters that fonts of other scripts lack.
_NEEDED = "报对应复审维诉"
# Of several fonts that have them: those made for the screen, and the forms of the mainland.
_LIKED = (("sans", "hei", "gothic"), ("sc", "cn", "gb"))


def chinese_font() -> Any:
    """The properties of a font that has the characters of the forms; nothing global is changed.

    Raises:
        GxparseError: there is none.
    """
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    name = _name()
    if name is None:
        raise GxparseError(
            "没有找到中文字体；请安装，例如 apt install fonts-noto-cjk。 "
            "No font with Chinese characters was found; install one, for example: apt install fonts-noto-cjk"
        )
    return FontProperties(family=[name])


@cache
def _name() -> str | None:
    from matplotlib.font_manager import fontManager  # noqa: PLC0415

    def liking(name: str) -> tuple[bool, ...]:
        return tuple(not any(part in name.lower() for part in parts) for parts in _LIKED)

    entries = {entry.name: entry.fname for entry in fontManager.ttflist if entry.style == "normal"}
    ranked = sorted(entries, key=lambda name: (*liking(name), name))
    return next((name for name in ranked if _has_the_characters(entries[name])), None)


def _has_the_characters(file: str) -> bool:
    from matplotlib.font_manager import get_font  # noqa: PLC0415

    try:
        characters = get_font(file).get_charmap()
    except (OSError, RuntimeError):
        return False
    return all(ord(character) in characters for character in _NEEDED)
