"""Spreadsheets: what is printed in each cell, which rows are tables, and what is refused."""

import csv
import io
import random
import subprocess
import zipfile
from contextlib import suppress
from functools import partial
from html import escape

import pytest

import gxparse
from gxparse import GxparseError, SourceError
from gxparse.document import Paragraph
from gxparse.readers import limits, sheets
from tests.layouts import FORMS, Grid, distinct, matrix, outline, sample
from tests.material import example, soffice

# ── Making spreadsheets ──────────────────────────────────────────────────────────────────────────────────────────────


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def named(column: int) -> str:
    return (named((column - 1) // 26) if column > 26 else "") + chr(ord("A") + (column - 1) % 26)


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def xlsx(*found: str, states=(), formats=(), strings=(), book="") -> bytes:
    """A workbook whose sheets hold this XML."""
    listed = "".join(
        f'<sheet name="S{at}" sheetId="{at}" r:id="r{at}"{f" state={state!r}" if state else ""}/>'
        for at, state in enumerate([*states, *[""] * (len(found) - len(states))], 1)
    )
    codes = "".join(f'<numFmt numFmtId="{200 + at}" formatCode="{escape(f)}"/>' for at, f in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(len(formats)))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
    kinds = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{kind.format(each)}"/>'
        for name, each in (
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
            *((f"worksheets/s{at}", "worksheet") for at in range(1, len(found) + 1)),
        )
    )
    types = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    targets = "".join(
        f'<Relationship Id="r{at}" Type="{office}/worksheet" Target="worksheets/s{at}.xml"/>'
        for at in range(1, len(found) + 1)
    )
    to_book = f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    return zipped(
        **{
            "[Content_Types].xml": f'<Types xmlns="{types}/content-types">{kinds}'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{types}/relationships">{to_book}</Relationships>',
        },
        xl__workbook_xml=f"<workbook {MAIN} {RELATIONS}>{book}<sheets>{listed}</sheets></workbook>",
        **{"xl___rels__workbook_xml.rels": f'<Relationships xmlns="{types}/relationships">{targets}</Relationships>'},
        xl__sharedStrings_xml=f"<sst {MAIN}>{''.join(f'<si>{each}</si>' for each in strings)}</sst>",
        xl__styles_xml=f"<styleSheet {MAIN}><numFmts>{codes}</numFmts>"
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        **{f"xl__worksheets__s{at}_xml": f"<worksheet {MAIN}>{each}</worksheet>" for at, each in enumerate(found, 1)},
    )


def text(value: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def rows(*found: str) -> str:
    return f"<sheetData>{''.join(found)}</sheetData>"


def row(*cells: str, **values: str) -> str:
    given = "".join(f' {name}="{value}"' for name, value in values.items())
    return f"<row{given}>{''.join(cells)}</row>"


def report_rows(report, gap: int = 0):
    """The rows of a sheet with a whole report: for each its texts by column, and the spans of its cells."""
    for block in outline(report):
        if not isinstance(block, Grid):
            yield {1: block.text}, []
            continue
        for slots in [[]] * gap + matrix(block) + [[]] * gap:
            begun = {at: slot.box for at, slot in enumerate(slots, 1) if not slot.from_left and not slot.from_above}
            yield (
                {at: box.text for at, box in begun.items()},
                [(at, box) for at, box in begun.items() if box.across > 1 or box.down > 1],
            )


def as_xlsx(report, *, merged: bool = True, gap: int = 0) -> bytes:
    data, merges = [], []
    for number, (texts, spans) in enumerate(report_rows(report, gap), 1):
        cells = []
        for at, value in texts.items():
            place = f"{named(at)}{number}"
            if not value:
                cells.append(f'<c r="{place}"/>')
            elif value.lstrip("+-").replace(".", "").isdecimal():
                cells.append(f'<c r="{place}"><v>{value.lstrip("+")}</v></c>')
            else:
                cells.append(text(value).replace("<c ", f'<c r="{place}" '))
        data.append(row(*cells, r=number))
        merges += [f"{named(a)}{number}:{named(a + b.across - 1)}{number + b.down - 1}" for a, b in spans]
    listed = "".join(f'<mergeCell ref="{each}"/>' for each in merges) if merged else ""
    return xlsx(rows(*data) + f"<mergeCells>{listed}</mergeCells>")


def as_csv(report, *, gap: int = 0, apart: int = 1) -> bytes:
    """The report as CSV; with columns that stand ``apart``, as where a sheet has had its cells merged."""
    found = io.StringIO()
    writer = csv.writer(found)
    for texts, _ in report_rows(report, gap):
        line = [""] * (15 * apart)
        for at, value in texts.items():
            line[(at - 1) * apart] = value
        writer.writerow(line)
    return found.getvalue().encode("gb18030")


def blocks(data: bytes) -> list:
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row.cells] for row in block.rows]
        for block in sheets.read(data).blocks
    ]


