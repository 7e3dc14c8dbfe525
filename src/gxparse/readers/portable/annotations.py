"""What is painted over a page: the fields of forms, and what was written on it or struck out with a viewer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pdfminer.casting import safe_int, safe_matrix, safe_rect_list
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import MATRIX_IDENTITY, Matrix, Rect, apply_matrix_rect, decode_text, mult_matrix


class Annotation(NamedTuple):
    """Where an annotation stands, the form that shows it, what puts that in its place, and the text of its field."""

    place: Rect
    form: PDFStream | None
    matrix: Matrix
    value: str

    def is_shown_by(self, text: str) -> bool:
        """Whether a text that its form paints is that of the field; viewers then do not paint another one."""
        return "".join(self.value.split()) in "".join(text.split())


def annotations_of(page: PDFPage) -> Iterator[Annotation]:
    """The annotations that are seen on a page."""
    for each in list_value(page.annots or []):
        entries = dict_value(each)
        place = safe_rect_list(resolve1(entries.get("Rect")))
        is_hidden = (safe_int(resolve1(entries.get("F"))) or 0) & _HIDDEN
        if place is not None and not is_hidden and _name(entries.get("Subtype")) not in _ONLY_ON_SCREEN:
            form = _form(entries)
            yield Annotation(place, form, _placed(form, place) if form else MATRIX_IDENTITY, _value(entries))


# Flags of what is not shown.
_HIDDEN = 2 | 32
# Signs that something can be opened; they are no part of the page.
_ONLY_ON_SCREEN = ("Popup", "Text", "FileAttachment", "Sound", "Movie")
_DEEPEST = 20


def _name(value: Any) -> str:
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _form(entries: dict[str, Any]) -> PDFStream | None:
    form = resolve1(dict_value(entries.get("AP") or {}).get("N"))
    if isinstance(form, dict):
        form = resolve1(form.get(_name(entries.get("AS"))))
    return form if isinstance(form, PDFStream) else None


def _value(field: dict[str, Any]) -> str:
    """The text of a field, which may be that of a field it is a part of."""
    for _ in range(_DEEPEST):
        if "V" in field:
            value = resolve1(field["V"])
            return decode_text(value) if isinstance(value, bytes) else ""
        field = dict_value(field.get("Parent") or {})
    return ""


def _placed(form: PDFStream, place: Rect) -> Matrix:
    """The matrix that fits the box of a form into its place on the page."""
    given = resolve1(form.get("Matrix"))
    matrix = (safe_matrix(*given) if isinstance(given, list) and len(given) == 6 else None) or MATRIX_IDENTITY
    x0, y0, x1, y1 = apply_matrix_rect(matrix, safe_rect_list(resolve1(form.get("BBox"))) or place)
    left, right = sorted((place[0], place[2]))
    low, high = sorted((place[1], place[3]))
    across = (right - left) / (x1 - x0) if x1 > x0 else 1.0
    up = (high - low) / (y1 - y0) if y1 > y0 else 1.0
    return mult_matrix(matrix, (across, 0, 0, up, left - x0 * across, low - y0 * up))
