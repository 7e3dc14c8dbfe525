"""Word processors' older files: DOC and WPS (Word 97–2003), RTF, and ODT, the format of LibreOffice.

ODT is read here. DOC is read by office-oxide, whose tables are right where the file is of a plain kind; what it is
not sure to read right, and RTF, is made ODT by LibreOffice, if that is installed.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

from attrs import define, field, frozen

from gxparse.document import Document, Location, Paragraph, Table
from gxparse.errors import SourceError
from gxparse.readers import limits
from gxparse.readers.grid import Box, table_of
from gxparse.readers.numerals import counted
from gxparse.readers.opendocument import count_of, shift_of
from gxparse.readers.packed import unpacked
from gxparse.readers.scripts import LOWERED_SIGNED, RAISED_SIGNED


def read(data: bytes) -> Document:
    """Reads a file of Word 97–2003 or of WPS, RTF or ODT.

    Raises:
        SourceError: it is damaged or encrypted, or what reads it is not installed.
    """
    limits.check("文件字节", "Bytes of the file", len(data), limits.MAX_BYTES)
    if data.startswith(b"PK"):
        return _odt(data)
    if data.startswith(b"{\\rtf"):
        return _odt(_converted(data, "rtf"))
    return _doc(data)


# ── Blocks as they are gathered ──────────────────────────────────────────────────────────────────────────────────────


@define
class _Cell:
    """A cell while it is read: the texts of its paragraphs and the tables within it."""

    across: int = 1
    down: int = 1
    blocks: list[str | list[_Row]] = field(factory=list)

    def box(self) -> Box:
        return Box("\n".join(block for block in self.blocks if isinstance(block, str)).strip(), self.across, self.down)


_Row = list[_Cell]
_Block = str | list[_Row]


def _document(blocks: Sequence[_Block]) -> Document:
    """The document of these blocks. Rows that hold tables are layout: what is in their cells is given in order."""
    found: list[Paragraph | Table] = []
    waiting = list(reversed(blocks))
    paragraphs = tables = 0
    while waiting:
        block = waiting.pop()
        if isinstance(block, str):
            if text := block.strip():
                paragraphs += 1
                found.append(Paragraph(text, Location(line=paragraphs)))
            continue
        is_layout, rows = _first_stretch(block)
        if block[len(rows) :]:
            waiting.append(block[len(rows) :])
        if is_layout:
            waiting += [inner for row in reversed(rows) for cell in reversed(row) for inner in reversed(cell.blocks)]
        elif any(rows):
            tables += 1
            found.append(table_of([[cell.box() for cell in row] for row in rows], tables))
    return Document(tuple(found))


def _first_stretch(rows: list[_Row]) -> tuple[bool, list[_Row]]:
    """The first rows that are all layout or all data, and whether they are layout."""
    for is_layout, group in groupby(rows, lambda row: any(not isinstance(each, str) for c in row for each in c.blocks)):
        return is_layout, list(group)
    return False, []


# ── DOC ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _doc(data: bytes) -> Document:
    """A file of Word 97–2003: by office-oxide if that is sure to read it right, else by LibreOffice."""
    if _is_encrypted(data):
        raise SourceError("文件已加密，请先去除密码。 The file is encrypted: remove its password first.")
    reason = _doubt(data)
    if not reason:
        try:
            return _document(_oxide(data))
        except _DoubtError as doubt:
            reason = str(doubt)
    return _odt(_converted(data, "doc", reason))


class _DoubtError(Exception):
    """Why what office-oxide gives is not used."""


_OLD, _COMPLEX, _ENCRYPTED = 0x00C1, 0x0004, 0x0100
# What paragraphs are marked with (sprmPFInTable, sprmPItap): they are in a table; in a table within a table.
_IN_TABLE = b"\x16\x24\x01"
_IN_INNER_TABLE = re.compile(rb"\x49\x66[\x02-\xff]\x00\x00\x00")


def _head(data: bytes) -> tuple[int, int]:
    """The version and the flags of a Word file, which stand at the start of one of its sectors; zeros if none has."""
    for start in range(512, len(data) - 12, 512):
        if data[start : start + 2] in (b"\xec\xa5", b"\xdc\xa5"):
            return int.from_bytes(data[start + 2 : start + 4], "little"), int.from_bytes(
                data[start + 10 : start + 12], "little"
            )
    return 0, 0


def _is_encrypted(data: bytes) -> bool:
    return bool(_head(data)[1] & _ENCRYPTED)


def _doubt(data: bytes) -> str:
    """Why office-oxide may not read a file right: it flattens tables within tables."""
    version, flags = _head(data)
    if version < _OLD:
        return "not a file of Word 97–2003"
    if flags & _COMPLEX:
        return "saved in pieces"
    return "a table within a table" if _IN_INNER_TABLE.search(data) else ""


def _oxide(data: bytes) -> list[_Block]:
    """The blocks that office-oxide finds; it begins a table anew where the shape of the rows changes."""
    try:
        oxide = import_module("office_oxide")
    except ImportError as error:
        raise _DoubtError('pip install "gxparse[doc]"') from error
    try:
        found = oxide.Document.from_bytes(data, "doc").to_ir()
    except oxide.OfficeOxideError as error:
        raise _DoubtError(str(error)) from error
    if found["metadata"].get("text_truncated"):
        raise _DoubtError("cut off")
    blocks: list[_Block] = []
    for section in found["sections"]:
        blocks += _joined(_elements(section["elements"]))
    if _IN_TABLE in data and not any(isinstance(block, list) for block in blocks):
        raise _DoubtError("its tables are not found")
    return blocks


def _joined(blocks: Iterable[_Block]) -> Iterator[_Block]:
    """Blocks, tables put together that stand right behind each other: Word parts two tables by a paragraph."""
    for is_table, group in groupby(blocks, lambda block: isinstance(block, list)):
        if is_table:
            yield [row for table in group if isinstance(table, list) for row in table]
        else:
            yield from group


def _elements(elements: Iterable[dict[str, Any]]) -> Iterator[_Block]:
    for element in elements:
        kind = element["type"]
        if kind in ("paragraph", "heading"):
            yield "".join(map(_inline, element["content"]))
        elif kind == "table":
            yield [[_oxide_cell(cell) for cell in row["cells"]] for row in element["rows"]]
        elif kind == "text_box":
            yield from _elements(element["content"])
        elif kind == "list":
            if element.get("ordered"):
                raise _DoubtError("automatic numbers")
            for item in element["items"]:
                yield from _elements(item["content"])
                yield from _elements([item["nested"]] if item.get("nested") else [])


def _oxide_cell(cell: dict[str, Any]) -> _Cell:
    """A cell; which columns and rows it spans is not told reliably, so that each counts as one."""
    blocks = list(_elements(cell["content"]))
    if any(isinstance(block, list) for block in blocks):
        raise _DoubtError("a table within a table")
    return _Cell(blocks=blocks)


def _inline(part: dict[str, Any]) -> str:
    text: str = "\n" if part["type"] == "line_break" else part.get("text") or ""
    aligned = part.get("vertical_align")
    return text.translate(RAISED_SIGNED if aligned == "superscript" else LOWERED_SIGNED) if aligned else text


# ── LibreOffice ──────────────────────────────────────────────────────────────────────────────────────────────────────

_SECONDS = 120
# No macros, no links followed, and for what would be fetched a proxy that does not answer.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", 0),
    ("Inet/Settings", "ooInetProxyType", 2),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", 9),
)


def _profile() -> str:
    """The settings as LibreOffice keeps them."""
    items = (
        f'<item oor:path="/org.openoffice.{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{"".join(items)}</oor:items>'


def _converted(data: bytes, suffix: str, reason: str = "") -> bytes:
    """The file as ODT, made by LibreOffice in a folder that is removed behind it."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SourceError(
            f"读取此 {suffix.upper()} 文件需要 LibreOffice：请从 libreoffice.org 安装，或运行 "
            "apt install libreoffice-writer-nogui；也可用 Word 或 WPS 另存为 .docx。 "
            f"Reading this {suffix.upper()} file{f' ({reason})' * bool(reason)} needs LibreOffice: "
            "install it from libreoffice.org or by apt install libreoffice-writer-nogui; or save the file as .docx."
        )
    with TemporaryDirectory(prefix="gxparse-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target, user = folder / f"report.{suffix}", folder / "report.odt", folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_profile(), "utf-8")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={user.parent.as_uri()}"
        _run([program, profile, "--headless", "--norestore", "--convert-to", "odt", "--outdir", name, str(source)])
        if not target.is_file():
            raise SourceError(
                "LibreOffice 无法读取此文件，可能已损坏。 LibreOffice cannot read the file, which may be damaged."
            )
        limits.check("转换后的字节", "Bytes when converted", target.stat().st_size, limits.MAX_BYTES)
        return target.read_bytes()


def _run(command: Sequence[str]) -> None:
    """Runs a program and what it starts; all are ended when the time is up."""
    own_group = os.name == "posix"
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=own_group) as process:  # noqa: S603
        try:
            process.wait(_SECONDS)
        except BaseException as error:
            with suppress(ProcessLookupError):
                if own_group:
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            raise SourceError(
                f"LibreOffice 在 {_SECONDS} 秒内未能读完此文件。 "
                f"LibreOffice did not read the file in {_SECONDS} seconds."
            ) from error


