"""A query that cannot be answered gets a sentence in the language of the address, whatever is sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.reports.open import query
from tests.reports.open.test_open_data import BASE, item

BAD: dict[str, tuple[Any, str]] = {
    "no object": ([], "JSON-oliona"), "query is a text": ({"query": "all"}, "query"), "no selection": ({"query": [{"code": "AREA"}]}, "selection"),
    "unknown variable": ({"query": [item("SHOE", "1")]}, "SHOE"), "twice": ({"query": [item("AREA", "092"), item("AREA", "638")]}, "kahdesti"),
    "unknown value": ({"query": [item("AREA", "999")]}, "999"), "unknown filter": ({"query": [item("AREA", "092", by="vs:x")]}, "item, all tai top"),
    "top of a text": ({"query": [item("PERIOD", "two", by="top")]}, "yksi luku"), "top of two": ({"query": [item("PERIOD", "1", "2", by="top")]}, "yksi luku"),
    "values no texts": ({"query": [{"code": "AREA", "selection": {"filter": "item", "values": [92]}}]}, "tekstien"),
    "values missing": ({"query": [{"code": "AREA", "selection": {"filter": "item"}}]}, "tekstien"),
    "format": ({"response": {"format": "px"}}, "px"), "format is a list": ({"response": {"format": ["csv"]}}, "csv"), "response is a text": ({"response": "csv"}, "None"),
    "many patterns": ({"query": [item("AREA", *["*"] * 21, by="all")]}, "20"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_it_is_told_what_is_wrong(open_app: Flask, name: str) -> None:
    sent, word = BAD[name]
    answer = open_app.test_client().post(f"{BASE}/I01-GENDER", json=sent)
    assert answer.status_code == 400 and word in answer.json["message"], answer.json
    swedish = open_app.test_client().post(f"{BASE.replace('/fi/', '/sv/')}/I01-GENDER", json=sent, headers={"Accept-Language": "fi"})
    assert swedish.status_code == 400 and swedish.json["message"] != answer.json["message"]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 50_000, b"1" * 5000, b'{"query": NaN}', b"null"])
def test_what_is_no_json_is_told_so(open_app: Flask, data: bytes) -> None:
    answer = open_app.test_client().post(f"{BASE}/I01", data=data, content_type="application/json")
    assert answer.status_code == 400 and answer.json["message"]


def test_a_body_that_is_too_long_is_refused(open_app: Flask) -> None:
    assert open_app.test_client().post(f"{BASE}/I01", data=b" " * 200_000).status_code == 413


def test_too_many_cells_are_refused_with_how_many(open_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "CELLS_AT_MOST", 100)
    for answer in (open_app.test_client().post(f"{BASE}/I01", json={}), open_app.test_client().get(f"{BASE}/I01.csv")):
        assert answer.status_code == 403 and "100" in answer.json["message"]


@pytest.mark.parametrize("path", ["/api/v1/open/en/", "/api/v1/open/fi/planet/", "/api/v1/open/fi/planet/I01", f"{BASE}/I01-SHOE", f"{BASE}/I01.exe", f"{BASE}/%00", "/api/v1/open/fi/municipality/I01/x", "/api/v1/open/"])
def test_an_unknown_address_is_told_so(open_app: Flask, path: str) -> None:
    answer = open_app.test_client().get(path)
    assert answer.status_code == 404 and answer.json["message"]


_JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=8)
_SELECTION = st.fixed_dictionaries({"filter": st.sampled_from(["item", "all", "top"]) | _JSON, "values": st.lists(st.sampled_from(["092", "1", "*", "9*", "-1"]) | st.text(max_size=5), max_size=3) | _JSON})
_QUERY = st.lists(st.fixed_dictionaries({"code": st.sampled_from(["AREA", "PERIOD", "GENDER", "MEASURE"]) | _JSON, "selection": _SELECTION | _JSON}) | _JSON, max_size=3)
_SENT = st.fixed_dictionaries({"query": _QUERY | _JSON, "response": st.fixed_dictionaries({"format": st.sampled_from(["json", "csv", "xlsx", "json-stat2"]) | _JSON}) | _JSON}) | _JSON


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=_SENT, name=st.sampled_from(["I01", "I01-GENDER", "I01-GENDER-AGE_GROUP"]))
def test_nothing_that_is_sent_breaks_it(open_app: Flask, sent: Any, name: str) -> None:
    answer = open_app.test_client().post(f"{BASE}/{name}", data=json.dumps(sent), content_type="application/json")
    assert answer.status_code in (200, 400, 403) and (answer.status_code == 200 or answer.json["message"])
