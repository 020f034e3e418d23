"""What in a single value looks as if the old system, a spreadsheet or a hurried person had left it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from stdnum.fi import hetu

from app.imports.reading.messages import Cell

# Words and marks that people write where nothing is known. They are compared in lower case, without full stops at the ends.
_NOTHING = frozenset((
    "?", "??", "???", "xx", "xxx", "n/a", "na", "n.a", "null", "none", "nil", "tyhjä", "puuttuu", "tuntematon", "okänd", "saknas", "uppgift saknas",
    "ei tiedossa", "ei tiedoa", "ei tietoa", "ei ilmoitettu", "ej känd", "ej angiven", "inte känd", "vet inte", "unknown", "0000", "00000", "99999",
    "999999", "testi", "test",
))  # fmt: skip
_DAYS = frozenset(("1900-01-01", "1899-12-30", "1899-12-31", "1901-01-01", "1970-01-01", "1111-11-11", "9999-12-31", "2099-12-31", "1.1.1900", "01.01.1900",
                   "1.1.1901", "01.01.1901", "31.12.9999", "31.12.2099", "1.1.1111", "01.01.1970", "1.1.1970"))  # fmt: skip
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
# A spreadsheet takes such codes for days.
_TURNED = re.compile(r"\d{1,2}[.-](?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu|jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)", re.I)
_CODE = re.compile(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]", re.IGNORECASE)


def suspicions(value: Cell, *, in_spreadsheet: bool) -> Iterator[str]:
    """Give the codes of what looks suspicious in a value."""
    if isinstance(value, (date, datetime)):
        if value.isoformat()[:10] in _DAYS:
            yield "PLACEHOLDER"
        return
    if not isinstance(value, str):
        return
    text = value.strip()
    if text != value:
        yield "OUTER_SPACES"
    if "\u00a0" in text or "  " in text:
        yield "ODD_SPACES"
    if not text or text.casefold().strip(".") in _NOTHING or text in _DAYS or set(text) <= set("-–—.?"):
        yield "PLACEHOLDER"
    if _SCIENTIFIC.fullmatch(text) or _TURNED.fullmatch(text):
        yield "MANGLED_CODE"
    elif in_spreadsheet and _NUMBER.fullmatch(text) and not text.startswith("0"):
        yield "NUMBER_AS_TEXT"
    if _CODE.fullmatch(text) and not hetu.is_valid(text.upper(), allow_temporary=True):
        yield "WRONG_IDENTITY_CODE"
