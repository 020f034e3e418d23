"""The last day a person's plans may have, counted by hand (681/2023 §§ 23, 31.1, 102.2)."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reports.oracle.calendar import months_after
from tests.reports.oracle.register import Register, Row

_ACT = date(2025, 1, 1)


def last_day_of_plans(register: Register, client: Row, plans: list[Row], day: date) -> date:
    """Two years from the first plan, longer by extensions and by the days of interruptions, as known on a day."""
    known = {plan["id"] for plan in plans}
    first = min(plan["drawn_up_date"] for plan in plans)
    granted = [row for row in register.of("plan_extension", client["id"]) if row["plan_id"] in known and row["decided_on"] <= day]
    away = _days_away(
        [row for row in register.of("plan_interruption", client["id"]) if row["plan_id"] in known and row["starts_on"] <= day], first, day
    )
    if _is_of_older_act(register, client, plans, day):
        return _by_older_act(first, granted, away)
    base = months_after(first, 24)
    ends = [base]
    for row in granted:
        if row["ground"] in ("LOW_EDU", "MULTI_SERVICE", "HOME_CARE"):
            ends.append(min(max(row["extended_to"], base), months_after(base, 24)))
    found = [*ends, _with(max(ends), away)]
    young = [one for one in ends if months_after(client["birth_date"], 300) > one]
    for row in granted:
        if row["ground"] == "STUDIES_U25" and young:
            start = _with(max(young), away)
            found.append(min(max(row["extended_to"], start), months_after(start, 12)))
    return max(found)


def _is_of_older_act(register: Register, client: Row, plans: list[Row], day: date) -> bool:
    ours = {plan["id"] for plan in plans}
    reviews = [row["reviewed_on"] for row in register.of("plan_review", client["id"]) if row["plan_id"] in ours]
    days = [plan["drawn_up_date"] for plan in plans]
    return min(days) < _ACT and not any(_ACT <= one <= day for one in (*reviews, *days))


def _by_older_act(first: date, granted: list[Row], away: set[date]) -> date:
    base = months_after(first, 36)
    cap = months_after(base, 24)
    ends = [min(max(row["extended_to"], base), cap) for row in granted if row["ground"] != "INTERRUPTION"]
    longest = max([base, *ends])
    return max(longest, min(_with(longest, away), cap))


def _days_away(rows: list[Row], first: date, day: date) -> set[date]:
    """Every day of every interruption, each once; one that goes on has lasted to the day."""
    days: set[date] = set()
    for row in rows:
        one = max(row["starts_on"], first)
        while one <= (row["ends_on"] or day):
            days.add(one)
            one += timedelta(days=1)
    return days


def _with(maximum: date, away: set[date]) -> date:
    """Add the days away; an interruption that begins when the maximum has already run out adds nothing."""
    stretches: list[list[date]] = []
    for one in sorted(away):
        if stretches and one - stretches[-1][-1] == timedelta(days=1):
            stretches[-1].append(one)
        else:
            stretches.append([one])
    for stretch in stretches:
        if stretch[0] > maximum:
            break
        maximum += timedelta(days=len(stretch))
    return maximum
