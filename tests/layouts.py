"""Whole reports written as extracted text, in every layout such texts come in.

A report becomes an *outline*: the lines of its text and its tables, each table a *grid* of boxes that may span columns
and rows, as on the page. Each layout is a way to write an outline down. What damages a text (``noise.py``) works on
the outline or on what is written.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import partial
from typing import TypeAlias

import attrs
from attrs import frozen

from gxparse.records import (
    Applicants,
    CellValue,
    Disclosure,
    Form,
    IssuedDocuments,
    OtherResults,
    Outcomes,
    Period,
    Preamble,
    Proceedings,
    Report,
    Requests,
    Results,
    Subsection,
    TextSection,
    fields_of,
)

# ── The outline: lines and grids ─────────────────────────────────────────────────────────────────────────────────────


@frozen
class Box:
    """A cell as the page shows it.

    Attributes:
        text: what is printed, with the cell's own line breaks.
        across: how many columns it spans.
        down: how many rows it spans.
        path: the cell of the report whose value it prints, ``""`` for a value of no cell, ``None`` for a label.
        narrow: whether its column is so narrow that the page prints its text downwards.
        continued: whether it is the blank rest, after a page break, of a box that began before.
        gone: whether the extraction lost it; where columns are kept apart by position it is blank.
        legible: whether what it prints can be read as a number at all.
    """

    text: str
    across: int = 1
    down: int = 1
    path: str | None = None
    narrow: bool = False
    continued: bool = False
    gone: bool = False
    legible: bool = True


Row: TypeAlias = tuple[Box, ...]


@frozen
class Grid:
    """A table: the boxes that begin in each row, as HTML has them; the first ``head`` rows are column heads."""

    name: str
    rows: tuple[Row, ...]
    width: int
    head: int


class Kind(Enum):
    """What a line of the text is."""

    TITLE = auto()
    HEADING = auto()
    SUBHEADING = auto()
    TEXT = auto()


@frozen
class Line:
    """A paragraph of the text."""

    text: str
    kind: Kind = Kind.TEXT


Outline: TypeAlias = tuple[Line | Grid, ...]
Style: TypeAlias = Callable[[Outline], str]


@frozen
class Slot:
    """One place of the matrix that a grid covers: its box, and whether the box began in a column or row before."""

    box: Box
    from_left: bool = False
    from_above: bool = False


def matrix(grid: Grid) -> list[list[Slot]]:
    """The grid as rows of as many slots as there are columns; a row that lacks boxes ends early."""
    hanging: dict[int, tuple[Slot, int]] = {}
    rows = []
    for row in grid.rows:
        boxes, slots, column = list(row), [], 0
        while boxes or column in hanging:
            if column in hanging:
                slot, left = hanging.pop(column)
                slots.append(slot)
                if left > 1:
                    hanging[column] = slot, left - 1
                column += 1
                continue
            box = boxes.pop(0)
            for offset in range(box.across):
                slots.append(Slot(box, offset > 0, box.continued))
                if box.down > 1:
                    hanging[column + offset] = Slot(box, offset > 0, True), box.down - 1
            column += box.across
        for column in [each for each in hanging if each >= len(slots)]:
            slot, left = hanging.pop(column)
            if left > 1:
                hanging[column] = slot, left - 1
        rows.append(slots)
    return rows


def has_values(row: Iterable[Box]) -> bool:
    """Whether the row prints values, not heads alone."""
    return any(box.path is not None for box in row)


def own(row: Row) -> list[Box]:
    """The boxes that an extraction cell by cell gives for a row."""
    return [box for box in row if not box.continued and not box.gone]


def lacking(grid: Grid, row: Row) -> int:
    """How many cells fewer than columns the row has, because boxes span several."""
    return max(grid.width - sum(not box.continued for box in row), 0)


def split(grid: Grid, at: int) -> tuple[Grid, Grid]:
    """The grid cut by a page break before row ``at``: what spans the break goes on as a blank box."""
    above, below = list(grid.rows[:at]), list(grid.rows[at:])
    cut: list[Row] = []
    for number, row in enumerate(above):
        cut.append(tuple(attrs.evolve(box, down=min(box.down, at - number)) for box in row))
    first = []
    for slot in matrix(grid)[at] if below else []:
        if slot.from_left:
            continue
        if slot.from_above and not slot.box.continued:
            begun = next(number for number, row in enumerate(above) if any(box is slot.box for box in row))
            down = begun + slot.box.down - at
            first.append(Box("", slot.box.across, down, narrow=slot.box.narrow, continued=True))
        else:
            first.append(slot.box)
    return attrs.evolve(grid, rows=tuple(cut)), attrs.evolve(grid, rows=(tuple(first), *below[1:]), head=0)


# ── The tables of the forms as grids ─────────────────────────────────────────────────────────────────────────────────

#: The blocks of the table of section two: the item of article 20, and the rows that stand under it.
BLOCKS = (
    ("一", ("rules", "normative_documents")),
    ("五", ("licensing", "other_services")),
    ("六", ("penalties", "compulsion")),
    ("八", ("fees",)),
    ("九", ("procurement",)),
)
BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def label(record: type, name: str) -> str:
    """The label the form prints for a field."""
    found: str = attrs.fields_dict(record)[name].metadata["label"]
    return found


def printed(path: str, value: CellValue) -> str:
    """A value as the form prints it: nothing for blank, a plus sign for a change upwards."""
    if value is None:
        return ""
    return f"{value:+}" if path.endswith(".change") and value > 0 else str(value)


def values(record: object, path: str) -> Iterator[Box]:
    """The boxes of a row's values."""
    for column in fields_of(type(record)):
        below = f"{path}.{column.name}"
        yield Box(printed(below, getattr(record, column.name)), path=below)


