"""Which cells of the two official forms hold the same quantity, and which only look alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from attrs import frozen

from gxparse.records import TABLE_CLASSES, fields_of, row_classes
from gxparse.rules.sheet import above

__all__ = ["CORRESPONDENCES", "Correspondence", "correspondence", "official_order"]


@frozen
class Correspondence:
    """How cells of the form of 2019 stand to cells of the form of 2021.

    Attributes:
        form_2019: cells, rows or tables of the form of 2019; what they hold is added up.
        form_2021: the same of the form of 2021. Empty, where the form has nothing like it.
        is_same: whether both hold the same quantity. If not, neither is ever subtracted from the other.
        reason_zh: why, in Chinese.
        reason_en: why, in English.
    """

    form_2019: tuple[str, ...]
    form_2021: tuple[str, ...]
    is_same: bool
    reason_zh: str
    reason_en: str


def _same(form_2019: tuple[str, ...], form_2021: tuple[str, ...], zh: str, en: str) -> Correspondence:
    return Correspondence(form_2019, form_2021, is_same=True, reason_zh=zh, reason_en=en)


def _not_same(form_2019: tuple[str, ...], form_2021: tuple[str, ...], zh: str, en: str) -> Correspondence:
    return Correspondence(form_2019, form_2021, is_same=False, reason_zh=zh, reason_en=en)


_DECISIONS = (
    "两种格式都统计本年作出的处理决定数量",
    "both forms count the decisions made in the year",
)
_DOCUMENTS = (
    "2019 年格式统计制作和公开的数量，2021 年格式统计制发、废止和现行有效的件数："
    "制作不等于制发，公开过的可能已经废止，现行有效的也可能没有公开",
    "form 2019 counts what was drawn up and disclosed, form 2021 what was issued, repealed and is in force: "
    "what was drawn up need not be issued, what was disclosed may be repealed, what is in force may be undisclosed",
)
_ITEMS = (
    "2021 年格式不再统计项目数量及其增减，项目不是处理决定",
    "form 2021 no longer counts items and their change, and an item is no decision",
)
_ENFORCEMENT = ("licensing", "penalties", "compulsion")

#: Every cell of both forms, in their order. Of two entries that name a cell, the one that names it more closely holds.
CORRESPONDENCES: tuple[Correspondence, ...] = (
    *(
        _not_same(
            tuple(f"disclosure.{row}.{column}" for column in ("created", "newly_disclosed", "total_disclosed")),
            tuple(f"disclosure.{row}.{column}" for column in ("issued", "repealed", "in_force")),
            *_DOCUMENTS,
        )
        for row in ("rules", "normative_documents")
    ),
    *(
        _same((f"disclosure.{row}.decisions",), (f"disclosure.{row}.decisions",), *_DECISIONS)
        for row in _ENFORCEMENT
    ),
    _not_same(
        tuple(f"disclosure.{row}.{column}" for row in _ENFORCEMENT for column in ("items_last_year", "change")),
        (),
        *_ITEMS,
    ),
    _not_same(
        ("disclosure.other_services",),
        (),
        "2021 年格式没有“其他对外管理服务事项”",
        "form 2021 has no row for other services",
    ),
    _not_same(
        ("disclosure.fees",),
        ("disclosure.fees",),
        "2019 年格式统计收费项目的数量，2021 年格式统计收费金额",
        "form 2019 counts the kinds of fees, form 2021 states the money charged",
    ),
    _not_same(
        ("disclosure.procurement",),
        (),
        "2021 年格式没有“政府集中采购”",
        "form 2021 has no row for procurement",
    ),
    _same(
        ("requests",),
        ("requests",),
        "行、列及其勾稽关系在两种格式中相同",
        "the rows, the columns and what they add up to are the same in both forms",
    ),
    _same(
        ("requests.results.other.total",),
        tuple(
            f"requests.results.other.{row}" for row in ("not_corrected_in_time", "fee_unpaid", "miscellaneous")
        ),
        "2021 年格式把“（六）其他处理”一行分为三行，一行与三行之和相比",
        "form 2021 parts the one row （六）其他处理 into three; the one is compared with the sum of the three",
    ),
    _same(
        ("proceedings",),
        ("proceedings",),
        "表格在两种格式中相同",
        "the table is the same in both forms",
    ),
)  # fmt: skip


def correspondence(path: str) -> Correspondence | None:
    """The entry of the table that says how a cell stands to the other form.

    >>> correspondence("requests.received.total").is_same, correspondence("disclosure.fees.amount").is_same
    (True, False)
    """
    for each in above(path):
        for entry in CORRESPONDENCES:
            if each in entry.form_2019 or each in entry.form_2021:
                return entry
    return None


@cache
def official_order() -> dict[str, int]:
    """The place of every cell of both forms, in the order in which the forms print them."""
    paths = (path for table, record in TABLE_CLASSES.items() for path in _paths(record, table))
    return {path: place for place, path in enumerate(dict.fromkeys(paths))}


def _paths(record: type, path: str) -> Iterator[str]:
    for attribute in fields_of(record):
        below = f"{path}.{attribute.name}"
        rows = row_classes(record).get(attribute.name)
        if rows is None:
            yield below
        else:
            # A class that has the columns of another and more says where they stand among them.
            for row in sorted(rows, key=lambda each: -len(fields_of(each))):
                yield from _paths(row, below)
