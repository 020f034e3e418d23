"""A client moves: offered, accepted and moved on the day; what was not chosen stays with the old municipality and is only read there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.access.actor import system_scope
from app.access.membership import ClientMembership
from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.db.base import Model, db
from app.db.types import new_id
from app.history.models import RowVersion
from app.transfers.models import TransferSide
from app.transfers.sections import STAYS, TABLES, VERSIONS
from tests.support.app import Browser, counted_statements
from tests.support.specimens import models_of_clients
from tests.transfers.conftest import (
    CODE,
    PORVOO,
    TODAY,
    VANTAA,
    clear,
    did,
    key_in,
    keys_of,
    letters,
    offered,
    planted,
    ran,
    stored,
    wanted,
)

ALL = ("RESIDENCE", "SKILLS", "FAMILY", "CONTACTS", "ASSESSMENTS", "PLAN", "TASKS", "NOTES")
CHOSEN = ("RESIDENCE", "ASSESSMENTS", "PLAN")
MOVED = ("BASICS", *CHOSEN)


def moved(bengt: Browser, other: Browser, owner: Flask, client_id: str, *sections: str, **values: Any) -> str:
    """Bring a client from Vantaa to Porvoo today, and give the key of the transfer."""
    key = key_in(offered(bengt, client_id, *sections, **values))
    assert ran(owner) == {"delivered": 1}
    assert did(other, "accept", key, moves_on=TODAY.isoformat(), is_mine="y").status_code == 303
    assert ran(owner) == {"moved": 1}
    return key


def rows(owner: Flask, table: str) -> list[tuple[str, str]]:
    """Give whose each row of a table is: client and controller."""
    of = Model.metadata.tables[table].c
    return stored(owner, select(of.client_id, of.org_id))


def test_every_table_of_a_client_is_in_a_section() -> None:
    assert {name for tables in TABLES.values() for name in tables} | {VERSIONS, *STAYS} == {"client", "client_obligation"} | {model.__tablename__ for model in models_of_clients()}


def test_chosen_data_move_and_the_rest_stays(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    moved(bengt, other, owner, client_id, *CHOSEN)
    (archive,) = keys_of(owner, VANTAA)
    assert keys_of(owner, PORVOO) == [client_id]
    for section, tables in TABLES.items():
        for table in set(tables) - {"client", "county_statement", "responsibility_period", "client_obligation"}:
            assert rows(owner, table) == [(client_id, PORVOO) if section in MOVED else (archive, VANTAA)], table
    for table in STAYS:
        assert rows(owner, table) == [(archive, VANTAA)], table
    assert rows(owner, "county_statement")[0][0] == archive
    assert other.get(f"/clients/show/{client_id}").status_code == 200
    assert "kanarialintu" not in other.get(f"/clients/show/{client_id}?tab=entries").text
    assert bengt.get(f"/clients/show/{client_id}").status_code == 404
    assert "kanarialintu" in bengt.get(f"/clients/show/{archive}?tab=entries").text


def test_versions_go_where_their_rows_go(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    with owner.app_context(), system_scope():
        for table in ("note", "goal", "client"):
            db.session.add(RowVersion(client_id=client_id, org_id=VANTAA, table_name=table, row_id=new_id(), number=99, kind="ADDED", content="{}"))
        db.session.commit()
    moved(bengt, other, owner, client_id, *CHOSEN)
    (archive,) = keys_of(owner, VANTAA)
    of = RowVersion
    assert sorted(stored(owner, select(of.table_name, of.client_id).where(of.number == 99))) == [("client", archive), ("goal", client_id), ("note", archive)]


def test_the_archive_is_read_and_not_written(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    moved(bengt, other, owner, client_id, *CHOSEN)
    (archive,) = keys_of(owner, VANTAA)
    page = bengt.get(f"/clients/show/{archive}")
    assert page.status_code == 200 and f"/clients/edit/{archive}" not in page.text and "kan bara läsas" in page.text
    bengt.get("/clients/list/")
    assert "flyttat till en annan kommun" in bengt.post("/clients/action_post", action="take", rowid=archive).text
    assert bengt.get(f"/participations/invite?client={archive}").status_code == 409
    assert bengt.get(f"/clients/edit/{archive}").status_code == 409
    assert bengt.get(f"/notes/add?client={archive}").status_code == 409
    assert offered(bengt, archive).status_code == 409
    ((note,),) = stored(owner, select(Model.metadata.tables["note"].c.id))
    assert bengt.get(f"/notes/edit/{note}").status_code == 409


def test_nothing_stays_when_everything_moves(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    with owner.app_context(), system_scope():
        # What was settled about the old municipality's records would stay.
        for name in STAYS:
            db.session.execute(delete(Model.metadata.tables[name]))
            db.session.execute(delete(RowVersion).where(RowVersion.table_name == name))
        db.session.commit()
    moved(bengt, other, owner, client_id, *ALL, "RESTRICTED", "PROTECTED", choice_reason="Palvelu jatkuu")
    assert keys_of(owner, VANTAA) == [] and keys_of(owner, PORVOO) == [client_id]
    members = stored(owner, select(ClientMembership.organisation_id, ClientMembership.is_owner).where(ClientMembership.client_id == client_id))
    assert members == [(PORVOO, True)]


def test_the_sender_keeps_a_receipt_without_content(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    withdrawn = key_in(offered(bengt, client_id))
    assert did(bengt, "withdraw", withdrawn).status_code == 303
    key = moved(bengt, other, owner, client_id, *ALL, "RESTRICTED", choice_reason="Palvelu jatkuu")
    receipt = bengt.get(f"/transfers/show/{key}")
    assert receipt.status_code == 200 and "överförd" in receipt.text and client_id not in receipt.text
    assert client_id not in bengt.get(f"/transfers/show/{withdrawn}").text
    assert client_id in other.get(f"/transfers/show/{key}").text


@pytest.mark.parametrize("is_chosen", [False, True])
def test_protected_and_restricted_data_move_only_when_chosen(app: Flask, owner: Flask, bengt: Browser, other: Browser, is_chosen: bool) -> None:
    client_id = planted(owner, non_disclosure=True, trafficking_victim=True)
    more = ("RESTRICTED", "PROTECTED") if is_chosen else ()
    moved(bengt, other, owner, client_id, *ALL, *more, choice_reason="Palvelu jatkuu" if is_chosen else "")
    found = stored(owner, select(Client.phone, Client.trafficking_victim, Client.non_disclosure).where(Client.id == client_id))
    assert found == [("0401234567" if is_chosen else None, is_chosen, True)]
    clear(owner)


@pytest.mark.parametrize("is_chosen", [False, True])
def test_a_permit_that_tells_of_trafficking_moves_only_with_the_restricted_data(app: Flask, owner: Flask, bengt: Browser, other: Browser, is_chosen: bool) -> None:
    client_id = planted(owner)
    with owner.app_context(), system_scope():
        own = {"client_id": client_id, "org_id": VANTAA, "kind": "PERMIT", "granted_date": TODAY}
        kept = ResidenceBasis(**own, id=new_id(), ground="P52A")
        db.session.add_all([kept, ResidenceBasis(**own, ground="P114")])
        version = {"client_id": client_id, "org_id": VANTAA, "table_name": "residence_basis", "row_id": kept.id, "number": 99, "kind": "ADDED"}
        db.session.add(RowVersion(**version, content="{}"))
        db.session.commit()
    moved(bengt, other, owner, client_id, *ALL, *(("RESTRICTED",) if is_chosen else ()), choice_reason="Palvelu jatkuu" if is_chosen else "")
    at_home = {ground for (ground,) in stored(owner, select(ResidenceBasis.ground).where(ResidenceBasis.client_id == client_id))}
    assert ("P52A" in at_home) is is_chosen and "P114" in at_home
    assert ("P52A",) in stored(owner, select(ResidenceBasis.ground)), "what stays is kept in the archive"
    assert (stored(owner, select(RowVersion.client_id).where(RowVersion.number == 99)) == [(client_id,)]) is is_chosen
    clear(owner)


def test_a_client_moves_on_the_agreed_day_only(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    key = key_in(offered(bengt, client_id, *CHOSEN))
    ran(owner)
    day = TODAY + timedelta(days=3)
    did(other, "accept", key, moves_on=day.isoformat())
    assert ran(owner, day - timedelta(days=1)) == {} and keys_of(owner, PORVOO) == []
    assert ran(owner, day) == {"moved": 1} and ran(owner, day) == {}
    assert stored(owner, select(Client.home_municipality_id, Client.responsible_worker_id).where(Client.id == client_id)) == [(PORVOO, None)]


def make_twin(owner: Flask, client_id: str) -> None:
    """Let Porvoo have a client of its own with the same identity code."""
    with owner.app_context(), system_scope():
        digest = db.session.get_one(Client, client_id).identity_code_digest
        own = Client(org_id=PORVOO, home_municipality_id=PORVOO, family_name="Muuttaja", given_names="Mirja", birth_date=TODAY, citizenship="SO", mother_tongue="so",
                     service_language="fi", identity_code=CODE, identity_code_digest=digest, relationship_started=TODAY)  # fmt: skip
        db.session.add(own)
        db.session.flush()
        db.session.add(ClientMembership(client_id=own.id, organisation_id=PORVOO, is_owner=True, purpose="CONTROLLER", valid_from=TODAY))
        db.session.commit()


def test_two_clients_with_one_code_wait_to_be_joined(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    key = key_in(offered(bengt, client_id, *CHOSEN))
    ran(owner)
    make_twin(owner, client_id)
    refused = did(other, "accept", key, moves_on=TODAY.isoformat())
    assert refused.status_code == 422 and "sammanföras" in refused.text
    assert "sammanföras" in wanted(other, identity_code=CODE).text


def test_an_accepted_transfer_tells_what_stands_in_its_way(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    key = key_in(offered(bengt, client_id, *CHOSEN))
    ran(owner)
    did(other, "accept", key, moves_on=TODAY.isoformat())
    make_twin(owner, client_id)
    assert ran(owner) == {} and "sammanföras" in other.get(f"/transfers/show/{key}").text
    assert "sammanföras" not in bengt.get(f"/transfers/show/{key}").text


def test_pages_keep_to_their_budgets(app: Flask, owner: Flask, bengt: Browser, client_id: str) -> None:
    key = key_in(offered(bengt, client_id, *CHOSEN))
    for path, most in (("/transfers/list/", 8), (f"/transfers/show/{key}", 15)):
        with counted_statements(app) as statements:
            assert bengt.get(path).status_code == 200
        assert 0 < len(statements) <= most, statements


def test_letters_tell_that_something_waits_and_name_nobody(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    moved(bengt, other, owner, client_id, *CHOSEN)
    found = [letter for letter in letters(owner) if letter[0].startswith("TRANSFER")]
    assert [(kind, who) for kind, who, _text in found] == [("TRANSFER_ARRIVED", "cecilia"), ("TRANSFER_COMPLETED", "cecilia")]
    assert not any(word in text for _kind, _who, text in found for word in ("Muuttaja", "Mirja", "Vantaa", "Porvoo", "Vanda", "Borgå"))


def test_each_side_knows_its_own_only(app: Flask, owner: Flask, bengt: Browser, other: Browser, client_id: str) -> None:
    key = key_in(offered(bengt, client_id, *CHOSEN))
    ran(owner)
    sides = stored(owner, select(TransferSide.organisation_id, TransferSide.client_id).where(TransferSide.transfer_id == key))
    assert set(sides) == {(VANTAA, client_id), (PORVOO, None)}
    assert client_id not in other.get(f"/transfers/show/{key}").text
