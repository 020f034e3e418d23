"""Reads of users, grants and sessions."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from flask import current_app
from flask_appbuilder.security.sqla.models import Permission, PermissionView, Role, User, ViewMenu, assoc_permissionview_role
from sqlalchemy import ColumnElement, Date, Select, String, bindparam, cast, func, select
from sqlalchemy.orm import Session, lazyload

from app.codes.keeping import edition_number, keep_up
from app.db.types import UtcDateTime, now
from app.organisations.models import Organisation
from app.users.models import AccessGrant, LocalRole, UserProfile, UserSession
from app.web.shared import VERSION

# Each request uses a session; to write that down oftener than this would make every page a write.
TOUCH_EVERY = timedelta(minutes=1)


def token_digest(token: str) -> str:
    """Give the digest a session is stored under."""
    return hashlib.sha256(token.encode()).hexdigest()


def password_mark(user: Any) -> str:
    """Give a mark that changes when the password does; a session made before holds the old one."""
    return hashlib.sha256((user.password or "").encode()).hexdigest()


def in_force(on: Any) -> ColumnElement[bool]:
    """Give the condition of a right that can be acted by on a day: opened, not ended, within its period."""
    within = (AccessGrant.valid_from <= on) & (AccessGrant.valid_to.is_(None) | (AccessGrant.valid_to >= on))
    return within & AccessGrant.opened_at.is_not(None) & AccessGrant.ended_at.is_(None)


def of_person() -> ColumnElement[bool]:
    """Give the condition of a right that a person holds, and no program."""
    return AccessGrant.is_program.is_(False)


def is_in_force(grant: AccessGrant, on: date) -> bool:
    """Tell of one right what `in_force` asks of all."""
    return grant.opened_at is not None and grant.ended_at is None and grant.valid_from <= on and (grant.valid_to is None or grant.valid_to >= on)


class Right(NamedTuple):
    """What of a right in force each page asks, and of its organisation: columns, since to build two rows of tables took a tenth of the sign-in."""

    grant_id: str
    role: str
    organisation_id: str
    kind: str
    code: str
    name_fi: str
    name_sv: str


class SignIn(NamedTuple):
    """An open session: its person, the right they act by, when it ends and can last to, what it allows.

    `permissions` are (permission, view) pairs of the role, less what a local role withholds; `local_role` is its Finnish
    and Swedish name, `single_keys` whether shortcuts of one key are on,
    `shared_version` counts the changes of what every process keeps (`app.web.shared`).
    """

    user: Any
    right: Right | None
    ends: datetime
    lasts_to: datetime
    is_touch_due: bool
    permissions: frozenset[tuple[str, str]]
    local_role: tuple[str, str] | None
    single_keys: bool
    shared_version: int | None
    dismissed: str | None
    news_seen_at: datetime | None


def _permissions_of_role() -> Any:
    """Give the keys of what the grant's role is given, in one text: the sign-in stays one statement."""
    return (
        select(func.aggregate_strings(cast(assoc_permissionview_role.c.permission_view_id, String), " "))
        .select_from(assoc_permissionview_role)
        .join(Role, Role.id == assoc_permissionview_role.c.role_id)
        .where(Role.name == AccessGrant.role)
        .correlate(AccessGrant)
        .scalar_subquery()
    )


def _pairs_of_keys(session: Session, keys: str | None) -> frozenset[tuple[str, str]]:
    """Give the (permission, view) pairs of keys; read once for each set of keys.

    A pair's key is never given to another, so only which keys a role has is asked with each request; to name them took
    four tables and half the time of the sign-in.
    """
    known: dict[str, frozenset[tuple[str, str]]] = current_app.extensions.setdefault("koto_permissions", {})
    if not keys:
        return frozenset()
    if keys not in known:
        named = select(Permission.name, ViewMenu.name).select_from(PermissionView).join(Permission, Permission.id == PermissionView.permission_id)
        named = named.join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id).where(PermissionView.id.in_([int(key) for key in keys.split(" ")]))
        known[keys] = frozenset((permission, view) for permission, view in session.execute(named))
    return known[keys]


