"""Access grants, profiles and server-side sessions beside FAB's users."""

from __future__ import annotations

from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, text_column
from app.db.types import OWN, Sensitivity, UtcDateTime, now

# Sign-in looks a user up by lower(username): two accounts may not differ by case alone.
Index("uq_ab_user_lower_username", func.lower(User.username), unique=True)


class UserProfile(Model):
    """What the system remembers of a user: language, and whether a directory knows the account."""

    __tablename__ = "user_profile"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    language: Mapped[str | None] = text_column(2, "own", Sensitivity.INTERNAL)
    is_local: Mapped[bool] = mapped_column(nullable=False, default=True, info=OWN)


class LocalRole(Recorded, Model):
    """An organisation's narrower form of a role: `base` less what is withheld, so that it can never hold more (§ 79.2).

    `withheld` has a line `permission view` for each pair.
    """

    __tablename__ = "local_role"
    __table_args__ = (UniqueConstraint("org_id", "name_fi"), UniqueConstraint("org_id", "name_sv"))

    id: Mapped[str] = key_column()
    base: Mapped[str] = code_column("ROLE", "own", Sensitivity.INTERNAL)
    name_fi: Mapped[str] = text_column(60, "own", Sensitivity.INTERNAL, nullable=False)
    name_sv: Mapped[str] = text_column(60, "own", Sensitivity.INTERNAL, nullable=False)
    reason: Mapped[str | None] = text_column(300, "own", Sensitivity.INTERNAL)
    withheld: Mapped[str] = mapped_column(Text, nullable=False, default="", info=OWN)

    def name_in(self, language: str) -> str:
        """Give the name in `sv`, or in Finnish for any other language."""
        return self.name_sv if language == "sv" else self.name_fi


class AccessGrant(Model):
    """A right: person + role + organisation + basis + period. Basis: 681/2023 §§ 79.2, 80."""

    __tablename__ = "access_grant"
    __table_args__ = (UniqueConstraint("user_id", "organisation_id", "role", "valid_from"),)

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), nullable=False, index=True, info=OWN)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, index=True, info=OWN)
    role: Mapped[str] = code_column("ROLE", "own", Sensitivity.INTERNAL)
    local_role_id: Mapped[str | None] = mapped_column(ForeignKey("local_role.id"), index=True, info=OWN)
    basis: Mapped[str] = code_column("GRANT_BASIS", "own", Sensitivity.INTERNAL)
    valid_from: Mapped[date] = date_column("own", Sensitivity.INTERNAL, nullable=False)
    valid_to: Mapped[date | None] = date_column("own", Sensitivity.INTERNAL)
    from_directory: Mapped[bool] = mapped_column(nullable=False, default=False, info=OWN)

    user: Mapped[User] = relationship(User, lazy="joined", innerjoin=True)
    local_role: Mapped[LocalRole | None] = relationship(LocalRole, lazy="raise")

    @property
    def person(self) -> str:
        return f"{self.user.last_name}, {self.user.first_name}"


class UserSession(Model):
    """A sign-in; the browser holds a random token, here stands its digest. Ended rows open nothing."""

    __tablename__ = "user_session"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True, info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    grant_id: Mapped[str | None] = mapped_column(ForeignKey("access_grant.id", ondelete="SET NULL"), info=OWN)
    password_mark: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
