"""Writes of who holds an organisation's own role."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.users.models import AccessGrant, LocalRole


def give_role(session: Session, role: LocalRole, grants: Iterable[AccessGrant], chosen: Collection[str]) -> int:
    """Let exactly the chosen rights, of those given, be of the organisation's own role; gives how many changed, and commits.

    A right that was of another own role moves to this one. It holds from the holder's next request.
    """
    changed = 0
    for grant in grants:
        before = grant.local_role_id
        if grant.id in chosen:
            grant.local_role_id = role.id
        elif before == role.id:
            grant.local_role_id = None
        if grant.local_role_id != before:
            changed += 1
            record_event(session, "access_grant:role_changed", row_id=grant.id, fields=["local_role_id"])
    session.commit()
    return changed
