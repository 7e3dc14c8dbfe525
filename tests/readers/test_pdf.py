"""PDF: what is painted becomes paragraphs and tables again; what is a scan, encrypted or hostile is refused."""

from __future__ import annotations

import hashlib
import io
import logging
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import accumulate
from typing import TypeAlias

import pdfplumber
import pytest
from attrs import define, field
from hypothesis import given, settings
from hypothesis import strategies as st

from gxparse import GxparseError, SourceError, parse
from gxparse.cuts import unwrapped
from gxparse.document import Cell, Document, Location, Paragraph, Row, Table
from gxparse.language import vocabulary
from gxparse.readers import pdf
from gxparse.readers.portable import glyphs, opening, operators, painting
from gxparse.records import Report
from tests.layouts import (
    FORMS,
    Box,
    Grid,
    Kind,
    Line,
    Outline,
    display_width,
    distinct,
    outline,
    sample,
    wrap,
)

# ── Writing PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────

WIDTH, HEIGHT = 595, 842
PADDING = b"(\xbfN^Nu\x8aAd\x00NV\xff\xfa\x01\x08..\x00\xb6\xd0h>\x80/\x0c\xa9\xfedSiz"
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    "/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/Ascent 880"
    "/Descent -120/CapHeight 880/ItalicAngle 0/StemV 80/FontBBox[-25 -254 1000 880]>>>>]>>"
)


Area: TypeAlias = tuple[float, float, float, float]


