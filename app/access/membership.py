"""The one table that decides whose a client is, and the mixins of the rows that follow a client."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Boolean, Date, ForeignKey, Index, String, event, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship
from sqlalchemy.orm.attributes import get_history

from app.db.base import Model
from app.db.types import OWN, IdType, new_id


class ClientMembership(Model):
    """An organisation's standing to a client: its own (§ 78 controller) or shared for a period and a purpose."""

    __tablename__ = "client_membership"

    id: Mapped[str] = mapped_column(IdType, primary_key=True, default=new_id, info=OWN)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    client_id: Mapped[str] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), nullable=False, info=OWN)
    is_owner: Mapped[bool] = mapped_column(Boolean, nullable=False, info=OWN)
    purpose: Mapped[str] = mapped_column(String(40), nullable=False, info=OWN)
    valid_from: Mapped[date] = mapped_column(Date, nullable=False, info=OWN)
    valid_to: Mapped[date | None] = mapped_column(Date, info=OWN)
    # The invitation a participant's membership rests on, and the controller who gave it and can take it back.
    participation_id: Mapped[str | None] = mapped_column(ForeignKey("participation.id", ondelete="CASCADE"), index=True, info=OWN)
    shared_by_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), info=OWN)

    # The invitation itself; its feature stands above and sets it.
    participation: ClassVar[Any]
    client: Mapped[Any] = relationship("Client", lazy="raise")

    __table_args__ = (
        # PostgreSQL's reading policy asks for `shared_by_id` too; with it in the index no page reads the table for that.
        Index("ix_client_membership_organisation", "organisation_id", "client_id", "valid_from", "valid_to", postgresql_include=["shared_by_id"]),
        Index("ix_client_membership_client", "client_id"),
        # What the database's own policy asks of clients of others.
        Index("ix_client_membership_shared", "organisation_id", "client_id",
              postgresql_where=text("NOT is_owner"), sqlite_where=text("NOT is_owner")),
    )


class ClientScoped:
    """Mixin of a row that is seen by those who see its client: the client's own row and all that follow it."""

    @classmethod
    def scope_key(cls) -> Any:
        """Give the column that holds the client's key."""
        raise NotImplementedError

    @classmethod
    def left_out(cls) -> Any:
        """Give the condition on the table's columns for the rows that no list shows; None where lists show all."""
        return None

    def scope_keys(self) -> set[str]:
        """Give the client's key and, when the row is being moved, the key it had before."""
        history = get_history(self, self.scope_key().key)
        keys = {*(history.added or ()), *(history.unchanged or ()), *(history.deleted or ())}
        related = self.__dict__.get("client")
        return {key for key in (*keys, related.id if related is not None else None) if key}


class FollowsClient(ClientScoped):
    """Mixin of a row that belongs to a client."""

    # Whether the rows go along when two records of one person are joined; not what is derived, and what goes with something else.
    goes_along: ClassVar[bool] = True
    # The column that numbers a client's rows one after another.
    numbered_by: ClassVar[str | None] = None
    # The column in whose order the list of the rows begins. An index keeps that order for the whole country: of a large organisation
    # the first page is found at once, instead of by gathering and sorting all of its rows.
    listed_by: ClassVar[str | None] = None

    @declared_attr
    def client_id(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("client.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)

    @declared_attr
    def client(cls) -> Mapped[Any]:
        # Never loaded by itself; it tells the unit of work to write the client first.
        return relationship("Client", lazy="raise", foreign_keys=f"{cls.__name__}.client_id")  # type: ignore[attr-defined]

    @property
    def client_name(self) -> Any:
        """Give the client's name; only of a row that was read with it (`app.web.whose.with_names`)."""
        return self.client.name if self.client is not None else ""

    @classmethod
    def scope_key(cls) -> Any:
        return cls.client_id


@event.listens_for(FollowsClient, "instrument_class", propagate=True)
def _keep_in_order(mapper: Any, cls: type[FollowsClient]) -> None:
    if cls.listed_by:
        table = mapper.local_table
        Index(f"ix_{table.name}_listed", table.c[cls.listed_by], table.c.id)


class Invitation(FollowsClient):
    """Mixin of the row that lets another organisation take part: the only ground of a participant's membership.

    The controller writes it; the organisation that is invited may write what is named in `ANSWER` and nothing else of it.
    """

    ANSWER: ClassVar[frozenset[str]] = frozenset(
        {"accepted_at", "accepted_by", "ended_at", "ended_by", "ended_how", "end_reason", "changed_at", "changed_by", "version"}
    )

    @declared_attr
    def organisation_id(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("organisation.id"), nullable=False, index=True, info=OWN)


class Contribution(FollowsClient):
    """Mixin of a row that a participant adds itself, under an accepted invitation that lets it; nobody else writes one."""

    @declared_attr
    def participation_id(cls) -> Mapped[str]:
        return mapped_column(ForeignKey("participation.id", ondelete="CASCADE"), nullable=False, index=True, info=OWN)
