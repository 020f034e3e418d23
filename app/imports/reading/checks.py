"""What can be wrong in one cell, whatever the source. Pure; one search over the whole row decides whether its cells are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from math import isfinite

from app.imports.reading.messages import Cell

# Separates the cells of a row in the one search; it is no character any of the conditions below looks for.
_BETWEEN = "\n"
_ERRORS = r"#(?:N/A|NAME\?|NUM!|REF!|VALUE!|DIV/0!|NULL!|PUUTTUU!?|ARVO!|VIITTAUS!|NIMI\?|LUKU!|JAKO/0!|SAKNAS!?|VÄRDEFEL!|REFERENS!|NAMN\?|OGILTIGT!|DIVISION/0!)"
_SUSPECT = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]|^[=@+\-]|Ã[\x80-\xbf„†”–…]|^{_ERRORS}$", re.MULTILINE)
_BROKEN = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DOUBLE = re.compile("Ã[\x80-\xbf„†”–…]")
_ERROR = re.compile(_ERRORS)
# What a spreadsheet would calculate were the text written to one again; telephone numbers and negative numbers are harmless.
_FORMULA = re.compile(r"[=@][^\s=@]|[+-](?![\d\s().,/:-]*$)\S")
# A spreadsheet keeps 15 digits of a number.
_DIGITS = 10**15
# Before 1 March 1900 spreadsheets count a day that was not: the same number is another day in each.
_FIRST_SURE = date(1900, 3, 1)


def row_is_plain(cells: list[Cell], longest: int) -> bool:
    """Tell in one search that no cell of text needs a look. Cells of other types are looked at always."""
    try:
        joined = _BETWEEN.join(cells)  # type: ignore[arg-type]
    except TypeError:
        return False
    return len(joined) <= longest and _SUSPECT.search(joined) is None


def is_error(text: str) -> bool:
    """Tell whether a text is the word by which a spreadsheet tells of an error."""
    return _ERROR.fullmatch(text) is not None


def cell_findings(value: Cell, longest: int) -> Iterator[str]:
    """Give the codes of what is wrong with a cell."""
    if isinstance(value, str):
        yield from _text_findings(value, longest)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, (int, float)):
        if not isfinite(value):
            yield "NUMBER_TOO_LARGE"
        elif abs(value) >= _DIGITS:
            yield "LONG_NUMBER"
    elif isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) < _FIRST_SURE:
        yield "OLD_DATE"


def _text_findings(value: str, longest: int) -> Iterator[str]:
    if len(value) > longest:
        yield "LONG_CELL"
        return
    if "\x00" in value:
        yield "NUL_CHARACTER"
    if _BROKEN.search(value):
        yield "BAD_BYTES"
    if "\ufffd" in value:
        yield "LOST_CHARACTER"
    if _DOUBLE.search(value):
        yield "DOUBLE_ENCODED"
    elif _CONTROL.search(value):
        yield "CONTROL_CHARACTER"
    if is_error(value):
        yield "ERROR_CELL"
    elif _FORMULA.match(value):
        yield "FORMULA_TEXT"


def plain_number(value: float) -> int | float:
    """Give a spreadsheet's number as people see it: whole numbers without a tail, others with the 15 digits a spreadsheet has."""
    if not isfinite(value):
        return value
    if value.is_integer() and abs(value) < 1e21:
        return int(value)
    return float(f"{value:.15g}")
