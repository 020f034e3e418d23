"""A row is read by its key, within the filters it is asked with."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_appbuilder.models.sqla.filters import FilterEqual
from sqlalchemy import select

from app.access.actor import Scope, acting_scope
from app.clients.models import Client
from app.db.base import db
from app.db.types import new_id
from app.organisations.models import organisation_key
from app.web.interface import Interface

VANTAA, PORVOO = (organisation_key("MUNICIPALITY", code) for code in ("092", "638"))


def _own() -> Client:
    return db.session.scalars(select(Client).order_by(Client.id).limit(1)).one()


@pytest.mark.parametrize("columns", [None, ["family_name"]])
@pytest.mark.parametrize(("of_stage", "is_found"), [(True, True), (False, False)])
def test_the_filters_narrow_what_a_key_finds(sqlite_app: Flask, columns: list[str] | None, of_stage: bool, is_found: bool) -> None:
    with sqlite_app.test_request_context(), acting_scope(Scope(VANTAA)):
        client, interface = _own(), Interface(Client)
        stage = client.status if of_stage else "NONE"
        filters = interface.get_filters().add_filter("status", FilterEqual, stage)
        found = interface.get(client.id, filters, columns)
        assert (found is not None and found.id == client.id) is is_found


@pytest.mark.parametrize("key", ["", "x", "0" * 36, None, 7, ["a"]])
def test_what_is_no_key_finds_nothing(sqlite_app: Flask, key: object) -> None:
    with sqlite_app.test_request_context(), acting_scope(Scope(VANTAA)):
        assert Interface(Client).get(key) is None and Interface(Client).get(new_id()) is None


def test_a_row_of_another_organisation_is_not_found(sqlite_app: Flask) -> None:
    with sqlite_app.test_request_context():
        with acting_scope(Scope(VANTAA)):
            key = _own().id
            assert Interface(Client).get(key) is not None
        db.session.rollback()
        db.session.expunge_all()
        with acting_scope(Scope(PORVOO)):
            assert Interface(Client).get(key) is None
