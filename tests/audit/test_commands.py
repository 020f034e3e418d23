"""The commands of the log: JSON alone on stdout, 0 for done, 1 for refused with reasons, 2 for misuse."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import pytest
from sqlalchemy import text

from app import create_app
from app.access.actor import system_scope
from app.audit.record import record_event
from app.db.base import db
from app.db.types import new_id
from config import load_settings
from tests.support.app import make_app
from tests.support.audit import Log, PostgresLog
from tests.support.server import ROOT, until


def run(log: Log, *arguments: str) -> tuple[int, str]:
    found = log.app.test_cli_runner().invoke(args=["audit", *arguments])
    return found.exit_code, found.stdout


def verified(log: Log) -> tuple[int, dict[str, Any]]:
    code, out = run(log, "verify", "--json")
    return code, json.loads(out)


def test_verify_tells_of_a_whole_chain_and_seals_what_was_written_since(log: Log) -> None:
    log.write(3)
    code, found = verified(log)
    assert (code, found["ok"], found["events"], found["waiting"], found["reasons"]) == (0, True, 0, 3, [])
    code, found = verified(log)
    assert (code, found["events"], found["seals"], found["anchored_seals"], found["waiting"]) == (0, 3, 1, 1, 0)
    assert found["covered_until"].endswith("+00:00")


def test_verify_without_json_is_read_by_people_and_read_only_seals_nothing(log: Log) -> None:
    log.write(3)
    assert run(log, "verify", "--read-only") == (0, "events: 0, seals: 0, waiting: 3, covered until: nothing yet\nwhole\n")
    assert log.verify().waiting == 3


def test_verify_refuses_with_the_reasons_and_seals_nothing(log: Log) -> None:
    log.write(3)
    log.seal()
    key = log.ids()[1]
    with log.attack() as connection:
        connection.execute(text("UPDATE audit_event SET role = 'ADMIN' WHERE id = :id"), {"id": key})
    log.write(1)
    code, found = verified(log)
    assert (code, found["ok"], found["findings"]) == (1, False, 1)
    assert found["reasons"] == [{"kind": "EDITED", "text": "an event was changed after it was written", "seal": 1, "place": 2, "event": key}]
    assert log.verify().waiting == 1
    code, out = run(log, "verify")
    assert code == 1 and "EDITED" in out and out.endswith("not whole\n")


def test_a_role_that_may_not_read_the_log_is_told_so(postgres_log: PostgresLog) -> None:
    served = make_app(postgres_log.app.config["KOTO"].instance_dir, postgres_log.server.url("koto_web", postgres_log.name))
    for arguments in (["verify", "--json"], ["who-read", new_id(), "--json"]):
        found = served.test_cli_runner().invoke(args=["audit", *arguments])
        assert found.exit_code == 1
        assert "InsufficientPrivilege" in json.loads(found.stdout)["reasons"][0]


def test_who_read_tells_who_did_what_newest_first_and_is_told_the_next_time(log: Log) -> None:
    client = new_id()
    with log.app.app_context(), system_scope():
        for name in ("client:read", "note:added"):
            record_event(db.session, name, client_ids=[client, new_id()], row_id=client, fields=["content", "kind"])
            db.session.commit()
    code, out = run(log, "who-read", client, "--json")
    found = json.loads(out)
    assert code == 0 and [act["event"] for act in found] == ["note:added", "client:read"]
    assert (found[0]["fields"], found[0]["row"], found[0]["outcome"], found[0]["purpose"]) == (["content", "kind"], client, "DONE", "INTEGRATION_SERVICE")
    again = json.loads(run(log, "who-read", client, "--json")[1])
    assert [act["event"] for act in again] == ["log:read", "note:added", "client:read"] and again[0]["purpose"] == "LOG_REVIEW"
    assert len(run(log, "who-read", client)[1].splitlines()) == 4


def test_who_read_refuses_an_unknown_client(log: Log) -> None:
    code, out = run(log, "who-read", new_id(), "--json")
    assert (code, json.loads(out)) == (1, {"ok": False, "reasons": ["no such client"]})
    assert log.verify().waiting == 0


@pytest.mark.parametrize("arguments", [["who-read"], ["who-read", "Matti"], ["verify", "--no"], ["anchor"], ["anchor", "--reason", " "], ["seal", "--every", "0"]])
def test_misuse_ends_with_two(log: Log, arguments: list[str]) -> None:
    assert run(log, *arguments) == (2, "")


def test_seal_seals_and_tells_when_the_anchor_is_another(log: Log) -> None:
    log.write(3)
    assert run(log, "seal") == (0, "events: 3, seals: 1, passed over: 0\n")
    anchor = log.app.config["KOTO"].audit_anchor
    anchor.write_text(anchor.read_text().replace("1 ", "1 0", 1)[:-2] + "\n")
    log.write(1)
    assert run(log, "seal")[0] == 1


def test_a_new_anchor_goes_on_from_a_restored_copy_and_says_so(log: Log) -> None:
    log.write(2)
    log.seal()
    copy = log.copy()
    log.write(2)
    log.seal()
    log.restore(copy)
    assert verified(log)[0] == 1
    code, out = run(log, "anchor", "--reason", "varmuuskopio palautettiin")
    assert (code, out) == (0, "anchored: seal 1\n")
    for _time in range(2):
        code, found = verified(log)
    assert (code, found["anchor_restarts"], found["anchored_seals"], found["events"]) == (0, 1, 2, 3)
    assert "varmuuskopio palautettiin" in log.app.config["KOTO"].audit_anchor.read_text()


def test_a_sealer_beside_a_server_seals_until_the_server_is_gone(sqlite_log: Log) -> None:
    sqlite_log.reset()
    sqlite_log.write(2)
    settings = sqlite_log.app.config["KOTO"]
    server = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    command = [sys.executable, "-m", "flask", "--app", "run", "audit", "seal", "--every", "1", "--while", str(server.pid)]
    sealer = subprocess.Popen(command, cwd=ROOT, env={"KOTO_INSTANCE_DIR": str(settings.instance_dir), "PATH": ""}, stderr=subprocess.DEVNULL)
    try:
        until(lambda: sqlite_log.verify().events == 2, seconds=30)
        sqlite_log.write(1)
        until(lambda: sqlite_log.verify().events == 3)
        sqlite_log.write(1)
        server.communicate(b"\n")
        ended = time.monotonic()
        assert sealer.wait(10) == 0 and time.monotonic() - ended < 5
        assert sqlite_log.verify().events == 4 and sqlite_log.verify().is_whole
    finally:
        sealer.kill()
        server.kill()


def test_an_address_of_another_kind_of_database_is_refused(tmp_path: Any) -> None:
    with pytest.raises(ValueError, match="KOTO_AUDIT_DATABASE_URL"):
        create_app(load_settings({"KOTO_INSTANCE_DIR": str(tmp_path), "KOTO_AUDIT_DATABASE_URL": "postgresql+psycopg://x@localhost/koto"}))
