"""`/metrics` of a served application: the sum of all workers whichever answers, whatever becomes of one, also from a full disk."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.resilience.test_disk_full import full_disk
from tests.support.server import Server, until
from tests.support.visitor import Visitor
from tests.web.test_metrics import samples

MANY = 24


@pytest.fixture
def server(sqlite_folder: Path) -> Iterator[Server]:
    with Server(sqlite_folder) as found:
        yield found


def counted(server: Server, endpoint: str = "health.readyz") -> float:
    return samples(Visitor(server.address).get("/metrics").text).get(("koto_requests_total", endpoint, "GET", "2xx"), 0)


def test_every_worker_tells_the_sum_of_all(server: Server) -> None:
    for _each in range(MANY):
        assert Visitor(server.address).get("/readyz").status in (200, 503)
    found = {counted(server, "metrics.told") for _each in range(MANY)}
    # Each asking counts itself for the next one, so no number is told twice.
    assert found == set(map(float, range(MANY)))
    files = {path.name for path in folder_of(server).glob("counter_*")}
    assert files == {f"counter_{pid}.db" for pid in server.workers} and len(files) == 2


def folder_of(server: Server) -> Path:
    return server.log.parent / "metrics" / str(server.process.pid)


def asked(server: Server, number: int) -> None:
    for _each in range(number):
        Visitor(server.address).get("/login/")


def test_what_a_worker_counted_still_counts_when_it_is_gone(server: Server) -> None:
    asked(server, MANY)
    before = server.workers
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    until(lambda: len(server.workers - before) == 2)
    asked(server, 4)
    assert counted(server, "SignInView.login") == MANY + 4


def test_a_new_start_counts_anew_and_leaves_nothing_behind(sqlite_folder: Path) -> None:
    with Server(sqlite_folder) as first:
        asked(first, 3)
        gone = folder_of(first)
        with Server(sqlite_folder) as beside:
            asked(beside, 1)
            assert (counted(first, "SignInView.login"), counted(beside, "SignInView.login")) == (3, 1)
    with Server(sqlite_folder) as second:
        assert not gone.exists() and folder_of(second).is_dir() and counted(second, "SignInView.login") == 0


def test_a_full_disk_takes_no_worker_and_no_count(server: Server) -> None:
    workers, before = server.workers, counted(server, "health.healthz")
    with full_disk(server):
        for _each in range(MANY):
            assert Visitor(server.address).get("/healthz").status == 200
        assert counted(server, "health.healthz") == before + MANY
    assert server.workers == workers and counted(server, "health.healthz") == before + MANY


def test_a_worker_that_begins_on_a_full_disk_serves_without_counting(server: Server) -> None:
    before = server.workers
    with full_disk(server):
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(server.workers - before) == 2)
        until(lambda: Visitor(server.address).get("/healthz").status == 200)
        kept = counted(server, "health.healthz")
    for _each in range(MANY):
        assert Visitor(server.address).get("/healthz").status == 200
    assert counted(server, "health.healthz") == kept and not list(folder_of(server).glob("*.new"))
