"""What happens to reports on their way to a text: each noise damages an outline, or the text written from it.

``python -m tests.noise`` prints, for each noise, how many of the values still printed a parser gets back; with
``--raise`` the shares become the baseline that none may fall below. ``--strength X`` damages X times as much as usual;
``--drawn N`` draws noise, layout, form and strength N times, and ``--pairs N`` two noises at once.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import attrs
from attrs import frozen

from gxparse import NotAReportError, parse_text
from gxparse.records import CellValue
from tests.layouts import (
    FORMS,
    STYLES,
    Box,
    Grid,
    Kind,
    Line,
    Outline,
    Row,
    Verdict,
    distinct,
    has_values,
    judge,
    matrix,
    outline,
    pad,
    sample,
    split,
)


class Chance(Random):
    """What is drawn for one report, and how strong its damage is.

    The kinds of damage name a usual share of labels, cells or rows; at a strength of 2 twice as many are.
    """

    strength = 1.0

    def hits(self, share: float) -> bool:
        """Whether the next one of a share of the labels, cells or rows is damaged."""
        return self.random() < share * self.strength

    def spares(self, share: float) -> bool:
        """Whether the next one of them is not."""
        return self.random() < 1 - share * self.strength


Change: Final = Callable[[Outline, Chance], Outline]
TextChange: Final = Callable[[str, Chance], str]

# ── Walking over an outline ──────────────────────────────────────────────────────────────────────────────────────────


def each_grid(blocks: Outline, change: Callable[[Grid], Iterable[Line | Grid]]) -> Outline:
    """The outline with every table replaced by what ``change`` makes of it."""
    return tuple(each for block in blocks for each in (change(block) if isinstance(block, Grid) else (block,)))


def each_row(blocks: Outline, change: Callable[[Row], Row]) -> Outline:
    """The outline with every row replaced."""
    return each_grid(blocks, lambda grid: [attrs.evolve(grid, rows=tuple(map(change, grid.rows)))])


def each_box(blocks: Outline, change: Callable[[Box], Box]) -> Outline:
    """The outline with every box replaced."""
    return each_row(blocks, lambda row: tuple(map(change, row)))


def each_label(blocks: Outline, chance: Chance, share: float, change: Callable[[str], str]) -> Outline:
    """The outline with the texts of a share of its labels replaced, heads of columns among them."""

    def changed(box: Box) -> Box:
        if box.path is None and len(box.text) > 1 and chance.hits(share):
            return attrs.evolve(box, text=change(box.text))
        return box

    return each_box(blocks, changed)


def each_value(blocks: Outline, chance: Chance, share: float, change: Callable[[Box], Box]) -> Outline:
    """The outline with a share of the boxes replaced that print a value of the form."""
    return each_box(blocks, lambda box: change(box) if box.path and box.text and chance.hits(share) else box)


def lines(blocks: Outline, change: Callable[[Line], Iterable[Line]]) -> Outline:
    """The outline with every line of its text replaced by what ``change`` makes of it."""
    return tuple(each for block in blocks for each in ([block] if isinstance(block, Grid) else change(block)))


def value_rows(grid: Grid) -> list[int]:
    """The numbers of the rows that print values."""
    return [number for number, row in enumerate(grid.rows) if has_values(row)]


def insert(grid: Grid, at: int, row: Row) -> Grid:
    """The grid with a row put before row ``at``; what spans that place goes on over the new row."""
    rows = [
        tuple(attrs.evolve(box, down=box.down + 1) if number < at < number + box.down else box for box in each)
        for number, each in enumerate(grid.rows)
    ]
    return attrs.evolve(grid, rows=(*rows[:at], row, *rows[at:]))


def remove(grid: Grid, at: int) -> Grid:
    """The grid without row ``at``; what began there and spans more rows begins in the next."""
    rows = [
        tuple(attrs.evolve(box, down=box.down - 1) if number < at < number + box.down else box for box in each)
        for number, each in enumerate(grid.rows)
    ]
    left = tuple(attrs.evolve(box, down=box.down - 1) for box in rows[at] if box.down > 1)
    if left:
        rows[at + 1] = left + rows[at + 1]
    return attrs.evolve(grid, rows=tuple(rows[:at] + rows[at + 1 :]), head=grid.head - (at < grid.head))


def foreign(chance: Chance, count: int) -> tuple[Box, ...]:
    """Values of no cell of the form: numbers that no report of these tests prints elsewhere."""
    return tuple(Box(str(chance.randrange(901, 999)), path="") for _ in range(count))


# ── Labels ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#: Characters that stand in labels, and others.
CHARACTERS = "政府信息公开申请不予处理属于行政规章收费总计其他结果维持人机构部分提供一三四的了在是有大小上下"

NUMBERED = re.compile(r"^(（.）|[一二三四五六七八九]、|\d\.)(?=.)")

ANNOTATIONS = (
    "（含行政许可88件）",
    "（减用负值表示，如 -8）",
    "（不含第2.重复申请等情形）",
    "（其中修订16件）",
    "（指2019年的事项数）",
    "（单位：件）",
    "（包括行政处罚、行政强制 7 项）",
)


def at_character(chance: Chance, change: Callable[[str], str]) -> Callable[[str], str]:
    """Changes one character of a text."""

    def changed(text: str) -> str:
        place = chance.choice([number for number, character in enumerate(text) if not character.isspace()])
        return text[:place] + change(text[place]) + text[place + 1 :]

    return changed


def numbers_lost(blocks: Outline, chance: Chance) -> Outline:
    """Labels without the numbers of their items, ``第二十条第`` among them."""
    blocks = each_label(blocks, chance, 1, lambda text: re.sub(r"^(第二十条第).*", r"\1", text))
    return each_label(blocks, chance, 1, lambda text: NUMBERED.sub("", text))


def some_numbers_lost(blocks: Outline, chance: Chance) -> Outline:
    """Every other label without the number of its item."""
    return each_label(blocks, chance, 0.5, lambda text: NUMBERED.sub("", text))


def numbers_written_otherwise(blocks: Outline, chance: Chance) -> Outline:
    """Items numbered in other ways: ``1、``, ``（1）``, ``㈠``, ``(一)``."""
    point = chance.choice(("%s．", "%s、", "（%s）", "(%s) ", "%s. "))
    bracket = chance.choice(("(%s)", "（%s） ", "㈠"))

    def changed(text: str) -> str:
        if text[0] in "123456789":
            return point % text[0] + text[2:]
        if re.match("（[一二三四五六七]）", text):
            number = chr(ord("㈠") + "一二三四五六七".index(text[1])) if bracket == "㈠" else bracket % text[1]
            return number + text[3:]
        return text

    return each_label(blocks, chance, 1, changed)


def label_character(change: Callable[[str, Chance], str]) -> Change:
    """In a quarter of the labels one character is changed."""

    def changed(blocks: Outline, chance: Chance) -> Outline:
        return each_label(blocks, chance, 0.25, at_character(chance, lambda character: change(character, chance)))

    return changed


def spaces_in_labels(blocks: Outline, chance: Chance) -> Outline:
    """Spaces between the characters of some labels: ``规 章``, ``总　计``."""

    def spaced(text: str) -> str:
        if len(text) < 5:
            return chance.choice((" ", "　")).join(text)
        place = chance.randrange(1, len(text))
        return text[:place] + chance.choice((" ", "　")) + text[place:]

    return each_label(blocks, chance, 0.4, spaced)


def labels_on_two_lines(blocks: Outline, chance: Chance) -> Outline:
    """Some labels with a line break of their own, which in many layouts cuts them in two."""

    def broken(text: str) -> str:
        place = chance.randrange(1, len(text))
        return text[:place] + "\n" + text[place:]

    return each_label(blocks, chance, 0.2, broken)


def labels_in_runs(blocks: Outline, chance: Chance) -> Outline:
    """Some labels in several cells, ``三|、|本|年|度``, as the runs of a Word file come out."""

    def changed(row: Row) -> Row:
        boxes: list[Box] = []
        for box in row:
            if box.path is None and box.down > 1 and len(box.text) > 2 and chance.hits(0.4):
                parts = chance.choice((list(box.text[:4]), [box.text[:2], box.text[2:4]]))
                boxes += [attrs.evolve(box, text=text) for text in [*parts, box.text[4:]] if text]
            else:
                boxes.append(box)
        return tuple(boxes)

    return each_row(blocks, changed)


def annotations(blocks: Outline, chance: Chance) -> Outline:
    """Some labels with an explanation in brackets that holds other labels and numbers."""
    return each_label(blocks, chance, 0.2, lambda text: text + chance.choice(ANNOTATIONS))


def labels_lost(blocks: Outline, chance: Chance) -> Outline:
    """Some rows with nothing where their label stood."""

    def changed(row: Row) -> Row:
        if not has_values(row) or not chance.hits(0.15):
            return row
        names = [number for number, box in enumerate(row) if box.path is None]
        return (
            tuple(attrs.evolve(box, text="") if number == names[-1] else box for number, box in enumerate(row))
            if (names)
            else row
        )

    return each_row(blocks, changed)


# ── Rows and tables ──────────────────────────────────────────────────────────────────────────────────────────────────


def extra_rows(blocks: Outline, chance: Chance) -> Outline:
    """Rows that the form does not have."""
    labels = {
        "disclosure": ("行政检查", "行政确认", "其他主动公开文件", "行政奖励", "行政征收"),
        "requests": ("其他法定情形", "9.属于工作秘密", "4.其他原因无法提供", "转其他机关办理", "撤回申请"),
    }

    def changed(grid: Grid) -> list[Grid]:
        for _ in range(2 if grid.name in labels else 0):
            at = chance.choice(value_rows(grid))
            slots = matrix(grid)[at]
            values = [slot for slot in slots if slot.box.path is not None and not slot.from_left]
            above = sum(slot.from_above for slot in slots)
            begun = sum(box.across for box in grid.rows[at] if box.path is None and box.down > 1)
            free = len(slots) - above - begun - sum(slot.box.across for slot in values)
            if begun:
                continue
            title = Box(chance.choice(labels[grid.name]), across=free)
            boxes = foreign(chance, len(values))
            boxes = (*boxes[:-1], attrs.evolve(boxes[-1], across=values[-1].box.across))
            grid = insert(grid, at, (title, *boxes))
        return [grid]

    return each_grid(blocks, changed)


def sub_rows(blocks: Outline, chance: Chance) -> Outline:
    """A row of section two replaced by rows of its own: 行政检查 and 行政确认 under 其他对外管理服务事项, say."""

    def changed(grid: Grid) -> list[Grid]:
        if grid.name != "disclosure":
            return [grid]
        names = chance.choice((("行政检查", "行政确认"), ("简易程序", "普通程序"), ("其中：本级", "下属单位")))
        at = chance.choice([number for number in value_rows(grid) if grid.rows[number][0].text[0] != "规"])
        rows = []
        for number, (first, *rest) in enumerate(grid.rows):
            if number != at:
                rows.append((attrs.evolve(first, across=first.across + 1), *rest))
                continue
            for place, name in enumerate(names):
                last = attrs.evolve(rest[-1], path="")
                values = [
                    attrs.evolve(box, text=each.text, path="")
                    for box, each in zip([*rest[:-1], last], foreign(chance, len(rest)), strict=True)
                ]
                rows.append((*(() if place else (attrs.evolve(first, down=len(names)),)), Box(name), *values))
        return [attrs.evolve(grid, rows=tuple(rows), width=grid.width + 1)]

    return each_grid(blocks, changed)


def rows_lost(blocks: Outline, chance: Chance) -> Outline:
    """A row or two missing from each of the tables of sections two and three."""

    def changed(grid: Grid) -> list[Grid]:
        for _ in range(chance.choice((1, 2)) if grid.name != "proceedings" else 0):
            grid = remove(grid, chance.choice(value_rows(grid)))
        return [grid]

    return each_grid(blocks, changed)


def heads_lost(blocks: Outline, chance: Chance) -> Outline:
    """Some rows of column heads missing."""

    def changed(grid: Grid) -> list[Grid]:
        for number in reversed(range(len(grid.rows))):
            if not has_values(grid.rows[number]) and chance.hits(0.4):
                grid = remove(grid, number)
        return [grid]

    return each_grid(blocks, changed)


def page_breaks(blocks: Outline, chance: Chance, marks: tuple[str, ...]) -> Outline:
    """Page breaks in the midst of the tables, each with the number of the page."""

    def changed(grid: Grid) -> list[Line | Grid]:
        rows = value_rows(grid)
        above, below = split(grid, chance.choice(rows))
        return [above, Line(chance.choice(marks)), below]

    return each_grid(blocks, changed)


def page_numbers(blocks: Outline, chance: Chance) -> Outline:
    """Page numbers that can be told from values."""
    return page_breaks(blocks, chance, ("- 5 -", "— 1 —", "－3－", "第 3 页 共 7 页", "-12-", "第4页"))


def bare_page_numbers(blocks: Outline, chance: Chance) -> Outline:
    """Page numbers that read like values."""
    return page_breaks(blocks, chance, ("3", "4", "12"))


def group_label_cut(blocks: Outline, chance: Chance) -> Outline:
    """A page break within a group of rows, half of the group's label on each page."""

    def changed(grid: Grid) -> list[Line | Grid]:
        groups = [
            (number, box) for number, row in enumerate(grid.rows) for box in row if box.down > 2 and has_values(row)
        ]
        if not groups:
            return [grid]
        begun, group = chance.choice(groups)
        at = begun + chance.randrange(1, group.down)
        above, below = split(grid, at)
        place = chance.randrange(1, len(group.text))
        rows = tuple(
            tuple(attrs.evolve(box, text=box.text[:place]) if box.text == group.text else box for box in row)
            for row in above.rows
        )
        first = list(below.rows[0])
        spans = [slot.box for slot in matrix(grid)[at] if slot.from_above and not slot.from_left]
        first[spans.index(group)] = attrs.evolve(first[spans.index(group)], text=group.text[place:], continued=False)
        return [attrs.evolve(above, rows=rows), attrs.evolve(below, rows=(tuple(first), *below.rows[1:]))]

    return each_grid(blocks, changed)


