"""Clients of Vantaa's and of another municipality, made for each test and taken away afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select

from app.access.actor import Scope, acting_scope, system_scope
from app.access.membership import ClientMembership
from app.clients.actions import prepare_client
from app.clients.models import Client
from app.db.base import db
from app.db.types import new_id
from app.organisations.models import organisation_key
from app.responsibility.actions import derive, follow_status
from app.responsibility.queries import statuses_of
from tests.support.app import Browser, make_app
from tests.transfers.conftest import planted

VANTAA, PORVOO = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")
BORN = date(1931, 3, 17)
PERSON = {
    "family_name": "Testaaja", "given_names": "Taina", "birth_date": BORN, "citizenship": "SO", "mother_tongue": "so", "service_language": "fi",
    "no_identity_code_reason": "PENDING", "employment_status": "UNEMPLOYED_JS", "relationship_started": date(2026, 1, 7),
}  # fmt: skip
FORM = {**PERSON, "birth_date": "1931-03-17", "relationship_started": "2026-01-07", "home_municipality_id": VANTAA, "home_municipality_id_text": "Vantaa"}


@pytest.fixture
def person(app: Flask) -> Iterator[Callable[..., str]]:
    """Make a client of an organisation and give its key; every client born on that day goes at the end."""

    def make(organisation: str = VANTAA, **values: Any) -> str:
        with app.app_context(), acting_scope(Scope(organisation)):
            row = Client(**{"id": new_id(), "org_id": organisation, "home_municipality_id": organisation, "status": "INTAKE", **PERSON, **values})
            prepare_client(row)
            db.session.add_all([row, ClientMembership(client_id=row.id, organisation_id=organisation, is_owner=True, purpose="CONTROLLER", valid_from=date(2026, 1, 7))])
            key = row.id
            db.session.commit()
            return key

    yield make
    for organisation in (VANTAA, PORVOO):
        with app.app_context(), acting_scope(Scope(organisation)):
            db.session.execute(delete(Client).where(Client.birth_date.in_([BORN, date(1931, 4, 17)]), Client.org_id == organisation))
            db.session.commit()


@pytest.fixture
def bengt(app: Flask) -> Browser:
    """Team lead in municipality A."""
    return Browser(app).sign_in("bengt")


@pytest.fixture
def worker(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(User.id).where(User.username == "aino")).one()


@pytest.fixture
def owner(app: Flask) -> Flask:
    """The application as the operator's commands run it."""
    address = str(app.config["SQLALCHEMY_DATABASE_URI"])
    return app if "koto_web" not in address else make_app(Path(app.instance_path), address.replace("koto_web", "koto_owner"))


@pytest.fixture
def two_full(owner: Flask) -> Iterator[tuple[str, str]]:
    """Two clients with a row in every table, each brought to what follows from its rows."""
    keys = planted(owner), planted(owner, identity_code=None, no_identity_code_reason="PENDING", email="mirja@example.fi")
    with owner.app_context(), system_scope():
        for key in keys:
            client, statuses = db.session.get_one(Client, key), statuses_of(db.session, [key])
            follow_status(client, statuses, date.today())
            derive(db.session, client, statuses)
        db.session.commit()
    yield keys
    with owner.app_context(), system_scope():
        db.session.execute(delete(Client).where(Client.id.in_(keys)))
        db.session.commit()
