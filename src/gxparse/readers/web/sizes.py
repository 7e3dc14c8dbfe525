"""What the attributes of cells and images say of their size."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

#: The span of a cell that says nothing of it: columns and rows.
SINGLE = (1, 1)
_NUMBER = re.compile(r"\s*\+?([0-9]{1,9})")
_ICON = 100
_SPECK = 2
_SIZE = re.compile(r"(?<![-\w])(?:width|height)\s*:\s*([0-9]+)(?:\.[0-9]+)?\s*px", re.IGNORECASE)


def spans_of(tree: LexborHTMLParser) -> dict[int, tuple[int, int]]:
    """How many columns and rows the cells span that span more than one."""
    spanning = tree.css("td[colspan],td[rowspan],th[colspan],th[rowspan]")
    found = {}
    for node in spanning:
        attributes = node.attributes
        found[node.mem_id] = _number(attributes.get("colspan")), _number(attributes.get("rowspan"))
    return found


def is_large(attributes: Mapping[str, str | None]) -> bool:
    """Whether an image may be that of a table: nothing says that it is small."""
    return _smallest(attributes) >= _ICON or "%" in (attributes.get("width") or "")


def is_speck(attributes: Mapping[str, str | None]) -> bool:
    """Whether an image is too small to show anything: it keeps things apart."""
    return _smallest(attributes) <= _SPECK and "%" not in (attributes.get("width") or "")


def _smallest(attributes: Mapping[str, str | None]) -> int:
    sizes = [_number(attributes.get(name), _ICON) for name in ("width", "height")]
    return min(sizes + [int(size) for size in _SIZE.findall(attributes.get("style") or "")])


def _number(text: str | None, default: int = 1) -> int:
    match = _NUMBER.match(text or "")
    return int(match[1]) if match else default
