"""From when a function is in use, and where; a function without a row is in use everywhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column, relationship

from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, text_column
from app.db.types import OWN, Sensitivity
from app.organisations.models import Organisation
from app.web.language import current_language
from app.web.shared import kept, kept_by_all
from app.web.switches import FUNCTIONS, Switch

_INTERNAL = Sensitivity.INTERNAL


@kept_by_all
class FunctionSwitch(Recorded, Model):
    """From when a function is on, in an environment or all, for an organisation or all; without a day it is off until further notice.

    `owner` is a role or an organisation, never a person.
    """

    __tablename__ = "function_switch"

    id: Mapped[str] = key_column()
    function: Mapped[str] = mapped_column(String(40), nullable=False, info=OWN)
    environment: Mapped[str | None] = code_column("ENVIRONMENT", "own", _INTERNAL, nullable=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), info=OWN)
    on_from: Mapped[date | None] = date_column("own", _INTERNAL)
    owner: Mapped[str] = text_column(200, "own", _INTERNAL, nullable=False)
    note_fi: Mapped[str] = text_column(300, "own", _INTERNAL, nullable=False)
    note_sv: Mapped[str] = text_column(300, "own", _INTERNAL, nullable=False)

    organisation: Mapped[Organisation | None] = relationship(Organisation, lazy="joined", foreign_keys=[organisation_id], viewonly=True)

    @property
    def function_name(self) -> Any:
        """Name the function in the reader's language; a function that this release does not know by its key."""
        return FUNCTIONS[self.function].name if self.function in FUNCTIONS else self.function

    @property
    def organisation_name(self) -> str:
        return self.organisation.name_in(current_language()) if self.organisation else ""

    @property
    def state_words(self) -> str:
        """Say whether the function is on where the row holds."""
        if self.on_from is None:
            return _("Not in use")
        return _("In use") if self.on_from <= date.today() else _("Not in use yet")


def _read(session: Session) -> tuple[Switch, ...]:
    rows = session.scalars(select(FunctionSwitch).order_by(FunctionSwitch.created_at).options(lazyload("*")))
    return tuple(Switch(row.function, row.environment, row.organisation_id, row.on_from, {"fi": row.note_fi, "sv": row.note_sv}) for row in rows)


def switches() -> tuple[Switch, ...]:
    """Give every row; costs no statement while nobody has changed one."""
    found: tuple[Switch, ...] = kept("switches", _read, ())
    return found
