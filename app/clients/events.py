"""What the time limits are counted from in a client's own data and residence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.deadlines.facts import Event

# Of the other kinds no limit begins.
_OF_KIND = {"PERMIT": "FIRST_PERMIT_GRANTED", "EU_CARD": "RESIDENCE_CARD_GRANTED", "EU_REG": "RIGHT_OF_RESIDENCE_REGISTERED", "NORDIC": "RIGHT_OF_RESIDENCE_REGISTERED"}


def events_of_clients(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give the beginnings and ends of relationships. Basis: 681/2023 § 77."""
    found: dict[str, list[Event]] = defaultdict(list)
    for key, started, ended in session.execute(select(Client.id, Client.relationship_started, Client.relationship_ended).where(Client.id.in_(client_ids))):
        found[key].append(Event(type="CLIENT_RELATIONSHIP_STARTED", on=started))
        if ended:
            found[key].append(Event(type="CLIENT_RELATIONSHIP_ENDED", on=ended))
    return found


def events_of_residence(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give permits, cards and registrations; the engine takes the first. Basis: 681/2023 §§ 14.1, 20.3."""
    found: dict[str, list[Event]] = defaultdict(list)
    query = select(ResidenceBasis.client_id, ResidenceBasis.kind, ResidenceBasis.granted_date).where(ResidenceBasis.client_id.in_(client_ids))
    for key, kind, day in session.execute(query.where(ResidenceBasis.kind.in_(_OF_KIND))):
        found[key].append(Event(type=_OF_KIND[kind], on=day))
    return found
