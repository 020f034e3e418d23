"""After the deletion no table holds anything of the client, and everybody else's rows are as they were."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import Model, db
from app.db.types import new_id
from app.imports.models import ImportBatch, ImportLink
from app.organisations.models import organisation_key
from app.retention.actions import OF_THE_LOG, delete_clients, tables_apart
from app.retention.queries import joined_to
from app.transfers.models import TransferRequest, TransferSide
from app.users.models import AccessGrant
from app.web.drafts import Draft
from app.web.receipts import FormReceipt
from tests.support.examples import FAMILY, ON

_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# The log tells by keys alone who handled what, and has a time of its own.
_LOG = OF_THE_LOG | {"audit_event", "audit_sealed_event"}


def whole(session: Session) -> dict[str, list[str]]:
    """Give every row of every table as one text, decrypted."""
    return {table.name: [" ".join(map(str, row)) for row in session.execute(select(table))] for table in Model.metadata.sorted_tables}


def keys_of(session: Session, clients: list[str]) -> set[str]:
    """Give the keys of the clients and of all their rows."""
    found = set(clients)
    for table in Model.metadata.sorted_tables:
        if "client_id" in table.c and "id" in table.c and table.name not in _LOG:
            found |= set(session.scalars(select(table.c.id).where(table.c.client_id.in_(clients))))
    return found


def rows_of_others(session: Session, clients: list[str]) -> Counter[str]:
    found = Counter[str]()
    for table in Model.metadata.sorted_tables:
        if "client_id" in table.c and table.name not in _LOG:
            keys = table.c.client_id
            found[table.name] = len(session.execute(select(table).where(keys.is_(None) | keys.not_in(clients))).all())
    return found


@pytest.fixture
def fullest(full_register: Flask) -> Any:
    """Give the key of the client with a row of every kind, with a link of a move, a draft and a receipt beside them; all is rolled back after."""
    home = organisation_key("MUNICIPALITY", "638")
    with full_register.app_context(), system_scope():
        session = db.session
        client = session.scalars(select(Client).where(Client.org_id == home, Client.family_name == FAMILY)).one()
        grant = session.scalars(select(AccessGrant).where(AccessGrant.organisation_id == home).limit(1)).one()
        batch = ImportBatch(org_id=home, name="x", product="vanha")
        session.add(batch)
        session.flush()
        session.add(ImportLink(org_id=home, product="vanha", entity="client", key_digest="0" * 64, row_id=client.id, client_id=client.id, batch_id=batch.id, content="{}", content_digest="0" * 64))
        session.add(Draft(user_id=grant.user_id, grant_id=grant.id, place=f"/clients/edit/{client.id}", content="[]"))
        session.add(FormReceipt(id=new_id(), user_id=grant.user_id, location=f"/clients/show/{client.id}"))
        session.flush()
        yield client.id
        session.rollback()


def test_no_table_holds_anything_of_the_client(fullest: str) -> None:
    session = db.session
    doomed = sorted(joined_to(session, [fullest]))
    keys, others = keys_of(session, doomed), rows_of_others(session, doomed)
    assert len(doomed) == 2 and len(keys) > 60, "the client has a row of every kind, and a record that was joined to it"
    assert delete_clients(session, [fullest], ON) == 2
    session.flush()
    left = {
        name for name, rows in whole(session).items() if name not in _LOG for row in rows
        if keys & set(_KEY.findall(row))
    }  # fmt: skip
    assert left == set()
    assert rows_of_others(session, doomed) == others


def test_whatever_names_a_client_without_a_foreign_key_is_deleted_too() -> None:
    assert {table.name for table in tables_apart()} == {"import_link", "import_change", "import_question"}


def test_a_transfer_goes_with_the_last_who_serves_the_person(register: Flask) -> None:
    here, there = (organisation_key("MUNICIPALITY", code) for code in ("092", "638"))
    with register.app_context(), system_scope():
        session = db.session
        mine, theirs = (session.scalars(select(Client).where(Client.org_id == org, Client.merged_into_id.is_(None)).order_by(Client.id.desc()).limit(1)).one() for org in (here, there))
        common = {"way": "PUSHED", "from_id": here, "to_id": there, "org_id": here, "sections": "BASICS", "consent_on": mine.birth_date, "consent_language": "so",
                  "sent_on": mine.birth_date, "due_on": mine.birth_date}  # fmt: skip
        refused, done = TransferRequest(id=new_id(), status="REJECTED", explanation="Salaisuus", **common), TransferRequest(id=new_id(), status="COMPLETED", **common)
        session.add_all([refused, done])
        session.flush()
        who = {"family_name": "Keksitty", "given_names": "Kaija", "birth_date": mine.birth_date}
        for request, other in ((refused, None), (done, theirs.id)):
            session.add(TransferSide(transfer_id=request.id, organisation_id=here, client_id=mine.id, **who))
            session.add(TransferSide(transfer_id=request.id, organisation_id=there, client_id=other, **who))
        session.flush()
        ids = {refused.id, done.id}
        delete_clients(session, [mine.id], ON)
        assert set(session.scalars(select(TransferRequest.id).where(TransferRequest.id.in_(ids)))) == {done.id}
        assert [(side.organisation_id, side.client_id) for side in session.scalars(select(TransferSide).where(TransferSide.transfer_id.in_(ids)))] == [(there, theirs.id)]
        session.rollback()
