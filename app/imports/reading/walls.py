"""The walls around the child. Those of the kernel hold for the parsers' own code; the rest is a second thought for Python's."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from typing import Any

_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "ctypes.dlopen")


def limit(memory: int, cpu_seconds: int, *, writes_files: bool) -> None:
    """Set what the process may take. Memory is address space: an allocation beyond it fails, and a parser that cannot bear that aborts."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    if not writes_files:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def leave_the_network() -> bool:
    """Move into a network of one's own that has no connections; a kernel that does not allow it says no."""
    library = ctypes.CDLL(None, use_errno=True)
    return library.unshare(_NEW_NETWORK) == 0 or library.unshare(_NEW_USER | _NEW_NETWORK) == 0


def forbid() -> None:
    """Refuse what reading a file never needs: connections, programs, writing."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(event)
        if event == "open" and len(arguments) > 2 and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise PermissionError(event)

    sys.addaudithook(watch)