def row_label_cut(blocks: Outline, chance: Chance) -> Outline:
    """A page break within a row: the rest of its label on the next page, in a row of its own without values."""

    def changed(grid: Grid) -> list[Line | Grid]:
        rows = [number for number in value_rows(grid) if any(box.path is None for box in grid.rows[number])]
        rows = [number for number in rows if number + 1 < len(grid.rows) and has_values(grid.rows[number + 1])]
        if not rows:
            return [grid]
        at = chance.choice(rows)
        row = grid.rows[at]
        name = max(number for number, box in enumerate(row) if box.path is None)
        place = chance.randrange(1, len(row[name].text))
        rest = tuple(
            attrs.evolve(
                box, text=box.text[place:] if number == name else "", down=1, path=None if box.path is None else ""
            )
            for number, box in enumerate(row)
            if box.down == 1
        )
        cut = tuple(
            attrs.evolve(box, text=box.text[:place]) if number == name else box for number, box in enumerate(row)
        )
        grid = attrs.evolve(grid, rows=(*grid.rows[:at], cut, *grid.rows[at + 1 :]))
        ends = all(number + box.down <= at + 1 for number, each in enumerate(grid.rows[: at + 1]) for box in each)
        grid = (
            attrs.evolve(grid, rows=(*grid.rows[: at + 1], rest, *grid.rows[at + 1 :]))
            if ends
            else insert(grid, at + 1, rest)
        )
        return list(split(grid, at + 1))

    return each_grid(blocks, changed)