@define
class Sheet:
    """A page to be painted: distances are from its left and top."""

    width: float = WIDTH
    height: float = HEIGHT
    paint: list[str] = field(factory=list)
    extra: str = ""

    def text(self, x: float, top: float, text: str, size: float = 10, **how: object) -> None:
        """Text; ``how`` gives its ``matrix`` and the ``mode`` to render it."""
        code = text.encode("utf-16-be").hex()
        y = self.height - top - size * 0.88
        matrix, mode = how.get("matrix", "1 0 0 1"), how.get("mode", 0)
        self.paint.append(f"BT /F {size} Tf {mode} Tr {matrix} {x} {y} Tm <{code}> Tj ET")

    def cut(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Lets nothing be seen outside of an area, until the state is restored."""
        self.paint.append(f"q {x0} {self.height - bottom} {x1 - x0} {bottom - top} re W n")

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.paint.append(f"{x0} {self.height - top} m {x1} {self.height - bottom} l S")

    def box(self, x0: float, top: float, x1: float, bottom: float, how: str = "S") -> None:
        self.paint.append(f"{x0} {self.height - bottom} {x1 - x0} {bottom - top} re {how}")

    def grid(self, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]], size: float = 10) -> None:
        """A plain table; a line break in a text begins a line of the cell."""
        for row, cells in enumerate(texts):
            for column, text in enumerate(cells):
                self.box(xs[column], ys[row], xs[column + 1], ys[row + 1])
                self.lines((xs[column], ys[row], xs[column + 1], ys[row + 1]), text.split("\n"), size)

    def lines(self, area: Area, lines: Sequence[str], size: float = 10) -> None:
        """Lines in the middle of a cell."""
        x0, top, x1, bottom = area
        first = (top + bottom - len(lines) * size * 1.2) / 2
        for number, line in enumerate(lines):
            if line:
                self.text((x0 + x1 - display_width(line) * size / 2) / 2, first + number * size * 1.2, line, size)


def written(
    *sheets: Sheet, font: str = FONT, key: bytes = b"", trailer: str = "", streams: Iterable[bytes] = ()
) -> bytes:
    """The file with these pages and more streams behind them, encrypted with a key."""
    for name in ("Adobe", "GB1") if key else ():
        font = font.replace(f"({name})", f"<{rc4(object_key(key, 3), name.encode()).hex()}>")
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(sheets)))
    objects: list[tuple[str, bytes | None]] = [
        ("<</Type/Catalog/Pages 2 0 R>>", None),
        (f"<</Type/Pages/Count {len(sheets)}/Kids[{kids}]>>", None),
        (font, None),
    ]
    for at, sheet in enumerate(sheets):
        objects.append(
            (
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width} {sheet.height}]/Contents {5 + 2 * at} 0 R"
                f"/Resources<</Font<</F 3 0 R>>>>{sheet.extra}>>",
                None,
            )
        )
        objects.append(("", zlib.compress("\n".join(sheet.paint).encode())))
    objects += [("", stream) for stream in streams]
    found = io.BytesIO()
    found.write(b"%PDF-1.4\n")
    places = []
    for number, (words, stream) in enumerate(objects, 1):
        places.append(found.tell())
        found.write(f"{number} 0 obj\n{words}".encode())
        if stream is not None:
            if key:
                stream = rc4(object_key(key, number), stream)
            found.write(f"<</Length {len(stream)}/Filter/FlateDecode>>stream\n".encode() + stream + b"\nendstream")
        found.write(b"\nendobj\n")
    start = found.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    found.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    found.write(f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode())
    return found.getvalue()


def object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]


def rc4(key: bytes, data: bytes) -> bytes:
    """The oldest encryption of PDF."""
    state, other = list(range(256)), 0
    for at in range(256):
        other = (other + state[at] + key[at % len(key)]) % 256
        state[at], state[other] = state[other], state[at]
    found, at, other = bytearray(), 0, 0
    for byte in data:
        at = (at + 1) % 256
        other = (other + state[at]) % 256
        state[at], state[other] = state[other], state[at]
        found.append(byte ^ state[(state[at] + state[other]) % 256])
    return bytes(found)


def encrypted(sheet: Sheet, password: bytes) -> bytes:
    """The file with a page that is opened by a password."""
    padded = (password + PADDING)[:32]
    owner = rc4(hashlib.md5((b"owner" + PADDING)[:32]).digest()[:5], padded)
    key = hashlib.md5(padded + owner + b"\xfc\xff\xff\xff" + b"0" * 16).digest()[:5]
    user = rc4(key, PADDING)
    trailer = (
        f"/ID[<{(b'0' * 16).hex()}><{(b'0' * 16).hex()}>]"
        f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{user.hex()}>>>"
    )
    return written(sheet, key=key, trailer=trailer)


# ── Reports ──────────────────────────────────────────────────────────────────────────────────────────────────────────

LEFT, RIGHT, TOP, SIZE, PITCH = 72.0, 522.0, 72.0, 10.0, 18.0
SHARES = {"disclosure": (3, 2, 2, 2), "requests": (2, 3, 9, *[2] * 7), "proceedings": (1,) * 15}


@define
class Printer:
    """Prints an outline on pages: paragraphs wrapped and indented, tables ruled and cut by the ends of pages."""

    height: float = HEIGHT
    numbers: bool = True
    head: str = ""
    frame: bool = False
    closed: bool = True
    extra: str = ""
    rules: str = "all"
    sheets: list[Sheet] = field(factory=list)
    top: float = 0.0

    def sheet(self) -> Sheet:
        self.sheets.append(Sheet(height=self.height, extra=self.extra))
        number, sheet = len(self.sheets), self.sheets[-1]
        if self.numbers:
            sheet.text(290, self.height - 40, f"- {number} -")
        if self.head:
            sheet.text(200, 30, self.head)
        if self.frame:
            sheet.box(LEFT - 20, TOP - 20, RIGHT + 20, self.height - 45)
        self.top = TOP
        return sheet

    def room(self, height: float) -> Sheet:
        return self.sheet() if not self.sheets or self.top + height > self.height - TOP else self.sheets[-1]

    def line(self, line: Line) -> None:
        size = {Kind.TITLE: 16.0, Kind.HEADING: 12.0}.get(line.kind, SIZE)
        indent = "" if line.kind is Kind.TITLE else "\u3000\u3000"
        for text in wrap(indent + line.text, int((RIGHT - LEFT) / size * 2)):
            self.room(PITCH).text(
                LEFT + size * (len(text) - len(text.lstrip("\u3000"))), self.top, text.strip("\u3000"), size
            )
            self.top += PITCH

    def table(self, grid: Grid) -> None:
        shares = list(accumulate(SHARES[grid.name], initial=0))
        xs = [LEFT + (RIGHT - LEFT) * share / shares[-1] for share in shares]
        boxes = placed(grid)
        texts = [wrap(box.text, int((xs[at + box.across] - xs[at] - 4) / SIZE * 2)) for _, at, box in boxes]
        heights = [0] * len(grid.rows)
        for (row, _, box), text in zip(boxes, texts, strict=True):
            heights[row] = max(heights[row], len(text) * 13 + 6 if box.down == 1 else 19)
        self.top += 6
        first = 0
        while first < len(heights):
            self.room(heights[first])
            ys = list(accumulate(heights[first:], initial=self.top))
            last = first + max(1, sum(y <= self.height - TOP for y in ys[1:]))
            for (row, at, box), text in zip(boxes, texts, strict=True):
                start, end = max(row, first), min(row + box.down, last)
                if start < end:
                    area = xs[at], ys[start - first], xs[at + box.across], ys[end - first]
                    self.cell(area, top_open=start > row, bottom_open=end < row + box.down)
                    self.sheets[-1].lines(area, text if start == row else [])
            self.top = ys[last - first] if last == len(heights) else self.height
            first = last
        self.top += 6

    def cell(self, area: Area, *, top_open: bool, bottom_open: bool) -> None:
        x0, top, x1, bottom = area
        if self.rules == "none":
            return
        if self.rules == "across":
            self.sheets[-1].rule(x0, bottom, x1, bottom)
            return
        self.sheets[-1].rule(x0, top, x0, bottom)
        self.sheets[-1].rule(x1, top, x1, bottom)
        if self.closed or not top_open:
            self.sheets[-1].rule(x0, top, x1, top)
        if self.closed or not bottom_open:
            self.sheets[-1].rule(x0, bottom, x1, bottom)


def placed(grid: Grid) -> list[tuple[int, int, Box]]:
    """The boxes of a grid, each with its row and its column."""
    found, taken = [], set()
    for row, boxes in enumerate(grid.rows):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            found.append((row, column, box))
            taken |= {(row + down, column + across) for down in range(box.down) for across in range(box.across)}
    return found


def printed(blocks: Outline, **how: object) -> bytes:
    printer = Printer(**how)
    for block in blocks:
        if isinstance(block, Line):
            printer.line(block)
        else:
            printer.table(block)
    return written(*printer.sheets)


def text_page(*lines: str, x: float = LEFT) -> Sheet:
    sheet = Sheet()
    for number, line in enumerate(lines):
        text = line.lstrip("　")
        sheet.text(x + 10 * (len(line) - len(text)), TOP + number * PITCH, text)
    return sheet


def read(*sheets: Sheet) -> Document:
    return pdf.read(written(*sheets))


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if isinstance(block, Table)
    ]


FILLER = "本页写满文字，免得被当作没有文字层的扫描件，所以再补上几句话。"


# ── Whole reports ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"height": 420},
        {"height": 300, "head": "云岭县政府信息公开"},
        {"height": 420, "closed": False},
        {"height": 360, "frame": True},
        {"numbers": False},
    ],
    ids=[
        "one page a table",
        "cut",
        "cut, with running heads",
        "cut, the cut open",
        "in a frame",
        "without page numbers",
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_a_printed_report_is_the_report(form, how):
    report = distinct(sample(form), seed=7)
    found = parse(printed(outline(report), **how))
    assert differences(found, report) == {}
    assert [getattr(found, name) for name in TEXT] == [getattr(report, name) for name in TEXT]
    assert found.preamble.paragraphs == report.preamble.paragraphs
    assert {finding.code for finding in found.findings} <= {"GX009"}


TEXT = ("title", "agency", "year", "form", "period", "issued_by", "issued_on", "overview", "problems", "other_matters")


def differences(found: Report, report: Report) -> dict[str, object]:
    values = {cell.path: cell.value for cell in found.cells()}
    return {
        cell.path: (cell.value, values.get(cell.path)) for cell in report.cells() if cell.value != values.get(cell.path)
    }


def test_blank_cells_stay_blank():
    report = distinct(sample("2021"), blanks=0.3)
    assert differences(parse(printed(outline(report), height=420)), report) == {}


@pytest.mark.parametrize("extra", ["", "/Rotate 90", "/Rotate 270"], ids=["upright", "downwards", "upwards"])
def test_each_value_stands_at_its_place(extra):
    data = printed(outline(distinct(sample("2021"))), height=420, extra=extra)
    report = parse(data)
    assert all(cell.value is not None for cell in report.cells())
    with pdfplumber.open(io.BytesIO(data)) as opened:
        for cell in report.cells():
            assert cell.location
            assert cell.location.page
            assert cell.location.box
            assert cell.location.table
            page = opened.pages[cell.location.page - 1]
            shown = page.within_bbox(cell.location.box, strict=False).chars
            assert "".join(sorted(char["text"] for char in shown)) == "".join(sorted(str(cell.value)))


# ── Tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────

XS = (72, 222, 322, 422, 522)


def test_tables_on_one_page_are_tables_of_their_own():
    sheet = text_page(FILLER)
    sheet.grid((72, 150, 250), (150, 170), [["规章", "1"]])
    sheet.grid((300, 400, 522), (150, 170), [["许可", "2"]])
    sheet.grid(XS, (300, 320), [["处罚", "3", "", "4"]])
    assert tables(read(sheet)) == [[["规章", "1"]], [["许可", "2"]], [["处罚", "3", "", "4"]]]


def test_a_table_without_rules_at_its_sides_is_a_table():
    sheet = text_page(FILLER)
    for top in (150, 170, 190):
        sheet.rule(72, top, 522, top)
    for x in XS[1:4]:
        sheet.rule(x, 150, x, 190)
    for row, label in enumerate(("规章", "许可")):
        for at, text in enumerate((label, "1", "2", "3")):
            sheet.text(XS[at] + 5, 155 + 20 * row, text)
    assert tables(read(sheet)) == [[["规章", "1", "2", "3"], ["许可", "1", "2", "3"]]]


def test_backgrounds_are_no_rules():
    sheet = Sheet()
    for number in range(4):
        sheet.paint.append("1 g")
        sheet.box(72, 100 + 28 * number, 522, 128 + 28 * number, "f")
        sheet.paint.append("0 g")
        sheet.text(72, 105 + 28 * number, FILLER[: 45 - number])
    assert tables(read(sheet)) == []


def test_a_frame_is_no_table_and_what_stands_in_it_is_kept():
    sheet = text_page(FILLER)
    sheet.box(50, 50, 545, 800)
    sheet.rule(50, 100, 545, 100)
    sheet.grid(XS, (150, 170, 190), [["规章", "1", "2", "3"], ["许可", "4", "5", "6"]])
    document = read(sheet)
    assert tables(document) == [[["规章", "1", "2", "3"], ["许可", "4", "5", "6"]]]
    assert paragraphs(document) == [FILLER]


def test_a_row_of_prose_is_no_row_of_a_table():
    sheet = Sheet()
    sheet.grid((72, 522), (100, 160), [[f"第一段文字。{FILLER[:30]}\n{FILLER[30:]}"]])
    sheet.grid(XS, (160, 180), [["规章", "1", "2", "3"]])
    sheet.grid((72, 522), (180, 200), [["以上为第一张表。"]])
    sheet.grid(XS, (200, 220), [["许可", "4", "5", "6"]])
    document = read(sheet)
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph"] * 2 + ["Table", "Paragraph", "Table"]
    assert tables(document) == [[["规章", "1", "2", "3"]], [["许可", "4", "5", "6"]]]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("118\n6", 30, "1186"),
        ("12\n15", 30, "12\n15"),
        ("118\n120", 30, "118\n120"),
        ("118\n6", 60, "118\n6"),
        ("118\n6件", 30, "118\n6件"),
        ("1\n2", 30, "1\n2"),
    ],
)
def test_a_number_is_whole_again_only_where_its_cell_was_too_narrow(text, width, expected):
    sheet = text_page(FILLER)
    sheet.grid((72, 222, 222 + width), (150, 200), [["规章", text]])
    assert tables(read(sheet)) == [[["规章", expected]]]


def test_a_number_put_together_is_said_with_its_lines():
    sheet = text_page(FILLER)
    sheet.grid((72, 222, 252, 282), (150, 200), [["规章", "118\n6", "118\n120"]])
    (note,) = read(sheet).notes
    assert note.code == "GX009"
    assert note.location
    assert (note.location.page, note.location.box) == (1, (222, 150, 252, 200))
    for message in (note.message_zh, note.message_en):
        assert all(text in message for text in ("118", "6", "1186"))


def test_a_number_wider_than_its_cell_is_not_cut_at_the_rule():
    sheet = text_page(FILLER)
    sheet.grid((72, 222, 242, 282), (150, 180), [["规章", "", "7"]])
    sheet.text(224, 160, "12345")
    assert tables(read(sheet)) == [[["规章", "12345", "7"]]]


def test_a_figure_printed_over_or_beside_another_is_none_of_its_number():
    sheet = text_page(FILLER)
    sheet.grid(XS, (150, 180), [["规章", "", "", ""]])
    sheet.text(230, 160, "35")
    sheet.text(240, 158, "2", 6)
    sheet.text(330, 160, "12")
    sheet.text(333, 160, "78")
    sheet.text(430, 160, "1")
    sheet.text(445, 160, "2")
    ((row,),) = tables(read(sheet))
    assert row[1] == "35 2"
    assert all(" " in text for text in row[1:])


def test_what_is_printed_twice_to_look_bold_is_read_once():
    sheet = text_page(FILLER)
    sheet.grid(XS, (150, 180), [["规章", "", "", ""]])
    for x in (230, 230.4):
        sheet.text(x, 160, "112")
    assert tables(read(sheet)) == [[["规章", "112", "", ""]]]


def test_stamps_and_what_is_not_seen_are_left_out():
    sheet = text_page(FILLER)
    sheet.grid(XS, (150, 180), [["规章", "1", "2", "3"]])
    sheet.text(230, 160, "9", mode=3)
    sheet.text(300, 170, "样本", 30, matrix=".7 .7 -.7 .7")
    sheet.paint.append("1 g")
    sheet.text(330, 160, "8")
    sheet.text(600, 160, "7")
    assert tables(read(sheet)) == [[["规章", "1", "2", "3"]]]
    assert paragraphs(read(sheet)) == [FILLER]


def test_white_text_on_a_dark_head_is_seen():
    sheet = text_page(FILLER)
    sheet.paint.append("0 0 .5 rg")
    sheet.box(72, 150, 222, 180, "f")
    sheet.paint.append("1 g")
    sheet.grid(XS[:2], (150, 180), [["规章"]])
    sheet.paint.append("0 g")
    sheet.grid(XS[1:], (150, 180), [["1", "2", "3"]])
    assert tables(read(sheet)) == [[["规章", "1", "2", "3"]]]


def test_text_that_runs_upwards_in_a_cell_is_read():
    sheet = text_page(FILLER)
    sheet.grid((72, 100, 222), (150, 250), [["", "1"]])
    for number, line in enumerate(("本年度", "办理结果")):
        sheet.text(80 + 12 * number, 220, line, matrix="0 1 -1 0")
    assert tables(read(sheet)) == [[["本年度\n办理结果", "1"]]]


# ── What is not seen as it is written ────────────────────────────────────────────────────────────────────────────────


def row_of(
    *paint: Callable[[Sheet], None], font: str = FONT, extra: str = "", objects: Iterable[bytes] = ()
) -> list[str]:
    """The cells of a row that is painted on, its second cell from 222 to 322."""
    sheet = Sheet(extra=extra)
    sheet.grid(XS, (150, 180), [["规章", "", "2", "3"]])
    for each in paint:
        each(sheet)
    for line in range(3):
        sheet.text(72, 72 + 15 * line, FILLER)
    ((row,),) = tables(read(sheet))
    assert row[0] == "规章"
    assert row[2:] == ["2", "3"]
    return row[1:2]


def number(x: float, text: str, top: float = 160, size: float = 10) -> Callable[[Sheet], None]:
    return lambda sheet: sheet.text(x, top, text, size)


def raw(*operators: str) -> Callable[[Sheet], None]:
    return lambda sheet: sheet.paint.extend(operators)


def test_what_is_clipped_away_is_not_read():
    clip = raw("q 222 600 40 100 re W n")
    assert row_of(clip, number(225, "12"), number(280, "34"), raw("Q")) == ["12"]
    assert row_of(raw("q 222 600 40 100 re W* n q"), number(280, "34"), raw("Q Q"), number(300, "5")) == ["5"]


@pytest.mark.parametrize("parts", [["1234567"], list("1234567")], ids=["at once", "one by one"])
def test_a_number_of_which_a_part_is_hidden_is_no_number(parts):
    digits = [number(225 + 5 * len("".join(parts[:at])), part) for at, part in enumerate(parts)]
    assert row_of(raw("q 222 600 20 100 re W n"), *digits, raw("Q")) == ["123" + "\ufffd" * 4]
    cover = raw("1 g 240 650 30 60 re f 0 g")
    assert row_of(*digits, cover) == ["123" + "\ufffd" * 4]
    assert row_of(*digits, cover, number(240, "4567")) == ["1234567"]


def test_a_number_cut_by_the_edge_of_the_page_is_no_number():
    sheet = text_page(FILLER)
    sheet.grid((72, 222, 322), (150, 180), [["规章", "1"]])
    sheet.grid((322, 422), (150, 180), [[""]])
    sheet.text(400, 160, "123456")
    sheet.extra = "/CropBox[0 0 420 842]"
    assert tables(read(sheet)) == [[["规章", "1", "1234\ufffd\ufffd"]]]


def test_what_is_covered_is_not_read_and_what_is_only_tinted_is():
    box, old = "225 660 60 30 re f", number(230, "57")
    assert row_of(old, raw("1 g", box, "0 g"), number(250, "9")) == ["9"]
    assert row_of(old, raw("1 g", box, "0 g")) == [""]
    states = "/ExtGState<</A<</ca .3>>/M<</BM/Multiply>>/N<</ca 0>>>>"
    for name in "AM":
        assert row_of(old, raw(f"q 1 1 0 rg /{name} gs", box, "Q"), extra=resources(states)) == ["57"]
    assert row_of(raw("q /N gs"), old, raw("Q"), number(250, "9"), extra=resources(states)) == ["9"]


def resources(more: str) -> str:
    """Resources of a page, for its dictionary; those before them do not count."""
    return f"/Resources<</Font<</F 3 0 R>>{more}>>"


@pytest.mark.parametrize(("mask", "expected"), [("", ""), ("/SMask 7 0 R", "57"), ("/ImageMask true", "57")])
def test_text_under_a_picture_is_not_read_but_under_a_stamp(mask, expected):
    picture = f"q 60 0 0 30 225 655 cm BI /W 1 /H 1 /BPC 8 /CS /G {mask.replace('7 0 R', 'true')} ID 0 EI Q"
    assert row_of(number(230, "57"), raw(picture)) == [expected]
    assert row_of(raw(picture), number(230, "57")) == ["57"]


def test_recognised_text_under_the_picture_of_its_page_is_not_trusted():
    sheet = text_page(FILLER, FILLER)
    sheet.paint.append("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q")
    with pytest.raises(SourceError, match="scan"):
        read(sheet)


def test_the_colours_of_print_are_the_other_way_round():
    space = "/ColorSpace<</S[/Separation/Black/DeviceCMYK 5 0 R]>>"
    assert row_of(raw("q /S cs 1 scn"), number(230, "57"), raw("Q"), extra=resources(space)) == ["57"]
    assert row_of(raw("q /S cs 0 scn"), number(230, "57"), raw("Q"), extra=resources(space)) == [""]


def test_a_rule_through_figures_strikes_them_out():
    assert row_of(number(230, "35"), lambda sheet: sheet.rule(228, 165.5, 242, 165.5)) == ["~~35~~"]
    assert row_of(number(230, "3512"), lambda sheet: sheet.box(229, 165, 240, 165.6, "f")) == ["~~35~~12"]
    assert row_of(number(230, "35"), lambda sheet: sheet.rule(228, 170, 242, 170)) == ["35"]
    assert row_of(number(230, "35"), raw("q 1 G"), lambda sheet: sheet.rule(228, 165.5, 242, 165.5), raw("Q")) == ["35"]


def test_a_slanted_or_mirrored_value_is_not_read_and_leaves_a_mark():
    for matrix in ("0.99 0.14 -0.14 0.99", ".7 .7 -.7 .7", "-1 0 0 1"):
        (found,) = row_of(lambda sheet, matrix=matrix: sheet.text(240, 160, "9", matrix=matrix))
        assert found == "\ufffc"
    assert row_of(lambda sheet: sheet.text(240, 160, "9", 30, matrix=".7 .7 -.7 .7")) == [""]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((225, 165, 229, 166), "\ufffc12"),
        ((234.8, 167.8, 235.4, 168.6), "1\ufffc2"),
        ((241, 167.8, 242, 168.6), "12\ufffc"),
        ((230, 170.5, 236, 171), "12"),
        ((250, 167.8, 251, 168.6), "12"),
        ((225, 156, 229, 157), "12"),
    ],
    ids=["minus", "point", "point behind", "rule below", "far off", "above"],
)
def test_a_small_shape_beside_figures_may_be_a_sign(shape, expected):
    assert row_of(number(230, "12"), lambda sheet: sheet.box(*shape, "f")) == [expected]
    assert row_of(number(230, "12"), raw("q 1 g"), lambda sheet: sheet.box(*shape, "f"), raw("Q")) == ["12"]


@pytest.mark.parametrize(("size", "top"), [(6, 158), (8.33, 157.9), (10, 157), (8.33, 163)])
def test_a_raised_or_lowered_figure_is_none_of_the_number(size, top):
    assert row_of(number(230, "35"), number(240, "2", top, size)) == ["35 2"]
    assert row_of(raw("q"), number(230, "35"), raw("BT /F 9 Tf 3 Ts 1 0 0 1 240 673.2 Tm <0032> Tj ET Q")) == ["35 2"]


def test_the_order_in_which_figures_are_painted_does_not_matter():
    digits = [number(230 + 5 * at, text) for at, text in enumerate("123456")]
    assert row_of(*digits[::-1]) == ["123456"]
    assert row_of(*digits[3:], *digits[:3]) == ["123456"]


def test_numbers_that_touch_at_a_rule_are_not_read_as_one():
    sheet = text_page(FILLER)
    sheet.grid((72, 222, 237, 252), (150, 180), [["规章", "118", "456"]])
    ((row,),) = tables(read(sheet))
    assert row == ["规章", "118 456", "118 456"]


def test_a_page_upside_down_is_read():
    data = printed(outline(distinct(sample("2021"))), height=420, extra="/Rotate 180")
    assert differences(parse(data), distinct(sample("2021"))) == {}


def field_of(value: str, shown: str | None) -> tuple[str, list[bytes]]:
    """A form field over the second cell, for the dictionary of the page, and the stream that shows it."""
    paint = f"BT /F 10 Tf 1 0 0 1 8 8 Tm <{(shown or '').encode('utf-16-be').hex()}> Tj ET".encode()
    return f"/Annots[<</Subtype/Widget/FT/Tx/Rect[222 662 322 692]{value}>>]", [zlib.compress(paint)]


@pytest.mark.parametrize(
    ("value", "shown", "expected", "notes"),
    [
        ("/F 4/V(12)/AP<</N 6 0 R>>", "12", "12", []),
        ("/F 4/V(12)", None, "", ["GX003"]),
        ("/F 4/V(12)/AP<</N 6 0 R>>", "0", "0", ["GX003"]),
        ("/F 2/V(12)/AP<</N 6 0 R>>", "12", "", []),
        # What shows a field in each of its states.
        ("/F 4/V/On/AS/On/AP<</N<</On 6 0 R>>>>", "12", "12", []),
        ("/F 4/V/Off/AS/Off/AP<</N<</On 6 0 R>>>>", "12", "", []),
        # A field that is a part of another has its value.
        ("/F 4/Parent<</V(12)>>/AP<</N 6 0 R>>", "12", "12", []),
        ("/F 4/Parent<</Parent<</V(12)>>>>/AP<</N 6 0 R>>", "0", "0", ["GX003"]),
    ],
)
def test_what_form_fields_show_is_read_and_what_they_do_not_show_is_said(value, shown, expected, notes):
    sheet = text_page(FILLER)
    sheet.grid(XS, (150, 180), [["规章", "", "2", "3"]])
    sheet.extra, streams = field_of(value, shown)
    form = b"<</Subtype/Form/BBox[0 0 100 30]/Resources<</Font<</F 3 0 R>>>>/Length "
    data = written(sheet, streams=streams)
    at = data.index(b"6 0 obj\n") + 8
    document = pdf.read(data[:at] + data[at:].replace(b"<</Length ", form, 1))
    assert tables(document) == [[["规章", expected, "2", "3"]]]
    assert [note.code for note in document.notes] == notes
    assert all(note.location and note.location.box == (222, 150, 322, 180) for note in document.notes)


# ── Tables without rules ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("blanks", [0, 0.1, 0.5])
@pytest.mark.parametrize("height", [842, 420])
@pytest.mark.parametrize("rules", ["none", "across"])
@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rules_has_no_wrong_number(form, rules, height, blanks):
    report = distinct(sample(form), seed=height, blanks=blanks)
    found = parse(printed(outline(report), height=height, rules=rules))
    missed = differences(found, report)
    assert [(path, pair) for path, pair in missed.items() if pair[1] is not None] == []
    assert blanks or len(missed) <= 0.15 * len(list(report.cells()))
    for cell in found.cells():
        if cell.value is not None:
            assert cell.location
            assert cell.location.page
            assert cell.location.box


def columns_of(*lines: Sequence[tuple[float, str]], pitch: float = 15) -> list[list[str]]:
    """The rows that lines make, each text given with where it begins."""
    sheet = text_page(FILLER)
    for number, line in enumerate(lines):
        for x, text in line:
            sheet.text(x, 200 + pitch * number, text)
    (table,) = tables(read(sheet))
    return table


def test_where_a_column_has_no_number_a_blank_cell_stands():
    first, second = [(72, "规章"), (230, "11"), (330, "22"), (430, "33")], [(72, "文件"), (230, "44"), (430, "55")]
    assert columns_of(first, second) == [["规章", "11", "22", "33"], ["文件", "44", "", "55"]]
    assert columns_of(second, first) == [["文件", "44", "", "55"], ["规章", "11", "22", "33"]]


def test_a_number_that_may_go_on_below_is_no_number():
    first = [(72, "规章"), (230, "118"), (330, "22")]
    assert columns_of(first, [(230, "6")], pitch=12)[0] == ["规章", "118\n6", "22"]


def test_heads_that_run_into_each_other_make_no_table():
    sheet = text_page(FILLER)
    head = [(72, "信息内容上一年项目数量"), (230, "本年增减"), (330, "处理决定数量")]
    rows = [head, [(72, "行政处罚"), (150, "3"), (240, "4")]]
    for number, line in enumerate(rows):
        for x, text in line:
            sheet.text(x, 200 + 15 * number, text)
    assert tables(read(sheet)) == []


def test_text_with_gaps_but_no_numbers_stays_text():
    sheet = text_page(FILLER)
    sheet.text(72, 200, "通")
    sheet.text(172, 200, "知")
    document = read(sheet)
    assert tables(document) == []
    assert paragraphs(document) == [FILLER, "通 知"]


# ── Page breaks ──────────────────────────────────────────────────────────────────────────────────────────────────────


def broken(above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows of a table that has some rows at the end of a page and some on the next."""
    first, second = text_page(FILLER), Sheet()
    first.grid(XS, [780 - 30 * at for at in range(len(above), -1, -1)], above)
    first.text(290, 800, "- 1 -")
    second.grid(XS, [72 + 30 * at for at in range(len(below) + 1)], below)
    second.text(290, 800, "- 2 -")
    found = tables(read(first, second))
    assert len(found) == 1
    return found[0]


def test_a_table_goes_on_on_the_next_page():
    assert broken([["规章", "1", "2", "3"]], [["许可", "4", "5", "6"]]) == [
        ["规章", "1", "2", "3"],
        ["许可", "4", "5", "6"],
    ]


def test_columns_are_those_of_the_whole_table():
    first, second = text_page(FILLER), Sheet()
    first.grid(XS, (750, 780), [["规章", "1", "2", "3"]])
    second.grid((72, 222, 522), (72, 102), [["许可", "4"]])
    second.grid(XS, (102, 132), [["处罚", "5", "6", "7"]])
    (table,) = [block for block in read(first, second).blocks if isinstance(block, Table)]
    assert [[cell.location.cell for cell in row.cells] for row in table.rows] == [[1, 2, 3, 4], [1, 2], [1, 2, 3, 4]]
    assert [row.cells[0].location[2:6] for row in table.rows] == [(1, 1, 1, 1), (1, 2, 1, 2), (1, 3, 1, 2)]


def test_other_columns_or_text_between_begin_another_table():
    first, second = text_page(FILLER), Sheet()
    first.grid(XS, (750, 780), [["规章", "1", "2", "3"]])
    second.grid((72, 150, 400, 522), (72, 102), [["许可", "4", "5"]])
    assert len(tables(read(first, second))) == 2
    third = text_page("四、下一节")
    third.grid(XS, (150, 180), [["许可", "4", "5", "6"]])
    assert len(tables(read(first, third))) == 2


def test_heads_that_are_printed_again_are_left_out():
    heads = ["信息内容", "制发", "废止", "有效"]
    assert broken([heads, ["规章", "1", "2", "3"]], [heads, ["许可", "4", "5", "6"]]) == [
        heads,
        ["规章", "1", "2", "3"],
        ["许可", "4", "5", "6"],
    ]


def test_a_row_like_the_first_one_is_kept_if_it_holds_numbers():
    row = ["规章", "1", "2", "3"]
    assert broken([row], [row, row]) == [row, row, row]


def test_a_number_cut_by_a_page_break_is_no_number():
    assert broken([["规章", "118", "2", "3"]], [["", "6", "", ""]]) == [["规章", "118\n6", "2", "3"]]


def test_values_behind_a_page_break_are_those_of_their_label():
    assert broken([["规章", "", "", ""]], [["", "1", "2", "3"]]) == [["规章", "1", "2", "3"]]


def test_values_under_heads_are_a_row():
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结"]
    assert broken([heads], [["1", "2", "3", "4"]]) == [heads, ["1", "2", "3", "4"]]


def test_a_label_cut_by_a_page_break_is_whole_again():
    blocks = outline(distinct(sample("2021"), seed=3))
    report = parse(printed(blocks, height=420))
    data = written(*cut_label(blocks))
    assert differences(parse(data), report) == {}


def cut_label(blocks: Outline) -> list[Sheet]:
    """The pages of a report, the label of the first row of a page begun at the end of the page before."""
    printer = Printer(height=420)
    for block in blocks:
        if isinstance(block, Line):
            printer.line(block)
        else:
            printer.table(cut_row(block) if block.name == "requests" else block)
    return printer.sheets


def cut_row(grid: Grid) -> Grid:
    """The table with one of its rows in two: the rest of the label in a row of its own, with no values."""
    rows = list(grid.rows)
    at = next(number for number, row in enumerate(rows) if row[0].text.startswith("二、上年结转"))
    label, *values = rows[at]
    rest = Box("政府信息公开申请数量", label.across), *(Box("") for _ in values)
    rows[at : at + 1] = [(Box("二、上年结转", label.across), *values), rest]
    return Grid(grid.name, tuple(rows), grid.width, grid.head)


def rows_of(*rows: Sequence[tuple[int, str]]) -> Table:
    """A table of which each cell is given with its column."""
    return Table(
        tuple(
            Row(tuple(Cell(text, Location(table=1, row=at, cell=column)) for column, text in cells))
            for at, cells in enumerate(rows, 1)
        )
    )


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ([(1, "政府信息公开申请数量"), (2, ""), (3, "")], ["二、上年结转政府信息公开申请数量", "1", "2"]),
        ([(1, ""), (2, "政府信息公开申请数量"), (3, "")], None),
        ([(2, "政府信息公开申请数量")], None),
        ([(1, "政府信息公开申请数量"), (3, "5")], None),
        ([(2, "5"), (3, "6")], None),
        ([(2, "0")], None),
    ],
)
def test_the_rest_of_a_row_is_put_together_by_columns(below, expected):
    table = rows_of([(1, "二、上年结转"), (2, "1"), (3, "2")], below)
    found = [[cell.text for cell in row.cells] for row in unwrapped(table, vocabulary())]
    whole = [[cell.text for cell in row.cells] for row in table.rows]
    assert found == ([expected] if expected else whole)


