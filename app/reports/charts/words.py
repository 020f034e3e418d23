"""Changes, shares and periods as words of the language that is spoken."""

from __future__ import annotations

from babel.dates import format_date, format_interval
from flask_babel import format_decimal, format_percent, get_locale, ngettext
from flask_babel import gettext as _

from app.reports.catalogue.indicator import Indicator, Measure
from app.reports.periods import Length, period_named
from app.reports.shown import SMALL, number_text


def period_text(name: str) -> str:
    """Give a period as it stands in a sentence: 2026, July–September 2026, September 2026."""
    period = period_named(name)
    if period.length is Length.YEAR:
        return str(period.starts_on.year)
    if period.length is Length.MONTH:
        return format_date(period.starts_on, "LLLL y", locale=get_locale())
    return format_interval(period.starts_on, period.ends_on, "yMMMM", locale=get_locale())


def period_mark(name: str) -> str:
    """Give a period as it stands on an axis, its year on a line of its own."""
    period = period_named(name)
    if period.length is Length.YEAR:
        return str(period.starts_on.year)
    months = str(period.starts_on.month) if period.length is Length.MONTH else f"{period.starts_on.month}–{period.ends_on.month}"
    return f"{months}\n{period.starts_on.year}"


def figure_text(indicator: Indicator, value: float) -> str:
    """Give the value of a figure with its unit, which no line break parts from it."""
    return number_text(indicator, value).replace(" ", "\u00a0")


def place_text(indicator: Indicator, value: float) -> str:
    """Give a place of an axis; only a share carries its unit there."""
    return share_text(value) if indicator.measure is Measure.SHARE else str(format_decimal(value, "#,##0.#"))


def share_text(share: float) -> str:
    """Give a share from 0 to 1 as a percentage."""
    return str(format_percent(share, "#,##0.#\u00a0%"))


def change_text(indicator: Indicator, before: float, after: float) -> str:
    """Give how far two values are apart; of a number that is not small also in per cent."""
    apart = abs(after - before)
    if indicator.measure is Measure.SHARE:
        number = round(apart * 100, 1)
        return ngettext(
            "%(figure)s percentage point", "%(figure)s percentage points", 1 if number == 1 else 2, figure=format_decimal(number)
        )
    if indicator.measure is Measure.COUNT and before >= SMALL:
        # Below that a percentage says more about the smallness of the number than about the change.
        return _("%(figure)s (%(share)s)", figure=figure_text(indicator, apart), share=share_text(apart / before))
    return figure_text(indicator, apart)


def is_same(indicator: Indicator, before: float, after: float) -> bool:
    """Tell whether two values are told by the same text."""
    return figure_text(indicator, before) == figure_text(indicator, after)
