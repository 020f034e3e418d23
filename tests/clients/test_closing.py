"""The end of a client relationship and its new beginning."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.clients.closing import broken_closing_rules
from app.clients.events import events_of_clients
from app.clients.models import Client
from tests.support.app import Browser
from tests.support.form import typed
from tests.support.plan_form import in_vantaa, new_client
from tests.support.plan_life import plan_of, plan_with

TODAY = date.today()


def do(browser: Browser, client_id: str, deed: str, **values: str) -> Any:
    place = f"/clients/{deed}/{client_id}"
    return browser.post(place, **typed(browser.get(place), **values))


def facts(app: Flask, client_id: str) -> tuple[str, date | None, str | None, list[str]]:
    with in_vantaa(app) as session:
        client = session.get_one(Client, client_id)
        told = [event.type for event in events_of_clients(session, [client_id])[client_id]]
        return client.status, client.relationship_ended, client.end_reason, told


def test_it_ends_with_a_reason_and_begins_anew(app: Flask) -> None:
    key, aino = new_client(app), Browser(app).sign_in("aino")
    assert do(aino, key, "close", end_reason="MOVED_MUNI", onward_guidance="Helsingin kaupunki").status_code == 303
    assert facts(app, key) == ("CLOSED", TODAY, "MOVED_MUNI", ["CLIENT_RELATIONSHIP_STARTED", "CLIENT_RELATIONSHIP_ENDED"])
    page = aino.get(f"/clients/show/{key}?tab=basics").text
    assert "Helsingin kaupunki" in page and "muutto toiseen kuntaan" in page and "/clients/edit/" in page
    assert do(aino, key, "reopen").status_code == 303
    assert facts(app, key) == ("INTAKE", None, None, ["CLIENT_RELATIONSHIP_STARTED"])


def test_it_does_not_end_while_a_plan_is_in_force(sqlite_app: Flask) -> None:
    key = plan_of(sqlite_app, plan_with(sqlite_app)).client_id
    answer = Browser(sqlite_app).sign_in("aino").get(f"/clients/close/{key}")
    assert answer.status_code == 409 and "kotoutuja-asiakas" in answer.text


def test_it_does_not_end_before_an_agreed_plan_is_settled(sqlite_app: Flask) -> None:
    first = TODAY + timedelta(days=9)
    key = plan_of(sqlite_app, plan_with(sqlite_app, {"status": "PLAN_DRAFTING"}, status="AGREED", valid_from=first)).client_id
    answer = do(Browser(sqlite_app).sign_in("aino"), key, "close", end_reason="DIED")
    assert answer.status_code == 422 and f"tulee voimaan {first.day}.{first.month}.{first.year}" in answer.text


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({}, []), ({"ended_on": date(2026, 1, 1)}, []), ({"ended_on": date(2025, 12, 31)}, [("relationship_ended", "EARLY")]),
        ({"ended_on": date(2026, 6, 2)}, [("relationship_ended", "FUTURE")]), ({"guidance": None}, [("onward_guidance", "GUIDANCE")]),
        ({"guidance": None, "reason": "DIED"}, []), ({"guidance": None, "reason": "LEFT_COUNTRY"}, []), ({"guidance": None, "reason": "NO_CONTACT"}, []),
    ],
)  # fmt: skip
def test_what_keeps_it_from_ending(change: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    good = {"ended_on": date(2026, 6, 1), "started_on": date(2026, 1, 1), "today": date(2026, 6, 1), "reason": "OTHER", "guidance": "x"}
    assert broken_closing_rules(**{**good, **change}) == broken


@pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 303), (1, 422)])
def test_it_begins_anew_between_its_end_and_today(sqlite_app: Flask, days: int, status: int) -> None:
    key, aino = new_client(sqlite_app), Browser(sqlite_app).sign_in("aino")
    do(aino, key, "close", end_reason="OTHER", onward_guidance="x")
    assert do(aino, key, "reopen", relationship_started=(TODAY + timedelta(days=days)).isoformat()).status_code == status
