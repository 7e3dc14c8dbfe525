"""The statements of a report's text: a count, of what, and how surely of what the tables count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from attrs import define, frozen

from gxparse.records import Report
from gxparse.rules.narrative.kinds import KINDS, Kind, Topic
from gxparse.rules.narrative.numerals import COUNT, counted
from gxparse.rules.narrative.phrases import NOUN_BEHIND, OF_INFORMATION, PHRASE_BEHIND, ZERO, phrase
from gxparse.rules.narrative.scope import Scope, is_neutral, is_of_some, scope
from gxparse.rules.narrative.texts import SAYS_A_NUMBER, Passage, passages

__all__ = ["Statement", "statements"]

# How far from a number its clause, its sentence and its passage are looked at.
_CLAUSE, _SENTENCE, _PASSAGE, _BEHIND = 80, 300, 600, 30
# More counts than this are in no report's text.
_MOST_COUNTS = 2_000

_CLAUSE_END = re.compile(r"[,;。:!?()]")
_SENTENCE_END = re.compile(r"[。!?]")
_GOES_ON = re.compile(r"[,。;:、()!?]|均|全部|已|都|并|较|同比|比|占|其中|和|及|与|以及|申请(?=[,。;])|$")
_TOPICS = re.compile(
    rf"(?P<REQUESTS>依申请公开|{OF_INFORMATION.pattern})|(?P<RECONSIDERATION>复议)|(?P<LITIGATION>诉讼)"
    "|(?P<FOREIGN>建议|提案|信访|热线|留言|来[信电]|工单|网民|咨询|投诉|政务服务|主动公开|稿件|许可)"
)
# Counts that are not of ours, after which the talk goes on as before.
_ASIDE = re.compile(r"比|较|[增减升降]|属于|掌握|制作|补正|重复申请|类申请|反复申请|[驳撤]回|本级|部门|机关")
_ABOUT_INFORMATION = re.compile(r"信息公开|依申请公开")
_REVIEWED = re.compile(r"(?:受理|[审办]理|审结|裁决|应诉)(?!工作|过程)")
_SECTION_TWO = re.compile(r"规章|规范性文件|行政(?:许可|处罚|强制)")
_NORMATIVE = re.compile(r"(?<!行政)规范性文件")
# Documents, too, are sorted into those disclosed, disclosed on request and not disclosed.
_ATTRIBUTES = re.compile(r"[公发]文|文件|属性|主动公开(?:类|的)?[0-9]")
_PUBLISHED = re.compile(r"公[开示布]|发布|上传|录入|归集")
_EACH = re.compile(r"均|各|分别")
_APPLICANTS = re.compile(r"自然人|法人|企业|机构|组织")
_CARRIED_OVER, _CAME_IN = re.compile("结转"), re.compile("[收受]")
_ASIDES = re.compile(r"\([^()]*\)")
_CHANGE = re.compile(r"[增减升降比较]")
_STOP_OR_PART = re.compile(r"(?P<stop>[。!?;])|其中|中,")
# 行政复议20件，其中信息公开类5件 says more than the tables count, 按时答复90件，延期答复3件 less.
_SOME_BEHIND = re.compile(r"[,;(]?其中[^,。;]{0,12}信息公开")
_IN_TIME, _LATE_BEHIND = re.compile(r"按[时期]|及时"), re.compile(r"[,、;][延逾超]期")
_OF_RESULTS = re.compile(r"予以|部分公开|不予|无法提供|其[他它]处理|结转")

# What may stand between a statement and the one before it.
_AND = "、和及与"

# Measure words that may be slips.
_SLIPS = "条个项"
_TOPIC_NAMED = re.compile("_(?=[A-Z])")

_CASES = frozenset(
    {"proceedings", "reconsideration", "litigation", "direct_litigation", "post_reconsideration_litigation"}
)
_BY_NOUN = frozenset({"requests", *(name for name, kind in KINDS.items() if kind.code == "GX405")})
_CAME = frozenset({"received", "accepted"})
_WHOLE = frozenset({*_CAME, "requests", "handled"})
_ALL = frozenset({*_WHOLE, *_CASES, "newly_received"})
_TOGETHER = frozenset(
    {"proceedings", "granted_or_partially", "penalties_and_compulsion"}
    | {name for name, kind in KINDS.items() if kind.topic is Topic.BOTH}
)


@frozen
class Statement:
    """What the text says.

    Attributes:
        kind: the name of its kind in :data:`~gxparse.rules.narrative.kinds.KINDS`.
        number: how many it says there were.
        scope: how surely it speaks of what the tables count.
        quote: its words, in the spelling in which they are searched.
        section: the name of the field that holds the section.
    """

    kind: str
    number: int
    scope: Scope
    quote: str
    section: str


def statements(report: Report) -> Iterator[Statement]:
    """What the text of a report says of the numbers in its tables."""
    read = (
        reader.read(found)
        for passage in passages(report, SAYS_A_NUMBER)
        for reader in [_Reader(report, passage)]
        for found in _numbers(passage.text)
    )
    yield from filter(None, islice(read, _MOST_COUNTS))


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Where a text has a count, or says that there was nothing, one after the other."""
    end = 0
    for found in sorted([*COUNT.finditer(text), *ZERO.finditer(text)], key=lambda match: match.start()):
        if found.start() >= end:
            end = found.end()
            yield found


