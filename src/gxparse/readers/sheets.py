"""Spreadsheets that hold the tables of a report: XLSX, XLS, ODS and CSV.

A cell is given as it is printed, which is not always what is stored: 0.5 may be printed as 50%, 1 or nothing at all.
Only for XLS, which python-calamine reads, that is not known.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from importlib import import_module
from itertools import groupby
from typing import TypeAlias
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from attrs import define, evolve, field

from gxparse import decoding
from gxparse.document import Cell, Document, Location, Note, Paragraph, Row, Table
from gxparse.errors import SourceError
from gxparse.readers import limits
from gxparse.readers.lines import cut_off, is_number
from gxparse.readers.opendocument import count_of, shift_of
from gxparse.readers.packed import unpacked
from gxparse.readers.scripts import LOWERED_SIGNED, RAISED_SIGNED


def read(data: bytes) -> Document:
    """Reads a spreadsheet; each of its sheets is a table of the document.

    Raises:
        SourceError: it is damaged, encrypted or too large, or what reads it is not installed.
    """
    limits.check("文件字节", "Bytes of the file", len(data), limits.MAX_BYTES)
    if data.startswith(b"PK"):
        with unpacked(data) as packed:
            sheets = _ods(packed) if "content.xml" in packed.namelist() else _xlsx(packed)
            return _document(sheets)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return evolve(_document(_xls(data)), notes=_errors(data))
    text, notes = decoding.decode(data)
    sheet, cut = _csv(text)
    return evolve(_document([sheet]), notes=notes + cut)


@define
class _Sheet:
    """The cells of a sheet by row and column, each from 1; of merged cells only the first, and how far it spans."""

    number: int
    rows: dict[int, dict[int, str]] = field(factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(factory=dict)
    covered: set[tuple[int, int]] = field(factory=set)
    hidden_rows: set[int] = field(factory=set)
    hidden_columns: set[int] = field(factory=set)
    cells: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Keeps the text of a cell, if there is any."""
        if text.strip():
            self.rows.setdefault(row, {})[column] = text.strip()
            self.cells += 1
            limits.check("单元格", "Cells of all tables", self.cells, limits.MAX_CELLS)

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Takes cells for one, which begins at the first of them."""
        last_row, last_column = min(last_row, row + limits.MAX_SPAN), min(last_column, column + limits.MAX_COLUMNS)
        self.merged[row, column] = last_row, last_column
        size = (last_row - row + 1) * (last_column - column + 1)
        limits.check("单元格", "Cells of all tables", len(self.covered) + size, limits.MAX_CELLS)
        self.covered |= {(r, c) for r in range(row, last_row + 1) for c in range(column, last_column + 1)}
        self.covered.discard((row, column))

    def end(self, row: int, column: int) -> int:
        """The last column of a cell."""
        return self.merged.get((row, column), (row, column))[1]

    def is_across(self, row: int, column: int, last: int) -> bool:
        """Whether a cell is merged with all cells of its row up to the last."""
        return column < last <= self.end(row, column)


_Columns: TypeAlias = Mapping[int, Sequence[int]]


# ── Rows, tables and paragraphs ──────────────────────────────────────────────────────────────────────────────────────


def _document(sheets: Iterable[_Sheet]) -> Document:
    blocks: list[Paragraph | Table] = []
    given = 0
    for sheet in sheets:
        for block in _blocks(sheet):
            given += 1 if isinstance(block, Paragraph) else sum(len(row.cells) for row in block.rows)
            limits.check("单元格", "Cells of all tables", given, limits.MAX_CELLS)
            blocks.append(block)
    return Document(tuple(blocks))


def _blocks(sheet: _Sheet) -> Iterator[Paragraph | Table]:
    """The rows of a sheet as tables, and as paragraphs those that are none."""
    filled = {row: columns for row in sorted(sheet.rows) if (columns := _filled(sheet, row))}
    for _, group in groupby(enumerate(filled), lambda entry: entry[1] - entry[0]):
        for part in _parts(sheet, [row for _, row in group], filled):
            yield from _part(sheet, part, filled)


def _filled(sheet: _Sheet, row: int) -> list[int]:
    """The columns of the cells with text that a row shows."""
    if row in sheet.hidden_rows:
        return []
    columns = [
        each for each in sheet.rows[row] if each not in sheet.hidden_columns and (row, each) not in sheet.covered
    ]
    limits.check("列", "Columns", max(columns, default=0), limits.MAX_COLUMNS)
    return sorted(columns)


def _parts(sheet: _Sheet, rows: Sequence[int], filled: _Columns) -> Iterator[Sequence[int]]:
    """Rows that stand one below the other, parted where another table begins.

    The columns of a table all have heads: a row that has a cell in between them is of another table, which begins
    behind the last row that has numbers, or with the last text that stands by itself.
    """
    columns: set[int] = set()
    values: set[int] = set()
    start = 0
    cut: int | None = None
    for at, row in enumerate(rows):
        if cut is not None and _are_between(filled[row], columns, values):
            yield rows[start:cut]
            columns, values = set().union(*(filled[each] for each in rows[cut:at])), set()
            start, cut = cut, None
        numbers = [column for column in filled[row] if is_number(sheet.rows[row][column])]
        if numbers:
            cut = at + 1
        elif len(filled[row]) == 1 and len(columns) > 1:
            cut = at
        columns.update(filled[row])
        values.update(numbers)
    yield rows[start:]


def _are_between(found: Iterable[int], columns: Set[int], values: Set[int]) -> bool:
    """Whether a cell stands between the columns of a table, right of its labels."""
    first = min(values) if values else sorted(columns)[1]
    return any(first < each < max(columns) for each in found if each not in columns)


def _part(sheet: _Sheet, rows: Sequence[int], filled: _Columns) -> Iterator[Paragraph | Table]:
    """A table and its paragraphs: texts that stand alone above it, are long, or span the whole row."""
    used = sorted({column for row in rows for column in filled[row]})
    last = max(sheet.end(row, column) for row in rows for column in filled[row])
    table: list[Row] = []
    for row in rows:
        lone = filled[row][0] if len(filled[row]) == 1 else 0
        if not lone or (table and not sheet.is_across(row, lone, last) and len(sheet.rows[row][lone]) <= _LONG):
            table.append(
                Row(tuple(_cell_at(sheet, row, column) for column in used if (row, column) not in sheet.covered))
            )
            continue
        if table:
            yield Table(tuple(table))
            table = []
        yield Paragraph(*_cell_at(sheet, row, lone))
    if table:
        yield Table(tuple(table))


def _cell_at(sheet: _Sheet, row: int, column: int) -> Cell:
    return Cell(sheet.rows[row].get(column, ""), Location(None, None, sheet.number, row, column))


# A text by itself that is longer than this is a paragraph, and no label whose values are blank.
_LONG = 60


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _csv(text: str) -> tuple[_Sheet, tuple[Note, ...]]:
    """The sheet of a text with a comma, a semicolon or a tab between cells, whichever it has most of."""
    sheet = _Sheet(1)
    delimiter = max(",;\t", key=text.count)
    notes: tuple[Note, ...] = ()
    cells: list[str] = []
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    for row, cells in enumerate(lines, 1):
        for column, cell in enumerate(cells, 1):
            sheet.put(row, column, cell)
    if cells and cells[-1][-1:].isdecimal() and text[-1:].isdecimal():
        sheet.put(row, len(cells), f"{cells[-1]}…")
        notes = (cut_off(Location(None, None, 1, row, len(cells))),)
    return sheet, notes


# ── XLS ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

# The record of a cell that holds an error, and of a formula that yields one.
_ERROR = re.compile(
    rb"\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01|\x06\x00.{8}"
    rb"\x02.[\x00\x07\x0f\x17\x1d\x24\x2a]...\xff\xff",
    re.DOTALL,
)


def _errors(data: bytes) -> tuple[Note, ...]:
    """Says that cells hold errors, which python-calamine gives as blank cells."""
    if not _ERROR.search(data):
        return ()
    message_zh = "表中有错误值（如 #DIV/0!、#REF!），按空白读取。请改正后再读取。"
    message_en = "Cells hold errors like #DIV/0! or #REF!, which are read as blank. Correct them first."
    return (Note("GX003", message_zh, message_en),)


def _xls(data: bytes) -> Iterator[_Sheet]:
    calamine = import_module("python_calamine")
    workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    number = 0
    for at, known in enumerate(workbook.sheets_metadata):
        if known.visible != calamine.SheetVisibleEnum.Visible or known.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        number += 1
        sheet = _Sheet(number)
        found = workbook.get_sheet_by_index(at)
        for (row, column), (last_row, last_column) in found.merged_cell_ranges or ():
            sheet.merge(row + 1, column + 1, last_row + 1, last_column + 1)
        size = found.total_height * found.total_width
        limits.check("单元格", "Cells of all tables", size, limits.MAX_CELLS)
        for row, values in enumerate(found.to_python(skip_empty_area=False), 1):
            for column, value in enumerate(values, 1):
                sheet.put(row, column, _text(value))
        yield sheet


def _text(value: object) -> str:
    """A value as text; a number without exponent, and with a fraction only where it has one."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _plain(Decimal(repr(value)))
    if isinstance(value, date):
        return _date(value)
    return str(value)


