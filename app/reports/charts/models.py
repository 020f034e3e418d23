"""Drawn charts, kept under a digest of all that they show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.types import OWN, UtcDateTime


class ReportChart(Model):
    """A drawing in both its sizes, and what it says. Whoever may see the same figures in the same words asks for the same digest; nobody else can name it."""

    __tablename__ = "report_chart"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True, info=OWN)
    svg: Mapped[str] = mapped_column(Text, nullable=False, info=OWN)
    alt: Mapped[str] = mapped_column(Text, nullable=False, info=OWN)
    finding: Mapped[str] = mapped_column(Text, nullable=False, info=OWN)
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, index=True, info=OWN)
