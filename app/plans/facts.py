"""What the rules of a plan's dates ask, gathered from the client and the course of the client's plans."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.clients.models import Client
from app.deadlines.facts import Event
from app.plans.limits import Course, limits_of
from app.plans.models import IntegrationPlan
from app.plans.rules import PlanFacts


def date_facts(plan: IntegrationPlan, dates: Mapping[str, date], *, client: Client, course: Course, first_permit: date | None, completed_on: date | None,
               today: date) -> PlanFacts:  # fmt: skip
    """Give the facts of a plan with these dates among the client's other plans; `completed_on` is of the assessment it rests on, as in the facts."""
    others = [event for event in course.events if event.plan != plan.ordinal]
    limits = limits_of(client.birth_date, [*others, Event(type="PLAN_DRAWN_UP", on=dates["drawn_up_date"], plan=plan.ordinal)], today)
    is_first = not any(event.type == "PLAN_DRAWN_UP" for event in others)
    return PlanFacts(
        **dates, trafficking_victim=bool(client.trafficking_victim), first_permit_date=first_permit, assessment_completed_on=completed_on,
        first_end=limits.first_end if is_first and limits else None, latest_end=limits.end if limits else date.max,
    )  # fmt: skip
