"""A batch of Vantaa's with rows of clients, and clients of its register; taken away afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.access.actor import Scope, acting_scope
from app.access.membership import ClientMembership
from app.access.wall import arm
from app.clients.actions import prepare_client
from app.clients.models import Client
from app.db.base import db
from app.db.types import blind_index, new_id
from app.imports.matching.actions import matches_of
from app.imports.matching.blocks import note_persons
from app.imports.matching.weighing import Match
from app.imports.models import ImportBatch, ImportFile, ImportLink, ImportRow, ImportSheet
from app.organisations.models import organisation_key

VANTAA, PORVOO = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")
# No other test has a client of this day.
BORN = date(1929, 5, 7)
PERSON = {"family_name": "Tulija", "given_names": "Tuula Maria", "birth_date": BORN.isoformat(), "no_identity_code_reason": "PENDING"}
CODES = ("070529-9002", "070529-911D", "070529-922S")


class Move:
    """A batch to which rows are laid; `key` is the key of the old system."""

    def __init__(self) -> None:
        self.batch = ImportBatch(id=new_id(), org_id=VANTAA, name="Trial", product=f"Vanha {new_id()}")
        self.file = ImportFile(id=new_id(), batch_id=self.batch.id, org_id=VANTAA, name="a.csv", digest="0" * 64, size=1)
        self.sheet = ImportSheet(id=new_id(), batch_id=self.batch.id, org_id=VANTAA, file_id=self.file.id, position=1, name="a", entity="client")
        for item in (self.batch, self.file, self.sheet):
            db.session.add(item)
            db.session.flush()
        self.rows: dict[str, ImportRow] = {}

    def digest(self, key: str) -> str:
        return blind_index(f"import key\nclient\n{key}")

    def row(self, key: str, **values: Any) -> ImportRow:
        record = {name: value for name, value in {**PERSON, "source_key": key, **values}.items() if value is not None}
        place = len(self.rows) + 2
        row = ImportRow(id=new_id(), batch_id=self.batch.id, org_id=VANTAA, sheet_id=self.sheet.id, number=place, position=place, entity="client", depth=0, key_digest=self.digest(key),
                        content=json.dumps(record), content_digest=blind_index(json.dumps(record)), is_stopped=False)  # fmt: skip
        db.session.add(row)
        db.session.flush()
        note_persons(db.session, [{column.key: getattr(row, column.key) for column in ImportRow.__table__.columns}])
        self.rows[key] = row
        return row

    def known(self, organisation: str = VANTAA, **values: Any) -> str:
        with self.acting_as(organisation):
            given = {**PERSON, "birth_date": BORN, "citizenship": "SO", "mother_tongue": "so", "service_language": "fi", "employment_status": "UNEMPLOYED_JS", **values}
            row = Client(id=new_id(), org_id=organisation, home_municipality_id=organisation, status="INTAKE", relationship_started=date(2026, 1, 7), **given)
            prepare_client(row)
            db.session.add_all([row, ClientMembership(client_id=row.id, organisation_id=organisation, is_owner=True, purpose="CONTROLLER", valid_from=date(2026, 1, 7))])
            db.session.flush()
            return row.id

    @contextmanager
    def acting_as(self, organisation: str) -> Iterator[None]:
        """Act for an organisation within the transaction, the database's own wall included."""
        with acting_scope(Scope(organisation)):
            db.session.flush()
            arm(db.session)
            yield
        arm(db.session)

    def link(self, key: str, client_id: str, outcome: str | None = None) -> None:
        """Say that a row has become a client: by an earlier batch, or with `outcome` by this one."""
        if outcome:
            self.rows[key].outcome = outcome
        db.session.add(ImportLink(org_id=VANTAA, product=self.batch.product, entity="client", key_digest=self.digest(key), row_id=client_id, client_id=client_id,
                                  batch_id=self.batch.id, content="{}", content_digest="0" * 64))  # fmt: skip
        db.session.flush()

    def records(self, *keys: str) -> dict[str, dict[str, Any]]:
        return {self.rows[key].id: json.loads(self.rows[key].content) for key in keys}

    def matches(self, *keys: str) -> dict[str, Match]:
        asked = keys or tuple(self.rows)
        found = matches_of(db.session, self.batch, [self.rows[key] for key in asked], self.records(*asked))
        return {key: found[self.digest(key)] for key in asked}

    def match(self, key: str) -> Match:
        return self.matches(key)[key]


@pytest.fixture
def move(app: Flask) -> Iterator[Move]:
    """Everything stands in one transaction that is rolled back."""
    with app.app_context(), acting_scope(Scope(VANTAA)):
        yield Move()
        db.session.rollback()
