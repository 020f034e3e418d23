"""A worker dies in the middle of a request: the others go on, a new one takes its place, nothing is half written."""

from __future__ import annotations

import os
import signal
from http.client import HTTPException

import pytest

from tests.support.server import until
from tests.support.site import Entry, Site


def test_a_killed_worker_takes_only_its_own_request_with_it(on_postgres: Site) -> None:
    saving, reading, before = on_postgres.visitor("fi"), on_postgres.visitor("sv"), on_postgres.numbers()
    workers = on_postgres.server.workers
    assert len(workers) == 2
    with on_postgres.entry_being_saved(saving, "Kesken jäänyt") as (request, port):
        killed = on_postgres.server.worker_behind(port)
        assert reading.get("/clients/add").status == 200
        os.kill(killed, signal.SIGKILL)
        with pytest.raises((OSError, HTTPException)):
            request.result(10)
        assert reading.get("/clients/add").status == 200
        fresh = until(lambda: len(on_postgres.server.workers) == 2 and on_postgres.server.workers - workers)
    assert killed not in on_postgres.server.workers
    assert len(fresh) == 1
    assert on_postgres.numbers() == before
    assert {reading.get("/clients/list/").status for _each in range(8)} == {200}
    assert Entry(saving).save("Uudelleen").status == 303
    assert on_postgres.numbers() == {name: count + 1 for name, count in before.items()}
