"""Services at the edges: persons and days chosen so that the sum is known, on each database."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.appointments.models import Appointment
from app.clients.facts import LanguageSkill
from app.plans.models import PlannedService
from app.services.models import LanguageTestResult, ServiceHours, ServiceParticipation
from tests.support.town import Town

Q = "2026Q3"
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
BEFORE, AFTER = date(2026, 6, 30), date(2026, 10, 1)


def person(town: Town, **columns: Any) -> tuple[str, str]:
    """Make a client with a plan in force since the spring of 2025."""
    client = town.client(**columns)
    return client, town.plan(client, date(2025, 3, 3))


def service(town: Town, of: tuple[str, str], kind: str, started: date | None, status: str = "STARTED", **columns: Any) -> str:
    client, plan = of
    key = town.row(PlannedService, client, plan_id=plan, service_type=kind, organiser="MUNI", justification="x", status=status)
    town.row(ServiceParticipation, client, planned_service_id=key, started_on=started, **columns)
    return key


def test_a_person_in_two_services_is_one_participant_and_one_of_each_type(town: Town) -> None:
    one = person(town)
    service(town, one, "CAREER", FIRST)
    service(town, one, "CAREER", date(2026, 8, 1))
    service(town, one, "NGO", LAST)
    assert town.whole("I40", Q) == (1, 0)
    assert town.by("I40", Q, "SERVICE_TYPE") == {"CAREER": (1, 0), "NGO": (1, 0)}
    assert town.by("I40", Q, "RESPONSIBLE") == {"MUNI": (1, 0)}


@pytest.mark.parametrize(
    ("started", "status", "ended", "counts"),
    [
        (BEFORE, "COMPLETED", BEFORE, 0), (BEFORE, "COMPLETED", FIRST, 1), (BEFORE, "PAUSED", None, 1), (LAST, "STARTED", None, 1),
        (AFTER, "STARTED", None, 0), (None, "REFERRED", None, 0), (BEFORE, "COMPLETED", None, 0),
    ],
)  # fmt: skip
def test_who_was_in_a_service_on_a_day_of_the_period_took_part(town: Town, started: date, status: str, ended: date, counts: int) -> None:
    service(town, person(town), "CAREER", started, status, ended_on=ended)
    assert town.whole("I40", Q) == (counts, 0)


def test_a_service_of_an_annulled_plan_is_none(town: Town) -> None:
    client = town.client()
    service(town, (client, town.plan(client, date(2025, 3, 3), "ANNULLED")), "CAREER", FIRST)
    assert town.whole("I40", Q) == (0, 0)


def test_waiting_is_of_the_first_service_and_of_the_first_of_each_type(town: Town) -> None:
    one = person(town)
    service(town, one, "CAREER", FIRST, referred_on=BEFORE)
    service(town, one, "CAREER", LAST, referred_on=FIRST)
    service(town, one, "NGO", LAST, referred_on=LAST)
    service(town, one, "ECEC", AFTER, referred_on=FIRST)
    service(town, person(town), "CAREER", LAST)
    assert town.spread("I41", Q) == Counter([1])
    assert town.by("I41", Q, "SERVICE_TYPE") == {"CAREER": (1, 0), "NGO": (1, 0)}


def test_beginners_are_of_those_who_had_a_plan_in_the_period(town: Town) -> None:
    one, _two = person(town), person(town)
    service(town, one, "INT_TRAINING", FIRST)
    service(town, one, "INT_TRAINING_SELF", LAST)
    ended = town.client()
    town.plan(ended, date(2025, 3, 3), "ENDED", ended_on=FIRST)
    kept = town.client()
    late = (kept, town.plan(kept, date(2025, 3, 3), "ENDED", ended_on=date(2026, 7, 2)))
    service(town, late, "INT_TRAINING_LMT", AFTER)
    assert town.whole("I42", Q) == (1, 3)


@pytest.mark.parametrize(
    ("started", "status", "ended", "sums"),
    [
        (date(2025, 6, 30), "COMPLETED", LAST, (0, 0)), (date(2025, 7, 1), "COMPLETED", LAST, (1, 1)), (date(2025, 9, 30), "COMPLETED", AFTER, (0, 1)),
        (date(2025, 9, 30), "DISCONTINUED", FIRST, (0, 1)), (date(2025, 10, 1), "STARTED", None, (0, 0)),
    ],
)  # fmt: skip
def test_completion_is_of_those_who_began_in_the_same_quarter_a_year_before(town: Town, started: date, status: str, ended: date, sums: Any) -> None:
    one = person(town)
    service(town, one, "INT_TRAINING", started, status, ended_on=ended)
    service(town, one, "CAREER", date(2025, 8, 1), "COMPLETED", ended_on=FIRST)
    assert town.whole("I43", Q) == sums


def final_test(town: Town, on: date, levels: str, language: str = "fi", client: str | None = None) -> str:
    client = client or person(town)[0]
    parts = dict(zip(("listening", "reading", "speaking", "writing"), levels.split(), strict=True))
    town.row(LanguageTestResult, client, test="FINAL_TEST", language=language, tested_on=on, source="DOCUMENT", **parts)
    return client


def test_the_aim_is_reached_in_all_four_parts_and_told_of_each(town: Town) -> None:
    final_test(town, FIRST, "B1.1 B1.1 B1.1 B1.1")
    final_test(town, LAST, "B2.1 B1.2 B1.1 A2.2", "sv")
    final_test(town, LAST, "B1.1 B1.1 B1.1 X")
    final_test(town, AFTER, "C1.1 C1.1 C1.1 C1.1", client=final_test(town, FIRST, "A1.3 A1.3 A1.3 A1.3"))
    assert town.whole("I44", Q) == (1, 4)
    assert town.by("I44", Q, "TEST_PART") == {"LISTENING": (3, 4), "READING": (3, 4), "SPEAKING": (3, 4), "WRITING": (1, 3)}
    assert town.by("I44", Q, "TEST_LANGUAGE") == {"fi": (1, 3), "sv": (0, 1)}


def test_of_two_tests_the_later_one_counts(town: Town) -> None:
    final_test(town, LAST, "B1.1 B1.1 B1.1 B1.1", client=final_test(town, FIRST, "A2.2 A2.2 A2.2 A2.2"))
    assert town.whole("I44", Q) == (1, 1)


def test_progress_goes_from_the_level_of_the_training_to_the_average_of_the_parts(town: Town) -> None:
    one = person(town)
    service(town, one, "INT_TRAINING", date(2025, 9, 1), "COMPLETED", ended_on=FIRST, starting_level="A1.1")
    # A2.1, A2.1, A2.2 and B1.1 are 4, 4, 5 and 6: 4.75 of which 4 is left, and A1.1 is 1.
    final_test(town, FIRST, "A2.1 A2.1 A2.2 B1.1", client=one[0])
    assert town.spread("I45", Q) == Counter([3]) and town.by("I45", Q, "SERVICE_TYPE") == {"INT_TRAINING": (1, 0)}


def test_progress_without_a_level_in_the_training_goes_from_the_test_of_the_language(town: Town) -> None:
    client = final_test(town, FIRST, "A1.2 A1.2 X A1.2")
    for language, level, on in (("sv", "A1.1", BEFORE), ("fi", "B1.1", date(2026, 1, 1)), ("fi", "A2.1", BEFORE), ("fi", "ALLE_A1.1", LAST)):
        town.row(LanguageSkill, client, language=language, part="OVERALL", level=level, basis="START_TEST", established_on=on, source="WORKER")
    final_test(town, FIRST, "B1.1 B1.1 B1.1 B1.1")
    # Who forgets goes backwards, and who has no starting level is not counted.
    assert town.spread("I45", Q) == Counter([-2])


@pytest.mark.parametrize(
    ("hours", "until", "status", "ended", "done"),
    [("70", LAST, "COMPLETED", LAST, 1), ("69.5", LAST, "COMPLETED", LAST, 0), ("70", AFTER, "COMPLETED", LAST, 0), ("70", LAST, "COMPLETED", AFTER, 0),
     ("70", LAST, "DISCONTINUED", LAST, 0)],
)  # fmt: skip
def test_orientation_is_done_when_it_is_completed_with_its_hours(town: Town, hours: str, until: date, status: str, ended: date, done: int) -> None:
    one, _two = person(town), person(town)
    key = service(town, one, "ORIENTATION", FIRST, status, ended_on=ended, language="ar")
    town.row(ServiceHours, one[0], planned_service_id=key, from_on=FIRST, to_on=until, hours_planned=Decimal(80), hours_attended=Decimal(hours))
    assert town.whole("I46", Q) == (done, 2)
    assert town.by("I46", Q, "ORIENTATION_LANGUAGE") == {"ar": (done, 1), "NONE": (0, 1)}


def test_each_reason_of_an_interruption_is_of_all_participants(town: Town) -> None:
    one, two = person(town), person(town)
    for kind in ("CAREER", "NGO"):
        service(town, one, kind, BEFORE, "DISCONTINUED", ended_on=FIRST, end_reason="HEALTH")
    service(town, one, "ECEC", BEFORE)
    service(town, two, "CAREER", BEFORE, "DISCONTINUED", ended_on=AFTER, end_reason="WORK")
    assert town.whole("I47", Q) == (1, 2)
    assert town.by("I47", Q, "SERVICE_TYPE") == {"CAREER": (1, 2), "NGO": (1, 1), "ECEC": (0, 1)}
    reasons = town.by("I47", Q, "DISCONTINUE_REASON")
    assert reasons["HEALTH"] == (1, 2) and reasons["WORK"] == (0, 2) and len(reasons) == 14


def test_in_swedish_are_those_who_are_served_in_it(town: Town) -> None:
    person(town, service_language="sv")
    person(town)
    town.client(service_language="sv")
    assert town.whole("I49", Q) == (1, 2)


def test_missed_are_those_without_an_acceptable_reason_and_fees_are_told_in_euros(town: Town) -> None:
    client = town.client()
    for day, status, fee in ((FIRST, "NO_SHOW", None), (LAST, "FEE_PROPOSED", Decimal("56.50")), (LAST, "FEE_WAIVED", Decimal("40")), (LAST, "EXCUSED", None),
                             (LAST, "CANCELLED_IN_TIME", None), (LAST, "ATTENDED", None), (LAST, "BOOKED", None), (AFTER, "NO_SHOW", None)):  # fmt: skip
        town.row(Appointment, client, status=status, held_on=day, clock="09:00", purpose="PLAN", language="uk", fee_amount=fee,
                 booked_on=day - timedelta(days=9))  # fmt: skip
    assert town.whole("I50", Q) == (3, 6) and town.spread("I50", Q) == Counter([57])
    assert town.by("I50", Q, "APPOINTMENT_PURPOSE") == {"PLAN": (3, 6)}
