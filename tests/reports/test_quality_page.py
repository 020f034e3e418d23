"""The page of the quality of the records: what the checks found and what nobody fills, by numbers, with the way to where it is mended."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import delete

from app.access.actor import system_scope
from app.db.base import db
from app.organisations.models import organisation_key
from app.reports.models import ReportFill, ReportSanity
from app.reports.quality.sanity import CHECKS
from tests.support.app import Browser, counted_statements

VANTAA, PORVOO = (organisation_key("MUNICIPALITY", code) for code in ("092", "638"))
WHEN = datetime(2026, 11, 1, 3, tzinfo=UTC)


@pytest.fixture
def found(sqlite_app: Flask) -> Flask:
    with sqlite_app.app_context(), system_scope():
        for model in (ReportSanity, ReportFill):
            db.session.execute(delete(model))
        db.session.add_all(
            (ReportSanity(organisation_id=VANTAA, check="two_plans_in_force", count=3, found_at=WHEN), ReportSanity(organisation_id=PORVOO, check="born_after_beginning", count=77, found_at=WHEN),
             ReportFill(organisation_id=VANTAA, field="client.call_name", filled=0, rows=40), ReportFill(organisation_id=VANTAA, field="client.phone", filled=1, rows=40),
             ReportFill(organisation_id=VANTAA, field="client.email", filled=0, rows=3))
        )  # fmt: skip
        db.session.commit()
    return sqlite_app


@pytest.mark.parametrize(("person", "words"), [("bengt", ("Kunden har två planer i kraft.", "Fält som ingen fyller i")), ("minna", ("Asiakkaalla on kaksi voimassa olevaa suunnitelmaa.", "Kentät, joita kukaan ei täytä"))])
def test_it_tells_what_was_found_in_the_own_records(found: Flask, person: str, words: tuple[str, ...]) -> None:
    page = Browser(found).sign_in(person).get("/reports/quality/").text
    assert all(word in page for word in words) and ">3<" in page and ">77<" not in page and ">40<" in page


def test_the_lead_is_led_to_where_it_is_mended_and_the_analyst_is_not(found: Flask) -> None:
    lead, analyst = (Browser(found).sign_in(person).get("/reports/quality/").text for person in ("bengt", "minna"))
    assert 'role="rowheader" data-label="Felaktig situation"><a href="/plans/list/"' in lead
    assert "<a href=\"/plans/list/\"" not in analyst and "<a href=\"/clients/list/\"" not in analyst


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda one: one.key)
def test_each_check_names_a_list(found: Flask, check: object) -> None:
    assert f"{check.place}.list" in found.view_functions  # type: ignore[attr-defined]


@pytest.mark.parametrize("person", ["aino", "tuomas", "ulla", "lotta", "eeva", "pekka"])
def test_it_refuses_who_does_not_answer_for_the_records(sqlite_app: Flask, person: str) -> None:
    assert Browser(sqlite_app).sign_in(person).get("/reports/quality/").status_code == 403


def test_it_keeps_its_budget_and_is_found_from_the_reports(found: Flask) -> None:
    bengt = Browser(found).sign_in("bengt")
    assert 'href="/reports/quality/"' in bengt.get("/reports/").text
    with counted_statements(found) as sent:
        bengt.get("/reports/quality/")
    assert len(sent) <= 10, sent


@pytest.mark.parametrize("is_gone_through", [True, False])
def test_nothing_found_is_said_only_of_records_that_were_gone_through(found: Flask, is_gone_through: bool) -> None:
    with found.app_context(), system_scope():
        for model in (ReportSanity, ReportFill):
            db.session.execute(delete(model))
        if is_gone_through:
            db.session.add(ReportFill(organisation_id=VANTAA, field="client.phone", filled=1, rows=40))
        db.session.commit()
    page = Browser(found).sign_in("minna").get("/reports/quality/").text
    assert ("Tarkistuksissa ei ole löytynyt mitään" in page, "Mitään ei ole vielä laskettu" in page) == (is_gone_through, not is_gone_through)
