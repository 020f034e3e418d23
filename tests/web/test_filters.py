"""The filter panel: limits in the address, in words, removable; nothing personal, nothing unknown."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from app.clients.models import Client
from app.web.filters import filter_for
from tests.support.app import Browser, counted_statements


def stages(page: Any) -> set[str]:
    return set(re.findall(r'data-label="Asiakkuuden vaihe">([^<]+)<', page.text))


def test_one_or_several_codes(aino: Browser) -> None:
    everything = aino.get("/clients/list/?psize=100")
    assert len(stages(everything)) > 3
    one = aino.get("/clients/list/?f.status=PLAN_ACTIVE&psize=100")
    two = aino.get("/clients/list/?f.status=PLAN_ACTIVE&f.status=INTAKE&psize=100")
    assert len(stages(one)) == 1 and len(stages(two)) == 2
    assert "Asiakkuuden vaihe: " in one.text


def test_a_chip_takes_its_own_limit_away_and_keeps_the_rest(aino: Browser) -> None:
    page = aino.get("/clients/list/?f.status=PLAN_ACTIVE&f.status=INTAKE&f.interpreter_needed=yes&psize=5&order=birth_date")
    links = [unescape(link) for link in re.findall(r'class="chip" href="([^"]+)"', page.text)]
    assert len(links) == 3
    kept = next(link for link in links if "PLAN_ACTIVE" not in link)
    assert "f.status=INTAKE" in kept and "f.interpreter_needed=yes" in kept and "psize=5" in kept and "order=birth_date" in kept
    assert len(re.findall('class="chip"', aino.get(kept).text)) == 2


def test_days_are_included_at_both_ends(aino: Browser) -> None:
    first = re.search(r'data-label="Laatimispäivämäärä">(\d+)\.(\d+)\.(\d{4})<', aino.get("/plans/list/").text)
    assert first
    day = f"{int(first.group(3)):04}-{int(first.group(2)):02}-{int(first.group(1)):02}"
    shown = f"{first.group(1)}.{first.group(2)}.{first.group(3)}"
    page = aino.get(f"/plans/list/?f.drawn_up_date.from={day}&f.drawn_up_date.to={day}&psize=100").text
    days = set(re.findall(r'data-label="Laatimispäivämäärä">([\d.]+)<', page))
    assert days == {shown} and f"{shown} alkaen" in page and f"{shown} asti" in page


def test_own_clients_and_nobodys(app: Flask) -> None:
    bengt = Browser(app).sign_in("bengt")
    row = re.search(r'name="rowid" value="([0-9a-f-]{36})"', bengt.get("/clients/list/?f.responsible_worker_id=nobody").text)
    assert row
    bengt.post("/clients/action_post", action="take", rowid=row.group(1))
    mine = bengt.get("/clients/list/?f.responsible_worker_id=me&psize=100").text
    assert row.group(1) in mine and row.group(1) not in bengt.get("/clients/list/?f.responsible_worker_id=nobody&psize=100").text
    workers = set(re.findall(r'data-label="Ansvarig arbetstagare">([^<]*)<', mine))
    assert workers == {"Berg Bengt"}


@pytest.mark.parametrize(
    "query", ["f.status=NOTHING", "f.family_name=x", "f.birth_date.from=1990-01-01", "f.relationship_started.from=x", "f.relationship_started.from=2026-02-30",
              "f.status=INTAKE&f.status=x", "f.org_id=x", "f.interpreter_needed=1", "f.responsible_worker_id=99999", "f.responsible_worker_id=x", "f.responsible_worker_id=-1"],
)  # fmt: skip
def test_what_no_filter_knows_is_refused(aino: Browser, query: str) -> None:
    assert aino.get(f"/clients/list/?{query}").status_code == 400


def test_the_address_holds_only_what_is_in_use(aino: Browser) -> None:
    answer = aino.get("/clients/list/?f.status=INTAKE&f.relationship_started.from=&f.citizenship=")
    assert answer.status_code == 303 and answer.headers["Location"] == "/clients/list/?f.status=INTAKE"


def test_a_search_keeps_the_limits(aino: Browser) -> None:
    aino.get("/clients/list/?f.status=INTAKE")
    answer = aino.post("/clients/search?f.status=INTAKE&after=x", q="a")
    assert re.fullmatch(r"/clients/list/\?f\.status=INTAKE&search=[0-9a-f-]{36}", answer.headers["Location"])


@pytest.mark.parametrize("name", ["family_name", "birth_date", "identity_code_digest", "phone"])
def test_personal_columns_cannot_become_filters(name: str) -> None:
    with pytest.raises(TypeError, match=name):
        filter_for(name, name, getattr(Client, name))


def test_limits_cost_no_statement(app: Flask, aino: Browser) -> None:
    with counted_statements(app) as bare:
        aino.get("/clients/list/")
    with counted_statements(app) as narrowed:
        aino.get("/clients/list/?f.status=INTAKE&f.service_language=fi&f.relationship_started.from=2020-01-01")
    assert len(narrowed) == len(bare) <= 8
