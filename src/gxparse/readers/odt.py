"""ODT, the format of LibreOffice, read from its XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.etree import ElementTree

from attrs import evolve, frozen

from gxparse.document import Document
from gxparse.errors import SourceError
from gxparse.readers import limits
from gxparse.readers.colours import WHITE
from gxparse.readers.opendocument import colour_of, count_of, shift_of
from gxparse.readers.packed import unpacked
from gxparse.readers.unreadable import MARK
from gxparse.readers.word.blocks import Block, BlockCell, BlockRow, document_of
from gxparse.readers.word.lists import Numbers, numbered


def read(data: bytes) -> Document:
    """Reads an ODT file.

    Raises:
        SourceError: it is damaged, encrypted or beyond the limits.
    """
    limits.check("文件字节", "Bytes of the file", len(data), limits.MAX_BYTES)
    content = _Content()
    with unpacked(data) as packed:
        names = packed.namelist()
        if b"encryption-data" in (packed.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""):
            raise SourceError("文件已加密，请先去除密码。 The file is encrypted: remove its password first.")
        for name in ("styles.xml", "content.xml"):
            if name in names or name == "content.xml":
                parser = ElementTree.XMLParser(target=content)  # noqa: S314
                parser.feed(packed.read(name))
                parser.close()
    return document_of(content.blocks)


# What is not on the page as part of the text: what was deleted, notes, the cells that others span.
_LEFT_OUT = {
    "text:tracked-changes", "text:note", "text:ruby-text", "text:hidden-text",
    "office:annotation", "office:master-styles", "office:forms", "table:covered-table-cell", "svg:title", "svg:desc",
}  # fmt: skip
_GAPS = {"text:line-break": "\n", "text:tab": "\t", "text:s": " "}

# A frame may hold a picture beside the object that it shows.
_PICTURES = {"drawing:image", "drawing:object", "drawing:object-ole", "drawing:plugin"}
_STYLED = {
    "text:p", "text:h", "text:span", "text:a", "table:table", "table:table-row", "table:table-cell", "text:section"
}  # fmt: skip


@frozen
class _Style:
    """What a style says of its text: whether and how it is shown, and its colour and that of its ground."""

    hidden: bool = False
    shift: Mapping[int, int] | None = None
    struck: bool = False
    colour: str | None = None
    ground: str | None = None

    def within(self, outer: _Style) -> _Style:
        """The style of a text that has this one within another."""
        return _Style(
            shift=self.shift or outer.shift,
            struck=self.struck or outer.struck,
            colour=self.colour or outer.colour,
            ground=self.ground or outer.ground,
        )

    @property
    def is_unseen(self) -> bool:
        """Whether its text has the colour of its ground."""
        return self.colour is not None and self.colour == (self.ground or WHITE)


_PLAIN = _Style()


class _Content:
    """What an XML parser tells its elements to: it keeps the styles, and gathers the blocks that refer to them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        # Of the elements that are open: where their blocks go, their text, their rows, how often they stand.
        self._containers = [self.blocks]
        self._texts: list[list[str]] = []
        self._tables: list[list[BlockRow]] = []
        self._times: list[int] = []
        self._open = [_PLAIN]
        self._left_out = self._cells = 0
        self._is_in_line = False
        # How many texts were open where a paragraph says that it is hidden.
        self._hidden: set[int] = set()
        self._styles: dict[str, _Style] = {}
        self._named = ""
        self._numbers = Numbers()

    def doctype(self, name: str, *_: str | None) -> None:
        """Refuses what no office program writes: a document type can define entities that grow without end."""
        raise SourceError(f"ODT 文件含有文档类型声明，不予读取。 The ODT file declares a document type: {name}.")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        limits.check("嵌套层数", "Levels of nesting", len(self._open) + self._left_out, limits.MAX_NESTING)
        name, values = _short(tag), {key.rpartition("}")[2]: value for key, value in attributes.items()}
        style = self._styles.get(values.get("style-name", ""), _PLAIN) if name in _STYLED else _PLAIN
        if self._left_out or name in _LEFT_OUT or style.hidden or _is_hidden_section(name, values):
            self._left_out += 1
            return
        self._open.append(style.within(self._open[-1]) if style is not _PLAIN else self._open[-1])
        if name in ("text:p", "text:h"):
            self._texts.append([self._numbers.of_paragraph()])
            self._containers.append([])
        elif name in _GAPS and self._texts:
            self._texts[-1].append(_GAPS[name] * min(count_of(values, "c"), limits.MAX_COLUMNS))
        elif name == "text:hidden-paragraph" and values.get("is-hidden") == "true":
            self._hidden.add(len(self._texts))
        elif name == "drawing:frame":
            self._is_in_line = values.get("anchor-type") == "as-char"
        elif name.startswith("drawing:"):
            self._add_picture(name)
        elif name.startswith("table:"):
            self._start_of_table(name, values)
        elif name.startswith("style:"):
            self._start_of_style(name, values)
        else:
            self._numbers.start(name, values)

    def _add_picture(self, name: str) -> None:
        """A picture, an object or a control that stands in the line like a letter."""
        if self._is_in_line and self._texts and name in _PICTURES:
            self._texts[-1].append(MARK)
            self._is_in_line = False

    def _start_of_table(self, name: str, values: dict[str, str]) -> None:
        if name == "table:table":
            self._tables.append([])
            self._texts.append([])
        elif name == "table:table-row":
            self._tables[-1].append([])
            self._times.append(count_of(values, "number-rows-repeated"))
        elif name == "table:table-cell":
            cell = BlockCell(count_of(values, "number-columns-spanned"), count_of(values, "number-rows-spanned"))
            self._containers.append(cell.blocks)
            self._times.append(count_of(values, "number-columns-repeated"))
            self._count_cells(self._times[-1])
            self._tables[-1][-1] += [cell] * self._times[-1]

    def _start_of_style(self, name: str, values: dict[str, str]) -> None:
        if name == "style:style":
            self._named = values.get("name", "")
            self._styles[self._named] = self._styles.get(values.get("parent-style-name", ""), _PLAIN)
        elif self._named and name.endswith("-properties"):
            base = self._styles[self._named]
            if name == "style:text-properties":
                base = _text_style(values, base)
            if "background-color" in values:
                base = evolve(base, ground=colour_of(values["background-color"]))
            self._styles[self._named] = base

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._left_out:
            self._left_out -= 1
            return
        self._open.pop()
        name = _short(tag)
        if name in ("text:p", "text:h"):
            is_hidden = len(self._texts) in self._hidden
            self._hidden.discard(len(self._texts))
            inner, text = self._containers.pop(), numbered(*self._texts.pop())
            self._containers[-1] += [] if is_hidden else [text, *inner]
        elif name == "table:table-cell":
            self._containers.pop()
            self._times.pop()
        elif name == "table:table-row":
            row, more = self._tables[-1][-1], self._times.pop() - 1
            self._count_cells(more * max(1, len(row)))
            self._tables[-1] += [row] * more
        elif name == "table:table":
            self._texts.pop()
            self._containers[-1].append(self._tables.pop())
        elif name == "style:style":
            self._named = ""
        else:
            self._numbers.end(name)

    def data(self, text: str) -> None:
        """The text of an element; line ends and indents of the XML are one blank."""
        if self._texts and not self._left_out:
            style = self._open[-1]
            text = _WHITE_SPACE.sub(" ", text)
            if style.shift:
                text = text.translate(style.shift)
            if text.strip():
                text = f"~~{text}~~" if style.struck else text
                text += MARK if style.is_unseen else ""
            self._texts[-1].append(text)

    def close(self) -> None:
        """The file ends."""

    def _count_cells(self, more: int) -> None:
        self._cells += more
        limits.check("单元格", "Cells of all tables", self._cells, limits.MAX_CELLS)


_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_NAME = re.compile(r".*:xmlns:([a-z]+)[a-z-]*:[\d.]+\}(.+)")


@lru_cache(1000)
def _short(tag: str) -> str:
    """The name of an element with the usual prefix of its name space."""
    match = _NAME.fullmatch(tag)
    return f"{match[1]}:{match[2]}" if match else ""


def _text_style(values: Mapping[str, str], base: _Style) -> _Style:
    shift = shift_of(values) if "text-position" in values else base.shift
    hidden = values["display"] == "none" if "display" in values else base.hidden
    line = values.get("text-line-through-style", values.get("text-line-through-type"))
    struck = base.struck if line is None else line != "none"
    colour = colour_of(values["color"]) if "color" in values else base.colour
    if values.get("use-window-font-color") == "true":
        colour = _AUTOMATIC
    return _Style(hidden, shift, struck, colour, base.ground)


# The colour of text that is seen on any ground.
_AUTOMATIC = "auto"


def _is_hidden_section(name: str, values: Mapping[str, str]) -> bool:
    return name == "text:section" and (values.get("display") == "none" or values.get("is-hidden") == "true")
