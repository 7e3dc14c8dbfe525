"""What changed about the report itself: the name of the agency, whom to ask, the form."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from gxparse.agencies import match
from gxparse.records import Report

__all__ = ["Detail", "compare_details"]

_CONTACTS = {
    "address": ("地址", "address"),
    "postcode": ("邮编", "postcode"),
    "phone": ("电话", "phone"),
    "fax": ("传真", "fax"),
    "email": ("电子邮箱", "email"),
    "website": ("网址", "website"),
}


@frozen
class Detail:
    """One thing about the report that changed.

    Attributes:
        path: the field of the report, such as ``agency`` or ``preamble.phone``.
        label_zh: what it is, in Chinese.
        label_en: what it is, in English.
        before: what the older report says; ``None`` if it says nothing.
        after: what the newer report says; ``None`` if it says nothing.
        remark_zh: what is to be said about the change, in Chinese.
        remark_en: the same, in English.
    """

    path: str
    label_zh: str
    label_en: str
    before: str | None
    after: str | None
    remark_zh: str = ""
    remark_en: str = ""


def compare_details(older: Report, newer: Report) -> tuple[Detail, ...]:
    """What is not the same in both."""
    return tuple(detail for detail in _details(older, newer) if detail.before != detail.after)


def _details(older: Report, newer: Report) -> Iterator[Detail]:
    same = match(older.agency, newer.agency)
    remark = (same.reason_zh, same.reason_en) if same else ("", "")
    yield Detail("agency", "机关名称", "agency", older.agency, newer.agency, *remark)
    yield Detail("form", "报告格式", "form", older.form, newer.form)
    for name, labels in _CONTACTS.items():
        yield Detail(f"preamble.{name}", *labels, getattr(older.preamble, name), getattr(newer.preamble, name))
