"""The entities by key, and their place in the order of writing."""

from __future__ import annotations

from functools import cache

from app.imports.specification.catalogue import Entity, catalogue

CLIENT = "client"


@cache
def by_key() -> dict[str, Entity]:
    """Give the entities in the order in which they are written: what others point at comes first."""
    return {entity.key: entity for entity in catalogue()}


@cache
def depth_of(key: str) -> int:
    """Give an entity's place in the order of writing."""
    return list(by_key()).index(key)
