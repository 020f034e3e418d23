"""Referral to an agreed service within a month, I23. Basis: 681/2023 § 20.5."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from app.deadlines.counting import due_after
from app.deadlines.numbers import number_for_event
from app.plans.models import IntegrationPlan, PlannedService
from app.reports.computing.courses import Courses, Plan, counted, courses_of, subject_of
from app.reports.computing.question import Computation, Question
from app.reports.observation import Observation
from app.services.models import ServiceParticipation

# The days of referral by type of service, empty for a type that was agreed only.
_Agreed = dict[str, list[date]]


def referred_in_time(asked: Question) -> Iterator[Observation]:
    """Tell of each plan whose month ran out in the period whether its client was referred to an agreed service by then (I23).

    So each plan is told of once, and no plan before its time. As with the task itself, a plan that was replaced or ended before the
    month was over without a referral is left out.
    """
    courses = courses_of(asked)
    dues = {plan.id: due for plan in courses if (due := _due(plan)) and asked.period.starts_on <= due <= asked.day}
    agreed = _agreed(asked, min((plan.drawn_up for plan in courses if plan.id in dues), default=asked.day)) if dues else {}
    for plan in courses:
        if plan.id not in dues:
            continue
        types, due, ceased = agreed.get(plan.id, {}), dues[plan.id], _ceased(courses, plan)
        limit = min(due, ceased or due)
        is_met = any(_is_met(plan, days, limit) for days in types.values())
        if not is_met and ceased and ceased <= due:
            continue
        subject = subject_of(asked, plan)
        yield Observation(subject, int(is_met), 1, only=("", "RESPONSIBLE"))
        for kind, days in types.items():
            yield Observation(subject, int(_is_met(plan, days, limit)), 1, own=(("SERVICE_TYPE", kind),), only=("SERVICE_TYPE",))


def _due(plan: Plan) -> date | None:
    return due_after(plan.drawn_up, "R06") if number_for_event("R06", plan.drawn_up) else None


def _ceased(courses: Courses, plan: Plan) -> date | None:
    """Give the day the duty fell away: a new plan, the end of this one, or of the relationship."""
    newer = (one.drawn_up for one in courses.of_client[plan.client_id])
    days = [day for day in (*newer, plan.ended_on, plan.left_on) if day and day > plan.drawn_up]
    return min(days, default=None)


def _is_met(plan: Plan, days: list[date], limit: date) -> bool:
    return any(plan.drawn_up <= day <= limit for day in days)


def _agreed(asked: Question, since: date) -> dict[str, _Agreed]:
    query = (
        counted(asked, IntegrationPlan.id, PlannedService.service_type, ServiceParticipation.referred_on)
        .join(PlannedService, PlannedService.plan_id == IntegrationPlan.id)
        .outerjoin(ServiceParticipation, ServiceParticipation.planned_service_id == PlannedService.id)
        .where(IntegrationPlan.drawn_up_date.between(since, asked.day))
    )
    found: dict[str, _Agreed] = defaultdict(lambda: defaultdict(list))
    for plan, kind, day in asked.session.execute(query):
        found[plan][kind] += [day] if day else []
    return found


COMPUTATIONS: dict[str, Computation] = {"I23": referred_in_time}
