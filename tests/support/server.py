"""The application served by gunicorn as in production, with a hold on its processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.support.postgres import free_port
from tests.support.zygote import Forked

ROOT = Path(__file__).parents[2]
WORKERS = 2


def until(found: Callable[[], Any], *, seconds: float = 10) -> Any:
    """Ask until the answer is true, and give it."""
    deadline = time.monotonic() + seconds
    while not (answer := found()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
    return answer


class Server:
    """Serves the instance folder within a `with` block; the log is `server.log` in that folder."""

    def __init__(self, instance: Path, *, command: Sequence[str] = (), **env: str) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.log = instance / "server.log"
        self._is_ours = not command
        self._arguments = ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--config", "app/web/gunicorn.py", "run:app"]
        self._command = list(command) or [sys.executable, "-m", "gunicorn", *self._arguments]
        self.settings = env
        self._env = {**os.environ, "KOTO_INSTANCE_DIR": str(instance), "KOTO_PORT": str(port), "KOTO_JOBS": "off", **env}

    def _start(self) -> Any:
        with self.log.open("a") as log:
            # A group of its own: a signal for the group reaches the workers too, as Ctrl-C in a terminal does.
            return subprocess.Popen(self._command, env=self._env, stderr=log, stdout=log, cwd=ROOT, start_new_session=True)

    def __enter__(self) -> Server:
        self.process = self._start()
        try:
            until(self._is_up, seconds=30)
            # The first worker answers before the second is there, which whoever counts, kills or hinders them all would miss.
            until(lambda: not self._is_ours or len(self.workers) == WORKERS)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_fault: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=25)

    def _is_up(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=1):
                return True
        except OSError:
            return False

    @property
    def workers(self) -> set[int]:
        """The process ids of the workers."""
        master = str(self.process.pid)
        parents = {path.parent.name: path.read_text().rpartition(")")[2].split()[1] for path in Path("/proc").glob("[0-9]*/stat") if path.exists()}
        return {int(pid) for pid, parent in parents.items() if parent == master}

    def worker_behind(self, port: int) -> int:
        """Give the worker that holds the connection made from local `port`."""
        rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        (link_text,) = (f"socket:[{row[9]}]" for row in rows if int(row[1].split(":")[1], 16) == port and row[9] != "0")
        (worker,) = (pid for pid in self.workers if link_text in {os.readlink(link) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()})
        return worker

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        os.killpg(self.process.pid, signal.SIGINT)


class ForkedServer(Server):
    """The same gunicorn without its start: for who asks what it serves, and not how it begins and ends."""

    def _start(self) -> Any:
        return Forked(self._arguments, self._env, self.log)
