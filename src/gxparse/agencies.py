"""Names of agencies: what kind of agency a name is of, and whether two names are of one agency.

A name is made of the divisions that the agency belongs to, its place or its field of work, and its organ:
淮安市 · 洪泽区 · 人民政府, 呼兰区 · 石人镇 · 人民政府, 城关区 · 教育 · 局. Nothing here knows any place by name.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from attrs import frozen

from gxparse import normalise

__all__ = ["AgencyKind", "Match", "kind_of", "match", "normalised"]


class AgencyKind(StrEnum):
    """Which kind of agency it is, as far as duties and dates depend on it."""

    GOVERNMENT = "government"
    """The people's government of a county, a district, a city or above, or its general office."""
    TOWNSHIP = "township"
    """The people's government of a town (镇), a township (乡) or a sumu (苏木)."""
    STREET = "street"
    """A street office (街道办事处)."""
    ZONE = "zone"
    """The committee that manages a development zone or the like, set up by a government for it."""
    DEPARTMENT = "department"
    """An organ of a government at county level or above: a bureau, a commission, a department."""
    UNKNOWN = "unknown"
    """The name does not tell, or there is none; or it is of an organ of a town or a street, such as 青石镇卫生院."""


@frozen
class Match:
    """Why two names are taken for names of one agency."""

    reason_zh: str
    reason_en: str


_SAME = Match("名称相同", "the names are the same")
_SPELLING = Match("名称相同，写法不同", "one name in two spellings")
_SHORT_FORM = Match("一个是另一个的简称", "one is the short form of the other")
_PREFIX = Match("一个省略了所属行政区划", "one leaves out the divisions above")
_SHORT_AND_PREFIX = Match("一个是另一个的简称，且省略所属行政区划", "a short form that leaves out the divisions above")


class _Organ(StrEnum):
    """What stands behind the place in a name; the value is what the full name has."""

    GOVERNMENT = "人民政府"
    OFFICE = "人民政府办公室"
    STREET = "办事处"
    COMMITTEE = "管理委员会"
    OWN = ""
    """Nothing: the place stands for the organ that governs it."""
    OTHER = "other"
    """The organ is no such organ, and the whole name is taken for the place."""


@frozen
class _Name:
    place: str
    organ: _Organ

    @property
    def governing(self) -> _Organ:
        """The organ, and where the name has only the place, the organ that governs such a place."""
        if self.organ is not _Organ.OWN:
            return self.organ
        if self.place.endswith("街道"):
            return _Organ.STREET
        return _Organ.COMMITTEE if _ZONE.search(self.place) else _Organ.GOVERNMENT

    def may_be(self, other: _Name) -> bool:
        """Whether the organs agree. A bare place (新区) is short for whichever organ governs it."""
        organs = {self.governing, other.governing}
        return len(organs) == 1 or (_Organ.OWN in (self.organ, other.organ) and organs <= _GOVERNING)


_GOVERNING = frozenset({_Organ.GOVERNMENT, _Organ.COMMITTEE, _Organ.STREET})

# A division that others lie in. A county may have a name of one character (单县), a city never has (城市 is none). The
# characters of divisions stand in names too: 红旗区, 杭州市, 新市区, 市北区.
_DIVISION = re.compile(
    r"[^省市县区]{2,20}(?:[省市县区旗盟]|自治州)|[^省市县区]{2,8}州|[^省市县区][县旗]|[东南西北中城郊矿新]区|(?:.市|市.)区"
)
# These lie at the end of a name and have no organs that report themselves.
_LOWEST = re.compile(r"(?:镇|乡|苏木|街道)$")
# A zone for some purpose: a committee manages it, no people's government.
_ZONE = re.compile(
    r"(?:开发|高新|园|工业|产业|技术|经济|功能|示范|试验|实验|保税|加工|贸易|合作|旅游|度假|名胜|景|保护|管理|集聚|集中)区$"
)
# No organ that reports itself governs these.
_NEIGHBOURHOOD = re.compile(r"[社小]区$")

_SUFFIXES = (
    (re.compile(r"(?:人民)?政府办(?:公[室厅])?$"), _Organ.OFFICE),
    (re.compile(r"(?:人民)?政府$|行政公署$|行署$"), _Organ.GOVERNMENT),
    (re.compile(r"(?<=街道)办(?:事处)?$"), _Organ.STREET),
    (re.compile(r"管(?:理委员会|委会|委)$"), _Organ.COMMITTEE),
)
_DEPARTMENT = re.compile(
    r"(?:[局厅委办会部署处室院馆所站队社校台]|中心|学院|大学|公司|集团|海关|银行|法庭|报社|公安|税务)$"
)
# Another name that the organ goes by, or what it reports on: 应急管理局(地震局), 人民政府(本级).
_ANNOTATION = re.compile(r"\([^()]{1,20}\)$")
# 青石镇党政办公室 is an organ of a town, 青石办事处 of a street; 城镇管理局, 乡村振兴局, 景德镇市教育局 are neither.
_OF_A_TOWN = re.compile(
    r"[^省市县区]{2}(?:(?<![城乡])镇|(?<!城)乡(?![镇村])|苏木|街道)(?!.*[市县旗州]|.?区).|^(?!.*驻).+办事处$"
)
# An organ without a place and without a field of work is any organ of that name.
_NAMELESS = re.compile(r"(?:管理|服务|综合|工作)*(?:.?局|厅|委|办|中心|会|院|所|站|队|处|室)?")
# 甲区人民政府乙街道办事处 and 甲省人民政府国有资产监督管理委员会 are organs of the government that they name.
_OF_THE_GOVERNMENT = re.compile(r"(?<=[省市县区旗盟州])人民政府(?!办公[室厅]$|办$|$)")
_ABBREVIATED = ((re.compile(r"委员会$"), "委"), (re.compile(r"办公室$"), "办"))


