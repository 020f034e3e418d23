"""What is new, as the national agency writes it beside what comes with each release."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, prose_column, text_column
from app.db.types import OWN, Sensitivity
from app.web.shared import kept_by_all
from app.web.switches import FUNCTIONS

_OPEN = Sensitivity.PUBLIC


@kept_by_all
class NewsEntry(Recorded, Model):
    """An entry from a day on, for a role or all, about a function or none."""

    __tablename__ = "news_entry"

    id: Mapped[str] = key_column()
    told_on: Mapped[date] = date_column("own", _OPEN, nullable=False)
    function: Mapped[str | None] = mapped_column(String(40), info=OWN)
    role: Mapped[str | None] = code_column("ROLE", "own", _OPEN, nullable=True)
    title_fi: Mapped[str] = text_column(120, "own", _OPEN, nullable=False)
    title_sv: Mapped[str] = text_column(120, "own", _OPEN, nullable=False)
    text_fi: Mapped[str] = prose_column("own", _OPEN, nullable=False)
    text_sv: Mapped[str] = prose_column("own", _OPEN, nullable=False)

    @property
    def function_name(self) -> Any:
        return FUNCTIONS[self.function].name if self.function in FUNCTIONS else self.function
