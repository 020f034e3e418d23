"""The child process: its limits of time and memory, what becomes of the stream when it dies, and what it cannot reach."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.imports.reading.limits import Limits
from app.imports.reading.messages import End, Message, Row, Trouble, parse
from app.imports.reading.reader import read

ROOT = Path(__file__).parents[3]
MB = 1024 * 1024


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes a second to read, and more room than the memory of the child leaves."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("w", encoding="cp1252") as file:
        file.write("id;sukunimi;etunimet;syntynyt;kunta;huom\n")
        file.writelines(f"{number};Mäkinen {number % 997};Öde;1.2.1980;Åbo;rivi {number}\n" for number in range(100_000))
    return path


def children() -> set[int]:
    found = set()
    for task in Path("/proc/self/task").iterdir():
        # A thread may end while its place is read.
        with suppress(FileNotFoundError, ProcessLookupError):
            found |= {int(one) for one in (task / "children").read_text().split()}
    return found


def ending(messages: list[Message]) -> tuple[str, bool]:
    trouble, end = messages[-2:]
    assert isinstance(trouble, Trouble) and isinstance(end, End)
    return trouble.code, end.complete


def test_a_large_file_takes_no_more_memory_than_a_small_one(large: Path) -> None:
    """The child may have 200 megabytes of address space, of which its program takes the most; the parent keeps no row."""

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    rows, before, most = 0, 0, 0
    for message in read(large, limits=Limits(memory_bytes=200 * MB)):
        rows += isinstance(message, Row)
        if rows % 10_000 == 0:
            before = before or resident()
            most = max(most, resident())
    assert isinstance(message, End) and message.complete and rows == 100_000
    assert most - before < 20 * MB


@contextmanager
def endless(path: Path) -> Iterator[None]:
    """A pipe that gives text to whoever reads it, for as long as they do."""
    os.mkfifo(path)
    stopped = threading.Event()

    def feed() -> None:
        while not stopped.wait(0.005):
            with suppress(OSError):
                end = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
                os.set_blocking(end, True)
                with open(end, "wb", buffering=0) as file:
                    while True:
                        file.write(b"\xe4;a\n" * 16_000)

    feeding = threading.Thread(target=feed)
    feeding.start()
    yield
    stopped.set()
    feeding.join()


def test_a_child_that_works_for_ever_is_ended(tmp_path: Path) -> None:
    with endless(tmp_path / "endless.csv"):
        messages = list(read(tmp_path / "endless.csv", limits=Limits(cpu_seconds=1, wall_seconds=60)))
    assert ending(messages) == ("TOO_SLOW", False)


def test_a_killed_child_is_a_finding(large: Path) -> None:
    before = children()
    stream = read(large)
    messages = [next(stream)]
    (child,) = children() - before
    os.kill(child, signal.SIGKILL)
    messages += list(stream)
    assert ending(messages) == ("TOO_MUCH_MEMORY", False)


def test_the_child_ends_with_its_reader(large: Path) -> None:
    before = children()
    stream = read(large)
    next(stream)
    assert children() - before
    stream.close()  # type: ignore[attr-defined]
    assert children() == before


def test_a_child_that_waits_for_ever_is_ended_and_holds_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe without a writer stands for a file that never comes."""
    monkeypatch.setenv("KOTO_SECRET_KEY", "never-to-be-seen")
    os.mkfifo(tmp_path / "pipe.csv")
    before, messages = children(), list[Message]()
    reading = threading.Thread(target=lambda: messages.extend(read(tmp_path / "pipe.csv", limits=Limits(wall_seconds=1.5))))
    reading.start()
    while not (found := children() - before) and reading.is_alive():
        time.sleep(0.01)
    (child,) = found
    while not (command := Path(f"/proc/{child}/cmdline").read_bytes()) or b"reading/child.py" not in command:
        time.sleep(0.01)
    assert Path(f"/proc/{child}/environ").read_bytes() == b""
    reading.join()
    assert ending(messages) == ("TOO_SLOW", False)


def walled(code: str) -> str:
    """Run code behind the walls and give what it printed."""
    program = f"import sys; sys.path.insert(0, {str(ROOT / 'app/imports/reading')!r}); import walls\n{code}"
    return subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    "deed", ["__import__('socket').socket()", "__import__('subprocess').run(['true'])", "open('/tmp/x', 'w')", "__import__('os').system('true')"]
)  # fmt: skip
def test_behind_the_walls_nothing_is_sent_started_or_written(deed: str) -> None:
    code = f"import socket, subprocess, os\nwalls.forbid()\ntry:\n    {deed}\nexcept PermissionError:\n    print('refused')"
    assert walled(code) == "refused"


def test_a_network_of_its_own_has_no_way_out() -> None:
    left, *interfaces = walled("import socket\nprint(walls.leave_the_network(), *(name for _n, name in socket.if_nameindex()))").split()
    assert left == "False" or interfaces == ["lo"]


@pytest.mark.parametrize(
    "line", [b"", b"x", b"[]", b'["rows"]', b'["rows",1,[[1]]]', b'["rows",1,[[1,[{"run":"x"}]]]]', b'["rows",1,[[1,[[1]]]]]', b'["Sheet",{"number":1}]',
             b'["End",{}]', b'["exec",{}]', b'{"a":1}', b'["Trouble",{"code":"X","evil":1}]']
)  # fmt: skip
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        list(parse(line))


def test_an_unknown_finding_is_a_stopped_reader() -> None:
    assert list(parse(b'["Trouble",{"code":"MADE_UP"}]')) == [Trouble(code="READER_STOPPED")]
