"""Persons at the edges: the last day of a period, a record joined to another, a move, what is recorded later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from app.assessments.models import Assessment, InterviewSection
from app.clients.facts import EducationRecord, ResidenceBasis
from app.participations.models import Participation
from app.plans.models import IntegrationPlan
from app.responsibility.models import ResponsibilityPeriod
from tests.support.persons import Persons, noon, persons_of_nowhere

DAY = date(2026, 9, 30)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture
def made(sqlite_app: Flask) -> Iterator[Persons]:
    with persons_of_nowhere(sqlite_app) as found:
        yield found


def test_a_birthday_on_the_last_day_is_reached(made: Persons) -> None:
    client = made.person(birth_date=date(2008, 9, 30))
    assert made.values(client, BEFORE)["AGE_GROUP"] == "7-17"
    assert made.values(client, DAY)["AGE_GROUP"] == "18-24"


def test_a_record_joined_to_another_is_no_person(made: Persons) -> None:
    kept = made.person()
    made.person(merged_into_id=kept.id)
    assert made.number("I01", "2026Q3") == made.number("I08", "2026Q3") + 1 == 1


@pytest.mark.parametrize(("ended", "number"), [(BEFORE, 0), (DAY, 0), (AFTER, 1), (None, 1)])
def test_a_relationship_that_ended_on_the_last_day_is_over(made: Persons, ended: date | None, number: int) -> None:
    made.person(relationship_ended=ended, status="CLOSED" if ended else "INTAKE")
    assert made.number("I01", "2026Q3") == number


@pytest.mark.parametrize(("started", "number"), [(DAY, 1), (AFTER, 0)])
def test_a_relationship_that_began_on_the_last_day_counts(made: Persons, started: date, number: int) -> None:
    made.person(relationship_started=started)
    assert made.number("I01", "2026Q3") == made.number("I03", "2026Q3") == number


def test_who_moved_away_is_a_client_until_the_day_before(made: Persons) -> None:
    made.person(archived_on=DAY, status="CLOSED")
    assert (made.number("I01", "2026Q3"), made.number("I01", "2026-08")) == (0, 1)


def test_who_moved_here_is_new_on_the_day_of_the_move(made: Persons) -> None:
    client = made.person(relationship_started=date(2025, 3, 1))
    made.add(ResponsibilityPeriod, client, reason="MOVED", starts_on=date(2026, 8, 20))
    assert [made.number("I01", month) for month in ("2026-07", "2026-08")] == [0, 1]
    assert [made.number("I03", month) for month in ("2025-03", "2026-07", "2026-08", "2026-09")] == [0, 0, 1, 0]


def test_a_new_client_of_days_to_come_is_not_counted_yet(made: Persons) -> None:
    made.person(relationship_started=date(2026, 9, 20))
    assert made.number("I03", "2026Q3", date(2026, 9, 19)) == 0
    assert made.number("I03", "2026Q3", date(2026, 9, 20)) == 1


def test_the_responsible_of_the_day_counts_and_the_municipality_where_nobody_is_recorded(made: Persons) -> None:
    client = made.person()
    made.add(
        ResponsibilityPeriod, client, responsible="EMPA_JOBSEEKER", starts_on=date(2026, 2, 1), ends_on=BEFORE, reason="JOB_SEARCH_STARTED"
    )
    assert [made.values(client, day)["RESPONSIBLE"] for day in (date(2026, 1, 31), BEFORE, DAY)] == ["MUNI", "EMPA_JOBSEEKER", "MUNI"]


def test_the_first_permit_is_the_earliest_that_was_granted_by_the_day(made: Persons) -> None:
    client = made.person()
    made.add(ResidenceBasis, client, ground="STUDY", kind="OTHER", granted_date=date(2020, 1, 1))
    made.add(ResidenceBasis, client, ground="WORK", granted_date=DAY)
    made.add(ResidenceBasis, client, ground="P90", granted_date=date(2024, 9, 30))
    values = made.values(client, DAY)
    assert (values["RESIDENCE_GROUND"], values["TIME_SINCE_PERMIT"]) == ("QUOTA", "2-3")
    assert made.values(client, date(2024, 9, 29))["RESIDENCE_GROUND"] == "UNKNOWN"


def test_the_ground_of_the_latest_standing_assessment_counts(made: Persons) -> None:
    client = made.person()
    made.add(Assessment, client, ground="A1", started_on=date(2025, 5, 1))
    off = made.add(
        Assessment,
        client,
        ground="A3",
        started_on=date(2026, 3, 1),
        status="CANCELLED",
        cancelled_on=date(2026, 4, 1),
        cancel_reason="WITHDREW",
    )
    days = (date(2025, 4, 30), date(2025, 5, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [made.values(client, day)["ASSESSMENT_GROUND"] for day in days] == ["UNKNOWN", "A1", "A3", "A1"]
    off.cancel_reason = "MISTAKE"
    made.session.flush()
    assert made.values(client, date(2026, 3, 31))["ASSESSMENT_GROUND"] == "A1"


def test_literacy_is_what_the_latest_interview_found(made: Persons) -> None:
    client = made.person()
    for started_on, level in ((date(2025, 5, 1), "3"), (date(2026, 3, 1), "1"), (date(2026, 6, 1), None)):
        assessment = made.add(Assessment, client, started_on=started_on)
        made.add(InterviewSection, client, assessment_id=assessment.id, need_level=level)
        made.add(InterviewSection, client, assessment_id=assessment.id, section="OTHER_NEEDS", position=9, need_level="2")
    assert [made.values(client, day)["LITERACY"] for day in (date(2025, 5, 1), DAY)] == ["3", "1"]


def test_the_ordinal_is_of_the_last_plan_that_binds(made: Persons) -> None:
    client = made.person()
    made.add(IntegrationPlan, client, ordinal=1)
    made.add(IntegrationPlan, client, ordinal=2, status="ANNULLED")
    made.add(IntegrationPlan, client, ordinal=3, status="DRAFT")
    assert [made.values(client, day)["PLAN_ORDINAL"] for day in (date(2024, 6, 2), date(2024, 6, 3), DAY)] == ["0", "1", "1"]


@pytest.mark.parametrize(
    ("accepted", "ended", "valid_to", "value"),
    [(noon(2026, 9, 30), None, DAY, "YES"), (noon(2026, 10, 1), None, AFTER, "NO"), (None, None, AFTER, "NO"), (noon(2026, 9, 1), noon(2026, 9, 30), AFTER, "NO"),
     (noon(2026, 9, 1), noon(2026, 10, 1), AFTER, "YES"), (noon(2026, 9, 1), None, BEFORE, "NO"),
     # Half past nine in the evening in London is the next day in Finland.
     (noon(2026, 9, 30).replace(hour=21, minute=30), None, AFTER, "NO")],
)  # fmt: skip
def test_a_county_takes_part_from_its_acceptance_to_the_end(
    made: Persons, accepted: object, ended: object, valid_to: date, value: str
) -> None:
    client = made.person()
    assessment = made.add(Assessment, client)
    made.add(
        Participation,
        client,
        assessment_id=assessment.id,
        accepted_at=accepted,
        ended_at=ended,
        ended_how="COMPLETED" if ended else None,
        valid_to=valid_to,
    )
    assert made.values(client, DAY)["COUNTY"] == value


def test_a_person_is_complete_with_permit_education_and_the_days_of_a_plan(made: Persons) -> None:
    client = made.person()
    made.add(ResidenceBasis, client, granted_date=date(2024, 1, 8))
    assert not made.subject(client, DAY).is_complete
    made.add(EducationRecord, client)
    assert made.subject(client, DAY).is_complete
    made.add(IntegrationPlan, client, agreed_on=None)
    assert not made.subject(client, DAY).is_complete


def test_a_protected_person_counts_and_is_told_apart(made: Persons) -> None:
    made.person(non_disclosure=True)
    made.person()
    whole = made.figure("I01", "2026Q3")
    assert (whole.numerator, whole.protected) == (2, 1)


@pytest.mark.parametrize(
    ("values", "number"),
    [({}, 1), ({"status": "DRAFT"}, 0), ({"status": "ANNULLED"}, 0), ({"status": "AGREED", "valid_from": AFTER}, 0), ({"valid_from": DAY}, 1),
     ({"valid_to": DAY}, 1), ({"valid_to": BEFORE}, 1), ({"valid_to": BEFORE, "status": "SUPERSEDED"}, 0), ({"status": "ENDED", "ended_on": DAY}, 0), ({"status": "ENDED", "ended_on": AFTER}, 1),
     ({"status": "STUDIES_ONLY"}, 1), ({"status": "INTERRUPTED"}, 1)],
)  # fmt: skip
def test_a_plan_makes_an_integration_client_while_it_is_valid(made: Persons, values: dict[str, object], number: int) -> None:
    made.add(IntegrationPlan, made.person(status="PLAN_ACTIVE"), **values)
    assert made.number("I02", "2026Q3") == number


def test_an_integration_client_counts_once_and_only_while_a_client(made: Persons) -> None:
    client = made.person(status="PLAN_ACTIVE")
    for ordinal in (1, 2):
        made.add(IntegrationPlan, client, ordinal=ordinal)
    made.add(IntegrationPlan, made.person(relationship_ended=DAY, status="CLOSED"))
    assert made.number("I02", "2026Q3") == 1
