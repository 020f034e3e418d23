"""Municipal add-ons over databases of their own: rights are made and ended here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support.app import Browser, make_app, prepare

CLIENTS = 20


class Program:
    """What sends a token and keeps no cookie."""

    def __init__(self, app: Flask, token: str, language: str = "fi") -> None:
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}

    def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers=self.headers, **more)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application on each database that serves as production's does: the role that serves owns no table."""
    folder: Path = tmp_path_factory.mktemp("add_ons")
    if request.param == "sqlite":
        found = make_app(folder)
        prepare(found, CLIENTS)
        found.config["OWNER"] = found
        return found
    server = request.getfixturevalue("postgres")
    database = server.new_database()
    owner = make_app(folder, server.url("koto_owner", database))
    prepare(owner, CLIENTS)
    return make_app(folder, server.url("koto_web", database), OWNER=owner)


def wish(called: str, *scopes: str, **changes: Any) -> dict[str, Any]:
    """Give the fields of a good application."""
    return {
        "name": called, "supplier": "Keksitty Ohjelmisto Oy", "purpose": "Siirtää ajanvaraukset kalenteriin.", "email": "lisaosat@vantaa.example",
        "valid_to": f"{date.today() + timedelta(days=500)}", "scopes": list(scopes), "answers_for_it": "y", **changes,
    }  # fmt: skip


def applied(app: Flask, name: str, *scopes: str) -> str:
    """Let Vantaa's administrator apply for an add-on; gives its key."""
    eeva = Browser(app).sign_in("eeva")
    eeva.get("/add-ons/add")
    answer = eeva.post("/add-ons/add", **wish(name, *scopes))
    assert answer.status_code == 303, answer.text
    return str(answer.location.rsplit("/", 1)[1])


def accepted(app: Flask, name: str, *scopes: str) -> str:
    """Let the national agency accept a new add-on of Vantaa; gives its key."""
    key = applied(app, name, *scopes)
    kaisa = Browser(app).sign_in("kaisa")
    kaisa.get(f"/add-on-decisions/decide/{key}")
    assert kaisa.post(f"/add-on-decisions/decide/{key}", decision="ACCEPT").status_code == 303
    return key


def issued(app: Flask, key: str, **changes: str) -> str:
    """Let Vantaa's administrator make a token; gives it as the page shows it."""
    eeva = Browser(app).sign_in("eeva")
    eeva.get(f"/add-ons/issue/{key}")
    answer = eeva.post(f"/add-ons/issue/{key}", **{"name": "palvelin", "valid_to": f"{date.today() + timedelta(days=30)}", **changes})
    assert answer.status_code == 200, answer.text
    return re.search(r"koto_[\w-]{43}", answer.text).group()  # type: ignore[union-attr]