def heads_repeated(blocks: Outline, chance: Chance) -> Outline:
    """The heads of the table of section three once more after a page break."""

    def changed(grid: Grid) -> list[Line | Grid]:
        if grid.name != "requests":
            return [grid]
        above, below = split(grid, chance.choice(value_rows(grid)[1:]))
        below = attrs.evolve(below, rows=grid.rows[: grid.head] + below.rows, head=grid.head)
        return [above, below] if chance.random() < 0.5 else [above, Line("- 6 -"), below]

    return each_grid(blocks, changed)


def second_tables(blocks: Outline, chance: Chance) -> Outline:
    """A second table of the same kind after one of the tables, with a caption above it."""
    name = chance.choice(("disclosure", "requests", "proceedings"))

    def changed(grid: Grid) -> list[Line | Grid]:
        if grid.name != name:
            return [grid]
        again = each_box(
            (grid,),
            lambda box: box if box.path is None else attrs.evolve(box, text=foreign(chance, 1)[0].text, path=""),
        )
        return [grid, Line(chance.choice(("附：全县汇总情况", "（二）全镇", "全县"))), *again]

    return each_grid(blocks, changed)


def tables_without_heading(blocks: Outline, chance: Chance) -> Outline:
    """The three tables at the end of the report instead of in their sections."""
    del chance
    grids = tuple(block for block in blocks if isinstance(block, Grid))
    return (*(block for block in blocks if isinstance(block, Line)), Line("附表"), *grids)


