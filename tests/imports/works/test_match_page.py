"""A row beside the client it may be, field by field, and a person's word on the two."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from app.access.actor import system_scope
from app.clients.models import Client
from app.db.base import db
from app.imports.models import ImportBatch, ImportDecision
from tests.imports.works.conftest import PORVOO, VANTAA, cells
from tests.support.app import Browser
from tests.support.moves import add_waiting_row


def waiting(app: Flask, batch: str, **otherwise: str) -> str:
    """Write a row that is like a client of Vantaa's, and give that client's key."""
    with app.app_context(), system_scope():
        client = db.session.scalars(select(Client).where(Client.org_id == VANTAA, Client.non_disclosure.is_(False), Client.merged_into_id.is_(None)).order_by(Client.id)).first()
        assert client is not None
        person = {"family_name": client.family_name, "given_names": client.given_names, "birth_date": client.birth_date.isoformat(), "mother_tongue": "ti"} | otherwise
        add_waiting_row(db.session, db.session.get_one(ImportBatch, batch), person)
        key = client.id
        db.session.commit()
        return key


def test_a_row_stands_beside_the_client_it_may_be(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    batch = move()
    client = waiting(sqlite_app, batch)
    page = bengt.get(f"/imports/matches/{batch}").text
    assert "Siirto 1, rad 90" in page and f"/clients/show/{client}" in page and "Namnen är desamma." in page
    assert cells(page, "Modersmål")[:2] == ["Skiljer sig", "tigrinja"] and cells(page, "Efternamn")[0] == ""
    assert "Tvillingar" not in page


def test_a_twin_is_warned_of(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    batch = move()
    waiting(sqlite_app, batch, given_names="Quinbyxo")
    assert "Tvillingar" in bengt.get(f"/imports/matches/{batch}").text


def test_a_word_is_kept_and_the_row_waits_no_more(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    batch = move()
    client = waiting(sqlite_app, batch)
    page = bengt.get(f"/imports/matches/{batch}").text
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    assert bengt.post(f"/imports/matches/{batch}/decide", key=key.group(1), other=client, is_same="maybe").status_code == 400
    bengt.get(f"/imports/matches/{batch}")
    assert bengt.post(f"/imports/matches/{batch}/decide", key=key.group(1), other=client, is_same="yes").status_code == 303
    assert "Siirto 1, rad 90" not in bengt.get(f"/imports/matches/{batch}").text
    with sqlite_app.app_context(), system_scope():
        assert db.session.scalars(select(ImportDecision.is_same).where(ImportDecision.key_digest == key.group(1), ImportDecision.other == client)).one() is True


def test_nobody_decides_of_another_municipality(sqlite_app: Flask, bengt: Browser, move: Callable[..., str]) -> None:
    batch, other = move(PORVOO), move()
    bengt.get(f"/imports/matches/{other}")
    assert bengt.client.get(f"/imports/matches/{batch}").status_code == 404
    assert bengt.post(f"/imports/matches/{batch}/decide", key="x", other="y", is_same="yes").status_code == 404
    bengt.get(f"/imports/work/{other}/rehearse")
    assert bengt.post(f"/imports/matches/{other}/decide", key="x", other="y", is_same="yes").status_code == 404
