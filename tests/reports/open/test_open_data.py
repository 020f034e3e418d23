"""Open data as PxWeb gives it: from the levels to a table, from a query to figures, and nothing hidden or unfinished among them."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.reports.catalogue.all import INDICATORS
from tests.support.app import Browser, counted_statements, make_app
from tests.support.json_stat import faults_of

BASE = "/api/v1/open/fi/municipality"


def item(code: str, *values: str, by: str = "item") -> dict[str, Any]:
    return {"code": code, "selection": {"filter": by, "values": list(values)}}


def asked(client: FlaskClient, *query: dict[str, Any], name: str = "I01-GENDER", form: str = "json-stat2", base: str = BASE) -> Any:
    return client.post(f"{base}/{name}", json={"query": list(query), "response": {"format": form}})


def test_the_way_leads_from_levels_to_tables_to_what_they_hold(open_app: Flask) -> None:
    client = open_app.test_client()
    levels = client.get("/api/v1/open/sv/").json
    assert {"id": "municipality", "type": "l", "text": "kommuner"} in levels and len(levels) == 5
    for level in levels:
        tables = client.get(f"/api/v1/open/sv/{level['id']}/").json
        names = [one["id"] for one in tables]
        assert names[:2] == ["I01", "I01-RESPONSIBLE"] and "I01-GENDER-AGE_GROUP" in names
        for one in tables:
            found = client.get(f"/api/v1/open/sv/{level['id']}/{one['id']}").json
            assert found["title"] == one["text"] and [part["code"] for part in found["variables"]][:2] == ["AREA", "PERIOD"]
            assert all(len(part["values"]) == len(part["valueTexts"]) > 0 for part in found["variables"]), one


def test_a_table_tells_its_variables_with_labels_and_closed_years_only(open_app: Flask) -> None:
    found = {part["code"]: part for part in open_app.test_client().get(f"{BASE}/I01-GENDER").json["variables"]}
    assert found["PERIOD"]["values"] == ["2023", "2024"] and found["PERIOD"]["time"] is True
    assert dict(zip(found["GENDER"]["values"], found["GENDER"]["valueTexts"], strict=True))["2"] == "nainen"
    assert "Vantaa" in found["AREA"]["valueTexts"] and found["MEASURE"]["values"] == ["NUMBER"]


def test_a_query_gives_the_cells_chosen_in_their_order(open_app: Flask) -> None:
    found = asked(open_app.test_client(), item("AREA", "638", "092"), item("PERIOD", "2", by="top"), item("GENDER", "2", "1")).json
    assert faults_of(found) == [] and found["size"] == [2, 2, 2, 1]
    assert found["value"] == [15, None, 15, 5, 20, 10, 20, 15] and found["status"] == {"1": ".."}
    assert found["dimension"]["AREA"]["category"]["index"] == ["638", "092"]


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_form_holds_the_same(open_app: Flask, language: str) -> None:
    client, query = open_app.test_client(), (item("AREA", "638"), item("PERIOD", "2023"), item("GENDER", "1", "2"))
    base = f"/api/v1/open/{language}/municipality"
    found = asked(client, *query, form="json", base=base).json
    assert [one["code"] for one in found["columns"]] == ["AREA", "PERIOD", "GENDER", "NUMBER"] and found["columns"][1]["type"] == "t"
    assert found["data"] == [{"key": ["638", "2023", "1"], "values": [".."]}, {"key": ["638", "2023", "2"], "values": ["15"]}]
    rows = list(csv.DictReader(StringIO(asked(client, *query, form="csv", base=base).data.decode("utf-8-sig")), delimiter=";"))
    assert [(row["gender"], row["number"], row["state"]) for row in rows] == [("1", "", "HIDDEN"), ("2", "15", "")]
    book = CalamineWorkbook.from_filelike(BytesIO(asked(client, *query, form="xlsx", base=base).data))
    assert book.sheet_names[0] == {"fi": "Luvut", "sv": "Siffror"}[language]
    assert [row[9] for row in book.get_sheet_by_name(book.sheet_names[0]).to_python()[1:]] == ["..", 15.0]


def test_filters_choose_all_a_pattern_and_the_last(open_app: Flask) -> None:
    client = open_app.test_client()
    assert asked(client, item("AREA", "*", by="all"), item("PERIOD", "1", by="top")).json["size"][:2][1] == 1
    patterned = asked(client, item("AREA", "09*", by="all"), item("PERIOD", "1", by="top")).json
    assert all(code.startswith("09") for code in patterned["dimension"]["AREA"]["category"]["index"]) and patterned["dimension"]["PERIOD"]["category"]["index"] == ["2024"]
    assert asked(client, item("AREA", "09?", by="all")).json["size"][0] == 0
    assert asked(client).json["size"][1:] == [2, len(client.get(f"{BASE}/I01-GENDER").json["variables"][2]["values"]), 1]


def test_figures_of_areas_are_sums_and_an_open_year_is_not_among_them(open_app: Flask) -> None:
    client = open_app.test_client()
    assert asked(client, name="I01", base="/api/v1/open/fi/country").json["value"] == [50, 50]
    assert asked(client, item("PERIOD", "2025"), name="I01").status_code == 400


def test_a_table_is_a_file_too_and_is_kept_by_its_readers(open_app: Flask) -> None:
    client = open_app.test_client()
    answer = client.get(f"{BASE}/I01-GENDER.csv")
    assert answer.status_code == 200 and "638;Porvoo;Borgå" in answer.text and answer.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get(f"{BASE}/I01-GENDER.csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""
    assert asked(client).headers["Cache-Control"] == client.get(f"{BASE}/I09").headers["Cache-Control"] == "no-store"
    assert "Cookie" not in answer.headers.get("Vary", "") and "Set-Cookie" not in answer.headers


def test_other_pages_may_read_it_and_nobody_is_recorded(open_app: Flask) -> None:
    client = open_app.test_client()
    asked_first = client.options(f"{BASE}/I01", headers={"Origin": "https://other.invalid", "Access-Control-Request-Method": "POST"})
    assert asked_first.headers["Access-Control-Allow-Origin"] == "*" and "Content-Type" in asked_first.headers["Access-Control-Allow-Headers"]
    answer = asked(client, name="I01")
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and "Access-Control-Allow-Credentials" not in answer.headers
    if open_app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        with open_app.app_context(), system_scope():
            before = db.session.scalar(select(func.count()).select_from(AuditEvent))
            asked(client, name="I01")
            assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_who_is_signed_in_sees_here_what_everybody_sees(open_app: Flask) -> None:
    # It is a cell of her own municipality, which her own pages show.
    cecilia = Browser(open_app).sign_in("cecilia")
    answer = cecilia.client.post(f"{BASE}/I01-GENDER", json={"query": [item("AREA", "638"), item("PERIOD", "2023"), item("GENDER", "1")]})
    assert answer.json["value"] == [None]


def test_what_is_not_open_is_not_there(open_app: Flask) -> None:
    client = open_app.test_client()
    closed = [one.id for one in INDICATORS.values() if not one.is_open]
    assert not {one["id"] for one in client.get(f"{BASE}/").json} & set(closed)
    for name in (*closed, "I09"):
        assert client.get(f"{BASE}/{name}").status_code == client.post(f"{BASE}/{name}", json={}).status_code == 404


def test_an_answer_costs_the_same_whatever_is_asked(open_app: Flask) -> None:
    client, numbers = open_app.test_client(), []
    for query in ([], [item("AREA", "638")], [item("PERIOD", "1", by="top")]):
        with counted_statements(open_app) as found:
            assert asked(client, *query).status_code == 200
        numbers.append(len(found))
    assert len(set(numbers)) == 1 and numbers[0] <= 6, numbers


def test_too_many_questions_are_told_to_wait(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = make_app(tmp_path, settings={"KOTO_OPEN_RATE_LIMIT": "3 per minute"}, RATELIMIT_ENABLED=True).test_client()
    answers = [client.get("/api/v1/open/sv/") for _time in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].is_json and int(answers[3].headers["Retry-After"]) > 0 and answers[3].headers["Access-Control-Allow-Origin"] == "*"
