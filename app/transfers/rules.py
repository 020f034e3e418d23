"""Rules of moving a client; pure functions that name what is broken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from app.deadlines.numbers import number
from app.deadlines.working_days import day_off, working_days_after
from app.transfers.sections import WITH_REASON

OPEN = ("SENT", "ASKED", "ESCALATED", "ACCEPTED")
# More than the ordinal of any day.
_PLACES = 4_000_000
WAITING = ("SENT", "ASKED", "ESCALATED")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a municipality asks of another: to take over a client, or to hand one over."""

    own_id: str
    other_id: str
    consent_on: date | None
    today: date
    has_open_already: bool = False
    has_client_already: bool = False


def broken_request(asked: Asked) -> list[tuple[str | None, str]]:
    """Name what forbids a transfer as (field, rule). Basis: 681/2023 § 85: contact with the client's consent only."""
    broken: list[tuple[str | None, str]] = []
    if asked.own_id == asked.other_id:
        broken.append(("other_id", "SAME"))
    if asked.consent_on is None:
        broken.append(("consent_on", "CONSENT"))
    elif asked.consent_on > asked.today:
        broken.append(("consent_on", "FUTURE"))
    if asked.has_open_already:
        broken.append((None, "TWICE"))
    if asked.has_client_already:
        broken.append((None, "HAS_CLIENT"))
    return broken


def broken_choice(sections: Collection[str], reason: str | None) -> list[tuple[str, str]]:
    """Name what is wrong with the chosen data. Basis: 681/2023 §§ 79.2, 86; a plan rests on its assessment (§ 16)."""
    broken = []
    if "PLAN" in sections and "ASSESSMENTS" not in sections:
        broken.append(("sections", "PLAN_NEEDS_ASSESSMENT"))
    if any(name in sections for name in WITH_REASON) and not reason:
        broken.append(("choice_reason", "REASON"))
    return broken


def answerer(way: str, from_id: str, to_id: str) -> str:
    """Give the municipality that answers: the one that did not begin."""
    return to_id if way == "PUSHED" else from_id


def is_turn_of(organisation_id: str, waits_for_id: str | None) -> bool:
    """Tell whether it is the organisation that the other waits for."""
    return organisation_id == waits_for_id


def broken_day(moves_on: date, today: date) -> list[tuple[str, str]]:
    """Name what is wrong with the agreed day: what has been served cannot be moved backwards."""
    return [("moves_on", "PAST")] if moves_on < today else []


def answer_due(since: date, days: int | None = None) -> date:
    """Give the last day of an answer; the day of the request is not counted. `days` is the organisation's own number."""
    return working_days_after(since, days or number("TRANSFER_ANSWER", since).amount)


def is_overdue(status: str, due_on: date, on: date) -> bool:
    """Tell whether an answer is late and has not been escalated."""
    return status in ("SENT", "ASKED") and due_on < on


def place_of(status: str, due_on: date, ended_on: date | None) -> int:
    """Give the place in lists: what is open first, by its day; what has ended after it, the latest first."""
    if status in OPEN:
        return due_on.toordinal() + (0 if status in WAITING else _PLACES)
    return 3 * _PLACES - (ended_on or due_on).toordinal()


def working_days_from(start: date, end: date) -> int:
    """Count the working days after `start` up to `end`; none when it is earlier."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(1 for day in days if not day_off(day))
