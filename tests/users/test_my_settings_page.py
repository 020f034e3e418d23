"""Own settings: everybody signed in has them, they hold on every machine, and what cannot be used is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.users.models import AccessGrant, User, UserProfile
from tests.support.app import Browser

PLACE = "/my-settings/"
CAST = ("aino", "bengt", "cecilia", "eeva", "pekka", "veera")


def profiles(app: Flask) -> dict[str, tuple[str | None, bool]]:
    with app.app_context(), system_scope():
        rows = db.session.execute(select(User.username, UserProfile.language, UserProfile.single_keys).join(UserProfile, UserProfile.user_id == User.id))
        return {name: (language, single_keys) for name, language, single_keys in rows}


@pytest.fixture(autouse=True)
def settings_back(sqlite_app: Flask) -> Iterator[None]:
    """Leave the cast as it was found."""
    before = profiles(sqlite_app)
    yield
    with sqlite_app.app_context(), system_scope():
        for name, (language, single_keys) in before.items():
            key = select(User.id).where(User.username == name).scalar_subquery()
            db.session.execute(update(UserProfile).where(UserProfile.user_id == key).values(language=language, single_keys=single_keys))
        db.session.commit()


def save(browser: Browser, **fields: str) -> Any:
    browser.get(PLACE)
    return browser.post(PLACE, **fields)


def is_ticked(page: Any) -> bool:
    box = re.search(r'<input type="checkbox" id="single_keys"[^>]*>', page.text)
    assert box
    return " checked" in box.group(0)


def has_key(page: Any) -> bool:
    """Tell whether the page lets the script listen to the key, and says so of the field it leads to."""
    listens, told = "<body data-single-keys>" in page.text, 'aria-keyshortcuts="/"' in page.text
    assert listens == told
    return listens


def test_it_works_on_every_machine(app: Flask) -> None:
    aino, other_machine = Browser(app).sign_in("aino"), Browser(app).sign_in("aino")
    assert has_key(other_machine.get("/clients/list/")) and is_ticked(aino.get(PLACE))
    answer = save(aino, language="sv")
    assert (answer.status_code, answer.headers["Location"]) == (303, PLACE)
    page = aino.get(PLACE)
    assert '<html lang="sv"' in page.text and "Sparat" in page.text and not is_ticked(page)
    assert not has_key(aino.get("/clients/list/")) and not has_key(other_machine.get("/clients/list/"))
    third_machine = Browser(app).sign_in("aino")
    assert '<html lang="sv"' in third_machine.get("/clients/list/").text and not has_key(third_machine.page)
    save(third_machine, language="fi", single_keys="y")
    assert has_key(aino.get("/clients/list/")) and is_ticked(aino.get(PLACE))


@pytest.mark.parametrize("person", CAST)
def test_everybody_reaches_it_by_their_name(sqlite_app: Flask, person: str) -> None:
    browser = Browser(sqlite_app).sign_in(person)
    name = re.search(rf'<a href="{PLACE}">(\w+ \w+)<span class="visually-hidden">: ', browser.get("/").text)
    assert name and name.group(1).lower().startswith(person)
    assert browser.get(PLACE).status_code == 200


def test_it_changes_nobody_elses_settings(sqlite_app: Flask) -> None:
    before = profiles(sqlite_app)
    save(Browser(sqlite_app).sign_in("bengt"), language="fi", user_id="1", username="aino")
    assert profiles(sqlite_app) == before | {"bengt": ("fi", False)}


def test_it_needs_a_person_but_no_right(sqlite_app: Flask) -> None:
    assert "/login/" in Browser(sqlite_app).get(PLACE).headers["Location"]
    pekka = Browser(sqlite_app).sign_in("pekka")
    with sqlite_app.app_context(), system_scope():
        right = db.session.scalar(select(AccessGrant).join(User, User.id == AccessGrant.user_id).where(User.username == "pekka"))
        assert right
        key, since = right.id, right.valid_from
        right.valid_to = since
        db.session.commit()
    try:
        assert pekka.get("/").status_code == 403 and save(pekka, language="sv").status_code == 303
        assert profiles(sqlite_app)["pekka"] == ("sv", False)
    finally:
        with sqlite_app.app_context(), system_scope():
            db.session.execute(update(AccessGrant).where(AccessGrant.id == key).values(valid_to=None))
            db.session.commit()


def test_an_account_without_a_profile_gets_one(sqlite_app: Flask) -> None:
    veera = Browser(sqlite_app).sign_in("veera")
    with sqlite_app.app_context(), system_scope():
        profile = db.session.scalar(select(UserProfile).join(User, User.id == UserProfile.user_id).where(User.username == "veera"))
        db.session.delete(profile)
        db.session.commit()
    assert has_key(veera.get("/clients/list/")) and is_ticked(veera.get(PLACE))
    assert save(veera, language="fi").status_code == 303
    assert profiles(sqlite_app)["veera"] == ("fi", False) and not has_key(veera.get("/clients/list/"))


def test_it_records_the_event(sqlite_app: Flask) -> None:
    save(Browser(sqlite_app).sign_in("cecilia"), language="sv")
    with sqlite_app.app_context(), system_scope():
        found = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "my_settings:changed").order_by(AuditEvent.at.desc())).first()
        assert found and found.fields == "single_keys" and found.row_id == str(found.user_id)


@pytest.mark.parametrize(
    ("person", "language", "sentence", "title"),
    [("aino", "en", "Virheellinen valinta", "Virhe: "), ("bengt", "en", "Ogiltigt val", "Fel: "),
     ("aino", "", "Täytä tämä kenttä", "Virhe: "), ("bengt", "", "Fyll i det här fältet", "Fel: ")],
)  # fmt: skip
def test_bad_input_is_explained(sqlite_app: Flask, person: str, language: str, sentence: str, title: str) -> None:
    before = profiles(sqlite_app)
    page = save(Browser(sqlite_app).sign_in(person), language=language)
    assert page.status_code == 422 and f"<title>{title}" in page.text
    summary = re.search(r'class="error-summary".*?</div>', page.text, re.S)
    assert summary and 'href="#language"' in summary.group(0) and sentence in summary.group(0)
    assert profiles(sqlite_app) == before
