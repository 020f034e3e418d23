"""Who needs help, and how many will be in time: pure, from the days that stages were reached and are planned for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from app.rollout.stages import Reached, Stage, next_step, stage_of, steps_of

# The pace is told by what was reached in so many days.
PACE_DAYS = 56
# So long before the day of the law users should be named, and the move rehearsed.
USERS_BEFORE, REHEARSED_BEFORE = timedelta(days=90), timedelta(days=45)


class Worry(StrEnum):
    """Why an organisation may need help."""

    ASKED = "ASKED"
    LATE = "LATE"
    NO_USERS = "NO_USERS"
    NOT_REHEARSED = "NOT_REHEARSED"
    AFTER_THE_DAY = "AFTER_THE_DAY"
    NO_PLAN = "NO_PLAN"
    NO_CONTACT = "NO_CONTACT"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an organisation has come; `planned` are days to come or missed, `asks_help` an obstacle that is open and asks for help."""

    organisation_id: str
    kind: str = "MUNICIPALITY"
    reached: Reached = field(default_factory=dict)
    planned: Mapping[Stage, date] = field(default_factory=dict)
    skipped: Collection[Stage] = ()
    asks_help: bool = False
    obstacles: int = 0
    contacts: int = 0

    @property
    def steps(self) -> tuple[Stage, ...]:
        return steps_of(self.kind, self.skipped)

    def stage(self, on: date) -> Stage:
        return stage_of(self.reached, on)

    def next(self, on: date) -> Stage | None:
        return next_step(self.reached, self.steps, on)

    def is_in_use(self, on: date) -> bool:
        return Stage.IN_USE in self.reached and self.reached[Stage.IN_USE] <= on


def worries(one: Progress, on: date, last: date) -> list[Worry]:
    """Give why an organisation may need help on a day, the gravest first; `last` is the day of the law. None once it is in use."""
    if one.next(on) is None or one.is_in_use(on):
        return [Worry.ASKED] if one.asks_help else []
    found = {Worry.ASKED} if one.asks_help else set()
    missed = [step for step, day in one.planned.items() if day < on and step not in one.reached]
    if missed:
        found.add(Worry.LATE)
    if Stage.USERS_NAMED not in one.reached and on > last - USERS_BEFORE:
        found.add(Worry.NO_USERS)
    if one.kind == "MUNICIPALITY":
        found |= _of_a_municipality(one, on, last)
    if not one.contacts:
        found.add(Worry.NO_CONTACT)
    return [worry for worry in Worry if worry in found]


def _of_a_municipality(one: Progress, on: date, last: date) -> set[Worry]:
    found, planned = set(), one.planned.get(Stage.IN_USE)
    if planned is None:
        found.add(Worry.NO_PLAN)
    elif planned > last:
        found.add(Worry.AFTER_THE_DAY)
    if Stage.REHEARSED in one.steps and not {Stage.REHEARSED, Stage.MOVED} & one.reached.keys() and on > last - REHEARSED_BEFORE:
        found.add(Worry.NOT_REHEARSED)
    return found


@dataclass(frozen=True)
class Forecast:
    """How many of `all` are in use now, how many will be by the last day as they plan, and how many by the pace of the last weeks."""

    all: int
    now: int
    by_plans: int
    by_pace: int


def forecast(found: Iterable[Progress], on: date, last: date) -> Forecast:
    """Tell how many will be in use by the last day; a plan whose day has passed counts for nothing."""
    rows = list(found)
    now = sum(one.is_in_use(on) for one in rows)
    begun_lately = sum(on - timedelta(days=PACE_DAYS) < one.reached[Stage.IN_USE] <= on for one in rows if one.is_in_use(on))
    days_left = max(0, (last - on).days)
    planned = sum(not one.is_in_use(on) and on <= one.planned.get(Stage.IN_USE, date.min) <= last for one in rows)
    return Forecast(len(rows), now, now + planned, min(len(rows), now + begun_lately * days_left // PACE_DAYS))


def in_use_by(found: Iterable[Progress], days: Iterable[date], on: date) -> list[int]:
    """Give how many are in use on each day: reached by then, or for days to come planned for by then."""
    rows = list(found)
    begun = [one.reached[Stage.IN_USE] for one in rows if one.is_in_use(on)]
    coming = [one.planned.get(Stage.IN_USE, date.min) for one in rows if not one.is_in_use(on)]
    return [sum(one <= day for one in begun) + sum(on < one <= day for one in coming) for day in days]