def first(data: bytes) -> str:
    """The text of the first cell of a sheet."""
    block = sheets.read(data).blocks[0]
    return block.text if isinstance(block, Paragraph) else block.rows[0].cells[0].text


def values(report) -> dict:
    return {cell.path: cell.value for cell in report.cells()}


# ── Whole reports ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("blanks", [0, 0.3])
def test_every_cell_is_read_as_it_was_written(form, gap, blanks):
    report = distinct(sample(form), seed=gap + 3, blanks=blanks)
    found = gxparse.parse(as_xlsx(report, gap=gap))
    assert values(found) == values(report)
    assert found.findings == ()
    assert (found.title, found.agency, found.year) == (report.title, report.agency, report.year)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("blanks", [0, 0.3])
@pytest.mark.parametrize("write", [as_csv, partial(as_csv, apart=3), partial(as_xlsx, merged=False)])
def test_where_no_cells_are_merged_what_is_not_sure_is_left_open(form, gap, blanks, write):
    report = distinct(sample(form), seed=gap + 3, blanks=blanks)
    found, right = gxparse.parse(write(report, gap=gap)), values(report)
    assert {path: value for path, value in values(found).items() if value not in (None, right[path])} == {}
    # A row of two columns in a table of three: ␣ 412.35 ␣
    missing = [path for path, value in values(found).items() if value is None and right[path] is not None]
    assert len(missing) <= (1 if blanks else 0)
    assert all(any(finding.covers(path) for finding in found.findings) for path in missing)
    assert (found.title, found.agency, found.year) == (report.title, report.agency, report.year)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(8))
def test_columns_that_stand_apart_never_yield_a_wrong_value(form, seed):
    report = distinct(sample(form), seed=seed, blanks=seed / 10)
    found, right = gxparse.parse(as_csv(report, gap=seed % 2, apart=2 + seed % 3)), values(report)
    assert {path: value for path, value in values(found).items() if value not in (None, right[path])} == {}


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_example_is_the_same_in_every_format(suffix):
    assert gxparse.parse(example(suffix)) == gxparse.parse(example("txt"))


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_what_a_spreadsheet_program_writes(suffix, tmp_path):
    report = distinct(sample("2021"), seed=5, blanks=0.2)
    (tmp_path / "report.xlsx").write_bytes(as_xlsx(report))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice(), profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "report.xlsx")], check=True, capture_output=True, timeout=120)
    found = gxparse.parse(tmp_path / f"report.{suffix}")
    assert values(found) == values(report)
    assert found.findings == ()


def test_the_value_stands_at_the_place_named():
    report = distinct(sample("2021"), seed=1)
    found = [texts for texts, _ in report_rows(report, 1)]
    checked = [cell for data in (as_xlsx(report, gap=1), as_csv(report, gap=1)) for cell in gxparse.parse(data).cells()]
    assert len(checked) == 400
    for cell in checked:
        assert cell.location.table == 1
        printed = found[cell.location.row - 1][cell.location.cell]
        assert (cell.path, printed.lstrip("+")) == (cell.path, cell.raw.lstrip("+"))


