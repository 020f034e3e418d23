"""The deeds of a plan: what each changes of the plan and its client, what it leaves behind, and the sentence that forbids it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from flask import Flask
from sqlalchemy import select

from app.clients.models import Client
from app.demo.sharing import COUNTY
from app.participations.actions import invite
from app.participations.models import Participation
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.models import IntegrationPlan
from tests.support.app import Browser
from tests.support.plan_form import in_vantaa
from tests.support.plan_life import do, events_of, goals_of, plan_of, plan_with, stage_of, versions_of

TODAY = date.today()
YEARS = {years: TODAY - relativedelta(years=years) for years in (1, 2)}
JOBSEEKER = {"employment_status": "UNEMPLOYED_JS"}
DECIDED = {"reasons": "Perustelut", "decided_on": TODAY}
# A plan that is drawn up a year after the first one and ends as the second year does.
SECOND = {"ordinal": 2, "drawn_up_date": TODAY - timedelta(days=200), "valid_to": YEARS[1] + relativedelta(years=2)}


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def second_plan(app: Flask, client: dict[str, Any] | None = None, **columns: Any) -> str:
    """Make a client's second plan, the first being a year old."""
    key = plan_with(app, client, **{**SECOND, **columns})
    first_plan(app, key, "SUPERSEDED")
    return key


def first_plan(app: Flask, second: str, status: str) -> str:
    """Make the year-old plan before a client's second one."""
    with in_vantaa(app) as session:
        plan = session.get_one(IntegrationPlan, second)
        same = {"client_id": plan.client_id, "org_id": plan.org_id, "assessment_id": plan.assessment_id, "follow_up": "x", "authors": "x"}
        row = IntegrationPlan(ordinal=1, status=status, drawn_up_date=YEARS[1], valid_from=YEARS[1], valid_to=TODAY, planned_review_date=TODAY, **same)
        session.add(row)
        session.commit()
        return str(row.id)


@pytest.fixture
def worker(app: Flask) -> Browser:
    return Browser(app).sign_in("aino")


@pytest.fixture
def aino(sqlite_app: Flask) -> Browser:
    return Browser(sqlite_app).sign_in("aino")


@pytest.fixture
def bengt(sqlite_app: Flask) -> Browser:
    return Browser(sqlite_app).sign_in("bengt")


AGREE = {"agreement_method": "SIGNATURE"}


def test_a_plan_that_is_agreed_takes_the_place_of_the_one_in_force(app: Flask, worker: Browser) -> None:
    new = plan_with(app, status="DRAFT", ordinal=2, valid_from=TODAY, agreed_on=None)
    before = first_plan(app, new, "IN_FORCE")
    assert do(worker, new, "agree", **AGREE).status_code == 303
    assert [plan_of(app, key).status for key in (before, new)] == ["SUPERSEDED", "IN_FORCE"]
    assert stage_of(app, new) == "PLAN_ACTIVE" and versions_of(app, new) == [(1, "AGREED")]


def test_each_deed_leaves_its_event(sqlite_app: Flask, aino: Browser, bengt: Browser) -> None:
    key = plan_with(sqlite_app)
    do(aino, key, "interrupt", reason="ILLNESS", starts_on=days(-9))
    do(aino, key, "resume", ends_on=days(-1))
    do(aino, key, "end", end_reason="DIED", goal_1="OPEN", goal_2="OPEN")
    do(bengt, key, "annul", reason="Fel")
    assert events_of(sqlite_app, key) - {"plan:opened"} == {"plan:interrupted", "plan:resumed", "plan:ended", "plan:annulled"}


def test_a_plan_agreed_ahead_waits_for_its_first_day(sqlite_app: Flask, aino: Browser) -> None:
    key = plan_with(sqlite_app, {"status": "PLAN_DRAFTING"}, status="DRAFT", valid_from=days(1), agreed_on=None)
    assert do(aino, key, "agree", **AGREE).status_code == 303
    assert (plan_of(sqlite_app, key).status, stage_of(sqlite_app, key)) == ("AGREED", "PLAN_DRAFTING")


@pytest.mark.parametrize(
    ("answers", "is_agreed"),
    [({}, False), ({"child_heard_on": TODAY}, False), ({"child_heard_on": TODAY, "child_view": "Haluan"}, True), ({"child_not_heard_reason": "Vauva"}, True)],
)
def test_a_child_is_heard_or_it_is_told_why_not(sqlite_app: Flask, aino: Browser, answers: dict[str, Any], is_agreed: bool) -> None:
    key = plan_with(sqlite_app, {"birth_date": TODAY - relativedelta(years=17)}, status="DRAFT", no_education_goal_reason="x", agreed_on=None)
    answer = do(aino, key, "agree", **AGREE, **answers)
    assert answer.status_code == (303 if is_agreed else 422)
    assert ("Kuule alle 18-vuotiasta" in answer.text) is not is_agreed


