"""`/readyz` tells whether a worker reports, and is not ready where one belongs and none does."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from app.db.types import now
from app.jobs.access import as_system
from app.jobs.duties import report
from app.jobs.models import DutyRun
from app.jobs.state import LATE
from app.web.health import BEGAN, GRACE
from tests.support.counting import Counting


@pytest.mark.parametrize(
    ("runs_jobs", "since_start", "silent", "status", "jobs"),
    [
        (True, GRACE + 5, timedelta(), 200, "ok"),
        (True, GRACE + 5, LATE + timedelta(seconds=5), 503, "late"),
        (True, GRACE + 5, None, 503, "late"),
        (True, 0, None, 200, "late"),
        (False, GRACE + 5, None, 200, "late"),
    ],
)  # fmt: skip
def test_readiness(counting: Counting, runs_jobs: bool, since_start: int, silent: timedelta | None, status: int, jobs: str) -> None:
    app = counting.app
    with app.app_context(), as_system() as session:
        session.execute(delete(DutyRun))
        session.commit()
        if silent is not None:
            # A second report goes into the row of the first.
            for earlier in (timedelta(hours=1), timedelta()):
                report(session, now() - silent - earlier)
    settings = app.config["KOTO"]
    app.config["KOTO"] = replace(settings, runs_jobs=runs_jobs)
    app.extensions[BEGAN] = time.monotonic() - since_start
    try:
        answer = app.test_client().get("/readyz")
    finally:
        app.config["KOTO"] = settings
    assert (answer.status_code, answer.json) == (status, {"database": "ok", "migrations": "ok", "jobs": jobs})
