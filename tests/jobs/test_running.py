"""A job step by step: it is finished, rests, goes on, ends, is tried again, and ends with the right it was started by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from app.access.actor import Actor, Scope, current_actor, current_scope
from app.db.base import db
from app.db.types import new_id, now
from app.jobs import actions
from app.jobs.access import as_system
from app.jobs.holding import PAUSES, in_hand, new_holder
from app.jobs.kinds import Progress, register
from app.jobs.models import Job
from app.jobs.queries import newest, progress_of
from app.jobs.queue import current_queue
from app.jobs.sweep import SILENT, clear_finished, sweep
from app.jobs.sweep import SLOW as SLOW_STEP
from tests.support.counting import BREAKS, FEW, KIND, LASTING, NAME_IN_A_FAULT, OF_THE_LEAD, Counting
from tests.support.log_lines import log_lines

ALL = list(range(1, FEW + 1))


@pytest.mark.parametrize("username", [None, "aino"])
def test_each_step_is_done_once_and_told(counting: Counting, username: str | None) -> None:
    job = counting.start(KIND, username)
    assert (job.state, job.done, job.total, job.started_at) == ("QUEUED", 0, None, None)
    seen: list[int] = []
    done = counting.run(job, lambda _step: seen.append(counting.job(job.id).done))
    assert (done.state, done.done, done.total, done.attempt, done.error_code, done.holder) == ("DONE", FEW, FEW, 0, None, None)
    assert seen == ALL[:-1] and counting.numbers(job.subject_id) == ALL
    assert done.started_at and done.finished_at and done.heartbeat_at
    # A second word of the same job wakes nobody.
    assert counting.run(job).version == done.version and counting.numbers(job.subject_id) == ALL


def test_a_step_acts_as_the_person_who_started_the_job(counting: Counting) -> None:
    seen: list[tuple[Actor | None, Scope]] = []

    def look(_session: Any, job: Any) -> Progress:
        seen.append((current_actor(), current_scope()))
        return Progress(job.done + 1, 2, job.done == 1)

    register("test:look", look)
    with counting.acting("aino") as aino:
        pass
    counting.run(counting.start("test:look", "aino"))
    counting.run(counting.start("test:look"))
    assert seen == [(aino, aino.scope)] * 2 + [(None, Scope(is_system=True))] * 2


def test_a_job_rests_between_two_steps_and_goes_on_from_there(counting: Counting) -> None:
    job = counting.start(KIND, "aino")
    rests = counting.run(job, lambda step: step == 2 and counting.ask(actions.pause, job) and None)
    # The step in hand was done: the third saw the wish.
    assert (rests.state, rests.wanted, rests.done, rests.holder) == ("PAUSED", "RUN", 3, None)
    assert counting.run(job).state == "PAUSED" and counting.numbers(job.subject_id) == ALL[:3]
    assert counting.ask(actions.resume, job) and counting.job(job.id).state == "QUEUED"
    assert counting.run(job).state == "DONE" and counting.numbers(job.subject_id) == ALL


def test_a_cancelled_job_keeps_what_it_did_and_never_goes_on(counting: Counting) -> None:
    job = counting.start(KIND, "aino")
    ended = counting.run(job, lambda step: step == 1 and counting.ask(actions.cancel, job) and None)
    assert (ended.state, ended.done) == ("CANCELLED", 2) and ended.finished_at
    assert not any(counting.ask(deed, job) for deed in (actions.pause, actions.resume, actions.cancel))
    assert counting.run(job).state == "CANCELLED" and counting.numbers(job.subject_id) == ALL[:2]


def test_a_job_that_waits_rests_and_ends_at_once(counting: Counting) -> None:
    job = counting.start(KIND, "aino")
    assert counting.ask(actions.pause, job) and counting.job(job.id).state == "PAUSED"
    assert counting.ask(actions.cancel, job) and counting.job(job.id).state == "CANCELLED"
    assert counting.run(job).state == "CANCELLED" and counting.numbers(job.subject_id) == []


def test_a_wish_to_rest_is_taken_back_before_it_was_heard(counting: Counting) -> None:
    job = counting.start(KIND, "aino")

    def change(step: int) -> None:
        if step == 1:
            assert counting.ask(actions.pause, job) and counting.ask(actions.resume, job)

    assert counting.run(job, change).state == "DONE"


def test_a_worker_that_shall_stop_leaves_the_job_to_the_next(counting: Counting) -> None:
    job = counting.start(KIND, "aino")
    left = counting.run(job, lambda step: step == 2)
    assert (left.state, left.done, left.holder, left.attempt) == ("QUEUED", 2, None, 0)
    assert counting.run(job).state == "DONE" and counting.numbers(job.subject_id) == ALL


def test_a_job_that_has_had_its_turn_lets_others_go_first(counting: Counting) -> None:
    with counting.app.app_context():
        huey = current_queue().huey
    huey.storage.flush_queue()
    job = counting.start(KIND, "aino")
    # Its own word is the only one and is taken by a worker.
    assert huey.dequeue().args == (job.id,)
    counting.start(KIND, "aino")
    waits = counting.run(job, turn=0)
    assert (waits.state, waits.done) == ("QUEUED", 1)
    assert [huey.dequeue().args for _each in range(2)][1] == (job.id,) and huey.pending_count() == 0
    # Nobody else waits.
    assert counting.run(job, turn=0).state == "DONE"


def test_a_failing_step_is_tried_again_after_growing_pauses_and_then_given_up(counting: Counting) -> None:
    job = counting.start(BREAKS, "aino")
    for number, pause in enumerate(PAUSES, start=1):
        waits = counting.run(job)
        assert (waits.state, waits.attempt, waits.error_code) == ("QUEUED", number, "STEP_FAILED")
        assert abs(waits.due_at - now() - pause) < timedelta(seconds=3)
        # Its time has not come.
        assert counting.run(job).attempt == number
        counting.change(job, due_at=job.created_at)
    with log_lines() as lines:
        ended = counting.run(job)
    assert (ended.state, ended.error_code) == ("FAILED", "STEP_FAILED") and ended.finished_at
    assert counting.numbers(job.subject_id) == []
    told = lines.getvalue()
    assert "counting.py:" in told and not any(part in told for part in NAME_IN_A_FAULT.split())


def test_a_step_that_went_well_makes_the_failures_before_it_forgotten(counting: Counting) -> None:
    job = counting.start(KIND, "aino")
    counting.change(job, attempt=3, error_code="DATABASE")
    done = counting.run(job, lambda step: step == 1)
    assert (done.state, done.attempt, done.error_code) == ("QUEUED", 0, None)


def test_a_step_that_would_fail_again_ends_the_job_with_its_own_key(counting: Counting) -> None:
    ended = counting.run(counting.start(LASTING, "aino"))
    assert (ended.state, ended.error_code, ended.attempt) == ("FAILED", "TOO_MANY_ROWS", 1)
    assert counting.numbers(ended.subject_id) == []


def test_a_kind_of_another_release_is_tried_again(counting: Counting) -> None:
    assert counting.run(counting.start("test:nobody-knows-it", "aino")).error_code == "UNKNOWN_KIND"


@pytest.mark.parametrize("end", ["ended_at = valid_from", "valid_to = '2001-01-01', valid_from = '2000-01-01'", "opened_at = NULL"])
def test_a_job_ends_with_the_right_it_was_started_by(counting: Counting, end: str) -> None:
    job = counting.start(KIND, "bengt")
    keep = "CREATE TABLE kept_grant AS SELECT * FROM access_grant"
    counting.sql(keep)
    try:
        ended = counting.run(job, lambda step: step == 2 and counting.sql(f"UPDATE access_grant SET {end} WHERE id = :id", id=job.grant_id))
        assert (ended.state, ended.error_code, ended.done) == ("FAILED", "RIGHT_ENDED", 2)
        assert counting.numbers(job.subject_id) == ALL[:2]
    finally:
        same = "(SELECT {0} FROM kept_grant WHERE kept_grant.id = access_grant.id)"
        columns = ", ".join(f"{name} = {same.format(name)}" for name in ("ended_at", "valid_from", "valid_to", "opened_at"))
        counting.sql(f"UPDATE access_grant SET {columns}")
        counting.sql("DROP TABLE kept_grant")


def test_a_kind_may_ask_for_a_permission(counting: Counting) -> None:
    assert counting.run(counting.start(OF_THE_LEAD, "bengt")).state == "DONE"
    ended = counting.run(counting.start(OF_THE_LEAD, "aino"))
    assert (ended.state, ended.error_code) == ("FAILED", "RIGHT_ENDED")


def test_a_row_has_one_unfinished_job_of_a_kind(counting: Counting) -> None:
    subject = new_id()
    with counting.acting("aino") as actor:
        first = actions.start(db.session, KIND, subject, actor.organisation_id)
        assert actions.start(db.session, KIND, subject, actor.organisation_id) is first
        db.session.commit()
        db.session.add(Job(kind=KIND, subject_id=subject, org_id=actor.organisation_id))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
        counting.run(counting.job(first.id))
        again = actions.start(db.session, KIND, subject, actor.organisation_id)
        db.session.commit()
        found = progress_of(db.session, KIND, subject)
        assert again.id != first.id and found is not None and (found.id, found.state) == (again.id, "QUEUED")


def test_an_organisation_sees_and_stops_its_own_jobs_only(counting: Counting) -> None:
    job, system = counting.start(KIND, "aino"), counting.start(KIND)
    with counting.acting("cecilia"):
        assert not {job.id, system.id} & {one.id for one in newest(db.session, 1000)}
        assert progress_of(db.session, KIND, job.subject_id) is None
        assert not any(deed(db.session, job.id) for deed in (actions.pause, actions.resume, actions.cancel))
    with counting.acting("bengt"):
        assert job.id in {one.id for one in newest(db.session, 1000)}
        assert actions.cancel(db.session, job.id) and not actions.cancel(db.session, system.id)
        db.session.commit()
    assert counting.job(job.id).state == "CANCELLED" and counting.job(system.id).state == "QUEUED"


def test_what_a_worker_that_lost_the_job_does_is_not_kept(counting: Counting) -> None:
    job = counting.start(KIND, "aino")
    # Another took the job while this one was slow.
    counting.run(job, lambda step: step == 2 and counting.change(job, holder=new_holder()))
    assert counting.numbers(job.subject_id) == ALL[:2] and counting.job(job.id).state == "RUNNING"


def _swept(counting: Counting, after: timedelta) -> None:
    with counting.app.app_context(), as_system() as session:
        sweep(session, now() + after)


def _silent(counting: Counting, holder: str, wanted: str = "RUN") -> Job:
    """Give a job that a worker has in hand, which has done two steps."""
    job = counting.start(KIND, "aino")
    counting.run(job, lambda step: step == 2)
    counting.change(job, state="RUNNING", wanted=wanted, holder=holder, heartbeat_at=now())
    return job


@pytest.mark.parametrize(
    ("holder", "after"), [("elsewhere:1:x", SILENT), (new_holder(), SLOW_STEP)], ids=["of another machine", "of this one, at work"]
)
def test_a_silent_worker_is_given_time_and_then_taken_for_gone(counting: Counting, holder: str, after: timedelta) -> None:
    job = _silent(counting, holder)
    with in_hand(holder):
        _swept(counting, after - timedelta(seconds=5))
        assert counting.job(job.id).state == "RUNNING"
        _swept(counting, after + timedelta(seconds=5))
    assert (counting.job(job.id).state, counting.job(job.id).error_code) == ("QUEUED", "WORKER_LOST")
    assert counting.run(job).state == "DONE" and counting.numbers(job.subject_id) == ALL


def test_a_worker_of_this_machine_that_is_gone_is_not_waited_for(counting: Counting) -> None:
    host, _pid, name = new_holder().rsplit(":", 2)
    # No process has a number as high.
    for wanted, state in (("RUN", "QUEUED"), ("PAUSE", "PAUSED"), ("CANCEL", "CANCELLED")):
        job = _silent(counting, f"{host}:{2**22 + 1}:{name}", wanted)
        _swept(counting, timedelta())
        assert counting.job(job.id).state == state


def test_a_job_that_takes_its_worker_with_it_each_time_is_given_up(counting: Counting) -> None:
    job = _silent(counting, "elsewhere:1:x")
    counting.change(job, attempt=3)
    _swept(counting, SILENT + timedelta(seconds=5))
    assert (counting.job(job.id).state, counting.job(job.id).error_code) == ("FAILED", "WORKER_LOST")


def test_a_job_that_ended_long_ago_is_forgotten_and_no_other(counting: Counting) -> None:
    old, young, waiting = (counting.start(KIND) for _number in range(3))
    counting.run(old), counting.run(young)
    today = date(2026, 11, 26)
    with counting.app.app_context(), as_system() as session:
        for job, day in ((old, 27), (young, 28)):
            session.get_one(Job, job.id).finished_at = datetime(2026, 8, day, 12, tzinfo=UTC)
        session.get_one(Job, waiting.id).created_at = datetime(2020, 1, 1, tzinfo=UTC)
        session.commit()
        assert clear_finished(session, today) == {"jobs": 1}
        assert session.get(Job, old.id) is None and session.get(Job, young.id) and session.get(Job, waiting.id)
    counting.run(waiting)
