"""Rows belong to somebody: nothing foreign is shown, opened, changed or guessed, on either database."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from app.access.actor import Scope, acting_scope
from app.access.membership import ClientMembership, ClientScoped
from app.access.wall import ForeignRowError, _guard, _narrow, arm
from app.assessments.models import Assessment
from app.clients.facts import Note
from app.clients.models import Client
from app.db.base import Model, db
from app.organisations.models import organisation_key
from tests.support.app import Browser

A, B = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")


def keys_of(app: Flask, organisation_id: str, model: type = Client) -> set[str]:
    with app.app_context(), acting_scope(Scope(organisation_id)):
        return set(db.session.scalars(select(model.id)))


def test_each_municipality_has_clients_and_none_in_common(app: Flask) -> None:
    assert keys_of(app, A) and keys_of(app, B)
    assert not keys_of(app, A) & keys_of(app, B)


def test_without_a_person_there_is_no_row(app: Flask) -> None:
    with app.app_context():
        assert list(db.session.scalars(select(Client))) == []


def test_every_table_of_a_client_is_narrowed(sqlite_app: Flask) -> None:
    scoped = [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, ClientScoped)]
    assert len(scoped) >= 12
    for model in scoped:
        assert not keys_of(sqlite_app, A, model) & keys_of(sqlite_app, B, model)


@pytest.mark.parametrize("path", ["/clients/show/{}", "/clients/edit/{}", "/notes/add?client={}", "/plans/add?client={}"])
def test_a_foreign_client_is_not_found(app: Flask, cecilia: Browser, path: str) -> None:
    foreign = sorted(keys_of(app, A))[0]
    assert cecilia.get(path.format(foreign)).status_code == 404


def test_a_foreign_client_cannot_be_searched(app: Flask, cecilia: Browser) -> None:
    with app.app_context(), acting_scope(Scope(A)):
        foreign = {client.id for client in db.session.scalars(select(Client))}
    cecilia.get("/clients/list/")
    cecilia.post("/clients/search", q="a")
    page = cecilia.get(cecilia.page.headers["Location"])
    shown = set(re.findall(r"/clients/show/([0-9a-f-]{36})", page.text))
    assert shown and not shown & foreign


def test_an_access_administrator_sees_no_client(app: Flask, eeva: Browser) -> None:
    assert eeva.get("/clients/list/").status_code == 403
    assert eeva.get(f"/clients/show/{sorted(keys_of(app, A))[0]}").status_code == 403
    assert eeva.get("/user-rights/list/").status_code == 200


def test_a_row_cannot_be_written_under_a_foreign_client(app: Flask) -> None:
    foreign = sorted(keys_of(app, B))[0]
    with app.app_context(), acting_scope(Scope(A)):
        db.session.add(Note(client_id=foreign, org_id=A, kind="OTHER", entry_date=date(2026, 1, 1), content="x"))
        with pytest.raises(ForeignRowError):
            db.session.flush()
        db.session.rollback()


def test_a_row_cannot_be_moved_to_a_foreign_client(app: Flask) -> None:
    foreign = sorted(keys_of(app, B))[0]
    with app.app_context(), acting_scope(Scope(A)):
        row = db.session.scalars(select(Assessment).limit(1)).one()
        row.client_id = foreign
        with pytest.raises(ForeignRowError):
            db.session.flush()
        db.session.rollback()


def test_nobody_makes_themselves_a_member_of_a_foreign_client(app: Flask) -> None:
    foreign = sorted(keys_of(app, B))[0]
    with app.app_context(), acting_scope(Scope(A)):
        db.session.add(ClientMembership(client_id=foreign, organisation_id=A, is_owner=True, purpose="X", valid_from=date(2026, 1, 1)))
        with pytest.raises(ForeignRowError):
            db.session.flush()
        db.session.rollback()


def test_the_database_alone_shows_and_takes_nothing_foreign(postgres_app: Flask) -> None:
    foreign = sorted(keys_of(postgres_app, B))[0]
    event.remove(Session, "do_orm_execute", _narrow)
    event.remove(Session, "before_flush", _guard)
    try:
        with postgres_app.app_context(), acting_scope(Scope(A)):
            arm(db.session)
            found = set(db.session.scalars(select(Client.id)))
            assert found == keys_of(postgres_app, A) and found
            for table in ("client", "assessment", "integration_plan", "goal", "language_skill", "client_reminder"):
                key = "id" if table == "client" else "client_id"
                seen = set(db.session.scalars(text(f"SELECT {key} FROM {table}")))
                assert seen <= found
            assert db.session.execute(text("UPDATE client SET call_name = 'x' WHERE id = :key"), {"key": foreign}).rowcount == 0
            with pytest.raises(ProgrammingError):
                db.session.execute(text("UPDATE client SET id = id, org_id = org_id WHERE false; DELETE FROM audit_event"))
            db.session.rollback()
    finally:
        event.listen(Session, "do_orm_execute", _narrow)
        event.listen(Session, "before_flush", _guard)