def _plain(number: Decimal) -> str:
    """A number in digits, to the 15 places that spreadsheets keep.

    >>> _plain(Decimal("1E+20")), _plain(Decimal("0.30000000000000004")), _plain(Decimal("5.0"))
    ('100000000000000000000', '0.3', '5')
    """
    text = f"{Decimal(f'{number:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: date) -> str:
    """A date as text, so that it is no number; with the time only where it has one."""
    text = f"{value.year}年{value.month}月{value.day}日"
    return f"{text} {value:%H:%M}" if isinstance(value, datetime) and (value.hour or value.minute) else text


# ── XLSX ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _xlsx(packed: zipfile.ZipFile) -> Iterator[_Sheet]:
    """The sheets of a workbook that are shown."""
    names = {name.lower(): name for name in packed.namelist()}

    def parts(name: str, *tags: str) -> Iterator[Element]:
        return _elements(packed.read(names[name]), *tags) if name in names else iter(())

    strings = [_rich(element) for element in parts("xl/sharedstrings.xml", "si")]
    formats = _formats(parts("xl/styles.xml", "numFmts", "cellXfs"))
    targets = {each.get("Id"): each.get("Target", "") for each in parts("xl/_rels/workbook.xml.rels", "Relationship")}
    epoch = _EPOCH
    number = 0
    for element in parts("xl/workbook.xml", "workbookPr", "sheet"):
        if element.get("date1904") in _TRUE:
            epoch = _EPOCH_1904
        relation = next((value for key, value in element.items() if key.endswith("}id")), None)
        target = targets.get(relation, "")
        if relation is None or element.get("state", "visible") != "visible" or "worksheets/" not in target:
            continue
        number += 1
        path = target.removeprefix("/").lower() if target.startswith("/") else f"xl/{target}".lower()
        yield _worksheet(parts(path, "sheetView", "col", "row", "mergeCell"), number, strings, formats, epoch)


