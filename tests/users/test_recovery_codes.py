"""Without the telephone: recovery codes work once, an administrator or the operator resets, and letters and the log tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.db.types import blind_index, now
from app.mail.models import OutgoingMail
from app.organisations.models import organisation_key
from app.users.models import AccessGrant, UserProfile
from app.users.second_factor import plain_code
from app.users.second_factor_models import RecoveryCode, SecondFactor
from tests.support.app import Browser
from tests.support.second_factor import STEP, code_of, enrolled, guarded, half, secret_in

MINE = "/my-two-step-sign-in/"


@pytest.fixture
def site(app: Flask) -> Iterator[Flask]:
    """Serve with two steps; Eeva's address is known, and Bengt administers rights beside his own work."""
    with app.app_context(), system_scope():
        eeva, bengt = (db.session.scalar(select(User.id).where(User.username == name)) for name in ("eeva", "bengt"))
        db.session.get_one(UserProfile, eeva).email = "eeva@vantaa.invalid"
        home = organisation_key("MUNICIPALITY", "092")
        grant = AccessGrant(user_id=bengt, organisation_id=home, role="ACCESS_ADMIN", basis="B3", valid_from=now().date(), opened_at=now())
        db.session.add(grant)
        db.session.commit()
        key = grant.id
    with guarded(app):
        yield app
    with app.app_context(), system_scope():
        db.session.get_one(UserProfile, eeva).email = None
        db.session.execute(delete(AccessGrant).where(AccessGrant.id == key))
        db.session.commit()


def letters(app: Flask) -> list[str]:
    with app.app_context(), system_scope():
        found = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind.not_in(("TO_DECIDE",))).order_by(OutgoingMail.queued_at)).all()
        return [mail.kind for mail in found if mail.receiver == "eeva@vantaa.invalid"]


def events(app: Flask) -> list[Any]:
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"):
        return []
    with app.app_context(), system_scope():
        return list(db.session.scalars(select(AuditEvent).where(AuditEvent.name.like("second_factor:%")).order_by(AuditEvent.at)))


def stored(app: Flask, table: Any) -> int:
    with app.app_context(), system_scope():
        return len(db.session.scalars(select(table)).all())


def by_code(app: Flask, code: str) -> Any:
    browser = half(app, "eeva")
    return browser, browser.post(STEP, code=code)


def test_a_recovery_code_works_once(site: Flask) -> None:
    before = len(letters(site))
    _eeva, _secret, codes = enrolled(site, "eeva")
    browser, answer = by_code(site, codes[3].upper().replace("-", " "))
    assert answer.status_code == 303 and browser.get("/user-rights/list/").status_code == 200
    assert by_code(site, codes[3])[1].status_code == 422
    assert by_code(site, codes[4])[1].status_code == 303
    assert letters(site)[before:] == ["SECOND_FACTOR_ON", "RECOVERY_CODE_USED", "RECOVERY_CODE_USED"]


def test_whoever_has_few_left_is_reminded(site: Flask) -> None:
    _eeva, _secret, codes = enrolled(site, "eeva")
    with site.app_context(), system_scope():
        for spent in db.session.scalars(select(RecoveryCode).where(RecoveryCode.digest.in_([blind_index(plain_code(code)) for code in codes[:6]]))):
            spent.used_at = now()
        db.session.commit()
    browser, _answer = by_code(site, codes[6])
    assert "Sinulla on jäljellä 3 varakoodia" in browser.get("/roles/list/").text


def test_new_codes_take_the_place_of_the_old_ones(site: Flask) -> None:
    eeva, secret, codes = enrolled(site, "eeva")
    assert "10 käyttämätöntä varakoodia jäljellä." in eeva.get(MINE).text
    assert eeva.post(MINE, code=codes[0]).status_code == 422
    page = eeva.post(MINE, code=code_of(secret, 1))
    fresh = re.findall(r"<li><code>([a-z2-9-]{29})</code>", page.text)
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    assert by_code(site, codes[0])[1].status_code == 422 and by_code(site, fresh[0])[1].status_code == 303


