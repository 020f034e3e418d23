"""The reminder on a client (muistilappu, minneslapp): one short text for the team, with a day when there is one."""

from __future__ import annotations

from datetime import date

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from app.access.membership import FollowsClient
from app.db.base import Model
from app.db.columns import Recorded, date_column, key_column, text_column
from app.db.types import OWN, Sensitivity

LONGEST = 300


class ClientReminder(Recorded, FollowsClient, Model):
    """Register data like any other: the client may read it. A second one for the same client is refused."""

    __tablename__ = "client_reminder"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    client_id: Mapped[str] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), nullable=False, unique=True, info=OWN)
    content: Mapped[str] = text_column(LONGEST, "K73-6", Sensitivity.SECRET, nullable=False)
    due_on: Mapped[date | None] = date_column("K73-6")

    __table_args__ = (Index("ix_client_reminder_due_on", "due_on"),)


# A name only: a relationship would bring the user's roles with each row.
ClientReminder.written_by = column_property(  # type: ignore[attr-defined]
    select(User.first_name + " " + User.last_name).where(User.id == ClientReminder.changed_by).correlate_except(User).scalar_subquery()
)
