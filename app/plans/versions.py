"""The writing of versions: each deed on an agreed plan leaves a frozen picture behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from app.plans.life_models import PlanVersion
from app.plans.models import IntegrationPlan
from app.plans.pictures import Further, nothing_more, picture_of
from app.plans.queries import next_version_number
from app.web.transaction import Change, keep_changes, stamp


def freeze(session: Session, plan: IntegrationPlan, deed: str, *, on: date, reason: str | None = None, further: Further = nothing_more) -> None:
    """Write the plan as it stands after a deed that is written already; the caller commits. Basis: Decree 874/2024 §§ 2–3."""
    session.add(version := PlanVersion(
        client_id=plan.client_id, plan_id=plan.id, org_id=plan.org_id, number=next_version_number(session, plan.id), deed=deed, made_on=on, reason=reason,
        picture=picture_of(session, plan, on, further),
    ))  # fmt: skip
    stamp(version, is_new=True)


def keep_version(session: Session, plan: IntegrationPlan, event: str, deed: str, *, on: date, reason: str | None = None) -> None:
    """Write a plan after a deed with its event and its version, and whatever changed along with it; commit all or nothing."""

    def changes() -> Iterator[Change]:
        yield Change(plan, event)
        freeze(session, plan, deed, on=on, reason=reason)

    keep_changes(session, changes())