def test_nobody_without_a_second_factor_makes_codes(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    assert "ei ole käytössä tunnuksellasi" in aino.get(MINE).text
    aino.get("/my-settings/")
    assert aino.post(MINE, code="123456").status_code == 409


def grant_page(browser: Browser, person: str) -> str:
    listing = browser.get("/user-rights/list/?f.role=ACCESS_ADMIN").text
    found = re.search(rf'href="(/user-rights/show/[0-9a-f-]{{36}})"[^>]*>{person}<', listing)
    assert found, listing
    return found.group(1)


def test_another_administrator_of_the_organisation_resets_it(site: Flask) -> None:
    eeva, secret, _codes = enrolled(site, "eeva")
    bengt, _his, _others = enrolled(site, "bengt")
    rights = bengt.get("/my-rights/").text
    act = next(path for path in re.findall(r'action="(/my-rights/act/[0-9a-f-]{36})"', rights))
    assert bengt.post(act).status_code == 303
    page = bengt.get(grant_page(bengt, "Eskola, Eeva")).text
    reset = re.search(r'action="(/user-rights/reset-second-factor/[0-9a-f-]{36})"', page)
    assert reset and bengt.post(reset.group(1)).status_code == 303
    assert "/login/" in eeva.get("/roles/list/").location and "kaksivaiheinen kirjautumisesi nollattiin" in eeva.get("/login/").text
    assert secret_in(half(site, "eeva").page.text) != secret
    assert letters(site)[-1] == "SECOND_FACTOR_RESET"
    bengt.get("/roles/list/")
    assert bengt.post(reset.group(1)).status_code == 409
    own = bengt.get(grant_page(bengt, "Berg, Bengt"))
    assert "reset-second-factor" not in own.text
    assert bengt.post(own.request.path.replace("show", "reset-second-factor")).status_code == 403
    for event in events(site):
        assert not event.fields and not event.criteria and event.row_id and event.user_id
    assert stored(site, RecoveryCode) == 10


def test_an_administrator_of_another_organisation_cannot(site: Flask) -> None:
    enrolled(site, "eeva")
    bengt, _secret, _codes = enrolled(site, "bengt")
    act = re.findall(r'action="(/my-rights/act/[0-9a-f-]{36})"', bengt.get("/my-rights/").text)[0]
    bengt.post(act)
    target = grant_page(bengt, "Eskola, Eeva").replace("show", "reset-second-factor")
    kaisa, _key, _more = enrolled(site, "kaisa")
    kaisa.get("/roles/list/")
    assert kaisa.post(target).status_code == 404
    assert stored(site, SecondFactor) == 3


def test_a_session_of_one_step_does_not_act_by_a_right_that_needs_two(site: Flask) -> None:
    site.config["KOTO"], guarded_settings = guarded_off(site), site.config["KOTO"]
    bengt = Browser(site).sign_in("bengt")
    site.config["KOTO"] = guarded_settings
    act = re.findall(r'action="(/my-rights/act/[0-9a-f-]{36})"', bengt.get("/my-rights/").text)[0]
    assert bengt.post(act).location == "/my-rights/"
    assert "loggar man in i två steg" in bengt.get("/my-rights/").text
    assert bengt.get("/right-applications/list/").status_code == 403


def guarded_off(app: Flask) -> Any:
    return replace(app.config["KOTO"], second_factor=False)


def test_the_operator_resets_it(site: Flask) -> None:
    enrolled(site, "eeva")
    run = site.test_cli_runner().invoke
    done = run(args=["users", "reset-second-factor", "eeva"])
    assert done.exit_code == 0 and "is reset" in done.output and stored(site, SecondFactor) == 0
    again = run(args=["users", "reset-second-factor", "eeva"])
    assert again.exit_code == 1 and "eeva has no second factor" in again.output
    assert "there is no account" in run(args=["users", "reset-second-factor", "nobody"]).output