def over(boxes: Iterable[Box], width: int) -> Row:
    """The boxes of a row, the last of them widened so that the row has the width given."""
    *rest, last = boxes
    return (*rest, attrs.evolve(last, across=width - sum(box.across for box in rest)))


def disclosure_grid(table: Disclosure) -> Grid:
    """The table of section two, in the form that its records have."""
    form_2021 = isinstance(table.rules, IssuedDocuments)
    rows: list[Row] = []
    for item, names in BLOCKS:
        records = {name: record for name in names if (record := getattr(table, name)) is not None}
        if not records:
            continue
        row_class = type(next(iter(records.values())))
        heads = [column.metadata["label"] for column in fields_of(row_class)]
        if form_2021 and item == "八":
            heads = [f"{heads[0]}（单位：万元）"]
        rows.append((Box(f"第二十条第（{item}）项", across=4),))
        rows.append(over((Box("信息内容"), *map(Box, heads)), 4))
        for name, record in records.items():
            title = label(Disclosure, name)
            if name == "normative_documents" and not form_2021:
                title = "规范性文件"
            rows.append(over((Box(title), *values(record, f"disclosure.{name}")), 4))
    return Grid("disclosure", tuple(rows), 4, 2)


def requests_grid(table: Requests) -> Grid:
    """The table of section three."""
    heads = [Box(column.metadata["label"]) for column in fields_of(Applicants)]
    person, *organizations, total = heads
    organizations[-1] = attrs.evolve(organizations[-1], narrow=True)
    rows: list[Row] = [
        (Box(BALANCE, 3, 3), Box("申请人情况", 7)),
        (Box(person.text, down=2, narrow=True), Box("法人或其他组织", 5), Box(total.text, down=2, narrow=True)),
        tuple(organizations),
    ]

    def lone(name: str) -> Row:
        return Box(label(Requests, name), 3), *values(getattr(table, name), f"requests.{name}")

    results: list[Row] = []
    for group in fields_of(Results):
        record, path = getattr(table.results, group.name), f"requests.results.{group.name}"
        if isinstance(record, OtherResults) and record.total is not None:
            record, path = record.total, f"{path}.total"
        if isinstance(record, Applicants):
            results.append((Box(group.metadata["label"], 2), *values(record, path)))
            continue
        children = [each for each in fields_of(type(record)) if getattr(record, each.name) is not None]
        first = (Box(group.metadata["label"], down=len(children)),)
        for child in children:
            below = values(getattr(record, child.name), f"{path}.{child.name}")
            results.append((*first, Box(child.metadata["label"]), *below))
            first = ()
    results[0] = Box(label(Requests, "results"), down=len(results), narrow=True), *results[0]
    return Grid("requests", (*rows, lone("received"), lone("carried_in"), *results, lone("carried_out")), 10, 3)