# ── Rows and tables ──────────────────────────────────────────────────────────────────────────────────────────────────


def csv_of(*lines: str) -> bytes:
    return "\n".join([*lines, ""]).encode()


def test_texts_above_a_table_and_long_texts_are_paragraphs():
    found = blocks(csv_of("甲,,", "一、乙,,", "头,丙,丁", "规章,1,2", f"{'长' * 61},,", "戊,,", "己,3,4"))
    assert found == ["甲", "一、乙", [["头", "丙", "丁"], ["规章", "1", "2"]], "长" * 61, "戊", [["己", "3", "4"]]]


def test_a_label_whose_values_are_all_blank_is_a_row():
    assert blocks(csv_of("头,丙,丁", "规章,,", "其他,,2", "合计,,")) == [
        [["头", "丙", "丁"], ["规章", "", ""], ["其他", "", "2"], ["合计", "", ""]]
    ]


def test_columns_that_a_table_never_uses_are_left_out():
    assert blocks(csv_of("头,,,丙,,丁", "规章,,,,,2")) == [[["头", "丙", "丁"], ["规章", "", "2"]]]


def test_a_table_with_other_columns_begins_with_the_text_above_it():
    found = blocks(csv_of("头,,丙,,丁", "规章,,1,,2", "许可,,,,", "四、题,,,,", "甲,,,乙,丙", "子,,,5,"))
    assert found == [
        [["头", "丙", "丁"], ["规章", "1", "2"], ["许可", "", ""]],
        "四、题",
        [["甲", "乙", "丙"], ["子", "5", ""]],
    ]


def test_a_blank_row_ends_a_table():
    assert blocks(csv_of("甲,1", ",", "乙,2")) == [[["甲", "1"]], [["乙", "2"]]]


def test_hidden_sheets_rows_and_columns_are_left_out():
    hidden = '<cols><col min="2" max="2" hidden="1"/></cols>'
    sheet = hidden + rows(
        row(text("甲"), text("9"), text("1")), row(text("乙"), text("9"), text("9"), hidden="1"), row(text("丙"), r="4")
    )
    data = xlsx(rows(row(text("藏"))), sheet, rows(row(text("丁"), text("2"))), states=["hidden", "", "veryHidden"])
    assert blocks(data) == [[["甲", "1"]], "丙"]


def test_each_sheet_has_its_number():
    found = sheets.read(xlsx(rows(row(text("甲"), text("1"))), rows(row(text("乙"), text("2"), r="7")))).blocks
    assert [block.rows[0].cells[1].location[2:5] for block in found] == [(1, 1, 2), (2, 7, 2)]


def test_merged_cells_are_given_once():
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C3:D3"/></mergeCells>'
    sheet = rows(
        row(text("甲"), text("9"), text("1"), text("2")),
        row(text("9"), text("9"), text("3"), text("4")),
        row(text("乙"), text(""), text("5"), text("9")),
    )
    assert blocks(xlsx(sheet + merges)) == [[["甲", "1", "2"], ["3", "4"], ["乙", "5"]]]


# ── Cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("<c><v>5</v></c>", "5"),
        ("<c><v>5.0</v></c>", "5"),
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        ("<c><v>1E-9</v></c>", "0.000000001"),
        ("<c><v>1.2E20</v></c>", "120000000000000000000"),
        ("<c><v>-3</v></c>", "-3"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="str"><f>A2</f><v> 十二 </v></c>', "十二"),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        ("<c><f>SUM(A2:A3)</f></c>", "=SUM(A2:A3)"),
        ('<c t="d"><v>2024-01-18</v></c>', "2024-01-18"),
        ('<c t="s"><v>0</v></c>', "12\n15"),
        ('<c t="s"><v>1</v></c>', "35²"),
        ('<c t="inlineStr"><is><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r></is></c>', "₂"),
    ],
)
def test_the_text_of_a_cell(cell, said):
    raised = '<r><t>35</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r><rPh><t>9</t></rPh>'
    assert first(xlsx(rows(row(cell)), strings=["<t>12\n15</t>", raised])) == said


