"""The persons of a municipality on the last day of a period, with the values they are counted by."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.clients.rules import age_on
from app.reports.dimensions import UNKNOWN, age_group
from app.reports.observation import Subject
from app.responsibility.models import ResponsibilityPeriod


def subjects_of(session: Session, org_id: str, day: date) -> dict[str, Subject]:
    """Give every person the municipality has or has had a record of by the client's key; one joined to another is not a person of its own."""
    wanted = select(Client.id, Client.gender, Client.birth_date, Client.non_disclosure).where(
        Client.org_id == org_id, Client.merged_into_id.is_(None)
    )
    responsible = _responsible(session, org_id, day)
    made: dict[str, Subject] = {}
    for key, gender, birth_date, is_protected in session.execute(wanted):
        values = (responsible.get(key, UNKNOWN[0]), gender or UNKNOWN[0], age_group(age_on(birth_date, day)))
        made[key] = Subject(values, is_protected=is_protected, is_complete=UNKNOWN[0] not in values)
    return made


def _responsible(session: Session, org_id: str, day: date) -> dict[str, str]:
    period = ResponsibilityPeriod
    wanted = select(period.client_id, period.responsible).where(
        period.org_id == org_id, period.starts_on <= day, (period.ends_on.is_(None)) | (period.ends_on >= day)
    )
    return {row.client_id: row.responsible for row in session.execute(wanted)}
