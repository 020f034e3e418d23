"""Drafts: what is typed into a form is kept on the server, encrypted, until it is saved or thrown away.

A draft belongs to one user acting by one right, and to the address its form is sent to. It holds client data, so it
ends with the right (`ON DELETE CASCADE`) and is never kept by the browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from werkzeug.datastructures import MultiDict

from app.access.actor import Actor
from app.db.base import Model
from app.db.types import OWN, EncryptedText, UtcDateTime, new_id, now
from app.web.forms import without_secrets

AT_MOST, LONGEST = 50, 200_000
_OWN_FIELDS = frozenset({"csrf_token", "_language"})
KEPT = timedelta(days=30)


class Draft(Model):
    """The fields of one unsaved form as they were typed last."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("user_id", "grant_id", "place"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id, info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, info=OWN)
    grant_id: Mapped[str] = mapped_column(ForeignKey("access_grant.id", ondelete="CASCADE"), nullable=False, info=OWN)
    place: Mapped[str] = mapped_column(String(300), nullable=False, info=OWN)
    content: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=OWN)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)

    @property
    def formdata(self) -> MultiDict[str, str]:
        return MultiDict([(str(name), str(value)) for name, value in json.loads(self.content)])


def place_of_form() -> str:
    """Give the address this request's form is sent to; the page writes the same one."""
    return request.full_path.rstrip("?")


def _mine(actor: Actor, place: str) -> Any:
    return (Draft.user_id == actor.user_id, Draft.grant_id == actor.grant_id, Draft.place == place)


def draft_at(session: Session, actor: Actor, place: str) -> Draft | None:
    """Give the actor's draft of a form."""
    return session.scalar(select(Draft).where(*_mine(actor, place)))


def keep_draft(session: Session, actor: Actor, place: str, fields: Iterable[tuple[str, str]]) -> bool:
    """Write the draft of a form; False when it is too long or there are too many. The caller commits."""
    content = json.dumps([(name, value) for name, value in without_secrets(fields) if name not in _OWN_FIELDS], ensure_ascii=False)
    found = draft_at(session, actor, place)
    if len(content) > LONGEST or len(place) > 300:
        return False
    if found is None:
        count = session.scalar(select(func.count()).select_from(Draft).where(Draft.user_id == actor.user_id)) or 0
        if count >= AT_MOST:
            return False
        session.add(Draft(user_id=actor.user_id, grant_id=actor.grant_id, place=place, content=content))
    else:
        found.content, found.changed_at = content, now()
    return True


def drop_draft(session: Session, actor: Actor, place: str) -> None:
    """Delete the draft of a form, in the transaction that saves it; the caller commits."""
    session.execute(delete(Draft).where(*_mine(actor, place)))


def drop_old_drafts(session: Session, user_id: int) -> None:
    """Delete drafts the user has left alone for `KEPT`; the caller commits."""
    session.execute(delete(Draft).where(Draft.user_id == user_id, Draft.changed_at < now() - KEPT))


def drafts_of(session: Session, actor: Actor) -> list[Draft]:
    """Give the actor's latest drafts, for going on where the work was left."""
    query = select(Draft).where(Draft.user_id == actor.user_id, Draft.grant_id == actor.grant_id)
    return list(session.scalars(query.order_by(Draft.changed_at.desc(), Draft.id).limit(5)))
