"""The colours of text and of its ground, as far as they tell that a text is not seen."""

from __future__ import annotations

import re

#: The colour of a page.
WHITE = "#ffffff"
_NEARLY_WHITE = re.compile(r"#?(?:F[A-F]){3}", re.IGNORECASE)


def is_white(code: str) -> bool:
    """Whether a colour, by its six digits, is white or nearly so.

    >>> is_white("#FFFFFE"), is_white("fafafa"), is_white("FF0000")
    (True, True, False)
    """
    return bool(_NEARLY_WHITE.fullmatch(code))
