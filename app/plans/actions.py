"""Writes of plans: from the draft to the plan in force, and its end. What happens in between stands in `life_actions.py`."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.clients.actions import advance
from app.core.states import follow
from app.participations.actions import end_of_matter
from app.participations.models import Participation
from app.plans.models import IntegrationPlan
from app.plans.queries import goals_of_plan, interruptions_of_plan, plans_replaced_by
from app.plans.states import PlanLife
from app.plans.versions import keep_version
from app.web.transaction import changed_fields, stamp

# The prefix of the field that holds the result of a goal, by the goal's number.
GOAL_FIELD = "goal_"


def agree_plan(session: Session, plan: IntegrationPlan, **values: Any) -> None:
    """Agree a plan with the client; from then on it is not edited. It comes into force on its first day. Basis: 681/2023 §§ 4, 20, 24.1."""
    follow(PlanLife, plan, "agree")
    for name, value in values.items():
        setattr(plan, name, value)
    if plan.valid_from <= date.today():
        start_plan(session, plan)
    keep_version(session, plan, "plan:agreed", "AGREED", on=plan.agreed_on or date.today())


def start_plan(session: Session, plan: IntegrationPlan) -> None:
    """Bring an agreed plan into force: it takes the place of the one before, and the client is an integration client (§ 5 item 5). The caller commits."""
    with session.no_autoflush:
        for before in plans_replaced_by(session, plan):
            _supersede(session, before)
        follow(PlanLife, plan, "start")
        advance(session, plan.client_id, "start_plan")


def _supersede(session: Session, plan: IntegrationPlan) -> None:
    follow(PlanLife, plan, "supersede")
    end_participations(session, plan)
    note(session, plan, "plan:superseded")


def note(session: Session, plan: IntegrationPlan, event: str) -> None:
    """Write a plan that changes along with another, with its event; the caller commits."""
    stamp(plan, is_new=False)
    record_event(session, event, client_ids=[plan.client_id], row_id=plan.id, fields=changed_fields(plan))


def end_participations(session: Session, plan: IntegrationPlan) -> None:
    """End the county's part in a plan that is followed no more, and in its coming review. Basis: 681/2023 §§ 20.2, 22.2, 81."""
    end_of_matter(session, Participation.plan_id == plan.id)


def end_plan(session: Session, plan: IntegrationPlan, *, ended_on: date, end_reason: str, onward_guidance: str | None,
             employment_plan_on: date | None, **results: str | None) -> None:  # fmt: skip
    """End a plan with the results of its goals and the guidance onward. Basis: 681/2023 §§ 23, 31.3."""
    follow(PlanLife, plan, "end")
    plan.ended_on, plan.end_reason, plan.onward_guidance, plan.employment_plan_on = ended_on, end_reason, onward_guidance, employment_plan_on
    with session.no_autoflush:
        for number, goal in enumerate(goals_of_plan(session, plan.id), start=1):
            goal.result = results[f"{GOAL_FIELD}{number}"]
            stamp(goal, is_new=False)
        close_interruption(session, plan, ended_on)
        advance(session, plan.client_id, "end_plan")
        end_participations(session, plan)
    keep_version(session, plan, "plan:ended", "ENDED", on=ended_on)


def close_interruption(session: Session, plan: IntegrationPlan, on: date) -> None:
    """Give an interruption that goes on its last day, or one that was to go on longer; the caller commits."""
    for pause in interruptions_of_plan(session, plan.id):
        if pause.ends_on is None or pause.ends_on > on:
            pause.ends_on = max(on, pause.starts_on)
            stamp(pause, is_new=False)


def annul_plan(session: Session, plan: IntegrationPlan, *, reason: str) -> None:
    """Annul a plan that was agreed by mistake; it starts no time limit any more. A client whose plan it was is without one again."""
    was_in_force = plan.status not in ("AGREED", "SUPERSEDED", "ENDED")
    follow(PlanLife, plan, "annul")
    with session.no_autoflush:
        if was_in_force:
            advance(session, plan.client_id, "annul_plan")
        end_participations(session, plan)
    keep_version(session, plan, "plan:annulled", "ANNULLED", on=date.today(), reason=reason)
