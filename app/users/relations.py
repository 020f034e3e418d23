"""Users as a relation of other features' forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Select, select

from app.access.actor import NOBODY_ID, current_actor
from app.core.folding import folded
from app.db.base import db
from app.users.models import AccessGrant
from app.users.queries import in_force, of_person
from app.web.relation import FOUND_AT_MOST, Relation

CASEWORK_ROLES = ("CASEWORKER", "TEAM_LEAD")


def full_name(user: Any) -> str:
    """Give a user's name as it is listed, family name first."""
    return f"{user.last_name} {user.first_name}"


def own_organisation() -> str:
    """Give the key of the actor's organisation, that of none without an actor."""
    actor = current_actor()
    return actor.organisation_id if actor else NOBODY_ID


class WorkerRelation:
    """Those who hold a casework right in force in the actor's own organisation (681/2023 § 79.2)."""

    is_required, is_open = False, False

    @property
    def narrowed_by(self) -> Relation | None:
        return EveryWorkerRelation()

    def coerce(self, key: str) -> int:
        if not (key.isascii() and key.isdigit() and len(key) < 10):
            raise ValueError("not a key")
        return int(key)

    def _workers(self) -> Select[Any]:
        holders = select(AccessGrant.user_id).where(
            AccessGrant.organisation_id == own_organisation(), AccessGrant.role.in_(CASEWORK_ROLES), in_force(date.today()), of_person()
        )  # fmt: skip
        return select(User.id, User.first_name, User.last_name).where(User.active.is_(True), User.id.in_(holders))

    def find(self, words: str) -> list[tuple[str, str]]:
        # Filtered here: an organisation has some hundreds of workers at most, and SQLite folds A to Z alone.
        wanted = folded(words).split()
        rows = db.session.execute(self._workers().order_by(User.last_name, User.first_name, User.id))
        found = [(str(row.id), full_name(row)) for row in rows]
        return [(key, text) for key, text in found if all(word in folded(text) for word in wanted)][:FOUND_AT_MOST]

    def text_of(self, value: int) -> str | None:
        row = db.session.execute(select(User.first_name, User.last_name).where(User.id == value)).first()
        return row and full_name(row)

    def may_take(self, value: int) -> bool:
        return db.session.execute(self._workers().where(User.id == value)).first() is not None


class EveryWorkerRelation(WorkerRelation):
    """Those who hold such a right or have held one: clients of a worker who has left may be theirs still."""

    def _workers(self) -> Select[Any]:
        holders = select(AccessGrant.user_id).where(AccessGrant.organisation_id == own_organisation(), AccessGrant.role.in_(CASEWORK_ROLES), of_person())
        return select(User.id, User.first_name, User.last_name).where(User.id.in_(holders))

    def text_of(self, value: int) -> str | None:
        row = db.session.execute(self._workers().where(User.id == value)).first()
        return row and full_name(row)
