"""Takes a batch back, the last change first: what somebody has changed or built upon since is kept and told of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Table, func, inspect, select
from sqlalchemy.orm import Session

from app.access.membership import ClientScoped
from app.audit.record import record_event
from app.db.base import Model
from app.db.types import now
from app.history.record import is_kept
from app.history.values import read
from app.imports.engine.progress import Progress
from app.imports.engine.steps import BUNDLES, NotNowError
from app.imports.laws.derive import derive
from app.imports.models import COMMITTED, SIGNED, UNDONE, ImportBatch, ImportChange, ImportLink, ImportRow

REVERSED, KEPT = "REVERSED", "KEPT"


@cache
def models() -> dict[str, Any]:
    """Give the models of records that a move can write, by table."""
    found = [mapper.class_ for mapper in Model.registry.mappers]
    return {model.__tablename__: model for model in found if issubclass(model, ClientScoped)}


@cache
def hanging_on(table: str) -> tuple[tuple[Any, str], ...]:
    """Give (model, column) of the records that people make under a row of the table; what is only derived goes with it."""
    found = []
    for model in models().values():
        if not is_kept(model):
            continue
        made: Table = model.__table__
        for column in made.columns:
            if any(key.target_fullname == f"{table}.id" for key in column.foreign_keys):
                found.append((model, column.key))
    return tuple(found)


def may_undo(batch: ImportBatch) -> bool:
    """Tell whether a batch may be taken back: until it is signed by the municipality itself, afterwards with leave."""
    return batch.status == COMMITTED or (batch.status == SIGNED and batch.undo_allowed_at is not None)


def undo_step(session: Session, batch: ImportBatch) -> Progress:
    """Take back the next bundles, the last first. Raises `NotNowError`."""
    if not may_undo(batch):
        raise NotNowError("NEEDS_LEAVE" if batch.status == SIGNED else "NOT_COMMITTED")
    if batch.work != "undo":
        batch.work, batch.place = "undo", 0
        session.commit()
    waiting = select(ImportChange.bundle).where(ImportChange.batch_id == batch.id, ImportChange.undone.is_(None)).distinct()
    bundles = session.scalars(waiting.order_by(ImportChange.bundle.desc()).limit(BUNDLES)).all()
    changes = select(ImportChange).where(ImportChange.batch_id == batch.id, ImportChange.bundle.in_(bundles), ImportChange.undone.is_(None))
    found = session.scalars(changes.order_by(ImportChange.position.desc())).all()
    with session.no_autoflush:
        for change in found:
            change.undone = _take_back(session, batch, change)
    touched = {change.client_id for change in found}
    if touched:
        record_event(session, "import:undone", client_ids=touched, row_id=batch.id, hits=len(found))
    batch.place += len(bundles)
    is_finished = len(bundles) < BUNDLES
    if is_finished:
        batch.status, batch.work, batch.undone_at = UNDONE, None, now()
    session.commit()
    return Progress(batch.place, max(batch.place, batch.places), is_finished)


def _take_back(session: Session, batch: ImportBatch, change: ImportChange) -> str:
    model = models()[change.entity]
    item = session.get(model, change.row_id)
    if item is None:
        _unlink(session, batch, change)
        return REVERSED
    if change.kind in ("CREATED", "MADE"):
        if item.version != change.row_version or _is_built_upon(session, item):
            return KEPT
        _unlink(session, batch, change)
        session.delete(item)
        session.flush()
        return REVERSED
    is_whole = _restore(session, change, item)
    _unlink(session, batch, change)
    return REVERSED if is_whole else KEPT


def _is_built_upon(session: Session, item: Any) -> bool:
    """Tell whether anything hangs on the record; what the batch itself made under it was taken back before."""
    return any(
        session.scalar(select(func.count()).select_from(select(model.id).where(getattr(model, column) == item.id).limit(1).subquery()))
        for model, column in hanging_on(type(item).__tablename__)
    )


def _restore(session: Session, change: ImportChange, item: Any) -> bool:
    """Give the fields back what they held, those that nobody has changed since; tells whether that was all of them."""
    after, before = read(type(item), change.content)
    is_whole = True
    for name, value in before.items():
        if getattr(item, name) == after.get(name):
            setattr(item, name, value)
        else:
            is_whole = is_whole and getattr(item, name) == value
    if inspect(item).modified:
        derive(session, change.entity, item, today=now().date())
        session.flush()
    return is_whole


def _unlink(session: Session, batch: ImportBatch, change: ImportChange) -> None:
    """Give the link what it said before the batch, or take it away."""
    if change.kind == "MADE" or change.import_row_id is None:
        return
    row = session.get(ImportRow, change.import_row_id)
    if row is None:
        return
    query = select(ImportLink).where(ImportLink.org_id == batch.org_id, ImportLink.product == batch.product, ImportLink.entity == row.entity, ImportLink.key_digest == row.key_digest)
    link = session.scalars(query).first()
    if link is None or link.batch_id != batch.id:
        return
    earlier = json.loads(change.content).get("link")
    if earlier:
        link.content, link.content_digest, link.batch_id = earlier["content"], earlier["digest"], earlier["batch"]
    else:
        session.delete(link)
    session.flush()


def undo_preview(session: Session, batch: ImportBatch) -> dict[str, Counter[str]]:
    """Tell by entity how many changes an undo would take back and how many it would keep, before it is done."""
    found: dict[str, Counter[str]] = {}
    for change, item in _with_items(session, batch):
        is_same = item is None or change.kind in ("UPDATED", "JOINED") or item.version == change.row_version
        found.setdefault(change.entity, Counter())[REVERSED if is_same else KEPT] += 1
    return found


def _with_items(session: Session, batch: ImportBatch) -> Iterator[tuple[ImportChange, Any]]:
    place = 0
    while True:
        query = select(ImportChange).where(ImportChange.batch_id == batch.id, ImportChange.position > place, ImportChange.undone.is_(None))
        changes = session.scalars(query.order_by(ImportChange.position).limit(400)).all()
        if not changes:
            return
        items: dict[tuple[str, str], Any] = {}
        for entity in {change.entity for change in changes}:
            model = models()[entity]
            keys = [change.row_id for change in changes if change.entity == entity]
            items |= {(entity, item.id): item for item in session.scalars(select(model).where(model.id.in_(keys)))}
        for change in changes:
            yield change, items.get((change.entity, change.row_id))
        place = changes[-1].position
