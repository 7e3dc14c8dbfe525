"""A paragraph or a cell on its way to become a token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import attrgetter

from gxparse import normalise
from gxparse.document import Cell, Location, Paragraph
from gxparse.grammar import Token
from gxparse.vocabulary import Vocabulary, Word

#: The family of the words that are headings.
REPORT = "report"

_VALUES = frozenset({"NUMBER", "QUANTITY", "INCREASE", "DECREASE", "NOT_APPLICABLE", "BLANK", "GAP", "REMARK", "CELLS"})


class Piece(Token):
    """A paragraph or a cell: a token that knows its row and its word, so that it can still become another one.

    Attributes:
        row: the number of its row in the document, ``None`` for a paragraph.
        word: the word of the form that it is; ``None`` for a value or an unknown text.
        family: the grammar its word belongs to.
        is_value: whether it is a cell of values, a number, a blank, a remark; or the cells of values behind a label.
    """

    __slots__ = ("family", "is_value", "row", "word")

    def __init__(
        self, type: str, text: str, location: Location, row: int | None = None, word: Word | None = None
    ) -> None:
        self.type = type
        self.text = text
        self.location = location
        self.parts = ()
        self.row = row
        self.word = word
        self.family = word.family if word is not None else None
        self.is_value = type in _VALUES

    def turned(self, type: str, word: Word | None = None, text: str | None = None) -> Piece:
        """The piece as something else at the same place."""
        return Piece(type, self.text if text is None else text, self.location, self.row, word)


def gathered(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, the cells of values that stand one behind the other made the parts of one."""
    for is_value, group in groupby(pieces, key=attrgetter("is_value")):
        if not is_value:
            yield from group
            continue
        cells = list(group)
        whole = Piece("CELLS", "", cells[0].location, cells[0].row)
        whole.parts = tuple(chain.from_iterable([cell.parts or (cell,) for cell in cells]))
        yield whole


def piece_of(cell: Paragraph | Cell, vocabulary: Vocabulary, row: int | None) -> Piece:
    """What a paragraph or a cell is by its text alone."""
    text = cell.text
    if len(text) <= normalise.LABEL_LIMIT * 2:
        type, word = vocabulary.tell(text)
        return Piece(type, text, cell.location, row, word)
    return Piece("BLANK" if normalise.is_blank(text) else "UNKNOWN", text, cell.location, row)
