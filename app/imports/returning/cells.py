"""A cell of the source as a worksheet can hold it. What it cannot hold as a number or a day stays a text, so that nothing is lost."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from math import isfinite

from app.imports.reading.checks import plain_number
from app.imports.reading.messages import NOT_GIVEN, Cell

LONGEST_TEXT = 32_767
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# Before it spreadsheets count a day that was not.
_FIRST_DAY = date(1900, 3, 1)
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


class UnfitError(Exception):
    """The source does not fit into a workbook."""


def as_text(value: str) -> str:
    """Give a text that a file can hold: halves of characters, which mean nothing, become the replacement mark."""
    return _NO_CHARACTER.sub("\ufffd", value) if not value.isascii() else value


def held(value: Cell) -> Cell:
    """Give the value as a worksheet keeps it: the same, or the text of it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _short(as_text(value))
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, time):
        return value if _whole_milliseconds(value) else value.isoformat()
    if isinstance(value, datetime):
        return value if value.date() >= _FIRST_DAY and _whole_milliseconds(value) else value.isoformat(" ")
    return value if value >= _FIRST_DAY else value.isoformat()


def form_of(value: Cell) -> str:
    """Name the form in which a worksheet shows a value."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, date):
        return "moment" if isinstance(value, datetime) else "day"
    return "clock" if isinstance(value, time) else "plain"


def _short(text: str) -> str:
    # The limit counts units of UTF-16.
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise UnfitError("a long text")
    return text


def _number(value: int | float) -> int | float | str:
    if isinstance(value, float) and not isfinite(value):
        return NOT_GIVEN
    if isinstance(value, int) and abs(value) >= 10**21:
        return str(value)
    return value if plain_number(float(f"{value:.15G}")) == value else str(value)


def _whole_milliseconds(value: datetime | time) -> bool:
    return value.microsecond % 1000 == 0 and value.tzinfo is None
