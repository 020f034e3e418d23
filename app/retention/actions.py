"""Delete everything of clients whose time is over. Nothing brings it back but a backup, which goes in its own time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache

import structlog
from sqlalchemy import Table, delete, exists, func, or_, select
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.clients.models import Client
from app.db.base import Model
from app.retention.models import ClientDeletion
from app.retention.queries import due_on, joined_to
from app.transfers.models import TransferRequest, TransferSide
from app.web.drafts import Draft
from app.web.receipts import FormReceipt

# Who handled the data is known after them too: the log has a time of its own (1050/2018; 906/2019 § 17).
OF_THE_LOG = frozenset({"audit_event_client", "log_finding_reading"})
_PIECE = 100

log = structlog.get_logger()


@cache
def tables_apart() -> tuple[Table, ...]:
    """Give the tables that name a client and do not go with its row by themselves."""
    columns = [(table, column) for table in Model.metadata.sorted_tables for column in table.columns if column.name == "client_id" and not column.foreign_keys]
    return tuple(table for table, _column in columns if table.name not in OF_THE_LOG)


def run(session: Session, on: date) -> Mapping[str, int]:
    """Delete whose time is over and whom nothing keeps, a hundred in a transaction; gives how many went and how many stayed by reason.

    Ended half-way it goes on where it was: what is gone is due no more.
    """
    told: Counter[str] = Counter()
    for piece in due_on(session, on, piece=_PIECE, locks=True):
        told.update(f"kept_{one.kept.lower()}" for one in piece if one.kept)
        gone = delete_clients(session, [one.client_id for one in piece if not one.kept], on)
        if gone:
            told["clients"] += gone
        session.commit()
    log.info("retention_run", on=on.isoformat(), **told)
    return told


def delete_clients(session: Session, keys: Collection[str], on: date) -> int:
    """Delete clients with all that is stored of them and of the records joined to them, and count them; gives how many records of clients. The caller commits."""
    doomed = sorted(joined_to(session, keys))
    if not doomed:
        return 0
    counted = select(Client.org_id, func.count()).where(Client.id.in_(keys)).group_by(Client.org_id)
    session.add_all(ClientDeletion(org_id=org_id, deleted_on=on, clients=number) for org_id, number in session.execute(counted))
    for table in tables_apart():
        session.execute(delete(table).where(table.c.client_id.in_(doomed)))
    _delete_transfers(session, doomed)
    for model, address in ((Draft, Draft.place), (FormReceipt, FormReceipt.location)):
        session.execute(delete(model).where(or_(*(address.contains(key) for key in doomed))).execution_options(synchronize_session=False))
    session.execute(delete(Client).where(Client.id.in_(doomed)).execution_options(synchronize_session=False))
    record_event(session, "client:deleted", client_ids=doomed, purpose="CONTROLLER", hits=len(doomed))
    return len(doomed)


def _delete_transfers(session: Session, doomed: Collection[str]) -> None:
    """Delete what transfers tell of the clients: the sides that name them, but one of a municipality that serves the person still, and a request that has none left."""
    side, request = TransferSide, TransferRequest
    about = set(session.scalars(select(side.transfer_id).where(side.client_id.in_(doomed))))
    if not about:
        return
    session.execute(delete(side).where(side.transfer_id.in_(about), side.client_id.is_(None) | side.client_id.in_(doomed)))
    session.execute(delete(request).where(request.id.in_(about), ~exists().where(side.transfer_id == request.id)).execution_options(synchronize_session=False))


def preview(session: Session, on: date) -> dict[str, dict[str, int]]:
    """Give, by organisation, how many would go and how many would stay for which reason; changes nothing."""
    found: dict[str, Counter[str]] = {}
    for piece in due_on(session, on):
        for one in piece:
            found.setdefault(one.org_id, Counter())[f"kept_{one.kept.lower()}" if one.kept else "clients"] += 1
    return {key: dict(numbers) for key, numbers in found.items()}
