"""A record's column values as the JSON document of a version, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from app.db.types import EncryptedText

# The record of the writing stands in the version's own columns.
_OF_THE_WRITING = frozenset({"version", "changed_at", "changed_by"})
Values = dict[str, Any]


@cache
def kept_columns(model: Any) -> tuple[str, ...]:
    """Name the attributes of a model whose values a version keeps."""
    columns = (column for column in model.__mapper__.column_attrs if column.columns[0].table is model.__table__)
    return tuple(column.key for column in columns if column.key not in _OF_THE_WRITING)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def document(values: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """Give the document: all values, and of those that changed what they were before."""
    parts = {"values": values, "before": before}
    return json.dumps({key: {name: _plain(value) for name, value in part.items()} for key, part in parts.items()}, ensure_ascii=False)


def read(model: Any, text: str) -> tuple[Values, Values]:
    """Give (values, values before) of a document; a column that the model no longer has is left out."""
    found = json.loads(text)
    return _typed(model, found["values"]), _typed(model, found["before"])


def _typed(model: Any, values: Mapping[str, Any]) -> Values:
    names = kept_columns(model)
    return {name: _as_column(model, name, value) for name, value in values.items() if name in names}


def _as_column(model: Any, name: str, value: Any) -> Any:
    kind = model.__mapper__.column_attrs[name].columns[0].type
    if not isinstance(value, str) or isinstance(kind, EncryptedText):
        return value
    if kind.python_type is datetime:
        return datetime.fromisoformat(value)
    if kind.python_type is date:
        return date.fromisoformat(value)
    return Decimal(value) if kind.python_type is Decimal else value
