"""The newest review can be put right or deleted, and the plan's next review follows; earlier ones stand."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.plans.models import IntegrationPlan
from app.reviews.models import Hindrance, ReviewedGoal
from tests.support.app import Browser, counted_statements
from tests.support.form import Form, typed
from tests.support.plan_form import in_vantaa
from tests.support.reviews import DUE, TODAY, place_of, plan_in_force, planned_on, record, reviews_of
from tests.web.test_drafts import type_in

FIRST, SECOND = TODAY - timedelta(days=30), TODAY + timedelta(days=20)


@pytest.fixture
def plan(app: Flask) -> str:
    return plan_in_force(app)


@pytest.fixture
def shown(app: Flask, aino: Browser, plan: str) -> str:
    """The address of a review held a month ago, the next one planned in three weeks."""
    return record(aino, plan, reviewed_on=FIRST.isoformat(), next_review_date=SECOND.isoformat())


def key_of(shown: str) -> str:
    return shown.rsplit("/", 1)[-1]


def edited(browser: Browser, shown: str, **changes: str) -> int:
    place = shown.replace("show", "edit")
    return int(browser.post(place, **typed(browser.get(place), **changes)).status_code)


def test_a_changed_next_review_moves_the_plan(app: Flask, aino: Browser, plan: str, shown: str) -> None:
    later = SECOND + timedelta(days=30)
    assert edited(aino, shown, next_review_date=later.isoformat(), results="Hyvin") == 303
    (review,) = reviews_of(app, plan)
    assert (review.results, review.planned_on, review.next_review_date) == ("Hyvin", DUE, later) and planned_on(app, plan) == later


def test_a_change_that_leaves_the_day_leaves_the_plan_alone(app: Flask, aino: Browser, shown: str) -> None:
    place = shown.replace("show", "edit")
    fields = typed(aino.get(place), results="Hyvin")
    with counted_statements(app) as statements:
        assert aino.post(place, **fields).status_code == 303
    assert not any("UPDATE integration_plan" in text for text in statements)
    assert sum("INSERT INTO audit_event " in text for text in statements) == 1


def test_results_and_hindrances_change_in_the_same_form(app: Flask, aino: Browser, shown: str) -> None:
    assert edited(aino, shown, goals__1__result="NOT_ACHIEVED", hindrances="0", hindrances__0__hindrance="HEALTH") == 303
    with in_vantaa(app) as session:
        results = session.scalars(select(ReviewedGoal.result).where(ReviewedGoal.review_id == key_of(shown)).order_by(ReviewedGoal.created_at)).all()
        factors = session.scalars(select(Hindrance.hindrance).where(Hindrance.review_id == key_of(shown))).all()
    assert (results, factors) == (["ACHIEVED", "NOT_ACHIEVED"], ["HEALTH"])


def test_the_same_factor_is_not_recorded_twice(app: Flask, aino: Browser, shown: str) -> None:
    twice = {"hindrances__0__hindrance": "HEALTH", "hindrances__1__hindrance": "HEALTH"}
    place = shown.replace("show", "edit")
    page = aino.post(place, **{**typed(aino.get(place), **twice), "hindrances": ["0", "1"]})
    assert page.status_code == 422 and "Vaikeuttava tai hidastava tekijä 2: " in page.text


@pytest.mark.parametrize(
    ("forged", "answer"),
    [({"goals-0-_removed": "y"}, 403), ({"goals-0-_id": "00000000-0000-4000-8000-000000000000"}, 409), ({"goals-7-result": "CHANGED"}, 303),
     ({"_rows": "remove.goals.0"}, 200), ({"_rows": "add.goals"}, 200), ({"_language": "sv", "goals-7-result": "CHANGED"}, 200)],
)  # fmt: skip
def test_forged_rows_of_goals_change_nothing(app: Flask, aino: Browser, shown: str, forged: dict[str, str], answer: int) -> None:
    place = shown.replace("show", "edit")
    fields = typed(aino.get(place))
    fields["goals"] = [*fields["goals"], *(["7"] if "goals-7-result" in forged else [])]
    assert aino.post(place, **{**fields, **forged}).status_code == answer
    with in_vantaa(app) as session:
        assert session.scalars(select(ReviewedGoal.result).where(ReviewedGoal.review_id == key_of(shown)).order_by(ReviewedGoal.created_at)).all() == ["ACHIEVED", "OPEN"]


def test_the_second_to_save_chooses_by_the_goals_name(app: Flask, aino: Browser, shown: str) -> None:
    bengt, place = Browser(app).sign_in("bengt"), shown.replace("show", "edit")
    mine, theirs = typed(aino.get(place), goals__0__result="PARTLY"), typed(bengt.get(place), goals__0__result="CHANGED")
    assert aino.post(place, **mine).status_code == 303
    page = bengt.post(place, **theirs)
    assert page.status_code == 409 and re.search(r": Tavoite yksi – Resultat", page.text)
    assert bengt.post(place, **{**typed(page), "_take.goals-0-result": "typed"}).status_code == 303
    assert "målet har ändrats" in bengt.get(shown).text


def test_an_earlier_review_is_locked(app: Flask, aino: Browser, plan: str, shown: str) -> None:
    newest = record(aino, plan)
    page = aino.get(shown)
    assert page.status_code == 200 and "/plan-reviews/edit/" not in page.text and "/plan-reviews/delete/" not in page.text
    assert aino.get(shown.replace("show", "edit")).status_code == 409
    aino.get("/")
    assert aino.post(shown.replace("show", "delete")).status_code == 409
    part = re.search(r"/reviewed-goals/show/[0-9a-f-]{36}", page.text)
    assert part and aino.get(part.group(0).replace("show", "edit")).status_code == 409
    assert aino.get(f"/hindrances/add?review={key_of(shown)}").status_code == 409
    assert aino.get(f"/hindrances/add?review={key_of(newest)}").status_code == 200
    assert len(reviews_of(app, plan)) == 2


def test_a_review_of_a_plan_no_longer_in_force_is_locked(app: Flask, aino: Browser, plan: str, shown: str) -> None:
    with in_vantaa(app) as session:
        session.execute(update(IntegrationPlan).where(IntegrationPlan.id == plan).values(status="ENDED"))
        session.commit()
    assert aino.get(shown.replace("show", "edit")).status_code == 409 and aino.get(shown).status_code == 200


def test_deleting_the_newest_gives_the_plan_its_day_back(app: Flask, aino: Browser, plan: str, shown: str) -> None:
    newest = record(aino, plan)
    days: list[date] = [planned_on(app, plan)]
    for address in (newest, shown):
        aino.get(address)
        answer = aino.post(address.replace("show", "delete"))
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/plans/show/{plan}")
        days.append(planned_on(app, plan))
    assert days[1:] == [SECOND, DUE] and days[0] > SECOND and reviews_of(app, plan) == []
    with in_vantaa(app) as session:
        assert session.scalars(select(ReviewedGoal).where(ReviewedGoal.review_id.in_([key_of(newest), key_of(shown)]))).all() == []


def test_a_draft_of_a_review_comes_back_with_its_results(aino: Browser, plan: str) -> None:
    place = place_of(plan)
    aino.get(place)
    assert type_in(aino, place, {"participation": "Kesken", "goals": "0", "goals-0-result": "PARTLY"}) == 204
    sent = dict(Form(aino.get(place).text).fields)
    assert (sent["participation"], sent["goals-0-result"], sent["goals-1-result"]) == ("Kesken", "PARTLY", "")
