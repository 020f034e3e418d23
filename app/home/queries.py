"""Reads of the front page over the actor's clients."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.home.due import AWAITS_REVIEW
from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE

CLOSED = ("CLOSED", "PLAN_ENDED")


def stages_of_clients(session: Session, user_id: int | None) -> dict[str, int]:
    """Count clients at each stage: a worker's own, or everybody's when `user_id` is None."""
    query = select(Client.status, func.count()).where(Client.merged_into_id.is_(None)).group_by(Client.status)
    if user_id is not None:
        query = query.where(Client.responsible_worker_id == user_id)
    return {str(status): int(count) for status, count in session.execute(query)}


def work_by_worker(session: Session, today: date) -> list[dict[str, Any]]:
    """Give each worker's open clients and late reviews, most late first; clients of nobody stand under None."""
    late = case((AWAITS_REVIEW & (IntegrationPlan.planned_review_date < today), Client.id))
    rows = session.execute(
        select(User.id, User.last_name, User.first_name, func.count(func.distinct(Client.id)), func.count(func.distinct(late)))
        .select_from(Client)
        .outerjoin(User, User.id == Client.responsible_worker_id)
        .outerjoin(IntegrationPlan, (IntegrationPlan.client_id == Client.id) & IntegrationPlan.status.in_(IN_FORCE))
        .where(Client.status.not_in(CLOSED), Client.merged_into_id.is_(None))
        .group_by(User.id, User.last_name, User.first_name)
    )  # fmt: skip
    found = [{"user_id": key, "name": f"{last} {first}" if key else None, "clients": clients, "late": late_} for key, last, first, clients, late_ in rows]
    return sorted(found, key=lambda row: (-row["late"], row["name"] or ""))
