"""How long a client's plans may last, and why: the answer of `app/deadlines` to the facts of the client. Basis: 681/2023 §§ 23, 31.1, 102.2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.compute import compute
from app.deadlines.facts import Event, Facts, Settings
from app.deadlines.obligations import Obligation
from app.plans.events import binding_ordinals, event_of_extension, event_of_interruption, events_of_plan
from app.plans.life_models import PlanExtension, PlanInterruption
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


@dataclass(frozen=True)
class Course:
    """The plans of one client and what they lived through."""

    plans: Sequence[IntegrationPlan]
    extensions: Sequence[PlanExtension]
    interruptions: Sequence[PlanInterruption]

    @property
    def events(self) -> list[Event]:
        """Give the events the limits are counted from; of the reviews the last one of each plan tells enough."""
        ordinals = binding_ordinals(self.plans)
        found = [event for plan in self.plans for event in events_of_plan(plan)]
        found += [event for row in self.extensions for event in event_of_extension(row, ordinals)]
        found += [event for pause in self.interruptions for event in event_of_interruption(pause, ordinals)]
        return [*found, *(Event(type="PLAN_REVIEWED", on=plan.reviewed_on, plan=plan.ordinal) for plan in self.plans if plan.id in ordinals and plan.reviewed_on)]

    def extensions_of(self, plan: IntegrationPlan) -> list[PlanExtension]:
        """Give the extensions of one plan."""
        return [row for row in self.extensions if row.plan_id == plan.id]

    def interruptions_of(self, plan: IntegrationPlan) -> list[PlanInterruption]:
        """Give the interruptions of one plan."""
        return [row for row in self.interruptions if row.plan_id == plan.id]


def course_of_client(session: Session, client_id: str) -> Course:
    """Give the course of a client's plans, each kind in the order of its days; three statements."""

    def rows(model: Any, order: Any) -> Sequence[Any]:
        return session.scalars(select(model).where(model.client_id == client_id).order_by(order, model.created_at, model.id)).all()

    return Course(
        rows(IntegrationPlan, IntegrationPlan.ordinal), rows(PlanExtension, PlanExtension.decided_on), rows(PlanInterruption, PlanInterruption.starts_on),
    )  # fmt: skip
