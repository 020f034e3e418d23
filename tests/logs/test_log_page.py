"""The pages of the log: who may open them, what they tell and to whom, and the event they leave."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.access.actor import system_scope
from app.audit import record
from app.audit.record import record_event
from app.db.base import db
from app.db.types import now
from tests.support.app import Browser, counted_statements
from tests.support.audit import recorded


def client_of(app: Flask, user: str, path: str = "/clients/list/") -> str:
    found = re.search(r"/clients/show/([0-9a-f-]{36})", Browser(app).sign_in(user).get(path).text)
    assert found
    return found.group(1)


def rows_of(page: str) -> list[list[str]]:
    """Give the texts of the table's rows."""
    body = page[page.index("<tbody") : page.index("</tbody>")] if "<tbody" in page else ""
    return [re.findall(r">([^<]*)</t[hd]>", row) for row in re.findall(r"<tr.*?</tr>", body, re.S)]


@pytest.fixture
def key(app: Flask) -> str:
    return client_of(app, "aino", "/clients/list/?f.status=PLAN_ACTIVE")


@pytest.mark.parametrize(
    ("language", "who", "did", "purpose"),
    [("fi", "kotoutumispalvelujen työntekijä, Vantaa", "Avasi: asiakkaan tiedot", "kotoutumista edistävät palvelut"),
     ("sv", "anställd inom integrationstjänsterna, Vanda", "Öppnade: kundens uppgifter", "integrationsfrämjande tjänster")],
)  # fmt: skip
def test_it_tells_who_did_what_newest_first(app: Flask, key: str, language: str, who: str, did: str, purpose: str) -> None:
    bengt = Browser(app).sign_in("bengt")
    bengt.get(f"/lang/{language}")
    Browser(app).sign_in("aino").get(f"/clients/show/{key}")
    page = bengt.get(f"/logs/show/{key}")
    assert page.status_code == 200
    newest = rows_of(page.text)[0]
    assert newest[1:] == ["Aino Aarnio", who, did, purpose] and re.fullmatch(r"[\d.-]+ \d\d?[.:]\d\d", newest[0])
    again = rows_of(bengt.get(f"/logs/show/{key}").text)
    assert again[0][1] == "Bengt Berg" and again[1] == newest, "reading the log is told of too"


def test_it_tells_of_other_authorities_with_a_share(app: Flask) -> None:
    veera, bengt = Browser(app).sign_in("veera"), Browser(app).sign_in("bengt")
    # Other municipalities share clients with the county too, and some with both.
    keys = re.findall(r"/clients/show/([0-9a-f-]{36})", veera.get("/clients/list/").text)
    shared = next(key for key in keys if bengt.get(f"/logs/show/{key}").status_code == 200)
    veera.get(f"/clients/show/{shared}")
    row = rows_of(bengt.get(f"/logs/show/{shared}").text)[0]
    assert row[1:3] == ["Veera Virta", "välfärdsområdets deltagare, Vanda och Kervo välfärdsområde"] and row[4] == "välfärdsområdets deltagande i planen"


def test_it_tells_of_an_event_whose_name_is_of_another_release(app: Flask, key: str) -> None:
    with app.app_context(), system_scope():
        record_event(db.session, "thing_of_old:read", client_ids=[key], row_id=key)
        db.session.commit()
    page = Browser(app).sign_in("bengt").get(f"/logs/show/{key}")
    assert page.status_code == 200 and "Hanterade uppgifter på annat sätt" in page.text and "thing_of_old" not in page.text


@pytest.mark.parametrize("user", ["bengt", "lotta"])
@pytest.mark.parametrize("path", ["/logs/show/{}", "/logs/pdf/{}"])
def test_it_refuses_other_organisation(app: Flask, user: str, path: str) -> None:
    foreign = client_of(app, "cecilia")
    Browser(app).sign_in("cecilia").get(f"/clients/show/{foreign}")
    with recorded(app) as events:
        page = Browser(app).sign_in(user).get(path.format(foreign))
        assert page.status_code == 404 and "Cecilia" not in page.text
    assert [(event.outcome, event.row_id, event.clients) for event in events() if event.name.startswith("log:")] == [("REFUSED", foreign, [])]


@pytest.mark.parametrize("user", ["aino", "cecilia", "eeva", "pekka", "veera"])
def test_it_refuses_wrong_role(app: Flask, key: str, user: str) -> None:
    browser = Browser(app).sign_in(user)
    assert {browser.get(path).status_code for path in (f"/logs/show/{key}", f"/logs/pdf/{key}", "/logs/list/")} == {403}


@pytest.mark.parametrize("pk", ["x", "00000000-0000-4000-8000-000000000000"])
def test_there_is_no_log_of_nobody(app: Flask, pk: str) -> None:
    assert Browser(app).sign_in("bengt").get(f"/logs/show/{pk}").status_code == 404


def test_it_records_the_event(app: Flask, key: str) -> None:
    bengt = Browser(app).sign_in("bengt")
    with recorded(app) as events:
        bengt.get(f"/logs/show/{key}")
        bengt.get(f"/logs/pdf/{key}")
    assert [(event.name, event.purpose, event.clients, event.row_id, event.outcome) for event in events()] == [
        ("log:read", "LOG_REVIEW", [key], key, "DONE"), ("log:handed_over", "DATA_SUBJECT", [key], key, "DONE"),
    ]  # fmt: skip


