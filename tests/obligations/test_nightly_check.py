"""The nightly check finds what differs, mends it when told to, and leaves the same however often it was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update

from app.assessments.models import Assessment
from app.clients.models import Client
from app.obligations.models import ClientObligation
from tests.obligations.conftest import CLIENTS, Register
from tests.support.server import ROOT, until

_rows: Any = ClientObligation.__table__
TODAY = date.today()


def told(register: Register, *arguments: str) -> tuple[int, dict[str, Any]]:
    result = register.run("check", "--json", *arguments)
    return result.exit_code, json.loads(result.stdout)


def number_of_rows(register: Register) -> int:
    return int(register.change(lambda connection: connection.scalar(select(func.count()).select_from(_rows))))


def test_what_was_loaded_has_no_difference_and_a_check_changes_nothing(register: Register) -> None:
    before = register.content()
    assert len(before) > CLIENTS * 3
    assert told(register) == (0, {"clients": CLIENTS, "moved": 0, "differences": [], "repaired": False})
    assert register.content() == before


def test_each_difference_is_told_by_rule_and_client_and_mended_only_on_demand(register: Register) -> None:
    before = register.content()

    def spoil(connection: Any) -> set[tuple[str, str]]:
        moved = connection.execute(select(_rows.c.id, _rows.c.client_id).where(_rows.c.rule == "R05").order_by(_rows.c.id).limit(1)).one()
        lost = connection.execute(select(_rows.c.id, _rows.c.client_id).where(_rows.c.rule == "R03").order_by(_rows.c.id).limit(1)).one()
        connection.execute(update(_rows).where(_rows.c.id == moved.id).values(due_on=date(2020, 1, 1)))
        connection.execute(delete(_rows).where(_rows.c.id == lost.id))
        extra = dict(connection.execute(select(_rows).where(_rows.c.rule == "R02").order_by(_rows.c.id).limit(1)).mappings().one())
        connection.execute(insert(_rows).values(extra | {"id": "0" * 36, "start_on": date(2020, 1, 1)}))
        return {("R05", moved.client_id), ("R03", lost.client_id), ("R02", extra["client_id"])}

    spoiled = register.change(spoil)
    for arguments, is_repaired in (((), False), (("--repair",), True)):
        code, found = told(register, *arguments)
        assert code == 1 and found["repaired"] is is_repaired and found["moved"] == 0
        assert {(one["rule"], one["client_id"]) for one in found["differences"]} == spoiled and len(found["differences"]) == 3
        assert all(set(one) == {"rule", "client_id"} for one in found["differences"])
    assert register.content() == before and told(register)[0] == 0


def test_what_the_days_alone_move_is_written_and_is_no_difference(register: Register) -> None:
    """An assessment that is to start on a later day fulfils nothing before it."""
    later = TODAY + timedelta(days=3)

    def promise(connection: Any) -> str:
        client = connection.execute(select(Client.__table__.c.id, Client.__table__.c.org_id).where(Client.__table__.c.status == "INTAKE").limit(1)).one()
        values = {column.name: None for column in Assessment.__table__.columns} | {
            "id": "1" * 36, "client_id": client.id, "org_id": client.org_id, "ground": "A4", "status": "PLANNED", "known_on": TODAY, "started_on": later,
            "channel": "OFFICE", "language": "uk", "created_at": func.now(), "changed_at": func.now(), "version": 1,
        }  # fmt: skip
        connection.execute(insert(Assessment.__table__).values(values))
        return str(client.id)

    client = register.change(promise)
    told(register, "--repair")
    states = select(_rows.c.state).where(_rows.c.client_id == client, _rows.c.rule == "R02")
    assert register.change(lambda connection: connection.scalars(states).all()) == ["OPEN"]
    assert told(register)[1]["differences"] == []
    code, found = told(register, "--on", str(later))
    assert code == 0 and found["moved"] >= 1 and found["differences"] == []
    assert register.change(lambda connection: connection.scalars(states).all()) == ["MET"]
    register.change(lambda connection: connection.execute(delete(Assessment.__table__).where(Assessment.__table__.c.id == "1" * 36)))
    told(register, "--repair")
    assert register.change(lambda connection: connection.scalars(states).all()) == []


def start(register: Register, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "flask", "--app", "run", "deadlines", "check", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **register.env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_run_that_is_killed_in_the_middle_leaves_the_state_of_one_clean_run(register: Register) -> None:
    before, whole = register.content(), number_of_rows(register)
    register.change(lambda connection: connection.execute(delete(_rows)))
    run = start(register, "--repair", "--batch", "1")
    until(lambda: number_of_rows(register) > 0, seconds=60)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    assert 0 < number_of_rows(register) < whole
    # What one transaction wrote of a client is whole or not there.
    kept = {row[0] for row in register.content()}
    assert [row for row in before if row[0] in kept] == register.content()
    assert told(register, "--repair")[0] == 1
    assert register.content() == before
    assert told(register, "--repair") == (0, {"clients": CLIENTS, "moved": 0, "differences": [], "repaired": True})


def test_two_runs_at_once_leave_the_state_of_one(register: Register) -> None:
    before = register.content()
    register.change(lambda connection: connection.execute(delete(_rows)))
    other = start(register, "--repair", "--batch", "1")
    until(lambda: number_of_rows(register) > 0, seconds=60)
    told(register, "--repair", "--batch", "1")
    assert other.wait() in (0, 1)
    assert register.content() == before and told(register)[0] == 0


@pytest.mark.parametrize("arguments", [("--batch", "0"), ("--on", "tomorrow")])
def test_misuse_is_refused(register: Register, arguments: tuple[str, str]) -> None:
    assert register.run("check", *arguments).exit_code == 2
