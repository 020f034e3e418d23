"""Reads of services in life."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.clients.facts import EducationRecord
from app.plans.models import PlannedService
from app.services.models import LanguageTestResult, ServiceHours, ServiceInterruption, ServiceParticipation

# Levels of ISCED that a qualification of upper secondary level or a higher one has.
_UPPER_SECONDARY = ("3G", "3V", "4", "5", "6", "7", "8")


def participation_in(session: Session, service_id: str) -> ServiceParticipation | None:
    """Give the record of what became of a service, None while nothing has."""
    return session.scalar(select(ServiceParticipation).where(ServiceParticipation.planned_service_id == service_id))


def hours_attended(session: Session, service_id: str) -> Decimal:
    """Add up the hours the client has attended."""
    return Decimal(session.scalar(select(func.sum(ServiceHours.hours_attended)).where(ServiceHours.planned_service_id == service_id)) or 0)


def latest_interruption(session: Session, service_id: str) -> ServiceInterruption | None:
    """Give the interruption that goes on, or the last one there was."""
    query = select(ServiceInterruption).where(ServiceInterruption.planned_service_id == service_id)
    return session.scalars(query.order_by(ServiceInterruption.from_on.desc(), ServiceInterruption.id).limit(1)).first()


def has_final_test(session: Session, client_id: str, since: date | None) -> bool:
    """Tell whether the client has a result of the final language test, of the day `since` or later."""
    query = select(LanguageTestResult.id).where(LanguageTestResult.client_id == client_id, LanguageTestResult.test == "FINAL_TEST")
    return session.scalar((query.where(LanguageTestResult.tested_on >= since) if since else query).limit(1)) is not None


def has_upper_secondary(session: Session, client_id: str) -> bool:
    """Tell whether the client has completed upper secondary education or a higher one."""
    query = select(EducationRecord.id).where(
        EducationRecord.client_id == client_id, EducationRecord.completed, EducationRecord.level.in_(_UPPER_SECONDARY)
    )
    return session.scalar(query.limit(1)) is not None


def is_upper_secondary(row: EducationRecord) -> bool:
    """Tell whether a record of education is such."""
    return bool(row.completed) and row.level in _UPPER_SECONDARY


def is_referred(session: Session, plan_id: str) -> bool:
    """Tell whether the client has been referred to any service of the plan."""
    query = select(PlannedService.id).join(ServiceParticipation, ServiceParticipation.planned_service_id == PlannedService.id)
    return session.scalar(query.where(PlannedService.plan_id == plan_id, ServiceParticipation.referred_on.is_not(None)).limit(1)) is not None
