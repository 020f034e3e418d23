"""What held on a day, told in SQL the same for every figure, from the days in the records."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from app.assessments.models import Assessment
from app.clients.models import Client
from app.plans.events import NOT_BINDING
from app.plans.models import IntegrationPlan


def is_client(day: date) -> ColumnElement[bool]:
    """An open relationship at the end of the day, of a record that is not joined to another."""
    return and_(
        Client.merged_into_id.is_(None),
        Client.relationship_started <= day,
        or_(Client.relationship_ended.is_(None), Client.relationship_ended > day),
    )


def is_valid_plan(day: date) -> ColumnElement[bool]:
    """A plan that makes its person an integration client at the end of the day: it has begun, its last day is not behind and it has not ended.

    Basis: 681/2023 § 5 item 5.
    """
    plan = IntegrationPlan
    has_not_ended = or_(plan.ended_on.is_(None), plan.ended_on > day)
    return and_(plan.status.not_in(NOT_BINDING), plan.valid_from <= day, plan.valid_to >= day, has_not_ended)


def is_standing(day: date) -> ColumnElement[bool]:
    """An assessment that had begun by the day and was not cancelled by then."""
    return and_(Assessment.started_on <= day, or_(Assessment.cancelled_on.is_(None), Assessment.cancelled_on > day))
