"""An organisation with its names, codes and validity."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.db.base import Model
from app.db.columns import code_column, date_column, key_column, text_column
from app.db.types import Sensitivity

_NAMESPACE = uuid.UUID("3f0c9a8e-6f4f-5a51-9a35-6f0a5f1c9d10")
_OPEN = Sensitivity.PUBLIC


def organisation_key(kind: str, code: str) -> str:
    """Give the key of an organisation: the same in every installation, so that loading again finds it."""
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{code}"))


class Organisation(Model):
    """A municipality, county, area, centre or authority; `successor_code` tells who continues a merged one."""

    __tablename__ = "organisation"

    id: Mapped[str] = key_column()
    kind: Mapped[str] = code_column("ORGANISATION_KIND", "own", _OPEN)
    code: Mapped[str] = text_column(12, "own", _OPEN, nullable=False)
    name_fi: Mapped[str] = text_column(120, "own", _OPEN, nullable=False)
    name_sv: Mapped[str] = text_column(120, "own", _OPEN, nullable=False)
    language_status: Mapped[str | None] = text_column(5, "own", _OPEN)
    region_code: Mapped[str | None] = text_column(4, "own", _OPEN)
    wellbeing_county_code: Mapped[str | None] = text_column(4, "own", _OPEN)
    employment_area_code: Mapped[str | None] = text_column(4, "own", _OPEN)
    economic_development_centre_code: Mapped[str | None] = text_column(4, "own", _OPEN)
    successor_code: Mapped[str | None] = text_column(12, "own", _OPEN)
    valid_from: Mapped[date | None] = date_column("own", _OPEN)
    valid_to: Mapped[date | None] = date_column("own", _OPEN)
    # Columns written in the service, with spaces between: the reference data no longer write them.
    edited: Mapped[str | None] = text_column(200, "own", Sensitivity.INTERNAL)

    __table_args__ = (Index("uq_organisation_kind_code", "kind", "code", unique=True),)

    def name_in(self, language: str) -> str:
        """Give the name in `sv`, or in Finnish for any other language."""
        return self.name_sv if language == "sv" else self.name_fi