_TRUE = ("1", "true", "on")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001


def _elements(data: bytes, *names: str) -> Iterator[Element]:
    """The elements of an XML file with one of these names, each emptied when the next is asked for."""
    if b"<!DOCTYPE" in data or b"\0" in data[:200]:
        raise SourceError("文件中的 XML 不予读取。 The XML in the file is not read: it declares a document type.")
    for _, element in ElementTree.iterparse(io.BytesIO(data), ("end",)):  # noqa: S314
        if _local(element) in names:
            yield element
            element.clear()


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _worksheet(
    elements: Iterable[Element], number: int, strings: Sequence[str], formats: Sequence[str], epoch: datetime
) -> _Sheet:
    sheet = _Sheet(number)
    shows_zeros = True
    row = 0
    for element in elements:
        name = _local(element)
        if name == "sheetView":
            shows_zeros = element.get("showZeros") not in _FALSE
        elif name == "col" and element.get("hidden") in _TRUE:
            last = min(int(element.get("max", "0")), limits.MAX_COLUMNS)
            sheet.hidden_columns |= set(range(int(element.get("min", "1")), last + 1))
        elif name == "mergeCell":
            first, _, end = element.get("ref", "").partition(":")
            sheet.merge(*_place(first), *_place(end or first))
        elif name == "row":
            row = int(element.get("r", row + 1))
            if element.get("hidden") in _TRUE:
                sheet.hidden_rows.add(row)
            column = 0
            for cell in element:
                column = _place(cell.get("r", ""))[1] or column + 1
                sheet.put(row, column, _cell(cell, strings, formats, epoch, shows_zeros=shows_zeros))
    return sheet