def test_a_label_is_lengthened_in_its_own_column():
    table = rows_of([(1, "三、本年度办理结果"), (3, "（三）不予"), (4, "1")], [(3, "公开")])
    ((*cells,),) = [row.cells for row in unwrapped(table, vocabulary())]
    assert [cell.text for cell in cells] == ["三、本年度办理结果", "（三）不予公开", "1"]


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_lines_become_paragraphs_again():
    first = "　　本报告的统计期限为2023年1月1日至12月31日，电子版可在网站下载。如需纸质版，请到政务大厅索取。联系电话："
    third = "这一行没有缩进，但它写满了一整行，下一行以编号开头，所以不应当接上去，也不会。"
    *lines, last = wrap(first, 80)
    number = "0999-8123456-8123457-8123458-8123459-8123460-8123461-8123462。"
    assert lines
    assert display_width(last + number) > 80 > display_width(last) + 8
    sheet = text_page(*lines, last, number, "　　另起一段的文字，没有写满。", "一、总体情况", third, "（一）公开")
    assert display_width(third) > 76
    assert paragraphs(read(sheet)) == [
        f"{first}{number}".strip(),
        "另起一段的文字，没有写满。",
        "一、总体情况",
        third,
        "（一）公开",
    ]


def test_figures_of_two_lines_are_not_run_together():
    full = "甲" * 40
    sheet = text_page(full, full[:-1] + "12", "15件。")
    assert paragraphs(read(sheet)) == [f"{full}{full[:-1]}12 15件。"]


