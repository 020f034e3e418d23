"""How long a client's plans may last, and why: the answer of `app/deadlines` to the facts of the client. Basis: 681/2023 §§ 23, 31.1, 102.2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.deadlines.compute import compute
from app.deadlines.facts import Event, Facts, Settings
from app.deadlines.obligations import Obligation
from app.plans.events import plan_events
from app.plans.models import IntegrationPlan

_FIRST, _TOTAL = ("R08",), ("R09", "R10", "R11", "R12", "R13", "R30")


@dataclass(frozen=True)
class Limits:
    """`first_end`: the last day of the first plan, None where the older act set none. `total` is what holds of the others, `all` each of them."""

    first_end: date | None
    total: Obligation
    all: Sequence[Obligation]

    @property
    def end(self) -> date:
        """Give the last day that any plan may have."""
        return self.total.due_on


def limits_of(birth_date: date | None, events: Iterable[Event], as_of: date) -> Limits | None:
    """Give the limits that the events set, None when no plan has been drawn up."""
    found = compute(Facts(birth_date=birth_date), events, Settings(), as_of)
    first = [one.due_on for one in found if one.rule in _FIRST]
    total = [one for one in found if one.rule in _TOTAL]
    if not total:
        return None
    return Limits(first[0] if first else None, max(total, key=lambda one: one.due_on), [one for one in found if one.rule in _FIRST + _TOTAL])


def client_events(session: Session, client_id: str) -> list[Event]:
    """Give the events of the client's plans, their last reviews among them."""
    reviews = select(IntegrationPlan.reviewed_on, IntegrationPlan.ordinal).where(
        IntegrationPlan.client_id == client_id, IntegrationPlan.reviewed_on.is_not(None), IntegrationPlan.status != "ANNULLED"
    )
    reviewed = [Event(type="PLAN_REVIEWED", on=day, plan=ordinal) for day, ordinal in session.execute(reviews) if day]
    return [*plan_events(session, [client_id])[client_id], *reviewed]


def limits_for_client(session: Session, client: Client, as_of: date) -> Limits | None:
    """Give the limits of a client's plans as they are now."""
    return limits_of(client.birth_date, client_events(session, client.id), as_of)
