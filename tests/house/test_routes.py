"""Every route declares its permission, changes by POST only, and leaves an event when it touches client data."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.access.actor import system_scope
from app.access.membership import ClientScoped
from app.audit.models import AuditEvent
from app.db.base import db
from tests.support.app import Browser

# Routes that need no right: signing in and out, language, health, numbers for its own machine, static files, the accessibility statement.
OPEN = {"SignInView.login", "SignInView.logout", "SignInView.continued", "HomeView.index", "switch_language", "health.healthz", "health.readyz", "metrics.told", "static", "appbuilder.static",
        "statement.accessibility", "guide.index", "guide.chapter", "my_calendar.feed", "described.openapi", "public_figures.choose", "public_figures.listed", "public_figures.shown",
        "open_figures.folders", "open_figures.tables", "open_figures.table", "open_figures.query"}  # fmt: skip
# Routes for whoever has signed in, which show nothing but what is their own.
SIGNED_IN = {"styleguide.page", "styleguide.confirmed", "styleguide.suggestions", "my_settings.page", "my_settings.kept", "my_sessions.page", "my_password.page", "my_codes.page", "my_calendar.shown", "whats_new.page"}
# Routes for whoever has signed in, which show and change what is their own and nobody else's (`tests/rights`).
OF_ONES_OWN = {"MyRightsView.mine", "MyRightsView.apply", "MyRightsView.withdraw", "MyRightsView.act",
               "MyExplanationView.mine", "MyExplanationView.show", "MyExplanationView.answer",
               "my_sessions.ended", "my_sessions.ended_others", "my_password.changed", "my_codes.renewed",
               "my_calendar.make", "my_calendar.end", "dismissals.dismissed",
               "TrainingPlaceView.mine", "TrainingPlaceView.make", "TrainingPlaceView.reset", "TrainingPlaceView.confirmed", "TrainingPlaceView.file",
               "TrainingCourseView.mine", "TrainingCourseView.add", "TrainingCourseView.reset", "TrainingCourseView.confirmed"}
# Routes for whoever has given the right password and no second factor yet (`tests/users/test_second_factor_refusals.py`).
HALF_SIGNED_IN = {"second_step.page", "second_step.checked"}
# Routes that ask for the right of the form they serve.
BY_FORM = {"drafts.keep", "drafts.drop"}
CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


def bare_endpoints(app: Flask) -> set[str]:
    """Give the endpoints whose function declares no permission."""
    found = set()
    for rule in app.url_map.iter_rules():
        function: Any = app.view_functions[rule.endpoint]
        if not hasattr(getattr(function, "__func__", function), "_permission_name"):
            found.add(rule.endpoint)
    return found


def test_every_route_declares_its_permission(sqlite_app: Flask) -> None:
    assert bare_endpoints(sqlite_app) == OPEN | SIGNED_IN | OF_ONES_OWN | HALF_SIGNED_IN | BY_FORM


def test_nobody_gets_in_without_signing_in(sqlite_app: Flask) -> None:
    client = sqlite_app.test_client()
    for rule in sqlite_app.url_map.iter_rules():
        if rule.endpoint in OPEN or "GET" not in (rule.methods or ()):
            continue
        path = re.sub(r"<[^>]+>", "x", rule.rule)
        response = client.get(path)
        if path.startswith("/api/"):
            assert response.status_code == 401 and response.is_json, path
            continue
        assert response.status_code in (302, 303), (path, response.status_code)
        assert "/login/" in response.headers["Location"]


def test_every_change_is_refused_without_the_form_token(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    changes = [(rule, method) for rule in sqlite_app.url_map.iter_rules() for method in CHANGES & (rule.methods or set())]
    assert len(changes) > 40
    for rule, method in changes:
        assert browser.client.open(re.sub(r"<[^>]+>", "x", rule.rule), method=method).status_code == 400, rule.rule


def events(app: Flask) -> int:
    with app.app_context(), system_scope():
        if db.engine.dialect.name == "postgresql":
            return -1
        return int(db.session.scalar(select(func.count()).select_from(AuditEvent)) or 0)


def client_views(app: Flask) -> list[Any]:
    """Give the views and APIs over rows that follow a client."""
    found = [view for view in app.appbuilder.baseviews if hasattr(view, "datamodel") or hasattr(view, "pages")]  # type: ignore[attr-defined]
    return [view for view in found if issubclass((view.pages() if hasattr(view, "pages") else view).datamodel.obj, ClientScoped)]


def test_each_reading_of_client_data_leaves_an_event(sqlite_app: Flask) -> None:
    browser, views = Browser(sqlite_app).sign_in("aino"), client_views(sqlite_app)
    assert len(views) > 12
    for view in views:
        listing = view.route_base + ("/" if hasattr(view, "pages") else "/list/")
        before = events(sqlite_app)
        page = browser.get(listing)
        assert (page.status_code, events(sqlite_app)) == (200, before + 1), listing
        shown = f"{view.route_base}/" if page.is_json else f"{view.route_base}/show/"
        keys = [row["id"] for row in page.json["result"]] if page.is_json else re.findall(rf"{shown}([0-9a-f-]{{36}})", page.text)
        for key in keys[:1]:
            assert browser.get(shown + key).status_code == 200, shown
            assert events(sqlite_app) == before + 2, shown


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
