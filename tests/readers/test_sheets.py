"""Spreadsheets: what is printed in each cell, which rows are tables, and what is refused."""

import csv
import io
import random
import re
import subprocess
import zipfile
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path

import pytest

import gxparse
from gxparse import GxparseError, SourceError
from gxparse.document import Paragraph
from gxparse.readers import limits, sheets
from gxparse.readers.workbook.delimited import delimiter_of
from gxparse.readers.workbook.xlsx import _place
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


# No fill, a white one, a dark one, and a pattern.
FILLS = (
    '<fills><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFE"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
)


def xlsx(*found: str, states=(), formats=(), xfs="", fonts="", strings=(), book="", more="") -> bytes:  # noqa: PLR0913
    """A workbook whose sheets hold this XML; its styles are the plain one, one for each format, and ``xfs``."""
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
    ) + "".join(
        f'<Relationship Id="{name}" Type="{office}/{name}" Target="{name}.xml"/>'
        for name in ("styles", "sharedStrings")
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
        xl__styles_xml=f"<styleSheet {MAIN}><numFmts>{codes}</numFmts><fonts><font/>{fonts}</fonts>"
        f'{FILLS}<cellXfs><xf numFmtId="0"/>{styles}{xfs}</cellXfs>{more}</styleSheet>',
        **{f"xl__worksheets__s{at}_xml": f"<worksheet {MAIN}>{each}</worksheet>" for at, each in enumerate(found, 1)},
    )


def converted(data: bytes, suffix: str, folder: Path, options: str = "") -> bytes:
    """A workbook as LibreOffice writes it in another format."""
    (folder / "made.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice(), profile, "--headless", "--convert-to", options or suffix, "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "made.xlsx")], check=True, capture_output=True, timeout=120)
    return (folder / f"made.{suffix}").read_bytes()


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
    found = gxparse.parse(converted(as_xlsx(report), suffix, tmp_path))
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


def changed(report, gap: int, change) -> bytes:
    """A workbook with a report whose sheet is changed at one of its cells."""
    data = as_xlsx(report, gap=gap)
    where = next(each.location for each in gxparse.parse(data).cells() if each.path == "requests.carried_in.enterprise")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/s1.xml").decode()
    return xlsx(change(sheet.partition(">")[2].removesuffix("</worksheet>"), where.row, where.cell))


def merged_by(across: int, down: int):
    def change(sheet: str, row: int, column: int) -> str:
        merge = f'<mergeCell ref="{named(column)}{row}:{named(column + across)}{row + down}"/>'
        return sheet.replace("<mergeCells>", f"<mergeCells>{merge}")

    return change


def without_column(sheet: str, row: int, column: int) -> str:
    return f'<cols><col min="{column}" max="{column}" hidden="1"/></cols>{sheet}'


def without_row(sheet: str, row: int, column: int) -> str:
    return sheet.replace(f'<row r="{row}"', f'<row hidden="1" r="{row}"')


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("blanks", [0, 0.2])
@pytest.mark.parametrize("change", [merged_by(1, 0), merged_by(0, 1), merged_by(1, 1), without_column, without_row])
def test_merged_values_and_hidden_columns_never_yield_a_wrong_value(form, gap, blanks, change):
    report = distinct(sample(form), seed=2, blanks=blanks)
    found, right = gxparse.parse(changed(report, gap, change)), values(report)
    assert {path: value for path, value in values(found).items() if value not in (None, right[path])} == {}
    assert values(found)["requests.received.total"] == right["requests.received.total"] or change is without_column


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shift", [1, 3])
def test_a_report_may_begin_in_any_column_and_stand_among_other_sheets(form, shift):
    report = distinct(sample(form), seed=6)
    with zipfile.ZipFile(io.BytesIO(as_xlsx(report, gap=1))) as packed:
        sheet = packed.read("xl/worksheets/s1.xml").decode().partition(">")[2].removesuffix("</worksheet>")

    def moved(match: re.Match) -> str:
        _, column = _place(match[0])
        return f"{named(column + shift)}{match[2]}"

    sheet = re.sub(r"(?<=[\":])([A-Z]+)([0-9]+)(?=[\":])", moved, sheet)
    notes = rows(row(text("填报说明"), text("5")))
    found = gxparse.parse(xlsx(notes, sheet, rows(row(text("藏"))), states=["", "", "veryHidden"]))
    assert values(found) == values(report)


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


