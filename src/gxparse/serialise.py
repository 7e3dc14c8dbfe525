"""Reports as plain dictionaries and as JSON, and back.

The dictionary nests exactly as the paths do, so that ``requests.received.total`` is
``d["requests"]["received"]["total"]``; ``sources`` and ``findings`` stand apart under keys of their own, and
``schema`` says which version of the layout it is. Reading back is strict: what a record cannot hold is an error that
names its place, and nothing is ever converted on a guess.
"""

from __future__ import annotations

import json
import math
import re
import types
import typing
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, NoReturn, TypeAlias, TypeVar

import attrs
from cattrs import Converter, transform_error
from cattrs.cols import (
    is_namedtuple,
    mapping_structure_factory,
    namedtuple_dict_structure_factory,
    namedtuple_dict_unstructure_factory,
)
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn

from gxparse.errors import GxparseError, SourceError
from gxparse.findings import Finding
from gxparse.records import Report

__all__ = ["AMOUNT", "DATE", "SCHEMA", "finding_to_dict", "from_dict", "from_json", "to_dict", "to_json"]

#: The layout of the dictionaries; a change that old readers cannot read gets a new number.
SCHEMA = "gxparse/1"

_Structure: TypeAlias = Callable[[Any, Any], Any]
_Enum = TypeVar("_Enum", bound=StrEnum)

_BOX = tuple[float, float, float, float]

#: How JSON writes a date and an amount.
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Longer exponents are no sum of money, and would make an amount that cannot be written out.
AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]{1,3})?")
_GONE = object()
_SHOWN_ERRORS = 10
_SHOWN_CHARACTERS = 60


def to_dict(report: Report) -> dict[str, Any]:
    """A report as nested dictionaries and lists, with plain numbers.

    Counts are ``int`` and amounts ``Decimal``; dates are ISO strings, the form and severities their values.

    >>> d = to_dict(Report().replace({"requests.received.total": 5}))
    >>> d["schema"], d["requests"]["received"]["total"]
    ('gxparse/1', 5)
    """
    plain: dict[str, Any] = _converter().unstructure(report, unstructure_as=Report)
    return {"schema": SCHEMA, **plain}


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """A finding as it stands in the list ``to_dict(report)["findings"]``."""
    plain: dict[str, Any] = _converter().unstructure(finding)
    return plain


def from_dict(plain: Mapping[str, Any]) -> Report:
    """The report that :func:`to_dict` made this dictionary of.

    Amounts may be ``Decimal``, ``int`` or, as in JSON, strings. Keys that are left out keep the defaults of the
    records; keys that no record has are an error.

    >>> from_dict(to_dict(Report(year=2023))).year
    2023

    Raises:
        SourceError: the dictionary is of another schema, or does not describe a report.
    """
    if not isinstance(plain, Mapping):
        raise SourceError(f"not a report: expected an object, found {_shown(plain)}")
    if (schema := plain.get("schema")) != SCHEMA:
        found = "no schema" if schema is None else f"the schema {_shown(schema)}"
        raise SourceError(f"not a report of the schema {SCHEMA!r}: found {found}")
    try:
        return _converter().structure({key: each for key, each in plain.items() if key != "schema"}, Report)
    except (ClassValidationError, _UnexpectedError) as error:
        raise SourceError(_explained(error)) from None


def to_json(report: Report, *, indent: int | None = None) -> str:
    """A report as JSON. Amounts are strings, so that no reader turns them into binary fractions.

    >>> to_json(Report(agency="石人镇"))[:49]
    '{"schema": "gxparse/1", "title": null, "agency": '

    Args:
        report: the report.
        indent: spaces a level; without it everything stands on one line.

    Raises:
        GxparseError: the report, which no parser can have made, holds a number that JSON has no form for.
    """
    try:
        return json.dumps(to_dict(report), ensure_ascii=False, allow_nan=False, indent=indent, default=str)
    except ValueError as error:
        raise GxparseError(f"the report cannot be written as JSON: {error}") from None


