"""The rows that a report prints → the cells of its record.

A value is given to a column only when the count of cells settles which one it is.
What is printed and not given to a cell is said in a finding.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias

from attrs import define, field, frozen

from gxparse import values
from gxparse.columns import UNKNOWN, foreign_heads, in_form, is_on_page, row_of, settled
from gxparse.document import Location
from gxparse.findings import Finding
from gxparse.geometry import Geometry
from gxparse.grammar import BLANKS, WITHOUT_NUMBER, Token
from gxparse.language import vocabulary
from gxparse.printed import OTHER_TOTAL, PrintedRow, PrintedTable
from gxparse.records import (
    FORM_OF_ROW,
    TABLE_CLASSES,
    Applicants,
    FeeAmount,
    Form,
    OtherResults,
    Outcomes,
    Proceedings,
    Report,
    Source,
    fields_of,
    labels_of,
    row_classes,
)


@frozen
class Above:
    """What the heads above rows of a class come to.

    Attributes:
        in_order: whether those that are known stand in the form's order.
        foreign: those of columns that the form does not have.
        lost: the form's columns without a head, as far as none of the heads may be theirs.
    """

    in_order: bool
    foreign: Sequence[Token]
    lost: Sequence[str]


@define
class Filled:
    """What a printed table comes to: its rows by their paths, what is printed for each cell, and the findings.

    Attributes:
        heads: the places of the unknown heads that a finding speaks of.
        above: what heads come to, by their identity: the rows of a table share them.
    """

    rows: dict[str, Any] = field(factory=dict)
    sources: dict[str, Source] = field(factory=dict)
    findings: list[Finding] = field(factory=list)
    heads: set[Location] = field(factory=set)
    above: dict[tuple[int, type], Above] = field(factory=dict)


# The class of a row and the field of each of its cells; None for a cell in a column that the form does not have.
Layout: TypeAlias = tuple[type, Sequence[str | None]]

# ── The form ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_ROWS_OF_FORM = {
    "disclosure.other_services": Form.F2019,
    "disclosure.procurement": Form.F2019,
    "requests.results.other.not_corrected_in_time": Form.F2021,
    "requests.results.other.fee_unpaid": Form.F2021,
}


def form_of(printed: dict[str, list[PrintedTable]]) -> Form | None:
    """The form that a report uses: what most of the heads of columns and of the rows of one form only say."""
    for name in ("disclosure", "requests"):
        said = Counter(form for table in printed[name][:1] for form in _evidence(table))
        if said:
            return said.most_common(1)[0][0]
    return None


def _form_of_heads(table: PrintedTable) -> Form | None:
    """The form that all of the heads of a table agree on."""
    forms = set(_evidence(table))
    return forms.pop() if len(forms) == 1 else None


def _evidence(table: PrintedTable) -> Iterator[Form]:
    for path, row in table.rows.items():
        if path in _ROWS_OF_FORM:
            yield _ROWS_OF_FORM[path]
        if path.startswith("disclosure."):
            forms = {FORM_OF_ROW[each] for head in row.columns for each in _classes_with(head.type)}
            if len(forms) == 1:
                yield from forms


@cache
def _classes_with(terminal: str) -> list[type]:
    """The classes of rows that have the column a head names."""
    if terminal == "NEW":
        return [each for each in FORM_OF_ROW if "created" in _names(each)]
    if terminal == "FEES_AMOUNT":
        return [FeeAmount]
    return [each for each in FORM_OF_ROW if _field(terminal) in _names(each) and each is not FeeAmount]


@cache
def _types(row: type) -> dict[str, type]:
    """The columns of a row, and whether each holds counts or amounts."""
    return {attribute.name: attribute.metadata["type"] for attribute in fields_of(row)}


@cache
def _names(row: type) -> tuple[str, ...]:
    return tuple(_types(row))


@cache
def _field(terminal: str) -> str:
    """The field that a head names: FEES_AMOUNT and PROCUREMENT_AMOUNT are both ``amount``."""
    return "amount" if terminal.endswith("_AMOUNT") else terminal.removesuffix("_OUTCOME").lower()


# ── Cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def fill(table: PrintedTable, form: Form | None) -> Filled:
    """Gives the values of a printed table to the cells of the record, as far as that is certain."""
    filled = Filled()
    form_of_heads = _form_of_heads(table)
    by_applicant = [row for path, row in table.rows.items() if _classes(path) == (Applicants,)]
    geometry = Geometry.of(table, by_applicant)
    for path, row in table.rows.items():
        if path in table.doubtful:
            filled.findings.append(_twice(path, row))
            filled.rows[path] = _blank(path, form)
            continue
        _note_likeness(path, row, filled)
        if path in table.doubled:
            filled.findings.append(_doubled(path, table.doubled[path]))
        layout = _layout(path, row, form) or _layout_without_heads(path, row, form_of_heads)
        if layout is not None and (id(row.columns), layout[0]) not in filled.above:
            filled.above[id(row.columns), layout[0]] = _above(path, row, layout[0])
            _note_heads(path, row, layout[0], filled)
        if layout is None or not filled.above[id(row.columns), layout[0]].in_order:
            filled.findings.append(_unsettled(path, row, ()))
            filled.rows[path] = _blank(path, form)
        else:
            _fill_row(path, row, layout, filled, geometry)
    return filled


def _above(path: str, row: PrintedRow, record: type) -> Above:
    heads, names = row.columns, _names(record)
    known = {_field(head.type) for head in heads}
    lost = tuple(name for name in names if name not in known)
    foreign = foreign_heads(heads) if not lost and record is not Outcomes else ()
    # Where none is known, or one is not, nobody can say which are not there.
    is_sure = lost != names and not any(head.type in UNKNOWN for head in heads)
    return Above(_keeps_order(record, row), foreign, lost if is_sure else ())


def _fill_row(path: str, row: PrintedRow, layout: Layout, filled: Filled, geometry: Geometry) -> None:
    record, columns = layout
    names = _names(record)
    above = filled.above[id(row.columns), record]
    # Under heads that lack a column of the form, a blank cell may be that column's, and is no filler.
    lacks_head = len(columns) < len(names) and len(row.cells) > len(columns)
    own = in_form(row.cells, above.foreign, len(names), path.split(".", 1)[0])
    cells = () if _has_sublabel(row) or lacks_head else geometry.settled(own, len(columns), record)
    if record is Applicants and above.lost and _may_fill_up(cells, above.lost):
        cells = ()
    if not cells and row.cells and not row.is_filled:
        cells = row.cells[:1] * len(columns)
    given = list(zip(names, cells, strict=False)) if columns is names else _given(columns, cells)
    if not given:
        filled.findings.append(_unsettled(path, row, columns))
        if sum(cell.type not in BLANKS for cell in row.cells) > len(columns):
            filled.findings.append(_surplus(path, row, columns))
        filled.rows[path] = record()
        return
    types = _types(record)
    found: dict[str, Any] = {}
    for name, cell in given:
        if name is None:
            filled.findings.append(_unknown_column(path, row, cell))
            continue
        below = f"{path}.{name}"
        kind = types[name]
        reading = values.read(cell, kind, is_change=name == "change")
        found[name] = value = reading.value
        filled.sources[below] = Source(cell.text.strip(), cell.location)
        if kind is Decimal and value is not None:
            found["unit"] = reading.unit or next(filter(None, map(_money, row.columns)), None)
        if reading.in_words or (value is None and cell.type not in _EMPTY):
            filled.findings.append(_on_reading(below, row, cell, reading))
    filled.rows[path] = record(**found)


def _given(columns: Sequence[str | None], cells: Sequence[Token]) -> Sequence[tuple[str | None, Token]]:
    """The cell of each column; of columns with the same head the one that is filled. None if two are, otherwise."""
    found: dict[str, Token] = {}
    for name, cell in zip(columns, cells, strict=False):
        known = found.get(name) if name else None
        if known and known.type not in BLANKS and cell.type not in BLANKS and known.text.strip() != cell.text.strip():
            return ()
        if name and (known is None or known.type in BLANKS):
            found[name] = cell
    unknown = [(name, cell) for name, cell in zip(columns, cells, strict=False) if name is None]
    return [*found.items(), *unknown]


# Cells that rightly have no number; validate() speaks of them.
_EMPTY = BLANKS | {"NOT_APPLICABLE"}


def _has_sublabel(row: PrintedRow) -> bool:
    """Whether words stand between the label and the numbers: 其他对外管理服务事项, 行政检查, 0, 0, 0."""
    cells = row.cells
    if not cells or cells[0].type != "REMARK" or _DIGIT.search(cells[0].text):
        return False
    return any(cell.type not in WITHOUT_NUMBER for cell in cells[1:])


_DIGIT = re.compile(r"\d")


def _may_fill_up(cells: Sequence[Token], lost: Sequence[str]) -> bool:
    """Whether a blank cell at an end of a row may stand for columns that are not printed, and stood elsewhere."""
    names = _names(Applicants)
    is_first, is_last = lost == names[: len(lost)], lost == names[-len(lost) :]
    return bool(cells) and ((cells[0].type in BLANKS and not is_first) or (cells[-1].type in BLANKS and not is_last))


def _money(head: Token) -> str | None:
    return values.unit_in(head.text) if head.type.endswith("_AMOUNT") else None


def _blank(path: str, form: Form | None) -> Any:
    classes = _classes(path)
    return next((each for each in classes if FORM_OF_ROW.get(each) == form), classes[0])()


@cache
def _classes(path: str) -> tuple[type, ...]:
    """The classes that can stand at the path of a row."""
    names = path.split(".")
    candidates: tuple[type, ...] = (TABLE_CLASSES[names[0]],)
    for name in names[1:]:
        candidates = row_classes(candidates[0])[name]
    return candidates


def _layout(path: str, row: PrintedRow, form: Form | None) -> Layout | None:
    """The class of a row and the field of each of its cells, as its heads have it."""
    classes = _classes(path)
    if classes in ((Applicants,), (Outcomes,)):
        return classes[0], _names(classes[0])
    fitting = [each for each in classes if any(each in _classes_with(head.type) for head in row.columns)]
    if not fitting:
        return None
    if len(fitting) > 1 and len(row.columns) > 1:
        fitting = [each for each in fitting if FORM_OF_ROW[each] is Form.F2019]
    record = next((each for each in fitting if FORM_OF_ROW[each] == form), fitting[0])
    return record, _columns(record, row.columns)


def _columns(record: type, heads: Sequence[Token]) -> Sequence[str | None]:
    """The field of each head; ``None`` for a head that the form does not have.

    A head that is unknown, or cut off to 本年新, is settled by its place where all columns of the form are there.
    """
    names = _names(record)
    found = [_field(head.type) if _field(head.type) in names else None for head in heads]
    if None in found and len(found) > len(names) and tuple(name for name in found if name) == names:
        return names
    if len(found) == len(names) and all(name in (None, names[at]) for at, name in enumerate(found)):
        return names
    return found


def _keeps_order(record: type, row: PrintedRow) -> bool:
    """Whether the heads that are known stand in the form's order; 总计 of section three is printed anywhere."""
    heads: Sequence[Token] = row.columns
    if record is Applicants:
        return _ends_in_total(heads) and _rises(heads, [name for name in _names(Applicants) if name != "total"])
    if record is not Outcomes:
        return _stand_in_order(record, row)
    kinds = [head.type for head in heads if head.type in ("RECONSIDERATION", "LITIGATION")]
    if "RECONSIDERATION" in kinds[1:] and kinds[0] == "LITIGATION":
        return False
    # Where heads recur, what stands between the others cannot be told in a row with one that is not known.
    unknown = {row_of(head) for head in heads if head.type in UNKNOWN}
    heads = [head for head in heads if row_of(head) not in unknown]
    return _rises(heads, _names(Outcomes)) and _rises(heads, _CASES)


