"""The whole: facts, events and settings in, obligations out. Pure: the day comes in as an argument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.deadlines.facts import Case, Event, Facts, Settings
from app.deadlines.maxima import maxima
from app.deadlines.obligations import Obligation
from app.deadlines.tasks import tasks


def compute(facts: Facts, events: Iterable[Event], settings: Settings, as_of: date) -> tuple[Obligation, ...]:
    """Give a client's time limits in the order of their days.

    An event after `as_of` is known in advance: limits are counted from it, but it fulfils and ends nothing yet.
    """
    known = list(events)
    if facts.birth_date:
        known.append(Event(type="BIRTH", on=facts.birth_date))
    case = Case(facts=facts, events=tuple(sorted(known, key=_order)), settings=settings, as_of=as_of)
    found = dict.fromkeys([*tasks(case), *maxima(case)])
    return tuple(sorted(found, key=lambda one: (one.due_on, one.rule, one.start_on)))


def _order(event: Event) -> tuple[object, ...]:
    """Order events by day, then by what they hold, so that the order of entry never matters."""
    return (event.on, event.type, event.plan or 0, event.to or date.max, event.ground or "", str(event.need_of_plan), event.justified)