# What LibreOffice prints, by the format code and the number that is stored.
PRINTED = {
    "General": {"0": "0", "12.6": "12.6", "-3": "-3", "0.126": "0.126"},
    "0": {"12.6": "13", "0.5": "1", "2.5": "3", "-0.4": "0", "-3": "-3", "99.95": "100"},
    "0.00": {"5": "5.00", "0.126": "0.13", "-12.345": "-12.35", "1234567.891": "1234567.89"},
    "#,##0": {"1234": "1,234", "1234567.891": "1,234,568", "100": "100"},
    "0%": {"0.5": "50%", "0.126": "13%", "1": "100%"},
    "#": {"0": "", "0.126": "", "12.6": "13"},
    "#.##": {"0": "", "0.5": ".5", "5": "5", "12.6": "12.6"},
    "0.##": {"5": "5", "0.126": "0.13"},
    "??0": {"5": "5", "1234": "1234"},
    "0.0?": {"5": "5.0", "0.126": "0.13"},
    "0_ ": {"2.5": "3", "-3": "-3"},
    '[=0]"";General': {"0": "", "12.6": "12.6"},
    '[=0]"-";0': {"0": "-", "12.6": "13"},
    "[>=100]0;0.0": {"100": "100", "99.95": "100.0", "12.6": "12.6"},
    "[>100]0;[>10]0.0;0.00": {"1234": "1234", "12": "12.0", "5": "5.00"},
    "[Red][<5]0;[Blue]0": {"1": "1", "12.6": "13"},
    "0;;": {"0": "", "-3": "", "12.6": "13"},
    "0;-0;;@": {"0": "", "-3": "-3"},
    '0;-0;"-"': {"0": "-"},
    ";;;": {"0": "", "5": "", "-3": "", "甲": ""},
    "0;(0)": {"0": "0", "-3": "(3)"},
    r"#,##0_);[Red]\(#,##0\)": {"1234": "1,234", "-3": "(3)"},
    r'_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ ': {"0": "-", "1234": "1,234", "-3": "-3", "甲": "甲"},
    '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)': {"0": "-", "5": "5.00", "-3": "(3.00)"},
    '0"件"': {"12": "12件", "-0.4": "0件"},
    '0"a;b"': {"12": "12a;b"},
    '"x;y"0': {"12": "x;y12", "-3": "-x;y3"},
    r"0\;0": {"12": "1;2", "5": "0;5"},
    "[$¥-804]#,##0.00": {"1234": "¥1,234.00"},
    "[$-804]0": {"12.6": "13"},
    "000-0000": {"1234567.891": "123-4568", "5": "000-0005"},
    "0,000": {"5": "0,005", "1234": "1,234"},
    "#,##0,": {"1234567.891": "1,235", "-12.345": "0"},
    "0.0,": {"1234": "1.2"},
    ".00": {"0.5": ".50", "12.345": "12.35"},
    "# ?/?": {"0": "0", "12.6": "12 3/5", "0.5": "1/2", "100": "100", "0.04": "0", "2.99": "3"},
    "?/?": {"2.5": "5/2", "0.99": "1/1"},
    "# ?/8": {"12.6": "12 5/8", "0.99": "1"},
    "0.00E+00": {"0": "0.00E+00", "1234": "1.23E+03", "0.126": "1.26E-01", "9.999": "1.00E+01"},
    "##0.0E+0": {"1234567.891": "1.2E+6", "12.6": "12.6E+0", "999.96": "1.0E+3"},
    "0.0E-0": {"1234": "1.2E3", "0.04": "4.0E-2"},
    "@": {"12.6": "12.6", "甲": "甲"},
    '@"件"': {"12": "12", "甲": "甲件"},
    'General"件"': {"12.6": "12.6件", "-3": "-3件"},
    "General;-General": {"-12.345": "-12.345"},
    '"-"': {"12": "-", "-3": "-"},
    '"a"0"b"0': {"12": "a1b2"},
    '0"%"': {"12": "12%"},
    "$0": {"-3": "-$3"},
    "[Color10]0": {"12.6": "13"},
    "* 0": {"12": "12"},
    '[=1]"one";[=2]"two";0': {"1": "one", "5": "5"},
}
# What is given instead where that is not known for sure, where programs differ, and for dates.
NOT_PRINTED = {
    "[DBNum1]General": {"12": "?12"},
    "[$-1E000804]0": {"12": "?12"},
    "[White]0": {"12": "?12"},
    "[Color 2]0": {"12": "?12"},
    "[$-F800]0": {"45309": "2024年1月18日"},
    "[$-F400]General": {"0.5": "12:00"},
    "0*-": {"12": "?12"},
    "0!件": {"12": "?12"},
    "0x": {"12": "?12"},
    "0.5": {"12": "?12"},
    "0.0.0": {"12": "?12"},
    "0;0;0;0;0": {"12": "?12"},
    '0"': {"12": "?12"},
    "[>=100]0;0.0": {"-3": "?-3"},
    "0;[>5]0.0": {"12": "?12"},
    "[>5]0": {"1": "?1"},
    '[>0]0;"n"': {"0": "n", "5": "5"},
    "[>5]0;0.0;0.00": {"1": "?1"},
    "0;0;0;0": {"甲": "?甲"},
    "0" * 30: {"1E21": "?1000000000000000000000"},
    f"0.{'0' * 40}": {"5": "?5"},
    f"0.{'0' * 25}E+0": {"5": "?5"},
    "# ?/": {"0.5": "?0.5"},
    '"a"# ?/?': {"0.5": "?0.5"},
    "yyyy/m/d": {"45309": "2024年1月18日"},
    'yyyy"年"m"月"d"日" h:mm': {"45309.5": "2024年1月18日 12:00"},
    "yyyy/m/d;@": {"45309": "2024年1月18日"},
    "[DBNum1][$-804]yyyy": {"45309": "2024年1月18日"},
    "[h]:mm": {"0.5": "12:00"},
    "yyyy": {"99999999999": "?99999999999"},
}


