"""The rows that a report prints, table by table: which label has which cells, under which heads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from attrs import define, field, frozen

from gxparse.document import Location
from gxparse.findings import Finding
from gxparse.grammar import BLANKS, WITHOUT_NUMBER, Token, is_filled
from gxparse.language import vocabulary
from gxparse.records import TABLE_CLASSES, row_classes
from gxparse.transformer import Item, Items


@frozen
class Fragment:
    """A run of the cells of a table: its items, the caption above it, and whether it stands in its own section."""

    items: Items
    caption: str | None
    location: Location
    in_own_section: bool


@frozen
class PrintedRow:
    """A row as it is printed: its label, the cells behind it, and the heads of the columns above it.

    ``path`` is ``None`` for a row that the form does not have, and for values without a label. Its heads are opened
    by the cell 信息内容 or its like, so that no head stands before them.
    """

    path: str | None
    label: Token | None
    cells: tuple[Token, ...]
    columns: tuple[Token, ...] = ()
    after_heads: bool = False
    is_opened: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether anything but blanks stands in its cells."""
        return is_filled(self.cells)

    @property
    def holds(self) -> bool:
        """Whether it is a row of values: blank rows without a label stand in section four for merged heads."""
        return bool(self.cells) and (self.label is not None or self.is_filled)

    @property
    def location(self) -> Location:
        """The place of the label, or of the first cell where there is none."""
        return (self.label or self.cells[0]).location

    def says_what(self, other: PrintedRow) -> bool:
        """Whether two rows print the same."""
        return [cell.text.strip() for cell in self.cells] == [cell.text.strip() for cell in other.cells]


@define
class PrintedTable:
    """The rows of one table by their paths.

    ``doubtful`` are the paths that two different rows claim, ``doubled`` those of rows that are printed twice the same.
    """

    caption: str | None
    location: Location
    rows: dict[str, PrintedRow] = field(factory=dict)
    doubtful: set[str] = field(factory=set)
    doubled: dict[str, PrintedRow] = field(factory=dict)

    def doubt_group(self) -> None:
        """Where rows of （六） are printed, what stands behind its own label may be the values of one of them."""
        own = f"{_OTHER}.total"
        if own in self.rows and any(path.startswith(_OTHER) and path != own for path in self.rows):
            if self.rows[own].is_filled:
                self.doubtful.add(own)
            else:
                del self.rows[own]


_OTHER = "requests.results.other"


@cache
def row_paths(table: str) -> Mapping[str, str]:
    """The path of the row that each label of a table stands for.

    A terminal and the field it fills share their name: ``STATE_SECRET`` fills ``….state_secret``.
    """
    paths = tuple(_row_paths(TABLE_CLASSES[table], table))
    found = {}
    for word in vocabulary().words.values():
        if word.family == table and word.kind in ("row", "case"):
            name = f"_{word.name.lower()}"
            found[word.name] = next(path for path in paths if path.replace(".", "_").endswith(name))
    return found


def _row_paths(record: type, path: str) -> Iterator[str]:
    for name, classes in row_classes(record).items():
        below = f"{path}.{name}"
        if row_classes(classes[0]):
            yield from _row_paths(classes[0], below)
        else:
            yield below


def tables(table: str, fragments: Sequence[Fragment], findings: list[Finding]) -> list[PrintedTable]:
    """The tables of one kind, each with its rows; ``findings`` gets what is printed and belongs to no row."""
    found: list[PrintedTable] = []
    for fragment in fragments:
        rows = list(_rows(table, fragment.items))
        # Rows of section two are short words; without heads, and elsewhere, they are not the table.
        if table == "disclosure" and not fragment.in_own_section and not any(row.after_heads for row in rows):
            rows = [PrintedRow(None, row.label, row.cells) for row in rows]
        for row in rows:
            if row.path is None:
                if table == "proceedings" and len(row.cells) > _OUTCOMES and not found:
                    # They are those of this table, whatever a second one says.
                    found = [PrintedTable(fragment.caption, row.location)]
                    found[-1].doubtful.update(row_paths(table).values())
                if row.is_filled or row.label:
                    # In the section of another table, the values can be those of that one.
                    findings.append(_unplaced(table if fragment.in_own_section else "", row))
                continue
            if not found or _begins_anew(row, found[-1], table):
                found.append(PrintedTable(fragment.caption, row.location))
            _place(row, row.path, found[-1])
    if fragments and not any(row.holds for each in found for row in each.rows.values()):
        findings.append(_no_values(table, fragments[0].location))
        return []
    for each in found:
        each.doubt_group()
    return found


