"""The server is asked to stop: the request in flight is finished and answered, then the server leaves without a fault."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.server import ROOT, Server, until
from tests.support.site import Site

STOPS: dict[str, Callable[[Server], None]] = {
    "SIGTERM to the server": lambda server: server.process.send_signal(signal.SIGTERM),
    "Ctrl-C in a terminal": Server.interrupt,
}


@pytest.fixture
def prepared(on_postgres: Site) -> Path:
    """A prepared instance folder as `bin/run` leaves it, so that it starts at once."""
    folder = on_postgres.server.log.parent
    release = next(line for line in (ROOT / "bin/run").read_text().splitlines() if line.startswith("release="))
    found = subprocess.run(["sh", "-c", f'{release}; printf %s "$release"'], cwd=ROOT, check=True, capture_output=True, text=True)
    (folder / "prepared").write_text(found.stdout)
    (folder / "accounts").touch()
    return folder


@pytest.mark.parametrize("stop", STOPS)
def test_a_request_in_flight_is_finished_before_the_server_stops(on_postgres: Site, prepared: Path, stop: str) -> None:
    with Server(prepared, command=["sh", "bin/run"], **on_postgres.server.settings) as server:
        site = Site(server, on_postgres.url)
        visitor, before = site.visitor(), site.numbers()
        with site.entry_being_saved(visitor, "Ehtii vielä") as (request, _port):
            STOPS[stop](server)
            # The idle worker leaves at once, the busy one stays.
            until(lambda: len(server.workers) < 2)
        assert request.result(10).status == 303
        assert site.numbers() == {name: count + 1 for name, count in before.items()}
        assert server.process.wait(10) == 0
