"""What the time limits are counted from in plans."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.deadlines.facts import Event
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.models import IntegrationPlan

# A plan that binds nobody, yet or any more, starts no time limit.
NOT_BINDING = ("DRAFT", "ANNULLED")


def events_of_plans(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give what agreed plans lived through, by client; three statements. When they were reviewed is told by their reviews."""
    plans = session.scalars(select(IntegrationPlan).where(IntegrationPlan.client_id.in_(client_ids))).all()
    extensions = session.scalars(select(PlanExtension).where(PlanExtension.client_id.in_(client_ids))).all()
    pauses = session.scalars(select(PlanInterruption).where(PlanInterruption.client_id.in_(client_ids))).all()
    found: dict[str, list[Event]] = {key: [] for key in client_ids}
    for plan in plans:
        found[plan.client_id] += events_of_plan(plan)
    ordinals = binding_ordinals(plans)
    for extension in extensions:
        found[extension.client_id] += event_of_extension(extension, ordinals)
    for pause in pauses:
        found[pause.client_id] += event_of_interruption(pause, ordinals)
    return found


def binding_ordinals(plans: Iterable[IntegrationPlan]) -> dict[str, int]:
    """Give the number of each plan that binds."""
    return {plan.id: plan.ordinal for plan in plans if plan.status not in NOT_BINDING}


def events_of_plan(plan: IntegrationPlan) -> list[Event]:
    """Give what one plan tells by itself; one that was ended before the day was recorded ended on its last day."""
    ended = plan.ended_on or (plan.valid_to if plan.status == "ENDED" else None)
    days = (("PLAN_DRAWN_UP", plan.drawn_up_date), ("PLAN_MAX_REACHED", plan.studies_only_from),
            ("EMPLOYMENT_PLAN_DRAWN_UP", plan.employment_plan_on), ("PLAN_ENDED", ended))  # fmt: skip
    return [Event(type=kind, on=day, plan=plan.ordinal) for kind, day in days if day is not None and plan.status not in NOT_BINDING]


def event_of_extension(row: PlanExtension, ordinals: dict[str, int]) -> list[Event]:
    """Give what an extension of a plan that binds tells."""
    known = row.plan_id in ordinals
    return [Event(type="PLAN_EXTENDED", on=row.decided_on, to=row.extended_to, ground=row.ground, plan=ordinals[row.plan_id])] if known else []


def event_of_interruption(row: PlanInterruption, ordinals: dict[str, int]) -> list[Event]:
    """Give what an interruption of a plan that binds tells."""
    known = row.plan_id in ordinals
    return [Event(type="INTERRUPTION", on=row.starts_on, to=row.ends_on, ground=row.reason, plan=ordinals[row.plan_id])] if known else []