def _begins_anew(row: PrintedRow, table: PrintedTable, name: str) -> bool:
    """Whether a row is the first of another table: under heads, or the form's first, and the table goes beyond it."""
    if not row.after_heads or row.path is None:
        first = next(iter(row_paths(name).values()))
        return row.path == first and first in table.rows and table.rows[first].holds
    # The cases of section four have heads of their own in some reports, and any order.
    order = [row.path] if name == "proceedings" else list(row_paths(name).values())
    beyond = [table.rows[path] for path in order[order.index(row.path) :] if path in table.rows]
    return any(cell.type not in WITHOUT_NUMBER for known in beyond for cell in known.cells)


def _place(row: PrintedRow, path: str, table: PrintedTable) -> None:
    known = table.rows.get(path)
    if known is None or not known.holds:
        table.rows[path] = row
    elif row.cells and not known.says_what(row):
        table.doubtful.add(path)
    elif row.is_filled:
        table.doubled[path] = row


def _rows(table: str, items: Items) -> Iterator[PrintedRow]:
    """The rows among the items, each under the heads of columns that were printed last."""
    if table == "proceedings":
        yield from _figures(items)
        return
    paths = row_paths(table)
    columns: list[Token] = []
    heads: tuple[Token, ...] = ()
    row: int | None = None
    in_heads = after_head = is_opened = False
    for item in items:
        if item.kind == "row" and item.label:
            if in_heads:
                heads = tuple(columns)
            yield PrintedRow(paths[item.label.type], item.label, item.values, heads, in_heads, is_opened)
            in_heads = False
            continue
        if item.kind in ("block", "column", "head") or (item.kind == "shared" and in_heads):
            if item.kind == "block" or not in_heads:
                columns = []
                is_opened = item.label is not None and item.label.type == "INFORMATION"
            in_heads = True
            row = item.label.location.row if item.label else None
            columns += _columns(item, table)
            # The first cell of a row of heads stands above the labels, and is no head of a column.
            after_head = item.label is not None and item.label.type != "ARTICLE" and item.label.location.row is None
        elif in_heads and (after_head or table == "requests" or _is_in(row, item)) and _is_text(item) and item.label:
            columns.append(item.label)
            continue
        if _is_text(item) and item.label and not _ENDS_IN_FIGURES.search(item.label.text):
            continue
        numbers = tuple(cell for cell in item.values if cell.type not in WITHOUT_NUMBER)
        if numbers or item.kind == "unknown":
            yield PrintedRow(None, item.label if item.kind == "unknown" else None, numbers or item.values)


def _is_in(row: int | None, item: Item) -> bool:
    return row is not None and item.label is not None and item.label.location.row == row


def _is_text(item: Item) -> bool:
    """Whether it is a text that the form does not have, with no value behind it."""
    return item.kind == "unknown" and not item.is_filled


# What is left of a row whose label and numbers run together.
_ENDS_IN_FIGURES = re.compile(r"[0-9０-９]\s*$")


def _columns(item: Item, table: str) -> list[Token]:
    """The heads in an item: its label, and the texts in its row that are no known head."""
    kinds = ("column",) if table == "disclosure" else ("head", "shared")
    label = [item.label] if item.kind in kinds and item.label else []
    return label + [cell for cell in item.values if cell.type == "REMARK"]


_CASES = 3
_OUTCOMES = 5


