"""XLS: what is printed in each cell, in workbooks of Excel 5.0 and later, and what is refused."""

import struct
from collections.abc import Sequence

import pytest

import gxparse
from gxparse import SourceError
from gxparse.readers import limits
from gxparse.readers.formats import format_of
from gxparse.readers.workbook.xls import sheets
from tests.compound import FREE, LAST, TABLE, compound, entry
from tests.layouts import FORMS, distinct, sample
from tests.readers.test_sheets import (
    CHANGES,
    PRINTED,
    SET,
    STRUCK,
    blocks,
    converted,
    report_rows,
    row,
    rows,
    text,
    values,
    xlsx,
)

# ── As a spreadsheet program writes it ───────────────────────────────────────────────────────────────────────────────


def test_xls_is_printed_as_xlsx_is(tmp_path):
    cases = [(code, stored) for code, cases in PRINTED.items() for stored in cases]
    cells = [
        row((text("甲") if stored == "甲" else f"<c><v>{stored}</v></c>").replace("<c", f'<c s="{at}"'), text("."))
        for at, (_, stored) in enumerate(cases, 1)
    ]
    data = xlsx(rows(*cells), formats=[code for code, _ in cases])
    assert blocks(converted(data, "xls", tmp_path)) == blocks(data)


def test_xls_shows_what_is_struck_out_hidden_or_wrong(tmp_path):
    runs = (
        '<r><t>𠀀35</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r><r><rPr><strike/></rPr><t>9</t></r>'
    )
    hidden = '<cols><col min="3" max="3" hidden="1"/></cols>'
    sheet = rows(
        row(text("头"), text("乙"), text("9"), text("丙"), text("丁")),
        row(
            text("甲"),
            '<c s="1"><v>5</v></c>',
            text("9"),
            '<c s="2"><v>5</v></c>',
            f'<c t="inlineStr"><is>{runs}</is></c>',
        ),
        row(text("9"), text("9"), text("9"), text("9"), text("9"), hidden="1"),
        row(
            text("乙"),
            '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            text("9"),
            "<c><v>1.25</v></c>",
            '<c t="b"><v>1</v></c>',
        ),
        row(
            text("丙"),
            '<c t="str"><f>"a"&amp;"b"</f><v>ab</v></c>',
            text("9"),
            "<c><f>1+1</f><v>2</v></c>",
            "<c><v>0</v></c>",
        ),
        row(text("长" * 9000), text("字" * 9000), text("9"), text("5"), text("6")),
    )
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    zeros = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    data = converted(
        xlsx(zeros + hidden + sheet + merged, rows(row(text("藏"))), states=["", "hidden"], fonts=STRUCK, xfs=SET),
        "xls",
        tmp_path,
    )
    assert blocks(data) == [
        [["头", "丙", "丁"], ["甲", "~~5~~", "5", "𠀀35²~~9~~"]],
        [["乙", "#DIV/0!", "1.25", "TRUE"], ["丙", "ab", "2", ""], ["长" * 9000, "字" * 9000, "5", "6"]],
    ]


@pytest.mark.parametrize("colour", ['rgb="FFFFFFFF"', 'indexed="9"', 'rgb="FF1f3864"', 'rgb="FFFF0000"', 'theme="1"'])
def test_xls_shows_figures_in_the_colour_of_their_ground_as_xlsx_does(colour, tmp_path):
    xfs = "".join(f'<xf numFmtId="0" fontId="1" fillId="{fill}" applyFill="1"/>' for fill in range(4))
    cells = [f'<c s="{at}"><v>5</v></c>' for at in range(1, 5)]
    run = f'<c t="inlineStr"><is><r><rPr><color {colour}/></rPr><t>5</t></r><r><t>9</t></r></is></c>'
    label = '<c s="1" t="inlineStr"><is><t>规章</t></is></c>'
    data = xlsx(rows(row(label, *cells, run)), fonts=f"<font><color {colour}/></font>", xfs=xfs)
    assert blocks(converted(data, "xls", tmp_path)) == blocks(data)


def test_xls_shows_figures_that_are_repeated_as_xlsx_does(tmp_path):
    xfs = "".join(f'<xf numFmtId="0"><alignment horizontal="{how}"/></xf>' for how in ("fill", "center"))
    cells = '<c s="1"><v>5</v></c>', '<c s="1" t="inlineStr"><is><t>5</t></is></c>', '<c s="2"><v>5</v></c>'
    data = converted(xlsx(rows(row(*cells)), xfs=xfs), "xls", tmp_path)
    assert blocks(data) == [[["?5", "?5", "5"]]]


