"""Invented persons: an identity code of their own, families that fit together, the same persons on another day."""

from __future__ import annotations

from datetime import date

from app.core.identity_code import check_character
from app.demo.families import BLOCK, Person, identity_code, people_of_block
from tests.demo.conftest import ON


def people(count: int, on: date = ON) -> list[Person]:
    return [person for block in range(count // BLOCK) for person in people_of_block(1, block, on)]


def test_twenty_thousand_persons_have_as_many_identity_codes() -> None:
    found = people(20_000)
    assert [person.number for person in found] == list(range(20_000))
    assert len({identity_code(person, ON) for person in found}) == 20_000


def test_an_identity_code_has_its_check_character() -> None:
    person = people(BLOCK)[0]
    code = identity_code(person, ON)
    assert code[-1] == check_character(person.birth_date, int(code[7:10]))


def test_relatives_are_each_others_and_of_one_household() -> None:
    mirrored = {"SPOUSE": "SPOUSE", "CHILD": "PARENT", "PARENT": "CHILD", "SIBLING": "SIBLING"}
    seen = set()
    for person in people(2000):
        for relation, other in person.relatives:
            seen.add(relation)
            assert (mirrored[relation], person) in other.relatives
            assert (person.home, person.address, person.origin) == (other.home, other.address, other.origin)
            if relation == "CHILD":
                assert other.birth_date.year - person.birth_date.year >= 17
    assert seen == set(mirrored)


def test_women_of_russian_families_have_the_ending_of_women() -> None:
    found = [person for person in people(2000) if person.origin.names == "ru"]
    women, men = ({person.family_name for person in found if person.gender == gender} for gender in "21")
    assert women and all(name.endswith("a") for name in women)
    assert men and not any(name.endswith("a") for name in men)


def test_the_day_moves_birth_dates_and_nothing_else() -> None:
    for person, later in zip(people(400), people(400, date(2031, 5, 6)), strict=True):
        assert (person.name, person.home, person.address, person.gender) == (later.name, later.home, later.address, later.gender)
