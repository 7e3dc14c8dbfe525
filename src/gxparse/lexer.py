"""A document as a sequence of tokens: every paragraph and every cell one, its terminal told by its whole text.

Passes, each of which takes the pieces that the one before it gives:

1. :func:`_pieces` tells what each paragraph and cell is, by its text and its place in its row;
2. :func:`_stacked` and :func:`_joined` put labels together that were cut into several lines or cells;
3. :func:`tokens` gathers the cells of a table into one token of the report's grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from attrs import define, evolve

from gxparse import normalise
from gxparse.document import Cell, Document, Location, Paragraph, Row, Table
from gxparse.grammar import Token
from gxparse.vocabulary import SHARED, Vocabulary, Word

_VALUES = frozenset({"NUMBER", "QUANTITY", "INCREASE", "DECREASE", "NOT_APPLICABLE", "BLANK", "REMARK"})
_FILLED = _VALUES - {"BLANK"}
_REPORT = "report"

_SENTENCE = re.compile(r"[。；！？]|[^0-9.]{60}")
_LONGEST_CUT = 8


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
        return self.type in _VALUES


def tokens(document: Document, vocabulary: Vocabulary) -> Iterator[Token]:
    """The document as tokens of the report's grammar; the cells of a table are the parts of one token."""
    run: list[Piece] = []
    family: str | None = None
    pieces = _Ahead(_joined(_stacked(list(_pieces(document, vocabulary)), vocabulary), vocabulary))
    for piece in pieces:
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
        if piece.family in (None, SHARED, _REPORT):
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


def _pieces(document: Document, vocabulary: Vocabulary) -> Iterator[Piece]:
    rows = 0
    after_table = behind_label = False
    for block in document.blocks:
        if isinstance(block, Paragraph):
            piece = _piece(block, vocabulary, None)
            if after_table and piece.is_value:
                yield Piece("LOST", "", block.location)
            after_table = False
            if piece.type != "UNKNOWN":
                yield piece
            elif behind_label and _ILLEGIBLE.fullmatch(piece.text.strip()):
                piece = evolve(piece, type="REMARK")
                yield piece
            else:
                yield from _run_together(piece, vocabulary)
            behind_label = piece.is_value or (piece.word is not None and piece.word.kind == "row")
        else:
            for row in _unwrapped(block, vocabulary):
                rows += 1
                yield from _row(row, rows, vocabulary)
            after_table = True


def _piece(cell: Paragraph | Cell, vocabulary: Vocabulary, row: int | None) -> Piece:
    text = cell.text
    if len(text) <= normalise.LABEL_LIMIT * 2:
        if value := vocabulary.value(text):
            return Piece(value, text, cell.location, row)
        if word := vocabulary.label(text):
            return Piece(word.name, text, cell.location, row, word)
    elif not normalise.fold_number(text):
        return Piece("BLANK", "", cell.location, row)
    return Piece("UNKNOWN", text, cell.location, row)


# A number that cannot be read: 约4, 429², 38 5, 440余.
_ILLEGIBLE = re.compile(r"[^\d。，；、（）()]{0,2}[+-]?[0-9０-９][0-9０-９.,，\s²³¹⁰-⁹①-⑳\-—~～]*[^\d。，；、]{0,3}")
_LABEL_AND_NUMBERS = re.compile(r"(.*?\D)(\s*)([+-]?[0-9０-９](?:[0-9０-９.,\s+-]*[0-9０-９])?)\s*", re.DOTALL)


def _run_together(piece: Piece, vocabulary: Vocabulary) -> Iterator[Piece]:
    """A line that holds a row's label and its numbers: without white space between them the numbers are a remark."""
    match = _LABEL_AND_NUMBERS.fullmatch(piece.text) if len(piece.text) <= normalise.LABEL_LIMIT else None
    word = vocabulary.label(match[1]) if match else None
    if match is None or word is None or word.kind != "row":
        yield piece
        return
    yield evolve(piece, type=word.name, text=match[1], word=word)
    for number in match[3].split() if match[2] else [match[3]]:
        kind = vocabulary.value(number) if match[2] else None
        yield evolve(piece, type=kind or "REMARK", text=number)


