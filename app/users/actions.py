"""Writes of users: act by another right, take a directory's groups over as grants, keep what a person chose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.db.types import now
from app.organisations.models import Organisation
from app.users.directory import DirectoryPerson
from app.users.models import AccessGrant, UserProfile, UserSession
from app.users.queries import grants_in_force, is_in_force, token_digest, user_by_name
from app.web.transaction import changed_fields

def act_by(session: Session, token: str | None, user_id: int, grant_id: str, on: date) -> bool:
    """Let the session act by another right of its person; False when it is not theirs or not in force. The caller commits."""
    found = session.get(UserSession, token_digest(token)) if token else None
    grant = session.get(AccessGrant, grant_id)
    if found is None or grant is None or grant.user_id != user_id or found.user_id != user_id or not is_in_force(grant, on):
        return False
    found.grant_id, grant.last_used_on = grant.id, on
    return True


def keep_settings(session: Session, user_id: int, *, language: str, single_keys: bool) -> None:
    """Write what a person chose for themselves with its event, and commit."""
    profile = session.get(UserProfile, user_id)
    if profile is None:
        profile = UserProfile(user_id=user_id)
        session.add(profile)
    profile.language, profile.single_keys = language, single_keys
    record_event(session, "my_settings:changed", row_id=str(user_id), fields=changed_fields(profile))
    session.commit()


def take_over_person(session: Session, person: DirectoryPerson, groups: Mapping[str, str], on: date) -> Any | None:
    """Make or refresh the account of a directory's person and its grants from groups; the caller commits.

    `groups` maps a group's DN in lower case to `ROLE@municipality code`. A group that was left ends its grant on
    the day before `on`. Gives None for an account that is disabled or local.
    """
    user = user_by_name(session, person.username)
    if user is None:
        user = User(username=person.username, active=True)
        session.add(user)
        # The directory's address is not copied: FAB wants it unique, and directories know shared mailboxes.
        user.email = f"{person.username}@directory.invalid"
        user.first_name, user.last_name = person.given_name[:64], person.family_name[:64]
        session.flush()
        session.add(UserProfile(user_id=user.id, is_local=False))
    elif not user.active or is_local(session, user.id):
        return None
    user.first_name, user.last_name = person.given_name[:64], person.family_name[:64]
    wanted = {groups[dn] for dn in person.groups if dn in groups}
    kept = {}
    for grant in grants_in_force(session, user.id, on):
        organisation = session.get_one(Organisation, grant.organisation_id)
        right = f"{grant.role}@{organisation.code}"
        if grant.from_directory and right not in wanted:
            grant.valid_to = on - timedelta(days=1)
        kept[right] = grant
    for right in sorted(wanted - kept.keys()):
        role, code = right.split("@", 1)
        key = session.scalar(select(Organisation.id).where(Organisation.kind == "MUNICIPALITY", Organisation.code == code))
        if key is not None:
            _grant_again(session, user.id, key, role, on)
    session.flush()
    return user


def _grant_again(session: Session, user_id: int, organisation_id: str, role: str, on: date) -> None:
    """Open a grant from today; one that was ended today is opened anew rather than doubled."""
    found = session.scalar(
        select(AccessGrant).where(AccessGrant.user_id == user_id, AccessGrant.organisation_id == organisation_id,
                                  AccessGrant.role == role, AccessGrant.valid_from == on)
    )  # fmt: skip
    if found is not None:
        found.valid_to, found.from_directory, found.ended_at = None, True, None
        return
    session.add(
        AccessGrant(user_id=user_id, organisation_id=organisation_id, role=role, basis="B1", valid_from=on, from_directory=True, opened_at=now())
    )


def is_local(session: Session, user_id: int) -> bool:
    """Tell whether the account signs in with a password of ours (demo and break-glass accounts)."""
    profile = session.get(UserProfile, user_id)
    return profile is None or profile.is_local