def proceedings_grid(table: Proceedings) -> Grid:
    """The table of section four."""
    heads = tuple(Box(column.metadata["label"], narrow=True) for column in fields_of(Outcomes))
    titles = {case.name: case.metadata["label"] for case in fields_of(Proceedings)}
    rows: tuple[Row, ...] = (
        (Box(titles["reconsideration"], 5), Box("行政诉讼", 10)),
        (
            *(attrs.evolve(head, down=2) for head in heads),
            Box(titles["direct_litigation"], 5),
            Box(titles["post_reconsideration_litigation"], 5),
        ),
        heads * 2,
        tuple(box for case in titles for box in values(getattr(table, case), f"proceedings.{case}")),
    )
    return Grid("proceedings", rows, 15, 3)


def outline(report: Report) -> Outline:
    """The report as it stands on the page: its text, and its three tables in their sections."""

    def section(text: TextSection | None, heading: str) -> Iterator[Line]:
        yield Line(text.heading if text else heading, Kind.HEADING)
        if text:
            yield from map(Line, text.paragraphs)
            for part in text.subsections:
                yield Line(part.number + part.heading, Kind.SUBHEADING)
                yield from map(Line, part.paragraphs)

    def blocks() -> Iterator[Line | Grid]:
        if report.title:
            yield Line(report.title, Kind.TITLE)
        yield from map(Line, report.preamble.paragraphs)
        yield from section(report.overview, "一、总体情况")
        yield from section(report.disclosure_text, label(Report, "disclosure"))
        yield disclosure_grid(report.disclosure)
        yield from section(report.requests_text, label(Report, "requests"))
        yield requests_grid(report.requests)
        yield from section(report.proceedings_text, label(Report, "proceedings"))
        yield proceedings_grid(report.proceedings)
        yield from section(report.problems, "五、存在的主要问题及改进情况")
        yield from section(report.other_matters, "六、其他需要报告的事项")
        if report.issued_by:
            yield Line(report.issued_by)
        if report.issued_on:
            yield Line(f"{report.issued_on.year}年{report.issued_on.month}月{report.issued_on.day}日")

    return tuple(blocks())


# ── Reports to write ─────────────────────────────────────────────────────────────────────────────────────────────────

AGENCY = "云岭县青石镇人民政府"

#: What stands in place of the numbers of a report: of each form, and of form 2021 with （六） as one row.
FORMS = ("2021", "2019", "mixed")


def sample(form: str) -> Report:
    """A report of an invented town, every cell blank."""
    year = 2020 if form == "2019" else 2023
    report = Report.blank(Form.F2019 if form == "2019" else Form.F2021)
    if form == "mixed":
        results = attrs.evolve(report.requests.results, other=OtherResults(total=Applicants()))
        report = attrs.evolve(report, requests=attrs.evolve(report.requests, results=results))
    return attrs.evolve(
        report,
        title=f"{AGENCY}{year}年政府信息公开工作年度报告",
        agency=AGENCY,
        year=year,
        period=Period(date(year, 1, 1), date(year, 12, 31)),
        issued_on=date(year + 1, 1, 18),
        issued_by=AGENCY,
        preamble=Preamble(
            (
                "根据《中华人民共和国政府信息公开条例》第五十条的要求，编制本报告。"
                f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
                "如有疑问，请与青石镇党政综合办公室联系（地址：云岭县青石镇溪口街12号，电话：0999-8123456）。",
            )
        ),
        overview=TextSection(
            "一、总体情况",
            (f"{year}年，青石镇把公开工作同集镇改造、河道管护等事项一并安排、一并督促。",),
            (
                Subsection("（一）", "主动公开", ("通过镇村公告栏和县政府网站发布各类信息96条。",)),
                Subsection("（二）", "依申请公开", ("重新编写了申请流程说明，摆放在便民大厅的三个窗口。",)),
            ),
        ),
        disclosure_text=TextSection("二、主动公开政府信息情况"),
        requests_text=TextSection("三、收到和处理政府信息公开申请情况"),
        proceedings_text=TextSection("四、政府信息公开行政复议、行政诉讼情况"),
        problems=TextSection(
            "五、存在的主要问题及改进情况",
            (
                "一是部分村的公开栏更换不及时；二是解读材料偏少。下一步，将按季度核对公开目录，并请村民代表试读解读材料。",
            ),
        ),
        other_matters=TextSection("六、其他需要报告的事项", ("本年度未收取信息处理费。",)),
    )


