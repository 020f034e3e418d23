"""Children, tasks, rights and oversight at the edges: rows and days chosen so that the sum is known, on each database."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.assessments.models import AssessmentGround
from app.children.models import Representative
from app.db.types import now
from app.examinations.models import LogFinding, LogRule
from app.imports.models import ImportBatch, ImportChange
from app.obligations.models import ClientObligation
from app.organisations.models import organisation_key
from app.retention.models import ClientDeletion
from app.transfers.models import TransferRequest
from app.users.models import AccessGrant, User
from tests.support.town import HOME, Town

Q = "2026Q3"
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
BEFORE, AFTER = date(2026, 6, 30), date(2026, 10, 1)
OTHER = organisation_key("MUNICIPALITY", "092")
# Nine in the evening in Helsinki is still the same day, half past nine in UTC is the next one there.
EVENING, NIGHT = datetime(2026, 9, 30, 18, 0, tzinfo=UTC), datetime(2026, 9, 30, 21, 30, tzinfo=UTC)


def user(town: Town) -> int:
    return int(town.session.scalars(select(User.id).order_by(User.id)).unique().first() or 0)


@pytest.mark.parametrize(
    ("born", "sums", "ahead"),
    [
        (date(2003, 9, 30), (0, 0), {}), (date(2003, 10, 1), (1, 0), {"6": (1, 0)}), (date(2004, 3, 30), (1, 0), {"6": (1, 0)}),
        (date(2004, 3, 31), (1, 0), {"12": (1, 0)}), (date(2004, 9, 30), (1, 0), {"12": (1, 0)}), (date(2004, 10, 1), (1, 0), {}),
    ],
)  # fmt: skip
def test_support_ends_at_the_23rd_birthday(town: Town, born: date, sums: Any, ahead: Any) -> None:
    town.row(Representative, town.client(birth_date=born), known_on=date(2019, 1, 1), source="CLIENT")
    assert town.whole("I80", Q) == sums
    assert town.by("I82", Q, "MONTHS_AHEAD") == ahead


def test_the_group_is_known_by_a_representative_or_by_the_ground_of_an_assessment(town: Town) -> None:
    first, further, cancelled, ended, _none = (town.client(birth_date=date(2008, 9, 30), **columns) for columns in ({}, {}, {}, {"relationship_ended": LAST}, {}))
    town.assessment(first, BEFORE, ground="A6")
    town.row(AssessmentGround, further, assessment_id=town.assessment(further, BEFORE), ground="A6")
    town.assessment(cancelled, BEFORE, ground="A6", status="CANCELLED")
    town.assessment(ended, BEFORE, ground="A6")
    assert town.whole("I80", Q) == (2, 0) and town.by("I80", Q, "YOUTH_AGE") == {"18-20": (2, 0)}


def test_the_first_decision_of_the_period_tells_how_long_it_took(town: Town) -> None:
    client = town.client(birth_date=date(2012, 1, 1))
    for known, decided in ((date(2026, 6, 1), date(2026, 7, 1)), (date(2026, 7, 2), date(2026, 9, 30)), (None, date(2026, 8, 1)), (date(2026, 6, 1), AFTER)):
        town.row(Representative, client, known_on=known, decided_on=decided, source="CLIENT")
    assert town.spread("I81", Q) == Counter([30])


def task(town: Town, client: str, due: date, *, rule: str = "R07", in_queue: bool = True, warn_on: date | None = None, worker: int | None = None) -> None:
    key = town.row(ClientObligation, client, rule=rule, kind="HARD", state="OPEN", due_on=due, warn_on=warn_on, owner="CASEWORKER_MUNICIPALITY",
                   section="x", start_type="PLAN_DRAWN_UP", start_on=due, in_queue=in_queue, derived_on=due, worker_id=worker)  # fmt: skip
    assert key


def test_tasks_are_told_by_how_soon_they_are_due(town: Town) -> None:
    client = town.client()
    for days in (-1, 0, 7, 8, 30, 31, 90, 91):
        task(town, client, LAST + timedelta(days=days))
    task(town, client, LAST, in_queue=False)
    task(town, client, LAST, rule="R05", warn_on=AFTER)
    task(town, client, LAST, rule="R18:QUOTA", warn_on=LAST)
    assert town.by("I91", Q, "DUE_IN") == {"LATE": (1, 0), "7": (3, 0), "30": (2, 0), "90": (2, 0)}
    assert town.by("I91", Q, "RULE") == {"R07": (7, 0), "R18": (1, 0)}


def test_load_is_told_by_worker_and_names_nobody(town: Town) -> None:
    busy = user(town)
    clients = [town.client(responsible_worker_id=busy) for _number in range(3)]
    town.client(responsible_worker_id=busy, relationship_ended=LAST)
    town.client()
    task(town, clients[0], LAST - timedelta(days=1), worker=busy)
    task(town, clients[0], LAST + timedelta(days=30), worker=busy)
    task(town, clients[0], LAST + timedelta(days=31), worker=busy)
    assert town.spread("I90", Q) == Counter([3])
    assert {value: cell.spread for (key, value), cell in town._cells("I90", Q, None).items() if key} == {"DUE": Counter([1]), "LATE": Counter([1])}


def test_what_is_kept_of_ended_relationships_waits_for_its_four_years(town: Town) -> None:
    for ended in (date(2022, 9, 30), date(2022, 10, 1), date(2023, 9, 29), date(2024, 9, 30), LAST, AFTER):
        town.client(relationship_ended=ended)
    town.client(relationship_ended=date(2022, 9, 30), hold_reason="PENDING_MATTER")
    town.client(relationship_ended=LAST, hold_reason="STATUTORY_TASK")
    for day, number in ((BEFORE, 7), (FIRST, 2), (LAST, 1), (AFTER, 7)):
        town.session.add(ClientDeletion(org_id=HOME, deleted_on=day, clients=number))
    assert town.by("I94", Q, "RETENTION") == {
        "DUE": (1, 0), "YEAR": (2, 0), "LATER": (2, 0), "PENDING_MATTER": (1, 0), "STATUTORY_TASK": (1, 0), "DELETED": (3, 0),
    }  # fmt: skip


def grant(town: Town, **columns: Any) -> None:
    known = {"user_id": user(town), "organisation_id": HOME, "role": "CASEWORKER", "basis": "B1", "valid_from": date(2026, 1, 1), "opened_at": EVENING}
    town.session.add(AccessGrant(**{**known, **columns}))
    town.session.flush()


def test_rights_in_force_are_used_unused_or_about_to_end(town: Town) -> None:
    grant(town, last_used_on=LAST - timedelta(days=90))
    grant(town, last_used_on=LAST - timedelta(days=91), role="TEAM_LEAD", valid_to=LAST + timedelta(days=28))
    grant(town, valid_from=date(2026, 9, 1), valid_to=LAST + timedelta(days=29), organisation_id=organisation_key("WELLBEING_COUNTY", "04"),
          grantor_id=HOME, role="WSC_PARTICIPANT")  # fmt: skip
    assert town.whole("I95", Q) == (3, 0)
    assert town.by("I95", Q, "RIGHT_STATE") == {"IN_USE": (2, 0), "UNUSED": (1, 0), "EXPIRES": (1, 0)}
    assert town.by("I95", Q, "RIGHT_HOLDER") == {"MUNICIPALITY": (2, 0), "WELLBEING_COUNTY": (1, 0)}


@pytest.mark.parametrize(
    "columns", [{"opened_at": None}, {"opened_at": NIGHT}, {"valid_to": LAST - timedelta(days=1)}, {"valid_from": AFTER}, {"ended_at": EVENING}, {"grantor_id": OTHER}]
)
def test_a_right_that_is_not_in_force_or_not_granted_here_is_not_counted(town: Town, columns: dict[str, Any]) -> None:
    grant(town, **columns)
    assert town.whole("I95", Q) == (0, 0)


def test_a_right_that_ends_after_the_day_is_in_force_on_it(town: Town) -> None:
    grant(town, ended_at=NIGHT)
    assert town.whole("I95", Q) == (1, 0)


def test_findings_are_open_until_they_are_decided(town: Town) -> None:
    rule = LogRule(kind="NIGHT", org_id=HOME, owner_id=user(town), created_by=user(town))
    town.session.add(rule)
    town.session.flush()
    for day, found, decided, reporter in ((1, FIRST, EVENING, None), (2, date(2026, 9, 20), NIGHT, organisation_key("NATIONAL_AGENCY", "KEHA")),
                                          (3, LAST, None, None), (4, AFTER, None, None), (5, BEFORE, None, None)):  # fmt: skip
        town.session.add(LogFinding(rule_id=rule.id, kind="NIGHT", org_id=HOME, concerns_id=HOME, user_id=user(town), day=date(2026, 6, day), readings=1,
                                    clients=1, found_on=found, due_on=found, decided_at=decided, reported_by_id=reporter))  # fmt: skip
    town.session.flush()
    assert town.spread("I96", Q) == Counter([91, 10, 0])
    assert town.by("I96", Q, "FINDING_STAGE") == {"DECIDED": (1, 0), "OPEN": (2, 0)}
    assert town.by("I96", Q, "FINDING_REPORTED") == {"YES": (1, 0), "NO": (2, 0)}


def test_disclosures_are_told_by_receiver_and_ground(town: Town) -> None:
    client = town.client()
    town.plan(client, date(2026, 3, 3), kela_told_on=FIRST)
    for status, ended in (("COMPLETED", LAST), ("COMPLETED", AFTER), ("REJECTED", LAST)):
        town.session.add(TransferRequest(way="PUSHED", status=status, from_id=HOME, to_id=OTHER, org_id=HOME, sections="", consent_on=FIRST,
                                         consent_language="uk", sent_on=FIRST, due_on=LAST, ended_on=ended))  # fmt: skip
    town.session.flush()
    assert town.by("I97", Q, "RECEIVER") == {"KELA": (1, 0), "MUNICIPALITY": (1, 0)}
    assert town.by("I97", Q, "DISCLOSURE_GROUND") == {"88.1": (1, 0), "86.4": (1, 0)}


def test_a_municipality_is_in_use_with_a_right_and_a_client(town: Town) -> None:
    assert town.figures("I98", Q) == {}
    client = town.client()
    assert town.whole("I98", Q) == (0, 0) and town.by("I98", Q, "ADOPTION") == {"CLIENTS": (1, 0)}
    grant(town)
    batch = ImportBatch(name="x", product="x", org_id=HOME, status="COMMITTED", committed_at=EVENING)
    town.session.add(batch)
    town.session.flush()
    for position, (kind, undone) in enumerate((("CREATED", None), ("CREATED", "REVERSED"), ("CREATED", "KEPT"), ("UPDATED", None))):
        town.session.add(ImportChange(batch_id=batch.id, org_id=HOME, position=position, bundle=1, kind=kind, entity="client", row_id=client,
                                      client_id=client, content="{}", undone=undone))  # fmt: skip
    town.session.flush()
    assert town.whole("I98", Q) == (1, 0) and town.spread("I98", Q) == Counter([2])
    assert town.by("I98", Q, "ADOPTION") == {"CLIENTS": (1, 0), "USERS": (1, 0), "MIGRATED": (1, 0)}
    batch.undone_at = now()
    town.session.flush()
    assert town.by("I98", Q, "ADOPTION") == {"CLIENTS": (1, 0), "USERS": (1, 0)}


def test_protected_are_open_clients_under_non_disclosure(town: Town) -> None:
    town.client(non_disclosure=True)
    town.client(non_disclosure=True, relationship_ended=LAST)
    town.client()
    assert town.whole("I99", Q) == (1, 0)
