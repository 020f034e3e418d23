"""Interruptions of a plan: how many days they add to the maximum. Basis: 681/2023 § 23.4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.deadlines.facts import Case

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """Days without participation, both included; `goes_on` when its end is not yet known."""

    start: date
    end: date
    goes_on: bool


def pauses(case: Case, first_plan_on: date, maximum: date) -> list[Pause]:
    """Give the interruptions that count, joined where they overlap.

    Days before the first plan do not count, nor an interruption that begins after the maximum has already run out. One that goes on
    counts to the day of asking.
    """
    found: list[Pause] = []
    for event in case.of("INTERRUPTION"):
        start, end = max(event.on, first_plan_on), event.to or case.as_of
        if end < start:
            continue
        if found and start <= found[-1].end + _DAY:
            last = found.pop()
            found.append(Pause(last.start, max(last.end, end), last.goes_on or event.to is None))
        else:
            found.append(Pause(start, end, event.to is None))
    return _within(case, found, maximum)


def _within(case: Case, found: list[Pause], maximum: date) -> list[Pause]:
    """Keep those that begin before the maximum, which each one moves."""
    kept: list[Pause] = []
    for pause in found:
        if pause.start > maximum:
            break
        kept.append(pause)
        maximum += timedelta(days=days_of(case, pause))
    return kept


def days_of(case: Case, pause: Pause) -> int:
    """Give the length in days; whether both ends count is a setting."""
    return (pause.end - pause.start).days + (1 if case.settings.interruption_counts_both_ends else 0)
