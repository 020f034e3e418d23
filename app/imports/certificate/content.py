"""What the certificate says, as one JSON document."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random, SystemRandom
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db.types import now
from app.imports.certificate.comparing import compare
from app.imports.engine.counts import counts_of
from app.imports.engine.entities import by_key
from app.imports.mapping.mapping import Mapping
from app.imports.models import ImportBatch, ImportChange, ImportFile, ImportFinding, ImportSheet
from app.obligations.models import ClientObligation
from app.organisations.models import Organisation

# What is due in so many days is a matter in flight: somebody must take it up at once.
SOON = timedelta(days=30)


def content(session: Session, batch: ImportBatch, today: date, random: Random | None = None) -> dict[str, Any]:
    """Count, compare and draw samples; the document holds no name and no identity code, only keys of rows and records."""
    compared = compare(session, batch, random or SystemRandom())
    organisation = session.get_one(Organisation, batch.org_id)
    return {
        "certificate": 1, "batch": batch.id, "name": batch.name, "product": batch.product, "specification": batch.specification,
        "organisation": {"code": organisation.code, "fi": organisation.name_fi, "sv": organisation.name_sv},
        "committed_at": batch.committed_at.isoformat() if batch.committed_at else None, "made_at": now().isoformat(),
        "files": _files(session, batch), "sheets": _sheets(session, batch), "counts": counts_of(session, batch).as_document(),
        "left_out": _left_out(session, batch),
        "compared": {key: found.as_document(by_key()[key]) for key, found in compared.by_entity.items()},
        "in_flight": _in_flight(session, batch, today), "samples": compared.samples,
    }  # fmt: skip


def _files(session: Session, batch: ImportBatch) -> list[dict[str, Any]]:
    files = session.scalars(select(ImportFile).where(ImportFile.batch_id == batch.id).order_by(ImportFile.position))
    return [{"name": file.name, "bytes": file.size, "sha256": file.digest} for file in files]


def _sheets(session: Session, batch: ImportBatch) -> list[dict[str, Any]]:
    """Tell of each sheet what it became, and of each column that was not brought why."""
    found = []
    for sheet in session.scalars(select(ImportSheet).where(ImportSheet.batch_id == batch.id).order_by(ImportSheet.position)):
        skipped = dict(Mapping.from_json(sheet.mapping).skipped) if sheet.mapping else {}
        found.append({"name": sheet.name, "rows": sheet.rows, "entity": sheet.entity, "reason": sheet.reason, "columns_left_out": skipped})
    return found


def _left_out(session: Session, batch: ImportBatch) -> list[dict[str, Any]]:
    query = (
        select(ImportFinding.code, ImportFinding.tier, func.count()).where(ImportFinding.batch_id == batch.id)
        .group_by(ImportFinding.code, ImportFinding.tier).order_by(ImportFinding.tier, func.count().desc(), ImportFinding.code)
    )  # fmt: skip
    return [{"code": code, "tier": tier, "findings": number} for code, tier, number in session.execute(query)]


def _in_flight(session: Session, batch: ImportBatch, today: date) -> dict[str, Any]:
    """Count the open time limits of the clients that came in: those behind, and those of the next thirty days, by rule."""
    clients = select(ImportChange.client_id).where(ImportChange.batch_id == batch.id, ImportChange.entity == "client")
    base = select(ClientObligation.rule, func.count(), func.min(ClientObligation.due_on)).where(
        ClientObligation.in_queue, ClientObligation.org_id == batch.org_id, ClientObligation.client_id.in_(clients)
    )
    late = session.execute(base.where(ClientObligation.due_on < today).group_by(ClientObligation.rule).order_by(ClientObligation.rule)).all()
    soon = session.execute(base.where(ClientObligation.due_on >= today, ClientObligation.due_on <= today + SOON).group_by(ClientObligation.rule).order_by(ClientObligation.rule)).all()
    return {name: [{"rule": rule, "number": number, "first": day.isoformat()} for rule, number, day in found] for name, found in (("late", late), ("soon", soon))}