@pytest.mark.parametrize(
    ("code", "stored", "said"),
    [(code, *case) for codes in (PRINTED, NOT_PRINTED) for code, cases in codes.items() for case in cases.items()],
)
def test_a_cell_is_given_as_its_format_prints_it(code, stored, said):
    cell = text(stored).replace("<c", '<c s="1"') if stored == "甲" else f'<c s="1"><v>{stored}</v></c>'
    assert blocks(xlsx(rows(row(cell, text("."))), formats=[code])) == [[[said, "."]] if said else "."]


def test_formats_are_printed_as_libreoffice_prints_them(tmp_path):
    cases = [(code, *case) for code, cases in PRINTED.items() for case in cases.items() if case[0] != "甲"]
    cells = [row(f'<c s="{at}"><v>{stored}</v></c>', text(".")) for at, (_, stored, _) in enumerate(cases, 1)]
    data = xlsx(rows(*cells), formats=[code for code, *_ in cases])
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"
    found = list(csv.reader(io.StringIO(converted(data, "csv", tmp_path, options).decode())))
    printed = [" ".join(line[0].split()) for line in found]
    assert list(zip(cases, printed, strict=True)) == [(case, case[2]) for case in cases]


@pytest.mark.parametrize(
    ("number", "stored", "said"),
    [
        (0, 0.5, "0.5"),
        (3, 1234, "1,234"),
        (9, 0.5, "50%"),
        (12, 0.5, "1/2"),
        (14, 45309, "2024年1月18日"),
        (37, -5, "(5)"),
        (41, 0, "-"),
        (41, 1234, "1,234"),
        (42, 5, "¥5"),
        (43, 0, "-"),
        (43, 5, "5.00"),
        (44, 0, "¥-"),
        (49, 5, "5"),
        (163, 5, "?5"),
    ],
)
def test_formats_that_files_need_not_spell_out(number, stored, said):
    assert first(xlsx(rows(row(f'<c s="1"><v>{stored}</v></c>')), xfs=f'<xf numFmtId="{number}"/>')) == said


def test_zeros_that_are_not_printed_are_blank():
    data = rows(row(text("甲"), text("乙"), text("丙")), row(text("子"), "<c><v>0</v></c>", '<c s="1"><v>0</v></c>'))
    hidden = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    assert blocks(xlsx(hidden + data, formats=["0"]))[0][1] == ["子", "", ""]
    assert blocks(xlsx(data, formats=["0;-0;;@"]))[0][1] == ["子", "0", ""]


def test_years_may_begin_in_1904():
    data = xlsx(rows(row('<c s="1"><v>1</v></c>')), formats=["yyyy"], book='<workbookPr date1904="1"/>')
    assert first(data) == "1904年1月2日"