@cache
def _sign_in_statement() -> Select[Any]:
    """Give the statement of `load_sign_in`; made once, since every request sends it."""
    today, moment = bindparam("today", type_=Date), bindparam("moment", type_=UtcDateTime)
    return (
        select(User, UserSession.password_mark, UserSession.expires_at, UserSession.last_used_at, _permissions_of_role().label("permission_keys"), edition_number().label("edition"),
               LocalRole.withheld, LocalRole.name_fi.label("local_fi"), LocalRole.name_sv.label("local_sv"), UserProfile.single_keys, UserProfile.dismissed,
               UserProfile.news_seen_at, VERSION.scalar_subquery().label("shared_version"),
               AccessGrant.id, AccessGrant.role, Organisation.id, Organisation.kind, Organisation.code, Organisation.name_fi, Organisation.name_sv)
        .join(UserSession, UserSession.user_id == User.id)
        .outerjoin(AccessGrant, (AccessGrant.id == UserSession.grant_id) & (AccessGrant.user_id == User.id) & in_force(today))
        .outerjoin(LocalRole, LocalRole.id == AccessGrant.local_role_id)
        .outerjoin(Organisation, Organisation.id == AccessGrant.organisation_id)
        .outerjoin(UserProfile, UserProfile.user_id == User.id)
        .where(UserSession.token_digest == bindparam("digest"), UserSession.ended_at.is_(None),
               UserSession.expires_at > moment, UserSession.last_used_at > bindparam("unused_since", type_=UtcDateTime), User.id == bindparam("user_id"), User.active.is_(True))
        .options(lazyload("*"))
    )  # fmt: skip


def permissions_of_role(session: Session, role: str) -> frozenset[tuple[str, str]]:
    """Give the (permission, view) pairs of a role."""
    keys = session.scalars(
        select(assoc_permissionview_role.c.permission_view_id)
        .join(Role, Role.id == assoc_permissionview_role.c.role_id)
        .where(Role.name == role)
        .order_by(assoc_permissionview_role.c.permission_view_id)
    )
    return _pairs_of_keys(session, " ".join(map(str, keys)))


def pairs_of(lines: str | None) -> frozenset[tuple[str, str]]:
    """Read `permission view` lines; none for None."""
    pairs = (line.split(" ") for line in (lines or "").split("\n") if line)
    return frozenset((permission, view) for permission, view in pairs)


def idle_time() -> timedelta:
    """Give how long a session may lie unused."""
    return timedelta(minutes=current_app.config["KOTO"].session_idle_minutes)


def load_sign_in(session: Session, token: str | None, user_id: int) -> SignIn | None:
    """Give the open session of a token, or None; one statement."""
    if not token:
        return None
    moment, idle = now(), idle_time()
    asked = {"digest": token_digest(token), "user_id": user_id, "today": date.today(), "moment": moment, "unused_since": moment - idle}
    row = session.execute(_sign_in_statement(), asked).first()
    if row is None or row.password_mark != password_mark(row.User):
        return None
    keep_up(session, row.edition)
    right = Right(*row[-7:])
    local = (row.local_fi, row.local_sv) if row.local_fi else None
    is_due = moment - row.last_used_at > TOUCH_EVERY
    ends = min(row.expires_at, (moment if is_due else row.last_used_at) + idle)
    allowed = _pairs_of_keys(session, row.permission_keys) - pairs_of(row.withheld)
    # An account without a profile has chosen nothing yet.
    return SignIn(row.User, right if right.grant_id and right.organisation_id else None, ends, row.expires_at, is_due, allowed, local, row.single_keys is not False,
                  row.shared_version, row.dismissed, row.news_seen_at)  # fmt: skip


def grants_in_force(session: Session, user_id: int, on: date) -> list[AccessGrant]:
    """Give the rights of a person in force on a day, the one used last first, then the oldest."""
    return list(
        session.scalars(
            select(AccessGrant)
            .where(AccessGrant.user_id == user_id, in_force(on))
            .order_by(AccessGrant.last_used_on.desc().nulls_last(), AccessGrant.valid_from, AccessGrant.id)
        )
    )  # fmt: skip


def user_by_name(session: Session, username: str) -> Any | None:
    """Give the account of a user name, whatever its case."""
    return session.scalar(select(User).where(func.lower(User.username) == username.lower()))
