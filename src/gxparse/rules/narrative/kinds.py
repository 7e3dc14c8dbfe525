"""What a statement of the text may be about, and what the tables say of it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import TypeAlias

from attrs import fields, frozen

from gxparse.records import Applicants, Denied, NotProcessed, NotProvided

__all__ = ["KINDS", "Kind", "Reading", "Topic"]

#: Cells whose sum is a number that the text may mean.
Reading: TypeAlias = tuple[str, ...]


class Topic(Enum):
    """What a passage speaks of: words such as 答复, 维持 and 其中 take their meaning from it."""

    REQUESTS = auto()
    RECONSIDERATION = auto()
    LITIGATION = auto()
    RULES = auto()
    NORMATIVE = auto()
    BOTH = auto()
    """Rules and normative documents, counted together."""
    DECISIONS = auto()


@frozen
class Kind:
    """What a count may be of.

    Attributes:
        code: the code of a finding about it.
        topic: what a passage that names it speaks of.
        readings: what the tables may say of it, the nearest first.
        units: the measure words it is counted with.
        is_official: whether its words are the form's own, so that a number beside them can mean nothing else.
    """

    code: str
    topic: Topic
    readings: tuple[Reading, ...]
    units: str
    is_official: bool = True


_COLUMNS = tuple(attribute.name for attribute in fields(Applicants))
_ORGANISATIONS = tuple(column for column in _COLUMNS if column not in ("natural_person", "total"))

_RECEIVED, _CARRIED_IN = "received", "carried_in"
_DONE, _CARRIED_OUT = "results.total", "carried_out"
_GRANTED, _PARTIALLY = "results.granted", "results.partially_granted"


def _rows(group: str, table: type) -> tuple[str, ...]:
    return tuple(f"results.{group}.{attribute.name}" for attribute in fields(table))


_DENIED = _rows("denied", Denied)
_NOT_PROVIDED = _rows("not_provided", NotProvided)
_NOT_PROCESSED = _rows("not_processed", NotProcessed)
_OTHER_ROWS = tuple(f"results.other.{name}" for name in ("not_corrected_in_time", "fee_unpaid", "miscellaneous"))
_ANSWERED = (_GRANTED, _PARTIALLY, *_DENIED, *_NOT_PROVIDED)

# All that came in, by any of the names that offices have for it.
_ALL = ((_RECEIVED,), (_RECEIVED, _CARRIED_IN), (_DONE,), (_DONE, _CARRIED_OUT))


def _cells(rows: Iterable[str], columns: Iterable[str] = ("total",)) -> Reading:
    return tuple(f"requests.{row}.{column}" for row in rows for column in columns)


def _requests(code: str, *readings: tuple[str, ...], is_official: bool = True) -> Kind:
    return Kind(code, Topic.REQUESTS, tuple(_cells(rows) for rows in readings), "件宗份起", is_official)


def _applicants(*readings: tuple[str, ...]) -> Kind:
    cells = tuple(_cells(rows, columns) for columns in readings for rows in _ALL)
    return Kind("GX405", Topic.REQUESTS, cells, "件宗份起")


_LITIGATION = ("direct_litigation", "post_reconsideration_litigation")


def _proceedings(topic: Topic, outcome: str, *readings: tuple[str, ...]) -> Kind:
    cells = tuple(tuple(f"proceedings.{case}.{outcome}" for case in cases) for cases in readings)
    return Kind("GX406", topic, cells, "件宗起例")


def _reconsideration(outcome: str) -> Kind:
    return _proceedings(Topic.RECONSIDERATION, outcome, ("reconsideration",))


def _litigation(outcome: str) -> Kind:
    return _proceedings(Topic.LITIGATION, outcome, _LITIGATION, _LITIGATION[:1], _LITIGATION[1:])


_DOCUMENTS = {
    Topic.RULES: ("rules",),
    Topic.NORMATIVE: ("normative_documents",),
    Topic.BOTH: ("rules", "normative_documents"),
}


def _documents(topic: Topic, *columns: str, is_official: bool = True) -> Kind:
    """Rules or normative documents; which of the columns a report has depends on its form."""
    readings = tuple(tuple(f"disclosure.{row}.{column}" for row in _DOCUMENTS[topic]) for column in columns)
    return Kind("GX407", topic, readings, "件份部个", is_official)


def _decisions(*rows: str) -> Kind:
    reading = tuple(f"disclosure.{row}.decisions" for row in rows)
    return Kind("GX407", Topic.DECISIONS, (reading,), "件宗起项")


_ISSUED = ("issued", "created", "newly_disclosed", "total_disclosed")

#: The kinds by name: that of the group of a pattern in :mod:`~gxparse.rules.narrative.phrases` or, where the words
#: are the same for several topics, with the topic behind a dot.
KINDS: dict[str, Kind] = {
    "newly_received": _requests("GX401", (_RECEIVED,)),
    "received": _requests("GX401", *_ALL[:2]),
    "requests": _requests("GX401", *_ALL, _ANSWERED, (_GRANTED, _PARTIALLY), is_official=False),
    "accepted": _requests("GX401", *_ALL),
    "handled": _requests("GX402", (_DONE,), *_ALL[:2], (_DONE, _CARRIED_OUT), _ANSWERED, (*_ANSWERED, *_NOT_PROCESSED)),
    "carried_in": _requests("GX403", (_CARRIED_IN,)),
    "carried_out": _requests("GX403", (_CARRIED_OUT,)),
    "carried": _requests("GX403", (_CARRIED_OUT,), (_CARRIED_IN,)),
    "granted_or_partially": _requests("GX404", (_GRANTED, _PARTIALLY)),
    "granted": _requests("GX404", (_GRANTED,), (_GRANTED, _PARTIALLY)),
    "partially_granted": _requests("GX404", (_PARTIALLY,)),
    "denied": _requests("GX404", _DENIED),
    "not_provided": _requests("GX404", _NOT_PROVIDED),
    "not_processed": _requests("GX404", _NOT_PROCESSED),
    "other_results": _requests("GX404", _OTHER_ROWS, ("results.other.total",)),
    "natural_person": _applicants(("natural_person",)),
    "organisations": _applicants(_ORGANISATIONS),
    "companies": _applicants(("enterprise",), _ORGANISATIONS),
    **{column: _applicants((column,)) for column in _ORGANISATIONS if column != "other"},
    "proceedings": _proceedings(Topic.RECONSIDERATION, "total", ("reconsideration", *_LITIGATION)),
    "reconsideration": _reconsideration("total"),
    "litigation": _litigation("total"),
    "direct_litigation": _proceedings(Topic.LITIGATION, "total", _LITIGATION[:1]),
    "post_reconsideration_litigation": _proceedings(Topic.LITIGATION, "total", _LITIGATION[1:]),
    **{
        f"{outcome}.{topic.name}": of(outcome)
        for outcome in ("upheld", "corrected", "pending")
        for topic, of in ((Topic.RECONSIDERATION, _reconsideration), (Topic.LITIGATION, _litigation))
    },
    **{
        f"{name}.{topic.name}": _documents(topic, *columns, is_official=name != "published")
        for topic in _DOCUMENTS
        for name, columns in (
            ("issued", _ISSUED),
            ("published", (*_ISSUED, "in_force")),
            ("repealed", ("repealed",)),
            ("in_force", ("in_force",)),
        )
    },
    "penalties_and_compulsion": _decisions("penalties", "compulsion"),
    "licensing": _decisions("licensing"),
    "penalties": _decisions("penalties"),
    "compulsion": _decisions("compulsion"),
}
