"""Real workers in processes of their own, killed and stopped in the middle of a job; and a database that goes away."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from typing import Any

from app.db.types import now
from app.jobs.access import as_system
from app.jobs.kinds import Progress, Running, register
from app.jobs.models import Job
from app.jobs.sweep import sweep
from tests.support.counting import MANY, SLOW, Counting, write_number
from tests.support.postgres import Postgres
from tests.support.server import until


def test_a_job_of_fifty_steps_survives_a_kill_and_a_stop_and_does_each_step_once(on_sqlite: Counting) -> None:
    counting, began = on_sqlite, now()
    counting.sql("DELETE FROM counted WHERE subject_id = 'tick'")
    counting.sql("DELETE FROM duty_run")
    job = counting.start(SLOW, "aino")
    killed = _killed_in_the_middle(counting, job)
    # Two over one queue: one of them goes on with the job, and when that one is stopped the other does.
    with counting.worker() as first, counting.worker() as second:
        until(lambda: counting.job(job.id).done >= 20, seconds=60)
        holder = counting.job(job.id).holder or ""
        (stopped,) = (worker for worker in (first, second) if f":{worker.pid}:" in holder)
        stopped.send_signal(signal.SIGTERM)
        assert stopped.wait(30) == 0
        _finished(counting, job)
        # The duties before it come first, and a busy machine takes its time over them.
        until(lambda: bool(counting.numbers("tick")), seconds=60)
    assert counting.processes(job.subject_id) == {killed, first.pid, second.pid}
    # Three workers have started by now and each found the duty of the minute; it was done once a minute at most.
    assert 1 <= len(counting.numbers("tick")) <= (now() - began) // timedelta(minutes=1) + 2


def test_it_does_on_postgresql_where_the_worker_has_two_roles(on_postgres: Counting) -> None:
    job = on_postgres.start(SLOW, "aino")
    _killed_in_the_middle(on_postgres, job)
    with on_postgres.worker():
        _finished(on_postgres, job)


def _killed_in_the_middle(counting: Counting, job: Job) -> int:
    with counting.worker() as killed:
        until(lambda: counting.job(job.id).done >= 5, seconds=60)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait(10)
    left = counting.job(job.id)
    assert left.state == "RUNNING" and 5 <= left.done < MANY and counting.numbers(job.subject_id) == list(range(1, left.done + 1))
    return killed.pid


def _finished(counting: Counting, job: Job) -> None:
    until(lambda: counting.job(job.id).is_finished, seconds=60)
    done = counting.job(job.id)
    assert (done.state, done.done, done.total) == ("DONE", MANY, MANY)
    assert counting.numbers(job.subject_id) == list(range(1, MANY + 1))


def _register_with(at_the_third: Any) -> str:
    """Register a kind whose third step meets something the first time, before it writes."""
    met: list[bool] = []

    def step(session: Any, job: Running) -> Progress:
        if job.done == 2 and not met:
            met.append(True)
            at_the_third()
        write_number(session, job.subject_id, job.done + 1)
        return Progress(job.done + 1, 5, job.done == 4)

    register("test:meets", step)
    return "test:meets"


def _end_connections(postgres: Postgres, name: str) -> None:
    with postgres.admin() as admin:
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def test_a_restart_of_the_database_costs_one_try(on_postgres: Counting, postgres: Postgres) -> None:
    kind = _register_with(lambda: _end_connections(postgres, on_postgres.database))
    job = on_postgres.start(kind, "aino")
    waits = on_postgres.run(job)
    assert (waits.state, waits.done, waits.attempt, waits.error_code) == ("QUEUED", 2, 1, "DATABASE")
    on_postgres.change(job, due_at=job.created_at)
    assert on_postgres.run(job).state == "DONE" and on_postgres.numbers(job.subject_id) == [1, 2, 3, 4, 5]


def test_a_job_whose_failure_could_not_be_written_is_found_by_the_sweep(on_postgres: Counting, postgres: Postgres) -> None:
    def allow(is_allowed: bool) -> None:
        with postgres.admin() as admin:
            admin.execute(f"ALTER DATABASE {on_postgres.database} ALLOW_CONNECTIONS {is_allowed}")

    def away() -> None:
        allow(False)
        _end_connections(postgres, on_postgres.database)

    job = on_postgres.start(_register_with(away), "aino")
    on_postgres.run_only(job)
    allow(True)
    assert (on_postgres.job(job.id).state, on_postgres.job(job.id).done) == ("RUNNING", 2)
    with on_postgres.app.app_context(), as_system() as session:
        sweep(session)
    assert on_postgres.run(job).state == "DONE" and on_postgres.numbers(job.subject_id) == [1, 2, 3, 4, 5]
