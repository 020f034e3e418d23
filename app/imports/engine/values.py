"""A record's values as those of a model's columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from app.imports.specification.catalogue import SOURCE_KEY, Entity
from app.imports.specification.codes import MUNICIPALITY
from app.organisations.models import organisation_key


@cache
def worker_fields(model: Any) -> frozenset[str]:
    """Name the columns that hold a user; the source names the worker by user name."""
    return frozenset(column.key for column in model.__table__.columns if any(key.target_fullname.startswith("ab_user.") for key in column.foreign_keys))


def columns_of(entity: Entity, record: Mapping[str, Any], parents: Mapping[str, str | None], workers: Mapping[str, int]) -> dict[str, Any]:
    """Give column → value of a record; `parents` are the keys of our rows that its references mean.

    A field without a value is not there, so that the model's own default holds for it.
    """
    found: dict[str, Any] = {}
    for field in entity.fields:
        if field.key == SOURCE_KEY or field.key not in record:
            continue
        value = record[field.key]
        if field.refers_to:
            value = parents.get(field.key)
        elif field.key in worker_fields(entity.model):
            value = workers.get(str(value).casefold())
        elif field.code_list == MUNICIPALITY:
            value = organisation_key(MUNICIPALITY, str(value))
        if value is not None:
            found[field.key] = value
    return found


def unset(model: Any, name: str) -> Any:
    """Give what a column holds when the source says nothing: its default, or nothing."""
    default = model.__table__.c[name].default
    return default.arg if default is not None and default.is_scalar else None
