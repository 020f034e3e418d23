"""The second factor of a local account, its recovery codes, and the sign-ins that wait for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import key_column
from app.db.types import OWN, EncryptedText, Sensitivity, UtcDateTime, classified, now

_SECRET = classified("own", Sensitivity.SECRET)


class SecondFactor(Model):
    """The secret an authenticator app shares with us; the row exists from the moment a code has confirmed it.

    `last_step` is the time step (RFC 6238) of the newest code that was taken: none is taken twice, and none older.
    """

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    secret: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=_SECRET)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    last_step: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    failed_tries: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)


class RecoveryCode(Model):
    """The keyed digest of a code that stands in for the authenticator app once."""

    __tablename__ = "recovery_code"

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    digest: Mapped[str] = mapped_column(String(64), nullable=False, info=_SECRET)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)


class HalfSignIn(Model):
    """A sign-in whose password was right and whose second factor is awaited. It opens nothing and lasts minutes.

    `secret` is one that is being taken into use: it counts for nothing until a code has confirmed it.
    """

    __tablename__ = "half_sign_in"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True, info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    password_mark: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    secret: Mapped[str | None] = mapped_column(EncryptedText, info=_SECRET)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, info=OWN)
