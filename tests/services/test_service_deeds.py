"""A service from its referral to its end, through the pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.db.base import db
from app.plans.models import IntegrationPlan, PlannedService
from app.services.events import events_of
from app.services.models import LanguageTestResult, ServiceInterruption
from app.services.rules import referral_due
from tests.support.app import Browser
from tests.support.plan_form import VANTAA, in_vantaa
from tests.support.reviews import AGREED, TODAY, plan_in_force
from tests.support.services import do, record_of, service_in_force, status_of


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def events_about(app: Flask, row_id: str) -> list[str]:
    with app.app_context(), system_scope():
        return list(db.session.scalars(select(AuditEvent.name).where(AuditEvent.row_id == row_id, AuditEvent.name.not_like("%:opened")).order_by(AuditEvent.at)))


@pytest.fixture
def aino(sqlite_app: Flask) -> Browser:
    return Browser(sqlite_app).sign_in("aino")


def test_a_service_goes_its_way_and_leaves_a_trace(app: Flask) -> None:
    aino, key = Browser(app).sign_in("aino"), service_in_force(app)
    place = "/planned-services/{}/" + key
    assert "Ohjaa palveluun" in aino.get(place.format("show")).text
    for deed, fields, status in (
        ("refer", {"day": ago(150)}, "REFERRED"), ("queue", {}, "QUEUED"), ("accept", {"day": ago(140)}, "ACCEPTED"), ("start", {"day": ago(120)}, "STARTED"),
        ("pause", {"day": ago(100), "reason": "CHILDCARE", "description": "Hoitopaikka puuttui"}, "PAUSED"), ("resume", {"day": ago(80)}, "STARTED"),
        ("complete", {"day": ago(10), "provider_feedback": "Osallistui ahkerasti"}, "COMPLETED"),
    ):  # fmt: skip
        assert do(aino, place.format(deed), **fields).status_code == 303, deed
        assert status_of(app, key) == status
    record = record_of(app, key)
    days = [record.referred_on, record.enrolled_on, record.started_on, record.ended_on]
    assert [day.isoformat() for day in days if day] == [ago(150), ago(140), ago(120), ago(10)] and record.provider_feedback == "Osallistui ahkerasti"
    page = aino.get(place.format("show")).text
    assert "Hoitopaikka puuttui" in page and "lastenhoito" in page and "suoritettu" in page and "/planned-services/discontinue/" not in page
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        deeds = ["referred", "queued", "admitted", "started", "paused", "resumed", "completed"]
        assert [name for name in events_about(app, key) if not name.endswith(":read")] == [f"planned_service:{deed}" for deed in deeds]


def test_the_referral_page_tells_the_last_day_until_the_plan_has_a_referral(sqlite_app: Flask, aino: Browser) -> None:
    plan_id = plan_in_force(sqlite_app)
    first, second = (service_in_force(sqlite_app, plan_id=plan_id) for _number in range(2))
    due = referral_due(AGREED)
    assert f"viimeistään {due.day}.{due.month}.{due.year} (20 §)" in aino.get(f"/planned-services/refer/{first}").text
    # It is late by now, and what happened is recorded all the same.
    assert date.today() > due and do(aino, f"/planned-services/refer/{first}").status_code == 303
    assert "(20 §)" not in aino.get(f"/planned-services/refer/{second}").text


@pytest.mark.parametrize(("user", "sentence"), [("aino", "ei järjestetä oppivelvolliselle"), ("bengt", "ordnas inte för en läropliktig kund")])
def test_v12_is_told_and_nothing_is_done(sqlite_app: Flask, user: str, sentence: str) -> None:
    key = service_in_force(sqlite_app, "INT_TRAINING", born=TODAY - timedelta(days=17 * 365))
    answer = do(Browser(sqlite_app).sign_in(user), f"/planned-services/refer/{key}")
    assert answer.status_code == 422 and sentence in answer.text and "26 §" in answer.text and status_of(sqlite_app, key) == "PLANNED"


def test_a_draft_takes_no_integration_training_for_the_young(sqlite_app: Flask, aino: Browser) -> None:
    plan_id = plan_in_force(sqlite_app, status="DRAFT", agreed_on=None)
    key = service_in_force(sqlite_app, "CAREER", plan_id=plan_id, born=TODAY - timedelta(days=17 * 365))
    answer = do(aino, f"/planned-services/edit/{key}", service_type="INT_TRAINING")
    assert answer.status_code == 422 and "oppivelvolliselle" in answer.text
    assert do(aino, f"/planned-services/edit/{key}", service_type="SCHOOL").status_code == 303


def test_a_draft_offers_no_deeds_and_refuses_them(sqlite_app: Flask, aino: Browser) -> None:
    key = service_in_force(sqlite_app, plan_id=plan_in_force(sqlite_app, status="DRAFT", agreed_on=None))
    assert "/planned-services/refer/" not in aino.get(f"/planned-services/show/{key}").text
    answer = do(aino, f"/planned-services/refer/{key}")
    assert answer.status_code == 422 and "20 §" in answer.text and status_of(sqlite_app, key) == "PLANNED"
    # What was agreed is not edited any more.
    agreed = service_in_force(sqlite_app)
    assert aino.get(f"/planned-services/edit/{agreed}").status_code == 409


def test_v13_orientation_waits_for_its_hours(sqlite_app: Flask, aino: Browser) -> None:
    key = service_in_force(sqlite_app, "ORIENTATION")
    for deed, fields in (("refer", {"day": ago(90)}), ("start", {"day": ago(80)})):
        do(aino, f"/planned-services/{deed}/{key}", **fields)
    hours = f"/service-hours/add?service={key}"
    assert do(aino, hours, from_on=ago(80), to_on=ago(50), hours_planned="40", hours_attended="39,5").status_code == 303
    answer = do(aino, f"/planned-services/complete/{key}")
    assert answer.status_code == 422 and "vähintään 70 tuntia; kirjattuna on 39,5" in answer.text and status_of(sqlite_app, key) == "STARTED"
    assert do(aino, hours, from_on=ago(49), to_on=ago(20), hours_planned="30", hours_attended="30,5").status_code == 303
    assert do(aino, f"/planned-services/complete/{key}").status_code == 303
    # What was completed rests on its hours.
    aino.get(f"/planned-services/show/{key}")
    assert "Kirjaa tunteja" not in aino.page.text and aino.get(hours).status_code == 409


def test_training_ends_with_the_result_of_the_test_or_a_reason(sqlite_app: Flask, aino: Browser) -> None:
    with_test, without = (service_in_force(sqlite_app, "INT_TRAINING") for _number in range(2))
    for key in (with_test, without):
        for deed, fields in (("refer", {"day": ago(90)}), ("start", {"day": ago(80)})):
            do(aino, f"/planned-services/{deed}/{key}", **fields)
        answer = do(aino, f"/planned-services/complete/{key}")
        assert answer.status_code == 422 and "päättötestaukseen (26 §)" in answer.text
    assert do(aino, f"/planned-services/complete/{without}", no_test_reason="Sairastui").status_code == 303
    assert record_of(sqlite_app, without).no_test_reason == "Sairastui"
    with in_vantaa(sqlite_app) as session:
        client_id = session.get_one(PlannedService, with_test).client_id
    levels = {"listening": "A2.2", "reading": "B1.1", "speaking": "A2.1", "writing": "A2.1"}
    place = f"/language-tests/add?client={client_id}"
    assert do(aino, place, test="FINAL_TEST", language="fi", tested_on=(TODAY + timedelta(days=1)).isoformat(), **levels).status_code == 422
    assert do(aino, place, test="FINAL_TEST", language="fi", tested_on=ago(5), **levels).status_code == 303
    assert do(aino, f"/planned-services/complete/{with_test}").status_code == 303
    with in_vantaa(sqlite_app) as session:
        found = session.scalars(select(LanguageTestResult).where(LanguageTestResult.client_id == client_id)).one()
        assert {name: getattr(found, name) for name in levels} == levels and found.org_id == VANTAA
    assert "päättötestaus" in aino.get(f"/clients/show/{client_id}?tab=skills").text


def test_a_service_that_is_discontinued_ends_its_interruption(sqlite_app: Flask, aino: Browser) -> None:
    key = service_in_force(sqlite_app)
    for deed, fields in (
        ("refer", {"day": ago(90)}), ("start", {"day": ago(80)}), ("pause", {"day": ago(40), "reason": "HEALTH"}),
        ("discontinue", {"day": ago(12), "reason": "FAMILY", "description": "Muutti"}),
    ):  # fmt: skip
        assert do(aino, f"/planned-services/{deed}/{key}", **fields).status_code == 303, deed
    with in_vantaa(sqlite_app) as session:
        ended = session.scalars(select(ServiceInterruption.to_on).where(ServiceInterruption.planned_service_id == key)).one()
    record = record_of(sqlite_app, key)
    assert (ended, record.ended_on) == (TODAY - timedelta(days=12),) * 2 and (record.end_reason, record.end_description) == ("FAMILY", "Muutti")


def test_days_are_told_in_their_order_and_a_recorded_day_is_corrected(sqlite_app: Flask, aino: Browser) -> None:
    key = service_in_force(sqlite_app)
    do(aino, f"/planned-services/refer/{key}", day=ago(90))
    answer = do(aino, f"/planned-services/start/{key}", day=ago(91))
    assert answer.status_code == 422 and "ennen sitä, mitä palvelusta on aiemmin kirjattu" in answer.text
    do(aino, f"/planned-services/start/{key}", day=ago(80))
    record = f"/service-participations/edit/{record_of(sqlite_app, key).id}"
    form = aino.get(record).text
    # No day that no deed wrote, and no fields of other kinds of services.
    assert 'name="started_on"' in form and 'name="ended_on"' not in form and 'name="mode"' not in form and 'name="study_plan"' not in form
    assert do(aino, record, started_on=ago(95)).status_code == 422 and do(aino, record, started_on="").status_code == 422
    assert do(aino, record, started_on=ago(85)).status_code == 303
    assert record_of(sqlite_app, key).started_on == TODAY - timedelta(days=85)


def test_the_time_limits_learn_of_each_referral_with_the_number_of_its_plan(sqlite_app: Flask, aino: Browser) -> None:
    plan_id = plan_in_force(sqlite_app, ordinal=3)
    referred, planned = (service_in_force(sqlite_app, plan_id=plan_id) for _number in range(2))
    do(aino, f"/planned-services/refer/{referred}", day=ago(60))
    assert status_of(sqlite_app, planned) == "PLANNED"
    with in_vantaa(sqlite_app) as session:
        client_id = session.get_one(IntegrationPlan, plan_id).client_id
        (found,) = events_of(session, [client_id])[client_id]
        assert (found.type, found.on, found.plan) == ("SERVICE_REFERRED", TODAY - timedelta(days=60), 3)
        assert events_of(session, ["x"]) == {}


def test_it_refuses_another_organisation_and_the_provider(sqlite_app: Flask, aino: Browser) -> None:
    key = service_in_force(sqlite_app)
    do(aino, f"/planned-services/refer/{key}", day=ago(60))
    record = record_of(sqlite_app, key).id
    for user, status in (("cecilia", 404), ("pekka", 403), ("veera", 403)):
        other = Browser(sqlite_app).sign_in(user)
        assert other.get(f"/planned-services/queue/{key}").status_code == status
        assert other.get(f"/service-participations/show/{record}").status_code == status
