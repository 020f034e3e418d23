"""Takes a batch back, the last change first: what somebody has changed or built upon since is kept and told of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.access.membership import ClientScoped
from app.audit.record import record_event
from app.db.base import Model
from app.db.types import now
from app.history.record import is_kept
from app.history.values import read
from app.imports.engine.entities import CLIENT, by_key, depth_of
from app.imports.engine.progress import Progress
from app.imports.engine.state import pieces
from app.imports.engine.steps import BUNDLES, NotNowError, is_half_in
from app.imports.laws.bundle import forget
from app.imports.laws.derive import derive
from app.imports.matching.asking import forget_questions
from app.imports.models import COMMITTED, REHEARSED, SIGNED, UNDONE, ImportBatch, ImportChange, ImportLink, ImportRow

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
    """Tell whether a batch may be taken back: what is in it of a commit that was ended halfway, all of it until it is signed, afterwards with leave."""
    if batch.status == SIGNED:
        return batch.undo_allowed_at is not None
    return batch.status == COMMITTED or is_half_in(batch) or (batch.status == REHEARSED and batch.work == "undo")


def undo_step(session: Session, batch: ImportBatch) -> Progress:
    """Take back the next bundles, the last first. Raises `NotNowError`."""
    if not may_undo(batch):
        raise NotNowError("NEEDS_LEAVE" if batch.status == SIGNED else "NOT_COMMITTED")
    if batch.work != "undo":
        batch.work, batch.place = "undo", 0
        session.commit()
    waiting = select(ImportChange.bundle).where(ImportChange.batch_id == batch.id, ImportChange.undone.is_(None)).distinct()
    bundles = session.scalars(waiting.order_by(ImportChange.bundle.desc()).limit(BUNDLES)).all()
    query = select(ImportChange).where(ImportChange.batch_id == batch.id, ImportChange.bundle.in_(bundles), ImportChange.undone.is_(None))
    changes = session.scalars(query.order_by(ImportChange.position.desc())).all()
    with session.no_autoflush:
        _take_back(session, batch, changes)
    forget(session)
    for client_id, number in Counter(change.client_id for change in changes).items():
        record_event(session, "import:undone", client_ids=[client_id], row_id=batch.id, hits=number)
    batch.place += len(bundles)
    is_finished = len(bundles) < BUNDLES
    if is_finished:
        batch.status, batch.work, batch.undone_at = UNDONE, None, now()
    session.commit()
    return Progress(batch.place, max(batch.place, batch.places), is_finished)


def _take_back(session: Session, batch: ImportBatch, changes: Sequence[ImportChange]) -> None:
    """Take changes back, entity by entity from the last to the first: what hangs on a record goes before it."""
    links = _links(session, batch, changes)
    for entity in sorted({change.entity for change in changes}, key=_depth, reverse=True):
        found = [change for change in changes if change.entity == entity]
        items = _items(session, entity, [change.row_id for change in found])
        made = {change.row_id for change in found if change.kind in ("CREATED", "MADE") and change.row_id in items}
        built_upon = _built_upon(session, entity, made)
        for change in found:
            change.undone = _one(session, change, items.get(change.row_id), is_built_upon=change.row_id in built_upon)
            if change.undone == REVERSED or change.kind not in ("CREATED", "MADE"):
                _unlink(session, batch, change, links.get(change.import_row_id or ""))
        session.flush()
    forget_questions(session, {change.client_id for change in changes if change.kind == "CREATED" and change.undone == REVERSED and change.entity == CLIENT})


def _depth(table: str) -> int:
    return depth_of(table) if table in by_key() else -1


def _items(session: Session, entity: str, keys: Sequence[str]) -> dict[str, Any]:
    model = models()[entity]
    return {item.id: item for piece in pieces(set(keys)) for item in session.scalars(select(model).where(model.id.in_(piece)))}


def _built_upon(session: Session, entity: str, keys: set[str]) -> set[str]:
    """Tell on which records anything hangs; what the batch itself made under them was taken back before."""
    found: set[str] = set()
    for model, column in hanging_on(entity):
        for piece in pieces(keys - found):
            found.update(session.scalars(select(getattr(model, column)).where(getattr(model, column).in_(piece)).distinct()))
    return found


def _one(session: Session, change: ImportChange, item: Any, *, is_built_upon: bool) -> str:
    if item is None:
        return REVERSED
    if change.kind not in ("CREATED", "MADE"):
        return REVERSED if _restore(session, change, item) else KEPT
    if item.version != change.row_version or is_built_upon:
        return KEPT
    session.delete(item)
    return REVERSED


def _restore(session: Session, change: ImportChange, item: Any) -> bool:
    """Give the fields back what they held, those that nobody has changed since; tells whether that was all of them."""
    after, before = read(type(item), change.content)
    is_whole = True
    for name, value in before.items():
        if getattr(item, name) == after.get(name):
            setattr(item, name, value)
        else:
            is_whole = is_whole and getattr(item, name) == value
    if session.is_modified(item):
        derive(session, change.entity, item, today=now().date())
    return is_whole


def _links(session: Session, batch: ImportBatch, changes: Sequence[ImportChange]) -> dict[str, ImportLink]:
    """Give row of the source → its link, of those that this batch wrote last."""
    places: dict[tuple[str, str], str] = {}
    for piece in pieces({change.import_row_id for change in changes if change.import_row_id and change.kind != "MADE"}):
        rows = select(ImportRow.id, ImportRow.entity, ImportRow.key_digest).where(ImportRow.id.in_(piece))
        places |= {(entity, digest): key for key, entity, digest in session.execute(rows)}
    found = {}
    for piece in pieces({digest for _entity, digest in places}):
        query = select(ImportLink).where(
            ImportLink.org_id == batch.org_id, ImportLink.product == batch.product, ImportLink.key_digest.in_(piece), ImportLink.batch_id == batch.id
        )
        for link in session.scalars(query):
            if (key := places.get((link.entity, link.key_digest))) is not None:
                found[key] = link
    return found


def _unlink(session: Session, batch: ImportBatch, change: ImportChange, link: ImportLink | None) -> None:
    """Give the link what it said before the batch, or take it away."""
    if link is None:
        return
    earlier = json.loads(change.content).get("link")
    if earlier:
        link.content, link.content_digest, link.batch_id = earlier["content"], earlier["digest"], earlier["batch"]
    else:
        session.delete(link)


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
            items |= {(entity, key): item for key, item in _items(session, entity, [change.row_id for change in changes if change.entity == entity]).items()}
        for change in changes:
            yield change, items.get((change.entity, change.row_id))
        place = changes[-1].position
