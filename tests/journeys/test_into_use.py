"""A municipality comes from "not begun" to "in use" by what its people really do: a right, a day told, a move, a plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.codes.lists import label
from app.db.base import db
from app.demo.accounts import DEMO_PASSWORD
from app.organisations.models import organisation_key
from app.rollout.deriving import derive
from tests.journeys import old_system
from tests.journeys.test_life_of_a_right_in_browser import press
from tests.journeys.test_moving_in import Move, _total
from tests.journeys.test_whole_path import TEXTS, Walker, assessed, planned
from tests.rights.conftest import add_person
from tests.support.app import make_app, prepare
from tests.support.browser import served, sign_in

HERE, NAME, FEW = organisation_key("MUNICIPALITY", "005"), "Alajärvi", 4


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Flask, str]]:
    """An application and its address, with a person who has no right yet; the worker of jobs runs beside it."""
    app = make_app(tmp_path)
    prepare(app, 40)
    with app.app_context(), system_scope():
        add_person(db.session, "matti", "Matti Mallikas")
        db.session.commit()
    with served(tmp_path, KOTO_JOBS="on") as site:
        yield app, site


class Nights:
    """What the night writes of the rollout, and what a page shows of it in the morning."""

    def __init__(self, app: Flask, page: Any, site: str) -> None:
        self.app, self.page, self.site = app, page, site

    def stands_at(self, stage: str) -> None:
        with self.app.app_context(), system_scope():
            derive(db.session, date.today())
            db.session.remove()
        self.page.goto(f"{self.site}/rollout/show/{HERE}")
        assert f"Vaihe: {label('ROLLOUT_STAGE', stage, 'fi')}." in self.page.locator(".lead").inner_text()


def apply_to_lead(page: Any) -> None:
    page.get_by_role("main").get_by_role("link", name="Hae käyttöoikeutta").click()
    page.get_by_label("Organisaatio, jossa työskentelet").select_option(label=NAME)
    page.locator("[name=role]").select_option("TEAM_LEAD")
    page.locator("[name=task]").fill("Kotoutumispalvelujen johtaminen")
    page.locator("[name=basis]").select_option("B1")
    page.locator("[name=valid_from]").fill(date.today().isoformat())
    page.locator("[name=valid_to]").fill((date.today() + timedelta(days=300)).isoformat())
    page.locator("[name=email]").fill("matti@example.fi")
    page.locator("[name=accepts_liability]").check()
    page.locator("[name=training_done_on]").fill(date.today().isoformat())
    page.locator(".form-actions").get_by_role("button").first.click()
    assert "odottaa päätöstä" in page.get_by_role("main").text_content()


def grant(page: Any) -> None:
    page.goto("/right-applications/list/")
    page.get_by_role("link", name="Mallikas, Matti").click()
    page.get_by_role("link", name="Myönnä oikeus").click()
    press(page, "Myönnä oikeus")
    assert "myönnetty" in page.get_by_role("main").text_content()


def tell_of_training(page: Any, site: str) -> None:
    page.goto(f"{site}/rollout/")
    page.get_by_role("link", name="Oma käyttöönotto").click()
    page.get_by_role("link", name=label("ROLLOUT_STAGE", "TRAINED", "fi")).click()
    page.fill("[name=told_on]", date.today().isoformat())
    page.click("#main-form .form-actions button[type=submit]")


def workbook(folder: Path) -> Path:
    found = {name: rows[: FEW + 1] for name, rows in old_system.sound().items()}
    for row in found["Kunder"][1:]:
        row[8] = NAME
    path = folder / "gammalt.xlsx"
    path.write_bytes(old_system.workbook(found))
    return path


def comes_by_rights(matti: Any, kaisa: Any, night: Nights) -> None:
    """The lead applies and is granted a right, and tells of the training."""
    matti.goto("/login/")
    matti.fill("[name=username]", "matti")
    matti.fill("[name=password]", DEMO_PASSWORD)
    press(matti, "Kirjaudu sisään")
    apply_to_lead(matti)
    kaisa.goto("/")
    grant(kaisa)
    night.stands_at("USERS_NAMED")

    matti.reload()
    press(matti, "Toimi tällä")
    tell_of_training(matti, night.site)
    night.stands_at("TRAINED")


def moves_in(matti: Any, night: Nights, file: Path) -> None:
    """The lead rehearses the move, makes it and signs its certificate."""
    matti.goto("/lang/sv")
    move = Move(matti, "Flytten")
    move.hand_in(file)
    move.map_all()
    assert _total(move.work("rehearse"))[:2] == [2 * FEW, 2 * FEW]
    night.stands_at("REHEARSED")
    assert _total(move.work("commit"))[:2] == [2 * FEW, 2 * FEW]
    move.certify(signs=True)
    night.stands_at("MOVED")


def test_a_municipality_comes_into_use(place: tuple[Flask, str], browser: Any, tmp_path: Path) -> None:
    app, site = place
    matti, kaisa = (browser.new_context(locale="fi", base_url=site).new_page() for _person in range(2))
    sign_in(kaisa, site, "kaisa", DEMO_PASSWORD)
    night = Nights(app, kaisa, site)
    night.stands_at("NOT_BEGUN")

    comes_by_rights(matti, kaisa, night)
    moves_in(matti, night, workbook(tmp_path))

    walker = Walker(matti, site, "sv")
    matti.goto("/clients/list/")
    matti.locator("tbody a").first.click()
    walker.client_url = matti.url.partition("?")[0]
    walker.client("assessment")
    assessed(walker, TEXTS["sv"])
    planned(walker, TEXTS["sv"])
    night.stands_at("IN_USE")
    kaisa.goto("/rollout/?region=14&stage=IN_USE")
    assert kaisa.get_by_role("link", name=NAME).count() == 1
    for page in (matti, kaisa):
        page.context.close()
