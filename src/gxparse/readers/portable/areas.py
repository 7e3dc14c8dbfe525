"""Places on a page: areas, and how a page is turned to be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

#: Left, top, right and bottom, in points from the upper left corner of the page.
Area: TypeAlias = tuple[float, float, float, float]


class Leaf(NamedTuple):
    """The page that something stands on, and how it was turned to be read."""

    number: int = 0
    turn: int = 0

    def place(self, area: Area) -> Area:
        """The area as it is on the page before it was turned."""
        x0, top, x1, bottom = (round(float(each), 2) for each in turned(area, -self.turn))
        return x0, top, x1, bottom


def turned(area: Area, turn: int) -> Area:
    """The area if the page is turned so that text that is turned by ``turn`` quarters runs from left to right."""
    x0, top, x1, bottom = area
    if not turn:
        return area
    if abs(turn) > 1:
        return -x1, -bottom, -x0, -top
    return (-bottom, x0, -top, x1) if turn > 0 else (top, -x1, bottom, -x0)


def holds(outer: Area, inner: Area) -> bool:
    """Whether the middle of one area lies in the other."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def around(areas: Iterable[Area]) -> Area:
    """The area around areas."""
    x0, top, x1, bottom = zip(*areas, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def common(one: Area, other: Area) -> Area:
    """The area that two areas have in common; its right side is left of its left one where they have none."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
