"""What the time limits learn from contacts."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.contacts.models import InitialContact
from app.deadlines.facts import Event


def events_of_contacts(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give when contacts came and were handled (R01); an outcome that leads to assessment tells that the municipality knows a ground (R02)."""
    columns = (InitialContact.client_id, InitialContact.received_on, InitialContact.handled_on, InitialContact.outcome)
    found: dict[str, list[Event]] = {}
    for client_id, received, handled, outcome in session.execute(select(*columns).where(InitialContact.client_id.in_(client_ids))):
        events = found.setdefault(client_id, [])
        events.append(Event(type="CONTACT_RECEIVED", on=received))
        if handled:
            events.append(Event(type="CONTACT_HANDLED", on=handled))
            if outcome == "ASSESSMENT":
                events.append(Event(type="PERSON_KNOWN", on=handled))
    return found
