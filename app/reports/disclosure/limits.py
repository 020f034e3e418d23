"""The limits of disclosure control by audience and day, and which indicators count a part of whom another counts: declared data."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).parents[1] / "data"
OFFICIAL, PUBLIC = "OFFICIAL", "PUBLIC"


@dataclass(frozen=True)
class Limits:
    """From how many a cell may be told: `fewest` at all, `protected_under` with someone under non-disclosure in it.

    Where fewer than `alike_under` are all in one value, that is not told either. Numbers are told as multiples of `rounded_to`.
    """

    fewest: int
    protected_under: int
    alike_under: int
    median_from: int
    ninth_from: int
    rounded_to: int


@lru_cache(maxsize=1000)
def limits_of(audience: str, day: date) -> Limits:
    """Give the limits of OFFICIAL or PUBLIC in force on a day; before the first row the first holds."""
    rows = [(since, limits) for name, since, limits in _limits() if name == audience]
    return next((limits for since, limits in reversed(rows) if since <= day), rows[0][1])


@cache
def _limits() -> tuple[tuple[str, date, Limits], ...]:
    numbers = ("fewest", "protected_under", "alike_under", "median_from", "ninth_from", "rounded_to")
    found = [
        (row["audience"], date.fromisoformat(row["from"]), Limits(*(int(row[name]) for name in numbers))) for row in _rows("disclosure.csv")
    ]
    return tuple(sorted(found, key=lambda row: row[:2]))


@cache
def wholes() -> dict[str, str]:
    """Give by an indicator the one whose persons its own are among: whoever sees both sees those who are not."""
    return {row["part"]: row["whole"] for row in _rows("disclosure_parts.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
