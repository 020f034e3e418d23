"""The worker starts with the service and leaves with it."""

from __future__ import annotations

import json
import signal
import urllib.request
from pathlib import Path

from tests.support.counting import Counting
from tests.support.server import Server, until


def beside(server: Server) -> set[int]:
    """The processes that run, or keep, a worker beside the server."""
    words = {path.parent.name: path.read_bytes().split(b"\0") for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()}
    own = str(server.process.pid).encode()
    return {
        int(pid) for pid, found in words.items() if own in found and (b"work" in found or any(word.endswith(b"bin/jobs") for word in found))
    }


def jobs_are(server: Server, state: str) -> bool:
    with urllib.request.urlopen(f"{server.address}/readyz", timeout=5) as answer:
        return bool(json.load(answer)["jobs"] == state)


def test_a_worker_lives_as_long_as_the_service(on_sqlite: Counting) -> None:
    on_sqlite.sql("DELETE FROM duty_run")
    with Server(on_sqlite.app.config["KOTO"].instance_dir, KOTO_JOBS="on") as server:
        until(lambda: jobs_are(server, "ok"), seconds=60)
        assert len(beside(server)) == 2
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(25) == 0
        until(lambda: not beside(server), seconds=30)
    told = server.log.read_text()
    assert "jobs_worker_stopped" in told and "Traceback" not in told
