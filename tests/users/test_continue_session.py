"""A session can be continued while it is open, not after, and not for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import now
from app.users.models import UserSession
from tests.support.app import Browser
from tests.web.test_api import Api


def move(app: Flask, **values: Any) -> None:
    with app.app_context(), system_scope():
        db.session.execute(update(UserSession).where(UserSession.ended_at.is_(None)).values(**values))
        db.session.commit()


def continued(api: Api) -> Any:
    return api.browser.client.post("/session/continue", headers=api.headers)


def test_it_goes_on_for_two_hours_from_now(sqlite_app: Flask) -> None:
    api = Api(sqlite_app, "aino")
    move(sqlite_app, expires_at=now() + timedelta(minutes=3))
    ends = datetime.fromisoformat(continued(api).json["ends"])
    assert timedelta(minutes=118) < ends - now() <= timedelta(hours=2)
    assert f'data-ends="{ends.isoformat()}' in api.browser.get("/").text


def test_it_never_outlasts_sixteen_hours(sqlite_app: Flask) -> None:
    api = Api(sqlite_app, "aino")
    move(sqlite_app, created_at=now() - timedelta(hours=15, minutes=30), expires_at=now() + timedelta(minutes=3))
    ends = datetime.fromisoformat(continued(api).json["ends"])
    assert ends - now() <= timedelta(minutes=30)


def test_a_session_that_is_over_is_not_continued(sqlite_app: Flask) -> None:
    api = Api(sqlite_app, "aino")
    move(sqlite_app, expires_at=now() - timedelta(seconds=1))
    assert continued(api).status_code == 401
    assert Browser(sqlite_app).get("/login/").text.count("data-ends") == 0