@pytest.mark.parametrize(("work", "is_told"), [("HOME_CARE", True), ("EMPLOYED", False)])
def test_the_page_tells_to_inform_kela(sqlite_app: Flask, aino: Browser, work: str, is_told: bool) -> None:
    key = plan_with(sqlite_app, {"employment_status": work})
    assert ("ilmoita Kelalle viipymättä" in aino.get(f"/plans/show/{key}").text) is is_told
    assert (f"/plans/tell_kela/{key}" in aino.page.text) is is_told


def test_that_kela_was_told_is_recorded_and_ends_the_step(sqlite_app: Flask, aino: Browser) -> None:
    key = plan_with(sqlite_app, {"employment_status": "HOME_CARE"})
    versions = versions_of(sqlite_app, key)
    refused = do(aino, key, "tell_kela", kela_told_on=days(1))
    assert refused.status_code == 422
    assert do(aino, key, "tell_kela", kela_told_on=TODAY).status_code == 303
    page = aino.get(f"/plans/show/{key}").text
    assert "ilmoita Kelalle viipymättä" not in page and "Kelalle ilmoitettu suunnitelmasta" in page
    with in_vantaa(sqlite_app) as session:
        plan = session.get_one(IntegrationPlan, key)
        assert plan.kela_told_on == TODAY and versions_of(sqlite_app, key) == versions
        session.get_one(Client, plan.client_id).employment_status = "EMPLOYED"
        session.commit()
    refused = do(aino, key, "tell_kela", kela_told_on=TODAY)
    assert refused.status_code == 422 and "(88 §)" in refused.text.replace("\xa0", " ")


def test_an_adult_is_asked_nothing_of_it(sqlite_app: Flask, aino: Browser) -> None:
    key = plan_with(sqlite_app, status="DRAFT", agreed_on=None)
    assert "child_view" not in aino.get(f"/plans/agree/{key}").text


def test_an_extension_moves_the_last_day_and_tells_who_decided(app: Flask, worker: Browser) -> None:
    key = second_plan(app)
    until = SECOND["valid_to"] + relativedelta(years=2)
    assert do(worker, key, "extend", ground="LOW_EDU", extended_to=until, **DECIDED).status_code == 303
    plan = plan_of(app, key)
    assert (plan.status, plan.valid_to, versions_of(app, key)) == ("EXTENDED", until, [(1, "EXTENDED")])
    with in_vantaa(app) as session:
        row = session.scalars(select(PlanExtension).where(PlanExtension.plan_id == key)).one()
        assert (row.extended_from, row.ground, row.decided_by) == (SECOND["valid_to"], "LOW_EDU", "Aino Aarnio, Vantaa")
    text = " ".join(re.sub(r"<[^>]+>", " ", worker.get(f"/plans/show/{key}").text).split())
    assert f"Suunnitelmien viimeinen mahdollinen päivä {until.day}.{until.month}.{until.year}" in text and "vähäinen koulutustausta" in text
    assert "23 § 3 mom." in text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ground": "LOW_EDU", "extended_to": SECOND["valid_to"] + relativedelta(years=2, days=1)}, "yhteensä kaksi vuotta lisää (23 §)"),
        ({"ground": "INTERRUPTION", "extended_to": days(400)}, "ei ole merkitty keskeytystä (23 §)"),
        ({"ground": "STUDIES_U25", "extended_to": days(400)}, "Vain työnhakijan"),
        ({"ground": "LOW_EDU", "extended_to": days(400), "decided_on": days(1)}, "tämän päivän välillä"),
        ({"ground": "LOW_EDU", "extended_to": days(10)}, "myöhempi päivä"),
        ({"ground": "LOW_EDU", "extended_to": days(400), "reasons": ""}, "Täytä tämä kenttä"),
    ],
)  # fmt: skip
def test_what_forbids_an_extension_is_told(sqlite_app: Flask, aino: Browser, values: dict[str, Any], sentence: str) -> None:
    key = second_plan(sqlite_app)
    answer = do(aino, key, "extend", **{**DECIDED, **values})
    assert answer.status_code == 422 and sentence in answer.text
    assert plan_of(sqlite_app, key).status == "IN_FORCE" and versions_of(sqlite_app, key) == []


