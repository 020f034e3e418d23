"""A record that is here meets what the source says of it: nothing that somebody wrote here is written over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.imports.engine.values import unset


def fill(item: Any, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Fill what is empty in a record with the values; gives what stood there before, and the fields that say something else."""
    before, differing = {}, []
    for name, value in values.items():
        current = getattr(item, name)
        if current is None or current == "":
            before[name] = current
            setattr(item, name, value)
        elif current != value:
            differing.append(name)
    return before, differing


def follow(item: Any, then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Change in a record what the source says otherwise than it did; gives what stood there before, and the fields left as somebody changed them."""
    before, kept = {}, []
    for name in {**then, **now}:
        old, new = then.get(name), now.get(name)
        if old == new:
            continue
        if new is None:
            new = unset(type(item), name)
        if old is None:
            old = unset(type(item), name)
        current = getattr(item, name)
        if current == new:
            continue
        if current != old:
            kept.append(name)
        else:
            before[name] = current
            setattr(item, name, new)
    return before, kept
