"""XLSX: the sheets of a workbook, read from its XML.

What is wrong with a cell costs that cell: its number, its style, its text or its place is not to be read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import TypeAlias, TypeVar
from xml.etree.ElementTree import Element

from attrs import evolve, frozen

from gxparse.readers import limits
from gxparse.readers.colours import WHITE, is_white
from gxparse.readers.lines import is_number
from gxparse.readers.scripts import LOWERED_SIGNED, RAISED_SIGNED
from gxparse.readers.workbook.codes import BUILT_IN, EPOCH, EPOCH_1904, printed, printed_text
from gxparse.readers.workbook.looks import PLAIN, Look, Style, unreadable, unsure
from gxparse.readers.workbook.sheet import Area, Sheet, column_of
from gxparse.readers.workbook.xml import FALSE, TRUE, elements, local

# A text in parts, each with how it is set; a part that does not say so is set as its cell.
_Text: TypeAlias = Sequence[tuple[str, Look | None]]
_T = TypeVar("_T")


_GENERAL = Style("General", PLAIN)


@frozen
class _Book:
    """What the cells of a workbook refer to, and whether its formulas are reckoned anew when it is opened."""

    strings: Sequence[_Text]
    styles: Sequence[Style]
    changes: Sequence[bool]
    epoch: datetime = EPOCH
    is_reckoned_anew: bool = False

    def style(self, number: str) -> Style | None:
        """A style by its number; all cells have the same where the workbook describes none."""
        return _at(self.styles, number) if self.styles else _GENERAL


def sheets(packed: zipfile.ZipFile) -> Iterator[Sheet]:
    """The sheets of a workbook that are shown."""
    names = {name.lower(): name for name in packed.namelist()}

    def parts(name: str, *tags: str) -> Iterator[Element]:
        return elements(packed.read(names[name]), *tags) if name in names else iter(())

    related: dict[str, tuple[str, str]] = {}
    for each in parts("xl/_rels/workbook.xml.rels", "Relationship"):
        kind, target = each.get("Type", "").rpartition("/")[2], each.get("Target", "").lower()
        related[each.get("Id", "")] = kind, target[1:] if target.startswith("/") else f"xl/{target}"
    paths = dict(related.values())
    strings = [_runs(each) for each in parts(paths.get("sharedStrings", ""), "si")]
    groups = parts(paths.get("styles", ""), "numFmts", "fonts", "fills", "cellXfs", "dxfs")
    book = _Book(strings, *_styles(groups))
    listed: list[tuple[str, str]] = []
    for each in parts("xl/workbook.xml", "workbookPr", "sheet", "calcPr"):
        if each.get("date1904") in TRUE:
            book = evolve(book, epoch=EPOCH_1904)
        if each.get("fullCalcOnLoad") in TRUE or each.get("calcCompleted") in FALSE:
            book = evolve(book, is_reckoned_anew=True)
        relation = next((value for key, value in each.items() if key.endswith("}id")), "")
        if each.get("state", "visible") == "visible":
            listed.append(related.get(relation, ("", "")))
    shown = dict.fromkeys(path for kind, path in listed if kind == "worksheet")
    for number, path in enumerate(shown, 1):
        yield _worksheet(parts(path, *_OF_SHEETS), number, book)


_OF_SHEETS = ("sheetView", "col", "row", "mergeCell", "conditionalFormatting")


# ── Styles and texts ─────────────────────────────────────────────────────────────────────────────────────────────────


def _styles(groups: Iterable[Element]) -> tuple[list[Style], list[bool]]:
    """The styles by the numbers that cells refer to, and which of those that depend on conditions change the text."""
    codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
    fonts: list[Look] = []
    grounds: list[str] = []
    found: list[Style] = []
    changes: list[bool] = []
    for group in groups:
        kind = local(group)
        if kind == "numFmts":
            codes |= {each.get("numFmtId", ""): each.get("formatCode", "General") for each in group}
        elif kind == "fonts":
            fonts += map(_look, group)
        elif kind == "fills":
            grounds += map(_ground, group)
        elif kind == "dxfs":
            changes += map(_is_change, group)
        else:
            for each in group:
                look, ground = _at(fonts, each.get("fontId", "0")), _at(grounds, each.get("fillId", "0"))
                fills = any(part.get("horizontal") == "fill" for part in each)
                code = codes.get(each.get("numFmtId", "0"))
                found.append(Style(code, look or PLAIN, WHITE if ground is None else ground, fills))
    return found, changes


def _look(font: Element) -> Look:
    """How a font sets text."""
    found = {local(each): each.get("val", "true") for each in font}
    colour = next((_colour(each) for each in font if local(each) == "color"), None)
    return Look(_SHIFTS.get(found.get("vertAlign", "")), found.get("strike", "0") not in FALSE, colour)


def _colour(element: Element) -> str | None:
    """A colour, by its parts or its place in a list; of a theme the first is that of the page."""
    rgb, theme, index = element.get("rgb"), element.get("theme"), element.get("indexed")
    if rgb:
        return WHITE if is_white(rgb[-6:]) else rgb[-6:].upper()
    if (theme == "0" and not element.get("tint", "0").strip("-+0.")) or index in ("1", "9"):
        return WHITE
    return f"{theme} {index} {element.get('tint')}" if theme or index else None


def _ground(fill: Element) -> str:
    """The colour that a fill gives to its ground, no colour if it has several."""
    pattern = next((each for each in fill if local(each) == "patternFill"), None)
    kind = pattern.get("patternType", "solid") if pattern is not None else ""
    if pattern is None or kind != "solid":
        return WHITE if kind == "none" else ""
    named = {local(each): _colour(each) for each in pattern}
    # What depends on conditions names its colour otherwise.
    return named.get("fgColor") or named.get("bgColor") or WHITE


def _is_change(changed: Element) -> bool:
    """Whether a style that depends on a condition prints other text than that of the cell, or lets it not be seen."""
    parts = {local(each): each for each in changed}
    look = _look(parts["font"]) if "font" in parts else PLAIN
    is_unseen = look.colour == (_ground(parts["fill"]) if "fill" in parts else WHITE)
    return "numFmt" in parts or is_unseen or look.struck or look.shift is not None


_SHIFTS = {"superscript": RAISED_SIGNED, "subscript": LOWERED_SIGNED}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _runs(element: Element) -> _Text:
    """The parts of a text, without its pronunciation."""
    found: list[tuple[str, Look | None]] = []
    for part in element:
        name = local(part)
        if name == "t":
            found.append((part.text or "", None))
        elif name == "r":
            look = next((_look(each) for each in part if local(each) == "rPr"), None)
            found.append(("".join(each.text or "" for each in part if local(each) == "t"), look))
    return [(_ESCAPED.sub(_character, text) if "_x" in text else text, look) for text, look in found]


def _character(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))


# ── Rows and cells ───────────────────────────────────────────────────────────────────────────────────────────────────


def _worksheet(parts: Iterable[Element], number: int, book: _Book) -> Sheet:
    sheet = Sheet(number)
    shows_zeros = True
    row = 0
    tried = count(1)
    for part in parts:
        name = local(part)
        if name == "sheetView":
            shows_zeros = part.get("showZeros") not in FALSE
        elif name == "col" and (part.get("hidden") in TRUE or _is_nought(part.get("width"))):
            last = min(int(part.get("max", "0")), limits.MAX_COLUMNS)
            sheet.hidden_columns |= set(range(int(part.get("min", "1")), last + 1))
        elif name == "mergeCell":
            first, _, end = part.get("ref", "").partition(":")
            start, stop = _place(first), _place(end or first)
            if start and stop:
                sheet.merge(*map(min, start, stop), *map(max, start, stop))
        elif name == "conditionalFormatting":
            if any(_changes(each, book) for each in part.iter()):
                sheet.make_unsure(_covered(part), tried)
        elif name == "row":
            row = _row(part, row + 1, sheet, book, shows_zeros=shows_zeros)
    return sheet


def _changes(element: Element, book: _Book) -> bool:
    """Whether a part of a conditional format may change the text of cells: by its style, or by leaving it out."""
    name = local(element)
    if name == "cfRule" and (number := element.get("dxfId")) is not None:
        return _at(book.changes, number) is not False
    return (name in ("dataBar", "iconSet") and element.get("showValue") in FALSE) or (
        name == "dxf" and _is_change(element)
    )


def _covered(element: Element) -> Iterator[Area]:
    """The areas that a conditional format covers; newer formats name them in an element."""
    named = [each.text or "" for each in element.iter() if local(each) == "sqref"]
    for area in " ".join([element.get("sqref", ""), *named]).split():
        first, _, end = area.partition(":")
        start, stop = _place(first), _place(end or first)
        if start and stop:
            yield *start, *stop


def _is_nought(size: str | None) -> bool:
    return size is not None and not size.strip("0.")


def _row(element: Element, following: int, sheet: Sheet, book: _Book, *, shows_zeros: bool) -> int:
    """Puts the cells of a row into the sheet; its number, which itself or a cell of it names, or that follows."""
    places = [_place(cell.get("r", "")) for cell in element]
    named = _index(element.get("r", ""))
    row = named or next((place[0] for place in places if place), following)
    is_lost = "r" in element.keys() and not named and not any(places)  # noqa: SIM118
    column = 0
    for cell, place in zip(element, places, strict=True):
        is_here = place[0] == row if place else "r" not in cell.keys() and not is_lost  # noqa: SIM118
        column = place[1] if place and is_here else column + 1
        text = _cell(cell, book, shows_zeros=shows_zeros)
        sheet.put(row, column, text if is_here or not text else unreadable(text))
    if element.get("hidden") in TRUE or _is_nought(element.get("ht")):
        sheet.hidden_rows.add(row)
    return row


_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def _place(reference: str) -> tuple[int, int] | None:
    """The row and the column of a cell.

    >>> _place("AB12")
    (12, 28)
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    return int(match[2]), column_of(match[1])


