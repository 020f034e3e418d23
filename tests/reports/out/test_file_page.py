"""Files of figures: asked for with a purpose, as the page asks them, with an event; refused where the right or the question is not."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select, text

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from tests.support.app import Browser, counted_statements
from tests.support.out_figures import keep_facts

ASKED = "level=MUNICIPALITY&area=&period=2025Q1&to=2025Q1&by=GENDER"
FACTS = {
    ("092", "", ""): 30, ("092", "GENDER", "1"): 12, ("092", "GENDER", "2"): 18,
    ("638", "", ""): 21, ("638", "GENDER", "1"): 4, ("638", "GENDER", "2"): 17,
}  # fmt: skip


@pytest.fixture
def with_facts(app: Flask) -> Flask:
    keep_facts(app, "I01", "2025Q1", FACTS, hidden=[("OFFICIAL", "MUNICIPALITY", "638", "GENDER", "1")])
    return app


def taken(browser: Browser, form: str = "csv", asked: str = ASKED, purpose: str = "STEERING") -> Any:
    browser.get(f"/reports/file/I01.{form}?{asked}")
    return browser.post(f"/reports/file/I01.{form}?{asked}", purpose=purpose)


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def events(app: Flask) -> list[AuditEvent]:
    with app.app_context(), system_scope():
        return list(db.session.scalars(select(AuditEvent).where(AuditEvent.name == "report:exported").order_by(AuditEvent.at)))


def test_the_page_asks_what_for_and_the_file_holds_what_the_page_showed(with_facts: Flask) -> None:
    minna = Browser(with_facts).sign_in("minna")
    page = minna.get(f"/reports/file/I01.csv?{ASKED}").text
    assert "Mihin lukuja käytetään?" in page and "ohjaus ja tietojohtaminen" in page and f"/reports/show/I01?{ASKED.replace('&', '&amp;')}" in page
    answer = taken(minna)
    assert answer.status_code == 200 and answer.headers["Content-Disposition"] == 'attachment; filename="koto-I01-municipality-2025Q1.csv"'
    found = {(row["area"], row["gender"]): (row["number"], row["state"]) for row in rows(answer)}
    assert found == {("092", "1"): ("12", ""), ("092", "2"): ("18", ""), ("638", "1"): ("", "HIDDEN"), ("638", "2"): ("17", "")}


@pytest.mark.parametrize(("username", "sheet"), [("tuomas", "Luvut"), ("ulla", "Siffror")])
def test_a_workbook_is_in_the_readers_language(with_facts: Flask, username: str, sheet: str) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(taken(Browser(with_facts).sign_in(username), "xlsx").data))
    assert book.sheet_names[0] == sheet
    assert [row[9] for row in book.get_sheet_by_name(sheet).to_python()[1:]] == [12.0, 18.0, "..", 17.0]


def test_the_lead_takes_files_and_a_caseworker_does_not(with_facts: Flask) -> None:
    assert taken(Browser(with_facts).sign_in("bengt"), "json-stat").json["class"] == "dataset"
    aino = Browser(with_facts).sign_in("aino")
    aino.get(f"/reports/show/I01?{ASKED}")
    assert aino.get(f"/reports/file/I01.csv?{ASKED}").status_code == 403
    assert Browser(with_facts).get(f"/reports/file/I01.csv?{ASKED}").status_code in (302, 303)


def test_the_event_tells_which_figures_and_what_for(sqlite_app: Flask) -> None:
    keep_facts(sqlite_app, "I01", "2025Q1", FACTS)
    before = len(events(sqlite_app))
    taken(Browser(sqlite_app).sign_in("minna"), "xlsx", purpose="RESEARCH")
    event = events(sqlite_app)[before]
    assert event.criteria == "area=ALL,by=GENDER,form=xlsx,indicator=I01,level=MUNICIPALITY,period=2025Q1,purpose=RESEARCH"
    assert (event.hits, event.role, event.purpose) == (4, "ANALYST", "STATISTICS") and len(events(sqlite_app)) == before + 1


def test_without_an_event_there_is_no_file(sqlite_app: Flask) -> None:
    keep_facts(sqlite_app, "I01", "2025Q1", FACTS)
    minna = Browser(sqlite_app).sign_in("minna")
    minna.get(f"/reports/file/I01.csv?{ASKED}")
    with sqlite_app.app_context():
        db.session.execute(text("ALTER TABLE audit_event RENAME TO audit_event_away"))
        db.session.commit()
    try:
        answer = minna.post(f"/reports/file/I01.csv?{ASKED}", purpose="OTHER")
        assert answer.status_code == 503 and b"638" not in answer.data
    finally:
        with sqlite_app.app_context():
            db.session.execute(text("ALTER TABLE audit_event_away RENAME TO audit_event"))
            db.session.commit()


@pytest.mark.parametrize("purpose", ["", "CURIOSITY"])
def test_a_purpose_is_needed(sqlite_app: Flask, purpose: str) -> None:
    before = len(events(sqlite_app))
    answer = taken(Browser(sqlite_app).sign_in("bengt"), purpose=purpose)
    assert answer.status_code == 422 and "Content-Disposition" not in answer.headers and len(events(sqlite_app)) == before


@pytest.mark.parametrize(("indicator", "asked", "sentence"), [
    ("I01", "period=2025Q9", "kautta ei ole"), ("I01", "level=PLANET", "aluetasoa ei ole"), ("I01", "area=000", "tällä tasolla"),
    ("I01", "by=SHOE_SIZE", "ei voi"), ("I99x", "", "Indikaattoria I99x ei ole"), ("I01", "period=2025Q3&to=2025Q1", "kauden"),
    ("I01", "_external=1&endpoint=x&indicator=y&form=z", ""),
])  # fmt: skip
def test_bad_questions_are_explained_and_leave_no_event(sqlite_app: Flask, indicator: str, asked: str, sentence: str) -> None:
    minna, before = Browser(sqlite_app).sign_in("minna"), len(events(sqlite_app))
    page = minna.get(f"/reports/file/{indicator}.csv?{asked}")
    assert page.status_code == (422 if sentence else 200) and sentence.casefold() in page.text.casefold()
    assert len(events(sqlite_app)) == before


def test_an_unknown_form_is_no_address(sqlite_app: Flask) -> None:
    assert Browser(sqlite_app).sign_in("minna").get("/reports/file/I01.exe").status_code == 404


def test_the_language_can_be_switched_before_the_file_is_taken(sqlite_app: Flask) -> None:
    minna = Browser(sqlite_app).sign_in("minna")
    minna.get(f"/reports/file/I01.csv?{ASKED}")
    page = minna.post(f"/reports/file/I01.csv?{ASKED}", purpose="STEERING", _language="sv")
    assert page.status_code == 200 and "Vad används siffrorna till?" in page.text and re.search(r'value="STEERING"[^>]*selected|selected[^>]*value="STEERING"', page.text)


def test_a_file_costs_a_fixed_number_of_statements(with_facts: Flask) -> None:
    minna, numbers = Browser(with_facts).sign_in("minna"), []
    for asked in (ASKED, f"{ASKED}&x=1", "level=COUNTRY&period=2024Q1&to=2025Q1"):
        minna.get(f"/reports/file/I01.xlsx?{asked}")
        with counted_statements(with_facts) as found:
            assert minna.post(f"/reports/file/I01.xlsx?{asked}", purpose="OTHER").status_code == 200
        numbers.append(len(found))
    assert len(set(numbers)) == 1 and numbers[0] <= 12, numbers


def test_own_open_periods_are_marked_and_others_are_not_there(app: Flask) -> None:
    keep_facts(app, "I01", "2025Q1", FACTS, closed=False)
    found = json.loads(taken(Browser(app).sign_in("minna"), "json").data)
    assert {(one["area"]["code"], one["state"]) for one in found["figures"]} == {("092", "PRELIMINARY")}
