"""Make, look at, sign; and take the originals away a while after."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Scope, acting_scope, current_actor
from app.audit.record import record_event
from app.db.types import now
from app.imports.certificate.content import content
from app.imports.certificate.models import ImportCertificate
from app.imports.engine.steps import NotNowError
from app.imports.engine.storing import remove_file
from app.imports.models import COMMITTED, SIGNED, UNDONE, ImportBatch, ImportFile

_KEEPING = Path(__file__).parent / "data" / "keeping.csv"


def certificate_of(session: Session, batch: ImportBatch) -> ImportCertificate | None:
    """Give the certificate as it stands."""
    return session.scalars(select(ImportCertificate).where(ImportCertificate.batch_id == batch.id)).first()


def make(session: Session, batch: ImportBatch, today: date) -> ImportCertificate:
    """Count and compare anew and commit; a signed certificate is given as it is. Raises `NotNowError` before the commit of the batch."""
    found = certificate_of(session, batch)
    if found is not None and found.signed_at is not None:
        return found
    if batch.status != COMMITTED:
        raise NotNowError("NOT_COMMITTED")
    text = json.dumps(content(session, batch, today), ensure_ascii=False)
    if found is None:
        found = ImportCertificate(batch_id=batch.id, org_id=batch.org_id, content=text)
        session.add(found)
    else:
        found.content, found.answers, found.made_at = text, "{}", now()
    record_event(session, "import:certified", row_id=batch.id)
    session.commit()
    return found


def document_of(certificate: ImportCertificate) -> dict[str, Any]:
    """Give the certificate as one document, with the answers and who signed it when."""
    answers: dict[str, bool] = json.loads(certificate.answers)
    document: dict[str, Any] = json.loads(certificate.content)
    document["samples"] = [{**sample, "agrees": answers.get(sample["row"])} for sample in document["samples"]]
    document["signed_at"] = certificate.signed_at.isoformat() if certificate.signed_at else None
    document["signed_by"] = certificate.signed_by
    return document


def answer(session: Session, certificate: ImportCertificate, row: str, *, agrees: bool) -> None:
    """Keep what a person says of a sample. Raises KeyError for a row that is no sample, `NotNowError` when it is signed."""
    if certificate.signed_at is not None:
        raise NotNowError("SIGNED")
    document: dict[str, Any] = json.loads(certificate.content)
    if row not in {sample["row"] for sample in document["samples"]}:
        raise KeyError(row)
    certificate.answers = json.dumps({**json.loads(certificate.answers), row: agrees})
    session.commit()


def sign(session: Session, batch: ImportBatch, certificate: ImportCertificate) -> None:
    """Sign for the municipality, in one transaction with the event.

    Raises `NotNowError`: somebody has it signed already, a sample waits to be looked at, or the batch is not in the state for it.
    """
    document: dict[str, Any] = json.loads(certificate.content)
    answers: dict[str, bool] = json.loads(certificate.answers)
    if certificate.signed_at is not None or batch.status != COMMITTED:
        raise NotNowError("SIGNED" if batch.status == SIGNED else "NOT_COMMITTED")
    if any(sample["row"] not in answers for sample in document["samples"]):
        raise NotNowError("SAMPLES_WAIT")
    actor = current_actor()
    certificate.signed_at = batch.signed_at = now()
    certificate.signed_by = batch.signed_by = actor.user_id if actor else None
    batch.status = SIGNED
    record_event(session, "import:signed", row_id=batch.id)
    session.commit()


@cache
def _keeping() -> tuple[tuple[date, int], ...]:
    with _KEEPING.open(encoding="utf-8") as file:
        return tuple(sorted((date.fromisoformat(row["valid_from"]), int(row["days"])) for row in csv.DictReader(file)))


def kept_until(ended: datetime) -> date:
    """Give the last day on which the originals of a batch that was signed or undone are kept, by the rule in force on that day."""
    on = ended.date()
    days = [number for valid_from, number in _keeping() if valid_from <= on] or [_keeping()[0][1]]
    return on + timedelta(days=days[-1])


def clear_originals(session: Session, org_id: str, today: date) -> int:
    """Take away an organisation's originals whose time is up, and commit; gives how many files. Run again it does nothing."""
    ended = select(ImportFile, ImportBatch).join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
    number = 0
    for file, batch in session.execute(ended.where(ImportBatch.org_id == org_id, ImportBatch.status.in_((SIGNED, UNDONE)), ImportFile.removed_at.is_(None))).all():
        at = batch.signed_at or batch.undone_at
        if at is not None and kept_until(at) < today:
            remove_file(session, file, now())
            number += 1
    session.commit()
    return number


def clear_everywhere(session: Session, today: date) -> int:
    """Do so for every organisation, each in its own scope."""
    ended = select(ImportBatch.org_id).where(ImportBatch.status.in_((SIGNED, UNDONE))).distinct()
    number = 0
    for org_id in session.scalars(ended).all():
        session.rollback()
        with acting_scope(Scope(org_id)):
            number += clear_originals(session, org_id, today)
    return number
