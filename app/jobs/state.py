"""Whether a worker lives, for `/readyz`."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from app.db.types import now
from app.jobs.duties import WORKER
from app.jobs.models import DutyRun

LATE = timedelta(minutes=3)


def is_late(reported: datetime | None, moment: datetime) -> bool:
    """Tell whether no worker has told for three minutes that it lives."""
    return reported is None or moment - reported > LATE


def state_of_workers(connection: Connection) -> str:
    """Give `ok`, or `late` when no worker of any node has reported lately."""
    reported = connection.scalar(select(DutyRun.succeeded_at).where(DutyRun.name == WORKER))
    return "late" if is_late(reported, now()) else "ok"
