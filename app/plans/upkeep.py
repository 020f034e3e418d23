"""What days bring about by themselves: an agreed plan comes into force, and an interruption whose last day is known ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.states import NotNow
from app.plans.actions import start_plan
from app.plans.life_actions import go_on
from app.plans.life_models import PlanInterruption
from app.plans.models import IntegrationPlan
from app.plans.versions import keep_version
from app.web.transaction import keep


def upkeep(session: Session, on: date) -> dict[str, int]:
    """Bring every plan to where it is on a day, each in a transaction of its own; done again, or after a break, it changes nothing more.

    Gives how many plans came into force and how many went on, and how many could not, as the stage of the client does not allow it.
    """
    done: Counter[str] = Counter()
    last = select(PlanInterruption.id).where(PlanInterruption.plan_id == IntegrationPlan.id)
    goes_on = last.where(PlanInterruption.ends_on.is_(None) | (PlanInterruption.ends_on >= on)).exists()
    works = (
        ("started", (IntegrationPlan.status == "AGREED") & (IntegrationPlan.valid_from <= on), _start),
        ("resumed", (IntegrationPlan.status == "INTERRUPTED") & last.exists() & ~goes_on, _resume),
    )
    for name, condition, act in works:
        for key in session.scalars(select(IntegrationPlan.id).where(condition).order_by(IntegrationPlan.valid_from, IntegrationPlan.id)).all():
            done[name if _is_done(session, act, key) else "refused"] += 1
    return dict(done)


def _is_done(session: Session, act: Callable[[Session, IntegrationPlan], None], key: str) -> bool:
    try:
        act(session, session.get_one(IntegrationPlan, key))
    except NotNow:
        session.rollback()
        return False
    return True


def _start(session: Session, plan: IntegrationPlan) -> None:
    start_plan(session, plan)
    keep(session, plan, "plan:started", is_new=False)


def _resume(session: Session, plan: IntegrationPlan) -> None:
    with session.no_autoflush:
        last = session.scalars(select(PlanInterruption.ends_on).where(PlanInterruption.plan_id == plan.id)).all()
    go_on(session, plan)
    keep_version(session, plan, "plan:resumed", "RESUMED", on=max(day for day in last if day) + timedelta(days=1))
