"""Absences with cover, calendars, sent digests; and what a list of the queue says of an obligation beside its own columns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import CheckConstraint, Date, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column

from app.db.base import Model
from app.db.columns import Recorded, date_column, key_column
from app.db.types import OWN, Sensitivity, UtcDateTime, now
from app.obligations.models import ClientObligation
from app.work_queue.rules import light_of


class Absence(Recorded, Model):
    """Days a worker is away, and the colleague who sees the worker's queue meanwhile; rights do not move."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="order"), CheckConstraint("user_id <> cover_id", name="not_oneself"))

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    cover_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    starts_on: Mapped[date] = date_column("own", Sensitivity.INTERNAL, nullable=False)
    ends_on: Mapped[date] = date_column("own", Sensitivity.INTERNAL, nullable=False)


class QueueCalendar(Model):
    """The secret address of a person's calendar of due days; only its digest is kept."""

    __tablename__ = "queue_calendar"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    token_digest: Mapped[str] = mapped_column(String(64), nullable=False, unique=True, info=OWN)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)


class QueueDigest(Model):
    """That a person's digest of a day was written, so that a job run again writes none twice."""

    __tablename__ = "queue_digest"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, info=OWN)
    day: Mapped[date] = mapped_column(Date, nullable=False, index=True, info=OWN)


_away, _cover = aliased(User), aliased(User)
Absence.person = column_property(  # type: ignore[attr-defined]
    select(_away.last_name + " " + _away.first_name).where(_away.id == Absence.user_id).correlate_except(_away).scalar_subquery()
)
Absence.cover = column_property(  # type: ignore[attr-defined]
    select(_cover.last_name + " " + _cover.first_name).where(_cover.id == Absence.cover_id).correlate_except(_cover).scalar_subquery()
)

# Read by the queue alone: other readers of obligations know whose they are.
ClientObligation.worker_name = column_property(  # type: ignore[attr-defined]
    select(User.last_name + " " + User.first_name).where(User.id == ClientObligation.worker_id).correlate_except(User).scalar_subquery(),
    deferred=True,
)


def urgency_of(item: Any, today: date | None = None) -> str:
    """Give the urgency of an obligation in words."""
    today = today or date.today()
    days = abs((item.due_on - today).days)
    match light_of(item.due_on, today):
        case "LATE":
            return ngettext("Late by %(num)d day", "Late by %(num)d days", days)
        case "TODAY":
            return _("Due today")
    return ngettext("In %(num)d day", "In %(num)d days", days)


ClientObligation.light = property(urgency_of)  # type: ignore[attr-defined]
