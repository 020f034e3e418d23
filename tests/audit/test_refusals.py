"""A request about client data that is refused leaves one event: who, what was tried, for which row, and nothing of the client."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import text

from app.db.base import db
from app.web.refusals import DEEDS
from tests.support.app import Browser
from tests.support.audit import recorded


def client_of(app: Flask, user: str, path: str = "/clients/list/") -> str:
    found = re.search(r"/clients/show/([0-9a-f-]{36})", Browser(app).sign_in(user).get(path).text)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("user", "path", "status", "name", "outcome"),
    [
        ("cecilia", "/clients/show/{key}", 404, "client:read", "REFUSED"), ("cecilia", "/clients/edit/{key}", 404, "client:opened", "REFUSED"),
        ("cecilia", "/notes/add?client={key}", 404, "note:opened", "REFUSED"), ("eeva", "/clients/show/{key}", 403, "client:read", "REFUSED"),
        ("eeva", "/clients/list/", 403, "client:listed", "REFUSED"), ("cecilia", "/api/v1/clients/{key}", 404, "client:read", "REFUSED"),
        ("eeva", "/api/v1/clients/", 403, "client:listed", "REFUSED"), ("cecilia", "/logs/show/{key}", 403, "log:read", "REFUSED"),
        ("lotta", "/clients/show/{key}", 403, "client:read", "REFUSED"), ("aino", "/plans/add?client={key}", 409, "plan:opened", "CONFLICT"),
    ],
)  # fmt: skip
def test_a_refused_page_is_told_in_the_log(app: Flask, user: str, path: str, status: int, name: str, outcome: str) -> None:
    key = client_of(app, "aino", "/clients/list/?f.status=INTAKE")
    browser = Browser(app).sign_in(user)
    with recorded(app) as events:
        assert browser.get(path.format(key=key)).status_code == status
    (event,) = events()
    assert (event.name, event.outcome, event.row_id) == (name, outcome, key if "{key}" in path else None)
    assert event.clients == [] and event.user_id and event.organisation_id and event.request_id
    assert event.role == {"cecilia": "CASEWORKER", "eeva": "ACCESS_ADMIN", "lotta": "LOG_AUDITOR", "aino": "CASEWORKER"}[user]


def test_a_refused_change_is_told_and_leaves_nothing_else(app: Flask) -> None:
    key, cecilia = client_of(app, "aino"), Browser(app).sign_in("cecilia")
    cecilia.get("/clients/list/")
    with recorded(app) as events:
        assert cecilia.post(f"/clients/edit/{key}", family_name="Toinen").status_code == 404
        assert cecilia.post(f"/clients/identity-code/{key}").status_code == 404
    assert [(event.name, event.outcome, event.row_id) for event in events()] == [
        ("client:changed", "REFUSED", key), ("client:identity_code_read", "REFUSED", key),
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["/nothing-here", "/organisations/show/x", "/roles/show/Admin", "/clients/list/?psize=0"])
def test_what_is_no_refusal_of_client_data_is_not_told(app: Flask, path: str) -> None:
    eeva = Browser(app).sign_in("aino" if "psize" in path else "eeva")
    with recorded(app) as events:
        assert eeva.get(path).status_code in (400, 404)
    assert events() == []


def test_nobody_who_has_not_signed_in_is_told_of(app: Flask) -> None:
    key = client_of(app, "aino")
    with recorded(app) as events:
        assert app.test_client().get(f"/clients/show/{key}").status_code == 302
        assert app.test_client().get(f"/api/v1/clients/{key}").status_code == 401
    assert events() == []


def test_a_refusal_is_shown_also_when_the_log_is_away_and_a_page_of_data_is_not(sqlite_app: Flask) -> None:
    own, foreign = client_of(sqlite_app, "aino"), client_of(sqlite_app, "cecilia")
    aino = Browser(sqlite_app).sign_in("aino")
    with sqlite_app.app_context():
        db.session.execute(text("ALTER TABLE audit_event RENAME TO audit_event_away"))
        db.session.commit()
    try:
        assert aino.get(f"/clients/show/{foreign}").status_code == 404
        assert aino.get(f"/clients/show/{own}").status_code == 503
    finally:
        with sqlite_app.app_context():
            db.session.execute(text("ALTER TABLE audit_event_away RENAME TO audit_event"))
            db.session.commit()


def test_each_permission_on_client_data_has_the_deed_of_its_refusal(sqlite_app: Flask) -> None:
    from tests.house.test_routes import client_views

    views = [view for view in client_views(sqlite_app) if not hasattr(view, "pages")]
    permissions = {name.removeprefix("can_") for view in views for name in view.base_permissions} - {"suggest"}
    # What one sees of a page by a right of its own is masked and refuses nothing.
    assert permissions - {"take", "trafficking"} <= DEEDS.keys()
