"""Count every night how each organisation uses the service: the same few statements however large the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.care.use.models import OrganisationUse
from app.clients.models import Client
from app.db.types import now
from app.imports.models import ImportBatch, ImportFile
from app.organisations.models import Organisation
from app.plans.models import IntegrationPlan
from app.plans.rules import IN_FORCE
from app.reports.conditions import is_client
from app.users.models import AccessGrant
from app.users.queries import in_force, of_person

NUMBERS = ("rights", "active_30", "active_90", "clients", "plans", "imports", "stored_bytes")


def count_use(session: Session, on: date) -> int:
    """Write the numbers of every municipality in force, and of every other organisation that has some; commits, gives how many.

    A month has one row of an organisation: counting again writes over it.
    """
    found = _numbers(session, on)
    month = f"{on:%Y-%m}"
    known = {row.organisation_id: row for row in session.scalars(select(OrganisationUse).where(OrganisationUse.month == month))}
    counted = 0
    for organisation in session.scalars(select(Organisation)):
        numbers = found.get(organisation.id, {})
        is_asked = organisation.kind == "MUNICIPALITY" and _is_in_force(organisation, on)
        if not is_asked and not any(numbers.values()) and organisation.id not in known:
            continue
        row = known.get(organisation.id) or OrganisationUse(organisation_id=organisation.id, month=month)
        row.name_fi, row.name_sv, row.kind, row.counted_on, row.counted_at = organisation.name_fi, organisation.name_sv, organisation.kind, on, now()
        for name in NUMBERS:
            setattr(row, name, numbers.get(name, 0))
        session.add(row)
        counted += 1
    session.commit()
    return counted


def _is_in_force(organisation: Organisation, on: date) -> bool:
    begins, ends = organisation.valid_from, organisation.valid_to
    return (begins is None or begins <= on) and (ends is None or ends >= on)


def _numbers(session: Session, on: date) -> Mapping[str, dict[str, int]]:
    """Give organisation → number by name: one statement for each number."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for name, query in _questions(on).items():
        for key, number in session.execute(query):
            found[key][name] = int(number or 0)
    return found


def _questions(on: date) -> dict[str, Any]:
    people, of = func.count(AccessGrant.user_id.distinct()), AccessGrant.organisation_id
    held = select(of, people).where(in_force(on), of_person()).group_by(of)
    return {
        "rights": held,
        "active_30": held.where(AccessGrant.last_used_on > on - timedelta(days=30)),
        "active_90": held.where(AccessGrant.last_used_on > on - timedelta(days=90)),
        "clients": select(Client.org_id, func.count()).where(is_client(on)).group_by(Client.org_id),
        "plans": select(IntegrationPlan.org_id, func.count()).where(IntegrationPlan.status.in_(IN_FORCE)).group_by(IntegrationPlan.org_id),
        "imports": select(ImportBatch.org_id, func.count()).group_by(ImportBatch.org_id),
        "stored_bytes": select(ImportFile.org_id, func.sum(ImportFile.size)).where(ImportFile.removed_at.is_(None)).group_by(ImportFile.org_id),
    }
