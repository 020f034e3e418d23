"""What time limits are counted from: job search that started and ended."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.deadlines.facts import Event
from app.responsibility.queries import searches_in, statuses_of
from app.responsibility.rules import job_search_events


def events(session: Session, client_ids: Iterable[str]) -> dict[str, list[Event]]:
    """Give the events of each client; clients without any are left out. One statement."""
    found: dict[str, list[Event]] = {}
    by_client: dict[str, list[object]] = {}
    for row in statuses_of(session, list(client_ids)):
        by_client.setdefault(row.client_id, []).append(row)
    for key, rows in by_client.items():
        known = job_search_events(searches_in(rows))  # type: ignore[arg-type]
        if known:
            found[key] = known
    return found
