"""What gxparse itself writes for people to look at: it shows reports, or what is in them, and is none.

Lying among reports, such a page or table would be taken for one: a page of a comparison shows two years at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gxparse.errors import NotAReportError

__all__ = ["CHECK_PAGE", "DIFF_PAGE", "is_page", "refuse_page", "refuse_table"]

_PAGES = {
    "gxparse check": ("gxparse check 写的核对结果网页", "a check report, a page written by gxparse check"),
    "gxparse diff": ("gxparse diff 写的年度对比网页", "a comparison of years, a page written by gxparse diff"),
}
_MARK = '<meta name="generator" content="{}">'
#: What the pages name as the program that made them.
CHECK_PAGE, DIFF_PAGE = map(_MARK.format, _PAGES)
# How far from its beginning a page has said so.
_HEAD = 1000
# What the first row of each table holds among others: of reports, of cells, of findings, of files that failed, of
# comparisons.
_TABLES = (
    {"agency", "year", "form", "flags"},
    {"agency", "year", "code", "severity"},
    {"source", "error", "message"},
    {"path", "label", "before", "after"},
)


def is_page(data: bytes) -> bool:
    """Whether a file begins like one of the pages.

    >>> is_page(CHECK_PAGE.encode()), is_page(b'<meta name="generator" content="Word">')
    (True, False)
    """
    return any(_MARK.format(each).encode() in data[:_HEAD] for each in _PAGES)


def refuse_page(generators: Iterable[str]) -> None:
    """Refuses a page that names a command of gxparse among the programs that made it.

    Raises:
        NotAReportError: it does.
    """
    for each in generators:
        if known := _PAGES.get(re.sub(r"\s+", " ", each.strip())):
            raise _refused(*known)


def refuse_table(head: Iterable[str]) -> None:
    """Refuses a table whose first row is that of one of gxparse's own.

    Raises:
        NotAReportError: it is.
    """
    found = set(head)
    if any(found >= each for each in _TABLES):
        raise _refused(
            "gxparse 写的数据表（如 gxparse batch 的结果）", "a table written by gxparse, such as by gxparse batch"
        )


def _refused(zh: str, en: str) -> NotAReportError:
    return NotAReportError(
        f"这是 {zh}，不是政府信息公开工作年度报告；请用原报告。 "
        f"This is {en}, and no annual report on open government information; use the report itself."
    )
