"""ODS: the sheets of an OpenDocument file, which has the text of each cell as it is printed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import count
from xml.etree.ElementTree import Element

from attrs import define, field

from gxparse.readers import limits
from gxparse.readers.colours import WHITE
from gxparse.readers.opendocument import colour_of, count_of, shift_of
from gxparse.readers.workbook.looks import PLAIN, Look, unreadable, unsure
from gxparse.readers.workbook.sheet import Area, Sheet, column_of
from gxparse.readers.workbook.xml import elements, local, values


def sheets(packed: zipfile.ZipFile) -> Iterator[Sheet]:
    """The sheets of an OpenDocument file that are shown."""
    styles = _Styles()
    if "styles.xml" in packed.namelist():
        for element in elements(packed.read("styles.xml"), "style"):
            styles.add(element)
    reading = _Reading(Sheet(1), styles)
    for element in elements(packed.read("content.xml"), "style", *_OF_TABLES):
        name, named = local(element), values(element)
        if name == "style":
            styles.add(element)
        elif name == "table-column":
            reading.take_column(named)
        elif name == "table-row":
            reading.take_row(element, named)
        elif name == "conditional-format":
            if any(_changes(each, styles) for each in element):
                reading.sheet.make_unsure(_areas(named.get("target-range-address", "")), reading.tried)
        elif named.get("style-name") in styles.hidden:
            reading = _Reading(Sheet(reading.sheet.number), styles)
        else:
            yield reading.sheet
            reading = _Reading(Sheet(reading.sheet.number + 1), styles)


_OF_TABLES = ("table-column", "table-row", "table", "conditional-format")


# ── Styles ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_CHAIN = 50


@define
class _Styles:
    """The styles by their families and names, as far as they hide tables, raise text or strike it out."""

    found: dict[tuple[str, str], tuple[str, Mapping[str, str]]] = field(factory=dict)
    hidden: set[str] = field(factory=set)
    formats: set[str] = field(factory=set)
    maps: dict[str, list[str]] = field(factory=dict)

    def add(self, style: Element) -> None:
        """Keeps a style: the one that it is based on, and its properties."""
        named = values(style)
        properties = {key: value for each in style if local(each) != "map" for key, value in values(each).items()}
        self.maps[named.get("name", "")] = [
            values(each).get("apply-style-name", "") for each in style if local(each) == "map"
        ]
        if "data-style-name" in named:
            self.formats.add(named.get("name", ""))
        self.found[named.get("family", ""), named.get("name", "")] = named.get("parent-style-name", ""), properties
        if properties.get("display") == "false":
            self.hidden.add(named.get("name", ""))

    def over(self, look: Look, family: str, name: str | None) -> Look:
        """How text is set that has a style; what the style does not say is as it was."""
        shift, struck, colour = None, None, None
        for _ in range(_CHAIN):
            name, properties = self.found.get((family, name or ""), ("", {}))
            if shift is None and "text-position" in properties:
                shift = shift_of(properties) or {}
            line = properties.get("text-line-through-style") or properties.get("text-line-through-type")
            if struck is None and line:
                struck = line != "none"
            if colour is None and "color" in properties:
                is_automatic = properties.get("use-window-font-color") == "true"
                colour = "" if is_automatic else colour_of(properties["color"])
            if not name:
                break
        return Look(
            look.shift if shift is None else shift,
            look.struck if struck is None else struck,
            look.colour if colour is None else colour,
        )

    def ground(self, outer: str, family: str, name: str | None) -> str:
        """The colour of the ground of what has a style."""
        for _ in range(_CHAIN):
            name, properties = self.found.get((family, name or ""), ("", {}))
            if found := colour_of(properties.get("background-color", "")):
                return found
            if not name:
                break
        return outer

    def changes(self, name: str) -> bool:
        """Whether a style that depends on a condition prints other text than that of the cell, or does not show it."""
        look = self.over(PLAIN, "table-cell", name)
        is_unseen = look.colour == self.ground(WHITE, "table-cell", name)
        return name in self.formats or is_unseen or look.struck or bool(look.shift)

    def is_unsure(self, name: str | None) -> bool:
        """Whether the text of a cell may be repeated, or be changed by its style where a condition holds."""
        _, properties = self.found.get(("table-cell", name or ""), ("", {}))
        return properties.get("repeat-content") == "true" or any(map(self.changes, self.maps.get(name or "", ())))


# ── Rows and cells ───────────────────────────────────────────────────────────────────────────────────────────────────


@define
class _Reading:
    """A sheet that is being read: its styles, the row and the column that come next, and the columns' styles."""

    sheet: Sheet
    styles: _Styles
    row: int = 1
    column: int = 1
    usual: dict[int, str] = field(factory=dict)
    tried: Iterator[int] = field(factory=lambda: count(1))

    def take_column(self, named: Mapping[str, str]) -> None:
        """Reads one or several columns."""
        end = self.column + count_of(named, "number-columns-repeated")
        columns = range(self.column, min(end, limits.MAX_COLUMNS + 1))
        if named.get("visibility", "visible") != "visible":
            self.sheet.hidden_columns |= set(columns)
        if style := named.get("default-cell-style-name"):
            self.usual |= dict.fromkeys(columns, style)
        self.column = end

    def take_row(self, element: Element, named: Mapping[str, str]) -> None:
        """Puts the cells of a row, as often as it is repeated, into the sheet."""
        column = 1
        cells: dict[int, str] = {}
        for cell in element:
            of_cell = values(cell)
            end = column + count_of(of_cell, "number-columns-repeated")
            if local(cell) == "table-cell":
                across, down = count_of(of_cell, "number-columns-spanned"), count_of(of_cell, "number-rows-spanned")
                if across > 1 or down > 1:
                    self.sheet.merge(self.row, column, self.row + down - 1, column + across - 1)
                style = of_cell.get("style-name") or named.get("default-cell-style-name")
                if self._text(cell, of_cell, style):
                    limits.check("列", "Columns", end - 1, limits.MAX_COLUMNS)
                    cells |= {at: self._text(cell, of_cell, style or self.usual.get(at)) for at in range(column, end)}
            column = end
        times = count_of(named, "number-rows-repeated")
        if cells:
            limits.check("单元格", "Cells of all tables", times * len(cells), limits.MAX_CELLS)
            rows = range(self.row, self.row + times)
            for each in rows:
                for at, text in cells.items():
                    self.sheet.put(each, at, text)
            if named.get("visibility", "visible") != "visible":
                self.sheet.hidden_rows |= set(rows)
        self.row += times

    def _text(self, cell: Element, named: Mapping[str, str], style: str | None) -> str:
        """The text of a cell; where a value has none, its print is not known."""
        paragraphs = [each for each in cell if local(each) == "p"]
        if not paragraphs:
            return unreadable(named["value"]) if "value" in named else ""
        look = self.styles.over(PLAIN, "table-cell", style)
        ground = self.styles.ground(WHITE, "table-cell", style)
        text = "\n".join("".join(self._shown(each, look, ground)) for each in paragraphs)
        return unsure(text) if self.styles.is_unsure(style) else text

    def _shown(self, element: Element, look: Look, ground: str) -> Iterator[str]:
        """The text in an element, set as its style says."""
        name = local(element)
        if name in _GAPS:
            yield _GAPS[name]
        elif name not in _BESIDE:
            if style := values(element).get("style-name"):
                family = "paragraph" if name == "p" else "text"
                look, ground = self.styles.over(look, family, style), self.styles.ground(ground, family, style)
            yield look.shown(element.text or "", ground)
            for each in element:
                yield from self._shown(each, look, ground)
                yield look.shown(each.tail or "", ground)


_GAPS = {"s": " ", "tab": "\t", "line-break": "\n"}
# What stands beside the text: a remark, and the pronunciation of a word.
_BESIDE = ("annotation", "ruby-text")


# ── Conditional formats ──────────────────────────────────────────────────────────────────────────────────────────────


def _changes(part: Element, styles: _Styles) -> bool:
    """Whether a part of a conditional format may change the text of cells: by its style, or by leaving it out."""
    named = values(part)
    if local(part) == "condition":
        return styles.changes(named.get("apply-style-name", ""))
    return local(part) in ("data-bar", "icon-set") and named.get("show-value") == "false"


_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})$")


def _areas(addresses: str) -> Iterator[Area]:
    """The areas with these addresses, each with the name of the sheet before its places."""
    places = [_PLACE.search(each) for area in addresses.split() for each in (area.partition(":")[0], area)]
    for first, last in zip(places[::2], places[1::2], strict=True):
        if first and last:
            yield int(first[2]), column_of(first[1]), int(last[2]), column_of(last[1])
