"""What keeps one directory's slowness from everybody else: one at a time asks it on a node, for a limited time, in a thread of its own."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import TypeVar

from app.directories.client import BUDGET_SECONDS, Deadline, DirectoryUnavailableError

T = TypeVar("T")
# A sign-in waits for another one that has begun no longer ago than this, and never longer in all than the second number.
PATIENCE_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 2.0
# Looking a server's name up heeds no deadline: the thread may outlive the answer by that, and keeps the directory's place until it ends.
_GRACE_SECONDS = 0.3


class DirectoryBusyError(DirectoryUnavailableError):
    """Somebody else is asking the directory, and it is slow."""


def _place(folder: Path, key: str) -> int:
    """Take the one place that a directory has on this node and give its file; the place is left when the file is closed.

    A lock on a file, because the workers are processes: the kernel frees it even when one is killed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = os.open(folder / key, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    ends, seen_slow = time.monotonic() + LONGEST_WAIT_SECONDS, 0
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.utime(file)
            return file
        except BlockingIOError:
            # Seen twice, as somebody may have taken the place and not yet written when.
            seen_slow = seen_slow + 1 if time.time() - os.fstat(file).st_mtime > PATIENCE_SECONDS else 0
            if time.monotonic() > ends or seen_slow > 1:
                os.close(file)
                raise DirectoryBusyError("BUSY") from None
            time.sleep(0.02)


@contextmanager
def _leaving(file: int) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):
            os.close(file)


def within_limits(folder: Path, key: str, work: Callable[[Deadline], T], seconds: float = BUDGET_SECONDS) -> T:
    """Give what `work` gives. Raises DirectoryBusyError at once when the directory's place is taken by a slow one.

    Raises DirectoryUnavailableError when the time is over, whatever the work still waits for.
    """
    file = _place(folder, key)
    results: list[T] = []
    faults: list[BaseException] = []
    deadline = Deadline(seconds)

    def run() -> None:
        with _leaving(file):
            try:
                results.append(work(deadline))
            except BaseException as fault:
                faults.append(fault)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds + _GRACE_SECONDS)
    if results:
        return results[0]
    raise faults[0] if faults else DirectoryUnavailableError("TIMEOUT")
