"""A document as a sequence of tokens: every paragraph and every cell one, its terminal told by its whole text.

Passes, each of which takes the pieces that the one before it gives:

1. :func:`_pieces` tells what each paragraph and cell is, by its text and its place in its row;
2. :mod:`gxparse.cuts` puts labels together that were cut into several lines or cells;
3. :func:`tokens` gathers the cells of a table into one token of the report's grammar;
4. :mod:`gxparse.likeness` recognises damaged labels among them by the labels around.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gxparse import normalise
from gxparse.cuts import BARE, joined, stacked, unwrapped
from gxparse.document import Document, Paragraph, Row
from gxparse.grammar import BLANKS, Token, is_filled
from gxparse.likeness import recognised
from gxparse.pieces import REPORT, Piece, gathered, piece_of
from gxparse.vocabulary import SHARED, Vocabulary, Word

_SENTENCE = re.compile(r"[。；！？]|[：:]\s*$|[^0-9.]{60}")


def tokens(document: Document, vocabulary: Vocabulary) -> Iterator[Token]:
    """The document as tokens of the report's grammar; the cells of a table are the parts of one token."""
    run: list[Piece] = []
    family: str | None = None
    pieces = _Ahead(joined(stacked(list(gathered(_pieces(document, vocabulary))), vocabulary), vocabulary))
    for piece in pieces:
        if family and _is_left_of_label(piece, pieces.next):
            piece = piece.turned("UNKNOWN")
        if piece.family in (None, SHARED):
            if family and not _is_prose(piece, pieces.next):
                run.append(piece)
                continue
        elif piece.family == family:
            run.append(piece)
            continue
        if family:
            yield from _run(run, family, vocabulary)
            run, family = [], None
        if piece.family in (None, SHARED, REPORT):
            yield from _paragraph(piece, vocabulary)
        else:
            run, family = [piece], piece.family
    if family:
        yield from _run(run, family, vocabulary)


class _Ahead:
    """An iterator that shows the piece after the one it gave."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = iter(pieces)
        self.next: Piece | None = next(self._pieces, None)

    def __iter__(self) -> Iterator[Piece]:
        while (piece := self.next) is not None:
            self.next = next(self._pieces, None)
            yield piece


# ── What each paragraph and cell is ──────────────────────────────────────────────────────────────────────────────────


def _pieces(document: Document, vocabulary: Vocabulary) -> list[Piece]:
    pieces: list[Piece] = []
    rows = 0
    after_table = behind_label = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            piece = piece_of(block, vocabulary, None)
            if after_table and piece.is_value:
                pieces.append(Piece("LOST", "", block.location))
            after_table = False
            if piece.type != "UNKNOWN":
                pieces.append(piece)
            elif behind_label and _is_illegible(piece.text, vocabulary):
                piece = piece.turned("REMARK")
                pieces.append(piece)
            else:
                pieces += _run_together(piece, vocabulary)
            behind_label = piece.is_value or (piece.word is not None and piece.word.kind in _BEFORE_FIGURES)
        else:
            for row in unwrapped(block, vocabulary):
                rows += 1
                pieces += _row(row, rows, vocabulary)
            after_table = True
    return pieces


# The labels right behind which figures stand; those of section four stand behind its heads.
_BEFORE_FIGURES = ("row", "outcome")

# A number that cannot be read: 约4, 429², 38 5, 440余.
_ILLEGIBLE = re.compile(r"[^\d。，；、（）()]{0,2}[+-]?[0-9０-９][0-9０-９.,，\s²³¹⁰-⁹①-⑳\-—~～]*[^\d。，；、]{0,3}")


def _is_illegible(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a number that cannot be read, and not the beginning of a label, such as 4.保护第."""
    return bool(_ILLEGIBLE.fullmatch(text.strip())) and normalise.label(text) not in vocabulary.beginnings


_LABEL_AND_NUMBERS = re.compile(r"(.*?\D)(\s*)([+-]?[0-9０-９](?:[0-9０-９.,\s+-]*[0-9０-９])?)\s*", re.DOTALL)


def _run_together(piece: Piece, vocabulary: Vocabulary) -> Iterator[Piece]:
    """A line that holds a row's label and its numbers: without white space between them the numbers are a remark."""
    match = _LABEL_AND_NUMBERS.fullmatch(piece.text) if len(piece.text) <= normalise.LABEL_LIMIT else None
    word = vocabulary.label(match[1]) if match else None
    if match is None or word is None or word.kind != "row":
        yield piece
        return
    yield piece.turned(word.name, word, match[1])
    for number in _WORD.finditer(piece.text, match.start(3)) if match[2] else [_REST.match(piece.text, match.start(3))]:
        if number:
            kind = vocabulary.value(number[0]) if match[2] else None
            where = piece.location
            column = where.column + number.start() if where.column else None
            yield Piece(kind or "REMARK", number[0], where._replace(column=column), piece.row)


_WORD = re.compile(r"\S+")
_REST = re.compile(r".*\S", re.DOTALL)


def _row(row: Row, number: int, vocabulary: Vocabulary) -> Iterable[Piece]:
    """The cells of a row: blanks before its label say nothing; a text behind its label is a remark."""
    pieces = [piece_of(cell, vocabulary, number) for cell in row.cells]
    first = 0
    while first < len(pieces) and pieces[first].type == "BLANK":
        first += 1
    if first == len(pieces):
        return [pieces[0].turned("LOST"), *pieces] if len(pieces) > 1 else []
    if row.is_ragged:
        pieces = [piece.turned("GAP") if piece.type == "BLANK" else piece for piece in pieces]
    if len(pieces) > _LABELLED and pieces[first].type == "UNKNOWN" and _is_illegible(pieces[first].text, vocabulary):
        pieces[first] = pieces[first].turned("REMARK")
    if pieces[first].is_value:
        return [pieces[first].turned("LOST", text=""), *_without_label(pieces, vocabulary)]
    if pieces[first].type == "UNKNOWN":
        # The head of a column before the first of the form.
        pieces[first].family = _family_of_heads(pieces[first:])
    return _with_remarks(pieces[first:], vocabulary)


