"""What stands under an assessment: several grounds, the three years, a child's other plan, clarifying measures and restricted sections."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from flask import Flask
from sqlalchemy import delete, select, text

from app.access.roles import ROLES
from app.assessments.models import Assessment, AssessmentGround, InterviewSection
from app.assessments.rules import Beginning, broken_beginning_rules, broken_measure_rules
from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.db.base import Model
from app.db.columns import Sourced
from app.db.types import now
from app.obligations.facts import facts_of_clients
from app.organisations.models import organisation_key
from app.participations.models import Participation
from tests.assessments.test_assessment_life import assessed, send, stand
from tests.support.app import Browser
from tests.support.audit import recorded
from tests.support.form import typed
from tests.support.plan_form import VANTAA, in_vantaa, new_client

TODAY = date.today()
END = date(2026, 5, 4)


@pytest.fixture(scope="module")
def desk(sqlite_app: Flask) -> Browser:
    """Give Aino's browser where one kind of database tells enough."""
    return Browser(sqlite_app).sign_in("aino")


BEGINNING: dict[str, Any] = {"grounds": frozenset({"A1", "A2"}), "started_on": END, "birth_date": date(1990, 1, 1), "window_ends_on": END, "over_three_years_reason": None}
LATE = {"started_on": END + timedelta(days=1)}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({}, []),
        ({"window_ends_on": None, "started_on": date.max}, []),
        ({"grounds": frozenset({"A1", "A6"}), "birth_date": END - relativedelta(years=23)}, [("ground", "AGE")]),
        ({"grounds": frozenset({"A6"}), "birth_date": END - relativedelta(years=23) + timedelta(days=1)}, []),
        ({"grounds": frozenset({"A6"}), "birth_date": None}, []),
        (LATE, [("started_on", "WINDOW")]),
        ({**LATE, "over_three_years_reason": "x"}, [("started_on", "WINDOW")]),
        ({**LATE, "grounds": frozenset({"A1", "A7"})}, [("over_three_years_reason", "LATE_REASON")]),
        ({**LATE, "grounds": frozenset({"A1", "A7"}), "over_three_years_reason": "x"}, []),
        ({"grounds": frozenset({"A7"}), "over_three_years_reason": "x"}, [("over_three_years_reason", "NOT_LATE")]),
    ],
)
def test_an_assessment_begins_by_the_rules(changes: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert broken_beginning_rules(Beginning(**BEGINNING | changes)) == broken


MEASURE: dict[str, Any] = {"ordered_on": END, "done_on": None, "result": None, "called_off": None, "started_on": END, "today": END + timedelta(days=9)}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({}, []), ({"done_on": END, "result": "x"}, []), ({"called_off": "x"}, []),
        ({"done_on": END}, [("result", "RESULT")]),
        ({"done_on": END - timedelta(days=1), "result": "x"}, [("done_on", "EARLY")]),
        ({"ordered_on": END - timedelta(days=1)}, [("ordered_on", "MEASURE_EARLY")]),
        ({"done_on": END, "result": "x", "called_off": "x"}, [("called_off_reason", "DONE_AND_OFF")]),
        ({"ordered_on": END + timedelta(days=10)}, [("ordered_on", "FUTURE")]),
        ({"done_on": END + timedelta(days=10), "result": "x"}, [("done_on", "FUTURE")]),
    ],
)  # fmt: skip
def test_a_measure_is_recorded_by_the_rules(changes: dict[str, Any], broken: list[tuple[str, str]]) -> None:
    assert broken_measure_rules(**MEASURE | changes) == broken


def start(browser: Browser, client: str, *further: str, **values: Any) -> Any:
    """Send the form of a new assessment with further grounds; gives the answer."""
    place = f"/assessments/add?client={client}"
    rows = {f"grounds-{at}-ground": ground for at, ground in enumerate(further)}
    fields = {**typed(browser.get(place)), "started_on": TODAY.isoformat(), "channel": "OFFICE", "language": "uk", "ground": "A2", **values, **rows}
    return browser.post(place, **fields, grounds=[str(at) for at in range(len(further))])


