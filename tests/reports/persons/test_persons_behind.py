"""The list of clients behind a figure: the very clients that the figure counts, for who serves them only, with an event."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import system_scope
from app.audit.models import AuditEvent, AuditEventClient
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import organisation_key
from app.reports.catalogue.all import INDICATORS
from app.reports.catalogue.indicator import Audience, Measure
from app.reports.computing.all import COMPUTATIONS
from app.reports.periods import Length, period_of
from app.reports.persons.behind import behind, names_clients
from app.reports.snapshot.calculation import Calculation
from app.reports.snapshot.write import write_facts
from tests.support.app import Browser, counted_statements

VANTAA = organisation_key("MUNICIPALITY", "092")
TODAY = date.today()
YEAR = period_of(TODAY, Length.YEAR)
BUDGET = 10


def keys_on(page: Any) -> list[str]:
    return re.findall(r'href="/clients/show/([0-9a-f-]{36})"', page.text)


def all_keys(browser: Browser, path: str) -> list[str]:
    """Follow the list to its end."""
    found: list[str] = []
    while True:
        page = browser.get(path)
        assert page.status_code == 200, path
        found += keys_on(page)
        following = re.search(r'href="(/reports/persons/[^"]*after=[^"]*)"', page.text)
        if not following:
            return found
        path = following[1].replace("&amp;", "&")


def test_the_clients_behind_each_cell_are_as_many_as_the_cell_counts(sqlite_app: Flask) -> None:
    wanted = [one for one in INDICATORS.values() if {Audience.WORKER, Audience.LEAD} & one.audiences and one.id in COMPUTATIONS]
    compared = 0
    with sqlite_app.app_context(), system_scope():
        calculation = Calculation(db.session, (VANTAA,), TODAY)
        for indicator in wanted:
            of_indicator = next((found for _key, org_id, found in calculation.cells_of(YEAR, [indicator.id]) if org_id == VANTAA), {})
            for (dimension, value), cell in of_indicator.items():
                found = behind(db.session, VANTAA, indicator.id, YEAR, TODAY, (dimension, value))
                if not names_clients(indicator):
                    assert not found.counted | found.rest, indicator.id
                    continue
                whole = cell.denominator if indicator.measure is Measure.SHARE else cell.numerator if not cell.spread else cell.spread.total()
                if indicator.unit == "PERSONS" and indicator.measure in (Measure.SHARE, Measure.COUNT):
                    assert len(found.counted | found.rest) == whole, (indicator.id, dimension, value)
                    assert len(found.counted) == cell.numerator, (indicator.id, dimension, value)
                    compared += 1
                elif whole:
                    assert 0 < len(found.counted | found.rest) <= max(whole, cell.numerator), (indicator.id, dimension, value)
        db.session.rollback()
    assert compared > 50


def written(app: Flask) -> None:
    with app.app_context(), system_scope():
        write_facts(db.session, VANTAA, YEAR, TODAY)
        db.session.commit()


@pytest.mark.parametrize("person", ["aino", "bengt"])
def test_a_row_of_the_figure_leads_to_its_clients(sqlite_app: Flask, person: str) -> None:
    written(sqlite_app)
    browser = Browser(sqlite_app).sign_in(person)
    page = browser.get(f"/reports/show/I01?period={YEAR.id}&by=GENDER")
    links = [one.replace("&amp;", "&") for one in re.findall(r'href="(/reports/persons/I01[^"]*)"', page.text)]
    assert len(links) >= 2
    for link in links:
        gender = re.search("value=([^&]*)", link)
        found = all_keys(browser, link)
        with sqlite_app.app_context(), system_scope():
            genders = {one or "UNKNOWN" for one in db.session.scalars(select(Client.gender).where(Client.id.in_(found)))}
            assert found and len(found) == len(set(found)) and gender and genders == {gender[1]}


def test_those_whom_a_share_does_not_count_are_listed_beside(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("bengt")
    counted, rest = (set(all_keys(browser, f"/reports/persons/I08?period={YEAR.id}{part}")) for part in ("", "&part=rest"))
    with sqlite_app.app_context(), system_scope():
        found = behind(db.session, VANTAA, "I08", YEAR, TODAY, ("", ""))
    assert (counted, rest) == (found.counted, found.rest) and counted and rest


@pytest.mark.parametrize("person", ["minna", "ulla", "tuomas", "eeva", "pekka", "veera", "lotta", "iida", None])
def test_it_refuses_who_does_not_serve_the_clients(sqlite_app: Flask, person: str | None) -> None:
    browser = Browser(sqlite_app).sign_in(person) if person else Browser(sqlite_app)
    assert browser.get(f"/reports/persons/I01?period={YEAR.id}").status_code == (403 if person else 302)


def test_an_analyst_has_no_link_to_clients(sqlite_app: Flask) -> None:
    written(sqlite_app)
    assert "/reports/persons/" not in Browser(sqlite_app).sign_in("minna").get(f"/reports/show/I01?period={YEAR.id}").text
    assert "/reports/persons/" in Browser(sqlite_app).sign_in("aino").get(f"/reports/show/I01?period={YEAR.id}").text


def test_another_municipality_sees_its_own_clients_only(app: Flask) -> None:
    path = f"/reports/persons/I01?period={YEAR.id}"
    own, other = (set(all_keys(Browser(app).sign_in(person), path)) for person in ("aino", "cecilia"))
    assert own and other and not own & other


def test_it_records_whose_figure_was_opened(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    seen = keys_on(browser.get(f"/reports/persons/I01?period={YEAR.id}&by=GENDER&value=2"))
    with sqlite_app.app_context(), system_scope():
        event = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "report:persons_read").order_by(AuditEvent.at.desc())).first()
        assert event is not None and event.criteria == f"by=GENDER,indicator=I01,period={YEAR.id},value=2" and event.hits and event.hits >= len(seen) > 0
        assert set(db.session.scalars(select(AuditEventClient.client_id).where(AuditEventClient.event_id == event.id))) == set(seen)


def test_no_address_and_no_worker_of_a_protected_client_of_others_is_told(sqlite_app: Flask) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    with sqlite_app.app_context(), system_scope():
        key = all_keys_of(VANTAA)[0]
        db.session.execute(update(Client).where(Client.id == key).values(non_disclosure=True, street_address="Salaisentie 7"))
        db.session.commit()
    path, found = f"/reports/persons/I01?period={YEAR.id}", ""
    found = browser.get(path).text
    assert "Salaisentie" not in found and key in all_keys(browser, path)


def all_keys_of(org_id: str) -> list[str]:
    return list(db.session.scalars(select(Client.id).where(Client.org_id == org_id, Client.relationship_ended.is_(None), Client.merged_into_id.is_(None))))


@pytest.mark.parametrize(
    "query",
    ["?period=x", "?period=2026&by=HINDRANCE&value=1", "?period=2026&by=GENDER", "?period=2026&by=GENDER&value=zz", "?period=2026&value=1", "?period=2026&part=rest", "?period=2026&part=x"],
)
def test_what_is_no_cell_is_not_found(sqlite_app: Flask, query: str) -> None:
    browser = Browser(sqlite_app).sign_in("aino")
    assert browser.get(f"/reports/persons/I01{query}").status_code == 404
    for indicator in ("I99", "I90", "I63", "I00"):
        assert browser.get(f"/reports/persons/{indicator}?period={YEAR.id}").status_code == 404, indicator


@pytest.mark.parametrize(("person", "words"), [("aino", "lasketaan uudelleen tiedoista"), ("bengt", "räknas på nytt utifrån uppgifterna")])
def test_the_page_says_that_the_records_are_those_of_today(sqlite_app: Flask, person: str, words: str) -> None:
    assert words in Browser(sqlite_app).sign_in(person).get(f"/reports/persons/I01?period={YEAR.id}").text


@pytest.mark.parametrize("asked", ["I01", "I01&by=GENDER*AGE_GROUP&value=2*25-34", "I02&by=PLAN_ORDINAL&value=1", "I24", "I28", "I18", "I05&by=RESPONSIBLE&value=MUNI"])
def test_the_page_keeps_its_budget(sqlite_app: Flask, asked: str) -> None:
    browser = Browser(sqlite_app).sign_in("bengt")
    indicator, _and, rest = asked.partition("&")
    path = f"/reports/persons/{indicator}?period={YEAR.id}&{rest}"
    browser.get(path)
    with counted_statements(sqlite_app) as sent:
        assert browser.get(path).status_code == 200
    assert len(sent) <= BUDGET, (len(sent), sent)
