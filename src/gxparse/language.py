"""The language of the reports, ready for use: its parsers, each with its transformer, and its words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from threading import Lock

from lark import Lark

from gxparse import grammar
from gxparse.grammar import Token
from gxparse.transformer import TRANSFORMERS, Items, Section
from gxparse.vocabulary import Vocabulary

_building = Lock()


def sections(tokens: Iterable[Token]) -> list[Section]:
    """Parses the tokens of a report."""
    found: list[Section] = _parsers()["report"].parse(tokens)  # type: ignore[assignment]
    return found


def items(run: Token) -> Items:
    """Parses the cells of a table, which are the parts of one token of the report."""
    found: Items = _parsers()[run.type.lower()].parse(run.parts)  # type: ignore[assignment]
    return found


def vocabulary() -> Vocabulary:
    """The words of the grammars."""
    with _building:
        return _vocabulary()


# Built on first use, so that importing the library costs nothing; the lock keeps threads from building twice.


def _parsers() -> dict[str, Lark]:
    with _building:
        return _loaded()


@cache
def _loaded() -> dict[str, Lark]:
    return {name: grammar.load(name, transformer=transformer) for name, transformer in TRANSFORMERS.items()}


@cache
def _vocabulary() -> Vocabulary:
    parsers = _loaded()
    return Vocabulary(parsers["report"], {name: parsers[name] for name in grammar.TABLES}, grammar.load("cells"))
