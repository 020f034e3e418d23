"""Two records of one person: inside one controller's register (`ClientMerge`) and between two (`DuplicateCase`)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column

from app.access.membership import FollowsClient
from app.clients.models import Client
from app.codes.lists import label
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, prose_column
from app.db.types import OWN, EncryptedText, Sensitivity, UtcDateTime, classified
from app.duplicates.rules import state_of
from app.web.language import current_language


class ClientMerge(Recorded, FollowsClient, Model):
    """A pair of own clients: proposed as one person, judged different, merged, or parted again.

    `client_id` is the record that is kept. `before` is the picture of both as they were, and the rows that moved.
    """

    # Its days, its picture of both records and the log tell its history; a version would hold the picture once more.
    is_final: ClassVar[bool] = True
    goes_along = False
    __tablename__ = "client_merge"
    listed_by = "created_at"
    __table_args__ = (UniqueConstraint("pair_key"),)

    id: Mapped[str] = key_column()
    other_id: Mapped[str] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
    pair_key: Mapped[str] = mapped_column(String(73), nullable=False, info=OWN)
    status: Mapped[str] = code_column("MERGE_STATUS", "own", Sensitivity.INTERNAL, default="PROPOSED")
    reason: Mapped[str | None] = prose_column("K73-6")
    before: Mapped[str | None] = mapped_column(EncryptedText, info=classified("K73-2", Sensitivity.SECRET))
    merged_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)

    def scope_keys(self) -> set[str]:
        # Both records must be the writer's own.
        return super().scope_keys() | {self.other_id}

    @property
    def status_text(self) -> str:
        return label("MERGE_STATUS", self.status, current_language())


class DuplicateCase(Recorded, FollowsClient, Model):
    """One side of the question whether two controllers serve the same person; the other side has a row of its own.

    Each side reads its own row only. Of the other's it holds the answer and nothing by which a person or an organisation is known.
    """

    __tablename__ = "duplicate_case"
    listed_by = "created_at"
    __table_args__ = (UniqueConstraint("pair_key", "client_id"),)

    id: Mapped[str] = key_column()
    pair_key: Mapped[str] = mapped_column(String(73), nullable=False, info=OWN)
    answer_due: Mapped[date] = date_column("own", Sensitivity.INTERNAL, nullable=False)
    answer: Mapped[str | None] = code_column("DUPLICATE_ANSWER", "own", Sensitivity.INTERNAL, nullable=True)
    keeps: Mapped[str | None] = code_column("DUPLICATE_KEEPER", "own", Sensitivity.INTERNAL, nullable=True)
    reason: Mapped[str | None] = prose_column("K73-6")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    other_answer: Mapped[str | None] = code_column("DUPLICATE_ANSWER", "own", Sensitivity.INTERNAL, nullable=True)
    other_keeps: Mapped[str | None] = code_column("DUPLICATE_KEEPER", "own", Sensitivity.INTERNAL, nullable=True)

    @property
    def standing(self) -> str:
        """Give the code of the list DUPLICATE_STATE as of today."""
        return state_of(answer=self.answer, other_answer=self.other_answer, keeps=self.keeps, other_keeps=self.other_keeps,
                        due=self.answer_due, today=date.today())  # fmt: skip

    @property
    def state(self) -> str:
        return label("DUPLICATE_STATE", self.standing, current_language())


def pair_of(one: str, other: str) -> str:
    """Give the key of a pair of clients, the same whichever is named first."""
    return ":".join(sorted((one, other)))


def _name(key: object) -> object:
    """Give a name only: the client itself would be read whole for each row."""
    person = aliased(Client)
    return column_property(select(person.family_name + ", " + person.given_names).where(person.id == key).correlate_except(person).scalar_subquery())


ClientMerge.client_name, ClientMerge.other_name = _name(ClientMerge.client_id), _name(ClientMerge.other_id)  # type: ignore[method-assign, assignment, attr-defined]
DuplicateCase.client_name = _name(DuplicateCase.client_id)  # type: ignore[method-assign, assignment]
