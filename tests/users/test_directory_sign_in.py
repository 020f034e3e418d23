"""Sign-in through a real LDAP directory: right and wrong passwords, groups as rights, certificates and faults."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder.security.sqla.models import User
from flask_migrate import upgrade
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import create_app
from app.access.actor import system_scope
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD, load_accounts
from app.directories.ask import person_by_password
from app.directories.client import DirectoryUnavailableError
from app.directories.settings import settings_of_installation
from app.organisations.load import load_organisations
from app.users.models import AccessGrant
from app.users.sync import sync_security
from config import LdapSettings, SettingsError, load_settings
from tests.support.slapd import CASEWORKERS, PASSWORD, PEOPLE, SERVICE_DN, SERVICE_PASSWORD, Slapd, free_port, make_ca

MIGRATIONS = Path(__file__).parents[2] / "migrations"
STARTTLS_OID = b"1.3.6.1.4.1.1466.20037"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    with Slapd(tmp_path_factory.mktemp("slapd")) as server:
        yield server


@pytest.fixture
def directory(server: Slapd) -> Iterator[Slapd]:
    """The server, brought back to life after a test that froze or killed it."""
    yield server
    server.stop()
    server.start()


@pytest.fixture(scope="module")
def environment(server: Slapd, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {
        "KOTO_INSTANCE_DIR": str(tmp_path_factory.mktemp("instance")), "KOTO_LDAP_URL": server.url, "KOTO_LDAP_SEARCH": PEOPLE,
        "KOTO_LDAP_BIND_DN": SERVICE_DN, "KOTO_LDAP_BIND_PASSWORD": SERVICE_PASSWORD, "KOTO_LDAP_CA_FILE": str(server.ca_file),
        "KOTO_LDAP_GROUPS": f"{CASEWORKERS}=>CASEWORKER@092", "KOTO_LOGIN_RATE_LIMIT": "5 per minute",
    }  # fmt: skip


@pytest.fixture(scope="module")
def app(environment: dict[str, str]) -> Flask:
    app = create_app(load_settings(environment), TESTING=True, RATELIMIT_ENABLED=False)
    with app.app_context(), system_scope():
        upgrade(directory=str(MIGRATIONS))
        sync_security(app)
        load_organisations(db.session)
        load_accounts(db.session)
    return app


def ldap_of(app: Flask) -> LdapSettings:
    ldap = app.config["KOTO"].ldap
    assert isinstance(ldap, LdapSettings)
    return ldap


def use_ldap(monkeypatch: pytest.MonkeyPatch, app: Flask, **changes: Any) -> None:
    """Let the application know another directory for the length of the test."""
    monkeypatch.setitem(app.config, "KOTO", replace(app.config["KOTO"], ldap=replace(ldap_of(app), **changes)))


def sign_in(app: Flask, username: str, password: str, client: FlaskClient | None = None) -> TestResponse:
    client = client or app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/login/").text)
    assert token is not None
    return client.post("/login/", data={"username": username, "password": password, "csrf_token": token[1]})


def front_page(app: Flask, username: str, password: str = PASSWORD) -> TestResponse:
    """Sign in, which must succeed, and give the front page."""
    client = app.test_client()
    assert sign_in(app, username, password, client).status_code == 303
    return client.get("/")


def alert(response: TestResponse) -> str:
    (message,) = re.findall(r'<p class="message message-danger" role="alert">(.+?)</p>', response.text, re.S)
    return str(message).strip()


def grants(app: Flask, username: str) -> list[AccessGrant]:
    with app.app_context(), system_scope():
        return list(db.session.scalars(select(AccessGrant).join(AccessGrant.user).where(User.username == username)))


def test_the_right_password_signs_in_and_acts_in_the_municipality_of_the_group(app: Flask) -> None:
    page = front_page(app, "aino.ldap")
    assert (page.status_code, "Aino Lahti" in page.text, "Vantaa" in page.text) == (200, True, True)
    assert [(grant.role, grant.from_directory, grant.valid_to) for grant in grants(app, "aino.ldap")] == [("CASEWORKER", True, None)]


def test_a_wrong_password_is_refused_and_so_is_an_unknown_person_with_the_same_answer(app: Flask) -> None:
    wrong, unknown = sign_in(app, "aino.ldap", "wrong"), sign_in(app, "nobody", PASSWORD)
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert alert(wrong) == alert(unknown)


@pytest.mark.parametrize("password", ["", " ", "\t \u00a0", "\0", f"{PASSWORD}\0", f"\0{PASSWORD}"])
def test_an_empty_blank_or_nul_password_is_refused_without_asking_the_directory(
    app: Flask, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    use_ldap(monkeypatch, app, url=f"ldap://127.0.0.1:{free_port()}")
    assert person_by_password(settings_of_installation(ldap_of(app)), "aino.ldap", password) is None
    assert sign_in(app, "aino.ldap", password).status_code in (401, 422)
    assert sign_in(app, "aino.ldap", "asks").status_code == 503


@pytest.mark.parametrize("username", ["*", "aino*", ")(uid=*", "aino.ldap)(objectClass=*", "*)(|(uid=*", "\\2a", "aino.ldap\0"])
def test_filter_characters_in_the_user_name_find_nobody(app: Flask, username: str) -> None:
    assert person_by_password(settings_of_installation(ldap_of(app)), username, PASSWORD) is None
    assert sign_in(app, username, PASSWORD).status_code == 401


def test_a_person_with_letters_outside_ascii_signs_in_and_sees_the_name(app: Flask) -> None:
    assert "Åke Ångström" in front_page(app, "åke").text


@pytest.mark.parametrize("spellings", [("AINO.LDAP", "aino.ldap "), ("Örjan", "örjan", "ÖRJAN")])
def test_every_spelling_of_a_user_name_leads_to_one_account(app: Flask, spellings: tuple[str, ...]) -> None:
    for spelling in spellings:
        assert front_page(app, spelling).status_code == 200
    with app.app_context(), system_scope():
        names = [name.lower() for name in db.session.scalars(select(User.username))]
    assert names.count(spellings[0].lower()) == 1


def test_leaving_the_group_withdraws_the_right_at_the_next_sign_in_and_coming_back_restores_it(app: Flask, server: Slapd) -> None:
    assert front_page(app, "leaver").status_code == 200
    server.remove_from_group("leaver")
    assert front_page(app, "leaver").location == "/my-rights/"
    (ended,) = grants(app, "leaver")
    assert ended.valid_to is not None
    assert ended.valid_to < date.today()
    server.add_to_group("leaver")
    assert front_page(app, "leaver").status_code == 200


def test_a_person_without_a_group_gets_no_right(app: Flask) -> None:
    assert front_page(app, "nogroup").location == "/my-rights/"
    assert grants(app, "nogroup") == []


def test_a_certificate_from_another_authority_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wrong_password = alert(sign_in(app, "aino.ldap", "wrong"))
    use_ldap(monkeypatch, app, ca_file=str(make_ca(tmp_path, "stranger")))
    refused = sign_in(app, "aino.ldap", PASSWORD)
    assert refused.status_code == 503
    assert alert(refused) != wrong_password


def test_a_missing_file_of_authorities_is_told_as_an_unavailable_directory(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    use_ldap(monkeypatch, app, ca_file="/nonexistent/ca.pem")
    assert sign_in(app, "aino.ldap", PASSWORD).status_code == 503


def test_the_directory_takes_no_password_in_plain_text(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    use_ldap(monkeypatch, app, starttls=False)
    assert sign_in(app, "aino.ldap", PASSWORD).status_code == 503


def test_no_password_is_sent_to_a_directory_that_refuses_starttls(app: Flask) -> None:
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse() -> None:
            peer, _address = listener.accept()
            with peer:
                received.append(peer.recv(4096))
                # ExtendedResponse to message 1: protocolError.
                peer.sendall(bytes.fromhex("300c02010178070a010204000400"))
                while more := peer.recv(4096):
                    received.append(more)

        thread = threading.Thread(target=refuse, daemon=True)
        thread.start()
        plain = replace(ldap_of(app), url=f"ldap://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(DirectoryUnavailableError):
            person_by_password(settings_of_installation(plain), "aino.ldap", PASSWORD)
        thread.join(5)
    assert STARTTLS_OID in b"".join(received)
    assert not any(secret.encode() in b"".join(received) for secret in (SERVICE_PASSWORD, PASSWORD))


def test_starttls_is_on_by_default_and_production_does_not_let_it_be_turned_off(environment: dict[str, str]) -> None:
    production = {
        **environment, "KOTO_ENVIRONMENT": "production", "KOTO_SECRET_KEY": "s" * 40, "KOTO_PUBLIC_URL": "https://koto.test",
        "KOTO_DATABASE_URL": "postgresql+psycopg://db/koto", "KOTO_FIELD_KEYS": Fernet.generate_key().decode(),
    }  # fmt: skip
    ldap = load_settings(production).ldap
    assert ldap is not None
    assert ldap.starttls
    with pytest.raises(SettingsError, match="STARTTLS"):
        load_settings({**production, "KOTO_LDAP_STARTTLS": "0"})


@pytest.mark.parametrize(("fault", "seconds"), [("kill", 5), ("freeze", 8)])
def test_a_dead_or_hanging_directory_is_told_soon_and_local_accounts_still_sign_in(
    app: Flask, directory: Slapd, fault: str, seconds: int
) -> None:
    wrong_password = alert(sign_in(app, "aino.ldap", "wrong"))
    getattr(directory, fault)()
    started = time.monotonic()
    refused = sign_in(app, "aino.ldap", PASSWORD)
    assert time.monotonic() - started < seconds
    assert refused.status_code == 503
    assert alert(refused) != wrong_password
    started = time.monotonic()
    assert front_page(app, "bengt", DEMO_PASSWORD).status_code == 200
    assert time.monotonic() - started < 2


def test_an_account_of_the_directory_cannot_take_over_a_local_one_of_the_same_name(app: Flask) -> None:
    for spelling in ("bengt", "BENGT", " bengt "):
        assert sign_in(app, spelling, PASSWORD).status_code == 401
    assert [(grant.person, grant.role, grant.from_directory) for grant in grants(app, "bengt")] == [("Berg, Bengt", "TEAM_LEAD", False)]


def test_signing_in_is_rate_limited(app: Flask, environment: dict[str, str]) -> None:
    limited = create_app(load_settings(environment), TESTING=True)
    client = limited.test_client()
    answers = [sign_in(limited, "aino.ldap", "wrong", client).status_code for _attempt in range(6)]
    assert answers == [401] * 5 + [429]