# LibreOffice writes no number format of a condition into XLS.
@pytest.mark.parametrize("number", range(1, 5))
def test_xls_shows_figures_that_a_condition_may_change_as_xlsx_does(number, tmp_path):
    rule = f'<cfRule type="cellIs" priority="1" operator="greaterThan" dxfId="{number}"><formula>9</formula></cfRule>'
    rule = f'<conditionalFormatting sqref="B1:C1 E1:E2">{rule}</conditionalFormatting>'
    found = rows(row(text("规章"), *["<c><v>5</v></c>"] * 4), row(text("其他"), *["<c><v>6</v></c>"] * 4))
    data = xlsx(found + rule, more=f"<dxfs>{CHANGES}</dxfs>")
    assert blocks(converted(data, "xls", tmp_path)) == blocks(data)


# ── Records ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def small_xls(*records: tuple[int, bytes]) -> bytes:
    """A compound file with a stream of these records, which is kept in its small sectors."""
    stream = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)
    sectors = -(-len(stream) // 64)
    table = struct.pack("<128I", TABLE, LAST, LAST, *range(4, 10), LAST, *[FREE] * 118)
    small = struct.pack("<128I", *range(1, sectors), LAST, *[FREE] * (128 - sectors))

    folder = entry("Root Entry", 5, (3, sectors * 64), inside=1) + entry("Workbook", 2, (0, len(stream)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + struct.pack("<HH10xIII", 9, 6, 1, 1, 0)
    head += struct.pack("<IIIII109I", 4096, 2, 1, LAST, 0, 0, *[FREE] * 108)
    return head + table + folder.ljust(512, b"\0") + small + stream.ljust(3584, b"\0")


def xls(*records: tuple[int, bytes], codes: Sequence[str] = (), before: Sequence[tuple[int, bytes]] = ()) -> bytes:
    """A workbook before 2007 whose only sheet has these records; it has the plain style and one for each code."""
    begin = struct.pack("<HH12x", 0x0600, 5)
    styles = [
        (0x41E, struct.pack("<HHB", 200 + at, len(code), 0) + code.encode("latin-1")) for at, code in enumerate(codes)
    ]
    styles += [(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, *(200 + at for at in range(len(codes))))]
    before = [(0x809, begin), *before, (0x31, bytes(15)), *styles]
    offset = sum(4 + len(body) for _, body in before) + 4 + 9 + 4
    sheet = (0x85, struct.pack("<IBBBBc", offset, 0, 0, 1, 0, b"S"))
    return small_xls(*before, sheet, (0x0A, b""), (0x809, begin), *records, (0x0A, b""))


def number(row: int, column: int, style: int, value: float) -> tuple[int, bytes]:
    return 0x203, struct.pack("<HHHd", row, column, style, value)


def test_what_is_wrong_with_a_cell_of_xls_costs_that_cell():
    cells = [
        number(0, 0, 0, 5),
        number(0, 1, 9, 5),
        number(0, 2, 0, float("inf")),
        (0xFD, struct.pack("<HHHI", 0, 3, 0, 7)),
        number(0, 4, 1, 5),
        number(0, 5, 2, 0.5),
        (0xBD, struct.pack("<HHHIHIH", 0, 6, 0, 5 << 2 | 2, 0, 1234 << 2 | 3, 7)),
        (0x205, struct.pack("<HHHBB", 0, 8, 0, 7, 1)),
    ]
    assert blocks(xls(*cells, codes=["[DBNum1]0", "0%"])) == [
        [["5", "?5", "?inf", "?", "?5", "50%", "5", "12.34", "#DIV/0!"]]
    ]


def test_zeros_that_xls_does_not_print_are_blank():
    window = 0x23E, struct.pack("<H16x", 0x20)
    assert blocks(xls(window, number(0, 0, 0, 5), number(0, 1, 0, 0), number(0, 2, 0, 6))) == [[["5", "6"]]]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (small_xls((0x809, struct.pack("<HH12x", 0x0600, 5)), (0x2F, bytes(4)), (0x0A, b"")), "encrypted"),
        (xls(number(0, 0, 0, 5))[:-3500], "cut off"),
        (xls(number(0, 0, 0, 5)).replace(struct.pack("<II", 4, 5), struct.pack("<II", 4, 4)), "follow"),
        (
            small_xls((0x809, struct.pack("<HH12x", 0x0600, 5)), (0xFC, struct.pack("<II", 9, 2**31)), (0x0A, b"")),
            "range",
        ),
    ],
)
def test_damaged_xls_are_refused(data, said):
    with pytest.raises(SourceError, match=said):
        gxparse.parse(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (small_xls((0x809, struct.pack("<HH12x", 0x0400, 5))), "0x0400"),
        (small_xls((0x9, struct.pack("<HH12x", 0x0600, 5))), "no workbook"),
    ],
)
def test_xls_of_no_known_version_are_refused(data, said):
    with pytest.raises(SourceError, match=said):
        gxparse.parse(data)