def test_a_paragraph_goes_on_on_the_next_page():
    first, second = text_page("甲" * 40, "乙" * 40), text_page("丙" * 40, "丁。")
    first.text(290, 800, "— 1 —")
    second.text(290, 800, "— 2 —")
    document = read(first, second)
    assert paragraphs(document) == ["甲" * 40 + "乙" * 40 + "丙" * 40 + "丁。"]
    assert [(note.code, note.location.page) for note in document.notes if note.location] == [("GX009", 1), ("GX009", 2)]


def test_columns_of_text_are_not_joined_to_lines():
    sheet = text_page("甲" * 40, "一、本年新收", "二、上年结转")
    for row in (1, 2):
        for at in range(3):
            sheet.text(300 + 93 * at, TOP + row * PITCH, "12345678")
    document = read(sheet)
    assert paragraphs(document) == ["甲" * 40]
    assert tables(document) == [[[label, *["12345678"] * 3] for label in ("一、本年新收", "二、上年结转")]]


@pytest.mark.parametrize("number", ["- {} -", "— {} —", "第{}页", "第 {} 页 共 3 页", "{}", "{} / 3", "Page {} of 3"])
def test_page_numbers_are_left_out_and_said(number):
    sheets = [text_page(f"{mark}{FILLER}", x=80) for mark in "甲乙丙"]
    for at, sheet in enumerate(sheets, 1):
        sheet.text(290, 800, number.format(at))
    document = read(*sheets)
    assert paragraphs(document) == [f"{mark}{FILLER}" for mark in "甲乙丙"]
    assert [note.code for note in document.notes] == ["GX009"] * 3


