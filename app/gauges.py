"""What `/metrics` asks the database: how much waits, and how old the figures are."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from app.db.types import now
from app.jobs.state import numbers_of_jobs, succeeded_at
from app.mail.outbox import letters_waiting
from app.web.metrics import Gauge

# The duty of the timetable (`app/duties.py`) that writes the figures every night.
_FIGURES = "figures"


def gauges(connection: Connection) -> Iterable[Gauge]:
    """Give the numbers; three statements, whatever the size of the tables."""
    jobs = numbers_of_jobs(connection)
    if jobs is not None:
        yield Gauge("koto_jobs", "Jobs that wait for a worker, and those that have failed and are still kept.", jobs, ("kind", "state"))
    yield Gauge("koto_letters_waiting", "Letters in the outbox that are not sent.", {(): letters_waiting(connection)})
    written = succeeded_at(connection, _FIGURES)
    if written is not None:
        yield Gauge("koto_figures_age_seconds", "How long ago the nightly snapshot of reports last went well.", {(): (now() - written).total_seconds()})
