"""Contacts, guidance and interpreting at the edges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from app.contacts.models import InitialContact
from app.guidance.models import GuidanceEntry
from app.obligations.models import LocalNumber
from tests.support.persons import Persons, persons_of_nowhere

Q3 = "2026Q3"


@pytest.fixture
def made(sqlite_app: Flask) -> Iterator[Persons]:
    with persons_of_nowhere(sqlite_app) as found:
        yield found


def handled(received: date, on: date, outcome: str = "GUIDANCE") -> dict[str, object]:
    return {"received_on": received, "handled_on": on, "outcome": outcome, "status": "HANDLED"}


def test_a_contact_counts_in_the_period_it_was_received_in(made: Persons) -> None:
    for day in (date(2026, 6, 30), date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 1)):
        made.add(InitialContact, made.person(), received_on=day)
    assert [made.number("I04", period) for period in ("2026Q2", Q3, "2026Q4", "2026")] == [1, 2, 1, 4]


def test_a_person_counts_once_by_the_last_contact(made: Persons) -> None:
    client = made.person()
    made.add(InitialContact, client, received_on=date(2026, 8, 20), sender_type="KELA")
    made.add(InitialContact, client, received_on=date(2026, 7, 20), sender_type="MIGRI")
    found = made.cells("I04", Q3)
    assert {value: cell.numerator for (name, value), cell in found.items() if name == "CONTACT_SENDER"} == {"KELA": 1}


def test_the_outcome_is_that_of_the_last_day(made: Persons) -> None:
    made.add(InitialContact, made.person(), **handled(date(2026, 9, 28), date(2026, 10, 1), "ASSESSMENT"))
    made.add(InitialContact, made.person(), sender_type="RECC", **handled(date(2026, 9, 28), date(2026, 9, 30), "DECLINED"))
    found = made.cells("I04", Q3)
    assert {value: cell.numerator for (name, value), cell in found.items() if name == "CONTACT_OUTCOME"} == {"OPEN": 1, "DECLINED": 1}
    assert found["CONTACT_SENDER*CONTACT_OUTCOME", "RECC*DECLINED"].numerator == 1


def test_the_contact_of_a_record_joined_to_another_is_left_out(made: Persons) -> None:
    made.add(InitialContact, made.person(merged_into_id=made.person().id), **handled(date(2026, 9, 1), date(2026, 9, 2)))
    assert made.number("I04", Q3) == made.figure("I05", Q3).denominator == 0


# Monday 7 September 2026: five working days end on Monday 14; the third is Thursday 10.
@pytest.mark.parametrize(("target", "on", "is_kept"), [(None, 14, 1), (None, 15, 0), (3, 10, 1), (3, 11, 0)])
def test_the_local_target_decides_as_it_does_of_the_time_limit(made: Persons, target: int | None, on: int, is_kept: int) -> None:
    if target:
        made.session.add(LocalNumber(org_id=made.home, setting="R01_working_days", amount=target, valid_from=date(2026, 9, 7)))
        made.session.add(LocalNumber(org_id=made.home, setting="R01_working_days", amount=30, valid_from=date(2026, 9, 8)))
    made.add(InitialContact, made.person(), **handled(date(2026, 9, 7), date(2026, 9, on)))
    cell = made.figure("I05", Q3)
    assert (cell.numerator, cell.denominator, cell.spread) == (is_kept, 1, Counter({on - 7: 1}))


def test_handling_counts_in_its_own_period_and_a_person_once(made: Persons) -> None:
    client = made.person()
    made.add(InitialContact, client, **handled(date(2026, 6, 29), date(2026, 7, 1)))
    made.add(InitialContact, client, **handled(date(2026, 9, 1), date(2026, 9, 1)))
    made.add(InitialContact, client, received_on=date(2026, 9, 2))
    assert made.figure("I05", Q3).spread == Counter({0: 1})
    assert made.figure("I05", "2026-07").spread == Counter({2: 1})
    assert made.figure("I05", "2026Q2").spread == Counter()


def test_guidance_gives_the_visits_of_each_person(made: Persons) -> None:
    for days in ((date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 30)), (date(2026, 9, 30), date(2026, 10, 1)), (date(2026, 6, 30),)):
        client = made.person(mother_tongue="ckb")
        for day in days:
            made.add(GuidanceEntry, client, given_on=day)
    cell = made.cells("I07", Q3)["MOTHER_TONGUE", "ku"]
    assert (cell.numerator, cell.spread) == (2, Counter({3: 1, 1: 1}))


def test_the_need_of_an_interpreter_is_a_share_of_the_clients(made: Persons) -> None:
    made.person(interpreter_needed=True, interpreter_language="ar", mother_tongue="ar")
    made.person(mother_tongue="ar")
    made.person(interpreter_needed=True, interpreter_language="ru", relationship_ended=date(2026, 9, 30), status="CLOSED")
    found = {key: (cell.numerator, cell.denominator) for key, cell in made.cells("I08", Q3).items()}
    assert found == {("", ""): (1, 2), ("MOTHER_TONGUE", "ar"): (1, 2)}
