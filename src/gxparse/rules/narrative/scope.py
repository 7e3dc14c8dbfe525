"""Whether a statement speaks of what the tables count: this agency, this year, all of it."""

from __future__ import annotations

import re
from enum import IntEnum

from gxparse import normalise
from gxparse.records import Report

__all__ = ["Scope", "is_neutral", "is_of_some", "scope"]


class Scope(IntEnum):
    """How surely a statement speaks of what the tables count."""

    SAME = 0
    """Nothing in the sentence speaks of anything else."""
    DOUBTFUL = 1
    """It may speak of a part, such as the office alone, or of more, such as the whole district."""
    OTHER = 2
    """It speaks of another year, of a part of the year, or of what came by one channel."""


# Words beside a phrase that change nothing about what it counts.
_NEUTRAL = re.compile(
    r"[全本]年度?累计|20[0-9]{2}年(?:度|以来)?|(?:本|全|当|今|该)年度?(?:内|以来|中)?|报告期内?|年内|期间|(?:截[至止]|到)?(?:年底|12月31日|12月底)"
    r"|(?:我|本)(?:局|委|厅|镇|乡|街道办事处|街道|街|单位|机关|院|行|中心|馆|站|所)"
    r"|总共|共计|合计|总计|共|新|已|均|全部|全|都|实际|依法|依规|严格|按照?规定|按[时期]|及时|妥善|认真"
    r"|规范|法定期限|期限|[在于]|内|其中|主要|包括|包含|含|另|还|也|并|即|[、和及与由对将为是有了的]|以及|其余|剩余"
    r"|因|引发|引起|发生|产生|涉及|而|被|信息公开|政府|政务|依申请公开|工作中?|过程中?|申请人?|提起|方面|办理结果|结果"
    r"|收到|接到|受理|属于|决定|作出|答复|来自|数量"
)

# The year is another, or not whole.
_COMPARED = re.compile(
    r"(?:比|较|与|同)(?:去年|上一?年度?|20[0-9]{2}年度?)(?:同期)?(?:相比)?|同比|(?:上一?|20[0-9]{2})年度?结转"
    r"|1月1日.{0,8}?12月31日|(?:截[至止]|到)(?:20[0-9]{2}年)?12月(?:31日|底)"
)
_OTHER_YEAR = re.compile(
    r"20[0-9]{2}年?[至到\-]20[0-9]{2}年|上半年|下半年|季度|[0-9]月|去年|上一?年|往年|历年|(?<![本今0-9])年以?来|近[几0-9一二三四五]{1,2}年|同期"
)
_YEAR = re.compile(r"(20[0-9]{2})年")

# One channel, one way of handling, or another matter.
_OTHER_MATTER = re.compile(
    r"通过|网络|网上|网站|平台|信函|当面|现场|邮[寄件箱]|传真|微信|窗口|[线在][上下线]|渠道|转[办送交]|移[送交]|交办|备案|清理|修[改订]"
    r"|审查|审核|解读|指导|督[促办]|抽查|建议|提案|信访|热线|留言|来信|工单|政务服务|[延逾超]期|当场|口头|书面|电话|[不未无]|比|较"
)
_AGENT = re.compile(r"本级|[政市区县州省旗]府?办|办公室|[本我]办|代表")
_PARTS = re.compile(
    r"部门|各[^种类项]|全[省市区县旗州盟镇乡街]|我[省市区县旗州盟]|所属|下属|直属|辖区|系统|基层|代[理办]|牵头|其[他它](?:机关|单位)|(?<!年)(?<!年度)累计|目前|类(?:申请|案件|事项)?中"
    r"|[镇乡村]|街道|[委局厅]"
)
_OURS = re.compile(r"(?:我|本)(?:局|委|厅|镇|乡|街道办事处|街道|街)")
_EXCEPT = re.compile(r"\([^)]{0,20}(?:不含|不包括|除|仅|本级|办公室|转办)")


def is_neutral(beside: str, agency: str | None) -> bool:
    """Whether what stands beside a phrase changes nothing about what it counts."""
    return not _NEUTRAL.sub("", _without_agency(beside, agency))


def is_of_some(beside: str, agency: str | None) -> bool:
    """Whether what stands beside a phrase says no more than whom it speaks of: 全区共."""
    # The name first: a part of it may be a word for somebody else, 局 or 镇.
    others = _PARTS.sub("", _AGENT.sub("", _without_agency(beside, agency)))
    return not _NEUTRAL.sub("", others)


def scope(report: Report, passage: str, sentence: str, beside: str, behind: str) -> Scope:
    """How surely a statement speaks of what the tables of a report count.

    Args:
        report: the report.
        passage: what stands before the statement in its passage.
        sentence: what stands before it in its sentence.
        beside: what stands before its phrase in the same clause.
        behind: what stands behind it.
    """
    before = _COMPARED.sub("", sentence + beside)
    years = _YEAR.findall(before)
    if _OTHER_MATTER.search(beside) or _OTHER_YEAR.search(before):
        return Scope.OTHER
    if years and report.year is not None and int(years[-1]) != report.year:
        return Scope.OTHER
    years = _YEAR.findall(_COMPARED.sub("", passage + beside))
    ours = _OURS.sub("", _without_agency(sentence + beside, report.agency))
    if (
        (years and int(years[-1]) != report.year)
        or _AGENT.search(_without_agency(passage, report.agency))
        or _PARTS.search(ours)
        or _EXCEPT.match(behind)
        or not is_neutral(beside, report.agency)
        or report.other_tables
    ):
        return Scope.DOUBTFUL
    return Scope.SAME


def _without_agency(text: str, agency: str | None) -> str:
    """The text without the agency's name. A people's government or its office may name itself alone."""
    if agency is None:
        return text
    name = normalise.simplified(normalise.squeeze(agency))
    return text if name.endswith(("政府", "办公室", "办")) else text.replace(name, "")