def _row(row: Row, number: int, vocabulary: Vocabulary) -> Iterator[Piece]:
    """The cells of a row: blanks before its label say nothing; a text behind its label is a remark."""
    pieces = [_piece(cell, vocabulary, number) for cell in row.cells]
    first = next((i for i, piece in enumerate(pieces) if piece.type != "BLANK"), None)
    if first is None:
        if len(pieces) > 1:
            yield evolve(pieces[0], type="LOST")
            yield from pieces
        return
    if pieces[first].is_value:
        yield evolve(pieces[first], type="LOST", text="")
        yield from pieces
        return
    if all(piece.type != "UNKNOWN" for piece in pieces):
        yield from pieces[first:]
        return
    family = None
    for piece in _joined(pieces[first:], vocabulary):
        if piece.type == "UNKNOWN" and family in _REMARKED and not _may_be_label(piece.text, family, vocabulary):
            piece = evolve(piece, type="REMARK")
        elif piece.family != SHARED:
            family = piece.family or family
        yield piece


# The tables whose rows begin with a label, so that a text behind it is a remark; section four has heads side by side.
_REMARKED = ("disclosure", "requests")


def _may_be_label(text: str, family: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is a damaged label of the table, or the beginning of one."""
    return bool(vocabulary.like(text, family)) or normalise.label(text) in vocabulary.beginnings


def _unwrapped(table: Table, vocabulary: Vocabulary) -> Iterator[Row]:
    """The rows of a table; a row that only holds the rest of labels begun in the row above is joined to it."""
    above: Row | None = None
    for row in table.rows:
        if above is not None:
            if (whole := _continued(above, row, vocabulary)) is not None:
                above = whole
                continue
            yield above
        above = row
    if above is not None:
        yield above


def _continued(above: Row, below: Row, vocabulary: Vocabulary) -> Row | None:
    cells = []
    nothing = Cell("", Location())
    for upper, lower in zip_longest(above.cells, below.cells, fillvalue=nothing):
        if not lower.text.strip():
            cells.append(upper)
            continue
        if not upper.text.strip() or len(upper.text) + len(lower.text) > normalise.LABEL_LIMIT:
            return None
        whole = upper.text + lower.text
        if vocabulary.value(lower.text) or normalise.label(whole) not in vocabulary.beginnings:
            return None
        cells.append(Cell(whole, upper.location))
    return Row(tuple(cells)) if any(cell.text.strip() for cell in below.cells) else None


# ── Labels cut into several pieces ───────────────────────────────────────────────────────────────────────────────────


def _stacked(pieces: list[Piece], vocabulary: Vocabulary) -> Iterator[Piece]:
    """The pieces, labels put together whose parts stand above and below the values of their row.

    So they do where a label is wrapped and its row's values stand at half its height, as in a printed page.
    """
    used: set[int] = set()
    labelled = 0
    for at, piece in enumerate(pieces):
        if at in used:
            continue
        if piece.type == "LOST" and at < labelled:
            continue
        if piece.type == "UNKNOWN" or _is_open(piece):
            parts = _parts(at, pieces, vocabulary)
            word = vocabulary.spelled(_spelling([pieces[i] for i in parts])) if len(parts) > 1 else None
            if word and (parts[-1] - at >= len(parts) or any(pieces[i].row != piece.row for i in parts)):
                text = "".join(pieces[i].text for i in parts)
                piece = Piece(word.name, text, piece.location, piece.row, word)
            else:
                parts = _note(at, pieces) if piece.word else []
            used.update(parts)
            labelled = max(labelled, *parts) if parts else labelled
        yield piece


_WINDOW = 40


def _parts(at: int, pieces: Sequence[Piece], vocabulary: Vocabulary) -> list[int]:
    """The pieces that go on, in their order, the label that the one at ``at`` begins."""
    parts = [at]
    if _spelling(pieces[at : at + 1]) not in vocabulary.beginnings:
        return parts
    for i in range(at + 1, min(at + _WINDOW, len(pieces))):
        if pieces[i].family == _REPORT or len(parts) == _LONGEST_CUT:
            break
        if pieces[i].type == "UNKNOWN":
            spelling = _spelling([*(pieces[part] for part in parts), pieces[i]])
            if spelling in vocabulary.beginnings:
                parts.append(i)
                if vocabulary.spelled(spelling):
                    break
    return parts


def _note(at: int, pieces: Sequence[Piece]) -> list[int]:
    """The pieces in which an explanation goes on that is open behind the label at ``at``, up to its last bracket."""
    parts = []
    open_brackets = _open_brackets(pieces[at].text)
    for i in range(at + 1, min(at + _WINDOW, len(pieces))):
        if pieces[i].word is not None:
            break
        if pieces[i].type == "UNKNOWN":
            parts.append(i)
            open_brackets += _open_brackets(pieces[i].text)
            if open_brackets <= 0:
                return parts
    return []


def _is_open(piece: Piece) -> bool:
    return piece.word is not None and _open_brackets(piece.text) > 0


def _open_brackets(text: str) -> int:
    return sum(text.count(one) - text.count(other) for one, other in ("（）", "()"))


def _joined(pieces: Iterable[Piece], vocabulary: Vocabulary) -> Iterator[Piece]:
    """The pieces, those put together that make up one label; pieces that are all labels of their own are not."""
    texts: list[Piece] = []
    cut = False
    for piece in pieces:
        if texts and (piece.is_value or piece.type == "LOST" or piece.row != texts[0].row):
            yield from _whole(texts, vocabulary) if cut else texts
            texts, cut = [], False
        if piece.is_value or piece.type == "LOST":
            yield piece
        else:
            texts.append(piece)
            cut = cut or _is_cuttable(piece)
    yield from _whole(texts, vocabulary) if cut else texts


def _whole(texts: Sequence[Piece], vocabulary: Vocabulary) -> Iterator[Piece]:
    """The texts that stand one after another, the most of them put together that make up one label."""
    at = 0
    while at < len(texts):
        whole, end = texts[at], at + 1
        if at + 1 < len(texts) and _spelling(texts[at : at + 1]) not in vocabulary.beginnings:
            yield whole
            at = end
            continue
        for last in range(at + 2, min(at + _LONGEST_CUT, len(texts)) + 1):
            parts = texts[at:last]
            spelling = _spelling(parts)
            if spelling not in vocabulary.beginnings:
                break
            word = vocabulary.spelled(spelling)
            if word and any(_is_cuttable(part) for part in parts):
                text = "".join(part.text for part in parts)
                whole, end = Piece(word.name, text, parts[0].location, parts[0].row, word), last
        yield whole
        at = end


def _spelling(pieces: Sequence[Piece]) -> str:
    if sum(len(piece.text) for piece in pieces) > normalise.LABEL_LIMIT:
        return ""
    return _label("".join(piece.text for piece in pieces))


_label = lru_cache(maxsize=4096)(normalise.label)


def _is_cuttable(piece: Piece) -> bool:
    """Whether a text can be a part of a label: it is none itself, or one that is cut, or a bare number."""
    return piece.type in ("UNKNOWN", "NEW") or (piece.family == _REPORT and len(piece.text.strip()) <= _BARE)


_BARE = 3


# ── Runs of cells ────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_prose(piece: Piece, following: Piece | None) -> bool:
    """Whether an unknown text is no part of a table: a sentence on its own, with no value behind it."""
    if piece.type != "UNKNOWN" or not _SENTENCE.search(piece.text):
        return False
    return following is None or not following.is_value


def _run(run: list[Piece], family: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """The token of a run of cells, and the paragraphs behind it that turned out to be none of it."""
    end = len(run)
    while run[end - 1].type == "UNKNOWN":
        end -= 1
    run, rest = run[:end], run[end:]
    if all(piece.type not in _FILLED and piece.row is None for piece in run) and len(run) < _LONE:
        rest, run = run + rest, []
    if run:
        parts = tuple(Token(piece.type, piece.text, piece.location) for piece in _recognised(run, family, vocabulary))
        yield Token(family.upper(), "", run[0].location, parts)
    for piece in rest:
        yield from _paragraph(piece, vocabulary)


# Fewer labels than these in a run, with no value among them, are a mention of the table and not the table.
_LONE = 4


def _recognised(run: list[Piece], family: str, vocabulary: Vocabulary) -> Iterator[Piece]:
    """The run, its damaged labels recognised by likeness, numbering and neighbours, its shared labels by neighbours."""
    if any(piece.type == "UNKNOWN" for piece in run):
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
    return evolve(piece, type=fitting[0].name, word=fitting[0]) if len(fitting) == 1 else piece


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
        return evolve(piece, type=row.name, word=row)
    return piece


def _paragraph(piece: Piece, vocabulary: Vocabulary) -> Iterator[Token]:
    """A paragraph outside the tables, and behind it what is found in it."""
    if piece.type in {"BLANK", "LOST"}:
        return
    if piece.family == _REPORT:
        yield Token(piece.type, piece.text, piece.location)
        return
    numbering, _ = normalise.split_numbering(normalise.squeeze(piece.text[:8]))
    yield Token("NUMBERED" if numbering else "TEXT", piece.text, piece.location)
    squeezed = normalise.squeeze(piece.text).strip("#*")
    folded = normalise.simplified(squeezed)
    for name, match in vocabulary.passages_in(folded):
        yield Token(name, squeezed[match.start() : match.end()], piece.location)
