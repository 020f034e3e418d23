"""Read a dataset of JSON-stat 2.0: dimensions with their codes, and values in the order of the dimensions.

The format is small and its kept readers need a whole library of tables, so it is read here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

from app.reports.series.rows import COLUMNS, MOST_ROWS, Row, UnreadableError

# What a role of the format is among our columns.
_ROLES = {"time": "period", "geo": "area"}


def read_dataset(text: str) -> Iterator[Row]:
    """Give the cells of a dataset. A dimension that is no column of ours is the breakdown; one with a single value is left out. Raises UnreadableError."""
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or found.get("class") != "dataset":
            raise UnreadableError("NOT_JSON_STAT")
        ids, sizes = [str(one) for one in found["id"]], [int(size) for size in found["size"]]
        codes = [_codes(found["dimension"][name], size) for name, size in zip(ids, sizes, strict=True)]
        columns = [_column(name, found.get("role", {})) for name in ids]
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError("NOT_JSON_STAT") from error
    if prod(sizes) > MOST_ROWS:
        raise UnreadableError("TOO_MANY", most=str(MOST_ROWS))
    values = _values(found.get("value"), prod(sizes))
    breakdown = _breakdown(ids, columns, sizes)
    for number, chosen in enumerate(product(*codes)):
        cells = {column: code for column, code in zip(columns, chosen, strict=True) if column}
        if breakdown is not None:
            cells |= {"breakdown": ids[breakdown], "value": chosen[breakdown]}
        yield Row(number + 1, {**cells, "figure": values[number]})


def _column(name: str, roles: dict[str, list[str]]) -> str | None:
    if name.lower() in COLUMNS:
        return name.lower()
    return next((column for role, column in _ROLES.items() if name in roles.get(role, [])), None)


def _codes(dimension: dict[str, Any], size: int) -> list[str]:
    """Give the codes of a dimension in their order. Raises ValueError when they are not as many as they should be."""
    category = dimension["category"]
    index = category.get("index", list(category.get("label", {})))
    codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)
    if len(codes) != size:
        raise ValueError(size)
    return [str(code) for code in codes]


def _breakdown(ids: list[str], columns: list[str | None], sizes: list[int]) -> int | None:
    found = [place for place, column in enumerate(columns) if column is None and sizes[place] > 1]
    if len(found) > 1:
        raise UnreadableError("BREAKDOWNS", ids[found[1]])
    return found[0] if found else None


def _values(given: Any, count: int) -> list[str]:
    """Give every value as text, one that is missing as an empty one."""
    if isinstance(given, dict):
        given = [given.get(str(place)) for place in range(count)]
    if not isinstance(given, list) or len(given) != count:
        raise UnreadableError("NOT_JSON_STAT", "value")
    return ["" if one is None else str(one) for one in given]
