"""A process that has loaded the application once and forks a server whenever one is asked for: loading takes three times as long as all else that a server begins with.

Run as a program it serves one line of JSON after another: `{"start": {...}}` answers the process id, `{"poll": id}` the exit code or null.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# What `python -m gunicorn` with `app/web/gunicorn.py` loads; none of it reads the environment before `run` is loaded but the library of metrics: servers forked here tell no requests.
_LOADED = ("app", "gunicorn.app.wsgiapp", "gunicorn.workers.sync", "vl_convert", "app.reports.charts.specs", "app.core.pdf_renderer")


class Forked:
    """A server forked by the zygote, with what is asked of a `Popen`."""

    def __init__(self, arguments: Sequence[str], env: Mapping[str, str], log: Path) -> None:
        self.pid: int = _ask({"start": {"arguments": list(arguments), "env": dict(env), "log": str(log)}})
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = _ask({"poll": self.pid})
        return self.returncode

    def terminate(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)

    def wait(self, timeout: float) -> int:
        """Wait for the end; raises TimeoutError."""
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise TimeoutError(self.pid)
            time.sleep(0.02)
        return code


@cache
def _zygote() -> subprocess.Popen[str]:
    """Start the zygote of this process; it ends when this process does, as its input ends then."""
    return subprocess.Popen([sys.executable, "-m", "tests.support.zygote"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ask(what: dict[str, Any]) -> Any:
    zygote = _zygote()
    assert zygote.stdin is not None and zygote.stdout is not None
    zygote.stdin.write(json.dumps(what) + "\n")
    zygote.stdin.flush()
    return json.loads(zygote.stdout.readline())


def _start(arguments: list[str], env: dict[str, str], log: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        silence, written = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for source, target in ((silence, 0), (written, 1), (written, 2)):
            os.dup2(source, target)
        os.environ.clear()
        os.environ.update(env)
        sys.argv = ["gunicorn", *arguments]
        run: Callable[[], None] = import_module("gunicorn.app.wsgiapp").run
        run()
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 1)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    os._exit(1)


def _poll(pid: int) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def main() -> None:
    """Answer until the input ends."""
    for name in _LOADED:
        import_module(name)
    for line in sys.stdin:
        what = json.loads(line)
        answer = _start(**what["start"]) if "start" in what else _poll(what["poll"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
