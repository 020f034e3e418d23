"""What is recorded of a client who is a child."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Mapped, column_property

from app.access.membership import FollowsClient
from app.children.rules import majority_on
from app.clients.models import Client
from app.db.base import Model
from app.db.columns import Recorded, Sourced, code_column, date_column, flag_column, key_column, prose_column, text_column
from app.db.types import Sensitivity

_SECRET = Sensitivity.SECRET


class ChildHearing(Recorded, FollowsClient, Model):
    """That a client under 18 was heard, and what they said; or why they were not (§ 4)."""

    __tablename__ = "child_hearing"
    listed_by = "considered_on"

    id: Mapped[str] = key_column()
    considered_on: Mapped[date] = date_column("K73-6", nullable=False)
    is_heard: Mapped[bool] = flag_column("K73-6")
    opinion: Mapped[str | None] = prose_column("K73-6", _SECRET)
    not_heard_reason: Mapped[str | None] = prose_column("K73-6", _SECRET)


class Representative(Recorded, Sourced, FollowsClient, Model):
    """Who represents a child that came without a guardian, from the day it became known until the end (§§ 35–38)."""

    __tablename__ = "representative"
    listed_by = "created_at"

    id: Mapped[str] = key_column()
    known_on: Mapped[date | None] = date_column("K73-6")
    applied_on: Mapped[date | None] = date_column("K73-6")
    name: Mapped[str | None] = text_column(160, "K73-2", _SECRET)
    phone: Mapped[str | None] = text_column(40, "K73-2", _SECRET)
    email: Mapped[str | None] = text_column(120, "K73-2", _SECRET)
    decided_on: Mapped[date | None] = date_column("K73-6")
    valid_from: Mapped[date | None] = date_column("K73-6")
    valid_to: Mapped[date | None] = date_column("K73-6")
    end_reason: Mapped[str | None] = code_column("REPRESENTATIVE_END", "K73-6", _SECRET, nullable=True)
    # Set below, where the client's own class is there.
    birth_date: ClassVar[Any]

    @property
    def acts_until(self) -> date | None:
        """Give the last day of the task: the recorded one, or the 18th birthday, when it ends of itself."""
        if self.valid_from is None:
            return None
        return min(self.valid_to or date.max, majority_on(self.birth_date))


Representative.birth_date = column_property(select(Client.birth_date).where(Client.id == Representative.client_id).correlate_except(Client).scalar_subquery())
