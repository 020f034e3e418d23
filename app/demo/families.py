"""Invented persons, alone and in families, with birth dates that give each an identity code of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from app.core.identity_code import check_character, normal_form
from app.demo.draw import Draw, by_share
from app.demo.source import Home, Origin, home_of, homes, names, origins, streets

BLOCK = 4  # Persons are invented in blocks, within which families are formed.
_SIZES = {"singles": (1, 1, 1, 1), "pair": (2, 1, 1), "child": (1, 3), "children": (4,)}
_ALONE, _PARENT, _CHILD = "18-25:21 24-31:25 29-38:26 36-48:16 45-62:9 60-76:3", "38-48:3 45-55:1", "15-20:1"
# In the first blocks every twelfth is of Porvoo, so that its caseworker has clients also in a small installation.
_SMALL_HOME, _SMALL_HOME_EVERY, _SMALL_HOME_BLOCKS = "638", 12, 500
# Artificial individual numbers 900–999 and six signs of the century make 600 codes a birth date. Person n takes code
# n % 600 and a birth date of a residue that no other n of the same code has, up to 600 × 1667 persons.
_CODES, _DAYS, _SPREAD = 600, 1667, 1009
# Steps of the golden ratio fill the municipalities' shares evenly, also when there are few clients.
_GOLDEN = 0.6180339887498949


@dataclass
class Person:
    """An invented person; `relatives` are those of the same household, with what they are to this person."""

    number: int
    origin: Origin
    home: Home
    gender: str
    birth_date: date
    family_name: str
    given_names: str
    language: str
    address: str
    relatives: list[tuple[str, Person]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"


def people_of_block(seed: int, block: int, on: date) -> list[Person]:
    """Invent the four persons of a block as they are on a day."""
    draw, start = Draw(f"{seed}:block:{block}"), _start(seed)
    people: list[Person] = []
    for size in _SIZES[draw.of("singles:46 pair:28 child:15 children:11")]:
        is_small = block < _SMALL_HOME_BLOCKS and block % _SMALL_HOME_EVERY == 5 and not people
        number = block * BLOCK + len(people)
        home = home_of(_SMALL_HOME) if is_small else by_share(*homes(), (start + number * _GOLDEN) % 1)
        people += _family(draw, number, size, home, on)
    return people


@cache
def _start(seed: int) -> float:
    return Draw(f"{seed}:homes").share()


def identity_code(person: Person, on: date) -> str:
    """Give the person's artificial identity code; odd for men and even for women, as real ones are."""
    individual = 900 + person.number % 100
    sign = ("-YXWVU" if person.birth_date.year < 2000 else "ABCDEF")[person.number // 100 % 6]
    code = f"{person.birth_date:%d%m%y}{sign}{individual}{check_character(person.birth_date, individual)}"
    return normal_form(code, today=on, artificial=True)


def _birth_date(draw: Draw, number: int, ages: str, on: date) -> date:
    youngest, oldest = (int(age) for age in draw.of(ages).split("-"))
    low, high = on.toordinal() - round(oldest * 365.25), on.toordinal() - round(youngest * 365.25)
    residue = (number // _CODES + number % _CODES * _SPREAD) % _DAYS
    first = low + (residue - low) % _DAYS
    return date.fromordinal(first + _DAYS * draw.number(0, (high - first) // _DAYS))


def _service_language(draw: Draw, home: Home) -> str:
    if home.language_status == "sv":
        return draw.of("sv:92 other:8")
    return draw.of("fi:91 sv:2 other:7" if home.language_status == "fi" else "fi:77 sv:16 other:7")


def _family(draw: Draw, number: int, size: int, home: Home, on: date) -> list[Person]:
    origin = draw.weighed(*origins())
    language = _service_language(draw, home)
    written = "sv" if language == "sv" or home.language_status == "sv" else "fi"
    address = f"{draw.one(streets(written))} {draw.number(1, 48)}{draw.one(('', '', ' A 4', ' B 12', ' C 31', ' D 7'))}"
    people: list[Person] = []
    for place in range(size):
        ages = _ALONE if size <= 2 else _PARENT if place < 2 else _CHILD
        gender = "1" if (number + place) % 2 else "2"
        born = _birth_date(draw, number + place, ages, on)
        person = Person(number + place, origin, home, gender, born, "", _given(draw, origin, gender), language, address)
        person.family_name = _family_name(draw, person, people)
        people.append(person)
    for person in people:
        person.relatives = [(_relation(person, other, people), other) for other in people if other is not person]
    return people


def _given(draw: Draw, origin: Origin, gender: str) -> str:
    options = names(origin.names)["given_female" if gender == "2" else "given_male"]
    first = draw.one(options)
    second = draw.one(options) if draw.chance(0.2) else first
    return first if second == first else f"{first} {second}"


def _family_name(draw: Draw, person: Person, before: list[Person]) -> str:
    kinds = names(person.origin.names)
    if "family" not in kinds:
        father = next((other for other in before if other.gender == "1"), None) if len(before) >= 2 else None
        return father.given_names.split()[0] if father else draw.one(kinds.get("fathers_name") or kinds["given_male"])
    shared = before and (len(before) >= 2 or draw.chance(0.75))
    name = _stem(before[0].family_name, before[0]) if shared else draw.one(kinds["family"])
    return f"{name}a" if _has_ending(person) and name.endswith(("v", "n")) else name


def _has_ending(person: Person) -> bool:
    """Tell whether the family name takes the ending of women (the data file holds the form of men)."""
    return person.gender == "2" and person.origin.names in ("ru", "bg")


def _stem(name: str, person: Person) -> str:
    return name[:-1] if _has_ending(person) and name.endswith(("va", "na")) else name


def _relation(person: Person, other: Person, people: list[Person]) -> str:
    is_parent, is_other_parent = people.index(person) < 2, people.index(other) < 2
    if is_parent:
        return "SPOUSE" if is_other_parent else "CHILD"
    return "PARENT" if is_other_parent else "SIBLING"
