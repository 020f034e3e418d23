"""Own clients who may be the same person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.core.folding import folded
from app.duplicates.models import ClientMerge, DuplicateCase
from app.duplicates.rules import Person, likeness

_AT_MOST = 200
_ORDER = ("CODE", "NAME", "SWAPPED", "NEAR", "BIRTH_NEAR")


def likely_same(session: Session, row: Any, *, but: str | None = None) -> list[tuple[Client, str]]:
    """Give the clients in the reader's scope who may be the person of `row`, the likeliest first, each with why.

    `but` is the key of `row` itself when it is kept already; whom it was judged against is not offered again. Three statements at most.
    """
    name = folded(row.family_name, row.given_names)
    near = [Client.birth_date == row.birth_date, Client.search_name == name, Client.search_name.like(f"{_plain(name)} %", escape="\\")]
    if row.identity_code_digest:
        near.append(Client.identity_code_digest == row.identity_code_digest)
    query = select(Client).where(or_(*near), Client.merged_into_id.is_(None), Client.archived_on.is_(None))
    with session.no_autoflush:
        found = session.scalars((query.where(Client.id != but) if but else query).order_by(Client.id).limit(_AT_MOST)).all()
        judged = _judged(session, but) if but else set()
    one = Person.of(row)
    hits = [(client, why) for client in found if (why := likeness(one, Person.of(client))) and client.id not in judged]
    return sorted(hits, key=lambda hit: (_ORDER.index(hit[1]), hit[0].search_name))


def _judged(session: Session, key: str) -> set[str]:
    """Give the records that stand in a pair with this one, or with one that was joined to it; of joined ones where they were joined to."""
    of = select(Client.id).where(or_(Client.id == key, Client.merged_into_id == key))
    pairs = select(ClientMerge.client_id, ClientMerge.other_id).where(or_(ClientMerge.client_id.in_(of), ClientMerge.other_id.in_(of)))
    found = {each for pair in session.execute(pairs) for each in pair} - {key}
    joined = session.scalars(select(Client.merged_into_id).where(Client.id.in_(found), Client.merged_into_id.is_not(None)))
    return (found | {kept for kept in joined if kept}) - {key}


def waiting_questions(session: Session) -> int:
    """Count the questions about the same person that the reader's organisation has not answered."""
    return session.scalar(select(func.count()).select_from(DuplicateCase).where(DuplicateCase.answer.is_(None))) or 0


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
