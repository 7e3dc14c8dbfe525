"""Text in which a report was extracted, in any of the layouts that extractors write.

A text is read in regions, since its narrative and each of its tables can be laid out in another way:
the layouts themselves are in :mod:`gxparse.readers.layouts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from gxparse.document import Document, Location, Note, Paragraph, Table
from gxparse.readers import layouts, limits
from gxparse.readers.bars import in_bars
from gxparse.readers.lines import Line, cut_off, is_number


def read(text: str) -> Document:
    """Reads a text, its lines ended in any way.

    Returns:
        Its paragraphs and tables. A cell whose row the text does not mark is a paragraph.

    Raises:
        SourceError: it has more lines or cells than the limits allow.
    """
    notes: list[Note] = []
    lines = _lines(text, notes)
    limits.check("行", "Lines", len(lines), limits.MAX_CELLS)
    if '"' in text:
        lines = list(_quoted(lines))
    _cut(lines, notes)
    blocks: list[Paragraph | Table] = []
    tables = cells = 0
    for layout, region in _regions(lines):
        for block in layout(region, tables + 1):
            if isinstance(block, Table):
                tables += 1
                cells += sum([len(row.cells) for row in block.rows])
                limits.check("单元格", "Cells of all tables", cells, limits.MAX_CELLS)
            blocks.append(block)
    return Document(tuple(blocks), tuple(notes))


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_LINE_END = re.compile(r"\r\n?|[\n\x0b\x85\u2028\u2029]")
_ODD_LINE_ENDS = "\r\x0b\x85\u2028\u2029"
_MARK = re.compile(r"\[(?:bookmark|书签)[:：][^\[\]\n]{0,80}\]", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"[-—–－]{1,2} *[0-9]{1,3} *[-—–－]{1,2}"
    r"|第 *[0-9]{1,3} *页(?:[ ，,/]*共 *[0-9]{1,3} *页)?"
    r"|Page +[0-9]{1,3}(?: +of +[0-9]{1,3})?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[0-9]{1,3}")
_DIGITS = "0123456789０１２３４５６７８９"


def _lines(text: str, notes: list[Note]) -> list[Line]:
    """The lines, without page numbers and without what extractors add; ``notes`` gets what is to be said of it."""
    found: list[Line] = []
    # A form feed begins a page, and no line.
    number, column = 1, 1
    for page in text.removeprefix("\ufeff").replace("\x00", "\ufffd").split("\f"):
        printed = texts = _LINE_END.split(page) if any(end in page for end in _ODD_LINE_ENDS) else page.split("\n")
        lines = [Line(line, at) for at, line in enumerate(texts, number)]
        if column > 1:
            lines[0].moved = ((0, number, column),)
        if _MARK.search(page):
            lines = [_unmarked(line, notes) if "[" in line.text else line for line in lines]
            texts = [line.text for line in lines]
        numbers = [i for i, line in enumerate(texts) if line.strip()[:1] in _BEGINS_NUMBER and _is_page_number(line)]
        if left_out := {*numbers, *_foot(texts)}:
            notes += [_page_number_left_out(texts[i].strip(), lines[i]) for i in sorted(left_out)]
            lines = [line for i, line in enumerate(lines) if i not in left_out]
        found += lines
        number, column = number + len(printed) - 1, (column if len(printed) == 1 else 1) + len(printed[-1]) + 1
    return found


def _is_page_number(line: str) -> bool:
    return len(line) < _LONGEST_NUMBER and bool(_PAGE_NUMBER.fullmatch(line.strip()))


_BEGINS_NUMBER = frozenset("-—–－第Pp")
_LONGEST_NUMBER = 60


def _foot(page: Sequence[str]) -> Sequence[int]:
    """The last line of a page, where it holds nothing but a number and stands under the end of a sentence."""
    filled = (i for i in range(len(page) - 1, -1, -1) if page[i].strip())
    last, above = next(filled, None), next(filled, None)
    if last is None or above is None or not _BARE_NUMBER.fullmatch(page[last].strip()):
        return ()
    return (last,) if page[above].strip().endswith(_ENDS) else ()


_ENDS = ("。", "；", "日")


def _unmarked(line: Line, notes: list[Note]) -> Line:
    """A line without extraction marks, and where each of its parts stood."""
    text, start, moved = "", 0, []
    for mark in _MARK.finditer(line.text):
        notes.append(_left_out("提取标记", "an extraction mark", line))
        moved.append((len(text), *line.place(start)))
        text += line.text[start : mark.start()]
        start = mark.end()
    moved.append((len(text), *line.place(start)))
    return Line(text + line.text[start:], line.number, tuple(moved))


def _quoted(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, those joined that stand in one quoted cell of a spreadsheet's row."""
    waiting: list[Line] = []
    for line in lines:
        opens = not waiting and '"' in line.text and len(_OPEN_QUOTE.findall(line.text)) % 2
        if opens or waiting:
            waiting.append(line)
            closes = waiting[1:] and _CLOSING_QUOTE.search(line.text)
            if closes and not _OPEN_QUOTE.search(line.text):
                yield _as_one(waiting)
                waiting = []
            elif len(waiting) > _QUOTED_LINES or not line.text.strip():
                yield from waiting
                waiting = []
        else:
            yield line
    yield from waiting