def _figures(items: Items) -> Iterator[PrintedRow]:
    """The rows of section four: 15 values are those of the three kinds of case, 5 those of the one case named above."""
    paths = row_paths("proceedings")
    heads: list[Token] = []
    outcomes: list[Token] = []
    after_heads = False
    for item in items:
        if item.kind == "head" and item.label:
            heads = [*heads, item.label] if after_heads else [item.label]
            after_heads = True
            continue
        cases = [head for head in heads if head.type in paths]
        # A row of one case has its label alone above it; the outcomes stand above the first.
        outcomes = heads if len(cases) != 1 or len(heads) > 1 else [*outcomes, *heads]
        columns = tuple(outcomes)
        values = item.values
        if after_heads and item.is_filled and heads[-1].type not in paths:
            values = _behind_text(heads, values)
        own = in_form(values, columns, _CASES * _OUTCOMES, complete=_has_all_outcomes(columns))
        # Its rows have no label whose span a blank cell could fill before them, but lines of text may begin so.
        in_text = bool(own) and not is_on_page(own[0])
        cells = settled(own, _CASES * _OUTCOMES, fillers=in_text)
        if cells and stand_under(cells, columns):
            for at, path in enumerate(paths.values()):
                part = cells[at * _OUTCOMES : (at + 1) * _OUTCOMES]
                yield PrintedRow(path, None, part, columns, after_heads=after_heads and at == 0)
        elif len(cases) == 1 and item.is_filled and (cells := settled(values, _OUTCOMES, fillers=in_text)):
            yield PrintedRow(paths[cases[0].type], cases[0], cells, columns, after_heads=after_heads)
        elif item.is_filled:
            yield PrintedRow(None, None, item.values, columns, after_heads=after_heads)
        after_heads = after_heads and not item.is_filled


def _behind_text(heads: Sequence[Token], cells: tuple[Token, ...]) -> tuple[Token, ...]:
    """The cells of a row of figures and the text right before them, which may be the first of them.

    It is one if no head is missing, but in a row, where it may be its label, only if a numeral is left in it. Where it
    may be either no blank cell is a filler.
    """
    text = heads[-1]
    outcomes = sum(head.type in _OUTCOME_HEADS for head in heads[:-1])
    is_surplus = outcomes in (_OUTCOMES, _CASES * _OUTCOMES) or (len(heads) > _HEADS and text.type in UNKNOWN)
    if is_surplus and (text.location.row is None or _has_numeral(text.text)):
        cells = (Token("REMARK", text.text, text.location), *cells)
    is_of_row = text.location.row is not None and row_of(text) == row_of(cells[-1]) and not is_on_page(text)
    return _without_fillers(cells) if is_of_row or cells[0].type == "REMARK" else cells


# The heads of the form: the outcomes of each case, the cases, and 行政诉讼 above two of them.
_HEADS = _CASES * _OUTCOMES + _CASES + 1


def _has_numeral(text: str) -> bool:
    return any(character.isnumeric() for character in text)


_OUTCOME_HEADS = frozenset({"UPHELD", "CORRECTED", "OTHER_OUTCOME", "OTHER", "PENDING", "TOTAL"})
#: Heads that are none of the form.
UNKNOWN = frozenset({"REMARK", "UNKNOWN"})


def _has_all_outcomes(heads: Sequence[Token]) -> bool:
    return sum(head.type in _OUTCOME_HEADS for head in heads) == _CASES * _OUTCOMES


def stand_under(cells: Sequence[Token], heads: Sequence[Token]) -> bool:
    """Whether the cells of section four stand in the columns of its outcomes, where a page shows all of these."""
    columns = {head.location.cell for head in heads if head.type in _OUTCOME_HEADS}
    if not is_on_page(cells[0]) or not _has_all_outcomes(heads) or len(columns) < len(cells):
        return True
    return columns == {cell.location.cell for cell in cells}


def is_on_page(cell: Token) -> bool:
    """Whether the place of a cell is the column of a page, and not the number of the cell in a line of text."""
    return cell.location.line is None and cell.location.cell is not None


def row_of(head: Token) -> tuple[int | None, int | None]:
    """The table and the row that a head stands in."""
    return head.location.table, head.location.row


