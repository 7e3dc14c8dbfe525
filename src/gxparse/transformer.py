"""Parse trees → what the tables and the sections hold: one method for each rule of the grammars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias

from attrs import field, frozen
from lark import Transformer

from gxparse.grammar import Token, is_filled

__all__ = ["TRANSFORMERS", "Item", "Items", "Passage", "Section"]


@frozen
class Item:
    """A label of a table with the values that stand behind it.

    Attributes:
        kind: the rule of the grammar: ``row``, ``column``, ``head``, ``group``, ``block``, ``unknown``, ``shared``, or
            ``figures`` where the values have no label.
        label: the label; ``None`` where the values have none.
        values: the cells behind the label.
    """

    kind: str = "figures"
    label: Token | None = None
    values: tuple[Token, ...] = ()

    @property
    def is_filled(self) -> bool:
        """Whether anything but blanks stands behind the label."""
        return is_filled(self.values)


Items: TypeAlias = list[Item]


class _Cells(Transformer[Token, Items]):
    """What the grammars of the tables have in common."""

    __default__ = None  # type: ignore[assignment]

    def figures(self, children: list[Token]) -> Item:
        return Item(values=_parts(children))


class _Table(_Cells):
    """The items of a table, in the order in which they are printed."""

    stray = _Cells.figures

    def row(self, children: list[Token]) -> Item:
        return _labelled("row", children)

    def column(self, children: list[Token]) -> Item:
        return _labelled("column", children)

    def head(self, children: list[Token]) -> Item:
        return _labelled("head", children)

    def group(self, children: list[Token]) -> Item:
        return _labelled("group", children)

    def shared(self, children: list[Token]) -> Item:
        return _labelled("shared", children)

    def unknown(self, children: list[Token]) -> Item:
        return _labelled("unknown", children)

    def opening(self, children: list[Token]) -> Item:
        return _labelled("block", children)

    def disclosure(self, children: Items) -> Items:
        return children

    def requests(self, children: Items) -> Items:
        return children


class _Proceedings(_Cells):
    """The heads and the rows of figures of section four."""

    row = _Cells.figures

    def heads(self, children: list[Token]) -> Items:
        return [Item("head", child) for child in children]

    def part(self, children: list[Item | Items]) -> Items:
        return _flat(children)

    def proceedings(self, children: list[Item | Items]) -> Items:
        return _flat(children)


def _labelled(kind: str, children: list[Token]) -> Item:
    label, *cells = children
    return Item(kind, label, _parts(cells))


def _parts(children: list[Token]) -> tuple[Token, ...]:
    return tuple(chain.from_iterable([child.parts for child in children]))


def _flat(children: Sequence[Item | Items]) -> Items:
    items: Items = []
    for child in children:
        if isinstance(child, Item):
            items.append(child)
        else:
            items.extend(child)
    return items


@frozen
class Passage:
    """A paragraph, or a run of the cells of a table; ``details`` are what is found in the paragraph."""

    token: Token
    details: tuple[Token, ...] = ()


@frozen
class Section:
    """What stands under a heading, or before the first one (``heading`` is ``None``)."""

    heading: Token | None
    passages: tuple[Passage, ...] = field(default=())


class _Report(Transformer[Token, list[Section]]):
    """The sections of a report, in the order in which they are printed."""

    __default__ = None  # type: ignore[assignment]

    def paragraph(self, children: list[Token]) -> Passage:
        return Passage(children[0], tuple(children[1:]))

    def table(self, children: list[Token]) -> Passage:
        return Passage(children[0])

    def section(self, children: list[Token | Passage]) -> Section:
        heading = next(child for child in children if isinstance(child, Token))
        return Section(heading, tuple(child for child in children if isinstance(child, Passage)))

    def report(self, children: list[Section | Passage]) -> list[Section]:
        opening = Section(None, tuple(child for child in children if isinstance(child, Passage)))
        return [opening, *(child for child in children if isinstance(child, Section))]


#: The transformer of each grammar; none of them keeps a state.
TRANSFORMERS: Mapping[str, Transformer[Token, Any]] = {
    "report": _Report(),
    "disclosure": _Table(),
    "requests": _Table(),
    "proceedings": _Proceedings(),
}
