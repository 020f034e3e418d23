"""What crosses from one municipality to another, done by the operator's process in the system's scope and by no request.

It finds whom a request means, delivers offers, moves clients on their day and escalates what nobody answered. Each
transfer is a transaction of its own: a run that is stopped leaves whole transfers, and the next run does the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.audit.record import record_event
from app.clients.models import Client
from app.core.folding import folded
from app.core.states import follow
from app.obligations.actions import refresh
from app.participations.actions import end
from app.participations.models import Participation
from app.participations.queries import open_participations
from app.transfers.actions import side_about
from app.transfers.models import TransferEscalation, TransferRequest, TransferSide
from app.transfers.moving import move_client
from app.transfers.notices import tell
from app.transfers.queries import has_own_client, leads_of, owner_of, side_of
from app.transfers.rules import OPEN, WAITING, place_of
from app.transfers.states import TransferLife

Work = Callable[[Session, TransferRequest, date], str | None]


def run(session: Session, on: date) -> Counter[str]:
    """Deliver what is new and move whose day has come; gives how many of each. Again on the same day it does nothing."""
    of = TransferRequest
    told = _each(session, select(of.id).where(of.status.in_(WAITING)).order_by(of.created_at), _deliver, on)
    return told + _each(session, select(of.id).where(of.status == "ACCEPTED", of.moves_on <= on).order_by(of.moves_on), _complete, on)


def escalate(session: Session, on: date) -> Counter[str]:
    """Escalate what nobody answered by its day, and take what has ended off the national agency's list."""
    of = TransferRequest
    settled = select(of.id).where(of.status != "ESCALATED")
    session.execute(delete(TransferEscalation).where(TransferEscalation.transfer_id.in_(settled)))
    session.commit()
    late = select(of.id).where(of.status.in_(("SENT", "ASKED")), of.due_on < on)
    return _each(session, late.order_by(of.due_on), _escalate, on)


def _each(session: Session, keys: object, work: Work, on: date) -> Counter[str]:
    done: Counter[str] = Counter()
    found: Iterable[str] = session.scalars(keys).all()  # type: ignore[call-overload]
    for key in found:
        row = session.get_one(TransferRequest, key, populate_existing=True)
        try:
            what = work(session, row, on)
            session.commit()
        except StaleDataError:
            # A person answered meanwhile: the next run sees what it became.
            session.rollback()
            continue
        if what:
            done[what] += 1
    return done


def _deliver(session: Session, row: TransferRequest, on: date) -> str | None:
    """Give the answering municipality its side: of a request only when exactly one of its clients is meant."""
    other = row.to_id if row.way == "PUSHED" else row.from_id
    if side_of(session, row.id, other) is not None:
        return None
    known = side_of(session, row.id, row.org_id)
    if known is None:
        return None
    if row.way == "PUSHED":
        side = TransferSide(family_name=known.family_name, given_names=known.given_names, birth_date=known.birth_date, identity_code_digest=known.identity_code_digest)
    else:
        client = _meant(session, known, row.from_id)
        if client is None:
            return None
        side = side_about(client)
    side.transfer_id, side.organisation_id = row.id, other
    session.add(side)
    record_event(session, "transfer:move_delivered", client_ids=[side.client_id] if side.client_id else [], row_id=row.id, version=row.version)
    tell(session, "ARRIVED", row.id, leads_of(session, other))
    return "delivered"


def _meant(session: Session, known: TransferSide, organisation_id: str) -> Client | None:
    """Give the one client of the organisation that is meant, None for none or several, and for one that is moving already."""
    own = select(Client).where(Client.org_id == organisation_id, Client.archived_on.is_(None), Client.merged_into_id.is_(None))
    if known.identity_code_digest:
        found = list(session.scalars(own.where(Client.identity_code_digest == known.identity_code_digest)))
    else:
        same_day = session.scalars(own.where(Client.birth_date == known.birth_date))
        wanted = folded(known.family_name), folded(known.given_names)
        found = [client for client in same_day if (folded(client.family_name), folded(client.given_names)) == wanted]
    if len(found) != 1 or _is_moving(session, found[0].id):
        return None
    return found[0]


def _is_moving(session: Session, client_id: str) -> bool:
    of = TransferRequest
    query = select(of.id).join(TransferSide, TransferSide.transfer_id == of.id).where(TransferSide.client_id == client_id, of.status.in_(OPEN))
    return session.scalar(query.limit(1)) is not None


def _complete(session: Session, row: TransferRequest, on: date) -> str | None:
    """Move the client; not while the new municipality has a client of its own with the same code, whom it must join first."""
    old, new = side_of(session, row.id, row.from_id), side_of(session, row.id, row.to_id)
    client = session.get(Client, old.client_id) if old is not None and old.client_id else None
    if old is None or new is None or client is None:
        return None
    owner = owner_of(session, client.id)
    if owner is None or owner.organisation_id != row.from_id or has_own_client(session, client.identity_code_digest, row.to_id):
        return None
    for participation in open_participations(session, Participation.client_id == client.id):
        end(session, participation, how="OWNER_ENDED", by=None)
    session.flush()
    archive = move_client(session, row, client, on)
    session.expire_all()
    refresh(session, [client.id], on)
    follow(TransferLife, row, "complete")
    row.ended_on, new.client_id = on, client.id
    # Earlier transfers of the client too: what the old municipality has of the client is the archive now.
    session.execute(update(TransferSide).where(TransferSide.client_id == client.id, TransferSide.organisation_id == row.from_id).values(client_id=archive))
    row.place = place_of(row.status, row.due_on, on)
    session.flush()
    record_event(session, "transfer:moved", client_ids=[key for key in (client.id, archive) if key], row_id=row.id, version=row.version)
    tell(session, "COMPLETED", row.id, [row.worker_id] if row.worker_id else leads_of(session, row.to_id))
    return "moved"


def _escalate(session: Session, row: TransferRequest, on: date) -> str | None:
    """Bring a late transfer before the leads of both and onto the national agency's list, which names nobody."""
    follow(TransferLife, row, "escalate")
    session.flush()
    session.add(TransferEscalation(transfer_id=row.id, from_id=row.from_id, to_id=row.to_id, waits_for_id=row.waits_for_id, sent_on=row.sent_on,
                                   due_on=row.due_on, escalated_on=on))  # fmt: skip
    record_event(session, "transfer:move_escalated", row_id=row.id, version=row.version)
    for side in session.scalars(select(TransferSide).where(TransferSide.transfer_id == row.id)):
        tell(session, "ESCALATED", row.id, leads_of(session, side.organisation_id))
    return "escalated"