def _stand_in_order(record: type, row: PrintedRow) -> bool:
    """Whether no head of section two can have been lost before the others, nor stands below one that it goes before.

    Nor may two texts be the same head: parts of others may have been put together.
    """
    names = _names(record)
    if row.columns and not row.is_opened and _field(row.columns[0].type) in names[1:]:
        return False
    texts = {(_field(head.type), head.text.strip()) for head in row.columns if _field(head.type) in names}
    if len(texts) > len({name for name, _ in texts}):
        return False
    if len({head.location.row for head in row.columns}) <= 1:
        return True
    places = [names.index(name) for head in row.columns if (name := _field(head.type)) in names]
    return places == sorted(places)


def _ends_in_total(heads: Sequence[Token]) -> bool:
    """Whether 总计 stands behind the other heads of its row on a page; in a text it may be printed before them."""
    for total in heads:
        if total.type == "TOTAL" and is_on_page(total):
            beside = [
                head for head in heads if row_of(head) == row_of(total) and _field(head.type) in _names(Applicants)
            ]
            if any((head.location.cell or 0) > (total.location.cell or 0) for head in beside):
                return False
    return True


def _rises(heads: Sequence[Token], names: Sequence[str]) -> bool:
    """Whether the heads of each row go through these columns from the left to the right, as often as one is there."""
    rows: defaultdict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for head in heads:
        if (name := _field(_likeliest(head))) in names:
            rows[row_of(head)].append(names.index(name))
    return all(
        sum(after <= before for before, after in pairwise(row)) < max(Counter(row).values()) for row in rows.values()
    )


