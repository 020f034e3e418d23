"""Ask an organisation's directory, watched by its circuit, and note where an account came from."""

from __future__ import annotations

from pathlib import Path

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.db.types import now
from app.directories.ask import DirectoryPerson, person_by_password
from app.directories.checks import Outcome, take_steps
from app.directories.circuit import is_admitted, note_failure, note_success
from app.directories.guard import DirectoryBusyError, within_limits
from app.directories.models import Directory, DirectoryAccount
from app.directories.queries import groups_of_directory
from app.directories.rules import account_name, normal_dn
from app.directories.settings import settings_of
from app.directories.wire import DirectoryUnavailableError

log = structlog.get_logger()


class CircuitOpenError(DirectoryUnavailableError):
    """The directory has failed lately and is left alone for a while."""


def places(instance_dir: Path) -> Path:
    """Give the folder where the processes of a node agree on who asks a directory."""
    return instance_dir / "directories"


def person_of_directory(session: Session, directory: Directory, name: str, password: str, instance_dir: Path) -> DirectoryPerson | None:
    """Give the person whose password an organisation's directory accepts, else None.

    Raises DirectoryUnavailableError. Commits, so that no connection to the database waits for the directory.
    """
    settings, key = settings_of(directory), directory.id
    if not is_admitted(session, key, now()):
        raise CircuitOpenError("OPEN")
    try:
        found = within_limits(places(instance_dir), key, lambda deadline: person_by_password(settings, name, password, deadline))
    except DirectoryBusyError:
        raise
    except DirectoryUnavailableError as fault:
        note_failure(session, key, str(fault), now())
        log.warning("directory_failed", directory=key, kind=str(fault))
        raise
    note_success(session, key, now())
    return found


def username_of(directory: Directory, person: DirectoryPerson) -> str | None:
    """Give the user name that a directory's person is kept under."""
    return account_name(person.username, directory.realm)


def note_account(session: Session, user_id: int, org_id: str, suggested_role: str | None) -> None:
    """Write where an account came from and what its groups suggest; the caller commits."""
    found = session.get(DirectoryAccount, user_id)
    if found is None:
        found = DirectoryAccount(user_id=user_id, org_id=org_id)
        session.add(found)
    found.suggested_role, found.signed_in_at = suggested_role, now()


def tested(session: Session, directory: Directory, instance_dir: Path) -> Outcome:
    """Take the steps of a sign-in and give what became of them; a good outcome closes the circuit. Commits."""
    query = select(Directory).where(Directory.id == directory.id).options(undefer(Directory.bind_secret)).execution_options(populate_existing=True)
    row = session.scalars(query).one()
    settings, key, user = settings_of(row), row.id, row.test_user
    mapped = frozenset(normal_dn(line.group_dn) for line in groups_of_directory(session, key))
    session.commit()
    outcome = Outcome()
    try:
        within_limits(places(instance_dir), key, lambda deadline: take_steps(settings, user, mapped, outcome, deadline))
    except DirectoryUnavailableError as fault:
        outcome.fault = str(fault)
    if outcome.is_good:
        note_success(session, key, now())
    return outcome