def distinct(report: Report, seed: int = 0, blanks: float = 0.0, start: int = 301) -> Report:
    """The report with another number in every cell, so that a value in the wrong place is seen; some left blank."""
    chance = random.Random(seed)
    cells = list(report.cells())
    numbers = list(range(start, start + len(cells)))
    chance.shuffle(numbers)
    found: dict[str, CellValue] = {}
    for cell, number in zip(cells, numbers, strict=True):
        if cell.path.endswith(".amount"):
            found[cell.path] = Decimal(f"{number}.35")
        elif cell.path.endswith(".change") and chance.random() < 0.5:
            found[cell.path] = -number
        else:
            found[cell.path] = number
        if chance.random() < blanks:
            found[cell.path] = None
    return report.replace(found)


# ── Text of a cell ───────────────────────────────────────────────────────────────────────────────────────────────────


def one_line(text: str) -> str:
    """The text of a cell without its own line breaks."""
    return text.replace("\n", " ")


def stacked(text: str) -> str:
    """A narrow cell's text, its characters one below the other, the number of an item before the first."""
    number, rest = re.fullmatch(r"(（.）|[一二三四]、)?(.*)", text, re.DOTALL).groups(default="")  # type: ignore[union-attr]
    return "\n".join([number, *rest] if number else rest)


def display_width(text: str) -> int:
    """How many columns a text takes where Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most the width given; a number is not cut."""
    if display_width(text) <= width or re.fullmatch(r"[-+.\d]+", text):
        return [text]
    lines = [""]
    for character in text:
        if character == "\n":
            lines.append("")
        elif display_width(lines[-1] + character) > width:
            lines.append(character)
        else:
            lines[-1] += character
    return [line for line in lines if line]


# ── Layouts: one row a line ──────────────────────────────────────────────────────────────────────────────────────────


def piped_rows(grid: Grid, leading: bool = False, trailing: bool = False, fillers: bool = True, spare: int = 0) -> str:
    """One row a line, ``|`` after each cell; what the row has fewer than columns as ``|||`` at its end."""
    lines = []
    for row in grid.rows:
        texts = [one_line(box.text) for box in own(row)]
        missing = lacking(grid, row) + spare if fillers else 0
        lines.append(
            ("| " if leading else "")
            + " | ".join(texts)
            + " |"
            + (" " + "|" * missing if missing else " " if trailing else "")
        )
    return "\n".join(lines)


def tabbed_rows(grid: Grid, spreadsheet: bool) -> str:
    """Tabs between cells: a spreadsheet has an empty cell where a box goes on, a browser has nothing there."""
    lines = []
    for row, slots in zip(grid.rows, matrix(grid), strict=True):
        if spreadsheet:
            texts = ["" if slot.from_left or slot.from_above else slot.box.text for slot in slots]
            texts = [f'"{text}"' if "\n" in text else text for text in texts]
            texts += [""] * (grid.width - len(texts))
        else:
            texts = [one_line(box.text) for box in own(row)]
        lines.append("\t".join(texts))
    return "\n".join(lines)


def markdown(grid: Grid, compact: bool = False) -> str:
    """A Markdown table, the first row its head; a box that goes on is a blank cell."""
    lines = []
    for slots in matrix(grid):
        texts = ["" if slot.from_left or slot.from_above else one_line(slot.box.text) for slot in slots]
        texts += [""] * (grid.width - len(texts))
        lines.append("|" + "|".join(texts) + "|" if compact else "| " + " | ".join(texts) + " |")
    lines.insert(1, "|" + "---|" * grid.width if compact else "| " + " | ".join(["---"] * grid.width) + " |")
    return "\n".join(lines)