def _index(number: str) -> int | None:
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def _at(found: Sequence[_T], number: str) -> _T | None:
    """What stands at a place that is counted from 0, if there is any."""
    at = _index(number)
    return found[at] if at is not None and at < len(found) else None


def _cell(cell: Element, book: _Book, *, shows_zeros: bool) -> str:
    """The text of a cell as it is printed. A formula that was never reckoned is given itself."""
    if not len(cell):
        return ""
    parts = {local(part): part for part in cell}
    value = (parts["v"].text or "").strip() if "v" in parts else ""
    kind = cell.get("t", "n")
    style = book.style(cell.get("s", "0"))
    if kind in _KINDS_OF_TEXT:
        text = _text(kind, parts, book)
        if text is None or style is None:
            return unreadable("".join(each for each, _ in text) if text else value)
        shown = printed_text("".join(style.shown(each, look) for each, look in text), style.code)
        return unsure(shown) if "f" in parts and book.is_reckoned_anew else shown
    if not value:
        return f"={parts['f'].text or ''}" if "f" in parts else ""
    if "f" in parts and book.is_reckoned_anew:
        return unreadable(value)
    if kind == "b" and value in (*TRUE, *FALSE):
        return "TRUE" if value in TRUE else "FALSE"
    if kind in ("d", "e") and not is_number(value):
        return value
    if kind != "n" or style is None or not _NUMBER.fullmatch(value):
        return unreadable(value)
    number = Decimal(value)
    return style.shown(printed(number, style.code, book.epoch)) if number or shows_zeros else ""


_KINDS_OF_TEXT = ("s", "str", "inlineStr")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def _text(kind: str, parts: dict[str, Element], book: _Book) -> _Text | None:
    """The text of a cell, which may stand among the texts of the workbook; nothing where it is not there."""
    if kind == "inlineStr":
        return _runs(parts["is"]) if "is" in parts else ()
    value = parts["v"].text or "" if "v" in parts else None
    if kind == "str":
        return [(value if value is not None else f"={parts['f'].text or ''}" if "f" in parts else "", None)]
    return _at(book.strings, value.strip()) if value is not None else ()
