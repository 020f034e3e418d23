"""What rows of a source are matched by: digests only, and the clients whom other municipalities are still to be asked about.

On PostgreSQL each is read and written by its own organisation alone, like the other tables of a move.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import key_column
from app.db.types import OWN, IdType, UtcDateTime, now


class ImportPerson(Model):
    """A person of a source as digests, beside the row itself (`id` is the row's); the same digest makes two rows a pair to judge.

    `who` is made of the birth date and both names, `kin` of the birth date and the family name, `name` of both names.
    """

    __tablename__ = "import_person"
    __table_args__ = (
        Index("ix_import_person_code", "batch_id", "code_digest", "position"),
        Index("ix_import_person_who", "batch_id", "who_digest", "position"),
        Index("ix_import_person_kin", "batch_id", "kin_digest", "position"),
        Index("ix_import_person_name", "batch_id", "name_digest", "position"),
        Index("ix_import_person_key", "batch_id", "key_digest"),
    )

    id: Mapped[str] = mapped_column(ForeignKey("import_row.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    batch_id: Mapped[str] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), nullable=False, info=OWN)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    position: Mapped[int] = mapped_column(Integer, nullable=False, info=OWN)
    key_digest: Mapped[str] = mapped_column(String(64), nullable=False, info=OWN)
    code_digest: Mapped[str | None] = mapped_column(String(64), info=OWN)
    who_digest: Mapped[str | None] = mapped_column(String(64), info=OWN)
    kin_digest: Mapped[str | None] = mapped_column(String(64), info=OWN)
    name_digest: Mapped[str | None] = mapped_column(String(64), info=OWN)


class ImportQuestion(Model):
    """A client that came in by a move, of whom other municipalities are asked at the pace at which a person may ask (docs/adr/0038)."""

    __tablename__ = "import_question"
    __table_args__ = (Index("ix_import_question_pace", "org_id", "asked_at", "added_at"), Index("uq_import_question_client_id", "client_id", unique=True))

    id: Mapped[str] = key_column()
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    client_id: Mapped[str] = mapped_column(IdType, nullable=False, info=OWN)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
