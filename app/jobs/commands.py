"""Commands of the worker and of jobs: `jobs work`, `jobs list`, `jobs pause`, `jobs resume`, `jobs cancel`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.jobs import actions
from app.jobs.access import as_system
from app.jobs.models import DutyRun, Job
from app.jobs.queries import newest
from app.jobs.worker import work

jobs = AppGroup("jobs", help="Long work and the duties of the clock.")


@jobs.command("work")
@click.option("--while", "pid", type=int, help="Until the process of this number is gone.")
def jobs_work(pid: int | None) -> None:
    """Do what is queued, and the duties whose time has come, until SIGTERM; with PostgreSQL as the owner of the tables."""
    with as_system() as session:
        if not _sees_all(session):
            raise click.ClickException("this role does not see every job: set KOTO_OWNER_DATABASE_URL to the address of the tables' owner")
    work(current_app._get_current_object(), beside=pid)  # type: ignore[attr-defined]


def _sees_all(session: Session) -> bool:
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(session.scalar(text("SELECT pg_has_role(tableowner, 'USAGE') FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'job'")))


@jobs.command("list")
@click.option("--json", "as_json", is_flag=True)
@click.option("--last", default=50, type=click.IntRange(1, 1000), help="So many of the newest.")
def jobs_list(as_json: bool, last: int) -> None:
    """List the newest jobs, and when each duty was done."""
    with as_system() as session:
        found = [_told(job) for job in newest(session, last)]
        runs = [_run(row) for row in session.scalars(select(DutyRun).order_by(DutyRun.name))]
    if as_json:
        click.echo(json.dumps({"jobs": found, "duties": runs}))
        return
    for job in found:
        click.echo(f"{job['id']} {job['kind']:<20} {job['state']:<9} {job['done']}/{job['total'] or '?'} {job['error_code'] or ''}".rstrip())
    for run in runs:
        click.echo(f"{run['name']:<20} {run['outcome'] or '-':<9} {run['succeeded_at'] or 'never'}")


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat(timespec="seconds") if value else None


def _told(job: Job) -> dict[str, Any]:
    return {
        "id": job.id, "kind": job.kind, "subject_id": job.subject_id, "organisation_id": job.org_id, "state": job.state, "wanted": job.wanted,
        "done": job.done, "total": job.total, "error_code": job.error_code, "attempt": job.attempt, "created_at": _moment(job.created_at),
        "started_at": _moment(job.started_at), "heartbeat_at": _moment(job.heartbeat_at), "finished_at": _moment(job.finished_at),
    }  # fmt: skip


def _run(row: DutyRun) -> dict[str, Any]:
    return {"name": row.name, "slot_at": _moment(row.slot_at), "outcome": row.outcome, "ms": row.took_ms, "succeeded_at": _moment(row.succeeded_at)}


def _deed(name: str, deed: Callable[[Session, str], bool], help_text: str) -> None:
    @jobs.command(name, help=help_text)
    @click.argument("job_id", metavar="ID")
    def command(job_id: str) -> None:
        with as_system() as session:
            is_done = deed(session, job_id)
            session.commit()
            state = session.scalar(select(Job.state).where(Job.id == job_id))
        if not is_done:
            raise click.ClickException(f"not now: the job is {state}" if state else "no such job")
        click.echo(state)


_deed("pause", actions.pause, "Let a job rest after the step in hand.")
_deed("resume", actions.resume, "Let a job go on from where it rests.")
_deed("cancel", actions.cancel, "End a job after the step in hand; what it has done stays.")
