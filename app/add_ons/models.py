"""Add-ons, and the tokens their programs show."""

from __future__ import annotations

from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.add_ons.rules import is_usable, state_of
from app.codes.lists import label
from app.db.base import Model
from app.db.columns import Recorded, date_column, key_column, text_column
from app.db.types import OWN, EncryptedText, Sensitivity, UtcDateTime, classified
from app.organisations.models import Organisation
from app.users.models import AccessGrant
from app.web.language import current_language

_INTERNAL = Sensitivity.INTERNAL


class AddOn(Recorded, Model):
    """A municipality's own program. Basis: 681/2023 § 75.

    `is_accepted` is None until the national agency has decided; what it accepted acts by `grant`, a right like any person's.
    """

    __tablename__ = "add_on"

    id: Mapped[str] = key_column()
    name: Mapped[str] = text_column(60, "own", _INTERNAL, nullable=False)
    supplier: Mapped[str] = text_column(120, "own", _INTERNAL, nullable=False)
    purpose: Mapped[str] = text_column(500, "own", _INTERNAL, nullable=False)
    email: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=OWN)
    # A line for each.
    scope_lines: Mapped[str] = mapped_column(Text, nullable=False, info=OWN)
    valid_to: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    is_accepted: Mapped[bool | None] = mapped_column(info=OWN)
    decision_reason: Mapped[str | None] = text_column(500, "own", _INTERNAL)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    grant_id: Mapped[str | None] = mapped_column(ForeignKey("access_grant.id"), index=True, info=OWN)

    organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True, foreign_keys="AddOn.org_id", viewonly=True)
    grant: Mapped[AccessGrant | None] = relationship(AccessGrant, lazy="joined")
    decider_user: Mapped[User | None] = relationship(User, lazy="joined", foreign_keys=[decided_by], viewonly=True)

    @property
    def scopes(self) -> list[str]:
        return (self.scope_lines or "").split("\n") if self.scope_lines else []

    @scopes.setter
    def scopes(self, names: list[str]) -> None:
        self.scope_lines = "\n".join(sorted(names))

    @property
    def state(self) -> str:
        period = self.grant and (self.grant.opened_at is not None, self.grant.ended_at is not None, self.grant.valid_to)
        return state_of(self.is_accepted, period, date.today())

    @property
    def state_words(self) -> str:
        return label("ADD_ON_STATE", self.state, current_language())

    @property
    def lasts_to(self) -> date:
        """Give the last day of the right, which may have been made earlier than what was applied for."""
        return (self.grant and self.grant.valid_to) or self.valid_to

    @property
    def organisation_name(self) -> str:
        return self.organisation.name_in(current_language())

    @property
    def decider(self) -> str | None:
        return self.decider_user and f"{self.decider_user.first_name} {self.decider_user.last_name}"


class ApiToken(Recorded, Model):
    """What a program shows with each request; only its digest is kept, so that nobody can read it here."""

    __tablename__ = "api_token"

    id: Mapped[str] = key_column()
    add_on_id: Mapped[str] = mapped_column(ForeignKey("add_on.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    name: Mapped[str] = text_column(60, "own", _INTERNAL, nullable=False)
    digest: Mapped[str] = mapped_column(String(64), nullable=False, unique=True, deferred=True, info=classified("own", Sensitivity.SECRET))
    valid_to: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    # At most a minute old.
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)

    @property
    def is_usable(self) -> bool:
        return is_usable(self.valid_to, ended=self.ended_at is not None, on=date.today())
