"""The next piece of a rehearsal or of a commit. A piece is kept whole or not at all, so whoever is killed goes on where the last one ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.db.types import now
from app.imports.engine.bundles import bundles_after
from app.imports.engine.entities import CLIENT
from app.imports.engine.findings import of_row
from app.imports.engine.progress import Progress
from app.imports.engine.writing import Bundle, Written, change_rows, write
from app.imports.mapping.findings import Finding, tier_of
from app.imports.matching.asking import ask_others
from app.imports.matching.together import bundle_persons
from app.imports.models import COMMITTED, OPEN, REHEARSED, ImportBatch, ImportChange, ImportFinding, ImportRow

# Clients in one transaction.
BUNDLES = 50


class NotNowError(RuntimeError):
    """The batch is not in a state for this work; the argument is a key of `engine.wording.NOT_NOW`."""


def is_half_in(batch: ImportBatch) -> bool:
    """Tell whether a commit was begun and not finished: it is gone on with or taken back, and nothing else."""
    return batch.status == REHEARSED and batch.work == "commit" and batch.place > 0


def rehearse_step(session: Session, batch: ImportBatch, today: date) -> Progress:
    """Try the next piece: it is written as the commit writes it, and rolled back. Raises `NotNowError`."""
    if batch.status not in (OPEN, REHEARSED):
        raise NotNowError("COMMITTED")
    if is_half_in(batch) or batch.work == "undo":
        raise NotNowError("HALF_IN")
    return _step(session, batch, "rehearse", today)


def commit_step(session: Session, batch: ImportBatch, today: date) -> Progress:
    """Write the next piece. Raises `NotNowError` before a rehearsal of the rows as they are now."""
    if batch.status != REHEARSED:
        raise NotNowError("NOT_REHEARSED" if batch.status == OPEN else "COMMITTED")
    if batch.work == "undo":
        raise NotNowError("HALF_IN")
    return _step(session, batch, "commit", today)


def _step(session: Session, batch: ImportBatch, work: str, today: date) -> Progress:
    if batch.staged_at is None:
        raise NotNowError("NOT_STAGED")
    if batch.work != work:
        batch.work, batch.place, batch.rehearsals = work, 0, batch.rehearsals + 1
        if work == "rehearse":
            bundle_persons(session, batch)
        session.commit()
    bundles = list(bundles_after(session, batch, batch.place, BUNDLES))
    place = min(batch.place + BUNDLES, batch.places)
    is_kept = work == "commit"
    if not _try(session, batch, bundles, today, place, is_kept=is_kept):
        # One of them was refused: each by itself, so that the others go on.
        for number, _rows in bundles:
            alone = [(number, rows) for at, rows in bundles_after(session, batch, number - 1, 1) if at == number]
            if not _try(session, batch, alone, today, number, is_kept=is_kept):
                _refuse(session, batch, number, today)
    batch.place = place
    if place >= batch.places:
        _finish(session, batch, work)
    session.commit()
    return Progress(place, batch.places, place >= batch.places)


def _try(session: Session, batch: ImportBatch, bundles: Sequence[Bundle], today: date, place: int, *, is_kept: bool) -> bool:
    """Write bundles in one transaction and keep it, or only what became of them; False when the database refused."""
    try:
        written = write(session, batch, bundles, today)
        if is_kept:
            first = (session.scalar(select(func.max(ImportChange.position)).where(ImportChange.batch_id == batch.id)) or 0) + 1
            session.add_all(change_rows(written, batch, first))
            ask_others(session, [one["item"].id for one in written.changes if one["kind"] == "CREATED" and one["row"].entity == CLIENT])
            batch.place = place
            _tell(session, batch, written)
            session.commit()
            return True
        session.flush()
    except (OperationalError, StaleDataError):
        session.rollback()
        raise
    except (DBAPIError, StatementError):
        session.rollback()
        return False
    told = _Told.of(written)
    session.rollback()
    _tell(session, batch, told.again())
    session.commit()
    return True


class _Told:
    """What a rehearsal found, held over its rollback."""

    def __init__(self, written: Written) -> None:
        self.outcomes = {key: (outcome, None) for key, (outcome, _row) in written.outcomes.items()}
        columns = [column.key for column in ImportFinding.__mapper__.column_attrs]
        self.findings = [{name: getattr(one, name) for name in columns} for one in written.findings]

    @classmethod
    def of(cls, written: Written) -> _Told:
        return cls(written)

    def again(self) -> Written:
        found = [ImportFinding(**{name: value for name, value in one.items() if value is not None}) for one in self.findings]
        return Written(dict(self.outcomes), found)


def _tell(session: Session, batch: ImportBatch, written: Written) -> None:
    if written.outcomes:
        session.execute(update(ImportRow), [{"id": key, "outcome": outcome, "row_id": row} for key, (outcome, row) in written.outcomes.items()])
    marks = {one.mark for one in written.findings}
    known = select(ImportFinding).where(ImportFinding.batch_id == batch.id, ImportFinding.mark.in_(marks))
    before = {one.mark: one for one in session.scalars(known)} if marks else {}
    for one in written.findings:
        if one.mark in before:
            before[one.mark].seen = batch.rehearsals
        else:
            before[one.mark] = one
            session.add(one)


def _refuse(session: Session, batch: ImportBatch, number: int, today: date) -> None:
    rows = select(ImportRow).where(ImportRow.batch_id == batch.id, ImportRow.bundle == number)
    finding = Finding(tier_of("NOT_WRITTEN", today), "NOT_WRITTEN", "")
    found = session.scalars(rows).all()
    _tell(session, batch, Written({row.id: ("FAILED", None) for row in found}, [of_row("WRITE", row, finding, batch.rehearsals) for row in found]))
    session.commit()


def _finish(session: Session, batch: ImportBatch, work: str) -> None:
    session.execute(delete(ImportFinding).where(ImportFinding.batch_id == batch.id, ImportFinding.step.in_(("WRITE", "MATCH")), ImportFinding.seen < batch.rehearsals))
    batch.work = None
    if work == "commit":
        batch.status, batch.committed_at = COMMITTED, now()
    else:
        batch.status, batch.rehearsed_at = REHEARSED, now()
