"""A figure in words: its number with its unit, how it changed and whether that is better, and why it may mislead."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from flask_babel import format_date, format_decimal, format_percent, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.reports.catalogue.indicator import Direction, Indicator, Measure
from app.reports.areas import AsOf, Level
from app.reports.figures import Figure, Question
from app.reports.periods import Length, Period
from app.reports.values import value_of

# A figure that rests on fewer says little.
SMALL = 20
_UNITS: dict[str | None, Any] = {
    "DAYS": lambda number, text: ngettext("%(text)s day", "%(text)s days", number, text=text),
    "MONTHS": lambda number, text: ngettext("%(text)s month", "%(text)s months", number, text=text),
    "HOURS": lambda number, text: ngettext("%(text)s hour", "%(text)s hours", number, text=text),
    "STEPS": lambda number, text: ngettext("%(text)s step", "%(text)s steps", number, text=text),
    "VISITS": lambda number, text: ngettext("%(text)s visit", "%(text)s visits", number, text=text),
    "EUROS": lambda number, text: _("%(text)s euros", text=text),
}
HIDDEN = _l("hidden")


def number_text(indicator: Indicator, value: float | None, spoken: str | None = None) -> str:
    """Write a value with its unit; nothing for none. Who writes many says which language is spoken, as asking takes longer than writing."""
    if value is None:
        return ""
    unit = indicator.unit if indicator.measure is not Measure.COUNT or indicator.unit == "EUROS" else None
    return _written(spoken or _spoken(), value, unit, is_share=indicator.measure is Measure.SHARE)


def _spoken() -> str:
    # What Babel speaks, for a letter is written in its reader's language.
    return str(get_locale().language)


# A page writes hundreds, most of them met before.
@lru_cache(maxsize=10_000)
def _written(_language: str, value: float, unit: str | None, *, is_share: bool) -> str:
    if is_share:
        return str(format_percent(value, "#,##0.# %" if 0 < value < 0.1 else "#,##0 %"))
    text, in_words = format_decimal(round(value, 1)), _UNITS.get(unit)
    # Half a day is several days in both languages.
    return str(in_words(1 if value == 1 else 2, text)) if in_words else str(text)


@lru_cache(maxsize=10_000)
def _part_of(_language: str, part: int | None, whole: int) -> str:
    return _("%(part)s of %(whole)s", part=format_decimal(part), whole=format_decimal(whole))


def figure_text(indicator: Indicator, figure: Figure | None, spoken: str | None = None) -> str:
    """Write a figure, or that it is hidden; nothing where there is none."""
    if figure is None:
        return ""
    return _hidden(spoken or _spoken()) if figure.is_hidden else number_text(indicator, value_of(indicator, figure), spoken)


@cache
def _hidden(_language: str) -> str:
    return str(HIDDEN)


def base_of(indicator: Indicator, figure: Figure | None) -> int | None:
    """Give how many a figure rests on; None for a hidden one."""
    if figure is None or figure.is_hidden or figure.numerator is None:
        return None
    return figure.denominator if indicator.measure is Measure.SHARE else figure.numerator


def base_text(indicator: Indicator, figure: Figure, spoken: str | None = None) -> str:
    """Write what a figure rests on, beside its number."""
    base = base_of(indicator, figure)
    if base is None or indicator.measure is Measure.COUNT:
        return ""
    if indicator.measure is Measure.SHARE:
        return _part_of(spoken or _spoken(), figure.numerator, base)
    return _written(spoken or _spoken(), base, None, is_share=False)


def decile_text(indicator: Indicator, figure: Figure, spoken: str | None = None) -> str:
    """Write the ninth decile of a spread."""
    return number_text(indicator, figure.ninth, spoken) if indicator.measure is Measure.SPREAD else ""


def change_text(indicator: Indicator, now: Figure | None, before: Figure | None) -> str:
    """Write how much a figure is more or less than an earlier one, and whether that is better; nothing where either is not to be seen."""
    new, old = (value_of(indicator, one) if one else None for one in (now, before))
    if new is None or old is None:
        return ""
    is_share = indicator.measure is Measure.SHARE
    difference = round((new - old) * 100 if is_share else new - old, 1)
    if difference == 0:
        return _("no change")
    text = f"{'+' if difference > 0 else '−'}{format_decimal(abs(difference))}"
    if is_share:
        text = _("%(number)s percentage points", number=text)
    return _with_judgement(indicator.direction, text, is_more=difference > 0)


def _with_judgement(direction: Direction, text: str, *, is_more: bool) -> str:
    if direction is Direction.NEITHER:
        return text
    is_better = is_more is (direction is Direction.UP)
    return _("%(change)s, better", change=text) if is_better else _("%(change)s, worse", change=text)


def direction_text(indicator: Indicator) -> str:
    """Say which way the figure should go."""
    texts = {Direction.UP: _("The more, the better."), Direction.DOWN: _("The less, the better."), Direction.NEITHER: ""}
    return texts[indicator.direction]


def areas_text(asked: Question) -> str:
    """Say of which day the areas are; nothing where there is but one country."""
    if asked.level is Level.COUNTRY:
        return ""
    on = asked.areas_on if asked.as_of is AsOf.THEN else None
    return _("as they were on %(day)s", day=format_date(on)) if on else _("as they are today")


def period_text(period: Period) -> str:
    """Name a period: 2026, 3/2026 as the quarter, 9/2026 as the month."""
    year, month = period.starts_on.year, period.starts_on.month
    if period.length is Length.YEAR:
        return str(year)
    if period.length is Length.QUARTER:
        return _("Quarter %(number)d/%(year)d", number=(month + 2) // 3, year=year)
    return _("Month %(number)d/%(year)d", number=month, year=year)
