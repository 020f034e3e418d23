"""Send what the outbox holds: each letter once, tried again when the server cannot take it now, given up when it never will."""

from __future__ import annotations

import smtplib
import ssl
from collections import Counter
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db.types import now
from app.mail.models import OutgoingMail
from config import SmtpSettings

log = structlog.get_logger()
TIMEOUT_SECONDS, AT_ONCE = 10, 100
# Minutes to wait after each failed try; after the last the letter is given up.
WAITS = (1, 5, 15, 60, 240, 720, 1440)


class _RefusedError(Exception):
    """The server will never take this letter; the code of its answer is the message."""


def _message(mail: OutgoingMail, settings: SmtpSettings) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.sender, mail.receiver, mail.subject
    message["Date"] = format_datetime(now())
    # The same for each try, so that a mailbox can tell a letter that came twice.
    message["Message-ID"] = f"<{mail.id}@{settings.sender.rsplit('@', 1)[1]}>"
    message["Auto-Submitted"] = "auto-generated"
    # The content first: it takes away every header that describes it.
    message.set_content(mail.body or "")
    message["Content-Language"] = mail.language
    return message


def _connection(settings: SmtpSettings) -> smtplib.SMTP:
    if settings.is_tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_SECONDS)
    if settings.starttls:
        server.starttls(context=ssl.create_default_context())
    if settings.username:
        server.login(settings.username, settings.password or "")
    return server


def _deliver(mail: OutgoingMail, settings: SmtpSettings) -> None:
    """Hand one letter over. Raises `_RefusedError` for a lasting refusal, OSError and SMTPException for one that may pass."""
    try:
        with _connection(settings) as server:
            server.send_message(_message(mail, settings))
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        if code >= 500:
            raise _RefusedError(str(code)) from None
        raise
    except smtplib.SMTPResponseException as error:
        if error.smtp_code >= 500 and not isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
            raise _RefusedError(str(error.smtp_code)) from None
        raise


def _settle(mail: OutgoingMail, moment: datetime, fault: str | None, *, is_lasting: bool) -> str:
    """Write what became of a try; gives the letter's state."""
    mail.attempts += 1
    mail.last_fault = fault
    if fault is not None and not is_lasting and mail.attempts <= len(WAITS):
        mail.next_try_at = moment + timedelta(minutes=WAITS[mail.attempts - 1])
        return mail.state
    mail.state = "FAILED" if fault else "SENT"
    mail.sent_at = None if fault else moment
    # The row stays as a record that a letter went; what it said is nobody's business any more.
    mail.receiver = mail.subject = mail.body = None
    return mail.state


def send_due(session: Session, settings: SmtpSettings, moment: datetime | None = None) -> dict[str, int]:
    """Try every letter that is due, commit after each, and give how many are now in each state.

    Two senders at once do not take the same letter; a sender killed between the server's answer and the commit sends one twice.
    """
    moment, told = moment or now(), Counter[str]()
    for key in list(session.scalars(select(OutgoingMail.id).where(OutgoingMail.state == "QUEUED", OutgoingMail.next_try_at <= moment)
                                    .order_by(OutgoingMail.next_try_at, OutgoingMail.id).limit(AT_ONCE))):  # fmt: skip
        mail = session.scalar(select(OutgoingMail).where(OutgoingMail.id == key, OutgoingMail.state == "QUEUED").with_for_update(skip_locked=True))
        if mail is None:
            session.rollback()
            continue
        fault, is_lasting = None, False
        try:
            _deliver(mail, settings)
        except (_RefusedError, ValueError) as error:
            # ValueError: the message cannot be written at all, as with a line break in an address.
            fault, is_lasting = str(error) if isinstance(error, _RefusedError) else "UNWRITABLE", True
        except (OSError, smtplib.SMTPException) as error:
            fault = type(error).__name__
        state = _settle(mail, moment, fault, is_lasting=is_lasting)
        session.commit()
        told[state] += 1
        log.info("mail", id=key, state=state, fault=fault)
    return dict(told)
