"""The phrases in which reports state their numbers: which words, right before a number, say what it counts.

The patterns are searched in squeezed text (:func:`gxparse.normalise.squeeze`) of a bounded length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["NOUN_BEHIND", "OF_INFORMATION", "PHRASE_BEHIND", "ZERO", "phrase"]

_REQUESTED = r"申请(?:公开|政府信息|信息|[的件书表]|事项){0,4}"
# 申请 alone may mean requests of any kind.
_OF_INFORMATION = (
    rf"(?:(?:依|政府|政务|信息|公开){{0,5}}(?:依|信息|公开)的?{_REQUESTED}(?:{_REQUESTED})?"
    r"|申请(?:公开)?(?:政府)?信息公开的?(?:事项)?)"
)
_REQUEST = rf"(?:{_OF_INFORMATION}|{_REQUESTED})"
_TAKEN_TOGETHER = r"(?:、|和|及|与|或|以及|或者)"
_MADE = r"(?:提出|提交|递交|要求|[的了]){0,3}"
_PUBLIC = r"公民、?法人(?:或者?|和|及|、)其[他它]组织"
_EVERYONE = rf"(?:{_PUBLIC}|社会公众|群众|公众|申请人)?{_MADE}"
_ALL = rf"[了的]?(?:各类)?(?:{_EVERYONE}{_REQUEST})?"
_NEXT_YEAR = r"结转(?:[至到]?(?:下|次|明)一?年度?|[至到]20[0-9]{2}年度?)(?:继续)?(?:办理|处理|答复)?的?"
_LAST_YEAR = r"(?:上一?年度?|去年|20[0-9]{2}年度?)结转(?:过?来|至?[本今]年度?|办理|[的了])*"

_RECONSIDERATION = r"(?:申请|提起)?的?行政复议(?:案件|申请)?"
_LITIGATION = r"(?:提起)?的?(?:行政)?诉讼(?:案件)?"
_RULES = r"(?:行政|政府|部门)?规章"
_NORMATIVE = r"(?:行政)?规范性文件"
_BOTH = rf"{_RULES}{_TAKEN_TOGETHER}{_NORMATIVE}"
_ISSUE = r"(?:制发|制定|出台|印发|制作)(?:公开|发布|并)*[了的]?"
_PUBLISH = r"(?:主动)?(?:公开|发布|公布)[了的]?"
_REPEAL = r"废止(?:失效)?[了的]?"
_IN_FORCE = r"(?:现行)?有效的?"


_VERBS = {"issued": _ISSUE, "repealed": _REPEAL, "in_force": _IN_FORCE, "published": _PUBLISH}
_DOCUMENTS = {"BOTH": _BOTH, "RULES": _RULES, "NORMATIVE": _NORMATIVE}


def _documents() -> dict[str, str]:
    """A verb before its noun or behind it: 制发规章, 规章制发."""
    return {
        f"{name}_{topic}": rf"(?:本年度?)?{verb}{noun}|{noun}(?:本年度?)?新?{verb}"
        for topic, noun in _DOCUMENTS.items()
        for name, verb in _VERBS.items()
    }


def _decisions(noun: str) -> str:
    return rf"(?:作出|做出|实施|决定处理)?的?{noun}(?:处理)?决定|(?:作出|做出|实施|决定处理)的?{noun}"


_APPLICANTS = {
    "natural_person": "自然人|公民|个人",
    "organisations": "法人(?:(?:或者?|和|及|、)其[他它]组织)?",
    "enterprise": "商业企业",
    "companies": "企业",
    "research_institution": "科研机构",
    "public_welfare_organization": "社会公益组织",
    "legal_service_agency": "法律服务机构",
}

# The phrases of each table, by the name of the kind; those that begin alike stand longest first.
_OF_CASES = {
    "proceedings": rf"{_RECONSIDERATION}{_TAKEN_TOGETHER}{{1,2}}{_LITIGATION}",
    "reconsideration": _RECONSIDERATION,
    "litigation": _LITIGATION,
    "direct_litigation": r"未经(?:行政)?复议(?:直接)?(?:起诉|提起(?:行政)?诉讼)的?(?:案件)?",
    "post_reconsideration_litigation": r"经?(?:行政)?复议后(?:起诉|再?提起(?:行政)?诉讼)的?(?:案件)?",
    "upheld": r"(?:结果)?维持(?:原?具体行政行为|原行政行为|原决定)?",
    "corrected": r"(?:结果)?纠正",
    "pending": r"尚?未审结|(?:正在)?审理中",
}
_OF_DISCLOSURE = {
    **_documents(),
    "repealed": _REPEAL,
    "in_force": r"现行有效",
    "penalties_and_compulsion": rf"(?:作出|实施)?行政处罚{_TAKEN_TOGETHER}行政强制(?:处理)?(?:决定)?",
    "licensing": _decisions("行政许可"),
    "penalties": _decisions("行政处罚"),
    "compulsion": _decisions("行政强制"),
}
_OF_REQUESTS = {
    "carried_out": rf"{_NEXT_YEAR}(?:{_REQUEST})?",
    "carried_in": rf"{_LAST_YEAR}(?:{_REQUEST})?",
    "carried": r"结转",
    "newly_received": rf"新(?:收到?|受理){_ALL}",
    "requests": _EVERYONE + _OF_INFORMATION,
    "received": rf"(?:收到|接收|接到|收悉){_ALL}",
    "accepted": rf"受理{_ALL}",
    "handled": rf"(?:按[时期]|及时|依法|全部)?(?:(?:答复|办结|办理|处理|回复|完结|办毕)[了完毕]{{0,2}}){{1,2}}{_ALL}",
    "granted_or_partially": rf"予以公开{_TAKEN_TOGETHER}(?:予以)?部分公开",
    "partially_granted": r"(?:予以|给予|同意)?部分(?:予以)?公开",
    "denied": r"不予公开",
    "granted": r"予以公开|同意(?:全部)?公开",
    "not_provided": r"无法提供",
    "not_processed": r"不予处理",
    "other_results": r"其[他它]处理",
    **{name: rf"(?:{noun}){_MADE}(?:{_REQUEST})?" for name, noun in _APPLICANTS.items()},
}


def _alternatives(patterns: Mapping[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns.items())


def _at_end(patterns: Mapping[str, str]) -> re.Pattern[str]:
    """One of these phrases, and what may stand between it and its number."""
    return re.compile(
        rf"(?:{_alternatives(patterns)})"
        r"(?:案件|事项|决定|数量|件数|总数|总量|的|数|共计|合计|总计|总共|均|共|计|为|是|有|了|达到?|:){0,5}$"
    )


# A word without which a text holds no phrase of a table, and the phrases.
_TABLES = (
    (re.compile(r"复议|诉讼|起诉|审|维持|纠正"), _at_end(_OF_CASES)),
    (re.compile(r"规章|规范性文件|许可|处罚|强制|废止|有效"), _at_end(_OF_DISCLOSURE)),
    (
        re.compile(r"申请|收到|接[收到]|新收|理|答复|回复|办[结毕]|完结|结转|公开|提供|人|企业|机构|组织"),
        _at_end(_OF_REQUESTS),
    ),
)


def phrase(before: str) -> re.Match[str] | None:
    """The phrase that says what is counted, at the very end of what stands before the number."""
    for word, phrases in _TABLES:
        if word.search(before) and (found := phrases.search(before)):
            return found
    return None


#: A noun behind the number: 收到12件政府信息公开申请.
NOUN_BEHIND = re.compile(rf"[的了]?({_OF_INFORMATION}|{_RECONSIDERATION}|{_LITIGATION}|{_BOTH}|{_RULES}|{_NORMATIVE})")

_BEHIND = (
    *("carried_out", "partially_granted", "denied", "granted", "not_provided", "not_processed", "other_results"),
    *("upheld", "corrected", "pending"),
)
#: What became of so many, said behind the number: 12件予以公开, 1件被维持.
PHRASE_BEHIND = re.compile(
    rf"(?:[均已被]|依法)?(?:{_alternatives({name: {**_OF_REQUESTS, **_OF_CASES}[name] for name in _BEHIND})})"
)

#: A request for information, as distinct from requests of other kinds.
OF_INFORMATION = re.compile(_OF_INFORMATION)

_ABSENT = {
    **{name: _OF_CASES[name] for name in ("proceedings", "reconsideration", "litigation")},
    **{name: _OF_REQUESTS[name] for name in ("carried_out", "carried_in")},
    "received": _OF_INFORMATION,
    **{f"issued_{topic}": _ISSUE + noun for topic, noun in _DOCUMENTS.items()},
}
# Whoever asks for information: that no company asked does not say that nobody did.
_BETWEEN = (
    rf"{_PUBLIC}|曾|发生|产生|出现|存在|收到|接到|受理|接收|有|引发|引起|过|任何|一[件起例宗]|群众|申请人"
    "|或者?|和|及|、|因|关于|涉及|由|政府|政务|信息|公开|工作|被|申请|提起|提出|要求|而|的"
)

#: That there was none of it: 未收到政府信息公开申请.
ZERO = re.compile(
    rf"(?=[未没无])(?<!有)(?:未|没有|没|无)(?:{_BETWEEN}){{0,16}}?(?:{_alternatives(_ABSENT)})"
    r"(?:办理)?(?:的?(?:案件|情况|情形|事项|现象|件))?(?:发生|产生)?(?=[,。;!?、)]|$)"
)
