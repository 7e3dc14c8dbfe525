"""The rows that a report prints, table by table: which label has which cells, under which heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from attrs import define, field, frozen

from gxparse.columns import (
    ALL_OUTCOMES,
    CASES,
    OUTCOME_HEADS,
    OUTCOMES,
    UNKNOWN,
    foreign_heads,
    has_all_outcomes,
    has_foreign_case,
    in_form,
    is_on_page,
    row_of,
    settled,
    stand_under,
    without_fillers,
)
from gxparse.document import Location
from gxparse.findings import Finding
from gxparse.grammar import WITHOUT_NUMBER, Token, is_filled
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
    by the cell 信息内容 or its like, so that no head stands before them. Between it and the row before may stand a text
    that the form does not have.
    """

    path: str | None
    label: Token | None
    cells: tuple[Token, ...]
    columns: tuple[Token, ...] = ()
    after_heads: bool = False
    is_opened: bool = False
    behind_text: bool = False

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
        if OTHER_TOTAL in self.rows and any(path.startswith(_OTHER) and path != OTHER_TOTAL for path in self.rows):
            if self.rows[OTHER_TOTAL].is_filled:
                self.doubtful.add(OTHER_TOTAL)
            else:
                del self.rows[OTHER_TOTAL]

    def doubt_first_of_group(self, behind: PrintedRow) -> None:
        """Where no label is left of the row behind （六）, the values of （六） may be those of its own first row."""
        path, row = next(reversed(self.rows.items()), (None, None))
        is_in_table = behind.cells[0].location.cell is not None
        if path == OTHER_TOTAL and row and (row.behind_text or (behind.label is None and is_in_table)):
            self.doubtful.add(path)


_OTHER = "requests.results.other"
#: （六） in one row. Its values may be those of one of the rows of its group.
OTHER_TOTAL = f"{_OTHER}.total"


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
    heads = _Heads(table)
    for fragment in fragments:
        heads.go_on()
        rows = list(_figures(fragment.items) if table == "proceedings" else _rows(fragment.items, heads))
        # Rows of section two are short words; without heads, and elsewhere, they are not the table.
        if table == "disclosure" and not fragment.in_own_section and not any(row.after_heads for row in rows):
            rows = [PrintedRow(None, row.label, row.cells) for row in rows]
        for row, following in zip(rows, [*rows[1:], None], strict=False):
            if row.path is None:
                if table == "proceedings" and len(row.cells) > OUTCOMES and not found:
                    # They are those of this table, whatever a second one says.
                    found = [PrintedTable(fragment.caption, row.location)]
                    found[-1].doubtful.update(row_paths(table).values())
                if row.is_filled or row.label:
                    # In the section of another table, the values can be those of that one.
                    findings.append(_unplaced(table if fragment.in_own_section else "", row))
                if found and row.is_filled and not _is_number_of(row, following):
                    found[-1].doubt_first_of_group(row)
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


def _is_number_of(row: PrintedRow, following: PrintedRow | None) -> bool:
    """Whether values without a label are nothing but the number before the label of the next row: 序号."""
    if len(row.cells) > 1 or row.cells[0].location.row is None or following is None or following.label is None:
        return False
    return row_of(following.label) == row_of(row.cells[0])


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


def _rows(items: Items, heads: _Heads) -> Iterator[PrintedRow]:
    """The rows among the items, each under the heads of columns that were printed last."""
    paths = row_paths(heads.table)
    text: Token | None = None
    for item in items:
        if item.kind == "row" and item.label:
            yield heads.row(paths[item.label.type], item, behind_text=text is not None)
            text = None
            continue
        if heads.take(item):
            continue
        if _is_text(item) and item.label and not _ENDS_IN_FIGURES.search(item.label.text):
            text = item.label
            continue
        numbers = tuple(cell for cell in item.values if cell.type not in WITHOUT_NUMBER)
        heads.may_count |= heads.are_new and [cell.text.strip() for cell in numbers] == ["1"]
        if numbers or item.kind == "unknown":
            yield PrintedRow(None, item.label if item.kind == "unknown" else text, numbers or item.values)
        text = None


