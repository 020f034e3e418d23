"""Other municipalities are asked about those a signed move brought, at the pace of one person, and nothing is told of who was found."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, func, select

from app.clients.models import Client
from app.db.base import db
from app.db.types import now
from app.duplicates.models import DuplicateCase
from app.imports.matching.asking import ask_next, ask_others, forget_questions, waiting
from app.imports.models import ImportBatch, ImportLink
from tests.duplicates.conftest import owner  # noqa: F401
from tests.imports.matching.conftest import PORVOO, VANTAA, Move
from tests.support.app import counted_statements

PACE = "3 per hour"


def brought(move: Move, *names: str, signed: bool = True) -> list[str]:
    keys = []
    for name in names:
        move.row(name, family_name=name)
        keys.append(move.known(family_name=name))
        move.link(name, keys[-1], outcome="CREATED")
    move.batch.status = "SIGNED" if signed else "COMMITTED"
    ask_others(db.session, keys)
    db.session.flush()
    return keys


def cases() -> int:
    return db.session.scalar(select(func.count()).select_from(DuplicateCase)) or 0


def test_whoever_stands_in_another_municipality_is_asked_about(move: Move) -> None:
    before = cases()
    move.known(PORVOO, family_name="Muuttaja")
    brought(move, "Muuttaja", "Yksin")
    assert cases() == before, "nothing is asked by the commit itself"
    assert ask_next(db.session, VANTAA, PACE) == 2
    assert cases() == before + 1, "the own side of the one question"


def test_a_move_that_may_still_be_taken_back_asks_nothing(move: Move) -> None:
    brought(move, "Eka", signed=False)
    assert (ask_next(db.session, VANTAA, PACE), waiting(db.session, VANTAA)) == (0, 1)
    move.batch.status = "SIGNED"
    assert (ask_next(db.session, VANTAA, PACE), waiting(db.session, VANTAA)) == (1, 0)


def test_a_move_of_any_size_goes_out_at_the_pace_of_one_person(move: Move) -> None:
    brought(move, *(f"Nimi{number}" for number in range(8)))
    start = now()
    asked = [ask_next(db.session, VANTAA, PACE, start + timedelta(minutes=minutes)) for minutes in (0, 1, 59, 61, 62, 122, 183)]
    assert asked == [3, 0, 0, 3, 0, 2, 0]
    assert ask_next(db.session, PORVOO, PACE) == 0


def test_a_client_is_asked_about_once_and_one_that_was_taken_back_never(move: Move) -> None:
    first, second = brought(move, "Eka", "Toka")
    ask_others(db.session, [first, second])
    assert waiting(db.session, VANTAA) == 2
    forget_questions(db.session, [second])
    assert (ask_next(db.session, VANTAA, PACE), ask_next(db.session, VANTAA, PACE)) == (1, 0)


def test_a_client_of_another_municipality_cannot_be_asked_about(move: Move) -> None:
    ask_others(db.session, [move.known(PORVOO)])
    assert waiting(db.session, VANTAA) == 0


def test_a_hit_costs_the_same_as_none(app: Flask, move: Move) -> None:
    move.known(PORVOO, family_name="Osuma")
    told = []
    for name in ("Tyhja", "Osuma"):
        brought(move, name)
        with counted_statements(app) as statements:
            assert ask_next(db.session, VANTAA, "10 per hour") == 1
        told.append(len(statements))
    assert told[0] == told[1]


def test_the_clock_asks_for_every_organisation_in_its_own_scope(owner: Flask, move: Move) -> None:  # noqa: F811
    (key,) = brought(move, "Eka")
    db.session.commit()
    try:
        with owner.app_context():
            found = owner.test_cli_runner().invoke(args=["imports", "ask-others"])
        assert (found.exit_code, found.output) == (0, "asked: 1\n")
        assert waiting(db.session, VANTAA) == 0
    finally:
        db.session.rollback()
        forget_questions(db.session, [key])
        db.session.delete(db.session.get_one(Client, key))
        db.session.execute(delete(ImportLink).where(ImportLink.batch_id == move.batch.id))
        db.session.execute(delete(ImportBatch).where(ImportBatch.id == move.batch.id))
        db.session.commit()
