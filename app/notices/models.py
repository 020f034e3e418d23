"""What is announced, in both languages, from a day to a day, and to whom."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.notices.rules import Announced, is_current
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, prose_column, text_column
from app.db.types import OPEN, OWN, Sensitivity, UtcDateTime, now
from app.organisations.models import Organisation
from app.web.language import current_language
from app.web.shared import kept_by_all

_OPEN = Sensitivity.PUBLIC


@kept_by_all
class Announcement(Recorded, Model):
    """An announcement; without role, organisation and stage it is for everybody, before signing in too."""

    __tablename__ = "announcement"

    id: Mapped[str] = key_column()
    kind: Mapped[str] = code_column("ANNOUNCEMENT_KIND", "own", _OPEN, default="INFORMATION")
    title_fi: Mapped[str] = text_column(120, "own", _OPEN, nullable=False)
    title_sv: Mapped[str] = text_column(120, "own", _OPEN, nullable=False)
    text_fi: Mapped[str] = prose_column("own", _OPEN, nullable=False)
    text_sv: Mapped[str] = prose_column("own", _OPEN, nullable=False)
    shown_from: Mapped[date] = date_column("own", _OPEN, nullable=False)
    shown_to: Mapped[date] = date_column("own", _OPEN, nullable=False)
    outage_from: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OPEN)
    outage_to: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OPEN)
    role: Mapped[str | None] = code_column("ROLE", "own", _OPEN, nullable=True)
    audience_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), info=OWN)
    stage: Mapped[str | None] = code_column("ROLLOUT_STAGE", "own", _OPEN, nullable=True)

    audience: Mapped[Organisation | None] = relationship(Organisation, lazy="joined", foreign_keys=[audience_id], viewonly=True)

    @property
    def audience_name(self) -> str:
        return self.audience.name_in(current_language()) if self.audience else ""

    @property
    def state_words(self) -> str:
        """Say whether it stands on the pages today."""
        if is_current(announced(self), date.today(), now()):
            return _("On the pages")
        return _("Not begun") if self.shown_from > date.today() else _("Ended")


def announced(row: Announcement) -> Announced:
    """Give an announcement as values that no session holds."""
    return Announced(
        id=row.id, kind=row.kind, texts={"fi": (row.title_fi, row.text_fi), "sv": (row.title_sv, row.text_sv)}, shown_from=row.shown_from,
        shown_to=row.shown_to, outage_from=row.outage_from, outage_to=row.outage_to, role=row.role, audience_id=row.audience_id, stage=row.stage,
    )  # fmt: skip
