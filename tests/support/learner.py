"""A trainee at the browser, who does exercises on the pages of the system in a training place that is old."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.codes.lists import label
from app.demo.accounts import DEMO_PASSWORD
from app.jobs.access import as_system
from app.jobs.models import Job
from app.jobs.runner import run_job
from app.organisations.models import organisation_key
from app.training.places.actions import ask_place, begin_world, load_place
from app.training.places.models import TrainingPlace
from app.training.places.persons import client_key
from app.training.places.renewal import renew
from app.training.places.staff import code_of
from app.users.models import AccessGrant
from app.users.queries import user_by_name
from tests.support.app import make_app, prepare
from tests.support.browser import served_here, sign_in
from tests.support.planted import plant

OLD, NIGHTS = 400, (1, 2, 30, 31, 182, 365, 399, 400)
CLIENTS, WAIT = 60, 10_000
TODAY = date.today()
_PLACES = ({"fi": "Harjoituskunta", "sv": "Övningskommun"}, {"fi": "Harjoitushyvinvointialue", "sv": "Övningsvälfärdsområde"})
_FINISHED = {"fi": "Harjoitus on valmis.", "sv": "Övningen är klar."}


def day(days: int = 0) -> str:
    """Give a day from today as a form takes it."""
    return (TODAY + timedelta(days=days)).isoformat()


def old_world(folder: Path, names: tuple[str, ...]) -> tuple[Flask, dict[str, int]]:
    """Give a training environment that was made 400 days ago and has been renewed since, and the number of each trainee's place."""
    app, begun = make_app(folder, settings={"KOTO_ENVIRONMENT": "training"}), TODAY - timedelta(days=OLD)
    prepare(app, CLIENTS, begun)
    numbers = {}
    with app.app_context(), as_system() as session:
        begin_world(session, begun)
        for name in names:
            user: Any = user_by_name(session, name)
            place: TrainingPlace = ask_place(session, user.id)
            load_place(session, place)
            numbers[name] = place.seed
        for night in NIGHTS:
            renew(session, begun + timedelta(days=night))
        plant(session)
    return app, numbers


class Learner:
    """Somebody who has signed in and reads one language; `seed` is the number of their place."""

    def __init__(self, page: Any, app: Flask, site: str, name: str, language: str, seed: int) -> None:
        self.page, self.app, self.site, self.name, self.language, self.seed = page, app, site, name, language, seed

    def act_by(self, role: str) -> None:
        """Act by the right of a role in the own place."""
        self.open("/my-rights/")
        place = _PLACES[role == "WSC_PARTICIPANT"][self.language]
        mine = self.page.locator("section[aria-labelledby=act] li").filter(has_text=f"{label('ROLE', role, self.language)}, {place}")
        if mine.locator("form").count():
            mine.locator("form button").first.click()

    def begin(self, exercise: str) -> None:
        self.open(f"/training/exercises/{exercise}")
        self.page.click("main form[action$='/begin'] button")

    def check(self, exercise: str) -> str:
        """Let what was done be looked at; gives what the page says."""
        self.open(f"/training/exercises/{exercise}")
        self.page.click("main form[action$='/check'] button")
        return str(self.page.inner_text("main"))

    def has_finished(self, said: str) -> bool:
        return _FINISHED[self.language] in said or "/certificates/" in self.page.url

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def client_key(self, story: str) -> str:
        """Give the key of a story's client."""
        return client_key(self.seed, story)

    def county(self) -> str:
        """Give the key of the place's own county."""
        return organisation_key("WELLBEING_COUNTY", code_of(self.seed))

    def right_of(self, number: int) -> str:
        """Give the key of the caseworker's right that an invented colleague has."""
        name = f"{code_of(self.seed).lower()}.{number}"
        wanted = select(AccessGrant.id).join(User, User.id == AccessGrant.user_id).where(User.username == name, AccessGrant.role == "CASEWORKER")
        with self.app.app_context(), as_system() as session:
            return str(session.scalars(wanted.where(AccessGrant.ended_at.is_(None))).one())

    def own_name(self) -> str:
        """Give the trainee's name as fields that find workers show it."""
        with self.app.app_context(), as_system() as session:
            user: Any = user_by_name(session, self.name)
            return f"{user.last_name} {user.first_name}"

    def add_row(self, name: str) -> None:
        """Ask the form for one more row of a kind."""
        self.page.click(f"main form button[name=_rows][value='add.{name}']")
        self.page.wait_for_load_state()

    def row(self, model: Any, story: str, **values: Any) -> str:
        """Give the key of the latest row of a story's client that has these values."""
        wanted = select(model.id).where(model.client_id == client_key(self.seed, story)).order_by(model.created_at.desc(), model.id).limit(1)
        with self.app.app_context(), as_system() as session:
            return str(session.scalars(wanted.filter_by(**values)).one())

    def follow(self, address: str) -> None:
        """Follow the first link of the page whose address holds these words."""
        self.page.locator(f"main a[href*='{address}']").first.click()

    def fill(self, **values: Any) -> None:
        """Fill fields of the form by their names; a text chooses of a select or of radio buttons, True and False set a box."""
        for name, value in values.items():
            field = self.page.locator(f"main form [name='{name}']")
            kind = field.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if kind == "select":
                field.first.select_option(value)
            elif kind == "checkbox":
                field.first.set_checked(value)
            elif kind == "radio":
                self.page.locator(f"main form [name='{name}'][value='{value}']").check()
            else:
                field.first.fill(str(value))

    def send(self) -> None:
        """Send the form, which leads to another page. Raises AssertionError with the errors where it does not."""
        self.page.locator("main .form-actions button[type=submit]").first.click()
        self.page.wait_for_load_state()
        errors = self.page.locator("main .error-summary")
        assert errors.count() == 0, errors.first.inner_text()

    def press(self, address: str) -> None:
        """Press the button whose form is sent to an address that holds these words; one that asks first is answered."""
        form = f"main form[action*='{address}']"
        asks = self.page.locator(f"main details:has(form[action*='{address}']) > summary")
        if asks.count() and not self.page.locator(form).first.is_visible():
            asks.first.click()
        self.page.locator(f"{form} button[type=submit]").first.click()
        self.page.wait_for_load_state()

    def work_off(self) -> None:
        """Do what the worker of jobs would do beside the service."""
        with self.app.app_context():
            with as_system() as session:
                keys = list(session.scalars(select(Job.id).where(Job.state == "QUEUED")))
            for key in keys:
                run_job(key)


@contextmanager
def learning(browser: Any, app: Flask, name: str, language: str, seed: int) -> Iterator[Learner]:
    """Give a trainee at a page of their own."""
    with served_here(app) as site:
        context = browser.new_context(locale=language, base_url=site, accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        sign_in(page, site, name, DEMO_PASSWORD)
        yield Learner(page, app, site, name, language, seed)
        context.close()
