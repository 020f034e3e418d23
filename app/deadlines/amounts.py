"""The law's amounts that are no time limits, hours and euros, as dated rows of `data/amounts.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Amount:
    """An amount in force from `valid_from` to `valid_to`, both included; `valid_to` is None until the next row is known."""

    name: str
    amount: Decimal
    unit: str
    section: str
    valid_from: date
    valid_to: date | None


@cache
def amounts() -> tuple[Amount, ...]:
    """Give every row, in the order of the file."""
    with (DATA / "amounts.csv").open(encoding="utf-8") as file:
        return tuple(
            Amount(row["name"], Decimal(row["amount"]), row["unit"], row["section"], date.fromisoformat(row["valid_from"]),
                   date.fromisoformat(row["valid_to"]) if row["valid_to"] else None)
            for row in csv.DictReader(file)
        )  # fmt: skip


def amount(name: str, on: date) -> Decimal:
    """Give the amount in force on a day; a day before the act gives the first one. Raises LookupError for an unknown name."""
    rows = [row for row in amounts() if row.name == name]
    if not rows:
        raise LookupError(name)
    found = [row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)]
    return (found[0] if found else min(rows, key=lambda row: row.valid_from)).amount