def test_running_heads_are_left_out_and_the_title_is_not():
    sheets = [text_page(f"{mark}{FILLER}", x=80) for mark in "甲乙丙"]
    for at, sheet in enumerate(sheets, 1):
        sheet.text(200, 30, "云岭县政府信息公开")
        sheet.text(200, 800, f"云岭县人民政府办公室 {at}")
    sheets[0].text(200, 50, "云岭县2023年政府信息公开工作年度报告")
    document = read(*sheets)
    assert paragraphs(document) == ["云岭县2023年政府信息公开工作年度报告", *(f"{mark}{FILLER}" for mark in "甲乙丙")]
    said = [(note.message_zh, note.message_en) for note in document.notes]
    assert len(said) == 6
    assert sum("云岭县政府信息公开" in zh and "云岭县政府信息公开" in en for zh, en in said) == 3
    assert sum("云岭县人民政府办公室 1" in zh for zh, _ in said) == 1


def test_long_running_heads_are_quoted_in_part():
    sheets = [text_page(f"{mark}{FILLER}", x=80) for mark in "甲乙"]
    for sheet in sheets:
        sheet.text(20, 30, "云" * 55)
    assert all("云" * 40 + "…" in note.message_zh for note in read(*sheets).notes)
    assert len(read(*sheets).notes) == 2


