"""Every route declares its permission, changes by POST only, and leaves an event when it touches client data."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from tests.support.app import Browser

# Routes that need no right: signing in and out, language, health, static files.
OPEN = {"SignInView.login", "SignInView.logout", "HomeView.index", "switch_language", "health.healthz", "health.readyz", "static", "appbuilder.static"}
CLIENT_LISTS = ("clients", "assessments", "plans", "goals", "planned-services", "residence-bases", "language-skills", "education-records",
                "work-records", "family-links", "notes")  # fmt: skip


def bare_endpoints(app: Flask) -> set[str]:
    """Give the endpoints whose function declares no permission."""
    found = set()
    for rule in app.url_map.iter_rules():
        function: Any = app.view_functions[rule.endpoint]
        if not hasattr(getattr(function, "__func__", function), "_permission_name"):
            found.add(rule.endpoint)
    return found


def test_every_route_declares_its_permission(sqlite_app: Flask) -> None:
    assert bare_endpoints(sqlite_app) == OPEN


def test_nobody_gets_in_without_signing_in(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    for rule in sqlite_app.url_map.iter_rules():
        if rule.endpoint in OPEN or "GET" not in (rule.methods or ()):
            continue
        path = re.sub(r"<[^>]+>", "x", rule.rule)
        response = client.get(path)
        assert response.status_code in (302, 303), (path, response.status_code)
        assert "/login/" in response.headers["Location"]


def test_every_change_is_refused_without_the_form_token(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    posts = [rule for rule in sqlite_app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(posts) > 40
    for rule in posts:
        assert browser.client.post(re.sub(r"<[^>]+>", "x", rule.rule)).status_code == 400, rule.rule


def events(app: Flask) -> int:
    with app.app_context(), system_scope():
        if db.engine.dialect.name == "postgresql":
            return -1
        return int(db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0)


@pytest.mark.parametrize("feature", CLIENT_LISTS)
def test_reading_leaves_an_event(sqlite_app: Flask, feature: str) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    before = events(sqlite_app)
    page = browser.get(f"/{feature}/list/")
    assert page.status_code == 200
    assert events(sqlite_app) == before + 1
    key = re.search(rf"/{feature}/show/([0-9a-f-]{{36}})", page.text)
    if key:
        assert browser.get(f"/{feature}/show/{key.group(1)}").status_code == 200
        assert events(sqlite_app) == before + 2


def test_no_event_no_page(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    with sqlite_app.app_context():
        db.session.execute(text("ALTER TABLE audit_event RENAME TO audit_event_away"))
        db.session.commit()
    try:
        page = browser.get("/clients/list/")
        assert page.status_code == 503
        assert "/clients/show/" not in page.text
    finally:
        with sqlite_app.app_context():
            db.session.execute(text("ALTER TABLE audit_event_away RENAME TO audit_event"))
            db.session.commit()


def test_the_application_cannot_read_or_change_the_log(postgres_app: Flask) -> None:
    with postgres_app.app_context():
        for verb in ("SELECT 1 FROM audit_event", "DELETE FROM audit_event", "UPDATE audit_event SET name = 'x'"):
            with pytest.raises(Exception, match="permission denied"):
                db.session.execute(text(verb))
            db.session.rollback()
