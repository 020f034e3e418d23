"""Pages of reports: what each reader sees, in both languages, at a fixed cost."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import delete

from app.access.actor import system_scope
from app.db.base import db
from app.reports.catalogue.indicator import Audience
from app.reports.models import ReportHidden
from app.reports.ready_made import READY_MADE, views_for
from tests.support.app import Browser, counted_statements
from tests.support.planted import hide

OWN_VIEW = {"aino": "my-work", "bengt": "team", "minna": "municipality", "ulla": "region", "tuomas": "country", "lotta": "data-protection", "rolf": "data-protection"}
BUDGET = 10


def cells(text: str) -> list[str]:
    """Give the texts of the tables of a page in order."""
    found = re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", text, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).replace("\N{NO-BREAK SPACE}", " ").split()) for one in found]


def test_every_audience_but_the_public_has_a_view() -> None:
    assert all(views_for(audience) for audience in Audience if audience is not Audience.PUBLIC)
    assert not views_for(Audience.PUBLIC)


@pytest.mark.parametrize("view", READY_MADE.values(), ids=lambda view: view.name)
def test_a_view_names_indicators_by_their_ids(view: object) -> None:
    assert all(re.fullmatch(r"I\d\d", key) for key in (*view.first, *view.then))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("person", "name"), OWN_VIEW.items())
def test_the_list_leads_to_the_readers_views_and_indicators(planted: Flask, person: str, name: str) -> None:
    page = Browser(planted).sign_in(person).get("/reports/")
    assert page.status_code == 200
    first = "I96" if name == "data-protection" else "I01"
    assert f'href="/reports/view/{name}"' in page.text and f'href="/reports/show/{first}"' in page.text


@pytest.mark.parametrize(("person", "name"), OWN_VIEW.items())
def test_a_view_shows_the_readers_own_place_within_its_budget(planted: Flask, person: str, name: str) -> None:
    browser = Browser(planted).sign_in(person)
    browser.get(f"/reports/view/{name}")
    with counted_statements(planted) as sent:
        page = browser.get(f"/reports/view/{name}")
    assert page.status_code == 200 and len(sent) <= BUDGET, sent


def test_a_municipality_sees_how_it_changed_and_what_stands_beside(planted: Flask) -> None:
    page = Browser(planted).sign_in("minna").get("/reports/view/municipality?period=2026Q3").text
    found = cells(page)
    row = found[found.index("Asiakkaat") :][:7]
    # 92 similar: the median of Espoo and Helsinki; the region without Rovaniemi, the country with it.
    assert row == ["Asiakkaat", "150", "+10", "+40", "600", "1 390", "1 450"]
    assert "Edellisestä kaudesta: +10" in page and "20.10.2026 6.00" in page


def test_the_country_is_told_by_its_regions(planted: Flask) -> None:
    found = cells(Browser(planted).sign_in("tuomas").get("/reports/view/country").text)
    row = found[found.index("Asiakkaat") :][:4]
    assert row == ["Asiakkaat", "1 450", "+10", "+40"]
    assert found[found.index("Uudenmaan elinvoimakeskus") + 1] == "1 390" and found[found.index("Lapin elinvoimakeskus") + 1] == "60"


def test_a_region_compares_its_municipalities_and_does_not_see_what_is_hidden(planted: Flask) -> None:
    page = Browser(planted).sign_in("ulla").get("/reports/show/I01?level=MUNICIPALITY").text
    found = cells(page)
    assert found[found.index("Vanda") + 1] == "150" and found[found.index("Borgå") + 1] == "dold"
    assert "En siffra är dold när" in page and "sämre" not in page


def test_only_the_municipality_sees_the_open_quarter(planted: Flask) -> None:
    own = Browser(planted).sign_in("minna").get("/reports/show/I01?period=2026Q4&to=2026Q4").text
    assert "160" in cells(own) and "vielä avoin" in own and "lasketaan uudelleen joka yö" in own
    other = Browser(planted).sign_in("ulla").get("/reports/show/I01?level=MUNICIPALITY&area=092&period=2026Q4&to=2026Q4").text
    assert "160" not in cells(other) and "ännu öppen" not in other and "Det finns inga siffror om detta" in other


def test_an_indicator_is_shown_over_time_broken_down_and_compared(planted: Flask) -> None:
    minna = Browser(planted).sign_in("minna")
    assert cells(minna.get("/reports/show/I01").text)[-4:] == ["2. neljännes 2026", "140", "3. neljännes 2026", "150"]
    assert cells(minna.get("/reports/show/I01?by=GENDER&period=2026Q3").text)[-4:] == ["mies", "7", "nainen", "143"]
    crossed = cells(minna.get("/reports/show/I01?by=GENDER*AGE_GROUP").text)
    assert crossed[-3:] == ["nainen", "18–24 vuotta", "3"]
    compared = cells(minna.get("/reports/show/I01?area=").text)
    assert compared[compared.index("Espoo") + 1] == "300" and compared[compared.index("Porvoo") + 1] == "salattu"


@pytest.mark.parametrize("query", ["", "?by=GENDER", "?area=", "?level=COUNTRY", "?level=REGION&area=01&period=2025Q3&to=2026Q3"])
def test_an_indicator_costs_the_same_however_it_is_asked(planted: Flask, query: str) -> None:
    browser = Browser(planted).sign_in("minna")
    browser.get(f"/reports/show/I01{query}")
    with counted_statements(planted) as sent:
        assert browser.get(f"/reports/show/I01{query}").status_code == 200
    assert len(sent) <= BUDGET, sent


@pytest.mark.parametrize(("person", "sentence"), [("minna", "Tällaista kautta ei ole. Valitse jokin alla olevista."), ("ulla", "Det finns ingen sådan period. Välj någon av perioderna nedan.")])
def test_bad_input_is_explained(planted: Flask, person: str, sentence: str) -> None:
    browser = Browser(planted).sign_in(person)
    for path in ("/reports/show/I01?period=tammikuu", f"/reports/view/{OWN_VIEW[person]}?period=2026Q9"):
        page = browser.get(path)
        assert page.status_code == 422 and sentence in page.text, path


def test_what_does_not_exist_or_is_not_the_readers_is_not_found(planted: Flask) -> None:
    minna = Browser(planted).sign_in("minna")
    for path in ("/reports/show/I00", "/reports/show/x", "/reports/view/x", "/reports/view/country", "/reports/view/region"):
        assert minna.get(path).status_code == 404, path


@pytest.mark.parametrize("person", ["eeva", "pekka", "veera", "iida"])
def test_it_refuses_who_reads_no_figures(planted: Flask, person: str) -> None:
    browser = Browser(planted).sign_in(person)
    for path in ("/reports/", "/reports/view/municipality", "/reports/show/I01"):
        assert browser.get(path).status_code == 403, path


def test_an_analyst_sees_no_client(planted: Flask) -> None:
    minna = Browser(planted).sign_in("minna")
    for path in ("/clients/list/", "/plans/list/", "/work-queue/list/"):
        assert minna.get(path).status_code == 403, path


@pytest.mark.parametrize(("language", "sentence"), [
    ("fi", "Tämän erittelyn lukuja ei voida näyttää paljastamatta jotakuta."),
    ("sv", "Siffrorna i den här indelningen kan inte visas utan att någon röjs."),
])  # fmt: skip
def test_a_breakdown_of_which_nothing_can_be_told_says_so(planted: Flask, language: str, sentence: str) -> None:
    address = "/reports/show/I01?level=COUNTRY&area=FI&by=GENDER&period=2026Q1&to=2026Q1"
    browser = Browser(planted).sign_in("tuomas")
    browser.get(f"/lang/{language}")
    assert sentence not in browser.get(address).text
    with planted.app_context(), system_scope():
        hide(db.session, "COUNTRY", "FI", "2026Q1", dimension="GENDER")
        db.session.commit()
    try:
        assert sentence in browser.get(address).text
    finally:
        browser.get("/lang/fi")
        with planted.app_context(), system_scope():
            db.session.execute(delete(ReportHidden).where(ReportHidden.dimension == "GENDER"))
            db.session.commit()