def from_json(text: str) -> Report:
    """The report that :func:`to_json` made this text of.

    >>> from_json('{"schema": "gxparse/1", "requests": {"received": {"total": 3.0}}}')
    Traceback (most recent call last):
    gxparse.errors.SourceError: not a report of the schema 'gxparse/1':
      $.requests.received.total: expected a whole number, found 3.0 (float)

    Raises:
        SourceError: the text is not JSON, or does not describe a report.
    """
    try:
        plain = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_duplicates)
    except RecursionError:
        raise SourceError("not a report: the JSON is nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise SourceError(f"not JSON: {error}") from None
    return from_dict(plain)


# ── Reading JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; of a key that comes twice nobody could say which value holds."""
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    # Each key that is met for the first time leaves the dictionary; the first that is not there any more comes again.
    twice = next(key for key, _ in pairs if plain.pop(key, _GONE) is _GONE)
    raise ValueError(f"the key {twice[:_SHOWN_CHARACTERS]!r} occurs twice in one object")


# ── Values ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class _UnexpectedError(Exception):
    """A value that a record cannot hold; the message is for the user."""

    def __init__(self, expected: str, value: object) -> None:
        super().__init__(f"expected {expected}, found {_shown(value)}")


def _shown(value: object) -> str:
    """A value for a message: short, and safe for any value (``repr`` is neither)."""
    kind = type(value).__name__
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return f"an object with {_shown_keys(value)}"
    if isinstance(value, bool | float | str) or (isinstance(value, int) and value.bit_length() < _SHOWN_CHARACTERS):
        text = repr(value)
        return f"{text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + '…'} ({kind})"
    return f"a value of type {kind}"


def _shown_keys(keys: Collection[object]) -> str:
    names = [repr(key[:_SHOWN_CHARACTERS]) if isinstance(key, str) else _shown(key) for key in keys]
    more = ", …" if len(names) > _SHOWN_ERRORS else ""
    return f"the keys {', '.join(sorted(names)[:_SHOWN_ERRORS])}{more}" if names else "no keys"


def _text(value: Any, _: Any) -> str:
    if isinstance(value, str):
        return value
    raise _UnexpectedError("a text", value)


def _count(value: Any, _: Any) -> int:
    if type(value) is int:  # a bool is no count, though Python says it is an int
        return value
    raise _UnexpectedError("a whole number", value)


def _amount(value: Any, _: Any) -> Decimal:
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, str) and AMOUNT.fullmatch(value):
        return Decimal(value)
    raise _UnexpectedError("an amount as a string of digits", value)


def _number(value: Any, _: Any) -> int | Decimal | None:
    return value if value is None or type(value) is int else _amount(value, Decimal)


def _box(value: Any, _: Any) -> tuple[float, ...]:
    four = isinstance(value, list | tuple) and len(value) == len(typing.get_args(_BOX))
    if four and all(type(each) in (int, float) and abs(each) < math.inf for each in value):
        return tuple(value)
    raise _UnexpectedError("four finite numbers", value)


def _date(value: Any, _: Any) -> date:
    if isinstance(value, str) and DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _UnexpectedError("a date such as '2024-01-31'", value)


def _enum(value: Any, kind: type[_Enum]) -> _Enum:
    for member in kind:
        if isinstance(value, str) and value == member.value:
            return member
    raise _UnexpectedError(f"one of {', '.join(kind)}", value)