def spans_repeated(blocks: Outline, chance: Chance) -> Outline:
    """What spans several columns or rows printed in each of them."""
    del chance

    def changed(grid: Grid) -> list[Grid]:
        rows = tuple(tuple(attrs.evolve(slot.box, across=1, down=1) for slot in slots) for slots in matrix(grid))
        return [attrs.evolve(grid, rows=rows)]

    return each_grid(blocks, changed)


def heads_reordered(blocks: Outline, chance: Chance) -> Outline:
    """Two kinds of organizations exchanged in the heads of section three, together with their values."""

    def changed(grid: Grid) -> list[Grid]:
        if grid.name != "requests":
            return [grid]
        one, other = chance.sample(range(1, 6), 2)
        rows = [
            exchanged(row, len(row) - 5, one - 1, other - 1) if number == 2 else row
            for number, row in enumerate(grid.rows)
        ]
        rows = [exchanged(row, len(row) - 7, one, other) if has_values(row) else row for row in rows]
        return [attrs.evolve(grid, rows=tuple(rows))]

    return each_grid(blocks, changed)


def exchanged(row: Row, first: int, one: int, other: int) -> Row:
    """The row with two of its boxes exchanged, counted from the box ``first``."""
    boxes = list(row)
    boxes[first + one], boxes[first + other] = boxes[first + other], boxes[first + one]
    return tuple(boxes)


def group_labels_moved(blocks: Outline, chance: Chance) -> Outline:
    """The labels of groups beside another row of their group than the first, as where they stand at half its height."""

    def changed(grid: Grid) -> list[Grid]:
        rows = [list(row) for row in grid.rows]
        for at, row in enumerate(grid.rows):
            for place, box in enumerate(row):
                if box.path is None and has_values(row) and box.down > 1 and box.across == 1 and not place:
                    down = chance.randrange(1, box.down)
                    rows[at][place] = attrs.evolve(box, text="", down=down)
                    rows[at + down].insert(0, attrs.evolve(box, down=box.down - down))
        return [attrs.evolve(grid, rows=tuple(map(tuple, rows)))]

    return each_grid(blocks, changed)


def blanks_added(blocks: Outline, chance: Chance) -> Outline:
    """A blank cell too many somewhere among the values of some rows."""

    def changed(row: Row) -> Row:
        places = [at for at, box in enumerate(row) if box.path is not None]
        if len(places) < 2 or chance.spares(0.2):
            return row
        at = chance.choice(places) + chance.randrange(2)
        return (*row[:at], Box(""), *row[at:])

    return each_row(blocks, changed)


# ── Values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def blanks_lost(blocks: Outline, chance: Chance) -> Outline:
    """Blank cells left out of the text."""
    del chance
    return each_box(blocks, lambda box: attrs.evolve(box, gone=True) if box.path and not box.text else box)


