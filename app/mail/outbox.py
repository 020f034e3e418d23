"""Put a letter into the outbox; the commit that keeps what it tells of keeps the letter too."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.mail.models import OutgoingMail


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A text in the receiver's language; `kind` names it for whoever looks after the outbox."""

    kind: str
    language: str
    receiver: str
    subject: str
    body: str
    user_id: int | None = None


def queue(session: Session, letter: Letter) -> None:
    """Add a letter to the outbox; the caller commits."""
    session.add(
        OutgoingMail(
            kind=letter.kind, language=letter.language, receiver=letter.receiver, subject=letter.subject, body=letter.body, user_id=letter.user_id
        )
    )
