"""Pages of figures of other registers: looked at before they are brought in, by the national analyst alone."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.reports.models import ReportSeries
from app.reports.series.models import ReportSeriesFile
from tests.support.app import Browser, counted_statements

HEADER = "indicator;period;level;area;breakdown;value;figure\n"
RIGHT = HEADER + "I63;2026;COUNTRY;FI;;;61,5\nI63;2026;MUNICIPALITY;091;;;70\nI63;2026;COUNTRY;FI;GENDER;2;..\n"
WRONG = HEADER + "I63;2026;COUNTRY;FI;;;61,5\nI999;2026;COUNTRY;FI;;;1\n"


@pytest.fixture
def clean(app: Flask) -> Flask:
    if "postgres" not in str(app.config.get("SQLALCHEMY_DATABASE_URI")):
        with app.app_context(), system_scope():
            for model in (ReportSeries, ReportSeriesFile):
                db.session.execute(delete(model))
            db.session.commit()
    return app


def send(browser: Browser, text: str, **more: str) -> Any:
    browser.get("/reports/series/add")
    fields = {"source": "Tilastokeskus 115b", "indicator": "", "period": "", "level": "", **more}
    return browser.post("/reports/series/add", file=(BytesIO(text.encode()), "luvut.csv"), **fields)


def test_a_file_is_looked_at_and_then_brought_in(clean: Flask) -> None:
    tuomas = Browser(clean).sign_in("tuomas")
    sent = send(tuomas, RIGHT)
    assert sent.status_code == 303, sent.text
    assert f'href="{sent.headers["Location"]}">luvut.csv' in tuomas.get("/reports/series/").text
    page = tuomas.get(sent.headers["Location"])
    assert "2 lukua tuotaisiin." in page.text and "1 rivi ilman lukua jää pois." in page.text and "Tuo luvut" in page.text
    assert "I63 Työllisyysaste" in page.text and "Kunta" in page.text
    brought = tuomas.post(sent.headers["Location"])
    assert brought.status_code == 303
    listed = tuomas.get("/reports/series/").text
    assert "2 lukua tuotiin." in listed and "Tilastokeskus 115b" in listed and "/reports/series/withdraw/I63/2026" in listed
    assert re.search(r"62\s%", tuomas.get("/reports/show/I63?period=2026&to=2026").text)
    # The file is not needed any more.
    assert tuomas.get(sent.headers["Location"]).status_code == 404
    again = tuomas.get(send(tuomas, RIGHT).headers["Location"]).text
    assert "aiemmin tuodut luvut" in again


@pytest.mark.parametrize(("language", "words"), [("fi", ("Tällaista tunnuslukua ei ole.", "1 virhe pysäyttää tiedoston.")), ("sv", ("Det finns ingen", "1 fel stoppar filen."))])
def test_what_stops_a_file_is_told_row_by_row(sqlite_app: Flask, language: str, words: tuple[str, str]) -> None:
    tuomas = Browser(sqlite_app).sign_in("tuomas")
    tuomas.get(f"/lang/{language}")
    sent = send(tuomas, WRONG)
    page = tuomas.get(sent.headers["Location"]).text
    assert all(one in page for one in words) and re.search(r"<th[^>]*>3</th>", page) and ">indicator<" in page
    before = brought(sqlite_app)
    tuomas.post(sent.headers["Location"])
    assert brought(sqlite_app) == before
    tuomas.get("/lang/fi")


def brought(app: Flask) -> int:
    with app.app_context(), system_scope():
        return int(db.session.scalar(select(func.count()).select_from(ReportSeries)) or 0)


def test_bad_input_is_explained_and_nothing_typed_is_lost(sqlite_app: Flask) -> None:
    tuomas = Browser(sqlite_app).sign_in("tuomas")
    page = send(tuomas, RIGHT, source="", period="tammikuu")
    assert page.status_code == 422 and "Nimeä rekisteri ja sen taulukko." in page.text and "Tällaista kautta ei ole." in page.text and 'value="tammikuu"' in page.text
    tuomas.get("/reports/series/add")
    page = tuomas.post("/reports/series/add", source="Oma lähde", indicator="", period="", level="")
    assert page.status_code == 422 and "Valitse tiedosto." in page.text and 'value="Oma lähde"' in page.text


def test_what_is_said_beside_the_file_holds_of_all_rows(sqlite_app: Flask) -> None:
    tuomas = Browser(sqlite_app).sign_in("tuomas")
    sent = send(tuomas, "area;figure\nFI;20\n", indicator="I65", period="2026", level="COUNTRY")
    assert "1 luku tuotaisiin." in tuomas.get(sent.headers["Location"]).text


def test_figures_are_taken_away_with_an_event(sqlite_app: Flask) -> None:
    tuomas = Browser(sqlite_app).sign_in("tuomas")
    tuomas.get(send(tuomas, HEADER + "I66;2026;COUNTRY;FI;;;7\n").headers["Location"])
    tuomas.post(re.search(r'action="([^"]*check[^"]*)"', tuomas.page.text)[1])  # type: ignore[index]
    page = tuomas.get("/reports/series/withdraw/I66/2026")
    assert "Poistetaanko luvut?" in page.text and "Tilastokeskus 115b" in page.text
    assert tuomas.post("/reports/series/withdraw/I66/2026").status_code == 303
    assert "/reports/series/withdraw/I66/2026" not in tuomas.get("/reports/series/").text
    with sqlite_app.app_context(), system_scope():
        event = db.session.scalars(select(AuditEvent).where(AuditEvent.name == "report_series:withdrawn").order_by(AuditEvent.at.desc())).first()
        assert event is not None and event.criteria == "indicator:I66,period:2026" and event.hits == 1 and event.user_id
        names = set(db.session.scalars(select(AuditEvent.name)))
    assert "report_series:brought_in" in names
    assert tuomas.get("/reports/series/withdraw/I66/2026").status_code == 303


def test_nobody_sees_the_file_of_another(sqlite_app: Flask) -> None:
    tuomas = Browser(sqlite_app).sign_in("tuomas")
    address = send(tuomas, RIGHT).headers["Location"]
    with sqlite_app.app_context(), system_scope():
        kept = db.session.scalars(select(ReportSeriesFile)).one()
        kept.user_id = 1
        db.session.commit()
    assert tuomas.get(address).status_code == 404


@pytest.mark.parametrize("person", ["aino", "bengt", "minna", "ulla", "rolf", "eeva", "pekka"])
def test_it_refuses_everybody_else(sqlite_app: Flask, person: str) -> None:
    browser = Browser(sqlite_app).sign_in(person)
    for path in ("/reports/series/", "/reports/series/add", "/reports/series/withdraw/I63/2026"):
        assert browser.get(path).status_code == 403, path


def test_the_pages_keep_their_budget(sqlite_app: Flask) -> None:
    tuomas = Browser(sqlite_app).sign_in("tuomas")
    for path in ("/reports/series/", send(tuomas, RIGHT).headers["Location"]):
        tuomas.get(path)
        with counted_statements(sqlite_app) as sent:
            assert tuomas.get(path).status_code == 200
        assert len(sent) <= 10, sent