def _likeliest(head: Token) -> str:
    """The head of section three that an unknown one is a damaged spelling of: it may stand in another's place."""
    words = {each.word.name for each in vocabulary().like(head.text, "requests")} if head.type in UNKNOWN else set()
    return words.pop() if len(words) == 1 else head.type


_CASES = tuple(row_classes(Proceedings))


def _layout_without_heads(path: str, row: PrintedRow, form: Form | None) -> Layout | None:
    """Where the heads are lost, the number of cells must be that of one form, or of the form of the other heads."""
    classes = [each for each in _classes(path) if each in FORM_OF_ROW]
    fitting = [each for each in classes if settled(row.cells, len(_names(each)))]
    if len(fitting) > 1 or (fitting and FORM_OF_ROW[classes[0]] is Form.F2021):
        fitting = [each for each in fitting if FORM_OF_ROW[each] == form]
    return (fitting[0], _names(fitting[0])) if len(fitting) == 1 else None


# ── Records ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def build(record: type, path: str, rows: dict[str, Any], blank: Any) -> Any:
    """A table or a group of rows: the rows that are there, and those of the blank form where they are not."""
    parts = {}
    for name in row_classes(record):
        below = f"{path}.{name}"
        empty = getattr(blank, name)
        if below in rows:
            parts[name] = rows[below]
        elif empty is not None and row_classes(type(empty)):
            parts[name] = build(type(empty), below, rows, empty)
        elif (
            record is OtherResults
            and f"{path}.total" in rows
            and not any(f"{path}.{other}" in rows for other in row_classes(record) if other != "total")
        ):
            parts[name] = None
        else:
            parts[name] = empty
    return record(**parts)


