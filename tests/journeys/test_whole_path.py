"""The whole path of a client, walked in a browser: contact, guidance, assessment, plan, referral, review, extension, end.

Beside it stands what the law of the path leans on: who is of another municipality comes to none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from app.access.actor import system_scope
from app.assessments.labels import SECTION
from app.clients.actions import own_client, prepare_client
from app.clients.models import Client
from app.codes.lists import label
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.organisations.models import organisation_key
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in
from tests.support.slapd import PASSWORD, Slapd

TEXTS = {
    "fi": {"user": "aino.ldap", "password": PASSWORD, "family": "Journeynen", "out": "Kirjaudu ulos", "agreed": "Suunnitelma on sovittu.",
           "no consent": "874/2024", "no section": "Alkuhaastattelusta puuttuu"},
    "sv": {"user": "bengt", "password": DEMO_PASSWORD, "family": "Journeyberg", "out": "Logga ut", "agreed": "Planen har överenskommits.",
           "no consent": "874/2024", "no section": "I den inledande intervjun saknas"},
}  # fmt: skip
TODAY = date.today()


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


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
                service_language="fi", home_municipality_id=home, relationship_started=TODAY - timedelta(days=90), no_identity_code_reason="PENDING",
                status="INTAKE",
            )  # fmt: skip
            prepare_client(client)
            own_client(db.session, client, home, TODAY - timedelta(days=90))
        db.session.commit()
    directory = Slapd(tmp_path_factory.mktemp("slapd"))
    with directory, served(folder, **directory.settings()) as address:
        yield address


class Walker:
    """A worker at the browser, on one client's path in one language."""

    def __init__(self, page: Any, site: str, language: str) -> None:
        self.page, self.site, self.language, self.client_url = page, site, language, ""

    def text(self) -> str:
        return " ".join(self.page.inner_text("main").split())

    def client(self, tab: str = "overview") -> None:
        self.page.goto(f"{self.client_url}?tab={tab}")

    def send(self, **fields: str) -> str:
        """Fill in the form that is open, select or field, send it, and give the address it led to."""
        for name, value in fields.items():
            field = self.page.locator(f"[name='{name.replace('__', '-')}']")
            if field.evaluate("item => item.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.page.click("#main-form .form-actions button[type=submit]")
        self.page.wait_for_load_state()
        return str(self.page.url)

    def follow(self, part: str) -> None:
        self.page.locator(f"a[href*='{part}']").first.click()
        self.page.wait_for_load_state()

    def stands(self, code: str) -> None:
        """See the stage of the client on the client's page."""
        self.client()
        assert label("CLIENT_STATUS", code, self.language) in self.text(), code


def found(walker: Walker, family: str) -> None:
    page = walker.page
    page.goto(f"{walker.site}/clients/list/")
    page.fill("[name=q]", family[2:8].lower())
    page.press("[name=q]", "Enter")
    page.wait_for_url("**search=*")
    assert family.lower() not in page.url.lower()
    page.click(f"tbody a:has-text('{family}')")
    walker.client_url = page.url.partition("?")[0]


def guided(walker: Walker, texts: dict[str, str]) -> None:
    """A contact comes and is handled; guidance is recorded once there is consent; a second contact leads to an assessment."""
    walker.client("contacts")
    walker.follow("/contacts/add")
    walker.send(received_on=ago(80), sender_type="RECC", consent_on=ago(81), sender_contact="Förläggningen", need="LANGUAGE", reason="Kurssi")
    walker.follow("/contacts/handle/")
    walker.send(outcome="GUIDANCE", handled_on=ago(78))
    walker.stands("GUIDANCE")
    walker.client("contacts")
    walker.follow("/guidance/add")
    assert "/consents/add" in walker.page.url and texts["no consent"] in walker.page.inner_text("body")
    walker.send(type="C_GUIDANCE", language="uk", given_on=ago(78))
    walker.follow("/guidance/add")
    walker.page.click("button[value='add.needs']")
    walker.send(given_on=ago(78), notes="Neuvottu", needs__0__need="LANGUAGE")
    walker.client("contacts")
    walker.follow("/contacts/add")
    walker.send(received_on=ago(70), sender_type="CLIENT")
    walker.follow("/contacts/handle/")
    walker.send(outcome="ASSESSMENT", handled_on=ago(70))
    walker.stands("ASSESSMENT_DUE")


def assessed(walker: Walker, texts: dict[str, str]) -> None:
    page = walker.page
    walker.follow("/assessments/add")
    assert "/assessments/show/" in walker.send(ground="A4", started_on=ago(65), language="uk")
    place = page.url
    walker.client("appointments")
    walker.follow("/appointments/add")
    walker.send(held_on=ago(62), booked_on=ago(65), clock="10:00", purpose="ASSESSMENT", language="uk")
    page.goto(place)
    assert label("ASSESSMENT_STATUS", "INTERVIEW_BOOKED", walker.language) in walker.text()
    walker.follow("/assessments/interview/")
    walker.send(**{f"{code}_{name}": value for code in list(SECTION)[1:] for name, value in (("summary", f"{code} x"), ("need_level", "2"))})
    walker.follow("/assessments/complete/")
    walker.send(outcome="PLAN", completed_on=ago(60), plan_planned_on=ago(55))
    assert texts["no section"] in page.inner_text("main"), "what the interview lacks is told before it is complete"
    page.goto(place)
    walker.follow("/assessments/interview/")
    told = dict.fromkeys(("aims_told_on", "process_told_on", "duties_told_on", "data_told_on"), ago(62))
    walker.send(LITERACY_summary="Lukee", LITERACY_need_level="1", **told)
    walker.follow("/assessments/complete/")
    walker.send(outcome="PLAN", completed_on=ago(60), plan_planned_on=ago(55))
    walker.stands("PLAN_DRAFTING")


def planned(walker: Walker, texts: dict[str, str]) -> str:
    """A plan with a goal and a service is drawn up, agreed and printed; gives its address."""
    page = walker.page
    walker.follow("/plans/add")
    page.click("button[value='add.goals']")
    page.click("button[value='add.services']")
    plan = walker.send(
        drawn_up_date=ago(55), valid_from=ago(55), valid_to=ago(-120), planned_review_date=ago(-60), follow_up="x", authors="x",
        goals__0__horizon="PLAN_PERIOD", goals__0__goal_type="EMPLOYMENT", goals__0__description="Goal of the journey",
        services__0__service_type="INT_TRAINING", services__0__organiser="MUNI", services__0__justification="Why of the journey",
    )  # fmt: skip
    walker.follow("/plans/agree/")
    walker.send(agreement_method="SIGNATURE", agreed_on=ago(54), rights_explained_on=ago(54))
    assert texts["agreed"] in page.inner_text("body")
    walker.follow("/plans/print/")
    assert "Goal of the journey" in page.inner_text("main") and "Why of the journey" in page.inner_text("main")
    walker.stands("PLAN_ACTIVE")
    return plan


def carried_out(walker: Walker, texts: dict[str, str], plan: str) -> None:
    """The client is referred and starts; the plan is reviewed, extended and ended, and the relationship with it."""
    page = walker.page
    page.goto(plan)
    walker.follow("/planned-services/show/")
    service = page.url
    walker.follow("/refer/")
    walker.send(day=ago(50))
    walker.follow("/start/")
    walker.send(day=ago(40))
    assert label("SERVICE_STATUS", "STARTED", walker.language) in walker.text()
    page.goto(plan)
    walker.follow("/plan-reviews/add")
    walker.send(participation="Kävi", progress="PARTLY", reviewed_on=ago(10), goals__0__result="PARTLY")
    page.goto(plan)
    walker.follow("/plans/interrupt/")
    walker.send(reason="ILLNESS", starts_on=ago(30))
    walker.follow("/plans/resume/")
    walker.send(ends_on=ago(20))
    walker.follow("/plans/extend/")
    walker.send(ground="INTERRUPTION", extended_to=ago(-130), reasons="x", decided_by="x", decided_on=ago(5))
    assert label("EXTENSION_GROUND", "INTERRUPTION", walker.language) in walker.text().lower()
    page.goto(service)
    walker.follow("/discontinue/")
    walker.send(day=ago(1), reason="FAMILY")
    page.goto(plan)
    walker.follow("/plans/end/")
    walker.send(ended_on=ago(0), end_reason="LEFT_COUNTRY", goal_1="PARTLY")
    walker.stands("PLAN_ENDED")
    walker.follow("/clients/close/")
    walker.send(end_reason="LEFT_COUNTRY", onward_guidance="Muutti")
    walker.stands("CLOSED")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_client_is_walked_from_the_first_contact_to_the_end(site: str, browser: Any, language: str) -> None:
    texts = TEXTS[language]
    context = browser.new_context(locale=language)
    walker = Walker(context.new_page(), site, language)
    sign_in(walker.page, site, texts["user"], texts["password"])
    assert walker.page.get_attribute("html", "lang") == language
    found(walker, texts["family"])
    guided(walker, texts)
    assessed(walker, texts)
    plan = planned(walker, texts)
    carried_out(walker, texts, plan)
    walker.page.click(f"button:has-text('{texts['out']}')")
    walker.page.goto(plan)
    assert "/login/" in walker.page.url or walker.page.locator("[name=password]").count() == 1
    context.close()

    foreign = browser.new_context(locale="sv").new_page()
    sign_in(foreign, site, "cecilia", DEMO_PASSWORD)
    keys = re.findall(r"[0-9a-f-]{36}", f"{walker.client_url} {plan}")
    for path in (f"/clients/show/{keys[0]}", f"/plans/show/{keys[1]}", f"/plans/print/{keys[1]}", f"/plans/edit/{keys[1]}", f"/plans/add?client={keys[0]}"):
        assert foreign.goto(f"{site}{path}").status == 404
    foreign.goto(f"{site}/clients/list/")
    foreign.fill("[name=q]", texts["family"])
    foreign.press("[name=q]", "Enter")
    foreign.wait_for_url("**search=*")
    assert foreign.locator(f"th:has-text('{texts['family']}')").count() == 0
    foreign.context.close()
