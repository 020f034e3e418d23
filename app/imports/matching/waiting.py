"""The rows that wait for a person's word, with the values of both sides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.clients.models import Client
from app.core.identity_code import masked
from app.imports.matching.actions import AT_MOST, matches_of
from app.imports.matching.weighing import Option
from app.imports.models import ImportBatch, ImportLink, ImportRow

# What two persons are told apart by; nothing secret, and no whole code.
COMPARED = ("family_name", "given_names", "call_name", "birth_date", "gender", "identity_code", "citizenship", "mother_tongue", "arrival_date")
_STEP = 100


@dataclass(frozen=True)
class Side:
    """One whom the row may be: `other` is what `decide` calls it, `values` the fields of `COMPARED`, codes as codes and days as days of ISO."""

    other: str
    reasons: tuple[str, ...]
    values: dict[str, str]
    client_id: str | None = None
    row_number: int | None = None


@dataclass(frozen=True)
class Waiting:
    """A row that waits; `id` is where the next page begins after."""

    id: str
    key_digest: str
    sheet_id: str
    row_number: int
    values: dict[str, str]
    others: tuple[Side, ...]


def pairs_waiting(session: Session, batch: ImportBatch, after: str | None = None, limit: int = 20) -> list[Waiting]:
    """Give the next rows of the last rehearsal that wait for a decision, in the order of the source, and record that their clients were seen.

    A row that was decided since is not there any more, also before the next rehearsal. The caller commits.
    """
    found: list[tuple[ImportRow, dict[str, Any], tuple[Option, ...]]] = []
    while len(found) < limit and (rows := _stopped(session, batch, after)):
        records = {row.id: json.loads(row.content) for row in rows}
        matches = matches_of(session, batch, rows, records)
        after = rows[-1].id
        found += [(row, records[row.id], options) for row in rows if (options := matches[row.key_digest].options)]
    shown = found[:limit]
    keys = {option.client_id for _row, _record, options in shown for option in options if option.client_id}
    clients = {client.id: client for client in session.scalars(select(Client).where(Client.id.in_(keys)))}
    record_event(session, "import:compared", client_ids=clients, row_id=batch.id)
    return [
        Waiting(row.id, row.key_digest, row.sheet_id, row.number, _values(record), tuple(_side(option, clients) for option in options))
        for row, record, options in shown
    ]  # fmt: skip


def _stopped(session: Session, batch: ImportBatch, after: str | None) -> list[ImportRow]:
    """Give rows of clients that could be read and stopped all the same, and are no client of ours yet."""
    query = (
        select(ImportRow)
        .outerjoin(ImportLink, and_(ImportLink.org_id == ImportRow.org_id, ImportLink.product == batch.product, ImportLink.entity == "client", ImportLink.key_digest == ImportRow.key_digest))
        .where(ImportRow.batch_id == batch.id, ImportRow.org_id == batch.org_id, ImportRow.entity == "client", ImportRow.outcome == "STOPPED", ImportRow.is_stopped.is_(False), ImportLink.id.is_(None))
    )  # fmt: skip
    place = session.execute(select(ImportRow.position, ImportRow.id).where(ImportRow.id == after, ImportRow.batch_id == batch.id)).one_or_none() if after else None
    if place:
        query = query.where(or_(ImportRow.position > place.position, and_(ImportRow.position == place.position, ImportRow.id > place.id)))
    return list(session.scalars(query.order_by(ImportRow.position, ImportRow.id).limit(min(_STEP, AT_MOST))))


def _side(option: Option, clients: Mapping[str, Client]) -> Side:
    if option.earlier:
        return Side(option.other, option.likeness.reasons, _values(option.earlier.record), row_number=option.earlier.number)
    client = clients[option.other]
    return Side(option.other, option.likeness.reasons, _values({name: getattr(client, name) for name in COMPARED}), client_id=client.id)


def _values(record: dict[str, Any]) -> dict[str, str]:
    found = {name: str(record[name]) for name in COMPARED if record.get(name) is not None}
    if "identity_code" in found:
        found["identity_code"] = masked(found["identity_code"])
    return found
