"""Subscriptions of persons, and that a letter of a period was written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import Recorded, code_column, key_column, text_column
from app.db.types import OWN, Sensitivity, UtcDateTime, now
from app.reports.subscriptions.places import place_at


class ReportSubscription(Recorded, Model):
    """What a person wants to hear of when a month or a quarter is closed: the address of a page of reports, without its period."""

    __tablename__ = "report_subscription"
    __table_args__ = (UniqueConstraint("user_id", "org_id", "address", "every"),)

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, info=OWN)
    address: Mapped[str] = text_column(300, "own", Sensitivity.INTERNAL, nullable=False)
    every: Mapped[Any] = code_column("REPORT_EVERY", "own", Sensitivity.INTERNAL)

    @property
    def what(self) -> str:
        """Name the page in the reader's language."""
        place = place_at(self.address)
        return place.title if place else _("A report that is not there any more")


class ReportLetter(Model):
    """That the letter of a period was written to a subscriber, so that a job run again writes none twice."""

    __tablename__ = "report_letter"

    subscription_id: Mapped[str] = mapped_column(ForeignKey("report_subscription.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    period_id: Mapped[str] = mapped_column(String(7), primary_key=True, info=OWN)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