def values_lost(blocks: Outline, chance: Chance) -> Outline:
    """Some cells with a value left out of the text."""
    return each_value(blocks, chance, 0.05, lambda box: attrs.evolve(box, text="", gone=True))


def total_alone(blocks: Outline, chance: Chance) -> Outline:
    """Rows that print nothing but their total."""

    def changed(row: Row) -> Row:
        if sum(box.path is not None for box in row) < 7 or chance.spares(0.5):
            return row
        return tuple(
            attrs.evolve(box, text="", gone=True) if box.path and not box.path.endswith(".total") else box
            for box in row
        )

    return each_row(blocks, changed)


def cells_joined(blocks: Outline, chance: Chance) -> Outline:
    """Some pairs of values in one cell: ``12 15``."""

    def changed(row: Row) -> Row:
        boxes = list(row)
        for number, (box, following) in enumerate(itertools.pairwise(row)):
            if box.path and following.path and box.text and following.text and chance.hits(0.04):
                if boxes[number].gone:
                    continue
                text = box.text + chance.choice((" ", "/", "、")) + following.text
                boxes[number] = attrs.evolve(box, text=text, path="")
                boxes[number + 1] = attrs.evolve(following, text="", gone=True)
        return tuple(boxes)

    return each_row(blocks, changed)


def units(blocks: Outline, chance: Chance) -> Outline:
    """Some values with a unit behind them: ``201件``, ``8.35万元``."""

    def changed(box: Box) -> Box:
        amount = (box.path or "").endswith(".amount")
        return attrs.evolve(
            box, text=box.text + chance.choice(("万元", "元") if amount else ("件", "项", " 件", "条", "宗"))
        )

    return each_value(blocks, chance, 0.3, changed)


def notes(blocks: Outline, chance: Chance) -> Outline:
    """Some values with an explanation behind them: ``22（其中修订16件）``."""
    return each_value(
        blocks,
        chance,
        0.1,
        lambda box: attrs.evolve(box, text=box.text + chance.choice(("（其中修订16件）", "（含行政许可5项）"))),
    )


def worded_changes(blocks: Outline, chance: Chance) -> Outline:
    """Changes in words: ``增加2``, ``减3``."""

    def changed(box: Box) -> Box:
        if not (box.path or "").endswith(".change"):
            return box
        word = chance.choice(("减", "减少") if box.text.startswith("-") else ("增", "增加"))
        return attrs.evolve(box, text=word + box.text.lstrip("+-") + chance.choice(("", "项")))

    return each_value(blocks, chance, 1, changed)


def tokens(blocks: Outline, chance: Chance) -> Outline:
    """Blank cells filled with what says that there is nothing to say."""
    marks = ("/", "无", "—", "-", "——", "不涉及", "&nbsp;", "<o:p></o:p>", "\\", "本单位无此项")
    mark = chance.choice(marks)
    return each_box(
        blocks,
        lambda box: (
            attrs.evolve(box, text=mark if chance.random() < 0.7 else chance.choice(marks))
            if box.path and not box.text
            else box
        ),
    )


def padded(blocks: Outline, chance: Chance) -> Outline:
    """White space of all kinds around values."""
    spaces = (" ", "　", "\xa0", "  ", "\u200b", "\ufeff", "\u2003")
    return each_box(
        blocks,
        lambda box: (
            box
            if box.path is None
            else attrs.evolve(box, text=chance.choice(spaces) + box.text + chance.choice(("", *spaces)))
        ),
    )


def full_width_digits(blocks: Outline, chance: Chance) -> Outline:
    """Full-width digits and signs."""
    wide = str.maketrans("0123456789+-.", "０１２３４５６７８９＋－．")
    return each_value(blocks, chance, 0.5, lambda box: attrs.evolve(box, text=box.text.translate(wide)))


def illegible(blocks: Outline, chance: Chance) -> Outline:
    """Some values that are no numbers any more: ``35²``, ``3 5``, ``3O``."""

    def changed(box: Box) -> Box:
        place = chance.randrange(1, len(box.text))
        texts = (
            box.text + "²",
            box.text + "①",
            box.text[:-1] + "O",
            box.text[:place] + " " + box.text[place:],
            box.text[:place] + "\n" + box.text[place:],
            box.text + "？",
            "约" + box.text,
            box.text + "余",
            box.text + "-" + box.text,
        )
        return attrs.evolve(box, text=chance.choice(texts), path="")

    return each_value(blocks, chance, 0.08, changed)


# ── The text around the tables ───────────────────────────────────────────────────────────────────────────────────────

PROSE = {
    "disclosure": (
        "全年制发行政规范性文件17件，办理行政许可118件、行政处罚56件，行政事业性收费21.5万元。",
        "行政许可：本年度共受理1125件，办结1120件。",
        "规章和规范性文件情况如下（单位：件）：",
        "1.主动公开方面。通过网站公开信息1204条；2.解读方面。发布解读材料35篇。",
    ),
    "requests": (
        "本年新收政府信息公开申请29件，上年结转2件，其中自然人26件、商业企业3件，予以公开18件。",
        "三、四季度的申请以征地补偿类为主，重复申请2件。",
        "（一）予以公开的18件均在法定期限内答复。",
        "办理结果总计31件。",
    ),
    "proceedings": (
        "全年行政复议4件，结果维持3件，其他结果1件；行政诉讼2件，均为未经复议直接起诉。",
        "因政府信息公开被申请行政复议4件。",
    ),
}


