"""Batches made as a municipality makes them: a zip of CSV files, mapped, laid down, rehearsed, committed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import inspect, select

from app.access.actor import Scope, acting_scope
from app.clients.models import Client
from app.db.base import Model, db
from app.imports.engine.counts import Counts, counts_of
from app.imports.engine.entities import by_key
from app.imports.engine.mapping_of import map_sheet
from app.imports.engine.opening import open_file
from app.imports.engine.runs import run
from app.imports.engine.staging import stage
from app.imports.engine.storing import keep_file
from app.imports.mapping.mapping import Mapping as Columns
from app.imports.mapping.mapping import Source
from app.imports.models import ImportBatch, ImportFinding, ImportRow, ImportSheet, json_list
from app.organisations.models import organisation_key

# A municipality to which the invented clients do not belong.
HERE = organisation_key("MUNICIPALITY", "009")
TODAY = date.today()
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
# What is written beside the records and says nothing of them.
_ASIDE = frozenset({
    "audit_event", "audit_event_client", "audit_seal", "audit_sealed_event", "audit_head", "row_version",
    "import_batch", "import_file", "import_sheet", "import_row", "import_finding", "import_change", "import_person",
})  # fmt: skip


def client_row(key: str, **more: Any) -> dict[str, Any]:
    """Give a client as an old system holds it."""
    number = int("".join(sign for sign in key if sign.isdigit()) or "0")
    return {
        "source_key": key, "no_identity_code_reason": "NOT_REGISTERED_YET", "family_name": f"Keksitty{number}", "given_names": f"Henkilö{number}", "birth_date": (date(1950, 1, 1) + timedelta(days=37 * (number % 600))).isoformat(),
        "citizenship": "SY", "mother_tongue": "ar", "service_language": "fi", "home_municipality_id": "009", "relationship_started": "2025-02-03", **more,
    }  # fmt: skip


def zipped(rows: Rows) -> bytes:
    """Give the rows as a zip with a CSV file for each entity, headings in the order of the fields."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entity, found in rows.items():
            names = [field.key for field in by_key()[entity].fields if any(field.key in row for row in found)]
            text = io.StringIO()
            writer = csv.DictWriter(text, names, delimiter=";", restval="")
            writer.writeheader()
            writer.writerows(found)
            archive.writestr(f"{entity}.csv", text.getvalue())
    return out.getvalue()


class Bringer:
    """The municipality of Alavieska, without a person: rights are tried elsewhere."""

    def __init__(self, org_id: str = HERE, product: str = "Vanha") -> None:
        self.org_id, self.product = org_id, product
        self.scope = Scope(org_id)
        self.instance = current_app.config["KOTO"].instance_dir

    def batch(self, rows: Rows) -> ImportBatch:
        """Hand rows in and lay them down."""
        with acting_scope(self.scope):
            batch = ImportBatch(name="Siirto", product=self.product, org_id=self.org_id)
            db.session.add(batch)
            db.session.flush()
            file = keep_file(db.session, batch, "siirto.zip", io.BytesIO(zipped(rows)))
            assert open_file(db.session, file) is not None
            for sheet in db.session.scalars(select(ImportSheet).where(ImportSheet.file_id == file.id)):
                entity = by_key()[sheet.name.split(".")[0]]
                columns = {field.key for field in entity.fields} & set(json_list(sheet.columns))
                map_sheet(db.session, sheet, Columns(entity.key, tuple(Source(name, (name,)) for name in sorted(columns))))
            db.session.commit()
            stage(db.session, batch, TODAY)
            return batch

    def work(self, batch: ImportBatch, what: str) -> Counts:
        """Do a work to its end and tell what became of the rows."""
        with acting_scope(self.scope):
            run(db.session, batch, what, TODAY)
            return counts_of(db.session, batch)

    def brought(self, rows: Rows) -> ImportBatch:
        """Hand in, rehearse and commit."""
        batch = self.batch(rows)
        self.work(batch, "rehearse")
        self.work(batch, "commit")
        return batch

    def outcomes(self, batch: ImportBatch) -> dict[tuple[str, int], str | None]:
        query = select(ImportRow.entity, ImportRow.number, ImportRow.outcome).where(ImportRow.batch_id == batch.id)
        with acting_scope(self.scope):
            return {(entity, number): outcome for entity, number, outcome in db.session.execute(query)}

    def findings(self, batch: ImportBatch) -> list[tuple[str, str, int]]:
        query = select(ImportFinding).where(ImportFinding.batch_id == batch.id, ImportFinding.step != "READ")
        with acting_scope(self.scope):
            return sorted((one.code, one.field, one.row_number) for one in db.session.scalars(query))

    def clients(self) -> list[Client]:
        with acting_scope(self.scope):
            return list(db.session.scalars(select(Client).where(Client.org_id == self.org_id).order_by(Client.search_name)))

    def clear(self) -> None:
        """Take away everything of the municipality."""
        db.session.rollback()
        with acting_scope(self.scope):
            for client in db.session.scalars(select(Client).where(Client.org_id == self.org_id)):
                db.session.delete(client)
            for name in ("import_link", "import_decision", "import_batch", "import_mapping"):
                table = Model.metadata.tables[name]
                db.session.execute(table.delete().where(table.c.org_id == self.org_id))
            db.session.commit()


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table that says something of a record; who wrote it and when is left out."""
    found, there = {}, set(inspect(db.engine).get_table_names())
    for name, table in Model.metadata.tables.items():
        if name in _ASIDE or name not in there:
            continue
        columns = [column for column in table.columns if column.key not in ("version", "changed_at", "changed_by", "identity_code", "derived_on")]
        found[name] = sorted(map(tuple, db.session.execute(select(*columns))), key=repr)
    db.session.rollback()
    return found


__all__ = ["HERE", "TODAY", "Bringer", "client_row", "current_app", "everything"]
