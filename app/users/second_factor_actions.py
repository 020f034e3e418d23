"""Writes of the second factor: who is asked for it, the half sign-in that waits, codes taken or refused, reset."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.access.roles import ADMINISTERS_RIGHTS
from app.audit.record import record_event
from app.db.types import blind_index, now
from app.users.actions import is_local
from app.users.models import AccessGrant, UserSession
from app.users.notices import tell_of_account
from app.users.queries import grants_in_force, password_mark, token_digest
from app.users.second_factor import HALF_MINUTES, MOST_TRIES, WAIT_MINUTES, is_app_code, new_recovery_codes, new_secret, plain_code, step_of
from app.users.second_factor_models import HalfSignIn, RecoveryCode, SecondFactor
from app.users.session_actions import EndReason, end_sessions


class Answer(Enum):
    """What became of a code."""

    TAKEN = 1
    WRONG = 2
    BLOCKED = 3


def asks_second_factor(session: Session, user: Any, on: date) -> bool:
    """Tell whether a person is asked for a second factor: on a local account, who has one or administers rights.

    Accounts of a directory are the directory's to guard.
    """
    if not current_app.config["KOTO"].second_factor or not is_local(session, user.id):
        return False
    administers = any(grant.role in ADMINISTERS_RIGHTS for grant in grants_in_force(session, user.id, on))
    return administers or has_second_factor(session, user.id)


def has_second_factor(session: Session, user_id: int) -> bool:
    """Tell whether an account has taken a second factor into use."""
    return session.get(SecondFactor, user_id) is not None


def lacks_second_factor(session: Session, token: str | None, grant_id: str) -> bool:
    """Tell whether a session that was opened with one step may not act by a right, which needs two."""
    found = session.execute(
        select(UserSession.has_second_factor, UserSession.user_id, AccessGrant.role).join(AccessGrant, AccessGrant.user_id == UserSession.user_id)
        .where(UserSession.token_digest == token_digest(token or ""), AccessGrant.id == grant_id)
    ).first()  # fmt: skip
    if found is None or found.has_second_factor or found.role not in ADMINISTERS_RIGHTS:
        return False
    return bool(current_app.config["KOTO"].second_factor) and is_local(session, found.user_id)


def begin_half_sign_in(session: Session, user: Any) -> str:
    """Note that the password was right and give the token of what waits; without a second factor it brings a new secret. The caller commits."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(HalfSignIn).where(HalfSignIn.user_id == user.id))
    session.add(
        HalfSignIn(
            token_digest=token_digest(token), user_id=user.id, password_mark=password_mark(user), expires_at=now() + timedelta(minutes=HALF_MINUTES),
            secret=None if has_second_factor(session, user.id) else new_secret(),
        )
    )  # fmt: skip
    return token


def half_sign_in(session: Session, token: str | None) -> tuple[HalfSignIn, Any] | None:
    """Give what waits under a token with its person; None when it took too long, or the account has changed since."""
    if not token:
        return None
    row = session.execute(
        select(HalfSignIn, User).join(User, User.id == HalfSignIn.user_id)
        .where(HalfSignIn.token_digest == token_digest(token), HalfSignIn.expires_at > now(), User.active.is_(True))
    ).first()  # fmt: skip
    return (row[0], row[1]) if row and row[0].password_mark == password_mark(row[1]) else None


def enrol(session: Session, half: HalfSignIn, text: str) -> list[str] | None:
    """Take a secret into use when a code confirms it, and give the recovery codes; None for a wrong code. The caller commits."""
    secret, moment = half.secret or "", now()
    step = step_of(secret, plain_code(text), moment, after=0)
    if step is None or has_second_factor(session, half.user_id):
        return None
    user_id = half.user_id
    # Whoever takes the row away enrols: the same form sent twice makes one second factor.
    taken: Any = session.execute(delete(HalfSignIn).where(HalfSignIn.token_digest == half.token_digest))
    if taken.rowcount != 1:
        return None
    session.add(SecondFactor(user_id=user_id, secret=secret, confirmed_at=moment, last_step=step))
    session.flush()
    codes = _write_codes(session, user_id)
    record_event(session, "second_factor:enrolled", row_id=str(user_id), by=user_id)
    tell_of_account(session, "SECOND_FACTOR_ON", user_id)
    return codes


def _write_codes(session: Session, user_id: int) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = new_recovery_codes()
    session.add_all(RecoveryCode(user_id=user_id, digest=blind_index(plain_code(code))) for code in codes)
    return codes


def renew_codes(session: Session, user_id: int) -> list[str]:
    """Make ten recovery codes in place of all earlier ones; the caller commits."""
    record_event(session, "second_factor:codes_made", row_id=str(user_id), by=user_id)
    tell_of_account(session, "CODES_MADE", user_id)
    return _write_codes(session, user_id)


def codes_left(session: Session, user_id: int) -> int:
    """Give how many recovery codes are unused."""
    unused = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return int(session.scalar(unused) or 0)


def take_code(session: Session, user_id: int, text: str, *, takes_recovery: bool = True) -> tuple[Answer, datetime | None]:
    """Take a code once; gives what became of it, and until when an account with too many wrong ones waits. The caller commits.

    The row is locked, so that neither the same code nor more tries than are allowed get through side by side.
    """
    moment = now()
    factor = session.scalar(select(SecondFactor).where(SecondFactor.user_id == user_id).with_for_update())
    if factor is None:
        return Answer.WRONG, None
    if factor.blocked_until is not None and factor.blocked_until > moment:
        return Answer.BLOCKED, factor.blocked_until
    code = plain_code(text)
    if is_app_code(code):
        step = step_of(factor.secret, code, moment, after=factor.last_step)
        is_right = step is not None
        factor.last_step = step or factor.last_step
    else:
        is_right = takes_recovery and _spend_recovery_code(session, user_id, code)
    if is_right:
        factor.failed_tries, factor.blocked_until = 0, None
        return Answer.TAKEN, None
    factor.failed_tries += 1
    if factor.failed_tries < MOST_TRIES:
        return Answer.WRONG, None
    factor.failed_tries, factor.blocked_until = 0, moment + timedelta(minutes=WAIT_MINUTES)
    record_event(session, "second_factor:blocked", row_id=str(user_id), outcome="REFUSED", by=user_id)
    tell_of_account(session, "CODES_REFUSED", user_id)
    return Answer.BLOCKED, factor.blocked_until


def _spend_recovery_code(session: Session, user_id: int, code: str) -> bool:
    spent: Any = session.execute(
        update(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.digest == blind_index(code), RecoveryCode.used_at.is_(None))
        .values(used_at=now())
    )  # fmt: skip
    if spent.rowcount != 1:
        return False
    record_event(session, "second_factor:recovery_code_used", row_id=str(user_id), by=user_id)
    tell_of_account(session, "RECOVERY_CODE_USED", user_id)
    return True


def reset_second_factor(session: Session, user_id: int) -> bool:
    """Take a second factor away with its codes and end the person's sessions; the next sign-in takes a new one into use.

    False when there is none; the caller commits.
    """
    factor = session.get(SecondFactor, user_id)
    if factor is None:
        return False
    session.delete(factor)
    for table in (RecoveryCode, HalfSignIn):
        session.execute(delete(table).where(table.user_id == user_id))
    end_sessions(session, user_id, EndReason.SECOND_FACTOR)
    record_event(session, "second_factor:reset", row_id=str(user_id))
    tell_of_account(session, "SECOND_FACTOR_RESET", user_id)
    return True
