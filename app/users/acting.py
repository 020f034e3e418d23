"""Who acts by a right: of a session in a request, of a job without one."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from app.access.actor import Actor
from app.access.roles import ONLY_IN, PARTICIPANTS, SEES_CLIENTS
from app.organisations.models import Organisation
from app.users.models import AccessGrant, LocalRole, UserProfile
from app.users.queries import Right, in_force, pairs_of, permissions_of_role

Permissions = frozenset[tuple[str, str]]


def actor_by(user: Any, right: Right, language: str, local_role: tuple[str, str] | None) -> Actor:
    """Give the actor that a person is by a right."""
    return Actor(
        user_id=user.id, name=f"{user.first_name} {user.last_name}", role=right.role, grant_id=right.grant_id, organisation_id=right.organisation_id,
        organisation_code=right.code, organisation_name=right.name_sv if language == "sv" else right.name_fi, language=language,
        sees_clients=right.role in SEES_CLIENTS, is_participant=right.role in PARTICIPANTS, local_role=local_role,
    )  # fmt: skip


def allowed_in(permissions: Permissions, kind: str) -> Permissions:
    """Leave out what an organisation of this kind has no use for."""
    elsewhere = {view for view, only in ONLY_IN.items() if only != kind}
    return frozenset(pair for pair in permissions if pair[1] not in elsewhere)


def actor_of(session: Session, user_id: int, grant_id: str) -> tuple[Actor, Permissions] | None:
    """Give who acts by a right without being signed in, and what it allows; None when it is in force no more or the account is closed."""
    found = session.execute(
        select(User, AccessGrant, Organisation, LocalRole, UserProfile.language)
        .join(AccessGrant, (AccessGrant.user_id == User.id) & (AccessGrant.id == grant_id) & in_force(date.today()))
        .join(Organisation, Organisation.id == AccessGrant.organisation_id)
        .outerjoin(LocalRole, LocalRole.id == AccessGrant.local_role_id)
        .outerjoin(UserProfile, UserProfile.user_id == User.id)
        .where(User.id == user_id, User.active.is_(True))
        .options(lazyload("*"))
    ).first()
    if found is None:
        return None
    user, grant, organisation, local, language = found
    permissions = permissions_of_role(session, grant.role) - pairs_of(local and local.withheld)
    names = (local.name_fi, local.name_sv) if local else None
    right = Right(grant.id, grant.role, organisation.id, organisation.kind, organisation.code, organisation.name_fi, organisation.name_sv)
    return actor_by(user, right, language or "fi", names), allowed_in(permissions, right.kind)
