"""Messages that wait for a page do not pile up in the session, whose cookie browsers keep up to 4 kB."""

from __future__ import annotations

from secrets import token_hex

from flask import Flask

from tests.support.app import Browser


def test_what_was_refused_often_is_told_once(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app)
    for _number in range(5):
        assert browser.get("/clients/list/").status_code == 302
    with browser.client.session_transaction() as session:
        assert len(session["_flashes"]) == 1
    told = browser.get("/login/").text.count('class="message ')
    assert told == 1 and browser.get("/login/").text.count('class="message ') == 0


def test_many_different_messages_leave_the_latest_and_a_session_that_browsers_keep(sqlite_app: Flask) -> None:
    browser, texts = Browser(sqlite_app), [f"{number}: {token_hex(60)}" for number in range(40)]
    with browser.client.session_transaction() as session:
        session["_flashes"] = [("info", text) for text in texts]
    assert browser.get("/clients/list/").status_code == 302
    cookie = browser.client.get_cookie("koto_session")
    assert cookie is not None and len(cookie.value) < 4000
    page = browser.get("/login/").text
    assert texts[-1] in page and texts[0] not in page
