"""The persons of a place's stories: drawn by the place's number, with identity codes that nobody else in the register has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.db.types import blind_index
from app.demo.draw import Draw
from app.demo.families import Person, identity_code
from app.demo.source import Home, names, origins, streets
from app.training.places.stories import STORIES, Story

_CODES = 300


def mark_of(seed: int, key: str) -> str:
    """Name the stream of draws of a story in a place."""
    return f"training:{seed}:{key}"


def client_key(seed: int, key: str) -> str:
    """Give the key of the client of a story: the same after each reset."""
    return Draw(mark_of(seed, key)).key()


def people(session: Session, seed: int, home: Home, on: date) -> dict[str, Person]:
    """Give the person of each story; who is told of twice is one person."""
    found: dict[str, Person] = {}
    for story in STORIES:
        found[story.key] = replace(found[story.like], relatives=[]) if story.like else _person(seed, story, home, on)
    return _with_codes_of_their_own(session, found, on)


def _person(seed: int, story: Story, home: Home, on: date) -> Person:
    draw = Draw(f"{mark_of(seed, story.key)}:person")
    origin = draw.weighed(*origins())
    gender = story.gender or draw.of("1:1 2:1")
    born = on - timedelta(days=round(draw.number(*story.ages) * 365.25) + draw.number(20, 340))
    number = draw.number(0, _CODES - 1) * 2 + (gender == "1")
    language = "sv" if home.language_status == "sv" else draw.of("fi:8 sv:1 other:1")
    address = f"{draw.one(streets('fi'))} {draw.number(1, 48)}"
    made = Person(number, origin, home, gender, born, _family_name(draw, origin), _given(draw, origin, gender), language, address)
    if story.has_child:
        girl = draw.of("1:1 2:1")
        child_born = on - timedelta(days=draw.number(400, 900))
        made.relatives = [("CHILD", replace(made, birth_date=child_born, given_names=_given(draw, origin, girl), gender=girl, relatives=[]))]
    return made


def _given(draw: Draw, origin: Any, gender: str) -> str:
    return draw.one(names(origin.names)["given_female" if gender == "2" else "given_male"])


def _family_name(draw: Draw, origin: Any) -> str:
    kinds = names(origin.names)
    return draw.one(kinds.get("family") or kinds.get("fathers_name") or kinds["given_male"])


def _with_codes_of_their_own(session: Session, found: dict[str, Person], on: date) -> dict[str, Person]:
    """Give another number to whoever would have a code that somebody has; asked once a round, nearly always a single one."""
    wanted = {key: person for key, person in found.items() if not next(story for story in STORIES if story.key == key).like}
    while wanted:
        digests = {key: blind_index(identity_code(person, on)) for key, person in wanted.items()}
        taken = set(session.scalars(select(Client.identity_code_digest).where(Client.identity_code_digest.in_(digests.values()))))
        settled = [blind_index(identity_code(found[key], on)) for key in found if key not in wanted]
        seen = set(settled)
        again = {}
        for key, digest in digests.items():
            if digest in taken or digest in seen:
                again[key] = replace(wanted[key], number=(wanted[key].number + 2) % (2 * _CODES))
            seen.add(digest)
        found |= again
        wanted = again
    for story in STORIES:
        if story.like:
            found[story.key] = replace(found[story.like], relatives=[])
    return found