def formula(column: int, result: bytes, flags: int = 0) -> tuple[int, bytes]:
    return 0x006, struct.pack("<HHH8sH6x", 0, column, 0, result, flags)


def stored(number: float) -> bytes:
    return struct.pack("<d", number)


TEXT, EMPTY, ERROR = (bytes([kind, 0, 7, 0, 0, 0, 0xFF, 0xFF]) for kind in (0, 3, 2))


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([formula(0, stored(3))], "3"),
        # The number 0 of a formula that is reckoned when the workbook is opened is no number that anybody sees.
        ([formula(0, stored(0), 3)], "?0"),
        ([formula(0, stored(0), 2)], "?0"),
        ([formula(0, stored(12.5), 1)], "?12.5"),
        ([formula(0, TEXT, 2), (0x207, struct.pack("<HB", 1, 0) + b"7")], "?"),
        ([formula(0, EMPTY)], "?"),
        ([formula(0, ERROR)], "#DIV/0!"),
        ([formula(0, TEXT)], "?"),
        ([formula(0, TEXT), (0x207, struct.pack("<HB", 1, 0) + b"7")], "7"),
        # The text of a formula is no text of another cell.
        ([number(0, 0, 0, 5), (0x207, struct.pack("<HB", 1, 0) + b"7")], "5"),
        ([formula(0, stored(3)), (0x207, struct.pack("<HB", 1, 0) + b"7")], "3"),
    ],
)
def test_what_a_formula_yields_is_read_as_far_as_it_was_reckoned(records, said):
    assert blocks(xls(*records, number(0, 1, 0, 8), number(0, 2, 0, 9))) == [[[said, "8", "9"]]]


def test_that_a_formula_yields_nothing_is_known_where_excel_reckoned_it():
    cells = formula(0, EMPTY), number(0, 1, 0, 8), number(0, 2, 0, 9)
    assert blocks(xls(*cells, before=[(0x1C1, bytes(8))])) == [[["8", "9"]]]


@pytest.mark.parametrize("runs", [[(1, 0), (0, 0)], [(9, 0)], [(2, 0), (2, 1), (1, 0)]])
def test_fonts_that_do_not_follow_one_another_make_a_text_unreadable(runs):
    label = (
        struct.pack("<HHHHBH", 0, 0, 0, 2, 8, len(runs)) + b"12" + b"".join(struct.pack("<HH", *run) for run in runs)
    )
    assert blocks(xls((0x204, label), number(0, 1, 0, 8), number(0, 2, 0, 9))) == [[["?12", "8", "9"]]]


def test_rows_and_columns_without_size_are_hidden():
    cells = [number(row, column, 0, 3 * row + column) for row in range(3) for column in range(3)]
    sizes = [(0x208, struct.pack("<H4xH4xI", row, height, 0)) for row, height in ((0, 300), (1, 0))]
    columns = [(0x7D, struct.pack("<6H", 1, 1, 0, 0, 0, 0)), (0x7D, struct.pack("<6H", 2, 2, 2560, 0, 0, 0))]
    assert blocks(xls(*sizes, *columns, *cells)) == [[["0", "2"]], [["6", "8"]]]


def test_conditions_of_later_versions_make_what_they_cover_unreadable():
    later = 0x879, bytes(24) + struct.pack("<5H", 1, 0, 0, 1, 1)
    assert blocks(xls(later, *(number(0, at, 0, 5) for at in range(3)))) == [[["5", "?5", "5"]]]


HIDDEN = (0x208, struct.pack("<H4xH4xI", 0, 300, 0x20))


@pytest.mark.parametrize(
    ("records", "limit", "said"),
    [
        ([(0xBD, struct.pack("<HH", 0, 0) + struct.pack("<HI", 0, 2) * 100 + bytes(2))] * 4, 399, "Cells"),
        ([HIDDEN, *(number(0, at, 0, 5) for at in range(100))], 99, "Cells"),
        ([(0xE5, struct.pack("<5H", 1, 0, 9, 0, 9))] * 20, 1_999, "Cells"),
    ],
)
def test_the_cells_of_all_records_are_counted(records, limit, said, monkeypatch):
    monkeypatch.setattr(limits, "MAX_CELLS", limit)
    with pytest.raises(SourceError, match=said):
        gxparse.parse(xls(*records))
    monkeypatch.setattr(limits, "MAX_CELLS", limit + 1)
    assert blocks(xls(*records)) is not None


