"""What the end of a client relationship and the joining of two records ask of plans, and the end does to whoever takes part."""

from __future__ import annotations

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.participations.actions import end_of_matter
from app.participations.models import Participation
from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE


def plans_to_settle(session: Session, client: Client) -> list[str]:
    """Give a sentence for each agreed plan that is yet to come into force: it would make a client of whoever is one no more."""
    query = select(IntegrationPlan.valid_from).where(IntegrationPlan.client_id == client.id, IntegrationPlan.status == "AGREED")
    with session.no_autoflush:
        days = session.scalars(query.order_by(IntegrationPlan.valid_from)).all()
    return [_("A plan is agreed to come into force on %(day)s. Annul it first.", day=format_date(day)) for day in days]


def plans_of_both(session: Session, kept: Client, other: Client) -> list[str]:
    """Give a sentence when each of two records of one person has a plan that binds: a client has one."""
    query = select(IntegrationPlan.client_id).where(IntegrationPlan.client_id.in_((kept.id, other.id)), IntegrationPlan.status.in_(("AGREED", *IN_FORCE)))
    with session.no_autoflush:
        has = set(session.scalars(query))
    return [_("Both records have an integration plan that is in force or agreed. End or annul one of them first.")] if len(has) == 2 else []


def end_all_participations(session: Session, client: Client) -> None:
    """End every part of a county in a matter of the client; the caller commits."""
    end_of_matter(session, Participation.client_id == client.id)
