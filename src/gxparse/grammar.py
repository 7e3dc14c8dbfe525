"""The grammars of the folder ``grammars``: for the report, for each table and for cells, each an LALR(1) parser.

A token is a whole cell or paragraph, so that no lexer of Lark runs: :mod:`gxparse.lexer` makes the tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from lark import Lark
from lark.common import LexerConf
from lark.lexer import Lexer

from gxparse.document import Location

#: The grammars of the tables, in the form's order.
TABLES = ("disclosure", "requests", "proceedings")


class Token:
    """A cell or paragraph as the parser sees it: its terminal, its text as printed, its place.

    A token of type ``DISCLOSURE``, ``REQUESTS`` or ``PROCEEDINGS`` is a run of the cells of a table, one of type
    ``CELLS`` the cells behind a label: they are its ``parts``.
    """

    __slots__ = ("location", "parts", "text", "type")

    # What Lark asks of the last token when the input ends.
    start_pos = end_pos = line = column = end_line = end_column = None

    def __init__(self, type: str, text: str, location: Location, parts: tuple[Token, ...] = ()) -> None:
        self.type = type
        self.text = text
        self.location = location
        self.parts = parts

    def __repr__(self) -> str:
        return f"Token({self.type}, {self.text!r})"


#: Cells without any text.
BLANKS = frozenset({"BLANK", "GAP"})
WITHOUT_NUMBER = BLANKS | {"REMARK"}


def is_filled(cells: Iterable[Token]) -> bool:
    """Whether anything but blanks stands in the cells."""
    return any(cell.type not in BLANKS for cell in cells)


class _Handover(Lexer):
    """Hands over tokens that are made already."""

    def __init__(self, conf: LexerConf) -> None:
        pass

    def lex(self, tokens: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]
        # An iterator: with a list, Lark would start over at an error.
        return iter(tokens)


def folder() -> Traversable:
    """Where the grammars are: in the installed package, or at the top of the repository."""
    installed = files("gxparse") / "grammars"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[2] / "grammars"


def _imported(base: str | None, path: str) -> tuple[str, str]:
    source = folder().joinpath(*Path(path).parts)
    return str(source), source.read_text("utf-8")


def load(name: str, **options: Any) -> Lark:
    """A parser for one of the grammars, whose start rule has the name of the file.

    Args:
        name: ``"report"``, ``"cells"`` or one of :data:`TABLES`.
        options: handed on to :class:`lark.Lark`, such as ``transformer``.
    """
    options = {"lexer": _Handover, **options}
    text = folder().joinpath(f"{name}.lark").read_text("utf-8")
    return Lark(text, start=name, parser="lalr", source_path=name, import_paths=[_imported], **options)