STRUCK = '<font><strike/></font><font><strike val="0"/></font><font><vertAlign val="superscript"/></font>'
SET = "".join(f'<xf numFmtId="0" fontId="{at}"/>' for at in (1, 2, 3))


def test_what_is_struck_out_is_no_number():
    run = "<r><rPr><strike/></rPr><t>12</t></r><r><rPr><b/></rPr><t>15</t></r>"
    cells = [f'<c s="{at}"><v>5</v></c>' for at in (1, 2, 3)]
    strings = [f'<c s="{at}" t="inlineStr"><is>{inner}</is></c>' for at in (0, 1) for inner in (run, "<t>5</t>")]
    data = xlsx(rows(row(*cells, *strings)), fonts=STRUCK, xfs=SET)
    assert blocks(data) == [[["~~5~~", "5", "⁵", "~~12~~15", "5", "~~12~~15", "~~5~~"]]]


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        ('rgb="FFFFFFFF"', ["?5", "?5", "5", "5"]),
        ('theme="0"', ["?5", "?5", "5", "5"]),
        ('indexed="9"', ["?5", "?5", "5", "5"]),
        ('rgb="FF1f3864"', ["5", "5", "?5", "5"]),
        ('theme="0" tint="-0.5"', ["5"] * 4),
        ('theme="1"', ["5"] * 4),
        ('auto="1"', ["5"] * 4),
    ],
)
def test_figures_in_the_colour_of_their_ground_are_not_read(colour, said):
    xfs = "".join(f'<xf numFmtId="0" fontId="1" fillId="{fill}"/>' for fill in range(4))
    cells = [f'<c s="{at}"><v>5</v></c>' for at in range(1, 5)]
    run = f'<c t="inlineStr"><is><r><rPr><color {colour}/></rPr><t>5</t></r></is></c>'
    label = '<c s="1" t="inlineStr"><is><t>规章</t></is></c>'
    data = xlsx(rows(row(label, *cells, run)), fonts=f"<font><color {colour}/></font>", xfs=xfs)
    assert blocks(data) == [[["规章", *said, said[0]]]]


def test_figures_that_are_repeated_are_not_read():
    xfs = "".join(f'<xf numFmtId="0"><alignment horizontal="{how}"/></xf>' for how in ("fill", "center"))
    cells = '<c s="1"><v>5</v></c>', '<c s="1" t="inlineStr"><is><t>5</t></is></c>', '<c s="2"><v>5</v></c>'
    assert blocks(xlsx(rows(row(*cells)), xfs=xfs)) == [[["?5", "?5", "5"]]]


CHANGES = (
    '<dxf><numFmt numFmtId="300" formatCode=";;;"/></dxf><dxf><font><color rgb="FFFFFFFF"/></font></dxf>'
    '<dxf><font><color theme="0"/></font><fill><patternFill><bgColor rgb="FFFF0000"/></patternFill></fill></dxf>'
    "<dxf><font><strike/></font></dxf><dxf><font><b/></font></dxf>"
)
NEWER = 'xmlns:n="urn:n"'


@pytest.mark.parametrize(
    ("rule", "is_sure"),
    [
        ('<cfRule type="cellIs" dxfId="0"/>', False),
        ('<cfRule type="cellIs" dxfId="1"/>', False),
        ('<cfRule type="cellIs" dxfId="2"/>', True),
        ('<cfRule type="cellIs" dxfId="3"/>', False),
        ('<cfRule type="cellIs" dxfId="4"/>', True),
        ('<cfRule type="cellIs" dxfId="9"/>', False),
        ('<cfRule type="dataBar"><dataBar showValue="0"/></cfRule>', False),
        ('<cfRule type="dataBar"><dataBar/></cfRule>', True),
        ('<cfRule type="iconSet"><iconSet showValue="0"/></cfRule>', False),
        ('<cfRule type="colorScale"><colorScale/></cfRule>', True),
        (f'<n:dxf {NEWER}><n:numFmt formatCode="0"/></n:dxf>', False),
    ],
)
def test_figures_that_a_condition_may_change_are_not_read(rule, is_sure):
    found = rows(row(text("规章"), text("本年"), *["<c><v>5</v></c>"] * 3), row(text("其他"), *["<c><v>6</v></c>"] * 4))
    rule = f'<conditionalFormatting sqref="A1:C1 $E$1:E1048576">{rule}</conditionalFormatting>'
    data = xlsx(found + rule, more=f"<dxfs>{CHANGES}</dxfs>")
    changed = [["规章", "本年", "?5", "5", "?5"], ["其他", "6", "6", "6", "?6"]]
    assert blocks(data) == [[[each.strip("?") for each in line] for line in changed] if is_sure else changed]


