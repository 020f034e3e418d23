"""Access grants, profiles and server-side sessions beside FAB's users."""

from __future__ import annotations

from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, func, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, text_column
from app.db.types import OWN, EncryptedText, IdType, Sensitivity, UtcDateTime, new_id, now
from app.web.language import current_language

# Sign-in looks a user up by lower(username): two accounts may not differ by case alone.
Index("uq_ab_user_lower_username", func.lower(User.username), unique=True)


class UserProfile(Model):
    """What a user has chosen, on every machine alike, where letters go, and whether a directory knows the account."""

    __tablename__ = "user_profile"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    language: Mapped[str | None] = text_column(2, "own", Sensitivity.INTERNAL)
    email: Mapped[str | None] = mapped_column(EncryptedText, info=OWN)
    is_local: Mapped[bool] = mapped_column(nullable=False, default=True, info=OWN)
    # WCAG 2.1.4: a shortcut of one key must be possible to switch off.
    single_keys: Mapped[bool] = mapped_column(nullable=False, default=True, server_default=true(), info=OWN)
    # Keys of announcements, and when what is new was seen: here, so that the statement of the sign-in brings them.
    dismissed: Mapped[str | None] = mapped_column(Text, info=OWN)
    news_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)


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
    """A right: person + role + organisation + basis + period. Basis: 681/2023 §§ 79.2, 80.

    It is in force (`app.users.queries.in_force`) within its period once it is opened (§ 80.4) and until it is ended (§ 81).
    """

    __tablename__ = "access_grant"
    __table_args__ = (
        Index("uq_access_grant_not_ended", "user_id", "organisation_id", "role", "valid_from", unique=True,
              postgresql_where=text("ended_at IS NULL"), sqlite_where=text("ended_at IS NULL")),
    )  # fmt: skip

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), nullable=False, index=True, info=OWN)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, index=True, info=OWN)
    role: Mapped[str] = code_column("ROLE", "own", Sensitivity.INTERNAL)
    local_role_id: Mapped[str | None] = mapped_column(ForeignKey("local_role.id"), index=True, info=OWN)
    basis: Mapped[str] = code_column("GRANT_BASIS", "own", Sensitivity.INTERNAL)
    valid_from: Mapped[date] = date_column("own", Sensitivity.INTERNAL, nullable=False)
    valid_to: Mapped[date | None] = date_column("own", Sensitivity.INTERNAL)
    from_directory: Mapped[bool] = mapped_column(nullable=False, default=False, info=OWN)
    # A right of an add-on's account: it is no worker, no superior and no user to be counted.
    is_program: Mapped[bool] = mapped_column(nullable=False, default=False, server_default=false(), info=OWN)

    application_id: Mapped[str | None] = mapped_column(ForeignKey("right_application.id"), index=True, info=OWN)
    grantor_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True, info=OWN)
    task: Mapped[str | None] = text_column(300, "own", Sensitivity.INTERNAL)
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    confirmed_on: Mapped[date | None] = date_column("own", Sensitivity.INTERNAL)
    last_used_on: Mapped[date | None] = date_column("own", Sensitivity.INTERNAL)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    end_reason: Mapped[str | None] = code_column("GRANT_END_REASON", "own", Sensitivity.INTERNAL, nullable=True)

    user: Mapped[User] = relationship(User, lazy="joined", innerjoin=True, foreign_keys=[user_id])
    local_role: Mapped[LocalRole | None] = relationship(LocalRole, lazy="joined")

    @property
    def person(self) -> str:
        return f"{self.user.last_name}, {self.user.first_name}"

    @property
    def local_name(self) -> str | None:
        return self.local_role and self.local_role.name_in(current_language())


class UserSession(Model):
    """A sign-in; the browser holds a random token, here stands its digest. Ended rows open nothing.

    `id` names the row on the page of one's own sessions, where the digest never shows. `device` is a browser and a system,
    as coarse as `app.users.device` tells them; no network address is kept. `last_used_at` is at most a minute old.
    """

    __tablename__ = "user_session"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True, info=OWN)
    id: Mapped[str] = mapped_column(IdType, nullable=False, unique=True, default=new_id, info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    grant_id: Mapped[str | None] = mapped_column(ForeignKey("access_grant.id", ondelete="SET NULL"), info=OWN)
    password_mark: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    end_reason: Mapped[str | None] = mapped_column(String(20), info=OWN)
    device: Mapped[str | None] = text_column(40, "own", Sensitivity.INTERNAL)
    has_second_factor: Mapped[bool] = mapped_column(nullable=False, default=False, server_default=false(), info=OWN)
