"""The rule of what a participant sees of a row: the fields of its profiles in force, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.access.actor import current_scope
from app.access.membership import ClientScoped
from app.access.profiles import PROFILES, fields_in
from app.access.visibility import ABSENT, WHOLE, Sight
from app.db.base import db
from app.participations.queries import held


class ProfileSight:
    """Speaks to participants only; everybody else's pages cost nothing for it."""

    def prepare(self, items: Sequence[Any]) -> None:
        if current_scope().is_participant:
            held(db.session, {key for item in items if isinstance(item, ClientScoped) for key in item.scope_keys()})

    def speaks_now(self) -> bool:
        return current_scope().is_participant

    def speaks_of(self, model: Any, name: str) -> bool:
        return isinstance(model, type) and issubclass(model, ClientScoped)

    def of_row(self, item: Any, name: str) -> Sight:
        if not current_scope().is_participant or not isinstance(item, ClientScoped):
            return WHOLE
        keys = item.scope_keys()
        known = held(db.session, keys)
        profiles = [row.profile for key in keys for row in known[key] if row.is_accepted]
        return WHOLE if name in fields_in(profiles, type(item).__tablename__) else ABSENT  # type: ignore[attr-defined]

    def of_column(self, model: Any, name: str) -> Sight:
        if not current_scope().is_participant or not issubclass(model, ClientScoped):
            return WHOLE
        return WHOLE if name in fields_in(PROFILES, model.__tablename__) else ABSENT  # type: ignore[attr-defined]