def test_a_lone_number_that_is_no_page_number_is_kept():
    sheet = text_page(FILLER)
    sheet.text(290, 800, "12")
    assert paragraphs(read(sheet)) == [FILLER, "12"]


def test_radicals_are_the_characters_they_look_like():
    shown, meant = "⼈⺠政府⻘石镇网站门⼾", "人民政府青石镇网站门户"
    mapped = "".join(f"<{ord(a):04x}><{ord(b):04x}>\n" for a, b in zip(meant, shown, strict=True))
    table = f"1 begincodespacerange <0000><ffff> endcodespacerange {len(meant)} beginbfchar {mapped}endbfchar"
    font = FONT.replace("UniGB-UCS2-H", "Identity-H/ToUnicode 6 0 R").replace("GB1", "Identity")
    data = written(text_page(meant), font=font, streams=[zlib.compress(table.encode())])
    assert paragraphs(pdf.read(data)) == [meant]


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sheet", [Sheet(), Sheet(paint=["q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q"])])
def test_a_scan_is_said_to_be_one(sheet):
    with pytest.raises(SourceError, match=r"扫描件.*scan"):
        read(sheet)


def test_recognised_text_behind_a_picture_is_not_trusted():
    sheet = Sheet()
    sheet.text(72, 72, FILLER, mode=3)
    with pytest.raises(SourceError, match="scan"):
        read(sheet)


