"""Sign-in attempts are counted over all nodes in Redis; while Redis is away each node counts for itself."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from app import create_app
from config import load_settings
from tests.support.app import Browser
from tests.support.redis import redis_server


def node(sqlite_app: Flask, url: str) -> Flask:
    """Give one more node over the same database."""
    settings = load_settings({"KOTO_INSTANCE_DIR": str(Path(sqlite_app.instance_path)), "KOTO_REDIS_URL": url, "KOTO_LOGIN_RATE_LIMIT": "4 per minute"})
    return create_app(settings)


def attempts(app: Flask, number: int) -> list[int]:
    browser = Browser(app)
    found = []
    for _attempt in range(number):
        browser.get("/login/")
        found.append(browser.post("/login/", username="aino", password="wrong").status_code)
    return found


def test_two_nodes_count_together(sqlite_app: Flask) -> None:
    with redis_server() as (url, _server):
        first, second = node(sqlite_app, url), node(sqlite_app, url)
        assert attempts(first, 3) == [401, 401, 401]
        assert attempts(second, 3) == [401, 429, 429]


def test_people_get_in_and_guessing_is_limited_while_redis_is_away(sqlite_app: Flask) -> None:
    with redis_server() as (url, server):
        app = node(sqlite_app, url)
        assert attempts(app, 1) == [401]
        server.kill()
        server.wait()
        Browser(app).sign_in("aino")
        assert attempts(app, 5)[-1] == 429