def permitted(app: Flask, granted: date, **values: Any) -> str:
    """Make a client who waits for an assessment, with a first permit; gives the key."""
    client_id = new_client(app, "Luvallinen")
    with in_vantaa(app) as session:
        client = session.get_one(Client, client_id)
        client.status = "ASSESSMENT_DUE"
        for name, value in values.items():
            setattr(client, name, value)
        session.add(ResidenceBasis(client_id=client_id, org_id=VANTAA, kind="PERMIT", ground="P87", granted_date=granted, is_first=True))
        session.commit()
    return client_id


def test_an_assessment_has_several_grounds_and_all_of_them_count(app: Flask, aino: Browser) -> None:
    client = permitted(app, TODAY - timedelta(days=100))
    answer = start(aino, client, "A3", "A5")
    assert answer.status_code == 303, answer.text
    shown = aino.get(answer.headers["Location"]).text
    for ground in ("2 §:n 3 tai 4 momentin henkilö", "lasten kotihoidon tuki", "toimeentulotuki muuten kuin tilapäisesti"):
        assert ground in shown
    with in_vantaa(app) as session:
        assert facts_of_clients(session, [client])[client].facts.assessment_grounds == {"A2", "A3", "A4", "A5"}, "those of an earlier one too"
        session.execute(text("UPDATE assessment SET status = 'CANCELLED' WHERE client_id = :key"), {"key": client})
        assert facts_of_clients(session, [client])[client].facts.assessment_grounds == set()
        session.rollback()


def test_a_young_persons_ground_ends_with_the_age_wherever_it_stands(sqlite_app: Flask, desk: Browser) -> None:
    client = permitted(sqlite_app, TODAY - timedelta(days=100), birth_date=TODAY - relativedelta(years=23))
    sentence = "täyttää 23 vuotta (laki 681/2023, 2 §)"
    for answer in (start(desk, client, ground="A6"), start(desk, client, "A6")):
        assert answer.status_code == 422 and answer.text.count(sentence) == 2, "once over the form and once at the field"
    place = start(desk, client).headers["Location"]
    answer = send(desk, f"/assessment-grounds/add?assessment={place.rsplit('/', 1)[-1]}", ground="A6")
    assert answer.status_code == 422 and sentence in answer.text
    young = start(desk, client, "A6", started_on=(TODAY - timedelta(days=1)).isoformat())
    assert young.status_code == 303, "what counts is the day it began"


def test_after_three_years_only_a_victim_is_assessed_and_with_a_reason(sqlite_app: Flask, desk: Browser) -> None:
    granted = TODAY - relativedelta(years=3, days=5)
    ended = granted + relativedelta(years=3)
    client = permitted(sqlite_app, granted)
    answer = start(desk, client)
    assert answer.status_code == 422 and f"päättyi {ended.day}.{ended.month}.{ended.year}" in answer.text and "681/2023, 14 §" in answer.text
    # Who may not know of trafficking chooses no such ground and gives no such reason.
    assert start(desk, client, "A7", over_three_years_reason="x").status_code == 422
    lead = Browser(sqlite_app).sign_in("bengt")
    assert start(lead, client, started_on=ended.isoformat(), ground="A7", over_three_years_reason="x").status_code == 422
    assert start(lead, client, "A7").status_code == 422
    done = start(lead, client, "A7", over_three_years_reason="Tunnistettiin vasta nyt")
    place = done.headers["Location"]
    edit = place.replace("show", "edit")
    assert done.status_code == 303 and all("Tunnistettiin vasta nyt" in lead.get(path).text for path in (place, edit))
    for path in (place, edit, place.replace("show", "history")):
        seen = desk.get(path)
        assert seen.status_code == 200 and "Tunnistettiin" not in seen.text and "kolmen vuoden jälkeen" not in seen.text
    page = typed(lead.get(edit))
    removed = {**page, "grounds-0-_removed": "y"}
    assert lead.post(edit, **removed).status_code == 422, "without the ground the reason does not carry it"
    assert lead.post(edit, **page).status_code == 303
    assert desk.post(edit, **typed(desk.get(edit), channel="PHONE", channel_reason="Matka on pitkä")).status_code == 303
    assert "Tunnistettiin vasta nyt" in lead.get(place).text, "what a reader does not see is kept"


