"""DOC, RTF and ODT: what is read, what is refused, and what is left to LibreOffice."""

import io
import os
import random
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import suppress
from html import escape
from pathlib import Path

import pytest

import gxparse
from gxparse import GxparseError, SourceError
from gxparse.document import Paragraph, Table
from gxparse.readers import doc, formats
from gxparse.readers.odt import read as read_odt
from gxparse.readers.word import libreoffice
from tests.compound import compound
from tests.layouts import FORMS, Grid, distinct, outline, sample
from tests.material import example, soffice


@pytest.fixture
def without_libreoffice(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)


# ── Whole reports ────────────────────────────────────────────────────────────────────────────────────────────────────


def html(report) -> str:
    def table(grid: Grid) -> str:
        rows = ("".join(f"<td colspan={b.across} rowspan={b.down}>{escape(b.text)}</td>" for b in r) for r in grid.rows)
        return f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    body = "".join(table(b) if isinstance(b, Grid) else f"<p>{escape(b.text)}</p>" for b in outline(report))
    return f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'


def reports():
    return {form: distinct(sample(form), seed=number, blanks=0.2) for number, form in enumerate(FORMS)}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder with the reports of all forms as LibreOffice writes them."""
    program, folder = soffice(), tmp_path_factory.mktemp("written")
    for form, report in reports().items():
        (folder / f"{form}.html").write_text(html(report), "utf-8")
    for source, suffix in (("html", "odt"), ("odt", "doc"), ("odt", "rtf")):
        files = sorted(map(str, folder.glob(f"*.{source}")))
        reader = ["--infilter=HTML (StarWriter)"] if source == "html" else []
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", *reader, "--convert-to", suffix, "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("suffix", ["odt", "doc", "rtf"])
def test_every_cell_is_read_as_it_was_written(written, form, suffix):
    report, found = reports()[form], gxparse.parse(written / f"{form}.{suffix}")
    assert {cell.path: cell.value for cell in found.cells()} == {cell.path: cell.value for cell in report.cells()}
    assert found.findings == ()
    assert (found.title, found.agency, found.year, found.issued_on) == (
        report.title,
        report.agency,
        report.year,
        report.issued_on,
    )


@pytest.mark.parametrize("suffix", ["odt", "doc"])
def test_the_example_is_the_same_in_every_format(suffix, without_libreoffice):
    assert gxparse.parse(example(suffix)) == gxparse.parse(example("txt"))


@pytest.mark.parametrize("suffix", ["odt", "doc"])
def test_the_value_stands_at_the_place_named(suffix):
    data = example(suffix).read_bytes()
    cells = [
        cell
        for block in formats.read(data).blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    ]
    places = {cell.location: cell.text for cell in cells}
    assert len(places) == len(cells)
    checked = [cell for cell in gxparse.parse(data).cells() if cell.raw]
    assert len(checked) > 190
    for cell in checked:
        assert (cell.path, places[cell.location].strip()) == (cell.path, cell.raw.strip())


# ── ODT ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "svg": "svg-compatible", "manifest": "manifest", "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
STYLES = (
    '<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="down"><style:text-properties style:text-position="-33% 58%"/></style:style>'
    '<style:style style:name="level"><style:text-properties style:text-position="0% 100%"/></style:style>'
    '<style:style style:name="child" style:parent-style-name="up"/>'
    '<style:style style:name="struck"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="gone"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="white"><style:text-properties fo:color="#FFFFFF"/></style:style>'
    '<style:style style:name="auto">'
    '<style:text-properties fo:color="#FFFFFF" style:use-window-font-color="true"/></style:style>'
    '<style:style style:name="dark"><style:text-properties fo:background-color="#000080"/></style:style>'
    '<style:style style:name="darkcell"><style:table-cell-properties fo:background-color="#000080"/></style:style>'
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-list-format="（%2%）"/>'
    '<text:list-level-style-bullet text:level="3"/></text:list-style>'
    '<text:list-style style:name="D">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>'
)


def content(body: str, start: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{start}<office:document-content {SPACES}>'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def odt(body: str, **parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", body if body.startswith("<?xml") else content(body))
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text: str, **spans: int) -> str:
    named = "".join(f' table:number-{name.replace("_", "-")}="{value}"' for name, value in spans.items())
    return f"<table:table-cell{named}><text:p>{text}</text:p></table:table-cell>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def blocks(body: str) -> list:
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[(each.text, each.location.cell) for each in row.cells] for row in block.rows]
        for block in read_odt(odt(body)).blocks
    ]


def texts(body: str) -> list[str]:
    return [text for text in blocks(body) if isinstance(text, str)]


PICTURE = '<draw:frame text:anchor-type="as-char"><draw:image/></draw:frame>'


def test_spans_and_blank_cells_are_kept():
    covered = "<table:covered-table-cell><text:p>9</text:p></table:covered-table-cell>"
    body = table(
        row(cell("规章", columns_spanned=2), covered, cell("1"), cell("")),
        row(cell("其他", rows_spanned=2), cell("甲"), cell(""), cell("2")),
        row(covered, cell("乙"), cell("3"), cell("4")),
    )
    assert blocks(body) == [
        [
            [("规章", 1), ("1", 3), ("", 4)],
            [("其他", 1), ("甲", 2), ("", 3), ("2", 4)],
            [("乙", 2), ("3", 3), ("4", 4)],
        ]
    ]


def test_head_rows_and_repeated_cells_are_cells_of_the_table():
    body = table(
        f"<table:table-header-rows>{row(cell('头'), cell('', columns_repeated=3))}</table:table-header-rows>",
        "<table:table-row table:number-rows-repeated='2'>" + cell("1", columns_repeated=2) + "</table:table-row>",
    )
    assert blocks(body) == [[[("头", 1), ("", 2), ("", 3), ("", 4)], [("1", 1), ("1", 2)], [("1", 1), ("1", 2)]]]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("12</text:p><text:p>15", "12\n15"),
        ("12<text:line-break/>15", "12\n15"),
        ("12<text:tab/>15", "12\t15"),
        ('12<text:s text:c="2"/>15', "12  15"),
        ("<text:span>1</text:span>2<text:bookmark/><text:soft-page-break/>", "12"),
        ('35<text:span text:style-name="up">2</text:span>', "35²"),
        ('35<text:span text:style-name="child"><text:span>2</text:span></text:span>', "35²"),
        ('35<text:span text:style-name="down">2</text:span>', "35₂"),
        ('35<text:span text:style-name="level">2</text:span>', "352"),
        ('35<text:span text:style-name="gone">2</text:span>', "35"),
        ("35<text:note><text:note-citation>2</text:note-citation><text:p>注</text:p></text:note>", "35"),
        ("35<office:annotation><text:p>2</text:p></office:annotation>", "35"),
        ("35<draw:frame><svg:title>2</svg:title></draw:frame>", "35"),
        (f"1{PICTURE}5", "1\ufffc5"),
        (PICTURE, "\ufffc"),
        (f"{PICTURE}规章", "规章"),
        (PICTURE.replace("as-char", "paragraph") + "5", "5"),
        ('1<text:span text:style-name="white">2</text:span>', "12\ufffc"),
        ('<text:span text:style-name="white">规章</text:span>', "规章"),
        ('<text:span text:style-name="dark"><text:span text:style-name="white">12</text:span></text:span>', "12"),
        ('<text:span text:style-name="white"><text:span text:style-name="auto">12</text:span></text:span>', "12"),
        ('12</text:p><text:p><text:hidden-paragraph text:is-hidden="true"/>34', "12"),
        ('12</text:p><text:p><text:hidden-paragraph text:is-hidden="false"/>34', "12\n34"),
        ('9<text:span text:style-name="struck">1</text:span>2', "9~~1~~2"),
        ("3<text:change-start/>5<text:change-end/><text:change/>", "35"),
    ],
)
def test_the_text_of_a_cell(inner, text):
    assert blocks(table(row(cell(inner)))) == [[[(text, 1)]]]


def test_white_text_is_seen_in_a_dark_cell():
    white = '<text:span text:style-name="white">12</text:span>'
    dark = cell(white).replace("<table:table-cell", '<table:table-cell table:style-name="darkcell"')
    assert blocks(table(row(cell("甲"), dark, cell(white)))) == [[[("甲", 1), ("12", 2), ("12\ufffc", 3)]]]


def test_hidden_sections_are_left_out():
    body = "".join(
        f"<text:section {how}>{table(row(cell('甲'), cell(str(at))))}</text:section>"
        for at, how in enumerate(
            ['text:display="none"', 'text:display="condition" text:is-hidden="true"', 'text:display="true"', ""]
        )
    )
    assert blocks(body) == [[[("甲", 1), ("2", 2)]], [[("甲", 1), ("3", 2)]]]


def test_a_picture_is_no_text_of_a_paragraph():
    assert texts(f"<text:p>{PICTURE}</text:p><text:p>{PICTURE}总体</text:p>") == ["总体"]


def test_line_ends_of_the_xml_are_blanks():
    assert texts("<text:p>\n  12\n  15\n</text:p>")[0].split() == ["12", "15"]
    assert "\n" not in texts("<text:p>12\n15</text:p>")[0]


def test_deleted_text_is_left_out():
    deleted = "<text:changed-region><text:deletion><text:p>99</text:p></text:deletion></text:changed-region>"
    assert texts(f"<text:tracked-changes>{deleted}</text:tracked-changes><text:p>甲</text:p><text:p> </text:p>") == [
        "甲"
    ]


def test_headers_and_footers_are_left_out():
    footer = "<style:master-page><style:footer><text:p>- 1 -</text:p></style:footer></style:master-page>"
    master = f"<office:master-styles>{footer}</office:master-styles>"
    styles = f"<office:document-styles {SPACES}>{master}</office:document-styles>"
    assert [block.text for block in read_odt(odt("<text:p>甲</text:p>", styles_xml=styles)).blocks] == ["甲"]


def test_a_text_box_stands_behind_its_paragraph():
    box = f"<draw:frame><draw:text-box><text:p>框</text:p>{table(row(cell('1')))}</draw:text-box></draw:frame>"
    assert blocks(f"<text:p>甲{box}乙</text:p>") == ["甲乙", "框", [[("1", 1)]]]


def test_automatic_numbers_are_given():
    def item(text: str, inner: str = "") -> str:
        return f"<text:list-item><text:p>{text}</text:p><text:p>续</text:p>{inner}</text:list-item>"

    inner = f"<text:list>{item('丙')}{item('丁')}</text:list>"
    first = f'<text:list text:style-name="L">{item("甲")}{item("乙", inner)}</text:list>'
    second = f'<text:list text:style-name="L" text:continue-numbering="true">{item("戊", inner)}</text:list>'
    third = f'<text:list text:style-name="L">{item("己")}</text:list>'
    found = [text for text in texts(first + second + third) if text != "续"]
    assert found == ["一、甲", "二、乙", "（1）丙", "（2）丁", "三、戊", "（1）丙", "（2）丁", "一、己"]


def test_an_automatic_number_never_becomes_part_of_a_value():
    items = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in ("5", ""))
    listed = f'<table:table-cell><text:list text:style-name="D">{items}</text:list></table:table-cell>'
    assert blocks(table(row(listed))) == [[[("1. 5", 1)]]]


def test_a_table_that_lays_out_the_page_is_given_as_what_it_holds():
    inner = table(row(cell("规章"), cell("1")))
    body = table(
        row(f"<table:table-cell><text:p>甲</text:p>{inner}<text:p>乙</text:p></table:table-cell>"), row(cell("丙"))
    )
    assert blocks(body) == ["甲", [[("规章", 1), ("1", 2)]], "乙", [[("丙", 1)]]]


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


MANY_ROWS = '<table:table-row table:number-rows-repeated="400000">'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (odt(content("<text:p>&a;</text:p>", '<!DOCTYPE x [<!ENTITY a "1">]>')), "document type"),
        (odt("<text:span>" * 300 + "</text:span>" * 300), "nesting"),
        (odt(table(row(cell("1", columns_repeated=900_000)))), "Cells"),
        (odt(table(*[MANY_ROWS + cell("1") + "</table:table-row>"] * 2)), "Cells"),
        (odt("", **{"META-INF__manifest_xml": f"<manifest:encryption-data {SPACES}/>"}), "encrypted"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused(data, said):
    with pytest.raises(SourceError, match=said):
        gxparse.parse(data)


def test_layers_of_tables_are_refused_and_not_walked():
    body = ("<table:table><table:table-row><table:table-cell>" * 90) + (
        "</table:table-cell></table:table-row></table:table>" * 90
    )
    with pytest.raises(SourceError, match="nesting"):
        gxparse.parse(odt(body))


def test_spaces_do_not_multiply():
    assert len(texts('<text:p>甲<text:s text:c="999999999"/>乙</text:p>')[0]) < 1000


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("suffix", ["odt", "doc"])
def test_damaged_files_raise_nothing_else(suffix, seed, without_libreoffice):
    chance = random.Random(seed)
    data = bytearray(example(suffix).read_bytes())
    if seed % 4 == 0:
        del data[chance.randrange(8, len(data)) :]
    for _ in range(seed % 4 * 5):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    with suppress(GxparseError):
        gxparse.parse(bytes(data))


def test_damaged_content_raises_nothing_else():
    with zipfile.ZipFile(example("odt")) as packed:
        whole = packed.read("content.xml").decode()
    for end in range(100, len(whole), len(whole) // 25):
        with pytest.raises(GxparseError):
            gxparse.parse(odt(whole[:end]))


# ── DOC, and what is left to LibreOffice ─────────────────────────────────────────────────────────────────────────────

NESTED = b"\x49\x66\x02\x00\x00\x00"


def doc_with(at: int, value: int) -> bytes:
    """The example with another value of two bytes in the head of the file."""
    data = bytearray(example("doc").read_bytes())
    start = data.find(b"\xec\xa5", 512) + at
    data[start : start + 2] = value.to_bytes(2, "little")
    return bytes(data)


def test_an_encrypted_file_is_refused():
    with pytest.raises(SourceError, match="encrypted"):
        gxparse.parse(doc_with(10, 0x0100))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: doc_with(2, 0x0065), "not a file of Word 97"),
        (lambda: doc_with(10, 0x0004), "saved in pieces"),
        (lambda: example("doc").read_bytes() + NESTED, "a table within a table"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(5000), "not a file of Word 97"),
    ],
)
def test_what_is_not_sure_to_be_read_right_is_not_read(make, reason, without_libreoffice):
    with pytest.raises(SourceError, match=reason) as caught:
        gxparse.parse(make())
    assert "libreoffice-writer-nogui" in str(caught.value)
    assert ".docx" in str(caught.value)


def head(flags: int) -> bytes:
    """The beginning of the text of a Word file."""
    return b"\xec\xa5" + struct.pack("<H6xH", 0x00C1, flags)


@pytest.mark.parametrize(("flags", "embedded", "said"), [(0x0104, 0, "encrypted"), (0x0004, 0x0100, "saved in pieces")])
def test_a_word_file_that_is_embedded_says_nothing_of_the_file(flags, embedded, said, without_libreoffice):
    with pytest.raises(SourceError, match=said):
        gxparse.parse(compound(Pool__WordDocument=head(embedded), WordDocument=head(flags)))


@pytest.mark.parametrize(
    ("elements", "reason"),
    [
        ([{"type": "paragraph", "content": []}], "tables are not found"),
        ([{"type": "image"}, {"type": "paragraph", "content": []}], "a picture may be a figure"),
        ([{"type": "list", "ordered": True, "items": []}], "automatic numbers"),
        ([{"type": "table", "rows": [{"cells": [{"content": [{"type": "table", "rows": []}]}]}]}], "within a table"),
    ],
)
def test_what_office_oxide_finds_is_doubted(elements, reason, monkeypatch, without_libreoffice):
    oxide = pytest.importorskip("office_oxide")

    class Found:
        @staticmethod
        def from_bytes(*_):
            return Found()

        def to_ir(self):
            return {"metadata": {}, "sections": [{"elements": elements}]}

    monkeypatch.setattr(oxide, "Document", Found)
    with pytest.raises(SourceError, match=reason):
        gxparse.parse(example("doc").read_bytes() + "1\x01".encode("utf-16-le"))


def test_raised_and_struck_digits_and_items_of_lists_in_doc():
    def paragraph(*parts):
        return {"type": "paragraph", "content": [{"type": "text", **part} for part in parts]}

    raised = paragraph({"text": "35"}, {"text": "2", "vertical_align": "superscript"})
    inner = {"type": "list", "ordered": False, "items": [{"content": [paragraph({"text": "乙"})]}]}
    listed = {"type": "list", "ordered": False, "items": [{"content": [paragraph({"text": "甲"})], "nested": inner}]}
    broken = paragraph({"text": "1"}, {"type": "line_break"}, {"text": "2"})
    struck = paragraph({"text": "9"}, {"text": "1", "strikethrough": True})
    box = {"type": "text_box", "content": [paragraph({"text": "框"})]}
    assert list(doc._elements([raised, listed, broken, struck, box])) == ["35²", "甲", "乙", "1\n2", "9~~1~~", "框"]


def test_rtf_without_libreoffice_says_what_to_install(without_libreoffice):
    with pytest.raises(SourceError, match="libreoffice") as caught:
        gxparse.parse(b"{\\rtf1 1}")
    assert "另存为 .docx" in str(caught.value)


def test_doc_without_its_extra_says_so(monkeypatch, without_libreoffice):
    monkeypatch.setitem(sys.modules, "office_oxide", None)
    with pytest.raises(SourceError, match=r"gxparse\[doc\]"):
        gxparse.parse(example("doc"))
    assert gxparse.parse(example("odt")).findings == ()


def test_libreoffice_reads_what_is_not_sure(monkeypatch, tmp_path):
    soffice()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert gxparse.parse(example("doc").read_bytes() + NESTED) == gxparse.parse(example("txt"))
    assert list(tmp_path.iterdir()) == []


def test_libreoffice_opens_no_connection():
    soffice()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        picture = f"<img src='http://127.0.0.1:{server.getsockname()[1]}/1.png'>"
        # LibreOffice goes by the content; with the settings it is installed with, it fetches the picture.
        assert libreoffice.converted(f"<html><body><p>1{picture}</p></body></html>".encode(), "doc").startswith(b"PK")
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.skipif(os.name != "posix", reason="the program that stands for LibreOffice is a shell script")
def test_a_conversion_that_does_not_end_is_ended_with_all_it_started(monkeypatch, tmp_path):
    slow, started = tmp_path / "soffice", tmp_path / "started"
    slow.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {started}\nwait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(slow))
    monkeypatch.setattr(libreoffice, "_SECONDS", 1)
    with pytest.raises(SourceError, match="did not read the file"):
        gxparse.parse(b"{\\rtf1 1}")
    child = int(started.read_text())
    time.sleep(0.2)
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


@pytest.mark.skipif(os.name != "posix", reason="the program that stands for LibreOffice is a shell script")
def test_a_conversion_that_yields_nothing_is_an_error(monkeypatch, tmp_path):
    idle = tmp_path / "soffice"
    idle.write_text("#!/bin/sh\nexit 1\n")
    idle.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(idle))
    with pytest.raises(SourceError, match="cannot read the file"):
        gxparse.parse(b"{\\rtf1 1}")
