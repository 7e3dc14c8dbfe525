"""The pages of a file, each with its lines, its tables, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define
from pdfminer.utils import apply_matrix_rect, mult_matrix
from pdfplumber.page import Page

from gxparse.document import Location, Note
from gxparse.errors import SourceError
from gxparse.readers.portable.annotations import Annotation, annotations_of
from gxparse.readers.portable.areas import Area, Leaf, turned
from gxparse.readers.portable.glyphs import UNKNOWN, glyphs_of
from gxparse.readers.portable.grids import THIN, grids_of, rules_of
from gxparse.readers.portable.lines import Line
from gxparse.readers.portable.operators import Interpreter
from gxparse.readers.portable.painting import Painted
from gxparse.readers.portable.tables import Cell, Ruled, taken_apart


@define
class Sheet:
    """A page: its lines outside tables, its tables, and what is to be known of its text as a whole."""

    page: Leaf
    area: Area
    lines: list[Line]
    tables: list[Ruled]
    notes: list[Note]
    shown: int
    unknown: int
    images: int
    slots: int

    def items(self) -> list[Line | Ruled]:
        """Its lines and tables from top to bottom."""
        return sorted([*self.lines, *self.tables], key=lambda item: (item.area[1], item.area[0]))


def sheet_of(page: Page, interpreter: Interpreter, painted: Painted) -> Sheet:
    """A page, read out of what it paints; where its text runs upwards or downwards, the page is turned."""
    left, above, height = page.mediabox[0], page.mediabox[1], page.height

    def placed(area: Area) -> Area:
        return area[0] + left, above + height - area[3], area[2] + left, above + height - area[1]

    interpreter.process_page(page.page_obj)
    unshown = [place for each in annotations_of(page.page_obj) if (place := _painted(each, interpreter, painted))]
    glyphs, turn = glyphs_of(painted, page.cropbox, placed)
    rules = [
        (turned(rule, turn), shape.is_white)
        for shape in painted.shapes
        for rule in rules_of(shape.curve, placed(shape.curve.bbox))
    ]
    grids = grids_of([rule for rule, _ in rules])
    painted_areas = (placed(shape.curve.bbox) for shape in painted.shapes if not shape.is_white)
    specks = [turned(area, turn) for area in painted_areas if _is_speck(area)]
    lines, tables = taken_apart(glyphs, grids, [rule for rule, is_white in rules if not is_white], specks)
    leaf = Leaf(page.page_number, turn)
    cells = [cell for table in tables for row in table.rows for cell in row]
    items: list[Line | Ruled | Cell] = [*lines, *tables, *cells]
    for item in items:
        item.page = leaf
    seen = [glyph.text for glyph in glyphs if glyph.is_seen]
    notes = [_joined(cell) for cell in cells if cell.is_joined]
    notes += [_unshown(Location(page=leaf.number, box=Leaf().place(placed(area)))) for area in unshown]
    slots = sum(len(grid.xs) * len(grid.ys) for grid in grids)
    area = turned(page.bbox, turn)
    return Sheet(leaf, area, lines, tables, notes, len(seen), seen.count(UNKNOWN), painted.images, slots)


def _is_speck(area: Area) -> bool:
    """Whether a shape is no larger than a minus sign or a decimal point."""
    sides = sorted((area[2] - area[0], area[3] - area[1]))
    return sides[0] <= THIN and sides[1] <= _WIDEST_SIGN


# In points.
_WIDEST_SIGN = 9.0


def _painted(annotation: Annotation, interpreter: Interpreter, painted: Painted) -> Area | None:
    """Paints an annotation; its place, if it does not show what its field holds."""
    before = len(painted.strings)
    if annotation.form is not None:
        interpreter.render_over(annotation.form, mult_matrix(annotation.matrix, painted.base))
    shown = "".join(char.get_text() for string in painted.strings[before:] for char in string.chars)
    return None if annotation.is_shown_by(shown) else apply_matrix_rect(painted.base, annotation.place)


def _joined(cell: Cell) -> Note:
    """What is to be said of a number that was put together."""
    lines = [line.text for line in cell.lines]
    return Note(
        "GX009",
        f"单元格过窄，数字被折成 {len(lines)} 行（{'、'.join(lines)}），已合为“{cell.text}”。",
        f"Put together: the lines {', '.join(map(repr, lines))} of a cell too narrow for its number, as {cell.text!r}.",
        Location(page=cell.page.number, box=cell.page.place(cell.area)),
    )


def _unshown(where: Location) -> Note:
    """What is to be said of a field that does not say what it looks like."""
    return Note(
        "GX003",
        "表单域的内容没有画在页面上，未能读取。请打印成 PDF 后再用。",
        "The value of a form field is not painted on its page, and is not read. Print the file to a new PDF first.",
        where,
    )


def check_text(sheets: Sequence[Sheet]) -> None:
    """Checks that the pages hold text, and text that can be read.

    Raises:
        SourceError: they do not.
    """
    shown = sum(sheet.shown for sheet in sheets)
    if shown < _FEWEST_CHARACTERS and (not shown or any(sheet.images for sheet in sheets)):
        raise SourceError(
            "这份 PDF 没有文字层，应是扫描件，请先做文字识别。 "
            "This PDF has no text layer; it is a scan: recognise its text first."
        )
    if sum(sheet.unknown for sheet in sheets) * 2 > shown:
        raise SourceError(
            "这份 PDF 的字体没有说明其字符，文字无法读取，请先做文字识别或改用原始文件。 "
            "The fonts of this PDF do not say what their characters are: recognise its text, or use the original file."
        )


_FEWEST_CHARACTERS = 50
