"""Every record that follows a client has a version for each change, on both databases, and nobody takes one back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from app.access.actor import Scope, acting_scope
from app.access.membership import ClientScoped, Contribution
from app.clients.actions import own_client
from app.clients.facts import Note
from app.clients.models import Client
from app.db.base import Model, db
from app.db.types import new_id
from app.history.models import RowVersion
from app.history.queries import FIRST, versions_of
from app.history.record import is_kept
from app.history.values import kept_columns
from app.organisations.models import Organisation, organisation_key
from tests.support.examples import filled

VANTAA = organisation_key("MUNICIPALITY", "092")
_TABLES = {table: place for place, table in enumerate(Model.metadata.sorted_tables)}
KEPT = sorted((mapper.class_ for mapper in Model.registry.mappers if is_kept(mapper.class_)), key=lambda model: _TABLES[model.__table__])
# Derived from records, records of records, or gone whole with the consent they rest on.
WITHOUT = {"row_version", "client_obligation", "plan_version", "client_merge", "guidance_entry", "guidance_need"}


@pytest.fixture
def _in_vantaa(app: Flask) -> Iterator[None]:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        yield
        db.session.rollback()


def a_client() -> Any:
    """Give a client whom no other test of the same installation has changed."""
    changed = select(RowVersion.client_id)
    return db.session.scalars(select(Client).where(Client.org_id == VANTAA, Client.id.not_in(changed)).order_by(Client.id)).first()


def rows_of_every_model() -> dict[Any, Any]:
    """Write a row of every model that the municipality may write, those that others point at first."""
    client = Client(**filled(Client, {"org_id": VANTAA, "home_municipality_id": VANTAA, "id": new_id()}, {}, "aiempi"))
    client.identity_code_digest = None
    found, first = {Client: client}, {Organisation.__table__: organisation_key("WELLBEING_COUNTY", "06")}
    db.session.add(client)
    own_client(db.session, client, VANTAA, date.today() - timedelta(days=1))
    db.session.flush()
    for model in KEPT:
        if model is Client or issubclass(model, Contribution):
            continue
        row = model(id=new_id(), **filled(model, {"client_id": client.id, "org_id": VANTAA}, first, "aiempi"))
        db.session.add(row)
        db.session.flush()
        found[model], first[model.__table__] = row, row.id
    return found


def changeable(row: Any) -> str:
    """Name a column of the row that holds a text or a day."""
    model = type(row)
    for name in kept_columns(model):
        column = model.__table__.c[name]
        if not column.foreign_keys and not column.primary_key and isinstance(getattr(row, name), str | date) and name not in ("created_at", "status"):
            return name
    raise AssertionError(f"{model.__name__} has nothing to change")


def other(value: Any) -> Any:
    return value + timedelta(days=1) if isinstance(value, date) else value[::-1] + "X"


def test_every_record_of_a_client_is_kept_but_what_is_listed() -> None:
    models = [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, ClientScoped)]
    assert {model.__tablename__ for model in models} - {model.__tablename__ for model in KEPT} == WITHOUT
    assert len(KEPT) > 15


@pytest.mark.usefixtures("_in_vantaa")
def test_each_change_of_every_model_is_a_version() -> None:
    rows = rows_of_every_model()
    changed = {}
    for model, row in rows.items():
        name = changeable(row)
        changed[model] = (name, getattr(row, name), other(getattr(row, name)))
        setattr(row, name, changed[model][2])
    db.session.flush()
    for model, row in rows.items():
        name, before, after = changed[model]
        later, first = versions_of(db.session, row)
        assert (first.kind, first.values[name]) == ("ADDED", before), model
        assert (later.kind, later.values[name], later.before) == ("CHANGED", after, {name: before}), model
        assert (later.number, first.number) == (2, 1), model
        assert later.values.keys() == set(kept_columns(model)), model


@pytest.mark.usefixtures("_in_vantaa")
def test_a_deleted_record_leaves_its_last_version() -> None:
    client = a_client()
    note = Note(id=new_id(), **filled(Note, {"client_id": client.id, "org_id": VANTAA}, {}, "aiempi"))
    db.session.add(note)
    db.session.flush()
    key = note.id
    db.session.delete(note)
    db.session.flush()
    kinds = db.session.execute(select(RowVersion.kind, RowVersion.number).where(RowVersion.row_id == key).order_by(RowVersion.number)).all()
    assert [tuple(row) for row in kinds] == [("ADDED", 1), ("DELETED", 2)]


@pytest.mark.usefixtures("_in_vantaa")
def test_a_record_loaded_in_bulk_has_its_present_state_as_first_version() -> None:
    client = a_client()
    (only,) = versions_of(db.session, client)
    assert only.kind == FIRST and only.values["family_name"] == client.family_name
    before, client.family_name = client.family_name, "Toinen"
    db.session.flush()
    later, first = versions_of(db.session, client)
    assert (first.kind, first.values["family_name"], later.values["family_name"]) == (FIRST, before, "Toinen")


@pytest.mark.usefixtures("_in_vantaa")
def test_what_changed_nothing_makes_no_version() -> None:
    client = a_client()
    client.family_name = str(client.family_name)
    db.session.flush()
    assert db.session.scalars(select(RowVersion).where(RowVersion.row_id == client.id)).all() == []


@pytest.mark.usefixtures("_in_vantaa")
def test_a_rolled_back_change_leaves_no_version() -> None:
    client = a_client()
    key, client.family_name = client.id, "Toinen"
    db.session.flush()
    db.session.rollback()
    assert db.session.scalars(select(RowVersion).where(RowVersion.row_id == key)).all() == []


@pytest.mark.usefixtures("_in_vantaa")
def test_the_content_is_not_readable_in_the_database() -> None:
    client = a_client()
    client.family_name = "Tunnistettava"
    db.session.flush()
    raw = db.session.execute(text("SELECT content FROM row_version WHERE row_id = :key"), {"key": client.id}).scalar()
    assert b"Tunnistettava" not in bytes(raw)


@pytest.mark.parametrize("verb", ["UPDATE row_version SET number = 9", "DELETE FROM row_version"])
def test_nobody_who_serves_changes_or_removes_a_version(postgres_app: Flask, verb: str) -> None:
    with postgres_app.app_context(), acting_scope(Scope(VANTAA)), pytest.raises(ProgrammingError, match="permission denied"):
        db.session.execute(text(verb))
    with postgres_app.app_context():
        db.session.rollback()


def test_another_organisation_sees_no_version(app: Flask) -> None:
    with app.app_context():
        with acting_scope(Scope(VANTAA)):
            client = a_client()
            key, client.family_name = client.id, "Toinen"
            db.session.commit()
            assert db.session.scalars(select(RowVersion).where(RowVersion.row_id == key)).first() is not None
            db.session.commit()
        with acting_scope(Scope(organisation_key("MUNICIPALITY", "638"))):
            assert db.session.scalars(select(RowVersion).where(RowVersion.row_id == key)).all() == []
            db.session.rollback()