def kind_of(agency: str | None) -> AgencyKind:
    """Which kind of agency a name is of.

    >>> [str(kind_of(name)) for name in ("青石镇", "云岭县人民政府办公室", "白塔区教育局", "学前街道办")]
    ['township', 'government', 'department', 'street']
    """
    name = _name(_ANNOTATION.sub("", _spelling(agency or "")))
    if name.organ is _Organ.OTHER:
        is_department = _DEPARTMENT.search(name.place) and not _OF_A_TOWN.search(name.place)
        return AgencyKind.DEPARTMENT if is_department else AgencyKind.UNKNOWN
    if name.place.endswith("街道"):
        return AgencyKind.STREET
    if not name.place:
        return AgencyKind.DEPARTMENT if name.organ is _Organ.COMMITTEE else AgencyKind.UNKNOWN
    if name.governing is _Organ.COMMITTEE:
        # 国有资产监督管理委员会 manages no place.
        return AgencyKind.ZONE if _is_divided(name.place) else AgencyKind.DEPARTMENT
    return AgencyKind.TOWNSHIP if _LOWEST.search(name.place) else AgencyKind.GOVERNMENT


def normalised(agency: str) -> str:
    """The full form of a name in one spelling, equal for names that differ in nothing else. Divisions stay.

    >>> normalised("青石鎮"), normalised("青石镇 人民政府"), normalised("学前街道办")
    ('青石镇人民政府', '青石镇人民政府', '学前街道办事处')
    """
    name = _name(_spelling(agency))
    return name.place if name.organ is _Organ.OTHER else name.place + name.governing.value


def match(one: str | None, other: str | None) -> Match | None:
    """Whether two names are of one agency, and why; ``None`` where they are not, or where one is missing.

    The general office of a government is not the government: it publishes a report of its own.

    >>> match("洪泽区人民政府", "淮安市洪泽区人民政府").reason_en
    'one leaves out the divisions above'
    >>> match("石人镇", "大石人镇")
    """
    spelled = _spelling(one or ""), _spelling(other or "")
    if not all(spelled):
        return None
    if spelled[0] == spelled[1]:
        return _SAME if one == other else _SPELLING
    first, second = map(_name, spelled)
    if not first.may_be(second):
        return None
    is_short = first.organ is not second.organ or _lengths(spelled) != _lengths((first.place, second.place))
    if first.place == second.place:
        return _SHORT_FORM
    if not _differ_in_divisions(*sorted((first.place, second.place), key=len)):
        return None
    return _SHORT_AND_PREFIX if is_short else _PREFIX


def _lengths(names: tuple[str, str]) -> int:
    return len(names[0]) - len(names[1])


@lru_cache(maxsize=1024)
def _spelling(agency: str) -> str:
    return normalise.simplified(normalise.squeeze(unicodedata.normalize("NFKC", agency)))


@lru_cache(maxsize=1024)
def _name(spelled: str) -> _Name:
    """The place and the organ of a name in its spelling."""
    if len(spelled) > normalise.LABEL_LIMIT:
        return _Name(spelled, _Organ.OTHER)
    name = _OF_THE_GOVERNMENT.sub("", spelled)
    for pattern, organ in _SUFFIXES:
        if found := pattern.search(name):
            return _Name(name[: found.start()], organ)
    if (_LOWEST.search(name) or _is_divided(name)) and not _NEIGHBOURHOOD.search(name):
        return _Name(name, _Organ.OWN)
    for pattern, short in _ABBREVIATED:
        name = pattern.sub(short, name)
    return _Name(name, _Organ.OTHER)


@lru_cache(maxsize=1024)
def _is_divided(text: str) -> bool:
    """Whether a text is nothing but names of divisions, one after the other."""
    ends = [0]
    for end in range(2, len(text) + 1):
        if any(_DIVISION.fullmatch(text, start, end) for start in ends):
            ends.append(end)
    return ends[-1] == len(text) > 0


def _differ_in_divisions(short: str, long: str) -> bool:
    """Whether the longer place is the shorter one with divisions before it, or with more of them.

    The name of the last division alone may be left out as well: 区教育局 is short for 呼兰区教育局.
    """
    extra = len(long) - len(short)
    for start in range(len(short)):
        if short[:start] != long[:start]:
            return False
        rest = short[start:]
        if long[start + extra :] != rest:
            continue
        if start == 0:
            left_out = (long[:extra], long[: extra + 1]) if rest[0] in "省市县区旗州盟" else (long[:extra],)
            if not _NAMELESS.fullmatch(rest) and any(map(_is_divided, left_out)):
                return True
        elif _is_divided(short[:start]) and _is_divided(long[start : start + extra]) and _has_place(rest):
            return True
    return False


def _has_place(rest: str) -> bool:
    """Whether a name says by itself which place it is of: otherwise 甲市教育局 would be 甲市乙区教育局."""
    return bool(_LOWEST.search(rest)) or any(_is_divided(rest[:end]) for end in range(2, len(rest) + 1))
