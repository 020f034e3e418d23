"""What the calendar does in the training environment: accounts whose access is over end, and old letters go."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.mail.models import OutgoingMail
from app.mail.outbox import KEPT
from app.rights.trainees.actions import end_account
from app.rights.trainees.queries import ended_trainees

LETTERS_LAST = timedelta(days=90)


def end_of_access(session: Session, on: date) -> Counter[str]:
    """End the accounts of trainees whose access is over and take away letters older than `LETTERS_LAST`; the caller commits."""
    found = ended_trainees(session, on)
    for user in found:
        end_account(session, user)
    oldest = datetime.combine(on - LETTERS_LAST, time(), UTC)
    session.execute(delete(OutgoingMail).where(OutgoingMail.state == KEPT, OutgoingMail.queued_at < oldest))
    return Counter({"ACCOUNTS_ENDED": len(found)})
