"""Writes of the pages of a move that are no work of the engine: confirming what is over the threshold, asking and giving the leave to undo."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.audit.record import record_event
from app.db.types import now
from app.imports.engine.undoing import KEPT
from app.imports.models import ImportBatch
from app.imports.workspace.models import ImportUndoRequest
from app.imports.workspace.work_queries import clients_of, undo_forecast


def confirm(session: Session, batch: ImportBatch) -> None:
    """Let a move go on though more of it than its threshold would not be brought; the caller commits."""
    batch.is_confirmed = True
    session.flush()
    record_event(session, "import:confirmed", row_id=batch.id, version=batch.version, fields=["is_confirmed"])


def ask_for_leave(session: Session, batch: ImportBatch, actor: Actor) -> None:
    """Ask the national administrator to let a signed move be taken back; only figures go with it. The caller commits."""
    found = undo_forecast(session, batch)
    session.add(ImportUndoRequest(
        batch_id=batch.id, org_id=batch.org_id, asked_by=actor.user_id, clients=clients_of(session, batch),
        records=sum(sum(one.values()) for one in found.values()), kept=sum(one[KEPT] for one in found.values()),
    ))  # fmt: skip
    session.flush()
    record_event(session, "import:leave_asked", row_id=batch.id, version=batch.version)


def give_leave(session: Session, batch: ImportBatch, actor: Actor) -> bool:
    """Let a signed move be taken back; tells whether it still waited for that. The caller commits."""
    waits = (ImportBatch.id == batch.id, ImportBatch.status == "SIGNED", ImportBatch.undo_allowed_at.is_(None))
    given = update(ImportBatch).where(*waits).values(undo_allowed_at=now(), undo_allowed_by=actor.user_id, version=ImportBatch.version + 1)
    if not session.execute(given.execution_options(synchronize_session=False)).rowcount:  # type: ignore[attr-defined]
        return False
    session.refresh(batch)
    record_event(session, "import:leave_given", row_id=batch.id, version=batch.version)
    return True
