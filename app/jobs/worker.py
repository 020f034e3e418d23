"""The worker: huey's consumer in a process of its own, which ends with the service and finishes the step in hand."""

from __future__ import annotations

import logging
import time
from typing import Any

import structlog
from flask import Flask
from huey.consumer import Consumer

from app.db.types import now
from app.jobs.access import as_system
from app.jobs.duties import do_duty, due_duties, report
from app.jobs.holding import process_is_gone
from app.jobs.queue import Queue, current_queue
from app.jobs.runner import run_job
from app.jobs.sweep import sweep

log = structlog.get_logger()
# Two at a time: a long job does not keep the letters waiting.
THREADS = 2
# An idle worker asks its queue on SQLite once in so many seconds; Redis tells by itself.
SLOWEST = 1.0


class _Consumer(Consumer):
    """Stops at SIGTERM as at Ctrl-C, after the step in hand; and when the process it serves is gone."""

    def __init__(self, queue: Queue, beside: int | None) -> None:
        super().__init__(queue.huey, workers=THREADS, max_delay=SLOWEST, initial_delay=0.1, backoff=1.3)
        self._beside, self._next_look = beside, 0.0

    def _handle_stop_signal(self, sig_num: int, frame: Any) -> None:
        super()._handle_stop_signal(sig_num, frame)
        self._graceful = True

    def loop(self, health_check_ts: float | None = None) -> Any:
        if self._beside is not None and time.monotonic() > self._next_look:
            self._next_look = time.monotonic() + 0.5
            if process_is_gone(self._beside):
                self.stop(graceful=True)
        return super().loop(health_check_ts)


class _ToLog(logging.Handler):
    """Tells huey's warnings without what they hold, and the same one at most every ten seconds."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._told: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        text = str(record.msg)
        if time.monotonic() - self._told.get(text, -10) >= 10:
            self._told[text] = time.monotonic()
            fault = record.exc_info[0] if record.exc_info else None
            log.error("jobs_worker", told=text, fault=fault and fault.__name__)


def clock(app: Flask) -> None:
    """Tell that this worker lives, wake jobs that were left behind, and the duties whose time has come."""
    with app.app_context(), as_system() as session:
        moment = now()
        report(session, moment)
        sweep(session, moment)
        for name in due_duties(session, moment):
            current_queue().wake_duty(name)


def work(app: Flask, *, beside: int | None = None) -> None:
    """Work until a signal, or until the process with the number `beside` is gone."""
    logger = logging.getLogger("huey")
    logger.propagate = False
    logger.handlers = [_ToLog()]
    queue = current_queue()
    consumer = _Consumer(queue, beside)

    def job(key: str) -> None:
        with app.app_context():
            run_job(key, is_stopping=consumer.stop_flag.is_set)

    def duty(name: str) -> None:
        with app.app_context():
            do_duty(name)

    queue.handlers.update(job=job, duty=duty, clock=lambda: clock(app))
    log.info("jobs_worker_started", threads=THREADS)
    consumer.run()
    log.info("jobs_worker_stopped")
