"""From what is known of a client to the rows that are stored. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.deadlines.compute import compute
from app.deadlines.numbers import Kind, end_of, number
from app.deadlines.obligations import Obligation, State
from app.obligations.facts import Known
from app.obligations.reasons import packed
from app.obligations.rules import CASEWORKERS, MAXIMA, WARNED

FIELDS = ("org_id", "worker_id", "plan_id", "rule", "kind", "state", "due_on", "warn_on", "owner", "section", "start_type", "start_on", "in_queue", "reasons")


@dataclass(frozen=True)
class Row:
    """What a stored obligation holds beside its own key, its client and the day of deriving; in the order of `FIELDS`."""

    values: tuple[Any, ...]

    def __getitem__(self, name: str) -> Any:
        return self.values[FIELDS.index(name)]

    @property
    def key(self) -> tuple[str, str, date, str]:
        """Tell which obligation it is, whatever became of its day and state."""
        return self["rule"], self["start_type"], self["start_on"], self["plan_id"] or ""


def rows_of(known: Known, on: date) -> list[Row]:
    """Give a client's obligations as they are stored."""
    if known.is_joined:
        return []
    found = compute(known.facts, known.events, known.settings_on(on), on)
    maxima = [one.due_on for one in found if one.rule in MAXIMA]
    holds = max(maxima, default=None)
    is_followed = _is_followed(known, on)
    return [_row(known, one, state=_stored_state(one, holds), is_followed=is_followed) for one in found]


def _row(known: Known, one: Obligation, *, state: str, is_followed: bool) -> Row:
    is_open = state == "OPEN" and not known.is_closed
    is_warned = is_open and (one.rule in WARNED or (one.rule in MAXIMA and is_followed))
    first = number("WARNING_FIRST", one.due_on)
    warn_on = end_of(one.due_on, -first.amount, first.unit) if is_warned else None
    is_task = one.kind is not Kind.LIMIT and one.owner in CASEWORKERS
    plan_id = known.plans.get(one.plan) if one.plan else None
    return Row((
        known.org_id, known.worker_id, plan_id, one.row, str(one.kind), state, one.due_on, warn_on, one.owner, one.section, one.start_type,
        one.start_on, is_open and (is_task or is_warned), packed(one.steps),
    ))  # fmt: skip


def _stored_state(one: Obligation, holds: date | None) -> str:
    """Give the state without what follows from the day of reading: late and not yet late are both open."""
    if one.state is State.MET:
        return "MET"
    if one.kind is Kind.LIMIT:
        return "REPLACED" if one.rule in MAXIMA and holds is not None and one.due_on < holds else "OPEN"
    return "LAPSED" if one.state is State.PASSED else "OPEN"


def _is_followed(known: Known, on: date) -> bool:
    """Tell whether the latest plan goes on: then its maximum is worth a warning."""
    drawn_up = [event.on for event in known.events if event.type == "PLAN_DRAWN_UP"]
    ends = [event.on for event in known.events if event.type in ("PLAN_ENDED", "CLIENT_RELATIONSHIP_ENDED") and event.on <= on]
    return bool(drawn_up) and max(ends, default=date.min) < max(drawn_up)
