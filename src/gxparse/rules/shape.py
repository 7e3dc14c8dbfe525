"""The shape of a record: whether a program that built one by hand filled it with what its fields are declared to hold.

What stands in the cells is not looked at; of that the rules speak. A row may be missing.
"""

from __future__ import annotations

import types
import typing
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import attrs

from gxparse.document import Location
from gxparse.errors import GxparseError
from gxparse.records import TABLES, Form, Report, Source, shown

__all__ = ["require"]


def require(report: Report) -> None:
    """Refuse a report with which no rule could work.

    >>> require(Report(year="2023"))
    Traceback (most recent call last):
    gxparse.errors.GxparseError: the report holds what no report can: year: expected int or None, found '2023' (str)

    Raises:
        GxparseError: a field does not hold what it is declared to hold.
    """
    if misfit := _misfit_in(report, ""):
        raise GxparseError(f"the report holds what no report can: {misfit}")


class _Hint(NamedTuple):
    """A declared type.

    Attributes:
        kinds: the classes that it admits.
        inner: the types of the keys and values, or the items, of its collection.
    """

    kinds: tuple[type, ...]
    inner: tuple[_Hint, ...]

    @classmethod
    def of(cls, declared: Any) -> _Hint:
        choices = typing.get_args(declared) if isinstance(declared, types.UnionType) else (declared,)
        kinds = (typing.get_origin(each) or each for each in choices)
        inner = (cls.of(each) for choice in choices for each in typing.get_args(choice) if each is not ...)
        return cls(tuple(kinds), tuple(inner))


def _misfit_in(record: Any, above: str) -> str | None:
    """The first thing that does not fit in a record that is itself of the right class."""
    for name, hint in _declared(record.__class__):
        value = getattr(record, name)
        if not _is_plain(value, hint) and (misfit := _misfit(value, hint, above + name)):
            return misfit
    return None


def _misfit(value: object, hint: _Hint, path: str) -> str | None:
    """The first thing that does not fit in a field or in an item of a collection."""
    # To Python a moment is a date, but the two cannot be compared.
    if not isinstance(value, hint.kinds) or isinstance(value, datetime):
        names = " or ".join("None" if kind is types.NoneType else kind.__name__ for kind in hint.kinds)
        return f"{path}: expected {names}, found {shown(value)}"
    return _misfit_among(value, hint, path) if hint.inner else _misfit_in(value, f"{path}.")


def _misfit_among(collection: Any, hint: _Hint, path: str) -> str | None:
    """The first thing that does not fit in a collection."""
    *keys, values = hint.inner
    for place, each in collection.items() if keys else enumerate(collection):
        if keys and not _is_plain(place, keys[0]):
            return f"{path}: expected texts as keys, found {shown(place)}"
        if not _is_plain(each, values) and (misfit := _misfit(each, values, f"{path}[{place!r}]")):
            return misfit
    return None


_PLAIN = frozenset({str, int, date, Form, Location, types.NoneType})


def _is_plain(value: Any, hint: _Hint) -> bool:
    """Whether a value fits and has nothing in it to look at; nearly all are of this kind."""
    kind = type(value)
    if kind is Source:
        return Source in hint.kinds and type(value.raw) is str and type(value.location) is Location
    return kind in _PLAIN and kind in hint.kinds


@cache
def _declared(kind: Any) -> tuple[tuple[str, _Hint], ...]:
    """The fields of a record with their types, but for the cells of a table."""
    if not attrs.has(kind) and kind is not Source:
        return ()
    hints = typing.get_type_hints(kind)
    for each in attrs.fields(kind) if attrs.has(kind) else ():
        if "type" in each.metadata:
            del hints[each.name]
        elif "label" in each.metadata and each.name not in TABLES:
            hints[each.name] |= None
    return tuple((name, _Hint.of(declared)) for name, declared in hints.items())
