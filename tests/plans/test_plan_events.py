"""What plans tell the time limits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from app.plans.events import events_of_plans
from tests.support.app import Browser
from tests.support.plan_form import in_vantaa
from tests.support.plan_life import do, plan_of, plan_with

TODAY = date.today()


def told(app: Flask, *keys: str) -> list[list[tuple[str, date, date | None]]]:
    clients = [plan_of(app, key).client_id for key in keys]
    with in_vantaa(app) as session:
        found = events_of_plans(session, clients)
    return [sorted((event.type, event.on, event.to) for event in found[client]) for client in clients]


def test_each_deed_is_told(sqlite_app: Flask) -> None:
    key, other, aino = plan_with(sqlite_app), plan_with(sqlite_app), Browser(sqlite_app).sign_in("aino")
    drawn_up = plan_of(sqlite_app, key).drawn_up_date
    do(aino, key, "interrupt", reason="ILLNESS", starts_on=TODAY - timedelta(days=9))
    pause, begun = ("INTERRUPTION", TODAY - timedelta(days=9)), ("PLAN_DRAWN_UP", drawn_up, None)
    assert told(sqlite_app, key, other) == [[(*pause, None), begun], [begun]]
    do(aino, key, "end", end_reason="EMPLOYMENT_PLAN", onward_guidance="x", employment_plan_on=TODAY, goal_1="OPEN", goal_2="OPEN")
    assert told(sqlite_app, key) == [[("EMPLOYMENT_PLAN_DRAWN_UP", TODAY, None), (*pause, TODAY), begun, ("PLAN_ENDED", TODAY, None)]]


@pytest.mark.parametrize("status", ["DRAFT", "ANNULLED"])
def test_a_plan_that_binds_nobody_tells_nothing(sqlite_app: Flask, status: str) -> None:
    assert told(sqlite_app, plan_with(sqlite_app, status=status)) == [[]]