def test_the_ground_that_carries_a_late_assessment_stays_at_its_own_address_too(sqlite_app: Flask, desk: Browser) -> None:
    client = permitted(sqlite_app, TODAY - relativedelta(years=3, days=5))
    lead = Browser(sqlite_app).sign_in("bengt")
    key = start(lead, client, "A7", "A3", over_three_years_reason="Tunnistettiin vasta nyt").headers["Location"].rsplit("/", 1)[-1]
    with in_vantaa(sqlite_app) as session:
        rows = dict(session.execute(select(AssessmentGround.ground, AssessmentGround.id).where(AssessmentGround.assessment_id == key)).tuples().all())
    victim = f"/assessment-grounds/show/{rows['A7']}"
    for browser in (lead, desk):
        browser.get(victim)
        answer = browser.post(victim.replace("show", "delete"))
        assert (answer.status_code, answer.headers["Location"]) == (303, victim)
        assert ("lag 681/2023, 14 §" if browser is lead else "laki 681/2023, 14 §") in browser.get(victim).text.replace("\xa0", " ")
    changed = send(lead, victim.replace("show", "edit"), ground="A5")
    assert changed.status_code == 422 and "lag 681/2023, 14 §" in changed.text.replace("\xa0", " ")
    assert desk.post(victim.replace("show", "edit"), **typed(desk.get(victim.replace("show", "edit")))).status_code == 303, "as it was"
    # Another ground carries nothing and goes; a first ground that carries it lets the further one go.
    desk.get(f"/assessment-grounds/show/{rows['A3']}")
    assert desk.post(f"/assessment-grounds/delete/{rows['A3']}").status_code == 303
    with in_vantaa(sqlite_app) as session:
        assert set(session.scalars(select(AssessmentGround.ground).where(AssessmentGround.assessment_id == key))) == {"A7"}
        session.get_one(Assessment, key).ground = "A7"
        session.commit()
    lead.get(victim)
    assert lead.post(victim.replace("show", "delete")).headers["Location"] == f"/assessments/show/{key}"


def test_a_childs_assessment_may_be_left_undone_for_another_plan(sqlite_app: Flask, desk: Browser) -> None:
    client, key = assessed(sqlite_app)
    place = f"/assessments/skip/{key}"
    assert place not in desk.get(f"/assessments/show/{key}").text
    answer = send(desk, place, skipped_reason="Suunnitelma kattaa")
    assert answer.status_code == 422 and "Vain lapsen tai nuoren arviointi" in answer.text
    with in_vantaa(sqlite_app) as session:
        session.add(AssessmentGround(client_id=client, org_id=VANTAA, assessment_id=key, ground="A6"))
        session.commit()
    assert place in desk.get(f"/assessments/show/{key}").text
    assert send(desk, place, skipped_reason="").status_code == 422
    assert send(desk, place, skipped_reason="Lastensuojelun suunnitelma kattaa").status_code == 303
    assert stand(sqlite_app, client, key) == ("GUIDANCE", "COMPLETED")
    assert "Lastensuojelun suunnitelma kattaa" in desk.get(f"/assessments/show/{key}").text
    with in_vantaa(sqlite_app) as session:
        assert session.get_one(Assessment, key).outcome == "OTHER_PLAN"


def order(browser: Browser, key: str, **values: Any) -> Any:
    return send(browser, f"/clarifying-measures/add?assessment={key}", measure="C1", **values)


def test_measures_lead_the_assessment_to_clarifying_and_back(app: Flask, aino: Browser) -> None:
    client, key = assessed(app, "INTERVIEW_HELD")
    first = order(aino, key).headers["Location"].rsplit("/", 1)[-1]
    assert stand(app, client, key)[1] == "CLARIFYING"
    second = order(aino, key).headers["Location"].rsplit("/", 1)[-1]
    edit = f"/clarifying-measures/edit/{first}"
    assert "869/2024, 3 §" in send(aino, edit, done_on=TODAY.isoformat()).text
    assert send(aino, edit, done_on=TODAY.isoformat(), result="Osaa hitsata").status_code == 303
    assert stand(app, client, key)[1] == "CLARIFYING", "the other one is open"
    answer = send(aino, f"/assessments/complete/{key}", outcome="NO_NEED")
    assert answer.status_code == 422 and "Tarkentava toimenpide on kesken" in answer.text
    assert send(aino, f"/clarifying-measures/edit/{second}", called_off_reason="Ei tarvita").status_code == 303
    assert stand(app, client, key)[1] == "INTERVIEW_HELD"
    third = order(aino, key).headers["Location"].rsplit("/", 1)[-1]
    assert stand(app, client, key)[1] == "CLARIFYING"
    aino.get(f"/clarifying-measures/show/{third}")
    assert aino.post(f"/clarifying-measures/delete/{third}").status_code in (302, 303)
    assert stand(app, client, key)[1] == "INTERVIEW_HELD"
    assert send(aino, f"/assessments/complete/{key}", outcome="NO_NEED").status_code == 303
    for place in (edit, f"/clarifying-measures/add?assessment={key}", f"/restricted-sections/add?assessment={key}", f"/assessment-grounds/add?assessment={key}"):
        assert aino.get(place).status_code == 409, place