def markdown_by_row(grid: Grid) -> str:
    """One Markdown table a row, labels in between as headings, heads invented where the form has rows of them."""
    lines: list[str] = []

    def table(*rows: Iterable[str]) -> None:
        head, *body = (list(row) for row in rows)
        rule = ["---"] * len(head)
        lines.extend(["", *("| " + " | ".join(row) + " |" for row in (head, rule, *body)), ""])

    invented = ["项目", *(f"数据{number}" for number in range(1, 8))]
    outcomes = [column.metadata["label"] for column in fields_of(Outcomes)]
    heads: list[str] = []
    cases = [] if grid.head else [case.metadata["label"] for case in fields_of(Proceedings)]
    for row in grid.rows:
        labels = [one_line(box.text) for box in row if box.path is None and not box.continued]
        texts = [one_line(box.text) for box in row if box.path is not None]
        if not has_values(row):
            if grid.name == "disclosure" and len(labels) == 1:
                lines.append(f"### {labels[0]}")
            elif grid.name == "proceedings":
                cases += [one_line(box.text) for box in row if box.across == 5]
            heads = labels
        elif grid.name == "disclosure":
            table(heads or invented[: len(row)], labels + texts)
        elif grid.name == "proceedings":
            for number, start in enumerate(range(0, len(texts), 5)):
                if len(cases) == len(texts) // 5:
                    lines.append(f"### {cases[number]}")
                table(outcomes, texts[start : start + 5])
        else:
            lines.extend(f"### {text}" for text in labels[:-1])
            table(invented[: len(texts) + 1], labels[-1:] + texts)
    return "\n".join(lines)


# ── Layouts: one cell a line or paragraph ────────────────────────────────────────────────────────────────────────────


def tab_indented(grid: Grid, vertical: bool = False) -> str:
    """Each cell on a line that begins with a tab, rows ended by a blank line; a cell's own line breaks without tab."""
    lines: list[str] = []
    for slots in matrix(grid):
        for slot in slots:
            if not slot.from_left and not slot.box.gone:
                text = "" if slot.from_above else slot.box.text
                lines.append("\t" + (stacked(text) if vertical and slot.box.narrow else text))
        lines.append("")
    return "\n".join([*lines, ""])


def piped_cells(grid: Grid) -> str:
    """One cell a line, each ending in ``|``; lines of ``|`` only where a row has fewer cells than columns."""
    lines: list[str] = []
    for row in grid.rows:
        lines += [f"{box.text} |" for box in own(row)]
        if missing := lacking(grid, row):
            lines.append("|" * missing)
    return "\n".join(lines)


def pipe_after_cell(grid: Grid) -> str:
    """``|`` alone on the line after each cell, and before the first of a row (``| 规章\\n|\\n0\\n|``)."""
    lines: list[str] = []
    for row in grid.rows:
        for number, box in enumerate(own(row)):
            lines += [box.text if number else f"| {box.text}", "|"]
        if missing := lacking(grid, row):
            lines.append("|" * missing)
    return "\n".join(lines)


def pipe_before_row(grid: Grid, padded: bool) -> str:
    """``|`` on a line before each row, cells a line each: padded (``| \\n 规章  | ``) or not (``|\\n规章 |``)."""
    lines: list[str] = []
    for row in grid.rows:
        cells = [f" {box.text}  | " if padded else f"{box.text} |" for box in own(row)]
        if missing := lacking(grid, row):
            cells[-1] = cells[-1].rstrip() + " " + "|" * missing
        lines += ["| " if padded else "|", *cells]
    return "\n".join(lines)


def cell_paragraphs(grid: Grid, padded: bool = False) -> str:
    """One cell a paragraph, blank lines between; a blank cell is a paragraph of white space."""
    texts = (box.text for row in grid.rows for box in own(row))
    paragraphs = (line for text in texts for line in (text or "  ").split("\n"))
    return "\n\n".join(f" {line} " if padded else line for line in paragraphs)


