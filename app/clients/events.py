"""What the time limits are counted from in a client's own data and residence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.deadlines.facts import Event


def events_of_clients(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give when relationships began and ended. Basis: 681/2023 § 77."""
    found: dict[str, list[Event]] = defaultdict(list)
    rows = session.execute(select(Client.id, Client.relationship_started, Client.relationship_ended).where(Client.id.in_(client_ids)))
    for key, started, ended in rows:
        found[key].append(Event(type="CLIENT_RELATIONSHIP_STARTED", on=started))
        if ended:
            found[key].append(Event(type="CLIENT_RELATIONSHIP_ENDED", on=ended))
    return found
