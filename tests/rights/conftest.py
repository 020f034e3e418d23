"""A world of its own for rights: Matti and Selma have an account and no right, Eero is Eeva's colleague."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import now
from app.demo.accounts import DEMO_PASSWORD
from app.organisations.models import organisation_key
from app.users.models import AccessGrant, UserProfile
from tests.support.app import Browser, make_app, prepare
from tests.support.form import typed
from tests.support.snapshots import address_of, keep_database, put_back

VANTAA, PORVOO, COUNTY = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638"), organisation_key("WELLBEING_COUNTY", "04")


def add_person(session: Session, username: str, name: str, language: str = "fi") -> int:
    """Make a local account without any right and give its key."""
    given, family = name.split()
    user = User(username=username, first_name=given, last_name=family, email=f"{username}@demo.invalid", active=True, password=generate_password_hash(DEMO_PASSWORD))
    session.add(user)
    session.flush()
    session.add(UserProfile(user_id=user.id, language=language, is_local=True))
    return int(user.id)


def _people() -> None:
    for username, name, language in (("matti", "Matti Mallikas", "fi"), ("selma", "Selma Skog", "sv")):
        add_person(db.session, username, name, language)
    eero = add_person(db.session, "eero", "Eero Etelä")
    db.session.get_one(UserProfile, eero).email = "eero@example.fi"
    db.session.add(AccessGrant(user_id=eero, organisation_id=VANTAA, role="ACCESS_ADMIN", basis="B3", valid_from=date(2026, 1, 1), opened_at=now()))
    db.session.commit()


def _made(request: pytest.FixtureRequest, folder: Path) -> Flask:
    owner = make_app(folder)
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        database = server.new_database()
        owner = make_app(folder, server.url("koto_owner", database))
    prepare(owner, 10)
    with owner.app_context(), system_scope():
        _people()
    owner.config["OWNER"] = owner
    return owner if request.param == "sqlite" else make_app(folder, server.url("koto_web", database), OWNER=owner)


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def begun(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Path]:
    """An application on each database, and its rows as they were before any test."""
    folder = tmp_path_factory.mktemp("begun")
    found = _made(request, folder)
    # A process of the run may come back to the folder after another, while the server is the same.
    place = folder / f"rights_begun_{uuid4().hex}"
    keep_database(found.config["OWNER"], place)
    return found, place


@pytest.fixture
def app(begun: tuple[Flask, Path]) -> Flask:
    """The application with its rows put back: rights are made and ended in each test."""
    found, kept = begun
    address_of(found)
    assert put_back(found.config["OWNER"], kept)
    return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application on each database for tests that put it right before they begin."""
    return _made(request, tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def sqlite_world(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for tests that change nothing in it."""
    found = make_app(tmp_path_factory.mktemp("rights"))
    prepare(found, 3)
    with found.app_context(), system_scope():
        _people()
    return found


def wish(**changes: str) -> dict[str, str]:
    """Give the fields of a good application for Vantaa's casework."""
    today = date.today()
    return {
        "organisation_id": VANTAA, "role": "CASEWORKER", "task": "Alkuvaiheen arvioinnit", "basis": "B1", "valid_from": today.isoformat(),
        "valid_to": (today + timedelta(days=300)).isoformat(), "email": "matti@example.fi", "training_done_on": today.isoformat(), "accepts_liability": "y", **changes,
    }  # fmt: skip


def apply(browser: Browser, **changes: str) -> Any:
    """Send an application."""
    browser.get("/my-rights/apply")
    return browser.post("/my-rights/apply", **wish(**changes))


def application_at(browser: Browser) -> str:
    """Give the key of the first application in an administrator's list."""
    page = browser.get("/right-applications/list/?f.state=SENT").text
    return page.split("/right-applications/show/")[1][:36]


def grant(browser: Browser, key: str, **changes: str) -> Any:
    path = f"/right-applications/grant/{key}"
    values = typed(browser.get(path)) | {name: [value] for name, value in changes.items()}
    return browser.client.post(path, data=values)
