"""Reads of the letters that are kept on screen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.mail.models import OutgoingMail
from app.mail.outbox import KEPT

# More than a person is written in the time they are kept.
_MOST = 100


def letters_of(session: Session, user_id: int) -> list[OutgoingMail]:
    """Give the letters written to a person, the newest first."""
    found = select(OutgoingMail).where(OutgoingMail.user_id == user_id, OutgoingMail.state == KEPT)
    return list(session.scalars(found.order_by(OutgoingMail.queued_at.desc(), OutgoingMail.id).limit(_MOST)))
