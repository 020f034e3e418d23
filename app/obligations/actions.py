"""Derive clients' obligations anew and bring the stored rows to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from app.audit.record import record_event
from app.clients.models import Client
from app.obligations.derive import FIELDS, Row, rows_of
from app.obligations.facts import Known, facts_of_clients
from app.obligations.models import ClientObligation

_NAMESPACE = UUID("5f1d9c1e-3c0e-4a43-9d0b-7f1f6a3b2c10")
_table: Any = ClientObligation.__table__
_stored_columns = [ClientObligation.client_id, ClientObligation.id, ClientObligation.derived_on, *(getattr(ClientObligation, name) for name in FIELDS)]
_UPDATE = update(_table).where(_table.c.id == bindparam("key")).values({name: bindparam(name) for name in (*FIELDS, "derived_on")})
_DELETE = delete(_table).where(_table.c.id == bindparam("key"))
# A change of these is one that the log tells of; the others follow from them, or are the client's own and told of there.
TOLD = ("due_on", "state")


@dataclass
class Stored:
    """A client's rows as they are, with their keys, and the day they were derived for."""

    rows: list[tuple[str, Row]] = field(default_factory=list)
    derived_on: date | None = None


@dataclass
class Difference:
    """What brings a client's rows to what they should be."""

    client_id: str
    to_add: list[Row] = field(default_factory=list)
    to_change: list[tuple[str, Row, Row]] = field(default_factory=list)
    to_remove: list[tuple[str, Row]] = field(default_factory=list)
    # Keys of the rows that are there.
    taken: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.to_add or self.to_change or self.to_remove)

    def added(self) -> Iterator[tuple[str, Row]]:
        """Give the new rows with their keys, which follow from what they are: however often a run is begun, it writes the same."""
        for row in self.to_add:
            names = (f"{self.client_id} {row.key} {place}" for place in count())
            key = next(key for key in (str(uuid5(_NAMESPACE, name)) for name in names) if key not in self.taken)
            self.taken.add(key)
            yield key, row

    @property
    def rules(self) -> list[str]:
        """Name the rules that differ in any way."""
        return sorted({row["rule"] for row in (*self.to_add, *(old for _key, old, _new in self.to_change), *(row for _key, row in self.to_remove))})

    @property
    def told(self) -> set[str]:
        """Name rule and field of each change that the log tells of."""
        changed = {f"{old['rule']}.{name}" for _key, old, new in self.to_change for name in TOLD if old[name] != new[name]}
        return changed | {f"{row['rule']}.due_on" for row in (*self.to_add, *(row for _key, row in self.to_remove))}


def lock_clients(session: Session, client_ids: Collection[str]) -> None:
    """Let nobody else derive these clients until the transaction ends: who comes second reads what the first one wrote.

    Rows that follow a client may still be written by others (the lock is not one of keys). On SQLite the writer is alone already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(Client.id).where(Client.id.in_(client_ids)).order_by(Client.id).with_for_update(key_share=True))


def stored_of(session: Session, client_ids: Collection[str]) -> dict[str, Stored]:
    """Read the clients' rows."""
    found: dict[str, Stored] = defaultdict(Stored)
    for client_id, key, derived_on, *values in session.execute(select(*_stored_columns).where(ClientObligation.client_id.in_(client_ids))):
        stored = found[client_id]
        stored.rows.append((key, Row(tuple(values))))
        stored.derived_on = max(derived_on, stored.derived_on or derived_on)
    return found


def difference(client_id: str, stored: Iterable[tuple[str, Row]], wanted: Iterable[Row]) -> Difference:
    """Compare row by row; of several with one key the days are paired in their order."""
    found, by_key = Difference(client_id), defaultdict(list)
    for pair in sorted(stored, key=lambda pair: pair[1]["due_on"]):
        by_key[pair[1].key].append(pair)
        found.taken.add(pair[0])
    for row in wanted:
        if by_key[row.key]:
            key, old = by_key[row.key].pop(0)
            if old != row:
                found.to_change.append((key, old, row))
        else:
            found.to_add.append(row)
    found.to_remove = [pair for rest in by_key.values() for pair in rest]
    return found


def write(session: Session, differences: Collection[Difference], on: date, *, is_told: bool = True) -> None:
    """Bring the rows to what they should be, with an event for each client whose days or states changed. The caller commits."""
    removed = [{"key": key} for one in differences for key, _row in one.to_remove]
    changed = [{"key": key, "derived_on": on, **dict(zip(FIELDS, new.values, strict=True))} for one in differences for key, _old, new in one.to_change]
    added = [
        {"id": key, "client_id": one.client_id, "derived_on": on, **dict(zip(FIELDS, row.values, strict=True))} for one in differences for key, row in one.added()
    ]
    connection = session.connection()
    for statement, rows in ((_DELETE, removed), (_UPDATE, changed), (insert(_table), added)):
        if rows:
            connection.execute(statement, rows)
    for one in differences if is_told else ():
        if one.told:
            record_event(session, "obligation:changed", client_ids=[one.client_id], fields=one.told)


def mark_derived(session: Session, stored: dict[str, Stored], on: date) -> None:
    """Write down for which day the clients' rows hold now."""
    old = sorted(key for key, found in stored.items() if found.derived_on != on)
    if old:
        session.connection().execute(update(_table).where(_table.c.client_id.in_(old), _table.c.derived_on != on).values(derived_on=on))


def derived(known: dict[str, Known], on: date) -> dict[str, list[Row]]:
    """Derive what should be stored."""
    return {key: rows_of(found, on) for key, found in known.items()}


def refresh(session: Session, client_ids: Collection[str], on: date, *, is_told: bool = True) -> None:
    """Derive clients anew and store what differs. The caller commits."""
    keys = sorted(client_ids)
    lock_clients(session, keys)
    known, stored = facts_of_clients(session, keys), stored_of(session, keys)
    found = [difference(key, stored[key].rows if key in stored else (), rows) for key, rows in derived(known, on).items()]
    write(session, [one for one in found if one], on, is_told=is_told)
    mark_derived(session, stored, on)
