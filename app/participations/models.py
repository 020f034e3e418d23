"""The invitation of a county to one matter of a client, and what the county says in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from app.access.membership import ClientMembership, Contribution, Invitation
from app.clients.models import Client
from app.codes.lists import label
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, flag_column, key_column, prose_column, text_column
from app.db.types import OWN, EncryptedText, Sensitivity, UtcDateTime, classified
from app.organisations.models import Organisation
from app.participations.rules import state_of
from app.web.language import current_language

# Where the pages of statements stand.
STATEMENTS = "/county-statements"


def _person(key: Any) -> Any:
    """Give a name only: a relationship would bring the user's roles with each row."""
    return select(User.last_name + " " + User.first_name).where(User.id == key).correlate_except(User).scalar_subquery()


class Participation(Recorded, Invitation, Model):
    """A county invited to ONE assessment, plan or review; who invited and when is who made the row and when.

    A review is invited to before it is held: until then the plan stands for it.
    """

    __tablename__ = "participation"
    listed_by = "created_at"
    __table_args__ = (CheckConstraint("assessment_id IS NOT NULL OR plan_id IS NOT NULL", name="matter"),)

    id: Mapped[str] = key_column()
    matter: Mapped[str] = code_column("PARTICIPATION_MATTER", "K73-6")
    assessment_id: Mapped[str | None] = mapped_column(ForeignKey("assessment.id", ondelete="CASCADE"), index=True, info=OWN)
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("integration_plan.id", ondelete="CASCADE"), index=True, info=OWN)
    review_id: Mapped[str | None] = mapped_column(ForeignKey("plan_review.id", ondelete="SET NULL"), index=True, info=OWN)
    profile: Mapped[str] = code_column("PARTICIPATION_PROFILE", "own", Sensitivity.INTERNAL)
    purpose: Mapped[str] = code_column("AUDIT_PURPOSE", "own", Sensitivity.INTERNAL)
    reason: Mapped[str] = prose_column("K73-6", Sensitivity.SECRET, nullable=False)
    may_contribute: Mapped[bool] = flag_column("own", Sensitivity.INTERNAL)
    valid_to: Mapped[date] = date_column("own", Sensitivity.INTERNAL, nullable=False)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    ended_how: Mapped[str | None] = code_column("PARTICIPATION_END", "own", Sensitivity.INTERNAL, nullable=True)
    end_reason: Mapped[str | None] = text_column(500, "K73-6", Sensitivity.SECRET)

    organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True, foreign_keys="Participation.organisation_id")

    @property
    def organisation_name(self) -> str:
        return self.organisation.name_in(current_language())

    @property
    def state(self) -> str:
        return label("PARTICIPATION_STATE", self.standing, current_language())

    @property
    def standing(self) -> str:
        """Give the code of the list PARTICIPATION_STATE as of today."""
        return state_of(ended_how=self.ended_how, is_accepted=self.accepted_at is not None, valid_to=self.valid_to, today=date.today())


# Never loaded by itself; it tells the unit of work to write the invitation first.
ClientMembership.participation = relationship(Participation, lazy="raise", foreign_keys=[ClientMembership.participation_id])
Participation.client_name = column_property(  # type: ignore[method-assign, assignment]
    select(Client.family_name + ", " + Client.given_names).where(Client.id == Participation.client_id).correlate_except(Client).scalar_subquery()
)
Participation.inviter = column_property(_person(Participation.created_by))  # type: ignore[attr-defined]
Participation.accepter = column_property(_person(Participation.accepted_by))  # type: ignore[attr-defined]


class CountyStatement(Recorded, Contribution, Model):
    """What the county says in the matter it takes part in: preliminary social and health service needs (869/2024 § 2).

    `org_id` is the county, which wrote it. A statement is not edited; a further one is added.
    """

    __tablename__ = "county_statement"
    listed_by = "stated_on"

    id: Mapped[str] = key_column()
    stated_on: Mapped[date] = date_column("K73-8", nullable=False)
    content: Mapped[str] = mapped_column(EncryptedText, nullable=False, info=classified("K73-8", Sensitivity.RESTRICTED))

    participation: Mapped[Participation] = relationship(Participation, lazy="joined", innerjoin=True)

    @property
    def matter(self) -> str:
        return label("PARTICIPATION_MATTER", self.participation.matter, current_language())


CountyStatement.author = column_property(_person(CountyStatement.created_by))  # type: ignore[attr-defined]
