"""Tables as text whose columns stand under each other, parted by spaces or by drawn lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from gxparse.rendering.outline import Grid, Slot, matrix


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


def pad(text: str, width: int, *, centred: bool) -> str:
    """The text filled up with spaces to a display width."""
    spaces = max(width - display_width(text), 0)
    left = spaces // 2 if centred else 0
    return " " * left + text + " " * (spaces - left)


def physical(
    slots: list[Slot], widths: list[int], gap: int, *, between: bool = False
) -> Iterator[list[tuple[str, Slot]]]:
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
                    centred=slot.box.path is not None or slot.box.across > 3,
                ),
                slot,
            )
            for slot, width, lines in boxes
        ]


def wide(name: str) -> list[int] | None:
    """No limits."""
    del name
    return None


def narrow(name: str) -> list[int] | None:
    """Columns as a page of A4 has them, in which long labels take two lines and more."""
    return {
        "disclosure": [18, 14, 14, 14],
        "requests": [8, 12, 26, *[8] * 7],
        "proceedings": [4] * 15,
    }[name]


def aligned(grid: Grid, limits: Callable[[str], list[int] | None] = wide, *, between: bool = False) -> str:
    """Columns aligned with spaces, as ``pdftotext -layout`` writes them."""
    gap = 2
    widths = column_widths(grid, limits, gap)
    lines = []
    for slots in matrix(grid):
        rows = physical(slots, widths, gap, between=between)
        lines += ["    " + (" " * gap).join(text for text, _ in row).rstrip() for row in rows]
    return "\n".join(lines)


def boxed(grid: Grid, *, rules: bool) -> str:
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
