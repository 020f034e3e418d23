"""Figures over the API: what the caller's pages show, with a purpose and an event; errors as sentences."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from tests.support.app import Browser, counted_statements
from tests.support.json_stat import faults_of
from tests.support.out_figures import keep_facts

FACTS = {("092", "", ""): 30, ("092", "GENDER", "1"): 12, ("638", "", ""): 21, ("638", "GENDER", "1"): 4}
ASKED = "level=MUNICIPALITY&area=&period=2025Q1&to=2025Q1&by=GENDER"
HIDDEN = [("OFFICIAL", "MUNICIPALITY", "638", "GENDER", "1")]


def asked(browser: Browser, query: str = ASKED, **more: str) -> Any:
    arguments = "&".join(f"{name}={value}" for name, value in {"purpose": "REPORTING", **more}.items())
    return browser.client.get(f"/api/v1/figures/I01?{query}&{arguments}")


def exported() -> int:
    with system_scope():
        return db.session.scalar(select(func.count()).select_from(AuditEvent).where(AuditEvent.name == "report:exported")) or 0


def test_the_indicators_are_told_with_their_definitions(app: Flask) -> None:
    found = {one["id"]: one for one in Browser(app).sign_in("minna").client.get("/api/v1/figures/").json["result"]}
    assert found["I01"]["name"] == {"fi": "Asiakkaat", "sv": "Kunder"} and "GENDER" in found["I01"]["by"] and found["I01"]["version"] == 1


def test_figures_come_as_json_stat_or_csv_and_hidden_ones_are_hidden(app: Flask) -> None:
    keep_facts(app, "I01", "2025Q1", FACTS, hidden=HIDDEN)
    minna = Browser(app).sign_in("minna")
    found = asked(minna).json
    assert faults_of(found) == [] and found["value"] == [12, None] and found["status"] == {"1": ".."}
    rows = list(csv.DictReader(StringIO(asked(minna, format="csv").data.decode("utf-8-sig")), delimiter=";"))
    assert [(row["area"], row["number"]) for row in rows] == [("092", "12"), ("638", "")]


def test_what_is_taken_leaves_an_event_and_what_is_refused_none(sqlite_app: Flask) -> None:
    minna = Browser(sqlite_app).sign_in("minna")
    with sqlite_app.app_context():
        before = exported()
        for bad in (asked(minna, purpose=""), asked(minna, purpose="FUN"), asked(minna, format="pdf"), asked(minna, "level=PLANET")):
            assert bad.status_code == 422 and len(bad.json["message"]) > 20
        assert exported() == before
        assert asked(minna).status_code == 200 and exported() == before + 1


def test_it_needs_the_right_of_files(sqlite_app: Flask) -> None:
    assert asked(Browser(sqlite_app)).status_code == 401
    assert asked(Browser(sqlite_app).sign_in("aino")).status_code == 403
    assert asked(Browser(sqlite_app).sign_in("eeva")).status_code == 403


def test_it_costs_the_same_whatever_is_asked(app: Flask) -> None:
    minna, numbers = Browser(app).sign_in("minna"), []
    for query in (ASKED, "level=COUNTRY&period=2024Q1&to=2025Q4", "level=MUNICIPALITY"):
        with counted_statements(app) as found:
            assert asked(minna, query).status_code == 200
        numbers.append(len(found))
    assert len(set(numbers)) == 1 and numbers[0] <= 10, numbers


_TEXT = st.sampled_from(["MUNICIPALITY", "COUNTRY", "092", "2025Q1", "2025", "9999Q4", "0001", "GENDER", "GENDER*AGE_GROUP", "*", "A*B*C", ""]) | st.text(max_size=12)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(args=st.fixed_dictionaries({}, optional=dict.fromkeys(("level", "area", "period", "to", "by", "format", "purpose"), _TEXT)), name=st.sampled_from(["I01", "x", "I01.csv"]) | st.text("Iab01-*%", min_size=1, max_size=6))
def test_nothing_that_is_asked_breaks_it(sqlite_app: Flask, args: dict[str, str], name: str) -> None:
    client = _signed_in(sqlite_app)
    for path, more in ((f"/api/v1/figures/{name}", {"purpose": "OTHER"}), (f"/reports/file/{name}.csv", {})):
        assert client.get(path, query_string={**more, **args}).status_code in (200, 308, 404, 422)


def _signed_in(app: Flask) -> Any:
    if "client_of_figures" not in app.extensions:
        app.extensions["client_of_figures"] = Browser(app).sign_in("minna").client
    return app.extensions["client_of_figures"]


@pytest.mark.parametrize("query", ["period=9999Q4", "period=9999&to=9999", "period=0001&to=0001", "period=0001Q1", "period=0001Q1&to=9999Q4", "period=0001-01"])
def test_the_ends_of_time_are_periods_too(sqlite_app: Flask, query: str) -> None:
    assert asked(_browser(sqlite_app), f"{query}&level=COUNTRY").status_code in (200, 422)


def _browser(app: Flask) -> Browser:
    return Browser(app).sign_in("minna")
