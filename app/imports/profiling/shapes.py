"""What a value looks like: its type, the form of a date, and a mask that shows the form and hides the value. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from app.imports.reading.messages import Cell

_LONGEST_MASK = 30
_TYPES = (
    ("identity_code", re.compile(r"\d{6}[-+A-FU-Ya-fu-y]\d{3}[0-9A-Ya-y]")),
    ("date", re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{4}-\d{1,2}-\d{1,2}(?:[T ][\d:.+Z]+)?|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")),
    ("whole_number", re.compile(r"[+-]?\d+")),
    ("decimal_number", re.compile(r"[+-]?(?:\d+[.,]\d+|\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?)")),
    ("boolean", re.compile(r"(?:true|false|kyllä|ei|ja|nej|yes|no|tosi|epätosi|sant|falskt|[xk])", re.IGNORECASE)),
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    ("telephone", re.compile(r"(?:\+\d|0\d)[\d ()-]{5,18}")),
)  # fmt: skip
_FORMS = (
    ("iso", re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*")), ("d.m.yyyy", re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")), ("d.m.yy", re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}")),
    ("yyyymmdd", re.compile(r"\d{8}")),
)  # fmt: skip
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})")


def type_of(value: Cell) -> str:
    """Give the type of a cell; of a text what it is written like."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (datetime, date)):
        return "date"
    if isinstance(value, time):
        return "time"
    if isinstance(value, int):
        return "whole_number"
    if isinstance(value, float):
        return "decimal_number"
    text = str(value).strip()
    return next((name for name, form in _TYPES if form.fullmatch(text)), "text")


def date_form(value: Cell) -> str | None:
    """Give the form of a date: a spreadsheet's own, or how the text is written. With slashes the day or the month may come first."""
    if isinstance(value, date):
        return "date"
    text = str(value).strip()
    named = next((name for name, form in _FORMS if form.fullmatch(text)), None)
    if named:
        return named
    slashed = _SLASHED.fullmatch(text)
    if slashed is None:
        return None
    year = "y" * len(slashed[3])
    if int(slashed[1]) > 12:
        return f"d/m/{year}"
    return f"m/d/{year}" if int(slashed[2]) > 12 else f"?/?/{year}"


def mask(value: Cell) -> str:
    """Hide a value: letters become a or A, digits 9; marks between them stay. Long texts are told by their length alone."""
    text = str(value)
    hidden = "".join(("A" if one.isupper() else "a") if one.isalpha() else "9" if one.isnumeric() else one if one in " .,-/:;@+()" else "*" for one in text)
    return hidden if len(hidden) <= _LONGEST_MASK else f"{hidden[:_LONGEST_MASK]}… ({len(text)})"
