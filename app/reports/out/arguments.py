"""The question of an address: the same arguments for the page, the file, the API and a subscription."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.reports.areas import Level, area_of
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Indicator
from app.reports.figures import Question
from app.reports.periods import Length, Period, UnknownPeriodError, period_named, period_of

# As the command line and addresses name the levels beside their own codes.
_LEVELS = {**{level.value: level for level in Level}, "NATIONAL": Level.COUNTRY}
PERIODS_AT_MOST = 60


class BadQuestionError(ValueError):
    """Raised with a sentence in the reader's language for arguments that make no question."""


def question_from(indicator: str, args: MultiDict[str, str], today: date) -> Question:
    """Give the question that `level`, `area`, `period`, `to` and one or two `by` ask about an indicator. Raises BadQuestionError.

    Without them: all municipalities, the last quarter that is over, and no breakdown. Names may be written in small letters and with hyphens.
    """
    found = INDICATORS.get(indicator)
    if found is None:
        raise BadQuestionError(_("There is no indicator %(name)s.", name=indicator[:20]))
    level = level_named(args.get("level", Level.MUNICIPALITY))
    return Question(
        found.id,
        level,
        _periods(args.get("period"), args.get("to"), today),
        area_in(level, args.get("area")),
        breakdown(found, args.getlist("by")),
    )


def level_named(name: str) -> Level:
    """Read a level. Raises BadQuestionError."""
    level = _LEVELS.get(name.upper().replace("-", "_"))
    if level is None:
        raise BadQuestionError(
            _("There is no level %(name)s. The levels are: %(levels)s.", name=name[:20], levels=", ".join(level.value for level in Level))
        )
    return level


def area_in(level: Level, code: str | None) -> str | None:
    """Read the code of an area of a level; None and an empty one are all of them. Raises BadQuestionError."""
    if not code or code in area_of(level).values():
        return code or None
    raise BadQuestionError(_("There is no area %(code)s at this level.", code=code[:20]))


def breakdown(indicator: Indicator, names: list[str]) -> tuple[str, ...]:
    """Read the breakdowns: none, one, or two that are told together, in the order of their declaration. Raises BadQuestionError."""
    wanted = tuple(name.upper().replace("-", "_") for name in names if name)
    if not wanted or (len(wanted) == 1 and wanted[0] in indicator.dimensions):
        return wanted
    declared = next((pair for pair in indicator.crossings if len(wanted) == 2 and set(pair) == set(wanted)), None)
    if declared is None:
        raise BadQuestionError(
            _("The indicator cannot be broken down so. It can by: %(names)s.", names=", ".join(_possible(indicator)) or "-")
        )
    return declared


def _possible(indicator: Indicator) -> Iterator[str]:
    yield from indicator.dimensions
    yield from (f"{first} + {second}" for first, second in indicator.crossings)


def _periods(first: str | None, last: str | None, today: date) -> tuple[str, ...]:
    begins = _period(first) if first else None
    ends = _period(last) if last else begins or period_of(today, Length.QUARTER).previous
    return periods_between(begins or ends, ends)


def periods_between(first: Period, last: Period) -> tuple[str, ...]:
    """Give the names of the periods from one to another. Raises BadQuestionError for two lengths, a wrong order or too many."""
    if first.length is not last.length:
        raise BadQuestionError(_("The first and the last period must be equally long: months, quarters or years."))
    if first.starts_on > last.starts_on:
        raise BadQuestionError(_("The first period is later than the last."))
    found = [first]
    while found[-1].starts_on < last.starts_on:
        if len(found) == PERIODS_AT_MOST:
            raise BadQuestionError(_("At most %(number)d periods can be asked at once.", number=PERIODS_AT_MOST))
        found.append(found[-1].next)
    return tuple(one.id for one in found)


def _period(name: str) -> Period:
    try:
        return period_named(name)
    except UnknownPeriodError as unknown:
        raise BadQuestionError(_("%(name)s is no period. Write 2026, 2026Q3 or 2026-09.", name=name[:20])) from unknown