@define
class _Heads:
    """The heads of the columns of sections two and three, while a table is read.

    ``columns`` are those printed last, ``are_new`` if no row has followed yet, and ``are_opened`` by the cell 信息内容.
    A text that the form does not have is a head in the row of the last one; in a text, the one right behind it. Where
    a 1 stands between them and the first label, the rows ``may_count``: each label has a number before it.
    """

    table: str
    columns: tuple[Token, ...] = ()
    are_new: bool = False
    are_opened: bool = False
    may_count: bool = False
    _row: int | None = None
    _go_on: bool = False

    def go_on(self) -> None:
        """Go on behind a text. Those of a block of section two whose rows are printed do not."""
        if self.table == "disclosure" and not self.are_new:
            self.columns, self.are_opened = (), False

    def row(self, path: str, item: Item, *, behind_text: bool) -> PrintedRow:
        """A row of values under these heads."""
        is_first, self.are_new = self.are_new, False
        # Of cells that stand in no row, the last may be the number of the next one.
        is_loose = item.label is not None and item.label.location.row is None
        values = without_fillers(item.values) if self.may_count and is_loose else item.values
        return PrintedRow(path, item.label, values, self.columns, is_first, self.are_opened, behind_text)

    def take(self, item: Item) -> bool:
        """Takes what is a head; whether it is nothing but that."""
        label = item.label
        if item.kind in ("block", "column", "head") or (item.kind == "shared" and self.are_new):
            if item.kind == "block" or not self.are_new:
                self.columns = ()
                self.are_opened = label is not None and label.type == "INFORMATION"
            self.are_new = True
            self.columns += _columns(item, self.table)
            self._row = label.location.row if label else None
            # The first cell of a row of heads stands above the labels, and is no head of a column.
            self._go_on = label is not None and label.type != "ARTICLE" and label.location.row is None
        elif self.are_new and label and _is_text(item):
            beside = self._row is not None and label.location.row == self._row
            if self._go_on or beside or self.table == "requests":
                self.columns += (label,)
                return True
        return False


def _is_text(item: Item) -> bool:
    """Whether it is a text that the form does not have, with no value behind it."""
    return item.kind == "unknown" and not item.is_filled


# What is left of a row whose label and numbers run together.
_ENDS_IN_FIGURES = re.compile(r"[0-9０-９]\s*$")


def _columns(item: Item, table: str) -> tuple[Token, ...]:
    """The heads in an item: its label, and the texts in its row that are no known head."""
    kinds = ("column",) if table == "disclosure" else ("head", "shared")
    label = (item.label,) if item.kind in kinds and item.label else ()
    return label + tuple(cell for cell in item.values if cell.type == "REMARK")


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
        is_complete = has_all_outcomes(columns) or has_foreign_case(columns)
        own = in_form(values, foreign_heads(columns) if is_complete else (), ALL_OUTCOMES, "proceedings")
        # Its rows have no label whose span a blank cell could fill before them, but lines of text may begin so.
        in_text = bool(own) and not is_on_page(own[0])
        cells = settled(own, ALL_OUTCOMES, fillers=in_text)
        if cells and stand_under(cells, columns):
            for at, path in enumerate(paths.values()):
                part = cells[at * OUTCOMES : (at + 1) * OUTCOMES]
                yield PrintedRow(path, None, part, columns, after_heads=after_heads and at == 0)
        elif len(cases) == 1 and item.is_filled and (cells := settled(values, OUTCOMES, fillers=in_text)):
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
    outcomes = sum(head.type in OUTCOME_HEADS for head in heads[:-1])
    is_surplus = outcomes in (OUTCOMES, ALL_OUTCOMES) or (len(heads) > _HEADS and text.type in UNKNOWN)
    if is_surplus and (text.location.row is None or _has_numeral(text.text)):
        cells = (Token("REMARK", text.text, text.location), *cells)
    is_of_row = text.location.row is not None and row_of(text) == row_of(cells[-1]) and not is_on_page(text)
    return without_fillers(cells) if is_of_row or cells[0].type == "REMARK" else cells


# The heads of the form: the outcomes of each case, the cases, and 行政诉讼 above two of them.
_HEADS = ALL_OUTCOMES + CASES + 1


def _has_numeral(text: str) -> bool:
    return any(character.isnumeric() for character in text)


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