def test_an_interruption_moves_the_maximum_by_its_days(app: Flask, worker: Browser) -> None:
    key = second_plan(app)
    assert do(worker, key, "interrupt", reason="ILLNESS", starts_on=days(-90)).status_code == 303
    assert (plan_of(app, key).status, stage_of(app, key)) == ("INTERRUPTED", "PLAN_INTERRUPTED")
    assert do(worker, key, "resume", ends_on=days(-60)).status_code == 303
    assert (plan_of(app, key).status, stage_of(app, key)) == ("IN_FORCE", "PLAN_ACTIVE")
    longest = SECOND["valid_to"] + timedelta(days=31)
    too_long = do(worker, key, "extend", ground="INTERRUPTION", extended_to=longest + timedelta(days=1), **DECIDED)
    assert too_long.status_code == 422 and "Keskeytysten vuoksi" in too_long.text
    assert do(worker, key, "extend", ground="INTERRUPTION", extended_to=longest, **DECIDED).status_code == 303
    assert [deed for _number, deed in versions_of(app, key)] == ["INTERRUPTED", "RESUMED", "EXTENDED"]


def test_an_extended_plan_is_extended_after_an_interruption_too(sqlite_app: Flask, aino: Browser) -> None:
    key = second_plan(sqlite_app)
    do(aino, key, "extend", ground="MULTI_SERVICE", extended_to=SECOND["valid_to"] + timedelta(days=30), **DECIDED)
    do(aino, key, "interrupt", reason="PARENTAL", starts_on=days(-3))
    assert do(aino, key, "resume", ends_on=days(-1)).status_code == 303 and plan_of(sqlite_app, key).status == "EXTENDED"
    again = do(aino, key, "interrupt", reason="PARENTAL", starts_on=days(-1))
    assert again.status_code == 422 and "Edellinen keskeytys" in again.text


# Two years old and reviewed since the act came into force, so that its limits hold (§ 102.2).
STUDIES: dict[str, Any] = {"drawn_up_date": YEARS[2] - timedelta(days=5), "valid_from": YEARS[2], "valid_to": days(-5),
                           "reviewed_on": days(-100)}  # fmt: skip


@pytest.mark.parametrize(
    ("client", "service", "sentence"),
    [
        (JOBSEEKER, "INT_TRAINING_SELF", None), ({}, "INT_TRAINING_SELF", "Vain työnhakijan"), (JOBSEEKER, "INT_TRAINING", "ei ole tuettua omaehtoista"),
        ({**JOBSEEKER, "birth_date": TODAY - relativedelta(years=24)}, "INT_TRAINING_SELF", "alle 25-vuotias"),
    ],
)  # fmt: skip
def test_a_plan_at_its_maximum_goes_on_for_the_studies(sqlite_app: Flask, aino: Browser, client: dict[str, Any], service: str, sentence: str | None) -> None:
    key = plan_with(sqlite_app, client, service, **STUDIES)
    answer = do(aino, key, "limit_to_studies", studies_end=days(100))
    if sentence:
        assert answer.status_code == 422 and sentence in answer.text
        return
    plan = plan_of(sqlite_app, key)
    assert (plan.status, plan.valid_to, plan.studies_only_from) == ("STUDIES_ONLY", days(100), days(-4))
    assert stage_of(sqlite_app, key) == "VALID_FOR_STUDIES_ONLY"
    answer = do(aino, key, "end", end_reason="EDUCATION", onward_guidance="x", goal_1="OPEN", goal_2="OPEN")
    assert answer.status_code == 422 and "Anna päivä, jona työllistymissuunnitelma laadittiin (31 §)." in answer.text


def test_it_is_not_limited_before_the_maximum(sqlite_app: Flask, aino: Browser) -> None:
    key = plan_with(sqlite_app, JOBSEEKER, "INT_TRAINING_SELF", **STUDIES | {"drawn_up_date": YEARS[2]})
    answer = do(aino, key, "limit_to_studies", limited_from=TODAY, studies_end=days(100))
    assert answer.status_code == 422 and "aikaisintaan seuraavasta päivästä (31 §)" in answer.text


