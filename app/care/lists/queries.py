"""Reads of the edits of code lists."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codes.models import CodeEdit


def edits_of(session: Session, list_name: str, code: str) -> Sequence[CodeEdit]:
    """Give the edits of a value, the newest first; one statement."""
    of = CodeEdit
    return session.scalars(select(of).where(of.list_name == list_name, of.code == code).order_by(of.created_at.desc(), of.id)).all()
