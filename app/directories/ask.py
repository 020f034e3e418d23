"""Ask one directory for the person of a name and a password. No user input reaches a filter unescaped."""

from __future__ import annotations

from dataclasses import dataclass

from app.directories.client import Client
from app.directories.groups import groups_of
from app.directories.settings import DirectorySettings
from app.directories.wire import Deadline


@dataclass(frozen=True)
class DirectoryPerson:
    """What the directory says of a person whose password it accepted; groups in the spelling of `normal_dn`."""

    username: str
    given_name: str
    family_name: str
    email: str | None
    groups: frozenset[str]


def person_by_password(settings: DirectorySettings, username: str, password: str, deadline: Deadline | None = None) -> DirectoryPerson | None:
    """Give the person when the directory accepts the password, else None.

    Empty, blank and NUL input is refused here: a directory may take an empty password for an anonymous bind.
    Raises `DirectoryUnavailableError` when the directory cannot be asked.
    """
    username = username.strip()
    if not username or not password.strip() or "\0" in username + password:
        return None
    with Client(settings, deadline or Deadline()) as client:
        client.encrypt()
        client.bind_service()
        entry = client.person(username)
        # Checked before the groups are walked: a wrong password costs no walk.
        if entry is None or not client.takes_password(entry.dn, password):
            return None
        client.bind_service()
        name = entry.first(settings.username_attribute)
        if not name:
            return None
        return DirectoryPerson(
            # Lower case, because a directory ignores the case of every letter and SQLite's lower() knows A to Z alone.
            username=name.lower(), given_name=entry.first(settings.given_name_attribute), family_name=entry.first(settings.family_name_attribute),
            email=entry.first(settings.mail_attribute) or None, groups=groups_of(client, entry.dn, entry.values.get("memberof", [])),
        )  # fmt: skip
