"""A change of an organisation from a day on; the rows of an organisation are its history."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, text_column
from app.db.types import OWN, Sensitivity, UtcDateTime
from app.organisations.models import Organisation

_OPEN, _INTERNAL = Sensitivity.PUBLIC, Sensitivity.INTERNAL
ADD, RENAME, END, MERGE = "ADD", "RENAME", "END", "MERGE"
PLANNED, DONE, WITHDRAWN = "PLANNED", "DONE", "WITHDRAWN"


class OrganisationChange(Recorded, Model):
    """One change; `takes_effect_on` is its first day. `former_fi` and `former_sv` are the names that a new name replaced.

    Of a merger that is planned, `counted` is a JSON object of what will move, table by table, and `shared_persons` how many are clients of both.
    """

    __tablename__ = "organisation_change"
    __table_args__ = (
        Index("ix_organisation_change_organisation_id", "organisation_id", "created_at"),
        Index("ix_organisation_change_state", "state", "takes_effect_on"),
    )

    id: Mapped[str] = key_column()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    kind: Mapped[str] = code_column("ORGANISATION_CHANGE", "own", _OPEN)
    state: Mapped[str] = code_column("CHANGE_STATE", "own", _OPEN, default=PLANNED)
    takes_effect_on: Mapped[date] = date_column("own", _OPEN, nullable=False)
    successor_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), info=OWN)
    name_fi: Mapped[str | None] = text_column(120, "own", _OPEN)
    name_sv: Mapped[str | None] = text_column(120, "own", _OPEN)
    former_fi: Mapped[str | None] = text_column(120, "own", _OPEN)
    former_sv: Mapped[str | None] = text_column(120, "own", _OPEN)
    reason: Mapped[str | None] = text_column(300, "own", _INTERNAL)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    counted: Mapped[str | None] = mapped_column(Text, info=OWN)
    shared_persons: Mapped[int | None] = mapped_column(Integer, info=OWN)

    organisation: Mapped[Organisation] = relationship(Organisation, foreign_keys=[organisation_id], lazy="joined", innerjoin=True)
    successor: Mapped[Organisation | None] = relationship(Organisation, foreign_keys=[successor_id], lazy="joined")
