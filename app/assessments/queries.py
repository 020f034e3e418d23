"""Reads of assessments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, AssessmentGround, ClarifyingMeasure, InterviewSection
from app.clients.events import events_of_residence
from app.deadlines.numbers import limit_after


def sections_of_assessment(session: Session, assessment_id: str) -> dict[str, InterviewSection]:
    """Give the written sections by code."""
    query = select(InterviewSection).where(InterviewSection.assessment_id == assessment_id).order_by(InterviewSection.position)
    return {row.section: row for row in session.scalars(query)}


def assessment_for_plan(session: Session, client_id: str) -> Assessment | None:
    """Give the latest completed assessment that found a plan to be needed (§ 16)."""
    return session.scalars(
        select(Assessment)
        .where(Assessment.client_id == client_id, Assessment.status == "COMPLETED", Assessment.outcome == "PLAN")
        .order_by(Assessment.completed_on.desc(), Assessment.id)
        .limit(1)
    ).first()


def waiting_for_interview(session: Session, client_ids: Collection[str]) -> Sequence[Assessment]:
    """Give the clients' assessments whose interview has not been held."""
    return session.scalars(
        select(Assessment).where(Assessment.client_id.in_(client_ids), Assessment.status.in_(("PLANNED", "INTERVIEW_BOOKED"))).order_by(Assessment.id)
    ).all()


def further_grounds(session: Session, assessment_id: str) -> dict[str, str]:
    """Give the grounds beside the first one, by the keys of their rows."""
    query = select(AssessmentGround.id, AssessmentGround.ground).where(AssessmentGround.assessment_id == assessment_id)
    return dict(session.execute(query).tuples().all())


def window_ends_on(session: Session, client_id: str) -> date | None:
    """Give the last day an assessment may begin on (R03), None while no permit, card or registration is recorded. Basis: 681/2023 § 14.1."""
    days = [event.on for event in events_of_residence(session, [client_id])[client_id]]
    return limit_after(min(days), "R03") if days else None


def has_open_measures(session: Session, assessment_id: str) -> bool:
    """Tell whether a clarifying measure is neither done nor called off."""
    return any(row.is_open for row in session.scalars(select(ClarifyingMeasure).where(ClarifyingMeasure.assessment_id == assessment_id)))
