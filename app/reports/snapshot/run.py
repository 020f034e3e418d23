"""Write the facts of all municipalities in a period, one transaction a municipality."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.organisations.models import Organisation
from app.reports.periods import Period
from app.reports.snapshot.write import write_facts


def snapshot(session: Session, period: Period, today: date) -> int:
    """Write a period anew and commit municipality by municipality; gives how many. Raises ClosedPeriodError."""
    keys = list(session.scalars(select(Organisation.id).where(Organisation.kind == "MUNICIPALITY").order_by(Organisation.id)))
    for key in keys:
        write_facts(session, key, period, today)
        session.commit()
    return len(keys)
