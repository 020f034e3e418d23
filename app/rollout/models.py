"""How far an organisation has come in taking the system into use, what stands in the way, and whom to ask."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from app.codes.lists import label
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, flag_column, key_column, text_column
from app.db.types import Sensitivity
from app.organisations.models import Organisation
from app.web.language import current_language

_INTERNAL = Sensitivity.INTERNAL


class RolloutStep(Recorded, Model):
    """A stage of an organisation (vaihe, skede): `seen_on` is what the system's own records show and wins over `told_on`.

    A stage of the move is skipped where there is no old system to bring anything from.
    """

    __tablename__ = "rollout_step"
    __table_args__ = (UniqueConstraint("org_id", "stage"),)

    id: Mapped[str] = key_column()
    stage: Mapped[str] = code_column("ROLLOUT_STAGE", "own", _INTERNAL)
    planned_on: Mapped[date | None] = date_column("own", _INTERNAL)
    told_on: Mapped[date | None] = date_column("own", _INTERNAL)
    seen_on: Mapped[date | None] = date_column("own", _INTERNAL)
    is_skipped: Mapped[bool] = flag_column("own", _INTERNAL)
    note: Mapped[str | None] = text_column(300, "own", _INTERNAL)

    organisation: Mapped[Organisation] = relationship(Organisation, foreign_keys="RolloutStep.org_id", lazy="joined", innerjoin=True)

    @property
    def reached_on(self) -> date | None:
        return self.seen_on or self.told_on

    @property
    def organisation_name(self) -> str:
        return self.organisation.name_in(current_language())

    def __str__(self) -> str:
        return label("ROLLOUT_STAGE", self.stage, current_language())


class RolloutObstacle(Recorded, Model):
    """What stands in the way (este, hinder), until `solved_on`."""

    __tablename__ = "rollout_obstacle"
    __table_args__ = (Index("ix_rollout_obstacle_open", "org_id", "solved_on"),)

    id: Mapped[str] = key_column()
    kind: Mapped[str] = code_column("ROLLOUT_OBSTACLE", "own", _INTERNAL)
    description: Mapped[str | None] = text_column(500, "own", _INTERNAL)
    needs_help: Mapped[bool] = flag_column("own", _INTERNAL)
    found_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    solved_on: Mapped[date | None] = date_column("own", _INTERNAL)

    organisation: Mapped[Organisation] = relationship(Organisation, foreign_keys="RolloutObstacle.org_id", lazy="joined", innerjoin=True)

    @property
    def organisation_name(self) -> str:
        return self.organisation.name_in(current_language())


class RolloutContact(Recorded, Model):
    """An official to ask about the rollout (yhteyshenkilö, kontaktperson)."""

    __tablename__ = "rollout_contact"

    id: Mapped[str] = key_column()
    task: Mapped[str] = code_column("ROLLOUT_TASK", "own", _INTERNAL)
    name: Mapped[str] = text_column(120, "own", Sensitivity.PERSONAL, nullable=False)
    email: Mapped[str | None] = text_column(254, "own", Sensitivity.PERSONAL)
    phone: Mapped[str | None] = text_column(40, "own", Sensitivity.PERSONAL)

    organisation: Mapped[Organisation] = relationship(Organisation, foreign_keys="RolloutContact.org_id", lazy="joined", innerjoin=True)

    @property
    def organisation_name(self) -> str:
        return self.organisation.name_in(current_language())