# The table of section four, whose rows have no label: their first column is one of values.
_WITHOUT_LABELS = "proceedings"
# Rows of more cells are those of section four, which begin with a figure and have no label.
_LABELLED = 12


def _without_label(pieces: list[Piece], vocabulary: Vocabulary) -> Iterable[Piece]:
    """The cells of a row that begins with a value: a number may stand before its label, but in section four."""
    label = next((at for at, piece in enumerate(pieces) if not piece.is_value), None)
    if label is None:
        return pieces
    if len(pieces) > _LABELLED:
        return [piece if piece.is_value else piece.turned("REMARK") for piece in pieces]
    return [*pieces[:label], *_with_remarks(pieces[label:], vocabulary)]


def _family_of_heads(pieces: list[Piece]) -> str | None:
    """The table of the first known text in a row, where that is the head of a column."""
    for at, piece in enumerate(pieces):
        if piece.is_value and piece.type not in BLANKS:
            break
        if piece.word and (piece.word.kind == "column" or (at == 1 and piece.family == _WITHOUT_LABELS)):
            return piece.family
        if piece.word:
            break
    return None


def _with_remarks(pieces: list[Piece], vocabulary: Vocabulary) -> Iterable[Piece]:
    """The cells of a row from its label on, a text behind the label made a remark.

    Behind a figure nothing is a label, and behind the label of a row only that of another: not what reads like one.
    """
    texts = sum([not piece.is_value for piece in pieces])
    kinds = [piece.word and piece.word.kind for piece in pieces[:texts]]
    if texts == 1 or (None not in kinds and "row" not in kinds[:-1]):
        return pieces
    found: list[Piece] = []
    family: str | None = None
    label: Word | None = None
    has_figures = False
    for piece in joined(pieces, vocabulary):
        if piece.is_value:
            has_figures = has_figures or piece.type not in (BLANKS if label else _WITHOUT_FIGURE)
        elif has_figures or (label and not _is_row(piece.word)) or _is_remark(piece, family, vocabulary):
            piece = piece.turned("REMARK")
        else:
            if piece.family != SHARED:
                family = piece.family or family
            # （六）其他处理 is the label of a row, or of the rows behind it.
            if _is_row(piece.word) and piece.type != "OTHER_TOTAL":
                label = piece.word
        found.append(piece)
    return found


# Where no label is known, 无 may be a part of one: （四） | 无 | 法提供.
_WITHOUT_FIGURE = BLANKS | {"NOT_APPLICABLE"}

# The tables whose rows begin with a label, so that a text behind it is a remark; section four has heads side by side.
_REMARKED = ("disclosure", "requests")


def _is_row(word: Word | None) -> bool:
    return word is not None and word.kind == "row"


def _is_remark(piece: Piece, family: str | None, vocabulary: Vocabulary) -> bool:
    """Whether an unknown text behind a label of the table is neither a damaged label of it nor the beginning of one."""
    if piece.type != "UNKNOWN" or family not in _REMARKED:
        return False
    return not vocabulary.like(piece.text, family) and normalise.label(piece.text) not in vocabulary.beginnings


# ── Runs of cells ────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_prose(piece: Piece, following: Piece | None) -> bool:
    """Whether an unknown text is no part of a table: a sentence on its own, with no value behind it."""
    if piece.type != "UNKNOWN" or not _SENTENCE.search(piece.text):
        return False
    return following is None or not following.is_value


def _is_left_of_label(piece: Piece, following: Piece | None) -> bool:
    """Whether a bare number of a heading is what a page break left of a label: 一、 with values behind it."""
    if piece.family != REPORT or len(piece.text.strip()) > BARE or following is None:
        return False
    return len(following.parts) > 1 and is_filled(following.parts)


def _run(run: list[Piece], family: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """The token of a run of cells, and the paragraphs behind it that turned out to be none of it."""
    end = len(run)
    while run[end - 1].type == "UNKNOWN":
        end -= 1
    run, rest = run[:end], run[end:]
    if (
        len(run) < _LONE
        and sum([len(piece.parts) or 1 for piece in run]) < _LONE
        and not any(piece.row is not None or is_filled(piece.parts) for piece in run)
    ):
        rest, run = run + rest, []
    if run:
        yield Token(family.upper(), "", run[0].location, tuple(recognised(run, family, vocabulary)))
    for piece in rest:
        yield from _paragraph(piece, vocabulary)


# Fewer labels and blanks than these in a run, with no value among them, are a mention of the table and not the table.
_LONE = 4


def _paragraph(piece: Piece, vocabulary: Vocabulary) -> Iterator[Token]:
    """A paragraph outside the tables, and behind it what is found in it."""
    if piece.family == REPORT:
        yield Token(piece.type, piece.text, piece.location)
        return
    for text in piece.parts or (piece,):
        if text.type not in {"BLANK", "GAP", "LOST"}:
            yield from _text(text, vocabulary)


def _text(piece: Token, vocabulary: Vocabulary) -> Iterator[Token]:
    numbering, _ = normalise.split_numbering(normalise.label(piece.text[:8]))
    yield Token("NUMBERED" if numbering else "TEXT", piece.text, piece.location)
    for name, text in vocabulary.passages_in(piece.text):
        yield Token(name, text, piece.location)
