"""What days bring about by themselves, done again and after a break."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.plans import upkeep as module
from app.plans.models import IntegrationPlan
from app.plans.upkeep import upkeep
from tests.support.app import Browser, make_app, prepare
from tests.support.plan_form import in_vantaa
from tests.support.plan_life import do, events_of, plan_of, plan_with, stage_of, versions_of

TODAY = date.today()


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of its own, since upkeep goes over every plan there is."""
    folder: Path = tmp_path_factory.mktemp("upkeep")
    app = make_app(folder)
    prepare(app, 0)
    return app


def run(app: Flask, on: date) -> dict[str, int]:
    with app.app_context(), system_scope():
        return upkeep(db.session, on)


def agreed_ahead(app: Flask, first: date) -> str:
    return plan_with(app, {"status": "PLAN_DRAFTING"}, status="AGREED", valid_from=first)


@pytest.mark.parametrize(("before", "is_started"), [(1, False), (0, True), (-3, True)])
def test_an_agreed_plan_comes_into_force_on_its_first_day(own_app: Flask, before: int, is_started: bool) -> None:
    first = TODAY + timedelta(days=30)
    key = agreed_ahead(own_app, first)
    done = run(own_app, first - timedelta(days=before))
    assert (plan_of(own_app, key).status == "IN_FORCE") is is_started
    assert stage_of(own_app, key) == ("PLAN_ACTIVE" if is_started else "PLAN_DRAFTING")
    assert done.get("started", 0) >= is_started
    assert run(own_app, first - timedelta(days=before)) == {}


def test_it_takes_the_place_of_the_plan_before(own_app: Flask) -> None:
    old = plan_with(own_app)
    new = agreed_ahead(own_app, TODAY)
    with in_vantaa(own_app) as session:
        plan = session.get_one(IntegrationPlan, new)
        plan.client_id, plan.ordinal = session.get_one(IntegrationPlan, old).client_id, 2
        session.commit()
    run(own_app, TODAY)
    assert [plan_of(own_app, key).status for key in (old, new)] == ["SUPERSEDED", "IN_FORCE"]
    assert (events_of(own_app, old), events_of(own_app, new)) == ({"plan:superseded"}, {"plan:started"})


@pytest.mark.parametrize(("known_end", "is_resumed"), [(None, False), (0, False), (-1, True)])
def test_an_interruption_ends_after_its_last_known_day(own_app: Flask, known_end: int | None, is_resumed: bool) -> None:
    key, aino = plan_with(own_app), Browser(own_app).sign_in("aino")
    ends = {} if known_end is None else {"ends_on": TODAY + timedelta(days=known_end)}
    assert do(aino, key, "interrupt", reason="ILLNESS", starts_on=TODAY - timedelta(days=5), **ends).status_code == 303
    run(own_app, TODAY)
    assert plan_of(own_app, key).status == ("IN_FORCE" if is_resumed else "INTERRUPTED")
    assert [deed for _number, deed in versions_of(own_app, key)] == (["INTERRUPTED", "RESUMED"] if is_resumed else ["INTERRUPTED"])


def test_a_client_whose_stage_does_not_allow_it_keeps_nobody_else_waiting(own_app: Flask) -> None:
    stuck, other = agreed_ahead(own_app, TODAY - timedelta(days=2)), agreed_ahead(own_app, TODAY)
    with in_vantaa(own_app) as session:
        session.get_one(Client, session.get_one(IntegrationPlan, stuck).client_id).status = "CLOSED"
        session.commit()
    assert run(own_app, TODAY) == {"refused": 1, "started": 1}
    assert [plan_of(own_app, key).status for key in (stuck, other)] == ["AGREED", "IN_FORCE"]


def test_a_break_in_the_middle_is_made_up_for(own_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [agreed_ahead(own_app, TODAY) for _number in range(3)]
    start, seen = module._start, []

    def broken(session: object, plan: IntegrationPlan) -> None:
        seen.append(plan.id)
        if len(seen) == 3:
            raise SystemExit
        start(session, plan)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_start", broken)
    with pytest.raises(SystemExit):
        run(own_app, TODAY)
    assert {plan_of(own_app, key).status for key in keys} == {"AGREED", "IN_FORCE"}
    monkeypatch.undo()
    run(own_app, TODAY)
    assert {plan_of(own_app, key).status for key in keys} == {"IN_FORCE"}
