"""Whether a worker lives, for `/readyz`, and how the jobs and duties stand, for `/metrics`."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Connection, func, select

from app.db.types import now
from app.jobs.access import owner_engine
from app.jobs.duties import WORKER
from app.jobs.kinds import known_kinds
from app.jobs.models import DutyRun, Job

LATE = timedelta(minutes=3)
# States that call for somebody's eye, and their words.
_TOLD = {"QUEUED": "waiting", "FAILED": "failed"}


def is_late(reported: datetime | None, moment: datetime) -> bool:
    """Tell whether no worker has told for three minutes that it lives."""
    return reported is None or moment - reported > LATE


def state_of_workers(connection: Connection) -> str:
    """Give `ok`, or `late` when no worker of any node has reported lately."""
    return "late" if is_late(succeeded_at(connection, WORKER), now()) else "ok"


def succeeded_at(connection: Connection, duty: str) -> datetime | None:
    """Give when a duty last went well, None when it never has."""
    return connection.scalar(select(DutyRun.succeeded_at).where(DutyRun.name == duty))


def numbers_of_jobs(connection: Connection) -> dict[tuple[str, ...], float] | None:
    """Give how many jobs of each kind wait and have failed, by (kind, state); None where only those of one organisation could be counted."""
    if connection.dialect.name == "postgresql" and not current_app.config["KOTO"].owner_database_url:
        return None
    counted = select(Job.kind, Job.state, func.count()).where(Job.state.in_(_TOLD)).group_by(Job.kind, Job.state)
    with owner_engine().connect() as owner:
        found: dict[tuple[str, ...], float] = {(kind, _TOLD[state]): number for kind, state, number in owner.execute(counted)}
    return {(kind, state): 0.0 for kind in known_kinds() for state in _TOLD.values()} | found
