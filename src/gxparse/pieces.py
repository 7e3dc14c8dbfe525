"""A paragraph or a cell on its way to become a token."""

from __future__ import annotations

from attrs import define

from gxparse import normalise
from gxparse.document import Cell, Location, Paragraph
from gxparse.vocabulary import Vocabulary, Word

#: The family of the words that are headings.
REPORT = "report"

VALUES = frozenset({"NUMBER", "QUANTITY", "INCREASE", "DECREASE", "NOT_APPLICABLE", "BLANK", "REMARK"})


@define
class Piece:
    """A paragraph or a cell on its way to become a token.

    Attributes:
        type: its terminal; ``UNKNOWN`` for a text that is no word of the form.
        row: the number of its row in the document, ``None`` for a paragraph.
        word: the word of the form that it is; ``None`` for a value or an unknown text.
    """

    type: str
    text: str
    location: Location
    row: int | None = None
    word: Word | None = None

    @property
    def family(self) -> str | None:
        """The grammar its word belongs to."""
        return self.word.family if self.word else None

    @property
    def is_value(self) -> bool:
        """Whether it is a cell of values: a number, a blank, a remark."""
        return self.type in VALUES


def piece_of(cell: Paragraph | Cell, vocabulary: Vocabulary, row: int | None) -> Piece:
    """What a paragraph or a cell is by its text alone."""
    text = cell.text
    if len(text) <= normalise.LABEL_LIMIT * 2:
        if value := vocabulary.value(text):
            return Piece(value, text, cell.location, row)
        if word := vocabulary.label(text):
            return Piece(word.name, text, cell.location, row, word)
    elif not normalise.fold_number(text):
        return Piece("BLANK", "", cell.location, row)
    return Piece("UNKNOWN", text, cell.location, row)
