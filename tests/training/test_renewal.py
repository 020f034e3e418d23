"""Nightly renewal: histories stay as old as they were, and nothing grows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Date, DateTime, func, select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.clients.rules import age_on
from app.core.identity_code import birth_date
from app.db.base import Model
from app.db.types import UtcDateTime, blind_index, now
from app.examinations.models import LogFinding, LogFindingReading
from app.jobs.access import as_system
from app.obligations.models import ClientObligation
from app.plans.upkeep import upkeep as upkeep_of_plans
from app.rights.models import RightApplication
from app.rights.upkeep import upkeep as upkeep_of_rights
from app.training.places.actions import load_place
from app.training.places.models import TrainingPlace
from app.training.places.persons import client_key
from app.training.places.renewal import ALSO_MOVED, code_later, moved_columns, renew
from app.training.places.staff import NO_PASSWORD
from app.training.places.stories import STORIES
from app.transfers.run import run as run_transfers
from app.users.models import AccessGrant

Trained = tuple[Flask, Flask, dict[str, Any]]
# Months have 28 to 31 days, and a day that ends on a Sunday or a holiday moves on: as far apart the same limit may be on two days.
SLACK = 9
# Tables with days of their own that are real: accounts and rights, letters, the worker, the log and its examination, files of a move, figures.
REAL = {
    "ab_register_user", "ab_user", "ab_api_key", "audit_event", "audit_seal", "duty_run", "outgoing_mail", "report_chart", "report_period", "report_series",
    "organisation", "directory", "directory_account", "directory_state", "directory_group", "form_receipt", "half_sign_in", "import_batch", "import_decision",
    "import_mapping", "import_question", "import_certificate", "import_file", "import_undo_request", "local_role", "log_rule", "log_finding",
    "log_finding_event", "log_finding_reading", "queue_calendar", "queue_digest", "recovery_code", "report_run", "report_sanity", "report_subscription",
    "report_letter", "right_application", "right_event", "search_memo", "second_factor", "access_grant", "draft", "job", "protected_opening", "user_session",
    "training_place", "training_world", "add_on", "api_token", "client_deletion",
    # What is told and set for everybody, who has learned what, and how far each organisation has come.
    "announcement", "code_edit", "environment_mark", "function_switch", "news_entry", "organisation_change", "organisation_use", "report_series_file", "rollout_contact", "rollout_obstacle", "rollout_step", "training_attempt", "training_certificate", "user_profile",
}  # fmt: skip


def test_every_table_with_days_is_moved_derived_or_real() -> None:
    with_days = {table.name for table in Model.metadata.tables.values() if any(isinstance(column.type, Date | DateTime | UtcDateTime) for column in table.columns)}
    moved = {table.name for table, _columns in moved_columns()}
    assert moved >= ALSO_MOVED
    assert with_days - moved - {"client_obligation"} == REAL


def states(session: Session, place_id: str, on: date) -> dict[str, Any]:
    """Give each story's state: what the client is, how old, and its limits with their distance to the day."""
    seed, found = session.get_one(TrainingPlace, place_id).seed, {}
    for story in STORIES:
        client = session.get_one(Client, client_key(seed, story.key))
        limits = session.scalars(select(ClientObligation).where(ClientObligation.client_id == client.id))
        rules = sorted((row.rule, row.state, row.start_type, (row.due_on - on).days, row.due_on < on and row.in_queue) for row in limits)
        found[story.key] = (client.status, age_on(client.birth_date, on), rules)
    return found


def assert_alike(first: dict[str, Any], then: dict[str, Any]) -> None:
    for key, (status, age, rules) in first.items():
        assert then[key][:2] == (status, age), key
        assert [row[:3] for row in then[key][2]] == [row[:3] for row in rules], key
        assert [row[4] for row in then[key][2]] == [row[4] for row in rules], key
        assert all(abs(now[3] - before[3]) <= SLACK for before, now in zip(rules, then[key][2], strict=True)), (key, rules, then[key][2])


def counts(session: Session) -> dict[str, int]:
    """Count every table; of the limits those of places only, since what began in the country under the law before 2025 comes under the present one."""
    found = {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in Model.metadata.tables.values()}
    places = select(TrainingPlace.municipality_id)
    found["client_obligation"] = session.scalar(select(func.count()).select_from(ClientObligation).where(ClientObligation.org_id.in_(places))) or 0
    return found


