"""What the workers of one run share: whoever asks first makes it, the others wait for it and read it."""

from __future__ import annotations

import fcntl
import gc
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """Give the folder of this run that all of its workers see."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def collect_seldom() -> None:
    """Look for garbage less often than Python does: a run keeps dozens of applications, and to look among all of them took a tenth of its time."""
    gc.set_threshold(50_000, 20, 50)


def processors() -> int:
    """Give how many processors fall to this worker."""
    return max(1, (os.cpu_count() or 1) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


@contextmanager
def _held(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of a file; false where another holds it and nobody waits. It ends with the process that holds it."""
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def made_once(path: Path, make: Callable[[Path], Any], *, wait: bool = True) -> None:
    """Call `make` with a path beside `path` unless that is there already; the result is put in place whole or not at all."""
    with _held(path, wait=wait) as is_held:
        if is_held and not path.exists():
            new = path.with_name(f"{path.name}.{os.getpid()}")
            make(new)
            new.rename(path)


def pickled_once(path: Path, compute: Callable[[], Any], *, wait: bool = True) -> None:
    """Keep what `compute` gives in a file, once."""
    made_once(path, lambda new: new.write_bytes(pickle.dumps(compute(), pickle.HIGHEST_PROTOCOL)), wait=wait)
