"""What a client's plans tell the time limits (`app/deadlines`)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.facts import Event
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.models import IntegrationPlan

# A plan that binds nobody (yet) starts no time limit.
_NO_PLAN = ("DRAFT", "ANNULLED")


def plan_events(session: Session, client_ids: Iterable[str]) -> dict[str, list[Event]]:
    """Give the events of the plans by client, in the order of their days; three statements."""
    keys = list(client_ids)
    found: dict[str, list[Event]] = {key: [] for key in keys}
    plans = session.scalars(
        select(IntegrationPlan).where(IntegrationPlan.client_id.in_(keys), IntegrationPlan.status.not_in(_NO_PLAN)).order_by(IntegrationPlan.drawn_up_date)
    )
    ordinals: dict[str, int] = {}
    for plan in plans:
        ordinals[plan.id] = plan.ordinal
        found[plan.client_id] += events_of_plan(plan)
    for extension in session.scalars(select(PlanExtension).where(PlanExtension.plan_id.in_(ordinals))) if ordinals else ():
        found[extension.client_id].append(extension_event(extension, ordinals[extension.plan_id]))
    for pause in session.scalars(select(PlanInterruption).where(PlanInterruption.plan_id.in_(ordinals))) if ordinals else ():
        found[pause.client_id].append(interruption_event(pause, ordinals[pause.plan_id]))
    return {key: sorted(events, key=lambda event: (event.on, event.type)) for key, events in found.items()}


def events_of_plan(plan: IntegrationPlan) -> list[Event]:
    """Give what one plan tells by itself; when it was reviewed is told by its reviews."""
    days = (("PLAN_DRAWN_UP", plan.drawn_up_date), ("PLAN_MAX_REACHED", plan.studies_only_from),
            ("EMPLOYMENT_PLAN_DRAWN_UP", plan.employment_plan_on), ("PLAN_ENDED", plan.ended_on))  # fmt: skip
    return [Event(type=kind, on=day, plan=plan.ordinal) for kind, day in days if day is not None]


def extension_event(extension: PlanExtension, ordinal: int) -> Event:
    """Give what an extension tells."""
    return Event(type="PLAN_EXTENDED", on=extension.decided_on, to=extension.extended_to, ground=extension.ground, plan=ordinal)


def interruption_event(pause: PlanInterruption, ordinal: int) -> Event:
    """Give what an interruption tells."""
    return Event(type="INTERRUPTION", on=pause.starts_on, to=pause.ends_on, ground=pause.reason, plan=ordinal)
