"""The queue between the service and its workers: keys only, as JSON; and nobody is refused because it is away."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask

from app.access.actor import system_scope
from app.db.base import db
from app.db.types import new_id, now
from app.jobs import actions
from app.jobs.queries import progress_of
from app.jobs.queue import current_queue, wake
from tests.support.app import make_app, prepare
from tests.support.counting import KIND
from tests.support.log_lines import log_lines
from tests.support.redis import redis_server

CLIENTS = 30


@pytest.fixture(scope="module")
def on_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, object]]:
    with redis_server() as (url, server):
        app = make_app(tmp_path_factory.mktemp("queue"), settings={"KOTO_REDIS_URL": url})
        prepare(app, CLIENTS)
        yield app, server


def queued(app: Flask) -> list[bytes]:
    with app.app_context():
        found: list[bytes] = current_queue().huey.storage.enqueued_items()
        current_queue().huey.storage.flush_queue()
    return found


def started(app: Flask, *, is_kept: bool) -> str:
    subject = new_id()
    with app.app_context(), system_scope():
        made = actions.start(db.session, KIND, subject).id
        with db.session.begin_nested():
            pass
        assert current_queue().huey.pending_count() == 0
        db.session.commit() if is_kept else db.session.rollback()
        # What comes after a rollback does not wake what went with it.
        db.session.commit()
    return made


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_the_key_of_a_kept_job_is_all_that_is_queued(sqlite_app: Flask, on_redis: tuple[Flask, object], kind: str) -> None:
    app = sqlite_app if kind == "sqlite" else on_redis[0]
    queued(app)
    started(app, is_kept=False)
    assert queued(app) == []
    job_id = started(app, is_kept=True)
    (message,) = queued(app)
    assert json.loads(message) | {"id": "", "name": ""} == {"id": "", "name": "", "eta": None, "args": [job_id]}


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_a_duty_goes_before_jobs_that_wait_longer(sqlite_app: Flask, on_redis: tuple[Flask, object], kind: str) -> None:
    app = sqlite_app if kind == "sqlite" else on_redis[0]
    queued(app)
    with app.app_context():
        for key in ("a-job", "another"):
            wake(key)
        current_queue().wake_duty("a-duty")
        found = [current_queue().huey.dequeue() for _message in range(3)]
        assert [task and task.args[0] for task in found] == ["a-duty", "a-job", "another"]


def test_a_word_for_later_keeps_its_time(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        huey = current_queue().huey
        huey.storage.flush_schedule()
        wake("a-job", seconds=30)
        task = huey.dequeue()
        assert task is not None and task.args == ("a-job",)
        assert 25 < (task.eta - now().replace(tzinfo=None)).total_seconds() <= 30


def test_a_message_that_is_no_json_makes_nothing_run(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        queue = current_queue().huey
        queue.storage.enqueue(b"\x80\x04\x95 a pickle")
        with pytest.raises(ValueError):
            queue.dequeue()
        assert queue.pending_count() == 0


def test_a_job_is_kept_when_the_queue_is_away(on_redis: tuple[Flask, object]) -> None:
    app, server = on_redis
    server.kill()  # type: ignore[attr-defined]
    server.wait()  # type: ignore[attr-defined]
    subject = new_id()
    with log_lines() as lines, app.app_context(), system_scope():
        actions.start(db.session, KIND, subject)
        db.session.commit()
        found = progress_of(db.session, KIND, subject)
        assert found is not None and found.state == "QUEUED"
    assert "jobs_queue_away" in lines.getvalue()