def test_newer_conditions_name_their_cells_within_them():
    inner = '<n:cfRule><n:dataBar showValue="0"/></n:cfRule><n:sqref>B1</n:sqref>'
    rule = f"<extLst><n:conditionalFormatting {NEWER}>{inner}</n:conditionalFormatting></extLst>"
    data = xlsx(rows(row(*["<c><v>5</v></c>"] * 3)) + rule)
    assert blocks(data) == [[["5", "?5", "5"]]]


def test_ever_so_many_conditions_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_CELLS", 100)
    areas = " ".join(["A1:A1048576"] * 101)
    rule = f'<conditionalFormatting sqref="{areas}"><cfRule dxfId="0"/></conditionalFormatting>'
    with pytest.raises(SourceError, match="conditional formats"):
        sheets.read(xlsx(rows(row("<c><v>5</v></c>", text("甲"))) + rule))


def with_cell(report, path: str, cell: str, **parts) -> bytes:
    """A workbook with a report in which a cell is replaced by another; its place in it is written {}."""
    where = next(each.location for each in gxparse.parse(as_xlsx(report)).cells() if each.path == path)
    place = f"{named(where.cell)}{where.row}"
    with zipfile.ZipFile(io.BytesIO(as_xlsx(report))) as packed:
        sheet = packed.read("xl/worksheets/s1.xml").decode()
    sheet, times = re.subn(f'<c r="{place}">.*?</c>', lambda _: cell.format(f'r="{place}"'), sheet)
    assert times == 1
    return xlsx(sheet.partition(">")[2].removesuffix("</worksheet>"), **parts)


@pytest.mark.parametrize(
    "cell",
    [
        "<c {}><v>1 2</v></c>",
        "<c {}><v>５</v></c>",
        "<c {}><v>1_0</v></c>",
        "<c {}><v>NaN</v></c>",
        "<c {}><v>1E999999999</v></c>",
        '<c {} s="x"><v>5</v></c>',
        '<c {} s="99"><v>5</v></c>',
        '<c {} s="-1"><v>5</v></c>',
        '<c {} s="99" t="inlineStr"><is><t>5</t></is></c>',
        '<c {} t="s"><v>99</v></c>',
        '<c {} t="s"><v>x</v></c>',
        '<c {} t="b"><v>5</v></c>',
        '<c {} t="e"><v>5</v></c>',
        '<c {} t="x"><v>5</v></c>',
        "<c {}><v>5</v></c><c {}><v>5</v></c>",
        '<c r="x"><v>5</v></c>',
        '<c r="B1"><v>5</v></c>',
        '<c {} s="1"><v>5</v></c>',
    ],
)
def test_what_is_wrong_with_a_cell_costs_that_cell(cell):
    report = distinct(sample("2021"), seed=5)
    path = "requests.results.denied.third_party_rights.enterprise"
    found = gxparse.parse(with_cell(report, path, cell.replace("{}", "{0}"), fonts=STRUCK, xfs=SET))
    assert values(found) == {**values(report), path: None}
    assert [(each.code, each.path) for each in found.findings] == [("GX202", path)]
    assert found.findings[0].location == next(each.location for each in found.cells() if each.path == path)


def test_rows_whose_place_is_not_known():
    data = rows('<row><c r="A3"><v>5</v></c><c><v>7</v></c></row>', "<row><c><v>6</v></c></row>")
    assert blocks(xlsx(data)) == [[["5", "7"], ["6", ""]]]
    assert blocks(xlsx(rows('<row r="x"><c r="B3"><v>5</v></c></row>'))) == ["5"]
    assert blocks(xlsx(rows('<row r="x"><c><v>5</v></c><c><v>6</v></c></row>'))) == [[["?5", "?6"]]]


def test_a_merge_that_leads_nowhere_hides_nothing():
    sheet = (
        rows(row(text("甲"), text("1"))) + '<mergeCells><mergeCell ref="X:C9"/><mergeCell ref="D9:C8"/></mergeCells>'
    )
    assert blocks(xlsx(sheet)) == [[["甲", "1"]]]


