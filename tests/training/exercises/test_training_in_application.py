"""A certificate given in the training environment is verified in an application for a right elsewhere, without asking there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.core.training_code import Training, person_mark, public_key_of, write_code
from app.organisations.models import organisation_key
from app.responsibility.models import OrganisationPractice
from app.rights.models import RightApplication, RightEvent
from app.training.exercises.all import BY_KEY
from tests.support.app import Browser, make_app, prepare
from tests.support.form import typed
from tests.support.trainee import HOME
from tests.training.exercises.conftest import as_operator

SIGNING = "5a" * 32
GOOD = Training("WORKER", BY_KEY["WORKER"].version, person_mark("Aino", "Aarnio"), date(2026, 11, 2))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Flask]:
    """Give an installation that knows the key of the training environment, and demands certificates or not; or one that does not know it."""
    folder: Path = tmp_path_factory.mktemp("applications")
    key = {"KOTO_TRAINING_CERTIFICATE_KEY": public_key_of(SIGNING)}
    made = {demand: make_app(folder, settings={**key, "KOTO_REQUIRED_TRAINING": demand}) for demand in ("off", "on")}
    made["no key"] = make_app(folder)
    prepare(made["off"], 10)
    return lambda demand: made[demand]


def apply(app: Flask, code: str | None, role: str = "CASEWORKER", username: str = "aino", **more: str) -> Any:
    with as_operator(app) as session:
        session.execute(delete(RightEvent))
        session.execute(delete(RightApplication))
        session.commit()
    person = Browser(app).sign_in(username)
    person.get("/my-rights/apply")
    fields = {"organisation_id": HOME, "role": role, "task": "x", "basis": "B2" if role == "ANALYST" else "B1", "email": "aino@example.fi", "accepts_liability": "y",
              "training_done_on": date.today().isoformat(), "valid_to": (date.today() + timedelta(days=90)).isoformat()}  # fmt: skip
    return person.post("/my-rights/apply", **typed(person.page, **{**fields, **more}, **({"training_code": code} if code else {})))


def sent(app: Flask) -> RightApplication | None:
    with as_operator(app) as session:
        found = session.scalars(select(RightApplication)).first()
        session.expunge_all()
        return found


def changed(**values: Any) -> str:
    return write_code(Training(**{**vars(GOOD), **values}), SIGNING)


def test_a_certificate_is_verified_and_told_to_who_decides(site: Callable[[str], Flask]) -> None:
    app = site("on")
    # As people copy: with spaces, line breaks and small letters.
    assert apply(app, changed().lower().replace("-", " \n ")).status_code == 303
    found = sent(app)
    assert found is not None and (found.training_path, found.trained_on) == ("WORKER", date(2026, 11, 2))
    page = Browser(app).sign_in("eeva").get(f"/right-applications/show/{found.id}").text
    assert "kotoutumispalvelujen työntekijä" in page and "2.11.2026" in page


@pytest.mark.parametrize(
    ("code", "role", "sentence"),
    [
        (None, "CASEWORKER", "edellyttää koulutustodistusta"),
        ("ABCDEFGH", "CASEWORKER", "ei ole koulutustodistuksen koodi"),
        ("ää", "CASEWORKER", "ei ole koulutustodistuksen koodi"),
        (write_code(GOOD, "6b" * 32), "CASEWORKER", "ei ole koulutustodistuksen koodi"),
        (changed(path="COUNTY"), "CASEWORKER", "eri polusta"),
        (changed(), "ANALYST", "eri polusta"),
        (changed(version="0" * 16), "CASEWORKER", "rauennut"),
        (changed(person=person_mark("Bengt", "Berg")), "CASEWORKER", "toisennimiselle"),
    ],
)
def test_a_certificate_that_does_not_serve_says_why(site: Callable[[str], Flask], code: str | None, role: str, sentence: str) -> None:
    answer = apply(site("on"), code, role)
    assert answer.status_code == 422 and sentence in answer.text
    assert sent(site("on")) is None and 'value="aino@example.fi"' in answer.text, "nothing typed is lost"


def test_where_it_is_not_demanded_an_application_goes_without(site: Callable[[str], Flask]) -> None:
    assert apply(site("off"), None).status_code == 303
    found = sent(site("off"))
    assert found is not None and found.training_path is None


@contextmanager
def demanded_from(app: Flask, day: date, organisation_id: str = HOME) -> Iterator[None]:
    with as_operator(app) as session:
        practice = OrganisationPractice(org_id=organisation_id, training_demanded_from=day)
        session.add(practice)
        session.commit()
        key = practice.id
    try:
        yield
    finally:
        with as_operator(app) as session:
            session.execute(delete(OrganisationPractice).where(OrganisationPractice.id == key))
            session.commit()


@pytest.mark.parametrize(("days", "place", "status"), [(0, HOME, 422), (1, HOME, 303), (0, organisation_key("MUNICIPALITY", "091"), 303)])
def test_a_municipality_demands_it_of_who_applies_to_it_from_its_day_on(site: Callable[[str], Flask], days: int, place: str, status: int) -> None:
    app = site("off")
    with demanded_from(app, date.today() + timedelta(days=days), place):
        answer = apply(app, None)
        assert answer.status_code == status
        assert ("edellyttää koulutustodistusta" in answer.text) == (status == 422) == (sent(app) is None)
        assert apply(app, changed()).status_code == 303


def test_it_demands_it_of_the_staff_of_a_county_that_takes_part(site: Callable[[str], Flask]) -> None:
    app = site("off")
    with demanded_from(app, date.today()):
        answer = apply(app, None, "WSC_PARTICIPANT", username="veera", organisation_id=organisation_key("WELLBEING_COUNTY", "04"), grantor_id=HOME)
        assert answer.status_code == 422 and "edellyttää koulutustodistusta" in answer.text
    again = apply(app, None, "WSC_PARTICIPANT", username="veera", organisation_id=organisation_key("WELLBEING_COUNTY", "04"), grantor_id=HOME)
    assert again.status_code == 303


def lead_sends(app: Flask, day: date | None, **more: str) -> Any:
    bengt = Browser(app).sign_in("bengt")
    rows = re.findall(r"/practices/show/[0-9a-f-]{36}", bengt.get("/practices/list/").text)
    place = rows[0].replace("show", "edit") if rows else "/practices/add"
    bengt.get(place)
    return bengt.post(place, **typed(bengt.page, training_demanded_from=day.isoformat() if day else "", **more))


def test_the_lead_records_the_demand_and_the_settings_tell_it(site: Callable[[str], Flask]) -> None:
    app = site("off")
    assert lead_sends(app, date(2026, 11, 2)).status_code == 303
    assert re.search(r"kräver ett utbildningsintyg.*?Ja, från och med 2.11.2026.*?Eget beslut", Browser(app).sign_in("bengt").get("/organisation-settings/list/", follow_redirects=True).text, re.DOTALL)
    assert apply(app, None).status_code == 422
    assert lead_sends(app, None).status_code == 303 and apply(app, None).status_code == 303
    everywhere = Browser(site("on")).sign_in("bengt").get("/organisation-settings/list/", follow_redirects=True).text
    assert re.search(r"kräver ett utbildningsintyg.*?Ja\b(?!,).*?Installationen", everywhere, re.DOTALL)


def test_where_none_can_be_verified_none_can_be_demanded(site: Callable[[str], Flask]) -> None:
    answer = lead_sends(site("no key"), date.today())
    assert answer.status_code == 422 and "kan inte kontrolleras" in answer.text
    assert lead_sends(site("no key"), None, transfer_answer_days="7").status_code == 303
    assert apply(site("off"), None).status_code == 303


def test_without_a_key_no_certificate_is_asked_for(sqlite_app: Flask) -> None:
    page = Browser(sqlite_app).sign_in("aino").get("/my-rights/apply").text
    assert re.search(r'name="task"', page) and "training_code" not in page
