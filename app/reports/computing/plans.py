"""Plans drawn up, I20–I23, I31 and I33. Each counts by the day a plan was drawn up, also one that is agreed and not yet in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import and_, func, or_, select

from app.assessments.models import Assessment, AssessmentGround
from app.clients.facts import ResidenceBasis
from app.clients.models import Client
from app.deadlines.counting import due_after, has_age
from app.deadlines.numbers import number
from app.participations.models import Participation
from app.plans.models import Goal, IntegrationPlan
from app.reports.computing.courses import Plan, counted, courses_of, subject_of
from app.reports.computing.question import Computation, Question
from app.reports.observation import Observation
from app.reports.rules import ordinal_group


def _drawn_up(asked: Question) -> list[Plan]:
    return courses_of(asked).drawn_up_within(asked.period.starts_on, asked.day)


def _of_county(asked: Question) -> set[str]:
    """Give the plans whose drawing up the wellbeing services county took part in. Basis: 681/2023 § 20.2."""
    query = counted(asked, IntegrationPlan.id).join(Participation, Participation.plan_id == IntegrationPlan.id)
    return set(asked.session.scalars(query.where(Participation.matter == "PLAN", Participation.accepted_at.is_not(None))))


def drawn_up(asked: Question) -> Iterator[Observation]:
    """Count the plans drawn up in the period (I20)."""
    with_county = _of_county(asked)
    for plan in _drawn_up(asked):
        own = (("COUNTY", "YES" if plan.id in with_county else "NO"), ("PLAN_ORDINAL", ordinal_group(plan.ordinal)))
        yield Observation(subject_of(asked, plan), own=own)


def delay(asked: Question) -> Iterator[Observation]:
    """Count the days from an assessment to the first plan that rests on it (I21). Basis: 681/2023 § 20.1."""
    completed: dict[str, date] = dict(asked.session.execute(
        counted(asked, IntegrationPlan.id, Assessment.completed_on).join(Assessment, Assessment.id == IntegrationPlan.assessment_id)
        .where(Assessment.completed_on.is_not(None), IntegrationPlan.drawn_up_date.between(asked.period.starts_on, asked.day))
    ).tuples().all())  # fmt: skip
    firsts: dict[str | None, Plan] = {}
    for plan in courses_of(asked):
        firsts.setdefault(plan.assessment_id, plan)
    for assessment, plan in firsts.items():
        if assessment is not None and plan.id in completed:
            yield Observation(subject_of(asked, plan), amount=max(0, (plan.drawn_up - completed[plan.id]).days))


def in_three_years(asked: Question) -> Iterator[Observation]:
    """Tell of each first plan whether the three years from the first permit had not run out (I22). Basis: 681/2023 §§ 20.3–20.4.

    The limit does not bind a victim of trafficking, whose plan is never late: were it left out, the figures beside it would tell of it.
    """
    permits, courses = _first_permits(asked), courses_of(asked)
    for plan in courses.drawn_up_within(asked.period.starts_on, asked.day):
        if courses.first_of(plan.client_id) is plan and plan.client_id in permits:
            permit, is_bound = permits[plan.client_id]
            yield Observation(subject_of(asked, plan), int(not is_bound or plan.drawn_up <= due_after(permit, "R05")), 1)


def _first_permits(asked: Question) -> dict[str, tuple[date, bool]]:
    """Give the day of the first permit, card or registration, and whether the limit binds the client."""
    of_trafficking = select(Assessment.client_id).outerjoin(AssessmentGround, AssessmentGround.assessment_id == Assessment.id).where(
        Assessment.client_id == Client.id, Assessment.status != "CANCELLED", or_(Assessment.ground == "A7", AssessmentGround.ground == "A7")
    )  # fmt: skip
    is_bound = and_(Client.trafficking_victim.is_(False), ~of_trafficking.exists())
    query = select(Client.id, is_bound, func.min(ResidenceBasis.granted_date)).join(ResidenceBasis, ResidenceBasis.client_id == Client.id)
    rows = asked.session.execute(query.where(asked.is_own(Client.org_id), ResidenceBasis.kind != "OTHER").group_by(Client.id))
    return {key: (day, bool(binds)) for key, binds, day in rows}


def with_county(asked: Question) -> Iterator[Observation]:
    """Tell of each plan drawn up whether the wellbeing services county took part (I31). Basis: 681/2023 § 20.2."""
    taken = _of_county(asked)
    for plan in _drawn_up(asked):
        yield Observation(subject_of(asked, plan), int(plan.id in taken), 1)


def education_of_the_young(asked: Question) -> Iterator[Observation]:
    """Tell of each plan of a person under 25 that day whether it aims at upper secondary education (I33). Basis: 681/2023 § 18.4."""
    aims = set(asked.session.scalars(
        counted(asked, IntegrationPlan.id).join(Goal, Goal.plan_id == IntegrationPlan.id)
        .where(Goal.goal_type == "UPPER_SECONDARY", IntegrationPlan.drawn_up_date.between(asked.period.starts_on, asked.day))
    ))  # fmt: skip
    for plan in _drawn_up(asked):
        if has_age(plan.birth_date, number("EDUCATION_GOAL_AGE", plan.drawn_up).amount, plan.drawn_up) is False:
            yield Observation(subject_of(asked, plan), int(plan.id in aims), 1)


COMPUTATIONS: dict[str, Computation] = {
    "I20": drawn_up, "I21": delay, "I22": in_three_years, "I31": with_county, "I33": education_of_the_young,
}  # fmt: skip