@pytest.mark.parametrize(
    ("stored", "code", "said"),
    [
        ("0.5", "0%", "50%"),
        ("0.5", "0", "1"),
        ("2.5", "0_ ", "3"),
        ("-2.345", "0.00_);[Red]\\(0.00\\)", "-2.35"),
        ("1234", "#,##0", "1234"),
        ("12", '0"件"', "12件"),
        ("12", "@", "12"),
        ("12", "General", "12"),
        ("12", "[Red]General", "12"),
        ("1234567", "#,##0,", "1235"),
        ("0.5", "# ?/?", "0.5"),
        ("120", "0.00E+00", "120"),
        ("0", '0;-0;"-"', "-"),
        ("45309", "yyyy/m/d", "2024年1月18日"),
        ("45309.5", 'yyyy"年"m"月"d"日" h:mm', "2024年1月18日 12:00"),
        ("0.5", "h:mm", "12:00"),
        ("99999999999", "yyyy", "#99999999999"),
    ],
)
def test_a_number_is_given_as_its_format_prints_it(stored, code, said):
    assert first(xlsx(rows(row(f'<c s="1"><v>{stored}</v></c>')), formats=[code])) == said


def test_zeros_that_are_not_printed_are_blank():
    data = rows(row(text("甲"), text("乙"), text("丙")), row(text("子"), "<c><v>0</v></c>", '<c s="1"><v>0</v></c>'))
    hidden = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    assert blocks(xlsx(hidden + data, formats=["0"]))[0][1] == ["子", "", ""]
    assert blocks(xlsx(data, formats=["0;-0;;@"]))[0][1] == ["子", "0", ""]


def test_years_may_begin_in_1904():
    data = xlsx(rows(row('<c s="1"><v>1</v></c>')), formats=["yyyy"], book='<workbookPr date1904="1"/>')
    assert first(data) == "1904年1月2日"


ODS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "text": "text", "table": "table", "style": "style"}.items()
)


def ods(*tables: str) -> bytes:
    styles = (
        '<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="gone"><style:table-properties table:display="false"/></style:style>'
    )
    body = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>{''.join(tables)}</office:body>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped(mimetype=kind, content_xml=f"<office:document-content {ODS}>{body}</office:document-content>")


def ods_row(*cells: str, named: str = "") -> str:
    return f"<table:table-row {named}>{''.join(cells)}</table:table-row>"


def ods_cell(inner: str, named: str = "") -> str:
    return f"<table:table-cell {named}><text:p>{inner}</text:p></table:table-cell>"


def test_ods_gives_what_is_printed():
    hidden, repeated = 'table:visibility="collapse"', 'table:number-columns-repeated="2"'
    two_rows, note = 'table:number-rows-spanned="2"', "<office:annotation><text:p>9</text:p></office:annotation>"
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    table = (
        f"<table:table><table:table-column {repeated}/><table:table-column/><table:table-column {hidden}/>"
        + ods_row(ods_cell("甲", two_rows), ods_cell("1</text:p><text:p>2"), ods_cell("3"), ods_cell("9"), blank)
        + ods_row("<table:covered-table-cell><text:p>9</text:p></table:covered-table-cell>", ods_cell("4", repeated))
        + ods_row(ods_cell("9", repeated), named=hidden)
        + ods_row(blank, named='table:number-rows-repeated="1000000"')
        + ods_row(
            ods_cell('35<text:span text:style-name="up">2<text:s/></text:span>'),
            f'<table:table-cell office:value="0.5">{note}<text:p>50%</text:p></table:table-cell>',
            ods_cell("1<text:s/>2"),
        )
        + "</table:table>"
    )
    gone = f'<table:table table:style-name="gone">{ods_row(ods_cell("9"), ods_cell("9"))}</table:table>'
    data = ods(gone, table)
    assert blocks(data) == [[["甲", "1\n2", "3"], ["4", "4"]], [["35²", "50%", "1 2"]]]
    assert sheets.read(data).blocks[1].rows[0].cells[0].location[2:5] == (1, 1_000_004, 1)


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_encoding_and_with_any_delimiter(encoding, delimiter):
    data = delimiter.join(["甲", '"1\n2"', "3"]) + "\r\n" + delimiter.join(["乙", "", '"4"']) + "\r\n"
    assert blocks(data.encode(encoding)) == [[["甲", "1\n2", "3"], ["乙", "", "4"]]]


