"""The accessibility statement is for everybody, in both languages, and names the way to give feedback."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from config import load_settings
from tests.support.app import Browser


@pytest.mark.parametrize(("language", "title"), [("fi", "Saavutettavuusseloste"), ("sv", "Tillgänglighetsutlåtande")])
def test_everybody_reaches_it_from_the_footer(sqlite_app: Flask, language: str, title: str) -> None:
    browser = Browser(sqlite_app)
    for path in ("/login/", "/nothing-here", "/accessibility"):
        page = browser.get(path, headers={"Accept-Language": language})
        assert f'<a href="/accessibility">{title}</a>' in page.text
    assert page.status_code == 200 and f"<h1>{title}</h1>" in page.text and "306/2019" in page.text and "Traficom" in page.text


def test_feedback_goes_to_the_address_of_the_settings(tmp_path: Path, sqlite_app: Flask) -> None:
    app = create_app(load_settings({"KOTO_INSTANCE_DIR": str(tmp_path), "KOTO_FEEDBACK_EMAIL": "palaute@koto.example"}))
    with app.test_request_context():
        assert app.config["KOTO"].feedback_email == "palaute@koto.example"
    page = app.test_client().get("/accessibility", headers={"Accept-Language": "fi"})
    assert '<a href="mailto:palaute@koto.example">' in page.text and "pääkäyttäjään" not in page.text
    assert "pääkäyttäjään" in sqlite_app.test_client().get("/accessibility", headers={"Accept-Language": "fi"}).text
