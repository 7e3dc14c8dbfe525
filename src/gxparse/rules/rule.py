"""What a rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from typing import TypeAlias

from attrs import frozen

from gxparse.findings import Finding
from gxparse.rules.sheet import Sheet

__all__ = ["Needs", "Rule"]

Check: TypeAlias = (
    Callable[[Sheet], Iterator[Finding]]
    | Callable[[Sheet, Sheet], Iterator[Finding]]
    | Callable[[Sheet, Sequence[Sheet]], Iterator[Finding]]
)


class Needs(Enum):
    """What a rule looks at beside the report."""

    NOTHING = auto()
    PREVIOUS = auto()
    """The report of the year before."""
    PARTS = auto()
    """The reports of the subordinate units."""


@frozen
class Rule:
    """A pure function that looks at a report and says what it finds; it changes nothing and keeps nothing.

    Attributes:
        check: the function. It is given the report's sheet and, as a second argument, the sheet or sheets it needs.
        codes: the codes of :data:`~gxparse.catalogue.CATALOGUE` that its findings have. What these mean, how grave they
            are and where they come from is written there.
        needs: what it looks at beside the report.
    """

    check: Check
    codes: tuple[str, ...]
    needs: Needs = Needs.NOTHING