def table(name: str, filled: Filled, form: Form | None) -> Any:
    """The record of a table."""
    return build(TABLE_CLASSES[name], name, filled.rows, getattr(_blank_report(form or Form.F2021), name))


_blank_report = cache(Report.blank)


# ── Findings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _said(row: PrintedRow) -> str:
    return " ".join(cell.text.strip() or "␣" for cell in row.cells[:16])[:80]


def _form_label(path: str) -> str:
    return labels_of(TABLE_CLASSES[path.split(".", 1)[0]], path)[-1]


def _unsettled(path: str, row: PrintedRow, columns: Sequence[str | None]) -> Finding:
    label, count = _form_label(path), len(row.cells)
    expected_zh = f"应有 {len(columns)} 个数值" if columns else "表头缺失、无法识别或次序与格式不同，不能确定各列"
    expected_en = (
        f"{len(columns)} values are expected"
        if columns
        else "the heads of its columns are missing, unknown or in another order"
    )
    return Finding(
        "GX002",
        path,
        f"“{label}”{expected_zh}，实有 {count} 个（{_said(row)}），不能确定属于哪一列，未采用。",
        f"{label}: {expected_en}, {count} found ({_said(row)}); which column each belongs to is not certain, "
        "and none is used.",
        label=row.label.text.strip() if row.label else None,
        location=row.location if row.label or row.cells else None,
        numbers={"expected": len(columns), "found": count} if columns else {"found": count},
    )


