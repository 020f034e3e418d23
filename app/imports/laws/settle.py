"""What follows from all that was brought of one client, once the last row of the client is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.clients.models import Client
from app.contacts.models import InitialContact
from app.guidance.models import GuidanceEntry
from app.imports.laws.bundle import Bundle, bundle_of, delegation, row_of
from app.imports.laws.row import Broken
from app.imports.laws.standing import stage_of
from app.plans.life_models import PlanInterruption
from app.plans.models import IntegrationPlan
from app.responsibility.actions import follow_status, follow_up
from app.responsibility.models import ResponsibilityPeriod, StatusPeriod
from app.responsibility.queries import responsibilities_of
from app.reviews.models import PlanReview

SETTLED = {
    "STAGE": _l("The stage of the client does not follow from what was brought of assessments and plans. Check the stage."),
    "NOT_INTERRUPTED": _l("The plan is interrupted, but no interruption that goes on was brought."),
}  # fmt: skip


@dataclass(frozen=True)
class Settled:
    """The rows that came along or changed, beside those brought, and what is told of brought rows; nothing of it stops a row."""

    rows: list[Any]
    broken: list[tuple[Any, Broken]]


def settle(session: Session, client_id: str, *, today: date) -> Settled:
    """Derive the stage of a client whose state was not brought, the employment status, who was responsible, and when plans were last reviewed.

    Costs two statements, and of a stored client each model at most once. Done again it changes nothing.
    """
    bundle, client = bundle_of(session, client_id), row_of(session, Client, client_id)
    changed = [*_reviewed(session, bundle), *_responsible(session, bundle, client, today)]
    stage = _stage(session, bundle)
    if client_id in bundle.follows and client.status != "CLOSED":
        client.status = stage
    return Settled(changed, [*_broken_stage(client, stage), *_broken_plans(session, bundle)])


def _stage(session: Session, bundle: Bundle) -> str:
    return stage_of(
        plans=[plan.status for plan in bundle.rows(session, IntegrationPlan)], is_guided=bool(bundle.rows(session, GuidanceEntry)),
        assessments=[(one.status, one.outcome) for one in bundle.rows(session, Assessment)],
        outcomes=[contact.outcome for contact in bundle.rows(session, InitialContact)],
    )  # fmt: skip


def _reviewed(session: Session, bundle: Bundle) -> Iterator[IntegrationPlan]:
    reviews = bundle.rows(session, PlanReview)
    for plan in bundle.rows(session, IntegrationPlan):
        last = max((review.reviewed_on for review in reviews if review.plan_id == plan.id), default=None)
        if last and (plan.reviewed_on is None or plan.reviewed_on < last):
            plan.reviewed_on = last
            yield plan


def _responsible(session: Session, bundle: Bundle, client: Client, today: date) -> list[Any]:
    statuses = bundle.rows(session, StatusPeriod)
    before = client.employment_status
    follow_status(client, statuses, today)
    known = {id(row) for row in session.new}
    with session.no_autoflush:
        stored = [] if bundle.is_new else responsibilities_of(session, client.id)
        follow_up(session, client, statuses, stored, delegation(session, client.org_id))
    made = [row for row in session.new if isinstance(row, ResponsibilityPeriod) and id(row) not in known]
    return [*made, *([client] if client.employment_status != before else [])]


# The stages that a plan in force brings, and the others.
_BY_PLAN = ("PLAN_ACTIVE", "PLAN_INTERRUPTED", "VALID_FOR_STUDIES_ONLY")


def _broken_stage(client: Client, stage: str) -> Iterator[tuple[Any, Broken]]:
    """A client's stage is told of where it says something else of a plan in force than the plans do; the stages before are the worker's to know."""
    if client.status != stage and {client.status, stage} & set(_BY_PLAN):
        yield client, Broken("status", "STAGE", SETTLED["STAGE"], stops=False)


def _broken_plans(session: Session, bundle: Bundle) -> Iterator[tuple[Any, Broken]]:
    going_on = {pause.plan_id for pause in bundle.rows(session, PlanInterruption) if pause.ends_on is None}
    for plan in bundle.rows(session, IntegrationPlan):
        if plan.status == "INTERRUPTED" and plan.id not in going_on:
            yield plan, Broken("status", "NOT_INTERRUPTED", SETTLED["NOT_INTERRUPTED"], stops=False)