def test_no_measure_comes_before_the_interview(sqlite_app: Flask, desk: Browser) -> None:
    _client, key = assessed(sqlite_app, "INTERVIEW_BOOKED")
    assert desk.get(f"/clarifying-measures/add?assessment={key}").status_code == 409


def restricted(browser: Browser, key: str, section: str, **values: Any) -> Any:
    fields = {"section": section, "purpose_reason": "Vaikuttaa opintoihin", "content": "Kanarialintu", "source": "CLIENT", **values}
    return send(browser, f"/restricted-sections/add?assessment={key}", **fields)


def test_health_and_ability_stand_apart(app: Flask, aino: Browser) -> None:
    client, key = assessed(app, "INTERVIEW_HELD")
    with in_vantaa(app) as session:
        session.get_one(Client, client).responsible_worker_id = None
        session.commit()
    assert restricted(aino, key, "ABILITY", purpose_reason="").status_code == 422, "V9: the purpose has its reason"
    shown = restricted(aino, key, "ABILITY").headers["Location"]
    row = shown.rsplit("/", 1)[-1]
    with in_vantaa(app) as session:
        stored = session.execute(text("SELECT content FROM restricted_section WHERE id = :key"), {"key": row}).scalar_one()
    assert b"Kanarialintu" not in bytes(stored)
    for place in (shown, f"/assessments/show/{key}", f"/assessments/edit/{key}", f"/restricted-sections/history/{row}", f"/clients/show/{client}?tab=assessment"):
        page = aino.get(place)
        assert page.status_code == 200 and "Kanarialintu" not in page.text, place
    assert aino.post(f"/restricted-sections/restricted/{row}").status_code == 403, "only who is responsible opens it"
    bengt = Browser(app).sign_in("bengt")
    bengt.get(shown)
    with recorded(app) as told:
        assert "Kanarialintu" in bengt.post(f"/restricted-sections/restricted/{row}").text
    assert [event.name for event in told()] == ["restricted_section:restricted_read"]
    export = bengt.get("/assessments/export/csv")
    assert "Kanarialintu" not in export.text


def test_who_may_open_a_restricted_section_may_put_it_right(sqlite_app: Flask, desk: Browser) -> None:
    client, key = assessed(sqlite_app, "INTERVIEW_HELD")
    shown = restricted(desk, key, "ABILITY").headers["Location"]
    edit, row = shown.replace("show", "edit"), shown.rsplit("/", 1)[-1]
    with in_vantaa(sqlite_app) as session:
        session.get_one(Client, client).responsible_worker_id = None
        session.commit()
    assert desk.get(edit).status_code == 403 and edit not in desk.get(shown).text, "only who is responsible opens it"
    desk.get(shown)
    assert desk.post(edit, content="Varpunen").status_code == 403
    lead = Browser(sqlite_app).sign_in("bengt")
    assert edit in lead.get(shown).text
    with recorded(sqlite_app) as told:
        assert "Kanarialintu" in lead.get(edit).text
    assert {event.name for event in told()} == {"restricted_section:opened", "restricted_section:restricted_read"}
    form = typed(lead.page, content="Varpunen")
    assert lead.post(edit, **{**form, "purpose_reason": ""}).status_code == 422, "V9: the purpose has its reason"
    with recorded(sqlite_app) as told:
        assert lead.post(edit, **form).status_code == 303
    [event] = [event for event in told() if event.name == "restricted_section:changed"]
    with in_vantaa(sqlite_app) as session:
        stored = session.execute(text("SELECT content FROM restricted_section WHERE id = :key"), {"key": row}).scalar_one()
    lead.get(shown)
    assert b"Varpunen" not in bytes(stored) and "content" in event.fields and "Varpunen" in lead.post(f"/restricted-sections/restricted/{row}").text
    for place in (shown, f"/restricted-sections/history/{row}", f"/restricted-sections/history/{row}?version=1&other=2"):
        page = lead.get(place)
        assert page.status_code == 200 and "Varpunen" not in page.text and "Kanarialintu" not in page.text, place
    with in_vantaa(sqlite_app) as session:
        session.get_one(Assessment, key).status = "COMPLETED"
        session.commit()
    assert lead.get(edit).status_code == 409


