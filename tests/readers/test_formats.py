"""Which reader reads a source is told by its content; archives, pictures and missing extras are spoken of."""

from __future__ import annotations

import io
import sys
import zipfile
from contextlib import suppress
from importlib.metadata import EntryPoint

import pytest

from gxparse import SourceError, parse
from gxparse.document import Document, Location, Paragraph
from gxparse.readers import formats, limits, packed, plain, sheets
from gxparse.readers.formats import format_of
from tests.material import example

TEXT = "青石镇2023年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(*names: str, content: bytes = b"x") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
    return buffer.getvalue()


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(64)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "text"),
        (TEXT.encode("gb18030"), "text"),
        ("规章\t0\t1\t2\n".encode() * 3, "text"),
        ("一、总体情况,,,\n规章,0,1,2\n行政规范性文件,1,0,3\n".encode(), "CSV"),
        ("名称;甲;乙\n规章;1,5;2,5\n行政规范性文件;1;3\n".encode("gb18030"), "CSV"),
        ("名称;甲;乙\r规章;1;2\r".encode("utf-16"), "CSV"),
        ("sep=\t\n规章\t0\t1\n".encode(), "CSV"),
        ("规章\t1,234\t2,345\t3,456\n".encode() * 3, "text"),
        ("本年收到 1,234 件, 办结 2,345 件。\n其中：a, b, c, d, e。\n一, 二, 三。\n".encode(), "text"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (b"\xef\xbb\xbf\n <HTML><body>", "HTML"),
        ("<html><body>规章".encode("utf-16"), "HTML"),
        ("<!-- saved from url=(0020)http://a.example --><html><body>规章".encode("utf-16"), "HTML"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "HTML"),
        (b"<div class='a'><table><tr><td>1</td></tr></table></div>", "HTML"),
        (b"From: <Saved by Blink>\nSnapshot-Content-Location: x\nSubject: y\nMIME-Version: 1.0\n", "HTML"),
        (b"%PDF-1.4\n", "PDF"),
        (b"\n\n%PDF-1.4\n", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (archive("[Content_Types].xml", "word/document.xml"), "DOCX"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "XLSX or ODS"),
        (archive("mimetype", content=b"application/vnd.oasis.opendocument.text"), "ODT"),
        (archive("mimetype", content=b"application/vnd.oasis.opendocument.spreadsheet"), "XLSX or ODS"),
        (stream("WordDocument"), "DOC or WPS"),
        (stream("Workbook"), "XLS"),
    ],
)
def test_the_format_is_told_by_the_content(data, name):
    assert format_of(data).name == name


def test_a_text_with_signs_of_markup_in_it_is_text():
    assert format_of(f"{TEXT}本年 <规章> 0 件，比上年 <= 3。\n".encode()).name == "text"
    assert format_of("一、总体情况，，，\n二、，，，\n三、，，，\n".encode()).name == "text"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"Rar!\x1a\x07", "RAR"),
        (stream("EncryptedPackage"), "encrypted"),
        (b"PK\x03\x04" + bytes(60), "damaged"),
    ],
)
def test_what_cannot_be_read_is_named(data, words):
    with pytest.raises(SourceError, match=words):
        parse(data)


def test_an_archive_is_not_unpacked_and_what_it_holds_is_listed():
    with pytest.raises(SourceError, match="not unpacked") as caught:
        parse(archive("青石镇2022年年报.doc", "青石镇2023年年报.pdf"))
    assert "青石镇2022年年报.doc、青石镇2023年年报.pdf" in str(caught.value)


# ── Limits ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_unpacks_to_too_much_is_refused(monkeypatch):
    data = archive("word/document.xml", content=bytes(3_000_000))
    with pytest.raises(SourceError, match=r"grows.*limit is 150"):
        packed.unpacked(data)
    monkeypatch.setattr(packed, "MAX_UNPACKED", 2_999_999)
    with pytest.raises(SourceError, match="3,000,000, the limit is 2,999,999"):
        packed.unpacked(data)


