"""Whether other municipalities serve the persons who came in by a move: the register's own question, at the pace at which one person may ask it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from limits import parse
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.access.actor import Scope, acting_scope, system_scope
from app.clients.models import Client
from app.db.types import now
from app.duplicates.handshake import ask_other_controllers
from app.imports.matching.models import ImportQuestion
from app.imports.models import SIGNED, ImportBatch, ImportLink
from app.organisations.models import Organisation
from app.organisations.places import is_of_place

_AT_ONCE = 400


def ask_others(session: Session, client_ids: Iterable[str]) -> None:
    """Note that other municipalities are to be asked about clients that a move made; the caller commits.

    Nothing is asked yet: a move may still be taken back, and who could do so after reading the answers could try any name.
    """
    keys = sorted(set(client_ids))
    for start in range(0, len(keys), _AT_ONCE):
        piece = keys[start : start + _AT_ONCE]
        known = set(session.scalars(select(ImportQuestion.client_id).where(ImportQuestion.client_id.in_(piece))))
        rows = session.execute(select(Client.id, Client.org_id).where(Client.id.in_(piece)).order_by(Client.id)).all()
        if fresh := [{"client_id": key, "org_id": organisation} for key, organisation in rows if key not in known]:
            session.execute(insert(ImportQuestion), fresh)


def forget_questions(session: Session, client_ids: Iterable[str]) -> None:
    """Ask nobody about clients that were taken back; the caller commits."""
    if keys := set(client_ids):
        session.execute(delete(ImportQuestion).where(ImportQuestion.client_id.in_(keys)))


def waiting(session: Session, organisation_id: str) -> int:
    """Count the clients of whom nobody has been asked yet."""
    query = select(func.count()).select_from(ImportQuestion).where(ImportQuestion.org_id == organisation_id, ImportQuestion.asked_at.is_(None))
    return session.scalar(query) or 0


def ask_next(session: Session, organisation_id: str, pace: str, at: datetime | None = None) -> int:
    """Ask about the next clients of signed moves, as many as `pace` (`60 per hour`) still lets an organisation; gives how many. The caller commits.

    Called in the scope of the organisation. Each client costs the same statements, whoever is found.
    """
    moment, limit = at or now(), parse(pace)
    since = moment - timedelta(seconds=limit.get_expiry())
    asked = session.scalar(
        select(func.count()).select_from(ImportQuestion).where(ImportQuestion.org_id == organisation_id, ImportQuestion.asked_at > since)
    )  # fmt: skip
    signed = (
        select(ImportLink.client_id).join(ImportBatch, ImportBatch.id == ImportLink.batch_id)
        .where(ImportLink.org_id == organisation_id, ImportLink.entity == "client", ImportBatch.status == SIGNED)
    )  # fmt: skip
    query = (
        select(ImportQuestion, Client).join(Client, Client.id == ImportQuestion.client_id)
        .where(ImportQuestion.org_id == organisation_id, ImportQuestion.asked_at.is_(None), ImportQuestion.client_id.in_(signed), Client.org_id == organisation_id)
        .order_by(ImportQuestion.added_at, ImportQuestion.client_id).limit(max(0, limit.amount - (asked or 0)))
        .with_for_update(of=ImportQuestion, skip_locked=True)
    )  # fmt: skip
    rows = session.execute(query).all()
    # The question waits for whoever makes a person of the same day: two moves at once take their turns in one order.
    for question, client in sorted(rows, key=lambda row: (row[1].birth_date, row[1].id)):
        ask_other_controllers(session, client)
        question.asked_at = moment
    session.flush()
    return len(rows)


def ask_everywhere(session: Session, pace: str) -> dict[str, int]:
    """Do so for every organisation, each in its own scope and transaction; for work without a person."""
    with system_scope():
        places = select(Organisation.id).where(is_of_place())
        asking = select(ImportQuestion.org_id).where(ImportQuestion.asked_at.is_(None), ImportQuestion.org_id.not_in(places))
        organisations = session.scalars(asking.distinct()).all()
        session.rollback()
    asked = 0
    for organisation in sorted(organisations):
        with acting_scope(Scope(organisation)):
            asked += ask_next(session, organisation, pace)
            session.commit()
    return {"asked": asked}
