"""The client; the facts that follow a client stand in `facts.py`."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column
from sqlalchemy.orm.attributes import get_history

from app.access.membership import ClientScoped
from app.core.identity_code import masked
from app.db.base import Model
from app.db.columns import Recorded, code_column, date_column, flag_column, key_column, prose_column, text_column
from app.db.types import OWN, EncryptedText, Sensitivity, classified

_SECRET, _RESTRICTED = Sensitivity.SECRET, Sensitivity.RESTRICTED


class Client(Recorded, ClientScoped, Model):
    """A person the municipality serves; an integration client only while a plan is in force (§ 5 item 5)."""

    __tablename__ = "client"

    id: Mapped[str] = key_column()
    identity_code: Mapped[str | None] = mapped_column(EncryptedText, info=classified("K73-1", _SECRET))
    identity_code_digest: Mapped[str | None] = mapped_column(String(64), info=classified("K73-1", _SECRET))
    no_identity_code_reason: Mapped[str | None] = code_column("NO_HETU_REASON", "K73-1", nullable=True)
    family_name: Mapped[str] = text_column(80, "K73-2", nullable=False)
    given_names: Mapped[str] = text_column(120, "K73-2", nullable=False)
    call_name: Mapped[str | None] = text_column(60, "K73-2")
    search_name: Mapped[str] = mapped_column(String(400), nullable=False, default="", info=classified("K73-2", Sensitivity.PERSONAL))
    birth_date: Mapped[date] = date_column("K73-2", nullable=False)
    gender: Mapped[str | None] = code_column("GENDER", "K73-2", nullable=True)
    citizenship: Mapped[str] = code_column("COUNTRY", "K73-2")
    mother_tongue: Mapped[str] = code_column("LANGUAGE", "K73-4")
    service_language: Mapped[str] = code_column("SERVICE_LANGUAGE", "K73-4")
    interpreter_needed: Mapped[bool] = flag_column("K73-4")
    interpreter_language: Mapped[str | None] = code_column("LANGUAGE", "K73-4", nullable=True)
    interpreter_mode: Mapped[str | None] = code_column("INTERPRETER_MODE", "K73-4", nullable=True)
    phone: Mapped[str | None] = text_column(40, "K73-2", _SECRET)
    email: Mapped[str | None] = text_column(120, "K73-2", _SECRET)
    street_address: Mapped[str | None] = text_column(120, "K73-2", _SECRET)
    postal_code: Mapped[str | None] = text_column(10, "K73-2", _SECRET)
    post_office: Mapped[str | None] = text_column(60, "K73-2", _SECRET)
    non_disclosure: Mapped[bool] = flag_column("K73-2", _SECRET)
    home_municipality_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=classified("K73-2", Sensitivity.PERSONAL))
    arrival_date: Mapped[date | None] = date_column("K73-3")
    status: Mapped[str] = code_column("CLIENT_STATUS", "K73-6", default="INTAKE")
    employment_status: Mapped[str] = code_column("EMPLOYMENT_STATUS", "K73-5", default="NOT_JOBSEEKER")
    trafficking_victim: Mapped[bool] = flag_column("K73-3", _RESTRICTED)
    responsible_worker_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info=OWN)
    relationship_started: Mapped[date] = date_column("K73-6", nullable=False)
    # The record this one was joined to; it is found and written no more, until they are parted. No foreign key: a column with one remakes the table on SQLite.
    merged_into_id: Mapped[str | None] = mapped_column(String(36), info=OWN)
    # The end starts the four years of § 77.
    relationship_ended: Mapped[date | None] = date_column("K73-6")
    end_reason: Mapped[str | None] = code_column("CLIENT_END_REASON", "K73-6", _SECRET, nullable=True)
    onward_guidance: Mapped[str | None] = prose_column("K73-7", _SECRET)
    # Why the data stay longer than four years: needed for a statutory task or a pending matter (§ 77). None where nothing keeps them.
    hold_reason: Mapped[str | None] = code_column("HOLD_REASON", "K73-6", nullable=True)
    # The client moved to another municipality; what stays here is read and not written (docs/adr/0025).
    archived_on: Mapped[date | None] = date_column("K73-6")
    # A name only: a relationship would bring the user's roles with each row.
    responsible_worker: Mapped[str | None] = column_property(
        select(User.last_name + " " + User.first_name).where(User.id == responsible_worker_id).correlate_except(User).scalar_subquery()
    )

    __table_args__ = (
        CheckConstraint("identity_code IS NOT NULL OR no_identity_code_reason IS NOT NULL", name="identity_code_or_reason"),
        Index("ix_client_search_name", "search_name", "id"),
        Index("ix_client_birth_date", "birth_date", "id"),
        Index("uq_client_org_identity_code", "org_id", "identity_code_digest", unique=True),
        # What is due to be deleted is looked for every night among all clients; few have an end.
        Index("ix_client_ended", "id", postgresql_where=text("coalesce(relationship_ended, archived_on) IS NOT NULL"),
              sqlite_where=text("coalesce(relationship_ended, archived_on) IS NOT NULL")),
        # What counts the clients of a list asks which few were joined; with the controller in it the reading policy is answered too.
        Index("ix_client_joined", "id", "org_id", postgresql_where=text("merged_into_id IS NOT NULL"), sqlite_where=text("merged_into_id IS NOT NULL")),
    )

    @classmethod
    def scope_key(cls) -> Any:
        return cls.id

    @classmethod
    def left_out(cls) -> Any:
        """A record that was joined to another is found by no list."""
        return cls.__table__.c.merged_into_id.is_not(None)

    def scope_keys(self) -> set[str]:
        history = get_history(self, "id")
        return {key for key in (*(history.unchanged or ()), *(history.added or ())) if key}

    # What `name` is made of, for whoever reads no more of a client than that.
    NAMED_BY: ClassVar[tuple[str, ...]] = ("family_name", "given_names")

    @property
    def name(self) -> str:
        return f"{self.family_name}, {self.given_names}"

    @property
    def masked_identity_code(self) -> str:
        return masked(self.identity_code) if self.identity_code else ""

    def __str__(self) -> str:
        return self.name
