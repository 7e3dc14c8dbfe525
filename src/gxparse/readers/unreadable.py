"""What a page shows and no reader can tell, such as a picture: a mark stands for it, lest a number lack a figure."""

from __future__ import annotations

import re

#: The mark.
MARK = "\ufffc"

_BESIDE_NO_FIGURE = re.compile(rf"(?<!\d){MARK}(?!\d)")
_MARKS = re.compile(rf"{MARK}[\s{MARK}]*")


def marked(text: str) -> str:
    r"""The text of a cell, with the marks that stand alone or beside figures: a picture beside a word says nothing.

    >>> [marked(text) for text in ("1\ufffc5", "\ufffc", "\ufffc规章")]
    ['1￼5', '￼', '规章']
    """
    if MARK not in text or not text.strip():
        return text
    text = _MARKS.sub(MARK, text)
    return text if text.strip() == MARK else _BESIDE_NO_FIGURE.sub("", text)
