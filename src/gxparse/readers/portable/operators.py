"""How a page is painted: its operators in their order, counted, with the state that pdfminer leaves out.

What is clipped away or transparent is not seen, and must not be read; so the state also says where paint is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pdfminer.casting import safe_float, safe_rect_list
from pdfminer.pdfinterp import PDFContentParser, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream, dict_value, resolve1, stream_value
from pdfminer.psparser import PSEOF, PSKeyword, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_pt, apply_matrix_rect

from gxparse.readers.limits import MAX_OBJECTS, check
from gxparse.readers.portable.areas import around
from gxparse.readers.portable.painting import Painted, State

# The words and numbers that the objects of pages are written in are fewer: those of a character that is put in its
# place by itself are nine, but no report has so many.
_MOST_WORDS = 3 * MAX_OBJECTS


class Words(PDFContentParser):
    """The words and numbers that the paint of a page is written in, counted over all pages."""

    def __init__(self, streams: Sequence[object], counted: list[int]) -> None:
        self.counted = counted
        super().__init__(streams)

    def nexttoken(self) -> Any:
        """The next word."""
        self.counted[0] += 1
        if self.counted[0] > _MOST_WORDS:
            check("PDF 页面上的指令", "Operators on the pages of the PDF", self.counted[0], _MOST_WORDS)
        return super().nexttoken()


class Interpreter(PDFPageInterpreter):
    """Paints pages on a device."""

    device: Painted
    graphicstate: State

    def __init__(self, resources: PDFResourceManager, device: Painted) -> None:
        super().__init__(resources, device)
        self.begun = State()
        self.counted = [0]

    def subinterp(self) -> Interpreter:
        """What paints a form, in the state in which the form is painted."""
        inner = Interpreter(self.rsrcmgr, self.device)
        inner.parent_stream_ids = self.parent_stream_ids | self.stream_ids
        inner.begun, inner.counted = self.graphicstate.copy(), self.counted
        return inner

    def render_over(self, form: PDFStream, matrix: Matrix) -> None:
        """Paints a form over the page that was painted."""
        inner = self.subinterp()
        inner.begun = State()
        inner.render_contents(dict_value(form.get("Resources") or self.resources), [form], matrix)

    def render_contents(
        self, resources: dict[object, object], streams: Sequence[object], ctm: Matrix = MATRIX_IDENTITY
    ) -> None:
        """Paints the streams; a form is seen only in its box."""
        for stream in streams:
            if box := safe_rect_list(resolve1(stream_value(stream).get("BBox"))):
                self.begun.cut(apply_matrix_rect(ctm, box))
        super().render_contents(resources, streams, ctm)

    def init_state(self, ctm: Matrix) -> None:
        """Begins in the state that the page or form is painted in."""
        super().init_state(ctm)
        self.graphicstate = self.begun.copy()

    def execute(self, streams: Sequence[object]) -> None:
        """Executes the operators of streams; one that is being executed does not begin anew within itself."""
        valid = [stream_value(stream) for stream in streams]
        valid = [each for each in valid if each.objid is not None and each.objid not in self.parent_stream_ids]
        self.stream_ids = {each.objid for each in valid if each.objid is not None}
        try:
            words = Words(valid, self.counted)
            while True:
                _, word = words.nextobject()
                if isinstance(word, PSKeyword):
                    self._operate(word.name)
                else:
                    self.push(word)
        except PSEOF:
            pass

    def _operate(self, name: bytes) -> None:
        method, count = _method(name)
        if method:
            operands = self.argstack[-count:] if count else ()
            if count:
                del self.argstack[-count:]
            if len(operands) == count:
                getattr(self, method)(*operands)

    def do_W(self) -> None:  # noqa: N802
        """Clips by the path; that it is no rectangle does not matter much."""
        points = [apply_matrix_pt(self.ctm, step[-2:]) for step in self.curpath if len(step) > 2]
        if points:
            self.graphicstate.cut(around([(x, y, x, y) for x, y in points]))

    do_W_a = do_W  # noqa: N815

    def do_F(self) -> None:  # noqa: N802
        """Fills the path, as an old spelling of ``f``."""
        self.do_f()

    def do_gs(self, name: Any) -> None:
        """Sets what a dictionary of the resources says of transparency."""
        state = dict_value(dict_value(self.resources.get("ExtGState") or {}).get(literal_name(name)) or {})
        density = safe_float(resolve1(state.get("ca", self.graphicstate.density)))
        self.graphicstate.density = 1.0 if density is None else density
        if "BM" in state or "SMask" in state:
            blends = resolve1(state.get("BM")), resolve1(state.get("SMask"))
            self.graphicstate.hides = all(each is None or literal_name(each) in _PLAIN for each in blends)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        """Paints a form or picture."""
        self.device.state = self.graphicstate
        super().do_Do(xobjid_arg)

    def do_EI(self, obj: Any) -> None:  # noqa: N802
        """Paints a picture that stands among the operators."""
        self.device.state = self.graphicstate
        super().do_EI(obj)


_PLAIN = ("Normal", "Compatible", "None")


@lru_cache(maxsize=512)
def _method(name: bytes) -> tuple[str, int]:
    """The method that executes an operator, and how many operands it has; no method where there is none."""
    spelled = name.decode("latin-1").replace("*", "_a").replace('"', "_w").replace("'", "_q")
    method = getattr(Interpreter, f"do_{spelled}", None)
    return (method.__name__, method.__code__.co_argcount - 1) if method else ("", 0)