# ── The converter ────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _converter() -> Converter:
    """The one converter, made on first use: most programs that read a report never write one."""
    converter = Converter(unstruct_collection_overrides={tuple: list})
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(StrEnum, lambda member: member.value)
    for kind, hook in ((str, _text), (int, _count), (Decimal, _amount), (date, _date), (StrEnum, _enum)):
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_func(lambda kind: kind == int | Decimal | None, _number)
    converter.register_structure_hook_func(lambda kind: kind == _BOX, _box)
    converter.register_structure_hook_factory(_is_list, _list_hook)
    converter.register_structure_hook_factory(_is_mapping, _mapping_hook)
    converter.register_structure_hook_factory(attrs.has, _record_hook)
    converter.register_structure_hook_factory(_is_choice, _choice_hook)
    converter.register_unstructure_hook_factory(is_namedtuple, namedtuple_dict_unstructure_factory)
    converter.register_structure_hook_factory(is_namedtuple, _named_hook)
    return converter


def _only(accepted: type | types.UnionType, expected: str, inner: _Structure) -> _Structure:
    """Read from this kind of value only: cattrs would take a text for a list of its characters."""

    def structure(value: Any, kind: Any) -> Any:
        if isinstance(value, accepted):
            return inner(value, kind)
        raise _UnexpectedError(expected, value)

    return structure


def _is_list(kind: Any) -> bool:
    return typing.get_origin(kind) is tuple and typing.get_args(kind)[1:] == (...,)


def _list_hook(kind: Any, converter: Converter) -> _Structure:
    many = types.GenericAlias(list, typing.get_args(kind)[:1])
    read = converter.get_structure_hook(many)
    return _only(list | tuple, "a list", lambda value, _: tuple(read(value, many)))


def _is_mapping(kind: Any) -> bool:
    return typing.get_origin(kind) in (dict, Mapping)


def _mapping_hook(kind: Any, converter: Converter) -> _Structure:
    return _only(Mapping, "an object", mapping_structure_factory(kind, converter, structure_to=dict))


def _record_hook(kind: type, converter: Converter) -> _Structure:
    return _keyed(make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True))


def _named_hook(kind: type, converter: Converter) -> _Structure:
    forbid_extra_keys = True
    return _keyed(namedtuple_dict_structure_factory(kind, converter, "from_converter", forbid_extra_keys))


def _keyed(read: _Structure) -> _Structure:
    def structure(value: Any, kind: Any) -> Any:
        if all(isinstance(key, str) for key in value):
            return read(value, kind)
        raise _UnexpectedError("texts as keys", value)

    return _only(Mapping, "an object", structure)


def _is_choice(kind: Any) -> bool:
    """Whether a type is a choice of records, such as the two classes of a row."""
    return isinstance(kind, types.UnionType) and all(attrs.has(each) for each in typing.get_args(kind))


def _choice_hook(kind: Any, converter: Converter) -> _Structure:
    """How to read a choice of records, told apart by their keys: the smallest that has them all is meant."""
    by_size = sorted(typing.get_args(kind), key=lambda record: len(attrs.fields(record)))
    known = [(record, {attribute.name for attribute in attrs.fields(record)}) for record in by_size]
    choices = "; or ".join(", ".join(attribute.name for attribute in attrs.fields(record)) for record in by_size)

    def structure(value: Any, _: Any) -> Any:
        for record, names in known:
            if names.issuperset(value):
                return converter.structure(value, record)
        raise _UnexpectedError(f"the keys {choices}", value)

    return _only(Mapping, "an object", structure)


# ── Messages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _explained(error: Exception) -> str:
    """What is wrong with a dictionary, a line for each place."""
    lines = [line.rpartition(" @ ") for line in transform_error(error, format_exception=_message)]
    shown = [f"\n  {place}: {message}" for message, _, place in lines[:_SHOWN_ERRORS]]
    more = f"\n  … and {len(lines) - _SHOWN_ERRORS} more" if len(lines) > _SHOWN_ERRORS else ""
    return f"not a report of the schema {SCHEMA!r}:{''.join(shown)}{more}"


def _message(error: BaseException, kind: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        return f"expected no other keys, found {_shown_keys(error.extra_fields)}"
    if isinstance(error, KeyError):
        return f"the key {error} is missing" if kind else f"{error} is unknown"
    return str(error)
