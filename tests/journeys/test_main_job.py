"""The main job, done by a person in a browser: find a client, assess, make a plan, agree it, print it, sign out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from app.access.actor import system_scope
from app.assessments.labels import SECTION
from app.clients.actions import own_client, prepare_client
from app.clients.models import Client
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.organisations.models import organisation_key
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in
from tests.support.slapd import PASSWORD, Slapd

TEXTS = {
    "fi": {"user": "aino.ldap", "password": PASSWORD, "family": "Journeynen", "out": "Kirjaudu ulos", "agreed": "Suunnitelma on sovittu."},
    "sv": {"user": "bengt", "password": DEMO_PASSWORD, "family": "Journeyberg", "out": "Logga ut", "agreed": "Planen har överenskommits."},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("journey")
    app = make_app(folder)
    prepare(app, 40)
    with app.app_context(), system_scope():
        for texts in TEXTS.values():
            home = organisation_key("MUNICIPALITY", "092")
            client = Client(
                family_name=texts["family"], given_names="Testi", birth_date=date(1990, 1, 1), citizenship="UA", mother_tongue="uk",
                service_language="fi", home_municipality_id=home, relationship_started=date(2026, 9, 1), no_identity_code_reason="PENDING",
                status="ASSESSMENT_DUE",
            )  # fmt: skip
            prepare_client(client)
            own_client(db.session, client, home, date(2026, 9, 1))
        db.session.commit()
    directory = Slapd(tmp_path_factory.mktemp("slapd"))
    with directory, served(folder, **directory.settings()) as address:
        yield address


def save(page: Any) -> None:
    page.click("#main-form .form-actions button[type=submit]")
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_main_job_is_done(site: str, browser: Any, language: str) -> None:
    texts = TEXTS[language]
    context = browser.new_context(locale=language)
    page = context.new_page()
    sign_in(page, site, texts["user"], texts["password"])
    assert page.get_attribute("html", "lang") == language

    page.goto(f"{site}/clients/list/")
    page.fill("[name=q]", texts["family"][2:8].lower())
    page.press("[name=q]", "Enter")
    page.wait_for_url("**search=*")
    assert texts["family"].lower() not in page.url.lower()
    page.click(f"tbody a:has-text('{texts['family']}')")
    client_url = page.url

    page.click("a[href*='/assessments/add']")
    page.select_option("[name=ground]", "A4")
    page.fill("[name=started_on]", "2026-10-01")
    page.select_option("[name=language]", "uk")
    save(page)
    assert "/assessments/show/" in page.url

    page.click("a[href*='/interview/']")
    for code in SECTION:
        page.fill(f"[name={code}_summary]", f"{code} {language}")
        page.select_option(f"[name={code}_need_level]", "2")
    for name in ("aims_told_on", "process_told_on", "duties_told_on", "data_told_on"):
        page.fill(f"[name={name}]", "2026-10-01")
    save(page)
    page.click("a[href*='/complete/']")
    page.select_option("[name=outcome]", "PLAN")
    page.fill("[name=completed_on]", "2026-10-05")
    save(page)

    page.goto(client_url)
    page.click("a[href*='/plans/add']")
    for name, value in (("drawn_up_date", "2026-10-06"), ("valid_from", "2026-10-06"), ("valid_to", "2027-10-06"),
                        ("planned_review_date", "2027-03-01"), ("follow_up", "x"), ("authors", "x")):  # fmt: skip
        page.fill(f"[name={name}]", value)
    page.click("button[value='add.goals']")
    page.select_option("[name=goals-0-horizon]", "PLAN_PERIOD")
    page.select_option("[name=goals-0-goal_type]", "EMPLOYMENT")
    page.fill("[name=goals-0-description]", "Goal of the journey")
    page.click("button[value='add.services']")
    page.select_option("[name=services-0-service_type]", "INT_TRAINING")
    page.select_option("[name=services-0-organiser]", "MUNI")
    page.fill("[name=services-0-justification]", "Why of the journey")
    save(page)
    plan_url = page.url
    page.click("a[href*='/plans/agree/']")
    page.select_option("[name=agreement_method]", "SIGNATURE")
    save(page)
    assert texts["agreed"] in page.inner_text("main, body")
    page.click("a[href*='/plans/print/']")
    assert "Goal of the journey" in page.inner_text("main")
    assert "Why of the journey" in page.inner_text("main")
    page.click(f"button:has-text('{texts['out']}')")
    page.goto(plan_url)
    assert "/login/" in page.url or page.locator("[name=password]").count() == 1
    context.close()

    foreign = browser.new_context(locale="sv").new_page()
    sign_in(foreign, site, "cecilia", DEMO_PASSWORD)
    keys = re.findall(r"[0-9a-f-]{36}", f"{client_url} {plan_url}")
    for path in (f"/clients/show/{keys[0]}", f"/plans/show/{keys[1]}", f"/plans/print/{keys[1]}", f"/plans/edit/{keys[1]}", f"/plans/add?client={keys[0]}"):
        assert foreign.goto(f"{site}{path}").status == 404
    foreign.goto(f"{site}/clients/list/")
    foreign.fill("[name=q]", texts["family"])
    foreign.press("[name=q]", "Enter")
    foreign.wait_for_url("**search=*")
    assert foreign.locator(f"th:has-text('{texts['family']}')").count() == 0


