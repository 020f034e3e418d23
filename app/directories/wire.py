"""The connection under the talk with a directory: opened by us, so that it can be cut when the time is over.

libldap waits for a handshake without any limit: a server that freezes within one would hold its thread for good.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

# A sign-in waits no longer than this for all that a directory is asked.
BUDGET_SECONDS = 4.0
_EACH_SECONDS = 3.0


class DirectoryUnavailableError(Exception):
    """The directory could not be asked. The text is a kind of `app.directories.labels.FAULTS` or says why nobody asked."""


class Deadline:
    """A moment after which nothing is waited for; `cut` ends what still waits."""

    def __init__(self, seconds: float = BUDGET_SECONDS) -> None:
        self._ends = time.monotonic() + seconds
        self.cut: Callable[[], None] = lambda: None

    def left(self) -> float:
        """Give the seconds that one operation may take. Raises DirectoryUnavailableError when none are left."""
        found = self._ends - time.monotonic()
        if found <= 0:
            raise DirectoryUnavailableError("TIMEOUT")
        return min(found, _EACH_SECONDS)


def find(url: str) -> tuple[str, int]:
    """Give the server and the port of an address whose name is known. Raises DirectoryUnavailableError."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (636 if parts.scheme == "ldaps" else 389)
    try:
        socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise DirectoryUnavailableError("NAME") from None
    return host, port


def connect(url: str, deadline: Deadline) -> socket.socket:
    """Open a connection. Raises DirectoryUnavailableError."""
    place = find(url)
    try:
        return socket.create_connection(place, timeout=deadline.left())
    except TimeoutError:
        raise DirectoryUnavailableError("TIMEOUT") from None
    except OSError:
        raise DirectoryUnavailableError("CONNECT") from None


def wait_for_greeting(url: str, deadline: Deadline) -> None:
    """See that a server of `ldaps://` answers a handshake: libldap opens these connections itself and cannot be cut.

    Whose certificate it is, is asked of the connection that is used; nothing is sent over this one.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with connect(url, deadline) as found:
        found.settimeout(deadline.left())
        try:
            context.wrap_socket(found).close()
        except TimeoutError:
            raise DirectoryUnavailableError("TIMEOUT") from None
        except OSError:
            raise DirectoryUnavailableError("TLS") from None


def shut(found: socket.socket) -> None:
    """End both directions of a connection, whoever waits for it."""
    with suppress(OSError):
        found.shutdown(socket.SHUT_RDWR)
