"""JSON Schemas of the API's rows and bodies, read from the models and forms that it serves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric
from wtforms import BooleanField, DateField, DecimalField, IntegerField

from app.web.forms import CodeField

Schema = dict[str, Any]
# What a program is answered when something is refused.
ERROR: Schema = {
    "type": "object", "required": ["message"],
    "properties": {
        "code": {"type": "integer"}, "message": {"type": "string", "description": "A sentence in the language asked for."},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}, "description": "What is wrong, by the name of the field."},
        "form_errors": {"type": "array", "items": {"type": "string"}, "description": "What belongs to no field."},
    },
}  # fmt: skip
KEPT: Schema = {"type": "object", "required": ["id", "version"], "properties": {"id": {"type": "string"}, "version": {"type": "integer"}}}
_OF_COLUMN: tuple[tuple[type, Schema], ...] = (
    (Boolean, {"type": "boolean"}), (DateTime, {"type": "string", "format": "date-time"}), (Date, {"type": "string", "format": "date"}), (Integer, {"type": "integer"}),
    (Numeric, {"type": "number"}),
)  # fmt: skip
_OF_FIELD: tuple[tuple[type, Schema], ...] = (
    (BooleanField, {"type": "boolean"}), (DateField, {"type": "string", "format": "date"}), (IntegerField, {"type": "integer"}), (DecimalField, {"type": "number"}),
)  # fmt: skip


def row_schema(model: Any, columns: Any, labels: Any) -> Schema:
    """Describe a row as it is answered. What the caller may not see is left out or has a sentence in its place, so no field is sure but the key."""
    properties = {"id": {"type": "string"}, **{name: _of_column(model, name, str(labels.get(name, name))) for name in columns}}
    if hasattr(model, "version"):
        properties["version"] = {"type": "integer", "description": "Counts the changes of the row; send it with a change."}
    return {"type": "object", "required": ["id"], "properties": properties}


def _of_column(model: Any, name: str, title: str) -> Schema:
    # What is worked out by the database, a label for one, is described as text.
    found = model.__table__.columns.get(name)
    base = next((dict(schema) for kind, schema in _OF_COLUMN if found is not None and isinstance(found.type, kind)), {"type": "string"})
    codes = found is not None and found.info.get("codes")
    kinds = sorted({base.pop("type"), "string", "null"})
    return {"title": title, "type": kinds, **base, **({"x-code-list": codes} if codes else {})}


def body_schema(form: Any, offered: Any, *, is_new: bool) -> Schema:
    """Describe what is sent: the fields of the form, those needed for a new row, and with a change the version that the sender saw."""
    fields = [field for field in form if field.name in offered]
    properties = {field.name: _of_field(field) for field in fields}
    if is_new:
        return {"type": "object", "additionalProperties": False, "required": [field.name for field in fields if field.flags.required], "properties": properties}
    seen = {"type": "integer", "description": "The version that the sender saw; another one answers 409."}
    return {"type": "object", "additionalProperties": False, "required": ["version"], "properties": {**properties, "version": seen}}


def _of_field(field: Any) -> Schema:
    base = next((dict(schema) for kind, schema in _OF_FIELD if isinstance(field, kind)), {"type": "string"})
    if isinstance(field, CodeField):
        base = {"type": "string", "enum": [code for code, _label, *_rest in field.iter_choices() if code], "x-code-list": field.code_list}
    longest = getattr(field.flags, "maxlength", None)
    found: Schema = {"title": str(field.label.text), **base, **({"maxLength": longest} if longest else {})}
    if not field.flags.required:
        found["type"] = [found["type"], "null"]
        found |= {"enum": [*found["enum"], None]} if "enum" in found else {}
    return found
