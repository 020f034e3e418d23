"""Rows that come as objects, from JSON and JSON Lines: which columns there are is known once all of them were seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.imports.reading.json_values import Pairs, cell, flat
from app.imports.reading.messages import Sheet
from app.imports.reading.teller import Stopped, Teller

Item = tuple[int, Any]


def columns_of(items: Iterable[Item], most: int, sheet: str) -> dict[str, None]:
    """Collect the names of all objects in the order they come up."""
    columns: dict[str, None] = {}
    for number, item in items:
        if isinstance(item, Pairs):
            columns.update((name, None) for name, _value in flat(item))
        if len(columns) > most:
            raise Stopped("TOO_MANY_COLUMNS", sheet=sheet, row=number, column=most + 1, value=len(columns))
    return columns


def tell_objects(items: Iterator[Item], columns: dict[str, None], sheet: Sheet, teller: Teller) -> None:
    """Tell the objects as rows under their columns."""
    places = {name: at for at, name in enumerate(columns)}
    teller.begin(sheet)
    for number, item in items:
        if not isinstance(item, Pairs):
            teller.stop_row("BAD_JSON_LINE" if item is BROKEN else "NOT_AN_OBJECT", number, value="" if item is BROKEN else item)
            continue
        _tell(item, number, places, teller)
    if not teller.rows:
        teller.trouble("NO_ROWS", row=1)


BROKEN = object()


def _tell(item: Pairs, number: int, places: dict[str, int], teller: Teller) -> None:
    cells: list[Any] = [None] * len(places)
    seen = set()
    for name, value in flat(item):
        at = places[name]
        if teller.is_left_out(at + 1):
            continue
        if name in seen:
            teller.stop_row("DUPLICATE_KEY", number, at + 1, value)
            return
        seen.add(name)
        if isinstance(value, list):
            teller.stop_row("NESTED_LIST", number, at + 1, len(value))
            return
        cells[at] = cell(value) if value != "" else None
    teller.row(number, cells)