def test_an_archive_of_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(packed, "MAX_PARTS", 3)
    with pytest.raises(SourceError, match="Parts of the packed file: 4"):
        packed.unpacked(archive("a", "b", "c", "d"))
    assert packed.unpacked(archive("a", "b", "c")).namelist() == ["a", "b", "c"]


def test_a_part_with_a_password_is_refused():
    data = bytearray(archive("word/document.xml"))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(SourceError, match="encrypted"):
        packed.unpacked(bytes(data))


@pytest.mark.parametrize("length", range(4, 120, 7))
def test_an_archive_that_is_cut_off_is_refused(length):
    with pytest.raises(SourceError):
        parse(archive("word/document.xml")[:length])


def test_the_limit_is_said():
    limits.check("页", "Pages", 5, 5)
    with pytest.raises(SourceError, match="Pages: 6, the limit is 5"):
        limits.check("页", "Pages", 6, 5)


# ── Readers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "module", "extra"),
    [
        (b"<html><body>x", "selectolax", "html"),
        (b"%PDF-1.4\n", "pdfplumber", "pdf"),
        (archive("word/document.xml"), "lxml", "docx"),
    ],
)
def test_a_missing_extra_says_what_to_install(monkeypatch, data, module, extra):
    name = format_of(data).module
    for loaded in [
        each for each in sys.modules if each == module or each.startswith((f"{module}.", "gxparse.readers."))
    ]:
        if not loaded.startswith("gxparse") or loaded.startswith((f"gxparse.readers.{name}", "gxparse.readers.word")):
            monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SourceError) as caught:
        parse(data)
    assert f'pip install "gxparse[{extra}]"' in str(caught.value)


class Shouting:
    """A reader of another package, for text that begins with !."""

    @staticmethod
    def accepts(data: bytes) -> bool:
        return data.startswith(b"!")

    @staticmethod
    def read(data: bytes) -> Document:
        if len(data) == 1:
            raise OSError("nothing behind it")
        return Document((Paragraph("一、总体情况", Location()), Paragraph("六、其他需要报告的事项", Location())))


@pytest.fixture
def plugin(monkeypatch):
    formats._plugins.cache_clear()
    entry = EntryPoint("shouting", f"{__name__}:Shouting", formats.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda self: Shouting)
    monkeypatch.setattr(formats, "entry_points", lambda group: [entry] if group == "gxparse.readers" else [])
    yield
    formats._plugins.cache_clear()


@pytest.mark.usefixtures("plugin")
def test_another_package_may_add_a_format():
    assert parse(b"!anything").overview is not None
    assert parse(TEXT.encode()).agency == "青石镇"


@pytest.mark.usefixtures("plugin")
def test_what_a_reader_raises_is_an_error_of_the_library():
    with pytest.raises(SourceError, match="nothing behind it"):
        parse(b"!")


def test_an_archive_that_lost_a_byte_is_refused_or_read():
    data = example("odt").read_bytes()
    for at in range(0, len(data), 401):
        with suppress(SourceError):
            formats.read(data[:at] + data[at + 1 :])


class PanicException(BaseException):
    """What extensions written in Rust raise; each has a class of its own, by this name."""


def test_a_panic_of_an_extension_is_an_error_of_the_library(monkeypatch):
    def panic(data):
        raise PanicException("slice index starts at 2 but ends at 1")

    monkeypatch.setattr(sheets, "read", panic)
    with pytest.raises(SourceError, match="slice index"):
        parse("规章,0,1,2\n行政许可,3,4,5\n行政处罚,3,4,5\n".encode())


def test_who_stops_a_reader_stops_it(monkeypatch):
    def stopped(data):
        raise KeyboardInterrupt

    monkeypatch.setattr(plain, "read", stopped)
    with pytest.raises(KeyboardInterrupt):
        parse(TEXT.encode())
