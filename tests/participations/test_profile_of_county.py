"""A county sees the sections and fields of its profile, and no answer to it holds a word of the rest."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.access.actor import Scope, acting_scope
from app.access.profiles import PROFILES, PROFILES_FOR
from app.clients.models import Client
from app.codes.lists import values
from app.db.base import Model, db
from app.participations.models import Participation
from tests.participations.conftest import CANARY, COUNTY, HIDDEN_PHONE, HIDDEN_STREET, OTHER_COUNTY, VANTAA, accepted, invited
from tests.support.app import Browser, counted_statements

LISTS = ("/clients/list/", "/assessments/list/", "/plans/list/", "/goals/list/", "/planned-services/list/", "/language-skills/list/", "/plan-reviews/list/",
         "/participations/list/", "/county-statements/list/", "/", "/?whose=all", "/api/v1/clients/")  # fmt: skip
REFUSED = ("/notes/list/", "/family-links/list/", "/residence-bases/list/", "/work-records/list/", "/education-records/list/", "/reminders/list/", "/api/v1/notes/")
HIDDEN = (CANARY, HIDDEN_PHONE, HIDDEN_STREET, "somali", "Somalia", "työtön", "videoyhteys", "Ihmiskaupan")


@pytest.fixture
def veera(app: Flask) -> Browser:
    return Browser(app).sign_in("veera")


def pages_of(browser: Browser, start: list[str]) -> dict[str, str]:
    """Give the text of each page, and of each record and tab that they lead to."""
    found: dict[str, str] = {}
    waiting = list(start)
    while waiting:
        place = waiting.pop()
        if place in found:
            continue
        page = browser.get(place)
        assert page.status_code == 200, (place, page.status_code)
        found[place] = page.text if "pdf" not in page.mimetype else ""
        waiting += [link.replace("&amp;", "&") for link in re.findall(r'href="(/[a-z-]+/(?:show|print)/[^"]+)"', page.text)]
    return found


@pytest.mark.parametrize("matter", ["ASSESSMENT", "PLAN", "REVIEW"])
def test_no_answer_holds_what_the_profile_does_not_name(app: Flask, aino: Browser, veera: Browser, client: dict[str, str], matter: str) -> None:
    accepted(veera, invited(aino, client, matter))
    found = pages_of(veera, [*LISTS, f"/clients/show/{client['client']}", f"/api/v1/clients/{client['client']}"])
    own = {place: text for place, text in found.items() if "Testaaja" in text or client["client"] in text or client["plan"] in text}
    assert len(own) >= 5
    assert {(word, place) for place, text in own.items() for word in HIDDEN if word in re.sub(r"<select.*?</select>|<fieldset.*?</fieldset>", "", text, flags=re.S)} == set()
    for place in REFUSED:
        assert veera.get(place).status_code in (403, 404), place


def test_what_the_profile_names_is_shown(aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    accepted(veera, invited(aino, client, "ASSESSMENT"))
    page = veera.get(f"/assessments/show/{client['assessment']}").text
    assert "LIFE_SITUATION" in page and "Toiveena työ" in page and "LITERACY" not in page
    assert veera.get(f"/plans/show/{client['plan']}").status_code == 404, "the plan was not shared"
    page = veera.get(f"/clients/show/{client['client']}?tab=basics").text
    assert "17.5.1990" in page and "Taina" in page and "Aarnio Aino" in page and "Vantaa" in page


def test_a_search_finds_by_name_and_not_by_what_is_hidden(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    accepted(veera, invited(aino, client))
    for words, hits in (("testaaja", True), (HIDDEN_PHONE, False)):
        veera.get("/clients/list/")
        veera.post("/clients/search", q=words)
        assert (client["client"] in veera.get(veera.page.headers["Location"]).text) is hits, words
    for query in ("f.status=PLAN_ACTIVE", "f.employment_status=UNEMPLOYED_JS", "order=relationship_started"):
        assert veera.get(f"/clients/list/?{query}").status_code == 400, query


def test_paper_holds_no_more_than_the_screen(aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    accepted(veera, invited(aino, client, "REVIEW"))
    page = veera.get(f"/plans/print/{client['plan']}")
    assert page.status_code == 200 and "Työ hoitoalalla" in page.text
    assert not any(word in page.text for word in (*HIDDEN, "Seuranta puhelimitse"))


def test_a_county_knows_nothing_of_another_countys_part(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    accepted(veera, invited(aino, client))
    other = invited(aino, client, organisation_id=OTHER_COUNTY)
    assert veera.get(f"/participations/show/{other}").status_code == 404
    with app.app_context(), acting_scope(Scope(COUNTY, is_participant=True)):
        assert set(db.session.scalars(select(Participation.organisation_id))) == {COUNTY}


def test_pages_keep_their_budget(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    accepted(veera, invited(aino, client))
    for place, most in (("/clients/list/", 8), ("/plans/list/", 8), ("/participations/list/", 8), (f"/clients/show/{client['client']}", 15),
                        (f"/plans/show/{client['plan']}", 15)):  # fmt: skip
        with counted_statements(app) as statements:
            assert veera.get(place).status_code == 200
        assert 0 < len(statements) <= most, (place, statements)


def test_every_profile_names_tables_and_fields_that_exist(sqlite_app: Flask) -> None:
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in Model.registry.mappers if hasattr(mapper.class_, "__tablename__")}
    assert set(PROFILES) == {value.code for value in values("PARTICIPATION_PROFILE")} == {name for names in PROFILES_FOR.values() for name in names}
    for tables in PROFILES.values():
        for table, fields in tables.items():
            assert [name for name in fields if not hasattr(models[table], name)] == [], table


def test_a_field_that_narrows_a_list_is_in_every_profile_that_shows_the_list(sqlite_app: Flask) -> None:
    """A limit on a field that only some of the rows show would tell its value in the others."""
    checked = 0
    for view in sqlite_app.appbuilder.baseviews:  # type: ignore[attr-defined]
        table = getattr(getattr(getattr(view, "datamodel", None), "obj", None), "__tablename__", "")
        shown = [tables[table] for tables in PROFILES.values() if table in tables]
        for name in {*getattr(view, "search_columns", ()), *getattr(view, "order_columns", ())} if shown else ():
            assert len({name in fields for fields in shown}) == 1, (table, name)
            checked += 1
    assert checked > 15


def test_a_day_of_the_invitation_ends_it_by_itself(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    accepted(veera, invited(aino, client, valid_to=date.today().isoformat()))
    assert veera.get(f"/clients/show/{client['client']}").status_code == 200, "the last day still counts"


def test_who_serves_a_protected_client_stays_hidden_from_the_county(app: Flask, aino: Browser, veera: Browser, client: dict[str, str]) -> None:
    with app.app_context(), acting_scope(Scope(VANTAA)):
        db.session.execute(update(Client).where(Client.id == client["client"]).values(non_disclosure=True))
        db.session.commit()
    key = invited(aino, client)
    accepted(veera, key)
    for place in (f"/participations/show/{key}", f"/clients/show/{client['client']}?tab=basics", f"/plans/show/{client['plan']}"):
        page = veera.get(place)
        assert page.status_code == 200 and "Osallistumiset" in page.text
        main = page.text.partition("<main")[2].replace("Vantaan ja Keravan hyvinvointialue", "")
        assert "Aarnio" not in main and "Vantaa" not in main, place
