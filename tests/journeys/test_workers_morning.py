"""A worker's morning: the front page tells of a late review, which is opened, recorded and gone from the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, update

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.plans.models import IntegrationPlan
from tests.support.browser import sign_in
from tests.support.reviews import TODAY, plan_in_force

NAME = "Aamunen, Riina"


@pytest.fixture
def late_client(sqlite_app: Flask) -> str:
    """A client of Aino's whose review should have been held two years ago; gives the client's key."""
    plan = plan_in_force(sqlite_app, planned_review_date=TODAY - timedelta(days=700))
    with sqlite_app.app_context(), system_scope():
        client = db.session.get_one(IntegrationPlan, plan).client_id
        aino = db.session.scalars(select(User.id).where(User.username == "aino")).one()
        db.session.execute(update(Client).where(Client.id == client).values(family_name="Aamunen", responsible_worker_id=aino))
        db.session.commit()
        return str(client)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def desk(site: str, browser: Any, late_client: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Aino's browser on the front page, with a late client."""
    context = browser.new_context(java_script_enabled=request.param)
    page = context.new_page()
    sign_in(page, site, "aino", DEMO_PASSWORD)
    yield page
    context.close()


def late_rows(page: Any) -> Any:
    return page.locator(f"section:has(#due-title) tbody tr:has-text('{NAME}'):has-text('tarkistus'):has-text('Myöhässä')")


def save(page: Any) -> None:
    page.click("#main-form .form-actions button[type=submit]")
    page.wait_for_load_state()


def test_a_late_review_is_recorded_from_the_front_page(site: str, late_client: str, desk: Any) -> None:
    row = late_rows(desk)
    assert row.count() == 1 and "tarkistus" in row.inner_text()
    row.locator("a").click()
    desk.wait_for_url("**/plan-reviews/add?plan=*")
    assert NAME in desk.inner_text("h1 + p")

    # Only what the meeting brought is left to write; the goals are asked by name.
    save(desk)
    errors = desk.locator(".error-summary a").all_inner_texts()
    assert [text.partition(":")[0] for text in errors[:2]] == ["Osallistuminen palveluihin ja toimenpiteisiin", "Edistyminen"]
    assert [name for text in errors[2:] for name in ("Tavoite yksi", "Tavoite kaksi") if name in text] == ["Tavoite yksi", "Tavoite kaksi"]
    desk.fill("[name=participation]", "Kävi kurssilla ja työpajassa")
    desk.select_option("[name=progress]", label="etenee osittain")
    desk.select_option("[name=goals-0-result]", label="saavutettu")
    desk.select_option("[name=goals-1-result]", label="kesken")
    desk.click("button:has-text('Lisää vaikeuttava tai hidastava tekijä')")
    desk.select_option("[name=hindrances-0-hindrance]", label="jono palveluun")
    save(desk)
    assert "/plan-reviews/show/" in desk.url and "Tallennettu" in desk.inner_text("main")
    for text in ("Kävi kurssilla ja työpajassa", "etenee osittain", "Tavoite yksi", "saavutettu", "jono palveluun"):
        assert text in desk.inner_text("main")
    shown = desk.url

    desk.click("header a:has-text('Omat työt')")
    assert late_rows(desk).count() == 0
    desk.goto(f"{site}/clients/show/{late_client}")
    happened = desk.locator(".timeline a:has-text('Suunnitelma tarkistettu')")
    assert f"{site}{happened.get_attribute('href')}" == shown
    assert not re.search(r"Myöhässä\s+Kotoutumissuunnitelman tarkist", desk.inner_text("main"))