def prose(blocks: Outline, chance: Chance) -> Outline:
    """Sentences with labels and numbers before and after the tables."""

    def changed(grid: Grid) -> list[Line | Grid]:
        texts = [Line(text) for text in PROSE[grid.name]]
        chance.shuffle(texts)
        return [texts[0], grid, texts[1]]

    return each_grid(blocks, changed)


def title_twice(blocks: Outline, chance: Chance) -> Outline:
    """The title printed twice, the first time perhaps cut in two."""

    def changed(line: Line) -> list[Line]:
        if line.kind is not Kind.TITLE:
            return [line]
        half = chance.randrange(8, len(line.text) - 4)
        first = chance.choice(([line.text], [line.text[:half], line.text[half:]]))
        return [*(Line(text, Kind.TITLE) for text in first), line]

    return lines(blocks, changed)


def headings_missing(blocks: Outline, chance: Chance) -> Outline:
    """Every other heading of a section missing."""
    return lines(blocks, lambda line: [] if line.kind is Kind.HEADING and chance.hits(0.5) else [line])


def headings(change: Callable[[str], str]) -> Change:
    """The headings of the sections changed."""

    def changed(blocks: Outline, chance: Chance) -> Outline:
        del chance
        return lines(
            blocks, lambda line: [attrs.evolve(line, text=change(line.text))] if line.kind is Kind.HEADING else [line]
        )

    return changed


def bookmarks(blocks: Outline, chance: Chance) -> Outline:
    """``[bookmark: …]`` before the text of some cells and of the title."""
    mark = "[bookmark: _GoBack]"
    blocks = lines(
        blocks, lambda line: [attrs.evolve(line, text=mark + line.text)] if line.kind is Kind.TITLE else [line]
    )
    return each_box(blocks, lambda box: attrs.evolve(box, text=mark + box.text) if chance.hits(0.04) else box)


MENU = (
    *("首页", "政府信息公开", "规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"),
    *("政府集中采购", "依申请公开", "行政复议", "其他", "总计 12", "当前位置：首页 > 政府信息公开年报 > 正文"),
)


def menu(text: str, chance: Chance) -> str:
    """The menu of the site before the report, with labels of rows in it, and the foot of the page behind it."""
    entries = chance.choice(("\n", "\n\n", " | ", "  ", "\t")).join(MENU)
    foot = "\n".join(("打印本页", "关闭窗口", "行政许可", "规章", "版权所有：云岭县人民政府办公室 备案号0999001234"))
    return f"{entries}\n浏览次数：128 次\n{text}{foot}\n"


def cut_off(text: str, chance: Chance) -> str:
    """The text cut off anywhere behind the first table's begin, but not within a number."""
    place = chance.randrange(text.index("第二十条第"), len(text))
    while place < len(text) and text[place - 1] in "0123456789.+-" and text[place] in "0123456789.":
        place += 1
    return text[:place]


def trailing_spaces(text: str, chance: Chance) -> str:
    """White space at the ends of lines."""
    return "\n".join(line + chance.choice(("", " ", "  ", "\u3000") if line else ("",)) for line in text.split("\n"))


# ── All of it ────────────────────────────────────────────────────────────────────────────────────────────────────────


def same(blocks: Outline, chance: Chance) -> Outline:
    """Nothing changed."""
    del chance
    return blocks


def same_text(text: str, chance: Chance) -> str:
    """Nothing changed."""
    del chance
    return text


@frozen
class Noise:
    """A kind of damage.

    Attributes:
        change: what it does to the outline.
        text: what it does to the text.
        blanks: the share of cells left blank in the report it damages.
        floor: the share of the values still printed that must come back; ``None`` where they cannot be told apart.
        tabular: whether it makes sense where columns are kept apart by their position.
        needs_heads: whether it is nothing where the heads of section three are not printed.
    """

    change: Change = same
    text: TextChange = same_text
    blanks: float = 0.0
    floor: float | None = 0.9
    tabular: bool = True
    needs_heads: bool = False


