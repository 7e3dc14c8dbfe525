"""The JSON Schema of a report, made of the records, so that it cannot fall behind them."""

from __future__ import annotations

import inspect
import json
import sys
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

import attrs

from gxparse import serialise
from gxparse.records import Report

__all__ = ["json_schema"]

_Schema: TypeAlias = dict[str, Any]

_PLAIN: Mapping[Any, _Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    types.NoneType: {"type": "null"},
    Decimal: {"type": "string", "pattern": f"^{serialise.AMOUNT.pattern}$"},
    date: {"type": "string", "format": "date", "pattern": f"^{serialise.DATE.pattern}$"},
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what :func:`to_json` writes.

    Every key is there in what is written, so that the schema asks for each; :func:`from_json` lets keys be left out.

    >>> json_schema()["$defs"]["Outcomes"]["properties"]["upheld"]
    {'anyOf': [{'type': 'integer'}, {'type': 'null'}], 'title': '结果维持'}
    """
    definitions: dict[str, _Schema] = {}
    report = _record(Report, definitions)
    properties = {"schema": {"const": serialise.SCHEMA}, **report["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{serialise.SCHEMA.replace('/', ':')}",
        "title": "政府信息公开工作年度报告",
        **report,
        "properties": properties,
        "required": list(properties),
        "$defs": dict(sorted(definitions.items())),
    }


def _record(record: type, definitions: dict[str, _Schema]) -> _Schema:
    """The schema of an attrs class or a named tuple, each an object with all of its fields."""
    titles = {each.name: each.metadata.get("label") for each in attrs.fields(record)} if attrs.has(record) else {}
    properties = {}
    for name, hint in typing.get_type_hints(record).items():
        title = titles.get(name)
        properties[name] = _schema(hint, definitions) | ({"title": title} if title else {})
    return {
        "type": "object",
        "description": (inspect.getdoc(record) or "").partition("\n")[0],
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _schema(hint: Any, definitions: dict[str, _Schema]) -> _Schema:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_schema(each, definitions) for each in arguments]}
    if origin is tuple and arguments[1:] == (...,):
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is tuple:
        items = [_schema(each, definitions) for each in arguments]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}
        definitions[hint.__name__] = _record(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


if __name__ == "__main__":
    sys.stdout.buffer.write(f"{json.dumps(json_schema(), ensure_ascii=False, indent=2)}\n".encode())
