"""Which events start a rule: what a rule asks beside the type of the event."""

from __future__ import annotations

from collections.abc import Callable

from app.deadlines.counting import has_age
from app.deadlines.facts import Case, Event
from app.deadlines.numbers import end_of, number

Condition = Callable[[Case, Event], bool]

_FIRST_PERMIT = ("FIRST_PERMIT_GRANTED",)


def is_trafficking_victim(case: Case) -> bool:
    """Basis: 681/2023 §§ 14.1 item 7, 14.6, 20.4."""
    return case.facts.trafficking_victim or "A7" in case.facts.assessment_grounds


def _binds_in_time(case: Case, _start: Event) -> bool:
    return not is_trafficking_victim(case)


def _plan_by_then(case: Case, _start: Event) -> bool:
    """The last word on the need of a plan is "no": nothing is to be drawn up (681/2023 § 16)."""
    told = [event for event in case.of("ASSESSMENT_COMPLETED") if event.need_of_plan is not None]
    return not is_trafficking_victim(case) and (not told or any(event.need_of_plan for event in told if event.on == told[-1].on))


def _fee(case: Case, start: Event) -> bool:
    return has_age(case.facts.birth_date, number("FEE_AGE", start.on).amount, start.on) is not False


def _is_minor(case: Case, start: Event) -> bool:
    return has_age(case.facts.birth_date, number("MAJORITY", start.on).amount, start.on) is not True


def _is_past_studies_age(case: Case, start: Event) -> bool:
    return has_age(case.facts.birth_date, number("STUDIES_AGE", start.on).amount, start.on) is not False


def _came_alone(case: Case, _start: Event) -> bool:
    return case.facts.unaccompanied or "A6" in case.facts.assessment_grounds


def _new_search(case: Case, start: Event) -> bool:
    """A new interview only when the earlier job search ended long enough ago, not when it goes on the same day (380/2023 § 31.1)."""
    ends = [event.on for event in case.of("JOB_SEARCH_ENDED") if event.on <= start.on]
    pause = number("JOB_SEARCH_PAUSE", start.on)
    return not ends or end_of(max(ends), pause.amount, pause.unit) <= start.on


def _is_reimbursed(case: Case) -> bool:
    return case.facts.reimbursement_group is not None or _is_quota(case)


def _is_quota(case: Case) -> bool:
    return case.facts.residence_ground == "P90" or case.facts.relative_of_quota_refugee


CONDITIONS: dict[str, Condition] = {
    "R03": _binds_in_time,
    "R04": lambda case, start: start.need_of_plan is True,
    "R05": _plan_by_then,
    "R14": _is_past_studies_age,
    "R15": _fee,
    "R16": _came_alone,
    "R17": _is_minor,
    "R18": lambda case, start: _is_reimbursed(case) and not _is_quota(case),
    "R18:QUOTA": lambda case, start: _is_quota(case),
    "R19": lambda case, start: _is_reimbursed(case) and not _is_quota(case),
    "R19:QUOTA": lambda case, start: _is_quota(case),
    "R20": lambda case, start: not start.justified,
    "R20:JUSTIFIED": lambda case, start: start.justified,
    "R21": lambda case, start: _is_reimbursed(case),
    "R21:ASSISTANCE": lambda case, start: _is_reimbursed(case),
    "R25": lambda case, start: not case.facts.retention_hold,
    "R26": _new_search,
}


def start_types(case: Case, rule: str, types: tuple[str, ...]) -> tuple[str, ...]:
    """Give the event types that start a rule; without the conditions of residence a reimbursement runs from the first permit (681/2023 § 59.3)."""
    is_from_permit = not case.facts.residence_conditions_met and case.facts.reimbursement_group != "G5"
    return _FIRST_PERMIT if rule.partition(":")[0] in ("R18", "R19", "R21") and is_from_permit else types