def in_form(cells: tuple[Token, ...], heads: Sequence[Token], count: int, *, complete: bool) -> tuple[Token, ...]:
    """The cells of a row without those in columns that the form does not have, such as 备注 or 序号.

    Such a column is told by a head that is not known, in a row with others and beside all that the form has
    (``complete``). In a text nobody can say which of the cells stands under it: then no blank cell is a filler.
    """
    foreign: list[Token] = []
    if complete and len(cells) > count:
        known = {row_of(head) for head in heads if head.type not in UNKNOWN}
        foreign = [head for head in heads if head.type in UNKNOWN and head.location.row and row_of(head) in known]
    if not foreign:
        return cells
    if is_on_page(cells[0]):
        columns = {head.location.cell for head in foreign if head.location.table == cells[0].location.table}
        return tuple(cell for cell in cells if cell.location.cell not in columns)
    return _without_fillers(cells)


def _without_fillers(cells: Iterable[Token]) -> tuple[Token, ...]:
    """The cells, of which no blank one may be taken for the filler of a span."""
    return tuple(Token("GAP", cell.text, cell.location) if cell.type == "BLANK" else cell for cell in cells)


def settled(
    cells: tuple[Token, ...], count: int, start: int | None = None, *, fillers: bool = True
) -> tuple[Token, ...]:
    """The cells of the ``count`` columns of a row, if it is certain which cells they are; else none.

    A layout may fill the span of a label with blank cells before the first column, and that of the row behind the
    last one. The cells are certain if there is one way only to take such fillers away.

    Args:
        cells: the cells behind the row's label.
        count: the number of columns.
        start: the cell of the row with which the columns of its table begin, where that is known.
        fillers: whether blank cells may stand for the span of a label.
    """
    most = len(cells) - count
    leading = _blanks(cells)
    trailing = _blanks(reversed(cells))
    if leading == len(cells) and most >= 0:
        return cells[:count]
    first, last = max(0, most - trailing), min(most, leading)
    if start is not None and (leading or trailing) and cells[0].location.cell is not None:
        at = next((i for i, cell in enumerate(cells) if cell.location.cell == start), -1)
        first, last = (at, at) if first <= at <= last else (0, -1)
    if first != last or (first and not fillers):
        return ()
    found = cells[first : first + count]
    if most and start is None and any(cell.type in BLANKS for cell in found) and is_filled(found):
        return ()
    return found if _has_sure_ends(found) else ()


def _blanks(cells: Iterable[Token]) -> int:
    """The number of blank cells before the first one that is none."""
    blanks = 0
    for cell in cells:
        if cell.type != "BLANK":
            break
        blanks += 1
    return blanks


def _has_sure_ends(cells: tuple[Token, ...]) -> bool:
    """Whether the first and the last cell of a row are none of the blank fillers of a layout.

    Where no row is marked, or the row is shorter than the others, a row that lost a cell and has a filler looks like
    a whole row with a blank cell.
    """
    if "GAP" in (cells[0].type, cells[-1].type):
        return False
    if cells[0].location.cell is not None:
        return True
    return cells[-1].type != "BLANK" and (cells[0].type != "BLANK" or cells[0].location.table is not None)


# The rows of section three whose label spans all the columns of labels.
_WIDEST = ("requests.received", "requests.carried_in", "requests.carried_out")


def has_fillers(table: PrintedTable) -> bool:
    """Whether blank cells stand for the spans of labels: they do for all of the widest labels, or for none."""
    rows = [table.rows[path] for path in _WIDEST if path in table.rows and table.rows[path].is_filled]
    return all(row.cells[0].type == "BLANK" or row.cells[0].location.cell is not None for row in rows)


# A table whose rows are nearly all of one length is a grid: its columns stand under each other.
_GRID = 0.8
_ROWS_OF_A_GRID = 3


