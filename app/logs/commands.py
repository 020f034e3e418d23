"""Commands of the keeper of the log: `audit seal`, `audit verify`, `audit anchor`, `audit who-read`."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date
from typing import Any, NoReturn

import click
import structlog
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.access.actor import system_scope
from app.audit.access import audit_engine, current_anchor
from app.audit.anchor import AnchorError
from app.audit.content import current_keys
from app.audit.findings import Report
from app.audit.record import record_event
from app.audit.seal import last_seal, seal_waiting
from app.audit.verify import verify
from app.db.types import is_id, now
from app.logs.queries import Act, controller_of, every_act_on_client

audit = AppGroup("audit", help="Seal, verify and read the audit log.")
log = structlog.get_logger()
# After a failure a sealer waits longer, so that a database that is down is not asked all the time.
_AFTER_FAILURE = 60


def refuse(reasons: list[Any], *, as_json: bool) -> NoReturn:
    """Say why not, and end with 1."""
    click.echo(json.dumps({"ok": False, "reasons": reasons}, ensure_ascii=False) if as_json else "\n".join(map(str, reasons)), err=not as_json)
    raise SystemExit(1)


@contextmanager
def _faults_told(*, as_json: bool) -> Iterator[None]:
    """Refuse when the anchor or the database does; the text of a fault is told by its kind only."""
    try:
        yield
    except AnchorError as fault:
        refuse([str(fault)], as_json=as_json)
    except OSError as fault:
        refuse([f"the anchor cannot be read or written: {type(fault).__name__}"], as_json=as_json)
    except SQLAlchemyError as fault:
        kind = type(getattr(fault, "orig", fault)).__name__
        refuse([f"the database refused: {kind}. A role that serves cannot read the log: see KOTO_AUDIT_DATABASE_URL"], as_json=as_json)


@audit.command("seal")
@click.option("--every", type=click.IntRange(1, 3600), help="Go on, sealing at most every so many seconds.")
@click.option("--while", "pid", type=int, help="With --every: until the process of this number is gone.")
def seal(every: int | None, pid: int | None) -> None:
    """Give committed events their place in the chain; any number of sealers may run."""
    if every is None:
        with _faults_told(as_json=False):
            done = seal_waiting(audit_engine(), current_keys(), current_anchor(), everything=True)
        click.echo(f"events: {done.events}, seals: {done.seals}, passed over: {done.passed_over}")
        return
    while pid is None or _is_running(pid):
        _wait(every if _sealed_quietly() else _AFTER_FAILURE, pid)
    _sealed_quietly()


def _sealed_quietly() -> bool:
    """Seal, and tell a fault to the technical log only."""
    try:
        done = seal_waiting(audit_engine(), current_keys(), current_anchor())
    except (AnchorError, SQLAlchemyError) as fault:
        log.error("audit_seal_failed", kind=type(fault).__name__, anchor=str(fault) if isinstance(fault, AnchorError) else None)
        return False
    if done.passed_over:
        log.error("audit_events_passed_over", number=done.passed_over)
    return True


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _wait(seconds: float, pid: int | None) -> None:
    """Wait, but not longer than half a second after the process has gone."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and (pid is None or _is_running(pid)):
        time.sleep(min(left, 0.5))


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True)
@click.option("--read-only", is_flag=True, help="Do not seal what waits.")
def audit_verify(as_json: bool, read_only: bool) -> None:
    """Walk the whole chain; when it is whole, seal what was written since. Exit 1 when something was done to the log."""
    engine, keys, anchor = audit_engine(), current_keys(), current_anchor()
    with _faults_told(as_json=as_json):
        report = verify(engine, keys, anchor)
        if report.is_whole and not read_only:
            seal_waiting(engine, keys, anchor, everything=True)
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else _told(report))
    raise SystemExit(0 if report.is_whole else 1)


def _told(report: Report) -> str:
    covered = report.covered_until.astimezone(UTC).isoformat(timespec="seconds") if report.covered_until else "nothing yet"
    lines = [f"events: {report.events}, seals: {report.seals}, waiting: {report.waiting}, covered until: {covered}"]
    for found in report.findings:
        where = ", ".join(f"{name} {value}" for name, value in found.as_json().items() if name not in ("kind", "text"))
        lines.append(f"{found.kind}: {found.text}" + (f" ({where})" if where else ""))
    if report.number > len(report.findings):
        lines.append(f"and {report.number - len(report.findings)} more")
    return "\n".join([*lines, "whole" if report.is_whole else "not whole"])


@audit.command("anchor")
@click.option("--reason", required=True, help="Why, for whoever reads the anchor: a backup was restored, the file was moved.")
def audit_anchor(reason: str) -> None:
    """Begin a new anchor at the last seal of the database; the old lines stay."""
    if not reason.strip():
        raise click.UsageError("the reason is empty")
    with _faults_told(as_json=False), _keeper() as session:
        found = last_seal(session.connection())
        record_event(session, "log:anchor_restarted", purpose="LOG_REVIEW")
        current_anchor().restart(now(), reason, (found.number, found.hash) if found else None)
    click.echo(f"anchored: seal {found.number}" if found else "anchored: an empty chain")


@audit.command("who-read")
@click.argument("client_id")
@click.option("--json", "as_json", is_flag=True)
def who_read(client_id: str, as_json: bool) -> None:
    """List everything that was done to a client's data, newest first; asking is an event too."""
    if not is_id(client_id):
        raise click.UsageError("CLIENT_ID is the client's key, a UUID in small letters")
    with _faults_told(as_json=as_json), _keeper() as session:
        found = every_act_on_client(session, client_id)
        if not found and controller_of(session, client_id, date.today()) is None:
            refuse(["no such client"], as_json=as_json)
        record_event(session, "log:read", client_ids=[client_id], row_id=client_id, purpose="LOG_REVIEW")
    if as_json:
        click.echo(json.dumps([_as_json(act) for act in found], ensure_ascii=False))
        return
    for act in found:
        click.echo(f"{act.at.astimezone(UTC).isoformat(timespec='seconds')} {act.name} {act.person or '-'} {act.role or '-'} {act.organisation_fi or '-'} {act.purpose}")


@contextmanager
def _keeper() -> Iterator[Session]:
    """Work as the keeper of the log and commit."""
    with system_scope(), Session(audit_engine()) as session:
        yield session
        session.commit()


def _as_json(act: Act) -> dict[str, Any]:
    return {
        "id": act.id, "at": act.at.astimezone(UTC).isoformat(), "event": act.name, "name": act.person, "role": act.role,
        "organisation": {"fi": act.organisation_fi, "sv": act.organisation_sv} if act.organisation_fi else None, "purpose": act.purpose,
        "outcome": act.outcome, "row": act.row_id, "fields": act.fields.split(",") if act.fields else [],
    }  # fmt: skip
