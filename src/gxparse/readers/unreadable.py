"""What a page shows and no reader can tell, such as a picture: a mark stands for it, lest a number lack a figure."""

from __future__ import annotations

import re

#: The mark.
MARK = "\ufffc"

# A text with an ordinal at most is a label: what stands beside it is an ornament.
_LABEL = re.compile(r"\D*(?:\d{1,2}\s*[.．、)）]\s*)?\D*")
_LETTERS = 2
_LONGEST_LABEL = 200
_APART_FROM_FIGURES = re.compile(rf"(?<![\d.,])(?<!\d\s){MARK}(?!\s*[\d.,])")


def readable(text: str) -> str:
    r"""A text with the marks that matter: those that a number may lack, and one that stands alone.

    >>> [readable(text) for text in ("1\ufffc5", "\ufffc", "\ufffc1.重复申请")]
    ['1￼5', '￼', '1.重复申请']
    """
    if MARK not in text:
        return text
    bare = text.replace(MARK, "").strip()
    if not bare:
        return MARK
    if sum(map(str.isalpha, bare)) < _LETTERS:
        return text
    is_label = len(bare) <= _LONGEST_LABEL and _LABEL.fullmatch(bare)
    return bare if is_label else _APART_FROM_FIGURES.sub("", text).strip()
