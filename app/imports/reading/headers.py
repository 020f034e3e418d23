"""Which row names the columns, and what the columns are called. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

from app.imports.reading.messages import Cell

# How many rows from the beginning may stand above the header.
LOOKED_AT = 20
_LONGEST = 120
_DATA = re.compile(r"[+-]?\d+([.,]\d+)?|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]")


def is_blank(value: Cell) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def guess_header(rows: Sequence[tuple[int, list[Cell]]]) -> int:
    """Give the index of the row that names the columns: the first that is nearly as wide as the widest, or holds several texts. Titles are narrower."""
    widths = [sum(not is_blank(one) for one in cells) for _number, cells in rows]
    enough = max(widths, default=0) * 0.6
    wide = (index for index, width in enumerate(widths) if width and (width >= enough or (width > 1 and not looks_like_data(rows[index][1]))))
    return next(wide, 0)


def looks_like_data(cells: Sequence[Cell]) -> bool:
    """Tell whether a header looks as if the source had none: half of its cells are numbers, dates or identity codes."""
    filled = [one for one in cells if not is_blank(one)]
    data = [one for one in filled if isinstance(one, (int, float, date, time)) or (isinstance(one, str) and _DATA.fullmatch(one.strip()))]
    return bool(filled) and len(data) * 2 >= len(filled)


def letter(column: int) -> str:
    """Give the letters a spreadsheet shows for a column, which count from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(letters: bytes) -> int:
    """Give the number of a column from its letters."""
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number


def names_of(cells: Sequence[Cell]) -> tuple[tuple[str, ...], list[int], list[int]]:
    """Give a unique name to each column, and the columns whose name was there before, and those without one.

    A second *Name* becomes *Name (2)*, a column without a name its letters in brackets; empty columns at the end are left out.
    """
    filled = [index for index, one in enumerate(cells) if not is_blank(one)]
    width = filled[-1] + 1 if filled else 0
    names: list[str] = []
    again: list[int] = []
    empty: list[int] = []
    taken: dict[str, int] = {}
    for column, one in enumerate(cells[:width], 1):
        text = " ".join(str(one).replace("\x00", " ").split())[:_LONGEST] if not is_blank(one) else ""
        text = text.encode("utf-8", "replace").decode("utf-8")
        if not text:
            empty.append(column)
            text = f"[{letter(column)}]"
        number = taken[text.casefold()] = taken.get(text.casefold(), 0) + 1
        if number > 1:
            again.append(column)
            text = f"{text} ({number})"
            taken[text.casefold()] = 1
        names.append(text)
    return tuple(names), again, empty
