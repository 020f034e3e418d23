"""Requests counted for `/metrics`: each worker counts in files of its own, and whichever is asked tells the sum of all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector

# Set by `app/web/gunicorn.py`: where the workers of one service count; its name is the number of the process that keeps them.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Enough for every endpoint with every method it has.
_ROOM = 4 * 1024 * 1024

log = structlog.get_logger()


class Tally:
    """Counts and durations of requests by endpoint, the name of the code that answers: no address, so no key and no word stands in them."""

    def __init__(self) -> None:
        self._folder = Path(os.environ[FOLDER]) if FOLDER in os.environ else None
        self._registry = CollectorRegistry()
        self._requests = Counter("koto_requests", "Requests answered.", ("endpoint", "method", "status"), registry=self._registry)
        self._seconds = Histogram("koto_request_duration_seconds", "How long the answers took.", ("endpoint",), registry=self._registry, buckets=_BUCKETS)
        self._is_kept = self._folder is None
        if self._folder is not None and self._folder.name == str(os.getpid()):
            _begin_anew(self._folder)

    def make_room(self) -> None:
        """Begin to count in this worker; one without room on the disk counts nothing.

        The library writes into files that are mapped into memory: one that had to grow on a full disk would kill the worker.
        """
        if self._folder is None:
            return
        room = self._folder / f"{os.getpid()}.new"
        try:
            for kind in ("counter", "histogram"):
                with room.open("wb") as file:
                    os.posix_fallocate(file.fileno(), 0, _ROOM)
                # Only now, since another worker reads every file of this name to its end.
                room.rename(self._folder / f"{kind}_{os.getpid()}.db")
            self._is_kept = True
        except OSError as fault:
            room.unlink(missing_ok=True)
            log.error("requests_not_counted", kind=type(fault).__name__)

    def count(self, *, endpoint: str | None, method: str, status: int, seconds: float) -> None:
        """Count an answer. `endpoint` is None where the address is unknown."""
        if not self._is_kept:
            return
        named = endpoint or "none"
        # No page is refused because it could not be counted.
        with suppress(OSError):
            self._requests.labels(named, method if method in _METHODS else "OTHER", f"{status // 100}xx").inc()
            self._seconds.labels(named).observe(seconds)

    def collect(self) -> Iterable[Metric]:
        """Give what all workers have counted since the service began."""
        if self._folder is None:
            return self._registry.collect()
        return MultiProcessCollector(None, str(self._folder)).collect() if self._folder.is_dir() else ()


def _begin_anew(folder: Path) -> None:
    """Make the folder, and take away those of services that have ended: several may share what lies above it."""
    with suppress(OSError):
        for other in folder.parent.iterdir() if folder.parent.is_dir() else ():
            if other == folder or not Path("/proc", other.name).exists():
                shutil.rmtree(other, ignore_errors=True)
        folder.mkdir(parents=True)
