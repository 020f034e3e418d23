"""How long a client's plans may last: the first plan, the total, extensions, interruptions, and the older act.

Basis: 681/2023 §§ 23.2–23.4, 31.1 and 102.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.deadlines.counting import count, has_age
from app.deadlines.facts import Case, Event
from app.deadlines.interruptions import days_of, pauses
from app.deadlines.numbers import Number, end_of, number
from app.deadlines.obligations import Obligation, limit_state, obligation
from app.deadlines.tasks import counting_steps
from app.deadlines.texts import Step

# The grounds of an extension by rule. An interruption is none of them: it lengthens by its own days.
GROUNDS = {"LOW_EDU": "R10", "MULTI_SERVICE": "R10", "HOME_CARE": "R11", "STUDIES_U25": "R13"}


@dataclass(frozen=True)
class Limit:
    """One limit on the way to the maximum."""

    row: Number
    start: Event
    day: date
    steps: list[Step]


def maxima(case: Case) -> Iterator[Obligation]:
    """Give the limits of a client's plans; the last of them in the list is the one that holds."""
    drawn_up = case.of("PLAN_DRAWN_UP")
    if not drawn_up:
        return
    first = drawn_up[0]
    found = [*_first_plan(case, first), *_total(case, first)]
    holds = max(found[1:] or found, key=lambda limit: limit.day)
    for limit in found:
        is_passed_on = limit.row.id in ("R09", "R30") and limit.day < holds.day
        steps = [*limit.steps, *([Step("longer", day=holds.day, rule=holds.row)] if is_passed_on else [])]
        yield obligation(case, limit.row, limit.start, limit.day, limit_state(case, limit.day), steps)


def _renewed(case: Case) -> Event | None:
    """Give the review or new plan that brought an older plan under the act in force. Basis: 681/2023 § 102.2."""
    since = number("R09", case.as_of).valid_from
    return next((event for event in case.of("PLAN_REVIEWED", "PLAN_DRAWN_UP") if since <= event.on <= case.as_of), None)


def _is_older(case: Case, first: Event) -> bool:
    told = case.facts.legacy_regime
    return first.on < number("R09", case.as_of).valid_from if told is None else told


def _first_plan(case: Case, first: Event) -> list[Limit]:
    """R08, § 23.2: the first plan ends within a year; a plan made under the older act has no such limit here."""
    if _is_older(case, first):
        return []
    row = number("R08", first.on)
    counted = count(first.on, row, case.settings)
    limit = Limit(row, first, counted.due_on, counting_steps(row, first, counted))
    return [_paused(case, limit, first, row) if case.settings.interruption_extends_first_plan else limit]


def _total(case: Case, first: Event) -> list[Limit]:
    """R09, then R10 and R11 with their common cap, R12 and R13, each on top of the one before; or R30 for a plan of the older act."""
    renewed = _renewed(case)
    is_legacy = _is_older(case, first) and renewed is None
    row = number("R30" if is_legacy else "R09", first.on)
    counted = count(first.on, row, case.settings)
    steps = counting_steps(row, first, counted)
    if _is_older(case, first):
        since = number("R09", case.as_of).valid_from
        steps.append(Step("legacy", limits=since) if renewed is None else Step("reviewed", limits=since, day=renewed.on))
    base = Limit(row, first, counted.due_on, steps)
    if is_legacy:
        return [base, *_legacy_extensions(case, base)]
    found = [base, *_extensions(case, base)]
    days = [limit.day for limit in found]
    if case.of("INTERRUPTION"):
        found += _interruption(case, base, max(days))
    return [*found, *_studies(case, base, days)]


def _extensions(case: Case, base: Limit) -> list[Limit]:
    """R10 and R11, § 23.3: each to the day granted, together at most two years beyond R09."""
    found = []
    for event in case.of("PLAN_EXTENDED"):
        rule = GROUNDS.get(event.ground or "")
        if rule == "R10" or (rule == "R11" and _had_home_care(case, base)):
            limit = _granted(number(rule, event.on), event, base.day)
            found.append(replace(limit, steps=[*limit.steps, Step("shared_cap", length=(limit.row.amount, limit.row.unit.value))]))
    return found


