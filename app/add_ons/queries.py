"""Reads of add-ons and tokens."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from app.add_ons.models import AddOn, ApiToken
from app.codes.keeping import edition_number
from app.organisations.models import Organisation
from app.users.models import AccessGrant
from app.users.queries import Right, in_force
from app.web.shared import VERSION


class Shown(NamedTuple):
    """What a token that was shown stands for."""

    token_id: str
    last_used_at: datetime | None
    scope_lines: str
    user: Any
    right: Right
    edition: int | None
    shared_version: int | None


def token_digest(token: str) -> str:
    """Give the digest a token is stored under: it holds 256 random bits, so no salt or slow hash adds anything."""
    return hashlib.sha256(token.encode()).hexdigest()


def shown_token(session: Session, token: str, on: date) -> Shown | None:
    """Give what a token stands for while it, its add-on's right and its account are in force; one statement."""
    row = session.execute(
        select(ApiToken.id.label("token_id"), ApiToken.last_used_at, AddOn.scope_lines, User, edition_number().label("edition"), VERSION.scalar_subquery().label("shared_version"),
               AccessGrant.id, AccessGrant.role, Organisation.id, Organisation.kind, Organisation.code, Organisation.name_fi, Organisation.name_sv)
        .join(AddOn, AddOn.id == ApiToken.add_on_id)
        .join(AccessGrant, (AccessGrant.id == AddOn.grant_id) & in_force(on))
        .join(User, (User.id == AccessGrant.user_id) & User.active.is_(True))
        .join(Organisation, Organisation.id == AccessGrant.organisation_id)
        .where(ApiToken.digest == token_digest(token), ApiToken.ended_at.is_(None), ApiToken.valid_to >= on)
        .options(lazyload("*"))
    ).first()  # fmt: skip
    return None if row is None else Shown(row.token_id, row.last_used_at, row.scope_lines, row.User, Right(*row[-7:]), row.edition, row.shared_version)


def has_of_name(session: Session, organisation_id: str, name: str, *, but: str | None) -> bool:
    """Tell whether the organisation has another add-on of a name, however written, that was not refused."""
    rows = session.execute(select(AddOn.id, AddOn.name).where(AddOn.org_id == organisation_id, AddOn.is_accepted.is_not(False)))
    return any(key != but and other.casefold() == name.casefold() for key, other in rows)