@pytest.mark.parametrize(("user", "message"), [("bengt", "Slutdatumet"), ("lotta", "Päättymispäivä")])
def test_bad_input_is_explained(app: Flask, key: str, user: str, message: str) -> None:
    browser = Browser(app).sign_in(user)
    page = browser.get(f"/logs/show/{key}?first=2026-10-02&last=2026-10-01")
    assert page.status_code == 422 and message in page.text and 'href="#last"' in page.text
    assert "<tbody" not in page.text and 'action="/logs/pdf' not in page.text
    for arguments in ("first=eilen&last=2026-10-01", "first=2026-10-01", "first=2026-10-01&last="):
        assert browser.get(f"/logs/show/{key}?{arguments}").status_code == 422
    assert browser.get(f"/logs/show/{key}?after=x").status_code == 400


def test_only_the_period_is_shown_in_days_of_finland(app: Flask, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An event of 1.7. at 0.30 in Finland is one of the last of June in UTC."""
    moment = now().replace(year=2026, month=6, day=30, hour=21, minute=30)
    monkeypatch.setattr(record, "now", lambda: moment)
    Browser(app).sign_in("aino").get(f"/clients/show/{key}")
    monkeypatch.undo()
    lotta = Browser(app).sign_in("lotta")
    for day, found in (("2026-06-30", 0), ("2026-07-01", 1), ("2026-07-02", 0)):
        assert len(rows_of(lotta.get(f"/logs/show/{key}?first={day}&last={day}").text)) == found, day


def test_pages_follow_each_other_without_gap_or_repeat(app: Flask, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(now().replace(year=2025, month=3, day=3) + timedelta(minutes=at) for at in range(120))
    monkeypatch.setattr(record, "now", lambda: next(moments))
    aino = Browser(app).sign_in("aino")
    for _read in range(115):
        aino.get(f"/notes/list/?client={key}")
    monkeypatch.undo()
    bengt, path, seen = Browser(app).sign_in("bengt"), f"/logs/show/{key}?first=2025-03-01&last=2025-03-09", []
    while path:
        page = bengt.get(path).text
        seen += [row[0] for row in rows_of(page)]
        link = re.search(r'href="(/logs/show/[^"]*after=[^"]*)"', page)
        path = link.group(1).replace("&amp;", "&") if link else ""
    entries = [datetime.strptime(row, "%d.%m.%Y %H.%M") for row in seen if re.match(r"[1-9]\.3\.2025 ", row)]
    assert len(entries) == len(set(entries)) == 115 and entries == sorted(entries, reverse=True)


def test_who_sees_no_client_gets_the_log_without_the_name(app: Flask, key: str) -> None:
    name = re.search(r"<h1>([^<]+)</h1>", Browser(app).sign_in("bengt").get(f"/clients/show/{key}").text)
    assert name
    lead, auditor = (Browser(app).sign_in(user).get(f"/logs/show/{key}").text for user in ("bengt", "lotta"))
    assert name.group(1) in lead and f"/clients/show/{key}" in lead
    assert name.group(1) not in auditor and "/clients/show/" not in auditor and key in auditor


def test_the_way_there_is_on_the_page_of_an_own_client_for_who_may_take_it(app: Flask, key: str) -> None:
    link = f'href="/logs/show/{key}"'
    assert link in Browser(app).sign_in("bengt").get(f"/clients/show/{key}").text
    assert link not in Browser(app).sign_in("aino").get(f"/clients/show/{key}").text


def test_the_auditor_sees_what_the_own_people_did_and_were_refused(app: Flask) -> None:
    own, foreign = client_of(app, "aino"), client_of(app, "cecilia")
    Browser(app).sign_in("cecilia").get(f"/clients/show/{foreign}")
    Browser(app).sign_in("aino").get(f"/clients/show/{foreign}")
    lotta = Browser(app).sign_in("lotta")
    page = lotta.get("/logs/list/")
    rows = rows_of(page.text)
    assert page.status_code == 200 and len(rows) == 50
    assert rows[0][1:] == ["Aino Aarnio", "kotoutumispalvelujen työntekijä, Vantaa", "Avasi: asiakkaan tiedot", "kotoutumista edistävät palvelut", "evätty"]
    assert not {row[1] for row in rows} & {"Cecilia Cedergren", "Veera Virta", "Pekka Paananen"}
    assert lotta.get(f"/logs/list/?client={own}").headers["Location"] == f"/logs/show/{own}"
    wrong = lotta.get("/logs/list/?client=Matti")
    assert wrong.status_code == 422 and "Numero on tämän näköinen" in wrong.text


def test_it_costs_at_most_fifteen_statements(app: Flask, key: str) -> None:
    for user, path in (("bengt", f"/logs/show/{key}"), ("bengt", f"/logs/pdf/{key}"), ("lotta", "/logs/list/")):
        browser = Browser(app).sign_in(user)
        with counted_statements(app) as statements:
            assert browser.get(path).status_code == 200
        assert 0 < len(statements) <= 12, statements


def seen(app: Flask, *arguments: Any) -> int:
    with app.app_context():
        query = "SELECT count(*) FROM audit_events_seen(:org, :client, '2020-01-01', '2099-01-01', NULL, 1000)"
        return int(db.session.execute(text(query), dict(zip(("org", "client"), arguments, strict=True))).scalar() or 0)


def test_the_database_gives_the_log_of_a_client_to_the_controller_only(postgres_app: Flask) -> None:
    from app.organisations.models import organisation_key

    own, foreign = client_of(postgres_app, "aino"), client_of(postgres_app, "cecilia")
    vantaa, porvoo = (organisation_key("MUNICIPALITY", code) for code in ("092", "638"))
    assert seen(postgres_app, vantaa, own) > 0 and seen(postgres_app, porvoo, foreign) > 0
    assert seen(postgres_app, porvoo, own) == seen(postgres_app, vantaa, foreign) == 0
    with postgres_app.app_context():
        query = "SELECT proname FROM pg_proc WHERE proname LIKE 'audit%' AND has_function_privilege('public', oid, 'EXECUTE') AND prosecdef"
        assert db.session.execute(text(query)).all() == []
