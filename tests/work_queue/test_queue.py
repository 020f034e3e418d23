"""The queue in the order of the days; clients given to another worker one by one; what a colleague away leaves to who covers."""

from __future__ import annotations

import re
from datetime import date, timedelta

from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.access.actor import system_scope
from app.db.base import db
from app.organisations.models import organisation_key
from tests.support.app import Browser, counted_statements

VANTAA = organisation_key("MUNICIPALITY", "092")
TODAY = date.today()


def user_id(app: Flask, name: str) -> int:
    with app.app_context(), system_scope():
        return int(db.session.scalar(select(User.id).where(User.username == name)) or 0)


def workers_key(browser: Browser, name: str) -> str:
    """Give the key that the suggestions of workers have for a name."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/work-queue/list/").text)
    found = browser.client.post("/work-queue/suggest/to_worker", json={"q": name}, headers={"X-CSRFToken": token.group(1) if token else ""})
    return str(found.get_json()[0]["id"])


def _days(page: str) -> list[str]:
    return re.findall(r'<td role="cell" data-label="[^"]*">(\d+\.\d+\.\d{4})</td>', page)


def _as_date(text: str) -> date:
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))


def test_the_late_come_first_and_each_says_how_late(app: Flask) -> None:
    page = Browser(app).sign_in("aino").get("/work-queue/list/?psize=100").text
    days = [_as_date(text) for text in _days(page)]
    assert len(days) > 10 and days == sorted(days) and days[0] < TODAY
    late = (TODAY - days[0]).days
    assert re.search(rf'<span class="tag tag-danger">{late}\xa0päivää\xa0myöhässä', page)


def test_a_queue_of_ones_own_holds_ones_own(sqlite_app: Flask) -> None:
    page = Browser(sqlite_app).sign_in("aino").get("/work-queue/list/?f.worker_id=me&psize=100").text
    names = set(re.findall(r'data-label="Vastuutyöntekijä">([^<]+)<', page))
    assert len(names) == 1


def test_a_page_costs_eight_statements_at_most(app: Flask) -> None:
    aino = Browser(app).sign_in("aino")
    aino.get("/work-queue/list/")
    for address in ("/work-queue/list/", "/work-queue/list/?f.worker_id=me"):
        with counted_statements(app) as found:
            assert aino.get(address).status_code == 200
        assert len(found) <= 8, found


def test_a_row_says_why_its_day_and_leads_to_the_client(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    row = re.search(r'href="(/work-queue/show/[^"]+)"', aino.get("/work-queue/list/").text)
    assert row is not None
    page = aino.get(row.group(1)).text
    assert "Miksi tämä päivä" in page and "§" in page and re.search(r'href="/clients/show/[0-9a-f-]{36}"', page)


def _two_of_the_queue(browser: Browser) -> list[str]:
    """Give two rows of the queue of two clients who are not Aino's."""
    page = browser.get("/work-queue/list/?psize=100").text
    first: dict[str, str] = {}
    for key, rest in re.findall(r'href="/work-queue/show/([0-9a-f-]{36})"(.*?)</tr>', page, re.S):
        client, worker = re.findall(r'<td role="cell"[^>]*>([^<]*)</td>', rest)[-2:]
        if "Aino" not in worker:
            first.setdefault(client, key)
    return list(first.values())[:2]


def test_a_lead_gives_clients_to_a_worker_and_is_told_of_each(app: Flask) -> None:
    lead = Browser(app).sign_in("bengt")
    rows, aino = _two_of_the_queue(lead), workers_key(lead, "Aino")
    asked = lead.post("/work-queue/action_post", action="reassign", rowid=rows)
    assert asked.status_code == 200 and "to_worker" in asked.text
    refused = lead.post("/work-queue/action_post", action="reassign", rowid=rows, _confirmed="y", to_worker="")
    assert refused.status_code == 422
    lead.post("/work-queue/action_post", action="reassign", rowid=rows[:1], _confirmed="y", to_worker=aino)
    told = lead.post("/work-queue/action_post", action="reassign", rowid=rows, _confirmed="y", to_worker=aino)
    assert told.status_code == 200 and "Var redan den här arbetstagarens." in told.text and "Gavs." in told.text
    page = lead.get("/work-queue/list/?psize=100").text
    for row in rows:
        found = re.search(rf'href="/work-queue/show/{row}".*?</tr>', page, re.S)
        assert found and "Aino" in found.group(0)


def test_a_caseworker_gives_no_clients_away(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    rows = _two_of_the_queue(aino)
    page = aino.get("/work-queue/list/").text
    assert 'value="reassign"' not in page
    assert aino.client.post("/work-queue/action_post", data={"action": "reassign", "rowid": rows}).status_code in (400, 403)


def test_who_covers_finds_the_queue_of_who_is_away(sqlite_app: Flask) -> None:
    aino, bengt = user_id(sqlite_app, "aino"), user_id(sqlite_app, "bengt")
    lead = Browser(sqlite_app).sign_in("bengt")
    lead.get("/absences/add")
    days = {"starts_on": TODAY.isoformat(), "ends_on": (TODAY + timedelta(days=3)).isoformat()}
    assert lead.post("/absences/add", user_id=str(aino), cover_id=str(aino), **days).status_code == 422
    made = lead.post("/absences/add", user_id=str(aino), cover_id=str(bengt), **days)
    assert made.status_code in (302, 303)
    assert f"/work-queue/list/?f.worker_id={aino}" in lead.get("/work-queue/list/").text
    assert Browser(sqlite_app).sign_in("aino").get("/work-queue/list/").text.count(f"f.worker_id={aino}") == 0
    lead.get("/absences/add")
    assert lead.post("/absences/add", user_id=str(aino), cover_id=str(bengt), **days).status_code == 422
