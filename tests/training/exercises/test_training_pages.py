"""The pages of training: begin an exercise, do it on the pages of the system, have it checked, and get the certificate of the path."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from app.db.types import now
from app.training.exercises.all import BY_KEY
from app.training.exercises.models import TrainingAttempt, TrainingCertificate
from tests.support.app import Browser, counted_statements
from tests.support.pdf import Pdf
from tests.support.trainee import HOME
from tests.training.exercises.conftest import as_operator, key_of

X01 = "/training/exercises/X01"


@pytest.fixture(autouse=True)
def nothing_done(request: pytest.FixtureRequest) -> None:
    """Each test begins with nobody having begun anything."""
    names = {"training_app", "trainee_app"} & set(request.fixturenames)
    for name in names:
        with as_operator(request.getfixturevalue(name)) as session:
            session.execute(delete(TrainingCertificate))
            session.execute(delete(TrainingAttempt))
            session.commit()


def states(page: Any) -> list[str]:
    """Give the state of each step on the page of an exercise."""
    return re.findall(r'id="step-\d+"><span class="tag tag-(\w+)"', page.text)


def begin(browser: Browser, key: str) -> None:
    browser.get(f"/training/exercises/{key}")
    assert browser.post(f"/training/exercises/{key}/begin").status_code == 303


def finish(browser: Browser, key: str) -> Any:
    browser.get(f"/training/exercises/{key}")
    return browser.post(f"/training/exercises/{key}/check")


def find_a_client(browser: Browser) -> None:
    page = browser.get("/clients/list/?f.status=PLAN_ACTIVE").text
    family = re.search(r'href="(/clients/show/[0-9a-f-]{36})[^"]*">([^,<]+)', page)
    assert family is not None
    found = browser.get(browser.post("/clients/search", q=family[2]).headers["Location"])
    assert family[1] in found.text
    assert browser.get(family[1]).status_code == 200


@pytest.mark.parametrize(("name", "act"), [("aino", "https://www.finlex.fi/fi/lainsaadanto/2023/681"), ("cecilia", "https://www.finlex.fi/sv/lagstiftning/2023/681")])
def test_the_sections_of_an_exercise_lead_to_the_act_in_the_readers_language(training_app: Flask, name: str, act: str) -> None:
    page = Browser(training_app).sign_in(name).get("/training/exercises/X10").text
    assert f'<a href="{act}">' in page and "18 § 2 mom., 19 § 3 mom." in page


def test_an_exercise_is_begun_done_and_finished(training_app: Flask) -> None:
    aino = Browser(training_app).sign_in("aino")
    find_a_client(aino)
    begin(aino, "X01")
    assert states(aino.get(X01)) == ["neutral", "neutral"], "what was done before does not count"
    assert finish(aino, "X01").headers["Location"] == X01
    find_a_client(aino)
    page = aino.get(X01)
    assert states(page) == ["success", "success"] and "Päätä harjoitus" in page.text
    finish(aino, "X01")
    assert "Harjoitus on valmis" in aino.get(X01).text
    front = aino.get("/training/").text
    assert 'value="1" max="17"' in front


def test_a_wrong_step_says_why_in_the_readers_language(training_app: Flask) -> None:
    minna = Browser(training_app).sign_in("minna")
    begin(minna, "X54")
    minna.get("/report-subscriptions/add")
    assert minna.post("/report-subscriptions/add", address="/reports/show/I01?period=2026Q1", every="MONTH").status_code == 303
    page = minna.get("/training/exercises/X54")
    assert states(page) == ["warning"] and "Raportti on tilattu kuukausittain. Tilaa se neljännesvuosittain." in page.text
    minna.get("/lang/sv")
    told = minna.get("/training/exercises/X54").text
    # The language is remembered for the tests that follow.
    minna.get("/lang/fi")
    assert "Rapporten prenumereras per månad. Prenumerera per kvartal." in told


def test_the_last_exercise_of_a_path_gives_the_certificate(training_app: Flask) -> None:
    user = key_of(training_app, "minna")
    with as_operator(training_app) as session:
        for one in BY_KEY["ANALYST"].exercises[:-1]:
            session.add(TrainingAttempt(user_id=user, organisation_id=HOME, exercise=one.id, version=one.version, finished_at=now()))
        session.commit()
    minna = Browser(training_app).sign_in("minna")
    begin(minna, "X54")
    minna.get("/report-subscriptions/add")
    assert minna.post("/report-subscriptions/add", address="/reports/show/I02?period=2026Q1", every="QUARTER").status_code == 303
    place = finish(minna, "X54").headers["Location"]
    page = minna.get(place)
    code = re.search(r"<textarea[^>]*>\s*([A-Z2-7-]+)</textarea>", page.text)
    assert code and "Minna Makkonen" in page.text and "analyytikko" in page.text
    paper = minna.get(f"{place}.pdf")
    assert paper.mimetype == "application/pdf" and code[1].replace("-", "") in Pdf(paper.data).text.replace("-", "")
    assert Browser(training_app).sign_in("aino").get(place).status_code == 404, "of another nobody sees one"


def test_a_certificate_tells_that_it_has_lapsed(trainee_app: Flask) -> None:
    with as_operator(trainee_app) as session:
        row = TrainingCertificate(user_id=key_of(trainee_app, "minna"), path="ANALYST", version="0" * 16, given_on=now().date(), code="A" * 8)
        session.add(row)
        session.commit()
        key = row.id
    minna = Browser(trainee_app).sign_in("minna")
    assert "Rauennut" in minna.get("/training/").text
    assert "Tee muuttuneet harjoitukset" in minna.get(f"/training/certificates/{key}").text


def test_a_changed_exercise_is_done_anew(trainee_app: Flask) -> None:
    aino = Browser(trainee_app).sign_in("aino")
    begin(aino, "X01")
    with as_operator(trainee_app) as session:
        session.execute(update(TrainingAttempt).values(version="0" * 16, finished_at=now() - timedelta(days=1)))
        session.commit()
    assert "Aloita harjoitus" in aino.get(X01).text
    begin(aino, "X01")


def test_an_exercise_of_another_right_is_refused_in_words(trainee_app: Flask) -> None:
    aino = Browser(trainee_app).sign_in("aino")
    page = aino.get("/training/exercises/X20")
    assert "Vaihda oikeutta, jolla toimit" in page.text and "Aloita harjoitus" not in page.text
    assert aino.post("/training/exercises/X20/begin").status_code == 409
    aino.get("/training/exercises/X02")
    assert aino.post("/training/exercises/X02/check").status_code == 409, "it is not begun"
    assert aino.get("/training/exercises/X99").status_code == 404
    assert aino.get("/training/certificates/x").status_code == 404


def test_there_is_no_training_elsewhere(sqlite_app: Flask) -> None:
    aino = Browser(sqlite_app).sign_in("aino")
    assert aino.get("/training/").status_code == 404
    assert "/training/" not in aino.get("/").text


def test_the_navigation_leads_to_training(trainee_app: Flask) -> None:
    for username in ("aino", "bengt", "veera"):
        assert 'href="/training/"' in Browser(trainee_app).sign_in(username).get("/").text
    assert Browser(trainee_app).get("/training/").status_code == 303


def test_what_was_tried_often_costs_no_more(trainee_app: Flask) -> None:
    aino = Browser(trainee_app).sign_in("aino")
    begin(aino, "X01")
    counts = []
    for _round in range(2):
        for _time in range(3):
            find_a_client(aino)
        with counted_statements(trainee_app) as found:
            aino.get(X01)
        counts.append(len(found))
    assert counts[0] == counts[1] < 25