def test_fonts_that_say_nothing_of_their_characters_are_refused():
    font = FONT.replace("UniGB-UCS2-H", "Identity-H").replace("GB1", "Identity")
    with pytest.raises(SourceError, match="fonts"):
        pdf.read(written(text_page(FILLER, FILLER), font=font))


def test_an_encrypted_file_is_read_if_it_needs_no_password():
    assert paragraphs(pdf.read(encrypted(text_page(FILLER), b""))) == [FILLER]
    with pytest.raises(SourceError, match=r"已加密.*encrypted"):
        pdf.read(encrypted(text_page(FILLER), b"secret"))


@pytest.mark.parametrize(
    ("module", "limit", "value", "said"),
    [
        (pdf, "MAX_PAGES", 1, "Pages"),
        (painting, "MAX_OBJECTS", 50, "Objects"),
        (operators, "_MOST_WORDS", 100, "Operators"),
        (pdf, "MAX_CELLS", 11, "Cells"),
        (painting, "_MOST_SECONDS", -1, "Seconds"),
    ],
)
def test_limits(monkeypatch, module, limit, value, said):
    sheets = gridded(3), gridded(3)
    assert len(tables(read(*sheets))) == 1
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(SourceError, match=said):
        read(*sheets)


def test_white_text_over_ever_so_many_backgrounds_is_refused(monkeypatch):
    sheet = text_page(FILLER)
    sheet.paint += ["0 0 1 rg", *["72 72 9 9 re f"] * 20, "1 g"]
    sheet.text(72, 200, FILLER)
    monkeypatch.setattr(glyphs, "MOST_PAIRS", 300)
    with pytest.raises(SourceError, match="White"):
        read(sheet)


