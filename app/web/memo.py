"""Search words kept on the server, so that no address holds a person's name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Model
from app.db.types import OWN, EncryptedText, UtcDateTime, new_id, now


class SearchMemo(Model):
    """The words of one search of one user; nobody else can open it."""

    __tablename__ = "search_memo"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id, info=OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    words: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=OWN)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
