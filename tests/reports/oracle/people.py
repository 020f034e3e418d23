"""Independent calculation of clients and reach, from the words of their definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.reports.periods import Period
from tests.reports.oracle.dimensions import dims_of
from tests.reports.oracle.register import Oracle, Register, Row, Seen
from tests.support.day_by_day import after

__all__ = ["ORACLES", "dims_of", "persons"]

Cases = Iterator[tuple[Row, Row]]


def persons(register: Register) -> list[Row]:
    """Give everybody who is a person of its own: not one whose record was joined to another."""
    return [row for row in register.rows("client") if row["merged_into_id"] is None]


def is_within(day: date | None, period: Period, last: date) -> bool:
    return day is not None and period.starts_on <= day <= last


def arrival(register: Register, client: Row) -> date | None:
    """Give the day the client moved here from another municipality."""
    return max((row["starts_on"] for row in register.of("responsibility_period", client["id"]) if row["reason"] == "MOVED"), default=None)


def is_open(register: Register, client: Row, day: date) -> bool:
    """An open relationship with the municipality at the end of the day."""
    came = arrival(register, client)
    if client["relationship_started"] > day or (came is not None and day < came):
        return False
    ends = [client[name] for name in ("relationship_ended", "archived_on") if client[name] is not None]
    return all(day < end for end in ends)


def last_in_period(register: Register, table: str, column: str, period: Period, day: date) -> Cases:
    """Give each person with the last of the person's rows whose day stands in the period."""
    for client in persons(register):
        rows = [row for row in register.of(table, client["id"]) if is_within(row[column], period, day)]
        if rows:
            yield client, max(rows, key=lambda row: (row[column], row["id"]))


def _clients(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    return [Seen(client["org_id"], dims_of(register, client, day)) for client in persons(register) if is_open(register, client, day)]


def _new_clients(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client in persons(register):
        if is_within(arrival(register, client) or client["relationship_started"], period, day):
            yield Seen(client["org_id"], dims_of(register, client, day))


def _contacts(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, contact in last_in_period(register, "initial_contact", "received_on", period, day):
        is_handled = contact["handled_on"] is not None and contact["handled_on"] <= day
        own = {"CONTACT_SENDER": contact["sender_type"], "CONTACT_OUTCOME": contact["outcome"] if is_handled else "OPEN"}
        yield Seen(client["org_id"], {**dims_of(register, client, day), **own})


def _handling_times(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client, contact in last_in_period(register, "initial_contact", "handled_on", period, day):
        received, handled = contact["received_on"], contact["handled_on"]
        own = [row for row in register.rows("local_number") if row["org_id"] == client["org_id"] and row["setting"] == "R01_working_days"]
        held = [row for row in own if row["valid_from"] <= received]
        target = max(held, key=lambda row: row["valid_from"])["amount"] if held else 5
        days = handled.toordinal() - received.toordinal()
        is_kept = handled <= after(received, target, "working days")
        yield Seen(client["org_id"], dims_of(register, client, day), int(is_kept), 1, days)


def _guided(register: Register, period: Period, day: date) -> Iterable[Seen]:
    for client in persons(register):
        visits = sum(is_within(row["given_on"], period, day) for row in register.of("guidance_entry", client["id"]))
        if visits:
            yield Seen(client["org_id"], dims_of(register, client, day), amount=visits)


def _interpreters(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    for client in persons(register):
        if is_open(register, client, day):
            yield Seen(client["org_id"], dims_of(register, client, day), 1 if client["interpreter_needed"] else 0, 1)


ORACLES: dict[str, Oracle] = {
    "I01": _clients, "I03": _new_clients, "I04": _contacts, "I05": _handling_times, "I07": _guided, "I08": _interpreters,
}  # fmt: skip
