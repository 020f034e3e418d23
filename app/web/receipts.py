"""Receipts of sent forms: pressing twice, or sending again after a cut connection, makes one change."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import redirect, request
from sqlalchemy import ForeignKey, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.access.actor import Actor
from app.db.base import Model
from app.db.types import OWN, UtcDateTime, is_id, now

FIELD = "_form"
KEPT = timedelta(days=2)


class FormReceipt(Model):
    """A form that was saved: its token, whose it was, and where its result stands. Written with the change itself."""

    __tablename__ = "form_receipt"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    location: Mapped[str] = mapped_column(String(300), nullable=False, info=OWN)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)


def token_sent() -> str | None:
    """Give the token of the form that was sent, None for one without."""
    token = request.form.get(FIELD)
    return token if is_id(token) else None


def saved_before(session: Session, actor: Actor | None, token: str | None) -> Any:
    """Give the way to the result of a form that was saved already, else None."""
    found = session.get(FormReceipt, token) if token and actor else None
    return redirect(found.location, 303) if found and actor and found.user_id == actor.user_id else None


def write_receipt(session: Session, actor: Actor | None, location: str) -> None:
    """Write the receipt into the transaction of the change; the user's old ones go. The caller commits."""
    token = token_sent()
    if token and actor:
        session.execute(delete(FormReceipt).where(FormReceipt.user_id == actor.user_id, FormReceipt.made_at < now() - KEPT))
        session.add(FormReceipt(id=token, user_id=actor.user_id, location=location))