def test_a_number_at_the_end_may_be_cut_off():
    document = sheets.read("甲,1\n乙,2".encode())
    assert document.blocks[0].rows[1].cells[1].text == "2…"
    assert [note.code for note in document.notes] == ["GX003"]


def test_a_quotation_that_does_not_end_is_refused():
    with pytest.raises(SourceError):
        gxparse.parse('甲,1,2\n乙,"2,3\n丙,3,4\n'.encode())


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────────────────

WIDE = ods_row(ods_cell("1", 'table:number-columns-repeated="16384"'))
HIGH = ods_row(ods_cell("1"), named='table:number-rows-repeated="900000"')
MERGED = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A3000:XFD9000"/></mergeCells>'
ENTITY = '<!DOCTYPE x [<!ENTITY a "9">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped(xl__workbook_xml=f"{ENTITY}<workbook/>"), "document type"),
        (zipped(xl__workbook_xml="<workbook/>".encode("utf-16").decode("latin-1")), "read"),
        (xlsx(rows(row('<c r="XFD1"><v>1</v></c>'))), "Columns"),
        (xlsx(MERGED), "Cells"),
        (ods(f"<table:table>{WIDE}</table:table>"), "Columns"),
        (ods(f"<table:table>{HIGH}</table:table>"), "Cells"),
        (zipped(xl__workbook_xml="<workbook/>", x=" " * (limits.SMALL_PART * 40)), "unpacked|unpack"),
    ],
)
def test_hostile_files_are_refused(data, said):
    with pytest.raises(SourceError, match=said):
        gxparse.parse(data)


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_CELLS", 100)
    with pytest.raises(SourceError, match="Cells"):
        gxparse.parse(b"1,2,3\n" * 40)


def test_a_lone_cell_far_below_costs_nothing():
    sheet = rows(row(text("甲"), text("1")), row(text("乙"), r="1048576"))
    assert blocks(xlsx(sheet)) == [[["甲", "1"]], "乙"]


def test_errors_in_xls_are_said():
    formula = b"\x06\x00\x1d\x00" + bytes(6) + b"\x02\x00\x07\x00\x00\x00\xff\xff"
    assert [note.code for note in sheets._errors(bytes(600) + formula)] == ["GX003"]
    assert [note.code for note in sheets._errors(bytes(600) + b"\x05\x02\x08\x00" + bytes(6) + b"\x2a\x01")] == [
        "GX003"
    ]
    assert sheets._errors(bytes(600)) == ()


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_raise_nothing_else(seed):
    chance = random.Random(seed)
    report = distinct(sample("2019"), seed=seed)
    data = bytearray(as_xlsx(report))
    if seed % 4 == 0:
        del data[chance.randrange(8, len(data)) :]
    for _ in range(seed % 4 * 5):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    with suppress(GxparseError):
        gxparse.parse(bytes(data))
    text = bytearray(as_csv(report))
    for _ in range(20):
        text[chance.randrange(len(text))] = chance.choice(b'",\n\x00\xff')
    with suppress(GxparseError):
        gxparse.parse(bytes(text))


@pytest.mark.parametrize("end", range(60, 4000, 250))
def test_damaged_sheets_raise_nothing_else(end):
    whole = rows(*[row(*[text(f"{number}") for number in range(10)])] * 20)
    with pytest.raises(GxparseError):
        gxparse.parse(xlsx(whole[:end]))
