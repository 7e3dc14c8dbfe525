"""Page numbers and running heads: what stands at the head or the foot of pages and is no text of the report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gxparse.document import Location, Note
from gxparse.readers.portable.lines import Line
from gxparse.readers.portable.sheets import Sheet

_PAGE_NUMBER = re.compile(
    r"[-—–－·]{1,2}[0-9]{1,3}[-—–－·]{1,2}|第?[0-9]{1,3}页?[/，,]?共?[0-9]{1,3}页|第[0-9]{1,3}页|[0-9]{1,3}/[0-9]{1,3}"
    r"|page[0-9]{1,3}(?:of[0-9]{1,3})?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[0-9]{1,3}")
# The part of a page at its head and its foot that running heads stand in.
_EDGE = 0.12


def without_furniture(sheets: Sequence[Sheet]) -> list[Note]:
    """Takes page numbers and running heads away from the pages, and says so."""
    counted = Counter(key for sheet in sheets for key in {_running(line, sheet) for line in sheet.lines} if key)
    repeated = {key for key, count in counted.items() if count >= max(2, _MOST_PAGES * len(sheets))}
    notes = []
    for sheet in sheets:
        gone: set[int] = set()
        for items in (sheet.items(), sheet.items()[::-1]):
            for item in items:
                if not isinstance(item, Line) or not (said := _furniture(item, sheet, repeated)):
                    break
                if id(item) not in gone:
                    notes.append(
                        Note("GX009", *said, Location(page=sheet.page.number, box=sheet.page.place(item.area)))
                    )
                gone.add(id(item))
        sheet.lines = [line for line in sheet.lines if id(line) not in gone]
    return notes


_MOST_PAGES = 0.4


def _furniture(line: Line, sheet: Sheet, repeated: set[tuple[str, int]]) -> tuple[str, str] | None:
    """What to say of a line that is a page number or a running head."""
    text = "".join(line.text.split())
    is_number = _PAGE_NUMBER.fullmatch(text) or (
        _BARE_NUMBER.fullmatch(text)
        and _running(line, sheet)
        and (text == str(sheet.page.number) or _running(line, sheet) in repeated)
    )
    if is_number:
        return f"已略去页码“{text}”。", f"Left out: the page number {text!r}."
    if _running(line, sheet) in repeated:
        shown = line.text if len(line.text) <= _SHOWN else f"{line.text[:_SHOWN]}…"
        return f"已略去页眉页脚“{shown}”。", f"Left out: the running head {shown!r}."
    return None


# How much of a running head is quoted.
_SHOWN = 40


def _running(line: Line, sheet: Sheet) -> tuple[str, int] | None:
    """What is the same of a running head on every page: its text but for the figures, and its height."""
    _, top, _, bottom = sheet.area
    part = ((line.area[1] + line.area[3]) / 2 - top) / (bottom - top)
    if _EDGE < part < 1 - _EDGE:
        return None
    return re.sub(r"[0-9]+", "#", "".join(line.text.split())), round(part * 100)
