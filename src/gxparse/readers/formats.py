"""Which format a source is in, told by its content, and the reader that reads it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Set
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol

from attrs import frozen

from gxparse import decoding
from gxparse.document import Document
from gxparse.errors import GxparseError, SourceError
from gxparse.readers import limits
from gxparse.readers.compound import Compound
from gxparse.readers.packed import DAMAGED, unpacked
from gxparse.readers.workbook.delimited import delimiter_of, names_its_delimiter

#: Packages may add readers under this group of entry points; each is a :class:`Reader`.
GROUP = "gxparse.readers"


class Reader(Protocol):
    """A reader of another package. It is asked before those of gxparse."""

    def accepts(self, data: bytes) -> bool:
        """Whether it reads this source, told by its content."""

    def read(self, data: bytes) -> Document:
        """Reads the source.

        Raises:
            SourceError: the source cannot be read.
        """


@frozen
class Format:
    """A format: its name, the module of ``gxparse.readers`` that reads it, and the extra that module needs."""

    name: str
    module: str
    extra: str | None = None


_TEXT = Format("text", "plain")
_CSV = Format("CSV", "sheets")
_HTML = Format("HTML", "html", "html")
_DOCX = Format("DOCX", "docx", "docx")
_DOC = Format("DOC or WPS", "doc", "doc")
_ODT = Format("ODT", "odt")
_RTF = Format("RTF", "rtf")
_PDF = Format("PDF", "pdf", "pdf")
_SHEETS = Format("XLSX or ODS", "sheets")
_XLS = Format("XLS", "sheets")

_UNREADABLE = (
    (b"\x89PNG", "图片（PNG）", "a picture (PNG)"),
    (b"\xff\xd8\xff", "图片（JPEG）", "a picture (JPEG)"),
    (b"GIF8", "图片（GIF）", "a picture (GIF)"),
    (b"II*\x00", "图片（TIFF）", "a picture (TIFF)"),
    (b"MM\x00*", "图片（TIFF）", "a picture (TIFF)"),
    (b"BM", "图片（BMP）", "a picture (BMP)"),
    (b"%OFD", "OFD 文件", "an OFD file"),
    (b"\x1f\x8b", "gzip 压缩包", "a gzip archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "a 7z archive"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
)


def read(data: bytes) -> Document:
    """Reads a source in any format that is known.

    Raises:
        SourceError: its format is unknown, it is damaged, beyond the limits, or what reads it is not installed.
    """
    for reader in _plugins():
        if reader.accepts(data):
            return _reading(reader.read, data, Format(getattr(reader, "__name__", type(reader).__name__), ""))
    found = format_of(data)
    return _reading(lambda data: import_module(f"gxparse.readers.{found.module}").read(data), data, found)


def format_of(data: bytes) -> Format:
    """The format of a source.

    Raises:
        SourceError: it is in a format that no reader reads; an archive is named with what is in it.

    >>> format_of(b"%PDF-1.7").name, format_of("规章 | 0 |".encode()).name
    ('PDF', 'text')
    """
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return _PDF
    if data.startswith(b"{\\rtf"):
        return _RTF
    for mark, zh, en in _UNREADABLE:
        if data.startswith(mark) and (mark != b"BM" or b"\x00" in data[:16]):
            raise SourceError(
                f"这是{zh}，无法读取；扫描件请先做文字识别。 This is {en}, which is not read; recognise scans first."
            )
    if _is_markup(data):
        return _HTML
    return _CSV if _is_csv(data) else _TEXT


# ── Detection ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _packed(data: bytes) -> Format:
    with unpacked(data) as packed:
        names = packed.namelist()
        kind = _mimetype(packed) if "mimetype" in names else ""
    if kind.endswith("opendocument.text"):
        return _ODT
    if kind.endswith("opendocument.spreadsheet") or any(name.startswith("xl/workbook") for name in names):
        return _SHEETS
    if any(name.startswith("word/document") and name.endswith(".xml") for name in names):
        return _DOCX
    shown = "、".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    raise SourceError(
        f"这是压缩包，不予解压，请先解压其中的报告。内有：{shown}。 "
        f"This is an archive, which is not unpacked: unpack the report first. It holds: {shown}."
    )


def _mimetype(packed: zipfile.ZipFile) -> str:
    try:
        with packed.open("mimetype") as part:
            return part.read(100).decode("ascii", "replace").strip()
    except DAMAGED:
        return ""


_SHOWN = 20


_ENCRYPTED, _WORD, _EXCEL = "EncryptedPackage", "WordDocument", ("Workbook", "Book")


def _compound(data: bytes) -> Format:
    """The format of an OLE file, told by the names of its streams; those of what is embedded say nothing."""
    names: Set[str]
    try:
        names = Compound.of(data).streams.keys()
    except ValueError:  # It is damaged.
        known = (_ENCRYPTED, _WORD, *_EXCEL)
        names = {name.upper() for name in known if f"{name}\0".encode("utf-16-le") in data}
    if _ENCRYPTED.upper() in names:
        raise SourceError("文件已加密，请先去除密码。 The file is encrypted: remove its password first.")
    return _DOC if _WORD.upper() in names or not any(name.upper() in names for name in _EXCEL) else _XLS


_MARKUP = re.compile(
    rb"\s*<(?:!--|(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|script|style|link|xml)\b)"
    rb"|\s*<\?xml[^>]*>\s*<(?:!doctype\s+)?html"
    rb"|\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|snapshot-content-location):",
    re.IGNORECASE,
)
_MANY_CELLS = 8


def _is_markup(data: bytes) -> bool:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    return bool(_MARKUP.match(head)) or data.count(b"</td>") + data.count(b"</TD>") > _MANY_CELLS


def _is_csv(data: bytes) -> bool:
    """Whether most lines have as many cells as those beside them; tabs may as well stand in a text of any layout."""
    text, _ = decoding.decode(data)
    return delimiter_of(text, columns=3) not in (None, "\t") or names_its_delimiter(text)


# ── Readers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _plugins() -> Iterable[Reader]:
    return tuple(entry.load() for entry in entry_points(group=GROUP))


# What an extension written in Rust raises where its code is at its wits' end; it is no Exception.
_PANIC = "PanicException"


def _reading(read: Callable[[bytes], Document], data: bytes, found: Format) -> Document:
    """What a reader gives, and whatever it raises as an error of the library."""
    try:
        return read(data)
    except GxparseError:
        raise
    except ImportError as error:
        if found.extra is None or (error.name or "").startswith("gxparse"):
            raise
        raise SourceError(
            f'读取 {found.name} 文件需要另装组件，请运行：pip install "gxparse[{found.extra}]" '
            f'Reading {found.name} needs an extra: pip install "gxparse[{found.extra}]"'
        ) from error
    except RecursionError as error:
        raise limits.exceeded("嵌套层数", "Levels of nesting", limits.MAX_NESTING + 1, limits.MAX_NESTING) from error
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        raise SourceError(
            f"{found.name} 文件无法读取，可能已损坏：{error}。 "
            f"The {found.name} file cannot be read and may be damaged: {error}."
        ) from error
