"""Numbers, changes and periods as words of the language that is spoken."""

from __future__ import annotations

from babel.dates import format_date, format_interval
from flask_babel import format_decimal, get_locale, ngettext
from flask_babel import gettext as _

from app.reports.catalogue.indicator import Indicator, Measure
from app.reports.figures import Figure
from app.reports.periods import Length, period_named

# Below this a percentage of change says more about the smallness of the number than about the change.
SMALL = 20


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


def number_text(value: float) -> str:
    """Give a number with a decimal if it has any."""
    return str(format_decimal(value, "#,##0.#"))


def _with_unit(unit: str, value: float) -> str:
    text, number = number_text(value), 1 if value == 1 else 2
    if unit == "DAYS":
        return ngettext("%(figure)s day", "%(figure)s days", number, figure=text)
    if unit == "MONTHS":
        return ngettext("%(figure)s month", "%(figure)s months", number, figure=text)
    if unit == "HOURS":
        return ngettext("%(figure)s hour", "%(figure)s hours", number, figure=text)
    if unit == "EUROS":
        return _("€ %(figure)s", figure=text)
    if unit == "STEPS":
        return ngettext("%(figure)s step", "%(figure)s steps", number, figure=text)
    if unit == "VISITS":
        return ngettext("%(figure)s visit", "%(figure)s visits", number, figure=text)
    return text


def share_text(share: float) -> str:
    """Give a share from 0 to 1 as a percentage."""
    return _("%(number)s %%", number=number_text(round(share * 100, 1)))


def figure_text(indicator: Indicator, value: float) -> str:
    """Give the value of a figure with its unit; a number of persons has none."""
    if indicator.measure is Measure.SHARE:
        return share_text(value)
    return number_text(value) if indicator.measure is Measure.COUNT else _with_unit(indicator.unit, round(value, 1))


def change_text(indicator: Indicator, before: float, after: float) -> str:
    """Give how far two values are apart; of a number that is not small also in per cent."""
    apart = abs(after - before)
    if indicator.measure is Measure.SHARE:
        number = round(apart * 100, 1)
        return ngettext("%(figure)s percentage point", "%(figure)s percentage points", 1 if number == 1 else 2, figure=number_text(number))
    if indicator.measure is Measure.COUNT and before >= SMALL:
        return _("%(figure)s (%(share)s)", figure=number_text(apart), share=share_text(apart / before))
    return figure_text(indicator, round(apart, 1))


def is_same(indicator: Indicator, before: float, after: float) -> bool:
    """Tell whether two values are told by the same text."""
    return figure_text(indicator, before) == figure_text(indicator, after)


def base_of(indicator: Indicator, figure: Figure) -> int:
    """Give on how many cases a figure stands: what is counted, of what a share is, or what is spread."""
    if indicator.measure is Measure.COUNT:
        return figure.numerator or 0
    return (figure.denominator or 0) if indicator.measure is Measure.SHARE else figure.spread.total() if figure.spread else 0
