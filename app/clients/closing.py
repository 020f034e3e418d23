"""The end of a client relationship and its new beginning. The end starts the four years after which the data are deleted (681/2023 § 77)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.clients.states import ClientLife
from app.core.states import follow
from app.web.transaction import keep

CLOSING = "koto_closing"
# Reasons after which nobody is there to be guided on.
_NO_GUIDANCE = frozenset({"DIED", "LEFT_COUNTRY", "NO_CONTACT"})


@dataclass(frozen=True)
class Closing:
    """What features above ask before a relationship ends, and do along with it; the wiring names it (`app/__init__.py`)."""

    hindrances: Callable[[Session, Client], list[str]]
    along: Callable[[Session, Client], None]


def hindrances(session: Session, client: Client) -> list[str]:
    """Give a sentence for each thing that must be settled first."""
    found: Closing = current_app.extensions[CLOSING]
    return found.hindrances(session, client)


def broken_closing_rules(*, ended_on: date, started_on: date, today: date, reason: str, guidance: str | None) -> list[tuple[str, str]]:
    """Give (field, rule) for what keeps a relationship from being ended."""
    broken = []
    if ended_on > today:
        broken.append(("relationship_ended", "FUTURE"))
    elif ended_on < started_on:
        broken.append(("relationship_ended", "EARLY"))
    if not guidance and reason not in _NO_GUIDANCE:
        broken.append(("onward_guidance", "GUIDANCE"))
    return broken


def close_client(session: Session, client: Client, **values: Any) -> None:
    """End the client relationship with its reason; whoever takes part in an open matter takes part no more."""
    follow(ClientLife, client, "close")
    for name, value in values.items():
        setattr(client, name, value)
    found: Closing = current_app.extensions[CLOSING]
    with session.no_autoflush:
        found.along(session, client)
    keep(session, client, "client:closed", is_new=False)


def hold_client(session: Session, client: Client, *, hold_reason: str) -> None:
    """Keep the data of an ended relationship longer than four years, with the reason (§ 77)."""
    follow(ClientLife, client, "hold")
    client.hold_reason = hold_reason
    keep(session, client, "client:held", is_new=False)


def release_client(session: Session, client: Client) -> None:
    """Let the four years decide again: where they are over, the data are deleted the next night."""
    follow(ClientLife, client, "release")
    client.hold_reason = None
    keep(session, client, "client:released", is_new=False)


def reopen_client(session: Session, client: Client, *, relationship_started: date) -> None:
    """Begin the relationship anew: the four years stop, and what was recorded of its end stays in the log."""
    follow(ClientLife, client, "reopen")
    client.relationship_started, client.relationship_ended, client.end_reason, client.onward_guidance = relationship_started, None, None, None
    client.hold_reason = None
    keep(session, client, "client:reopened", is_new=False)
