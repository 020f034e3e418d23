"""Every computation by the id of its indicator."""

from __future__ import annotations

from app.reports.computing import (
    appointments, assessments, children, languages, operation, oversight, people, plan_ends, plan_times, plans, quality, referrals, reviews, services,
)  # fmt: skip
from app.reports.computing.question import Computation

COMPUTATIONS: dict[str, Computation] = {
    **people.COMPUTATIONS, **assessments.COMPUTATIONS,
    **plans.COMPUTATIONS, **referrals.COMPUTATIONS, **plan_times.COMPUTATIONS, **plan_ends.COMPUTATIONS, **reviews.COMPUTATIONS,
    **services.COMPUTATIONS, **languages.COMPUTATIONS, **appointments.COMPUTATIONS,
    **children.COMPUTATIONS, **operation.COMPUTATIONS, **oversight.COMPUTATIONS, **quality.COMPUTATIONS,
}  # fmt: skip
