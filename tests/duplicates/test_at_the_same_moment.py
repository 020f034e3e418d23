"""Two at once on PostgreSQL: they wait for each other in a row, never in a ring, and who comes second sees what the first one did."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url, select

from app.access.actor import Scope, acting_scope
from app.clients.models import Client
from app.db.base import db
from app.duplicates.actions import both
from app.duplicates.handshake import ask_other_controllers, one_answer_at_a_time, tell_other_side
from app.duplicates.models import ClientMerge, DuplicateCase
from tests.duplicates.conftest import PORVOO, VANTAA
from tests.duplicates.test_merge_and_undo import proposed
from tests.support.app import Browser
from tests.support.postgres import Postgres


@pytest.fixture
def app(postgres_app: Flask) -> Flask:
    """SQLite has one writer at a time."""
    return postgres_app


@pytest.fixture
def admin(app: Flask, postgres: Postgres) -> Iterator[psycopg.Connection]:
    """A connection past every policy, in a transaction of its own."""
    with postgres.admin(str(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database)) as connection:
        connection.autocommit = False
        yield connection


@contextmanager
def begun(act: Callable[[], Any], admin: psycopg.Connection) -> Iterator[Future[Any]]:
    """Do something in a thread, and go on when it waits for a lock."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(act)
        with admin.cursor() as cursor:
            for _try in range(500):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
                if (cursor.fetchone() or (0,))[0] or done.done():
                    break
                time.sleep(0.01)
        assert not done.done(), done.exception() or done.result()
        yield done


def is_held(admin: psycopg.Connection, key: str) -> bool:
    """Tell whether somebody holds the client's row."""
    with admin.cursor() as cursor:
        cursor.execute("SELECT id FROM client WHERE id = %s FOR UPDATE SKIP LOCKED", (key,))
        return cursor.fetchone() is None


@pytest.mark.parametrize("is_first_kept", [True, False])
def test_both_records_are_locked_in_the_order_of_their_keys(app: Flask, admin: psycopg.Connection, bengt: Browser, person: Callable[..., str], is_first_kept: bool) -> None:
    first, last = sorted((person(), person()))
    pair = proposed(bengt, *((first, last) if is_first_kept else (last, first)))

    def lock() -> None:
        with app.app_context(), acting_scope(Scope(VANTAA)):
            both(db.session, db.session.get_one(ClientMerge, pair), locked=True)
            db.session.rollback()

    assert not is_held(admin, first)
    with begun(lock, admin) as done:
        assert not is_held(admin, last), "it holds the second while it waits for the first"
        admin.rollback()
        done.result(10)


def test_who_merges_second_sees_what_the_first_one_did(app: Flask, admin: psycopg.Connection, bengt: Browser, person: Callable[..., str]) -> None:
    kept, other = person(), person()
    pair = proposed(bengt, kept, other)
    page = bengt.get(f"/same-persons/merge/{pair}")
    seen = page.text.split('name="_seen" value="')[1].split('"')[0]
    with admin.cursor() as cursor:
        cursor.execute("UPDATE client SET phone = '0409', version = version + 1 WHERE id = %s", (other,))
    with begun(lambda: bengt.post(f"/same-persons/merge/{pair}", _seen=seen), admin) as done:
        admin.commit()
        assert done.result(10).status_code == 409
    with app.app_context(), acting_scope(Scope(VANTAA)):
        assert db.session.get_one(Client, other).merged_into_id is None


def test_both_sides_answer_at_the_same_moment(app: Flask, admin: psycopg.Connection, cecilia: Browser, person: Callable[..., str]) -> None:
    person(PORVOO)
    own = person()
    with app.app_context(), acting_scope(Scope(VANTAA)):
        ask_other_controllers(db.session, db.session.get_one(Client, own))
        db.session.commit()
        mine = db.session.scalars(select(DuplicateCase).where(DuplicateCase.client_id == own)).one()
        with admin.cursor() as cursor:
            cursor.execute("SELECT id FROM duplicate_case WHERE pair_key = %s AND id <> %s", (mine.pair_key, mine.id))
            theirs = cursor.fetchall()[0][0]
        admin.rollback()
    cecilia.get(f"/same-person-questions/answer/{theirs}")
    with app.app_context(), acting_scope(Scope(VANTAA)):
        mine = db.session.scalars(select(DuplicateCase).where(DuplicateCase.client_id == own)).one()
        one_answer_at_a_time(db.session, mine)
        mine.answer = "DIFFERENT"
        db.session.flush()
        # This side has written its own row and not yet the other's; the other side answers.
        with begun(lambda: cecilia.post(f"/same-person-questions/answer/{theirs}", answer="DIFFERENT", reason="Olika"), admin) as done:
            tell_other_side(db.session, mine)
            db.session.commit()
            assert done.result(10).status_code == 303
    with app.app_context(), acting_scope(Scope(VANTAA)):
        mine = db.session.scalars(select(DuplicateCase).where(DuplicateCase.client_id == own)).one()
        assert (mine.answer, mine.other_answer) == ("DIFFERENT", "DIFFERENT")


def test_the_same_person_made_in_two_places_at_once_is_found(app: Flask, admin: psycopg.Connection, aino: Browser, person: Callable[..., str]) -> None:
    theirs = person(PORVOO)
    own = person()
    with app.app_context(), acting_scope(Scope(PORVOO)):
        # Porvoo's client is not committed yet when Vantaa asks.
        client = db.session.get_one(Client, theirs)
        client.given_names, client.search_name = "Toinen", "testaaja toinen"
        db.session.commit()
        client.given_names, client.search_name = "Taina", "testaaja taina"
        db.session.flush()
        ask_other_controllers(db.session, client)

        def ask() -> None:
            with app.app_context(), acting_scope(Scope(VANTAA)):
                ask_other_controllers(db.session, db.session.get_one(Client, own))
                db.session.commit()

        with begun(ask, admin) as done:
            db.session.commit()
            done.result(10)
    with app.app_context(), acting_scope(Scope(VANTAA)):
        assert len(db.session.scalars(select(DuplicateCase).where(DuplicateCase.client_id == own)).all()) == 1
