"""Short ways to declare the columns that recur: codes, dates, texts, and the record of who wrote the row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.db.types import OWN, IdType, Sensitivity, UtcDateTime, classified, new_id, now

_PERSONAL = Sensitivity.PERSONAL


def key_column() -> Mapped[str]:
    """Make the primary key: a random UUID."""
    return mapped_column(IdType, primary_key=True, default=new_id, info=OWN)


def code_column(list_name: str, category: str, sensitivity: Sensitivity = _PERSONAL, *, nullable: bool = False,
                default: str | None = None) -> Mapped[Any]:  # fmt: skip
    """Make a column that holds a value of the code list `list_name`."""
    info = {**classified(category, sensitivity), "codes": list_name}
    return mapped_column(String(40), nullable=nullable, default=default, info=info)


def text_column(length: int, category: str, sensitivity: Sensitivity = _PERSONAL, *, nullable: bool = True) -> Mapped[Any]:
    """Make a one-line text column."""
    return mapped_column(String(length), nullable=nullable, info=classified(category, sensitivity))


def prose_column(category: str, sensitivity: Sensitivity = _PERSONAL, *, nullable: bool = True) -> Mapped[Any]:
    """Make a column of free text."""
    return mapped_column(Text, nullable=nullable, info=classified(category, sensitivity))


def date_column(category: str, sensitivity: Sensitivity = _PERSONAL, *, nullable: bool = True) -> Mapped[Any]:
    """Make a date column."""
    return mapped_column(Date, nullable=nullable, info=classified(category, sensitivity))


def flag_column(category: str, sensitivity: Sensitivity = _PERSONAL) -> Mapped[Any]:
    """Make a yes/no column, no by default."""
    return mapped_column(Boolean, nullable=False, default=False, info=classified(category, sensitivity))


class Recorded:
    """Mixin: controller, who made and changed the row and when, and its version for optimistic locking."""

    @declared_attr
    def org_id(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("organisation.id"), nullable=False, index=True, info=OWN)

    @declared_attr
    def created_by(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("ab_user.id"), nullable=True, info=OWN)

    @declared_attr
    def changed_by(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("ab_user.id"), nullable=True, info=OWN)

    created_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, onupdate=now, info=OWN)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1, info=OWN)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Sourced:
    """Mixin: where the fact comes from. Basis: 681/2023 § 73.2 (rule V14); the recorder is `created_by`."""

    @declared_attr
    def source(cls) -> Mapped[str]:
        return code_column("FACT_SOURCE", "K73-5", Sensitivity.INTERNAL, default="CLIENT")


__all__ = ["Recorded", "Sourced", "code_column", "date", "date_column", "flag_column", "key_column", "prose_column",
           "text_column"]  # fmt: skip
