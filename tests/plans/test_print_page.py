"""The plan's print page: what it says, who may open it, and the event it leaves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.actor import system_scope
from app.audit.models import AuditEvent
from app.clients.models import Client
from app.db.base import db
from app.organisations.models import Organisation
from app.plans.models import IntegrationPlan
from tests.support.app import Browser, counted_statements
from tests.support.plans import draft_plan, identity_code_of, key_in_force

PAPERS = ("print", "pdf")


@pytest.mark.parametrize("paper", PAPERS)
def test_it_costs_at_most_fifteen_statements(app: Flask, aino: Browser, paper: str) -> None:
    key = key_in_force(app)
    with counted_statements(app) as statements:
        assert aino.get(f"/plans/{paper}/{key}").status_code == 200
    assert 0 < len(statements) <= 15, statements


@pytest.mark.parametrize("paper", PAPERS)
def test_it_refuses_other_organisation(app: Flask, cecilia: Browser, paper: str) -> None:
    assert cecilia.get(f"/plans/{paper}/{key_in_force(app)}").status_code == 404


@pytest.mark.parametrize("paper", PAPERS)
def test_it_refuses_wrong_role(app: Flask, eeva: Browser, paper: str) -> None:
    assert eeva.get(f"/plans/{paper}/{key_in_force(app)}").status_code == 403


def test_both_papers_ask_for_the_same_right(sqlite_app: Flask) -> None:
    functions: list[Any] = [sqlite_app.view_functions[f"PlanView.{paper}"] for paper in PAPERS]
    assert {function.__func__._permission_name for function in functions} == {"print"}


@pytest.mark.parametrize("paper", PAPERS)
def test_it_records_the_event(sqlite_app: Flask, paper: str) -> None:
    key = key_in_force(sqlite_app)

    def events() -> int:
        with sqlite_app.app_context(), system_scope():
            query = select(func.count()).where(AuditEvent.name == "plan:printed", AuditEvent.row_id == key)
            return int(db.session.scalar(query) or 0)

    aino = Browser(sqlite_app).sign_in("aino")
    before = events()
    assert aino.get(f"/plans/{paper}/{key}").status_code == 200
    assert events() == before + 1


def test_the_whole_plan_is_on_the_page_without_the_identity_code(sqlite_app: Flask) -> None:
    key = draft_plan(sqlite_app, goal="Puhun suomea", why="Vie kohti tavoitetta", follow_up="Kuukausittain")
    page = Browser(sqlite_app).sign_in("aino").get(f"/plans/print/{key}").text
    for text in ("Puhun suomea", "Vie kohti tavoitetta", "Kuukausittain", "Tavoite 1: ", "Palvelu 1: ", "Allekirjoitukset"):
        assert text in page
    code = identity_code_of(sqlite_app, key)
    assert len(code) == 11 and code not in page and code[6:] not in page


def test_the_plan_is_its_owners_also_when_a_participant_prints_it(sqlite_app: Flask) -> None:
    veera = Browser(sqlite_app).sign_in("veera")
    keys = re.findall(r"/plans/show/([0-9a-f-]{36})", veera.get("/plans/list/").text)
    # A part in an assessment or in a review alone shows a plan in the list and prints none.
    key, page = next((key, page) for key in keys if (page := veera.get(f"/plans/print/{key}")).status_code == 200)
    with sqlite_app.app_context(), system_scope():
        plan = db.session.get_one(IntegrationPlan, key)
        is_hidden = db.session.get_one(Client, plan.client_id).non_disclosure
        owner = "Salattu: turvakielto" if is_hidden else db.session.get_one(Organisation, plan.org_id).name_fi
    assert f"<dt>Kunta</dt><dd>{owner}</dd>" in page.text, re.findall(r"<dt>[^<]*</dt><dd>[^<]*</dd>", page.text)[:6]


@pytest.mark.parametrize(("user", "words", "name"), [("aino", "Avaa PDF-tiedostona", "Svenska"), ("bengt", "Öppna som PDF", "Suomi")])
@pytest.mark.parametrize("page", ["show", "print"])
def test_the_page_offers_the_pdf_with_languages_by_their_own_names(sqlite_app: Flask, page: str, user: str, words: str, name: str) -> None:
    key = key_in_force(sqlite_app)
    text = Browser(sqlite_app).sign_in(user).get(f"/plans/{page}/{key}").text
    form = text[text.index(f'action="/plans/pdf/{key}"') :].split("</form>")[0]
    offered = re.findall(r'<option value="(\w+)" lang="\1">([^<]+)</option>', form)
    assert {label for _code, label in offered} == {name, "English", "العربية", "فارسی", "Русский", "Soomaali", "Українська"}
    assert words in form