# ── ODT ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _odt(data: bytes) -> Document:
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
    return _document(content.blocks)


# What is not on the page as part of the text: what was deleted, notes, the cells that others span.
_LEFT_OUT = {
    "text:tracked-changes", "text:note", "text:ruby-text", "text:hidden-text", "text:hidden-paragraph",
    "office:annotation", "office:master-styles", "office:forms", "table:covered-table-cell", "svg:title", "svg:desc",
}  # fmt: skip
_GAPS = {"text:line-break": "\n", "text:tab": "\t", "text:s": " "}

_STYLED = {"text:p", "text:h", "text:span", "text:a"}


@frozen
class _Style:
    """What a style says of its text: that it is not shown, or stands above or below the line."""

    hidden: bool = False
    shift: Mapping[int, int] | None = None


_PLAIN = _Style()


class _Content:
    """What an XML parser tells its elements to: it keeps the styles, and gathers the blocks that refer to them."""

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        # Of the elements that are open: where their blocks go, their text, their rows, how often they stand.
        self._containers = [self.blocks]
        self._texts: list[list[str]] = []
        self._tables: list[list[_Row]] = []
        self._times: list[int] = []
        self._open = [_PLAIN]
        self._left_out = self._cells = 0
        self._styles: dict[str, _Style] = {}
        self._named = ""
        self._numbers = _Numbers()

    def doctype(self, name: str, *_: str | None) -> None:
        """Refuses what no office program writes: a document type can define entities that grow without end."""
        raise SourceError(f"ODT 文件含有文档类型声明，不予读取。 The ODT file declares a document type: {name}.")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        limits.check("嵌套层数", "Levels of nesting", len(self._open) + self._left_out, limits.MAX_NESTING)
        name, values = _short(tag), {key.rpartition("}")[2]: value for key, value in attributes.items()}
        style = self._styles.get(values.get("style-name", ""), _PLAIN) if name in _STYLED else _PLAIN
        if self._left_out or name in _LEFT_OUT or style.hidden:
            self._left_out += 1
            return
        self._open.append(style if style.shift else self._open[-1])
        if name in ("text:p", "text:h"):
            self._texts.append([self._numbers.of_paragraph()])
            self._containers.append([])
        elif name in _GAPS and self._texts:
            self._texts[-1].append(_GAPS[name] * min(count_of(values, "c"), limits.MAX_COLUMNS))
        elif name.startswith("table:"):
            self._start_of_table(name, values)
        elif name.startswith("style:"):
            self._start_of_style(name, values)
        else:
            self._numbers.start(name, values)

    def _start_of_table(self, name: str, values: dict[str, str]) -> None:
        if name == "table:table":
            self._tables.append([])
            self._texts.append([])
        elif name == "table:table-row":
            self._tables[-1].append([])
            self._times.append(count_of(values, "number-rows-repeated"))
        elif name == "table:table-cell":
            cell = _Cell(count_of(values, "number-columns-spanned"), count_of(values, "number-rows-spanned"))
            self._containers.append(cell.blocks)
            self._times.append(count_of(values, "number-columns-repeated"))
            self._count_cells(self._times[-1])
            self._tables[-1][-1] += [cell] * self._times[-1]

    def _start_of_style(self, name: str, values: dict[str, str]) -> None:
        if name == "style:style":
            self._named = values.get("name", "")
            self._styles[self._named] = self._styles.get(values.get("parent-style-name", ""), _PLAIN)
        elif name == "style:text-properties" and self._named:
            self._styles[self._named] = _text_style(values, self._styles[self._named])

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._left_out:
            self._left_out -= 1
            return
        self._open.pop()
        name = _short(tag)
        if name in ("text:p", "text:h"):
            inner = self._containers.pop()
            self._containers[-1] += [_numbered(*self._texts.pop()), *inner]
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
            shift = self._open[-1].shift
            text = _WHITE_SPACE.sub(" ", text)
            self._texts[-1].append(text.translate(shift) if shift else text)

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
    return _Style(values["display"] == "none" if "display" in values else base.hidden, shift)


