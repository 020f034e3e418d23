"""`read`: a source as a stream of sheets, rows and findings, opened by a child process. Whatever becomes of the child, the stream has an end."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from signal import SIGKILL, SIGXCPU

from app.imports.reading.choices import Choices
from app.imports.reading.limits import Limits
from app.imports.reading.messages import End, Message, Trouble, parse

_PROGRAM = Path(__file__).with_name("child.py")
_CHUNK = 1 << 16
# One line of the child is at most a batch of rows; more means that it is not our program any more.
_LONGEST_LINE = 1 << 28
_KEPT_ERRORS = 8192


@dataclass(frozen=True)
class Address:
    """A database: its address for SQLAlchemy and one question."""

    url: str
    query: str

    def __repr__(self) -> str:
        return "Address(…)"


def read(source: Path | Address, name: str = "", choices: Choices | None = None, limits: Limits | None = None, *, whole: bool = False) -> Iterator[Message]:
    """Give the sheets, rows and findings of a source, and `End` last. `name` is what the user calls it; the whole is also the rows passed over.

    Nothing of a source may be used before its `End` says that it is complete: a file can be cut in the middle.
    """
    choices, limits = choices or Choices(), limits or Limits()
    name = name or (source.name if isinstance(source, Path) else "database")
    if isinstance(source, Path):
        size = source.stat().st_size
        if size > limits.file_bytes:
            yield Trouble(code="TOO_LARGE", sheet=name, value=str(size))
            yield End(complete=False)
            return
    ended = False
    with _Child(_request(source, name, choices, limits, whole), limits.wall_seconds) as child:
        try:
            for message in child.messages():
                yield message
                ended = ended or isinstance(message, End)
        except ValueError:
            child.reason = "READER_STOPPED"
        if not ended:
            child.end()
            yield Trouble(code=child.reason or child.why(), sheet=name)
            yield End(complete=False)


def _request(source: Path | Address, name: str, choices: Choices, limits: Limits, whole: bool) -> bytes:
    is_file = isinstance(source, Path)
    return json.dumps({
        "path": str(source.resolve()) if isinstance(source, Path) else None, "url": None if is_file else source.url,  # type: ignore[union-attr]
        "query": None if is_file else source.query, "name": name, "choices": asdict(choices), "limits": asdict(limits), "whole": whole,  # type: ignore[union-attr]
    }).encode() + b"\n"  # fmt: skip


class _Child:
    """A running child; leaving the block ends it."""

    def __init__(self, request: bytes, seconds: float) -> None:
        self.seconds, self.reason, self.errors = seconds, "", b""
        # Isolated (-I): no settings from outside, and the environment is empty, so it holds no secret.
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-X", "utf8", str(_PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={}, cwd="/", start_new_session=True, bufsize=0,
        )  # fmt: skip
        assert self.process.stdin is not None  # noqa: S101
        try:
            self.process.stdin.write(request)
            self.process.stdin.close()
        except BrokenPipeError:
            pass

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the child, should it still run."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def messages(self) -> Iterator[Message]:
        """Give what the child tells until it ends, or until the time is used up."""
        rest = b""
        for chunk in self._chunks():
            *lines, rest = (rest + chunk).split(b"\n") if b"\n" in chunk else (rest + chunk,)
            if len(rest) > _LONGEST_LINE:
                raise ValueError("the line has no end")
            for one in lines:
                yield from parse(one)

    def _chunks(self) -> Iterator[bytes]:
        """Give the output; only the time spent waiting counts, not what the caller does between."""
        out, errors = self.process.stdout, self.process.stderr
        assert out is not None and errors is not None  # noqa: S101
        with selectors.DefaultSelector() as selector:
            selector.register(out, selectors.EVENT_READ)
            selector.register(errors, selectors.EVENT_READ)
            while selector.get_map():
                before = time.monotonic()
                ready = selector.select(max(self.seconds, 0))
                self.seconds -= time.monotonic() - before
                if self.seconds <= 0 or not ready:
                    self.reason = "TOO_SLOW"
                    return
                for key, _events in ready:
                    chunk = os.read(key.fd, _CHUNK)
                    if not chunk:
                        selector.unregister(key.fileobj)
                    elif key.fileobj is errors:
                        self.errors = (self.errors + chunk)[-_KEPT_ERRORS:]
                    else:
                        yield chunk

    def why(self) -> str:
        """Tell from how the child ended why it did."""
        code = self.process.returncode
        if b"memory allocation" in self.errors or b"MemoryError" in self.errors or code == -SIGKILL:
            return "TOO_MUCH_MEMORY"
        return "TOO_SLOW" if code == -SIGXCPU else "READER_STOPPED"
