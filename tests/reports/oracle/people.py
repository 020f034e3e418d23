"""Independent calculation of clients and reach, from the words of their definitions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.reports.periods import Period
from tests.reports.oracle.dimensions import dims_of
from tests.reports.oracle.register import Oracle, Register, Row, Seen

__all__ = ["ORACLES", "dims_of", "persons"]


def persons(register: Register) -> list[Row]:
    """Give everybody who is a person of its own: not one whose record was joined to another."""
    return [row for row in register.rows("client") if row["merged_into_id"] is None]


def is_open(client: Row, day: date) -> bool:
    """An open relationship at the end of the day."""
    return bool(client["relationship_started"] <= day and (client["relationship_ended"] is None or day < client["relationship_ended"]))


def _clients(register: Register, _period: Period, day: date) -> Iterable[Seen]:
    for client in persons(register):
        if is_open(client, day):
            yield Seen(client["org_id"], dims_of(register, client, day))


ORACLES: dict[str, Oracle] = {"I01": _clients}
