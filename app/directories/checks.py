"""The test of a connection: each step a sign-in takes, one after another, up to the first that fails."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.directories.client import Client, Deadline, DirectoryUnavailableError, Entry
from app.directories.groups import groups_of
from app.directories.settings import ATTRIBUTES, DirectorySettings

ORDER = ("NAME", "CONNECT", "TLS", "SERVICE_ACCOUNT", "BASE", "USER", "ATTRIBUTES", "GROUPS")


@dataclass
class Outcome:
    """What became of the steps: those that were taken, and why it ended; no value of the user's is in it."""

    done: list[str] = field(default_factory=list)
    fault: str | None = None
    # Attributes of the user that are empty or not allowed to be read.
    missing: tuple[str, ...] = ()
    groups: int = 0
    mapped_groups: int = 0

    @property
    def is_good(self) -> bool:
        return self.fault in (None, "NO_USER")


def take_steps(settings: DirectorySettings, test_user: str | None, mapped: frozenset[str], outcome: Outcome, deadline: Deadline) -> None:
    """Take the steps and write into `outcome` as it goes, so that it tells of a step that never ends too."""
    try:
        _reach(settings, outcome, deadline)
        with Client(settings, deadline) as client:
            client.encrypt()
            outcome.done.append("TLS")
            client.bind_service()
            outcome.done.append("SERVICE_ACCOUNT")
            if not client.has_base():
                outcome.fault = "BASE"
                return
            outcome.done.append("BASE")
            if test_user is None:
                outcome.fault = "NO_USER"
                return
            entry = client.person(test_user)
            if entry is None:
                outcome.fault = "NOBODY"
                return
            outcome.done.append("USER")
            outcome.missing = _missing(settings, entry)
            outcome.done.append("ATTRIBUTES")
            found = groups_of(client, entry.dn, entry.values.get("memberof", []))
            outcome.groups, outcome.mapped_groups = len(found), len(found & mapped)
            outcome.done.append("GROUPS")
    except DirectoryUnavailableError as fault:
        outcome.fault = str(fault)


def _reach(settings: DirectorySettings, outcome: Outcome, deadline: Deadline) -> None:
    """Find the server's name and open a connection to see that somebody answers."""
    parts = urlsplit(settings.url)
    port = parts.port or (636 if parts.scheme == "ldaps" else 389)
    try:
        socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except OSError:
        raise DirectoryUnavailableError("NAME") from None
    outcome.done.append("NAME")
    try:
        socket.create_connection((parts.hostname, port), timeout=deadline.left()).close()
    except OSError:
        raise DirectoryUnavailableError("CONNECT") from None
    outcome.done.append("CONNECT")


def _missing(settings: DirectorySettings, entry: Entry) -> tuple[str, ...]:
    names = {name: getattr(settings, f"{name}_attribute") for name in ATTRIBUTES}
    return tuple(attribute for attribute in names.values() if attribute and not entry.first(attribute))
