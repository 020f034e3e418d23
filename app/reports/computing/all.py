"""Every computation by the id of its indicator."""

from __future__ import annotations

from app.reports.computing import people, plan_ends, plan_times, plans, referrals, reviews
from app.reports.computing.question import Computation

COMPUTATIONS: dict[str, Computation] = {
    **people.COMPUTATIONS,
    **plans.COMPUTATIONS, **referrals.COMPUTATIONS, **plan_times.COMPUTATIONS, **plan_ends.COMPUTATIONS, **reviews.COMPUTATIONS,
}  # fmt: skip
