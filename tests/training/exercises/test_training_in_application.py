"""A certificate given in the training environment is verified in an application for a right elsewhere, without asking there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.core.training_code import Training, person_mark, public_key_of, write_code
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
    """Give an installation that knows the key of the training environment, and demands certificates or not."""
    folder: Path = tmp_path_factory.mktemp("applications")
    key = {"KOTO_TRAINING_CERTIFICATE_KEY": public_key_of(SIGNING)}
    made = {demand: make_app(folder, settings={**key, "KOTO_REQUIRED_TRAINING": demand}) for demand in ("off", "on")}
    prepare(made["off"], 10)
    return lambda demand: made[demand]


def apply(app: Flask, code: str | None, role: str = "CASEWORKER") -> Any:
    with as_operator(app) as session:
        session.execute(delete(RightEvent))
        session.execute(delete(RightApplication))
        session.commit()
    aino = Browser(app).sign_in("aino")
    aino.get("/my-rights/apply")
    fields = {"organisation_id": HOME, "role": role, "task": "x", "basis": "B2" if role == "ANALYST" else "B1", "email": "aino@example.fi", "accepts_liability": "y",
              "training_done_on": date.today().isoformat(), "valid_to": (date.today() + timedelta(days=90)).isoformat()}  # fmt: skip
    return aino.post("/my-rights/apply", **typed(aino.page, **fields, **({"training_code": code} if code else {})))


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


def test_without_a_key_no_certificate_is_asked_for(sqlite_app: Flask) -> None:
    page = Browser(sqlite_app).sign_in("aino").get("/my-rights/apply").text
    assert re.search(r'name="task"', page) and "training_code" not in page
