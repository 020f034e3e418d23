"""Fill what a brought row does not hold and needs: whose it is, its number, its state when none was brought."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.assessments.rules import SECTIONS
from app.clients.actions import membership_of_owner, prepare_client
from app.clients.models import Client
from app.consents.models import Consent
from app.consents.texts import BROUGHT
from app.db.types import new_id
from app.guidance.models import GuidanceEntry
from app.guidance.withdrawal import CONSENT as OF_GUIDANCE
from app.imports.laws.bundle import Bundle, begin, bundle_of, row_of
from app.imports.laws.standing import STATED, service_state, state_by_days
from app.plans.models import IntegrationPlan, PlannedService
from app.reviews.models import PlanReview

_ASSESSMENT, _PLAN, _SERVICE, _REVIEW = ("assessment_id", Assessment), ("plan_id", IntegrationPlan), ("planned_service_id", PlannedService), ("review_id", PlanReview)
# Entity → the field that names its parent, and the parent's model. What is not here names its client itself.
PARENTS: Mapping[str, tuple[str, Any]] = {
    "guidance_need": ("entry_id", GuidanceEntry), "assessment_ground": _ASSESSMENT, "interview_section": _ASSESSMENT, "clarifying_measure": _ASSESSMENT,
    "restricted_section": _ASSESSMENT, "plan_extension": _PLAN, "plan_interruption": _PLAN, "goal": _PLAN, "planned_service": _PLAN, "plan_review": _PLAN,
    "service_participation": _SERVICE, "service_hours": _SERVICE, "service_interruption": _SERVICE, "reviewed_goal": _REVIEW, "hindrance": _REVIEW,
}  # fmt: skip


def derive(session: Session, entity: str, item: Any, *, today: date) -> list[Any]:
    """Fill the row and give the rows that come along with it; done again it changes nothing.

    A client is given its organisation by the caller. A row names its parent by key, and the parent was derived before it or is stored. Raises LookupError
    for one that is neither: it was stopped, and what hangs on it is not brought.
    Costs no statement beyond `session.get` of a stored parent, except that the plans and the consents of a stored client are read once.
    """
    item.id = item.id or new_id()
    if entity == "client":
        bundle = begin(session, item)
    else:
        if entity in PARENTS:
            field, model = PARENTS[entity]
            item.client_id = _must(row_of(session, model, getattr(item, field)), entity).client_id
        bundle = bundle_of(session, item.client_id)
        item.org_id = item.org_id or _must(row_of(session, Client, item.client_id), entity).org_id
    if entity in STATED and item.status is None:
        item.status = state_by_days(entity, item, today)
        bundle.follows.add(item.id)
    more = _OWN.get(entity, _nothing)(session, bundle, item, today)
    bundle.take(item)
    return more


def _must(parent: Any, entity: str) -> Any:
    if parent is None:
        raise LookupError(f"the parent of a row of {entity} is neither brought nor stored")
    return parent


def _nothing(session: Session, bundle: Bundle, item: Any, today: date) -> list[Any]:
    return []


def _client(session: Session, bundle: Bundle, item: Any, today: date) -> list[Any]:
    """The names that are searched by, and whose the client is. A calling name that was not brought is not guessed."""
    prepare_client(item)
    return [] if inspect(item).persistent else [membership_of_owner(item, today)]


def _consent(session: Session, bundle: Bundle, item: Any, today: date) -> list[Any]:
    """The client consented to the old system's own text, which none of the versions here is."""
    item.text_version = item.text_version or BROUGHT
    return []


def _assessment(session: Session, bundle: Bundle, item: Any, today: date) -> list[Any]:
    if item.status == "CANCELLED" and item.outcome is None:
        item.outcome = "CANCELLED"
    return []


def _section(session: Session, bundle: Bundle, item: Any, today: date) -> list[Any]:
    item.position = SECTIONS.index(item.section) + 1
    return []


def _guidance(session: Session, bundle: Bundle, item: Any, today: date) -> list[Any]:
    """As on its page, an entry that names no consent rests on the newest one that had been given by its day and holds."""
    if item.consent_id is None:
        held = [one for one in bundle.rows(session, Consent) if (one.type, one.status) == (OF_GUIDANCE, "GIVEN") and one.given_on <= item.given_on]
        item.consent_id = max(held, key=lambda one: (one.given_on, one.id)).id if held else None
    return []


def _plan(session: Session, bundle: Bundle, item: Any, today: date) -> list[Any]:
    """The plans of a client come in the order they were drawn up, after those that are there."""
    if item.ordinal is None:
        item.ordinal = max((plan.ordinal for plan in bundle.rows(session, IntegrationPlan)), default=0) + 1
    return []


def _participation(session: Session, bundle: Bundle, item: Any, today: date) -> list[Any]:
    """A service whose state was not brought stands where its record tells."""
    service = row_of(session, PlannedService, item.planned_service_id)
    if service.id in bundle.follows:
        service.status = service_state(item) or service.status
    return []


_OWN: Mapping[str, Callable[[Session, Bundle, Any, date], list[Any]]] = {
    "client": _client, "consent": _consent, "guidance_entry": _guidance, "assessment": _assessment, "interview_section": _section, "integration_plan": _plan,
    "service_participation": _participation,
}  # fmt: skip