NOISES: dict[str, Noise] = {
    "none": Noise(floor=1.0),
    "item numbers lost": Noise(numbers_lost),
    "some item numbers lost": Noise(some_numbers_lost),
    "item numbers otherwise": Noise(numbers_written_otherwise),
    "label character lost": Noise(label_character(lambda character, chance: "")),
    "label character changed": Noise(label_character(lambda character, chance: chance.choice(CHARACTERS))),
    "label character doubled": Noise(label_character(lambda character, chance: character * 2)),
    "spaces in labels": Noise(spaces_in_labels),
    "labels on two lines": Noise(labels_on_two_lines),
    "labels in runs": Noise(labels_in_runs, tabular=False),
    "annotations": Noise(annotations),
    "labels lost": Noise(labels_lost, floor=None),
    "extra rows": Noise(extra_rows),
    "sub-rows": Noise(sub_rows),
    "rows lost": Noise(rows_lost),
    "heads lost": Noise(heads_lost, floor=None),
    "page numbers": Noise(page_numbers),
    "bare page numbers": Noise(bare_page_numbers, floor=None),
    "group label cut by page": Noise(group_label_cut),
    "row label cut by page": Noise(row_label_cut),
    "heads repeated": Noise(heads_repeated),
    "second tables": Noise(second_tables),
    "tables at the end": Noise(tables_without_heading),
    "heads reordered": Noise(heads_reordered, floor=None, needs_heads=True),
    "group labels moved": Noise(group_labels_moved),
    "blanks added": Noise(blanks_added, blanks=0.1, floor=None),
    "spans repeated": Noise(spans_repeated, floor=None),
    "blanks lost": Noise(blanks_lost, blanks=0.1, floor=None),
    "values lost": Noise(values_lost, floor=None),
    "total alone": Noise(total_alone, floor=None),
    "cells joined": Noise(cells_joined, floor=None),
    "units": Noise(units),
    "notes": Noise(notes),
    "worded changes": Noise(worded_changes),
    "tokens": Noise(tokens, blanks=0.15),
    "padded values": Noise(padded),
    "full-width digits": Noise(full_width_digits),
    "illegible values": Noise(illegible),
    "prose around tables": Noise(prose),
    "title twice": Noise(title_twice),
    "headings missing": Noise(headings_missing),
    "headings bare": Noise(headings(lambda text: text[:2])),
    "headings unnumbered": Noise(headings(lambda text: text[2:] + "。")),
    "bookmarks": Noise(bookmarks),
    "site menu": Noise(text=menu),
    "cut off": Noise(text=cut_off, floor=None),
    "trailing spaces": Noise(text=trailing_spaces),
}

#: The layouts that keep columns apart by their position.
TABULAR = ("aligned", "boxes", "Markdown", "tabs, spreadsheet", "cell lines, filled")


def applies(noise: str, layout: str) -> bool:
    """Whether a noise makes sense in a layout."""
    if NOISES[noise].needs_heads and layout == "Markdown, a table a row":
        return False
    return NOISES[noise].tabular or not layout.startswith(TABULAR)


#: How strong damage can be, each as likely as the others.
STRENGTHS = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0)


@frozen
class Run:
    """One report, damaged by one noise or two at once."""

    noise: str
    layout: str
    form: str
    seed: int
    second: str = "none"
    strength: float = 1.0

    def __str__(self) -> str:
        noises = " + ".join(noise for noise in (self.noise, self.second) if noise != "none")
        return f"{noises} × {self.strength:g}, {self.layout}, {self.form}, {self.seed}"


def damaged(run: Run) -> tuple[str, dict[str, CellValue]]:
    """A damaged report in its layout, and the values it still prints (``None``: none)."""
    kinds = [NOISES[run.noise], NOISES[run.second]]
    chance = Chance(f"{run.noise} {run.layout} {run.form} {run.seed}")
    chance.strength = run.strength
    values, blocks = undamaged(run.form, chance.randrange(20), max(kind.blanks for kind in kinds))
    for kind in kinds:
        blocks = kind.change(blocks, chance)
    text = whole = STYLES[run.layout](blocks)
    for kind in kinds:
        text = kind.text(text, chance)
    boxes = (box for block in blocks if isinstance(block, Grid) for row in block.rows for box in row)
    there = {box.path for box in boxes if not box.gone}
    if text != whole:
        numbers = set(re.findall(r"\d+(?:\.\d+)?", unicodedata.normalize("NFKC", text)))
        there &= {path for path, value in values.items() if value is not None and str(abs(value)) in numbers}
    return text, {path: value if path in there else None for path, value in values.items()}


@cache
def undamaged(form: str, seed: int, blanks: float) -> tuple[dict[str, CellValue], Outline]:
    """The values and the outline of a report with another number in every cell."""
    report = distinct(sample(form), seed, blanks)
    return {cell.path: cell.value for cell in report.cells()}, outline(report)


def verdict(noise: str, layout: str, form: str, seed: int, *, strength: float = 1.0) -> Verdict:
    """What the parser makes of a damaged report. A text it refuses as no report gives no value, and no wrong one."""
    return judged(*damaged(Run(noise, layout, form, seed, strength=strength)))


def judged(text: str, expected: Mapping[str, CellValue]) -> Verdict:
    """What the parser makes of a text that prints these values."""
    try:
        return judge(expected, parse_text(text))
    except NotAReportError:
        return Verdict(sum(value is not None for value in expected.values()), 0, (), ())


def recovered(noise: str, layout: str, seeds: Iterable[int], strength: float = 1.0) -> list[Verdict]:
    """The verdicts on reports of every form."""
    return [verdict(noise, layout, form, seed, strength=strength) for form in FORMS for seed in seeds]