def test_the_end_holds_the_goals_results_and_the_guidance(app: Flask, worker: Browser) -> None:
    key = plan_with(app)
    refused = do(worker, key, "end", end_reason="GOALS_MET", goal_1="ACHIEVED", goal_2="PARTLY")
    assert refused.status_code == 422 and "Kerro, minne asiakas ohjattiin." in refused.text
    assert do(worker, key, "end", end_reason="GOALS_MET", onward_guidance="Työllisyyspalvelut", goal_1="ACHIEVED", goal_2="PARTLY").status_code == 303
    plan = plan_of(app, key)
    assert (plan.status, plan.ended_on, goals_of(app, key), stage_of(app, key)) == ("ENDED", TODAY, ["ACHIEVED", "PARTLY"], "PLAN_ENDED")
    assert versions_of(app, key) == [(1, "ENDED")]


def test_an_end_ends_the_interruption_too(sqlite_app: Flask, aino: Browser) -> None:
    key = plan_with(sqlite_app)
    do(aino, key, "interrupt", reason="ILLNESS", starts_on=days(-9))
    assert do(aino, key, "end", end_reason="DIED", ended_on=days(-2), goal_1="OPEN", goal_2="OPEN").status_code == 303
    with in_vantaa(sqlite_app) as session:
        assert session.scalars(select(PlanInterruption.ends_on).where(PlanInterruption.plan_id == key)).one() == days(-2)


def test_the_lead_corrects_the_day_and_every_limit_moves(sqlite_app: Flask, bengt: Browser) -> None:
    key = plan_with(sqlite_app, valid_to=days(150))
    drawn_up = plan_of(sqlite_app, key).drawn_up_date
    late = do(bengt, key, "correct", drawn_up_date=drawn_up + timedelta(days=1), reason="Fel")
    assert late.status_code == 422 and "innan den överenskoms" in late.text
    assert do(bengt, key, "correct", drawn_up_date=drawn_up - timedelta(days=1), reason="Fel dag").status_code == 303
    assert plan_of(sqlite_app, key).drawn_up_date == drawn_up - timedelta(days=1) and versions_of(sqlite_app, key) == [(1, "CORRECTED")]
    limit = drawn_up - timedelta(days=1) + relativedelta(years=2)
    assert f"{limit.day}.{limit.month}.{limit.year}" in bengt.get(f"/plans/show/{key}").text


def test_the_corrected_day_is_measured_by_the_rules(sqlite_app: Flask, bengt: Browser) -> None:
    key = plan_with(sqlite_app)
    answer = do(bengt, key, "correct", drawn_up_date=YEARS[1] - timedelta(days=30), reason="Fel")
    assert (answer.status_code == 422 and "(23 §)" in answer.text) or "bedömningen" in answer.text


def test_an_annulled_plan_leaves_the_client_without_one(sqlite_app: Flask, bengt: Browser) -> None:
    key = plan_with(sqlite_app)
    assert do(bengt, key, "annul", reason="Fel kund").status_code == 303
    assert (plan_of(sqlite_app, key).status, stage_of(sqlite_app, key), versions_of(sqlite_app, key)) == ("ANNULLED", "PLAN_DRAFTING", [(1, "ANNULLED")])
    with in_vantaa(sqlite_app) as session:
        assert session.get_one(Client, plan_of(sqlite_app, key).client_id).status == "PLAN_DRAFTING"


def test_an_agreed_plan_is_not_edited(sqlite_app: Flask, aino: Browser) -> None:
    key = plan_with(sqlite_app)
    assert aino.get(f"/plans/edit/{key}").status_code == 409


def test_a_client_who_is_one_no_more_gets_no_plan(sqlite_app: Flask, aino: Browser) -> None:
    key = plan_with(sqlite_app, {"status": "CLOSED"}, status="DRAFT", valid_from=TODAY, agreed_on=None)
    answer = do(aino, key, "agree", **AGREE)
    assert answer.status_code == 409 and "asiakkuus päättynyt" in answer.text
    assert (plan_of(sqlite_app, key).status, versions_of(sqlite_app, key)) == ("DRAFT", [])


def test_the_countys_part_ends_with_the_plan(sqlite_app: Flask, aino: Browser) -> None:
    key = plan_with(sqlite_app)
    with in_vantaa(sqlite_app) as session:
        row = Participation(client_id=session.get_one(IntegrationPlan, key).client_id, organisation_id=COUNTY, matter="PLAN", plan_id=key,
                            profile="PLAN_PART", reason="x", may_contribute=False, valid_to=days(30), org_id=session.get_one(IntegrationPlan, key).org_id)  # fmt: skip
        invite(session, row, TODAY)
        session.commit()
    do(aino, key, "end", end_reason="DIED", goal_1="OPEN", goal_2="OPEN")
    with in_vantaa(sqlite_app) as session:
        assert session.scalars(select(Participation.ended_how).where(Participation.plan_id == key)).one() == "COMPLETED"
