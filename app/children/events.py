"""What time limits are counted from: a child known to be without a guardian, and the representative applied for (§ 35)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.children.models import Representative
from app.deadlines.facts import Event


def events_of_children(session: Session, client_ids: Collection[str]) -> dict[str, list[Event]]:
    """Give the events of each client; clients without any are left out. One statement. An appointed representative has been applied for."""
    of, found = Representative, defaultdict[str, list[Event]](list)
    query = select(of.client_id, of.known_on, of.applied_on, of.decided_on).where(of.client_id.in_(client_ids)).order_by(of.client_id, of.created_at, of.id)
    for key, known, applied, decided in session.execute(query):
        if known:
            found[key].append(Event(type="CHILD_WITHOUT_GUARDIAN_KNOWN", on=known))
        if done := applied or decided:
            found[key].append(Event(type="REPRESENTATIVE_APPLIED", on=done))
    return dict(found)