def share(verdicts: Iterable[Verdict]) -> float:
    """The share of the values printed that came back."""
    counts = [(each.right, each.printed) for each in verdicts]
    return sum(right for right, _ in counts) / max(sum(printed for _, printed in counts), 1)


#: What share of the values came back from each noise in each layout when the baseline was last raised.
BASELINE = Path(__file__).with_name("noise.json")
_PLACES = 4


def baseline() -> dict[str, dict[str, float]]:
    """The shares of the baseline, by noise and layout."""
    found: dict[str, dict[str, float]] = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    return found


def raise_baseline() -> int:
    """Writes the shares that are higher than those of the baseline, or new."""
    shares = baseline()
    for noise, layout in itertools.product(NOISES, STYLES):
        if applies(noise, layout):
            known = shares.setdefault(noise, {})
            now = math.floor(share(recovered(noise, layout, (0,))) * 10**_PLACES) / 10**_PLACES
            known[layout] = max(known.get(layout, 0), now)
    BASELINE.write_text(json.dumps(shares, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def drawn_pairs(count: int) -> Iterator[Run]:
    """Reports with two noises each, all drawn at random."""
    chance = Random(count)
    for number in range(count):
        layout, form = chance.choice(list(STYLES)), chance.choice(FORMS)
        one, other = chance.sample([noise for noise in NOISES if noise != "none" and applies(noise, layout)], 2)
        yield Run(one, layout, form, number, other)


def drawn_strengths(count: int) -> Iterator[Run]:
    """Reports with one noise each, all drawn at random, and its strength."""
    chance = Random(count)
    for number in range(count):
        layout, form = chance.choice(list(STYLES)), chance.choice(FORMS)
        noise = chance.choice([noise for noise in NOISES if noise != "none" and applies(noise, layout)])
        yield Run(noise, layout, form, number, strength=chance.choice(STRENGTHS))


def show(runs: Iterable[Run]) -> int:
    """Prints which values are wrong in these reports, and what comes back from all of them."""
    found: list[Verdict] = []
    for run in runs:
        try:
            text, expected = damaged(run)
        except (LookupError, ValueError):
            continue  # The first noise left nothing that the second could damage.
        each = judged(text, expected)
        found.append(each)
        for line in (*each.wrong, *each.unexplained):
            print(f"{run}: {line}", flush=True)
    wrong, unexplained = sum(len(each.wrong) for each in found), sum(len(each.unexplained) for each in found)
    printed = sum(each.printed for each in found)
    print(f"{len(found)} reports, {printed} values: {share(found):.1%} back, {wrong} wrong, {unexplained} unexplained")
    return int(bool(wrong or unexplained))


def main() -> int:
    """Prints how much comes back from each noise, over all layouts and in the worst of them."""
    ask = argparse.ArgumentParser(description=main.__doc__)
    ask.add_argument("noises", nargs="*", default=list(NOISES), help="the noises (default: all)")
    ask.add_argument("--layout", action="append", choices=list(STYLES), help="a layout (default: all)")
    ask.add_argument("--seeds", type=int, default=1, help="how many reports of each form (default: 1)")
    ask.add_argument("--show", action="store_true", help="name each cell that is wrong or unexplained")
    ask.add_argument("--raise", action="store_true", dest="raises", help="make the shares the baseline")
    ask.add_argument(
        "--strength", type=float, default=1.0, help="how strong they are: times the usual share (default: 1)"
    )
    ask.add_argument("--drawn", type=int, metavar="N", help="one noise at a strength drawn at random, N times")
    ask.add_argument("--pairs", type=int, metavar="N", help="two noises at once, N times")
    options = ask.parse_args()
    if options.raises:
        return raise_baseline()
    if options.drawn:
        return show(drawn_strengths(options.drawn))
    if options.pairs:
        return show(drawn_pairs(options.pairs))
    begun, failed = time.perf_counter(), False
    print(f"{'noise':26} {'floor':>6} {'all':>7} {'worst':>7}  {'in the layout':36} {'wrong':>6} {'unexplained':>12}")
    for noise in options.noises:
        layouts = [layout for layout in options.layout or STYLES if applies(noise, layout)]
        found = {layout: recovered(noise, layout, range(options.seeds), options.strength) for layout in layouts}
        verdicts = [each for several in found.values() for each in several]
        worst = min(found, key=lambda layout: share(found[layout]))
        wrong = sum(len(each.wrong) for each in verdicts)
        unexplained = sum(len(each.unexplained) for each in verdicts)
        floor = NOISES[noise].floor
        below = options.strength == 1 and floor is not None and share(found[worst]) < floor
        failed |= bool(wrong or unexplained) or below
        print(
            f"{noise:26} {'–' if floor is None else f'{floor:.0%}':>6} {share(verdicts):7.1%} "
            f"{share(found[worst]):7.1%}  {pad(worst, 36, centred=False)} {wrong:6} {unexplained:12}"
        )
        if options.show:
            for layout, several in found.items():
                for each in several:
                    for line in (*each.wrong, *each.unexplained):
                        print(f"    {layout}: {line}")
    print(f"{time.perf_counter() - begun:.1f} s")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