_FALSE = ("0", "false", "off")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def _place(reference: str) -> tuple[int, int]:
    """The row and the column of a cell; zeros where it is not named.

    >>> _place("AB12")
    (12, 28)
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _cell(cell: Element, strings: Sequence[str], formats: Sequence[str], epoch: datetime, *, shows_zeros: bool) -> str:
    """The text of a cell as it is printed. A formula that was never reckoned is given itself."""
    parts = {_local(part): part for part in cell}
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _rich(parts["is"]) if "is" in parts else ""
    value = parts["v"].text if "v" in parts else None
    if value is None:
        return f"={parts['f'].text or ''}" if "f" in parts else ""
    if kind == "s":
        return strings[int(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n":
        return value
    number = Decimal(value)
    if not number and not shows_zeros:
        return ""
    style = int(cell.get("s", "0"))
    return _printed(number, formats[style] if style < len(formats) else "General", epoch)


def _rich(element: Element) -> str:
    """The text of a cell, what stands above or below the line of it marked as such; without its pronunciation."""
    found = []
    for part in element:
        name = _local(part)
        if name == "t":
            found.append(part.text or "")
        elif name == "r":
            text = "".join(each.text or "" for each in part if _local(each) == "t")
            aligned = next((each.get("val") for each in part.iter() if _local(each) == "vertAlign"), "")
            found.append(
                text.translate({"superscript": RAISED_SIGNED, "subscript": LOWERED_SIGNED}.get(aligned or "", {}))
            )
    return "".join(found)


_ALIGNED = {"superscript": RAISED_SIGNED, "subscript": LOWERED_SIGNED}


# ── Number formats ───────────────────────────────────────────────────────────────────────────────────────────────────

_KNOWN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"} | {
    **dict.fromkeys([37, 38, 41, 42], "#,##0"),
    **dict.fromkeys([39, 40, 43, 44], "#,##0.00"),
    **dict.fromkeys([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)], "y"),
}


def _formats(elements: Iterable[Element]) -> list[str]:
    """The number formats by the numbers that cells refer to."""
    known = dict(_KNOWN)
    found: list[str] = []
    for element in elements:
        for each in element:
            if _local(element) == "numFmts":
                known[int(each.get("numFmtId", "0"))] = each.get("formatCode", "General")
            else:
                found.append(known.get(int(each.get("numFmtId", "0")), "General"))
    return found


_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE = re.compile("[ymdhs]", re.IGNORECASE)
_PART = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(General|@|[0#?][0#?,.]*)|(.)', re.DOTALL | re.IGNORECASE)


def _printed(number: Decimal, form: str, epoch: datetime) -> str:
    """A number in its format: rounded, with its per cent sign and the words of the format; a date as text.

    >>> [_printed(Decimal("0.126"), form, _EPOCH) for form in ("General", "0.00", "0%", '0"件"', "yyyy/m/d;@")]
    ['0.126', '0.13', '13%', '0件', '3:01']
    """
    bare = _LITERAL.sub("", form)
    if "general" not in bare.lower() and _DATE.search(bare):
        return _moment(number, epoch)
    sections = form.split(";")
    if not number and len(sections) > 2:
        return _in_format(number, sections[2])
    return "-" * (number < 0) + _in_format(abs(number), sections[0])


def _in_format(number: Decimal, form: str) -> str:
    bare = _LITERAL.sub("", form)
    if "/" in bare or "E" in bare.upper().replace("GENERAL", ""):
        return _plain(number)
    number = number.scaleb(2 * bare.count("%"))
    found: list[str] = []
    for quoted, escaped, digits, other in _PART.findall(form):
        found.append(_digits(number, digits) if digits else quoted or escaped or other)
    return "".join(found).strip()


def _digits(number: Decimal, places: str) -> str:
    """A number rounded to the places of a format; a comma at their end leaves out thousands."""
    if places[0] in "gG@":
        return _plain(number)
    kept = places.rstrip(",")
    number = number.scaleb(-3 * (len(places) - len(kept)))
    return f"{number.quantize(Decimal(1).scaleb(-len(kept.partition('.')[2])), ROUND_HALF_UP):f}"


def _moment(number: Decimal, epoch: datetime) -> str:
    try:
        moment = epoch + timedelta(seconds=round(float(number) * 86_400))
    except OverflowError:
        return f"#{number}"
    return f"{moment.hour}:{moment:%M}" if 0 <= number < 1 else _date(moment)


# ── ODS ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ods(packed: zipfile.ZipFile) -> Iterator[_Sheet]:
    """The sheets of an OpenDocument file that are shown; it has the text of each cell as it is printed."""
    raised: dict[str, Mapping[int, int]] = {}
    hidden: set[str] = set()
    sheet, row, column = _Sheet(1), 1, 1
    for element in _elements(packed.read("content.xml"), "style", "table-column", "table-row", "table"):
        name, values = _local(element), _values(element)
        if name == "style":
            for properties in map(_values, element):
                if shift := shift_of(properties):
                    raised[values["name"]] = shift
                if properties.get("display") == "false":
                    hidden.add(values["name"])
        elif name == "table-column":
            end = column + count_of(values, "number-columns-repeated")
            if values.get("visibility", "visible") != "visible":
                sheet.hidden_columns |= set(range(column, min(end, limits.MAX_COLUMNS + 1)))
            column = end
        elif name == "table-row":
            row = _ods_row(element, values, sheet, row, raised)
        elif values.get("style-name") in hidden:
            sheet, row, column = _Sheet(sheet.number), 1, 1
        else:
            yield sheet
            sheet, row, column = _Sheet(sheet.number + 1), 1, 1


def _ods_row(
    element: Element, values: Mapping[str, str], sheet: _Sheet, row: int, raised: Mapping[str, Mapping[int, int]]
) -> int:
    """Puts the cells of a row, as often as it is repeated, into the sheet; the number of the row after it."""
    column = 1
    cells: dict[int, str] = {}
    for cell in element:
        named = _values(cell)
        end = column + count_of(named, "number-columns-repeated")
        if _local(cell) == "table-cell":
            across, down = count_of(named, "number-columns-spanned"), count_of(named, "number-rows-spanned")
            if across > 1 or down > 1:
                sheet.merge(row, column, row + down - 1, column + across - 1)
            if text := _ods_text(cell, raised):
                limits.check("列", "Columns", end - 1, limits.MAX_COLUMNS)
                cells |= dict.fromkeys(range(column, end), text)
        column = end
    times = count_of(values, "number-rows-repeated")
    if cells:
        limits.check("单元格", "Cells of all tables", times * len(cells), limits.MAX_CELLS)
        rows = range(row, row + times)
        for each in rows:
            for at, text in cells.items():
                sheet.put(each, at, text)
        if values.get("visibility", "visible") != "visible":
            sheet.hidden_rows |= set(rows)
    return row + times


def _ods_text(cell: Element, raised: Mapping[str, Mapping[int, int]]) -> str:
    paragraphs = [each for each in cell if _local(each) == "p"]
    for part in (each for paragraph in paragraphs for each in paragraph.iter()):
        gap = _GAPS.get(_local(part))
        if gap:
            part.text = gap
        elif shift := raised.get(_values(part).get("style-name", "")):
            part.text = (part.text or "").translate(shift)
            for inner in part:
                inner.tail = (inner.tail or "").translate(shift)
    return "\n".join("".join(each.itertext()) for each in paragraphs)


_GAPS = {"s": " ", "tab": "\t", "line-break": "\n"}


def _values(element: Element) -> dict[str, str]:
    return {name.rpartition("}")[2]: value for name, value in element.items()}
