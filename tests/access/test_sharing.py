"""A client shared with another authority is seen by it for the period, and changed by the owner only."""

from __future__ import annotations

import re
from datetime import date

from flask import Flask
from sqlalchemy import select, update

from app.access.actor import Scope, acting_scope, system_scope
from app.access.membership import ClientMembership
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from tests.support.app import Browser

COUNTY = organisation_key("WELLBEING_COUNTY", "04")


def test_the_county_sees_the_shared_client_and_no_other(app: Flask) -> None:
    veera = Browser(app).sign_in("veera")
    page = veera.get("/clients/list/")
    keys = set(re.findall(r"/clients/show/([0-9a-f-]{36})", page.text))
    assert len(keys) == 1
    key = keys.pop()
    assert veera.get(f"/clients/show/{key}").status_code == 200
    assert veera.get(f"/clients/edit/{key}").status_code == 403


def test_a_shared_client_is_read_but_not_written(app: Flask) -> None:
    with app.app_context(), acting_scope(Scope(COUNTY)):
        client = db.session.scalars(select(Client)).one()
        client.call_name = "x"
        try:
            db.session.flush()
        except PermissionError:
            db.session.rollback()
        else:
            raise AssertionError("the county wrote the owner's client")


def test_sharing_ends_with_its_period(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), system_scope():
        row = db.session.scalars(select(ClientMembership).where(ClientMembership.organisation_id == COUNTY)).one()
        key, until = row.id, row.valid_to
        db.session.execute(update(ClientMembership).where(ClientMembership.id == key).values(valid_to=date(2026, 1, 2)))
        db.session.commit()
    try:
        with sqlite_app.app_context(), acting_scope(Scope(COUNTY)):
            assert db.session.scalars(select(Client)).all() == []
    finally:
        with sqlite_app.app_context(), system_scope():
            db.session.execute(update(ClientMembership).where(ClientMembership.id == key).values(valid_to=until))
            db.session.commit()
