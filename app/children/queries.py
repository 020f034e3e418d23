"""Reads of what is recorded of a child."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import ChildHearing, Representative


def latest_hearing(session: Session, client_id: str) -> ChildHearing | None:
    """Give the newest hearing of a child, None when there is none."""
    of = ChildHearing
    return session.scalars(select(of).where(of.client_id == client_id).order_by(of.considered_on.desc(), of.created_at.desc()).limit(1)).first()


def without_guardian(session: Session, client_ids: Collection[str]) -> frozenset[str]:
    """Give those of the clients who came without a guardian: a representative has been needed."""
    return frozenset(session.scalars(select(Representative.client_id).where(Representative.client_id.in_(client_ids)).distinct()))
