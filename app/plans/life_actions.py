"""Writes of what an agreed plan lives through: extension, interruption, limiting to studies, correction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.clients.actions import advance
from app.core.states import follow
from app.plans.actions import close_interruption
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.models import IntegrationPlan
from app.plans.queries import extensions_of_plan
from app.plans.states import PlanLife
from app.plans.versions import keep_version
from app.web.transaction import keep, stamp


def extend_plan(session: Session, plan: IntegrationPlan, *, ground: str, extended_to: date, reasons: str, decided_by: str, decided_on: date) -> None:
    """Lengthen a plan beyond what plans otherwise may last. Basis: 681/2023 §§ 23.3, 23.4, 31.1."""
    follow(PlanLife, plan, "extend")
    row = PlanExtension(ground=ground, extended_from=plan.valid_to, extended_to=extended_to, reasons=reasons, decided_by=decided_by, decided_on=decided_on)
    plan.valid_to = extended_to
    _keep_with(session, plan, row, "EXTENDED", "plan:extended", on=decided_on)


def _keep_with(session: Session, plan: IntegrationPlan, row: Any, deed: str, event: str, *, on: date) -> None:
    row.client_id, row.plan_id, row.org_id = plan.client_id, plan.id, plan.org_id
    stamp(row, is_new=True)
    session.add(row)
    keep_version(session, plan, event, deed, on=on)


def interrupt_plan(session: Session, plan: IntegrationPlan, *, reason: str, starts_on: date, ends_on: date | None, grounds: str | None) -> None:
    """Record that the client cannot take part for a time; the maximum moves by its days. Basis: 681/2023 § 23.4."""
    follow(PlanLife, plan, "interrupt")
    advance(session, plan.client_id, "interrupt_plan")
    row = PlanInterruption(reason=reason, starts_on=starts_on, ends_on=ends_on, grounds=grounds)
    _keep_with(session, plan, row, "INTERRUPTED", "plan:interrupted", on=starts_on)


def resume_plan(session: Session, plan: IntegrationPlan, *, ends_on: date) -> None:
    """Let a plan go on after an interruption, whose last day is `ends_on`."""
    go_on(session, plan)
    close_interruption(session, plan, ends_on)
    keep_version(session, plan, "plan:resumed", "RESUMED", on=ends_on + timedelta(days=1))


def go_on(session: Session, plan: IntegrationPlan) -> None:
    """Bring an interrupted plan and its client back to where they were; the caller commits."""
    with session.no_autoflush:
        follow(PlanLife, plan, "resume_extended" if extensions_of_plan(session, plan.id) else "resume")
        advance(session, plan.client_id, "resume_plan")


def limit_to_studies(session: Session, plan: IntegrationPlan, *, limited_from: date, studies_end: date) -> None:
    """Let a plan whose maximum is reached hold for the support of studies alone. Basis: 681/2023 § 31.2–3."""
    follow(PlanLife, plan, "limit_to_studies")
    plan.studies_only_from, plan.valid_to = limited_from, studies_end
    with session.no_autoflush:
        close_interruption(session, plan, limited_from - timedelta(days=1))
        advance(session, plan.client_id, "limit_to_studies")
    keep_version(session, plan, "plan:limited_to_studies", "STUDIES_ONLY", on=limited_from)


def correct_plan(session: Session, plan: IntegrationPlan, *, drawn_up_date: date, reason: str) -> None:
    """Correct the day an agreed plan was drawn up; every time limit counted from it moves."""
    follow(PlanLife, plan, "correct")
    plan.drawn_up_date = drawn_up_date
    keep_version(session, plan, "plan:corrected", "CORRECTED", on=date.today(), reason=reason)


def tell_kela(session: Session, plan: IntegrationPlan, *, kela_told_on: date) -> None:
    """Record that Kela was told of the plan of a client on home-care allowance. Basis: 681/2023 § 88.1.

    What was agreed with the client is the same, so the plan gets no version of its own.
    """
    follow(PlanLife, plan, "tell_kela")
    plan.kela_told_on = kela_told_on
    keep(session, plan, "plan:kela_told", is_new=False)