def test_no_other_role_sees_that_there_is_any(sqlite_app: Flask, desk: Browser) -> None:
    _client, key = assessed(sqlite_app, "INTERVIEW_HELD")
    row = restricted(desk, key, "ABILITY").headers["Location"].rsplit("/", 1)[-1]
    assert {role for role, views in ROLES.items() if "RestrictedSectionView" in views} == {"CASEWORKER", "TEAM_LEAD"}
    for person in ("veera", "pekka", "lotta", "kaisa"):
        browser = Browser(sqlite_app).sign_in(person)
        for place in ("list/", f"show/{row}", f"history/{row}", f"add?assessment={key}"):
            assert browser.get(f"/restricted-sections/{place}").status_code in (403, 404), (person, place)


def test_needs_of_health_services_are_written_only_with_the_county(sqlite_app: Flask, desk: Browser) -> None:
    client, key = assessed(sqlite_app, "INTERVIEW_HELD")
    answer = restricted(desk, key, "HEALTH_NEEDS")
    assert answer.status_code == 422 and "vain, kun hyvinvointialue osallistuu" in answer.text
    county = organisation_key("WELLBEING_COUNTY", "04")
    with in_vantaa(sqlite_app) as session:
        row = Participation(client_id=client, org_id=VANTAA, organisation_id=county, matter="ASSESSMENT", assessment_id=key, profile="ASSESSMENT_PART",
                            purpose="ASSESSMENT_PARTICIPATION", reason="x", valid_to=TODAY + timedelta(days=9))  # fmt: skip
        session.add(row)
        session.commit()
        assert restricted(desk, key, "HEALTH_NEEDS").status_code == 422, "an invitation is no part yet"
        row.accepted_at = now()
        session.commit()
    assert restricted(desk, key, "HEALTH_NEEDS").status_code == 303
    with in_vantaa(sqlite_app) as session:
        # The installation is shared with other tests of this county's part.
        session.execute(delete(Participation).where(Participation.assessment_id == key))
        session.commit()


SOURCED = sorted((mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, Sourced)), key=lambda model: model.__name__)


@pytest.mark.parametrize("model", SOURCED, ids=lambda model: model.__name__)
def test_every_fact_tells_its_source(sqlite_app: Flask, desk: Browser, model: Any) -> None:
    """V14: no form takes a fact without its source, and the refusal names § 73."""
    sentence = "Kerro, mistä tieto on saatu (laki 681/2023, 73 §)."
    if model is InterviewSection:
        _client, key = assessed(sqlite_app)
        place = f"/assessments/interview/{key}"
        answer = send(desk, place, LITERACY_summary="Lukee", LITERACY_source="")
        assert answer.status_code == 422 and answer.text.count(sentence) == 2, "of the section with a text: over the form and at the field"
        return
    views = [view for view in sqlite_app.appbuilder.baseviews if getattr(getattr(view, "datamodel", None), "obj", None) is model]  # type: ignore[attr-defined]
    assert views, "a fact of its own has pages"
    for view in views:
        for kind in ("add", "edit"):
            columns = getattr(view, f"{kind}_columns")
            if f"can_{kind}" not in view.base_permissions:
                continue
            assert "source" in columns, (view, kind)
            with sqlite_app.test_request_context(headers={"Accept-Language": "fi"}):
                form = getattr(view, f"{kind}_form")(data={}, meta={"csrf": False})
                form.validate()
                form.source.data, form.source.raw_data = None, [""]
                form.source.validate(form)
                assert [str(error) for error in form.source.errors] == [sentence], view

