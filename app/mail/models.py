"""The outbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import key_column
from app.db.types import OWN, EncryptedText, UtcDateTime, now


class OutgoingMail(Model):
    """A letter and what became of it: `QUEUED`, `SENT`, or `FAILED` when it was given up; in the training environment `KEPT`.

    Receiver and text are encrypted and are emptied when the letter is sent; the row tells only that it was. A kept one is read on a page.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index("ix_outgoing_mail_state_next_try_at", "state", "next_try_at"),)

    id: Mapped[str] = key_column()
    user_id: Mapped[int | None] = mapped_column(Integer, index=True, info=OWN)
    kind: Mapped[str] = mapped_column(String(40), nullable=False, info=OWN)
    language: Mapped[str] = mapped_column(String(2), nullable=False, info=OWN)
    receiver: Mapped[str | None] = mapped_column(EncryptedText, info=OWN)
    subject: Mapped[str | None] = mapped_column(EncryptedText, info=OWN)
    body: Mapped[str | None] = mapped_column(EncryptedText, info=OWN)
    state: Mapped[str] = mapped_column(String(10), nullable=False, default="QUEUED", info=OWN)
    attempts: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    last_fault: Mapped[str | None] = mapped_column(String(60), info=OWN)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
