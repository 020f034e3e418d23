"""The certificate of a batch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.columns import key_column
from app.db.types import OWN, EncryptedText, Sensitivity, UtcDateTime, classified, now


class ImportCertificate(Model):
    """What was counted and compared (`content`, a JSON document of `content.py`), and the samples a person has looked at.

    Made anew until it is signed; what was signed is never made anew.
    """

    __tablename__ = "import_certificate"
    __table_args__ = (UniqueConstraint("batch_id", name="uq_import_certificate_batch_id"),)

    id: Mapped[str] = key_column()
    batch_id: Mapped[str] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), nullable=False, info=OWN)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    content: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=classified("own", Sensitivity.SECRET))
    # JSON: row of the source → whether the two agree, as a person says.
    answers: Mapped[str] = mapped_column(EncryptedText, nullable=False, default="{}", info=classified("own", Sensitivity.SECRET))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
