"""What a piece of a batch needs to know before its rows are written, asked in few statements however many rows it has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.imports.engine import records
from app.imports.engine.entities import by_key
from app.imports.engine.values import worker_fields
from app.imports.models import ImportBatch, ImportLink, ImportRow
from app.users.models import AccessGrant
from app.users.queries import of_person

Place = tuple[str, str]
_AT_ONCE = 400


def pieces(keys: Iterable[str]) -> Iterator[list[str]]:
    """Cut many keys into lists that a statement takes."""
    rest = iter(sorted(keys))
    while piece := list(islice(rest, _AT_ONCE)):
        yield piece


@dataclass
class State:
    """`items` holds our rows by (entity, digest of the old key): those linked before, then those this piece writes."""

    records: dict[str, records.Record] = field(default_factory=dict)
    links: dict[Place, ImportLink] = field(default_factory=dict)
    items: dict[Place, Any] = field(default_factory=dict)
    workers: dict[str, int] = field(default_factory=dict)
    # Rows of this piece that were not brought, so that what hangs on them says why.
    lost: set[Place] = field(default_factory=set)


def gather(session: Session, batch: ImportBatch, rows: Sequence[ImportRow]) -> State:
    """Read the records, the links of what they are and point at, our rows behind those, and the workers they name."""
    state = State(records={row.id: records.read(by_key()[row.entity], row.content) for row in rows})
    wanted = {(row.entity, row.key_digest) for row in rows}
    for row in rows:
        wanted.update(records.references(by_key()[row.entity], state.records[row.id]).values())
    _link(session, batch, state, wanted)
    _workers(session, batch, state, rows)
    return state


def _link(session: Session, batch: ImportBatch, state: State, wanted: Collection[Place]) -> None:
    digests: dict[str, set[str]] = {}
    for entity, digest in wanted:
        digests.setdefault(entity, set()).add(digest)
    # By entity, as the index is: a condition without it reads the index from end to end, longer with every row that has come in.
    for entity, keys in ((entity, keys) for entity, found in digests.items() for keys in pieces(found)):
        query = select(ImportLink).where(ImportLink.org_id == batch.org_id, ImportLink.product == batch.product, ImportLink.entity == entity, ImportLink.key_digest.in_(keys))
        state.links |= {(link.entity, link.key_digest): link for link in session.scalars(query)}
    by_entity: dict[str, dict[str, list[Place]]] = {}
    for place, link in state.links.items():
        by_entity.setdefault(link.entity, {}).setdefault(link.row_id, []).append(place)
    for entity, places in by_entity.items():
        model = by_key()[entity].model
        for keys in pieces(places):
            for item in session.scalars(select(model).where(model.id.in_(keys))):
                state.items |= dict.fromkeys(places[item.id], item)


def _workers(session: Session, batch: ImportBatch, state: State, rows: Sequence[ImportRow]) -> None:
    names = {
        str(state.records[row.id][name]).casefold()
        for row in rows for name in worker_fields(by_key()[row.entity].model) if name in state.records[row.id]
    }  # fmt: skip
    for keys in pieces(names):
        query = select(func.lower(User.username), User.id).where(func.lower(User.username).in_(keys), User.id.in_(batch_workers(batch)))
        state.workers |= dict(session.execute(query).tuples().all())


def batch_workers(batch: ImportBatch) -> Any:
    """Give the statement of the people who have a right in the batch's organisation."""
    return select(AccessGrant.user_id).where(AccessGrant.organisation_id == batch.org_id, of_person())
