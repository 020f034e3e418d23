"""A transfer of a client between two municipalities, what each side knows of whom it is about, and what was not answered in time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Integer, String, bindparam, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.access.actor import current_actor
from app.codes.lists import label
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, key_column, prose_column, text_column
from app.db.types import OWN, EncryptedText, Sensitivity, classified
from app.organisations.models import Organisation
from app.transfers.clock import clock_text
from app.transfers.sections import sections_of
from app.web.language import current_language

_INTERNAL, _SECRET = Sensitivity.INTERNAL, Sensitivity.SECRET


class TransferRequest(Recorded, Model):
    """One transfer; both municipalities see it, and nothing in it tells whom it is about. `org_id` began it.

    `sections` are the chosen data, `waits_for_id` whose turn it is and `due_on` until when.
    """

    __tablename__ = "transfer_request"
    __table_args__ = (Index("ix_transfer_request_status", "status", "due_on"),)

    id: Mapped[str] = key_column()
    way: Mapped[str] = code_column("TRANSFER_WAY", "own", _INTERNAL)
    status: Mapped[str] = code_column("TRANSFER_STATE", "own", _INTERNAL, default="SENT")
    from_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, index=True, info=OWN)
    to_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, index=True, info=OWN)
    sections: Mapped[str] = text_column(200, "own", _INTERNAL, nullable=False)
    choice_reason: Mapped[str | None] = prose_column("K73-6", _SECRET)
    consent_on: Mapped[date] = date_column("K73-6", nullable=False)
    consent_language: Mapped[str] = code_column("LANGUAGE", "K73-4")
    sent_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    due_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    waits_for_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), info=OWN)
    question: Mapped[str | None] = mapped_column(EncryptedText, info=classified("K73-6", _SECRET))
    answer: Mapped[str | None] = mapped_column(EncryptedText, info=classified("K73-6", _SECRET))
    refusal: Mapped[str | None] = code_column("TRANSFER_REFUSAL", "K73-6", nullable=True)
    explanation: Mapped[str | None] = mapped_column(EncryptedText, info=classified("K73-6", _SECRET))
    moves_on: Mapped[date | None] = date_column("K73-6")
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    ended_on: Mapped[date | None] = date_column("own", _INTERNAL)
    # What lists are ordered by: open ones first, by the day something is due.
    place: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)

    from_organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True, foreign_keys=[from_id])
    to_organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True, foreign_keys=[to_id])

    @property
    def from_name(self) -> str:
        return self.from_organisation.name_in(current_language())

    @property
    def to_name(self) -> str:
        return self.to_organisation.name_in(current_language())

    @property
    def chosen(self) -> str:
        """Give the chosen data in words."""
        return ", ".join(label("TRANSFER_SECTION", code, current_language()) for code in sections_of(self.sections))

    @property
    def clock(self) -> str:
        """Say whose turn it is and how long."""
        return clock_text(self, date.today())

    def scope_keys(self) -> set[str]:
        """Give the client as the reader's own side knows it, for the log."""
        return {self.client_key} if self.client_key else set()  # type: ignore[attr-defined]


class TransferSide(Model):
    """What one municipality knows of whom a transfer is about; nobody but it reads the row.

    The other side's row is made by `app/transfers/run.py` and by no request. The digest is of the identity code.
    """

    __tablename__ = "transfer_side"
    __table_args__ = (Index("uq_transfer_side_transfer_id_organisation_id", "transfer_id", "organisation_id", unique=True),)

    id: Mapped[str] = key_column()
    transfer_id: Mapped[str] = mapped_column(ForeignKey("transfer_request.id", ondelete="CASCADE"), nullable=False, info=OWN)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, index=True, info=OWN)
    client_id: Mapped[str | None] = mapped_column(ForeignKey("client.id", ondelete="SET NULL"), index=True, info=OWN)
    family_name: Mapped[str] = text_column(80, "K73-2", nullable=False)
    given_names: Mapped[str] = text_column(120, "K73-2", nullable=False)
    birth_date: Mapped[date] = date_column("K73-2", nullable=False)
    identity_code_digest: Mapped[str | None] = mapped_column(String(64), info=classified("K73-1", _SECRET))


class TransferEscalation(Model):
    """A transfer that was not answered in time, for the national agency: organisations and days, nobody's data."""

    __tablename__ = "transfer_escalation"

    id: Mapped[str] = key_column()
    transfer_id: Mapped[str] = mapped_column(ForeignKey("transfer_request.id", ondelete="CASCADE"), nullable=False, unique=True, info=OWN)
    from_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    to_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    waits_for_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    sent_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    due_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)
    escalated_on: Mapped[date] = date_column("own", _INTERNAL, nullable=False)

    from_organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True, foreign_keys=[from_id])
    to_organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True, foreign_keys=[to_id])
    waits_for: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True, foreign_keys=[waits_for_id])

    @property
    def from_name(self) -> str:
        return self.from_organisation.name_in(current_language())

    @property
    def to_name(self) -> str:
        return self.to_organisation.name_in(current_language())

    @property
    def waits_for_name(self) -> str:
        return self.waits_for.name_in(current_language())


def own_organisation() -> str:
    """Give the key of the reader's organisation, of none without a reader."""
    actor = current_actor()
    return actor.organisation_id if actor else ""


reader = bindparam("transfer_reader", callable_=own_organisation, type_=String)
_own_side = (TransferSide.transfer_id == TransferRequest.id) & (TransferSide.organisation_id == reader)


def _own(column: object) -> object:
    return column_property(select(column).where(_own_side).correlate_except(TransferSide).scalar_subquery())  # type: ignore[call-overload]


TransferRequest.person = _own(TransferSide.family_name + ", " + TransferSide.given_names)  # type: ignore[attr-defined]
TransferRequest.birth_date = _own(TransferSide.birth_date)  # type: ignore[attr-defined]
TransferRequest.client_key = _own(TransferSide.client_id)  # type: ignore[attr-defined]
