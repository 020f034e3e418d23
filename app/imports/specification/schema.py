"""The specification as a JSON Schema (2020-12): one list of rows for each entity."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.imports.specification.catalogue import Entity, Field
from app.imports.specification.codes import shown_values
from app.imports.specification.texts import help_of
from app.imports.specification.version import version

_IDENTITY_CODE = r"^[0-9]{6}[+\-A-FU-Y][0-9]{3}[0-9A-Y]$"
_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


def schema(entities: Sequence[Entity], language: str) -> dict[str, Any]:
    """Give the schema with titles in the language in force, and labels of codes in `language`."""
    lists = sorted({field.code_list for entity in entities for field in entity.fields if field.code_list})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:koto-digi:imports", "$comment": version(entities),
        "type": "object", "additionalProperties": False, "minProperties": 1,
        "properties": {entity.key: {"type": "array", "title": str(entity.label), "items": {"$ref": f"#/$defs/{entity.key}"}} for entity in entities},
        "$defs": {entity.key: _row(entity) for entity in entities} | {f"code.{name}": _codes(name, language) for name in lists},
    }  # fmt: skip


def _codes(list_name: str, language: str) -> dict[str, Any]:
    labels = shown_values(list_name, language)
    return {"enum": [*labels], "x-labels": labels}


def _row(entity: Entity) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "object", "title": str(entity.singular), "additionalProperties": False,
        "required": [field.key for field in entity.fields if field.required], "properties": {field.key: _property(field) for field in entity.fields},
    }  # fmt: skip
    if entity.one_of:
        found["anyOf"] = [{"required": [key], "properties": {key: {"not": {"type": "null"}}}} for key in entity.one_of]
    return found


def _property(field: Field) -> dict[str, Any]:
    marks: dict[str, Any] = {"title": str(field.label), "description": " ".join(help_of(field)), "x-category": field.category}
    if field.essential:
        marks["x-essential"] = True
    if field.refers_to:
        marks["x-refers-to"] = field.refers_to
    if field.default is not None:
        marks["default"] = field.default
    value = _value(field)
    return {**marks, **(value if field.required else {"anyOf": [value, {"type": "null"}]})}


def _value(field: Field) -> dict[str, Any]:
    if field.code_list:
        return {"$ref": f"#/$defs/code.{field.code_list}"}
    found: dict[str, Any] = {
        "date": {"type": "string", "format": "date", "pattern": _DAY}, "integer": {"type": "integer"}, "boolean": {"type": "boolean"},
        "decimal": {"type": "number"}, "identity_code": {"type": "string", "pattern": _IDENTITY_CODE},
    }.get(field.kind, {"type": "string", "minLength": 1})  # fmt: skip
    return {**found, "maxLength": field.max_length} if field.max_length else found


def json_row(row: dict[str, Any]) -> dict[str, Any]:
    """Give a row as JSON writes it."""
    return {key: value.isoformat() if isinstance(value, date) else float(value) if isinstance(value, Decimal) else value for key, value in row.items()}


def as_json(entities: Sequence[Entity], language: str) -> bytes:
    return (json.dumps(schema(entities, language), ensure_ascii=False, indent=1) + "\n").encode()
