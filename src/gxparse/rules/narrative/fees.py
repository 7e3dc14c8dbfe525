"""GX408: what the text says of information-processing fees (form 2021 asks for it in section six)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from gxparse.findings import Finding
from gxparse.records import SECTIONS
from gxparse.rules.narrative.scope import Scope, scope
from gxparse.rules.narrative.tables import total
from gxparse.rules.narrative.texts import passages
from gxparse.rules.sheet import Sheet

__all__ = ["fees"]

_FEE = r"(?:政府)?(?:信息公开)?信息处理费用?"
_MAY_SPEAK_OF_FEES = re.compile("[费費]")
_CHARGED = re.compile(
    rf"(?<!减免)(?<!免收)(?<!免除)(?<!退还){_FEE}(?:的|收[取缴费入]|总[额计]|金额|[共合]计|情况|[为是:共])*"
    r"(?P<amount>[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,4})?|[0-9]{1,12}(?:\.[0-9]{1,6})?|零)(?P<unit>万?元)"
)
_NOT_CHARGED = re.compile(
    r"(?:未|没有|无|不)(?:向|申请人|依申请公开|依申请|发生|产生|有|收取|收到|征收|存在|涉及|任何|政府信息公开|过|因|的|费用|、|和|及){0,12}?"
    rf"{_FEE}(?:的?(?:情况|情形|行为|现象|事项|收入))?(?:发生|产生)?(?=[,。;!?)]|$)"
    rf"|{_FEE}(?:收[取缴费]|的|情况|[为是:])*[无零0](?=[,。;!?)]|$)"
)
_BEFORE, _BEHIND, _SENTENCE_END = 300, 30, re.compile(r"[。!?]")


@frozen
class _Fee:
    amount: Decimal
    """In yuan."""
    quote: str
    section: str


def fees(sheet: Sheet) -> Iterator[Finding]:
    """GX408: amounts that contradict each other, and a fee although no request was there to charge for."""
    said = list(_said(sheet))
    if not said:
        return
    first = said[0]
    other = next((fee for fee in said if fee.amount != first.amount), None)
    if other:
        yield _finding(
            other,
            f"前面“{SECTIONS[first.section]}”写 {first.amount:f} 元（“{first.quote}”）",
            f"the text ({first.section}) says {first.amount:f} yuan before (“{first.quote}”)",
            {"before": first.amount, "here": other.amount},
        )
    charged = next((fee for fee in said if fee.amount), None)
    requests = total(sheet, ("requests.received.total", "requests.carried_in.total"))
    if charged and requests == 0:
        yield _finding(
            charged,
            "表三没有收到或上年结转的申请",
            "by table three no request was received or carried in",
            {"fee": charged.amount, "requests": 0},
        )


def _finding(fee: _Fee, zh: str, en: str, numbers: dict[str, int | Decimal | None]) -> Finding:
    return Finding(
        "GX408",
        fee.section,
        f"“{SECTIONS[fee.section]}”写信息处理费 {fee.amount:f} 元（“{fee.quote}”），{zh}。请核对",
        f"the text ({fee.section}) says that the fee is {fee.amount:f} yuan (“{fee.quote}”), but {en}; please check",
        numbers=numbers,
    )


def _said(sheet: Sheet) -> Iterator[_Fee]:
    """What the text says of the fees of this year, where it is said of the whole."""
    for passage in passages(sheet.report, _MAY_SPEAK_OF_FEES):
        found = [*_CHARGED.finditer(passage.text), *_NOT_CHARGED.finditer(passage.text)]
        for match in sorted(found, key=lambda match: match.start()):
            before = passage.text[max(0, match.start() - _BEFORE) : match.start()]
            sentence = _SENTENCE_END.split(before)[-1]
            behind = passage.text[match.end() : match.end() + _BEHIND]
            if scope(sheet.report, before, sentence, "", behind) is Scope.SAME:
                yield _Fee(_amount(match), match[0][-40:], passage.section)


def _amount(match: re.Match[str]) -> Decimal:
    if match.re is _NOT_CHARGED or match["amount"] == "零":
        return Decimal(0)
    return Decimal(match["amount"].replace(",", "")) * (10_000 if match["unit"] == "万元" else 1)
