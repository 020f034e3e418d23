"""Municipalities that merge: clients, rights and open matters of the old one go on in the new one from a day on.

One transaction, in the system's scope: all or nothing. What has happened stays under the old municipality: ended
periods of responsibility, decided rights, the log. Reports ask by day and find the old one there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, delete, func, select, update
from sqlalchemy.orm import Session, aliased

from app.audit.record import record_event
from app.clients.models import Client
from app.core.states import follow
from app.db.base import Model
from app.db.types import new_id
from app.obligations.models import LocalNumber
from app.organisations.editing import edit_organisation
from app.organisations.models import Organisation
from app.responsibility.actions import take_responsibility
from app.responsibility.models import OrganisationPractice
from app.rights.actions import note_event
from app.transfers.models import TransferRequest
from app.transfers.rules import OPEN, place_of
from app.transfers.settling import drop_twice_subscribed, tell_products_apart
from app.transfers.states import TransferLife
from app.users.models import AccessGrant, LocalRole, UserSession

# Columns that name an organisation and stay as they are: who did what, and when.
KEPT = frozenset({
    # Dated rows: the old one ends, a new one begins.
    ("access_grant", "organisation_id"), ("responsibility_period", "org_id"),
    # Figures are read by day: those of the old one count where the new one does (`app/reports/areas.py`).
    ("report_run", "organisation_id"), ("report_fact", "organisation_id"), ("report_sanity", "organisation_id"), ("report_fill", "organisation_id"),
    # What was changed of which organisation, and how it was used then.
    ("organisation_change", "organisation_id"), ("organisation_change", "successor_id"), ("organisation_use", "organisation_id"),
    ("log_finding", "reported_by_id"), ("log_finding", "reader_org_id"),
})  # fmt: skip
# Of a transfer between the two nothing is left to transfer: their rows stay with both.
_TRANSFERS = ("transfer_request", "transfer_side", "transfer_escalation")
_BATCH = 500


class CannotMerge(Exception):
    """What stands in the way, as a sentence for the operator."""


@dataclass(frozen=True)
class Merger:
    """The municipality that ends, the one that goes on, and its first day."""

    old: Organisation
    new: Organisation
    on: date


def moved_columns() -> list[Any]:
    """Give every column that names an organisation and follows the merger."""
    return [
        column for table in Model.metadata.sorted_tables for column in table.columns
        if any(key.column.table.name == "organisation" for key in column.foreign_keys) and (table.name, column.name) not in KEPT
    ]  # fmt: skip


def merger_of(session: Session, old_code: str, new_code: str, on: date) -> Merger:
    """Find the two. Raises CannotMerge when they cannot merge on the day."""
    found = {row.code: row for row in session.scalars(select(Organisation).where(Organisation.kind == "MUNICIPALITY", Organisation.code.in_((old_code, new_code))))}
    if old_code == new_code or len(found) != 2:
        raise CannotMerge("give the codes of two municipalities")
    old, new = found[old_code], found[new_code]
    if (new.valid_to is not None and new.valid_to < on) or (new.valid_from is not None and new.valid_from > on):
        raise CannotMerge(f"{new_code} is not in force on {on}")
    if old.successor_code not in (None, new_code):
        raise CannotMerge(f"{old_code} is continued by {old.successor_code}")
    return Merger(old, new, on)


def merge(session: Session, merger: Merger) -> Counter[str]:
    """Do it, and give how many rows of each table followed; the caller commits, or rolls back to have only counted."""
    _check_twins(session, merger)
    done: Counter[str] = Counter()
    old, new = merger.old.id, merger.new.id
    clients = list(session.scalars(select(Client.id).where(Client.org_id == old).order_by(Client.id)))
    done["access_grant"] = _move_rights(session, merger)
    _withdraw_between(session, merger)
    _settle_names(session, merger)
    for column in moved_columns():
        done[column.table.name] += _follow(session, column, merger)
    session.expire_all()
    for key in clients:
        client = session.get_one(Client, key)
        if client.archived_on is None:
            take_responsibility(session, client, merger.on, "MERGED", old)
    edit_organisation(session, session.get_one(Organisation, old), valid_to=merger.on - timedelta(days=1), successor_code=merger.new.code)
    if sum(done.values()):
        for start in range(0, max(len(clients), 1), _BATCH):
            record_event(session, "organisation:merged", client_ids=clients[start : start + _BATCH], row_id=new, purpose="CONTROLLER")
    return Counter({name: number for name, number in done.items() if number})


def _check_twins(session: Session, merger: Merger) -> None:
    """Refuse while somebody is a client of both: the two must be joined by a person first."""
    if number := twins_of(session, merger.old.id, merger.new.id):
        raise CannotMerge(f"{number} clients of both have the same identity code: join them first")


def twins_of(session: Session, old_id: str, new_id: str) -> int:
    """Count who is a client of both."""
    one, other = aliased(Client), aliased(Client)
    twins = select(func.count()).select_from(one).join(other, one.identity_code_digest == other.identity_code_digest)
    return session.scalar(twins.where(one.org_id == old_id, other.org_id == new_id)) or 0


def _follow(session: Session, column: Any, merger: Merger) -> int:
    """Let the rows that name the old municipality in a column name the new one; their version goes up, so that open forms are refused."""
    table = column.table
    values: dict[str, Any] = {column.name: merger.new.id}
    # That of a training path is no version of a row.
    if "version" in table.columns and isinstance(table.c.version.type, Integer):
        values["version"] = table.c.version + 1
    query = update(table).where(column == merger.old.id)
    if table.name in _TRANSFERS:
        query = query.where((table.c.id if table.name == "transfer_request" else table.c.transfer_id).not_in(_between(merger)))
    found: Any = session.execute(query.values(**values))
    return int(found.rowcount)


def _between(merger: Merger) -> Any:
    of, pair = TransferRequest, (merger.old.id, merger.new.id)
    return select(of.id).where(of.from_id.in_(pair), of.to_id.in_(pair))


def _withdraw_between(session: Session, merger: Merger) -> None:
    """End the open transfers between the two: the client is where they would lead to."""
    for row in session.scalars(select(TransferRequest).where(TransferRequest.id.in_(_between(merger)), TransferRequest.status.in_(OPEN))):
        follow(TransferLife, row, "withdraw")
        row.ended_on, row.waits_for_id, row.place = merger.on, None, place_of(row.status, row.due_on, merger.on)
    session.flush()


def _settle_names(session: Session, merger: Merger) -> None:
    """Make room for what may stand only once in an organisation: its decisions and local numbers, the names of its roles and old systems."""
    session.execute(delete(OrganisationPractice).where(OrganisationPractice.org_id == merger.old.id))
    session.execute(delete(LocalNumber).where(LocalNumber.org_id == merger.old.id))
    drop_twice_subscribed(session, merger.old.id, merger.new.id)
    tell_products_apart(session, merger.old, merger.new)
    roles = session.scalars(select(LocalRole).where(LocalRole.org_id.in_((merger.old.id, merger.new.id)))).all()
    taken = {name for row in roles if row.org_id == merger.new.id for name in (row.name_fi, row.name_sv)}
    for row in roles:
        if row.org_id == merger.old.id and {row.name_fi, row.name_sv} & taken:
            row.name_fi, row.name_sv = f"{row.name_fi[:55]} {merger.old.code}", f"{row.name_sv[:55]} {merger.old.code}"
    session.flush()


def _move_rights(session: Session, merger: Merger) -> int:
    """End each right of the old municipality the day before, and begin the same right in the new one on the day."""
    of, last = AccessGrant, merger.on - timedelta(days=1)
    held = of.ended_at.is_(None) & (of.valid_to.is_(None) | (of.valid_to >= merger.on))
    grants = session.scalars(select(of).where(of.organisation_id == merger.old.id, held).order_by(of.valid_from, of.id)).all()
    for grant in grants:
        if grant.valid_from >= merger.on:
            grant.organisation_id = merger.new.id
        else:
            _continue(session, grant, merger.new.id, merger.on)
            grant.valid_to = last
            note_event(session, "SHORTENED", by=None, grant_id=grant.id)
    session.flush()
    return len(grants)


def _continue(session: Session, grant: AccessGrant, organisation_id: str, on: date) -> None:
    copied = {column.key: getattr(grant, column.key) for column in AccessGrant.__table__.columns if column.key not in ("id", "organisation_id", "valid_from")}
    following = AccessGrant(**copied, id=new_id(), organisation_id=organisation_id, valid_from=on)
    session.add(following)
    session.flush()
    note_event(session, "GRANTED", by=None, grant_id=following.id)
    # Who is signed in goes on working, in the new municipality.
    session.execute(update(UserSession).where(UserSession.grant_id == grant.id, UserSession.ended_at.is_(None)).values(grant_id=following.id))
