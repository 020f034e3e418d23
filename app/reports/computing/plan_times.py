"""How plans stand in time: reviews that are due, the maximum, extensions, I24, I25, I27 and I28.

Counted by the engine of time limits from what the records tell of a day, not read from the stored obligations: these know only today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.sql.expression import null

from app.codes.lists import values
from app.deadlines.counting import due_after
from app.deadlines.facts import Event
from app.deadlines.numbers import limit_after
from app.plans.life_models import PlanExtension, PlanInterruption
from app.plans.limits import limits_of
from app.plans.models import IntegrationPlan
from app.reports.computing.courses import Courses, Plan, counted, courses_of, subject_of
from app.reports.computing.question import Computation, Question
from app.reports.observation import Observation
from app.reviews.models import PlanReview

# From how many days on the maximum is not near (I28); a definition of the indicator, no number of the law.
NEAR = 90


def _review_days(asked: Question) -> Iterator[tuple[Plan, date]]:
    """Give each valid plan with the last day its review may be held: after the last review, or the last drawing up. Basis: 681/2023 § 22.1."""
    query = counted(asked, IntegrationPlan.id, func.max(PlanReview.reviewed_on)).join(PlanReview, PlanReview.plan_id == IntegrationPlan.id)
    reviewed: dict[str, date] = dict(
        asked.session.execute(query.where(PlanReview.reviewed_on <= asked.day).group_by(IntegrationPlan.id)).tuples().all()
    )
    courses = courses_of(asked)
    for plan in courses.valid_on(asked.day):
        drawn_up = [one.drawn_up for one in courses.of_client[plan.client_id] if one.drawn_up <= asked.day]
        last = max(*drawn_up, plan.drawn_up, reviewed.get(plan.id, plan.drawn_up))
        yield plan, due_after(last, "R07")


def reviewed_in_time(asked: Question) -> Iterator[Observation]:
    """Tell of each valid plan whether its review is not late on the last day (I24)."""
    for plan, due in _review_days(asked):
        yield Observation(subject_of(asked, plan), int(asked.day <= due), 1)


def reviews_late(asked: Question) -> Iterator[Observation]:
    """Count the valid plans whose review is late on the last day, with the days (I25)."""
    for plan, due in _review_days(asked):
        if due < asked.day:
            yield Observation(subject_of(asked, plan), amount=(asked.day - due).days)


def near_maximum(asked: Question) -> Iterator[Observation]:
    """Count the valid plans whose client has less than 90 days of plans left, or none (I28). Basis: 681/2023 §§ 23, 31.1.

    One that holds for the support of studies alone is past its maximum by law and is not counted.
    """
    courses = courses_of(asked)
    near = [plan for plan in courses.valid_on(asked.day) if _may_be_near(courses, plan, asked.day)]
    lived = _lived(asked) if near else {}
    for plan in near:
        limits = limits_of(plan.birth_date, [*_drawn_up(courses, plan, asked.day), *lived.get(plan.client_id, ())], asked.day)
        if limits is not None and (limits.end - asked.day).days < NEAR:
            yield Observation(subject_of(asked, plan))


def _may_be_near(courses: Courses, plan: Plan, day: date) -> bool:
    """Whatever lengthens the maximum, it is never sooner than without; so most plans need no counting."""
    is_for_studies = plan.studies_only_from is not None and plan.studies_only_from <= day
    return not is_for_studies and (limit_after(courses.first_of(plan.client_id).drawn_up, "R09") - day).days < NEAR


def _drawn_up(courses: Courses, plan: Plan, day: date) -> list[Event]:
    known = [one for one in courses.of_client[plan.client_id] if one.drawn_up <= day]
    return [Event(type="PLAN_DRAWN_UP", on=one.drawn_up, plan=one.ordinal) for one in known]


def _lived(asked: Question) -> dict[str, list[Event]]:
    """Give what lengthens the maximum, as known on the day; of an interruption its last day as it came to be."""
    plan, extension, pause, review = IntegrationPlan, PlanExtension, PlanInterruption, PlanReview

    def rows(kind: str, model: Any, on: Any, to: Any, ground: Any) -> Any:
        days = (on.label("starts_on"), to.label("ends_on"))
        return (
            counted(asked, literal(kind).label("kind"), plan.client_id, plan.ordinal, *days, ground.label("ground"))
            .join(model, model.plan_id == plan.id)
            .where(on <= asked.day)
        )

    # A column of dates stands for the days a review lacks, so that both databases give days in it.
    whole = union_all(
        rows("PLAN_EXTENDED", extension, extension.decided_on, extension.extended_to, extension.ground),
        rows("INTERRUPTION", pause, pause.starts_on, pause.ends_on, pause.reason),
        rows("PLAN_REVIEWED", review, review.reviewed_on, review.reviewed_on, null()),
    ).subquery()
    found: dict[str, list[Event]] = defaultdict(list)
    for row in asked.session.execute(select(whole)):
        to = None if row.kind == "PLAN_REVIEWED" else row.ends_on
        found[row.client_id].append(Event(type=row.kind, on=row.starts_on, to=to, ground=row.ground, plan=row.ordinal))
    return found


def extended(asked: Question) -> Iterator[Observation]:
    """Tell of each person with a plan in the period whether it was extended in it, and on which grounds (I27). Basis: 681/2023 §§ 23.3, 23.4, 31.1."""
    first, last = asked.period.starts_on, asked.day
    query = counted(asked, IntegrationPlan.client_id, PlanExtension.ground).join(PlanExtension, PlanExtension.plan_id == IntegrationPlan.id)
    grounds: dict[str, set[str]] = defaultdict(set)
    for client, ground in asked.session.execute(query.where(PlanExtension.decided_on.between(first, last))):
        grounds[client].add(ground)
    held = {plan.client_id for plan in courses_of(asked) if plan.holds_within(first, last)} | grounds.keys()
    codes = [value.code for value in values("EXTENSION_GROUND")]
    for client in held:
        subject, met = asked.subjects[client], grounds.get(client, set())
        yield Observation(subject, int(bool(met)), 1, only=("", "EDUCATION"))
        for code in codes:
            yield Observation(subject, int(code in met), 1, own=(("EXTENSION_GROUND", code),), only=("EXTENSION_GROUND",))


COMPUTATIONS: dict[str, Computation] = {"I24": reviewed_in_time, "I25": reviews_late, "I27": extended, "I28": near_maximum}
