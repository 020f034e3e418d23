"""The person who acts, in one organisation and one role at a time, and the rows that gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import g, has_app_context

NOBODY_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class Scope:
    """Which rows may be touched: an organisation's, or all of them for work without a person.

    `organisation_id` is `NOBODY_ID` for a role that sees no client. A participant's rows are those that its invitations
    in force show (`app/access/profiles.py`).
    """

    organisation_id: str = NOBODY_ID
    is_system: bool = False
    is_participant: bool = False


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A signed-in person with the access right in force that they act by.

    `local_role` is the Finnish and the Swedish name of the organisation's narrower form of `role`, when they hold one.
    """

    user_id: int
    name: str
    role: str
    organisation_id: str
    organisation_code: str
    organisation_name: str
    language: str
    grant_id: str
    sees_clients: bool
    is_participant: bool = False
    local_role: tuple[str, str] | None = None

    @property
    def scope(self) -> Scope:
        return Scope(self.organisation_id if self.sees_clients else NOBODY_ID, is_participant=self.is_participant)


def current_actor() -> Actor | None:
    """Give the actor of this request, or None when nobody is signed in or no right is in force."""
    return getattr(g, "actor", None) if has_app_context() else None


def current_scope() -> Scope:
    """Give the scope in force; without one, a scope that holds no row."""
    return getattr(g, "scope", Scope()) if has_app_context() else Scope()


@contextmanager
def acting_scope(scope: Scope) -> Iterator[None]:
    """Work in `scope` for the length of the block."""
    before = current_scope()
    g.scope = scope
    try:
        yield
    finally:
        g.scope = before


@contextmanager
def system_scope() -> Iterator[None]:
    """Work without a person: loading, migrating, checking. Never used in a request."""
    with acting_scope(Scope(is_system=True)):
        yield
