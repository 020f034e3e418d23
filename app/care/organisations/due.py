"""Do the changes whose day has come, and count what the mergers to come will move; the clock does it in the system's scope."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.membership import ClientMembership
from app.care.organisations.actions import done, rename
from app.care.organisations.models import END, MERGE, RENAME, OrganisationChange
from app.care.organisations.queries import planned_changes
from app.clients.models import Client
from app.db.types import now
from app.plans.models import IntegrationPlan
from app.rights.actions import note_event
from app.transfers.merger import CannotMerge, merge, merger_of, twins_of
from app.transfers.models import TransferRequest
from app.transfers.rules import OPEN
from app.users.models import AccessGrant

log = structlog.get_logger()
_COUNTED_FOR = timedelta(hours=12)


def do_changes(session: Session, today: date) -> Counter[str]:
    """Do what is due, each change in a transaction of its own; gives how many were done, counted and hindered."""
    found: Counter[str] = Counter()
    for key in [row.id for row in planned_changes(session)]:
        row = session.get_one(OrganisationChange, key)
        if row.takes_effect_on <= today:
            found["done" if _do(session, row) else "hindered"] += 1
        elif row.kind == MERGE and _is_count_old(row):
            count(session, row)
            found["counted"] += 1
    return found


def _is_count_old(row: OrganisationChange) -> bool:
    return row.counted_at is None or row.counted_at < now() - _COUNTED_FOR


def _do(session: Session, row: OrganisationChange) -> bool:
    try:
        if row.kind == RENAME:
            rename(session, row)
        elif row.kind == END:
            _end_rights(session, row)
            done(session, row)
        else:
            moved = merge(session, merger_of(session, row.organisation.code, _successor_code(row), row.takes_effect_on))
            row.counted = json.dumps({**json.loads(row.counted or "{}"), "rows": sum(moved.values())})
            done(session, row)
        session.commit()
    except CannotMerge as error:
        session.rollback()
        log.warning("merger_hindered", change=row.id, why=str(error))
        count(session, row)
        return False
    return True


def _successor_code(row: OrganisationChange) -> str:
    return row.successor.code if row.successor else ""


def count(session: Session, row: OrganisationChange) -> None:
    """Count what a merger will move: a fixed number of statements; commits."""
    old = row.organisation_id
    held = AccessGrant.ended_at.is_(None) & (AccessGrant.valid_to.is_(None) | (AccessGrant.valid_to >= row.takes_effect_on))
    asked = {
        "clients": select(func.count()).select_from(Client).where(Client.org_id == old, Client.status != "CLOSED"),
        "closed": select(func.count()).select_from(Client).where(Client.org_id == old, Client.status == "CLOSED"),
        "plans": select(func.count()).select_from(IntegrationPlan).where(IntegrationPlan.org_id == old),
        "rights": select(func.count()).select_from(AccessGrant).where(AccessGrant.organisation_id == old, held),
        "transfers": select(func.count()).select_from(TransferRequest).where(
            (TransferRequest.from_id == old) | (TransferRequest.to_id == old), TransferRequest.status.in_(OPEN)
        ),
        "shares": select(func.count()).select_from(ClientMembership).where(ClientMembership.shared_by_id == old),
    }
    row.counted = json.dumps({name: session.scalar(query) or 0 for name, query in asked.items()})
    row.shared_persons = twins_of(session, old, row.successor_id or old)
    row.counted_at = now()
    session.commit()


def _end_rights(session: Session, row: OrganisationChange) -> None:
    """Let the rights in an organisation end with it."""
    of, last = AccessGrant, row.takes_effect_on - timedelta(days=1)
    later = of.ended_at.is_(None) & (of.valid_to.is_(None) | (of.valid_to > last))
    for grant in session.scalars(select(of).where(of.organisation_id == row.organisation_id, later)):
        grant.valid_to = max(last, grant.valid_from)
        note_event(session, "SHORTENED", by=None, grant_id=grant.id)
    session.flush()
