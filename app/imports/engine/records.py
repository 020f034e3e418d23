"""A row as the mapping reads it, as a JSON document, and the digests by which rows find each other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.db.types import blind_index
from app.imports.specification.catalogue import SOURCE_KEY, Entity

Record = dict[str, Any]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value


def document(values: Mapping[str, Any]) -> str:
    """Give the values as JSON: the same values always as the same text."""
    return json.dumps({name: _plain(value) for name, value in values.items()}, ensure_ascii=False, sort_keys=True)


def read(entity: Entity, text: str) -> Record:
    """Read what `document` wrote of an entity's record."""
    kinds = {field.key: field.kind for field in entity.fields}
    return {name: _typed(kinds.get(name, "text"), value) for name, value in json.loads(text).items()}


def _typed(kind: str, value: Any) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if kind == "date" else Decimal(value) if kind == "decimal" else value


def key_digest(entity_key: str, source_key: str) -> str:
    """Give the keyed digest of a key of the old system, which may be an identity code."""
    return blind_index(f"import key\n{entity_key}\n{source_key}")


def content_digest(text: str) -> str:
    """Give the keyed digest of a record: the same only for the same values."""
    return blind_index(f"import row\n{text}")


def mark(*parts: object) -> str:
    """Give the digest by which the same finding is known again."""
    return blind_index("import finding\n" + "\n".join(str(part) for part in parts))


def references(entity: Entity, record: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Give field → (entity, digest of its key) of the rows that a record points at."""
    return {field: (other, key_digest(other, str(record[field]))) for field, other in entity.parents if field in record}


def own_key(entity: Entity, record: Mapping[str, Any]) -> str | None:
    """Give the digest of the record's own key, None when it has none."""
    return key_digest(entity.key, str(record[SOURCE_KEY])) if SOURCE_KEY in record else None
