"""What of a client a wellbeing services county can be invited to: the open assessments and plans, and a plan's coming review."""

from __future__ import annotations

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment
from app.home.due import awaits_review
from app.participations.rules import Matter
from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE


def open_matters(session: Session, client_id: str) -> list[Matter]:
    """Give the matters with their words in the reader's language; two statements."""
    assessments = session.scalars(
        select(Assessment).where(Assessment.client_id == client_id, Assessment.status.not_in(("COMPLETED", "CANCELLED"))).order_by(Assessment.started_on)
    )
    plans = session.scalars(
        select(IntegrationPlan).where(IntegrationPlan.client_id == client_id, IntegrationPlan.status.in_(("DRAFT", *IN_FORCE))).order_by(IntegrationPlan.valid_from)
    ).all()
    found = [Matter(kind="ASSESSMENT", row_id=row.id, text=_("Assessment started on %(day)s", day=format_date(row.started_on))) for row in assessments]
    for plan in plans:
        days = {"first": format_date(plan.valid_from), "last": format_date(plan.valid_to)}
        found.append(Matter(kind="PLAN", row_id=plan.id, text=_("Integration plan %(first)s–%(last)s", **days), ends_on=plan.valid_to))
        if awaits_review(plan):
            day = format_date(plan.planned_review_date)
            found.append(Matter(kind="REVIEW", row_id=plan.id, text=_("Review of the plan, due on %(day)s", day=day), ends_on=plan.valid_to))
    return found
