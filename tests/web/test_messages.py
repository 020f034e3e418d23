"""Messages wait in the session for the next page; what waits twice is said once."""

from __future__ import annotations

from flask import Flask

from tests.support.app import Browser


def test_what_was_refused_several_times_is_told_once(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app)
    for _time in range(3):
        assert browser.client.get("/plans/download/x").status_code == 302
    assert browser.get("/login/").text.count('class="message message-') == 1
