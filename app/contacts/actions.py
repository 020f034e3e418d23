"""Writes of contacts."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app.clients.actions import advance
from app.clients.models import Client
from app.clients.states import ClientLife
from app.contacts.models import InitialContact
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
    deed = LEADS_TO.get(outcome)
    with session.no_autoflush:
        status = session.get_one(Client, item.client_id).status
        if deed and (status == "CLOSED" or ClientLife.allows(status, deed)):
            advance(session, item.client_id, deed)
    keep(session, item, "initial_contact:handled", is_new=False)
