"""The question of an address: the same arguments for the page, the file and the API; and the parts of one for commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.reports.areas import Level, area_of
from app.reports.asked import asked_of
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Indicator
from app.reports.figures import Question, Viewer
from app.reports.periods import Length, Period
from app.reports.queries import latest_of, periods_for, written_periods

PERIODS_AT_MOST = 60
ARGUMENTS = ("level", "area", "period", "to", "by", "areas")


class BadQuestionError(ValueError):
    """Raised with a sentence in the reader's language for arguments that make no question."""


def indicator_for(viewer: Viewer, name: str) -> Indicator:
    """Give an indicator that a viewer may read. Raises BadQuestionError, the same for one that is not there."""
    found = INDICATORS.get(name)
    if found is None or viewer.audience not in found.audiences:
        raise BadQuestionError(_("There is no indicator %(name)s that you may see.", name=name[:20]))
    return found


def question_from(session: Session, viewer: Viewer, name: str, args: Mapping[str, str], today: date) -> Question:
    """Give the question that the address of an indicator's page asks. Raises BadQuestionError where the page tells of an error. One statement."""
    indicator = indicator_for(viewer, name)
    asked = asked_of(args, viewer, indicator, latest_of(periods_for(written_periods(session), viewer), Length.QUARTER, today))
    if asked.errors:
        raise BadQuestionError(" ".join(str(text) for text in asked.errors))
    return asked.question(indicator)


def area_in(level: Level, code: str | None, on: date | None = None) -> str | None:
    """Read the code of an area of a level on a day, today without one; None is all of them. Raises BadQuestionError."""
    if code is None or code in area_of(level, on).values():
        return code
    raise BadQuestionError(_("There is no area %(code)s at this level.", code=code[:20]))


def breakdown(indicator: Indicator, names: list[str]) -> tuple[str, ...]:
    """Read the breakdowns: none, one, or two that are told together, in the order of their declaration. Raises BadQuestionError."""
    wanted = tuple(name.upper().replace("-", "_") for name in names if name)
    if not wanted or (len(wanted) == 1 and wanted[0] in indicator.dimensions):
        return wanted
    declared = next((pair for pair in indicator.crossings if len(wanted) == 2 and set(pair) == set(wanted)), None)
    if declared is None:
        raise BadQuestionError(_("The indicator cannot be broken down so. It can by: %(names)s.", names=", ".join(_possible(indicator)) or "-"))
    return declared


def _possible(indicator: Indicator) -> Iterator[str]:
    yield from indicator.dimensions
    yield from (f"{first} + {second}" for first, second in indicator.crossings)


def periods_between(first: Period, last: Period) -> tuple[str, ...]:
    """Give the names of the periods from one to another of the same length. Raises BadQuestionError for too many."""
    found = [first]
    while found[-1].starts_on < last.starts_on:
        if len(found) == PERIODS_AT_MOST:
            raise BadQuestionError(_("At most %(number)d periods can be asked at once.", number=PERIODS_AT_MOST))
        found.append(found[-1].next)
    return tuple(one.id for one in found)
