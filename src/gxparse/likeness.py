"""Labels that their text alone does not tell: damaged ones, and those that stand in heads and in rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gxparse.pieces import Piece
from gxparse.vocabulary import Vocabulary, Word


def recognised(run: list[Piece], family: str, vocabulary: Vocabulary) -> Iterator[Piece]:
    """The run, its damaged labels recognised by likeness, numbering and neighbours, its shared labels by neighbours."""
    if "UNKNOWN" in {piece.type for piece in run}:
        above = _neighbours(run, family)
        below = reversed(list(_neighbours(reversed(run), family)))
        run = [
            _by_likeness(piece, family, before, after, vocabulary) if piece.type == "UNKNOWN" else piece
            for piece, before, after in zip(run, above, below, strict=True)
        ]
    label: Word | None = None
    for piece in run:
        if piece.type in _ROWS_BY_ORDER:
            piece = _by_order(piece, label, vocabulary)
        label = piece.word or label
        yield piece


def _neighbours(run: Iterable[Piece], family: str) -> Iterator[dict[bool, Word]]:
    """For each piece the last label of a row before it, and the last head of a column in the same block."""
    last: dict[bool, Word] = {}
    for piece in run:
        yield last
        if piece.word and piece.family == family:
            is_head = piece.word.kind in _HEADS
            last = {**last, is_head: piece.word}
            if not piece.word.kind:
                last.pop(True)


_HEADS = frozenset({"column", "head", "case", "outcome", ""})


def _by_likeness(
    piece: Piece, family: str, above: dict[bool, Word], below: dict[bool, Word], vocabulary: Vocabulary
) -> Piece:
    fitting = [each.word for each in vocabulary.like(piece.text, family) if _fits(each.word, above, below)]
    return piece.turned(fitting[0].name, fitting[0]) if len(fitting) == 1 else piece


def _fits(word: Word, above: dict[bool, Word], below: dict[bool, Word]) -> bool:
    """Whether a word can stand between the labels above and below it, and one of them at least is known."""
    upper, lower = above.get(word.kind in _HEADS), below.get(word.kind in _HEADS)
    if upper and lower and lower.place <= upper.place:
        # The table starts over: what is below says nothing of what is above.
        lower = None
    return bool(above or below) and (not upper or upper.place < word.place) and (not lower or word.place < lower.place)


# Labels that stand in heads and in rows: the row, and the first of the rows it can follow.
_ROWS_BY_ORDER = {"OTHER": ("MISCELLANEOUS", "OTHER_TOTAL"), "TOTAL": ("RESULTS_TOTAL", "OTHER_TOTAL")}


def _by_order(piece: Piece, label: Word | None, vocabulary: Vocabulary) -> Piece:
    """其他 and 总计 are labels of rows where such a row follows on the last label, and heads elsewhere."""
    row, first = (vocabulary.words[name] for name in _ROWS_BY_ORDER[piece.type])
    if label and label.family == row.family and first.place <= label.place < row.place:
        return piece.turned(row.name, row)
    return piece
