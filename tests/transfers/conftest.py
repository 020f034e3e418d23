"""A client of Vantaa's with a row in every section, and a browser in Porvoo; on each database, gone afterwards with the transfers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select

from app.access.actor import system_scope
from app.access.membership import ClientMembership
from app.clients.actions import prepare_client
from app.clients.models import Client
from app.db.base import db
from app.db.types import new_id
from app.history.models import RowVersion
from app.mail.models import OutgoingMail
from app.organisations.models import organisation_key
from app.participations.actions import membership_for
from app.participations.models import Participation
from app.transfers.models import TransferRequest
from app.transfers.run import escalate, run
from app.users.models import UserProfile
from tests.support.app import Browser, make_app, prepare
from tests.support.postgres import Postgres
from tests.support.specimens import COUNTY, PORVOO, VANTAA, Specimen, models_of_clients, row_for

TODAY = date.today()
CODE = "010190-900P"


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def apps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Flask]:
    """An installation of its own: the application that serves, and the one of the operator's commands."""
    folder: Path = tmp_path_factory.mktemp("transfers")
    if request.param == "sqlite":
        app = make_app(folder)
        prepare(app, 0)
        with_addresses(app)
        return app, app
    server: Postgres = request.getfixturevalue("postgres")
    name = server.new_database()
    owner = make_app(folder, server.url("koto_owner", name))
    prepare(owner, 0)
    with_addresses(owner)
    return make_app(folder, server.url("koto_web", name)), owner


@pytest.fixture
def app(apps: tuple[Flask, Flask]) -> Flask:
    return apps[0]


@pytest.fixture
def owner(apps: tuple[Flask, Flask]) -> Flask:
    return apps[1]


def planted(owner: Flask, **values: Any) -> str:
    """Make a client of Vantaa's with a row in every table, and give the key."""
    specimen = Specimen(VANTAA, "kanarialintu", "salainen", "virkailija")
    with owner.app_context(), system_scope():
        made = {"family_name": "Muuttaja", "given_names": "Mirja", "birth_date": date(1990, 1, 1), "citizenship": "SO", "mother_tongue": "so", "service_language": "fi",
                "identity_code": CODE, "status": "PLAN_ACTIVE", "relationship_started": TODAY, "phone": "0401234567", **values}  # fmt: skip
        client = Client(id=new_id(), org_id=VANTAA, home_municipality_id=VANTAA, **made)
        prepare_client(client)
        db.session.add(client)
        db.session.add(ClientMembership(client_id=client.id, organisation_id=VANTAA, is_owner=True, purpose="CONTROLLER", valid_from=TODAY))
        db.session.flush()
        specimen.keys["client"] = client.id
        first: dict[Any, str] = {Client.__table__: client.id}
        for model in models_of_clients():
            if model is RowVersion:
                # Written by itself; one that says nothing of a row can stand only once.
                continue
            row = row_for(model, specimen, "plain", first)
            row.id = new_id()
            if isinstance(row, Participation):
                row.organisation_id, row.profile, row.purpose, row.valid_to, row.ended_how = COUNTY, "PLAN_AND_REVIEW_PART", "PLAN_PARTICIPATION", TODAY + timedelta(days=30), None
                db.session.add(membership_for(row, TODAY))
            db.session.add(row)
            db.session.flush()
            first[model.__table__] = row.id
        db.session.commit()
        return str(client.id)


@pytest.fixture
def client_id(owner: Flask) -> Iterator[str]:
    key = planted(owner)
    yield key
    clear(owner)


def clear(owner: Flask) -> None:
    with owner.app_context(), system_scope():
        db.session.execute(delete(OutgoingMail))
        db.session.execute(delete(TransferRequest))
        db.session.execute(delete(Client))
        db.session.commit()


@pytest.fixture(scope="package")
def bengt(apps: tuple[Flask, Flask]) -> Browser:
    """Leads a team in Vantaa."""
    return Browser(apps[0]).sign_in("bengt")


@pytest.fixture(scope="package")
def other(apps: tuple[Flask, Flask]) -> Browser:
    """Works in Porvoo."""
    return Browser(apps[0]).sign_in("cecilia")


def offered(browser: Browser, client_id: str, *sections: str, to: str = PORVOO, **values: Any) -> Any:
    """Offer the client on the form; gives the answer."""
    path = f"/transfers/send?client={client_id}"
    browser.get(path)
    fields = {"other_id": to, "consent_on": TODAY.isoformat(), "consent_language": "so", "choice_reason": "", **dict.fromkeys(sections, "y"), **values}
    return browser.post(path, **fields)


def wanted(browser: Browser, from_id: str = VANTAA, **values: Any) -> Any:
    """Ask for a person on the form; gives the answer."""
    browser.get("/transfers/request")
    fields = {"other_id": from_id, "consent_on": TODAY.isoformat(), "consent_language": "so", "identity_code": "", "family_name": "Muuttaja", "given_names": "Mirja",
              "birth_date": "1990-01-01", **values}  # fmt: skip
    return browser.post("/transfers/request", **fields)


def key_in(answer: Any) -> str:
    """Give the key of the transfer that an answer leads to."""
    assert answer.status_code == 303, answer.text
    found = re.search(r"/transfers/show/([0-9a-f-]{36})", answer.headers["Location"])
    assert found
    return found.group(1)


def did(browser: Browser, deed: str, key: str, **fields: Any) -> Any:
    """Open the page of a deed and send it; gives the answer."""
    page = browser.get(f"/transfers/{deed}/{key}")
    return page if page.status_code != 200 else browser.post(f"/transfers/{deed}/{key}", **fields)


def ran(owner: Flask, on: date = TODAY) -> dict[str, int]:
    with owner.app_context(), system_scope():
        return dict(run(db.session, on))


def escalated(owner: Flask, on: date) -> dict[str, int]:
    with owner.app_context(), system_scope():
        return dict(escalate(db.session, on))


def stored(owner: Flask, statement: Any) -> list[Any]:
    """Give what the database holds, whoever may see it."""
    with owner.app_context(), system_scope():
        return [tuple(row) for row in db.session.execute(statement)]


def with_addresses(owner: Flask) -> None:
    """Let letters reach everybody of the cast."""
    with owner.app_context(), system_scope():
        for profile in db.session.scalars(select(UserProfile)):
            profile.email = f"u{profile.user_id}@demo.invalid"
        db.session.commit()


def letters(owner: Flask) -> list[tuple[str, str, str]]:
    """Give kind, receiver's user name and text of every letter."""
    query = select(OutgoingMail.kind, User.username, OutgoingMail.subject, OutgoingMail.body).join(User, User.id == OutgoingMail.user_id)
    return [(kind, who, f"{subject}\n{body}") for kind, who, subject, body in stored(owner, query.order_by(OutgoingMail.kind, User.username))]


def keys_of(owner: Flask, organisation: str) -> list[str]:
    return [row[0] for row in stored(owner, select(Client.id).where(Client.org_id == organisation))]


__all__ = ["PORVOO", "VANTAA", "organisation_key"]
