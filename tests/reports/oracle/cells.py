"""Sums of what an independent calculation has seen, in the shape of facts, to be held beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.reports.oracle.register import Seen


@dataclass
class Sum:
    numerator: int = 0
    denominator: int = 0
    spread: Counter[int] = field(default_factory=Counter)


def sums_of(seen: Iterable[Seen], dimensions: Iterable[str]) -> dict[tuple[str, str, str], Sum]:
    """Give sums by municipality, breakdown and value; the whole has an empty breakdown and value."""
    wanted = ["", *dimensions]
    found: dict[tuple[str, str, str], Sum] = {}
    for one in seen:
        for dimension in wanted:
            if one.only is not None and dimension not in one.only:
                continue
            value = one.values.get(dimension, "UNKNOWN") if dimension else ""
            cell = found.setdefault((one.organisation_id, dimension, value), Sum())
            cell.numerator += one.numerator
            cell.denominator += one.denominator
            cell.spread.update([] if one.amount is None else [one.amount])
    return found
