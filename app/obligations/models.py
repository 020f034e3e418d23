"""Obligations as the engine derived them, and the local numbers an organisation sets for the limits without a number in the law."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from app.access.membership import FollowsClient
from app.clients.models import Client
from app.codes.lists import label
from app.core.statute import in_words
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, flag_column, key_column
from app.db.types import OWN, Sensitivity, classified
from app.obligations.labels import event_words, what_of
from app.obligations.reasons import sentences
from app.obligations.rules import state_on
from app.organisations.models import organisation_key
from app.web.language import current_language

# Each database takes an index for a query that writes the condition in the same words.
_QUEUE: dict[str, Any] = {"postgresql_where": text("in_queue"), "sqlite_where": text("in_queue = 1")}


class ClientObligation(FollowsClient, Model):
    """One time limit of a client. Derived, never typed: whoever changes a fact changes it (`hooks.py`).

    Holds nothing that the passing of days changes: late is an open one whose `due_on` is behind. `org_id` and `worker_id` are the
    client's, copied so that "mine, due, in order" is one walk along an index. `derived_on` is the day the client's were derived for.
    """

    goes_along = False
    __tablename__ = "client_obligation"

    id: Mapped[str] = key_column()
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("integration_plan.id", ondelete="CASCADE"), index=True, info=OWN)
    # With its case: `R18:QUOTA`.
    rule: Mapped[str] = mapped_column(String(40), nullable=False, info=classified("K73-6", Sensitivity.PERSONAL))
    kind: Mapped[str] = code_column("OBLIGATION_KIND", "K73-6")
    state: Mapped[str] = code_column("OBLIGATION_STATE", "K73-6")
    due_on: Mapped[date] = date_column("K73-6", nullable=False)
    warn_on: Mapped[date | None] = date_column("K73-6")
    owner: Mapped[str] = code_column("OBLIGATION_OWNER", "K73-6")
    section: Mapped[str] = mapped_column(String(80), nullable=False, info=classified("K73-6", Sensitivity.PERSONAL))
    start_type: Mapped[str] = mapped_column(String(60), nullable=False, info=classified("K73-6", Sensitivity.PERSONAL))
    start_on: Mapped[date] = date_column("K73-6", nullable=False)
    # Open, a caseworker's, and a task or a limit that is warned of.
    in_queue: Mapped[bool] = flag_column("own", Sensitivity.INTERNAL)
    # The steps of "why this day", see `reasons.py`.
    reasons: Mapped[str] = mapped_column(Text, nullable=False, default="[]", info=classified("K73-6", Sensitivity.PERSONAL))
    # Set below, where the client's own class is there.
    client_name: ClassVar[Any]
    derived_on: Mapped[date] = mapped_column(Date, nullable=False, info=OWN)

    __table_args__ = (
        Index("ix_client_obligation_worker", "worker_id", "due_on", "id", **_QUEUE),
        Index("ix_client_obligation_organisation", "org_id", "due_on", "id", **_QUEUE),
        # The list of all of them, those of the queue or not.
        Index("ix_client_obligation_listed", "org_id", "due_on", "id"),
    )

    @property
    def what(self) -> str:
        return what_of(self.rule, self.start_on, current_language())

    @property
    def law(self) -> str:
        return in_words(self.section)

    @property
    def start(self) -> str:
        return event_words(self.start_type, current_language())

    @property
    def standing_code(self) -> str:
        """Give the state as of today."""
        return state_on(self.state, self.kind, self.due_on, date.today())

    @property
    def standing(self) -> str:
        return label("OBLIGATION_STATE", self.standing_code, current_language())

    @property
    def why_sentences(self) -> list[str]:
        """Give the reasons as they are today."""
        days_late = (date.today() - self.due_on).days if self.standing_code == "OVERDUE" else 0
        return sentences(self.reasons, "sv" if current_language() == "sv" else "fi", days_late=days_late)

    @property
    def why(self) -> str:
        return "\n".join(self.why_sentences)


# A name only, for lists of many clients.
ClientObligation.client_name = column_property(
    select(Client.family_name + ", " + Client.given_names).where(Client.id == ClientObligation.client_id).correlate_except(Client).scalar_subquery()
)


# Whose numbers hold where an organisation has none of its own.
NATIONAL = organisation_key("NATIONAL_AGENCY", "KEHA")


class LocalNumber(Recorded, Model):
    """An organisation's own number for a limit that the law says "without delay" of, from a day on; the national agency's hold where there is none.

    Basis: 681/2023 §§ 9.2, 14.2, 20.1.
    """

    __tablename__ = "local_number"
    __table_args__ = (UniqueConstraint("org_id", "setting", "valid_from"),)

    id: Mapped[str] = key_column()
    setting: Mapped[str] = code_column("LOCAL_NUMBER", "own", Sensitivity.PUBLIC)
    amount: Mapped[int] = mapped_column(Integer, nullable=False, info=classified("own", Sensitivity.PUBLIC))
    valid_from: Mapped[date] = date_column("own", Sensitivity.PUBLIC, nullable=False)


