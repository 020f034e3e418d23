"""The database alone keeps the two sides of a transfer apart, without the application's own conditions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import insert, select, update
from sqlalchemy.exc import ProgrammingError

from app.access.actor import Scope, acting_scope
from app.db.base import db
from app.db.types import new_id
from app.transfers.models import TransferEscalation, TransferRequest, TransferSide
from tests.support.app import Browser
from tests.transfers.conftest import PORVOO, VANTAA, key_in, offered, ran

pytestmark = pytest.mark.parametrize("apps", ["postgresql"], indirect=True)
REQUEST, SIDE = TransferRequest.__table__, TransferSide.__table__


@contextmanager
def as_people_of(app: Flask, organisation: str) -> Iterator[None]:
    with app.app_context(), acting_scope(Scope(organisation)):
        yield
        db.session.rollback()


def test_a_municipality_reads_its_own_side_and_what_has_reached_it(app: Flask, owner: Flask, bengt: Browser, client_id: str) -> None:
    key = key_in(offered(bengt, client_id))
    with as_people_of(app, PORVOO):
        assert db.session.execute(select(REQUEST.c.id)).all() == []
        assert db.session.execute(update(REQUEST).values(status="ACCEPTED")).rowcount == 0  # type: ignore[attr-defined]
    ran(owner)
    with as_people_of(app, PORVOO):
        assert db.session.execute(select(REQUEST.c.id)).all() == [(key,)]
        assert db.session.execute(select(SIDE.c.organisation_id, SIDE.c.client_id)).all() == [(PORVOO, None)]


@pytest.mark.parametrize("table", ["transfer_side", "transfer_escalation"])
def test_nobody_writes_the_side_of_another(app: Flask, bengt: Browser, client_id: str, table: str) -> None:
    key, today = key_in(offered(bengt, client_id)), date.today()
    side = insert(SIDE).values(id=new_id(), transfer_id=key, organisation_id=VANTAA, family_name="x", given_names="x", birth_date=today)
    late = insert(TransferEscalation).values(id=new_id(), transfer_id=key, from_id=VANTAA, to_id=PORVOO, waits_for_id=PORVOO, sent_on=today, due_on=today, escalated_on=today)
    with as_people_of(app, PORVOO), pytest.raises(ProgrammingError, match=r"row-level security|permission denied"):
        db.session.execute(side if table == "transfer_side" else late)