def cell_lines(grid: Grid, filled: bool) -> str:
    """One cell a line, empty cells as empty lines, also where a box from above goes on; ``filled``: in each column."""
    lines: list[str] = []
    for slots in matrix(grid):
        shown = (slot for slot in slots if (filled or not slot.from_left) and not slot.box.gone)
        lines += ["" if slot.from_left or slot.from_above else slot.box.text for slot in shown]
    return "\n".join(lines)


# ── Layouts: columns by position ─────────────────────────────────────────────────────────────────────────────────────


def column_widths(grid: Grid, limits: Callable[[str], list[int] | None], gap: int) -> list[int]:
    """The widths of the columns: of the limits given, or wide enough for each text; wide enough for each number."""
    given = limits(grid.name)
    widths = list(given or [2] * grid.width)
    rows = matrix(grid)
    widths += [6] * (max(map(len, rows)) - len(widths))
    boxes = [
        (column, slot.box)
        for slots in rows
        for column, slot in enumerate(slots)
        if not slot.from_left and not slot.from_above
    ]
    for column, box in sorted(boxes, key=lambda placed: placed[1].across):
        if given and box.path is None:
            continue
        needed = max(map(display_width, box.text.split("\n")))
        missing = needed - (sum(widths[column : column + box.across]) + gap * (box.across - 1))
        for number in range(max(missing, 0)):
            widths[column + number % box.across] += 1
    return widths


def pad(text: str, width: int, centred: bool) -> str:
    """The text filled up with spaces to a display width."""
    spaces = max(width - display_width(text), 0)
    left = spaces // 2 if centred else 0
    return " " * left + text + " " * (spaces - left)


def physical(slots: list[Slot], widths: list[int], gap: int, between: bool = False) -> Iterator[list[tuple[str, Slot]]]:
    """The physical lines of a row: each box's text, cut into lines of its width.

    With ``between``, what takes one line stands in the middle of what takes several, on a line of its own.
    """
    boxes = []
    for column, slot in enumerate(slots):
        if not slot.from_left:
            across = max(1, slot.box.across)
            width = sum(widths[column : column + across]) + gap * (across - 1)
            boxes.append((slot, width, [""] if slot.from_above else wrap(slot.box.text, width)))
    height = max(len(lines) for _, _, lines in boxes)
    if between and height > 1 and any(slot.box.path is not None for slot in slots):
        middle = height // 2
        height += 1
        boxes = [
            (slot, width, [*lines[:middle], "", *lines[middle:]] if len(lines) > 1 else [""] * middle + lines)
            for slot, width, lines in boxes
        ]
    for number in range(height):
        yield [
            (
                pad(
                    lines[number] if number < len(lines) else "",
                    width,
                    slot.box.path is not None or slot.box.across > 3,
                ),
                slot,
            )
            for slot, width, lines in boxes
        ]


def wide(name: str) -> list[int] | None:
    """No limits."""
    del name


def narrow(name: str) -> list[int] | None:
    """Columns as a page of A4 has them, in which long labels take two lines and more."""
    return {
        "disclosure": [18, 14, 14, 14],
        "requests": [8, 12, 26, *[8] * 7],
        "proceedings": [4] * 15,
    }[name]


def aligned(grid: Grid, limits: Callable[[str], list[int] | None] = wide, between: bool = False) -> str:
    """Columns aligned with spaces, as ``pdftotext -layout`` writes them."""
    gap = 2
    widths = column_widths(grid, limits, gap)
    lines = []
    for slots in matrix(grid):
        rows = physical(slots, widths, gap, between)
        lines += ["    " + (" " * gap).join(text for text, _ in row).rstrip() for row in rows]
    return "\n".join(lines)


def boxed(grid: Grid, rules: bool) -> str:
    """Rows in boxes drawn with ``|``; a cell's text goes on under it. ``rules``: lines ``+---+`` between the rows."""
    widths = column_widths(grid, narrow, 1)
    rows = matrix(grid)
    lines = []

    def rule(below: list[Slot]) -> str:
        marks = [" " if slot.from_above else "-" for slot in below] + ["-"] * (len(widths) - len(below))
        return "+" + "+".join(mark * width for mark, width in zip(marks, widths, strict=False)) + "+"

    for slots in rows:
        if rules:
            lines.append(rule(slots))
        lines += ["|" + "|".join(text for text, _ in line) + "|" for line in physical(slots, widths, 1)]
    if rules:
        lines.append(rule([]))
    return "\n".join(lines)


