"""Reads of clients beyond the generated pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.clients.reminders import ClientReminder
from app.core.identity_code import IdentityCodeError, normal_form
from app.db.types import blind_index


def first_permit_date(session: Session, client_id: str) -> date | None:
    """Give the day the first permit, card or registration was granted, or None when it is not recorded.

    Basis: 681/2023 §§ 14.1, 20.3.
    """
    return session.scalar(
        select(func.min(ResidenceBasis.granted_date)).where(ResidenceBasis.client_id == client_id, ResidenceBasis.kind != "OTHER")
    )


def first_permit_in(rows: Iterable[ResidenceBasis]) -> date | None:
    """Give the same day from rows that are already there."""
    return min((row.granted_date for row in rows if row.kind != "OTHER"), default=None)


def responsible_worker_of(session: Session, client_id: str) -> int | None:
    """Give the user who is responsible for a client, None when nobody is; costs nothing on the client's own page."""
    client = session.get(Client, client_id)
    return client.responsible_worker_id if client else None


def reminder_of_client(session: Session, client_id: str) -> ClientReminder | None:
    """Give the reminder on a client."""
    return session.scalar(select(ClientReminder).where(ClientReminder.client_id == client_id))


def key_in(text: str, on: date) -> tuple[str, Any] | None:
    """Give the field and its value in a text that is a whole identity code, or a date of birth as d.m.yyyy.

    None for any other text. `on` is today: a code born later is none.
    """
    try:
        return "identity_code", normal_form(text, today=on, artificial=None)
    except IdentityCodeError:
        pass
    try:
        return "birth_date", datetime.strptime(text.strip(), "%d.%m.%Y").date()
    except ValueError:
        return None


def named_by_key(text: str, on: date) -> ColumnElement[bool] | None:
    """Give the condition of a text that `key_in` knows; an identity code is found by its digest."""
    found = key_in(text, on)
    if found is None:
        return None
    field, value = found
    return Client.identity_code_digest == blind_index(value) if field == "identity_code" else Client.birth_date == value