def test_a_sheet_that_is_listed_twice_is_read_once():
    data = xls(number(0, 0, 0, 5), number(0, 1, 0, 6))
    listed = data[data.index(struct.pack("<HH", 0x85, 9)) :][:13]
    twice = xls(number(0, 0, 0, 5), number(0, 1, 0, 6), before=[(0x85, listed[4:])])
    offset = struct.unpack("<I", listed[4:8])[0]
    twice = twice.replace(listed[4:8], struct.pack("<I", offset + 13))
    assert blocks(twice) == blocks(data) == [[["5", "6"]]]


def test_columns_are_hidden_up_to_the_most_that_a_table_has():
    hidden = 0x7D, struct.pack("<6H", 2, 0xFFFE, 2560, 0, 1, 0)
    (sheet,) = sheets(xls(hidden, *(number(0, at, 0, 5) for at in range(3))))
    assert sheet.hidden_columns == set(range(3, limits.MAX_COLUMNS + 1))


# ── XLS before Excel 97 ──────────────────────────────────────────────────────────────────────────────────────────────


PLAIN_STYLE = (0x31, bytes(15)), (0xE0, bytes(16))


def old_stream(*found: Sequence[tuple[int, bytes]], states=(), before=PLAIN_STYLE, code_page: int = 936) -> bytes:
    """The stream of a workbook of Excel 5.0, whose sheets have these records."""
    begin, end = [(0x809, struct.pack("<HH4x", 0x0500, kind)) for kind in (5, 16)], (0x0A, b"")
    before = [begin[0], (0x42, struct.pack("<H", code_page)), *before]
    offset, listed = sum(4 + len(body) for _, body in before) + len(found) * 12 + 4, []
    for records, state in zip(found, [*states, *[0] * (len(found) - len(states))], strict=True):
        listed.append((0x85, struct.pack("<IBBBc", offset, state, 0, 1, b"S")))
        offset += 12 + 4 + sum(4 + len(body) for _, body in records)
    records = [*before, *listed, end, *(each for sheet in found for each in (begin[1], *sheet, end))]
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def old_label(row: int, column: int, text: str, *runs: tuple[int, int]) -> tuple[int, bytes]:
    """A text, and from which byte on which font it is set in."""
    coded = text.encode("gb18030")
    marks = bytes([len(runs), *(number for run in runs for number in run)]) if runs else b""
    return 0xD6 if runs else 0x204, struct.pack("<HHHH", row, column, 0, len(coded)) + coded + marks


