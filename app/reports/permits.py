"""The first right of residence of each person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clients.facts import ResidenceBasis


def first_permits(session: Session, org_id: str, day: date) -> dict[str, tuple[date, str]]:
    """Give day and ground of the first right of residence by the day: what the three years of §§ 14.1 and 20.3 run from."""
    basis = ResidenceBasis
    wanted = select(basis.client_id, basis.granted_date, basis.ground).where(
        basis.org_id == org_id, basis.kind != "OTHER", basis.granted_date <= day
    )
    latest_first = session.execute(wanted.order_by(basis.granted_date.desc(), basis.id))
    return {key: (granted_on, ground) for key, granted_on, ground in latest_first}
