"""What a hostile page would cost: one whose tree takes time or memory beyond its length to build is refused."""

from __future__ import annotations

import re

from gxparse.readers import limits


def _words(text: str) -> frozenset[bytes]:
    return frozenset(text.encode().split())


_TAG = re.compile(rb"<(/?[a-z][^\s/>]*)")
_NEVER_OPEN = _words("area base br col embed hr img input link meta source track wbr p li dd dt html body")
_FORMATTING = _words("a b big code em font i nobr s small strike strong tt u")
#: The most open elements, summed up over all tags; and those of formatting, which a parser opens again and again.
_MOST_OPEN = 20_000_000
_MOST_FORMATTED = 2_000_000
_SMALL = 100_000
_MOST_ATTRIBUTES = 4_000


def check(html: bytes) -> None:
    """Refuses a page whose tree would take time or memory beyond its length to build.

    A parser looks through the open elements at each tag, and opens those of formatting again in each paragraph. An
    element counts as open until a tag ends it that stands where it should: never too short.
    """
    for tag in [part for part in html.split(b">") if len(part) > _MOST_ATTRIBUTES] if len(html) > _SMALL else ():
        attributes = len(tag.rpartition(b"<")[2].split(None, _MOST_ATTRIBUTES + 1))
        limits.check("属性", "Attributes", attributes, _MOST_ATTRIBUTES)
    tags = html.count(b"<")
    limits.check("标签", "Tags", tags, limits.MAX_TAGS)
    opening = tags - html.count(b"</")
    if opening * tags <= _MOST_OPEN and opening**2 <= 4 * _MOST_FORMATTED:
        return
    open_tags: list[bytes] = []
    formatting = depths = formatted = 0
    for tag in _TAG.findall(html.lower()):
        if tag.startswith(b"/"):
            if open_tags and open_tags[-1] == tag[1:]:
                open_tags.pop()
                formatting -= tag[1:] in _FORMATTING
        elif tag not in _NEVER_OPEN:
            open_tags.append(tag)
            formatting += tag in _FORMATTING
        depths += len(open_tags)
        formatted += formatting
    limits.check("嵌套的标签", "Tags within tags", depths, _MOST_OPEN)
    limits.check("嵌套的格式标签", "Formatting within formatting", formatted, _MOST_FORMATTED)
