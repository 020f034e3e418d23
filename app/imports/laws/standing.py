"""The state of a brought row and its days: what state follows from days when none was brought, and where the two disagree."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

OPEN_ASSESSMENT = ("PLANNED", "INTERVIEW_BOOKED", "INTERVIEW_HELD", "CLARIFYING")
_FEE = ("FEE_PROPOSED", "FEE_WAIVED", "EXCUSED")


@dataclass(frozen=True)
class Needs:
    """A state that needs a field; one that a time limit is counted from, or that the state means nothing without, stops the row."""

    field: str
    states: tuple[str, ...]
    stops: bool = True


@dataclass(frozen=True)
class Only:
    """A field that is filled in some states only; elsewhere the row says two things at once, and is stopped."""

    field: str
    states: tuple[str, ...]


# By entity. A missing reason or explanation is told and brought as it is: it cannot be made up, and nothing is counted from it.
AGREEMENTS: dict[str, tuple[Needs | Only, ...]] = {
    # The four years of § 77 are counted from the end.
    "client": (Needs("relationship_ended", ("CLOSED",)), Needs("end_reason", ("CLOSED",), stops=False), Only("relationship_ended", ("CLOSED",))),
    "consent": (Needs("withdrawn_on", ("WITHDRAWN",), stops=False), Only("withdrawn_on", ("WITHDRAWN",))),
    # Without its day a handled contact would stay open for the time limits.
    "initial_contact": (
        Needs("handled_on", ("HANDLED",)), Needs("outcome", ("HANDLED",), stops=False), Only("handled_on", ("HANDLED",)), Only("outcome", ("HANDLED",)),
    ),
    # The plan's time runs from the completion, and rests on the outcome.
    "assessment": (
        Needs("completed_on", ("COMPLETED",)), Needs("outcome", ("COMPLETED",)), Needs("cancelled_on", ("CANCELLED",), stops=False),
        Needs("cancel_reason", ("CANCELLED",), stops=False), Only("completed_on", ("COMPLETED",)), Only("cancelled_on", ("CANCELLED",)),
        Only("outcome", ("COMPLETED", "CANCELLED")),
    ),
    # A plan that ended without a day ended on its last one; the rules of plans see to one whose last day is still to come.
    "integration_plan": (
        Needs("studies_only_from", ("STUDIES_ONLY",)), Needs("ended_on", ("ENDED",), stops=False), Needs("end_reason", ("ENDED",), stops=False),
        Needs("agreed_on", ("AGREED", "IN_FORCE", "EXTENDED", "INTERRUPTED", "STUDIES_ONLY"), stops=False),
        Only("ended_on", ("ENDED", "SUPERSEDED", "ANNULLED")), Only("studies_only_from", ("STUDIES_ONLY", "ENDED", "SUPERSEDED", "ANNULLED")),
        Only("agreed_on", ("AGREED", "IN_FORCE", "EXTENDED", "INTERRUPTED", "STUDIES_ONLY", "ENDED", "SUPERSEDED", "ANNULLED")),
    ),
    "appointment": (
        Needs("fee_amount", ("FEE_PROPOSED",)), Needs("fee_due_on", ("FEE_PROPOSED",)), Needs("excuse_reason", ("EXCUSED",), stops=False),
        Needs("waive_reason", ("FEE_WAIVED",), stops=False), Only("fee_amount", _FEE), Only("fee_due_on", _FEE),
    ),
}  # fmt: skip
# Of the record of a service, by the state of the service.
OF_SERVICE: tuple[Needs | Only, ...] = (
    Needs("referred_on", ("REFERRED",)), Needs("started_on", ("STARTED", "PAUSED", "COMPLETED", "DISCONTINUED"), stops=False),
    Needs("ended_on", ("COMPLETED", "DISCONTINUED"), stops=False), Only("started_on", ("STARTED", "PAUSED", "COMPLETED", "DISCONTINUED")),
    Only("ended_on", ("COMPLETED", "DISCONTINUED")),
)  # fmt: skip


def disagreements(agreed: Collection[Needs | Only], status: str, filled: Collection[str]) -> list[tuple[str, str, bool]]:
    """Give (field, rule, whether it stops) for each field that does not agree with the state."""
    found = []
    for one in agreed:
        if isinstance(one, Needs) and status in one.states and one.field not in filled:
            found.append((one.field, "STATE_NEEDS", one.stops))
        if isinstance(one, Only) and status not in one.states and one.field in filled:
            found.append((one.field, "STATE_ONLY", True))
    return found


def _plan(item: Any, today: date) -> str:
    if item.ended_on:
        return "ENDED"
    if not item.agreed_on:
        return "DRAFT"
    if item.studies_only_from:
        return "STUDIES_ONLY"
    if item.valid_from > today:
        return "AGREED"
    return "IN_FORCE" if item.valid_to >= today else "ENDED"


def _appointment(item: Any, today: date) -> str:
    if item.excuse_reason:
        return "EXCUSED"
    return "FEE_WAIVED" if item.waive_reason else "FEE_PROPOSED" if item.fee_amount else "BOOKED"


_BY_DAYS: dict[str, Callable[[Any, date], str]] = {
    "client": lambda item, today: "CLOSED" if item.relationship_ended else "INTAKE",
    "consent": lambda item, today: "WITHDRAWN" if item.withdrawn_on else "GIVEN",
    "initial_contact": lambda item, today: "HANDLED" if item.handled_on else "RECEIVED",
    "assessment": lambda item, today: "COMPLETED" if item.completed_on else "CANCELLED" if item.cancelled_on else "PLANNED",
    "integration_plan": _plan, "planned_service": lambda item, today: "PLANNED", "appointment": _appointment,
}  # fmt: skip
STATED = frozenset(_BY_DAYS)


def state_by_days(entity: str, item: Any, today: date) -> str:
    """Give the state that a row's days tell of, for a row whose state was not brought."""
    return _BY_DAYS[entity](item, today)


_STAGES = (("STUDIES_ONLY", "VALID_FOR_STUDIES_ONLY"), ("INTERRUPTED", "PLAN_INTERRUPTED"), ("IN_FORCE", "PLAN_ACTIVE"), ("EXTENDED", "PLAN_ACTIVE"))


def stage_of(*, plans: Collection[str], assessments: Collection[tuple[str, str | None]], outcomes: Collection[str | None], is_guided: bool) -> str:
    """Give the stage of the client's path that the states of what was brought lead to; `outcomes` are those of the contacts."""
    found = [stage for status, stage in _STAGES if status in plans]
    if found:
        return found[0]
    if any(status in OPEN_ASSESSMENT for status, _outcome in assessments):
        return "ASSESSMENT_OPEN"
    if {"ENDED", "SUPERSEDED"} & set(plans):
        return "PLAN_ENDED"
    if ("COMPLETED", "PLAN") in assessments or {"DRAFT", "AGREED"} & set(plans):
        return "PLAN_DRAFTING"
    if any(status == "COMPLETED" for status, _outcome in assessments):
        return "GUIDANCE"
    if assessments or "ASSESSMENT" in outcomes:
        return "ASSESSMENT_DUE"
    return "GUIDANCE" if is_guided or "GUIDANCE" in outcomes else "INTAKE"


def service_state(record: Any) -> str | None:
    """Give the state of a service that its record tells of; None where it tells of none."""
    if record.ended_on:
        return "DISCONTINUED" if record.end_reason else "COMPLETED"
    days = (("STARTED", record.started_on), ("NOT_STARTED", record.end_reason), ("ACCEPTED", record.enrolled_on), ("REFERRED", record.referred_on))
    return next((state for state, told in days if told), None)
