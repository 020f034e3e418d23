"""Recording a review: who may, what it holds, what it does to the plan, and what is explained when it cannot be saved."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.audit.models import AuditEvent, AuditEventClient
from app.db.base import db
from app.plans.models import IntegrationPlan
from app.reviews.models import Hindrance, ReviewedGoal
from app.reviews.rules import latest_next_review
from tests.support.app import Browser, counted_statements
from tests.support.form import Form, typed
from tests.support.plan_form import in_vantaa
from tests.support.reviews import AGREED, DUE, ENDS, TODAY, place_of, plan_in_force, planned_on, record, review_fields, reviews_of


@pytest.fixture
def plan(app: Flask) -> str:
    return plan_in_force(app)


def day(value: date) -> str:
    return f"{value.day}.{value.month}.{value.year}"


def results_of(app: Flask, review_id: str) -> list[str]:
    with in_vantaa(app) as session:
        return list(session.scalars(select(ReviewedGoal.result).where(ReviewedGoal.review_id == review_id).order_by(ReviewedGoal.created_at)))


def test_it_works(app: Flask, aino: Browser, plan: str) -> None:
    page = aino.get(place_of(plan))
    sent = dict(Form(page.text).fields)
    latest = latest_next_review(TODAY, ENDS)
    assert (sent["reviewed_on"], sent["initiator"], sent["next_review_date"]) == (TODAY.isoformat(), "TIME", latest.isoformat())
    assert sent["authors"] == "Aino Aarnio, Vantaa" and "Rivinen, Riina" in page.text and day(DUE) in page.text
    shown = aino.get(record(aino, plan, hindrances="0", hindrances__0__hindrance="QUEUE", hindrances__0__description="Jonossa kevääseen"))
    text = re.sub(r"<[^>]+>", " ", shown.text)
    for expected in ("Tavoite yksi", "saavutettu", "etenee osittain", "jono palveluun", "Jonossa kevääseen", day(DUE), "Rivinen, Riina"):
        assert expected in text
    (review,) = reviews_of(app, plan)
    assert (review.reviewed_on, review.planned_on, review.next_review_date) == (TODAY, DUE, latest)
    assert results_of(app, review.id) == ["ACHIEVED", "OPEN"] and planned_on(app, plan) == latest


def test_the_review_its_parts_and_the_plan_are_saved_in_one_transaction(app: Flask, aino: Browser, plan: str) -> None:
    aino.get(place_of(plan))
    fields = review_fields(aino, hindrances="0", hindrances__0__hindrance="QUEUE")
    with counted_statements(app) as statements:
        event.listen(Session, "after_commit", commit := lambda _session: statements.append("COMMIT"))
        assert aino.post(place_of(plan), **fields).status_code == 303
        event.remove(Session, "after_commit", commit)
    tables = "plan_review|reviewed_goal|hindrance|integration_plan|audit_event"
    writes = [at for at, text in enumerate(statements) if re.search(rf"\b(INSERT INTO|UPDATE) ({tables}) ", text)]
    # Ten, and the event of the time limits that follow.
    assert len(writes) == 11 and "COMMIT" not in statements[writes[0] : writes[-1]]


def test_what_fails_last_leaves_nothing(app: Flask, aino: Browser, plan: str) -> None:
    def spoil(_mapper: Any, _connection: Any, row: Any) -> None:
        row.org_id = "00000000-0000-4000-8000-000000000000"

    aino.get(place_of(plan))
    event.listen(Hindrance, "before_insert", spoil)
    try:
        page = aino.post(place_of(plan), **review_fields(aino, hindrances="0", hindrances__0__hindrance="QUEUE"))
    finally:
        event.remove(Hindrance, "before_insert", spoil)
    assert page.status_code == 422 and reviews_of(app, plan) == [] and planned_on(app, plan) == DUE


def test_it_refuses_other_organisation(app: Flask, aino: Browser, cecilia: Browser, plan: str) -> None:
    shown = record(aino, plan)
    for path in (place_of(plan), shown, shown.replace("show", "edit")):
        assert cecilia.get(path).status_code == 404
    cecilia.get("/")
    assert cecilia.post(place_of(plan), **{name: value for name, value in review_fields(aino).items() if name != "csrf_token"}).status_code == 404
    assert cecilia.get("/").status_code == 200 and cecilia.post(shown.replace("show", "delete")).status_code == 404
    assert len(reviews_of(app, plan)) == 1
    keys = re.findall(r"/plan-reviews/show/([0-9a-f-]{36})", cecilia.get("/plan-reviews/list/?psize=100").text)
    assert keys and Path(shown).name not in keys


@pytest.mark.parametrize(("username", "reads"), [("veera", 200), ("pekka", 403), ("eeva", 403)])
def test_it_refuses_wrong_role(app: Flask, plan: str, username: str, reads: int) -> None:
    browser = Browser(app).sign_in(username)
    assert browser.get("/plan-reviews/list/").status_code == reads
    for feature in ("hindrances", "reviewed-goals"):
        assert browser.get(f"/{feature}/list/").status_code == reads
    assert browser.get(place_of(plan)).status_code == 403
    browser.get("/")
    assert browser.post(place_of(plan), participation="x").status_code == 403 and reviews_of(app, plan) == []


def test_the_lead_records_and_the_county_reads(sqlite_app: Flask) -> None:
    veera, bengt = (Browser(sqlite_app).sign_in(name) for name in ("veera", "bengt"))
    key = re.findall(r"/plans/show/([0-9a-f-]{36})", veera.get("/plans/list/?f.status=IN_FORCE").text)[0]
    sent = typed(bengt.get(place_of(key)), participation="Deltog", progress="AS_PLANNED")
    shown = bengt.post(place_of(key), **{**sent, **{name: ["OPEN"] for name in sent if name.endswith("-result")}}).headers["Location"]
    page = veera.get(shown)
    assert page.status_code == 200 and "Deltog" in page.text
    assert not re.search("/plan-reviews/(edit|delete|add)", page.text + veera.get(f"/plans/show/{key}").text + veera.get("/").text)
    bengt.get(shown)
    assert bengt.post(shown.replace("show", "delete")).status_code == 303


def test_it_records_the_event(sqlite_app: Flask) -> None:
    aino, plan = Browser(sqlite_app).sign_in("aino"), plan_in_force(sqlite_app)
    shown = record(aino, plan, hindrances="0", hindrances__0__hindrance="QUEUE")
    aino.get(shown)
    with sqlite_app.app_context(), system_scope():
        client = db.session.get_one(IntegrationPlan, plan).client_id
        query = select(AuditEvent).join(AuditEventClient, AuditEventClient.event_id == AuditEvent.id).where(AuditEventClient.client_id == client)
        found = [(row.name, row.row_id, row.fields) for row in db.session.scalars(query.order_by(AuditEvent.at)) if not row.name.startswith("obligation:")]
    names = [name for name, _key, _fields in found]
    assert names == ["plan_review:opened", "plan:review_planned", "plan_review:added", "reviewed_goal:added", "reviewed_goal:added",
                     "hindrance:added", "plan_review:read"]  # fmt: skip
    assert found[1][1:] == (plan, "planned_review_date") and found[2][1] == Path(shown).name
    assert "reviewed_on" in found[2][2] and "Kävi" not in str(found)


TOMORROW, HALF_A_YEAR = TODAY + timedelta(days=1), latest_next_review(TODAY, date.max)


@pytest.mark.parametrize(
    ("change", "field", "fi", "sv"),
    [
        ({"reviewed_on": TOMORROW.isoformat()}, "reviewed_on", "Päivämäärä on tulevaisuudessa", "Datumet ligger i framtiden"),
        ({"reviewed_on": (AGREED - timedelta(days=1)).isoformat()}, "reviewed_on", f"ei ollut voimassa ennen päivää {day(AGREED)}",
         f"inte i kraft före den {day(AGREED)}"),
        ({"initiator": "CLIENT"}, "reason", "Kerro, miksi suunnitelma tarkistettiin", "Berätta varför planen sågs över"),
        ({"next_review_date": TODAY.isoformat()}, "next_review_date", "tämän tarkistuksen jälkeen", "efter den här översynen"),
        ({"next_review_date": (HALF_A_YEAR + timedelta(days=1)).isoformat()}, "next_review_date", f"kuuden kuukauden kuluessa, viimeistään {day(HALF_A_YEAR)}",
         f"inom sex månader, senast den {day(HALF_A_YEAR)}"),
        ({"next_review_date": (ENDS + timedelta(days=1)).isoformat()}, "next_review_date", f"Suunnitelma päättyy {day(ENDS)}", f"Planen upphör den {day(ENDS)}"),
        ({"participation": " "}, "participation", "Täytä tämä kenttä", "Fyll i det här fältet"),
        ({"goals__1__result": ""}, "goals-1-result", "Täytä tämä kenttä", "Fyll i det här fältet"),
        ({"progress": "SUDDENLY"}, "progress", "Virheellinen valinta", "Ogiltigt val"),
    ],
)  # fmt: skip
def test_bad_input_is_explained(sqlite_app: Flask, change: dict[str, str], field: str, fi: str, sv: str) -> None:
    plan = plan_in_force(sqlite_app)
    for username, sentence in (("aino", fi), ("bengt", sv)):
        browser = Browser(sqlite_app).sign_in(username)
        browser.get(place_of(plan))
        page = browser.post(place_of(plan), **review_fields(browser, changes="Säilyvä", **change))
        assert page.status_code == 422 and "Säilyvä" in page.text
        summary = re.search(r'class="error-summary".*?</div>', page.text, re.S)
        assert summary and re.findall(r'href="#([^"]+)"', summary.group(0)) == [field] and sentence in summary.group(0)
        assert re.search(rf'id="{field}-error">.*?{re.escape(sentence)}', page.text)
    assert reviews_of(sqlite_app, plan) == [] and planned_on(sqlite_app, plan) == DUE


def test_the_error_of_a_goal_names_the_goal(aino: Browser, plan: str) -> None:
    aino.get(place_of(plan))
    page = aino.post(place_of(plan), **review_fields(aino, goals__1__result=""))
    assert 'href="#goals-1-result">Työllistyminen: Tavoite kaksi – Tulos: Täytä tämä kenttä.<' in page.text


@pytest.mark.parametrize("keys", [[], ["0"], ["0", "1", "2"]])
def test_each_goal_has_its_result_whatever_rows_are_sent(app: Flask, aino: Browser, plan: str, keys: list[str]) -> None:
    aino.get(place_of(plan))
    fields = review_fields(aino, goals__2__result="CHANGED") | {"goals": keys}
    shown = aino.post(place_of(plan), **fields).headers["Location"]
    assert results_of(app, Path(shown).name) == ["ACHIEVED", "OPEN"]
    assert "remove.goals" not in aino.get(place_of(plan)).text and "add.goals" not in aino.page.text


def test_the_second_review_comes_after_the_first(app: Flask, aino: Browser, plan: str) -> None:
    first = TODAY - timedelta(days=40)
    record(aino, plan, reviewed_on=first.isoformat(), next_review_date=(TODAY - timedelta(days=3)).isoformat())
    aino.get(place_of(plan))
    page = aino.post(place_of(plan), **review_fields(aino, reviewed_on=first.isoformat()))
    assert page.status_code == 422 and f"Edellinen tarkistus tehtiin {day(first)}" in page.text
    record(aino, plan)
    assert [row.planned_on for row in reviews_of(app, plan)] == [DUE, TODAY - timedelta(days=3)]


def test_a_review_of_a_plan_past_its_end_looks_six_months_on(app: Flask, aino: Browser) -> None:
    plan = plan_in_force(app, valid_to=TODAY - timedelta(days=5))
    record(aino, plan)
    assert planned_on(app, plan) == HALF_A_YEAR


@pytest.mark.parametrize(("status", "answer"), [("DRAFT", 409), ("AGREED", 409), ("ENDED", 409), ("SUPERSEDED", 409), ("EXTENDED", 200)])
def test_only_a_plan_in_force_is_reviewed(sqlite_app: Flask, status: str, answer: int) -> None:
    plan, aino = plan_in_force(sqlite_app, status=status), Browser(sqlite_app).sign_in("aino")
    assert aino.get(place_of(plan)).status_code == answer
    assert (place_of(plan) in aino.get(f"/plans/show/{plan}").text) == (answer == 200)


def test_the_plan_leads_to_the_form_and_lists_its_reviews(aino: Browser, plan: str) -> None:
    page = aino.get(f"/plans/show/{plan}").text
    assert re.search(rf'<a class="button button-primary" href="{re.escape(place_of(plan))}">Kirjaa tarkistus</a>', page)
    shown = record(aino, plan)
    assert re.search(rf'<a href="{shown}">{day(TODAY)}</a>', aino.get(f"/plans/show/{plan}").text)
    assert "Kävi" not in aino.get(f"/plans/print/{plan}").text


def test_sending_the_form_twice_makes_one_review(app: Flask, aino: Browser, plan: str) -> None:
    aino.get(place_of(plan))
    fields = review_fields(aino)
    first = aino.post(place_of(plan), **fields).headers["Location"]
    assert aino.post(place_of(plan), **fields).headers["Location"] == first and len(reviews_of(app, plan)) == 1


def test_the_language_switches_with_what_was_typed(aino: Browser, plan: str) -> None:
    aino.get(place_of(plan))
    page = aino.post(place_of(plan), **review_fields(aino, _language="sv"))
    sent = dict(Form(page.text).fields)
    assert page.status_code == 200 and "Anteckna en översyn" in page.text and (sent["participation"], sent["goals-0-result"]) == ("Kävi", "ACHIEVED")


def test_its_pages_keep_the_budget(app: Flask, aino: Browser, plan: str) -> None:
    shown = record(aino, plan, hindrances="0", hindrances__0__hindrance="QUEUE")
    for path, most in (("/plan-reviews/list/?psize=100", 8), ("/reviewed-goals/list/?psize=100", 8), ("/hindrances/list/?psize=100", 8), (shown, 15),
                       (f"/plans/show/{plan}", 15), (place_of(plan), 15), (shown.replace("show", "edit"), 15)):  # fmt: skip
        with counted_statements(app) as statements:
            assert aino.get(path).status_code == 200
        assert 0 < len(statements) <= most, (path, len(statements))
