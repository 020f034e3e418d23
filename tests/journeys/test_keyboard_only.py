"""The main job by keyboard alone: from the sign-in page to an agreed plan, the focus always in sight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.demo.accounts import DEMO_PASSWORD
from app.plans.models import Goal, IntegrationPlan, PlannedService
from tests.support.app import make_app, prepare
from tests.support.browser import served
from tests.support.keyboard import Keyboard
from tests.support.plan_form import in_vantaa, new_client, rows

DAYS = {"drawn_up_date": date(2026, 10, 6), "valid_from": date(2026, 10, 6), "valid_to": date(2027, 10, 6), "planned_review_date": date(2027, 3, 1)}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    found = make_app(tmp_path_factory.mktemp("keyboard"))
    prepare(found, 40)
    return found


@pytest.fixture(scope="module")
def site(app: Any) -> Iterator[str]:
    with served(Path(app.instance_path)) as address:
        yield address


def sign_in(keys: Keyboard, person: str) -> None:
    keys.reach("[name=username]", within=6)
    keys.type(person)
    keys.press("Tab")
    keys.type(DEMO_PASSWORD)
    keys.go()


def find_client(keys: Keyboard, family_name: str) -> None:
    """Go to the search by its key and open the one result."""
    keys.press("/")
    assert keys.is_on("#find-q")
    keys.type(family_name)
    keys.go()
    keys.skip()
    keys.reach("tbody a", within=12)
    keys.go()


def draw_up_plan(keys: Keyboard, language: str) -> None:
    keys.skip()
    keys.reach("a[href*='/plans/add']", within=4)
    keys.go()
    keys.skip()
    for name, day in DAYS.items():
        keys.reach(f"[name={name}]", within=6)
        keys.type_day(day)
    for name in ("follow_up", "authors"):
        keys.reach(f"[name={name}]", within=6)
        keys.type(f"{name} {language}")
    keys.reach("button[value='add.goals']", within=4)
    keys.press("Enter")
    assert keys.is_on("[name=goals-0-horizon]"), "the new row has the focus"
    keys.choose("PLAN_PERIOD")
    keys.press("Tab")
    keys.choose("EMPLOYMENT")
    keys.press("Tab")
    keys.type("Tavoite näppäimistöltä")
    keys.reach("button[value='add.services']", within=6)
    keys.press(" ")
    keys.choose("INT_TRAINING")
    keys.press("Tab")
    keys.choose("MUNI")
    keys.reach("[name=services-0-justification]", within=3)
    keys.type("Peruste näppäimistöltä")
    # The way back is as good as the way on.
    keys.reach("[name=goals-0-description]", within=12, key="Shift+Tab")
    keys.reach("#main-form > .form-actions button", within=30)
    keys.go()


def agree(keys: Keyboard) -> None:
    keys.skip()
    keys.reach("a[href*='/plans/agree/']", within=3)
    keys.go()
    keys.skip()
    keys.reach("[name=agreement_method]", within=16)
    keys.choose("SIGNATURE")
    keys.reach("#main-form > .form-actions button", within=16)
    keys.go()


@pytest.mark.parametrize(
    ("person", "language", "screen", "family_name"),
    [("aino", "fi", (1280, 720), "Näppäinen"), ("bengt", "sv", (1280, 400), "Tangentberg"), ("aino", "fi", (320, 640), "Kapeanen"), ("bengt", "sv", (320, 256), "Smalholm")],
)  # fmt: skip
def test_a_plan_is_agreed_without_a_mouse(
    app: Any, site: str, browser: Any, person: str, language: str, screen: tuple[int, int], family_name: str
) -> None:  # fmt: skip
    # A client whose assessment is complete.
    new_client(app, family_name)
    context = browser.new_context(locale=language, reduced_motion="reduce", viewport={"width": screen[0], "height": screen[1]})
    page = context.new_page()
    page.goto(f"{site}/login/")
    keys = Keyboard(page)
    sign_in(keys, person)
    find_client(keys, family_name)
    draw_up_plan(keys, language)
    plan_id = page.url.rsplit("/", 1)[-1].partition("#")[0]
    agree(keys)
    with in_vantaa(app) as session:
        plan = session.scalar(select(IntegrationPlan).where(IntegrationPlan.id == plan_id))
        assert plan and plan.status == "IN_FORCE" and plan.valid_to == DAYS["valid_to"]
    assert [row.description for row in rows(app, Goal, plan_id)] == ["Tavoite näppäimistöltä"]
    assert [row.justification for row in rows(app, PlannedService, plan_id)] == ["Peruste näppäimistöltä"]
    context.close()
