"""What a page shows: the device that operators paint on, and keeps characters, shapes and pictures in their order."""

from __future__ import annotations

from time import monotonic
from typing import Any, NamedTuple

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTCurve, LTRect
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.utils import Matrix, apply_matrix_rect, translate_matrix

from gxparse.readers.limits import MAX_OBJECTS, check, exceeded
from gxparse.readers.portable.areas import Area, common

_EVERYWHERE = (float("-inf"), float("-inf"), float("inf"), float("inf"))


class State(PDFGraphicState):
    """How something is painted: where it is seen at all, how dense its fill is, and whether it hides what is below."""

    def __init__(self) -> None:
        super().__init__()
        self.clip: Area = _EVERYWHERE
        self.density = 1.0
        self.hides = True

    def copy(self) -> State:
        """The state as it is now."""
        state = State.__new__(State)
        state.__dict__.update(self.__dict__)
        return state

    def cut(self, area: Area) -> None:
        """Lets nothing be seen outside of an area."""
        self.clip = common(self.clip, area)


class String(NamedTuple):
    """Characters painted by one operator: where they are seen, whether they are white, and their number in order."""

    chars: list[LTChar]
    clip: Area
    is_white: bool
    order: int


class Shape(NamedTuple):
    """A shape that is painted, and whether nothing but white is."""

    curve: LTCurve
    is_white: bool


class Cover(NamedTuple):
    """What hides all that was painted before it in its area."""

    area: Area
    order: int
    is_white: bool


class Painted(PDFLayoutAnalyzer):
    """What a page shows; objects are counted as they come, over all pages. Areas count from the lower left corner."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.count = 0
        self.end = monotonic() + _MOST_SECONDS
        self.state = State()
        self._begin()

    def _begin(self) -> None:
        self.order = self.images = 0
        self.strings: list[String] = []
        self.shapes: list[Shape] = []
        self.covers: list[Cover] = []
        self.base: Matrix = (1, 0, 0, 1, 0, 0)

    def _count(self, objects: int = 1) -> None:
        self.count += objects
        check("PDF 页面上的对象", "Objects on the pages of the PDF", self.count, MAX_OBJECTS)

    def _check_time(self) -> None:
        if monotonic() > self.end:
            raise exceeded("读取 PDF 所需的秒数", "Seconds to read the PDF", _MOST_SECONDS, _MOST_SECONDS)

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Begins a page."""
        self._check_time()
        self._begin()
        self.base = ctm
        super().begin_page(page, ctm)

    def set_ctm(self, ctm: Matrix) -> None:
        """Sets where things are painted."""
        self._check_time()
        super().set_ctm(ctm)

    def _taken(self) -> list[Any]:
        """What was painted since this was asked the last time."""
        self.order += 1
        found: list[Any] = self.cur_item._objs
        self.cur_item._objs = []
        return found

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Paints characters, unless nothing is seen of them."""
        self._count()
        super().render_string(textstate, seq, ncs, graphicstate)
        chars = self._taken()
        inks = []
        if textstate.render not in _NOT_FILLED and graphicstate.density > 0:
            inks.append((graphicstate.ncolor, graphicstate.ncs))
        if textstate.render in _STROKED:
            inks.append((graphicstate.scolor, graphicstate.scs))
        if inks and chars:
            self.strings.append(String(chars, graphicstate.clip, all(_is_white(*ink) for ink in inks), self.order))

    def render_char(self, matrix: Matrix, font: Any, fontsize: float, scaling: float, rise: float, *more: Any) -> float:
        """Paints a character; what raises it above the line is made a part of its place."""
        self._count()
        return super().render_char(translate_matrix(matrix, (0, rise)), font, fontsize, scaling, 0, *more)

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:  # noqa: FBT001
        """Paints a shape."""
        self._count(len(path) + _PATH)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        for curve in self._taken():
            white_fill = _is_white(gstate.ncolor, gstate.ncs)
            white = (not fill or white_fill) and (not stroke or _is_white(gstate.scolor, gstate.scs))
            self.shapes.append(Shape(curve, white))
            if fill and isinstance(curve, LTRect) and _hides(gstate) and not isinstance(gstate.ncolor, str):
                self.covers.append(Cover(common(gstate.clip, curve.bbox), self.order, white_fill))

    def begin_figure(self, *_: Any) -> None:
        """Begins a form, which is a part of what paints it, or a picture."""
        self._check_time()
        self._count(_FIGURE)

    def end_figure(self, _: str) -> None:
        """Ends a form."""

    def render_image(self, name: str, stream: Any) -> None:
        """Paints a picture."""
        self.images += 1
        self.order += 1
        if _hides(self.state) and not any(resolve1(stream.get(key)) for key in _MASKS):
            area = apply_matrix_rect(self.ctm, (0, 0, 1, 1))
            self.covers.append(Cover(common(self.state.clip, area), self.order, is_white=False))


# Longer than any report takes by far.
_MOST_SECONDS = 60
# How many objects a path counts for beside its points, and a form with its resources, by the time they take.
_PATH, _FIGURE = 5, 10
# The ways to render text that do not fill it, and that stroke it; recognised text behind the picture of a page is
# neither filled nor stroked.
_NOT_FILLED, _STROKED = (1, 3, 5, 7), (1, 2, 5, 6)
# What lets something be seen through a picture.
_MASKS = ("SMask", "Mask", "ImageMask", "IM")


def _hides(state: State) -> bool:
    return state.hides and state.density >= 1


def _is_white(colour: Any, space: Any) -> bool:
    """Whether a colour is white; in some spaces, as in print, the least of a colour is."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4 or space.name in ("Separation", "DeviceN"):
        return not any(parts)
    return all(part >= _WHITE for part in parts)


_WHITE = 0.98