def _surplus(path: str, row: PrintedRow, columns: Sequence[str | None]) -> Finding:
    table = path.split(".", 1)[0]
    return Finding(
        "GX003",
        table,
        f"“{_form_label(path)}”之后的数值多于列数，其中可能有行名已丢失的另一行，均未采用。",
        f"More values than columns stand behind {_form_label(path)}; some may be those of a row whose label is lost. "
        "None is used.",
        label=row.label.text.strip() if row.label else None,
        location=row.location,
    )


def _twice(path: str, row: PrintedRow) -> Finding:
    label = _form_label(path)
    return Finding(
        "GX002",
        path.removesuffix(".total") if path == OTHER_TOTAL else path,
        f"“{label}”的数值不能确定：同一表中还有与之相争的行，未采用。",
        f"The values of {label} are not certain, since another row of the table claims them; none is used.",
        label=row.label.text.strip() if row.label else None,
        location=row.location,
    )


def _doubled(path: str, row: PrintedRow) -> Finding:
    label = _form_label(path)
    return Finding(
        "GX004",
        path,
        f"“{label}”一行重复出现，数值相同，只取一次；请删去重复的一行。",
        f"The row {label} is printed twice with the same values, which are read once; delete one of the two.",
        label=row.label.text.strip() if row.label else None,
        location=row.location,
    )


def _unknown_column(path: str, row: PrintedRow, cell: Token) -> Finding:
    said = cell.text.strip()[:40]
    return Finding(
        "GX002",
        path,
        f"“{_form_label(path)}”的数值“{said}”所在列不是格式规定的列，未采用。",
        f"{_form_label(path)}: {said!r} stands in a column that the form does not have, and is not used.",
        label=row.label.text.strip() if row.label else None,
        location=cell.location,
    )


def _note_likeness(path: str, row: PrintedRow, filled: Filled) -> None:
    """A label that is no spelling of the grammar was recognised by likeness."""
    if row.label is None or vocabulary().label(row.label.text) is not None:
        return
    said, label = row.label.text.strip(), _form_label(path)
    filled.findings.append(
        Finding(
            "GX001",
            path,
            f"“{said}”按相似程度、序号和前后行识别为“{label}”。",
            f"{said!r} is taken for {label} by its likeness, its number and the rows around it.",
            label=said,
            location=row.label.location,
            suggestion=label,
        )
    )


def _note_heads(path: str, row: PrintedRow, record: type, filled: Filled) -> None:
    """Heads that are no spelling of the grammar: read by likeness, or by place where one of the form is missing."""
    known = {_field(head.type) for head in row.columns} & set(_names(record))
    complete = len(known) == len(_names(record))
    for head in row.columns:
        is_unknown = head.type in UNKNOWN
        if head.location in filled.heads or (complete if is_unknown else vocabulary().label(head.text)):
            continue
        filled.heads.add(head.location)
        said = head.text.strip()[:40]
        filled.findings.append(
            Finding(
                "GX001",
                path if record not in (Applicants, Outcomes) else path.split(".", 1)[0],
                f"“{said}”不是格式规定的表头，其下的数值按位置或相似程度归入格式的列。请对照原文。",
                f"The form has no head {said!r}; its column is told by its place or its likeness. Compare the source.",
                label=said,
                location=head.location,
            )
        )


def _on_reading(path: str, row: PrintedRow, cell: Token, reading: values.Reading) -> Finding:
    said = cell.text.strip()
    label = row.label.text.strip() if row.label else None
    if reading.in_words:
        return Finding(
            "GX005",
            path,
            f"“{said}”不是单纯的数字，读作 {reading.value}。",
            f"{said!r} is more than a number; it is read as {reading.value}.",
            label=label,
            location=cell.location,
        )
    return Finding(
        "GX205" if cell.type == "NUMBER" else "GX202",
        path,
        f"“{said[:40]}”不是可以确定的数字，未采用。此格应填一个数字。",
        f"{said[:40]!r} is no number that is certain, and is not used. The cell must hold one number.",
        label=label,
        location=cell.location,
    )