# ── Layouts that lose what is needed ─────────────────────────────────────────────────────────────────────────────────


def run_together(grid: Grid) -> str:
    """No delimiter at all: a row is a line in which label and values touch."""
    return "\n".join("".join(one_line(box.text) for box in row) for row in grid.rows)


def glyph_lines(grid: Grid) -> str:
    """The glyphs of each line of the page: heads printed downwards are spread over lines, cells parted by one space."""
    lines = []
    for row in grid.rows:
        texts = [stacked(box.text) if box.narrow else "\n".join(wrap(box.text, 24)) for box in row]
        parts = [text.split("\n") for text in texts]
        heights = range(max(map(len, parts)))
        lines += [" ".join(part[number] for part in parts if "".join(part[number : number + 1])) for number in heights]
    return "\n".join(lines)


# ── Styles ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def plain(line: Line) -> str:
    """A line of the text as it is."""
    return line.text


def hashed(line: Line) -> str:
    """A line of the text in Markdown, headings marked."""
    return {Kind.TITLE: "# ", Kind.HEADING: "\n## ", Kind.SUBHEADING: "### "}.get(line.kind, "") + line.text + "\n"


def write(blocks: Outline, table: Callable[[Grid], str], line: Callable[[Line], str] = plain, gap: str = "\n") -> str:
    """An outline as text: its tables as ``table`` writes them, its lines as ``line`` does, ``gap`` between."""
    return gap.join(line(block) if isinstance(block, Line) else table(block) for block in blocks) + "\n"


def each_string_once(blocks: Outline) -> str:
    """Every string printed once: where it recurs, the later ones are gone."""
    texts = [block.text if isinstance(block, Line) else cell_lines(block, filled=False) for block in blocks]
    lines = [line for text in texts for line in text.split("\n")]
    return "\n".join(dict.fromkeys(line for line in lines if line)) + "\n"


#: The layouts in which nothing is lost: each writes an outline as text.
STYLES: dict[str, Style] = {
    "tab indented": partial(write, table=tab_indented),
    "tab indented, vertical heads": partial(write, table=partial(tab_indented, vertical=True)),
    "rows |": partial(write, table=partial(piped_rows, fillers=False)),
    "rows | |||": partial(write, table=piped_rows),
    "rows | ||||": partial(write, table=partial(piped_rows, spare=1)),
    "| rows |": partial(write, table=partial(piped_rows, leading=True, fillers=False)),
    "| rows | |||": partial(write, table=partial(piped_rows, leading=True)),
    "| rows | with trailing space": partial(write, table=partial(piped_rows, leading=True, trailing=True)),
    "cells |": partial(write, table=piped_cells),
    "| cells, | after each": partial(write, table=pipe_after_cell),
    "| before rows, padded": partial(write, table=partial(pipe_before_row, padded=True)),
    "| before rows": partial(write, table=partial(pipe_before_row, padded=False)),
    "cell paragraphs": partial(write, table=cell_paragraphs, gap="\n\n"),
    "cell paragraphs, padded": partial(write, table=partial(cell_paragraphs, padded=True), gap="\n\n"),
    "cell lines": partial(write, table=partial(cell_lines, filled=False)),
    "cell lines, filled": partial(write, table=partial(cell_lines, filled=True)),
    "tabs, spreadsheet": partial(write, table=partial(tabbed_rows, spreadsheet=True)),
    "tabs, browser": partial(write, table=partial(tabbed_rows, spreadsheet=False)),
    "aligned": partial(write, table=aligned),
    "aligned, wrapped": partial(write, table=partial(aligned, limits=narrow)),
    "aligned, wrapped, values between": partial(write, table=partial(aligned, limits=narrow, between=True)),
    "boxes": partial(write, table=partial(boxed, rules=False)),
    "boxes with rules": partial(write, table=partial(boxed, rules=True)),
    "Markdown": partial(write, table=markdown, line=hashed),
    "Markdown, compact": partial(write, table=partial(markdown, compact=True), line=hashed),
    "Markdown, a table a row": partial(write, table=markdown_by_row, line=hashed),
}

