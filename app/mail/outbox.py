"""Put a letter into the outbox; the commit that keeps what it tells of keeps the letter too."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.mail.models import OutgoingMail

# The state of a letter of the training environment, which goes nowhere: its receiver reads it on a page.
KEPT = "KEPT"


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
    """Add a letter to the outbox, in the training environment to its receiver's mailbox on screen; the caller commits."""
    mail = OutgoingMail(kind=letter.kind, language=letter.language, receiver=letter.receiver, subject=letter.subject, body=letter.body, user_id=letter.user_id)
    if current_app.config["KOTO"].is_training:
        with force_locale(letter.language):
            mail.subject = _("Training environment – made-up people: %(subject)s", subject=letter.subject)
        mail.state, mail.user_id = KEPT, letter.user_id or _account_at(session, letter.receiver)
    session.add(mail)


def _account_at(session: Session, address: str) -> int | None:
    """Give whose address it is, for a letter that was written to an address alone."""
    return session.scalar(select(User.id).where(func.lower(User.email) == address.lower()))


def letters_waiting(connection: Connection) -> int:
    """Count the letters that are still to be sent."""
    return connection.scalar(select(func.count()).where(OutgoingMail.state == "QUEUED")) or 0
