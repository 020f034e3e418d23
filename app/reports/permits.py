"""The first right of residence of each person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clients.facts import ResidenceBasis
from app.reports.owned import OwnerOf, own_rows


def first_permits(session: Session, org_ids: tuple[str, ...], owner_of: OwnerOf, day: date) -> dict[str, tuple[date, str]]:
    """Give day and ground of the first right of residence by the day: what the three years of §§ 14.1 and 20.3 run from."""
    basis = ResidenceBasis
    wanted = select(basis.client_id, basis.granted_date, basis.ground).where(basis.kind != "OTHER", basis.granted_date <= day)
    latest_first = own_rows(session, org_ids, owner_of, basis, wanted.order_by(basis.granted_date.desc(), basis.id))
    return {key: (granted_on, ground) for key, granted_on, ground, _owner in latest_first}