def gridded(lines: int) -> Sheet:
    """A page with rules that cross each other everywhere."""
    sheet = text_page(FILLER)
    for number in range(lines):
        sheet.rule(10, 10 + 5 * number, 10 + 5 * lines, 10 + 5 * number)
        sheet.rule(10 + 5 * number, 10, 10 + 5 * number, 10 + 5 * lines)
    return sheet


def test_a_stream_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(opening, "MAX_UNPACKED", 3_000_000)
    small, huge = (zlib.compress(bytes(size)) for size in (1_900_000, 4_000_000))
    assert pdf.read(written(text_page(FILLER), streams=[small])).blocks
    for streams in ([huge], [small, small]):
        with pytest.raises(SourceError, match="Bytes when unpacked"):
            pdf.read(written(text_page(FILLER), streams=streams))


def test_a_stream_that_grows_too_much_is_refused_unless_it_is_a_picture():
    blank = zlib.compress(bytes(3_000_000))
    with pytest.raises(SourceError, match="Times a stream grows"):
        pdf.read(written(text_page(FILLER), streams=[blank]))
    data = written(text_page(FILLER), streams=[b"%", blank])
    assert pdf.read(
        data.replace(f"<</Length {len(blank)}".encode(), f"<</Subtype/Image/Length {len(blank)}".encode())
    ).blocks


def test_too_many_rules_and_tables_are_refused():
    with pytest.raises(SourceError, match="Crossings"):
        read(gridded(1800))
    sheet = text_page(FILLER)
    for number in range(600):
        x, y = 10 + 10 * (number % 50), 200 + 10 * (number // 50)
        sheet.box(x, y, x + 5, y + 5)
    with pytest.raises(SourceError, match="Tables on a page"):
        read(sheet)


def test_a_form_that_paints_itself_comes_to_an_end():
    sheet = text_page(FILLER)
    sheet.extra = "/X 0"
    data = written(sheet).replace(b"/Font<</F 3 0 R>>", b"/Font<</F 3 0 R>>/XObject<</A 5 0 R>>")
    assert pdf.read(data).blocks


SMALL = printed(outline(sample("2021"))[:12])


@settings(deadline=None, max_examples=30)
@given(st.integers(0, len(SMALL) - 1), st.integers(0, 255), st.booleans())
def test_damaged_files_are_read_or_refused(at, byte, cut):
    damaged = SMALL[:at] if cut else SMALL[:at] + bytes([byte]) + SMALL[at + 1 :]
    with suppress(GxparseError):
        parse(damaged)


def test_nothing_is_printed_of_what_is_logged_and_the_logs_of_others_are_left_alone(capfd, caplog):
    data = written(text_page(FILLER)).replace(b"/FontBBox[-25 -254 1000 880]", b"/FontBBox[-25 -254 1000 (x)]")
    handlers = list(logging.getLogger("pdfminer").handlers)
    pdf.read(data)
    assert capfd.readouterr().err == ""
    assert caplog.records
    assert logging.getLogger("pdfminer").handlers == handlers
