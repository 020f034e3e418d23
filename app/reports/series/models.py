"""A file of another register that was sent and waits for its sender to look at what it would bring."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.db.base import Model
from app.db.columns import key_column
from app.db.types import OWN, UtcDateTime, now


class ReportSeriesFile(Model):
    """One a person at most: the next file takes its place, and it is gone when it is brought in. It holds published statistics."""

    __tablename__ = "report_series_file"

    id: Mapped[str] = key_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, unique=True, info=OWN)
    name: Mapped[str] = mapped_column(String(200), nullable=False, info=OWN)
    source: Mapped[str] = mapped_column(String(200), nullable=False, info=OWN)
    # What the rows of the file do not say themselves; empty where they do.
    indicator: Mapped[str] = mapped_column(String(4), nullable=False, default="", info=OWN)
    period: Mapped[str] = mapped_column(String(7), nullable=False, default="", info=OWN)
    level: Mapped[str] = mapped_column(String(20), nullable=False, default="", info=OWN)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False, info=OWN))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)

    @property
    def beside(self) -> dict[str, str]:
        """Give what is said beside the file of all its rows."""
        return {"indicator": self.indicator, "period": self.period, "level": self.level}
