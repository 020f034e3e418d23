"""What is new is told to those whom it concerns, and is unread until they have looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.access.roles import ROLES
from app.db.base import db
from app.news.models import NewsEntry
from app.news.queries import own_entries
from app.news.rules import Entry, concerns, is_unread
from app.organisations.models import organisation_key
from app.switches.models import FunctionSwitch
from app.users.models import UserProfile
from app.web.switches import FUNCTIONS
from tests.support.app import Browser

TODAY = date.today()
HOME = organisation_key("NATIONAL_AGENCY", "KEHA")
TEXTS = {"title_fi": "Tapaamisten lista on nopeampi", "title_sv": "Listan över möten är snabbare", "text_fi": "Kokeile sitä.", "text_sv": "Pröva den."}


@pytest.fixture(autouse=True)
def clean(app: Flask) -> Iterator[None]:
    yield
    with app.app_context(), system_scope():
        for model in (NewsEntry, FunctionSwitch):
            for row in db.session.scalars(select(model)):
                db.session.delete(row)
        for profile in db.session.scalars(select(UserProfile)):
            profile.news_seen_at = None
        db.session.commit()


def tell(app: Flask, **values: Any) -> None:
    with app.app_context(), system_scope():
        db.session.add(NewsEntry(**{"told_on": TODAY, "org_id": HOME, **TEXTS, **values}))
        db.session.commit()


def entry(**values: Any) -> Entry:
    return Entry(**{"told_on": TODAY, "texts": {}, **values})


@pytest.mark.parametrize(
    ("found", "is_for"),
    [(entry(), True), (entry(roles=frozenset({"CASEWORKER"})), True), (entry(roles=frozenset({"ANALYST"})), False), (entry(told_on=TODAY + timedelta(days=1)), False),
     (entry(function="plans"), True), (entry(function="reports"), False)],
)  # fmt: skip
def test_it_concerns_a_role_a_day_and_functions_in_use(found: Entry, is_for: bool) -> None:
    assert concerns(found, "CASEWORKER", TODAY, lambda key: key != "reports") is is_for


@pytest.mark.parametrize(
    ("days", "written", "seen", "unread"),
    [(0, None, None, True), (-89, None, None, True), (-90, None, None, False), (0, None, -1, True), (-1, None, -1, False), (-5, 0, -1, True), (-5, -2, -1, False)],
)
def test_it_is_unread_when_it_came_after_the_last_look(days: int, written: int | None, seen: int | None, unread: bool) -> None:
    noon = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=12)
    told = entry(told_on=TODAY + timedelta(days=days), written_at=None if written is None else noon + timedelta(days=written))
    assert is_unread(told, None if seen is None else noon + timedelta(days=seen), TODAY) is unread


def test_entries_of_the_release_name_roles_and_functions_that_exist() -> None:
    assert own_entries()
    for one in own_entries():
        assert one.roles <= set(ROLES) and (one.function is None or one.function in FUNCTIONS)
        assert all(title and text for title, text in one.texts.values())


def test_the_page_marks_what_is_new_once_in_the_readers_language(app: Flask, aino: Browser, cecilia: Browser) -> None:
    aino.get("/whats-new/")
    assert "lukematta" not in aino.get("/").text
    tell(app, told_on=TODAY - timedelta(days=3))
    assert 'class="tag tag-info">1</span>' in aino.get("/").text
    page = aino.get("/whats-new/").text
    assert TEXTS["title_fi"] in page and ">Lukematta</span>" in page and "lukematta" not in page
    page = aino.get("/whats-new/").text
    assert TEXTS["title_fi"] in page and ">Lukematta</span>" not in page
    assert TEXTS["title_sv"] in cecilia.get("/whats-new/").text


def test_it_is_told_to_its_role_and_where_the_function_is_in_use(app: Flask, aino: Browser, cecilia: Browser, eeva: Browser) -> None:
    tell(app, role="CASEWORKER", function="appointments")
    with app.app_context(), system_scope():
        db.session.add(FunctionSwitch(function="appointments", organisation_id=organisation_key("MUNICIPALITY", "638"), owner="x", note_fi="x", note_sv="x", org_id=HOME))
        db.session.commit()
    assert TEXTS["title_fi"] in aino.get("/whats-new/").text
    assert TEXTS["title_sv"] not in cecilia.get("/whats-new/").text
    assert TEXTS["title_fi"] not in eeva.get("/whats-new/").text


def test_whoever_has_not_signed_in_is_asked_to(app: Flask) -> None:
    assert "/login/" in app.test_client().get("/whats-new/").headers["Location"]


def test_the_national_administrator_tells_what_is_new(app: Flask, aino: Browser) -> None:
    kaisa = Browser(app).sign_in("kaisa")
    kaisa.get("/news-entries/add")
    assert kaisa.post("/news-entries/add", **TEXTS, told_on=TODAY.isoformat(), role="CASEWORKER", function="").status_code == 303
    assert TEXTS["title_fi"] in aino.get("/whats-new/").text
    kaisa.get("/news-entries/add")
    page = kaisa.post("/news-entries/add", **{**TEXTS, "title_sv": ""}, told_on="x", role="CASEWORKER", function="")
    assert page.status_code == 422 and TEXTS["text_fi"] in page.text
    assert Browser(app).sign_in("eeva").get("/news-entries/list/").status_code == 403
