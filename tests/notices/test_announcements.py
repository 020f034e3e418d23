"""Announcements stand on the pages of those they concern, in their language, for their time, and cost pages no statement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import now
from app.notices.models import Announcement
from app.organisations.models import organisation_key
from app.rollout.models import RolloutStep
from app.users.models import UserProfile
from tests.support.app import Browser, counted_statements

TODAY = date.today()
VANTAA, PORVOO = organisation_key("MUNICIPALITY", "092"), organisation_key("MUNICIPALITY", "638")
HOME = organisation_key("NATIONAL_AGENCY", "KEHA")
TEXTS = {"title_fi": "Uusi ohje julkaistu", "title_sv": "Ny anvisning publicerad", "text_fi": "Lue ohje ennen seuraavaa suunnitelmaa.", "text_sv": "Läs anvisningen före nästa plan."}


@pytest.fixture(autouse=True)
def clean(app: Flask) -> Iterator[None]:
    yield
    with app.app_context(), system_scope():
        for row in db.session.scalars(select(Announcement)):
            db.session.delete(row)
        for profile in db.session.scalars(select(UserProfile)):
            profile.dismissed = None
        db.session.commit()


def announce(app: Flask, **values: Any) -> str:
    row = {"kind": "INFORMATION", "shown_from": TODAY, "shown_to": TODAY, "org_id": HOME, **TEXTS, **values}
    with app.app_context(), system_scope():
        found = Announcement(**row)
        db.session.add(found)
        db.session.commit()
        return str(found.id)


def test_everybody_reads_it_in_their_own_language_before_signing_in_too(app: Flask, aino: Browser, cecilia: Browser) -> None:
    assert TEXTS["title_fi"] not in aino.get("/").text
    announce(app)
    assert TEXTS["title_fi"] in aino.get("/").text
    page = cecilia.get("/clients/list/").text
    assert TEXTS["title_sv"] in page and TEXTS["text_sv"] in page and TEXTS["title_fi"] not in page
    nobody = app.test_client()
    assert TEXTS["title_fi"] in nobody.get("/login/", headers={"Accept-Language": "fi"}).text
    assert TEXTS["title_sv"] in nobody.get("/login/", headers={"Accept-Language": "sv"}).text


@pytest.mark.parametrize(
    ("limit", "sees"),
    [({"role": "CASEWORKER"}, {"aino", "cecilia"}), ({"role": "ACCESS_ADMIN"}, {"eeva"}), ({"audience_id": VANTAA}, {"aino", "eeva"}),
     ({"audience_id": PORVOO, "role": "CASEWORKER"}, {"cecilia"}), ({"stage": "OLD_CLOSED"}, set()),
     ({"shown_from": TODAY + timedelta(days=1), "shown_to": TODAY + timedelta(days=1)}, set()),
     ({"shown_from": TODAY - timedelta(days=2), "shown_to": TODAY - timedelta(days=1)}, set())],
)  # fmt: skip
def test_only_those_it_concerns_see_it_and_only_on_its_days(app: Flask, limit: dict[str, Any], sees: set[str]) -> None:
    announce(app, **limit)
    for name in ("aino", "cecilia", "eeva"):
        page = Browser(app).sign_in(name).get("/").text
        assert (TEXTS["title_fi"] in page or TEXTS["title_sv"] in page) == (name in sees), name
    assert TEXTS["title_fi"] not in app.test_client().get("/login/").text


def test_a_stage_of_rollout_sees_what_is_for_it(sqlite_app: Flask) -> None:
    announce(sqlite_app, stage="OLD_CLOSED")
    with sqlite_app.app_context(), system_scope():
        step = RolloutStep(org_id=VANTAA, stage="OLD_CLOSED", told_on=TODAY)
        db.session.add(step)
        db.session.commit()
        key = step.id
    try:
        assert TEXTS["title_fi"] in Browser(sqlite_app).sign_in("aino").get("/").text
        assert TEXTS["title_sv"] not in Browser(sqlite_app).sign_in("cecilia").get("/").text
    finally:
        with sqlite_app.app_context(), system_scope():
            db.session.delete(db.session.get_one(RolloutStep, key))
            db.session.commit()


def test_an_information_is_dismissed_for_oneself_only_and_a_warning_by_nobody(app: Flask, aino: Browser) -> None:
    key, warning = announce(app), announce(app, kind="WARNING", title_fi="Varo vanhaa lomaketta")
    other = Browser(app).sign_in("eeva")
    assert "Varo vanhaa lomaketta" in aino.get("/plans/list/").text
    answer = aino.post(f"/announcements/dismiss/{key}", place="/plans/list/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/plans/list/")
    assert TEXTS["title_fi"] not in aino.get("/plans/list/").text
    assert TEXTS["title_fi"] not in Browser(app).sign_in("aino").get("/").text
    assert TEXTS["title_fi"] in other.get("/").text
    aino.get("/")
    assert aino.post(f"/announcements/dismiss/{warning}").status_code == 404
    assert "Varo vanhaa lomaketta" in aino.get("/").text


def test_dismissing_leads_to_no_other_site(app: Flask, aino: Browser) -> None:
    key = announce(app)
    for place in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        aino.get("/")
        assert aino.post(f"/announcements/dismiss/{key}", place=place).headers["Location"] == "/"
        announce(app)
        with app.app_context(), system_scope():
            key = str(db.session.scalars(select(Announcement.id).order_by(Announcement.created_at.desc())).first())


def test_an_outage_tells_its_time_as_an_alert_and_goes_when_it_is_over(app: Flask, aino: Browser) -> None:
    begins = datetime.combine(TODAY, datetime.min.time()).astimezone()
    outage = {"kind": "OUTAGE", "outage_from": begins + timedelta(hours=23), "outage_to": begins + timedelta(hours=23, minutes=59)}
    announce(app, **outage)
    page = aino.get("/").text
    assert "Poissa käytöstä tänään klo 23.00–23.59." in page
    assert 'role="alert" aria-labelledby="announcement-' in page
    assert "dismiss" not in page
    with app.app_context(), system_scope():
        row = db.session.scalars(select(Announcement)).one()
        row.outage_from, row.outage_to = now() - timedelta(hours=2), now() - timedelta(hours=1)
        db.session.commit()
    assert TEXTS["title_fi"] not in aino.get("/").text


def test_pages_cost_no_statement_more_with_announcements(app: Flask, aino: Browser) -> None:
    def cost() -> int:
        aino.get("/organisations/list/")
        with counted_statements(app) as statements:
            aino.get("/organisations/list/")
        return len(statements)

    without = cost()
    for _time in range(5):
        announce(app)
    assert cost() == without


def test_what_was_read_last_is_shown_when_the_database_does_not_answer(sqlite_app: Flask) -> None:
    announce(sqlite_app)
    reader = sqlite_app.test_client()
    assert TEXTS["title_fi"] in reader.get("/login/").text
    _rename(sqlite_app, "shared_version", "shared_version_away")
    try:
        page = reader.get("/accessibility")
        assert page.status_code == 200 and TEXTS["title_fi"] in page.text
    finally:
        _rename(sqlite_app, "shared_version_away", "shared_version")


def _rename(app: Flask, table: str, name: str) -> None:
    with app.app_context():
        db.session.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))
        db.session.commit()


def form_of(**changed: str) -> dict[str, str]:
    day = TODAY.isoformat()
    return {"kind": "OUTAGE", **TEXTS, "shown_from": day, "shown_to": day, "outage_from": f"{day}T22:00", "outage_to": f"{day}T23:30", "role": "", "stage": "", **changed}


def test_the_national_administrator_announces_an_outage_for_everybody(app: Flask, aino: Browser) -> None:
    kaisa = Browser(app).sign_in("kaisa")

    def keys() -> set[str]:
        return set(re.findall(r"/announcements/show/([0-9a-f-]{36})", kaisa.get("/announcements/list/").text))

    before = keys()
    assert kaisa.get("/announcements/add").status_code == 200
    assert kaisa.post("/announcements/add", **form_of()).status_code == 303
    assert "klo 22.00–23.30." in aino.get("/").text
    (key,) = keys() - before
    assert "22.00" in kaisa.get(f"/announcements/show/{key}").text
    assert 'value="' + TODAY.isoformat() + 'T22:00"' in kaisa.get(f"/announcements/edit/{key}").text
    assert kaisa.post(f"/announcements/delete/{key}").status_code == 303
    assert "klo 22.00" not in aino.get("/").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"outage_from": ""}, "Ilmoita, milloin käyttökatko alkaa"), ({"outage_to": "x"}, "Virheellinen päivämäärä ja kellonaika."), ({"outage_to": f"{TODAY}T21:00"}, "alkamisensa jälkeen"),
     ({"shown_to": (TODAY - timedelta(days=1)).isoformat()}, "ennen ensimmäistä"), ({"title_sv": ""}, "Täytä tämä kenttä"),
     ({"outage_from": f"{TODAY + timedelta(days=3)}T21:00", "outage_to": f"{TODAY + timedelta(days=3)}T22:00"}, "ulkopuolella")],
)  # fmt: skip
def test_bad_input_is_explained_and_kept(app: Flask, changed: dict[str, str], sentence: str) -> None:
    kaisa = Browser(app).sign_in("kaisa")
    kaisa.get("/announcements/add")
    page = kaisa.post("/announcements/add", **form_of(**changed))
    assert page.status_code == 422 and sentence in page.text and TEXTS["text_fi"] in page.text


@pytest.mark.parametrize("name", ["aino", "eeva", "tuomas"])
def test_nobody_else_announces(app: Flask, name: str) -> None:
    assert Browser(app).sign_in(name).get("/announcements/list/").status_code == 403
