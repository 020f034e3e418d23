"""From an object of JSON to the cells of a row: objects inside are laid flat under dotted names. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from app.imports.reading.messages import Cell


class Pairs(list[tuple[str, Any]]):
    """An object as its pairs, so that a name that stands twice is not lost."""


def flat(pairs: Pairs, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Give the pairs of an object and of the objects in it; a list of plain values becomes one text, a list of objects stays as it is."""
    for name, value in pairs:
        if isinstance(value, Pairs):
            yield from flat(value, f"{prefix}{name}.")
        elif isinstance(value, list) and not any(isinstance(one, list) for one in value):
            yield f"{prefix}{name}", "; ".join(_text(one) for one in value) or None
        else:
            yield f"{prefix}{name}", value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def cell(value: Any) -> Cell:
    """Give a plain value as a cell. A number that has a point keeps it only when something stands behind."""
    if not isinstance(value, Decimal):
        return value if isinstance(value, (int, float, bool)) or value is None else str(value)
    number = float(value)
    return int(value) if value == value.to_integral_value() and abs(number) < 1e21 else number