def columns_start(rows: Iterable[PrintedRow], count: int) -> Mapping[int, int]:
    """For each table of the source that is a grid, the cell of a row with which its columns begin.

    In the grid of a page they begin where those of nearly all rows do. In a text, whose cells are counted, a row may
    have lost blank cells in front, so that all rows must agree unless they are all of one length.
    """
    lengths: defaultdict[int, Counter[int]] = defaultdict(Counter)
    starts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    in_text = set()
    for row in rows:
        if not row.cells or row.cells[0].location.cell is None:
            continue
        table = row.cells[0].location.table or 0
        lengths[table][row.cells[-1].location.cell or 0] += 1
        if row.cells[0].location.line is not None:
            in_text.add(table)
        if row.is_filled and (cells := settled(row.cells, count)):
            starts[table][cells[0].location.cell or 0] += 1
    return {
        table: found.most_common(1)[0][0]
        for table, found in starts.items()
        if lengths[table].total() >= _ROWS_OF_A_GRID
        and _is_common(lengths[table])
        and (_is_common(found) if table not in in_text or len(lengths[table]) == 1 else len(found) == 1)
    }


def heads_start(rows: Iterable[PrintedRow]) -> Mapping[int, int]:
    """For each table of the source whose rows all have a cell in its last column, that of the first heads of all."""
    ends: defaultdict[int, list[int]] = defaultdict(list)
    starts: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.cells and row.columns and (end := row.cells[-1].location.cell):
            table = row.cells[0].location.table or 0
            ends[table].append(end)
            starts[table].add(row.columns[0].location.cell or 0)
    return {
        table: next(iter(starts[table]))
        for table, found in ends.items()
        if len(found) >= _ROWS_OF_A_GRID and len(set(found)) == len(starts[table]) == 1
    }


def usual_extents(rows: Iterable[PrintedRow], count: int) -> Mapping[int, tuple[int, int]]:
    """For each table of a page, the columns of the first and the last of ``count`` cells in all but a few rows."""
    found: defaultdict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    for row in rows:
        if len(row.cells) == count and is_on_page(row.cells[0]):
            found[row.cells[0].location.table or 0][extent(row.cells)] += 1
    return {
        table: columns
        for table, counted in found.items()
        for columns, times in counted.most_common(1)
        if times >= _ALL_BUT_A_FEW * counted.total() and counted.total() >= _ROWS_OF_A_GRID
    }


# Where the cells of a file are counted, more rows than these begin further right: those with the label of a group.
_ALL_BUT_A_FEW = 0.85


def extent(cells: Sequence[Token]) -> tuple[int, int]:
    """The columns of the page in which the first and the last of the cells begin."""
    return cells[0].location.cell or 0, cells[-1].location.cell or 0


def _is_common(found: Counter[int]) -> bool:
    """Whether nearly all are the same."""
    return found.most_common(1)[0][1] >= _GRID * found.total()


def _no_values(table: str, location: Location) -> Finding:
    return Finding(
        "GX003",
        table,
        "表中有表头或行名，没有数值：提取文本时单元格已丢失。请改用原始文件。",
        "The table has heads or labels and no values: its cells were lost when the text was extracted. "
        "Use the original file.",
        location=location,
    )


def _unplaced(table: str, row: PrintedRow) -> Finding:
    if row.label and not row.is_filled:
        return _run_together(table, row.label)
    said = " ".join(cell.text.strip() for cell in row.cells[:_SHOWN]) + (" …" if len(row.cells) > _SHOWN else "")
    if row.label is None:
        return Finding(
            "GX003",
            table,
            f"数值“{said}”前没有可识别的标签，未采用。请对照原文补上行名。",
            f"The values {said!r} have no label that is known, and are not used. Give their row its label.",
            location=row.location,
        )
    label = row.label.text.strip()
    return Finding(
        "GX004",
        table,
        f"表中“{label[:_LABEL]}”不是格式规定的行，其数值“{said}”未采用。",
        f"The form has no row {label[:_LABEL]!r}; its values {said!r} are not used.",
        label=label,
        location=row.location,
    )


def _run_together(table: str, label: Token) -> Finding:
    said = label.text.strip()[:_LABEL]
    return Finding(
        "GX003",
        table,
        f"“{said}”中行名与数值连在一起，界限不明，未采用。请改用原始文件。",
        f"Labels and values run together in {said!r}; none is used. Use the original file.",
        label=said,
        location=label.location,
    )


_SHOWN = 8
_LABEL = 40