def test_the_stories_stay_as_they_are_for_four_hundred_days(trained: Trained) -> None:
    _serving, owner, places = trained
    today = date.today()
    nights = [*range(1, 15), 40, 100, *range(180, 186), 260, 330, 365, 366, 400]
    with owner.app_context(), as_system() as session:
        upkeep_of_plans(session, today)
        run_transfers(session, today)
        session.commit()
        first, before = states(session, places["aino"], today), counts(session)
        for number, night in enumerate(nights, start=1):
            on = today + timedelta(days=night)
            renew(session, on)
            session.commit()
            upkeep_of_plans(session, on)
            run_transfers(session, on)
            session.commit()
            assert_alike(first, states(session, places["aino"], on))
            after = counts(session)
            assert after.pop("audit_event") <= before["audit_event"] + number
            assert {name for name, rows in after.items() if rows != before[name]} == set(), on


def test_a_code_tells_the_birth_date_as_it_has_become(trained: Trained) -> None:
    _serving, owner, places = trained
    with owner.app_context(), as_system() as session:
        seed = session.get_one(TrainingPlace, places["aino"]).seed
        before = {story.key: session.get_one(Client, client_key(seed, story.key)).birth_date for story in STORIES}
        renew(session, date.today() + timedelta(days=45))
        for story in STORIES:
            client = session.get_one(Client, client_key(seed, story.key))
            assert client.birth_date == before[story.key] + timedelta(days=45)
            if client.identity_code:
                assert birth_date(client.identity_code) + timedelta(days=story.born_later) == client.birth_date
                assert client.identity_code_digest == blind_index(client.identity_code) and client.identity_code[7] == "9"
        session.rollback()


def test_a_code_goes_from_one_century_to_the_next() -> None:
    assert code_later("311299Y900S", 1, date(2026, 1, 1))[:10] == "010100B900"


def test_rights_of_invented_colleagues_are_never_found_unused(trained: Trained) -> None:
    _serving, owner, _places = trained
    with owner.app_context(), as_system() as session:
        for night in range(30, 400, 30):
            on = date.today() + timedelta(days=night)
            renew(session, on)
            done = upkeep_of_rights(session, on)
        assert done.get("ENDED_UNUSED", 0) == 0 and done.get("ENDED_UNCONFIRMED", 0) == 0


def test_what_waits_in_the_office_is_as_new_as_it_was(trained: Trained) -> None:
    _serving, owner, places = trained
    on = date.today() + timedelta(days=400)
    with owner.app_context(), as_system() as session:
        own = session.get_one(TrainingPlace, places["aino"]).municipality_id
        renew(session, on)
        applications = session.scalars(select(RightApplication).where(RightApplication.organisation_id == own)).unique().all()
        findings = session.scalars(select(LogFinding).where(LogFinding.org_id == own).order_by(LogFinding.day)).unique().all()
        readings = session.scalars(select(LogFindingReading).where(LogFindingReading.finding_id == findings[0].id)).all()
        assert [(row.state, row.valid_from) for row in applications] == [("SENT", on)] * 2 and all(row.valid_to > on for row in applications)
        assert [(row.state, row.day) for row in findings] == [("NEW", on - timedelta(days=4)), ("NEW", on - timedelta(days=2))]
        assert all(row.due_on > on for row in findings) and {row.at.date() for row in readings} == {findings[0].day}
        session.rollback()


def test_an_emptied_place_has_its_office_again(trained: Trained) -> None:
    _serving, owner, places = trained
    with owner.app_context(), as_system() as session:
        place = session.get_one(TrainingPlace, places["aino"])
        own = select(RightApplication).where(RightApplication.organisation_id == place.municipality_id, RightApplication.state == "SENT")
        application = session.scalars(own).unique().all()[0]
        application.state = "REFUSED"
        grant = session.scalars(select(AccessGrant).where(AccessGrant.organisation_id == place.municipality_id, AccessGrant.user.has(password=NO_PASSWORD))).unique().all()[0]
        grant.ended_at, grant.end_reason, person, role = now(), "LEFT", grant.user_id, grant.role
        session.commit()
        load_place(session, place)
        session.commit()
        assert len(session.scalars(own).unique().all()) == 2
        again = select(AccessGrant).where(AccessGrant.user_id == person, AccessGrant.role == role, AccessGrant.ended_at.is_(None))
        assert len(session.scalars(again).unique().all()) == 1
        assert len(session.scalars(select(LogFinding).where(LogFinding.org_id == place.municipality_id)).unique().all()) == 2