def _is_counted_so(kind: Kind, unit: str | None) -> bool:
    """Whether things of a kind are counted with a measure word, or requests with one that may be a slip."""
    return unit is None or unit in kind.units or (kind.topic is Topic.REQUESTS and unit in _SLIPS)


def _named(found: re.Match[str]) -> str:
    """The kind whose pattern matched: ``issued_RULES`` is ``issued.RULES``."""
    return _TOPIC_NAMED.sub(".", str(found.lastgroup))


@define
class _Reader:
    """Reads the counts of a passage one after the other, and keeps what the passage speaks of."""

    report: Report
    passage: Passage
    topic: Topic | None = None
    topic_scope: Scope = Scope.SAME
    has_come: bool = False
    end: int = 0
    last: int | None = None
    """The last count of the sentence, unless it is of the whole or says by how much that has changed."""
    within: int | None = None
    """The count of which those that follow are a part: 上年结转5件，其中予以公开3件."""

    def __attrs_post_init__(self) -> None:
        if self.passage.section == "requests_text":
            self.topic = Topic.REQUESTS
        self._hear(self.passage.heading)

    def read(self, found: re.Match[str]) -> Statement | None:
        """The statement that a number belongs to, if it is of what the tables count."""
        text = self.passage.text
        since, self.end = max(self.end, found.start() - _SENTENCE), found.end()
        said = text[since : found.start()]
        clause = _CLAUSE_END.split(said[-_CLAUSE:].removesuffix(":"))[-1]
        start = since + said.rfind(clause)
        self._hear(text[since:start])
        for word in _STOP_OR_PART.finditer(said):
            self.within = self.last = None if word["stop"] else self.last
        if found.re is ZERO:
            return self._absence(found, start)
        statement = self._count(found, text[start : found.start()], start)
        if statement and statement.kind in _ALL:
            self.last = None
        elif not _CHANGE.search(clause):
            self.last = counted(found)
        if statement is None and not _ASIDE.search(clause):
            self.topic = None
        return statement

    def _hear(self, said: str) -> None:
        """Keep the last of the matters that are named. Cases may be of any kind until something says otherwise."""
        for named in _TOPICS.finditer(said):
            self.topic = None if named.lastgroup == "FOREIGN" else Topic[str(named.lastgroup)]
            self.topic_scope = Scope.SAME if self.topic is Topic.REQUESTS else Scope.DOUBTFUL

    def _absence(self, found: re.Match[str], start: int) -> Statement | None:
        """That there was none, where it is plainly said of all."""
        name = _named(found)
        beside = self.passage.text[start : found.start()]
        said = self._scope(name, found[0], start, beside, found.end())
        if said is not Scope.SAME or "其中" in self._sentence(start) + beside:
            return None
        return Statement(name, 0, said, self.passage.text[start : found.end()], self.passage.section)

    def _count(self, found: re.Match[str], clause: str, start: int) -> Statement | None:
        """The statement of a count, with the clause before it."""
        text = self.passage.text
        noun = NOUN_BEHIND.match(text, found.end())
        end = noun.end() if noun else found.end()
        # Of a longer clause the beginning, which may say whom it speaks of, is not looked at.
        if len(clause) >= _CLAUSE:
            return None
        words, number = phrase(clause + noun[1] if noun else clause), counted(found)
        beside = clause[: words.start()] if words else clause
        if words is None and (words := PHRASE_BEHIND.match(text, end)):
            self.end = end = words.end()
        if words is None or number is None or not _GOES_ON.match(text, end):
            return None
        self._hear(beside)
        name = self._name(words)
        if name is None or not _is_counted_so(KINDS[name], found["unit"]):
            return None
        if number and name in _TOGETHER and _EACH.search(clause):
            return None
        said = self._scope(name, words[0], start, beside, end)
        if said is None:
            return None
        if found["unit"] and found["unit"] not in KINDS[name].units:
            said = max(said, Scope.DOUBTFUL)
        self.topic, self.topic_scope = KINDS[name].topic, said
        is_part = self._is_of_a_part(name, said, words[0], self._sentence(start) + clause)
        if is_part or (self.within is not None and number <= self.within):
            said = Scope.OTHER
        return Statement(name, number, said, text[start:end].lstrip(_AND), self.passage.section)

    def _name(self, words: re.Match[str]) -> str | None:
        """The kind that a phrase names, or that it has by what the passage speaks of."""
        name = _named(words)
        if name not in KINDS and self.topic:
            name = f"{name}.{self.topic.name}"
        return name if name in KINDS else None

    def _scope(self, name: str, words: str, start: int, beside: str, end: int) -> Scope | None:
        """How surely a phrase speaks of what the tables count; nothing, where it is not of that at all."""
        kind, text, sentence = KINDS[name], self.passage.text, self._sentence(start)
        own = scope(self.report, text[max(0, start - _PASSAGE) : start], sentence, beside, text[end : end + _BEHIND])
        if not kind.is_official:
            own = max(own, Scope.DOUBTFUL)
        if name in _CASES:
            return Scope.OTHER if _SOME_BEHIND.match(text, end) else self._scope_of_cases(own, words, beside)
        if _IN_TIME.search(words) and _LATE_BEHIND.match(text, end):
            return Scope.OTHER
        if kind.topic is Topic.REQUESTS:
            return self._scope_of_requests(name, own, words, sentence, beside)
        if kind.topic is Topic.DECISIONS and _PUBLISHED.search(sentence + beside):
            return Scope.OTHER
        if not _SECTION_TWO.search(words):
            return self._inherited(own, kind.topic, beside)
        # Not every document that binds is one that the table counts.
        return max(own, Scope.DOUBTFUL) if _NORMATIVE.search(words) else own

    def _inherited(self, own: Scope, topic: Topic, beside: str) -> Scope | None:
        """The scope of a phrase that does not say itself what it is of."""
        if self.topic is not topic or not is_of_some(beside, self.report.agency):
            return None
        return max(own, self.topic_scope)

    def _scope_of_cases(self, own: Scope, words: str, beside: str) -> Scope | None:
        """Reconsideration and litigation that arise from requests are told from those of other matters."""
        if _REVIEWED.search(beside):
            return Scope.OTHER
        if _ABOUT_INFORMATION.search(beside + words) or self.passage.section == "proceedings_text":
            return own
        if self.topic is Topic.REQUESTS:
            return max(own, Scope.DOUBTFUL)
        return max(own, self.topic_scope) if self.topic in (Topic.RECONSIDERATION, Topic.LITIGATION) else None

    def _scope_of_requests(self, name: str, own: Scope, words: str, sentence: str, beside: str) -> Scope | None:
        kind = KINDS[name]
        if name in _BY_NOUN and not is_neutral(beside, self.report.agency):
            return None
        if (name == "requests" or kind.code == "GX404") and _ATTRIBUTES.search(sentence):
            return None
        # 自然人30件，予以公开12件; 上年结转5件，予以公开3件: the second may be some of the first.
        so_far = sentence.rpartition(";")[2]
        is_carried = _CARRIED_OVER.search(so_far) and not _CAME_IN.search(so_far)
        if kind.code == "GX404" and (is_carried or _APPLICANTS.search(so_far)):
            own = max(own, Scope.DOUBTFUL)
        return own if OF_INFORMATION.search(words) else self._inherited(own, Topic.REQUESTS, beside)

    def _is_of_a_part(self, name: str, said: Scope, words: str, sentence: str) -> bool:
        """Whether the words are those of the whole, and what they speak of is a part of what was said before."""
        if name in _WHOLE and "其中" in sentence:
            return True
        if KINDS[name].code == "GX405":
            return _OF_RESULTS.search(_ASIDES.sub("", sentence)) is not None
        if name not in _CAME:
            return False
        # 收到35件，受理33件: the second are some of the first.
        has_come, self.has_come = self.has_come, True
        return has_come and said is Scope.SAME and (name == "accepted" or not OF_INFORMATION.search(words))

    def _sentence(self, start: int) -> str:
        """What stands before in the same sentence."""
        return _SENTENCE_END.split(self.passage.text[max(0, start - _SENTENCE) : start])[-1]
