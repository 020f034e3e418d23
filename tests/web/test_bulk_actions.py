"""Bulk actions run over the ticked rows of one list, in one transaction, and never over foreign rows."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from app.access.actor import Scope, acting_scope, system_scope
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from tests.support.app import Browser


def rows_of(browser: Browser) -> list[str]:
    return re.findall(r'name="rowid" value="([0-9a-f-]{36})"', browser.get("/clients/list/?psize=5&order=birth_date").text)


def foreign_client(app: Flask) -> str:
    with app.app_context(), system_scope():
        if db.engine.dialect.name == "postgresql":
            return "00000000-0000-4000-8000-000000000000"
        porvoo = organisation_key("MUNICIPALITY", "638")
        return str(db.session.scalar(select(Client.id).where(Client.org_id == porvoo)))


def take(browser: Browser, rows: Any, action: str = "take") -> Any:
    return browser.post("/clients/action_post?psize=5&order=birth_date", action=action, rowid=rows)


def test_the_ticked_clients_become_the_workers_own(app: Flask) -> None:
    bengt = Browser(app).sign_in("bengt")
    rows = rows_of(bengt)
    with app.app_context(), acting_scope(Scope(organisation_key("MUNICIPALITY", "092"))):
        # Whoever had them: other tests take clients too.
        db.session.execute(update(Client).where(Client.id.in_(rows)).values(responsible_worker_id=None))
        db.session.commit()
    answer = take(bengt, rows[:2])
    assert answer.status_code == 200 and answer.text.count("Du ansvarar nu för kunden.") == 2
    assert 'href="/clients/list/?psize=5&amp;order=birth_date"' in answer.text
    rows_of(bengt)
    again = take(bengt, rows[:3]).text
    assert again.count("Du ansvarar nu för kunden.") == 1 and again.count("Du ansvarade redan för kunden.") == 2


def test_one_foreign_row_among_them_stops_all(app: Flask) -> None:
    aino = Browser(app).sign_in("aino")
    own = rows_of(aino)[4]
    before = aino.get(f"/clients/show/{own}").text
    aino.get("/clients/list/?psize=5&order=birth_date")
    assert take(aino, [own, foreign_client(app)]).status_code == 404
    assert aino.get(f"/clients/show/{own}").text.count("Aarnio Aino") == before.count("Aarnio Aino")


def test_nothing_ticked_an_unknown_action_and_a_missing_right_are_answered(app: Flask) -> None:
    aino = Browser(app).sign_in("aino")
    rows = rows_of(aino)
    assert "Et valinnut yhtään riviä." in aino.get(take(aino, []).headers["Location"]).text
    rows_of(aino)
    assert take(aino, rows, "drop").status_code == 404
    veera = Browser(app).sign_in("veera")
    page = veera.get("/clients/list/")
    assert 'name="rowid"' not in page.text
    assert take(veera, rows).status_code == 403
