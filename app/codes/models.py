"""What is edited of the code lists in the service, and the number of the edition by which each process knows that it is behind."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, text_column
from app.db.types import OWN, Sensitivity

_OPEN = Sensitivity.PUBLIC


class ReferenceEdition(Model):
    """One row: its number goes up with each edit of organisations and code lists, in the transaction of the edit."""

    __tablename__ = "reference_edition"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info=OWN)
    number: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)


class CodeEdit(Recorded, Model):
    """One edit of a value: it is never changed or removed, the latest holds. `list_name` and `code` name the value.

    A row holds the value whole, so that the history of a value is its rows in the order they were written.
    """

    __tablename__ = "code_edit"
    __table_args__ = (Index("ix_code_edit_value", "list_name", "code", "created_at"),)

    id: Mapped[str] = key_column()
    list_name: Mapped[str] = text_column(40, "own", _OPEN, nullable=False)
    code: Mapped[str] = text_column(40, "own", _OPEN, nullable=False)
    deed: Mapped[str] = code_column("CODE_EDIT", "own", _OPEN)
    name_fi: Mapped[str] = text_column(200, "own", _OPEN, nullable=False)
    name_sv: Mapped[str] = text_column(200, "own", _OPEN, nullable=False)
    valid_from: Mapped[date] = date_column("own", _OPEN, nullable=False)
    valid_to: Mapped[date | None] = date_column("own", _OPEN)
    reason: Mapped[str | None] = text_column(300, "own", _OPEN)
