"""Whose data go in a night and whose stay, and why; what is told beforehand is what is done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event, Timer
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.access.actor import system_scope
from app.audit.models import AuditEvent, AuditEventClient
from app.clients.models import Client
from app.db.base import db
from app.db.types import new_id, now
from app.examinations.models import LogFinding, LogFindingReading
from app.imports.models import ImportBatch, ImportChange
from app.organisations.models import organisation_key
from app.retention.actions import preview, run
from app.retention.models import ClientDeletion
from app.retention.queries import due_on
from app.transfers.models import TransferRequest, TransferSide

HOME, LONG_AGO, TODAY = organisation_key("MUNICIPALITY", "092"), date(2020, 1, 7), date(2026, 11, 27)


def _transfer(session: Any, client: str) -> None:
    row = TransferRequest(id=new_id(), way="PUSHED", from_id=HOME, to_id=organisation_key("MUNICIPALITY", "638"), org_id=HOME, status="SENT", sections="BASICS",
                          consent_on=LONG_AGO, consent_language="so", sent_on=LONG_AGO, due_on=LONG_AGO)  # fmt: skip
    session.add(row)
    session.flush()
    session.add(TransferSide(transfer_id=row.id, organisation_id=HOME, client_id=client, family_name="x", given_names="x", birth_date=LONG_AGO))


def _finding(session: Any, client: str) -> None:
    session.query(LogFinding).update({"decided_at": now()})
    one = session.scalars(select(LogFinding).limit(1)).one()
    one.decided_at = None
    session.query(LogFindingReading).filter(LogFindingReading.finding_id == one.id).delete()
    session.add(LogFindingReading(finding_id=one.id, event_id=new_id(), at=now(), name="client:read", client_id=client))


def _move(session: Any, client: str) -> None:
    batch = ImportBatch(org_id=HOME, name="x", product="vanha", status="COMMITTED")
    session.add(batch)
    session.flush()
    session.add(ImportChange(org_id=HOME, batch_id=batch.id, position=1, bundle=1, kind="CREATED", entity="client", row_id=client, client_id=client, content="{}"))


@pytest.fixture
def ended(register: Flask) -> Iterator[dict[str, str]]:
    """Give clients whose relationship ended long ago, by what is about to keep them; nobody else is due. What a test commits it puts up with."""
    with register.app_context(), system_scope():
        session = db.session
        session.query(Client).filter(Client.relationship_ended <= LONG_AGO).update({"relationship_ended": None})
        found = session.scalars(select(Client).where(Client.org_id == HOME, Client.merged_into_id.is_(None), Client.archived_on.is_(None)).order_by(Client.id.desc()).limit(8)).all()
        names = ("free", "held", "transfer", "finding", "move", "kept_one", "joined", "lately")
        clients = dict(zip(names, found, strict=True))
        for name, client in clients.items():
            client.status, client.relationship_started, client.relationship_ended = "CLOSED", LONG_AGO - timedelta(days=9), LONG_AGO
            client.hold_reason = "PENDING_MATTER" if name == "held" else None
        clients["lately"].relationship_ended = TODAY - timedelta(days=4 * 365 - 9)
        clients["joined"].merged_into_id = clients["kept_one"].id
        for name, act in (("transfer", _transfer), ("finding", _finding), ("move", _move)):
            act(session, clients[name].id)
        session.flush()
        yield {name: client.id for name, client in clients.items()}
        session.rollback()


def test_each_reason_is_told_and_what_was_told_is_done(ended: dict[str, str]) -> None:
    session = db.session
    assert preview(session, TODAY) == {HOME: {"clients": 2, "kept_held": 1, "kept_transfer": 1, "kept_finding": 1, "kept_move": 1}}
    assert preview(session, LONG_AGO) == {}
    before = session.scalar(select(func.count()).select_from(Client))
    assert dict(run(session, TODAY)) == {"clients": 3, "kept_held": 1, "kept_transfer": 1, "kept_finding": 1, "kept_move": 1}
    gone = {name for name, key in ended.items() if session.get(Client, key) is None}
    assert gone == {"free", "kept_one", "joined"}
    assert session.scalar(select(func.count()).select_from(Client)) == (before or 0) - 3
    counted = session.execute(select(ClientDeletion.org_id, ClientDeletion.deleted_on, ClientDeletion.clients)).all()
    assert [tuple(row) for row in counted] == [(HOME, TODAY, 2)], "a record joined to another was no client of its own"
    event = session.scalars(select(AuditEvent).where(AuditEvent.name == "client:deleted").order_by(AuditEvent.at.desc()).limit(1)).one()
    told = set(session.scalars(select(AuditEventClient.client_id).where(AuditEventClient.event_id == event.id)))
    assert (event.purpose, event.hits, told) == ("CONTROLLER", 3, {ended[name] for name in gone})
    assert dict(run(session, TODAY)) == {"kept_held": 1, "kept_transfer": 1, "kept_finding": 1, "kept_move": 1}, "what is gone is due no more"


@pytest.mark.parametrize(("keep", "reason"), [("hold", "HELD"), ("transfer", "TRANSFER"), ("move", "MOVE")])
def test_what_keeps_a_record_that_was_joined_keeps_the_one_it_was_joined_to(ended: dict[str, str], keep: str, reason: str) -> None:
    session = db.session
    if keep == "hold":
        session.get_one(Client, ended["joined"]).hold_reason = "STATUTORY_TASK"
    else:
        {"transfer": _transfer, "move": _move}[keep](session, ended["joined"])
    session.flush()
    found = {one.client_id: one.kept for piece in due_on(session, TODAY) for one in piece}
    assert (found[ended["kept_one"]], found[ended["free"]]) == (reason, None)


def test_a_hold_that_is_recorded_meanwhile_is_seen(register: Flask, ended: dict[str, str]) -> None:
    """On PostgreSQL whoever is about to be deleted is locked: a hold waits for the deletion, or the deletion for the hold."""
    session = db.session
    session.commit()
    if session.get_bind().dialect.name != "postgresql":
        # One writes at a time there, and a hold that came first is read.
        session.get_one(Client, ended["free"]).hold_reason = "PENDING_MATTER"
        session.commit()
    else:
        held, began = Event(), Event()

        def hold() -> None:
            with db.engine.begin() as connection:
                connection.execute(update(Client.__table__).where(Client.__table__.c.id == ended["free"]).values(hold_reason="PENDING_MATTER"))
                began.set()
                held.wait(2)

        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(_in_app, register, hold)
            assert began.wait(10)
            Timer(0.5, held.set).start()
            run(session, TODAY)
            work.result()
    run(session, TODAY)
    assert session.scalar(select(Client.id).where(Client.id == ended["free"])) == ended["free"]


def _in_app(app: Flask, work: Callable[[], None]) -> None:
    with app.app_context(), system_scope():
        work()


def test_pieces_of_one_find_the_same(ended: dict[str, str]) -> None:
    found = {one.client_id: one.kept for piece in due_on(db.session, TODAY, piece=1) for one in piece}
    assert found == {one.client_id: one.kept for piece in due_on(db.session, TODAY) for one in piece}
    assert len(found) > 3


def test_the_command_tells_by_organisation_as_json(register: Flask) -> None:
    with register.app_context(), system_scope():
        client = db.session.scalars(select(Client).where(Client.org_id == HOME, Client.merged_into_id.is_(None), Client.relationship_ended.is_(None)).order_by(Client.id).limit(1)).one()
        client.status, client.relationship_ended = "CLOSED", TODAY
        db.session.commit()
    last_day = f"{date(2030, 11, 27)}"
    before, on = (json.loads(register.test_cli_runner().invoke(args=["retention", "preview", "--on", day, "--json"]).output) for day in ("2030-11-26", last_day))
    # A finding of the log may keep the one that has become due.
    told = [sum(number for row in found["organisations"] for name, number in row.items() if name != "organisation") for found in (before, on)]
    assert told[1] == told[0] + 1 and on["on"] == last_day
    assert on["clients"] == sum(row["clients"] for row in on["organisations"])
    assert {row["organisation"] for row in on["organisations"]} >= {"092"}
    plain = register.test_cli_runner().invoke(args=["retention", "preview", "--on", last_day])
    assert plain.exit_code == 0 and "organisation=092" in plain.output
    assert register.test_cli_runner().invoke(args=["retention", "preview", "--on", "never"]).exit_code == 2
