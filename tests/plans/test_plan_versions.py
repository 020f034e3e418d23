"""Versions of a plan: frozen with the facts they stood on, shown and printed from their own picture for ever."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.clients.models import Client
from app.plans.life_models import PlanVersion
from app.plans.models import Goal, IntegrationPlan
from tests.support.app import Browser, counted_statements
from tests.support.pdf import Pdf, squeezed
from tests.support.plan_form import in_vantaa
from tests.support.plan_life import do, plan_with, versions_of
from tests.support.reviews import record

TODAY = date.today()


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.fixture
def agreed(app: Flask) -> str:
    """A plan that Aino has agreed."""
    key = plan_with(app, {"status": "PLAN_DRAFTING", "given_names": "Alku"}, status="DRAFT", agreed_on=None)
    assert do(Browser(app).sign_in("aino"), key, "agree", agreement_method="SIGNATURE").status_code == 303
    return key


def version_of(app: Flask, plan_id: str) -> str:
    with in_vantaa(app) as session:
        return str(session.scalars(select(PlanVersion.id).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number)).first())


def test_what_changes_later_changes_no_page_and_no_print(app: Flask, agreed: str) -> None:
    aino, key = Browser(app).sign_in("aino"), version_of(app, agreed)
    papers = [f"/plan-versions/{paper}/{key}" for paper in ("show", "print")]
    before = [words(aino.get(place)) for place in papers]
    pdf = Pdf(aino.get(f"/plan-versions/pdf/{key}").data).text
    with in_vantaa(app) as session:
        plan = session.get_one(IntegrationPlan, agreed)
        client = session.get_one(Client, plan.client_id)
        client.given_names, client.employment_status, plan.follow_up = "Muutos", "UNEMPLOYED_JS", "Muutettu"
        for goal in session.scalars(select(Goal).where(Goal.plan_id == agreed)):
            goal.description = "Muutettu tavoite"
        session.commit()
    assert [words(aino.get(place)) for place in papers] == before
    assert Pdf(aino.get(f"/plan-versions/pdf/{key}").data).text == pdf
    for told in ("Alku Rivinen", "Tavoite yksi", "Miksi", "kotoutumissuunnitelma tarpeen", "Suunnitelmien viimeinen mahdollinen päivä"):
        assert told in before[0] and told in before[1], told
    assert squeezed("Tavoite yksi") in pdf and "Muutettu" in words(aino.get(f"/plans/print/{agreed}"))


def test_it_is_read_in_both_languages_and_beside_a_third(sqlite_app: Flask) -> None:
    key = plan_with(sqlite_app, {"status": "PLAN_DRAFTING"}, status="DRAFT", agreed_on=None)
    do(Browser(sqlite_app).sign_in("aino"), key, "agree", agreement_method="SIGNATURE")
    version = version_of(sqlite_app, key)
    swedish = words(Browser(sqlite_app).sign_in("bengt").get(f"/plan-versions/print/{version}"))
    assert "Uppgifter som planen grundade sig på" in swedish and "integrationsplan behövs" in swedish
    beside = Pdf(Browser(sqlite_app).sign_in("bengt").get(f"/plan-versions/pdf/{version}?second=uk").data)
    assert "План інтеграції".replace(" ", "") in beside.text.replace(" ", "")


def test_the_picture_is_encrypted_and_cannot_be_changed(postgres_app: Flask) -> None:
    key = plan_with(postgres_app, {"status": "PLAN_DRAFTING"}, status="DRAFT", agreed_on=None)
    do(Browser(postgres_app).sign_in("aino"), key, "agree", agreement_method="SIGNATURE")
    with in_vantaa(postgres_app) as session:
        raw = bytes(session.execute(text("SELECT picture FROM plan_version WHERE plan_id = :key"), {"key": key}).scalar_one())
        assert b"Tavoite" not in raw and "Tavoite yksi" in json.dumps(json.loads(session.scalars(select(PlanVersion.picture).where(PlanVersion.plan_id == key)).one()))
        for statement in ("UPDATE plan_version SET number = 9 WHERE plan_id = :key", "DELETE FROM plan_version WHERE plan_id = :key"):
            try:
                assert session.execute(text(statement), {"key": key}).rowcount == 0
            except DBAPIError:
                session.rollback()
        session.rollback()
    assert versions_of(postgres_app, key) == [(1, "AGREED")]


def test_a_review_leaves_a_version_with_what_it_found(sqlite_app: Flask) -> None:
    key, aino = plan_with(sqlite_app), Browser(sqlite_app).sign_in("aino")
    place = record(aino, key, hindrances="0", hindrances__0__hindrance="QUEUE", hindrances__0__description="Jonossa")
    shown = words(aino.get(f"/plan-versions/show/{version_of(sqlite_app, key)}"))
    for told in ("tarkistettu", "etenee osittain", "Tavoite yksi saavutettu", "jono palveluun Jonossa", "Kävi"):
        assert told in shown, told
    changed = aino.get(place.replace("show", "edit"))
    assert changed.status_code == 200 and versions_of(sqlite_app, key) == [(1, "REVIEWED")]
    with in_vantaa(sqlite_app) as session:
        assert session.get_one(IntegrationPlan, key).reviewed_on == TODAY


def test_its_pages_keep_the_budget(app: Flask, agreed: str) -> None:
    aino, key = Browser(app).sign_in("aino"), version_of(app, agreed)
    for path, most in ((f"/plan-versions/show/{key}", 15), (f"/plan-versions/print/{key}", 15), ("/plan-versions/list/", 8), (f"/plans/extend/{agreed}", 15),
                       (f"/plans/end/{agreed}", 15)):  # fmt: skip
        with counted_statements(app) as statements:
            assert aino.get(path).status_code == 200
        assert 0 < len(statements) <= most, (path, len(statements), statements)


@pytest.mark.parametrize(("user", "status"), [("cecilia", 404), ("eeva", 403), ("veera", 403)])
def test_others_see_no_version(app: Flask, agreed: str, user: str, status: int) -> None:
    other, key = Browser(app).sign_in(user), version_of(app, agreed)
    assert {other.get(f"/plan-versions/{paper}/{key}").status_code for paper in ("show", "print", "pdf")} == {status}
