"""Rules of the queue and of absences; pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SOON_DAYS = 7
# How urgent it is → the kind of the tag that tells it beside the words.
LIGHTS = {"LATE": "danger", "TODAY": "warning", "SOON": "warning", "LATER": "success"}


def light_of(due_on: date, today: date) -> str:
    """Tell how urgent a day is: LATE, TODAY, SOON (within a week) or LATER."""
    if due_on < today:
        return "LATE"
    if due_on == today:
        return "TODAY"
    return "SOON" if (due_on - today).days <= SOON_DAYS else "LATER"


@dataclass(frozen=True)
class Away:
    """Days a person is away, both included, and who covers."""

    user_id: int
    cover_id: int
    starts_on: date
    ends_on: date

    def meets(self, starts_on: date, ends_on: date) -> bool:
        return self.starts_on <= ends_on and starts_on <= self.ends_on


def broken_absence_rules(new: Away, others: Iterable[Away]) -> list[tuple[str, str]]:
    """Give (field, rule) for each rule that a new absence breaks; `others` are the unit's other absences."""
    broken = []
    if new.ends_on < new.starts_on:
        broken.append(("ends_on", "ORDER"))
    if new.cover_id == new.user_id:
        broken.append(("cover_id", "SELF"))
    meeting = [one for one in others if one.meets(new.starts_on, new.ends_on)]
    if any(one.user_id == new.user_id for one in meeting):
        broken.append(("starts_on", "OVERLAP"))
    if any(one.user_id == new.cover_id for one in meeting):
        broken.append(("cover_id", "AWAY"))
    return broken
