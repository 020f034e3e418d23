"""Own clients who may be persons of a source; each function is one statement, however many rows are asked about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.core.folding import folded
from app.imports.matching.rules import Person
from app.imports.models import ImportBatch, ImportDecision, ImportLink, ImportRow

OWN, FILE = "OWN", "FILE"


class Known(NamedTuple):
    """A client as it is compared."""

    id: str
    person: Person


def _shape(client: Any) -> tuple[Any, ...]:
    return (client.id, client.merged_into_id, client.identity_code_digest, client.family_name, client.given_names, client.call_name, client.birth_date, client.gender)


def _known(row: Any) -> Known:
    person = Person.of(row.family_name, row.given_names, row.call_name, birth_date=row.birth_date, code=row.identity_code_digest, gender=row.gender)
    return Known(row.id, person)


def alike(session: Session, batch: ImportBatch, persons: Sequence[Person], names: Sequence[str]) -> tuple[list[Known], dict[str, str]]:
    """Give the own clients with a code, a birth date or a name of these, and which of them were joined to another: key → key.

    An archive of a client that moved away is not among them; whoever comes back is a new client. Nor is whom this very batch has made: in a
    first move that would be everybody before, more with each row.
    """
    near = or_(
        Client.identity_code_digest.in_({person.code for person in persons if person.code}),
        Client.birth_date.in_({person.birth_date for person in persons if person.birth_date}),
        Client.search_name.in_(set(names)),
    )
    is_candidate = (Client.org_id == batch.org_id, Client.archived_on.is_(None), near, Client.merged_into_id.is_not(None) | ~_made_by(batch))
    rows = session.execute(select(*_shape(Client)).where(*is_candidate).order_by(Client.id)).all()
    return [_known(row) for row in rows], {row.id: row.merged_into_id for row in rows if row.merged_into_id}


def _made_by(batch: ImportBatch) -> ColumnElement[bool]:
    """A client that a commit of this batch made."""
    row = exists().where(ImportRow.batch_id == batch.id, ImportRow.entity == "client", ImportRow.key_digest == ImportLink.key_digest, ImportRow.outcome == "CREATED")
    link = exists().where(ImportLink.org_id == batch.org_id, ImportLink.row_id == Client.id, ImportLink.batch_id == batch.id, ImportLink.entity == "client", row)
    return link.correlate(Client)


def searched(record: Any) -> str:
    """Give a record's name as the register's search holds it."""
    return folded(record.get("family_name"), record.get("given_names"), record.get("call_name"))


def kept_of(session: Session, batch: ImportBatch, keys: Collection[str]) -> dict[str, Known]:
    """Give for each of these own clients the record that is kept, itself unless it was joined to another; one that is gone is not there."""
    if not keys:
        # The statement would go through every client of the organisation to find nothing.
        return {}
    # Keys only, of the organisation's own; the record that is kept is read through the wall.
    bare = Client.__table__.alias()
    start = select(bare.c.id.label("asked"), bare.c.id.label("at")).where(bare.c.id.in_(keys), bare.c.org_id == batch.org_id).cte("joined", recursive=True)
    way = start.union(select(start.c.asked, bare.c.merged_into_id).join(bare, bare.c.id == start.c.at).where(bare.c.merged_into_id.is_not(None), bare.c.org_id == batch.org_id))
    query = select(way.c.asked, *_shape(Client)).join(Client, Client.id == way.c.at)
    rows = session.execute(query.where(Client.org_id == batch.org_id, Client.merged_into_id.is_(None), Client.archived_on.is_(None)))
    return {row.asked: _known(row) for row in rows}


def decisions_of(session: Session, batch: ImportBatch, keys: Collection[str]) -> list[ImportDecision]:
    """Give what was decided of these keys of the old system, whichever of the two the key is."""
    about = or_(ImportDecision.key_digest.in_(keys), and_(ImportDecision.where == FILE, ImportDecision.other.in_(keys)))
    query = select(ImportDecision).where(ImportDecision.org_id == batch.org_id, ImportDecision.product == batch.product, about)
    return list(session.scalars(query.order_by(ImportDecision.created_at, ImportDecision.id)))


class Linked(NamedTuple):
    """A key of the old system that is a client here: since before this batch, or made or joined by its commit."""

    key_digest: str
    client_id: str
    is_made_now: bool
    is_joined_now: bool

    @property
    def is_from_before(self) -> bool:
        return not (self.is_made_now or self.is_joined_now)


def links_of(session: Session, batch: ImportBatch, clients: Collection[str], keys: Collection[str]) -> list[Linked]:
    """Give the links of these clients, and of these keys."""
    query = (
        select(ImportLink.key_digest, ImportLink.row_id, ImportLink.batch_id, ImportRow.outcome)
        .outerjoin(ImportRow, and_(ImportRow.batch_id == batch.id, ImportRow.entity == "client", ImportRow.key_digest == ImportLink.key_digest))
        .where(ImportLink.org_id == batch.org_id, ImportLink.product == batch.product, ImportLink.entity == "client",
               or_(ImportLink.row_id.in_(clients), ImportLink.key_digest.in_(keys)))
    )  # fmt: skip
    of_batch = [(row, row.outcome if row.batch_id == batch.id else None) for row in session.execute(query)]
    return [Linked(row.key_digest, row.row_id, outcome == "CREATED", outcome == "JOINED") for row, outcome in of_batch]