def _had_home_care(case: Case, base: Limit) -> bool:
    """R11: the plan's time passed with home-care allowance; without any known period the decision is believed."""
    periods = case.facts.home_care_allowance_periods
    return not periods or any(period.start <= base.day and (period.end or base.day) >= base.start.on for period in periods)


def _granted(row: Number, event: Event, maximum: date) -> Limit:
    """Give an extension's last day: the day granted, never past the cap, never before the maximum it lengthens."""
    cap = end_of(maximum, row.amount, row.unit)
    day = min(max(event.to or cap, maximum), cap)
    steps = [Step("extended_by", ground=event.ground, on=event.on), Step("extended", from_day=maximum, length=(row.amount, row.unit.value), day=cap)]
    if event.to and event.to > cap:
        steps.append(Step("capped", wanted=event.to, day=cap))
    elif event.to:
        steps.append(Step("granted", day=day))
    return Limit(row, event, day, steps)


def _interruption(case: Case, base: Limit, maximum: date) -> list[Limit]:
    """R12, § 23.4: the days of interruption on top of the maximum."""
    limit = _lengthened(case, base, maximum)
    return [limit] if limit.steps else []


def _lengthened(case: Case, base: Limit, maximum: date) -> Limit:
    """Give a maximum with the interruptions that count; whether they come on top of an extension is a setting."""
    event = (case.of("INTERRUPTION") or [base.start])[0]
    row = number("R12", event.on)
    day = maximum if case.settings.interruption_adds_to_extension else base.day
    return _paused(case, Limit(row, event, day, []), base.start, row)


def _paused(case: Case, limit: Limit, first: Event, row: Number) -> Limit:
    """Lengthen a limit by the interruptions that count."""
    found = pauses(case, first.on, limit.day)
    if not found:
        return limit
    days = sum(days_of(case, pause) for pause in found)
    steps = list(limit.steps)
    for pause in found:
        steps.append(Step("interrupted", from_day=pause.start, to_day=pause.end, length=(days_of(case, pause), "days")))
        if pause.goes_on:
            steps.append(Step("goes_on", day=pause.end))
    if not case.settings.interruption_counts_both_ends:
        steps.append(Step("one_end"))
    day = limit.day + timedelta(days=days)
    return Limit(row, limit.start, day, [*steps, Step("paused", from_day=limit.day, length=(days, "days"), day=day)])


def _studies(case: Case, base: Limit, days: list[date]) -> list[Limit]:
    """R13, § 31.1: for who is under the age on the day of the maximum.

    The age is asked on each day the maximum falls on with and without the extensions of § 23.3, before interruptions, and the last
    day that passes is lengthened: so neither an interruption nor another extension costs anybody the year.
    """
    found = []
    for event in case.of("PLAN_EXTENDED"):
        young = [day for day in days if not has_age(case.facts.birth_date, number("STUDIES_AGE", event.on).amount, day)]
        if GROUNDS.get(event.ground or "") == "R13" and young:
            day = max(young)
            found.append(_granted(number("R13", event.on), event, max(day, _lengthened(case, base, day).day)))
    return found


def _legacy_extensions(case: Case, base: Limit) -> list[Limit]:
    """R30: whatever the ground, interruptions included, at most two years beyond the three of the older act."""
    row = number("R30:EXTENDED", base.start.on)
    cap = end_of(base.day, row.amount, row.unit)
    found = [_granted(row, event, base.day) for event in case.of("PLAN_EXTENDED") if event.ground != "INTERRUPTION"]
    if case.of("INTERRUPTION"):
        limit = _paused(case, Limit(row, case.of("INTERRUPTION")[0], max((limit.day for limit in found), default=base.day), []), base.start, row)
        capped = [Step("capped", wanted=limit.day, day=cap)] if limit.day > cap else []
        found += [replace(limit, day=min(limit.day, cap), steps=[*limit.steps, *capped])] if limit.steps else []
    return found
