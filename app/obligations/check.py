"""The nightly check: every client is derived again and compared with what is stored.

One transaction a batch, so that a run that was killed leaves whole batches behind, and the next run goes through all again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.clients.models import Client
from app.obligations.actions import Difference, derived, difference, lock_clients, mark_derived, stored_of, write
from app.obligations.derive import rows_of
from app.obligations.facts import facts_of_clients

BATCH = 500


@dataclass
class Outcome:
    """What a run found: clients looked at, those that the days alone have moved, and (client, rule) of each difference."""

    clients: int = 0
    moved: int = 0
    differences: list[tuple[str, str]] = field(default_factory=list)


def batches(session: Session, size: int) -> Iterator[list[str]]:
    """Give the keys of all clients in the order of the keys, so that one who comes meanwhile is met once or never."""
    last = ""
    while keys := list(session.scalars(select(Client.id).where(Client.id > last).order_by(Client.id).limit(size))):
        last = keys[-1]
        session.rollback()
        yield keys


def check(session: Session, on: date, *, repair: bool, size: int = BATCH) -> Outcome:
    """Compare every client and commit batch by batch.

    What only the passing of days has moved, such as the maximum while an interruption goes on, is written in any case and is
    no difference; a difference is written when it shall be repaired.
    """
    found = Outcome()
    for keys in batches(session, size):
        try:
            _check_batch(session, keys, on, found, repair=repair)
            session.commit()
        except BaseException:
            session.rollback()
            raise
    return found


def _check_batch(session: Session, keys: list[str], on: date, found: Outcome, *, repair: bool) -> None:
    if session.get_bind().dialect.name == "sqlite":
        # Reads what others wrote before, and lets nobody write until it is done.
        session.execute(text("BEGIN IMMEDIATE"))
    lock_clients(session, keys)
    known, stored = facts_of_clients(session, keys), stored_of(session, keys)
    found.clients += len(known)
    to_write: list[Difference] = []
    for key, wanted in derived(known, on).items():
        rows, derived_on = (stored[key].rows, stored[key].derived_on) if key in stored else ([], None)
        one = difference(key, rows, wanted)
        if not one:
            continue
        if derived_on not in (None, on) and not difference(key, rows, rows_of(known[key], derived_on)):
            found.moved += 1
            to_write.append(one)
        else:
            found.differences += [(key, rule) for rule in one.rules]
            to_write += [one] if repair else []
    write(session, to_write, on)
    mark_derived(session, {one.client_id: stored[one.client_id] for one in to_write if one.client_id in stored}, on)
