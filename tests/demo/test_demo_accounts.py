"""The standing cast: who they are, what they reach, and that their colleagues are names only."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.demo.workers import COLLEAGUES
from app.users.models import AccessGrant
from tests.support.app import Browser


def test_the_accounts_are_listed_as_the_contract_says(sqlite_app: Flask) -> None:
    found = json.loads(sqlite_app.test_cli_runner().invoke(args=["demo", "accounts", "--json"]).stdout)
    assert [row["username"] for row in found] == ["aino", "bengt", "cecilia", "eeva", "iida", "kaisa", "lotta", "minna", "pekka", "rolf", "tuomas", "ulla", "veera"]
    assert set(found[0]) == {"username", "password", "name", "role", "organisation_code", "organisation", "language"}
    pekka = found[8]
    assert (pekka["role"], pekka["organisation"], pekka["organisation_code"]) == ("PROVIDER_USER", "Esimerkkikoulutus Oy", "ESIM")


def test_nobody_signs_in_as_a_colleague(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app)
    browser.get("/login/")
    assert browser.post("/login/", username=COLLEAGUES[0][0], password=DEMO_PASSWORD).status_code == 401
    assert browser.get("/clients/list/").status_code == 302


def test_the_provider_sees_the_clients_shared_with_it_and_little_of_them(app: Flask) -> None:
    pekka = Browser(app).sign_in("pekka")
    keys = set(re.findall(r"/clients/show/([0-9a-f-]{36})", pekka.get("/clients/list/").text))
    assert 1 <= len(keys) <= 3
    page = pekka.get(f"/clients/show/{keys.pop()}")
    assert page.status_code == 200
    for closed in ("notes", "assessments", "goals", "planned-services", "plan-reviews", "reviewed-goals", "hindrances", "residence-bases", "family-links"):
        assert pekka.get(f"/{closed}/list/").status_code == 403
        assert f"/{closed}/" not in page.text
    assert not re.findall(r"/plans/show/", page.text)
    assert pekka.get("/clients/add").status_code == 403


def test_the_provider_does_not_open_another_client(app: Flask) -> None:
    pekka = Browser(app).sign_in("pekka")
    mine = set(re.findall(r"/clients/show/([0-9a-f-]{36})", pekka.get("/clients/list/").text))
    aino = Browser(app).sign_in("aino")
    other = set(re.findall(r"/clients/show/([0-9a-f-]{36})", aino.get("/clients/list/?psize=100").text)) - mine
    assert other
    assert pekka.get(f"/clients/show/{other.pop()}").status_code == 404


@pytest.mark.parametrize(("role", "basis"), [("CASEWORKER", "B1"), ("ACCESS_ADMIN", "B3"), ("PROVIDER_USER", "B6")])
def test_each_right_has_the_ground_of_its_role(sqlite_app: Flask, role: str, basis: str) -> None:
    with sqlite_app.app_context(), system_scope():
        assert set(db.session.scalars(select(AccessGrant.basis).where(AccessGrant.role == role))) == {basis}


def test_an_identity_code_is_not_readable_at_rest(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), system_scope():
        code = db.session.scalars(select(Client.identity_code).where(Client.identity_code.is_not(None)).limit(1)).one()
    # Another process reads the file: to close it here would let go of the locks that this one holds of it, and whoever closes the database
    # next would take its log away from under the others.
    raw = subprocess.run(["cat", str(sqlite_app.config["KOTO"].instance_dir / "koto.db")], capture_output=True, check=True).stdout
    assert code.encode() not in raw