class _Numbers:
    """The automatic numbers of list items, which are not in the text of a file."""

    def __init__(self) -> None:
        self._styles: defaultdict[str, dict[int, dict[str, str]]] = defaultdict(dict)
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._named = ""
        self._lists: list[str] = []
        self._waiting: int | None = None

    def start(self, name: str, values: dict[str, str]) -> None:
        """A list, an item of one, or the style of one begins."""
        if name == "text:list-style":
            self._named = values.get("name", "")
        elif name == "text:list-level-style-number":
            self._styles[self._named][count_of(values, "level")] = values
        elif name == "text:list":
            style = values.get("style-name") or (self._lists[-1] if self._lists else "")
            if not self._lists and not {"continue-list", "continue-numbering"} & values.keys():
                self._counts[style].clear()
            self._lists.append(style)
        elif name == "text:list-item":
            self._waiting = count_of(values, "start-value") if "start-value" in values else 0

    def end(self, name: str) -> None:
        """A list or an item ends."""
        if name == "text:list":
            self._lists.pop()
        elif name == "text:list-item":
            self._waiting = None

    def of_paragraph(self) -> str:
        """The number of a paragraph that begins, if it is the first of an item."""
        if self._waiting is None or not self._lists:
            return ""
        style, level = self._lists[-1], len(self._lists)
        levels, counts = self._styles[style], self._counts[style]
        first = count_of(levels.get(level, {}), "start-value")
        counts[level] = self._waiting or counts.get(level, first - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        self._waiting = None
        return _label(levels, counts, level)


def _numbered(number: str, *parts: str) -> str:
    """A text behind its automatic number, which is not to become part of a number in the text."""
    text = "".join(parts)
    first = text.lstrip()[:1]
    if not first or not number:
        return text
    return f"{number} {text}" if first.isdigit() or first in "+-.,．，" else number + text


def _label(levels: Mapping[int, Mapping[str, str]], counts: Mapping[int, int], level: int) -> str:
    """The number of an item as it is printed; nothing for a bullet."""
    if level not in levels:
        return ""
    values = levels[level]
    shown = range(level - count_of(values, "display-levels") + 1, level + 1)
    form = values.get("num-list-format") or (
        values.get("num-prefix", "") + ".".join(f"%{each}%" for each in shown) + values.get("num-suffix", "")
    )

    def numeral(match: re.Match[str]) -> str:
        at = int(match[1])
        return _numeral(counts.get(at, 1), levels.get(at, {}).get("num-format", ""))

    return _PLACE.sub(numeral, form) if values.get("num-format") else ""


_PLACE = re.compile(r"%(\d{1,2})%")


def _numeral(number: int, form: str) -> str:
    """A number in the numerals of a list.

    >>> [_numeral(12, form) for form in ("1", "一, 二, 三, ...", "①, ②, ③, ...", "a")]
    ['12', '十二', '⑫', 'l']
    """
    if form.startswith("一") and number < 100:
        return counted(number)
    for first, most in (("①", 20), ("㈠", 10), ("a", 26), ("A", 26)):
        if form.startswith(first) and number <= most:
            return chr(ord(first) + number - 1)
    return str(number)