def as_old_xls(report) -> bytes:
    """A report in a workbook of Excel 5.0, which has no merged cells."""
    cells = (
        (at, column - 1, text) for at, (texts, _) in enumerate(report_rows(report)) for column, text in texts.items()
    )
    return compound(
        Book=old_stream(
            [
                number(row, column, 0, float(text)) if text.isdecimal() else old_label(row, column, text)
                for row, column, text in cells
            ]
        )
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_report_in_a_workbook_before_excel_97(form):
    report = distinct(sample(form), seed=6, blanks=0.2)
    found = gxparse.parse(as_old_xls(report))
    assert values(found) == values(report)
    assert not found.findings


def test_cells_before_excel_97_are_as_they_are_printed():
    font = struct.pack("<HHHHHxxxx", 200, 0, 0, 400, 0) + b"\x01F"
    raised = struct.pack("<HHHHHxxxx", 200, 0, 0, 400, 1) + b"\x01F"
    percent = (0x41E, struct.pack("<HB", 200, 2) + b"0%")
    before = [(0x31, font), (0x31, raised), percent, *((0xE0, struct.pack("<HH12x", 0, code)) for code in (0, 200))]
    cells = [
        *(old_label(0, at, text) for at, text in enumerate("头丙丁戊己")),
        old_label(1, 0, "规章"),
        number(1, 1, 1, 0.5),
        old_label(1, 2, "甲52", (3, 1)),
        (0x006, struct.pack("<HHHB5xH", 1, 3, 0, 0, 0xFFFF) + bytes(8)),
        (0x207, struct.pack("<H", 2) + "七".encode("gb18030")),
        number(1, 4, 0, 7),
        (0x208, struct.pack("<H10xI", 2, 0x20)),
        *(number(2, at, 0, 9) for at in range(5)),
    ]
    hidden = [old_label(0, 0, "藏"), *(number(0, at, 0, 8) for at in range(1, 5))]
    assert blocks(compound(Book=old_stream(hidden, cells, states=[1], before=before))) == [
        [["头", "丙", "丁", "戊", "己"], ["规章", "50%", "甲5²", "七", "7"]]
    ]


ROW = old_stream([old_label(0, 0, "规章"), *(number(0, at, 0, at) for at in range(1, 4))])
OTHER = old_stream([old_label(0, 0, "规章"), *(number(0, at, 0, 9) for at in range(1, 4))])


def test_what_is_embedded_in_a_workbook_is_not_taken_for_it():
    data = compound(MBD__Workbook=OTHER, Book=ROW, MBC__WordDocument=b"", MBB__Book=OTHER)
    assert format_of(data).name == "XLS"
    assert blocks(data) == [[["规章", "1", "2", "3"]]]


def test_a_workbook_embedded_in_a_word_file_is_not_taken_for_it():
    assert format_of(compound(MBD__Workbook=OTHER, WordDocument=b"")).name == "DOC or WPS"


def test_of_two_versions_of_a_workbook_the_later_is_read():
    assert blocks(compound(Book=OTHER, Workbook=ROW)) == [[["规章", "1", "2", "3"]]]


@pytest.mark.parametrize(
    ("code_page", "charset", "codec"),
    [
        (936, 0, "gb18030"),
        (10008, 0, "gb18030"),
        (54936, 0, "gb18030"),
        (500, 0, "gb18030"),
        (950, 0, "big5"),
        (1252, 134, "gb18030"),
        (936, 136, "big5"),
        (1252, 1, "cp1252"),
    ],
)
def test_texts_are_in_the_characters_of_their_font_or_of_the_code_page(code_page, charset, codec):
    text = "é" if codec == "cp1252" else "規章"
    label = 0x204, struct.pack("<HHHH", 0, 0, 0, len(text.encode(codec))) + text.encode(codec)
    styles = (0x31, struct.pack("<12xBxB", charset, 0)), (0xE0, bytes(16))
    stream = old_stream([label, *(number(0, at, 0, at) for at in range(1, 4))], before=styles, code_page=code_page)
    assert blocks(compound(Book=stream)) == [[[text, "1", "2", "3"]]]


@pytest.mark.parametrize(
    ("palette", "style", "said"),
    [
        ([], struct.pack("<HH12x", 1, 0), "?5"),
        ([], struct.pack("<HH2xBxI4x", 0, 0, 4, 0), "?5"),
        ([], struct.pack("<HH2xBxI4x", 1, 0, 0, 1 << 16 | 9), "?5"),
        ([], struct.pack("<HH2xBxI4x", 1, 0, 0, 1 << 16 | 10), "5"),
        ([], struct.pack("<HH2xBxI4x", 1, 0, 0, 2 << 16 | 9), "5"),
        ([], struct.pack("<HH2xBxI4x", 0, 0, 0, 0), "5"),
        (["000000", "112233"], struct.pack("<HH12x", 1, 0), "5"),
        (["000000", "112233", "112233"], struct.pack("<HH2xBxI4x", 1, 0, 0, 1 << 16 | 10), "?5"),
        (["ffffff"], struct.pack("<HH12x", 0, 0), "?5"),
    ],
)
def test_figures_before_excel_97_that_are_not_seen_or_repeated_are_not_read(palette, style, said):
    """The fonts have the colours 0 and 9, white unless the palette has another."""
    fonts = [(0x31, struct.pack("<4xH8xB", colour, 0)) for colour in (0, 9)]
    listed = struct.pack("<H", len(palette)) + b"".join(bytes.fromhex(f"{colour}00") for colour in palette)
    before = [*fonts, (0xE0, bytes(16)), (0xE0, style), (0x92, listed)]
    cells = old_label(0, 0, "规章"), number(0, 1, 1, 5), number(0, 2, 0, 6)
    assert blocks(compound(Book=old_stream(cells, before=before)))[0][0][1] == said


def test_a_word_file_that_is_cut_off_is_no_workbook_though_one_is_embedded_in_it():
    data = compound(WordDocument=b"", MBD__Workbook=OTHER)
    folder, table = data.index("WordDocument".encode("utf-16-le")), struct.pack("<I", 1)
    assert format_of(data[: folder + 1024].replace(table, struct.pack("<I", 77), 1)).name == "DOC or WPS"
