"""A session ends when it lies unused, and ten hours after sign-in whatever is done; its use is written down once a minute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.db.types import now
from tests.support.app import Browser, counted_statements
from tests.support.sessions import forget_sessions, pass_time, sessions
from tests.web.test_api import Api

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
UNUSED = {"aino": "Sinut kirjattiin ulos, koska istunto oli ollut käyttämättä 60 minuuttia.",
          "bengt": "Du loggades ut eftersom sessionen hade varit oanvänd i 60 minuter."}  # fmt: skip
TOO_OLD = {"aino": "Sinut kirjattiin ulos, koska kirjautumisestasi oli kulunut 10 tuntia.",
           "bengt": "Du loggades ut eftersom det hade gått 10 timmar sedan du loggade in."}  # fmt: skip


@pytest.fixture(autouse=True)
def own_sessions_only(sqlite_app: Flask) -> None:
    forget_sessions(sqlite_app, "aino", "bengt")


def told(browser: Browser) -> str:
    """Open a page of clients, be led to sign in, and give that page."""
    answer = browser.get("/clients/list/")
    assert answer.status_code in (302, 303) and "/login/" in answer.location
    return str(browser.get("/login/").text)


def continued(api: Api) -> Any:
    return api.browser.client.post("/session/continue", headers=api.headers)


@pytest.mark.parametrize("person", UNUSED)
def test_an_hour_unused_ends_it_and_the_page_says_why(app: Flask, person: str) -> None:
    browser = Browser(app).sign_in(person)
    pass_time(app, HOUR - MINUTE)
    assert browser.get("/clients/list/").status_code == 200
    pass_time(app, HOUR)
    assert UNUSED[person] in told(browser)
    assert UNUSED[person] not in browser.get("/login/").text


@pytest.mark.parametrize("person", TOO_OLD)
def test_ten_hours_end_it_however_active(app: Flask, person: str) -> None:
    browser = Browser(app).sign_in(person)
    for _hours in range(9):
        pass_time(app, HOUR - MINUTE, open_for=HOUR)
        assert browser.get("/clients/list/").status_code == 200
    pass_time(app, HOUR - MINUTE, open_for=HOUR)
    assert TOO_OLD[person] in told(browser)


def test_each_use_puts_the_end_off_but_is_written_once_a_minute(app: Flask) -> None:
    browser = Browser(app).sign_in("aino")

    def writes() -> int:
        with counted_statements(app) as statements:
            assert browser.get("/clients/list/").status_code == 200
        return sum(statement.startswith("UPDATE user_session") for statement in statements)

    assert [writes(), writes()] == [0, 0]
    pass_time(app, timedelta(seconds=50))
    assert writes() == 0
    pass_time(app, timedelta(seconds=11))
    assert [writes(), writes()] == [1, 0]
    (found,) = sessions(app, "aino")
    assert now() - found.last_used_at < MINUTE / 2


def test_a_refused_page_is_use_too_and_nothing_else_is_kept(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    pass_time(sqlite_app, 2 * MINUTE)
    assert browser.get("/roles/list/").status_code == 403
    assert now() - sessions(sqlite_app, "aino")[0].last_used_at < MINUTE / 2


def test_going_on_puts_the_end_off_by_the_idle_time(sqlite_app: Flask) -> None:
    api = Api(sqlite_app, "aino")
    pass_time(sqlite_app, 57 * MINUTE)
    answer = continued(api).json
    assert HOUR - MINUTE < datetime.fromisoformat(answer["ends"]) - now() <= HOUR and answer["is_last"] is False
    page = api.browser.get("/").text
    assert f'data-ends="{answer["ends"]}' in page
    assert "data-continue>" in page and "<p data-last hidden>" in page


def test_at_the_last_end_it_says_that_it_cannot_be_continued(sqlite_app: Flask) -> None:
    api = Api(sqlite_app, "aino")
    pass_time(sqlite_app, MINUTE, open_for=10 * HOUR - 30 * MINUTE)
    answer = continued(api).json
    assert datetime.fromisoformat(answer["ends"]) - now() <= 30 * MINUTE and answer["is_last"] is True
    page = api.browser.get("/").text
    assert "<p data-last>Tätä istuntoa ei voi jatkaa" in page and "data-continue hidden>" in page


def test_a_session_that_is_over_is_not_continued(sqlite_app: Flask) -> None:
    api = Api(sqlite_app, "aino")
    pass_time(sqlite_app, HOUR)
    assert continued(api).status_code == 401
    assert Browser(sqlite_app).get("/login/").text.count("data-ends") == 0


def test_a_program_gets_no_sentence(sqlite_app: Flask) -> None:
    api = Api(sqlite_app, "aino")
    pass_time(sqlite_app, HOUR)
    assert api.browser.client.get("/api/v1/clients/", headers=api.headers).status_code == 401
    assert UNUSED["aino"] not in api.browser.get("/login/").text


@pytest.fixture
def short(sqlite_app: Flask) -> Iterator[Flask]:
    before = sqlite_app.config["KOTO"]
    sqlite_app.config["KOTO"] = replace(before, session_hours=1, session_idle_minutes=10)
    yield sqlite_app
    sqlite_app.config["KOTO"] = before


def test_both_limits_are_settings(short: Flask) -> None:
    browser = Browser(short).sign_in("aino")
    pass_time(short, 11 * MINUTE)
    assert "käyttämättä 10 minuuttia" in told(browser)
    browser = Browser(short).sign_in("aino")
    pass_time(short, 9 * MINUTE, open_for=HOUR)
    assert "kulunut 1 tunti." in told(browser)
