"""Which municipalities are counted together: as many as fit into memory, so that small ones do not cost by the number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.clients.models import Client

# A municipality that has more clients is a batch by itself.
MOST_CLIENTS, MOST_MUNICIPALITIES = 200_000, 100


def clients_by_municipality(session: Session) -> dict[str, int]:
    """Count the clients of each municipality that has any; one statement."""
    return dict(session.execute(select(Client.org_id, func.count()).group_by(Client.org_id)).tuples().all())


def batches(
    keys: Iterable[str], sizes: dict[str, int], most_clients: int = MOST_CLIENTS, most_municipalities: int = MOST_MUNICIPALITIES
) -> Iterator[list[str]]:
    """Cut municipalities into batches, in the order they come."""
    batch: list[str] = []
    clients = 0
    for key in keys:
        size = sizes.get(key, 0)
        if batch and (clients + size > most_clients or len(batch) == most_municipalities):
            yield batch
            batch, clients = [], 0
        batch.append(key)
        clients += size
    if batch:
        yield batch
