"""Writes of services in life: each deed changes the service and the record of the participation in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from app.core.states import follow
from app.db.types import new_id
from app.plans.models import PlannedService
from app.services.models import ServiceInterruption, ServiceParticipation
from app.services.queries import latest_interruption, participation_in
from app.services.states import ServiceLife
from app.web.transaction import Change, keep, keep_changes


def _record(session: Session, service: PlannedService) -> tuple[ServiceParticipation, bool]:
    """Give the record of the participation, and whether it is new: a service may have begun before there were records."""
    found = participation_in(session, service.id)
    return (found, False) if found else (ServiceParticipation(id=new_id(), client_id=service.client_id, planned_service_id=service.id), True)


def _follow(session: Session, deed: str, done: Change, change: Callable[[ServiceParticipation], None], *more: Change) -> None:
    service = done.item
    follow(ServiceLife, service, deed)
    with session.no_autoflush:
        record, is_new = _record(session, service)
    change(record)
    of_record = Change(record, "service_participation:added" if is_new else "service_participation:changed", is_new=is_new)
    keep_changes(session, [done, of_record, *more])


def refer_service(session: Session, service: PlannedService, *, day: date) -> None:
    """Refer the client to the service. Basis: 681/2023 § 20.5."""
    _follow(session, "refer", Change(service, "planned_service:referred"), lambda record: setattr(record, "referred_on", day))


def queue_service(session: Session, service: PlannedService) -> None:
    """Record that the client waits for a place."""
    follow(ServiceLife, service, "queue")
    keep(session, service, "planned_service:queued", is_new=False)


def accept_service(session: Session, service: PlannedService, *, day: date) -> None:
    """Record that the client got a place."""
    _follow(session, "accept", Change(service, "planned_service:admitted"), lambda record: setattr(record, "enrolled_on", day))


def start_service(session: Session, service: PlannedService, *, day: date) -> None:
    """Record the first day."""
    _follow(session, "start", Change(service, "planned_service:started"), lambda record: setattr(record, "started_on", day))


def pause_service(session: Session, service: PlannedService, *, day: date, reason: str, description: str | None) -> None:
    """Record that the service stands still, and what hinders (Decree 874/2024 § 3)."""
    follow(ServiceLife, service, "pause")
    interruption = ServiceInterruption(
        id=new_id(), client_id=service.client_id, planned_service_id=service.id, from_on=day, reason=reason, description=description
    )
    keep_changes(session, [Change(service, "planned_service:paused"), Change(interruption, "service_interruption:added", is_new=True)])


def resume_service(session: Session, service: PlannedService, *, day: date) -> None:
    """End the interruption; `day` is its last day."""
    follow(ServiceLife, service, "resume")
    keep_changes(session, [Change(service, "planned_service:resumed"), *_ended(session, service, day)])


def complete_service(session: Session, service: PlannedService, *, day: date, provider_feedback: str | None, no_test_reason: str | None = None) -> None:
    """End the service as completed. Basis: 681/2023 §§ 25–26."""

    def change(record: ServiceParticipation) -> None:
        record.ended_on, record.no_test_reason = day, no_test_reason
        record.provider_feedback = provider_feedback or record.provider_feedback

    _follow(session, "complete", Change(service, "planned_service:completed"), change)


def discontinue_service(session: Session, service: PlannedService, *, day: date, reason: str, description: str | None) -> None:
    """End the service before it is completed; an interruption that goes on ends with it."""
    more = _ended(session, service, day)

    def change(record: ServiceParticipation) -> None:
        record.ended_on, record.end_reason, record.end_description = day, reason, description

    _follow(session, "discontinue", Change(service, "planned_service:discontinued"), change, *more)


def end_unstarted_service(session: Session, service: PlannedService, *, reason: str, description: str | None) -> None:
    """Record that the client was referred and the service never started."""

    def change(record: ServiceParticipation) -> None:
        record.end_reason, record.end_description = reason, description

    _follow(session, "lapse", Change(service, "planned_service:lapsed"), change)


def cancel_service(session: Session, service: PlannedService, *, description: str) -> None:
    """Give the service up before it starts."""
    _follow(session, "cancel", Change(service, "planned_service:cancelled"), lambda record: setattr(record, "end_description", description))


def _ended(session: Session, service: PlannedService, day: date) -> list[Change]:
    """Give the change that ends the interruption that goes on, if one does; it never ends before it began."""
    with session.no_autoflush:
        found = latest_interruption(session, service.id)
    if found is None or found.to_on is not None:
        return []
    found.to_on = max(day, found.from_on)
    return [Change(found, "service_interruption:changed")]
