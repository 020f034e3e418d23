"""Open figures: for everybody, by the language of the address, kept along the way, and only so often."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.reports.catalogue.all import INDICATORS
from tests.support.app import Browser, counted_statements, make_app


@pytest.mark.parametrize(("language", "title"), [("fi", "Kotoutumisen avoimet luvut"), ("sv", "Öppna siffror om integration")])
def test_the_page_speaks_the_language_of_its_address(planted: Flask, language: str, title: str) -> None:
    page = planted.test_client().get(f"/reports/public/{language}/", headers={"Accept-Language": "fi"})
    assert page.status_code == 200 and title in page.text and f'<html lang="{language}">' in page.text
    other = "sv" if language == "fi" else "fi"
    assert f'href="/reports/public/{other}/"' in page.text


def test_it_may_be_kept_unless_a_cookie_came_with_the_question(planted: Flask) -> None:
    visitor = planted.test_client()
    first = visitor.get("/reports/public/fi/")
    assert first.headers["Cache-Control"] == "public, max-age=3600" and "Set-Cookie" not in first.headers
    signed_in = Browser(planted).sign_in("bengt")
    page = signed_in.get("/reports/public/fi/")
    assert page.headers["Cache-Control"] == "no-store"
    assert "Berg" not in page.text and 'lang="fi"' in page.text, "the page is the same for everybody"
    assert visitor.get("/reports/public/fi/I00").headers["Cache-Control"] == "no-store"


def test_only_open_indicators_are_there(planted: Flask) -> None:
    visitor = planted.test_client()
    for key, one in INDICATORS.items():
        assert visitor.get(f"/reports/public/fi/{key}").status_code == (200 if one.is_open else 404), key


def test_unknown_addresses_are_not_found(planted: Flask) -> None:
    visitor = planted.test_client()
    assert visitor.get("/reports/public/").headers["Location"] == "/reports/public/fi/"
    for path in ("/reports/public/en/", "/reports/public/fi/I99", "/reports/public/sv/x?level=PLANET"):
        assert visitor.get(path).status_code == 404, path


def test_it_costs_few_statements(planted: Flask) -> None:
    with counted_statements(planted) as sent:
        planted.test_client().get("/reports/public/sv/")
    # One of them asks whether announcements or functions have changed.
    assert len(sent) <= 7, sent


def test_one_address_asks_only_so_often(planted: Flask) -> None:
    app = make_app(Path(planted.instance_path), settings={"KOTO_OPEN_RATE_LIMIT": "2 per minute"}, RATELIMIT_ENABLED=True)
    visitor = app.test_client()
    assert [visitor.get("/reports/public/fi/").status_code for _time in range(3)] == [200, 200, 429]