def test_escaped_characters_are_read():
    assert first(xlsx(rows(row(text("1_x0032__x005F_x0033_"))))) == "12_x0033_"


def test_rows_and_columns_without_size_are_hidden():
    sheet = '<cols><col min="2" max="2" width="0"/></cols>' + rows(
        row(text("甲"), text("9"), text("1")), row(text("9"), text("9"), text("9"), ht="0")
    )
    assert blocks(xlsx(sheet)) == [[["甲", "1"]]]


ODS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "text": "text", "table": "table", "style": "style"}.items()
)


def style(name: str, family: str, parent: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'


def ods(*tables: str) -> bytes:
    styles = (
        f"{style('up', 'text')}<style:text-properties style:text-position='super 58%'/></style:style>"
        f"{style('struck', 'text')}<style:text-properties style:text-line-through-style='solid'/></style:style>"
        f"{style('Struck', 'table-cell')}<style:text-properties style:text-line-through-type='double'/></style:style>"
        f"{style('child', 'table-cell', 'Struck')}</style:style>"
        f"{style('not', 'text')}<style:text-properties style:text-line-through-style='none'/></style:style>"
        f"{style('white', 'text')}<style:text-properties style:color='#ffffff'/></style:style>"
        f"{style('White', 'table-cell')}<style:text-properties style:color='#FFFFFF'/></style:style>"
        f"{style('dark', 'table-cell', 'White')}<style:table-cell-properties style:background-color='#000080'/>"
        "</style:style>"
        f"{style('auto', 'text')}"
        "<style:text-properties style:color='#ffffff' style:use-window-font-color='true'/></style:style>"
        f"{style('fills', 'table-cell')}<style:table-cell-properties style:repeat-content='true'/></style:style>"
        "<style:style style:name='Coded' style:family='table-cell' style:data-style-name='N1'/>"
        f"{style('maps', 'table-cell')}<style:map style:apply-style-name='White'/></style:style>"
        f"{style('bold', 'table-cell')}<style:map style:apply-style-name='plain'/></style:style>"
        f"{style('gone', 'table')}<style:table-properties table:display='false'/></style:style>"
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


def test_ods_gives_what_is_struck_out_as_such():
    table = (
        '<table:table><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="Struck" table:number-columns-repeated="3"/>'
        + ods_row(
            ods_cell('1<text:span text:style-name="struck">2</text:span>5'),
            ods_cell("5", 'table:style-name="child"'),
            ods_cell("5"),
            ods_cell('1<text:span text:style-name="not">2</text:span>'),
            ods_cell("5", 'table:style-name="plain"'),
        )
        + ods_row(ods_cell("5"), ods_cell("6", 'table:number-columns-repeated="2"'))
        + ods_row(ods_cell("5"), ods_cell("6"), named='table:default-cell-style-name="child"')
        + "</table:table>"
    )
    assert blocks(ods(table)) == [
        [
            ["1~~2~~5", "~~5~~", "~~5~~", "~~1~~2", "5"],
            ["5", "6", "~~6~~", "", ""],
            ["~~5~~", "~~6~~", "", "", ""],
        ]
    ]


def test_ods_figures_that_may_not_be_seen_are_not_read():
    cells = [ods_cell("5", f'table:style-name="{name}"') for name in ("White", "dark", "fills", "maps", "bold")]
    white = '<text:span text:style-name="white">5</text:span>'
    cells += [ods_cell(white), ods_cell(white, 'table:style-name="dark"'), ods_cell(white.replace("white", "auto"))]
    label = ods_cell("规章", 'table:style-name="White"')
    found = blocks(ods(f"<table:table>{ods_row(label, *cells)}</table:table>"))
    assert found == [[["规章", "?5", "5", "?5", "?5", "5", "?5", "5", "5"]]]


@pytest.mark.parametrize(
    ("rule", "is_sure"),
    [
        ('<table:condition table:apply-style-name="White"/>', False),
        ('<table:condition table:apply-style-name="Coded"/>', False),
        ('<table:condition table:apply-style-name="Struck"/>', False),
        ('<table:condition table:apply-style-name="plain"/>', True),
        ('<table:data-bar table:show-value="false"/>', False),
        ("<table:data-bar/>", True),
        ('<table:icon-set table:show-value="false"/>', False),
    ],
)
def test_ods_figures_that_a_condition_may_change_are_not_read(rule, is_sure):
    address = 'table:target-range-address="$Sheet1.$B$1:$Sheet1.$C$1 Sheet1.E1"'
    rule = f"<table:conditional-format {address}>{rule}</table:conditional-format>"
    cells = [ods_cell(each) for each in ("规章", "1", "2", "3", "4")]
    found = blocks(ods(f"<table:table>{ods_row(*cells)}{rule}</table:table>"))
    assert found == [[["规章", "1", "2", "3", "4"] if is_sure else ["规章", "?1", "?2", "3", "?4"]]]


def test_an_ods_value_without_its_print_is_not_read():
    value = '<table:table-cell office:value-type="float" office:value="5">{}</table:table-cell>'
    table = f"<table:table>{ods_row(ods_cell('甲'), value.format(''), value.format('<text:p/>'))}</table:table>"
    assert blocks(ods(table)) == [[["甲", "?5"]]]


@pytest.mark.parametrize(
    ("book", "is_sure"),
    [
        ("", True),
        ('<calcPr calcId="191029"/>', True),
        ('<calcPr fullCalcOnLoad="1"/>', False),
        ('<calcPr calcCompleted="0"/>', False),
    ],
)
def test_formulas_that_are_reckoned_when_the_workbook_is_opened_are_not_read(book, is_sure):
    cells = (
        '<c t="str"><f>A9</f><v>规章</v></c>',
        "<c><f>SUM(C1:D1)</f><v>0</v></c>",
        '<c t="str"><f>C1</f><v>7</v></c>',
        "<c><v>5</v></c>",
    )
    found = ["规章", "0", "7", "5"] if is_sure else ["规章", "?0", "?7", "5"]
    data = xlsx(rows(row(*cells)))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</sheets>", f"</sheets>{book}")
    assert blocks(zipped(**parts)) == [[found]]


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_in_any_encoding_and_with_any_delimiter(encoding, delimiter, end):
    data = delimiter.join(["甲", '"1\n2"', "3"]) + end + delimiter.join(["乙", "", '"4"']) + end
    assert blocks(data.encode(encoding)) == [[["甲", "1\n2", "3"], ["乙", "", "4"]]]


@pytest.mark.parametrize("sign", ";\t|,")
def test_the_first_line_may_name_the_delimiter(sign):
    data = f"sep={sign}\r\n甲{sign}1{sign}2\r\n".encode()
    assert blocks(data) == [[["甲", "1", "2"]]]
    assert sheets.read(data).blocks[0].rows[0].cells[1].location[2:5] == (1, 2, 2)


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        (["名称;甲;乙", "规章;1,5;2,5", "规范性文件;1,234;5"], ";"),
        (["名称,甲,乙", '规章,"1,234",2', "一;二;三;四,1,2"], ","),
        (["名称\t甲\t乙", "规章\t1,234\t2,345", "文件\t1,234\t2,345"], "\t"),
        (["题", "名称;甲", "规章;1", "名称;甲;乙;丙", "收到;1;2;3", "结转;0;0;0"], ";"),
        (["本年收到 1,234 件，比上年多 2,345 件。", "办结 12,345 件。", "其他。"], None),
        (["一;二;三;四", "五", "六;七", "八"], None),
        ([], None),
    ],
)
def test_the_delimiter_is_the_one_that_makes_columns(lines, sign):
    assert delimiter_of("\n".join(lines)) == sign


def test_quoted_cells_hold_numbers_with_commas_and_line_ends():
    assert blocks('甲,"1,234","5\r6"\n乙,2,"""3"""\n'.encode()) == [[["甲", "1,234", "5\r6"], ["乙", "2", '"3"']]]


def test_a_nul_in_a_cell_makes_it_unreadable():
    assert blocks("甲,1\0,2\n乙,3,4\n".encode()) == [[["甲", "1\0", "2"], ["乙", "3", "4"]]]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("first", ["", "sep=;\n"])
def test_a_report_with_semicolons_is_read(form, encoding, first):
    report = distinct(sample(form), seed=4)
    lines = csv.reader(io.StringIO(as_csv(report).decode("gb18030")))
    found = io.StringIO()
    csv.writer(found, delimiter=";").writerows(lines)
    assert values(gxparse.parse(f"{first}{found.getvalue()}".encode(encoding))) == values(report)


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
