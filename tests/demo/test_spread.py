"""Invented clients stand everywhere a client can stand, some of them late, and live where people live."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.assessments.models import Assessment
from app.clients.facts import EducationRecord, FamilyLink, LanguageSkill, Note, WorkRecord
from app.clients.models import Client
from app.clients.reminders import ClientReminder
from app.codes.lists import values
from app.db.base import db
from app.demo.source import homes
from app.organisations.models import organisation_key
from app.plans.models import IntegrationPlan
from app.reviews.models import Hindrance, PlanReview
from app.users.models import User
from tests.demo.conftest import ON

STAGES, ASSESSMENTS, PLANS = "CLIENT_STATUS", "ASSESSMENT_STATUS", "PLAN_STATUS"


def codes(name: str) -> set[str]:
    return {value.code for value in values(name)}


def late(rows: Any, on: date = ON) -> dict[str, set[str]]:
    """Give the clients whose next step is overdue, by kind. The limits without a number in the act count as 14 days."""
    begun = {row.client_id for row in rows(Assessment)}
    plans, planned = rows(IntegrationPlan), {row.client_id for row in rows(IntegrationPlan)}
    limit = on - timedelta(days=14)
    return {
        "assessment": {row.id for row in rows(Client) if row.status == "ASSESSMENT_DUE" and row.relationship_started < limit and row.id not in begun},
        "plan": {row.client_id for row in rows(Assessment) if row.outcome == "PLAN" and row.completed_on < limit and row.client_id not in planned},
        "draft": {row.client_id for row in plans if row.status == "DRAFT" and row.drawn_up_date < limit},
        "review": {row.client_id for row in plans if row.status == "IN_FORCE" and row.planned_review_date < on <= row.valid_to},
        "end": {row.client_id for row in plans if row.status == "IN_FORCE" and row.valid_to < on},
    }


def test_clients_stand_at_every_stage(rows: Any) -> None:
    assert {row.status for row in rows(Client)} == codes(STAGES)


def test_three_hundred_clients_stand_at_every_stage(sqlite_app: Flask) -> None:

    with sqlite_app.app_context(), system_scope():
        assert set(db.session.scalars(select(Client.status))) == codes(STAGES)


def test_assessments_stand_at_every_status_and_with_every_outcome(rows: Any) -> None:
    assert {row.status for row in rows(Assessment)} == codes(ASSESSMENTS)
    assert {row.outcome for row in rows(Assessment) if row.outcome} == codes("ASSESSMENT_OUTCOME")


def test_plans_stand_at_every_status(rows: Any) -> None:
    assert {row.status for row in rows(IntegrationPlan)} == codes(PLANS)


def test_plans_that_lasted_were_reviewed_for_every_reason_and_with_every_progress(rows: Any) -> None:
    reviews = rows(PlanReview)
    assert {row.initiator for row in reviews} == codes("REVIEW_INITIATOR") and {row.progress for row in reviews} == codes("PROGRESS")
    assert {row.hindrance for row in rows(Hindrance)} == codes("HINDRANCE")
    reviewed = {row.plan_id for row in reviews}
    for status, share in (("SUPERSEDED", 0.9), ("ENDED", 0.5), ("IN_FORCE", 0.2), ("DRAFT", 0), ("AGREED", 0)):
        plans = [row.id for row in rows(IntegrationPlan) if row.status == status]
        assert share <= len(reviewed & set(plans)) / len(plans) <= share + 0.25, status


def test_some_reviews_are_late_though_an_earlier_one_was_held(rows: Any) -> None:
    reviewed, on_time = {row.client_id for row in rows(PlanReview)}, [row for row in rows(PlanReview) if row.reviewed_on <= row.planned_on]
    late_ones = late(rows)["review"]
    assert 5 < len(late_ones & reviewed) < len(late_ones) and len(on_time) > len(rows(PlanReview)) / 2


@pytest.mark.parametrize("kind", ["assessment", "plan", "draft", "review", "end"])
def test_some_are_late_and_most_are_not(rows: Any, kind: str) -> None:
    found = late(rows)[kind]
    assert 10 <= len(found) <= 160


def test_aino_answers_for_about_forty_clients_and_some_of_them_are_late(rows: Any) -> None:
    users = {user.username: user.id for user in rows(User)}
    clients = [row for row in rows(Client) if row.org_id == organisation_key("MUNICIPALITY", "092")]
    mine = {row.id for row in clients if row.responsible_worker_id == users["aino"]}
    assert 30 <= len(mine) <= 55
    assert sum(bool(mine & found) for found in late(rows).values()) >= 3
    others = {row.responsible_worker_id for row in clients} - {users["aino"]}
    assert None in others and len(others) > 5 and users["bengt"] not in others


def test_porvoo_has_clients_for_cecilia(rows: Any) -> None:
    users = {user.username: user.id for user in rows(User)}
    mine = [row for row in rows(Client) if row.responsible_worker_id == users["cecilia"]]
    assert len(mine) >= 30 and {row.org_id for row in mine} == {organisation_key("MUNICIPALITY", "638")}


def test_clients_live_where_the_population_file_says(rows: Any) -> None:
    found = Counter(row.home_municipality_id for row in rows(Client))
    places, weights = homes()
    total = sum(weights)
    assert len(found) > 100
    for home, weight in zip(places, weights, strict=True):
        if weight / total > 0.02:
            assert found[home.key] / 2000 == pytest.approx(weight / total, rel=0.25), home.name_fi


def test_a_few_addresses_are_protected(rows: Any) -> None:
    assert 0.01 <= sum(row.non_disclosure for row in rows(Client)) / 2000 <= 0.035


def test_each_reason_for_having_no_identity_code_is_there(rows: Any) -> None:
    assert {row.no_identity_code_reason for row in rows(Client) if not row.identity_code} == codes("NO_HETU_REASON")
    assert all(row.non_disclosure for row in rows(Client) if row.no_identity_code_reason == "PROTECTED")


def test_most_early_clients_need_an_interpreter(rows: Any) -> None:
    early = [row for row in rows(Client) if row.status in ("INTAKE", "ASSESSMENT_DUE", "ASSESSMENT_OPEN")]
    assert sum(row.interpreter_needed for row in early) / len(early) > 0.6


def test_clients_are_family_to_each_other_and_to_people_outside(rows: Any) -> None:
    names = {f"{row.given_names} {row.family_name}" for row in rows(Client)}
    links = rows(FamilyLink)
    inside = [link for link in links if link.person_name in names and link.same_household]
    assert len(inside) > 300 and len(links) - len(inside) > 300


def test_some_clients_have_a_reminder_and_some_reminders_a_day(rows: Any) -> None:
    found, closed = rows(ClientReminder), {row.id for row in rows(Client) if row.status in ("CLOSED", "PLAN_ENDED")}
    days = [row.due_on for row in found if row.due_on]
    assert 150 <= len(found) <= 400 and 0.5 <= len(days) / len(found) <= 0.9 and not closed & {row.client_id for row in found}
    assert min(days) < ON < max(days) and len({row.content for row in found}) > 12


def test_languages_are_told_by_part_and_a_second_one_beside(rows: Any) -> None:
    skills = rows(LanguageSkill)
    assert {skill.part for skill in skills} == codes("SKILL_PART")
    assert len({skill.client_id for skill in skills if skill.language not in ("fi", "sv")}) > 600


def test_texts_are_many_and_in_the_language_of_service(rows: Any) -> None:
    swedish = {row.id for row in rows(Client) if row.service_language == "sv"}
    notes: dict[bool, set[str]] = {True: set(), False: set()}
    for note in rows(Note):
        notes[note.client_id in swedish].add(note.content)
    assert len(notes[True]) > 24 and len(notes[False]) > 24 and not notes[True] & notes[False]
    assert len({row.follow_up for row in rows(IntegrationPlan)}) >= 24
    assert len({row.occupation for row in rows(WorkRecord)}) > 40
    assert len({row.qualification for row in rows(EducationRecord)}) > 20
