"""What the rules say of what became of a brought service. Whether its hours sufficed (V13) and a test ended it is not asked: it was completed then."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from app.imports.laws.row import STANDING, Broken, Row, Rules
from app.imports.laws.standing import OF_SERVICE, disagreements
from app.plans.models import IntegrationPlan, PlannedService
from app.services.labels import BROKEN
from app.services.models import ServiceParticipation
from app.services.rules import broken_course_rules, broken_hours_rules, broken_participation_rules, broken_pause_rules

_DAYS = ("referred_on", "enrolled_on", "started_on", "ended_on")
_WORK = ("mode", "self_study_ground", "work_starts_on", "work_ends_on")
# The states of a service that has not begun.
_UNBEGUN = ("PLANNED", "REFERRED", "QUEUED", "ACCEPTED", "NOT_STARTED", "CANCELLED")
SERVICE = Rules(
    {
        **BROKEN, "SECOND": _l("The service has a record of participation already."),
        "UNBEGUN": _l("By its state the service has not begun, but hours are recorded for it."),
        "GOES_ON": _l("The interruption goes on, but by its state the service does not stand still. Give the last day."),
    },
    warns=frozenset({"V12", "SELF_STUDY", "EARLY", "UNBEGUN", "GOES_ON"}), unasked=frozenset({"NEEDED", "V13", "TEST"}),
)  # fmt: skip


def of_participation(row: Row) -> Iterator[Broken]:
    """Its days in their order, its state, and one record for each service; costs the records of a stored client once."""
    item, service = row.item, row.of(PlannedService, row.item.planned_service_id)
    plan = row.of(IntegrationPlan, service.plan_id)
    days = [(name, getattr(item, name)) for name in _DAYS]
    found: list[tuple[str | None, str]] = [*broken_participation_rules(service.service_type, **{name: getattr(item, name) for name in _WORK})]
    found += broken_course_rules(days, row.today)
    found += [(name, "EARLY") for name, day in days if day and day < (plan.agreed_on or plan.drawn_up_date)]
    if any(other.planned_service_id == service.id for other in row.others(ServiceParticipation)):
        found.append(("planned_service_id", "SECOND"))
    yield from SERVICE.told(found)
    for field, rule, stops in disagreements(OF_SERVICE, service.status, {name for name in _DAYS if getattr(item, name)}):
        yield Broken(field, rule, STANDING[rule], stops=stops)


def of_hours(row: Row) -> Iterator[Broken]:
    """Hours there are in the period, of a service that has begun; costs the records of a stored client once."""
    item, service = row.item, row.of(PlannedService, row.item.planned_service_id)
    begins = next((record.started_on for record in row.rows(ServiceParticipation) if record.planned_service_id == service.id), None)
    found: list[tuple[str | None, str]] = [*broken_hours_rules(
        from_on=item.from_on, to_on=item.to_on, planned=item.hours_planned, attended=item.hours_attended, begins_on=begins, today=row.today,
    )]  # fmt: skip
    yield from SERVICE.told([*found, *([("planned_service_id", "UNBEGUN")] if service.status in _UNBEGUN else [])])


def of_pause(row: Row) -> Iterator[Broken]:
    """Its days, and whether the service stands still; costs nothing."""
    item, service = row.item, row.of(PlannedService, row.item.planned_service_id)
    found: list[tuple[str | None, str]] = [*broken_pause_rules(from_on=item.from_on, to_on=item.to_on, today=row.today)]
    yield from SERVICE.told([*found, *([("to_on", "GOES_ON")] if item.to_on is None and service.status != "PAUSED" else [])])
