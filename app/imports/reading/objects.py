"""Rows that come as objects, from JSON and JSON Lines: which columns there are is known once all of them were seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.imports.reading.json_values import Pairs, cell, flat
from app.imports.reading.messages import NOT_GIVEN, Sheet
from app.imports.reading.teller import Stopped, Teller

Item = tuple[int, Any]
# What could not be read is given as text, so far as a cell of a spreadsheet holds it.
_READABLE = 30_000


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
            text = str(item)[:_READABLE]
            if isinstance(item, Broken):
                teller.stop_row("BAD_JSON_LINE", number, raw=text)
            else:
                teller.stop_row("NOT_AN_OBJECT", number, value=item, raw=text)
            continue
        _tell(item, number, places, teller)
    if not teller.rows:
        teller.trouble("NO_ROWS", row=1)


class Broken(str):
    """A line that could not be read as an object."""

    __slots__ = ()


def _tell(item: Pairs, number: int, places: dict[str, int], teller: Teller) -> None:
    cells: list[Any] = [None] * len(places)
    seen = set()
    fault: tuple[str, int, Any] | None = None
    for name, value in flat(item):
        at = places[name]
        if teller.is_left_out(at + 1):
            continue
        if name in seen:
            fault, cells[at] = fault or ("DUPLICATE_KEY", at + 1, value), NOT_GIVEN
            continue
        seen.add(name)
        if isinstance(value, list):
            fault, cells[at] = fault or ("NESTED_LIST", at + 1, len(value)), NOT_GIVEN
            continue
        cells[at] = cell(value) if value != "" else None
    if fault:
        code, column, value = fault
        teller.stop_row(code, number, column, value, cells)
    else:
        teller.row(number, cells)
