"""The anchor: a file outside the database that holds the number and hash of each seal, added to and never rewritten."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

Link = tuple[int, str]
_RESTARTED = b"# restarted"
# The last lines: remarks and seals are shorter than this.
_END = 4096


class AnchorError(RuntimeError):
    """The anchor cannot be gone on with: it is gone, or it and the database tell different stories."""


class Anchor:
    """Lines `number hash`; a line that begins with # is a remark, and one that tells of a restart parts two histories."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        return self.path.exists()

    def begin(self, on: datetime) -> None:
        """Make the file of a chain that has no seal yet; one that holds something is left alone."""
        with self._locked() as file:
            if not _size(file):
                _append(file, [f"# seals of the audit log: number and hash; begun {on.isoformat(timespec='seconds')}"])

    def history(self) -> Iterator[Link]:
        """Give the seals of the history in force, oldest first, as far as the file reaches when this is first asked."""
        if not self.exists():
            return
        with self.path.open("rb") as file:
            size, _restarts, position = _size(file), *_restarted(file)
            file.seek(position)
            while position < size and (line := file.readline()):
                position += len(line)
                if found := _parsed(line):
                    yield found

    def restarts(self) -> int:
        """Tell how often the file was begun anew."""
        if not self.exists():
            return 0
        with self.path.open("rb") as file:
            return _restarted(file)[0]

    def last(self) -> Link | None:
        """Give the last seal the history in force names."""
        if not self.exists():
            return None
        with self.path.open("rb") as file:
            return _last(file)

    def go_on(self, ends_with: Link | None, seals: Iterable[Link]) -> None:
        """Add the seals that follow `ends_with`; another process that was quicker has added them already.

        Raises `AnchorError` when the file ends with another seal of that number.
        """
        with self._locked() as file:
            number, digest = _last(file) or (0, "")
            if ends_with and number == ends_with[0] and digest != ends_with[1]:
                raise AnchorError("the anchor and the database tell different stories")
            _append(file, [f"{at} {hash_}" for at, hash_ in seals if at > number])

    def restart(self, on: datetime, reason: str, last: Link | None) -> None:
        """Begin a new history at the database's last seal; what stood there before stays."""
        words = " ".join("".join(sign if " " <= sign <= "~" else "?" for sign in reason).split())
        with self._locked() as file:
            _append(file, [f"{_RESTARTED.decode()} {on.isoformat(timespec='seconds')} {words}"[:1000], *([f"{last[0]} {last[1]}"] if last else [])])

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        """Open for adding, one process at a time."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def _append(file: BinaryIO, lines: list[str]) -> None:
    """Write whole lines and wait until the disk has them; a line that a crash cut short is closed first."""
    if not lines:
        return
    size = _size(file)
    is_torn = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
    os.write(file.fileno(), (b"\n" if is_torn else b"") + "".join(f"{line}\n" for line in lines).encode("ascii"))
    os.fsync(file.fileno())


def _parsed(line: bytes) -> Link | None:
    parts = line.split()
    is_seal = len(parts) == 2 and parts[0].isdigit() and len(parts[1]) == 64
    return (int(parts[0]), parts[1].decode("ascii", "replace")) if is_seal else None


def _restarted(file: BinaryIO) -> tuple[int, int]:
    """Give how often the file was begun anew, and the position after the last such line."""
    file.seek(0)
    count, position, after = 0, 0, 0
    for line in file:
        position += len(line)
        if line.startswith(_RESTARTED):
            count, after = count + 1, position
    return count, after


def _last(file: BinaryIO) -> Link | None:
    file.seek(max(0, _size(file) - _END))
    found: Link | None = None
    for line in file.read().splitlines():
        found = None if line.startswith(_RESTARTED) else _parsed(line) or found
    return found
