"""Two municipalities merge: clients and rights follow on the day, all or nothing, and doing it again does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.access.actor import system_scope
from app.access.membership import ClientMembership
from app.audit.models import AuditEvent, AuditEventClient
from app.clients.models import Client
from app.db.base import Model, db
from app.organisations.editing import edit_organisation
from app.organisations.models import Organisation
from app.responsibility.models import ResponsibilityPeriod
from app.rights.models import RightEvent
from app.transfers.merger import KEPT, moved_columns
from app.transfers.models import TransferRequest
from app.users.models import AccessGrant, UserSession
from tests.support.app import Browser
from tests.transfers.conftest import CODE, PORVOO, TODAY, VANTAA, clear, key_in, offered, planted, ran, stored

YESTERDAY = TODAY - timedelta(days=1)
ARGS = ["organisations", "merge", "092", "638", "--on", TODAY.isoformat()]


@pytest.fixture
def merged_back(owner: Flask) -> Iterator[None]:
    """Give the rights, and who is signed in by them, back to Vantaa afterwards."""
    grants = stored(owner, select(AccessGrant.id, AccessGrant.valid_to))
    sessions = stored(owner, select(UserSession.token_digest, UserSession.grant_id))
    yield
    with owner.app_context(), system_scope():
        known = {key for key, _until in grants}
        begun = [key for key in db.session.scalars(select(AccessGrant.id)) if key not in known]
        for token, grant in sessions:
            db.session.execute(update(UserSession).where(UserSession.token_digest == token).values(grant_id=grant))
        for key, until in grants:
            db.session.execute(update(AccessGrant).where(AccessGrant.id == key).values(valid_to=until))
        db.session.execute(delete(UserSession).where(UserSession.grant_id.in_(begun)))
        db.session.execute(delete(RightEvent).where(RightEvent.grant_id.in_(begun)))
        db.session.execute(delete(AccessGrant).where(AccessGrant.id.in_(begun)))
        edit_organisation(db.session, db.session.get_one(Organisation, VANTAA), valid_to=None, successor_code=None)
        db.session.commit()
    clear(owner)


def merge(owner: Flask, *more: str) -> Any:
    return owner.test_cli_runner().invoke(args=[*ARGS, *more])


def whole(owner: Flask) -> list[Any]:
    """Give every column that a merger could touch, of every row."""
    return [sorted(stored(owner, select(column.table.c.id, column)), key=str) for column in moved_columns() if "id" in column.table.c]


def test_every_column_that_names_an_organisation_follows_or_is_kept() -> None:
    named = {(table.name, column.name) for table in Model.metadata.sorted_tables for column in table.columns
             if any(key.column.table.name == "organisation" for key in column.foreign_keys)}  # fmt: skip
    assert {(column.table.name, column.name) for column in moved_columns()} | KEPT == named and named >= KEPT


def test_without_yes_only_the_numbers_are_told(owner: Flask, client_id: str) -> None:
    before = whole(owner)
    answer = merge(owner)
    assert answer.exit_code == 0 and "client: 2" in answer.output and "nothing was changed" in answer.output
    assert whole(owner) == before


def test_clients_and_rights_follow_on_the_day(app: Flask, owner: Flask, client_id: str, merged_back: None) -> None:
    bengt = Browser(app).sign_in("bengt")
    key = key_in(offered(bengt, client_id))
    ran(owner)
    answer = merge(owner, "--yes")
    assert answer.exit_code == 0, answer.output
    assert stored(owner, select(Client.org_id, Client.home_municipality_id).where(Client.id == client_id)) == [(PORVOO, PORVOO)]
    assert stored(owner, select(ClientMembership.organisation_id).where(ClientMembership.client_id == client_id, ClientMembership.is_owner)) == [(PORVOO,)]
    assert stored(owner, select(TransferRequest.status).where(TransferRequest.id == key)) == [("WITHDRAWN",)]
    # Who was signed in goes on, and sees the client in the new municipality.
    page = bengt.get(f"/clients/show/{client_id}")
    assert page.status_code == 200 and "Borgå" in page.text
    ended = stored(owner, select(AccessGrant.role, AccessGrant.user_id).where(AccessGrant.organisation_id == VANTAA, AccessGrant.valid_to == YESTERDAY))
    begun = stored(owner, select(AccessGrant.role, AccessGrant.user_id).where(AccessGrant.organisation_id == PORVOO, AccessGrant.valid_from == TODAY))
    assert sorted(ended) == sorted(begun) and ended
    # A report of yesterday finds the old municipality, one of today the new one.
    of = ResponsibilityPeriod
    assert stored(owner, select(of.org_id, of.reason).where(of.client_id == client_id, of.starts_on == TODAY)) == [(PORVOO, "MERGED")]
    assert stored(owner, select(Organisation.valid_to, Organisation.successor_code).where(Organisation.id == VANTAA)) == [(YESTERDAY, "638")]
    told = select(AuditEvent.id).join(AuditEventClient, AuditEventClient.event_id == AuditEvent.id)
    assert len(stored(owner, told.where(AuditEvent.name == "organisation:merged", AuditEventClient.client_id == client_id))) == 1
    after = whole(owner)
    assert merge(owner, "--yes").output == "done\n" and whole(owner) == after


def test_it_is_refused_while_somebody_is_a_client_of_both(owner: Flask, client_id: str) -> None:
    twin = planted(owner, identity_code=None, no_identity_code_reason="PENDING")
    with owner.app_context(), system_scope():
        digest = db.session.get_one(Client, client_id).identity_code_digest
        db.session.execute(update(Client).where(Client.id == twin).values(org_id=PORVOO, identity_code=CODE, identity_code_digest=digest))
        db.session.commit()
    before = whole(owner)
    answer = merge(owner, "--yes")
    assert answer.exit_code == 1 and "1 clients of both" in answer.output and whole(owner) == before


@pytest.mark.parametrize("apps", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("args", "sentence"),
    [(("092", "092", TODAY), "two municipalities"), (("092", "099", TODAY), "not in force"), (("092", "638", TODAY + timedelta(days=1)), "has not come"),
     (("099", "638", TODAY), "continued by 214")],
)  # fmt: skip
def test_what_cannot_merge_is_told(owner: Flask, args: tuple[Any, ...], sentence: str) -> None:
    old, new, day = args
    answer = owner.test_cli_runner().invoke(args=["organisations", "merge", old, new, "--on", str(day), "--yes"])
    assert answer.exit_code == 1 and sentence in answer.output
