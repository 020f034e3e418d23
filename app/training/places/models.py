"""A training place, who works in it, and the day that the invented records are of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import date_column, key_column, text_column
from app.db.types import OWN, Sensitivity, UtcDateTime

_IS_OWN = text("kind = 'OWN'")


class TrainingPlace(Model):
    """An invented municipality and its county; `seed` numbers the places and decides who lives in one.

    A row without `made_at` waits to be made. A place of a course is `COURSE`, its owner the instructor and its name the course's.
    """

    __tablename__ = "training_place"

    id: Mapped[str] = key_column()
    municipality_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True, info=OWN)
    county_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True, info=OWN)
    kind: Mapped[str] = mapped_column(String(10), nullable=False, info=OWN)
    name: Mapped[str | None] = text_column(80, "own", Sensitivity.INTERNAL)
    owner_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    seed: Mapped[int] = mapped_column(Integer, nullable=False, unique=True, info=OWN)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    reset_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)

    __table_args__ = (
        Index("uq_training_place_own", "owner_id", unique=True, postgresql_where=_IS_OWN, sqlite_where=_IS_OWN),
        CheckConstraint("kind IN ('OWN', 'COURSE')", name="kind"),
    )

    @property
    def organisation_ids(self) -> tuple[Any, ...]:
        """Give the keys of the place's organisations, none before it is made."""
        return tuple(key for key in (self.municipality_id, self.county_id) if key)


class TrainingMember(Model):
    """A person of a place: a trainee, or the instructor who follows; `path` is the path of exercises they are on."""

    __tablename__ = "training_member"

    place_id: Mapped[str] = mapped_column(ForeignKey("training_place.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True, index=True, info=OWN)
    is_instructor: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False, info=OWN)
    path: Mapped[str | None] = text_column(40, "own", Sensitivity.INTERNAL)


class TrainingWorld(Model):
    """The one row that tells of which day every invented record is; the nightly renewal moves it."""

    __tablename__ = "training_world"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, default=1, info=OWN)
    renewed_on: Mapped[date] = date_column("own", Sensitivity.INTERNAL, nullable=False)

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
