"""Days as old systems write them; a day is never guessed where it can be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.imports.mapping.wording import written

# Form → how it is written. The dotted form has the day first wherever it is used in Finland; with slashes both orders occur.
_SHAPES: dict[str, re.Pattern[str]] = {
    "iso": re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"),
    "dotted": re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?:\s+(?:klo |kl\. )?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?"),
    "compact": re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"),
    "day_month": re.compile(r"(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>\d{4})"),
    "month_day": re.compile(r"(?P<m>\d{1,2})[/-](?P<d>\d{1,2})[/-](?P<y>\d{4})"),
}
_SERIAL = re.compile(r"\d{4,5}")
FORMS = (*_SHAPES, "serial")
# The first day of the count of spreadsheets; 1.3.1900 and later are right.
_EPOCH = date(1899, 12, 30)
_SERIAL_LEAST, _SERIAL_MOST = 3000, 80_000


def day_in(value: object, form: str) -> date | None:
    """Read a value in a form, None when it is no such day; a day that already is one needs no form."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = written(value)
    if form == "serial":
        is_serial = _SERIAL.fullmatch(text) and _SERIAL_LEAST <= int(text) <= _SERIAL_MOST
        return _EPOCH + timedelta(days=int(text)) if is_serial else None
    found = _SHAPES[form].fullmatch(text)
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None


@dataclass(frozen=True)
class DayGuess:
    """The forms that read the most of some values, the likeliest first, and the share of the values they read."""

    forms: tuple[str, ...]
    share: float

    @property
    def is_ambiguous(self) -> bool:
        return len(self.forms) > 1

    @property
    def form(self) -> str | None:
        return self.forms[0] if len(self.forms) == 1 else None


def guess(values: Iterable[object]) -> DayGuess:
    """Find the form of a column: ambiguous when two forms read it equally well and give different days."""
    filled = [value for value in values if written(value)]
    if not filled:
        return DayGuess((), 0.0)
    read = {form: [day_in(value, form) for value in filled] for form in FORMS}
    counts = {form: sum(day is not None for day in days) for form, days in read.items()}
    most = max(counts.values())
    best = [form for form in FORMS if counts[form] == most] if most else []
    distinct = [form for at, form in enumerate(best) if all(read[form] != read[other] for other in best[:at])]
    return DayGuess(tuple(distinct), most / len(filled))
