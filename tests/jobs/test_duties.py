"""A duty of the clock is done once for its time, however many workers there are; a failed or interrupted one is done again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import delete, update

from app.jobs.access import as_system
from app.jobs.duties import AGAIN, DUTIES, do_duty, due_duties
from app.jobs.models import DutyRun
from app.jobs.timetable import Daily, Duty
from tests.support.counting import TICK, Counting

NOON = datetime(2026, 11, 26, 10, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clean(counting: Counting) -> Iterator[None]:
    with counting.app.app_context(), as_system() as session:
        session.execute(delete(DutyRun))
        session.commit()
    counting.sql("DELETE FROM counted WHERE subject_id = 'tick'")
    yield
    counting.app.extensions[DUTIES] = (TICK,)


def times(counting: Counting) -> int:
    return len(counting.numbers("tick"))


def do(counting: Counting, moment: datetime) -> None:
    with counting.app.app_context():
        do_duty("tick", moment)


def row(counting: Counting, **values: Any) -> DutyRun:
    """Give the row of the duty, after changing it."""
    with counting.app.app_context(), as_system() as session:
        if values:
            session.execute(update(DutyRun).values(**values))
            session.commit()
        found = session.get_one(DutyRun, "tick")
        session.expunge(found)
        return found


def due(counting: Counting, moment: datetime) -> bool:
    with counting.app.app_context(), as_system() as session:
        return due_duties(session, moment) == ["tick"]


@pytest.mark.parametrize("is_first", [True, False])
def test_workers_at_the_same_moment_do_a_duty_once(counting: Counting, is_first: bool) -> None:
    if not is_first:
        do(counting, NOON - MINUTE)
    workers = 4
    together = Barrier(workers)

    def work() -> None:
        with counting.app.app_context():
            together.wait(10)
            do_duty("tick", NOON)

    with ThreadPoolExecutor(workers) as pool:
        for answer in [pool.submit(work) for _each in range(workers)]:
            answer.result(20)
    assert times(counting) == (1 if is_first else 2)


def test_a_duty_is_due_again_at_its_next_time(counting: Counting) -> None:
    assert due(counting, NOON)
    do(counting, NOON)
    assert not due(counting, NOON + timedelta(seconds=29))
    do(counting, NOON + timedelta(seconds=29))
    assert times(counting) == 1
    assert due(counting, NOON + timedelta(seconds=30))
    do(counting, NOON + timedelta(seconds=30))
    found = row(counting)
    assert (times(counting), found.outcome, found.slot_at) == (2, "OK", NOON + timedelta(seconds=30))
    assert found.succeeded_at and found.took_ms is not None


def test_a_worker_that_was_away_does_the_duty_once_and_not_for_each_time_missed(counting: Counting) -> None:
    do(counting, NOON)
    for _each in range(2):
        do(counting, NOON + timedelta(hours=5))
    assert times(counting) == 2


def test_a_daily_duty_is_not_made_up_for_where_it_was_never_done(counting: Counting) -> None:
    counting.app.extensions[DUTIES] = (Duty("tick", Daily(6, 30), TICK.work),)
    do(counting, NOON)
    assert times(counting) == 0 and not due(counting, NOON)
    # A night that the worker slept through is made up for.
    do(counting, NOON + timedelta(hours=40))
    assert times(counting) == 1


def test_a_duty_that_failed_keeps_nothing_and_is_done_again_after_a_while(counting: Counting) -> None:
    counting.app.extensions[DUTIES] = (Duty("tick", Daily(6, 30), TICK.work),)
    do(counting, NOON - timedelta(days=1))

    def breaks(session: Any) -> None:
        TICK.work(session)
        raise ValueError

    counting.app.extensions[DUTIES] = (Duty("tick", Daily(6, 30), breaks),)
    do(counting, NOON)
    failed = row(counting)
    assert (failed.outcome, failed.succeeded_at, times(counting)) == ("FAILED", None, 0)
    row(counting, finished_at=NOON)
    counting.app.extensions[DUTIES] = (Duty("tick", Daily(6, 30), TICK.work),)
    for later, number in ((AGAIN - MINUTE, 0), (AGAIN + MINUTE, 1), (AGAIN + 2 * MINUTE, 1)):
        assert due(counting, NOON + later) is (number > times(counting))
        do(counting, NOON + later)
        assert times(counting) == number


def test_a_duty_whose_worker_was_killed_is_done_again_when_it_could_be_ready(counting: Counting) -> None:
    do(counting, NOON)
    longest = TICK.when.longest
    for later, number in ((longest - MINUTE, 1), (longest + MINUTE, 2)):
        row(counting, finished_at=None, started_at=NOON)
        assert due(counting, NOON + later) is (number == 2)
        do(counting, NOON + later)
        assert times(counting) == number
