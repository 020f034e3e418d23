"""What each answer says of itself, and whose word about address and TLS is believed."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, request

from app import create_app
from config import load_settings

FORGED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.invalid"}


def behind(sqlite_app: Flask, proxies: int) -> Flask:
    """Give an application that believes so many proxies, and tells what it believes."""
    app = create_app(load_settings({"KOTO_INSTANCE_DIR": str(sqlite_app.instance_path), "KOTO_TRUSTED_PROXIES": str(proxies)}))
    app.view_functions["health.healthz"] = lambda: {"from": request.remote_addr, "secure": request.is_secure}
    return app


@pytest.mark.parametrize("path", ["/login/", "/healthz", "/static/koto.js", "/nothing-here", "/api/v1/clients/"])
def test_a_browser_that_came_by_tls_stays_with_it(sqlite_app: Flask, path: str) -> None:
    secure, plain = (sqlite_app.test_client().get(path, base_url=f"{scheme}://localhost") for scheme in ("https", "http"))
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in plain.headers


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/login/", "text/html; charset=utf-8"), ("/healthz", "application/json"), ("/static/koto.js", "text/javascript; charset=utf-8"),
     ("/static/base.css", "text/css; charset=utf-8"), ("/nothing-here", "text/html; charset=utf-8"), ("/api/v1/clients/", "application/json")],
)  # fmt: skip
def test_each_answer_names_its_type(sqlite_app: Flask, path: str, kind: str) -> None:
    answer = sqlite_app.test_client().get(path)
    assert answer.headers["Content-Type"] == kind and answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("proxies", "believed"), [(0, {"from": "127.0.0.1", "secure": False}), (1, {"from": "203.0.113.9", "secure": True})])
def test_a_proxy_is_believed_only_when_the_settings_name_one(sqlite_app: Flask, proxies: int, believed: dict[str, Any]) -> None:
    assert behind(sqlite_app, proxies).test_client().get("/healthz", headers=FORGED).json == believed


def test_of_a_chain_only_the_word_of_the_nearest_proxy_counts(sqlite_app: Flask) -> None:
    client = behind(sqlite_app, 1).test_client()
    assert client.get("/healthz", headers={**FORGED, "X-Forwarded-For": "198.51.100.1, 203.0.113.9"}).json["from"] == "203.0.113.9"


def test_trace_is_not_answered(sqlite_app: Flask) -> None:
    assert sqlite_app.test_client().open("/login/", method="TRACE").status_code == 404
