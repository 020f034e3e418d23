"""Subscriptions: a letter with a link and no figure for each closed period, once, as long as the right lasts; one's own only."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, select, update

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.mail.models import OutgoingMail
from app.reports.models import ReportPeriod
from app.reports.periods import period_named
from app.reports.subscriptions.letters import write_letters
from app.reports.subscriptions.models import ReportLetter, ReportSubscription
from app.reports.subscriptions.places import place_at
from app.users.models import AccessGrant, UserProfile
from tests.support.app import Browser, make_app, prepare
from tests.support.out_figures import keep_facts

ADDRESS = "/reports/show/I01?level=MUNICIPALITY&area=092&by=GENDER&period=2025Q1&to=2025Q2"
TODAY = date.today()


@pytest.fixture
def own_app(tmp_path: Path) -> Flask:
    """Bengt (sv) and Minna (fi) have addresses for letters."""
    app = make_app(tmp_path)
    prepare(app, 60)
    with app.app_context(), system_scope():
        for username, language in (("bengt", "sv"), ("minna", "fi"), ("ulla", "sv")):
            user_id = db.session.scalars(select(User.id).where(User.username == username)).one()
            profile = db.session.get(UserProfile, user_id) or UserProfile(user_id=user_id)
            profile.email, profile.language = f"{username}@demo.invalid", language
            db.session.add(profile)
        db.session.commit()
    return app


def subscribe(browser: Browser, address: str = ADDRESS, every: str = "QUARTER") -> Any:
    browser.get("/report-subscriptions/add")
    return browser.post("/report-subscriptions/add", address=address, every=every)


def close(app: Flask, period: str) -> None:
    named = period_named(period)
    with app.app_context(), system_scope():
        row = db.session.get(ReportPeriod, period) or ReportPeriod(id=period, length=named.length, starts_on=named.starts_on, ends_on=named.ends_on)
        row.closed_at = datetime.now(UTC) + timedelta(seconds=1)
        db.session.add(row)
        db.session.commit()


def write(app: Flask, on: date = TODAY) -> int:
    with app.app_context(), system_scope():
        return write_letters(db.session, on)


def letters(app: Flask) -> list[tuple[str, str, str, str]]:
    with app.app_context(), system_scope():
        found = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "REPORT").order_by(OutgoingMail.queued_at))
        return [(one.receiver or "", one.language, one.subject or "", one.body or "") for one in found]


def test_a_letter_comes_when_a_period_is_closed_and_once(own_app: Flask) -> None:
    keep_facts(own_app, "I01", "2025Q1", {("092", "", ""): 4711})
    assert subscribe(Browser(own_app).sign_in("minna")).status_code == 303
    # What was closed before is not told of.
    assert write(own_app) == 0
    close(own_app, "2025Q2")
    assert (write(own_app), write(own_app)) == (1, 0)
    close(own_app, "2025Q3")
    assert (write(own_app), write(own_app)) == (1, 0)
    first, second = letters(own_app)
    assert first[:2] == ("minna@demo.invalid", "fi") and "2. neljännes 2025" in first[3] and "3. neljännes 2025" in second[3]
    assert "/reports/show/I01?level=MUNICIPALITY&area=092&by=GENDER&period=2025Q2" in first[3] and "4711" not in first[3]


def test_the_letter_is_in_the_readers_language_and_its_link_opens(own_app: Flask) -> None:
    bengt = Browser(own_app).sign_in("bengt")
    assert subscribe(bengt, "https://koto.invalid/reports/view/municipality?period=2025Q1").status_code == 303
    close(own_app, "2025Q2")
    write(own_app)
    ((receiver, language, subject, body),) = letters(own_app)
    assert (receiver, language, subject) == ("bengt@demo.invalid", "sv", "En rapport har uppdaterats") and "har stängts" in body
    link = re.search(r"/reports/view/\S+", body)
    assert link and bengt.get(link.group(0)).status_code == 200


def test_months_and_quarters_are_told_apart(own_app: Flask) -> None:
    minna = Browser(own_app).sign_in("minna")
    assert subscribe(minna, every="MONTH").status_code == subscribe(minna, every="QUARTER").status_code == 303
    close(own_app, "2025-04")
    assert write(own_app) == 1 and "4/2025" in letters(own_app)[0][3]


def test_nothing_is_sent_after_the_right_has_ended(own_app: Flask) -> None:
    subscribe(Browser(own_app).sign_in("minna"))
    with own_app.app_context(), system_scope():
        user_id = db.session.scalars(select(User.id).where(User.username == "minna")).one()
        db.session.execute(update(AccessGrant).where(AccessGrant.user_id == user_id).values(valid_to=TODAY))
        db.session.commit()
    close(own_app, "2025Q2")
    assert write(own_app, TODAY + timedelta(days=1)) == 0
    assert write(own_app, TODAY) == 1


def test_nothing_is_sent_without_an_address_or_to_a_closed_account(own_app: Flask) -> None:
    subscribe(Browser(own_app).sign_in("minna"))
    subscribe(Browser(own_app).sign_in("bengt"))
    with own_app.app_context(), system_scope():
        people = {row.username: row.id for row in db.session.execute(select(User.username, User.id))}
        db.session.execute(update(UserProfile).where(UserProfile.user_id == people["minna"]).values(email=None))
        db.session.execute(update(User).where(User.id == people["bengt"]).values(active=False))
        db.session.commit()
    close(own_app, "2025Q2")
    assert write(own_app) == 0


def test_a_report_that_may_not_be_read_any_more_is_not_told_of(own_app: Flask) -> None:
    subscribe(Browser(own_app).sign_in("minna"))
    with own_app.app_context(), system_scope():
        db.session.execute(update(ReportSubscription).values(address="/reports/view/country"))
        db.session.commit()
    close(own_app, "2025Q2")
    assert write(own_app) == 0


@pytest.mark.parametrize("address", ["", "/clients/list/", "https://evil.invalid/", "/reports/show/I99", "/reports/view/country", "/reports/show/I01?level=PLANET", "/reports/show/I01?area=000", "http://[", "/reports/show/I01?" + "x=1&" * 50])
def test_an_address_that_is_no_report_of_ones_own_is_explained(sqlite_app: Flask, address: str) -> None:
    for username in ("minna", "bengt"):
        answer = subscribe(Browser(sqlite_app).sign_in(username), address)
        assert answer.status_code == 422 and re.search(r'<[^>]+id="address"[^>]+aria-invalid="true"', answer.text)


def test_the_period_is_left_out_and_the_rest_is_kept() -> None:
    place = place_at(ADDRESS)
    assert place is not None and place.address == "/reports/show/I01?level=MUNICIPALITY&area=092&by=GENDER"
    assert place_at(place.address_in("2026Q1")) == place


def test_the_page_leads_to_the_form_with_its_own_address(sqlite_app: Flask) -> None:
    minna = Browser(sqlite_app).sign_in("minna")
    page = minna.get("/reports/show/I01?level=MUNICIPALITY&area=092").text
    link = re.search(r'href="(/report-subscriptions/add\?[^"]+)"', page)
    assert link and 'value="/reports/show/I01?level=MUNICIPALITY&amp;area=092"' in minna.get(link.group(1).replace("&amp;", "&")).text
    file = re.search(r'href="(/reports/file/I01\.xlsx\?[^"]+)"', page)
    assert file and minna.get(file.group(1).replace("&amp;", "&")).status_code == 200
    aino = Browser(sqlite_app).sign_in("aino").get("/reports/show/I01").text
    assert "/reports/file/" not in aino and "/report-subscriptions/" not in aino


def test_each_sees_and_ends_only_their_own(app: Flask) -> None:
    with app.app_context(), system_scope():
        db.session.execute(delete(ReportLetter))
        db.session.execute(delete(ReportSubscription))
        db.session.commit()
    minna, bengt = Browser(app).sign_in("minna"), Browser(app).sign_in("bengt")
    assert subscribe(minna).status_code == 303
    assert subscribe(minna).status_code == 422
    with app.app_context(), system_scope():
        (key,) = db.session.scalars(select(ReportSubscription.id))
    shown = minna.get("/report-subscriptions/list/").text
    assert "Asiakkaat, Vantaa" in shown and key in shown and key not in bengt.get("/report-subscriptions/list/").text
    assert bengt.get(f"/report-subscriptions/show/{key}").status_code == bengt.get(f"/report-subscriptions/edit/{key}").status_code == 404
    bengt.get("/report-subscriptions/add")
    assert bengt.post(f"/report-subscriptions/delete/{key}").status_code == 404
    minna.get(f"/report-subscriptions/show/{key}")
    assert minna.post(f"/report-subscriptions/delete/{key}").status_code == 303
    assert Browser(app).sign_in("aino").get("/report-subscriptions/list/").status_code == 403


def test_a_subscription_leaves_its_event(sqlite_app: Flask) -> None:
    subscribe(Browser(sqlite_app).sign_in("bengt"), "/reports/view/team")
    with sqlite_app.app_context(), system_scope():
        assert db.session.scalar(select(AuditEvent.role).where(AuditEvent.name == "report_subscription:added").order_by(AuditEvent.at.desc())) == "TEAM_LEAD"
