"""Plans that ended, I26, I29 and I60. A plan that another replaced has not ended."""

from __future__ import annotations

from collections.abc import Iterator

from dateutil.relativedelta import relativedelta

from app.reports.computing.courses import Courses, Plan, courses_of, subject_of
from app.reports.computing.question import Computation, Question
from app.reports.observation import Observation

_TO_WORK = frozenset({"EMPLOYED", "ENTREPRENEUR"})


def _ended(asked: Question, courses: Courses) -> list[Plan]:
    return [plan for plan in courses if plan.ended_on and asked.period.starts_on <= plan.ended_on <= asked.day]


def duration(asked: Question) -> Iterator[Observation]:
    """Count the full months from the first plan to the end, once for a person (I26). Basis: 681/2023 § 23."""
    courses = courses_of(asked)
    last = {plan.client_id: plan for plan in sorted(_ended(asked, courses), key=lambda one: (one.ended_on, one.ordinal))}
    for client, plan in last.items():
        lasted = relativedelta(plan.ended_on, courses.first_of(client).drawn_up)
        yield Observation(subject_of(asked, plan), amount=max(0, 12 * lasted.years + lasted.months))


def ended(asked: Question) -> Iterator[Observation]:
    """Count the plans that ended, by reason (I29). Basis: 681/2023 § 23."""
    for plan in _ended(asked, courses_of(asked)):
        yield Observation(subject_of(asked, plan), own=(("PLAN_END_REASON", plan.end_reason),) if plan.end_reason else ())


def ended_to_work(asked: Question) -> Iterator[Observation]:
    """Tell of each plan that ended whether its client went to work or became an entrepreneur (I60)."""
    for plan in _ended(asked, courses_of(asked)):
        yield Observation(subject_of(asked, plan), int(plan.end_reason in _TO_WORK), 1)


COMPUTATIONS: dict[str, Computation] = {"I26": duration, "I29": ended, "I60": ended_to_work}
