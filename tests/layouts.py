"""Reports of an invented town, in every layout that :mod:`gxparse.rendering` writes and in those that lose too much.

What damages a text (``noise.py``) works on the outline of a report or on what is written.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

import attrs
from attrs import frozen

from gxparse.records import (
    CellValue,
    Period,
    Preamble,
    Report,
    Subsection,
    TextSection,
)
from gxparse.rendering.cells import cell_lines, stacked
from gxparse.rendering.columns import display_width, pad, wrap
from gxparse.rendering.form import outline
from gxparse.rendering.outline import Box, Grid, Kind, Line, Outline, Row, Slot, has_values, matrix, one_line
from gxparse.rendering.styles import STYLES, Style, write
from gxparse.testing import FORMS, blank

__all__ = [
    "AGENCY", "FORMS", "LAYOUTS", "LOSSY", "STYLES", "VARIANTS", "Box", "Grid", "Kind", "Line", "Outline", "Row",
    "Slot", "Verdict", "display_width", "distinct", "has_values", "judge", "matrix", "outline", "pad", "sample",
    "split",
]  # fmt: skip

# ── Page breaks ──────────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── Reports to write ─────────────────────────────────────────────────────────────────────────────────────────────────

AGENCY = "云岭县青石镇人民政府"


def sample(form: str) -> Report:
    """A report of an invented town, every cell blank."""
    year = 2020 if form == "2019" else 2023
    return attrs.evolve(
        blank(form),
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
            ),
            address="云岭县青石镇溪口街12号",
            phone="0999-8123456",
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


def each_string_once(blocks: Outline) -> str:
    """Every string printed once: where it recurs, the later ones are gone."""
    texts = [block.text if isinstance(block, Line) else cell_lines(block, filled=False) for block in blocks]
    lines = [line for text in texts for line in text.split("\n")]
    return "\n".join(dict.fromkeys(line for line in lines if line)) + "\n"


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
