"""Derive who is responsible for a client, whenever what it follows from changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.clients.models import Client
from app.responsibility.models import OrganisationPractice, ResponsibilityPeriod, StatusPeriod
from app.responsibility.queries import delegation_of, responsibilities_of, searches_in, statuses_of
from app.responsibility.rules import Responsible, responsible_periods

BATCH = 500
# Reasons that another municipality was responsible before; its periods stay as they are.
BARRIERS = frozenset({"MOVED", "MERGED"})


def derive(session: Session, client: Client, statuses: Sequence[StatusPeriod] | None = None) -> bool:
    """Bring the client's periods of responsibility in line with `statuses`, those stored without; tells whether any changed.

    What another municipality was before the client moved here stays as it is. The caller commits.
    """
    with session.no_autoflush:
        known = statuses_of(session, [client.id]) if statuses is None else list(statuses)
        stored = responsibilities_of(session, client.id)
        searches, delegated = searches_in(known), delegation_of(session, client.org_id)
    barrier = next((row for row in reversed(stored) if row.reason in BARRIERS), None)
    since = barrier.starts_on if barrier else min([client.relationship_started, *(one.start for one in searches)])
    if barrier is None and not searches and delegated is None and not stored:
        # The municipality has been responsible all along: nothing needs telling.
        return False
    wanted = responsible_periods(since, searches, delegated)
    if barrier:
        wanted[0] = Responsible(wanted[0].responsible, wanted[0].start, wanted[0].end, barrier.reason)
    return _replace(session, client, [row for row in stored if row.starts_on >= since], wanted)


def _replace(session: Session, client: Client, stored: list[ResponsibilityPeriod], wanted: list[Responsible]) -> bool:
    """Keep the rows that are as wanted, take the others away and write what is missing."""
    missing, is_changed = list(wanted), False
    for row in stored:
        said = Responsible(row.responsible, row.starts_on, row.ends_on, row.reason)
        if said in missing:
            missing.remove(said)
        else:
            session.delete(row)
            is_changed = True
    for one in missing:
        session.add(ResponsibilityPeriod(client_id=client.id, org_id=client.org_id, responsible=one.responsible, starts_on=one.start, ends_on=one.end, reason=one.reason))
    return is_changed or bool(missing)


def take_responsibility(session: Session, client: Client, on: date, reason: str, before_id: str) -> None:
    """Let the client's municipality be responsible from a day on, `before_id` until the day before; the caller commits.

    `reason` is one of `BARRIERS`. Periods that have ended keep the organisation they were of, so that a report of an earlier day finds it.
    """
    rows = responsibilities_of(session, client.id)
    if not rows and client.relationship_started < on:
        rows = [ResponsibilityPeriod(client_id=client.id, org_id=before_id, responsible="MUNI", starts_on=client.relationship_started, reason="BEGINNING")]
        session.add_all(rows)
    for row in rows:
        if row.starts_on >= on:
            session.delete(row)
        elif row.ends_on is None or row.ends_on >= on:
            row.ends_on = on - timedelta(days=1)
    session.add(ResponsibilityPeriod(client_id=client.id, org_id=client.org_id, responsible="MUNI", starts_on=on, reason=reason))
    session.flush()
    derive(session, client)
    session.flush()


def follow_status(client: Client, statuses: Sequence[StatusPeriod], today: date) -> None:
    """Let the client's employment status be that of the period that holds today, the latest begun of several."""
    current = [row for row in statuses if row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)]
    if current:
        client.employment_status = max(current, key=lambda row: row.starts_on).employment_status


def derive_all(session: Session) -> int:
    """Derive every client of municipalities that have decided something, as after a decision of § 8; gives how many changed. Commits."""
    changed = 0
    for organisation in session.scalars(select(OrganisationPractice.org_id).order_by(OrganisationPractice.org_id)).all():
        keys = session.scalars(select(Client.id).where(Client.org_id == organisation, Client.archived_on.is_(None), Client.merged_into_id.is_(None)).order_by(Client.id)).all()
        for start in range(0, len(keys), BATCH):
            for client in session.scalars(select(Client).where(Client.id.in_(keys[start : start + BATCH])).order_by(Client.id)).all():
                if derive(session, client):
                    record_event(session, "responsibility_period:changed", client_ids=[client.id], row_id=client.id)
                    changed += 1
            # The time limits of the batch follow in its transaction.
            session.commit()
    return changed
