"""How an organisation used the service in a month: numbers only, nobody's data."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import code_column, date_column, key_column, text_column
from app.db.types import OWN, Sensitivity, UtcDateTime, now
from app.imports.workspace.labels import size_text

_INTERNAL = Sensitivity.INTERNAL


def _number() -> Mapped[int]:
    return mapped_column(BigInteger, nullable=False, default=0, info=OWN)


class OrganisationUse(Model):
    """The state of an organisation on the last day of a month that was counted; of the month that runs, of the night before.

    The names are those of the day, so that a month is read with the names of then.
    """

    __tablename__ = "organisation_use"
    __table_args__ = (UniqueConstraint("organisation_id", "month"), Index("ix_organisation_use_counted_on", "counted_on", "name_fi"))

    id: Mapped[str] = key_column()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    name_fi: Mapped[str] = text_column(120, "own", Sensitivity.PUBLIC, nullable=False)
    name_sv: Mapped[str] = text_column(120, "own", Sensitivity.PUBLIC, nullable=False)
    kind: Mapped[str] = code_column("ORGANISATION_KIND", "own", Sensitivity.PUBLIC)
    month: Mapped[str] = mapped_column(String(7), nullable=False, info=OWN)
    counted_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    rights: Mapped[int] = _number()
    active_30: Mapped[int] = _number()
    active_90: Mapped[int] = _number()
    clients: Mapped[int] = _number()
    plans: Mapped[int] = _number()
    imports: Mapped[int] = _number()
    stored_bytes: Mapped[int] = _number()
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)

    @property
    def stored(self) -> str:
        """Give the size of the stored files in words."""
        return size_text(self.stored_bytes)
