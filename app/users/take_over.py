"""Take a person over from a directory: the account, and the rights that groups give without an application."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.db.types import new_id, now
from app.directories.actions import note_account, username_of
from app.directories.ask import DirectoryPerson
from app.directories.models import Directory, DirectoryGroup
from app.directories.queries import account_of, groups_of_directory
from app.directories.rules import normal_dn
from app.organisations.models import Organisation
from app.users.actions import is_local
from app.users.models import AccessGrant, UserProfile
from app.users.queries import user_by_name


class Right(NamedTuple):
    """A role in an organisation."""

    role: str
    organisation_id: str


def take_over_person(session: Session, person: DirectoryPerson, groups: Mapping[str, str], on: date) -> Any | None:
    """Make or refresh the account of a person of the installation's own directory and its grants from groups; the caller commits.

    `groups` maps a group's DN in its one spelling to `ROLE@municipality code`. Gives None for an account that is disabled,
    local or of an organisation's directory.
    """
    user = _account(session, person.username, person, owner=None)
    if user is not None:
        _grant(session, user, set(_rights_named(session, {groups[dn] for dn in person.groups if dn in groups})), on)
    return user


def take_over_from(session: Session, directory: Directory, person: DirectoryPerson, on: date, *, opens: bool) -> Any | None:
    """Make or refresh the account of a person of an organisation's directory; the caller commits.

    A group suggests a role for the application; it gives a right only where the organisation said so, and `opens` tells
    whether that opens by itself (§ 80.4). Gives None for an account that is disabled, local or not from this organisation's directory.
    """
    username = username_of(directory, person)
    user = _account(session, username, person, owner=directory.org_id) if username else None
    if user is None:
        return None
    lines = [line for line in groups_of_directory(session, directory.id) if normal_dn(line.group_dn) in person.groups]
    given = [line for line in lines if _gives(line, user)]
    suggested = next((line.role for line in lines if line not in given), None)
    note_account(session, user.id, directory.org_id, suggested)
    wanted = {Right(line.role, directory.org_id) for line in given} - _ended(session, user.id)
    _grant(session, user, wanted, on, opens=opens)
    profile = session.get_one(UserProfile, user.id)
    profile.email = profile.email or person.email
    session.flush()
    return user


def _gives(line: DirectoryGroup, user: Any) -> bool:
    """Tell whether a line gives its right by itself: administrators always apply, and nobody gives themselves one by writing the line."""
    return line.bypasses_application and line.role != "ACCESS_ADMIN" and user.id not in (line.created_by, line.changed_by)


def _account(session: Session, username: str, person: DirectoryPerson, *, owner: str | None) -> Any | None:
    """Give the person's account, made when it is missing; `owner` is the organisation whose directory it is from."""
    user = user_by_name(session, username)
    if user is None:
        user = User(username=username, active=True)
        session.add(user)
        # The directory's address is not copied: FAB wants it unique, and directories know shared mailboxes.
        user.email = f"{username}@directory.invalid"
        user.first_name, user.last_name = person.given_name[:64], person.family_name[:64]
        session.flush()
        session.add(UserProfile(user_id=user.id, is_local=False))
    else:
        known = account_of(session, user.id)
        if not user.active or is_local(session, user.id) or (known and known.org_id) != owner:
            return None
    user.first_name, user.last_name = person.given_name[:64], person.family_name[:64]
    session.flush()
    return user


def _rights_named(session: Session, names: Iterable[str]) -> Iterable[Right]:
    for name in names:
        role, code = name.split("@", 1)
        key = session.scalar(select(Organisation.id).where(Organisation.kind == "MUNICIPALITY", Organisation.code == code))
        if key is not None:
            yield Right(role, key)


def _ended(session: Session, user_id: int) -> set[Right]:
    """Give the rights from groups that somebody ended: the next one is applied for, the group does not bring it back."""
    query = select(AccessGrant.role, AccessGrant.organisation_id).where(
        AccessGrant.user_id == user_id, AccessGrant.from_directory.is_(True), AccessGrant.ended_at.is_not(None)
    )
    return {Right(*row) for row in session.execute(query)}


def _grant(session: Session, user: Any, wanted: Collection[Right], on: date, *, opens: bool = True) -> None:
    """Let the person hold exactly the wanted rights from groups; one whose group was left ends on the day before `on`."""
    held = session.scalars(
        select(AccessGrant).where(AccessGrant.user_id == user.id, AccessGrant.ended_at.is_(None), AccessGrant.valid_from <= on,
                                  AccessGrant.valid_to.is_(None) | (AccessGrant.valid_to >= on))
    )  # fmt: skip
    kept = set()
    for grant in held:
        right = Right(grant.role, grant.organisation_id)
        if grant.from_directory and right not in wanted:
            grant.valid_to = on - timedelta(days=1)
        kept.add(right)
    for right in sorted(set(wanted) - kept):
        _grant_again(session, user.id, right, on, opens=opens)
    session.flush()


def _grant_again(session: Session, user_id: int, right: Right, on: date, *, opens: bool) -> None:
    """Give a grant from today; one that was ended today is given anew rather than doubled."""
    found = session.scalar(
        select(AccessGrant).where(AccessGrant.user_id == user_id, AccessGrant.organisation_id == right.organisation_id,
                                  AccessGrant.role == right.role, AccessGrant.valid_from == on)
    )  # fmt: skip
    if found is None:
        found = AccessGrant(id=new_id(), user_id=user_id, organisation_id=right.organisation_id, role=right.role, basis="B1", valid_from=on)
        session.add(found)
    found.valid_to, found.from_directory, found.ended_at = None, True, None
    found.opened_at = found.opened_at or (now() if opens else None)
    session.flush()
    record_event(session, "access_grant:granted", row_id=found.id, purpose="CONTROLLER")
