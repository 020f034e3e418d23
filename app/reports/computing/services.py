"""Services: taking part, waiting, integration training, orientation and interruptions, I40–I43, I46 and I47."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from sqlalchemy import func, select

from app.codes.lists import values
from app.deadlines.amounts import amount
from app.reports.computing.plan_clients import plan_clients
from app.reports.computing.question import Question
from app.reports.computing.service_rows import WHOLE, Taken, begun, under_way
from app.reports.observation import Observation
from app.reports.periods import Period, period_of
from app.services.models import ServiceHours
from app.services.rules import INTEGRATION_TRAINING, ORIENTATION

TYPE, REASON, LANGUAGE = "SERVICE_TYPE", "DISCONTINUE_REASON", "ORIENTATION_LANGUAGE"
# The value of LANGUAGE for whoever has not begun the orientation.
NOT_BEGUN = "NONE"


def participants(asked: Question) -> Iterator[Observation]:
    """Count who was in a service on any day of the period (I40)."""
    for one, own in _once(under_way(asked)):
        yield Observation(asked.subjects[one.client_id], own=own, only=(TYPE,) if own else WHOLE)


def waiting(asked: Question) -> Iterator[Observation]:
    """Count the days from the referral to the first day of what began in the period (I41)."""
    found = [one for one in begun(asked, asked.period.starts_on, asked.day) if one.referred_on and one.referred_on <= one.started_on]
    for one, own in _once(found):
        days = (one.started_on - (one.referred_on or one.started_on)).days
        yield Observation(asked.subjects[one.client_id], amount=days, own=own, only=(TYPE,) if own else WHOLE)


def _once(found: Iterable[Taken]) -> Iterator[tuple[Taken, tuple[tuple[str, str], ...]]]:
    """Give each person's first service for the whole, and the first of each kind with its kind."""
    seen: set[tuple[str, str | None]] = set()
    for one in found:
        for kind in (None, one.kind):
            if (one.client_id, kind) not in seen:
                seen.add((one.client_id, kind))
                yield one, ((TYPE, kind),) if kind else ()


def beginners(asked: Question) -> Iterator[Observation]:
    """Count who began integration training in the period, of those who had a plan in force in it (I42)."""
    started = {one.client_id for one in begun(asked, asked.period.starts_on, asked.day, INTEGRATION_TRAINING)}
    for key in sorted(started | plan_clients(asked, asked.period.starts_on)):
        yield Observation(asked.subjects[key], numerator=int(key in started), denominator=1)


def completions(asked: Question) -> Iterator[Observation]:
    """Count who has completed integration training, of those who began it in the same period a year before (I43)."""
    cohort = a_year_before(asked.period)
    done: dict[str, bool] = {}
    for one in begun(asked, cohort.starts_on, cohort.ends_on, INTEGRATION_TRAINING):
        done[one.client_id] = done.get(one.client_id, False) or one.has_become("COMPLETED", one.started_on, asked.day)
    for key, is_done in done.items():
        yield Observation(asked.subjects[key], numerator=int(is_done), denominator=1)


def a_year_before(period: Period) -> Period:
    """Give the period of the same length and place in the year before."""
    return period_of(period.starts_on.replace(year=period.starts_on.year - 1), period.length)


def orientations(asked: Question) -> Iterator[Observation]:
    """Count who has completed the orientation with its hours, of those whose plan is in force on the day (I46)."""
    hours, of_client = _hours(asked), dict[str, Taken]()
    least = amount("ORIENTATION_HOURS", asked.day)

    def is_done(one: Taken) -> bool:
        return one.has_become("COMPLETED", one.started_on, asked.day) and hours.get(one.service_id, Decimal(0)) >= least

    for one in begun(asked, asked.day.min, asked.day, (ORIENTATION,)):
        # One that is done stands for the client; otherwise the last one begun.
        if one.client_id not in of_client or not is_done(of_client[one.client_id]):
            of_client[one.client_id] = one
    for key in sorted(plan_clients(asked, asked.day)):
        found = of_client.get(key)
        language = found.language if found else NOT_BEGUN
        yield Observation(
            asked.subjects[key],
            numerator=int(found is not None and is_done(found)),
            denominator=1,
            own=((LANGUAGE, language),) if language else (),
        )


def _hours(asked: Question) -> dict[str, Decimal]:
    of = ServiceHours
    wanted = (
        select(of.client_id, of.planned_service_id, func.sum(of.hours_attended))
        .where(of.to_on <= asked.day)
        .group_by(of.client_id, of.planned_service_id, of.org_id)
    )
    return {key: Decimal(str(hours)) for _client, key, hours, _owner in asked.rows(of, wanted)}


def discontinued(asked: Question) -> Iterator[Observation]:
    """Count for whom a service was discontinued in the period, of those who were in one: of all, by kind and by reason (I47)."""
    found, first = under_way(asked), asked.period.starts_on
    ended = [one for one in found if one.has_become("DISCONTINUED", first, asked.day)]
    persons, kinds = {one.client_id for one in ended}, {(one.client_id, one.kind) for one in ended}
    wholes = Counter[str]()
    for one, own in _once(found):
        subject = asked.subjects[one.client_id]
        wholes[subject.org_id] += not own
        is_ended = (one.client_id, one.kind) in kinds if own else one.client_id in persons
        yield Observation(subject, numerator=int(is_ended), denominator=1, own=own, only=(TYPE,) if own else WHOLE)
    yield from _by_reason(asked, ended, wholes)


def _by_reason(asked: Question, ended: list[Taken], wholes: Mapping[str, int]) -> Iterator[Observation]:
    """Give every reason the same whole, also where nobody had it, so that the shares of areas are right."""
    for org, whole in wholes.items():
        for value in values("HINDRANCE"):
            yield Observation(None, numerator=0, denominator=whole, own=((REASON, value.code),), only=(REASON,), org_id=org)
    for key, reason in sorted({(one.client_id, one.end_reason) for one in ended if one.end_reason}):
        yield Observation(asked.subjects[key], denominator=0, own=((REASON, reason),), only=(REASON,))


COMPUTATIONS = {"I40": participants, "I41": waiting, "I42": beginners, "I43": completions, "I46": orientations, "I47": discontinued}
