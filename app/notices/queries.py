"""Reads of announcements: those of a page cost no statement while nobody has changed one."""

from __future__ import annotations

from datetime import date

from flask import current_app, g
from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from app.access.actor import current_actor
from app.notices.models import Announcement, announced
from app.notices.rules import OUTAGE, WARNING, Announced, Reader, concerns, is_current
from app.db.types import now
from app.web.shared import kept

# Answers in which stage of rollout an organisation is; without an answer no announcement for a stage is shown.
STAGE_OF = "koto_stage_of"
_FIRST = (OUTAGE, WARNING)


def _read(session: Session) -> tuple[Announced, ...]:
    """Give what is not over yet, by the first day."""
    query = select(Announcement).where(Announcement.shown_to >= date.today()).order_by(Announcement.shown_from, Announcement.created_at)
    return tuple(announced(row) for row in session.scalars(query.options(lazyload("*"))))


def all_announced() -> tuple[Announced, ...]:
    """Give every announcement that is not over, whomever it is for."""
    found: tuple[Announced, ...] = kept("announcements", _read, ())
    return found


def dismissed_by_reader() -> frozenset[str]:
    """Give the keys that the signed-in person has dismissed; read with the session."""
    return frozenset((g.get("dismissed") or "").split())


def _reader() -> Reader:
    actor = current_actor()
    if actor is None:
        return Reader(dismissed=dismissed_by_reader())
    stage_of = current_app.extensions.get(STAGE_OF)
    # A statement only while something is told to a stage.
    is_asked = stage_of is not None and any(one.stage for one in all_announced())
    stage = stage_of(actor.organisation_id) if stage_of and is_asked else None
    return Reader(role=actor.role, organisation_id=actor.organisation_id, stage=stage, dismissed=dismissed_by_reader())


def announced_to_reader() -> list[Announced]:
    """Give the announcements for whoever reads this page, outages and warnings first."""
    reader, today, moment = _reader(), date.today(), now()
    found = [one for one in all_announced() if is_current(one, today, moment) and concerns(one, reader)]
    return sorted(found, key=lambda one: one.kind not in _FIRST)