#: The layouts in which cells or their places are lost.
LOSSY_STYLES: dict[str, Style] = {
    "each string once": each_string_once,
    "no delimiter": partial(write, table=run_together),
    "glyph lines": partial(write, table=glyph_lines),
}


def layout(style: Style) -> Callable[[Report], str]:
    """The layout of a report that writes its outline in a style."""
    return lambda report: style(outline(report))


LAYOUTS: dict[str, Callable[[Report], str]] = {name: layout(style) for name, style in STYLES.items()}
LOSSY: dict[str, Callable[[Report], str]] = {name: layout(style) for name, style in LOSSY_STYLES.items()}

# ── Variants of the characters ───────────────────────────────────────────────────────────────────────────────────────

_HALF_WIDTH = str.maketrans("（）：，；", "():,;")
#: Characters of the simplified script, each before its traditional counterpart.
_PAIRS = (
    "与與业業个個为為举舉于於云雲众眾优優体體党黨况況减減制製办辦务務动動区區华華单單县縣发發号號后後国國处處复復审審对對将將属屬岭嶺应應开開张張强強当當录錄总總执執"
    "报報护護择擇据據机機条條构構标標栏欄检檢数數会會关關无無没沒内內决決补補万萬时時话話厅廳并並摆擺换換权權济濟电電现現确確离離种種类類系係纠糾纳納组組织織经經结結"
    "统統继繼续續维維综綜编編缴繳罚罰联聯获獲规規计計认認议議许許讼訟访訪诉訴试試询詢说說请請读讀购購费費转轉过過这這进進选選释釋采採额額项項题題须須领領门門问問际際"
    "随隨镇鎮长長产產义義书書买買仅僅仓倉价價伤傷传傳侧側农農网網热熱环環级級约約线線质質资資车車轮輪软軟轻輕连連违違远遠适適邮郵钱錢铁鐵银銀镜鏡间間闻聞队隊阶階险險"
    "难難页頁预預频頻驻駐验驗"
)
_TRADITIONAL = str.maketrans(_PAIRS[::2], _PAIRS[1::2])

#: Other characters for the same text.
VARIANTS: dict[str, Callable[[str], str]] = {
    "half-width punctuation": lambda text: text.translate(_HALF_WIDTH),
    "Traditional characters": lambda text: text.translate(_TRADITIONAL),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "NBSP": lambda text: text.replace(" ", "\xa0"),
    "byte order mark": lambda text: "\ufeff" + text,
}

# ── What a parser makes of them ──────────────────────────────────────────────────────────────────────────────────────


@frozen
class Verdict:
    """How the cells of a parsed report compare with what the text prints.

    Attributes:
        printed: how many values the text prints.
        right: how many of them came back.
        wrong: the cells with another value than printed, or with one where none is printed.
        unexplained: the cells without the value that is printed, of which no finding speaks.
    """

    printed: int
    right: int
    wrong: tuple[str, ...]
    unexplained: tuple[str, ...]


def judge(expected: Mapping[str, CellValue], parsed: Report) -> Verdict:
    """Compares a parsed report with the values that its text prints; ``None`` is a cell where it prints no value."""
    found = {cell.path: cell.value for cell in parsed.cells()}
    wrong, unexplained, right = [], [], 0
    for path in [*expected, *(path for path in found if path not in expected)]:
        value, want = found.get(path), expected.get(path)
        if value is not None and (value != want or type(value) is not type(want)):
            wrong.append(f"{path}: printed {want}, parsed {value!r}")
        elif value is None and want is not None:
            if not any(finding.covers(path) for finding in parsed.findings):
                unexplained.append(f"{path}: printed {want}, parsed None without a finding")
        elif want is not None:
            right += 1
    printed_values = sum(want is not None for want in expected.values())
    return Verdict(printed_values, right, tuple(wrong), tuple(unexplained))
