"""Integration worker: the plan with its services, reviews, interruption and end, and a client who moves (§§ 16–25, 85)."""

from __future__ import annotations

from typing import Any

from app.appointments.models import Appointment
from app.deadlines.counting import due_after, has_age
from app.deadlines.numbers import number
from app.plans.life_models import PlanInterruption
from app.plans.models import Goal, IntegrationPlan, PlannedService
from app.plans.rules import IN_FORCE
from app.participations.models import Participation
from app.reviews.models import Hindrance, PlanReview, ReviewedGoal
from app.services.models import ServiceParticipation
from app.training.exercises.evidence import Evidence
from app.training.exercises.exercise import Exercise
from app.training.exercises.paths.beginning import WORKERS
from app.training.exercises.steps import Rule, deed
from app.transfers.models import TransferRequest
from app.transfers.sections import CHOSEN_AT_FIRST, sections_of

_CLIENTS, _PLANS = "/clients/list/", "/plans/list/?f.status=IN_FORCE"


def _goals(found: Evidence, plan: Any) -> set[str]:
    return {goal.goal_type for goal in found.parts(Goal, Goal.plan_id, plan.id)}


def _is_young(found: Evidence, plan: Any) -> bool:
    """Basis: 681/2023 § 18.4."""
    age = number("EDUCATION_GOAL_AGE", plan.drawn_up_date).amount
    return has_age(found.client(plan).birth_date, age, plan.drawn_up_date) is False


def _is_justified(found: Evidence, plan: Any) -> bool:
    services = found.parts(PlannedService, PlannedService.plan_id, plan.id)
    return bool(services) and all(service.justification for service in services)


def _is_in_time(found: Evidence, service: Any) -> bool:
    """Basis: 681/2023 § 20.5."""
    records = found.parts(ServiceParticipation, ServiceParticipation.planned_service_id, service.id)
    plan = found.session.get_one(IntegrationPlan, service.plan_id)
    return any(record.referred_on and record.referred_on <= due_after(plan.drawn_up_date, "R06") for record in records)


def _is_illness(found: Evidence, plan: Any) -> bool:
    return any(pause.reason == "ILLNESS" for pause in found.parts(PlanInterruption, PlanInterruption.plan_id, plan.id))


_FOLLOWED = Rule("PLAN_NOT_IN_FORCE", lambda _found, row: row.status in IN_FORCE)
_JUSTIFIED = Rule("SERVICE_UNJUSTIFIED", _is_justified)

EXERCISES = (
    Exercise("X10", WORKERS, "18.2, 19.3", f"{_CLIENTS}?f.status=PLAN_DRAFTING", (
        deed("PLAN_AGREED_JOBSEEKER", "plan:agreed", IntegrationPlan,
             Rule("NOT_JOBSEEKER", lambda found, row: found.client(row).employment_status in ("UNEMPLOYED_JS", "JOBSEEKER")),
             Rule("NO_EMPLOYMENT_GOAL", lambda found, row: bool({"EMPLOYMENT", "ENTREPRENEURSHIP"} & _goals(found, row))), _JUSTIFIED, _FOLLOWED),
        deed("REFERRED", "planned_service:referred", PlannedService),
    )),
    Exercise("X11", WORKERS, "18.4", f"{_CLIENTS}?f.status=PLAN_DRAFTING", (
        deed("PLAN_AGREED_YOUNG", "plan:agreed", IntegrationPlan, Rule("NOT_YOUNG", _is_young),
             Rule("NO_EDUCATION_GOAL", lambda found, row: "UPPER_SECONDARY" in _goals(found, row)), _JUSTIFIED, _FOLLOWED),
    )),
    Exercise("X12", WORKERS, "20.2", f"{_CLIENTS}?f.status=PLAN_DRAFTING", (
        deed("PLAN_ADDED", "plan:added", IntegrationPlan),
        deed("COUNTY_INVITED", "participation:invited", Participation,
             Rule("OTHER_COUNTY", lambda found, row: row.organisation_id == found.place.county_id),
             Rule("MATTER_NOT_PLAN", lambda _found, row: row.matter == "PLAN"), Rule("COUNTY_MAY_NOT_WRITE", lambda _found, row: row.may_contribute)),
    )),
    Exercise("X13", WORKERS, "20.5", _PLANS, (
        deed("REFERRED_IN_TIME", "planned_service:referred", PlannedService, Rule("REFERRED_LATE", _is_in_time)),
        deed("SERVICE_STARTED", "planned_service:started", PlannedService),
    )),
    Exercise("X14", WORKERS, "22.1", _PLANS, (
        deed("REVIEWED", "plan_review:added", PlanReview,
             Rule("NO_GOAL_RESULT", lambda found, row: bool(found.parts(ReviewedGoal, ReviewedGoal.review_id, row.id))),
             Rule("NO_HINDRANCE", lambda found, row: bool(found.parts(Hindrance, Hindrance.review_id, row.id)))),
    )),
    Exercise("X15", WORKERS, "32 a", "/clients/list/?f.status=PLAN_ACTIVE", (
        deed("MISSED", "appointment:missed", Appointment),
        deed("EXCUSED", ("appointment:excused", "appointment:fee_proposed"), Appointment, Rule("FEE_INSTEAD", lambda _found, row: row.status == "EXCUSED")),
    )),
    Exercise("X16", WORKERS, "23.4", _PLANS, (
        deed("INTERRUPTED", "plan:interrupted", IntegrationPlan, Rule("OTHER_INTERRUPTION", _is_illness)),
        deed("RESUMED", "plan:resumed", IntegrationPlan, _FOLLOWED),
    )),
    Exercise("X17", WORKERS, "23, 31.3", _PLANS, (
        deed("PLAN_ENDED", "plan:ended", IntegrationPlan, Rule("END_NOT_EDUCATION", lambda _found, row: row.end_reason == "EDUCATION"),
             Rule("NO_ONWARD_GUIDANCE", lambda _found, row: bool(row.onward_guidance))),
    )),
    Exercise("X18", WORKERS, "85", "/clients/list/?f.status=PLAN_ACTIVE", (
        deed("MOVE_OFFERED", "transfer:move_offered", TransferRequest,
             Rule("TOO_MUCH_MOVES", lambda _found, row: set(sections_of(row.sections)) <= {"BASICS", *CHOSEN_AT_FIRST}),
             Rule("PLAN_LEFT_OUT", lambda _found, row: "PLAN" in sections_of(row.sections)), key="id"),
    )),
)  # fmt: skip
