"""What an indicator declares; its texts stand in `app/reports/data/indicators.csv`, one row an indicator."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

_TEXTS = Path(__file__).parents[1] / "data" / "indicators.csv"


class Kind(StrEnum):
    """The situation on the last day of a period, or what happened in it."""

    STOCK = "STOCK"
    FLOW = "FLOW"


class Measure(StrEnum):
    """What a figure is: a number, a share of a whole, the median and the ninth decile of days or months, or an average."""

    COUNT = "COUNT"
    SHARE = "SHARE"
    SPREAD = "SPREAD"
    MEAN = "MEAN"


class Audience(StrEnum):
    """Who reads figures, from the worker to everybody (reporting.md § 1)."""

    WORKER = "A1"
    LEAD = "A2"
    MUNICIPALITY = "A3"
    COUNTY = "A4"
    AGENCY = "A5"
    NATIONAL = "A6"
    MINISTRY = "A7"
    PUBLIC = "A8"
    # The data protection officer and who examines the log, of a municipality or of the agency.
    OFFICER = "DPO"


class Status(StrEnum):
    """Computed from our records, or of another register whose series is brought in."""

    COMPUTED = "COMPUTED"
    EXTERNAL = "EXTERNAL"


class Direction(StrEnum):
    """Whether more is better, worse or neither."""

    UP = "UP"
    DOWN = "DOWN"
    NEITHER = "NEITHER"


class Behind(StrEnum):
    """Who stands behind each one counted, however it is named: a client, a worker, or nobody, as with municipalities, rights and findings.

    Where nobody does no number is too small to be told.
    """

    CLIENT = "CLIENT"
    WORKER = "WORKER"
    NOBODY = "NOBODY"


class Overlap(StrEnum):
    """Who is found in a breakdown in which one can be in several values: everybody in at least one, or only some."""

    EVERYBODY = "EVERYBODY"
    SOME = "SOME"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """An indicator in one version of its definition; a change of what is counted is a new `version`.

    `dimensions` are keys of `app.reports.dimensions`; `unit` is what is counted (PERSONS, PLANS, GOALS, REVIEWS) or, of a spread or a mean, DAYS,
    MONTHS, HOURS, EUROS, STEPS or VISITS.
    """

    id: str
    kind: Kind
    measure: Measure
    dimensions: tuple[str, ...]
    audiences: frozenset[Audience]
    basis: str
    status: Status = Status.COMPUTED
    version: int = 1
    direction: Direction = Direction.NEITHER
    unit: str = "PERSONS"
    # Pairs of dimensions that are also told together.
    crossings: tuple[tuple[str, str], ...] = field(default=())
    # Declared of each one in the catalogue.
    behind: Behind | None = None
    # The breakdowns whose values do not add up to the whole, since one can be in several.
    overlaps: Mapping[str, Overlap] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Tell whether everybody may read it."""
        return Audience.PUBLIC in self.audiences

    def text(self, what: str, language: str) -> str:
        """Give `name`, `definition`, `numerator`, `denominator` or `caution` in fi or sv; empty where it has none."""
        return texts()[self.id][f"{what}_{'sv' if language == 'sv' else 'fi'}"]


@cache
def texts() -> dict[str, dict[str, str]]:
    """Give the texts of each indicator by its id."""
    with _TEXTS.open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def audiences(first: int, last: int, *others: int) -> frozenset[Audience]:
    """Give the audiences from one to another, `A2–A7` as (2, 7), and others beside."""
    return frozenset(Audience(f"A{number}") for number in (*range(first, last + 1), *others))
