"""What is hidden in a municipality's own figures from those of it who may not see persons under non-disclosure."""

from __future__ import annotations

from collections.abc import Mapping

from app.reports.dimensions import CROSS
from app.reports.disclosure.limits import Limits

# How many are counted in a cell and how many of them are under non-disclosure, by value.
Counts = Mapping[str, tuple[int, int]]


def hidden_of_own(counts: Counts, dimension: str, limits: Limits) -> frozenset[str]:
    """Give the values to hide: small ones with someone protected, and others until what is hidden leaves room. Basis: 681/2023 § 72.1."""
    hidden = {value for value, (many, protected) in counts.items() if protected and many < limits.protected_under}
    if not hidden or not dimension:
        return frozenset(hidden)
    if CROSS in dimension:
        return frozenset(counts)
    rest = sorted((many, value) for value, (many, _) in counts.items() if value not in hidden and many)
    while rest and (len(hidden) == 1 or sum(counts[value][0] for value in hidden) < limits.protected_under):
        hidden.add(rest.pop(0)[1])
    return frozenset(hidden) if len(hidden) > 1 else frozenset(counts)