def _as_one(lines: Sequence[Line]) -> Line:
    """Lines as one with line breaks in it, and where each of them stood."""
    moved, start = [], 0
    for line in lines:
        moved += [(start + at, number, column) for at, number, column in line.moved or ((0, line.number, 1),)]
        start += len(line.text) + 1
    return Line("\n".join(line.text for line in lines), lines[0].number, tuple(moved))


# A quotation mark that begins a cell and is not closed before the cell ends; one that ends a cell.
_OPEN_QUOTE = re.compile(r'(?:^|\t)"(?:[^"\t]|"")*$')
_CLOSING_QUOTE = re.compile(r'^(?:[^"\t]|"")*"(?:\t|$)')
_QUOTED_LINES = 12


def _left_out(what_zh: str, what_en: str, line: Line) -> Note:
    return Note("GX009", f"已略去{what_zh}。", f"Left out: {what_en}.", Location(line.number))


def _ends_in_number(text: str) -> bool:
    """Whether a text ends in a number, and not in a word that has digits in it."""
    before = text.rstrip(f"{_DIGITS},.，．")
    number = text[len(before) :]
    has_digits = any(digit in number for digit in _DIGITS)
    return has_digits and not (number[0] in _DIGITS and before[-1:].isascii() and before[-1:].isalnum())


def _page_number_left_out(number: str, line: Line) -> Note:
    return _left_out(f"页码“{number}”", f"the page number {number!r}", line)


def _cut(lines: list[Line], notes: list[Note]) -> None:
    """Marks a number that a text without a line end ends in: it may go on, and is not to be read as a number."""
    if lines and _ends_in_number(lines[-1].text):
        last = lines[-1]
        lines[-1] = Line(f"{last.text}…", last.number, last.moved)
        notes.append(cut_off(Location(last.number)))


# ── Regions ──────────────────────────────────────────────────────────────────────────────────────────────────────────

# Lines without a bar that may stand between the bars of one table, and how long each may be.
_GAP = 6
_SHORT = 60


def _regions(lines: Sequence[Line]) -> Iterator[tuple[layouts.Layout, Sequence[Line]]]:
    """The text cut into stretches of one layout, each with the function that reads it."""
    kinds = [layouts.kind(line.text) for line in lines]
    for layout, fill in _FILL.items():
        if layout in kinds:
            fill(kinds, lines)
    start = 0
    for kind, group in groupby(kinds):
        end = start + len(list(group))
        yield kind, lines[start:end]
        start = end


def _fill_bars(kinds: list[layouts.Layout], lines: Sequence[Line]) -> None:
    """A few short lines between lines with bars are of the same region."""
    last: int | None = None
    for at, kind in enumerate(kinds):
        if kind is not in_bars:
            continue
        gap = at - last if last is not None else 0
        if 1 < gap <= _GAP + 1 and all(len(line.text) <= _SHORT for line in lines[at - gap : at]):
            kinds[at - gap : at] = [in_bars] * gap
        last = at


def _fill_aligned(kinds: list[layouts.Layout], lines: Sequence[Line]) -> None:
    """A number by itself right under an aligned row may be the rest of a number of that row; words, of its heads."""
    for at in [at for at, kind in enumerate(kinds) if kind is layouts.aligned]:
        heads = layouts.wrapped(lines, at)
        if all(kinds[i] is layouts.loose for i in heads if i != at):
            kinds[heads.start : heads.stop] = [layouts.aligned] * len(heads)
    for at in range(1, len(kinds)):
        if kinds[at] is layouts.loose and kinds[at - 1] is layouts.aligned and is_number(lines[at].text):
            kinds[at] = layouts.aligned


def _fill_indented(kinds: list[layouts.Layout], lines: Sequence[Line]) -> None:
    """A line without tab right under an indented cell is more of that cell; the blank line below a row ends it."""
    for at in [at for at, kind in enumerate(kinds) if at and (kind is layouts.loose or kind is layouts.aligned)]:
        if kinds[at - 1] is layouts.indented:
            above, line = lines[at - 1].text, lines[at].text
            if not line.strip() or (above and layouts.goes_on(above, line)):
                kinds[at] = layouts.indented


# What makes whole the regions of a layout, in the order in which they take lines from others.
_FILL = {in_bars: _fill_bars, layouts.indented: _fill_indented, layouts.aligned: _fill_aligned}
