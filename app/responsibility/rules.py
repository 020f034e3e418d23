"""Who is responsible on which days; it is derived from job search and from the municipality's decision, never chosen.

Basis: 681/2023 § 3: of a registered jobseeker the employment authority; § 8: of everybody, when the municipality has decided so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.deadlines.facts import Event, Period

MUNI, JOBSEEKER, DELEGATED = "MUNI", "EMPA_JOBSEEKER", "EMPA_DELEGATED"
# Codes of EMPLOYMENT_STATUS that mean a valid job search.
SEARCHING = frozenset({"UNEMPLOYED_JS", "JOBSEEKER"})
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Responsible:
    """Who is responsible from `start` to `end` (None while it goes on), and what brought it about (RESPONSIBILITY_REASON)."""

    responsible: str
    start: date
    end: date | None
    reason: str


def broken_status_rules(*, starts_on: date, ends_on: date | None, others: Iterable[Period], today: date) -> list[tuple[str, str]]:
    """Give (field, rule) for what is wrong with a period of employment status beside the client's others."""
    if ends_on and ends_on < starts_on:
        return [("ends_on", "END")]
    if starts_on > today:
        return [("starts_on", "FUTURE")]
    is_held = any(other.start <= (ends_on or date.max) and (other.end is None or other.end >= starts_on) for other in others)
    return [("starts_on", "OVERLAP")] if is_held else []


def joined(periods: Iterable[Period]) -> list[Period]:
    """Join periods that overlap or follow each other without a day between: the search goes on."""
    found: list[Period] = []
    for period in sorted(periods, key=lambda one: (one.start, one.end or date.max)):
        last = found[-1] if found else None
        if last is not None and (last.end is None or period.start <= last.end + _DAY):
            ends = (last.end, period.end)
            found[-1] = Period(last.start, None if None in ends else max(end for end in ends if end))
        else:
            found.append(period)
    return found


def responsible_periods(since: date, searches: Iterable[Period], delegated: Period | None) -> list[Responsible]:
    """Give who is responsible from `since` on, without gap or overlap."""
    search = joined(searches)
    periods = [*search, *([delegated] if delegated else [])]
    bounds = {since, *(one.start for one in periods), *(one.end + _DAY for one in periods if one.end)}
    found: list[Responsible] = []
    for day in sorted(bound for bound in bounds if bound >= since):
        who = _on(day, search, delegated)
        if found and found[-1].responsible == who:
            continue
        reason = _reason(found[-1].responsible if found else None, who)
        if found:
            found[-1] = Responsible(found[-1].responsible, found[-1].start, day - _DAY, found[-1].reason)
        found.append(Responsible(who, day, None, reason))
    return found


def _covers(period: Period, day: date) -> bool:
    return period.start <= day and (period.end is None or day <= period.end)


def _on(day: date, search: list[Period], delegated: Period | None) -> str:
    if any(_covers(one, day) for one in search):
        return JOBSEEKER
    return DELEGATED if delegated and _covers(delegated, day) else MUNI


def _reason(before: str | None, now: str) -> str:
    if now == JOBSEEKER:
        return "JOB_SEARCH_STARTED"
    if before == JOBSEEKER:
        return "JOB_SEARCH_ENDED"
    if now == DELEGATED:
        return "DELEGATED"
    return "BEGINNING" if before is None else "DELEGATION_ENDED"


def job_search_events(searches: Iterable[Period]) -> list[Event]:
    """Give when job search started and ended; it has ended on the first day without it."""
    events = []
    for one in joined(searches):
        events.append(Event(type="JOB_SEARCH_STARTED", on=one.start))
        if one.end:
            events.append(Event(type="JOB_SEARCH_ENDED", on=one.end + _DAY))
    return events
