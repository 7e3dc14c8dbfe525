"""Labels that a source cuts into several lines or cells, put together again.

The words of the form tell which pieces belong together: a text that is no word, and with which one begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from gxparse import normalise
from gxparse.document import Cell, Location, Row, Table
from gxparse.grammar import is_filled
from gxparse.pieces import REPORT, Piece, gathered
from gxparse.vocabulary import Vocabulary, Word

# The most pieces of one label, and how many pieces they may be scattered over; the values of a row are one piece.
_LONGEST_CUT = 8
_WINDOW = 16
#: The longest text that is a bare number of a heading: 三、
BARE = 3


def unwrapped(table: Table, vocabulary: Vocabulary) -> Iterator[Row]:
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
    """The row above with the rest of its labels, each of which stands in the column of its label."""
    cells: list[Cell] | None = None
    for number, (text, location) in enumerate(below.cells, 1):
        if not text or text.isspace():
            continue
        at = _at(location.cell or number, cells or above.cells)
        upper = (cells or above.cells)[at] if at is not None else _NOTHING
        if not upper.text.strip() or not _is_rest(text, upper.text, vocabulary):
            return None
        cells = cells or list(above.cells)
        cells[at or 0] = Cell(upper.text + text, upper.location)
    return above._replace(cells=tuple(cells)) if cells else None


def _is_rest(text: str, upper: str, vocabulary: Vocabulary) -> bool:
    """Whether a text goes on the label above it, or the explanation in brackets that the label has."""
    if _spelling(upper, text) in vocabulary.beginnings:
        return not vocabulary.value(text)
    if vocabulary.label(text):
        return False
    return _open_brackets(upper) > 0 or (_opens(text) and vocabulary.label(upper) is not None)


def _opens(text: str) -> bool:
    """Whether an explanation in brackets begins with the text and is not at its end there."""
    return text.lstrip()[0] in "(（" and _open_brackets(text) > 0


_NOTHING = Cell("", Location())


def _at(column: int, cells: Sequence[Cell]) -> int | None:
    """The index of the cell that begins in a column."""
    if cells and (cells[0].location.cell or 1) == column:
        return 0
    return next((at for at, cell in enumerate(cells) if (cell.location.cell or at + 1) == column), None)


def stacked(pieces: Sequence[Piece], vocabulary: Vocabulary) -> Sequence[Piece]:
    """The pieces, labels put together whose parts stand above and below the values of their row.

    So they do where a label is wrapped and its row's values stand at half its height, as in a printed page.
    """
    whole: list[Piece] = []
    used: set[int] = set()
    for at, piece in enumerate(pieces):
        if at in used:
            continue
        if piece.type == "UNKNOWN" or _is_open(piece):
            parts = _parts(at, pieces, used, vocabulary)
            word = vocabulary.spelled(_spelling(*(pieces[i].text for i in parts))) if len(parts) > 1 else None
            if word and _is_of_one_row(parts, pieces):
                piece = _put_together([pieces[i] for i in parts], word)
            else:
                parts = _note(at, pieces) if piece.word else []
            used.update(parts)
            # The values right below a part are those of the label; a row further on has lost a label of its own.
            used.update(part + 1 for part in (at, *parts)[:-1] if pieces[part + 1].type == "LOST")
        whole.append(piece)
    return list(gathered(whole)) if used else whole


def _parts(at: int, pieces: Sequence[Piece], used: set[int], vocabulary: Vocabulary) -> list[int]:
    """The pieces that go on, in their order, the label that the one at ``at`` begins."""
    parts = [at]
    text = pieces[at].text
    if _spelling(text) not in vocabulary.beginnings:
        return parts
    for i in range(at + 1, min(at + _WINDOW, len(pieces))):
        if pieces[i].family == REPORT or len(parts) == _LONGEST_CUT:
            break
        if pieces[i].type == "UNKNOWN" and i not in used:
            spelling = _spelling(text, pieces[i].text)
            if spelling in vocabulary.beginnings and not _goes_on(pieces[i], pieces[parts[-1] + 1 : i], vocabulary):
                text += pieces[i].text
                parts.append(i)
                if vocabulary.spelled(spelling):
                    break
    return parts


def _goes_on(piece: Piece, nearer: Iterable[Piece], vocabulary: Vocabulary) -> bool:
    """Whether a piece goes on one that stands nearer before it as well."""
    texts = (each.text for each in nearer if each.type == "UNKNOWN")
    return any(_spelling(text, piece.text) in vocabulary.beginnings for text in texts)


def _is_of_one_row(parts: Sequence[int], pieces: Sequence[Piece]) -> bool:
    """Whether parts that do not stand side by side are those of one label: figures stand behind one of them only."""
    if parts[-1] - parts[0] < len(parts) and all(pieces[i].row == pieces[parts[0]].row for i in parts):
        return False
    behind = [pieces[i + 1] for i in parts if i + 1 < len(pieces)]
    return sum(is_filled(piece.parts) for piece in behind) <= 1


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
    text = piece.text
    return (
        piece.word is not None and ("（" in text or "(" in text) and text[-1] not in ")）" and _open_brackets(text) > 0
    )


def _open_brackets(text: str) -> int:
    return text.count("(") + text.count("（") - text.count(")") - text.count("）")


def joined(pieces: Iterable[Piece], vocabulary: Vocabulary) -> Iterator[Piece]:
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
        text = whole.text
        cuttable = _is_cuttable(whole)
        if end < len(texts) and _spelling(text) in vocabulary.beginnings:
            for last in range(at + 1, min(at + _LONGEST_CUT, len(texts))):
                spelling = _spelling(text, texts[last].text)
                if spelling not in vocabulary.beginnings:
                    break
                text += texts[last].text
                cuttable = cuttable or _is_cuttable(texts[last])
                word = vocabulary.spelled(spelling) if cuttable else None
                if word:
                    whole, end = _put_together(texts[at : last + 1], word), last + 1
        yield whole
        at = end


def _put_together(parts: Sequence[Piece], word: Word) -> Piece:
    """The label that the parts make up, at the place of the first one."""
    return parts[0].turned(word.name, word, "".join(part.text for part in parts))


def _spelling(*parts: str) -> str:
    """The parts as one label in the spelling in which labels are compared; nothing where they are too long for one."""
    return _label("".join(parts)) if sum(map(len, parts)) <= normalise.LABEL_LIMIT else ""


_label = lru_cache(maxsize=4096)(normalise.label)


def _is_cuttable(piece: Piece) -> bool:
    """Whether a text can be a part of a label: it is none itself, or one that is cut, or a bare number."""
    return piece.type in ("UNKNOWN", "NEW") or (piece.family == REPORT and len(piece.text.strip()) <= BARE)
