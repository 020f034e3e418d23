"""The pages of directories: whose they are, what they refuse, and that a secret never comes back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, text
from sqlalchemy.orm import undefer

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.directories.models import Directory, DirectoryGroup
from app.web.drafts import Draft
from tests.support.app import Browser
from tests.support.directories import PORVOO, VANTAA, Directories
from tests.support.form import typed
from tests.support.slapd import CASEWORKERS, SERVICE_PASSWORD, Slapd

SECRET = "hyvin-salainen-sana"
ADD = "/directories/add"
GOOD = {
    "name": "Hakemisto", "realm": "Käyttö.fi", "is_active": "y", "kind": "INETORGPERSON", "url": "ldaps://hakemisto.invalid", "starttls": "y",
    "bind_dn": "cn=koto,dc=kunta,dc=fi", "bind_secret": SECRET, "search_base": "ou=people,dc=kunta,dc=fi", "user_filter": "(uid={username})",
    "username_attribute": "uid", "given_name_attribute": "givenName", "family_name_attribute": "sn", "mail_attribute": "mail",
}  # fmt: skip


@pytest.fixture
def eeva(app: Flask) -> Browser:
    return Browser(app).sign_in("eeva")


@pytest.fixture
def own(directories: Directories, people: Slapd) -> str:
    return directories.add(people, "vantaa.example", VANTAA, test_user="maija")


def send(browser: Browser, path: str, **changes: Any) -> Any:
    """Send the form of an address with some fields changed."""
    values = typed(browser.get(path), **changes)
    browser.page = browser.client.post(path, data=values)
    return browser.page


def saved_secret(app: Flask, key: str) -> str:
    with app.app_context(), system_scope():
        return db.session.scalars(select(Directory).where(Directory.id == key).options(undefer(Directory.bind_secret))).one().bind_secret


def events(app: Flask, *names: str) -> list[tuple[str, str | None]]:
    with app.app_context(), system_scope():
        return [(row.name, row.fields) for row in db.session.scalars(select(AuditEvent).where(AuditEvent.name.in_(names)).order_by(AuditEvent.at))]


def test_a_directory_is_added_with_its_groups_and_an_event(directories: Directories, app: Flask, eeva: Browser) -> None:
    before = len(events(app, "directory:added", "directory_group:added"))
    group = {"groups": "0", "groups-0-group_dn": "cn=koto,ou=groups,dc=kunta,dc=fi", "groups-0-role": "CASEWORKER", "groups-0-bypasses_application": "y"}
    answer = send(eeva, ADD, **GOOD, **group)
    assert answer.status_code == 303, answer.text.split("error-summary")[-1][:600]
    key = answer.location.rsplit("/", 1)[1]
    with app.app_context(), system_scope():
        row, line = db.session.get_one(Directory, key), db.session.scalars(select(DirectoryGroup)).one()
        assert (row.realm, row.org_id, line.role, line.bypasses_application) == ("xn--kytt-loa5i.fi", VANTAA, "CASEWORKER", True)
    assert saved_secret(app, key) == SECRET
    assert "käyttö.fi" in eeva.get(f"/directories/show/{key}").text
    assert len(events(app, "directory:added", "directory_group:added")) == before + 2


def test_a_secret_is_written_and_never_read(directories: Directories, app: Flask, eeva: Browser, own: str) -> None:
    directories.change(own, bind_secret=SECRET)
    answer = send(eeva, f"/directories/edit/{own}", name="Toinen", bind_secret="")
    assert answer.status_code == 303 and saved_secret(app, own) == SECRET
    assert send(eeva, f"/directories/edit/{own}", bind_secret="uusi-salainen-sana").status_code == 303
    assert saved_secret(app, own) == "uusi-salainen-sana"
    pages = [eeva.get(f"/directories/{path}").text for path in (f"show/{own}", f"edit/{own}", "list/", "status/list/")]
    # Sent again with a fault the form comes back without it, and in the other language too.
    pages += [send(eeva, f"/directories/edit/{own}", url="x", bind_secret=SECRET).text, send(eeva, f"/directories/edit/{own}", _language="sv", bind_secret=SECRET).text]
    assert not [page for page in pages if SECRET in page or "uusi-salainen-sana" in page or SERVICE_PASSWORD in page]
    assert any("bind_secret" in (fields or "") for _name, fields in events(app, "directory:changed"))
    with app.app_context(), system_scope():
        raw = str(db.session.execute(text("SELECT * FROM directory")).all()) + str(db.session.execute(text("SELECT * FROM audit_event")).all())
    assert "salainen" not in raw


def test_a_draft_keeps_no_secret(app: Flask, eeva: Browser, own: str) -> None:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', eeva.get(ADD).text)
    assert token is not None
    sent = {"place": ADD, "fields": [["name", "Luonnos"], ["bind_secret", SECRET]], "form": None}
    assert eeva.client.post("/drafts/keep", json=sent, headers={"X-CSRFToken": token[1]}).status_code == 204
    with app.app_context(), system_scope():
        content = db.session.scalars(select(Draft.content)).one()
        db.session.execute(delete(Draft))
        db.session.commit()
    assert "Luonnos" in content and SECRET not in content


def test_the_page_of_two_versions_shows_no_secret(app: Flask, eeva: Browser, own: str) -> None:
    path = f"/directories/edit/{own}"
    values = typed(eeva.get(path), name="Oma nimi", bind_secret=SECRET)
    assert send(Browser(app).sign_in("eeva"), path, name="Muun nimi").status_code == 303
    page = eeva.client.post(path, data=values)
    assert page.status_code == 409 and "Oma nimi" in page.text and "Muun nimi" in page.text
    assert "Kirjoittamasi salasana ei säily" in page.text and SECRET not in page.text and SERVICE_PASSWORD not in page.text


@pytest.mark.parametrize("change", [{"url": "ldaps://muualla.invalid"}, {"bind_dn": "cn=muu,dc=test"}, {"ca_certificate": ""}])
def test_a_saved_secret_is_not_sent_elsewhere(app: Flask, eeva: Browser, own: str, change: dict[str, str]) -> None:
    path = f"/directories/edit/{own}"
    refused = send(eeva, path, **change)
    assert refused.status_code == 422 and 'id="bind_secret-error"' in refused.text
    assert send(eeva, path, **change, bind_secret=SECRET).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("realm", "kunta", "verkkotunnuksena"), ("realm", "VANTAA.example", "on jo käytössä"), ("url", "http://kunta.fi", "ldaps://palvelin"),
        ("ca_certificate", "ei varmenne", "PEM-muotoinen"), ("ca_certificate", "-----BEGIN PRIVATE KEY-----", "yksityinen avain"),
        ("bind_dn", "koto", "yksilöivä nimi"), ("search_base", "people", "yksilöivä nimi"), ("group_base", "groups", "yksilöivä nimi"),
        ("user_filter", "(uid=*)", "{username}"), ("username_attribute", "userPassword", "Salasanoja ei voi lukea"), ("bind_secret", "", "palvelutunnuksen salasana"),
    ],
)  # fmt: skip
def test_bad_input_is_explained(eeva: Browser, own: str, field: str, value: str, sentence: str) -> None:
    page = send(eeva, ADD, **GOOD | {"realm": "uusi.fi", field: value})
    found = re.search(rf'id="{field}-error">(.*?)</p>', page.text, re.S)
    assert page.status_code == 422 and found is not None and sentence in found[1]


def test_an_address_in_the_clear_is_refused_in_both_languages(eeva: Browser, directories: Directories) -> None:
    values = {**GOOD, "url": "ldap://hakemisto.invalid"}
    for language, sentence in (("fi", "salasanat kulkisivat salaamatta"), ("sv", "okrypterade")):
        eeva.get(f"/lang/{language}")
        sent = typed(eeva.get(ADD), **values)
        del sent["starttls"]
        page = eeva.client.post(ADD, data=sent)
        assert page.status_code == 422 and sentence in page.text
    eeva.get("/lang/fi")


@pytest.mark.parametrize(("role", "bypasses", "field"), [("ACCESS_ADMIN", True, "bypasses_application"), ("WSC_PARTICIPANT", False, "role")])
def test_a_group_gives_no_more_than_it_may(eeva: Browser, own: str, role: str, bypasses: bool, field: str) -> None:
    more = {"bypasses_application": "y"} if bypasses else {}
    page = send(eeva, f"/directory-groups/add?directory={own}", group_dn="cn=koto,dc=test", role=role, **more)
    assert page.status_code == 422 and f'id="{field}-error"' in page.text


def test_nobody_sees_or_changes_the_directory_of_another_organisation(directories: Directories, app: Flask, eeva: Browser, people: Slapd) -> None:
    foreign = directories.add(people, "porvoo.example", PORVOO, name="Vieras hakemisto")
    directories.map_group(foreign, CASEWORKERS, "CASEWORKER")
    with app.app_context(), system_scope():
        group = db.session.scalars(select(DirectoryGroup.id)).one()
    for path in ("/directories/list/", "/directory-groups/list/", "/directories/status/list/"):
        page = eeva.get(path)
        assert page.status_code == 200 and not any(word in page.text for word in ("Vieras", "porvoo.example", CASEWORKERS))
    for path in (f"/directories/show/{foreign}", f"/directories/edit/{foreign}", f"/directory-groups/show/{group}", f"/directory-groups/edit/{group}",
                 f"/directory-groups/add?directory={foreign}", f"/directory-groups/list/?directory={foreign}", "/directory-groups/add"):  # fmt: skip
        assert eeva.get(path).status_code == 404, path
    eeva.get("/directories/list/")
    for path in (f"/directories/test/{foreign}", f"/directories/delete/{foreign}", f"/directory-groups/delete/{group}", f"/directories/edit/{foreign}"):
        eeva.get("/directories/add")
        assert eeva.post(path).status_code == 404, path


@pytest.mark.parametrize("person", ["aino", "bengt", "lotta", "pekka"])
def test_other_roles_are_refused(app: Flask, own: str, person: str) -> None:
    browser = Browser(app).sign_in(person)
    for path in ("/directories/list/", f"/directories/show/{own}", "/directories/status/list/", "/directory-groups/list/"):
        assert browser.get(path).status_code == 403


def test_the_national_agency_sees_how_all_are_doing_and_none_of_their_settings(directories: Directories, app: Flask, own: str) -> None:
    kaisa = Browser(app).sign_in("kaisa")
    page = kaisa.get("/directories/status/list/").text
    assert "vantaa.example" in page and "Kukaan ei ole vielä kirjautunut" in page
    assert not any(word in page for word in ("127.0.0.1", "cn=koto", "dc=test"))
    assert kaisa.get(f"/directories/show/{own}").status_code == 404
    directories.sign_in("maija@vantaa.example")
    assert "Toimii" in kaisa.get("/directories/status/list/").text
    directories.change(own, bind_secret="wrong")
    directories.sign_in("maija@vantaa.example")
    assert "Ei toimi, alkaen" in kaisa.get("/directories/status/list/").text


def test_deleting_a_directory_deletes_its_groups_and_leaves_rights(directories: Directories, app: Flask, eeva: Browser, own: str) -> None:
    directories.map_group(own, CASEWORKERS, "CASEWORKER", bypasses_application=True)
    directories.signed_in("nogroup@vantaa.example")
    directories.signed_in("aino.ldap@vantaa.example")
    eeva.get(f"/directories/show/{own}")
    assert eeva.post(f"/directories/delete/{own}").status_code == 303
    with app.app_context(), system_scope():
        assert db.session.scalars(select(DirectoryGroup)).all() == []
    assert directories.sign_in("aino.ldap@vantaa.example").status_code == 401
    assert directories.grants("aino.ldap@vantaa.example") == [("CASEWORKER", VANTAA)]


def test_the_application_does_all_of_it_on_postgresql_as_well(postgres_app: Flask, people: Slapd) -> None:
    rows = Directories(postgres_app)
    try:
        key = rows.add(people, "vantaa.example", VANTAA)
        rows.map_group(key, CASEWORKERS, "CASEWORKER", bypasses_application=True)
        assert rows.signed_in("maija@vantaa.example").get("/").status_code == 200
        people.kill()
        assert [rows.sign_in("maija@vantaa.example").status_code for _attempt in range(4)] == [503] * 4
        assert rows.state(key).failures == 3
        people.start()
        rows.let_the_pause_pass(key)
        rows.signed_in("maija@vantaa.example")
        eeva = Browser(postgres_app).sign_in("eeva")
        assert "vantaa.example" in eeva.get("/directories/status/list/").text
        eeva.get(f"/directories/show/{key}")
        assert eeva.post(f"/directories/delete/{key}").status_code == 303
    finally:
        rows.clear()
