"""Directories, what their groups suggest, how each is doing, and which account came from where."""

from __future__ import annotations

from datetime import datetime

from flask_babel import format_datetime
from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db.base import Model
from app.db.columns import Recorded, code_column, flag_column, key_column, text_column
from app.db.types import OWN, EncryptedText, Sensitivity, UtcDateTime, classified, now
from app.directories.labels import FAULTS, STATES
from app.directories.rules import shown_realm
from app.organisations.models import Organisation
from app.web.language import current_language

_INTERNAL = Sensitivity.INTERNAL
_SECRET = classified("own", Sensitivity.SECRET)


class Directory(Recorded, Model):
    """An organisation's LDAP directory; `realm` is what stands after @ in a user name, in ASCII.

    `bind_secret` is read for a connection and never shown: it is loaded only where it is asked for.
    """

    __tablename__ = "directory"

    id: Mapped[str] = key_column()
    name: Mapped[str] = text_column(120, "own", _INTERNAL, nullable=False)
    realm: Mapped[str] = mapped_column(String(60), nullable=False, unique=True, info=OWN)
    is_active: Mapped[bool] = mapped_column(nullable=False, default=True, info=OWN)
    url: Mapped[str] = text_column(300, "own", _INTERNAL, nullable=False)
    starttls: Mapped[bool] = mapped_column(nullable=False, default=True, info=OWN)
    ca_certificate: Mapped[str | None] = mapped_column(Text, info=OWN)
    kind: Mapped[str] = code_column("DIRECTORY_KIND", "own", _INTERNAL)
    search_base: Mapped[str] = text_column(500, "own", _INTERNAL, nullable=False)
    group_base: Mapped[str | None] = text_column(500, "own", _INTERNAL)
    user_filter: Mapped[str] = text_column(500, "own", _INTERNAL, nullable=False)
    username_attribute: Mapped[str] = text_column(60, "own", _INTERNAL, nullable=False)
    given_name_attribute: Mapped[str] = mapped_column(String(60), nullable=False, default="givenName", info=OWN)
    family_name_attribute: Mapped[str] = mapped_column(String(60), nullable=False, default="sn", info=OWN)
    mail_attribute: Mapped[str | None] = mapped_column(String(60), default="mail", info=OWN)
    bind_dn: Mapped[str] = text_column(500, "own", _INTERNAL, nullable=False)
    bind_secret: Mapped[str] = mapped_column(EncryptedText, nullable=False, deferred=True, info=_SECRET)
    test_user: Mapped[str | None] = text_column(64, "own", Sensitivity.PERSONAL)

    organisation: Mapped[Organisation] = relationship(Organisation, lazy="joined", innerjoin=True, foreign_keys="Directory.org_id", viewonly=True)
    state: Mapped[DirectoryState | None] = relationship("DirectoryState", lazy="joined", viewonly=True)

    @property
    def shown_realm(self) -> str:
        return shown_realm(self.realm)

    @property
    def organisation_name(self) -> str:
        return self.organisation.name_in(current_language())

    @property
    def state_words(self) -> str:
        """Say how the directory is doing."""
        state, key = self.state, "UNUSED"
        if not self.is_active:
            key = "OFF"
        elif state is not None and state.failing_since is not None:
            moment = format_datetime(state.failing_since, "short")
            return str(STATES["OPEN" if state.open_until is not None else "FAILING"]) % {"moment": moment}
        elif state is not None and state.last_success_at is not None:
            key = "WORKING"
        return str(STATES[key])

    @property
    def fault_words(self) -> str:
        """Say what went wrong last, nothing while the directory works."""
        return str(FAULTS[self.state.last_fault]) if self.state and self.state.failures and self.state.last_fault in FAULTS else ""

    @property
    def last_success_at(self) -> datetime | None:
        return self.state and self.state.last_success_at

    @property
    def last_failure_at(self) -> datetime | None:
        return self.state and self.state.last_failure_at

    @property
    def failures(self) -> int:
        return self.state.failures if self.state else 0


class DirectoryGroup(Recorded, Model):
    """A group and the role it suggests; only where the organisation said so do its members get the right without an application."""

    __tablename__ = "directory_group"
    __table_args__ = (UniqueConstraint("directory_id", "group_dn", "role"),)

    id: Mapped[str] = key_column()
    directory_id: Mapped[str] = mapped_column(ForeignKey("directory.id", ondelete="CASCADE"), nullable=False, info=OWN)
    group_dn: Mapped[str] = text_column(500, "own", _INTERNAL, nullable=False)
    role: Mapped[str] = code_column("ROLE", "own", _INTERNAL)
    bypasses_application: Mapped[bool] = flag_column("own", _INTERNAL)


class DirectoryState(Model):
    """How a directory is doing, for all processes together; until `open_until` nobody asks it."""

    __tablename__ = "directory_state"

    directory_id: Mapped[str] = mapped_column(ForeignKey("directory.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    failures: Mapped[int] = mapped_column(Integer, nullable=False, default=0, info=OWN)
    failing_since: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    open_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    last_success_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    last_failure_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=OWN)
    last_fault: Mapped[str | None] = text_column(20, "own", _INTERNAL)


class DirectoryAccount(Model):
    """The organisation whose directory an account came from: no other organisation's directory opens it, whoever holds the realm later.

    `suggested_role` is what the directory's groups suggested at the latest sign-in.
    """

    __tablename__ = "directory_account"
    __table_args__ = (Index("ix_directory_account_org_id", "org_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True, info=OWN)
    org_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), nullable=False, info=OWN)
    suggested_role: Mapped[str | None] = code_column("ROLE", "own", _INTERNAL, nullable=True)
    signed_in_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False, default=now, info=OWN)
