"""Assessments at the edges: cancelled, begun by mistake, left undone, and the days of a period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from app.assessments.models import Assessment
from app.clients.facts import EducationRecord, LanguageSkill, ResidenceBasis
from app.clients.models import Client
from app.contacts.models import InitialContact
from app.participations.models import Participation
from tests.support.persons import Persons, noon, persons_of_nowhere

Q3, LAST = "2026Q3", date(2026, 9, 30)


@pytest.fixture
def made(sqlite_app: Flask) -> Iterator[Persons]:
    with persons_of_nowhere(sqlite_app) as found:
        yield found


def completed(on: date, outcome: str = "PLAN", started_on: date = date(2026, 7, 6)) -> dict[str, object]:
    return {"status": "COMPLETED", "started_on": started_on, "completed_on": on, "outcome": outcome}


def test_an_assessment_counts_in_the_period_it_started_in(made: Persons) -> None:
    for day in (date(2026, 6, 30), date(2026, 7, 1), LAST, date(2026, 10, 1)):
        made.add(Assessment, made.person(), started_on=day)
    assert [made.number("I10", period) for period in ("2026Q2", Q3, "2026Q4")] == [1, 2, 1]


@pytest.mark.parametrize(
    ("cancelled_on", "reason", "number"),
    [(date(2026, 8, 1), "WITHDREW", 0), (LAST, "NO_SHOW", 0), (date(2026, 10, 1), "NO_SHOW", 1), (date(2026, 10, 1), None, 1),
     (date(2026, 10, 1), "MISTAKE", 0), (None, None, 0)],
)  # fmt: skip
def test_a_cancelled_assessment_counts_until_it_was_cancelled(
    made: Persons, cancelled_on: date | None, reason: str | None, number: int
) -> None:
    made.add(Assessment, made.person(), started_on=date(2026, 7, 6), status="CANCELLED", cancelled_on=cancelled_on, cancel_reason=reason)
    assert made.number("I10", Q3) == made.figure("I14", Q3).denominator == number


def test_a_person_counts_once_and_one_joined_to_another_not_at_all(made: Persons) -> None:
    client = made.person()
    for day in (date(2026, 7, 6), date(2026, 9, 1)):
        made.add(Assessment, client, **completed(day, started_on=date(2026, 7, 1)))
    made.add(Assessment, made.person(merged_into_id=client.id), **completed(LAST))
    assert made.number("I10", Q3) == made.number("I11", Q3) == 1
    assert made.figure("I13", Q3).spread == Counter({62: 1})


def test_completion_counts_in_its_period_by_its_outcome(made: Persons) -> None:
    made.add(Assessment, made.person(), **completed(LAST, "NO_NEED"))
    made.add(Assessment, made.person(), **completed(date(2026, 10, 1)))
    made.add(Assessment, made.person(), **completed(date(2026, 7, 6), "OTHER_PLAN"), skipped_reason="x")
    found = made.cells("I11", Q3)
    assert {value: cell.numerator for (name, value), cell in found.items() if name == "ASSESSMENT_OUTCOME"} == {
        "NO_NEED": 1,
        "OTHER_PLAN": 1,
    }
    assert (made.figure("I16", Q3).numerator, made.figure("I16", Q3).denominator, made.number("I16", "2026")) == (0, 2, 1)


def test_what_was_left_undone_has_no_length_and_no_profile(made: Persons) -> None:
    made.add(Assessment, made.person(), **completed(date(2026, 7, 6), "OTHER_PLAN"), skipped_reason="x")
    made.add(Assessment, made.person(), **completed(date(2026, 7, 16)))
    assert made.figure("I13", Q3).spread == Counter({10: 1})
    assert made.number("I17", Q3) == 1


def test_the_wait_is_from_the_recorded_day_or_else_from_the_contact(made: Persons) -> None:
    client = made.person()
    made.add(Assessment, client, started_on=date(2026, 7, 20), known_on=date(2026, 7, 10))
    made.add(InitialContact, client, received_on=date(2026, 7, 1), handled_on=date(2026, 7, 2), outcome="ASSESSMENT")
    other = made.person()
    made.add(Assessment, other, started_on=date(2026, 7, 20))
    for day, outcome in ((2, "ASSESSMENT"), (15, "ASSESSMENT"), (18, "GUIDANCE"), (21, "ASSESSMENT")):
        made.add(InitialContact, other, received_on=date(2026, 7, 1), handled_on=date(2026, 7, day), outcome=outcome)
    made.add(Assessment, made.person(), started_on=date(2026, 7, 20))
    cell = made.figure("I12", Q3)
    assert (cell.numerator, cell.spread) == (2, Counter({10: 1, 5: 1}))


def test_a_contact_that_led_to_an_earlier_assessment_begins_no_other_wait(made: Persons) -> None:
    client = made.person()
    made.add(InitialContact, client, received_on=date(2025, 3, 3), handled_on=date(2025, 3, 4), outcome="ASSESSMENT")
    made.add(Assessment, client, started_on=date(2025, 3, 4))
    made.add(Assessment, client, started_on=date(2026, 7, 20))
    assert made.figure("I12", Q3).spread == Counter()
    assert made.figure("I12", "2025").spread == Counter({0: 1})


@pytest.mark.parametrize(("granted", "is_early"), [(date(2025, 8, 1), 1), (date(2025, 7, 31), 0), (date(2026, 8, 15), 1), (None, 0)])
def test_an_early_start_is_within_365_days_of_the_first_permit(made: Persons, granted: date | None, is_early: int) -> None:
    client = made.person()
    made.add(Assessment, client, started_on=date(2026, 8, 1))
    if granted:
        made.add(ResidenceBasis, client, granted_date=granted)
    cell = made.figure("I14", Q3)
    assert (cell.numerator, cell.denominator) == (is_early, 1)


def test_a_county_that_accepted_took_part(made: Persons) -> None:
    for accepted, matter in (
        (noon(2026, 8, 1), "ASSESSMENT"),
        (None, "ASSESSMENT"),
        (noon(2026, 10, 1), "ASSESSMENT"),
        (noon(2026, 8, 1), "PLAN"),
    ):
        client = made.person()
        row = made.add(Assessment, client, **completed(date(2026, 9, 1)))
        made.add(
            Participation,
            client,
            assessment_id=row.id,
            matter=matter,
            accepted_at=accepted,
            ended_at=accepted,
            ended_how="COMPLETED" if accepted else None,
        )
    cell = made.figure("I15", Q3)
    assert (cell.numerator, cell.denominator) == (1, 4)


def test_the_profile_tells_education_and_the_best_level_of_finnish_or_swedish(made: Persons) -> None:
    client = made.person()
    made.add(Assessment, client, ground="A2", **completed(date(2026, 9, 1)))
    for level in ("2", "6"):
        made.add(EducationRecord, client, level=level)
    for language, part, level, day in (
        ("fi", "OVERALL", "A1.3", None), ("sv", "OVERALL", "A2.1", date(2026, 9, 30)), ("fi", "SPEAKING", "C1.1", None), ("en", "OVERALL", "C2.1", None),
        ("fi", "OVERALL", "B1.1", date(2026, 10, 1)), ("sv", "OVERALL", "X", None),
    ):  # fmt: skip
        made.add(LanguageSkill, client, language=language, part=part, level=level, established_on=day)
    found = {key for key, cell in made.cells("I17", Q3).items() if cell.numerator}
    assert {
        ("EDUCATION", "5-8"),
        ("FI_SV_LEVEL", "A2"),
        ("ASSESSMENT_GROUND*EDUCATION", "A2*5-8"),
        ("ASSESSMENT_GROUND*FI_SV_LEVEL", "A2*A2"),
    } < found
    assert made.number("I17", Q3) == 1


def waiting(made: Persons, granted: date | None = date(2024, 1, 15), **values: object) -> Client:
    """Make a client whose last day to begin is 15 January 2027."""
    client = made.person(**{"status": "ASSESSMENT_DUE", **values})
    if granted:
        made.add(ResidenceBasis, client, granted_date=granted)
    return client


@pytest.mark.parametrize(
    ("granted", "number"),
    [(date(2023, 9, 29), 0), (date(2023, 9, 30), 1), (date(2024, 1, 15), 1), (date(2024, 3, 29), 1), (date(2024, 3, 30), 0), (None, 0)],
)
def test_the_limit_is_near_for_half_a_year_and_until_it_is_behind(made: Persons, granted: date | None, number: int) -> None:
    waiting(made, granted)
    assert made.number("I18", Q3) == number


@pytest.mark.parametrize(
    "values",
    [{"status": "INTAKE"}, {"trafficking_victim": True}, {"relationship_ended": LAST, "status": "CLOSED"}],
    ids=lambda values: "-".join(values),
)
def test_no_limit_nears_without_a_ground_for_a_victim_or_after_the_end(made: Persons, values: dict[str, object]) -> None:
    waiting(made, **values)
    assert made.number("I18", Q3) == 0


@pytest.mark.parametrize(("on", "number"), [(LAST, 1), (date(2026, 10, 1), 0)])
def test_the_ground_is_known_from_a_contact_or_an_assessment_that_came_to_nothing(made: Persons, on: date, number: int) -> None:
    made.add(InitialContact, waiting(made, status="GUIDANCE"), received_on=date(2026, 9, 1), handled_on=on, outcome="ASSESSMENT")
    assert made.number("I18", Q3) == number
    off = {"status": "CANCELLED", "cancelled_on": date(2026, 8, 1), "cancel_reason": "NO_SHOW"}
    made.add(Assessment, waiting(made, status="GUIDANCE"), started_on=date(2026, 7, 1), known_on=on, **off)
    assert made.number("I18", Q3) == 2 * number


@pytest.mark.parametrize(("started", "number"), [(LAST, 0), (date(2026, 10, 1), 1)])
def test_who_has_an_assessment_is_at_no_limit(made: Persons, started: date, number: int) -> None:
    made.add(Assessment, waiting(made), started_on=started, known_on=date(2026, 9, 1))
    assert made.number("I18", Q3) == number


def test_a_protected_person_is_told_apart_in_each_figure(made: Persons) -> None:
    client = waiting(made, non_disclosure=True)
    assert made.figure("I18", Q3).protected == 1
    made.add(Assessment, client, known_on=date(2026, 7, 1), **completed(date(2026, 9, 1)))
    assert [made.figure(one, Q3).protected for one in ("I10", "I11", "I12", "I13", "I14", "I15", "I16", "I17")] == [1] * 8
