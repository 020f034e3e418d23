"""Writes of contacts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.clients.actions import advance
from app.clients.models import Client
from app.clients.states import ClientLife
from app.contacts.models import InitialContact
from app.contacts.queries import has_other_ground
from app.contacts.rules import LEADS_TO
from app.contacts.states import ContactLife
from app.core.states import follow
from app.web.transaction import keep


def handle_contact(session: Session, item: InitialContact, *, handled_on: date, outcome: str, outcome_reason: str | None = None) -> None:
    """Record what came of the contact and bring the client on. Basis: 681/2023 § 9.2.

    A client who is further on stays there. Raises NotNow for one whose relationship has ended.
    """
    follow(ContactLife, item, "handle")
    item.handled_on, item.outcome, item.outcome_reason = handled_on, outcome, outcome_reason
    with session.no_autoflush:
        _lead_on(session, item)
    keep(session, item, "initial_contact:handled", is_new=False)


def correct_contact(session: Session, item: InitialContact, **values: Any) -> None:
    """Correct a handled contact; the version before stays in the history. Basis: 681/2023 § 9.

    Another outcome brings the client on as at the handling; one whose ground was a mistake waits for assessment no more.
    """
    follow(ContactLife, item, "correct")
    before = item.outcome
    for name, value in values.items():
        setattr(item, name, value)
    if item.outcome != before:
        with session.no_autoflush:
            _lead_on(session, item)
            if before == "ASSESSMENT" and session.get_one(Client, item.client_id).status == "ASSESSMENT_DUE" and not has_other_ground(session, item):
                advance(session, item.client_id, "lose_ground")
    keep(session, item, "initial_contact:corrected", is_new=False)


def _lead_on(session: Session, item: InitialContact) -> None:
    deed, status = LEADS_TO.get(item.outcome or ""), session.get_one(Client, item.client_id).status
    if deed and (status == "CLOSED" or ClientLife.allows(status, deed)):
        advance(session, item.client_id, deed)
